"""What the browser tests look at."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Frame, Locator, Page, WebSocket

FRAME_TITLE = "Carte des territoires de GHT"


def map_frame(page: Page) -> Frame:
    """Wait for the map to be painted and return its frame."""
    page.frame_locator("iframe").locator("[data-values]").wait_for(state="attached")
    return next(frame for frame in page.frames if "streamlit_folium" in frame.url)


def token(frame: Frame) -> str:
    """Read what was last painted."""
    return str(frame.evaluate("document.querySelector('[data-values]').dataset.values"))


def after_repaint(frame: Frame, act: Callable[[], object]) -> None:
    """Act, then wait until the map shows other values."""
    before = token(frame)
    act()
    frame.wait_for_function(
        "before => document.querySelector('[data-values]').dataset.values !== before", arg=before
    )


def corner(element: Locator) -> tuple[float, float]:
    """Give the left and the top of an element, in the window."""
    left, top = element.evaluate("e => [e.getBoundingClientRect().x, e.getBoundingClientRect().y]")
    return left, top


def settle(page: Page, milliseconds: int = 900) -> None:
    """Let animations and debounced messages end."""
    page.wait_for_timeout(milliseconds)


def point_of(frame: Frame, code: str) -> dict[str, float]:
    """Find a point of the window inside a territory."""
    point: dict[str, float] = frame.evaluate(
        """code => {
            const map = Atlas.map.current();
            const path = map.layers.get(code)._path;
            const box = path.getBoundingClientRect();
            for (let step = 1; step < 400; step += 1) {
                const x = box.left + box.width * ((step * 0.618) % 1);
                const y = box.top + box.height * ((step * 0.414) % 1);
                if (document.elementFromPoint(x, y) === path) return { x, y };
            }
            throw new Error("no visible point in " + code);
        }""",
        code,
    )
    box = frame.frame_element().bounding_box()
    assert box
    return {"x": box["x"] + point["x"], "y": box["y"] + point["y"]}


def click_area(page: Page, frame: Frame, code: str) -> None:
    point = point_of(frame, code)
    page.mouse.click(point["x"], point["y"])


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a list, by the keyboard."""
    box = page.get_by_label(label, exact=True).first
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).first.click()


@dataclass
class Traffic:
    """Messages of the websocket, both ways."""

    sent: list[str | bytes] = field(default_factory=list)
    received: list[str | bytes] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        def attach(socket: WebSocket) -> None:
            socket.on("framesent", self.note_sent)
            socket.on("framereceived", self.note_received)

        page.on("websocket", attach)

    def note_sent(self, payload: str | bytes) -> None:
        self.sent.append(payload)

    def note_received(self, payload: str | bytes) -> None:
        self.received.append(payload)

    def clear(self) -> None:
        self.sent.clear()
        self.received.clear()

    def is_silent(self) -> bool:
        return not self.sent and not self.received
