"""The panels of the page of models: figures, tables, checks, one commune, the method."""

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd
import streamlit as st

from geo import wording, wording_bassins
from geo.basin_layers import is_contested, people
from geo.basin_tables import (
    commune_answers,
    contested_rows,
    far_sentences,
    find_communes,
    in_french,
    named_comparison,
    named_summary,
    territory_rows,
)
from geo.basins import IMPORTED, Basin, command_line, plain_value
from geo.charts import chart_height, deviation_chart
from geo.exports import to_csv
from geo.formats import UNKNOWN, format_count, format_number, format_quantity, format_year
from geo.models import MODELS
from geo.scenario import Scenario
from geo.ui import bassins_cache, bassins_state, cache, state
from geo.ui.bassins_scenario import show_scenario
from geo.ui.bassins_zoning import show_zoning
from geo.ui.key_figures import counted_in, published_figure
from geo.ui.markup import Figure, escape_markdown, figures_html, note_html, section_html
from geo.ui.panels import name_in, show_rows, source_text
from geo.validation import summarise

TOPS: Final = (20, 50, 200)


def model_text() -> str:
    """Name the model on screen, with its scenario."""
    view = bassins_state.view()
    label = wording_bassins.IMPORTED_LABEL
    if view.model in MODELS:
        label = MODELS[view.model].label
    values = ", ".join(f"{key} = {value}" for key, value in bassins_state.request().values)
    text = f"{label} ({values})" if values else label
    if view.scenario.changes and view.model != IMPORTED:
        text += f" – {' '.join(wording_bassins.banner(view.scenario.name))}"
    return text


def model_source() -> str:
    """Provenance of the figures on screen, the model in the place of the default one."""
    return source_text().replace(wording.MODEL_NAME, f"Modèle : {model_text().rstrip('.')}")


def show_key_figures(found: Basin) -> None:
    """Show the figures of the territory chosen, or of the country."""
    area = state.selection().area
    rows = found.territories[found.territories.area_code == area]
    if area is None:
        figures = _country_figures(found)
        st.html(section_html(wording.WHOLE_COUNTRY, figures_html(figures)))
        return
    if rows.empty:
        st.info(wording_bassins.NO_AREA)
        st.button(wording.CLEAR, on_click=state.pick_area, args=(None,), key="effacer")
        return
    row = rows.iloc[0]
    name = f"GHT {row.area_name} ({row.area_code})" if row.kind == "ght" else str(row.area_name)
    st.html(section_html(name, figures_html(_area_figures(row))))
    if row.status in wording.NO_TERRITORY:
        st.info(wording.NO_TERRITORY[row.status])
    st.button(wording.CLEAR, on_click=state.pick_area, args=(None,), key="effacer")


def _country_figures(found: Basin) -> list[Figure]:
    """Key figures of the country."""
    margin = bassins_state.view().margin
    table = found.territories
    contested = is_contested(found, margin)
    shown = "–" if found.communes.margin.isna().all() else format_number(contested.sum())
    ghts = table[table.kind == "ght"]
    figures = [
        Figure(
            "Population",
            format_number(table.population.sum()),
            f"habitants, {counted_in(table)}",
        ),
        Figure("GHT avec un territoire", format_number((ghts.population > 0).sum())),
        Figure("Communes disputées", shown, f"avance de moins de {margin} %"),
        Figure("Population disputée", format_number(_sum(table.contested_population))),
    ]
    if found.moved is not None:
        enclaves, communes, population = found.moved
        note = f"{format_count(communes, 'commune')}, {people(population)}"
        figures.append(Figure("Enclaves absorbées", format_number(enclaves), note))
    return figures


def _sum(values: pd.Series) -> float:
    """Add up what is known; missing when nothing is."""
    return float(values.astype("float64").sum(min_count=1))


