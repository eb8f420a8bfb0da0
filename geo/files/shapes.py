"""
Untrusted shapes as texts and polygons: GeoJSON, GeoPackage, zipped shapefile, KML.

Runs in the process of `geo.files.parsers`: what it imports is heavy, and what it reads is hostile.
"""

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import numpy as np
import numpy.typing as npt
import pyogrio
import pyogrio.raw
import pyproj
import shapely
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from geo.errors import RefusedFileError

MAX_FEATURES: Final = 5_000
MAX_VERTICES: Final = 2_000_000
MAX_FIELDS: Final = 60
MAX_UNPACKED: Final = 80_000_000
LONGEST_TEXT: Final = 200
SQLITE: Final = b"SQLite format 3\0"
GEOPACKAGE: Final = b"GP"  # how the number of the application begins
ZIP: Final = b"PK\x03\x04"
PARTS: Final = ("shp", "dbf", "shx", "prj", "cpg")
WGS84: Final = "EPSG:4326"
LAMBERT: Final = "EPSG:2154"
EPSG: Final = re.compile(r"EPSG:+(?:[\d.]*:)?(\d{4,6})$", re.IGNORECASE)
CRS84: Final = re.compile(r"CRS84$", re.IGNORECASE)
# Degrees that no French territory leaves; metres of metropolitan France in Lambert-93.
LAMBERT_BOX: Final = (0.0, 6_000_000.0, 1_350_000.0, 7_200_000.0)
SWAPPED_BOX: Final = (41.0, -6.0, 52.0, 10.0)  # latitude first
NOT_NAMES: Final = frozenset({"description", "styleurl", "snippet"})  # of a KML: HTML and styles
SHAPELY_POLYGONS: Final = (3, 6)
Geometries = npt.NDArray[np.object_]


@dataclass
class Features:
    """
    A layer as it was read.

    Attributes
    ----------
    fields, rows
        Names of the attributes, and their texts for each feature.
    shapes
        One geometry per feature, WGS84; None for one without a shape.
    layer, layers
        The one that is read, and those of the file; empty when the file has no such thing.
    told
        What was understood: "lambert" (no coordinate system, read as Lambert-93), "projected" (to
        WGS84 from an EPSG code), "no_shape", "repaired" (counts).
    """

    fields: list[str]
    rows: list[list[str]]
    shapes: Geometries
    layer: str = ""
    layers: list[str] = field(default_factory=list)
    told: dict[str, int] = field(default_factory=dict)


def read_features(content: bytes, layer: str = "") -> Features:
    """
    Read a layer of polygons.

    Parameters
    ----------
    content
        Untrusted; its kind is told by what it holds, never by its name.
    layer
        Of a file of several; the first otherwise.

    Returns
    -------
    features
        Valid polygons in WGS84.

    Raises
    ------
    RefusedFileError
        If it is none of the kinds, too large, broken, or not in France.
    """
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"{":
        found, system = _geojson(content)
    elif start == b"<":
        found, system = _kml(content, layer)
    elif content.startswith(SQLITE) and content[68:70] == GEOPACKAGE:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "couche.gpkg"
            path.write_bytes(content)
            found, system = _with_gdal(path, layer)
    elif content.startswith(ZIP):
        found, system = _zipped(content, layer)
    else:
        raise RefusedFileError("not_shapes")
    _place(found, system)
    _repair(found)
    return found


