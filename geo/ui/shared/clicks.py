"""What a click on a map designates."""

from collections.abc import Callable, Collection, Container
from typing import Any

from geo.drawing.screen_map import CLICK_KEY
from geo.ui.shared import cache, view


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
    return _clicked(value, "area_code", cache.choices().areas)


def clicked_card(value: Any) -> bool:  # noqa: ANN401
    """Open or close the card of the commune or of the hospital that was clicked, if one was."""
    is_site, site = _clicked(value, "site", cache.choices().sites)
    is_commune, commune = _clicked(value, "commune", cache.choices().communes)
    if is_site:
        view.open_site(site)
    elif is_commune:
        view.pick_commune(commune)
    return is_site or is_commune


def take_click(
    value: Any,  # noqa: ANN401
    pick_area: Callable[[str | None], None] = view.pick_area,
) -> None:
    """Do what a click on a map of territories asks for: a card, or another territory."""
    is_area, code = clicked_area(value)
    if not clicked_card(value) and is_area:
        pick_area(code)


def _clicked(value: Any, name: str, known: Container[str]) -> tuple[bool, str | None]:  # noqa: ANN401
    """Read one code of what the map sent back: whether it is a known code or None, and which."""
    click = value.get(CLICK_KEY) if isinstance(value, dict) else None
    if not isinstance(click, dict) or name not in click:
        return False, None
    code = click[name]
    is_known = isinstance(code, str) and code in known
    return code is None or is_known, code if is_known else None
