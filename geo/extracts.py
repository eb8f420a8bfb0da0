"""What an export holds: the rows asked for, and everything needed to cite them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import geopandas as gpd
import pandas as pd

from geo import wording, wording_exports
from geo.errors import UserError
from geo.exports import file_name
from geo.formats import format_count, format_date
from geo.load import Atlas
from geo.measures import territory_table
from geo.partnership_layers import arcs
from geo.partnerships import Collection, Filters, collection_of, filter_collection
from geo.schema import TABLES, dictionary

Notes = tuple[tuple[str, str], ...]
SOURCE_COLUMNS = {name: text for name, text in wording.SOURCE_COLUMNS.items() if name != "sha256"}


@dataclass(frozen=True)
class Extract:
    """
    Rows ready to be written, in any format.

    Attributes
    ----------
    what
        Key of `geo.wording_exports.WHAT`.
    place
        French name of the filter: a region, a GHT or the country.
    table
        The rows. Codes are texts; unknown values are missing.
    notes
        French label and value: content, filters, model, parameters, version.
    sources
        French columns: title, producer, vintage, licence, address.
    meanings
        `column`, `unit`, `description` of the columns that the schema knows; may be empty.
    name
        Of the file, without its extension.
    shapes
        Geometry of each row (EPSG:4326), in their order; None for what `geo.geofiles` finds.
    others
        Tables that go with the rows, by their `what`: more sheets, and more layers for those that
        have a geometry.
    """

    what: str
    place: str
    table: pd.DataFrame = field(repr=False)
    notes: Notes
    sources: pd.DataFrame = field(repr=False)
    meanings: pd.DataFrame = field(repr=False)
    name: str
    shapes: gpd.GeoSeries | None = field(default=None, repr=False)
    others: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)


def place_name(atlas: Atlas, region: str | None, ght: str | None) -> str:
    """Name what is kept, in French."""
    if ght is not None:
        return str(atlas.ghts.set_index("ght_code").ght_name.get(ght, ght))
    if region is not None:
        return str(atlas.regions.set_index("reg_code").reg_name.get(region, region))
    return wording_exports.WHOLE_COUNTRY


def _territories(atlas: Atlas) -> pd.DataFrame:
    """Every territory, with its region as it is filtered."""
    return territory_table(atlas)


def _communes(atlas: Atlas) -> pd.DataFrame:
    """Every commune with the territory it is assigned to."""
    names = atlas.territories.set_index("area_code").area_name
    table = atlas.communes.merge(atlas.assignments, on="insee_code", how="left", validate="1:1")
    return table.assign(area_name=table.area_code.map(names))


def _establishments(atlas: Atlas) -> pd.DataFrame:
    """Every establishment with the region of its commune."""
    regions = atlas.communes.set_index("insee_code").reg_code
    return atlas.establishments.assign(reg_code=atlas.establishments.insee_code.map(regions))


def _partnerships(atlas: Atlas) -> pd.DataFrame:
    """Every partnership, with the regions of its GHTs."""
    table = atlas.tables["partnerships"].copy(deep=False)
    homes = atlas.ghts.set_index("ght_code").reg_code
    codes = table.ght_codes.str.split(";")
    joined = [";".join(sorted({str(homes.get(code, "")) for code in some})) for some in codes]
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
    "establishments": _establishments,
    "partnerships": _partnerships,
}


def _holds(table: pd.DataFrame, name: str, code: str) -> pd.Series:
    """Tell which rows carry a code, alone or in a list joined by semicolons."""
    if name in table:
        return (table[name] == code).fillna(False).astype(bool)
    return table[f"{name}s"].str.split(";").map(lambda codes: code in codes).astype(bool)


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
        Key of `geo.wording_exports.WHAT`.
    region, ght
        Codes to keep; everything when None.

    Returns
    -------
    table
        Columns under the names of `geo.schema`, in its order, then the derived ones.

    Raises
    ------
    UserError
        If `what` is unknown.
    """
    if what in PARTS:
        return PARTS[what](filter_collection(collection_of(atlas), Filters(region=region, ght=ght)))
    if what not in READERS:
        known = ", ".join((*READERS, *PARTS))
        raise UserError(wording_exports.UNKNOWN_WHAT.format(what=what, known=known))
    table = READERS[what](atlas)
    for name, code in (("reg_code", region), ("ght_code", ght)):
        if code is not None:
            table = table[_holds(table, name, code)]
    return table.reset_index(drop=True)