def _geojson(content: bytes) -> tuple[Features, str]:
    """Read GeoJSON feature by feature: what is wrong is named by its number."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError):
        raise RefusedFileError("broken_shapes") from None
    features = document.get("features") if document.get("type") != "Feature" else [document]
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise RefusedFileError("no_features")
    _check_count(len(features))
    shapes = [_shape_of(one.get("geometry"), place) for place, one in enumerate(features, start=1)]
    owned = [one.get("properties") for one in features]
    known = [one if isinstance(one, dict) else {} for one in owned]
    fields = list(dict.fromkeys(str(name) for one in known for name in one))[:MAX_FIELDS]
    rows = [[_text(one.get(name)) for name in fields] for one in known]
    return Features(fields, rows, np.array(shapes, dtype=object)), _declared(document.get("crs"))


def _shape_of(geometry: object, place: int) -> object:
    """Build the shape of a feature; None when it has none."""
    if geometry is None:
        return None
    try:
        return shapely.from_geojson(json.dumps(geometry))
    except (shapely.errors.GEOSException, ValueError, TypeError):
        raise RefusedFileError("bad_feature", place) from None


def _declared(member: object) -> str:
    """Read the `crs` member of an old GeoJSON: a code only, an address is never followed."""
    properties = member.get("properties") if isinstance(member, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    code = EPSG.search(name)
    if code:
        return f"EPSG:{code[1]}"
    return WGS84 if CRS84.search(name) else ""


def _kml(content: bytes, layer: str) -> tuple[Features, str]:
    """Read a KML: its root is checked, since the library reads other XML that opens files."""
    try:
        root = fromstring(content)
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        raise RefusedFileError("broken_shapes") from None
    if root.tag.rpartition("}")[2].lower() != "kml":
        raise RefusedFileError("web_page")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "couche.kml"
        path.write_bytes(content)
        return _with_gdal(path, layer)[0], WGS84


def _zipped(content: bytes, layer: str) -> tuple[Features, str]:
    """Unpack a shapefile, or a KMZ, under names of our own."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise RefusedFileError("bomb", MAX_UNPACKED // 1_000_000)
        members = {entry.filename: entry for entry in entries}
        documents = [name for name in members if name.lower().endswith(".kml")]
        if documents:
            return _kml(archive.read(documents[0]), layer)
        return _shapefile(archive, members, layer)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        raise RefusedFileError("broken_shapes") from None


def _shapefile(
    archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], layer: str
) -> tuple[Features, str]:
    """Read one of the shapefiles of an archive."""
    stems = {
        name.rpartition("/")[2][:-4]: name[:-4] for name in members if name.lower()[-4:] == ".shp"
    }
    if not stems:
        raise RefusedFileError("no_shapefile")
    chosen = layer if layer in stems else next(iter(stems))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "couche.shp"
        for part in PARTS:
            for ending in (part, part.upper()):
                name = f"{stems[chosen]}.{ending}"
                if name in members:
                    path.with_suffix(f".{part}").write_bytes(archive.read(name))
        if not path.with_suffix(".dbf").exists():
            raise RefusedFileError("no_shapefile")
        found, system = _with_gdal(path, "", _encoding(path))
    found.layer, found.layers = (chosen, list(stems)) if len(stems) > 1 else ("", [])
    return found, system


def _encoding(path: Path) -> str:
    """Tell the encoding of the attributes: UTF-8 when all of them are, else that of Windows."""
    if path.with_suffix(".cpg").exists():
        return ""
    try:
        path.with_suffix(".dbf").read_bytes()[32:].decode("utf-8")
    except UnicodeDecodeError:
        return "CP1252"
    return "UTF-8"


def _with_gdal(path: Path, layer: str, encoding: str = "") -> tuple[Features, str]:
    """Read a layer of a file that is no longer under its visitor's name."""
    try:
        listed = pyogrio.list_layers(path)
        layers = [str(name) for name, kind in listed if kind is not None]
        if not layers:
            raise RefusedFileError("no_features")
        chosen = layer if layer in layers else layers[0]
        _check_count(int(pyogrio.read_info(path, layer=chosen)["features"]))
        meta, _, shapes, values = pyogrio.raw.read(
            path, layer=chosen, force_2d=True, encoding=encoding or None
        )
        geometries = shapely.from_wkb(shapes, on_invalid="ignore")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError):
        raise RefusedFileError("broken_shapes") from None
    except (pyogrio.errors.FeatureError, pyogrio.errors.GeometryError, ValueError):
        raise RefusedFileError("broken_shapes") from None
    kept = [
        (str(name), column)
        for name, column in zip(meta["fields"], values, strict=True)
        if str(name).lower() not in NOT_NAMES
    ][:MAX_FIELDS]
    rows = [[_text(column[row]) for _, column in kept] for row in range(len(geometries))]
    many = layers if len(layers) > 1 else []
    told = Features([name for name, _ in kept], rows, geometries, chosen if many else "", many)
    return told, str(meta["crs"] or "")


