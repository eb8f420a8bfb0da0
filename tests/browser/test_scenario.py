"""What-if in a real browser: click a hospital, click where it goes, see what moves."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.screen import after_repaint, click_area, map_frame, settle
from tests.browser.test_cards import SEZANNE, place_of_site
from tests.browser.test_pages import serious

pytestmark = pytest.mark.browser

BORDERS = "document.querySelectorAll('path.atlas-change').length"


def test_a_hospital_and_a_territory_are_clicked_and_what_moves_is_seen(
    open_page: OpenPage,
) -> None:
    page = open_page("/bassins?volet=scenario&territoire=GE-06")
    frame = map_frame(page)
    frame.wait_for_function("Atlas.map.current().sites.shown.length > 100")
    settle(page, 1500)
    page.mouse.click(*place_of_site(frame, "sites", SEZANNE))
    site = page.get_by_role("combobox", name="Site", exact=True)
    expect(site).to_have_value("CH de Sézanne – Sézanne (510000177)")
    expect(page.get_by_role("button", name="Déplacer ce site")).to_be_visible()
    settle(page)
    click_area(page, frame, "GE-05")
    arrival = page.get_by_role("combobox", name="GHT d'arrivée")
    expect(arrival).to_have_value("Champagne (GE-05)")
    after_repaint(frame, page.get_by_role("button", name="Ajouter ce changement").click)
    expect(page.get_by_role("heading", name="Avant → avec le scénario")).to_be_visible()
    expect(page.get_by_role("radio", name="Différence")).to_be_checked()
    frame.wait_for_function(f"{BORDERS} === 2")
    expect(frame.get_by_text("→ Champagne")).to_be_visible()
    assert serious(page) == []
    after_repaint(frame, page.get_by_role("button", name="Annuler le dernier").click)
    frame.wait_for_function(f"{BORDERS} === 0")
    expect(frame.get_by_text("→ Champagne")).to_have_count(0)
