"""The tools of the map in a real browser: names, layers, links, the view, distances, themes."""

import base64
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from playwright.sync_api import Frame, Page, Request, Route

from geo.atlas.load import Atlas
from geo.atlas.zones import zones_of
from geo.catchment.layers import contested_drawing
from geo.catchment.scenario import Change, Scenario
from geo.catchment.scenario_file import to_address
from geo.drawing.screen_map import BACKGROUNDS, link_columns
from geo.territories.band_layers import unsure_drawing
from geo.territories.layers import (
    commune_drawing,
    town_drawing,
    zone_drawing,
)
from geo.ui.shared.layer_files import address, publish_layer
from tests.browser.conftest import OpenPage, serve
from tests.browser.screen import (
    Traffic,
    after_repaint,
    choose,
    click_area,
    map_frame,
    point_of,
    settle,
)

pytestmark = pytest.mark.browser

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJg"
    "gg=="
)
VIEW = "window.map.getZoom() + '/' + window.map.getCenter().lat.toFixed(1)"
FILL_OPACITY = (
    "Math.max(...Array.from(Atlas.map.current().layers.values(), l => l.options.fillOpacity))"
)
BOXES = """selector => Array.from(document.querySelectorAll(selector))
    .filter(n => getComputedStyle(n).visibility === 'visible')
    .map(n => n.getBoundingClientRect()).filter(b => b.width)
    .map(b => [b.left, b.top, b.right, b.bottom])"""


def paint(frame: Frame, **changed: Any) -> None:  # noqa: ANN401
    """Paint the values on screen with some changed, as a rerun does."""
    frame.evaluate(
        "changed => Atlas.map.paint(Object.assign({}, Atlas.map.current().values, changed))",
        {"token": f"t{len(str(changed))}", **changed},
    )


def overlapping(boxes: list[list[float]]) -> list[tuple[list[float], list[float]]]:
    """List the boxes that lie over one another by more than a pixel."""
    return [
        (one, other)
        for one, other in combinations(boxes, 2)
        if min(one[2], other[2]) - max(one[0], other[0]) > 1
        and min(one[3], other[3]) - max(one[1], other[1]) > 1
    ]


def focus(frame: Frame) -> None:
    frame.locator(".leaflet-container").focus()


def test_names_fit_their_territory_and_never_collide(open_page: OpenPage) -> None:
    page = open_page("/?region=53")
    frame = map_frame(page)
    frame.wait_for_function("Number(document.querySelector('[data-labels]').dataset.labels) > 20")
    settle(page)
    boxes = frame.evaluate(BOXES, ".atlas-label, .atlas-town")
    assert len(boxes) > 6
    controls = frame.evaluate(BOXES, ".leaflet-control")
    assert overlapping(boxes) == []
    assert [pair for pair in overlapping(boxes + controls) if pair[0] in boxes] == []
    assert frame.get_by_text("Rance", exact=True).is_visible()
    events = "getComputedStyle(Atlas.map.current().labels.pane).pointerEvents"
    assert frame.evaluate(events) == "none"
    paint(frame, show=["regions"])
    frame.wait_for_function("document.querySelectorAll('.atlas-label').length === 0")
    outlines = "Array.from(Atlas.map.current().outlines, ([n, l]) => window.map.hasLayer(l) && n)"
    assert frame.evaluate(outlines) == [False, "regions"]
    paint(frame, show=["noms"])
    frame.wait_for_function("document.querySelectorAll('.atlas-label').length > 20")
    assert frame.evaluate(outlines) == [False, False]
    paint(frame, show=["noms", "departements"])
    drawn = """Atlas.map.current().outlines.get('departements')._path.getAttribute('d').length"""
    assert frame.evaluate(drawn) > 1000, "shown again without a zoom, they are drawn again"


@pytest.fixture(scope="module")
def light(atlas: Atlas) -> gpd.GeoDataFrame:
    return gpd.read_parquet(atlas.shapes("communes_light"))


