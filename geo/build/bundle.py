"""Write the bundle: tables, shapes, drawings and manifest, swapped in when all is right."""

import datetime
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

import geo
from geo.atlas.manifest import FILE_NAME, BundledFile, Manifest, bundled_file
from geo.catchment.models import DEFAULT_MODEL, defaults_of
from geo.drawing import topology
from geo.errors import UserError
from geo.establishments import sites
from geo.geography.borders import shared_borders
from geo.roads.parameters import HELD_OUT, read_errors
from geo.sources.reading import SUPPLIED_LIST, WANTED, Log, newer_surveys, provenance
from geo.sources.registry import SOURCES
from geo.territories import areas as territories_areas

TRAVEL_TIME: Final = "par la route, réseau {year}"


def write_files(
    folder: Path, tables: Mapping[str, pd.DataFrame], polygons: gpd.GeoDataFrame, log: Log
) -> dict[str, BundledFile]:
    """
    Write every file of the bundle but the manifest.

    Parameters
    ----------
    folder
        Empty folder.
    tables
        Checked tables by name.
    polygons
        Communes: `insee_code`, full polygon.
    log
        Where the counts go.

    Returns
    -------
    files
        Name -> description, for the manifest.
    """
    files = {name: write_table(folder, f"{name}.parquet", table) for name, table in tables.items()}
    shapes = polygons.merge(tables["communes"][["insee_code", "dep_code", "reg_code"]])
    for reg_code, group in shapes.groupby("reg_code"):
        columns = group[["insee_code", "geometry"]]
        name = f"shapes/communes_{reg_code}"
        files[name] = write_table(folder, f"{name}.parquet", columns)
    light = topology.simplify_coverage(polygons, topology.LIGHT_DEGREES)
    files["shapes/communes_light"] = write_table(folder, "shapes/communes_light.parquet", light)
    files["shapes/borders"] = write_table(
        folder, "shapes/borders.parquet", shared_borders(polygons)
    )
    keys = tables["assignments"][["insee_code", "area_code"]]
    areas = territories_areas.area_polygons(polygons, keys)
    files["shapes/territories"] = write_table(
        folder, "shapes/territories.parquet", areas.reset_index()
    )
    kinds = tables["territories"].set_index("area_code").kind
    layers = shapes.drop(columns="geometry").merge(keys, on="insee_code")
    for stem, content in topology.drawings(polygons, layers, kinds).items():
        path = folder / "drawing" / f"{stem}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        files[f"drawing/{stem}"] = bundled_file(folder, f"drawing/{stem}.json")
    log.note("fichiers", nombre=len(files), octets=sum(f.size_bytes for f in files.values()))
    return files


def write_table(folder: Path, file: str, table: pd.DataFrame) -> BundledFile:
    """Write one Parquet table, the same bytes for the same rows."""
    path = folder / file
    path.parent.mkdir(exist_ok=True)
    table.to_parquet(path, compression="zstd", compression_level=9, index=False)
    return bundled_file(folder, file, len(table), tuple(table.columns))


def _build_date() -> str:
    """Date of the build; SOURCE_DATE_EPOCH fixes it for reproducible builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = (
        datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
        if epoch
        else datetime.datetime.now(datetime.UTC)
    )
    return moment.date().isoformat()


@dataclass(frozen=True)
class Origin:
    """Where a bundle comes from: its sources and its parameters, as the manifest has them."""

    sources: tuple[Mapping[str, str], ...]
    parameters: Mapping[str, Any]


def origin_of(paths: Mapping[str, Path]) -> Origin:
    """Describe the raw files, by key of source, and the parameters in force."""
    held_out = read_errors().set_index("test").loc[HELD_OUT]
    (network,) = (source.vintage for source in SOURCES if source.key == "road_posts")
    parameters = {
        "model": DEFAULT_MODEL,
        **defaults_of(DEFAULT_MODEL),
        "travel_time": TRAVEL_TIME.format(year=network),
        "travel_error_min": float(str(held_out.mean_error_min)),
        "travel_error_percent": float(str(held_out.median_error_percent)),
        "remote_km": sites.REMOTE_KM,
        "door_km": sites.DOOR_KM,
    }
    given = [*newer_surveys(paths).values()]
    given += [SUPPLIED_LIST] if SUPPLIED_LIST.key in paths else []
    read = tuple(provenance(source, paths[source.key]) for source in (*WANTED, *given))
    return Origin(read, parameters)


def describe(origin: Origin, files: Mapping[str, BundledFile], log: Log) -> Manifest:
    """
    Describe the bundle and where it comes from.

    Parameters
    ----------
    origin
        From `origin_of`.
    files
        From `write_files`.
    log
        The counts of the build.

    Returns
    -------
    manifest
        Ready to be written.
    """
    return Manifest(
        _build_date(), geo.__version__, files, origin.sources, origin.parameters, log.counts
    )


def check_replaceable(out: Path) -> None:
    """
    Refuse to replace anything but an earlier bundle: a folder given by mistake would be lost.

    Raises
    ------
    UserError
        If `out` is a file, or a folder with other things in it.
    """
    is_free = not out.exists() or (out.is_dir() and not any(out.iterdir()))
    if not is_free and not (out / FILE_NAME).is_file():
        raise UserError(
            f"« {out} » existe et n'est pas un dossier de données de l'atlas : il serait remplacé. "
            "Donnez à --out un dossier vide ou nouveau."
        )


def swap(new: Path, out: Path) -> None:
    """Put a finished folder in the place of the previous one, which stays until the last moment."""
    previous = out.with_name(out.name + ".previous")
    shutil.rmtree(previous, ignore_errors=True)
    if out.exists():
        out.rename(previous)
    try:
        new.rename(out)
    except OSError:
        if previous.exists():
            previous.rename(out)
        raise
    shutil.rmtree(previous, ignore_errors=True)
