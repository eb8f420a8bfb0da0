"""The files of the page of partnerships: tables, links and places with their geometry, picture."""

from collections.abc import Mapping
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from geo import wording
from geo.atlas import vocabulary
from geo.files import words as files_words
from geo.files.contents import link_table, party_table
from geo.files.extract import Notes
from geo.partnerships import words as partnerships_words
from geo.partnerships import words_tables as partnerships_words_tables
from geo.partnerships.collection import Filters
from geo.partnerships.tables import export_tables
from geo.ui.partenariats import words
from geo.ui.partenariats.scene import Scene, place_of, scene
from geo.ui.shared.downloads import MAP_WORD, Content, Picture, show_exports

CODES: Final[Mapping[str, Mapping[str, str]]] = {
    "form": vocabulary.FORMS,
    "domain": vocabulary.DOMAINS,
    "status": vocabulary.STATUSES,
    "sector": vocabulary.SECTORS,
}
LABELS: Final[Mapping[str, str]] = {
    "form": words.FORM,
    "domain": words.DOMAIN,
    "status": words.STATUS,
    "sector": words.SECTOR,
}
WORKBOOK: Final = frozenset({"xlsx"})


def filter_notes(filters: Filters, source: str) -> Notes:
    """Say what the filters keep, in French, and where the partnerships come from."""
    notes = [(wording.AREA if filters.ght else words.REGION, place_of(filters))]
    for key, labels in CODES.items():
        code = getattr(filters, key)
        if code is not None:
            notes.append((LABELS[key], labels[code]))
    if filters.first_year is not None or filters.last_year is not None:
        years = [filters.first_year, filters.last_year]
        notes.append(
            (words.YEARS, " – ".join("…" if year is None else str(year) for year in years))
        )
        notes.append((words.UNDATED, wording.YES if filters.with_undated else wording.NO))
    return (*notes, (partnerships_words.SOURCES_TITLE, source))


def show_files(title: str, table: pd.DataFrame | None, source: str) -> None:
    """
    Offer what is on screen in other forms than those that a page always has.

    Parameters
    ----------
    title
        Of the table on screen.
    table
        As it is shown; None without one.
    source
        Source line.
    """
    if not st.toggle(wording.MORE_FILES, key="partenariats_fichiers", help=wording.MORE_FILES_HELP):
        return
    seen = scene(source)
    picture = Picture(_picture_words(seen), partial(_draw, seen))
    for key, content in contents(title, table, seen).items():
        head = files_words.WHAT.get(content.what, content.what)
        st.caption(words.WORKBOOK if key == "classeur" else head)
        forms = {"forms": WORKBOOK} if key == "classeur" else {}
        show_exports(
            f"partenariats_{key}", content, picture if key == "liens" else None, **forms
        )  # fmt: skip


def contents(title: str, table: pd.DataFrame | None, seen: Scene) -> dict[str, Content]:
    """List what can be taken away: table on screen, workbook, links of the map, parties."""
    notes = filter_notes(seen.filters, seen.source)
    found = {} if table is None else {
        "affiche": Content(title, seen.place, lambda: table, notes)
    }  # fmt: skip
    first, *rest = partnerships_words_tables.SHEETS.values()
    return found | {
        "classeur": Content(
            first, seen.place, lambda: export_tables(seen.kept)[first], notes,
            others=lambda: {name: export_tables(seen.kept)[name] for name in rest},
        ),
        "liens": Content(
            "links", seen.place, partial(link_table, seen.kept), notes,
            others=lambda: {"parties": party_table(seen.kept)},
        ),
        "parties": Content("parties", seen.place, partial(party_table, seen.kept), notes),
    }  # fmt: skip


def _picture_words(seen: Scene) -> tuple[str, ...]:
    """Name the picture: what it holds, where, and under which filters."""
    chosen = [getattr(seen.filters, key) for key in CODES]
    return (
        MAP_WORD,
        partnerships_words.PAGE,
        seen.place,
        *(code for code in chosen if code is not None),
    )


def _draw(seen: Scene, form: str) -> bytes:
    """Draw the map of links; what draws is loaded by those who want it."""
    from geo.ui.partenariats import picture as partenariats_picture  # noqa: PLC0415

    return partenariats_picture.picture_bytes(seen, form)
