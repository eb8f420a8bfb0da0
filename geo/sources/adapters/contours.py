"""Commune polygons: GeoJSON (plain or gzip) with `code` and `nom`, or GeoParquet."""

import io
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely

from geo.errors import SourceError
from geo.faults import Faults
from geo.sources.adapters.checks import INSEE_CODE, INSEE_FORM, check_filled, check_key
from geo.sources.adapters.projections import are_in_france
from geo.sources.adapters.rawfile import decode_text, read_bytes, strip_cells

WGS84 = "EPSG:4326"
CONTOUR_COLUMNS = {"code": "insee_code", "nom": "commune_name"}
PARQUET_MAGIC = b"PAR1"


def read_contours(path: Path) -> gpd.GeoDataFrame:
    """
    Read the commune polygons.

    Parameters
    ----------
    path
        GeoJSON, plain or gzip (WGS84 unless its `crs` member says otherwise), or GeoParquet with
        its CRS. Properties `code` and `nom`, or `insee_code` and `commune_name`.

    Returns
    -------
    contours
        `insee_code` (key), `commune_name`, `geometry` (Polygon or MultiPolygon), EPSG:4326,
        ordered by `insee_code`. Invalid polygons are repaired; `attrs["repaired"]` lists their
        codes.

    Raises
    ------
    SourceError
        Every fault of the file: unreadable, absent properties, duplicate codes, no CRS, null or
        empty geometry, not polygons, coordinates outside France.
    """
    content = read_bytes(path)
    read = _read_parquet if content.startswith(PARQUET_MAGIC) else _read_geojson
    contours = read(content, path.name).rename(columns=CONTOUR_COLUMNS)
    faults = Faults(path.name)
    if contours.empty:
        faults.add("aucune commune dans le fichier. Téléchargez-le de nouveau.")
    else:
        faults.missing_columns(contours.columns, ["insee_code", "commune_name", "geometry"])
    faults.raise_if_any()
    text = strip_cells(contours[["insee_code", "commune_name"]])
    contours = gpd.GeoDataFrame(text, geometry=contours.geometry)
    _check_codes(faults, contours)
    _check_shapes(faults, contours)
    faults.raise_if_any()
    return _repair(contours.to_crs(WGS84).sort_values("insee_code", ignore_index=True), path.name)


def _read_geojson(content: bytes, name: str) -> gpd.GeoDataFrame:
    if not decode_text(content, name).lstrip().startswith("{"):
        raise SourceError(
            name, ["ce n'est pas du GeoJSON. Fournissez un fichier .geojson ou .geojson.gz."]
        )
    try:
        frame = pyogrio.read_dataframe(content, use_arrow=True)
    except pyogrio.errors.DataSourceError as error:
        raise SourceError(
            name, ["GeoJSON illisible ou tronqué. Téléchargez-le de nouveau."]
        ) from error
    return gpd.GeoDataFrame(frame)


def _read_parquet(content: bytes, name: str) -> gpd.GeoDataFrame:
    try:
        return gpd.read_parquet(io.BytesIO(content))  # type: ignore[arg-type]
    except (ValueError, OSError) as error:
        raise SourceError(
            name, ["Parquet tronqué ou sans géométrie. Fournissez un fichier GeoParquet complet."]
        ) from error


def _check_codes(faults: Faults, contours: gpd.GeoDataFrame) -> None:
    check_key(faults, contours["insee_code"], "code", INSEE_CODE, INSEE_FORM)
    check_filled(faults, contours["commune_name"], "nom")


def _check_shapes(faults: Faults, contours: gpd.GeoDataFrame) -> None:
    codes, shapes = contours["insee_code"], contours.geometry
    is_blank = shapes.isna() | shapes.is_empty
    faults.bad_values(codes[is_blank], "géométrie vide", "Complétez ou retirez ces communes.")
    is_polygon = shapes.geom_type.isin(["Polygon", "MultiPolygon"])
    faults.bad_values(
        codes[~is_blank & ~is_polygon],
        "géométrie qui n'est pas un polygone",
        "Fournissez les contours, non les points ou les lignes.",
    )
    if contours.crs is None:
        faults.add(
            "système de coordonnées absent. Indiquez-le dans le fichier "
            "(set_crs puis to_parquet dans GeoPandas) ou fournissez du GeoJSON en WGS84."
        )
        return
    bounds = contours.loc[~is_blank].to_crs(WGS84).bounds
    is_inside = are_in_france(bounds)
    faults.bad_values(
        codes[~is_blank][~is_inside],
        "coordonnées hors de France",
        "Donnez la longitude puis la latitude, en degrés WGS84, ou le bon système de coordonnées.",
    )


def _repair(contours: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    is_invalid = ~contours.geometry.is_valid
    repaired = contours.copy()
    shapes = contours.geometry.to_numpy().copy()
    shapes[is_invalid] = shapely.make_valid(
        shapes[is_invalid], method="structure", keep_collapsed=False
    )
    repaired["geometry"] = gpd.GeoSeries(shapes, index=contours.index, crs=WGS84)
    faults = Faults(name)
    faults.bad_values(
        contours.loc[is_invalid & repaired.geometry.is_empty, "insee_code"],
        "géométrie sans surface",
        "Reprenez le contour de ces communes.",
    )
    faults.raise_if_any()
    repaired.attrs["repaired"] = contours.loc[is_invalid, "insee_code"].tolist()
    return repaired
