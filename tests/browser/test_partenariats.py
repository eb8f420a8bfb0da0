"""The page of partnerships in a real browser, with the network out of reach."""

from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.conftest import OpenPage, serve
from tests.browser.screen import after_repaint, choose, corner, map_frame, settle
from tests.browser.test_pages import english, outside, serious

pytestmark = pytest.mark.browser

LINKS = "Number(document.querySelector('[data-values]').dataset.links)"
CLINIC = "aube-gcs-clinique-de-champagne"


def press(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()


def middle_of(frame: Frame, link: str) -> dict[str, float]:
    """Find the middle of a link, in the window."""
    point: dict[str, float] = frame.evaluate(
        """id => {
            const map = Atlas.map.current();
            const line = map.links.shown.find(one => one.id === id).lines[2];
            const points = line.getLatLngs();
            return map.map.latLngToContainerPoint(points[Math.floor(points.length / 2)]);
        }""",
        link,
    )
    box = frame.frame_element().bounding_box()
    assert box
    return {"x": box["x"] + point["x"], "y": box["y"] + point["y"]}


def test_links_and_parties_are_drawn_filtered_and_clicked(open_page: OpenPage) -> None:
    page = open_page("/_stcore/health")
    asked = outside(page)
    page.goto(page.url.removesuffix("/_stcore/health") + "/partenariats?ght=ARA-09")
    frame = map_frame(page)
    frame.wait_for_function(f"{LINKS} === 9")
    assert frame.locator(".atlas-party").count() == 7
    frame.evaluate("window.atlasMark = 1")
    settle(page)
    point = middle_of(frame, "loire-ch-du-puy")
    page.mouse.move(point["x"], point["y"])
    assert "Puy" in frame.locator(".atlas-tooltip").inner_text()
    page.mouse.click(point["x"], point["y"])
    page.wait_for_url("**partenariat=loire-ch-du-puy**")
    page.get_by_role("heading", name="Sources", exact=True).wait_for()
    after_repaint(frame, lambda: choose(page, "Forme", "GIE"))
    frame.wait_for_function(f"{LINKS} === 2")
    assert frame.evaluate("window.atlasMark") == 1, "nothing was mounted again"
    assert asked == []


def test_a_cold_server_opens_a_sheet(repository: Path, tmp_path: Path, open_page: OpenPage) -> None:
    with serve(repository, tmp_path / "log.txt") as address:
        page = open_page(f"/partenariats?partenariat={CLINIC}", base=address)
        page.get_by_role("heading", name="GCS Clinique de Champagne").wait_for()
        page.get_by_role("link", name="Données").wait_for()
        page.get_by_role("button", name="Fermer la fiche").click()
        page.wait_for_url("**/partenariats")


def test_every_view_is_drawn_without_the_network(open_page: OpenPage) -> None:
    page = open_page("/partenariats?ght=GE-06&vue=frise")
    asked = outside(page)
    warnings: list[str] = []
    page.on("console", lambda said: warnings.append(said.text) if "WARN" in said.text else None)
    chart = page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first
    chart.wait_for()
    assert serious(page) == []
    for name, table in (
        ("Réseau d'un GHT", "Le même réseau en tableau"),
        ("Formes et domaines", "Les mêmes nombres en tableau"),
        ("Frise", "La même frise en tableau"),
    ):
        press(page, name)
        page.get_by_role("heading", name=table).wait_for()
        chart.wait_for()
        settle(page)
    assert warnings == []
    assert asked == []


def test_a_row_of_the_timeline_opens_its_sheet_again_and_again(open_page: OpenPage) -> None:
    page = open_page("/partenariats?ght=GE-06&vue=frise")
    chart = page.get_by_test_id("stVegaLiteChart").locator("svg.marks, canvas").first
    for _ in range(2):
        chart.wait_for()
        settle(page, 1500)
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        assert box
        page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + 47 + 22)
        page.wait_for_url(f"**partenariat={CLINIC}**")
        page.get_by_role("heading", name="GCS Clinique de Champagne").wait_for()
        page.get_by_role("button", name="Fermer la fiche").click()
        page.wait_for_function("!location.search.includes('partenariat=')")


def test_the_table_shows_all_its_rows_without_codes(open_page: OpenPage) -> None:
    page = open_page("/partenariats?vue=tableau")
    table = page.locator(".atlas-table").first
    table.wait_for()
    settle(page)
    assert table.evaluate("element => element.scrollHeight - element.clientHeight") <= 1
    assert CLINIC not in table.inner_text()
    page.set_viewport_size({"width": 390, "height": 844})
    table.evaluate("element => { element.scrollLeft = 300; }")
    settle(page)
    name = table.locator("tbody th").first
    assert abs(corner(name)[0] - corner(table)[0]) < 3, "the name of the row stays"
    assert table.get_attribute("tabindex") == "0"


def test_a_row_of_the_grid_opens_its_sheet(open_page: OpenPage) -> None:
    page = open_page("/partenariats?ght=ARA-09&vue=tableau")
    page.get_by_text("Trier, chercher et ouvrir par un clic").click()
    grid = page.get_by_test_id("stDataFrame").locator("canvas").first
    grid.wait_for()
    settle(page)
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box
    page.mouse.click(box["x"] + 12, box["y"] + 52)
    page.wait_for_url("**partenariat=loire-**")
    page.get_by_role("heading", name="Dates", exact=True).wait_for()


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_serious(width: int, open_page: OpenPage) -> None:
    page = open_page(f"/partenariats?ght=GE-06&partenariat={CLINIC}", width=width, height=844)
    map_frame(page)
    page.get_by_text("Données version").wait_for()
    settle(page, 1500)
    assert serious(page) == []
    assert english(page) == []
    widths = page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll('.stMain')]
            .map(e => e.scrollWidth - e.clientWidth)"""
    )
    assert max(widths) <= 0
