"""What the page of models takes away: its tables, their geometry, and what they come from."""

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from geo.atlas.load import Atlas
from geo.catchment import words, words_files
from geo.catchment.communes_file import commune_polygons
from geo.catchment.layers import (
    area_names,
    change_percent,
    changed_communes,
    contested_percent,
    margin_class,
    margin_labels,
)
from geo.catchment.models import MODELS
from geo.catchment.options import NO_UNITS
from geo.catchment.runs import Basin, BasinView, plain_value
from geo.catchment.tables import columns_of, contested_rows, in_french, territory_rows
from geo.files import words as files_words
from geo.files.extract import Notes, parameter_notes
from geo.formats import format_number, is_unknown
from geo.territories.areas import area_polygons


def model_label(model: str) -> str:
    """Name a model, or the zoning that a person brought."""
    return MODELS[model].label if model in MODELS else words.IMPORTED_LABEL


def value_notes(view: BasinView) -> Notes:
    """Say the value of every parameter of a view, as it is used: French label and value."""
    margin = words_files.MARGIN_RULE.format(margin=view.margin)
    notes = [(words_files.NOTE_MARGIN, margin)]
    after = (
        (words.WHOLE_UNITS, words.UNIT_NAMES[view.whole_units]),
        (words.OWN_TOWN, words_files.OWN_TOWN_RULES[view.own_town]),
    )
    if view.model not in MODELS:
        return (*notes, *after)
    given = dict(view.values)
    for parameter in MODELS[view.model].parameters:
        text = given.get(parameter.key, plain_value(parameter))
        shown = words.DECAYS.get(text, text.replace(".", ","))
        notes.append((parameter.label, f"{shown}{f' {parameter.unit}' * bool(parameter.unit)}"))
    people = words_files.ENCLAVES_RULE.format(people=format_number(view.enclaves))
    enclaves = people if view.enclaves else words_files.ENCLAVES_NONE
    return (*notes, (words_files.NOTE_ENCLAVES, enclaves), *after)


def options_text(view: BasinView) -> list[str]:
    """Say which options that move communes a view asks for, one text each."""
    units = f"{words.WHOLE_UNITS} : {words.UNIT_NAMES[view.whole_units]}"
    asked = {units: view.whole_units != NO_UNITS, words.OWN_TOWN: view.own_town}
    return [f"{text[0].lower()}{text[1:]}" for text, is_asked in asked.items() if is_asked]


def run_notes(
    atlas: Atlas, view: BasinView, steps: Sequence[str] = (), zoning: str = "", other: str = ""
) -> Notes:
    """
    Say what the rows of a run were computed with.

    Parameters
    ----------
    atlas
        Its parameters that every model shares.
    view
        Model, parameters and scenario.
    steps
        The changes of the scenario that are applied, in French and in order.
    zoning
        Digest of the imported zoning, if it is the model.
    other
        Name of what the run is compared with, if it is.

    Returns
    -------
    notes
        French label and value.
    """
    notes = [(files_words.NOTE_MODEL, model_label(view.model)), *value_notes(view)]
    if zoning:
        notes.append((words_files.NOTE_ZONING, zoning))
    if steps:
        notes.append((words_files.NOTE_SCENARIO, " ".join(words.banner(view.scenario.name))))
    for number, step in enumerate(steps, start=1):
        notes.append((words_files.NOTE_CHANGE.format(number=number), step))
    if other:
        notes.append((words_files.NOTE_COMPARED, other))
    return (*notes, *parameter_notes(atlas, leave=("model",)))


def area_table(
    atlas: Atlas, found: Basin, spread: pd.DataFrame, look: str, other: Basin | None = None,
    *, is_invented: bool = False,
) -> pd.DataFrame:  # fmt: skip
    """
    Lay out the territories as the page shows them, with what the map paints.

    Parameters
    ----------
    atlas
        Names of regions.
    found
        The run on screen.
    spread
        From the survey of the same world.
    look
        Key of `geo.ui.bassins.words.LOOKS`: "confiance" adds the contested share, "difference" the
        population under `other` and the change.
    other
        The run compared; only for "difference".
    is_invented
        Whether the run has a scenario: published figures are left out.

    Returns
    -------
    table
        French columns, in the order of the table on screen; "Code" leads to the geometry.
    """
    rows, columns = territory_rows(atlas, found, spread), columns_of(is_invented)
    codes = found.territories.area_code
    if look == "confiance":
        rows["contested_percent"] = rows.area_code.map(contested_percent(found).set_axis(codes))
        columns |= _named("contested_percent")
    elif look == "difference" and other is not None:
        people = other.territories.set_index("area_code").population
        rows["other_population"] = rows.area_code.map(people).astype("Int64")
        rows["change"] = rows.population - rows.other_population
        rows["change_percent"] = rows.area_code.map(change_percent(found, other).set_axis(codes))
        columns |= _named("other_population", "change", "change_percent")
    return in_french(rows, columns)


def _named(*keys: str) -> dict[str, str]:
    """Name columns that only a map has."""
    return {key: words_files.BASIN_COLUMNS[key] for key in keys}


def contested_table(atlas: Atlas, found: Basin, margin: float, area: str | None) -> pd.DataFrame:
    """Lay out the contested communes, of the country or that touch an area, as on screen."""
    rows = contested_rows(atlas, found, margin)
    if area is not None:
        rows = rows[(rows.area_code == area) | (rows.runner_up_area_code == area)]
    return in_french(rows, words.CONTESTED_COLUMNS)


def margin_table(atlas: Atlas, found: Basin, margin: float, area: str) -> pd.DataFrame:
    """Lay out every commune of an area with the class of margin that the map paints."""
    names, labels = area_names(found), margin_labels(margin)
    rows = found.communes[found.communes.area_code == area].merge(
        atlas.communes[["insee_code", "commune_name", "population"]], on="insee_code"
    )
    numbers = margin_class(rows.margin, margin)
    rows = rows.assign(
        area_name=rows.area_code.astype("str").map(names),
        runner_up_name=rows.runner_up_area_code.astype("str").map(names),
        margin_percent=rows.margin * 100,
        margin_class=[
            words.MARGIN_UNKNOWN if is_unknown(number) else labels[int(number)]
            for number in numbers
        ],
    )
    columns = {**words.CONTESTED_COLUMNS, "margin_class": words_files.MARGIN_CLASS}
    return in_french(rows, columns)


def changed_table(atlas: Atlas, found: Basin, other: Basin) -> pd.DataFrame:
    """Lay out the communes that two runs give to different areas, the most populated first."""
    rows = changed_communes(found, other).merge(
        atlas.communes[["insee_code", "commune_name", "population"]], on="insee_code"
    )
    names = area_names(found).combine_first(area_names(other))
    rows = rows.assign(
        area_code=rows["first"], area_name=rows["first"].map(names),
        other_code=rows["second"], other_name=rows["second"].map(names),
    ).sort_values(["population", "insee_code"], ascending=[False, True])  # fmt: skip
    return in_french(rows, words_files.CHANGED_COLUMNS)


def full_areas(atlas: Atlas, found: Basin) -> gpd.GeoSeries:
    """
    Dissolve the full communes of the country into the areas of a run.

    Returns
    -------
    areas
        Polygons (EPSG:4326), index `area_code`; an area without a commune has none. Five seconds:
        the whole country is read.
    """
    communes = found.communes.astype({"area_code": "str"})
    return gpd.GeoSeries(area_polygons(commune_polygons(atlas), communes).geometry)
