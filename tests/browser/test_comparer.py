"""The page that compares in a real browser: accessible, never wider than a phone, drawn."""

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.screen import settle
from tests.browser.test_pages import serious

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("path", "waited"),
    [
        ("volet=nuage&territoire=GE-06", "canvas, svg.marks"),
        ("volet=profil&territoire=GE-06", "canvas, svg.marks"),
        ("volet=cote&territoire=GE-06&avec=ARA-09", ".atlas-minis img"),
        ("territoire=GE-06", ".atlas-compare"),
    ],
)
def test_a_panel_is_drawn_and_accessible_on_a_phone_too(
    path: str, waited: str, open_page: OpenPage
) -> None:
    page = open_page(f"/comparer?{path}")
    page.locator(waited).first.wait_for()
    settle(page, 1200)
    assert serious(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page, 800)
    main = page.locator(".stMain")
    assert not main.evaluate("element => element.scrollWidth > element.clientWidth")
