"""What an export holds: the rows asked for, and everything needed to cite them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from geo import wording
from geo.atlas.load import Atlas
from geo.atlas.schema import TABLES, dictionary
from geo.files import words
from geo.files.csv import file_name
from geo.formats import format_date

Notes = tuple[tuple[str, str], ...]
SOURCE_COLUMNS = {name: text for name, text in wording.SOURCE_COLUMNS.items() if name != "sha256"}


@dataclass(frozen=True)
class Extract:
    """
    Rows ready to be written, in any format.

    Attributes
    ----------
    what
        Key of `geo.files.words.WHAT`.
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
        Geometry of each row (EPSG:4326), in their order; None for what `geo.files.geofiles` finds.
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


def model_notes(atlas: Atlas) -> Notes:
    """Say which model the bundled territories come from, and with which parameters."""
    return ((words.NOTE_MODEL, wording.MODEL_NAME), *parameter_notes(atlas))


def parameter_notes(atlas: Atlas, leave: tuple[str, ...] = ()) -> Notes:
    """List the parameters of the data, but for those named in `leave`."""
    return tuple(
        (words.PARAMETER.format(name=name), str(value))
        for name, value in sorted(atlas.manifest.parameters.items())
        if name not in leave
    )


def notes_of(
    atlas: Atlas, title: str, table: pd.DataFrame, filters: Notes, model: Notes = ()
) -> Notes:
    """Say what a file holds: content, filters, model (the bundled one by default), version."""
    manifest = atlas.manifest
    return (
        (words.NOTE_TITLE, title),
        (words.NOTE_ROWS, str(len(table))),
        *filters,
        (words.NOTE_VINTAGES, atlas.vintages.line),
        (words.NOTE_VERSION, atlas.version),
        (words.NOTE_DATE, format_date(manifest.build_date)),
        (words.NOTE_CODE, manifest.code_version),
        *(model or model_notes(atlas)),
        (words.NOTE_WARNING, " ".join(wording.MODEL_DECLARATION)),
        (words.NOTE_UNKNOWN, words.UNKNOWN_RULE),
        (words.NOTE_LICENCE, words.licence_rule(title)),
    )


def sources_of(atlas: Atlas) -> pd.DataFrame:
    """List the sources of the data under French column names."""
    table = pd.DataFrame(list(atlas.manifest.sources)).reindex(columns=list(SOURCE_COLUMNS))
    return table.rename(columns=SOURCE_COLUMNS)


def meanings_of(atlas: Atlas, what: str, table: pd.DataFrame) -> pd.DataFrame:
    """Describe the columns that the schema knows, as the table of that name has them first."""
    known = dictionary(atlas.vintages).sort_values(
        "table", key=lambda names: names != what, kind="stable"
    )
    known = known[known.table.isin(TABLES)].drop_duplicates("column").set_index("column")
    chosen = known.reindex([str(name) for name in table.columns if name in known.index])
    return chosen[["unit", "description"]].reset_index()


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
        Key of `geo.files.words.WHAT`, or a French title of its own.
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
    title = words.WHAT.get(what, what)
    name = file_name((title, place), atlas.manifest.build_date, atlas.version, "x")
    return Extract(
        what, place, table, notes_of(atlas, title, table, filters, model), sources_of(atlas),
        meanings_of(atlas, what, table), name.removesuffix(".x"),
    )  # fmt: skip
