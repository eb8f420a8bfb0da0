"""Partnership records laid out as five tables, their parties located by their FINESS numbers."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pydantic import BaseModel

from geo.atlas.fields import BETWEEN_CODES, BETWEEN_TEXTS
from geo.atlas.partnership_record import ELEMENTS, Partnership, Party, fields_of
from geo.atlas.schema import TABLES
from geo.atlas.vocabulary import KIND_SECTORS
from geo.establishments.members import principal_sites
from geo.partnerships.records import (
    MEMBER_ROLES,
    STARTS,
    Record,
    year_of,
)

NAMES = ("partnerships", *(f"partnership_{name}" for name in ELEMENTS))
# A party of the same name in the sectors of a partnership: its common structure says how it works,
# not with whom; it counts only when nothing else does.
PARTNER_ROLES = ("associe", "partenaire", "autre_ght")


@dataclass(frozen=True)
class Places:
    """
    Where FINESS numbers are, and the GHT of each legal entity.

    Attributes
    ----------
    sites, entities
        `finess_ej`, `lon`, `lat` (EPSG:4326, may be missing), indexed by `finess_et`; the same of
        the principal site, indexed by `finess_ej`.
    ghts
        `ght_code` of the members, indexed by `finess_ej`.
    """

    sites: pd.DataFrame
    entities: pd.DataFrame
    ghts: pd.Series


def build_places(
    sites: pd.DataFrame, members: pd.DataFrame, others: pd.DataFrame | None = None
) -> Places:
    """
    Index what locates the parties.

    Parameters
    ----------
    sites
        Bundled establishments.
    members
        Bundled members.
    others
        More sites: `finess_et`, `finess_ej`, `lon`, `lat` (the whole of FINESS when it is at hand).

    Returns
    -------
    places
        The bundled coordinates win over those of `others`.
    """
    columns = ["finess_ej", "lon", "lat"]
    located = sites.set_index("finess_et")[columns]
    if others is not None:
        rest = others.drop_duplicates("finess_et").set_index("finess_et")[columns]
        located = pd.concat([located, rest[~rest.index.isin(located.index)]])
    own = members[members.role.isin(("support", "partie"))]
    former = own.set_index("finess_ej").ght_code
    current = own.drop_duplicates("current_finess_ej").set_index("current_finess_ej").ght_code
    ghts = pd.concat([current, former[~former.index.isin(current.index)]])
    names = own.drop_duplicates("current_finess_ej").set_index("current_finess_ej").entity_name
    return Places(located, principal_sites(sites, names.dropna())[["lon", "lat"]], ghts)


def build_partnerships(
    records: Sequence[Record], places: Places, origin: str = "atlas"
) -> dict[str, pd.DataFrame]:
    """
    Lay partnership records out as tables.

    Parameters
    ----------
    records
        Checked ones (see `geo.partnerships.rules.check_records`).
    places
        From `build_places`.
    origin
        "atlas" or "contribution".

    Returns
    -------
    tables
        Those of `NAMES`, as `geo.atlas.schema` describes them, in the order of the records.
    """
    checked = [Partnership.model_validate(record) for record in records]
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in NAMES}
    for item in checked:
        key = {"partnership_id": item.id}
        rows["partnerships"].append(_head(item, origin))
        rows["partnership_parties"] += [key | row for row in _parties(item, places)]
        rows["partnership_events"] += [key | row for row in _events(item)]
        rows["partnership_sources"] += [key | _row(source) for source in item.sources]
        rows["partnership_links"] += [key | _row(link) for link in item.links]
    return {name: typed(name, pd.DataFrame(rows[name])) for name in NAMES}


def typed(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Give a table the columns and the types of its schema; absent columns are unknown."""
    columns = TABLES[name].columns
    ordered = table.reindex(columns=list(columns))
    dtypes = {column: str(spec.dtype) for column, spec in columns.items()}
    return ordered.astype(
        {column: "str" if "str" in dtype else dtype for column, dtype in dtypes.items()}
    )


def sort_key(date: str) -> str:
    """Order dates of unequal precision: within a year or a month, the more precise come first."""
    return f"{date}~"


def _row(element: BaseModel) -> dict[str, Any]:
    """Lay a record, or an element of one of its lists, out as the columns of its fields."""
    given, row = element.model_dump(exclude=set(ELEMENTS)), dict[str, Any]()
    for field in fields_of(type(element)):
        value = field.value_in(given)
        if field.is_list:
            value = (BETWEEN_CODES if field.is_coded else BETWEEN_TEXTS).join(value) or None
        row[field.column] = value
    return row


def _head(item: Partnership, origin: str) -> dict[str, Any]:
    """Row of `partnerships`: what is declared, and the first and last of its dates."""
    starts = [date for name in STARTS if (date := getattr(item.dates, name))]
    start = min(starts, key=lambda stage: sort_key(stage.value), default=None)
    end = item.dates.ended
    return _row(item) | {
        "sectors": BETWEEN_CODES.join(sectors(item.parties)),
        "start_date": start.value if start else None,
        "start_certainty": start.certainty if start else None,
        "start_year": year_of(start.value) if start else None,
        "end_year": year_of(end.value) if end else None,
        "origin": origin,
    }


