"""The panels of the page of one territory: each shows one section, already written."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

from geo import wording
from geo.atlas.columns import UNASSIGNED
from geo.files.csv import profile_name
from geo.formats import format_number
from geo.profile import words as profile_words
from geo.profile.activity import KEY_MEASURES
from geo.profile.charts import rows_height
from geo.ui.shared import cache, cards, downloads, recipes
from geo.ui.shared import view as shared_view
from geo.ui.shared.controls import SITE_MARKS, name_in, version_text
from geo.ui.shared.html import (
    escape_markdown,
    marks_html,
    note_html,
    section_html,
    status_html,
    title_html,
)
from geo.ui.shared.search import show_area_search
from geo.ui.shared.selection import to_parameters
from geo.ui.territoire import cache as territoire_cache
from geo.ui.territoire import map as territoire_map
from geo.ui.territoire import view as territoire_view
from geo.ui.territoire import words
from geo.ui.territoire.cache import Portrait
from geo.ui.territoire.html import access_legend_html, contents_html, heading_html, subtitle_html
from geo.ui.territoire.view import ACCESS

STYLE: Final = Path(__file__).with_name("territoire.css").read_text(encoding="utf-8")
CHOOSER_COLUMNS: Final = 3
# Pages about the same territory: their file, how the link reads, what it asks of the page.
LINKS: Final[tuple[tuple[str, str, dict[str, str]], ...]] = (
    ("partenariats", words.SEE_PARTNERSHIPS, {}),
    ("comparer", words.SEE_COMPARISON, {"volet": "profil"}),
    ("bassins", words.SEE_BASIN, {}),
    ("bassins", words.SEE_CONTESTED, {"vue": "confiance", "volet": "disputees"}),
)


def chosen() -> str | None:
    """Return the code of the territory of the page."""
    return shared_view.selection().area


def show_title() -> None:
    """Show which territory this is, what its figures are, and the choice of another."""
    code = chosen()
    st.html(f"<style>{recipes.STYLE}{STYLE}</style>")
    if code is None:
        st.html(title_html(profile_words.PAGE, words.SUBTITLE, wording.MODEL_DECLARATION))
        return
    told = territoire_cache.sheet(code)
    title = title_html(told.title, told.subtitle, wording.MODEL_DECLARATION)
    st.html(title + status_html(wording.shown_now(told.title)))


def show_controls() -> None:
    """Show the choice of a territory, of the indicator of its map, and its PDF."""
    choices, code = cache.choices(), chosen()
    with st.container(key="commandes"):
        region, area, measure, pdf = st.columns([1.3, 2.2, 1.6, 1.1], vertical_alignment="bottom")
    region.selectbox(
        wording.REGION, list(choices.regions), filter_mode="contains",
        format_func=name_in(choices.regions), index=None,
        placeholder=wording.WHOLE_COUNTRY, **shared_view.bound("region"),
    )  # fmt: skip
    with area:
        show_area_search(words.CHOOSER_LABEL, words.CHOOSER_HINT, "choix_area")
    if code is None:
        return
    with measure:
        _show_paint()
    with pdf:
        _show_pdf(code)


def _show_paint() -> None:
    """Choose what the map shows: minutes of its communes, or an indicator of all territories."""
    st.selectbox(
        words.PAINT, list(words.PAINTS), format_func=words.PAINTS.__getitem__,
        **territoire_view.bound("paint"),
    )  # fmt: skip


def _show_measure() -> None:
    """Choose the indicator that the map shows."""
    choices = cache.choices()
    st.selectbox(
        wording.MEASURE, list(choices.measures), filter_mode="contains",
        format_func=name_in(choices.measures),
        help=cache.described(shared_view.selection().measure), **shared_view.bound("measure"),
    )  # fmt: skip


def _show_pdf(code: str) -> None:
    """Show the button of the PDF, written when it is asked for."""
    name, built = territoire_cache.sheet(code).name, cache.atlas().manifest.build_date
    st.download_button(
        words.PDF, data=partial(territoire_cache.pdf_bytes, code), mime="application/pdf",
        file_name=profile_name(code, name, built, cache.version()), on_click="ignore",
        key="portrait_pdf", icon=":material/picture_as_pdf:", width="stretch",
    )  # fmt: skip


def _show_choices(names: Mapping[str, str], key: str) -> None:
    """Show a button per territory: it opens its profile and keeps the session."""
    with st.container(gap=None, key=f"territoire_{key}"):
        for code, name in names.items():
            st.button(
                escape_markdown(f"{name} ({code})"), key=f"{key}_{code}", type="tertiary",
                on_click=shared_view.pick_area, args=(code,),
            )  # fmt: skip


def show_chooser() -> None:
    """Show the territories that can be chosen."""
    st.info(words.CHOOSE)
    groups = territoire_cache.chooser(shared_view.selection().region)
    for number, (title, names) in enumerate(groups.items()):
        st.html(section_html(f"{title} ({len(names)})"))
        codes, height = list(names), -(-len(names) // CHOOSER_COLUMNS)
        for place, column in enumerate(st.columns(CHOOSER_COLUMNS, gap="small")):
            part = codes[place * height : (place + 1) * height]
            with column:
                _show_choices({code: names[code] for code in part}, f"liste_{number}_{place}")


def show_profile() -> None:
    """Show every section of the territory."""
    code = chosen()
    if code is None:
        show_chooser()
        return
    told = territoire_cache.sheet(code)
    _show_first(code, told)
    st.html(contents_html(words.SECTIONS))
    _show_identity(told)
    st.html(told.sections["chiffres"])
    st.html(told.sections["membres"])
    st.html(told.sections["histoire"])
    _show_population(code, told)
    _show_access(told)
    _show_activity(told)
    if code != UNASSIGNED:
        recipes.show_recipes((key, code) for key in KEY_MEASURES)
    _show_establishments(told)
    _show_partnerships(told)
    st.html(told.sections["rangs"])
    _show_alike(told)
    st.html(told.sections["publie"])
    st.html(told.sections["anomalies"])
    _show_downloads(code)
    st.caption(escape_markdown(version_text()))


def _show_first(code: str, told: Portrait) -> None:
    """Show the map, what is said first, and where to go from here."""
    left, right = st.columns([1.15, 1])
    with left:
        territoire_map.show_map()
        _show_map_legend(code)
    with right:
        cards.show_cards()
        if told.status_note:
            st.info(escape_markdown(told.status_note))
        st.html(told.sections["essentiel"])
        _show_links()


def _show_map_legend(code: str) -> None:
    """Show the legend of the map, and its marks."""
    view = shared_view.selection()
    if territoire_view.view().paint == ACCESS:
        drawn = territoire_cache.access_layer(code)
        if drawn.people:
            st.html(access_legend_html(drawn.people, drawn.unknown))
    else:
        _show_measure()
        st.html(cache.legend(view.measure, view.method))
    st.html(marks_html(SITE_MARKS[territoire_map.SITES]))


def _show_links() -> None:
    """Lead to the other pages about this territory."""
    here = to_parameters(shared_view.selection())
    with st.container(horizontal=True, key="territoire_liens"):
        for page, label, more in LINKS:
            st.page_link(f"pages/{page}.py", label=label, query_params=here | more)


def _show_identity(told: Portrait) -> None:
    """Show what the territory is: region, support, creation, list of members."""
    st.html(heading_html("identite", told.sections["identite"]))


def _show_population(code: str, told: Portrait) -> None:
    """Show the inhabitants of the main communes, then of all on demand."""
    st.html(heading_html("population"))
    if told.top_chart is None:
        st.html(note_html(words.NO_COMMUNE))
        return
    left, right = st.columns([1, 1.4])
    with left:
        st.vega_lite_chart(
            spec=told.top_chart, height=rows_height(told.top_count), width="stretch",
            alt=words.TOP_ALT,
        )  # fmt: skip
    with right:
        st.html(told.sections["communes"])
        shown, total = format_number(told.top_count), format_number(told.commune_count)
        st.html(note_html(f"{words.shown_communes(shown, total)} {wording.LEAD_NOTE}"))
    if st.toggle(words.ALL_COMMUNES, key="territoire_communes"):
        st.html(territoire_cache.all_communes(code))


def _show_access(told: Portrait) -> None:
    """Show the times of access: figures, chart and table."""
    st.html(heading_html("acces", told.sections["acces"]))
    if told.bands_chart is None:
        st.html(told.sections["acces_table"])
        return
    left, right = st.columns([1, 1.4])
    with left:
        st.vega_lite_chart(spec=told.bands_chart, height=320, width="stretch", alt=words.BANDS_ALT)
    with right:
        st.html(told.sections["acces_table"])
    st.html(told.sections["acces_services"])


def _show_activity(told: Portrait) -> None:
    """Show how the main activities change, then every figure."""
    st.html(told.sections["activite"])
    if told.trends_chart is not None:
        st.html(subtitle_html(words.TRENDS))
        st.vega_lite_chart(
            spec=told.trends_chart, height=320, width="stretch", alt=words.TRENDS_ALT
        )


def _show_establishments(told: Portrait) -> None:
    """Count the establishments by category and by city."""
    st.html(heading_html("etablissements"))
    left, right = st.columns([1.2, 1])
    left.html(told.sections["categories"])
    right.html(told.sections["villes"])
    st.html(note_html(cache.vintages().fill(words.SITES_NOTE)))
    st.page_link(
        "pages/etablissements.py", label=words.OPEN_SITES,
        query_params=to_parameters(shared_view.selection()),
    )  # fmt: skip


def _show_partnerships(told: Portrait) -> None:
    """Show the partnerships and all that is known of them."""
    st.html(told.sections["partenariats"])
    st.page_link(
        "pages/partenariats.py", label=words.OPEN_PARTNERSHIPS,
        query_params=to_parameters(shared_view.selection()),
    )  # fmt: skip


def _show_alike(told: Portrait) -> None:
    """Show statistical peers and neighbours, with links to their own page."""
    st.html(heading_html("proches"))
    left, right = st.columns([1.4, 1])
    for column, section, names in (
        (left, "semblables", told.peers), (right, "voisins", told.neighbours),
    ):  # fmt: skip
        with column:
            st.html(told.sections[section])
            _show_choices(names, section)


def _show_downloads(code: str) -> None:
    """Show the files to take away: a table chosen, the map, the PDF."""
    st.html(heading_html("emporter"))
    what = st.selectbox(
        words.WHAT_TO_TAKE, list(words.TAKEAWAYS), filter_mode="contains",
        format_func=name_in(words.TAKEAWAYS),
        key="territoire_contenu",
    )  # fmt: skip
    view = territoire_map.view_of(shared_view.selection())
    downloads.show_exports(
        "territoire", territoire_cache.content_of(what, code), downloads.picture_of(view)
    )
    st.html(note_html(words.take_note(words.TAKEAWAYS[what])))
