"""How a measure spreads over the GHTs, and how two go together: classes, line, outliers."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from geo.comparison.ranking import Summary, ghts_of, is_widespread, numbers_of, scaled, summarise

MOST_BINS: Final = 16
MOST_WHOLE: Final = 30
ROUND_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
# Bounds of logarithmic classes, from one power of ten to the next: round, and about evenly apart.
LOG_STEPS: Final = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
OUTLIER_DEVIATIONS: Final = 2.5
FEWEST_POINTS: Final = 10


@dataclass(frozen=True)
class Spread:
    """
    A measure over the GHTs.

    Attributes
    ----------
    summary
        See `geo.comparison.ranking.Summary`.
    is_log
        Whether classes are even on a logarithmic scale.
    bins
        `low` (inclusive), `high` (exclusive, but for the last one), `count`. Empty when nothing is
        known. Where values are whole and few, `low` and `high` are half a unit around each.
    is_whole
        Whether each class holds one whole value.
    """

    summary: Summary
    is_log: bool
    bins: pd.DataFrame = field(repr=False)
    is_whole: bool = False


@dataclass(frozen=True)
class Relation:
    """
    Two measures over the GHTs.

    Attributes
    ----------
    points
        GHTs with both values: `area_code`, `area_name`, `reg_code`, `x`, `y`, `expected` (y of the
        line), `deviations` (robust standard deviations from it), `is_outlier`.
    unknown
        Number of GHTs left out.
    is_log_x, is_log_y
        Scales on which the line is straight.
    rank_correlation
        Spearman's coefficient; NaN when it cannot be computed.
    has_line
        False when there are too few points, or when one measure does not vary.
    has_rule
        False when residuals have no spread, so that no outlier can be named.
    """

    points: pd.DataFrame = field(repr=False)
    unknown: int
    is_log_x: bool
    is_log_y: bool
    rank_correlation: float
    has_line: bool
    has_rule: bool


def _round_step(width: float) -> float:
    """Find the round number at or above a width."""
    power = 10.0 ** np.floor(np.log10(width))
    return float(next(step * power for step in ROUND_STEPS if step * power >= width * 0.999_999))


def _even_edges(low: float, high: float) -> list[float]:
    """Bounds of classes of equal width, on multiples of a round number."""
    if low == high:
        return [low - 0.5, high + 0.5]
    step = _round_step((high - low) / MOST_BINS)
    first, last = np.floor(low / step), np.floor(high / step) + 1
    return [float(number * step) for number in np.arange(first, last + 1)]


def _log_edges(low: float, high: float) -> list[float]:
    """Bounds of classes about evenly apart on a logarithmic scale."""
    powers = np.arange(np.floor(np.log10(low)), np.floor(np.log10(high)) + 2)
    edges = [float(step * 10.0**power) for power in powers for step in LOG_STEPS]
    first = max(place for place, edge in enumerate(edges) if edge <= low)
    last = min(place for place, edge in enumerate(edges) if edge > high)
    return edges[first : last + 1]


def spread_of(areas: pd.DataFrame, measure: str, decimals: int) -> Spread:
    """
    Sort the GHTs into the classes of a histogram.

    Parameters
    ----------
    areas
        The whole country: `kind` and the measure.
    measure
        Column.
    decimals
        Of the measure: a count of few values has one class per value.

    Returns
    -------
    spread
        Classes with round bounds; every known GHT is in exactly one.
    """
    values = ghts_of(areas)[measure]
    summary, is_log = summarise(values), is_widespread(values)
    if not summary.known:
        return Spread(summary, False, pd.DataFrame(columns=["low", "high", "count"]))
    low, high = summary.low, summary.high
    are_whole = not decimals and bool((numbers_of(values).dropna() % 1 == 0).all())
    is_whole = are_whole and not is_log and high - low <= MOST_WHOLE
    if is_whole:
        edges = [float(edge) - 0.5 for edge in np.arange(low, high + 2)]
    else:
        edges = _log_edges(low, high) if is_log else _even_edges(low, high)
    counts, _ = np.histogram(numbers_of(values).dropna(), bins=edges)
    bins = pd.DataFrame({"low": edges[:-1], "high": edges[1:], "count": counts})
    return Spread(summary, is_log, bins, is_whole)


def relate(areas: pd.DataFrame, x: str, y: str, *, may_log: bool = True) -> Relation:
    """
    Draw the robust line between two measures and name the GHTs far from it.

    Parameters
    ----------
    areas
        The whole country: `kind`, `area_code`, `area_name`, `reg_code` and the measures.
    x, y
        Columns.
    may_log
        Whether a measure that spreads widely is taken by its logarithm.

    Returns
    -------
    relation
        The line is the Theil-Sen one (median of the slopes between all pairs, then median of what
        is left). An outlier is
        farther from it than `OUTLIER_DEVIATIONS` times the median absolute deviation of the
        residuals, scaled to a standard deviation (x 1.4826).
    """
    # Imported when asked for: half a second that the other pages spare.
    from scipy.stats import spearmanr, theilslopes  # noqa: PLC0415

    ghts = ghts_of(areas)
    logs = (may_log and is_widespread(ghts[x]), may_log and is_widespread(ghts[y]))
    table = ghts[["area_code", "area_name", "reg_code"]].assign(
        x=numbers_of(ghts[x]), y=numbers_of(ghts[y]), expected=np.nan, deviations=np.nan,
        is_outlier=False,
    )  # fmt: skip
    points = table.dropna(subset=["x", "y"]).reset_index(drop=True)
    unknown = len(table) - len(points)
    if len(points) < FEWEST_POINTS or points.x.nunique() == 1 or points.y.nunique() == 1:
        return Relation(points, unknown, *logs, float("nan"), False, False)
    across, up = scaled(points.x, is_log=logs[0]), scaled(points.y, is_log=logs[1])
    slope = float(theilslopes(up, across).slope)
    # Not its own intercept, from both medians apart: one far point near the middle moves it.
    fitted = slope * across + (up - slope * across).median()
    points["expected"] = 10**fitted if logs[1] else fitted
    residuals = up - fitted
    points["deviations"] = robust_deviations(residuals)
    points["is_outlier"] = points.deviations.abs() > OUTLIER_DEVIATIONS
    correlation = float(spearmanr(points.x, points.y).statistic)
    has_rule = bool(points.deviations.notna().all())
    return Relation(points, unknown, *logs, correlation, True, has_rule)


def robust_deviations(residuals: pd.Series) -> pd.Series:
    """
    Measure residuals in robust standard deviations.

    Parameters
    ----------
    residuals
        float64, none missing.

    Returns
    -------
    deviations
        (residual - median) / (1.4826 x median absolute deviation); missing when more than half of
        the residuals are equal, which leaves no spread to measure with.
    """
    from scipy.stats import median_abs_deviation  # noqa: PLC0415  as above

    spread = float(median_abs_deviation(residuals, scale="normal"))
    centred = residuals - residuals.median()
    # Rounding leaves some 1e-16 where there is no spread at all.
    scale = float(residuals.abs().max())
    return centred / spread if spread > 1e-9 * scale else centred.where(centred.isna())
