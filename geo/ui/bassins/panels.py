"""The panels of the page of models: figures, tables, checks, one commune, the method."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from geo import wording
from geo.atlas.columns import PAINTED
from geo.catchment import words as catchment_words
from geo.catchment.files import contested_table
from geo.catchment.layers import is_contested, people
from geo.catchment.models import MODELS
from geo.catchment.runs import Basin, Request, command_line
from geo.catchment.tables import (
    agreement,
    columns_of,
    commune_answers,
    in_french,
    territory_rows,
)
from geo.formats import (
    UNKNOWN,
    format_count,
    format_minutes,
    format_number,
    format_quantity,
    format_year,
    is_unknown,
)
from geo.ui.bassins import cache as bassins_cache
from geo.ui.bassins import view as bassins_view
from geo.ui.bassins import words, words_files
from geo.ui.bassins.files import area_filter, model_source, show_table_files
from geo.ui.bassins.scenario import show_scenario
from geo.ui.bassins.scene import model_text, values_text
from geo.ui.bassins.times import show_times
from geo.ui.bassins.validation import show_check
from geo.ui.bassins.zoning import show_zoning
from geo.ui.shared import cache
from geo.ui.shared import view as shared_view
from geo.ui.shared.controls import name_in, show_rows
from geo.ui.shared.html import Figure, escape_markdown, figures_html, note_html, section_html
from geo.ui.shared.key_figures import counted_in, published_figure
from geo.ui.shared.search import Choice, Search, show_search

TOPS: Final = (20, 50, 200)


def show_key_figures(found: Basin) -> None:
    """Show the figures of the territory chosen, or of the country."""
    if found.emptied:
        st.warning(escape_markdown(catchment_words.emptied(found.emptied)))
    if bassins_view.invents():  # told before and after, and never beside a published figure
        return
    area = bassins_view.chosen().area
    rows = found.territories[found.territories.area_code == area]
    if area is None:
        figures = _country_figures(found)
        st.html(section_html(wording.WHOLE_COUNTRY, figures_html(figures)))
        return
    if rows.empty:
        st.info(words.NO_AREA)
        st.button(wording.CLEAR, on_click=bassins_view.pick, args=(None,), key="effacer")
        return
    row = rows.iloc[0]
    name = f"GHT {row.area_name} ({row.area_code})" if row.kind == "ght" else str(row.area_name)
    st.html(section_html(name, figures_html(_area_figures(row))))
    if row.status in wording.NO_TERRITORY:
        st.info(wording.NO_TERRITORY[row.status])
    st.button(wording.CLEAR, on_click=bassins_view.pick, args=(None,), key="effacer")


def _country_figures(found: Basin) -> list[Figure]:
    """Key figures of the country."""
    margin = bassins_view.view().margin
    table = found.territories
    contested = is_contested(found, margin)
    shown = "–" if found.communes.margin.isna().all() else format_number(contested.sum())
    named = table[table.kind.isin(PAINTED)]
    label = words.ZONES_SHOWN if (table.kind == "zone").any() else words.GHTS_SHOWN
    figures = [
        Figure(
            "Population",
            format_number(table.population.sum()),
            f"habitants, {counted_in(table)}",
        ),
        Figure(label, format_number((named.population > 0).sum())),
        Figure("Communes disputées", shown, f"avance de moins de {margin} %"),
        Figure("Population disputée", format_number(_sum(table.contested_population))),
    ]
    if found.moved is not None:
        enclaves, communes, population = found.moved
        note = f"{format_count(communes, 'commune')}, {people(population)}"
        figures.append(Figure("Enclaves absorbées", format_number(enclaves), note))
    if found.optional is not None:
        communes, population = found.optional
        label = words.MOVED_BY_OPTIONS
        figures.append(Figure(label, format_number(communes), people(population)))
    return figures


def _sum(values: pd.Series) -> float:
    """Add up what is known; missing when nothing is."""
    return float(values.astype("float64").sum(min_count=1))


def _expected(row: pd.Series) -> list[Figure]:
    """Give the population weighed by probabilities; nothing for a model that has none."""
    if is_unknown(row.expected_population):
        return []
    label = catchment_words.COLUMNS["expected_population"]
    return [Figure(label, format_number(row.expected_population))]


def _area_figures(row: pd.Series) -> list[Figure]:
    """Key figures of one territory."""
    years = (format_year(row[name]) for name in ("population_year", "population_latest_year"))
    spread = bassins_cache.survey(bassins_view.scenario()).spread
    low, high = (
        format_number(spread[column].get(row.area_code))
        for column in ("population_min", "population_max")
    )
    note = words.RANGE_NOTE
    return [
        Figure(
            "Population modélisée",
            format_number(row.population),
            f"habitants, {wording.year_note(*years)}",
        ),
        published_figure(row),
        *_expected(row),
        Figure("Selon le modèle", f"{low} à {high}", note),
        Figure("Population disputée", format_number(row.contested_population)),
        Figure("À moins de 30 min", format_quantity(row.share_within_30_min, "%", 1)),
        Figure("Temps médian", format_minutes(row.median_travel_time_min)),
        Figure("Superficie", format_quantity(row.area_km2, "km²")),
    ]


def show_panels(found: Basin) -> None:
    """Show the panel chosen: only that one is computed."""
    view = bassins_view.view()
    st.segmented_control(
        words.PANEL, list(words.PANELS), required=True, wrap=True,
        format_func=name_in(words.PANELS), label_visibility="collapsed",
        **bassins_view.bound("panel", view.panel),
    )  # fmt: skip
    panels: Mapping[str, Callable[[Basin], None]] = {
        "tableau": show_table,
        "publies": show_check,
        "disputees": show_contested,
        "commune": show_commune,
        "scenario": show_scenario,
        "zonage": show_zoning,
        "temps": show_times,
        "methode": show_method,
    }
    panels[view.panel](found)
    st.caption(escape_markdown(model_source()))


def show_table(found: Basin) -> None:
    """Show one row per territory."""
    spread = bassins_cache.survey(bassins_view.scenario()).spread
    rows = territory_rows(cache.atlas(), found, spread)
    table = in_french(rows, columns_of(bassins_view.invents()))
    st.html(section_html(words.TABLE))
    show_rows(table, height=420, empty=UNKNOWN)
    total = format_number(rows.population.sum())
    st.caption(f"{words.sum_note(total)} {words.spread_note()}")
    show_table_files("tableau", words_files.BASINS, lambda: table)


def show_contested(found: Basin) -> None:
    """Show the communes whose territory barely leads."""
    margin = bassins_view.view().margin
    area = bassins_view.chosen().area
    table = contested_table(cache.atlas(), found, margin, area)
    st.html(section_html(words.CONTESTED))
    if found.communes.margin.isna().all():
        st.info(words.NO_MARGIN)
        return
    if table.empty:
        st.info(words.CONTESTED_NONE)
        return
    st.html(
        note_html(
            words.contested_note(
                format_count(len(table), "commune"),
                people(table[catchment_words.CONTESTED_COLUMNS["population"]].sum()),
                str(margin),
            )
        )
    )
    top = st.selectbox(words.CONTESTED_TOP, TOPS, key="disputees_top", width=180)
    show_rows(table.head(top), height=420, empty=UNKNOWN)
    st.caption(f"{words.CONTESTED_ALL} {wording.LEAD_NOTE}")
    title = words_files.CONTESTED_COMMUNES
    show_table_files("disputees", title, lambda: table, area_filter(area))


def _take_commune(taken: Choice | None) -> None:
    """Open a commune on every page, or close it."""
    if taken is None or taken.code in cache.choices().communes:
        shared_view.pick_commune(taken.code if taken else None)


def show_commune(found: Basin) -> None:
    """Answer for one commune: which GHT, how far, how sure, who is second, under each model."""
    st.html(section_html(words.COMMUNE))
    code = shared_view.selection().commune
    shown = bassins_view.commune_name(code) if code else ""
    with st.columns(2)[0]:
        search = Search(words.COMMUNE_SEARCH, words.COMMUNE_HINT, "communes", shown)
        show_search(search, "commune", _take_commune)
    if code is None:
        return
    answers = _answers(found, code)
    st.html(note_html(words.agreement_note(*agreement(answers), answers.area_name.iloc[0])))
    table = in_french(answers, words.ANSWER_COLUMNS)
    show_rows(table, empty=wording.NOT_APPLICABLE)
    st.caption(f"{cache.vintages().fill(words.COMMUNE_NOTE)} {wording.LEAD_NOTE}")
    named = ((words.COMMUNE_CHOICE, bassins_view.commune_name(code)),)
    show_table_files("commune", words_files.COMMUNE_ANSWERS, lambda: table, named)
    area = found.communes.area_code[found.communes.insee_code == code].iloc[0]
    if area in cache.choices().areas and area != bassins_view.chosen().area:
        st.button(words.SEE_AREA, on_click=_see_area, args=(area,), key="voir")


def _see_area(area: str) -> None:
    """Choose the territory that the model on screen gives a commune to; its card stays open."""
    commune = shared_view.selection().commune
    shared_view.pick_area(area)
    shared_view.keep(replace(shared_view.selection(), commune=commune))


def _answers(found: Basin, code: str) -> pd.DataFrame:
    """Say what each model answers; the one on screen has one row, whatever its parameters."""
    request, scenario = bassins_view.request(), bassins_view.scenario()
    plain = Request(request.model, margin=request.margin, changes=request.changes)
    sites = bassins_cache.changed_world(scenario).sites.set_index("finess_et").site_name
    label = f"{model_text()} ({words.SHOWN})"
    same = request.model if request == plain else ""
    return commune_answers(code, found, bassins_cache.survey(scenario), sites, label, same)


def show_method(found: Basin) -> None:  # noqa: ARG001  one signature for every panel
    """Explain the rule, its formula and limits, and the command that reproduces it."""
    view = bassins_view.view()
    rule, formula, limits = (
        words.IMPORTED_RULE,
        words.IMPORTED_FORMULA,
        words.IMPORTED_LIMITS,
    )
    if view.model in MODELS:
        model = MODELS[view.model]
        rule, formula, limits = model.rule, model.formula, cache.vintages().fill(model.limits)
    st.html(
        section_html(
            words.METHOD,
            figures_html(
                [
                    Figure(words.RULE, rule, is_wide=True),
                    Figure(words.FORMULA, formula, is_wide=True),
                    Figure(words.LIMITS, limits, is_wide=True),
                    Figure(words.VALUES, values_text(view), is_wide=True),
                ]
            ),
        )
    )
    st.html(section_html(words.COMMAND))
    command = None if bassins_view.times() else command_line(view)
    if command is None:
        st.html(note_html(words.COMMAND_NONE))
        return
    st.code(command, language=None)
    st.html(note_html(words.COMMAND_NOTE))
