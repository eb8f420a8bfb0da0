"""What the page of partnerships shows, computed once for all sessions and bounded in number."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd
import streamlit as st

from geo.drawing.classes import Classes
from geo.drawing.protocol import Links, MapValues, MapView, Party
from geo.drawing.protocol_columns import LinkColumns
from geo.drawing.screen_map import link_columns, paint_values
from geo.errors import BundleError
from geo.formats import format_number
from geo.partnerships import words as partnerships_words
from geo.partnerships import words_tables as partnerships_words_tables
from geo.partnerships.collection import (
    CONTRIBUTION,
    Choices,
    Collection,
    Filters,
    collection_of,
    counts_by_ght,
    filter_collection,
    find,
    with_records,
)
from geo.partnerships.collection import choices as choices_in
from geo.partnerships.counts import split
from geo.partnerships.layers import ght_classes, ght_texts, link_rows, part_rows
from geo.partnerships.links import arcs, points
from geo.partnerships.records import Record
from geo.partnerships.story import story
from geo.partnerships.tables import typed_table
from geo.ui.contributions import session as contributions_session
from geo.ui.partenariats import words
from geo.ui.shared import cache
from geo.ui.shared.assets import AssetError
from geo.ui.shared.html import Figure, figures_html, section_html, status_html, table_html
from geo.ui.shared.layer_files import address, is_there, publish_layer
from geo.ui.shared.partnership_html import story_html

BROUGHT: Final = "partenariats_apportes"
BY_TEXT: Final[cache.HashFuncs] = {Filters: repr}


@dataclass(frozen=True)
class Shown:
    """
    What passes the filters, laid out once.

    Attributes
    ----------
    collection
        The partnerships kept.
    table
        See `geo.partnerships.tables.typed_table`.
    table_html
        The same, as HTML.
    titles
        Title of each partnership, by identifier.
    linked
        Identifiers of those that have a link on the map.
    marks
        See `geo.partnerships.layers.part_rows`.
    unplaced
        Names of the parties without a known place.
    counts
        Number of partnerships of each GHT.
    """

    collection: Collection = field(repr=False)
    table: pd.DataFrame = field(repr=False)
    table_html: str = field(repr=False)
    titles: Mapping[str, str]
    linked: tuple[str, ...]
    marks: tuple[Party, ...]
    unplaced: tuple[str, ...]
    counts: pd.Series = field(repr=False)


# What exists: the bundled partnerships, and those that the session brought


def look_again() -> None:
    """Take the contributions as they are now; once per run, before anything is shown."""
    records = contributions_session.records()
    text = json.dumps(records, sort_keys=True, ensure_ascii=False, default=str)
    digest = hashlib.sha256(text.encode()).hexdigest()[:16] if records else ""
    st.session_state[BROUGHT] = (digest, tuple(records))


def _brought() -> tuple[str, tuple[Record, ...]]:
    """Return the contributions of this run, and their digest; empty for none."""
    held: tuple[str, tuple[Record, ...]] = st.session_state.get(BROUGHT, ("", ()))
    return held


def current_key() -> tuple[str, str]:
    """Name the collection of this session."""
    return cache.version(), _brought()[0]


@cache.kept(per=current_key, max_entries=20)
def collection() -> Collection:
    """Gather every partnership that this session can see."""
    found, (digest, records) = collection_of(cache.atlas()), _brought()
    return with_records(found, records, cache.atlas()) if digest else found


@cache.kept(per=current_key, max_entries=20)
def choices() -> Choices:
    """List what the partnerships can be filtered by."""
    return choices_in(collection())


def ids() -> frozenset[str]:
    """List the identifiers of the partnerships."""
    return frozenset(collection().partnerships.partnership_id)


@cache.kept(max_entries=2)
def ght_names() -> Mapping[str, str]:
    """Name every GHT of the list, in the order of names."""
    ghts = cache.atlas().ghts.sort_values("ght_name")
    return dict(zip(ghts.ght_code, ghts.ght_name, strict=True))


@cache.kept(per=current_key, max_entries=64)
def ght_choices(region: str | None) -> Mapping[str, str]:
    """Name the GHTs of a region, or of the country, with the number collected of each."""
    found = collection()
    counts = counts_by_ght(found)
    homes = dict(zip(found.ghts.ght_code, found.ghts.reg_code, strict=True))
    return {
        code: words.ght_choice(name, code, int(counts[code]))
        for code, name in ght_names().items()
        if region in {None, homes[code]}
    }


# What passes the filters: rows of what was laid out once for all


@cache.kept(per=current_key, max_entries=20)
def _table() -> pd.DataFrame:
    return typed_table(collection())


@cache.kept(per=current_key, max_entries=20)
def _arcs() -> pd.DataFrame:
    return arcs(collection(), 2)


def _rows(table: pd.DataFrame, codes: pd.Series) -> pd.DataFrame:
    """Keep the rows of some partnerships."""
    own = table[partnerships_words_tables.COLUMNS["partnership_id"]].isin(codes)
    return table[own].reset_index(drop=True)


@cache.kept(per=current_key, max_entries=200, hash_funcs=BY_TEXT)
def shown(filters: Filters) -> Shown:
    """Lay out what passes the filters."""
    kept = filter_collection(collection(), filters)
    heads, parties = kept.partnerships, kept.parties
    table = _rows(_table(), heads.partnership_id)
    linked = set(_arcs().partnership_id)
    return Shown(
        collection=kept,
        table=table,
        table_html=table_html(table, words.TABLE["tableau"], str(table.columns[0])),
        titles=dict(zip(heads.partnership_id, heads.title, strict=True)),
        linked=tuple(code for code in heads.partnership_id if code in linked),
        marks=tuple(part_rows(points(kept))),
        unplaced=tuple(parties.party_name[~parties.is_located].drop_duplicates()),
        counts=counts_by_ght(kept),
    )


@cache.kept(per=current_key, max_entries=200, hash_funcs=BY_TEXT)
def figures(filters: Filters) -> str:
    """Write the key figures of what passes the filters."""
    kept = shown(filters)
    tables = kept.collection
    sources = distinct_sources(tables)
    located = words.located_note(format_number(len(tables.parties)))
    figures = [
        Figure(
            words.COUNT,
            format_number(len(tables.partnerships)),
            words.COUNT_NOTE,
        ),
        Figure(words.LOCATED, format_number(tables.parties.is_located.sum()), located),
        Figure(words.SOURCES, format_number(len(sources))),
        Figure(words.GHTS, format_number((kept.counts > 0).sum())),
    ]
    name = _place(filters)
    heard = status_html(words.said(name, len(tables.partnerships)))
    return heard + section_html(name, figures_html(figures))


def distinct_sources(tables: Collection) -> pd.DataFrame:
    """List each source once, whatever the number of partnerships that cite it."""
    return tables.sources.drop_duplicates(["title", "publisher", "date", "url"])


def _place(filters: Filters) -> str:
    """Name what the filters keep."""
    if filters.ght is not None:
        return partnerships_words.ght_name(ght_names()[filters.ght], filters.ght)
    if filters.region is not None:
        return partnerships_words.region_name(cache.choices().regions[filters.region])
    return words.WHOLE


# The map


@cache.kept(per=current_key, max_entries=20)
def _link_columns() -> LinkColumns:
    return link_columns(link_rows(_arcs(), _starts()))


def _starts() -> dict[str, str]:
    """Write when each partnership began."""
    table = _table()
    names = partnerships_words_tables.COLUMNS
    return dict(zip(table[names["partnership_id"]], table[names["start"]], strict=True))


@cache.kept(max_entries=4)
def _link_file() -> str:  # asked for by a session that brings nothing
    content = json.dumps(_link_columns(), ensure_ascii=False, separators=(",", ":"))
    return publish_layer("calque", content.encode())


def links(filters: Filters, opened: str | None) -> Links:
    """
    Say which links the map draws: by address, except what a session brought, which stays its own.

    Returns
    -------
    links
        With `shown` and `selected`.
    """
    linked = shown(filters).linked
    wanted = [*linked, opened] if opened and opened not in linked else [*linked]
    said: Links = {"selected": opened, "shown": wanted}
    if not _brought()[0]:
        try:
            name = _link_file()
            if not is_there(name):
                _link_file.clear()
                name = _link_file()
            return {**said, "address": address(name)}
        except (AssetError, BundleError):
            pass
    return {**said, "columns": _link_columns()}


@cache.kept(per=current_key, max_entries=200, hash_funcs=BY_TEXT)
def _tints(filters: Filters) -> tuple[Classes, list[str], list[str]]:
    counts, areas = shown(filters).counts, cache.areas()
    return *ght_classes(areas, counts), ght_texts(areas, counts)


def values(filters: Filters, view: MapView) -> MapValues:
    """
    Gather what the map shows; see `geo.drawing.screen_map.paint_values`.

    Parameters
    ----------
    filters
        What is kept.
    view
        `selected`, `region`, `sites`, `links`...
    """
    classes, colors, texts = _tints(filters)
    label = (words.COUNT_LABEL, "")
    return paint_values(cache.areas(), classes, label, texts, {"colors": colors, **view})


# The sheet


@dataclass(frozen=True)
class ToldPartnership:
    """
    One partnership, told.

    Attributes
    ----------
    title
        Its name.
    ght
        Code of its first GHT.
    is_contribution
        Whether a person brought it.
    html
        See `geo.ui.shared.partnership_html.story_html`.
    links
        Triples (relation, identifier, title).
    """

    title: str
    ght: str
    is_contribution: bool
    html: str = field(repr=False)
    links: tuple[tuple[str, str, str], ...]


@cache.kept(per=current_key, max_entries=300)
def sheet(partnership_id: str) -> ToldPartnership:
    """Tell one partnership."""
    found = collection()
    head, told = find(found, partnership_id), story(found, partnership_id)
    is_contribution = head.origin == CONTRIBUTION
    ght = split(head.ght_codes)[0]
    return ToldPartnership(told.title, ght, is_contribution, story_html(told), told.links)
