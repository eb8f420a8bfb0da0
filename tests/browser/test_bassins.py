"""The page of models in a real browser, with the network out of reach."""

from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page

from geo.catchment.scenario import Change, Scenario
from geo.catchment.scenario_file import to_address
from tests.browser.conftest import OpenPage, serve
from tests.browser.screen import after_repaint, choose, click_area, map_frame, settle
from tests.browser.test_pages import ENGLISH, serious

pytestmark = pytest.mark.browser

LINK = to_address(Scenario("Fusion", (Change("merge", "GE-06", "GE-05"),)))
DRAWN = "Atlas.map.current().layers.size"
PARTS = "Number(document.querySelector('[data-values]').dataset.overlay)"


def press(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()


def drawn_from(frame: Frame) -> str:
    """Name the file that the areas on screen come from."""
    address: str = frame.evaluate("Atlas.map.current().values.layers.territories")
    return address.rpartition("/")[2].partition(".")[0]


def has_part(frame: Frame) -> None:
    frame.wait_for_function(f"{PARTS} > 0")


def test_a_model_change_repaints_offline_in_the_same_frame(open_page: OpenPage) -> None:
    page = open_page("/bassins")
    frame = map_frame(page)
    frame.wait_for_function(f"{DRAWN} > 100")
    assert drawn_from(frame) == "territories"
    frame.evaluate("window.atlasMark = 1")
    frame.get_by_role("button", name="Zoom avant").click()
    settle(page)
    zoom = frame.evaluate("window.map.getZoom()")
    before = frame.evaluate("Atlas.map.current().layers.get('IDF-04').getBounds().toBBoxString()")
    after_repaint(frame, lambda: press(page, "Attraction (Huff)"))
    page.wait_for_url("**/bassins?modele=gravity**")
    assert drawn_from(frame) == "bassin"
    bounds = "Atlas.map.current().layers.get('IDF-04').getBounds().toBBoxString()"
    assert frame.evaluate(bounds) != before
    assert frame.evaluate("window.atlasMark") == 1, "nothing was mounted again"
    assert frame.evaluate("window.map.getZoom()") == zoom
    fills = frame.evaluate(
        "Array.from(Atlas.map.current().layers.values(), l => l._path.getAttribute('fill'))"
    )
    assert "#e8e8e8" not in fills
    assert frame.evaluate("document.querySelectorAll('.atlas-insets').length") == 1
    after_repaint(frame, lambda: press(page, "Hôpital le plus proche par la route"))
    frame.wait_for_function(f"{bounds} === '{before}'")


def test_confidence_then_difference_lie_over_the_territories(open_page: OpenPage) -> None:
    page = open_page("/bassins?modele=gravity&vue=confiance")
    frame = map_frame(page)
    has_part(frame)
    hatched = frame.evaluate(
        "Atlas.map.current().overlay.shown.every("
        "l => l._path.getAttribute('fill') === 'url(#atlas-dispute)')"
    )
    assert hatched
    after_repaint(frame, lambda: choose(page, "Territoire", "Aube et Sézannais (GE-06)"))
    frame.wait_for_function(f"{PARTS} > 300 && {PARTS} < 400")
    after_repaint(frame, lambda: press(page, "Différence"))
    has_part(frame)
    page.get_by_text("ont pas le même territoire").wait_for()
    after_repaint(frame, lambda: press(page, "Territoires"))
    frame.wait_for_function(f"{PARTS} === 0")


def test_a_click_selects_under_a_layer_too(open_page: OpenPage) -> None:
    page = open_page("/bassins?modele=gravity&vue=difference")
    frame = map_frame(page)
    has_part(frame)
    after_repaint(frame, lambda: click_area(page, frame, "BRE-05"))
    page.wait_for_url("**territoire=BRE-05**")
    page.get_by_role("heading", name="GHT Haute Bretagne (BRE-05)").wait_for()


def test_a_cold_server_shows_a_scenario_and_says_it_is_one(
    repository: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    with serve(repository, tmp_path / "log.txt") as address:
        link = f"/bassins?modele=gravity&vue=difference&avec=reel&scenario={LINK}"
        page = open_page(link, base=address)
        frame = map_frame(page)
        assert drawn_from(frame) == "bassin"
        banner = page.get_by_text("Ce ne sont pas les données en vigueur.").first
        assert banner.is_visible()
        page.get_by_role("link", name="Données").wait_for()
        page.get_by_text("Données version").wait_for()
        page.mouse.move(1200, 500)
        page.mouse.wheel(0, 3000)
        settle(page)
        box = banner.bounding_box()
        assert box
        assert 0 <= box["y"] < 200, "it stays in sight when the page scrolls"


def test_a_change_is_added_by_the_keyboard_and_undone(open_page: OpenPage) -> None:
    page = open_page("/bassins?volet=scenario")
    frame = map_frame(page)
    choose(page, "Changement", "Fusionner deux GHT")
    choose(page, "GHT qui disparaît", "Aube et Sézannais (GE-06)")
    choose(page, "GHT d'arrivée", "Champagne (GE-05)")
    after_repaint(frame, page.get_by_role("button", name="Ajouter ce changement").click)
    page.get_by_text("Ce ne sont pas les données en vigueur.").first.wait_for()
    page.get_by_role("heading", name="Avant et avec le scénario").wait_for()
    assert frame.evaluate("Atlas.map.current().layers.has('GE-06')") is False
    after_repaint(frame, page.get_by_role("button", name="Annuler le dernier").click)
    frame.wait_for_function("Atlas.map.current().layers.has('GE-06')")
    assert page.get_by_text("Ce ne sont pas les données en vigueur.").count() == 0


PATHS = (
    "/bassins?modele=perimeter&territoire=GE-06&vue=confiance&volet=publies",
    f"/bassins?volet=scenario&scenario={LINK}",
    "/bassins?volet=zonage&modele=gravity",
)


@pytest.mark.parametrize("path", PATHS[:1])
def test_axe_finds_nothing_serious(path: str, open_page: OpenPage) -> None:
    page = open_page(path)
    map_frame(page)
    page.get_by_text("Données version").wait_for()
    settle(page, 1500)
    assert serious(page) == []
    page.get_by_role("button", name="Paramètres").click()
    settle(page)
    assert serious(page) == []


@pytest.mark.parametrize("path", PATHS[1:])
def test_a_phone_never_scrolls_sideways_nor_speaks_english(path: str, open_page: OpenPage) -> None:
    page = open_page(path, width=390, height=844)
    map_frame(page)
    page.get_by_text("Données version").wait_for()
    settle(page, 1500)
    widths = page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll('.stMain')]
            .map(e => e.scrollWidth - e.clientWidth)"""
    )
    assert max(widths) <= 0
    assert serious(page) == []
    shown = page.locator("body").inner_text()
    assert not [word for word in (*ENGLISH, "Upload", "Browse", "per file") if word in shown]
