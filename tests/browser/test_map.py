"""The map in a real browser, with the network out of reach."""

import pytest
from playwright.sync_api import Browser, Frame, Page

from geo import wording
from geo.atlas.load import load_atlas
from tests.browser.conftest import OpenPage
from tests.browser.screen import (
    FRAME_TITLE,
    Traffic,
    after_repaint,
    choose,
    click_area,
    map_frame,
    point_of,
    settle,
)

pytestmark = pytest.mark.browser


def fills(frame: Frame) -> list[str]:
    """Colours of the territories on screen."""
    values: list[str] = frame.evaluate(
        "Array.from(Atlas.map.current().layers.values(), l => l._path.getAttribute('fill'))"
    )
    return values


def zoom(frame: Frame) -> float:
    return float(frame.evaluate("window.map.getZoom()"))


def selected(frame: Frame) -> str | None:
    code: str | None = frame.evaluate("Atlas.map.current().values.selected")
    return code


def test_every_territory_is_painted_offline(open_page: OpenPage) -> None:
    frame = map_frame(open_page())
    colors = fills(frame)
    drawn = load_atlas().territories
    drawn = drawn[drawn.population.notna() & (drawn.kind != "unassigned")]
    assert len(colors) == len(drawn)
    assert "#e8e8e8" not in colors
    assert len(set(colors)) == 2, "a count tints nothing: ground, and hatch outside any GHT"
    circles = ".leaflet-atlas-circles-pane path.atlas-circle"
    assert frame.evaluate("(kind) => document.querySelectorAll(kind).length", circles) == 131
    sizes = frame.evaluate(
        "Array.from(document.querySelectorAll('.leaflet-overlay-pane path'))"
        ".filter(p => p.getBoundingClientRect().width > 3).length"
    )
    assert sizes > 100
    assert frame.evaluate("document.querySelectorAll('.atlas-inset path').length") >= 5
    assert frame.evaluate("document.querySelectorAll('.atlas-note').length") == 0


def test_borders_are_followed_closely_by_those_who_zoom_in(open_page: OpenPage) -> None:
    """The detailed drawing is fetched at the first zoom, once; it is shown near and not far."""
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    frame = map_frame(page)
    points = """code => Atlas.map.current().layers.get(code)._rings.reduce((sum, ring) =>
        sum + Atlas.topology.pointsOf(ring, 1).length, 0)"""
    coarse = frame.evaluate(points, "GE-06")
    assert not [url for url in asked if "finer" in url]
    click_area(page, frame, "GE-06")
    frame.wait_for_selector("[data-detail=fine]", state="attached")
    assert frame.evaluate(points, "GE-06") > 2 * coarse
    click_area(page, frame, "GE-06")
    frame.wait_for_selector("[data-detail='']", state="attached")
    assert frame.evaluate(points, "GE-06") == coarse
    click_area(page, frame, "GE-06")
    frame.wait_for_selector("[data-detail=fine]", state="attached")
    settle(page)
    assert frame.evaluate(points, "GE-06") > 2 * coarse
    assert len([url for url in asked if "/finer." in url]) == 1
    assert len([url for url in asked if "/fineroutlines." in url]) == 1
    assert len(fills(frame)) == len(set(frame.evaluate("[...Atlas.map.current().layers.keys()]")))


def test_shapes_are_projected_where_the_view_meets_them(open_page: OpenPage) -> None:
    """Near Troyes, Brest is not drawn; it is once the map is moved there, and the rest again."""
    page = open_page("/?territoire=GE-06")
    frame = map_frame(page)
    settle(page)
    drawn = "code => Atlas.map.current().layers.get(code)._path.getAttribute('d').length > 20"
    assert frame.evaluate(drawn, "GE-06")
    assert not frame.evaluate(drawn, "BRE-01")
    frame.evaluate("void map.setView([48.4, -4.5], map.getZoom(), { animate: false })")
    assert frame.evaluate(drawn, "BRE-01")
    frame.evaluate("void map.setView([46.6, 2.4], 5, { animate: false })")
    assert frame.evaluate(drawn, "BRE-01")
    assert frame.evaluate(drawn, "GE-06")
    undrawn = """[...Atlas.map.current().layers].filter(([code, layer]) =>
        layer.getBounds().intersects(map.getBounds()) &&
        layer._path.getAttribute("d").length < 20).length"""
    assert frame.evaluate(undrawn) == 0
    beyond = "Atlas.topology.boxOf(L.latLngBounds([[-95, -10], [95, 10]])).every(Number.isFinite)"
    assert frame.evaluate(beyond), "the plane ends before the poles"


