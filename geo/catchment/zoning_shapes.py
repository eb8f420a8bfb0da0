"""A person's zoning by shapes: which communes are in which polygon of a file."""

from typing import Any, Final

import numpy as np
import pandas as pd

from geo.atlas.fields import folded
from geo.atlas.load import Atlas
from geo.catchment import words
from geo.catchment.zoning import AREA, LONGEST_CELL, Zoning, suffix_of, title_of
from geo.errors import UserError
from geo.files.sandbox import parse_apart

MAX_BYTES: Final = 20_000_000
SUFFIXES: Final = ("geojson", "json", "gpkg", "kml", "kmz", "zip", "shp")
TOWN_HALL, LARGER_SHARE = "mairie", "superficie"
RULES: Final = (TOWN_HALL, LARGER_SHARE)
CUT_PERCENT: Final = 2.0  # a smaller part is a border drawn otherwise
NAMES: Final = [*map(folded, AREA.headings), "nom", "name", "libelle", "label", "title", "code"]


def read_shapes(atlas: Atlas, name: str, content: bytes, layer: str = "") -> dict[str, Any]:
    """
    Read a file of shapes; see `geo.files.shape_shares.parse_shapes` for what is read.

    Parameters
    ----------
    atlas
        Its communes.
    name, content
        Of the file; untrusted.
    layer
        To read; the first otherwise.

    Raises
    ------
    UserError
        If it is refused.
    """
    title = title_of(name)
    if len(content) > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        raise UserError(f"{title} : plus de {most} Mo. Simplifiez les contours.")
    option = f"{atlas.folder.resolve()}\n{layer}"
    read: dict[str, Any] = parse_apart(title, "shapes", content, option)
    return read


def is_shapes(name: str) -> bool:
    """Tell a file of shapes by its name."""
    return suffix_of(name) in SUFFIXES


def zoning_of(read: dict[str, Any], column: str = "", rule: str = TOWN_HALL) -> Zoning:
    """
    Give communes to the shapes of a file.

    Parameters
    ----------
    read
        From `read_shapes`.
    column
        The attribute that names the zones; the likeliest otherwise.
    rule
        Of `RULES`.

    Returns
    -------
    zoning
        A row per commune that is in a shape; its index is the number of the feature.
    """
    fields, communes = read["fields"], _communes(read["communes"])
    chosen = column if column in fields else _likely(fields, read["rows"])
    home = communes.town if rule == TOWN_HALL else communes.best
    kept = communes[home >= 0]
    features = home[home >= 0].to_numpy()
    names = _names(read["rows"], fields.index(chosen) if chosen else -1)
    table = pd.DataFrame(
        {"insee_code": kept.insee_code.to_numpy(), "area_code": names[features]},
        index=features + 1, dtype="str",
    )  # fmt: skip
    cut = _cut(communes)
    told = (*_told(read), words.RULES[rule], words.SIMPLIFIED, words.cut_note(len(cut)))
    layers = tuple(read["layers"])
    return Zoning(table, told, tuple(fields), chosen, layers, read["layer"], cut)


def _communes(listed: list[list[Any]]) -> pd.DataFrame:
    return pd.DataFrame(listed, columns=["insee_code", "town", "best", "first", "second"])


def _cut(communes: pd.DataFrame) -> pd.Series:
    """List the communes of which two parts count: percent of the larger, or of what is outside."""
    rest = np.maximum(communes.second, 100 - communes["first"])
    is_cut = (communes["first"] > CUT_PERCENT) & (rest > CUT_PERCENT)
    return communes[is_cut].set_index("insee_code")["first"]


def _likely(fields: list[str], rows: list[list[str]]) -> str:
    """Find the attribute that names the zones: by its name, else the first with several texts."""
    known = {folded(name): name for name in reversed(fields)}
    by_name = next((known[name] for name in NAMES if name in known), "")
    if by_name:
        return by_name
    columns = zip(*rows, strict=True) if fields else ()
    texts = [name for name, cells in zip(fields, columns, strict=True) if len(set(cells)) > 1]
    return texts[0] if texts else ""


def _names(rows: list[list[str]], place: int) -> "np.ndarray[Any, np.dtype[np.object_]]":
    """Name each feature; by its number when nothing does."""
    given = [row[place][:LONGEST_CELL] if place >= 0 else "" for row in rows]
    numbered = [words.NO_NAME.format(number=number) for number in range(1, len(rows) + 1)]
    named = [name or number for name, number in zip(given, numbered, strict=True)]
    return np.array(named, dtype=object)


def _told(read: dict[str, Any]) -> list[str]:
    """Say how the shapes were read."""
    told = read["told"]
    said = words.shapes_read(
        len(read["rows"]), told["no_shape"], told["repaired"], told["overlaps"]
    )
    if told.get("lambert"):
        said.append(words.LAMBERT)
    if told.get("projected"):
        said.append(words.PROJECTED.format(code=told["projected"]))
    return said
