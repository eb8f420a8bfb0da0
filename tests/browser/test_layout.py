"""Where things are: one head, a map as tall as the window, a phone on which fingers do as ever."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from tests.browser.conftest import OpenPage
from tests.browser.screen import map_frame, settle

ONE_FINGER = "document.querySelector('.leaflet-container').classList.contains('atlas-one-finger')"
CENTRE = "(() => { const c = Atlas.map.current().map.getCenter(); return [c.lat, c.lng]; })()"
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


def test_the_map_begins_under_a_head_of_two_lines(open_page: OpenPage) -> None:
    page = open_page("/")
    box = map_frame(page).frame_element().bounding_box()
    assert box
    assert box["y"] <= 116
    assert 770 <= box["height"] <= 784
    assert box["y"] + box["height"] <= 900
    assert box["width"] >= 960


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (720, 450)])
def test_choices_wrap_and_stay_readable_in_a_small_window(
    width: int, height: int, open_page: OpenPage
) -> None:
    """720 by 450 is a window of 1440 by 900 at 200 %."""
    page = open_page("/?territoire=GE-06", width=width, height=height)
    box = map_frame(page).frame_element().bounding_box()
    assert box
    assert box["y"] < height - 200, "the map is in sight without scrolling"
    lists = page.locator(".st-key-commandes [role=combobox]")
    lists.first.wait_for()
    for at in range(lists.count()):
        room = lists.nth(at).evaluate("e => e.clientWidth")
        assert room > 110, lists.nth(at).get_attribute("aria-label")


def test_the_model_is_told_in_full_on_demand(open_page: OpenPage) -> None:
    page = open_page("/comparer")
    chip = page.locator("summary", has_text="sans valeur légale")
    told = page.get_by_text("La loi ne donne pas de limites aux GHT")
    chip.wait_for()
    assert not told.is_visible()
    chip.focus()
    page.keyboard.press("Enter")
    assert told.is_visible()


def test_what_has_the_focus_is_seen_in_the_menu(open_page: OpenPage) -> None:
    page = open_page("/carte")
    map_frame(page)
    link = page.get_by_role("link", name="Comparer", exact=True)
    page.get_by_role("link", name="Territoire", exact=True).focus()
    page.keyboard.press("Tab")
    assert link.evaluate("e => e === document.activeElement")
    assert link.evaluate("e => getComputedStyle(e).outlineWidth") == "3px"
    current = page.locator("[data-testid=stTopNavLink][aria-current=page]")
    assert current.inner_text() == "Carte", "at its other address too"


def test_a_long_step_is_said(open_page: OpenPage) -> None:
    page = open_page("/comparer")
    page.get_by_role("heading", name="Comparer", level=1).wait_for()
    said = page.locator(".atlas-busy")
    page.evaluate("document.querySelector('.stApp').dataset.testScriptState = 'running'")
    said.filter(has_text="Comparaison en cours").wait_for()
    page.evaluate("document.querySelector('.stApp').dataset.testScriptState = 'notRunning'")
    said.wait_for(state="hidden")


# A phone


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    size = {"width": 390, "height": 800}
    context = browser.new_context(viewport=size, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    yield context
    context.close()


def move(hand: CDPSession, page: Page, fingers: list[tuple[float, float]]) -> None:
    """Move fingers up by 160 pixels."""

    def touch(kind: str, up: int) -> None:
        points = [{"x": x, "y": y - up} for x, y in fingers] if kind != "touchEnd" else []
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 0)
    for step in range(9):
        touch("touchMove", 20 * step)
        page.wait_for_timeout(30)
    touch("touchEnd", 0)


def test_one_finger_scrolls_the_page_and_two_move_the_map(
    phone: BrowserContext, server: str
) -> None:
    page = phone.new_page()
    page.goto(server)
    frame = map_frame(page)
    settle(page, 2500)
    hand = phone.new_cdp_session(page)
    before = frame.evaluate(CENTRE)
    move(hand, page, [(180, 700)])
    frame.wait_for_function(ONE_FINGER)
    assert frame.evaluate(CENTRE) == before
    page.wait_for_function(f"{SCROLLED} > 50")
    settle(page)
    at = page.evaluate(SCROLLED)
    box = frame.frame_element().bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    move(hand, page, [(120, y), (240, y)])
    frame.wait_for_function(f"{CENTRE}[0] < {before[0] - 0.5}")
    assert page.evaluate(SCROLLED) == at
    page.close()


def test_the_menu_of_a_phone_closes_once_a_page_is_chosen(
    phone: BrowserContext, server: str
) -> None:
    page = phone.new_page()
    page.goto(f"{server}/donnees")
    page.get_by_role("button", name="Ouvrir le menu").tap()
    page.get_by_role("link", name="Comparer", exact=True).tap()
    page.get_by_role("heading", name="Comparer", exact=True, level=1).wait_for()
    page.wait_for_function(
        "document.querySelector('[data-testid=stSidebar]').getBoundingClientRect().right <= 0"
    )
    # One that was left open does not lie over the next page.
    page.get_by_role("button", name="Ouvrir le menu").tap()
    page.reload()
    page.get_by_role("heading", name="Comparer", exact=True, level=1).wait_for()
    assert page.get_by_role("button", name="Ouvrir le menu").is_visible()
    page.close()