def _area_figures(row: pd.Series) -> list[Figure]:
    """Key figures of one territory."""
    years = (format_year(row[name]) for name in ("population_year", "population_latest_year"))
    spread = bassins_cache.survey(bassins_state.scenario()).spread
    low, high = (
        format_number(spread[column].get(row.area_code))
        for column in ("population_min", "population_max")
    )
    note = wording_bassins.RANGE_NOTE
    return [
        Figure(
            "Population modélisée",
            format_number(row.population),
            f"habitants, {wording.year_note(*years)}",
        ),
        published_figure(row),
        Figure("Population attendue", format_number(row.expected_population)),
        Figure("Selon le modèle", f"{low} à {high}", note),
        Figure("Population disputée", format_number(row.contested_population)),
        Figure("À moins de 30 min", format_quantity(row.share_within_30_min, "%", 1)),
        Figure("Temps médian", format_quantity(row.median_travel_time_min, "min", 1)),
        Figure("Superficie", format_quantity(row.area_km2, "km²")),
    ]


def show_panels(found: Basin) -> None:
    """Show the panel chosen: only that one is computed."""
    view = bassins_state.view()
    st.segmented_control(
        wording_bassins.PANEL, list(wording_bassins.PANELS), required=True, wrap=True,
        format_func=name_in(wording_bassins.PANELS), label_visibility="collapsed",
        **bassins_state.bound("panel", view.panel),
    )  # fmt: skip
    panels: Mapping[str, Callable[[Basin], None]] = {
        "tableau": show_table,
        "publies": show_check,
        "disputees": show_contested,
        "commune": show_commune,
        "scenario": show_scenario,
        "zonage": show_zoning,
        "methode": show_method,
    }
    panels[view.panel](found)
    st.caption(escape_markdown(model_source()))


def _download(table: pd.DataFrame, name: str, label: str = wording_bassins.DOWNLOAD) -> None:
    """Offer a table as a file."""
    source = model_source()
    st.download_button(
        label, data=lambda: to_csv(table, source), mime="text/csv", file_name=f"{name}.csv",
        on_click="ignore", key=f"{name}_csv",
    )  # fmt: skip


def show_table(found: Basin) -> None:
    """Show one row per territory."""
    spread = bassins_cache.survey(bassins_state.scenario()).spread
    rows = territory_rows(cache.atlas(), found, spread)
    table = in_french(rows, wording_bassins.COLUMNS)
    st.html(section_html(wording_bassins.TABLE))
    show_rows(table, height=420, empty=UNKNOWN)
    total = format_number(rows.population.sum())
    st.caption(f"{wording_bassins.sum_note(total)} {wording_bassins.spread_note()}")
    _download(table, "bassins")


def show_check(found: Basin) -> None:
    """Show every model beside the published figures: summary, chart, explanations, table."""
    atlas = cache.atlas()
    comparison = bassins_cache.survey(Scenario()).comparison
    names = atlas.ghts.set_index("ght_code").ght_name
    rows = named_comparison(comparison, names)
    st.html(section_html(wording_bassins.CHECK, note_html(wording_bassins.CHECK_SCOPE)))
    show_rows(in_french(named_summary(summarise(comparison)), wording_bassins.SUMMARY_COLUMNS))
    st.altair_chart(
        deviation_chart(rows), height=chart_height(rows), alt=wording_bassins.CHART_HELP
    )
    sentences = far_sentences(atlas, found)
    head = wording_bassins.FAR if sentences else wording_bassins.FAR_NONE
    st.html(section_html(head, "".join(note_html(sentence) for sentence in sentences)))
    table = in_french(rows, wording_bassins.COMPARISON_COLUMNS)
    show_rows(table, height=360, empty=UNKNOWN)
    st.caption(wording_bassins.CHECK_NOTE)
    _download(table, "modeles_et_chiffres_publies")