def test_communes_and_contested_zones_come_by_address(
    open_page: OpenPage, atlas: Atlas, light: gpd.GeoDataFrame
) -> None:
    page = open_page("/?territoire=GE-06")
    frame = map_frame(page)
    settle(page)
    communes = address(publish_layer("calque", commune_drawing(light, atlas, "GE-06")))
    contested = address(publish_layer("calque", contested_drawing(light, atlas).content))
    towns = address(publish_layer("calque", town_drawing(light, atlas)[0]))
    unsure = address(publish_layer("calque", unsure_drawing(light, atlas)[0]))
    files = {
        "communes": communes, "disputees": contested, "ailleurs": towns, "instables": unsure,
    }  # fmt: skip
    paint(frame, show=["communes", "disputees", "ailleurs", "instables"], details=files)
    frame.wait_for_function(
        "Number(document.querySelector('[data-instables]').dataset.instables) > 99"
    )
    frame.wait_for_function(
        "Number(document.querySelector('[data-ailleurs]').dataset.ailleurs) > 9"
    )
    frame.wait_for_function(
        "Number(document.querySelector('[data-communes]').dataset.communes) > 400"
    )
    frame.wait_for_function(
        "Number(document.querySelector('[data-disputees]').dataset.disputees) > 99"
    )
    point = frame.evaluate(
        """() => {
            const layers = Atlas.map.current().details[1].shown;
            const box = layers[200]._path.getBoundingClientRect();
            return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
        }"""
    )
    frame_box = frame.frame_element().bounding_box()
    assert frame_box
    page.mouse.move(frame_box["x"] + point["x"], frame_box["y"] + point["y"])
    assert "habitants (2023)" in frame.locator(".atlas-tooltip").inner_text()
    paint(frame, show=["noms"], details=files)
    frame.wait_for_function("document.querySelector('[data-communes]').dataset.communes === '0'")
    missing = {"communes": address("calque.0000000000000000.json")}
    paint(frame, show=["communes"], details=missing)
    frame.get_by_text("Un calque n'a pas pu être chargé").wait_for()


def test_borders_of_zones_let_the_pointer_through(
    open_page: OpenPage, atlas: Atlas, light: gpd.GeoDataFrame
) -> None:
    """One line and its rim, over the territories, which still answer."""
    page = open_page("/?territoire=GE-06")
    frame = map_frame(page)
    settle(page)
    zones = zones_of(atlas, "zone_emploi")
    file = address(publish_layer("calque", zone_drawing(light, zones)))
    paint(frame, show=["zone_emploi"], details={"zone_emploi": file})
    frame.wait_for_selector("[data-zone_emploi='306']")
    paths = "document.querySelectorAll('path.atlas-zone')"
    drawn = f"Array.from({paths}, (path) => path.getAttribute('d').length)"
    assert len(lengths := frame.evaluate(drawn)) == 2
    assert min(lengths) > 1000
    assert frame.evaluate(f"getComputedStyle({paths}[1]).pointerEvents") == "none"
    paint(frame, show=["noms"], details={"zone_emploi": file})
    frame.wait_for_selector("[data-zone_emploi='0']")
    assert frame.evaluate(drawn) == []


def test_a_link_is_drawn_described_and_handed_back(open_page: OpenPage) -> None:
    page = open_page("/?etablissements=aucun")
    frame = map_frame(page)
    links = pd.DataFrame(
        {
            "link_id": ["a", "b", "c", "boucle"],
            "label": ["<b>GCS</b>", "GIE", "Protocole", "Sur place"],
            "text": ["depuis 2018", "", "", ""], "color": "#d0006f", "dash": ["", "6 5", "2 4", ""],
            "width": 3, "lon1": [-1.68, -1.68, -1.68, 4.39], "lat1": [48.11, 48.11, 48.11, 45.44],
            "lon2": [4.08, 4.08, 4.08, 4.39], "lat2": [48.3, 48.3, 48.3, 45.44],
        }
    )  # fmt: skip
    paint(frame, links={"columns": link_columns(links)})
    frame.wait_for_function("document.querySelector('[data-links]').dataset.links === '4'")
    middles = frame.evaluate(
        """Atlas.map.current().links.shown.map(l => {
            const points = l.lines[1].getLatLngs();
            return window.map.latLngToContainerPoint(points[points.length / 2 | 0]);
        })"""
    )
    assert len({round(point["y"] / 10) for point in middles[:3]}) == 3, "they fan out"
    frame.evaluate(
        """() => {
            window.handed = [];
            window.Streamlit.setComponentValue = value => window.handed.push(value);
        }"""
    )
    frame_box = frame.frame_element().bounding_box()
    assert frame_box
    x, y = frame_box["x"] + middles[0]["x"], frame_box["y"] + middles[0]["y"]
    page.mouse.move(x, y)
    assert frame.locator(".atlas-tooltip strong").inner_text() == "<b>GCS</b>"
    page.mouse.click(x, y)
    assert frame.evaluate("window.handed") == [{"atlas_click": {"link_id": "a", "count": 1}}]
    paint(frame, links={"columns": link_columns(links), "shown": ["b"], "selected": "b"})
    frame.wait_for_function("document.querySelector('[data-links]').dataset.links === '1'")
    paint(frame, links=None)
    frame.wait_for_function("document.querySelector('[data-links]').dataset.links === '0'")


