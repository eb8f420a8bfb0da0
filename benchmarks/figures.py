"""What a benchmark reports: figures, their budgets, and the table that shows both."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from benchmarks.plan import VARIANTS, Variant

Verdict = Literal["within", "over", ""]

CHANGES: Final = {
    "indicator": "change of indicator",
    "region": "region filter",
    "area": "territory selection",
    "back": "back to France",
}
NO_VALUE: Final = "–"
HEADINGS: Final = ("figure", "unit", "ours", "naive", "naive/ours", "floor", "budget", "verdict")


@dataclass(frozen=True)
class Budget:
    """
    What a figure may cost at most.

    Attributes
    ----------
    limit
        In the unit of the figure.
    naive_share
        The figure must also stay under this share of the naive page's; None for no such rule.
    """

    limit: float
    naive_share: float | None = None


@dataclass(frozen=True)
class Figure:
    """
    One measured figure.

    Attributes
    ----------
    key
        Dotted name, the key of its budget.
    label, unit
        For the table.
    ours, naive, floor
        The dashboard, the naive page and an empty page; None where it was not measured.
    note
        How many repeats, what is counted.
    """

    key: str
    label: str
    unit: str
    ours: float | None
    naive: float | None = None
    floor: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times more the naive page costs."""
        return self.naive / self.ours if self.naive is not None and self.ours else None


def _change_budgets() -> dict[str, Budget]:
    """List the budgets of every change of the view."""
    limits = {"p50": 0.2, "p95": 0.4, "wire": 5.0}
    return {
        f"change.{name}.{part}": Budget(limit) for name in CHANGES for part, limit in limits.items()
    }


BUDGETS: Final[Mapping[str, Budget]] = {
    "start.map": Budget(5.0),
    "visit.cold": Budget(2.0),
    "visit.warm": Budget(0.7, naive_share=1 / 15),
    "bytes.data": Budget(150.0),
    **_change_budgets(),
    "pan.reruns": Budget(0.0),
    "pan.bytes": Budget(0.0),
    "heap.growth": Budget(1.10),
    "server.rest": Budget(350.0),
    "sessions.50.p95": Budget(0.5),
    "search.50.p95": Budget(0.15),
    "sessions.50.memory": Budget(1.0),
    **{
        f"model.{model}.{run}": Budget(0.5)
        for model in ("road", "nearest", "gravity", "departement", "perimeter")
        for run in ("first", "again")
    },
    "build.time": Budget(90.0),
    "build.memory": Budget(3.0),
}


def compare(
    key: str, label: str, unit: str, values: Mapping[Variant, float | None], note: str = ""
) -> Figure:
    """
    Gather the values of the variants in one figure.

    Parameters
    ----------
    key, label, unit, note
        See `Figure`.
    values
        By variant; a variant may be absent.
    """
    ours, naive, floor = (values.get(variant) for variant in VARIANTS)
    return Figure(key, label, unit, ours, naive, floor, note)


def percentile(values: Sequence[float], share: float) -> float:
    """
    Interpolate a percentile.

    Parameters
    ----------
    values
        At least one, in any order.
    share
        0 for the smallest, 0.5 for the median, 1 for the largest.

    Returns
    -------
    value
        Linear between the two nearest ranks.

    Raises
    ------
    ValueError
        If there is no value.
    """
    if not values:
        raise ValueError("no value: measure at least once")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def median(values: Sequence[float]) -> float:
    """Give the middle value."""
    return percentile(values, 0.5)


def slope(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """
    Fit the exponent of a power law by least squares on logarithms.

    Parameters
    ----------
    sizes, costs
        Positive, same length, at least two different sizes.

    Returns
    -------
    exponent
        1 for linear, 2 for quadratic.
    """
    x, y = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    above = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return above / sum((a - mean_x) ** 2 for a in x)


def allowed(figure: Figure, budget: Budget) -> float:
    """Give the strictest limit that applies to a figure."""
    if budget.naive_share is None or figure.naive is None:
        return budget.limit
    return min(budget.limit, budget.naive_share * figure.naive)


def verdict(figure: Figure, budgets: Mapping[str, Budget] = BUDGETS) -> Verdict:
    """
    Judge a figure.

    Parameters
    ----------
    figure
        What was measured.
    budgets
        By key.

    Returns
    -------
    verdict
        "within", "over", or empty when there is no budget or no measure.
    """
    budget = budgets.get(figure.key)
    if budget is None or figure.ours is None:
        return ""
    return "within" if figure.ours <= allowed(figure, budget) else "over"


def over(figures: Sequence[Figure]) -> list[str]:
    """List the keys over their budget."""
    return [figure.key for figure in figures if verdict(figure) == "over"]


def describe(figure: Figure) -> dict[str, Any]:
    """Lay out a figure for the JSON document."""
    budget = BUDGETS.get(figure.key)
    return asdict(figure) | {
        "ratio": figure.ratio,
        "budget": None if budget is None else allowed(figure, budget),
        "verdict": verdict(figure) or None,
    }


def format_value(value: float | None) -> str:
    """Write a number with three significant digits, or a dash."""
    if value is None:
        return NO_VALUE
    if value == 0 or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


def _cells(figure: Figure) -> tuple[str, ...]:
    """Write one row of the table."""
    budget = BUDGETS.get(figure.key)
    limit = None if budget is None else allowed(figure, budget)
    numbers = (figure.ours, figure.naive, figure.ratio, figure.floor, limit)
    return figure.label, figure.unit, *map(format_value, numbers), verdict(figure)


def render_table(figures: Sequence[Figure]) -> str:
    """
    Write the figures as an aligned Markdown table.

    Parameters
    ----------
    figures
        In the order of the rows.

    Returns
    -------
    table
        Lines joined by a line feed.
    """
    rows = [HEADINGS, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]

    def line(row: Sequence[str]) -> str:
        cells = [
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        return f"| {' | '.join(cells)} |"

    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([line(rows[0]), rule, *map(line, rows[1:])])