def _text(value: Any) -> str:  # noqa: ANN401  any value of an attribute
    """Write an attribute on one line."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, float | np.floating) and float(value).is_integer():
        value = int(value)
    return " ".join(str(value).split())[:LONGEST_TEXT]


def _check_count(count: int) -> None:
    """Refuse a layer without anything, or of too many features."""
    if not count:
        raise RefusedFileError("no_features")
    if count > MAX_FEATURES:
        raise RefusedFileError("features", MAX_FEATURES)


def _place(found: Features, system: str) -> None:
    """Bring the shapes to WGS84; without a system, metres of France are those of Lambert-93."""
    shapes = shapely.force_2d(found.shapes)
    _check_size(shapes)
    box = shapely.total_bounds(shapes)
    if not system or pyproj.CRS.from_user_input(system).equals(WGS84):
        system = WGS84
        if _within(box, LAMBERT_BOX) and not _within(box, (-180, -90, 180, 90)):
            system, found.told["lambert"] = LAMBERT, 1
    elif (code := pyproj.CRS.from_user_input(system).to_epsg()) is not None:
        found.told["projected"] = code
    if system != WGS84:
        shapes = _projected(shapes, system)
        box = shapely.total_bounds(shapes)
    if _within(box, SWAPPED_BOX):
        raise RefusedFileError("swapped")
    if not _within(box, (-180, -90, 180, 90)):
        raise RefusedFileError("no_system", _first_outside(shapes))
    found.shapes = shapes


def _check_size(shapes: Geometries) -> None:
    """Refuse shapes that are no polygons, too detailed, or with infinite coordinates."""
    kinds = set(shapely.get_type_id(shapes[~shapely.is_missing(shapes)]).tolist())
    if not kinds & {*SHAPELY_POLYGONS, 7}:
        raise RefusedFileError("no_polygon")
    if int(shapely.get_num_coordinates(shapes).sum()) > MAX_VERTICES:
        raise RefusedFileError("vertices", MAX_VERTICES // 1_000_000)
    bounds = shapely.bounds(shapes)
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    wrong = there & ~(np.isfinite(bounds).all(axis=1) & (np.abs(bounds) < 1e8).all(axis=1))  # noqa: PLR2004
    if wrong.any():
        raise RefusedFileError("coordinates", int(np.flatnonzero(wrong)[0]) + 1)


def _projected(shapes: Geometries, system: str) -> Geometries:
    """Project shapes to WGS84."""
    try:
        change = pyproj.Transformer.from_crs(system, WGS84, always_xy=True)
        moved = shapely.transform(shapes, lambda xy: np.column_stack(change.transform(*xy.T)))
        return np.asarray(moved, dtype=np.object_)
    except (pyproj.exceptions.ProjError, ValueError):
        raise RefusedFileError("unknown_system") from None


def _within(box: npt.NDArray[np.float64], limits: Sequence[float]) -> bool:
    low, high = np.asarray(limits[:2]), np.asarray(limits[2:])
    return bool((box[:2] >= low).all() and (box[2:] <= high).all())


def _first_outside(shapes: Geometries) -> int:
    """Find the number of the first feature that is in no degree of the Earth."""
    outside = np.abs(shapely.bounds(shapes)) > np.array([180, 90, 180, 90])
    return int(np.flatnonzero(outside.any(axis=1))[0]) + 1


def _repair(found: Features) -> None:
    """Keep valid polygons; count those that were not, and the features without any."""
    shapes = found.shapes
    broken = ~(shapely.is_missing(shapes) | shapely.is_valid(shapes))
    shapes = shapely.make_valid(shapes)
    found.shapes = np.array([_polygon(shape) for shape in shapes], dtype=object)
    found.told["repaired"] = int(broken.sum())
    found.told["no_shape"] = int(shapely.is_missing(found.shapes).sum())


def _polygon(shape: Any) -> Any:  # noqa: ANN401  a geometry or nothing
    """Keep the polygons of a shape; None when it has none."""
    if shape is None:
        return None
    parts: Iterable[Any] = shapely.get_parts(shapely.get_parts(shape))
    kept = [part for part in parts if shapely.get_type_id(part) in SHAPELY_POLYGONS]
    return shapely.multipolygons(_singles(kept)) if kept else None


def _singles(parts: Sequence[Any]) -> list[Any]:
    """List the simple polygons of some shapes."""
    return [one for part in parts for one in shapely.get_parts(part) if not one.is_empty]
