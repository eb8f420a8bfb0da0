"""What the map of models draws: areas by address, a layer over them, and the values painted."""

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.atlas.load import Atlas
from geo.catchment import words
from geo.catchment.runs import DEFAULT_MARGIN, Basin
from geo.drawing import palette
from geo.drawing.classes import Classes
from geo.drawing.topology import to_topojson
from geo.formats import format_count, format_deviation, format_number, format_quantity, is_unknown
from geo.territories.measures import territory_table

MARGIN_CLASSES: Final = (25.0, 50.0)
CHANGE_BOUNDS: Final = (-100.0, -20.0, -5.0, 5.0, 20.0, 100.0)
SHARE_BOUNDS: Final = (0.0, 5.0, 10.0, 20.0, 35.0, 100.0)
NO_PAIR: Final = "?"
COMMUNE_STEPS, PAIR_STEPS = 20_000, 40_000


@dataclass(frozen=True)
class Overlay:
    """
    A layer over the territories.

    Attributes
    ----------
    content
        TopoJSON, one object `parts`; properties `area` (territory under it), `name`, `text` and
        `mark` (a digit for a class, or the name of a hatch).
    commune_count, population
        What it covers.
    counts
        Communes of each class of margin; empty for hatches.
    areas, frame
        Territories that a scenario touches, and what to look at to see it: west, south, east,
        north, degrees; empty for any other layer.
    """

    content: bytes
    commune_count: int
    population: int
    counts: tuple[int, ...] = ()
    areas: frozenset[str] = frozenset()
    frame: tuple[float, ...] = ()


def is_contested(basin: Basin, margin: float) -> pd.Series:
    """Flag the communes whose area leads by less than a percentage."""
    return basin.communes.margin < margin / 100


def _hatched(
    light: gpd.GeoDataFrame, rows: pd.DataFrame, atlas_communes: pd.DataFrame, names: pd.Series
) -> Overlay:
    """Dissolve communes by pair of areas; `rows` holds insee_code, first and second."""
    parts, counted = patches(light, rows, atlas_communes, names)
    if not counted[0]:
        return Overlay(b"", 0, 0)
    return Overlay(to_topojson({"parts": parts}, PAIR_STEPS), *counted)


def patches(
    light: gpd.GeoDataFrame, rows: pd.DataFrame, atlas_communes: pd.DataFrame, names: pd.Series
) -> tuple[gpd.GeoDataFrame, tuple[int, int]]:
    """
    Dissolve communes by pair of areas.

    Parameters
    ----------
    light
        Simplified communes.
    rows
        `insee_code`, `first` and `second` area.
    atlas_communes
        The bundled communes.
    names
        Of the areas.

    Returns
    -------
    parts, counted
        Polygons with the properties of `Overlay.content`; communes and inhabitants.
    """
    table = rows.merge(atlas_communes[["insee_code", "population"]], on="insee_code")
    if table.empty:
        return light.head(0), (0, 0)
    table["pair"] = table["first"].astype(str) + ">" + table["second"].fillna(NO_PAIR).astype(str)
    shapes = light.merge(table, on="insee_code")
    parts = shapes[["pair", "geometry"]].dissolve(by="pair", method="coverage")
    sums = table.groupby("pair").agg(count=("pair", "size"), population=("population", "sum"))
    first, second = parts.index.str.split(">").str[0], parts.index.str.split(">").str[1]
    parts["area"] = first
    parts["name"] = [
        f"{names.get(one, one)} / {names.get(two, two)}"
        for one, two in zip(first, second, strict=True)
    ]
    parts["text"] = [
        words.pair_text(format_count(count, "commune"), people(population))
        for count, population in sums.loc[parts.index].itertuples(index=False)
    ]
    parts["mark"] = "dispute"
    return parts, (len(table), int(table.population.sum()))


def contested_overlay(
    light: gpd.GeoDataFrame, basin: Basin, communes: pd.DataFrame, margin: float
) -> Overlay:
    """Hatch the contested communes of the country, dissolved by territory and second."""
    rows = basin.communes[is_contested(basin, margin)]
    pairs = rows[["insee_code"]].assign(
        first=rows.area_code.astype("str"), second=rows.runner_up_area_code.astype("str")
    )
    return _hatched(light, pairs, communes, area_names(basin))


def difference_overlay(
    light: gpd.GeoDataFrame, basin: Basin, other: Basin, communes: pd.DataFrame
) -> Overlay:
    """Hatch the communes that two runs give to different areas, dissolved by pair."""
    names = area_names(basin).combine_first(area_names(other))
    return _hatched(light, changed_communes(basin, other), communes, names)


def changed_communes(basin: Basin, other: Basin) -> pd.DataFrame:
    """List the communes that two runs give to different areas: insee_code, first, second."""
    first, second = basin.communes.area_code.astype("str"), other.communes.area_code.astype("str")
    differs = (first.to_numpy() != second.to_numpy()).astype(bool)
    return pd.DataFrame(
        {
            "insee_code": basin.communes.insee_code[differs],
            "first": first[differs],
            "second": second[differs],
        }
    )


