"""Partnerships as they are looked at together: filtered, counted, found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from geo.atlas import vocabulary
from geo.atlas.fields import BETWEEN_TEXTS
from geo.atlas.load import Atlas
from geo.atlas.partnership_record import ELEMENTS
from geo.errors import UserError
from geo.formats import MONTHS, format_date
from geo.partnerships import words_tables as wording
from geo.partnerships.bundled import NAMES, build_partnerships, build_places
from geo.partnerships.counts import count_partnerships, holds, split
from geo.partnerships.records import Record, precision_of
from geo.partnerships.rules import Known

CONTRIBUTION: Final = "contribution"
ENDED: Final = "termine"
_GHT_COLUMNS: Final = ["ght_code", "ght_name", "reg_code", "support_finess_ej", "support_name"]


@dataclass(frozen=True)
class Collection:
    """
    The tables of partnerships that are looked at together, and the GHTs they may name.

    Attributes
    ----------
    partnerships, parties, events, sources, links
        As `geo.atlas.schema` describes them; the first in the order of `oldest_first`.
    ghts
        Every GHT of the list: `ght_code`, `ght_name`, `reg_code`, `support_finess_ej`,
        `support_name`, and the `lon`, `lat` of the support establishment (may be missing).
    regions
        Names, indexed by `reg_code`.
    """

    partnerships: pd.DataFrame
    parties: pd.DataFrame
    events: pd.DataFrame
    sources: pd.DataFrame
    links: pd.DataFrame
    ghts: pd.DataFrame
    regions: pd.Series


@dataclass(frozen=True)
class Filters:
    """
    What to keep; None keeps everything.

    Attributes
    ----------
    region, ght, form, domain, status, sector
        Codes.
    first_year, last_year
        A partnership is kept if it was alive in one of these years, both included.
    with_undated
        Whether a range of years keeps the partnerships whose start is unknown.
    """

    region: str | None = None
    ght: str | None = None
    form: str | None = None
    domain: str | None = None
    status: str | None = None
    sector: str | None = None
    first_year: int | None = None
    last_year: int | None = None
    with_undated: bool = True


@dataclass(frozen=True)
class Choices:
    """
    What a collection can be filtered by: code -> label, only codes that are there.

    Attributes
    ----------
    regions, ghts, forms, domains, statuses, sectors
        In the order they are shown.
    first_year, last_year
        Years of the earliest and of the latest start; None when no start is known.
    """

    regions: Mapping[str, str]
    ghts: Mapping[str, str]
    forms: Mapping[str, str]
    domains: Mapping[str, str]
    statuses: Mapping[str, str]
    sectors: Mapping[str, str]
    first_year: int | None
    last_year: int | None


def oldest_first(partnerships: pd.DataFrame) -> pd.DataFrame:
    """Put partnerships in the order of every list: what is stated before what is inferred."""
    order = ["start_date", "start_certainty", "partnership_id"]
    return partnerships.sort_values(
        order, ascending=[True, False, True], na_position="last", ignore_index=True
    )


def collection_of(atlas: Atlas) -> Collection:
    """Take the partnerships of an atlas."""
    places = build_places(atlas.establishments, atlas.members).entities
    ghts = atlas.ghts[_GHT_COLUMNS].join(places, on="support_finess_ej")
    regions = atlas.regions.set_index("reg_code").reg_name
    return Collection(
        oldest_first(atlas.partnerships),
        atlas.partnership_parties,
        atlas.partnership_events,
        atlas.partnership_sources,
        atlas.partnership_links,
        ghts,
        regions,
    )


def known_codes(atlas: Atlas) -> Known:
    """
    List the codes that a contribution may name.

    Returns
    -------
    known
        GHTs of the list, FINESS numbers of the bundled establishments, of the members and of the
        parties already placed, identifiers of the partnerships.
    """
    parties, sites, members = atlas.partnership_parties, atlas.establishments, atlas.members
    entities = pd.concat(
        [sites.finess_ej, members.finess_ej, members.current_finess_ej, parties.finess_ej]
    )
    return Known(
        ght_codes=frozenset(atlas.ghts.ght_code),
        finess_ej=frozenset(entities.dropna()),
        finess_et=frozenset(pd.concat([sites.finess_et, parties.finess_et]).dropna()),
        ids=frozenset(atlas.partnerships.partnership_id),
    )


def with_records(collection: Collection, records: Sequence[Record], atlas: Atlas) -> Collection:
    """
    Add records that a person brought.

    Parameters
    ----------
    collection
        What they join.
    records
        Checked ones (see `geo.partnerships.rules.check_records`).
    atlas
        Locates the parties.

    Returns
    -------
    collection
        The added rows have the origin "contribution".
    """
    known = atlas.partnership_parties.dropna(subset=["finess_et"])
    places = build_places(atlas.establishments, atlas.members, known)
    added = build_partnerships(records, places, CONTRIBUTION)
    tables: dict[str, Any] = {
        field: pd.concat([table, added[name]], ignore_index=True)
        for (field, table), name in zip(tables_of(collection).items(), NAMES, strict=True)
    }
    tables["partnerships"] = oldest_first(tables["partnerships"])
    return replace(collection, **tables)


def tables_of(collection: Collection) -> dict[str, pd.DataFrame]:
    """List the five tables by their field, in the order of `NAMES`."""
    return {name: getattr(collection, name) for name in ("partnerships", *ELEMENTS)}


def sentences(text: object) -> list[str]:
    """Take a cell of sentences apart; a missing cell gives nothing."""
    return text.split(BETWEEN_TEXTS) if isinstance(text, str) else []


# Filters


def filter_collection(collection: Collection, filters: Filters) -> Collection:
    """
    Keep the partnerships that pass every filter, with all that belongs to them.

    Parameters
    ----------
    collection
        What to look in.
    filters
        What to keep.

    Returns
    -------
    collection
        The same GHTs; links whose other end was left out are left out too.
    """
    table = collection.partnerships
    kept = pd.Series(True, index=table.index)
    if filters.region is not None:
        ghts = collection.ghts
        kept &= holds(table.ght_codes, ghts.ght_code[ghts.reg_code == filters.region])
    for column, code in (
        ("ght_codes", filters.ght),
        ("domains", filters.domain),
        ("sectors", filters.sector),
    ):
        if code is not None:
            kept &= holds(table[column], [code])
    for column, code in (("form", filters.form), ("status", filters.status)):
        if code is not None:
            kept &= table[column] == code
    kept &= _alive(table, filters)
    ids = table.partnership_id[kept]
    rows = {name: t[t.partnership_id.isin(ids)] for name, t in tables_of(collection).items()}
    rows["links"] = rows["links"][rows["links"].target_id.isin(ids)]
    kept_rows: dict[str, Any] = {name: t.reset_index(drop=True) for name, t in rows.items()}
    return replace(collection, **kept_rows)


def _alive(table: pd.DataFrame, filters: Filters) -> pd.Series:
    """Tell the partnerships that were alive in the range of years."""
    if filters.first_year is None and filters.last_year is None:
        return pd.Series(True, index=table.index)
    begun = table.start_year <= (filters.last_year or 9999)
    going = table.end_year.isna() | (table.end_year >= (filters.first_year or 0))
    unknown = table.start_year.isna()
    alive = begun.fillna(False) & going.fillna(True)
    # An unknown start with a known end may still be out of the range.
    return alive.where(~unknown, going.fillna(True) & filters.with_undated).astype(bool)


def _present(labels: Mapping[str, str], codes: Iterable[str]) -> dict[str, str]:
    """Keep the labels of the codes that are there."""
    found = set(codes)
    return {code: label for code, label in labels.items() if code in found}


def choices(collection: Collection) -> Choices:
    """List what a collection can be filtered by."""
    table = collection.partnerships
    codes = {code for cell in table.ght_codes for code in split(cell)}
    ghts = collection.ghts[collection.ghts.ght_code.isin(codes)].sort_values("ght_name")
    regions = collection.regions.sort_values()
    years = table.start_year.dropna()
    return Choices(
        regions={str(c): n for c, n in regions.items() if c in set(ghts.reg_code)},
        ghts=dict(zip(ghts.ght_code, ghts.ght_name, strict=True)),
        forms=_present(vocabulary.FORMS, table.form),
        domains=_present(vocabulary.DOMAINS, (c for cell in table.domains for c in split(cell))),
        statuses=_present(vocabulary.STATUSES, table.status),
        sectors=_present(vocabulary.SECTORS, (c for cell in table.sectors for c in split(cell))),
        first_year=int(years.min()) if len(years) else None,
        last_year=int(years.max()) if len(years) else None,
    )


def counts_by_ght(collection: Collection) -> pd.Series:
    """Count the partnerships of each GHT: see `geo.partnerships.counts.count_partnerships`."""
    return count_partnerships(collection.partnerships.ght_codes, collection.ghts.ght_code)


def french_date(text: object, certainty: object = None) -> str:
    """
    Write a date of any precision for a reader.

    Returns
    -------
    french
        ``"16 mai 2018"``, ``"mars 2018"``, ``"2018"``, ``"2018 (déduit)"``, ``"date inconnue"``.
    """
    if not isinstance(text, str):
        return wording.UNKNOWN_DATE
    if precision_of(text) == "day":
        shown = format_date(text)
    elif precision_of(text) == "month":
        year, month = text.split("-")
        shown = f"{MONTHS[int(month) - 1]} {year}"
    else:
        shown = text
    return wording.inferred(shown) if certainty == "inferred" else shown


def french_end(ended: object, certainty: object, status: str) -> str | None:
    """
    Write the end of a partnership for a reader.

    Returns
    -------
    french
        As `french_date`; when no date is known, that it is over, or None when it may go on.
    """
    if isinstance(ended, str):
        return french_date(ended, certainty)
    return wording.ENDED_UNDATED if status == ENDED else None


def find(collection: Collection, partnership_id: str) -> pd.Series:
    """
    Find a partnership.

    Raises
    ------
    UserError
        If there is none of that identifier.
    """
    table = collection.partnerships
    rows = table[table.partnership_id == partnership_id]
    if rows.empty:
        raise UserError(wording.unknown_partnership(partnership_id))
    return rows.iloc[0]
