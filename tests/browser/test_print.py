"""What Ctrl+P gives: the figures and whole tables, without what is only clicked."""

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.screen import map_frame

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/?region=44", "/territoire?territoire=GE-06"])
def test_the_printed_page_shows_whole_tables_and_no_control(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    map_frame(page)
    page.locator(".atlas-table tbody tr").first.wait_for()
    page.emulate_media(media="print")
    assert not page.locator("[data-testid=stSelectbox]:visible").count()
    assert not page.get_by_role("button", name="Excel").locator("visible=true").count()
    cut = page.locator(".atlas-table").evaluate_all(
        "all => all.filter((one) => one.scrollHeight > one.clientHeight + 2).length"
    )
    assert cut == 0
