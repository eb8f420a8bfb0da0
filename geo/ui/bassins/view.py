"""The view of the page of models, kept in step with the address and the widgets."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.catchment import words as catchment_words
from geo.catchment.runs import IMPORTED, BasinView, Request, request_of
from geo.catchment.scenario import Scenario
from geo.errors import GhtError
from geo.ui.bassins import cache as bassins_cache
from geo.ui.bassins.address import ADDRESS_NAMES, read_basin_view, to_basin_parameters
from geo.ui.shared import cache, frame
from geo.ui.shared import view as shared_view

VIEW: Final = "bassins_vue"
ZONING: Final = "bassins_zonage"
FAULT: Final = "bassins_faute"


def view() -> BasinView:
    """Return the view of this session."""
    held = st.session_state.get(VIEW)
    return held if isinstance(held, BasinView) else BasinView()


def keep(chosen: BasinView) -> None:
    """Change the view; notices about an address no longer matter."""
    st.session_state[VIEW] = chosen
    st.session_state[shared_view.NOTICES] = ()
    st.session_state[shared_view.TOUCHED] = True
    st.session_state.pop(FAULT, None)


def zoning() -> tuple[str, pd.DataFrame] | None:
    """Return the imported zoning of this session: its digest and its rows."""
    held: tuple[str, pd.DataFrame] | None = st.session_state.get(ZONING)
    return held


def open_page() -> None:
    """Load the data and read the address."""
    frame.open_data()
    parameters = shared_view.read_address(ADDRESS_NAMES)
    if parameters is not None:
        _read(parameters)


def _read(parameters: Any) -> None:  # noqa: ANN401
    """Take the view from the parameters of the page."""
    chosen, notices = read_basin_view(parameters, cache.atlas().regions.reg_code.tolist())
    if chosen.model == IMPORTED and zoning() is None:
        chosen, notices = (
            replace(chosen, model=BasinView().model),
            (
                *notices,
                catchment_words.ZONING_ABSENT,
            ),
        )
    try:
        bassins_cache.changed_world(chosen.scenario)
    except GhtError as error:
        chosen, notices = replace(chosen, scenario=Scenario()), (*notices, str(error))
    st.session_state[VIEW] = chosen
    st.session_state[shared_view.NOTICES] = (
        *st.session_state.get(shared_view.NOTICES, ()),
        *notices,
    )


def write_address() -> None:
    """Show the view in the address, so that it can be shared."""
    shared_view.write_address(to_basin_parameters(view()))


def request() -> Request:
    """Say which run is on screen."""
    held = zoning()
    return request_of(view(), held[0] if held else "")


def basin() -> Any:  # noqa: ANN401
    """Return the run on screen."""
    held = zoning()
    return bassins_cache.basin(request(), held[1] if held else None)


def _changed(name: str, key: str) -> None:
    """Take the value of a widget into the view."""
    value = st.session_state.get(key)
    if value is None:
        return
    if name.startswith("values."):
        text = ",".join(sorted(value)) if isinstance(value, list) else value
        shown = f"{text:g}" if isinstance(text, float) else str(text)
        if shown:
            keep(view().with_value(name.removeprefix("values."), shown))
    else:
        keep(replace(view(), **{name: value}))


def bound(name: str, value: object) -> dict[str, Any]:
    """Bind a widget, already set to a value, to a field of the view."""
    key = f"bassins_{name.replace('.', '_')}"
    st.session_state[key] = value
    on_change: Callable[[str, str], None] = _changed
    return {"key": key, "on_change": on_change, "args": (name, key)}


def change_scenario(change: Callable[[Scenario], Scenario]) -> None:
    """Change the scenario, if the world allows it; otherwise say why and keep the previous one."""
    try:
        scenario = change(view().scenario)
        bassins_cache.changed_world(scenario)
    except GhtError as error:
        st.session_state[FAULT] = str(error)
        return
    keep(replace(view(), scenario=scenario))


def scenario() -> Scenario:
    """Return the scenario on screen: none for an imported zoning."""
    return Scenario(changes=request().changes)


def commune_name(code: str) -> str:
    """Name a commune."""
    communes = cache.atlas().communes
    row = communes[communes.insee_code == code].iloc[0]
    return f"{row.commune_name} ({row.insee_code})"
