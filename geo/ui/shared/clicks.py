"""What a click on a map designates."""

from collections.abc import Collection
from typing import Any

from geo.drawing.screen_map import CLICK_KEY
from geo.ui.shared import cache


def clicked_link(value: Any, known: Collection[str]) -> str | None:  # noqa: ANN401
    """
    Read the link that was clicked on the map.

    Parameters
    ----------
    value
        What the map sent back; it comes from the browser, hence untrusted.
    known
        Identifiers of the links drawn.

    Returns
    -------
    link_id
        None for anything else than a known link.
    """
    click = value.get(CLICK_KEY) if isinstance(value, dict) else None
    link = click.get("link_id") if isinstance(click, dict) else None
    return link if isinstance(link, str) and link in known else None


def clicked_area(value: Any) -> tuple[bool, str | None]:  # noqa: ANN401
    """
    Read what the map sent back.

    Returns
    -------
    is_click, area_code
        Anything but a known code or None is ignored: it comes from the browser.
    """
    click = value.get(CLICK_KEY) if isinstance(value, dict) else None
    if not isinstance(click, dict) or "area_code" not in click:
        return False, None
    code = click["area_code"]
    if code is None:
        return True, None
    known = isinstance(code, str) and code in cache.choices().areas
    return known, code if known else None