def sectors(parties: Sequence[Party]) -> list[str]:
    """
    Tell with which sectors a GHT cooperates.

    Returns
    -------
    sectors
        Those of the partners; without any, those of the public parties and of the structures.
    """
    partners = [party for party in parties if party.role in PARTNER_ROLES]
    found = {KIND_SECTORS[party.kind]: None for party in partners}
    if not found:
        others = [party for party in parties if party.role in MEMBER_ROLES]
        found = {KIND_SECTORS[party.kind]: None for party in others or parties}
    return list(found)


def _point(places: pd.DataFrame, code: str | None) -> tuple[float, float]:
    """Read the longitude and the latitude of a FINESS number."""
    row = places.loc[[code], ["lon", "lat"]].to_numpy(dtype="float64")[0]
    return float(row[0]), float(row[1])


def _parties(item: Partnership, places: Places) -> Iterator[dict[str, Any]]:
    """Rows of `partnership_parties`, without the identifier."""
    for rank, party in enumerate(item.parties, 1):
        entity = party.finess_ej
        lon = lat = float("nan")
        if party.finess_et in places.sites.index:
            entity = entity or str(places.sites.at[party.finess_et, "finess_ej"])
            lon, lat = _point(places.sites, party.finess_et)
        elif entity in places.entities.index:
            lon, lat = _point(places.entities, entity)
        yield _row(party) | {
            "party_rank": rank,
            "finess_ej": entity,
            "ght_code": places.ghts.get(entity),
            "is_located": lon == lon,  # noqa: PLR0124 - a missing coordinate differs from itself
            "lon": lon,
            "lat": lat,
        }


def _events(item: Partnership) -> Iterator[dict[str, Any]]:
    """Rows of `partnership_events`, without the identifier: dated ones first, in order."""
    dated = sorted((e for e in item.events if e.date), key=lambda e: sort_key(e.date or ""))
    for rank, event in enumerate([*dated, *(e for e in item.events if not e.date)], 1):
        year = year_of(event.date) if event.date else None
        yield _row(event) | {"event_rank": rank, "year": year}


def keep_listed(
    records: Sequence[Record], ght_codes: Collection[str]
) -> tuple[list[Record], list[tuple[str, str]]]:
    """
    Leave out the GHTs that the list of the day does not have: lists change, records stay.

    Parameters
    ----------
    records
        Checked ones.
    ght_codes
        Codes of the list.

    Returns
    -------
    kept, lost
        The records that still name a GHT, without the others nor the links to what is left out;
        pairs (identifier, code) of what was left out.
    """
    kept = [
        {**record, "ght_codes": [code for code in record["ght_codes"] if code in ght_codes]}
        for record in records
    ]
    kept = [record for record in kept if record["ght_codes"]]
    ids = {record["id"] for record in kept}
    for record in kept:
        links = record.get("links") or []
        record["links"] = [link for link in links if link["target"] in ids]
    lost = [
        (record["id"], code)
        for record in records
        for code in record["ght_codes"]
        if code not in ght_codes
    ]
    return list(kept), lost


def partnership_anomalies(
    tables: Mapping[str, pd.DataFrame], lost: Sequence[tuple[str, str]]
) -> pd.DataFrame:
    """
    List what the sources of partnerships contradict, and what could not be placed.

    Parameters
    ----------
    tables
        From `build_partnerships`.
    lost
        From `keep_listed`.

    Returns
    -------
    anomalies
        `kind`, `ght_code`, `subject`, `detail`, `source`.
    """
    listed = tables["partnerships"]
    own = listed.assign(ght_code=listed.ght_codes.str.split(BETWEEN_CODES).str[0])
    told = own[own.disagreements.notna()]
    told = told.assign(detail=told.disagreements.str.split(BETWEEN_TEXTS)).explode("detail")
    parties = tables["partnership_parties"]
    unplaced = parties[parties.finess_et.notna() & ~parties.is_located]
    homes = own.set_index("partnership_id").ght_code
    columns = ["kind", "ght_code", "subject", "detail", "source"]
    parts = [
        told.assign(kind="partenariat_desaccord", subject=told.partnership_id)[columns[:4]],
        pd.DataFrame(
            {
                "kind": "partenariat_hors_liste",
                "ght_code": unplaced.partnership_id.map(homes),
                "subject": unplaced.partnership_id,
                "detail": unplaced.party_name + " : numéro FINESS " + unplaced.finess_et
                + " sans point dans FINESS. Partie non placée sur la carte.",
            }
        ),
        pd.DataFrame(
            [
                {
                    "kind": "partenariat_hors_liste",
                    "ght_code": None,
                    "subject": identifier,
                    "detail": f"GHT {code} absent de la liste. Partenariat laissé sans ce GHT.",
                }
                for identifier, code in lost
            ],
            columns=columns[:4],
        ),
    ]  # fmt: skip
    return pd.concat([part.astype(object) for part in parts], ignore_index=True).assign(
        source="Liste des partenariats de l'atlas"
    )