def show_contested(found: Basin) -> None:
    """Show the communes whose territory barely leads."""
    margin = bassins_state.view().margin
    rows = contested_rows(cache.atlas(), found, margin)
    area = state.selection().area
    if area is not None:
        rows = rows[(rows.area_code == area) | (rows.runner_up_area_code == area)]
    st.html(section_html(wording_bassins.CONTESTED))
    if found.communes.margin.isna().all():
        st.info(wording_bassins.NO_MARGIN)
        return
    if rows.empty:
        st.info(wording_bassins.CONTESTED_NONE)
        return
    st.html(
        note_html(
            wording_bassins.contested_note(
                format_count(len(rows), "commune"), people(rows.population.sum()), str(margin)
            )
        )
    )
    top = st.selectbox(wording_bassins.CONTESTED_TOP, TOPS, key="disputees_top", width=180)
    table = in_french(rows, wording_bassins.CONTESTED_COLUMNS)
    show_rows(table.head(top), height=420, empty=UNKNOWN)
    _download(table, "communes_disputees", wording_bassins.CONTESTED_ALL)


def show_commune(found: Basin) -> None:
    """Answer for one commune: which GHT, how far, how sure, who is second, under each model."""
    communes = cache.atlas().communes
    st.html(section_html(wording_bassins.COMMUNE))
    left, right = st.columns(2)
    text = left.text_input(
        wording_bassins.COMMUNE_SEARCH, placeholder=wording_bassins.COMMUNE_HINT, key="commune"
    )
    if not text:
        return
    codes = find_communes(communes, bassins_cache.plain_names(), text)
    if not codes:
        st.info(wording_bassins.COMMUNE_NONE)
        return
    code = right.selectbox(
        wording_bassins.COMMUNE_CHOICE, codes, format_func=bassins_state.commune_name
    )
    survey = bassins_cache.survey(bassins_state.scenario())
    sites = bassins_cache.changed_world(bassins_state.scenario()).sites
    names = sites.set_index("finess_et").site_name
    label = f"{model_text()} ({wording_bassins.SHOWN})"
    table = in_french(
        commune_answers(code, found, survey, names, label), wording_bassins.ANSWER_COLUMNS
    )
    show_rows(table, empty=UNKNOWN)
    st.caption(wording_bassins.COMMUNE_NOTE)
    area = found.communes.area_code[found.communes.insee_code == code].iloc[0]
    if area in cache.choices().areas and area != state.selection().area:
        st.button(wording_bassins.SEE_AREA, on_click=state.pick_area, args=(area,), key="voir")


def show_method(found: Basin) -> None:  # noqa: ARG001  one signature for every panel
    """Explain the rule, its formula and limits, and the command that reproduces it."""
    view = bassins_state.view()
    rule, formula, limits = (
        wording_bassins.IMPORTED_RULE,
        wording_bassins.IMPORTED_FORMULA,
        wording_bassins.IMPORTED_LIMITS,
    )
    if view.model in MODELS:
        model = MODELS[view.model]
        rule, formula, limits = model.rule, model.formula, model.limits
    st.html(
        section_html(
            wording_bassins.METHOD,
            figures_html(
                [
                    Figure(wording_bassins.RULE, rule, is_wide=True),
                    Figure(wording_bassins.FORMULA, formula, is_wide=True),
                    Figure(wording_bassins.LIMITS, limits, is_wide=True),
                    Figure(wording_bassins.VALUES, _values_text(), is_wide=True),
                ]
            ),
        )
    )
    st.html(section_html(wording_bassins.COMMAND))
    command = command_line(view)
    if command is None:
        st.html(note_html(wording_bassins.COMMAND_NONE))
        return
    st.code(command, language=None)
    st.html(note_html(wording_bassins.COMMAND_NOTE))


def _values_text() -> str:
    """Write every parameter with the value used."""
    view = bassins_state.view()
    parts = [f"avance sous laquelle une commune est disputée : {view.margin} %"]
    if view.model in MODELS:
        given = dict(view.values)
        for parameter in MODELS[view.model].parameters:
            shown = given.get(parameter.key, plain_value(parameter))
            shown = wording_bassins.DECAYS.get(shown, shown.replace(".", ","))
            parts.append(
                f"{parameter.label} : {shown}{f' {parameter.unit}' * bool(parameter.unit)}"
            )
        parts.append(f"enclaves absorbées sous {format_number(view.enclaves)} habitants")
    return " ; ".join(parts)