def test_partnerships_are_a_layer_that_leaves_the_click_to_the_territory(
    open_page: OpenPage,
) -> None:
    page = open_page("/?territoire=ARA-09&etablissements=aucun")
    frame = map_frame(page)
    settle(page)
    size = frame.evaluate("JSON.stringify(Atlas.map.current().values).length")
    assert page.get_by_role("heading", name="Partenariats recensés").count() == 0
    page.get_by_role("button", name="Calques").click()
    page.get_by_role("button", name="Partenariats", exact=True).click()
    frame.wait_for_function("document.querySelector('[data-links]')?.dataset.links === '9'")
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "partenariats" in url)
    page.get_by_role("heading", name="Partenariats recensés").wait_for()
    assert frame.evaluate("JSON.stringify(Atlas.map.current().values).length") - size < 200
    # Le Puy: the far end of this link is in another territory.
    point = frame.evaluate(
        """() => {
            const link = Atlas.map.current().links.shown.find(one => one.id === "loire-ch-du-puy");
            const points = link.lines[2].getLatLngs();
            return window.map.latLngToContainerPoint(points[20]);
        }"""
    )
    box = frame.frame_element().bounding_box()
    assert box
    x, y = box["x"] + point["x"], box["y"] + point["y"]
    page.mouse.move(x, y)
    said = frame.locator(".atlas-tooltip").inner_text()
    assert "Puy" in said
    assert "page Partenariats" in said
    after_repaint(frame, lambda: page.mouse.click(x, y))
    page.wait_for_url(lambda url: "territoire=ARA-09" not in url)
    assert frame.evaluate("Atlas.map.current().values.selected") == "ARA-06"
    page.get_by_role("link", name="Ouvrir la page Partenariats").click()
    page.wait_for_url("**/partenariats?**")


BUNDLE_OF_THE_FRAME = "**/component/streamlit_folium*/static/js/*.js"


def test_values_that_never_come_are_said(open_page: OpenPage) -> None:
    """The frame no longer runs what comes with each rerun: the drawing stays, with its names."""
    page = open_page("/donnees")

    def cut(route: Route) -> None:
        script = (route.fetch().text()).replace("eval(feature_group+layer_control)", "void 0")
        route.fulfill(body=script, content_type="text/javascript")

    page.route(BUNDLE_OF_THE_FRAME, cut)
    page.goto(page.url.replace("/donnees", "/"))
    frame = page.frame_locator("iframe[title^='Carte']")
    frame.get_by_text("Les valeurs n'arrivent pas").wait_for()
    assert frame.locator("path.atlas-area").count() == 133, "131 GHTs and two zones outside"