def test_the_pixels_are_not_blank(open_page: OpenPage) -> None:
    from io import BytesIO  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    page = open_page()
    map_frame(page)
    settle(page)
    picture = page.locator("iframe").first.screenshot()
    colors = Image.open(BytesIO(picture)).convert("RGB").getcolors(1 << 24)
    assert colors
    sea = max(colors)[0]
    total = sum(count for count, _ in colors)
    assert sea < 0.85 * total


def test_pan_zoom_and_hover_cost_nothing(open_page: OpenPage) -> None:
    page = open_page("/donnees")
    traffic = Traffic()
    traffic.listen(page)
    page.goto(page.url.replace("/donnees", "/"))
    frame = map_frame(page)
    settle(page, 2500)
    assert traffic.received
    traffic.clear()
    point = point_of(frame, "ARA-01")
    page.mouse.move(point["x"], point["y"])
    page.mouse.move(point["x"] + 30, point["y"] + 5, steps=5)
    assert frame.locator(".atlas-tooltip strong").text_content()
    page.mouse.down()
    page.mouse.move(point["x"] - 80, point["y"] - 40, steps=8)
    page.mouse.up()
    page.mouse.wheel(0, -400)
    frame.get_by_role("button", name="Zoom avant").click()
    settle(page, 1500)
    assert zoom(frame) > 6
    assert traffic.is_silent()


def test_the_view_is_kept_when_the_colours_change(open_page: OpenPage) -> None:
    page = open_page()
    frame = map_frame(page)
    frame.get_by_role("button", name="Zoom avant").click()
    settle(page)
    before, colors = zoom(frame), fills(frame)
    after_repaint(frame, lambda: choose(page, "Indicateur", "Densité"))
    settle(page)
    assert zoom(frame) == before
    assert fills(frame) != colors
    assert "indicateur=density_per_km2" in page.url
    frame.evaluate("window.atlasMark = 1")
    after_repaint(frame, lambda: choose(page, "Indicateur", "Superficie"))
    assert frame.evaluate("window.atlasMark") == 1  # the same frame: nothing was mounted again


def test_two_quick_changes_leave_the_last_one(open_page: OpenPage) -> None:
    page = open_page()
    frame = map_frame(page)
    choose(page, "Région", "Bretagne")
    choose(page, "Région", "Normandie")
    page.wait_for_url("**/?region=28")
    settle(page, 1500)
    assert frame.evaluate("Atlas.map.current().values.region") == "28"


def test_a_click_selects_and_a_second_one_clears(open_page: OpenPage) -> None:
    page = open_page()
    frame = map_frame(page)
    after_repaint(frame, lambda: click_area(page, frame, "GE-06"))
    page.wait_for_url("**/?territoire=GE-06")
    page.get_by_role("heading", name="GHT Aube et Sézannais (GE-06)").wait_for()
    settle(page)
    assert zoom(frame) > 7
    after_repaint(frame, lambda: click_area(page, frame, "GE-06"))
    page.get_by_role("heading", name="Toute la France").wait_for()
    page.wait_for_url(lambda url: "territoire" not in url)
    assert selected(frame) is None


def test_escape_clears_the_selection(open_page: OpenPage) -> None:
    page = open_page("/?territoire=GE-06")
    frame = map_frame(page)
    assert selected(frame) == "GE-06"
    frame.locator(".leaflet-container").focus()
    page.keyboard.press("Escape")
    page.get_by_role("heading", name="Toute la France").wait_for()
    page.wait_for_url(lambda url: "territoire" not in url)


def test_everything_can_be_done_without_the_map(open_page: OpenPage) -> None:
    page = open_page()
    frame = map_frame(page)
    page.get_by_label("Rechercher un GHT").fill("Troies")
    after_repaint(frame, page.get_by_role("option", name="Troyes (10)").first.click)
    assert selected(frame) == "GE-06"
    after_repaint(frame, page.get_by_role("button", name="Effacer la sélection").click)
    assert selected(frame) is None


def test_an_inset_goes_overseas_and_home_comes_back(open_page: OpenPage) -> None:
    page = open_page()
    frame = map_frame(page)
    frame.get_by_role("button", name="La Réunion").click()
    settle(page)
    assert frame.evaluate("window.map.getCenter().lat") == pytest.approx(-21.1, abs=0.3)
    frame.get_by_role("button", name="Revenir à la France entière").click()
    settle(page)
    assert frame.evaluate("window.map.getCenter().lat") == pytest.approx(46.4, abs=0.5)


