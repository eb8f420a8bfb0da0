"""The choices of the page of models, and the sentence that says a scenario is one."""

from html import escape
from typing import Final

import streamlit as st

from geo import wording, wording_bassins
from geo.basins import (
    ENCLAVES,
    IMPORTED,
    MARGINS,
    REALITY,
    BasinView,
    compared,
    others,
    plain_value,
)
from geo.models import MODELS
from geo.parameters import Parameter
from geo.selection import SITE_LEVELS
from geo.ui import bassins_state, cache, state
from geo.ui.markup import escape_markdown, note_html, title_html
from geo.ui.panels import name_in

DECIMALS: Final = {"alpha": "%.1f", "beta": "%.2f", "half_time": "%.0f"}


def model_names() -> dict[str, str]:
    """Name the models that can be chosen: an imported zoning only once it is there."""
    names = {key: model.label for key, model in MODELS.items()}
    if bassins_state.zoning() is not None:
        names[IMPORTED] = wording_bassins.IMPORTED_LABEL
    return names


def show_title() -> None:
    """Show what the page is."""
    declaration = wording_bassins.DECLARATION
    st.html(title_html(wording_bassins.PAGE, wording_bassins.SUBTITLE, declaration))


def show_banner() -> None:
    """Say, in sight at all times, that what is on screen is a scenario."""
    scenario = bassins_state.view().scenario
    if scenario.changes:
        strong, text = map(escape, wording_bassins.banner(scenario.name))
        st.html(f'<p class="atlas-scenario" role="status"><strong>{strong}</strong> {text}</p>')


def show_notices() -> None:
    """Say what the address asked for that does not exist, and what was refused."""
    view = bassins_state.view()
    for notice in st.session_state.get(state.NOTICES, ()):
        st.warning(escape_markdown(notice))
    if view.scenario.changes and view.model == IMPORTED:
        st.warning(wording_bassins.ZONING_NO_SCENARIO)
    fault = st.session_state.get(bassins_state.FAULT)
    if fault:
        st.error(escape_markdown(fault))


def show_controls() -> None:
    """Show the model, its parameters, and what the map shows."""
    view = bassins_state.view()
    names = model_names()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            wording_bassins.MODEL, list(names), format_func=name_in(names), required=True,
            wrap=True, **bassins_state.bound("model", view.model),
        )  # fmt: skip
        with st.popover(wording_bassins.PARAMETERS, icon=":material/tune:"):
            _show_parameters(view)
        st.segmented_control(
            wording_bassins.LOOK, list(wording_bassins.LOOKS), required=True, wrap=True,
            format_func=name_in(wording_bassins.LOOKS), **bassins_state.bound("look", view.look),
        )  # fmt: skip
    with st.container(key="commandes"):
        area, first, second = st.columns([2, 1.5, 1.5])
    with area:
        _show_area()
    with first:
        _show_painted(view, names)
    second.selectbox(
        wording.SITES, list(SITE_LEVELS), format_func=name_in(wording.SITE_LEVELS),
        **state.bound("sites"),
    )  # fmt: skip


def _show_area() -> None:
    """Choose a territory without the map."""
    areas = cache.choices().areas
    names = {code: f"{name} ({code})" for code, name in areas.items()}
    st.selectbox(
        wording.AREA, list(names), format_func=name_in(names), index=None,
        placeholder=wording.AREA_NONE, **state.bound("area"),
    )  # fmt: skip


def _show_painted(view: BasinView, names: dict[str, str]) -> None:
    """Choose the indicator, or the map to compare with."""
    if view.look == "difference":
        labels = names | {REALITY: wording_bassins.REALITY_LABEL}
        st.selectbox(
            wording_bassins.COMPARED, list(others(view)), format_func=name_in(labels),
            **bassins_state.bound("other", compared(view)),
        )  # fmt: skip
        return
    if view.look == "confiance":
        _show_margin(view)
        return
    measures = cache.choices().measures
    st.selectbox(
        wording.MEASURE, list(measures), format_func=name_in(measures), **state.bound("measure")
    )


def _show_parameters(view: BasinView) -> None:
    """Show the parameters of the model, then those of every model."""
    if view.model in MODELS:
        values = dict(view.values)
        for parameter in MODELS[view.model].parameters:
            _show_parameter(parameter, values.get(parameter.key, plain_value(parameter)))
        st.number_input(
            wording_bassins.ENCLAVES, *ENCLAVES, step=500, help=wording_bassins.ENCLAVES_HELP,
            **bassins_state.bound("enclaves", view.enclaves),
        )  # fmt: skip
    if view.look != "confiance":
        _show_margin(view)
    if view.model in MODELS and not MODELS[view.model].parameters:
        st.html(note_html(wording_bassins.NO_PARAMETER))


def _show_parameter(parameter: Parameter, text: str) -> None:
    """Show one parameter, in its range."""
    name = f"values.{parameter.key}"
    if isinstance(parameter.default, tuple):
        table = cache.atlas().regions
        regions = dict(zip(table.reg_code, table.reg_name, strict=True))
        st.multiselect(
            parameter.label, sorted(regions), format_func=name_in(regions),
            **bassins_state.bound(name, [code for code in text.split(",") if code]),
        )  # fmt: skip
    elif parameter.choices:
        st.selectbox(
            parameter.label, parameter.choices, format_func=name_in(wording_bassins.DECAYS),
            **bassins_state.bound(name, text),
        )  # fmt: skip
    else:
        unit = f" ({parameter.unit})" if parameter.unit else ""
        st.number_input(
            f"{parameter.label}{unit}", parameter.minimum, parameter.maximum,
            step=parameter.step, format=DECIMALS.get(parameter.key, "%.2f"),
            **bassins_state.bound(name, float(text)),
        )  # fmt: skip


def _show_margin(view: BasinView) -> None:
    """Show the lead under which a commune is contested."""
    st.number_input(
        wording_bassins.MARGIN, *MARGINS, step=1, help=wording_bassins.MARGIN_HELP,
        **bassins_state.bound("margin", view.margin),
    )  # fmt: skip
