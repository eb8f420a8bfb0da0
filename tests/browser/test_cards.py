"""Hospitals and communes clicked in a real browser: their cards open, nothing else moves."""

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.screen import map_frame, settle

pytestmark = pytest.mark.browser

SEZANNE = "510000177"
ROMILLY = "10323"


def place_of_site(frame: Frame, layer: str, number: str) -> tuple[float, float]:
    """Find a site on the window, where it is drawn now."""
    x, y = frame.evaluate(
        """([layer, number]) => {
            const atlas = Atlas.map.current();
            const marks = layer === "places" ? atlas.places.marks : atlas.sites;
            const marker = marks.shown.find((one) => one.site.id === number);
            const point = atlas.map.latLngToContainerPoint(marker.getLatLng());
            return [point.x, point.y];
        }""",
        [layer, number],
    )
    box = frame.frame_element().bounding_box()
    assert box
    return box["x"] + x, box["y"] + y


def place_of(frame: Frame, lat: float, lon: float) -> tuple[float, float]:
    """Find a place of the ground on the window."""
    script = "([lat, lon]) => window.map.latLngToContainerPoint([lat, lon])"
    point = frame.evaluate(script, [lat, lon])
    box = frame.frame_element().bounding_box()
    assert box
    return box["x"] + point["x"], box["y"] + point["y"]


def said(frame: Frame, name: str) -> str:
    return str(frame.evaluate(f"document.querySelector('[data-values]').dataset.{name}"))


def wait_for(frame: Frame, name: str, value: str) -> None:
    script = "([name, value]) => document.querySelector('[data-values]').dataset[name] === value"
    frame.wait_for_function(script, arg=[name, value])


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name, exact=True).first).to_be_visible()


def test_a_hospital_keeps_the_filter_and_opens_its_card(open_page: OpenPage) -> None:
    page = open_page("/etablissements?territoire=GE-06")
    frame = map_frame(page)
    wait_for(frame, "places", "47")
    settle(page, 1500)
    place = place_of_site(frame, "places", SEZANNE)
    page.mouse.move(*place)
    expect(frame.locator(".atlas-tooltip")).to_contain_text("CH de Sézanne")
    page.mouse.click(*place)
    wait_for(frame, "fanned", "3")  # three sites at one place: they are separated first
    expect(frame.locator(".atlas-tooltip")).to_have_count(0)
    page.mouse.click(*place_of_site(frame, "places", SEZANNE))
    page.wait_for_url("**territoire=GE-06**site=510000177**")
    heading(page, "CH de Sézanne")
    assert said(frame, "places") == "47", "the filter is kept"
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Fermer la fiche du site")).to_be_visible()
    page.get_by_role("button", name="Fermer la fiche du site").press("Enter")
    wait_for(frame, "site", "")
    assert said(frame, "places") == "47"


def test_a_hospital_of_the_chosen_territory_does_not_unchoose_it(open_page: OpenPage) -> None:
    page = open_page("/?territoire=GE-06")
    frame = map_frame(page)
    frame.wait_for_function("Atlas.map.current().sites.shown.length > 0")
    settle(page, 1500)
    page.mouse.click(*place_of_site(frame, "sites", "100000090"))
    heading(page, "CH de Troyes")
    heading(page, "GHT Aube et Sézannais (GE-06)")
    page.wait_for_url("**territoire=GE-06**site=100000090**")
    frame.locator(".leaflet-container").focus()
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "site=" not in url)
    assert "territoire=GE-06" in page.url, "Escape undoes one choice at a time"


def test_a_commune_of_the_chosen_territory_opens_its_card(open_page: OpenPage) -> None:
    page = open_page("/?territoire=GE-06&calques=noms,communes")
    frame = map_frame(page)
    frame.wait_for_function("Number(document.querySelector('[data-values]').dataset.communes) > 9")
    settle(page, 1500)
    page.mouse.click(*place_of(frame, 48.515, 3.7203))
    wait_for(frame, "commune", ROMILLY)
    heading(page, "Romilly-sur-Seine")
    page.wait_for_url("**territoire=GE-06**commune=10323**")
    expect(frame.locator(".atlas-pin")).to_have_text("Romilly-sur-Seine")
    page.mouse.click(*place_of(frame, 48.515, 3.7203))
    wait_for(frame, "commune", "")
    assert "territoire=GE-06" in page.url
