"""Exports with geometry: GeoJSON, GeoPackage and GeoParquet, WGS84; lines, points, polygons."""

import io
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from geo.atlas.load import Atlas
from geo.atlas.schema import CRS
from geo.drawing import words as drawing_words
from geo.errors import UserError
from geo.files import words
from geo.files.csv import slug
from geo.files.extract import Extract

COORDINATE_DECIMALS: Final = 6
Shapes = gpd.GeoSeries


def _polygons(atlas: Atlas, stems: list[str], key: str) -> Shapes:
    """Read polygons by code."""
    parts = [gpd.read_parquet(atlas.shapes(stem)).set_index(key).geometry for stem in stems]
    if not parts:
        return gpd.GeoSeries([], index=pd.Index([], dtype="str"), crs=CRS)
    return gpd.GeoSeries(pd.concat(parts), crs=CRS)


def commune_shapes(atlas: Atlas, codes: pd.Series) -> Shapes:
    """Read the full polygons of communes, in the order of their codes."""
    regions = atlas.communes.set_index("insee_code").reg_code.reindex(codes)
    stems = [f"communes_{code}" for code in sorted(set(regions.dropna()))]
    return gpd.GeoSeries(_polygons(atlas, stems, "insee_code").reindex(codes))


def _commune_shapes(atlas: Atlas, table: pd.DataFrame) -> Shapes:
    """Read the communes of the regions in a table, not those of the country."""
    return commune_shapes(atlas, table.insee_code)


def _territory_shapes(atlas: Atlas, table: pd.DataFrame) -> Shapes:
    """Read the territories; a GHT without a modelled territory has no polygon."""
    return gpd.GeoSeries(_polygons(atlas, ["territories"], "area_code").reindex(table.area_code))


def _site_shapes(atlas: Atlas, table: pd.DataFrame) -> Shapes:  # noqa: ARG001
    """Make the points of establishments; one without coordinates has none."""
    points = gpd.points_from_xy(table.lon, table.lat, crs=CRS)
    return gpd.GeoSeries(points).where(table.lon.notna().to_numpy(), None)


def _partnership_shapes(atlas: Atlas, table: pd.DataFrame) -> Shapes:
    """Gather the located parties of each partnership, as one set of points."""
    parties = atlas.tables["partnership_parties"]
    located = parties[parties.lon.notna() & parties.lat.notna()]
    groups = located.groupby("partnership_id")[["lon", "lat"]]
    found = {code: shapely.MultiPoint(group.to_numpy()) for code, group in groups}
    points = pd.Series([found.get(code) for code in table.partnership_id], dtype="object")
    return gpd.GeoSeries(points, crs=CRS)


def _link_shapes(atlas: Atlas, table: pd.DataFrame) -> Shapes:  # noqa: ARG001
    """Draw a straight line from one end of a link to the other: it is not a road."""
    ends = table[["from_lon", "from_lat", "to_lon", "to_lat"]].to_numpy(dtype="float64")
    return gpd.GeoSeries(shapely.linestrings(ends.reshape(-1, 2, 2)), crs=CRS)


SHAPES: Final[Mapping[str, Callable[[Atlas, pd.DataFrame], Shapes]]] = {
    "territories": _territory_shapes,
    "communes": _commune_shapes,
    "zones": _commune_shapes,
    "establishments": _site_shapes,
    "partnerships": _partnership_shapes,
    "links": _link_shapes,
    "parties": _site_shapes,
}


def with_geometry(atlas: Atlas, what: str, table: pd.DataFrame) -> gpd.GeoDataFrame:
    """
    Add geometry to the rows of an export.

    Parameters
    ----------
    atlas
        Where the full polygons are read.
    what
        Key of `SHAPES`.
    table
        Rows with their code: `area_code`; `insee_code`; `lon` and `lat`; `partnership_id`; or the
        ends of a link.

    Returns
    -------
    frame
        The same rows and columns in the same order, and `geometry` (EPSG:4326): polygons, lines,
        points, or nothing where the place is unknown.

    Raises
    ------
    UserError
        If nothing of the sort has a geometry.
    """
    if what not in SHAPES:
        known = ", ".join(SHAPES)
        raise UserError(words.UNKNOWN_WHAT.format(what=what, known=known))
    shapes = SHAPES[what](atlas, table)
    return gpd.GeoDataFrame(table, geometry=shapes.to_numpy(), crs=CRS)