def test_establishments_are_drawn_on_demand(open_page: OpenPage) -> None:
    page = open_page("/?etablissements=aucun")
    frame = map_frame(page)
    assert frame.evaluate("Atlas.map.current().sites.shown.length") == 0
    counts: list[int] = []
    for level in ("Établissements supports", "Sites hospitaliers généraux", "Tous les sites"):
        before = counts[-1] if counts else 0
        choose(page, "Sites affichés", level)
        frame.wait_for_function(f"Atlas.map.current().sites.shown.length > {before}")
        counts.append(int(frame.evaluate("Atlas.map.current().sites.shown.length")))
    assert 100 < counts[0] < 140
    assert counts[0] < counts[1] < counts[2]


def test_a_site_says_what_it_is(open_page: OpenPage) -> None:
    page = open_page("/?territoire=GE-06")
    frame = map_frame(page)
    frame.wait_for_function("Atlas.map.current().sites.shown.length > 0")
    settle(page)
    point = frame.evaluate(
        """() => {
            const sites = Atlas.map.current().sites;
            const marker = sites.shown.find(m => m.site.city.startsWith("Troyes"));
            return window.map.latLngToContainerPoint(marker.getLatLng());
        }"""
    )
    box = frame.frame_element().bounding_box()
    assert box
    page.mouse.move(box["x"] + point["x"], box["y"] + point["y"])
    card = frame.locator(".atlas-tooltip").inner_text()
    assert "Troyes" in card
    assert "Établissement support" in card
    assert "GHT Aube et Sézannais" in card


def block(page: Page, pattern: str) -> None:
    page.route(pattern, lambda route: route.abort())


def test_a_missing_background_is_said_and_can_be_fetched_again(open_page: OpenPage) -> None:
    page = open_page("/donnees")
    block(page, "**/territories.*.json")
    page.goto(page.url.replace("/donnees", "/"))
    frame = page.frame_locator("iframe")
    frame.get_by_text("Le fond de carte n'a pas pu être chargé").wait_for()
    assert page.get_by_role("heading", name="Les mêmes chiffres en tableau").is_visible()
    page.unroute("**/territories.*.json")
    frame.get_by_role("button", name="Réessayer").click()
    assert fills(map_frame(page))


def test_a_click_that_cannot_be_sent_back_is_said(open_page: OpenPage) -> None:
    page = open_page("/donnees")
    page.add_init_script(
        "Object.defineProperty(window, 'Streamlit', { set() {}, get() { return undefined; } })"
    )
    page.goto(page.url.replace("/donnees", "/"))
    frame = page.frame_locator("iframe")
    frame.get_by_text("Le clic sur la carte est indisponible").wait_for()
    assert fills(map_frame(page))


def test_the_frame_has_a_french_title(open_page: OpenPage) -> None:
    page = open_page()
    frame = map_frame(page)
    assert frame.frame_element().get_attribute("title") == FRAME_TITLE
    assert frame.evaluate("document.documentElement.lang") == "fr"
    assert page.evaluate("document.documentElement.lang") == "fr"


@pytest.mark.parametrize("width", [1440, 820, 390])
def test_the_map_does_not_move_when_the_controls_come(
    width: int, browser: Browser, server: str
) -> None:
    """The map has a head start, long or short by the machine: the place above it is kept."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.add_init_script(
        """
        window.atlasTops = [];
        new MutationObserver(() => {
            const frame = document.querySelector("iframe");
            if (!frame || !frame.getClientRects().length) return; // React hides what it prepares
            window.atlasTops.push(Math.round(frame.getBoundingClientRect().top));
        }).observe(document, { childList: true, subtree: true });
        """
    )
    page.goto(server)
    page.get_by_text(wording.TABLE_TITLE).first.wait_for()
    map_frame(page)
    settle(page)
    page.get_by_label(wording.REGION, exact=True).first.wait_for()
    # Of a machine that is busy, the observer may see both at once: the last place is read as well.
    last = page.evaluate("Math.round(document.querySelector('iframe').getBoundingClientRect().top)")
    tops = [*page.evaluate("window.atlasTops"), last]
    assert len(tops) > 1
    assert max(tops) - min(tops) <= 2
    context.close()
