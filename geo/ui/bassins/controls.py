"""The choices of the page of models, and the sentence that says a scenario is one."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from geo import wording
from geo.catchment import words as catchment_words
from geo.catchment.models import MODELS
from geo.catchment.options import UNITS
from geo.catchment.parameters import Parameter
from geo.catchment.runs import IMPORTED, REALITY, BasinView, compared, others, plain_value
from geo.ui.bassins import view as bassins_view
from geo.ui.bassins import words, words_zoning
from geo.ui.bassins.address import ENCLAVES, MARGINS
from geo.ui.shared import cache, frame
from geo.ui.shared import view as shared_view
from geo.ui.shared.controls import name_in
from geo.ui.shared.html import escape_markdown, note_html, status_html, title_html
from geo.ui.shared.layers import ON_MODELS, show_layers
from geo.ui.shared.search import show_area_search
from geo.ui.shared.selection import SITE_LEVELS

ZONE_KEY: Final = "bassins_zone_choisie"
DECIMALS: Final = {"alpha": "%.1f", "beta": "%.2f"}


def model_names() -> dict[str, str]:
    """Name the models that can be chosen: an imported zoning only once it is there."""
    names = {key: model.label for key, model in MODELS.items()}
    if bassins_view.zoning() is not None:
        names[IMPORTED] = catchment_words.IMPORTED_LABEL
    return names


def show_title() -> None:
    """Show what the page is."""
    declaration = words.DECLARATION
    st.html(title_html(catchment_words.PAGE, words.SUBTITLE, declaration))


def show_banner() -> None:
    """Say, in sight at all times, that what is on screen is a scenario."""
    scenario = bassins_view.view().scenario
    if scenario.changes:
        strong, text = catchment_words.banner(scenario.name)
        st.html(status_html(text, "atlas-scenario", strong))


def show_notices() -> None:
    """Say what the address asked for that does not exist, and what was refused."""
    view = bassins_view.view()
    frame.show_notices()
    if view.scenario.changes and view.model == IMPORTED:
        st.warning(words_zoning.NO_SCENARIO)
    fault = st.session_state.get(bassins_view.FAULT)
    if fault:
        st.error(escape_markdown(fault))


def show_controls() -> None:
    """Show the model, its parameters, and what the map shows."""
    view = bassins_view.view()
    names = model_names()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            words.MODEL, list(names), format_func=name_in(names), required=True,
            wrap=True, label_visibility="collapsed", **bassins_view.bound("model", view.model),
        )  # fmt: skip
        with st.popover(words.PARAMETERS, icon=":material/tune:"):
            _show_parameters(view)
        st.segmented_control(
            words.LOOK, list(words.LOOKS), required=True, wrap=True, label_visibility="collapsed",
            format_func=name_in(words.LOOKS), **bassins_view.bound("look", view.look),
        )  # fmt: skip
    with st.container(key="commandes"):
        area, first, second, layers = st.columns([2, 1.5, 1.5, 0.8], vertical_alignment="bottom")
    with area:
        zones = bassins_view.zones()
        if zones:
            _show_zone(zones)
        else:
            show_area_search(wording.AREA, wording.AREA_NONE, "choix_area")
    with first:
        _show_painted(view, names)
    second.selectbox(
        wording.SITES, list(SITE_LEVELS), filter_mode="contains",
        format_func=name_in(wording.SITE_LEVELS),
        **shared_view.bound("sites"),
    )  # fmt: skip
    with layers:
        show_layers(ON_MODELS)


def _show_zone(zones: Mapping[str, str]) -> None:
    """Choose among the zones of a person's zoning: no other page knows them."""
    st.session_state[ZONE_KEY] = bassins_view.chosen().area
    st.selectbox(
        wording.AREA, list(zones), format_func=name_in(zones), index=None,
        placeholder=wording.AREA_NONE, key=ZONE_KEY, on_change=_take_zone,
    )  # fmt: skip


def _take_zone() -> None:
    bassins_view.pick(st.session_state.get(ZONE_KEY))


def _show_painted(view: BasinView, names: dict[str, str]) -> None:
    """Choose the indicator, or the map to compare with."""
    if view.look == "difference":
        labels = names | {REALITY: words.REALITY_LABEL}
        st.selectbox(
            words.COMPARED, list(others(view)), filter_mode="contains",
            format_func=name_in(labels),
            **bassins_view.bound("other", compared(view)),
        )  # fmt: skip
        return
    if view.look == "confiance":
        _show_margin(view)
        return
    measures = cache.choices().measures
    st.selectbox(
        wording.MEASURE,
        list(measures),
        filter_mode="contains",
        format_func=name_in(measures),
        **shared_view.bound("measure"),
    )


def _show_parameters(view: BasinView) -> None:
    """Show the parameters of the model, then those of every model."""
    if view.model in MODELS:
        values = dict(view.values)
        for parameter in MODELS[view.model].parameters:
            _show_parameter(parameter, values.get(parameter.key, plain_value(parameter)))
        st.number_input(
            words.ENCLAVES, *ENCLAVES, step=500, help=words.ENCLAVES_HELP,
            **bassins_view.bound("enclaves", view.enclaves),
        )  # fmt: skip
    st.selectbox(
        catchment_words.WHOLE_UNITS, UNITS, filter_mode="contains",
        format_func=name_in(catchment_words.UNIT_NAMES),
        help=words.WHOLE_UNITS_HELP, **bassins_view.bound("whole_units"),
    )  # fmt: skip
    st.toggle(catchment_words.OWN_TOWN, help=words.OWN_TOWN_HELP, **bassins_view.bound("own_town"))
    if view.look != "confiance":
        _show_margin(view)
    if view.model in MODELS and not MODELS[view.model].parameters:
        st.html(note_html(words.NO_PARAMETER))


def _show_parameter(parameter: Parameter, text: str) -> None:
    """Show one parameter, in its range."""
    name = f"values.{parameter.key}"
    if isinstance(parameter.default, tuple):
        table = cache.atlas().regions
        regions = dict(zip(table.reg_code, table.reg_name, strict=True))
        st.multiselect(
            parameter.label, sorted(regions), filter_mode="contains",
            format_func=name_in(regions),
            **bassins_view.bound(name, [code for code in text.split(",") if code]),
        )  # fmt: skip
    elif parameter.choices:
        st.selectbox(
            parameter.label, parameter.choices, filter_mode="contains",
            format_func=name_in(catchment_words.DECAYS),
            **bassins_view.bound(name, text),
        )  # fmt: skip
    else:
        unit = f" ({parameter.unit})" if parameter.unit else ""
        st.number_input(
            f"{parameter.label}{unit}", parameter.minimum, parameter.maximum,
            step=parameter.step, format=DECIMALS.get(parameter.key, "%.0f"),
            **bassins_view.bound(name, float(text)),
        )  # fmt: skip


def _show_margin(view: BasinView) -> None:
    """Show the lead under which a commune is contested."""
    st.number_input(
        words.MARGIN, *MARGINS, step=1, help=words.MARGIN_HELP,
        **bassins_view.bound("margin", view.margin),
    )  # fmt: skip