def margin_class(margin: pd.Series, contested: float) -> pd.Series:
    """Class of margin: 0 contested, then under 25 %, under 50 %, more; missing when unknown."""
    bounds = [bound for bound in MARGIN_CLASSES if bound > contested]
    lead = margin.astype("float64")
    # The bounds are divided, as in `is_contested`: 0.29 * 100 is below 29.
    classes = np.digitize(lead, [bound / 100 for bound in (contested, *bounds)])
    return pd.Series(classes, index=margin.index, dtype="Int64").mask(lead.isna())


def margin_labels(contested: float) -> list[str]:
    """Name the classes of `margin_class`."""
    bounds = [contested, *[bound for bound in MARGIN_CLASSES if bound > contested]]
    texts = [format_number(bound) for bound in bounds]
    middle = [f"{low} à {high} %" for low, high in pairwise(texts)]
    return [f"moins de {texts[0]} % (disputée)", *middle, f"{texts[-1]} % et plus"]


def commune_overlay(
    light: gpd.GeoDataFrame, basin: Basin, communes: pd.DataFrame, area: str, margin: float
) -> Overlay:
    """Draw the communes of one territory by class of margin."""
    rows = basin.communes[basin.communes.area_code == area]
    shapes = light.merge(rows, on="insee_code").merge(
        communes[["insee_code", "commune_name", "population"]], on="insee_code"
    )
    if shapes.empty:
        return Overlay(b"", 0, 0)
    classes = margin_class(shapes.margin, margin)
    names = area_names(basin)
    parts = shapes.set_index("insee_code")[["geometry"]]
    parts["area"] = area
    parts["name"] = shapes.commune_name.to_numpy()
    parts["text"] = [
        commune_text(margin, names.get(second, words.MARGIN_UNKNOWN))
        for margin, second in zip(shapes.margin, shapes.runner_up_area_code, strict=True)
    ]
    parts["mark"] = ["inconnu" if pd.isna(number) else str(number) for number in classes]
    counts = [int((classes == number).sum()) for number in range(len(margin_labels(margin)))]
    content = to_topojson({"parts": parts}, COMMUNE_STEPS)
    return Overlay(content, len(shapes), int(shapes.population.sum()), tuple(counts))


def commune_text(margin: object, runner_up: str) -> str:
    """Say how sure a commune is."""
    if is_unknown(margin):
        return words.MARGIN_UNKNOWN
    percent = format_number(float(str(margin)) * 100)
    return words.margin_text(percent, runner_up)


def area_names(basin: Basin) -> pd.Series:
    """Name of each area, indexed by code."""
    return basin.territories.set_index("area_code").area_name


def people(count: object) -> str:
    """Write a number of inhabitants."""
    return format_quantity(count, "habitants")


def contested_percent(basin: Basin) -> pd.Series:
    """Contested share of each territory, percent; missing where the model gives no margin."""
    table = basin.territories
    shown = table.contested_population.astype("float64")
    return shown / table.population.astype("float64").replace(0, np.nan) * 100


def change_percent(basin: Basin, other: Basin) -> pd.Series:
    """Compare the population of each territory with another run, percent of the latter."""
    after = basin.territories.population.astype("float64")
    people = other.territories.set_index("area_code").population
    before = basin.territories.area_code.map(people).astype("float64")
    return (after / before.replace(0, np.nan) - 1) * 100


def change_labels() -> list[str]:
    """Name the classes of `CHANGE_BOUNDS`."""
    bounds = [format_deviation(bound).replace(",0", "") for bound in CHANGE_BOUNDS]
    middle = [f"{low} à moins de {high}" for low, high in pairwise(bounds[1:-1])]
    return [f"moins de {bounds[1]}", *middle, f"{bounds[-2]} ou plus"]


def fixed_classes(values: pd.Series, bounds: tuple[float, ...]) -> Classes:
    """Sort values into classes of fixed bounds; the lower bound belongs to the class."""
    numbers = pd.Series(
        np.searchsorted(bounds[1:-1], values, side="right"), index=values.index, dtype="Int64"
    ).mask(values.isna())
    counts = tuple(int((numbers == number).sum()) for number in range(len(bounds) - 1))
    return Classes(bounds, numbers, counts)


def overlay_colors(count: int) -> list[str]:
    """Colours of the classes of margin: the surer, the darker."""
    return palette.confidence(count) if count else []


def compact(value: object) -> bytes:
    """Write JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def contested_drawing(light: gpd.GeoDataFrame, atlas: Atlas) -> Overlay:
    """
    Draw the contested communes of the bundled model, as the page of models does.

    Parameters
    ----------
    light
        Simplified communes: `insee_code`, polygon, EPSG:4326.
    atlas
        `assignments` and `communes` are read.

    Returns
    -------
    overlay
        Empty content when no commune is contested.
    """
    basin = Basin(atlas.assignments, territory_table(atlas))
    return contested_overlay(light, basin, atlas.communes, DEFAULT_MARGIN)
