"""What one territory is told by first: six figures with their rank and trend, three sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.atlas.load import Atlas
from geo.atlas.vintages import CHANGE_YEARS
from geo.formats import (
    format_count,
    format_deviation,
    format_number,
    format_quantity,
    is_unknown,
    ordinal,
)
from geo.profile import words_headline as words
from geo.territories.activity import INDICATORS, indicator_text
from geo.territories.interval import interval_of
from geo.territories.stability import unsure_communes

FIGURES: Final = tuple(words.LABELS)
# Every indicator that the headline reads of every GHT.
READ: Final = tuple(dict.fromkeys([*FIGURES, *words.SUBJECTS]))
PLACES: Final = 3  # indicators that set a territory apart, at most
MOVES: Final = 3
# A rank among the first or last fifth is worth a sentence; a change of some hospitals is not.
APART: Final = 0.2
FEW: Final = 100


@dataclass(frozen=True)
class HeadFigure:
    """
    A figure as the top of the page shows it: French texts.

    Attributes
    ----------
    measure, label, value, note
        `note` says the year and the source, or the interval.
    rank
        Among the GHTs, 1 for the highest; empty where it is unknown or no GHT.
    trend
        Empty where no other year is known.
    """

    measure: str
    label: str
    value: str
    note: str
    rank: str
    trend: str


@dataclass(frozen=True)
class Headline:
    """
    What one reads first of a territory.

    Attributes
    ----------
    figures
        Six, in the order of `FIGURES`.
    sentences
        French, not escaped: what sets it apart, what changes, what is uncertain; those that can be
        said.
    """

    figures: tuple[HeadFigure, ...]
    sentences: tuple[str, ...]


def headline_of(
    atlas: Atlas,
    code: str,
    areas: pd.DataFrame,
    activity: pd.DataFrame,
    communes: pd.DataFrame,
    towns: pd.DataFrame,
) -> Headline:
    """
    Choose what to say first of a territory.

    Parameters
    ----------
    atlas
        The bundled tables.
    code
        `area_code`.
    areas
        Every area with the indicators of `READ`.
    activity
        Of the area, see `geo.territories.activity.area_activity`.
    communes
        Of the area: `insee_code`, `population`.
    towns
        Of its members in the territory of another: `commune_name`, `area_text`.

    Returns
    -------
    headline
        A figure that is unknown says so; it has neither rank nor trend.
    """
    trends = _trends(activity)
    said = (_apart(areas, code), _moved(trends), _unsure(atlas, communes, towns))
    return Headline(
        tuple(_figure(atlas, key, code, areas, trends) for key in FIGURES),
        tuple(sentence for sentence in said if sentence),
    )


# Ranks


def _place(areas: pd.DataFrame, key: str, code: str) -> tuple[int, int] | None:
    """Rank a GHT among those whose value is known; None for another area or unknown value."""
    values = areas[areas.kind == "ght"].set_index("area_code")[key].astype("float64").dropna()
    if code not in values.index:
        return None
    return int((values > values[code]).sum()) + 1, len(values)


def _figure(
    atlas: Atlas, key: str, code: str, areas: pd.DataFrame, trends: Mapping[str, pd.Series]
) -> HeadFigure:
    """Write a figure, what it rests on, its rank and its trend."""
    area = areas[areas.area_code == code].iloc[0]
    value, note = indicator_text(key, area[key], str(area.status)), words.NOTES[key]
    between = interval_of(area) if key == "population" else None
    if between is not None:
        value = format_quantity(between.value, INDICATORS[key].unit)
        note = note.replace("{range}", between.range_text)
    place = _place(areas, key, code)
    return HeadFigure(
        key, words.LABELS[key], value,
        atlas.vintages.fill(note.replace(", {range}", "")),
        words.IN_COUNTRY.format(rank=ordinal(place[0]), count=place[1]) if place else "",
        _trend(key, area, trends),
    )  # fmt: skip


def _trend(key: str, area: pd.Series, trends: Mapping[str, pd.Series]) -> str:
    """Say how a figure changed, where another year is known."""
    if key == "population":
        change = area.population_change_percent
        if is_unknown(change):
            return ""
        first, last = CHANGE_YEARS
        return words.BETWEEN.format(change=format_deviation(change), first=first, last=last)
    if key not in trends:
        return ""
    values = trends[key]
    return words.SINCE.format(change=_change(values), first=values.index[0])


# Sentences


def _trends(activity: pd.DataFrame) -> dict[str, pd.Series]:
    """Values of the first and the last year, by measure, of those known in both."""
    known = activity.dropna(subset="value") if not activity.empty else activity
    if known.empty:
        return {}
    ends = [int(activity.year.min()), int(activity.year.max())]
    found = {}
    for key, rows in known[known.measure.isin(set(words.MOVERS) | set(FIGURES))].groupby("measure"):
        values = rows.set_index("year").value.astype("float64")
        if set(ends) <= set(values.index) and values[ends[0]]:
            found[str(key)] = values[ends]
    return found


def _percent(values: pd.Series) -> float:
    """Change from the first to the last value, percent of the first."""
    return float((values.iloc[-1] / values.iloc[0] - 1) * 100)


def _change(values: pd.Series) -> str:
    return format_deviation(_percent(values))


def _apart(areas: pd.DataFrame, code: str) -> str:
    """Say where a GHT stands among the first or the last: what is most so comes first."""
    area = areas[areas.area_code == code].iloc[0]
    found = []
    for order, key in enumerate(words.SUBJECTS):
        place = _place(areas, key, code)
        if place is not None:
            rank, count = place
            found.append((min(rank - 1, count - rank) / count, order, key, rank, count))
    kept = [each for each in sorted(found) if each[0] < APART][:PLACES]
    if not kept:
        return ""
    first, last = CHANGE_YEARS
    places = [
        words.PLACE.format(
            rank=ordinal(rank), count=count,
            subject=words.SUBJECTS[key].format(first=first, last=last),
            value=indicator_text(key, area[key], str(area.status)),
        )
        for _, _, key, rank, count in kept
    ]  # fmt: skip
    return words.APART.format(places=_listed(places))


def _listed(texts: Sequence[str]) -> str:
    """Join texts that hold commas."""
    return " ; ".join(texts)


def _moved(trends: Mapping[str, pd.Series]) -> str:
    """Say which activities changed most, of those that are not a handful."""
    large = {key: trends[key] for key in words.MOVERS if key in trends}
    large = {key: values for key, values in large.items() if values.max() >= FEW}
    if not large:
        return ""
    most = sorted(large, key=lambda key: -abs(_percent(large[key])))[:MOVES]
    first, last = next(iter(large.values())).index
    changes = [
        words.MOVE.format(
            subject=words.MOVERS[key], old=format_number(large[key].iloc[0]),
            new=format_number(large[key].iloc[-1]), change=_change(large[key]),
        )
        for key in most
    ]  # fmt: skip
    return words.MOVED.format(first=first, last=last, changes=_listed(changes))


def _unsure(atlas: Atlas, communes: pd.DataFrame, towns: pd.DataFrame) -> str:
    """Say whose territory is uncertain, and the towns of members that are elsewhere."""
    if communes.empty:
        return ""
    rows = communes[communes.insee_code.isin(set(unsure_communes(atlas)))]
    said = words.ALL_SURE
    if not rows.empty:
        people = int(rows.population.sum())
        said = words.SURE.format(
            people=format_quantity(people, "habitants"),
            share=format_quantity(people / int(communes.population.sum()) * 100, "%", 1),
            communes=format_count(len(rows), "commune"),
        )
    apart = (
        words.ELSEWHERE.format(town=town, area=area)
        for town, area in zip(towns.commune_name, towns.area_text, strict=True)
    )
    return " ".join([said, *apart])
