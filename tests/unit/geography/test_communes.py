"""Carry of communes: random histories, nobody and no land lost."""

from dataclasses import dataclass

import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.geography.communes import (
    build_communes,
    carry_codes,
    commune_polygons,
    geodesic_area_km2,
    municipal_populations,
)
from tests import builders

POLYGONS = [f"10{n:03d}" for n in range(1, 9)]


@dataclass
class History:
    """What a plain simulation of the years after the polygons gives."""

    moves: list[str]
    living: list[str]
    home: dict[str, str]  # where the people of each polygon, or re-created commune, live today


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Merge or recode communes year after year; every code has one story."""
    living, moves = list(POLYGONS), []
    home = {code: code for code in POLYGONS}
    for step in range(draw(st.integers(0, 6))):
        date = f"{2019 + step}-01-01"
        gone = draw(st.sampled_from(living))
        if len(living) > 1 and draw(st.booleans()):
            heir = draw(st.sampled_from([code for code in living if code != gone]))
            moves.append(f"{date} 32 COM {gone} > COM {heir}")
        else:
            heir = f"51{step:03d}"
            moves.append(f"{date} 41 COM {gone} > COM {heir}")
            living.append(heir)
        living.remove(gone)
        home = {code: heir if now == gone else now for code, now in home.items()}
    return History(moves, sorted(living), home)


def cog_of(history: History) -> pd.DataFrame:
    return builders.cog(*[f"COM {code}" for code in history.living])


def movements_of(history: History) -> pd.DataFrame:
    table = builders.movements(*history.moves)
    return table if history.moves else table.assign(date=pd.Series(dtype="datetime64[us]"))


@settings(max_examples=30)
@given(histories(), st.integers(0, 99))
def test_every_polygon_follows_its_people(history: History, seed: int) -> None:
    moves = movements_of(history).sample(frac=1, random_state=seed)
    carry = carry_codes(pd.Series(POLYGONS[::-1]), cog_of(history).iloc[::-1], moves)
    assert {code: carry.area_of[code] for code in POLYGONS} == history.home
    assert not carry.included


@settings(max_examples=20)
@given(histories(), st.lists(st.integers(0, 10**6), min_size=8, max_size=8))
def test_neither_people_nor_land_are_lost(history: History, people: list[int]) -> None:
    cog = cog_of(history)
    carry = carry_codes(pd.Series(POLYGONS), cog, movements_of(history))
    counted: dict[str, int] = {}
    for code, count in zip(POLYGONS, people, strict=True):
        counted[f"c{history.home[code]}"] = counted.get(f"c{history.home[code]}", 0) + count
    squares = builders.contours(*POLYGONS)
    polygons = commune_polygons(squares.iloc[::-1], carry)
    land = build_communes(
        polygons, builders.populations(**counted), cog, carry, builders.context(*POLYGONS)
    )
    assert land.insee_code.to_list() == history.living
    assert land.population.sum() == sum(people)
    assert dict(zip("c" + land.insee_code, land.population, strict=True)) == counted
    assert land.area_km2.sum() == pytest.approx(geodesic_area_km2(squares.geometry).sum())
    assert land.population_2021.sum() == 100 * len(POLYGONS)
    assert shapely.coverage_is_valid(polygons.geometry.to_numpy())


@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=4))
def test_arrondissements_are_conserved(people: list[int]) -> None:
    cog = builders.cog("COM 13055", "ARM 13201 13055", "ARM 13202 13055", "COM 13001", "COM 97601")
    one, two, three, four = people
    table = municipal_populations(
        builders.populations(c13202=one, c13001=two, c13201=three),
        builders.populations(2017, c97601=four),
        cog,
    )
    assert table.population.sum() == sum(people)
    assert table.insee_code.to_list() == ["13001", "13055", "97601"]
