"""Which rows a file of export holds."""

from dataclasses import replace

import pandas as pd

from geo.atlas.fields import BETWEEN_CODES
from geo.atlas.load import Atlas
from geo.atlas.zone_kinds import ZONE_KINDS
from geo.atlas.zones import zone_labels, zone_names, zones_of
from geo.drawing import words as drawing_words
from geo.errors import UserError
from geo.files import words
from geo.files.extract import Extract, with_table
from geo.formats import format_count
from geo.partnerships.collection import (
    Collection,
    Filters,
    collection_of,
    filter_collection,
    oldest_first,
)
from geo.partnerships.counts import holds, split
from geo.partnerships.links import arcs
from geo.territories.measures import territory_table


def place_name(atlas: Atlas, region: str | None, ght: str | None) -> str:
    """Name what is kept, in French."""
    if ght is not None:
        return str(atlas.ghts.set_index("ght_code").ght_name.get(ght, ght))
    if region is not None:
        return str(atlas.regions.set_index("reg_code").reg_name.get(region, region))
    return drawing_words.WHOLE_COUNTRY


def _territories(atlas: Atlas) -> pd.DataFrame:
    """Every territory, with its region as it is filtered."""
    return territory_table(atlas)


def _communes(atlas: Atlas) -> pd.DataFrame:
    """Every commune with the territory it is assigned to."""
    names = atlas.territories.set_index("area_code").area_name
    table = atlas.communes.merge(atlas.assignments, on="insee_code", how="left", validate="1:1")
    table = table.merge(atlas.people, on="insee_code", how="left", validate="1:1")
    codes = table.insee_code
    return table.assign(
        area_name=table.area_code.map(names),
        arrondissement=codes.map(zones_of(atlas, "arrondissement")),
        epci=codes.map(zones_of(atlas, "epci")),
        epci_name=zone_labels(atlas, "epci", codes),
    )


def _zones(atlas: Atlas) -> pd.DataFrame:
    """Every commune with its zones of every kind, code and name: under ODbL, hence apart."""
    homes = ["insee_code", "commune_name", "reg_code"]
    table = atlas.communes[homes].merge(atlas.assignments[["insee_code", "area_code", "ght_code"]])
    for kind in ZONE_KINDS:
        table[kind] = table.insee_code.map(zones_of(atlas, kind))
        table[f"{kind}_name"] = table[kind].map(zone_names(atlas, kind))
    return table


def _establishments(atlas: Atlas) -> pd.DataFrame:
    """Every establishment with the region of its commune."""
    regions = atlas.communes.set_index("insee_code").reg_code
    return atlas.establishments.assign(reg_code=atlas.establishments.insee_code.map(regions))


def _partnerships(atlas: Atlas) -> pd.DataFrame:
    """Every partnership, with the regions of its GHTs."""
    table = oldest_first(atlas.partnerships)
    homes = atlas.ghts.set_index("ght_code").reg_code
    joined = [
        BETWEEN_CODES.join(sorted({str(homes.get(code, "")) for code in split(cell)}))
        for cell in table.ght_codes
    ]
    return table.assign(reg_codes=pd.Series(joined, index=table.index, dtype="str"))


def link_table(collection: Collection) -> pd.DataFrame:
    """List the links between located parties: the columns of `arcs`, without their curve."""
    return arcs(collection, 2).drop(columns="path")


def party_table(collection: Collection) -> pd.DataFrame:
    """List the parties, located or not, each with the title of its partnership."""
    titles = collection.partnerships.set_index("partnership_id").title
    table = collection.parties
    return table.assign(title=table.partnership_id.map(titles)).reset_index(drop=True)


# Of the partnerships that are kept
PARTS = {"links": link_table, "parties": party_table}
READERS = {
    "territories": _territories,
    "communes": _communes,
    "zones": _zones,
    "establishments": _establishments,
    "partnerships": _partnerships,
}


def _holds(table: pd.DataFrame, name: str, code: str) -> pd.Series:
    """Tell which rows carry a code, alone or in a list joined by semicolons."""
    if name in table:
        return (table[name] == code).fillna(False).astype(bool)
    return holds(table[f"{name}s"], [code])


def rows(
    atlas: Atlas, what: str, region: str | None = None, ght: str | None = None
) -> pd.DataFrame:
    """
    Choose the rows of an export.

    Parameters
    ----------
    atlas
        The bundled tables.
    what
        Key of `geo.files.words.WHAT`.
    region, ght
        Codes to keep; everything when None.

    Returns
    -------
    table
        Columns under the names of `geo.atlas.schema`, in its order, then the derived ones.

    Raises
    ------
    UserError
        If `what` is unknown.
    """
    if what in PARTS:
        return PARTS[what](filter_collection(collection_of(atlas), Filters(region=region, ght=ght)))
    if what not in READERS:
        known = ", ".join((*READERS, *PARTS))
        raise UserError(words.UNKNOWN_WHAT.format(what=what, known=known))
    table = READERS[what](atlas)
    for name, code in (("reg_code", region), ("ght_code", ght)):
        if code is not None:
            table = table[_holds(table, name, code)]
    return table.reset_index(drop=True)


def extract(atlas: Atlas, what: str, region: str | None = None, ght: str | None = None) -> Extract:
    """
    Prepare an export of the bundled tables.

    Parameters
    ----------
    atlas
        The bundled tables.
    what
        Key of `geo.files.words.WHAT`.
    region, ght
        Codes to keep; everything when None.

    Returns
    -------
    extract
        Rows, notes, sources, meanings of the columns and file name.

    Raises
    ------
    UserError
        If `what` is unknown.
    """
    table = rows(atlas, what, region, ght)
    named = place_name(atlas, region, None) if region else words.ALL
    group = f"{place_name(atlas, None, ght)} ({ght})" if ght else words.ALL
    filters = (
        (words.NOTE_REGION, f"{named} ({region})" if region else named),
        (words.NOTE_GHT, group),
    )
    place = place_name(atlas, region, ght)
    # Lines without their ends say little: the parties go with the links.
    others = {"parties": rows(atlas, "parties", region, ght)} if what == "links" else {}
    return replace(with_table(atlas, what, place, table, filters), others=others)


def written(extract: Extract, path: object) -> str:
    """Say what was written where."""
    lines = format_count(len(extract.table), "ligne écrite", "lignes écrites")
    return f"{lines} dans {path}."