def test_another_streamlit_folium_leaves_a_whole_map_without_clicks(
    repository: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    """Its frame no longer has a hook: folium alone draws the same map."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(
        "import streamlit_folium\n"
        "streamlit_folium.st_folium = lambda fig, key=None, **others: None\n",
        encoding="utf-8",
    )
    with serve(repository, tmp_path / "log.txt", PYTHONPATH=str(site)) as base:
        page = open_page("/?indicateur=density_per_km2", base=base)
        page.get_by_text("Le clic sur la carte est indisponible. Choisissez").wait_for()
        frame = page.frame_locator("iframe[title^='Carte']")
        frame.locator("[data-values]").wait_for(state="attached")
        frame.get_by_text("Le clic sur la carte est indisponible ici").wait_for()
        fills = frame.locator("path.atlas-area").evaluate_all(
            "paths => paths.map(path => path.getAttribute('fill'))"
        )
        assert len(set(fills)) > 5


def test_a_large_screen_has_a_larger_map(open_page: OpenPage) -> None:
    page = open_page(width=1920)
    frame = map_frame(page)
    for screen, wanted in ((900, 780), (1080, 960)):
        page.set_viewport_size({"width": 1920, "height": screen})
        settle(page)
        outside = frame.frame_element().bounding_box()
        inside = frame.locator(".leaflet-container").bounding_box()
        assert outside
        assert inside
        assert outside["height"] == inside["height"] == wanted
        seen = "window.map.getBounds().getNorth() - window.map.getBounds().getSouth()"
        assert frame.evaluate(seen) < 13, "the country fills the map"


def fragment(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def test_the_view_is_in_the_address(open_page: OpenPage) -> None:
    page = open_page("/donnees")
    traffic = Traffic()
    traffic.listen(page)
    page.goto(page.url.replace("/donnees", "/?region=53#carte=1/9.5/48.110/-1.680"))
    frame = map_frame(page)
    settle(page, 2500)
    assert frame.evaluate(VIEW) == "9.5/48.1"
    assert fragment(page) == "#carte=1/9.5/48.110/-1.680"
    traffic.clear()
    entries = page.evaluate("history.length")
    frame.get_by_role("button", name="Zoom arrière").click()
    settle(page)
    assert fragment(page).startswith("#carte=1/8.5/48.11")
    assert page.evaluate("history.length") == entries
    assert traffic.is_silent()
    after_repaint(frame, lambda: choose(page, "Indicateur", "Superficie"))
    page.wait_for_url(lambda url: "indicateur=area_km2#carte=1/8.5/48.11" in url)
    after_repaint(frame, lambda: choose(page, "Région", "Normandie"))
    page.wait_for_url(lambda url: "region=28" in url and "#" not in url)
    settle(page, 1500)
    assert fragment(page) == ""
    page.go_back()
    page.wait_for_url(lambda url: "region=53" in url and "#carte=1/8.5/48.11" in url)
    settle(page, 1500)
    assert frame.evaluate(VIEW) == "8.5/48.1"


def test_a_wrong_view_is_ignored_and_said(open_page: OpenPage) -> None:
    page = open_page("/#carte=1/99/1/2")
    frame = map_frame(page)
    read = "views => views.map(view => Atlas.view.parse('#carte=' + view, window.map))"
    wrong = ["2/6/46/2", "1/6/46/<b>", "", "1/6/86/2", "1/6/46/181", "1/2/46/2", "1/6/46/2/1"]
    assert frame.evaluate(read, wrong) == [None] * len(wrong)
    assert frame.evaluate(read, ["1/6/46/2"])[0]["zoom"] == 6
    frame.get_by_text("La position demandée par l'adresse est illisible").wait_for()
    assert frame.evaluate("window.map.getCenter().lat") == pytest.approx(46.4, abs=0.5)
    assert fragment(page) == ""
    frame.get_by_role("button", name="Fermer").click()
    assert frame.locator(".atlas-note").count() == 0


def test_the_whole_screen_shows_its_legend(open_page: OpenPage) -> None:
    page = open_page("/?calques=partenariats")
    frame = map_frame(page)
    focus(frame)
    page.keyboard.press("f")
    legend = frame.locator(".atlas-key")
    legend.get_by_text("Convention ou protocole").wait_for()
    assert frame.locator(".atlas-stroke").count() > 6
    assert "Population (habitants)" in legend.inner_text()
    assert "Hors GHT" in legend.inner_text()
    paint(frame, legend=["un", "deux", "trois", "quatre", "cinq", "six"])
    assert "six" in legend.inner_text()
    size = frame.locator(".leaflet-container").bounding_box()
    assert size
    assert size["height"] == pytest.approx(900, abs=2)
    page.keyboard.press("f")
    legend.wait_for(state="detached")
    assert fragment(page) == ""


def test_a_distance_is_measured_without_the_mouse(open_page: OpenPage) -> None:
    page = open_page("/?territoire=GE-06")
    frame = map_frame(page)
    settle(page)
    focus(frame)
    page.keyboard.press("m")
    said = frame.locator(".atlas-said")
    assert "Échap" in said.inner_text()
    assert said.get_attribute("role") == "status"
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    settle(page)
    page.keyboard.press("Enter")
    total = frame.evaluate("window.map.distance(...Atlas.map.current().measure.points) / 1000")
    assert f"{total:.1f} km".replace(".", ",") in said.inner_text().replace("\u00a0", " ")
    click_area(page, frame, "GE-06")
    assert frame.evaluate("Atlas.map.current().measure.points.length") == 3
    assert frame.evaluate("Atlas.map.current().values.selected") == "GE-06"
    page.keyboard.press("Escape")
    assert said.count() == 0
    assert frame.evaluate("Atlas.map.current().values.selected") == "GE-06"
    page.keyboard.press("h")
    settle(page)
    assert frame.evaluate("window.map.getZoom()") < 7, "the whole country"


@pytest.fixture
def asked(open_page: OpenPage) -> Iterator[tuple[Page, list[str]]]:
    """Return a page and, as it grows, what it asks of other machines."""
    page = open_page("/donnees")
    found: list[str] = []

    def note(request: Request) -> None:
        if "127.0.0.1" not in request.url and request.url.startswith("http"):
            found.append(request.url)

    page.on("request", note)
    yield page, found
    page.unroute_all(behavior="ignoreErrors")


def test_a_background_out_of_reach_leaves_the_map_as_it_was(
    asked: tuple[Page, list[str]],
) -> None:
    page, found = asked
    page.goto(page.url.replace("/donnees", "/"))
    frame = map_frame(page)
    settle(page)
    assert found == []
    paint(frame, background="ign")
    frame.get_by_text("Le fond « Plan IGN » est inaccessible").wait_for()
    assert found
    assert all(address.startswith("https://data.geopf.fr/wmts?") for address in found)
    assert frame.locator(".leaflet-tile").count() == 0
    assert frame.evaluate(FILL_OPACITY) == 1
    assert "IGN, Géoplateforme" not in frame.locator(".leaflet-control-attribution").inner_text()
    page.route("https://data.geopf.fr/**", lambda route: route.fulfill(body=PIXEL))
    frame.get_by_role("button", name="Réessayer").click()
    frame.locator(".leaflet-tile-loaded").first.wait_for(state="attached")
    assert frame.evaluate(FILL_OPACITY) < 0.8
    assert "IGN, Géoplateforme" in frame.locator(".leaflet-control-attribution").inner_text()
    paint(frame, background="")
    assert frame.locator(".leaflet-tile").count() == 0
    assert frame.evaluate(FILL_OPACITY) == 1
    assert set(BACKGROUNDS) == set(frame.evaluate("Object.keys(Atlas.settings.backgrounds)"))


def test_the_map_follows_the_theme_and_prints_without_controls(open_page: OpenPage) -> None:
    page = open_page()
    frame = map_frame(page)
    sea = "getComputedStyle(document.querySelector('.leaflet-container')).backgroundColor"
    # Streamlit answers with its own theme at once: both are noted.
    frame.evaluate(
        f"""() => {{
            window.seas = [{sea}];
            new MutationObserver(() => window.seas.push({sea})).observe(
                document.documentElement, {{ attributeFilter: ["data-theme"] }});
        }}"""
    )
    message = {"type": "streamlit:render", "theme": {"base": "dark", "backgroundColor": "#0e1117"}}
    frame.evaluate("said => window.postMessage(said, '*')", message)
    frame.wait_for_function("window.seas.length > 2")
    light, dark, after = frame.evaluate("window.seas.slice(0, 3)")
    assert light == after != dark
    page.emulate_media(media="print")
    assert not frame.get_by_role("button", name="Zoom avant").is_visible()
    assert frame.locator(".leaflet-control-attribution").is_visible()
    page.emulate_media(media="screen")


def test_lands_an_ocean_apart_are_not_shown_together(open_page: OpenPage) -> None:
    link = to_address(Scenario("Outre-mer", (Change("merge", "MAR-02", "OI-01"),)))
    page = open_page(f"/bassins?territoire=OI-01&scenario={link}")
    frame = map_frame(page)
    frame.get_by_text("Comprend aussi : Martinique").wait_for()
    assert frame.evaluate("window.map.getCenter().lat") == pytest.approx(-21.1, abs=0.3)
    assert frame.evaluate("window.map.getZoom()") > 8
    for place in ("Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"):
        assert frame.get_by_role("button", name=place).is_visible()
    frame.get_by_role("button", name="Mayotte").click()
    settle(page)
    assert frame.evaluate("window.map.getCenter().lat") == pytest.approx(-12.8, abs=0.3)


@pytest.mark.parametrize("path", ["/", "/?territoire=GE-06"])
def test_a_phone_has_room_for_every_control(path: str, open_page: OpenPage) -> None:
    page = open_page(path, width=390, height=844)
    frame = map_frame(page)
    settle(page)
    boxes = frame.evaluate(BOXES, ".leaflet-bar, .atlas-inset, .leaflet-control-attribution, "
                                  ".leaflet-control-scale, .atlas-label")  # fmt: skip
    assert len(boxes) >= 9
    assert overlapping(boxes) == []
    assert all(box[0] >= 0 and box[2] <= frame.evaluate("innerWidth") for box in boxes)
    assert point_of(frame, "GE-06")
