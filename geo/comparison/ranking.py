"""Comparing territories: ranks, regional figures, reference values, position of one among all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.atlas.load import Atlas
from geo.atlas.vintages import CHANGE_YEARS
from geo.formats import plain_text
from geo.partnerships.counts import holds
from geo.territories.measures import MEASURES
from geo.territories.people import COVERAGE, RATIOS
from geo.territories.sums import EXTENSIVE_COLUMNS, sum_by_area, totals

LOG_RATIO: Final = 40.0
RANKED, UNKNOWN, OUTSIDE = "classe", "inconnu", "hors"
BASE: Final = f"population_{CHANGE_YEARS[0]}"
# Intensive measures and the column that weighs them when territories are put together.
WEIGHTS: Final = {
    "population_change_percent": BASE,
    "mean_travel_time_min": "population",
    **dict.fromkeys(RATIOS, "population"),
}
# What is collected in part gives no rank.
WHOLE: Final = tuple(key for key, measure in MEASURES.items() if not measure.is_partial)
REDERIVED: Final = ("density_per_km2", *WEIGHTS)

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Summary:
    """
    How the known values of a measure spread.

    Attributes
    ----------
    known, unknown
        Number of territories with and without a value.
    low, first_quartile, median, third_quartile, high, mean
        In the unit of the measure; missing (NaN) when nothing is known.
    """

    known: int
    unknown: int
    low: float
    first_quartile: float
    median: float
    third_quartile: float
    high: float
    mean: float


def numbers_of(values: pd.Series) -> pd.Series:
    """Give values as float64, missing or infinite ones as NaN."""
    return values.astype("Float64").astype("float64").replace([np.inf, -np.inf], np.nan)


def summarise(values: pd.Series) -> Summary:
    """Describe the known values of a measure; quartiles are interpolated linearly."""
    numbers = numbers_of(values)
    known = numbers.dropna()
    if known.empty:
        nothing = float("nan")
        return Summary(0, len(numbers), nothing, nothing, nothing, nothing, nothing, nothing)
    cuts = np.quantile(known.to_numpy(), [0, 0.25, 0.5, 0.75, 1])
    low, first, median, third, high = (float(cut) for cut in cuts)
    unknown = len(numbers) - len(known)
    return Summary(len(known), unknown, low, first, median, third, high, float(known.mean()))


def is_widespread(values: pd.Series) -> bool:
    """Tell whether a logarithmic scale reads better: all above 0, from one to `LOG_RATIO` times."""
    known = numbers_of(values).dropna()
    return bool(len(known) and known.min() > 0 and known.max() >= LOG_RATIO * known.min())


def ghts_of(areas: pd.DataFrame) -> pd.DataFrame:
    """Keep the GHTs: areas outside any GHT are shown but never ranked."""
    return areas[areas.kind == "ght"]


def with_base_population(areas: pd.DataFrame, atlas: Atlas) -> pd.DataFrame:
    """
    Add the population of the first of the `CHANGE_YEARS`, which weighs the change of population.

    Parameters
    ----------
    areas
        See `geo.territories.measures.territory_table`.
    atlas
        The bundled tables.

    Returns
    -------
    areas
        With `BASE`, inhabitants, Int64; missing if it is unknown for one commune.
    """
    sums = sum_by_area(atlas.assignments, atlas.communes, [BASE])[BASE]
    return areas.assign(**{BASE: areas.area_code.map(sums).astype("Float64").astype("Int64")})


def aggregate(areas: pd.DataFrame) -> pd.Series:
    """
    Put territories together: sums for what adds up, everything else derived again.

    Parameters
    ----------
    areas
        From `with_base_population`; any number of rows.

    Returns
    -------
    figures
        float64, indexed by the measures, without `partnership_count` (a partnership of two GHTs is
        one). Population change from the populations of both years, mean time, ages and incomes
        weighted by inhabitants: over the rows where they are known; missing when none is, never 0.
    """
    has_both = areas.population.notna() & areas.area_km2.notna()
    figures = totals(areas)[list(EXTENSIVE_COLUMNS)].astype("Float64").astype("float64")
    figures["density_per_km2"] = totals(areas[has_both]).density_per_km2
    for key, weight in WEIGHTS.items():
        value, weights = numbers_of(areas[key]), numbers_of(areas[weight])
        if key + COVERAGE in areas:  # those whose figure is unknown count for nothing
            weights = weights * numbers_of(areas[key + COVERAGE]) / 100
        known = value.notna() & weights.notna()
        total = weights[known].sum()
        figures[key] = (value * weights)[known].sum() / total if total else float("nan")
    return pd.Series(figures.astype("float64"))


def distinct_partnerships(partnerships: pd.DataFrame, codes: Collection[str]) -> int:
    """Count the partnerships that have at least one GHT among `codes`, each once."""
    return int(holds(partnerships.ght_codes, codes).sum())


def region_table(areas: pd.DataFrame, partnerships: pd.DataFrame) -> pd.DataFrame:
    """
    Put the territories of each region together, and those of the country.

    Parameters
    ----------
    areas
        From `with_base_population`, with `reg_name`: GHTs and areas outside any GHT.
    partnerships
        `ght_codes`, separated by semicolons.

    Returns
    -------
    table
        One row per region by name, then the country (`reg_code` missing): `reg_code`, `reg_name`
        (missing for the country), `ght_count`, then every measure; `partnership_count` counts a
        partnership once, and is missing where there is no GHT.
    """
    homes = areas[areas.reg_code.notna()].groupby("reg_code")
    named = ((group.reg_name.iloc[0], code, group) for code, group in homes)
    groups = sorted(named, key=lambda one: plain_text(one[0]))
    rows = []
    for name, code, group in [*groups, (None, None, areas)]:
        ghts = ghts_of(group)
        count = distinct_partnerships(partnerships, ghts.ght_code)
        rows.append(
            {"reg_code": code, "reg_name": name, "ght_count": len(ghts)}
            | dict(aggregate(group))
            | {"partnership_count": count if len(ghts) else None}
        )
    table = pd.DataFrame(rows).astype({"partnership_count": "Int64"})
    return table[["reg_code", "reg_name", "ght_count", *MEASURES]]


def reference(areas: pd.DataFrame) -> pd.Series:
    """
    Give the figures to which one GHT may be compared.

    Parameters
    ----------
    areas
        GHTs, from `with_base_population`.

    Returns
    -------
    figures
        float64, indexed by the measures: mean per GHT of what is counted, value of the whole for
        density, change of population and mean time. Missing when nothing is known.
    """
    whole = aggregate(areas)
    means = {key: summarise(areas[key]).mean for key in MEASURES if key not in REDERIVED}
    return pd.Series({key: means.get(key, whole.get(key)) for key in MEASURES}, dtype="float64")


def ranks(areas: pd.DataFrame, measure: str) -> pd.DataFrame:
    """
    Rank the GHTs by a measure, 1 for the highest value.

    Parameters
    ----------
    areas
        The whole country: `kind`, `reg_code` and the measure.
    measure
        Column.

    Returns
    -------
    ranks
        Int64, indexed like `areas`: `rank` in the country, `rank_region`, and out of how many
        (`rank_count`, `region_count`). Equal values share the best rank. Missing for an unknown
        value and for an area outside any GHT.
    """
    values = numbers_of(areas[measure]).where(areas.kind == "ght")
    regions = values.groupby(areas.reg_code)
    table = pd.DataFrame(
        {
            "rank": values.rank(method="min", ascending=False),
            "rank_region": regions.rank(method="min", ascending=False),
            "rank_count": values.notna().sum(),
            "region_count": regions.transform("count"),
        },
        index=areas.index,
    )
    return table.where(values.notna()).astype("Int64")


def ranking(
    areas: pd.DataFrame, measure: str, region: str | None = None, *, ascending: bool = False
) -> pd.DataFrame:
    """
    Order territories by a measure; unknown values and areas outside any GHT come apart.

    Parameters
    ----------
    areas
        The whole country, with `reg_name`.
    measure
        Column that ranks.
    region
        Region to keep; ranks in the country do not depend on it.
    ascending
        Whether the lowest value comes first; rank 1 stays the highest.

    Returns
    -------
    table
        `group` (`RANKED`, `UNKNOWN`, `OUTSIDE`, in that order), `rank`, `rank_region`,
        `rank_count`, `region_count`, `area_code`, `area_name`, `reg_name`, every measure and the
        one that ranks. The
        communes that nobody serves are left out.
    """
    table = areas.join(ranks(areas, measure))
    table = table[table.kind != "unassigned"]
    if region is not None:
        table = table[table.reg_code == region]
    group = pd.Series(RANKED, index=table.index)
    group = group.mask(table["rank"].isna(), UNKNOWN).mask(table.kind != "ght", OUTSIDE)
    place = table["rank"].astype("float64").where(group == RANKED, 0.0)
    order = table.assign(
        group=group,
        _group=group.map({RANKED: 0, UNKNOWN: 1, OUTSIDE: 2}),
        _place=-place if ascending else place,
    ).sort_values(["_group", "_place", "area_name", "area_code"])
    columns = [
        "group", "rank", "rank_region", "rank_count", "region_count", "area_code", "area_name",
        "reg_name", *dict.fromkeys((*MEASURES, measure)),
    ]  # fmt: skip
    return order[columns].reset_index(drop=True)


def scaled(values: pd.Series, *, is_log: bool) -> pd.Series:
    """Give values on the scale of a chart: as they are, or their decimal logarithm."""
    numbers = numbers_of(values)
    return pd.Series(np.log10(numbers.where(numbers > 0))) if is_log else numbers


def _positions(row: dict[str, float], spread: Summary, *, is_log: bool) -> dict[str, float]:
    """Place figures between -1 and 1: 0 is the median, the farther extreme touches the edge."""
    points = scaled(pd.Series(row), is_log=is_log)
    ends = scaled(pd.Series([spread.low, spread.median, spread.high]), is_log=is_log)
    reach = max(ends[1] - ends[0], ends[2] - ends[1])
    centred = points - ends[1]
    placed = centred / reach if reach > 0 else centred.where(centred.isna(), 0.0)
    return {f"at_{name}": float(place) for name, place in placed.items()}


def spine(areas: pd.DataFrame, code: str) -> pd.DataFrame:
    """
    Set one territory among the GHTs of the country, measure by measure.

    Parameters
    ----------
    areas
        The whole country, from `with_base_population`.
    code
        `area_code` of the territory; an area outside any GHT has no rank.

    Returns
    -------
    table
        One row per measure: `measure`, `value`, `rank`, `rank_count`, `rank_region`,
        `region_count`, `region` and `country` (see `reference`), `low`, `first_quartile`,
        `median`, `third_quartile`, `high`, `unknown` (GHTs without a value), `is_log`, and the
        place on a common axis (see `_positions`) of `value`, `region`, `country`, `low`,
        `first_quartile`, `third_quartile`, `high` under `at_...`. float64 and Int64; missing where
        unknown.
    """
    ghts = ghts_of(areas)
    own = areas.index[areas.area_code == code][0]
    country = reference(ghts)
    region = reference(ghts[ghts.reg_code == areas.reg_code[own]])
    rows = []
    for key in WHOLE:
        spread, is_log = summarise(ghts[key]), is_widespread(ghts[key])
        figures = {
            "value": float(numbers_of(areas[key])[own]),
            "region": float(region[key]),
            "country": float(country[key]),
            "low": spread.low,
            "first_quartile": spread.first_quartile,
            "third_quartile": spread.third_quartile,
            "high": spread.high,
        }
        rows.append(
            {"measure": key, "median": spread.median, "unknown": spread.unknown, "is_log": is_log}
            | figures
            | _positions(figures, spread, is_log=is_log)
            | dict(ranks(areas, key).loc[own])
        )
    kept = dict.fromkeys(("rank", "rank_count", "rank_region", "region_count"), "Int64")
    return pd.DataFrame(rows).astype(kept)


def side_by_side(
    areas: pd.DataFrame, codes: Sequence[str], measures: Sequence[str] = tuple(MEASURES)
) -> pd.DataFrame:
    """
    Lay the figures of several territories side by side.

    Parameters
    ----------
    areas
        The whole country.
    codes
        `area_code` of each, in the order of the columns.
    measures
        Columns.

    Returns
    -------
    table
        One row per measure (index: its key), one float64 column per code, then `median` of the
        GHTs of the country; missing where unknown.
    """
    chosen = areas.set_index("area_code")[list(measures)].apply(numbers_of)
    table = chosen.loc[list(codes)].T
    table["median"] = [summarise(ghts_of(areas)[key]).median for key in measures]
    return table
