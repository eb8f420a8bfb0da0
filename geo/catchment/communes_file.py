"""Catchments as files: one row per commune, with or without its polygon."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.atlas.load import Atlas
from geo.catchment.assignment import Assignment
from geo.errors import UserError
from geo.files.csv import safe

FORMATS = ("csv", "parquet", "gpkg")


def catchment_table(atlas: Atlas, assignment: Assignment) -> pd.DataFrame:
    """
    Describe each commune of an assignment.

    Returns
    -------
    table
        `insee_code`, `commune_name`, `dep_code`, `reg_code`, `population` and the columns of the
        assignment, sorted by `insee_code`.
    """
    names = ["insee_code", "commune_name", "dep_code", "reg_code", "population"]
    table = atlas.communes[names].merge(assignment.communes, on="insee_code")
    return table.sort_values("insee_code", ignore_index=True)


def commune_polygons(atlas: Atlas) -> gpd.GeoDataFrame:
    """Read the full polygons of every commune, EPSG:4326."""
    parts = [gpd.read_parquet(atlas.shapes(f"communes_{code}")) for code in atlas.regions.reg_code]
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=parts[0].crs)


def write_catchment(atlas: Atlas, assignment: Assignment, out: Path, form: str) -> int:
    """
    Write an assignment.

    Parameters
    ----------
    atlas
        The bundled tables.
    assignment
        What a model says.
    out
        File to write.
    form
        "csv" (texts disarmed for spreadsheets), "parquet", or "gpkg" (with the full polygons).

    Returns
    -------
    count
        Rows written.

    Raises
    ------
    UserError
        If the format is unknown or the file cannot be written.
    """
    if form not in FORMATS:
        raise UserError(f"Format « {form} » inconnu. Formats : {', '.join(FORMATS)}.")
    table = catchment_table(atlas, assignment)
    try:
        if form == "csv":
            safe(table).to_csv(out, index=False)
        elif form == "parquet":
            table.to_parquet(out, index=False)
        else:
            commune_polygons(atlas).merge(table, on="insee_code").to_file(
                out, layer="communes", driver="GPKG"
            )
    except OSError as error:
        raise UserError(f"{out} : écriture impossible ({error.strerror or error}).") from error
    return len(table)