def to_geojson(frame: gpd.GeoDataFrame) -> bytes:
    """Write GeoJSON as RFC 7946 has it: WGS84, six decimals, outer rings counter-clockwise."""
    buffer = io.BytesIO()
    options = {"RFC7946": "YES", "COORDINATE_PRECISION": COORDINATE_DECIMALS}
    pyogrio.write_dataframe(
        _nullable(frame), buffer, driver="GeoJSON", layer="atlas", **options,
        geometry_type=_geometry_type(frame),
    )  # fmt: skip
    return buffer.getvalue()


def to_gpkg(layers: Mapping[str, gpd.GeoDataFrame], build_date: str) -> bytes:
    """Write a GeoPackage, dated of the data so that the bytes do not change."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{build_date[:10]}T00:00:00.000Z"})
    try:
        # A file: what is written in memory cannot be given a second layer.
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "atlas.gpkg"
            for layer, frame in layers.items():
                kind = _geometry_type(frame)
                pyogrio.write_dataframe(
                    _nullable(frame), path, driver="GPKG", layer=layer, append=path.exists(),
                    geometry_type=kind, promote_to_multi=kind.startswith("Multi"),
                )  # fmt: skip
            return path.read_bytes()
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def to_geoparquet(frame: gpd.GeoDataFrame) -> bytes:
    """Write GeoParquet; types are kept as they are."""
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False)
    return buffer.getvalue()


def _geometry_type(frame: gpd.GeoDataFrame) -> str:
    """Name the geometry of a layer, even of an empty one."""
    kinds = set(frame.geom_type.dropna())
    if kinds and kinds <= {"Point", "MultiPoint"}:
        return "Point" if kinds == {"Point"} else "MultiPoint"
    if kinds == {"LineString"}:
        return "LineString"
    return "MultiPolygon" if kinds else "Unknown"


def _nullable(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give texts that may be missing as the writer takes them: None, not a number."""
    texts = frame.select_dtypes(include=["str"]).columns
    plain = {name: frame[name].astype(object).where(frame[name].notna(), None) for name in texts}
    return frame.assign(**plain)


def _placed(atlas: Atlas, extract: Extract) -> gpd.GeoDataFrame:
    """Add to the rows of an extract the geometry it brings, else the one of their codes."""
    if extract.shapes is None:
        return with_geometry(atlas, extract.what, extract.table)
    return gpd.GeoDataFrame(extract.table, geometry=extract.shapes.to_numpy(), crs=CRS)


def geo_bytes(atlas: Atlas, extract: Extract, form: str) -> bytes:
    """
    Write an extract with its geometry.

    Parameters
    ----------
    atlas
        Where the full polygons are read.
    extract
        Rows, with their geometry or a code that leads to it.
    form
        "geojson", "gpkg" (one layer more for each of its other tables that has a geometry) or
        "parquet": the only drivers ever used.

    Returns
    -------
    content
        The file.

    Raises
    ------
    UserError
        If the format is another.
    """
    if form not in GEO_FORMATS:
        known = ", ".join(GEO_FORMATS)
        raise UserError(drawing_words.UNKNOWN_FORMAT.format(form=form, known=known))
    frame = _placed(atlas, extract)
    if form == "gpkg":
        layers = {slug(extract.what): frame}
        for what, table in extract.others.items():
            if what in SHAPES:
                layers[what] = with_geometry(atlas, what, table)
        return to_gpkg(layers, atlas.manifest.build_date)
    return to_geojson(frame) if form == "geojson" else to_geoparquet(frame)


GEO_FORMATS: Final = ("geojson", "gpkg", "parquet")
