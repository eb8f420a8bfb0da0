"""What a scenario does, in sentences: the same on the screen and on paper."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from geo.catchment import words
from geo.catchment.layers import changed_communes, people
from geo.catchment.runs import Basin
from geo.catchment.scenario import Change
from geo.catchment.world import World
from geo.formats import (
    format_count,
    format_number,
    format_quantity,
    is_unknown,
)
from geo.geography.distance import great_circle_km

FAR_KM: Final = 100.0
MOVES: Final = ("move_site", "move", "open")


@dataclass(frozen=True)
class Effect:
    """
    What a scenario does to one territory.

    Attributes
    ----------
    area_code, name
        Of the territory.
    change
        Inhabitants won or lost, with their sign.
    population, minutes
        Before and after: inhabitants, median time.
    communes
        Won or lost, with their sign.
    """

    area_code: str
    name: str
    change: str
    population: str
    communes: str
    minutes: str

    @property
    def detail(self) -> str:
        """Set before and after side by side."""
        return words.effect_detail(self.population, self.communes, self.minutes)

    @property
    def sentence(self) -> str:
        """Say it whole."""
        return words.effect_sentence(self.name, self.change, self.detail)


def effects(rows: pd.DataFrame) -> list[Effect]:
    """Say what a scenario does to each territory, from `geo.catchment.tables.effect_rows`."""
    return [_effect(row) for row in rows.itertuples(index=False)]


def _effect(row: Any) -> Effect:  # noqa: ANN401  a row of a table
    """Write what a scenario does to one territory."""
    moved = format_count(int(row.commune_change), "commune")
    return Effect(
        area_code=str(row.area_code),
        name=str(row.area_name),
        change=("+" if row.change > 0 else "") + format_quantity(row.change, "habitants"),
        population=words.turned(format_number(row.before), format_number(row.after)),
        communes=("+" if row.commune_change > 0 else "") + moved,
        minutes=words.turned(_minutes(row.time_before), _minutes(row.time_after)),
    )


def _minutes(value: object) -> str:
    """Write a median time to the tenth: one model is compared with itself."""
    return "–" if is_unknown(value) else format_number(value, 1)


def moved_sentence(reality: Basin, found: Basin, communes: pd.DataFrame) -> str:
    """Count the communes that a scenario moves, and say that nobody is lost."""
    moved = changed_communes(found, reality).insee_code
    population = communes.population[communes.insee_code.isin(moved)].sum()
    total = found.territories.population.sum()
    return words.moved_in_all(
        format_count(len(moved), "commune"), people(population), people(total)
    )


def far_sentence(change: Change, world: World, areas: dict[str, str], name: str) -> str:
    """
    Warn of a hospital that goes to a GHT far from it.

    Parameters
    ----------
    change
        One change.
    world
        Before the change.
    areas
        Names of the areas.
    name
        What moves.

    Returns
    -------
    sentence
        Empty when the nearest hospital of the GHT is within `FAR_KM`, or when there is none.
    """
    away = away_km(change, world)
    if is_unknown(away) or away <= FAR_KM:
        return ""
    ght = areas.get(change.ght_code, change.ght_code)
    return words.far_move(name, ght, format_quantity(away, "km"))


def away_km(change: Change, world: World) -> float:
    """Measure how far what moves is from the nearest hospital of its new GHT; or missing."""
    if change.kind not in MOVES:
        return float("nan")
    sites, communes = world.sites, world.communes
    theirs = sites[sites.area_code == change.ght_code]
    key = {"move_site": sites.finess_et, "move": sites.finess_ej}.get(change.kind)
    if key is None:
        own = communes[communes.insee_code == change.target]
        lon, lat = own.anchor_lon, own.anchor_lat
    else:
        own = sites[key == change.target]
        lon, lat = own.lon, own.lat
    if own.empty or theirs.empty:
        return float("nan")
    return float(great_circle_km(lon, lat, theirs.lon, theirs.lat).min(axis=1).max())
