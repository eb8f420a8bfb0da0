"""The page that compares in a real browser: drawn, accessible, its maps kept in step."""

import math
import re
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, Route

from geo import wording
from geo.drawing import words as drawing_words
from geo.ui.comparer import words
from tests.browser.conftest import OpenPage
from tests.browser.screen import Traffic, after_repaint, choose, corner, map_frame, settle
from tests.browser.test_pages import serious

pytestmark = pytest.mark.browser

TWO = "/comparer?volet=cote&territoire=GE-06&avec=OI-01"
LOOK = """() => Atlas.map.current().drawn().map(pane => {
    const centre = pane.map.getCenter();
    const scale = pane.ground.querySelector(".leaflet-control-scale-line");
    return { lat: centre.lat, lon: centre.lng, zoom: pane.map.getZoom(), scale: scale.textContent,
             ground: Atlas.panes.groundOf(centre.lat, pane.map.getZoom()) };
})"""


@pytest.mark.parametrize(
    ("path", "waited"),
    [
        ("volet=nuage&territoire=GE-06", "canvas, svg.marks"),
        ("volet=profil&territoire=GE-06", "canvas, svg.marks"),
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


def ranked(page: Page) -> list[str]:
    """Read the names of the ranked territories, in their order."""
    names: list[str] = page.locator(
        ".atlas-compare tbody:first-of-type th > span"
    ).all_inner_texts()
    return names


def test_a_head_sorts_and_the_chosen_row_stays_in_sight(open_page: OpenPage) -> None:
    page = open_page("/comparer?territoire=GE-06", width=1024, height=800)
    table = page.locator(".atlas-compare")
    table.wait_for()
    assert ranked(page)[0] == "Bouches-du-Rhône"
    page.get_by_role("button", name="Superficie (km²)").click()
    assert ranked(page)[0] != "Bouches-du-Rhône"
    assert table.locator("th[aria-sort=descending]").all_inner_texts()[0].startswith("Superficie")
    assert table.locator("tr.pinned td.sorted").count() == 1, "the bar is in the sorted column"
    assert table.locator("tbody tr:first-child td.sorted").first.inner_text() != ""
    page.get_by_role("button", name="Population (habitants)").press("Enter")
    assert ranked(page)[0] == "Bouches-du-Rhône"
    page.get_by_role("button", name="Population (habitants)").click()
    page.wait_for_url("**ordre=croissant**")
    table.locator("th[aria-sort=ascending]").wait_for()
    assert ranked(page)[-1] == "Bouches-du-Rhône"
    table.evaluate("element => { element.scrollTop = 900; element.scrollLeft = 500; }")
    settle(page, 300)
    left, top = corner(table)
    assert top < corner(table.locator("tr.pinned"))[1] < top + 250, "under the heads"
    assert abs(corner(table.locator("tr.pinned th"))[0] - left) < 3, "names at left, always"


def look(frame: Frame) -> list[dict[str, Any]]:
    """Read the view of each map; `ground` is in kilometres a pixel."""
    seen: list[dict[str, Any]] = frame.evaluate(LOOK)
    return seen


def painted(page: Page) -> Frame:
    """Wait for the maps and their sites."""
    frame = map_frame(page)
    frame.wait_for_selector("[data-sites]", state="attached")
    return frame


def moves(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[tuple[float, float]]:
    """Kilometres east and north that each map moved."""
    km = math.pi * 6371 / 180
    return [
        (
            (b["lon"] - a["lon"]) * km * math.cos(math.radians((a["lat"] + b["lat"]) / 2)),
            (b["lat"] - a["lat"]) * km,
        )
        for a, b in zip(before, after, strict=True)
    ]


def same_scale(frame: Frame) -> bool:
    seen = look(frame)
    grounds = [one["ground"] for one in seen]
    same_bar = len({one["scale"] for one in seen}) == 1
    return max(grounds) / min(grounds) < 1.001 and same_bar


def middle_of(frame: Frame, place: int) -> tuple[float, float]:
    box = frame.locator(".atlas-pane-map").nth(place).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_maps_move_together_and_cost_nothing(open_page: OpenPage) -> None:
    """Two latitudes, 48 degrees north and 21 south: the same kilometres are other degrees."""
    page = open_page("/donnees")
    traffic = Traffic()
    traffic.listen(page)
    page.goto(page.url.replace("/donnees", TWO))
    frame = painted(page)
    settle(page, 2500)
    home = look(frame)
    assert same_scale(frame)
    assert home[1]["zoom"] - home[0]["zoom"] > 0.4, "the same scale is not the same zoom"
    assert traffic.received
    traffic.clear()

    page.mouse.move(*middle_of(frame, 0))
    page.mouse.wheel(0, -300)
    frame.wait_for_function(f"({LOOK})()[0].zoom > {home[0]['zoom'] + 0.5}")
    settle(page, 300)
    wheeled = look(frame)
    assert same_scale(frame)
    x, y = middle_of(frame, 1)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y + 50, steps=8)
    settle(page, 300)
    page.mouse.up()
    settle(page, 900)
    dragged = look(frame)
    (east, north), other = moves(wheeled, dragged)
    assert (east, north) == pytest.approx(other, rel=0.02)
    assert east == pytest.approx(-120 * wheeled[0]["ground"], rel=0.1)
    assert north == pytest.approx(50 * wheeled[0]["ground"], rel=0.1)
    assert same_scale(frame)

    frame.locator(".atlas-pane-map").nth(0).focus()
    page.keyboard.press("-")
    page.keyboard.press("ArrowRight")
    settle(page, 700)
    keyed = look(frame)
    assert keyed[1]["ground"] == pytest.approx(2 * dragged[1]["ground"], rel=0.01)
    assert keyed[1]["lon"] > dragged[1]["lon"] + 0.01
    frame.locator(".atlas-pane-map").nth(1).dblclick(position={"x": 80, "y": 80})
    settle(page, 400)
    assert look(frame)[0]["ground"] == pytest.approx(keyed[0]["ground"] / 2, rel=0.01)
    page.mouse.move(*middle_of(frame, 0))
    assert frame.locator(".atlas-tooltip strong").text_content()

    frame.get_by_role("button", name=drawing_words.PANE_TEXTS["frameAllHelp"]).click()
    settle(page, 400)
    assert moves(home, look(frame)) == [pytest.approx((0, 0), abs=1)] * 2
    assert same_scale(frame)
    assert traffic.is_silent()


def test_each_in_full_keeps_its_own_ratio(open_page: OpenPage) -> None:
    page = open_page(f"{TWO}&echelle=propre")
    frame = painted(page)
    settle(page)
    before = look(frame)
    assert before[0]["ground"] > 1.5 * before[1]["ground"]
    frame.get_by_role("button", name=wording.MAP_ZOOM_IN).click()
    after = look(frame)
    ratios = [b["ground"] / a["ground"] for a, b in zip(before, after, strict=True)]
    assert ratios == pytest.approx([0.5, 0.5], rel=0.01)


def test_from_two_to_four_in_the_same_frame(open_page: OpenPage) -> None:
    page = open_page(TWO)
    frame = painted(page)
    frame.evaluate("window.atlasMark = 1")
    for name in ("Loire (ARA-09)", "Psychiatrie 59-62 (HF-13)"):
        after_repaint(frame, partial(choose, page, words.OTHERS, name))
    assert frame.evaluate("window.atlasMark") == 1, "nothing was mounted again"
    titles = frame.locator(".atlas-pane h2").all_text_contents()
    assert titles == ["Aube et Sézannais", "Océan Indien", "Loire", "Psychiatrie 59-62"]
    assert frame.get_by_text(words.NO_SHAPE).count() == 1
    assert len(look(frame)) == 3
    drawn = frame.evaluate(
        """() => Atlas.map.current().drawn().map(pane => [pane.seen.code,
            pane.layers.get(pane.seen.code)._path.getBoundingClientRect().width,
            pane.layers.get(pane.seen.code).options.fillOpacity])"""
    )
    assert all(width > 40 and strength == 1 for _, width, strength in drawn)
    settle(page, 1200)
    assert serious(page) == []


def test_maps_taken_away_leave_nothing_behind(open_page: OpenPage) -> None:
    """Twenty changes of the values, as reruns make them."""
    frame = painted(open_page(TWO))
    counts = frame.evaluate(
        """() => {
            const panes = Atlas.map.current();
            const [two, seen] = [panes.values, panes.values.panes];
            const gone = [];
            const remove = L.Map.prototype.remove;
            L.Map.prototype.remove = function () { gone.push(1); return remove.call(this); };
            const nodes = () => document.querySelectorAll("*").length;
            const change = (list) => panes.paint({ ...two, panes: list });
            change(seen);
            const before = nodes();
            for (let turn = 0; turn < 10; turn += 1) {
                change([...seen, { ...seen[0], code: "ARA-09" }, { ...seen[0], code: "IDF-10" }]);
                change(seen);
            }
            L.Map.prototype.remove = remove;
            return { gone: gone.length, kept: panes.panes.size, before: before, after: nodes() };
        }"""
    )
    assert counts["gone"] == 20
    assert counts["kept"] == 2
    assert counts["after"] <= counts["before"] + 5


def test_maps_stand_under_one_another_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(TWO, width=390, height=844)
    frame = painted(page)
    settle(page, 1200)
    boxes = [frame.locator(".atlas-pane-map").nth(place).bounding_box() for place in (0, 1)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["x"] == boxes[1]["x"]
    assert boxes[1]["y"] > boxes[0]["y"] + boxes[0]["height"]
    assert min(box["height"] for box in boxes if box) > 200
    main = page.locator(".stMain")
    assert not main.evaluate("element => element.scrollWidth > element.clientWidth")
    assert serious(page) == []


def test_a_geometry_out_of_reach_is_said_in_the_frame(open_page: OpenPage) -> None:
    page = open_page("/donnees")
    lost = True

    def answer(route: Route) -> None:
        if lost:
            route.abort()
        else:
            route.continue_()

    page.route(re.compile(r"/territories\.\w+\.json"), answer)
    page.goto(page.url.replace("/donnees", TWO))
    frame = page.frame_locator("iframe")
    frame.get_by_text(wording.MAP_NO_GEOMETRY).wait_for()
    assert page.get_by_text(words.MEDIAN).first.is_visible()
    lost = False
    frame.get_by_role("button", name=wording.MAP_RETRY).click()
    frame.locator(".atlas-pane-map path.atlas-area").first.wait_for(state="attached")
    assert frame.get_by_text(wording.MAP_NO_GEOMETRY).count() == 0


def test_a_logarithmic_axis_names_its_powers_of_ten_in_french(open_page: OpenPage) -> None:
    page = open_page("/comparer?volet=distribution&indicateur=area_km2")
    chart = page.get_by_test_id("stVegaLiteChart")
    chart.locator("svg.marks").wait_for()
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page, 800)
        names = chart.locator(".role-axis-label text").all_text_contents()
        assert {"1\u202f000", "10\u202f000"} <= set(names)
        edge = chart.bounding_box()
        last = chart.locator(".role-axis-label text").get_by_text("\u202f000").last.bounding_box()
        assert edge
        assert last
        assert last["x"] + last["width"] <= edge["x"] + edge["width"]
    assert page.locator(".vega-actions").count() == 0
