"""The page of establishments in a real browser: the map draws what the table lists."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.screen import click_area, map_frame, settle

pytestmark = pytest.mark.browser

DRAWN = "count => document.querySelector('[data-places]')?.dataset.places === count"


def wait_for_marks(page: Page, count: int) -> None:
    """Wait until the map says that it draws this many sites."""
    map_frame(page).wait_for_function(DRAWN, arg=str(count))


def test_the_map_follows_the_filters_in_the_same_frame(open_page: OpenPage) -> None:
    page = open_page("/etablissements?ght=GE-06")
    frame = map_frame(page)
    wait_for_marks(page, 47)
    names = frame.evaluate("Atlas.map.current().places.marks.shown.map((mark) => mark.site.ght)")
    assert set(names) == {"GHT Aube et Sézannais"}
    frame.evaluate("document.body.dataset.same = 'yes'")
    box = page.get_by_label("Nom, ville ou numéro FINESS", exact=True)
    box.fill("Romilly")
    box.press("Enter")
    page.wait_for_url("**texte=Romilly**")
    table = page.get_by_role("region", name="Les mêmes sites en tableau")
    expect(table).not_to_contain_text("Troyes")
    listed = table.locator("tbody tr").count()
    assert 0 < listed < 47
    wait_for_marks(page, listed)
    assert frame.evaluate("document.body.dataset.same") == "yes", "the map was mounted again"


def test_a_click_on_a_territory_keeps_its_sites(open_page: OpenPage) -> None:
    page = open_page("/etablissements?region=44")
    frame = map_frame(page)
    frame.wait_for_function("() => Number(document.querySelector('[data-places]')?.dataset.places)")
    settle(page)
    click_area(page, frame, "GE-06")
    wait_for_marks(page, 47)
    page.wait_for_url("**territoire=GE-06**")


def test_a_file_is_downloaded(open_page: OpenPage) -> None:
    page = open_page("/etablissements?ght=GE-06&categorie=ch")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    assert waiting.value.suggested_filename.startswith("etablissements")
    content = waiting.value.path().read_bytes()
    assert content.count(b"Centre hospitalier (CH)") == 10


@pytest.mark.parametrize("path", ["/etablissements?entite=100000017", "/donnees?filtre=loire"])
def test_pages_are_accessible(path: str, open_page: OpenPage) -> None:
    page = open_page(path)
    page.locator(".atlas-table").first.wait_for()
    settle(page, 2500)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    worst = [
        rule for rule in found.response["violations"] if rule["impact"] in {"serious", "critical"}
    ]
    assert not worst, json.dumps(worst, indent=1)[:3000]


def test_a_phone_shows_everything_in_its_width(open_page: OpenPage) -> None:
    page = open_page("/etablissements?ght=GE-06", width=390, height=844)
    page.locator(".atlas-table").first.wait_for()
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