def model_notes(atlas: Atlas) -> Notes:
    """Say which model the bundled territories come from, and with which parameters."""
    return ((wording_exports.NOTE_MODEL, wording.MODEL_NAME), *parameter_notes(atlas))


def parameter_notes(atlas: Atlas, leave: tuple[str, ...] = ()) -> Notes:
    """List the parameters of the data, but for those named in `leave`."""
    return tuple(
        (wording_exports.PARAMETER.format(name=name), str(value))
        for name, value in sorted(atlas.manifest.parameters.items())
        if name not in leave
    )


def notes_of(
    atlas: Atlas, title: str, table: pd.DataFrame, filters: Notes, model: Notes = ()
) -> Notes:
    """Say what a file holds: content, filters, model (the bundled one by default), version."""
    manifest = atlas.manifest
    return (
        (wording_exports.NOTE_TITLE, title),
        (wording_exports.NOTE_ROWS, str(len(table))),
        *filters,
        (wording_exports.NOTE_VERSION, atlas.version),
        (wording_exports.NOTE_DATE, format_date(manifest.build_date)),
        (wording_exports.NOTE_CODE, manifest.code_version),
        *(model or model_notes(atlas)),
        (wording_exports.NOTE_WARNING, " ".join(wording.MODEL_DECLARATION)),
        (wording_exports.NOTE_UNKNOWN, wording_exports.UNKNOWN_RULE),
        (wording_exports.NOTE_LICENCE, wording_exports.LICENCE_RULE),
    )


def sources_of(atlas: Atlas) -> pd.DataFrame:
    """List the sources of the data under French column names."""
    table = pd.DataFrame(list(atlas.manifest.sources)).reindex(columns=list(SOURCE_COLUMNS))
    return table.rename(columns=SOURCE_COLUMNS)


def meanings_of(what: str, table: pd.DataFrame) -> pd.DataFrame:
    """Describe the columns that the schema knows, as the table of that name has them first."""
    known = dictionary().sort_values("table", key=lambda names: names != what, kind="stable")
    known = known[known.table.isin(TABLES)].drop_duplicates("column").set_index("column")
    chosen = known.reindex([str(name) for name in table.columns if name in known.index])
    return chosen[["unit", "description"]].reset_index()


def extract(atlas: Atlas, what: str, region: str | None = None, ght: str | None = None) -> Extract:
    """
    Prepare an export of the bundled tables.

    Parameters
    ----------
    atlas
        The bundled tables.
    what
        Key of `geo.wording_exports.WHAT`.
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
    named = place_name(atlas, region, None) if region else wording_exports.ALL
    group = f"{place_name(atlas, None, ght)} ({ght})" if ght else wording_exports.ALL
    filters = (
        (wording_exports.NOTE_REGION, f"{named} ({region})" if region else named),
        (wording_exports.NOTE_GHT, group),
    )
    place = place_name(atlas, region, ght)
    # Lines without their ends say little: the parties go with the links.
    others = {"parties": rows(atlas, "parties", region, ght)} if what == "links" else {}
    return replace(with_table(atlas, what, place, table, filters), others=others)


def with_table(
    atlas: Atlas,
    what: str,
    place: str,
    table: pd.DataFrame,
    filters: Notes = (),
    model: Notes = (),
) -> Extract:
    """
    Prepare an export of exactly what a page shows.

    Parameters
    ----------
    atlas
        The bundled tables, for provenance.
    what
        Key of `geo.wording_exports.WHAT`, or a French title of its own.
    place
        French name of what is kept.
    table
        As it is shown.
    filters
        French label and value of each filter in force.
    model
        French label and value of what the rows were computed with; the model of the bundled
        territories when empty.

    Returns
    -------
    extract
        See `extract`.
    """
    title = wording_exports.WHAT.get(what, what)
    name = file_name((title, place), atlas.manifest.build_date, atlas.version, "x")
    return Extract(
        what, place, table, notes_of(atlas, title, table, filters, model), sources_of(atlas),
        meanings_of(what, table), name.removesuffix(".x"),
    )  # fmt: skip


def source_sentence(atlas: Atlas) -> str:
    """Write the provenance of a file in one line."""
    listed = " ; ".join(
        f"{source['title']} ({source['producer'].partition(',')[0]}, {source['vintage']})"
        for source in atlas.manifest.sources
    )
    return wording.source_line(listed, atlas.version, format_date(atlas.manifest.build_date))


def written(extract: Extract, path: object) -> str:
    """Say what was written where."""
    lines = format_count(len(extract.table), "ligne écrite", "lignes écrites")
    return f"{lines} dans {path}."
