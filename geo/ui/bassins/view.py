"""The view of the page of models, kept in step with the address and the widgets."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.atlas.columns import ZONE_PREFIX
from geo.catchment import words as catchment_words
from geo.catchment.runs import IMPORTED, REALITY, Basin, BasinView, Request, request_of
from geo.catchment.scenario import Scenario
from geo.errors import GhtError
from geo.ui.bassins import cache as bassins_cache
from geo.ui.bassins.address import CODEC, read_basin_view
from geo.ui.shared import cache, frame
from geo.ui.shared import view as shared_view
from geo.ui.shared.selection import Selection
from geo.ui.shared.view import Held

ZONING: Final = "bassins_zonage"
ZONE: Final = "bassins_zone"
TIMES: Final = "bassins_temps"
FAULT: Final = "bassins_faute"
SCENARIO: Final = "scenario"  # the panel
DIFFERENCE: Final = "difference"  # the look


class _Held(Held[BasinView]):
    """The view of the page; a value that changes forgets the fault of the one before."""

    def keep(self, chosen: BasinView) -> None:
        super().keep(chosen)
        st.session_state.pop(FAULT, None)

    def change(self, name: str, value: Any) -> None:  # noqa: ANN401  each field has its type
        if name == "panel" and value == SCENARIO:
            shared_view.HELD.hold(with_hospitals(shared_view.selection()))
        if not name.startswith("values."):
            super().change(name, value)
        elif value is not None:
            text = ",".join(sorted(value)) if isinstance(value, list) else value
            shown = f"{text:g}" if isinstance(text, float) else str(text)
            if shown:
                self.keep(self.view().with_value(name.removeprefix("values."), shown))


def zoning() -> tuple[str, pd.DataFrame] | None:
    """Return the imported zoning of this session: its digest and its rows."""
    held: tuple[str, pd.DataFrame] | None = st.session_state.get(ZONING)
    return held


def times() -> tuple[str, pd.DataFrame] | None:
    """Return the travel times of this session: their digest and the pairs."""
    held: tuple[str, pd.DataFrame] | None = st.session_state.get(TIMES)
    return held


def run(asked: Request) -> Basin:
    """Run what is asked with the files of this session."""
    held, given = zoning(), times()
    asked = replace(asked, times=given[0] if given else "")
    return bassins_cache.basin(asked, held[1] if held else None, given[1] if given else None)


def zones() -> Mapping[str, str]:
    """Name the zones on screen that are no territory of the atlas, by code."""
    held = zoning()
    if held is None or view().model != IMPORTED:
        return {}
    named = held[1][held[1].area_name != ""].drop_duplicates("area_code")
    names = dict(zip(named.area_code, named.area_name, strict=True))
    others = set(held[1].area_code) - set(names)
    known = cache.choices().areas
    return names | {code: known[code] for code in sorted(others) if names and code in known}


def chosen() -> Selection:
    """Return the view that pages share, with the zone chosen in the place of a territory."""
    shared, zone = shared_view.selection(), st.session_state.get(ZONE)
    return replace(shared, area=zone) if zone and zone in zones() else shared


def pick(area: str | None) -> None:
    """Choose a territory, a zone of a person's zoning, or none."""
    is_zone = area is not None and area.startswith(ZONE_PREFIX)
    st.session_state[ZONE] = area if is_zone else None
    shared_view.pick_area(None if is_zone else area)


def read_view(parameters: Mapping[str, str]) -> tuple[BasinView, tuple[str, ...]]:
    """Read the view an address asks for, as far as this session and the world allow it."""
    chosen, notices = read_basin_view(parameters, cache.atlas().regions.reg_code.tolist())
    if chosen.model == IMPORTED and zoning() is None:
        chosen = replace(chosen, model=BasinView().model)
        notices = (*notices, catchment_words.ZONING_ABSENT)
    try:
        bassins_cache.changed_world(chosen.scenario)
    except GhtError as error:
        chosen, notices = replace(chosen, scenario=Scenario()), (*notices, str(error))
    return chosen, notices


HELD: Final = _Held("bassins_vue", "bassins", CODEC)
view: Final = HELD.view
keep: Final = HELD.keep
bound: Final = HELD.bound
write_address: Final = HELD.write


def open_page() -> None:
    """Load the data and read the address."""
    frame.open_data()
    is_news = HELD.open(read_view)
    if is_news and view().panel == SCENARIO:
        shared_view.HELD.hold(with_hospitals(shared_view.selection()))


def with_hospitals(chosen: Selection) -> Selection:
    """Draw every general hospital where one is to be clicked, unless none is wanted."""
    return replace(chosen, sites="generaux") if chosen.sites == Selection().sites else chosen


def request() -> Request:
    """Say which run is on screen."""
    held, given = zoning(), times()
    return replace(request_of(view(), held[0] if held else ""), times=given[0] if given else "")


def basin() -> Any:  # noqa: ANN401
    """Return the run on screen."""
    return run(request())


def change_scenario(change: Callable[[Scenario], Scenario]) -> None:
    """Change the scenario, if the world allows it; otherwise say why and keep the previous one."""
    try:
        scenario = change(view().scenario)
        bassins_cache.changed_world(scenario)
    except GhtError as error:
        st.session_state[FAULT] = str(error)
        return
    keep(_seen_at_once(replace(view(), scenario=scenario)))


def _seen_at_once(chosen: BasinView) -> BasinView:
    """Set a scenario beside reality on the map; without one, the territories come back."""
    if chosen.scenario.changes:
        return replace(chosen, look=DIFFERENCE, other=REALITY)
    if (chosen.look, chosen.other) != (DIFFERENCE, REALITY):
        return chosen
    default = BasinView()
    return replace(chosen, look=default.look, other=default.other)


def reality() -> Request:
    """Say which run the scenario on screen is compared with: the same without it."""
    return replace(request(), changes=())


def invents() -> bool:
    """Tell whether what is on screen is an invented situation."""
    return bool(request().changes)


def scenario() -> Scenario:
    """Return the scenario on screen: none for an imported zoning."""
    return Scenario(changes=request().changes)


def commune_name(code: str) -> str:
    """Name a commune."""
    communes = cache.atlas().communes
    row = communes[communes.insee_code == code].iloc[0]
    return f"{row.commune_name} ({row.insee_code})"
