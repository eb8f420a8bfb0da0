"""Tables made to be read: the figures of the map under French names, with their total."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_float_dtype, is_numeric_dtype

from geo import wording
from geo.atlas.load import Atlas
from geo.formats import (
    format_minutes,
    format_number,
    format_quantity,
    format_year,
    is_unknown,
    plain_text,
    rounded_minutes,
)

SHOWN = tuple(wording.COLUMNS)
NEAR_COLLECTIVITIES = ("975", "977", "978")  # of the Atlantic; Données lists the Pacific too
NOTHING = "–"
DECIMALS = {"Densité": 1, "Écart": 1}
TIMES = ("(min)", "(min, arrondi)", "(minutes)")


def with_region_names(areas: pd.DataFrame, atlas: Atlas) -> pd.DataFrame:
    """Add `reg_name` to a table of areas."""
    names = atlas.regions.set_index("reg_code").reg_name
    return areas.assign(reg_name=areas.reg_code.map(names))


def in_region(areas: pd.DataFrame, region: str | None) -> pd.DataFrame:
    """Keep the areas of a region; all of them when none is asked for."""
    return areas if region is None else areas[areas.reg_code == region]


def figure_table(
    areas: pd.DataFrame,
    columns: Sequence[str] = SHOWN,
    titles: Mapping[str, str] = wording.COLUMNS,
) -> pd.DataFrame:
    """
    Lay the figures out as they are shown and exported.

    Parameters
    ----------
    areas
        See `geo.territories.measures.territory_table`, with `reg_name`.
    columns
        Which ones, in order.
    titles
        Their French names.

    Returns
    -------
    table
        French column names; GHTs by name, then areas outside any GHT, then the unassigned.
    """
    order = {kind: place for place, kind in enumerate(wording.AREA_KINDS)}
    ranked = areas.assign(_rank=areas.kind.map(order)).sort_values(["_rank", "area_name"])
    table = ranked.reindex(columns=list(columns))
    if "kind" in table:
        table["kind"] = table.kind.map(wording.AREA_KINDS)
    if "support_evidence" in table:
        table["support_evidence"] = table.support_evidence.map(dict(wording.SUPPORT_KNOWN))
    return table.rename(columns=dict(titles)).reset_index(drop=True)


def decimals_of(column: str) -> int:
    """Digits after the comma of a column, from its French name."""
    return next((count for word, count in DECIMALS.items() if word in column), 0)


def is_time(column: str) -> bool:
    """Tell whether a column holds estimated travel times, from its French name."""
    return column.endswith(TIMES)


def texts_of(column: pd.Series, decimals: int | None = None) -> list[str]:
    """Write the values of a column as they are read, on screen and on paper: numbers in French."""
    name = str(column.name)
    if is_bool_dtype(column.dtype):
        texts = [wording.YES if value else wording.NO for value in column.fillna(value=False)]
    elif not is_numeric_dtype(column.dtype):
        texts = [str(value) for value in column.astype(object)]
    elif name.startswith(("Année", "Depuis")):
        texts = [format_year(value) for value in column]
    elif is_time(name):
        texts = [format_minutes(value, "") for value in column]
    else:
        digits = decimals_of(name) if decimals is None else decimals
        texts = [format_number(value, digits) for value in column]
    gaps = [is_unknown(value) for value in column]
    return [NOTHING if gap else text for gap, text in zip(gaps, texts, strict=True)]


def rounded(table: pd.DataFrame, decimals: Mapping[str, int] | None = None) -> pd.DataFrame:
    """Round the numbers of a table as they are shown; missing values stay missing."""
    digits = {name: decimals_of(str(name)) for name in table if is_float_dtype(table[name])}
    times = {str(name): rounded_minutes(table[name]) for name in digits if is_time(str(name))}
    return table.round(digits | dict(decimals or {})).assign(**times)


def published_table(areas: pd.DataFrame) -> pd.DataFrame:
    """Set modelled figures beside published ones, for the territories that have both."""
    has_published = areas.published_population.notna() | areas.published_area_km2.notna()
    chosen = areas[has_published & areas.population.notna()].sort_values("area_name")
    names = dict(wording.PUBLISHED_COLUMNS)
    return rounded(chosen[list(names)].rename(columns=names).reset_index(drop=True))


def filter_rows(table: pd.DataFrame, text: str) -> pd.DataFrame:
    """Keep the rows where each word of a text appears in some cell; case and accents forgiven."""
    words = plain_text(text).split()
    if not words:
        return table
    cells = table.astype(object).where(table.notna(), "")
    lines = [plain_text(" ".join(map(str, row))) for row in cells.itertuples(index=False)]
    # Named bool: of an empty table, a plain list would be understood as a choice of columns.
    kept = np.array([all(word in line for word in words) for line in lines], dtype=bool)
    return table[kept]


def outside_text(collectivities: pd.DataFrame) -> str:
    """
    Say who lives in the collectivities that are nearest to the departements, outside every sum.

    Parameters
    ----------
    collectivities
        The bundled table.

    Returns
    -------
    text
        "Saint-Martin (31 160 habitants), ...", by name; an unknown number is said.
    """
    near = collectivities[collectivities.collectivity_code.isin(NEAR_COLLECTIVITIES)]
    return ", ".join(
        f"{name} ({format_quantity(people, 'habitants')})"
        for name, people in near.sort_values("collectivity_name")[
            ["collectivity_name", "population"]
        ].itertuples(index=False)
    )
