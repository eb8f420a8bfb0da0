"""The panels of the page that compares: each shows one thing that the engine computed."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

from geo import wording
from geo.comparison import words as comparison_words
from geo.comparison.charts import Mark, title_of
from geo.comparison.peers import PEER_MEASURES
from geo.drawing.charts import Spec
from geo.formats import is_unknown
from geo.territories.activity import INDICATORS, menu_label
from geo.territories.measures import MEASURES
from geo.ui.comparer import cache as comparer_cache
from geo.ui.comparer import tables as comparer_tables
from geo.ui.comparer import view as comparer_view
from geo.ui.comparer import words
from geo.ui.comparer.html import frame_table
from geo.ui.comparer.map import show_maps
from geo.ui.comparer.tables import Takeaway, show_downloads
from geo.ui.shared import cache, recipes
from geo.ui.shared import view as shared_view
from geo.ui.shared.controls import name_in, source_text
from geo.ui.shared.html import escape_markdown, note_html, section_html, status_html, title_html
from geo.ui.shared.search import Search, show_area_search, show_search

STYLE: Final = Path(__file__).with_name("comparer.css").read_text(encoding="utf-8")


OF_THE_MEASURE: Final = {"classement", "distribution", "nuage", "cote"}


def show_title() -> None:
    """Show what the page is, and what its figures are."""
    st.html(f"<style>{STYLE}</style>")
    st.html(title_html(comparison_words.PAGE, words.SUBTITLE, wording.MODEL_DECLARATION))


def show_controls() -> None:
    """Show the choices shared with the map, then those of the panels."""
    choices = cache.choices()
    with st.container(key="commandes"):
        area, measure, region = st.columns([1.6, 1.4, 1.3], vertical_alignment="bottom")
    with area:
        show_area_search(words.AREA, wording.AREA_NONE, "choix_area")
    measure.selectbox(
        wording.MEASURE, list(choices.measures), filter_mode="contains",
        format_func=name_in(choices.measures),
        help=cache.described(shared_view.selection().measure), **shared_view.bound("measure"),
    )  # fmt: skip
    region.selectbox(
        wording.REGION, list(choices.regions), filter_mode="contains",
        format_func=name_in(choices.regions), index=None,
        placeholder=wording.WHOLE_COUNTRY, **shared_view.bound("region"),
    )  # fmt: skip
    st.segmented_control(
        words.PANEL, list(words.PANELS), required=True, wrap=True, label_visibility="collapsed",
        format_func=name_in(words.PANELS),
        **comparer_view.bound("panel", comparer_view.view().panel),
    )  # fmt: skip


def show_panel() -> None:
    """Show the panel chosen: only that one is computed."""
    panels: Mapping[str, Callable[[], None]] = {
        "classement": show_ranking,
        "distribution": show_distribution,
        "nuage": show_scatter,
        "profil": show_profile,
        "cote": show_side_by_side,
        "semblables": show_peers,
        "regions": show_regions,
    }
    panel = comparer_view.view().panel
    is_partial = INDICATORS[shared_view.selection().measure].is_partial
    with st.container(key=f"volet_{panel}"):
        if is_partial and panel in OF_THE_MEASURE:
            st.info(words.NOT_COMPARED)
        else:
            panels[panel]()
    st.caption(escape_markdown(words.NOT_BETTER))
    st.caption(escape_markdown(source_text()))


def _mark() -> Mark:
    """Say what charts point out, on which theme."""
    view = shared_view.selection()
    return Mark(view.area, view.region, st.context.theme.type == "dark")


def _show_chart(spec: Spec, text: str) -> None:
    """Show a chart, already written, with its description."""
    st.vega_lite_chart(spec=spec, alt=text, width="stretch")


def _place() -> str:
    """Name the filter in force."""
    region = shared_view.selection().region
    return cache.choices().regions[region] if region else wording.WHOLE_COUNTRY


def _show_own_rank() -> None:
    """Say where the chosen territory stands for the measure."""
    view = shared_view.selection()
    if view.area in comparer_cache.comparable() and view.area is not None:
        own = comparer_cache.own_rank(view.measure, view.area)
        st.html(status_html(own, "atlas-own"))


def show_ranking() -> None:
    """Show every territory and every measure, ranked by one."""
    view, order = shared_view.selection(), comparer_view.view().order
    st.segmented_control(
        words.ORDER, list(words.ORDERS), required=True, format_func=name_in(words.ORDERS),
        label_visibility="collapsed", **comparer_view.bound("order", order),
    )  # fmt: skip
    _show_own_rank()
    ascending = order == "croissant"
    table = comparer_cache.ranked(view.measure, view.region, ascending=ascending)
    if table.empty:
        st.info(words.NO_ROW)
        return
    made = comparer_cache.ranked_html
    st.html(made(view.measure, view.region, view.area, ascending=ascending))
    st.html(note_html(f"{words.SORT_NOTE} {words.RANK_NOTE} {wording.DASH_NOTE}"))
    title = f"{words.PANELS['classement']} – {INDICATORS[view.measure].label}"
    show_downloads(Takeaway(title, _place()), lambda: comparer_tables.ranking(table, view.measure))


def show_distribution() -> None:
    """Show how a measure spreads, and where the chosen territory is."""
    measure = INDICATORS[shared_view.selection().measure]
    spread = comparer_cache.spread(measure.key)
    st.html(section_html(title_of(measure)))
    _show_own_rank()
    if not spread.summary.known:
        st.info(wording.NO_DATA)
        return
    left, right = st.columns([2.1, 1])
    with left:
        spec = comparer_cache.histogram_of(measure.key, _mark())
        _show_chart(spec, words.histogram_help(measure.label))
        st.html(note_html(f"{words.RUG} {words.LOG_NOTE if spread.is_log else ''}"))
        st.html(note_html(words.counted(spread.summary.known, spread.summary.unknown)))
        st.html(comparer_tables.summary_html(spread, measure))
    classes = comparer_tables.classes(spread, measure)
    with right:
        st.html(frame_table(classes, [None, 0, 1], words.CLASSES_TITLE))
    title = f"{words.PANELS['distribution']} – {measure.label}"
    show_downloads(Takeaway(title, wording.WHOLE_COUNTRY), lambda: classes)


def show_scatter() -> None:
    """Show two measures, their trend and the GHTs away from it."""
    view, second = comparer_view.view(), comparer_view.second()
    first = shared_view.selection().measure
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    names = {key: menu_label(one) for key, one in comparer_view.COMPARED.items() if key != first}
    left.selectbox(
        words.SECOND, list(names), filter_mode="contains",
        format_func=name_in(names),
        **comparer_view.bound("second", second),
    )  # fmt: skip
    is_linear = view.axes == "lineaires"
    right.toggle(words.LINEAR, help=words.LINEAR_HELP, **comparer_view.bound("axes", is_linear))
    relation = comparer_cache.relation(first, second, may_log=not is_linear)
    if relation.points.empty:
        st.info(wording.NO_DATA)
        return
    spec = comparer_cache.scatter_of(first, second, _mark(), may_log=not is_linear)
    _show_chart(spec, words.scatter_help(INDICATORS[first].label, INDICATORS[second].label))
    st.html(section_html(words.OUTLIERS, note_html(comparer_tables.outliers(relation))))
    st.html(note_html(f"{words.OUTLIER_RULE} {comparer_tables.correlation(relation)}"))
    table = comparer_tables.points(relation, first, second)
    digits = [None, None, INDICATORS[first], INDICATORS[second], INDICATORS[second].finer, 1, None]
    st.html(section_html(words.ALL_POINTS, frame_table(table, digits, words.ALL_POINTS)))
    st.html(note_html(words.counted(len(relation.points), relation.unknown)))
    title = f"{INDICATORS[first].label} – {INDICATORS[second].label}"
    show_downloads(Takeaway(title, wording.WHOLE_COUNTRY), lambda: table)


def show_profile() -> None:
    """Show one territory among all, measure by measure."""
    code = shared_view.selection().area
    if code is None or code not in comparer_cache.comparable():
        _show_examples()
        return
    area = cache.area(code)
    names = (str(area.area_name), f"{words.REGION_FIGURE} : {area.reg_name}")
    st.html(section_html(comparer_view.area_name(code)))
    table = comparer_cache.profile(code)
    _show_chart(
        comparer_cache.profile_chart(code, names, _mark()), words.spine_help(str(area.area_name))
    )
    st.html(note_html(words.SPINE_NOTE))
    shown = comparer_tables.profile(table)
    st.html(comparer_tables.profile_html(table, str(area.area_name)))
    st.html(note_html(f"{words.REFERENCE_NOTE} {wording.DASH_NOTE}"))
    show_downloads(Takeaway(words.PANELS["profil"], str(area.area_name)), lambda: shown)


def _show_examples() -> None:
    """Say what to do where a territory is needed, and offer some in one click."""
    view = shared_view.selection()
    measure = INDICATORS[view.measure]
    if measure.is_partial:
        measure = MEASURES["population"]
    st.info(words.NO_AREA)
    with st.container(key="exemples", horizontal=True):
        for code, place in comparer_cache.examples(measure.key, view.region).items():
            name = words.example(cache.choices().areas[code], measure.label, place)
            st.button(
                escape_markdown(name), key=f"exemple_{code}", on_click=shared_view.pick_area,
                args=(code,),
            )  # fmt: skip


def _show_companions(code: str) -> None:
    """Offer to set the neighbours of a territory beside it, or the GHTs that resemble it."""
    st.info(words.CHOOSE_OTHERS)
    offers = {words.WITH_NEIGHBOURS: comparer_cache.neighbours(code)}
    if not _no_peers(code, PEER_MEASURES):
        found = comparer_cache.peers(code, PEER_MEASURES)
        offers[words.WITH_PEERS] = tuple(found.area_code)
    names, kept = comparer_cache.comparable(), comparer_view.others()
    for how, codes in offers.items():
        first = codes[: words.MOST_OTHERS - len(kept)]
        if first:
            st.button(
                escape_markdown(words.beside(how, [names[other] for other in first])),
                key=f"compagnons_{how}", on_click=comparer_view.put_beside,
                args=((*kept, *first),),
            )  # fmt: skip


def show_side_by_side() -> None:
    """Show two to four territories: their maps in one frame, their figures in one table."""
    view, chosen = comparer_view.view(), shared_view.selection()
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    names = {
        code: f"{name} ({code})"
        for code, name in comparer_cache.comparable().items()
        if code != chosen.area
    }
    with left:
        search = Search(words.ADDED, words.ADDED_HINT, "territoires", keeps=False)
        show_search(search, "comparer_ajout", comparer_view.add_other)
    left.multiselect(
        words.OTHERS, list(names), format_func=name_in(names), help=words.OTHERS_HELP,
        max_selections=words.MOST_OTHERS, placeholder=wording.AREA_NONE, filter_mode="contains",
        **comparer_view.bound("others", list(comparer_view.others())),
    )  # fmt: skip
    right.segmented_control(
        words.SCALE, list(words.SCALES), required=True, format_func=name_in(words.SCALES),
        **comparer_view.bound("scale", view.scale),
    )  # fmt: skip
    compared = comparer_view.compared()
    if not compared:
        _show_examples()
        return
    if len(compared) < words.FEWEST_CHOSEN:
        _show_companions(compared[0])
        return
    picture = show_maps(compared, view.scale)
    beside = comparer_cache.beside(compared, chosen.measure)
    table = comparer_tables.side_by_side(beside)
    st.html(comparer_tables.side_by_side_html(beside))
    recipes.show_recipes((chosen.measure, code) for code in compared)
    st.html(note_html(wording.DASH_NOTE))
    place = " ".join(compared)
    show_downloads(Takeaway(words.PANELS["cote"], place), lambda: table, picture)


def show_peers() -> None:
    """Show the GHTs that resemble the chosen one, on the measures chosen."""
    code, measures = shared_view.selection().area, comparer_view.view().measures
    names = {key: menu_label(one) for key, one in comparer_view.COMPARED.items()}
    st.multiselect(
        words.PEER_CHOICE, list(names), filter_mode="contains",
        format_func=name_in(names), placeholder=words.PEER_NONE,
        **comparer_view.bound("measures", list(measures)),
    )  # fmt: skip
    if code is None:
        _show_examples()
        return
    reason = _no_peers(code, measures)
    if reason:
        st.info(escape_markdown(reason))
        return
    found = comparer_cache.peers(code, measures)
    st.html(section_html(comparer_view.area_name(code)))
    everyone = comparer_cache.areas_with(*measures)
    own = everyone[everyone.area_code == code].assign(distance=0.0)
    table = comparer_tables.peers(pd.concat([own[found.columns], found]), measures)
    digits = [None, None, None, 2, *[INDICATORS[key] for key in measures]]
    st.html(frame_table(table, digits, words.PANELS["semblables"]))
    st.html(note_html(words.PEER_NOTE))
    st.button(
        words.COMPARE_PEERS, key="comparer_proches", on_click=comparer_view.put_beside,
        args=(found.area_code.head(words.MOST_OTHERS).tolist(),),
    )  # fmt: skip
    show_downloads(Takeaway(words.PANELS["semblables"], str(own.area_name.iloc[0])), lambda: table)


def _no_peers(code: str, measures: tuple[str, ...]) -> str:
    """Say why peers cannot be looked for; empty when they can."""
    area = cache.area(code)
    if area.kind != "ght":
        return words.PEER_OUTSIDE
    if not measures:
        return words.PEER_NONE
    known = comparer_cache.areas_with(*measures).set_index("area_code").loc[code]
    missing = [INDICATORS[key].label for key in measures if is_unknown(known[key])]
    return words.peer_missing(missing) if missing else ""


def show_regions() -> None:
    """Show the territories of each region put together."""
    table = comparer_tables.regions(comparer_cache.regions())
    digits = [None, 0, *MEASURES.values()]
    st.html(frame_table(table, digits, words.PANELS["regions"]))
    st.html(note_html(words.REGION_NOTE))
    for key in ("population_change_percent", "mean_travel_time_min"):
        names = comparer_cache.left_out(key)
        if names:
            st.html(note_html(words.left_out(INDICATORS[key].label, names)))
    show_downloads(Takeaway(words.PANELS["regions"], wording.WHOLE_COUNTRY), lambda: table)
