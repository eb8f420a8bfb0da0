"""Where a zoning comes from: a file, the atlas, a circle or a time around a place."""

from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from geo.atlas.zone_kinds import ZONE_KINDS
from geo.catchment.zoning import Zoning, read_zoning
from geo.catchment.zoning_match import Places, places_of_atlas
from geo.catchment.zoning_ready import KILOMETRES, KINDS, MINUTES, circle, isochrone, ready_zoning
from geo.catchment.zoning_shapes import is_shapes, read_shapes, zoning_of
from geo.errors import GhtError
from geo.files.csv import to_csv
from geo.ui.bassins import cache as bassins_cache
from geo.ui.bassins import words, words_zoning
from geo.ui.shared import cache
from geo.ui.shared.controls import name_in

MEGABYTES: Final = 20
DEFAULT_KIND: Final = KINDS.index("epci")
DEFAULT_KM, DEFAULT_MINUTES = 30, 30


@dataclass(frozen=True)
class Given:
    """
    What a person gives.

    Attributes
    ----------
    zoning
        As read; a French sentence when it is refused, None before anything is given.
    is_file
        Whether its names may be those of GHTs.
    is_shared_alike
        Whether its codes are under ODbL.
    """

    zoning: Zoning | str | None = None
    is_file: bool = False
    is_shared_alike: bool = False


# What is refused is kept like what is read: the page runs again at every click.
@cache.kept(max_entries=8)
def _table(name: str, content: bytes, column: str) -> Zoning | str:
    try:
        return read_zoning(name, content, column)
    except GhtError as error:
        return str(error)


@cache.kept(max_entries=4, show_spinner=words.LOADING_SHAPES)
def _shapes(name: str, content: bytes, layer: str) -> dict[str, Any] | str:
    try:
        return read_shapes(cache.atlas(), name, content, layer)
    except GhtError as error:
        return str(error)


@cache.kept()
def places() -> Places:
    """Index what a zoning may name, once."""
    return places_of_atlas(cache.atlas())


@cache.kept(max_entries=8)
def _ready(kind: str) -> Zoning:
    return ready_zoning(cache.atlas(), kind)


@cache.kept(max_entries=2)
def _template() -> bytes:
    table = cache.atlas().communes.assign(zone="")
    columns = words_zoning.TEMPLATE_COLUMNS
    return to_csv(table[list(columns)].rename(columns=dict(columns)))


def ask_zoning() -> Given:
    """Ask for a zoning."""
    origin = st.segmented_control(
        words_zoning.ORIGIN, list(words_zoning.ORIGINS), default="fichier", required=True,
        format_func=name_in(words_zoning.ORIGINS), key="zonage_origine", wrap=True,
    )  # fmt: skip
    asks = {"pret": _ask_ready, "cercle": _ask_circle, "duree": _ask_time}
    return asks.get(origin or "", _ask_file)()


def _ask_file() -> Given:
    """Ask for a file, and for what its names are."""
    # Of any type: of one that is not read, Streamlit says so in a bubble, and the report in words.
    file = st.file_uploader(words_zoning.FILE, key="zonage_fichier", max_upload_size=MEGABYTES)
    st.download_button(
        words_zoning.TEMPLATE, data=_template, mime="text/csv", on_click="ignore",
        file_name=cache.file_name_of(words_zoning.TEMPLATE_NAME, "csv"), key="zonage_modele",
    )  # fmt: skip
    if file is None:
        return Given()
    name, content = file.name, file.getvalue()
    read = _of_shapes(name, content) if is_shapes(name) else _of_table(name, content)
    return Given(read, is_file=True)


def _of_table(name: str, content: bytes) -> Zoning | str:
    """Read a table, by the column asked for."""
    first = _table(name, content, "")
    if isinstance(first, str) or len(first.columns) < 2:  # noqa: PLR2004
        return first
    place = first.columns.index(first.column)
    column = st.selectbox(
        words_zoning.COLUMN, first.columns, index=place, key=f"zonage_colonne_{name}"
    )
    return _table(name, content, column or "")


def _of_shapes(name: str, content: bytes) -> Zoning | str:
    """Read shapes, by the layer, the attribute and the rule asked for."""
    read = _shapes(name, content, "")
    if isinstance(read, str):
        return read
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(read["layers"]) > 1:
            layers = read["layers"]
            layer = st.selectbox(words_zoning.LAYER, layers, key=f"zonage_couche_{name}")
            read = _shapes(name, content, layer or "")
            if isinstance(read, str):
                return read
        column = ""
        if read["fields"]:
            first = zoning_of(read).column
            place = read["fields"].index(first) if first else 0
            key = f"zonage_attribut_{name}_{read['layer']}"
            column = st.selectbox(words_zoning.COLUMN, read["fields"], index=place, key=key) or ""
        rule = st.selectbox(
            words_zoning.RULE, list(words_zoning.RULES), key="zonage_regle",
            format_func=name_in(words_zoning.RULES),
        )  # fmt: skip
    return zoning_of(read, column, rule)


def _ask_ready() -> Given:
    """Ask for zones of the atlas."""
    names = {kind: ZONE_KINDS[kind].plural for kind in KINDS}
    kind = st.selectbox(
        words_zoning.KIND, KINDS, index=DEFAULT_KIND, format_func=name_in(names), key="zonage_pret"
    )
    return Given(_ready(kind), is_shared_alike=ZONE_KINDS[kind].is_shared_alike)


def _ask_circle() -> Given:
    """Ask for a commune and a radius."""
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    text = left.text_input(
        words_zoning.CENTRE, placeholder=words_zoning.CENTRE_HINT, key="zonage_centre"
    )
    kilometres = right.number_input(
        words_zoning.RADIUS, *KILOMETRES, DEFAULT_KM, key="zonage_rayon"
    )
    if not text:
        return Given()
    communes = places().communes
    answer = communes.resolve(text)
    if not answer.code:
        return Given(communes.unknown(text, answer))
    return Given(circle(cache.atlas(), answer.code, kilometres))


def _ask_time() -> Given:
    """Ask for a site and some minutes."""
    world = bassins_cache.world()
    sites = world.sites.sort_values("site_name")
    names = {str(row.finess_et): f"{row.site_name} ({row.finess_et})" for row in sites.itertuples()}
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    site = left.selectbox(
        words_zoning.SITE, list(names), index=None, placeholder=words_zoning.SITE_NONE,
        format_func=name_in(names), key="zonage_site",
    )  # fmt: skip
    minutes = right.number_input(
        words_zoning.MINUTES, *MINUTES, DEFAULT_MINUTES, key="zonage_minutes"
    )
    if site is None:
        return Given()
    try:
        return Given(isochrone(world, site, minutes))
    except GhtError as error:
        return Given(str(error))
