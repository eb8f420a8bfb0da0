"""What the hospitals of a territory have and do: a short table, and every figure to take away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.activity.measure import SOURCE
from geo.activity.measures import MEASURES
from geo.activity.tables import MINISTRY
from geo.formats import MINUS, format_deviation, format_number, is_unknown
from geo.profile import words_activity as words
from geo.profile.territory import Profile
from geo.territories.activity import label_of

KEY_MEASURES: Final = (
    "beds_mco", "beds_psychiatry", "beds_smr", "beds_usld", "places_mco", "places_smr",
    "places_psychiatry_day", "places_had", "deliveries", "maternities", "maternities_type_1",
    "maternities_type_2", "maternities_type_3", "emergency_visits", "emergency_sites", "smur",
    "beds_icu_adults", "beds_icu_children", "scanners", "mri", "doctors", "nurses",
    "day_share_mco", "day_share_surgery",
)  # fmt: skip
FEW: Final = 20  # below it a change is told in units: a percentage of three maternities says little


@dataclass(frozen=True)
class Line:
    """
    A key figure of activity.

    Attributes
    ----------
    measure, label, unit, decimals
        See `geo.activity.measure.Measure`.
    values
        By year, of the years that are known.
    ministry
        The ministry's total of the last year; None when it publishes none.
    scope
        Of the value of the last year, French; empty when it is unknown.
    """

    measure: str
    label: str
    unit: str
    decimals: int
    values: Mapping[int, float]
    ministry: float | None
    scope: str

    def text(self, year: int) -> str:
        """Write the value of a year; what nobody declares is no 0."""
        return format_number(self.values[year], self.decimals) if year in self.values else words.NOT

    def change(self, first: int, last: int) -> str:
        """Write the change between two years: in units when there are few, in points of a share."""
        if not {first, last} <= set(self.values):
            return words.NO_CHANGE
        old, new = self.values[first], self.values[last]
        if self.unit == "%":
            return words.POINTS.format(gap=_signed(new - old, 1))
        if max(old, new) < FEW or not old:
            return _signed(new - old, self.decimals)
        return format_deviation((new - old) / old * 100)

    def compared(self, last: int) -> str:
        """Say what the ministry's total is beside the sum of the members."""
        if self.scope == MINISTRY and last in self.values:
            return words.ONLY_SOURCE
        if self.ministry is None:
            return words.NOT_PUBLISHED
        if last not in self.values:
            return format_number(self.ministry, self.decimals)
        gap = self.values[last] - self.ministry
        if round(gap, self.decimals + 1) == 0:
            return words.SAME
        said = format_number(self.ministry, self.decimals)
        return words.OTHER.format(total=said, gap=_signed(gap, self.decimals))


def _signed(value: float, decimals: int) -> str:
    """Write a change with its sign; none when it is 0 as written."""
    text = format_number(value, decimals)
    is_zero = not any(digit in text for digit in "123456789")
    return text if is_zero or text.startswith(MINUS) else f"+{text}"


def years_of(activity: pd.DataFrame) -> tuple[int, int] | None:
    """Return the first and the last year of figures; None without any."""
    years = activity.year
    return None if years.empty else (int(years.min()), int(years.max()))


def lines_of(activity: pd.DataFrame) -> tuple[Line, ...]:
    """List the key figures, those that nobody declares too."""
    ends = years_of(activity)
    if ends is None:
        return ()
    return tuple(_line(activity[activity.measure == key], key, ends[1]) for key in KEY_MEASURES)


def _line(rows: pd.DataFrame, key: str, last: int) -> Line:
    """Gather a key figure."""
    measure = MEASURES[key]
    latest, known = rows[rows.year == last], rows.dropna(subset="value")
    total = latest.get("value_ministry", pd.Series(dtype="float64"))
    return Line(
        measure=key, label=label_of(measure), unit=measure.unit, decimals=measure.decimals,
        values={
            int(year): float(value) for year, value in zip(known.year, known.value, strict=True)
        },
        ministry=None if total.empty or is_unknown(total.iloc[0]) else float(total.iloc[0]),
        scope="" if latest.empty else str(latest["scope"].iloc[0]),
    )  # fmt: skip


def key_table(profile: Profile) -> pd.DataFrame:
    """Write the key figures of a territory; see `table_of`."""
    return table_of(profile.activity, has_total=profile.kind == "ght")


def table_of(activity: pd.DataFrame, *, has_total: bool) -> pd.DataFrame:
    """
    Write key figures as they are read, on screen and on paper.

    Parameters
    ----------
    activity
        See `geo.territories.activity.area_activity`.
    has_total
        Whether the ministry's total stands beside: it adds GHTs up, nothing else.

    Returns
    -------
    table
        Texts; the first column names the figure. No row where no hospital is surveyed.
    """
    ends = years_of(activity)
    if ends is None:
        return pd.DataFrame()
    first, last = ends
    table = pd.DataFrame(
        [
            (
                line.label, line.text(first), line.text(last), line.unit, line.change(first, last),
                line.compared(last),
            )
            for line in lines_of(activity)
        ],
        columns=[
            words.FIGURE, str(first), str(last), words.UNIT,
            words.CHANGE.format(first=first, last=last), words.TOTAL.format(last=last),
        ],
    )  # fmt: skip
    return table if has_total else table.iloc[:, :-1]


def notes_of(profile: Profile) -> tuple[str, ...]:
    """Say whose hospitals these are, what is unknown and what the source is."""
    ends = years_of(profile.activity)
    if ends is None:
        return ()
    first, last = ends
    whose = words.SAME_HOSPITALS if profile.kind == "ght" else words.OWN_SITES
    source = words.SOURCE.format(source=SOURCE, first=first, last=last)
    return (whose.format(last=last), words.NOT_DECLARED, source)


def long_table(profile: Profile) -> pd.DataFrame:
    """List every figure of every year, numbers left as they are: the file to take away."""
    names = words.LONG_COLUMNS
    table = profile.activity.assign(
        label=[label_of(MEASURES[key]) for key in profile.activity.measure]
    )
    return table.reindex(columns=list(names)).rename(columns=dict(names))


def wide_texts(profile: Profile) -> pd.DataFrame:
    """Write every figure, a column per year: what a person unfolds on the page."""
    table = profile.activity
    years = sorted(table.year.unique())
    rows = []
    for key, group in table.groupby("measure", sort=False):
        measure = MEASURES[str(key)]
        known = group.dropna(subset="value")
        values = dict(zip(known.year, known.value, strict=True))
        texts = [
            format_number(values[year], measure.decimals) if year in values else words.NOT
            for year in years
        ]
        rows.append([measure.family, label_of(measure), *texts, measure.unit])
    heads = [words.FAMILY, words.FIGURE, *map(str, years), words.UNIT]
    return pd.DataFrame(rows, columns=heads)
