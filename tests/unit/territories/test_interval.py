"""The interval of a population, and what it is rounded to."""

import numpy as np
import pandas as pd
import pytest

from geo.territories.interval import half_width_percent, interval, interval_of, rounding_step
from geo.territories.measures import territory_table
from tests import builders


def made(population: float | None, spread: float | None) -> pd.Series:
    people = pd.Series([population], dtype="Int64")
    table = interval(people, pd.Series([spread], dtype="float64"))
    return table.assign(population=people).iloc[0]


def test_a_steady_territory_keeps_what_every_rule_misses() -> None:
    assert half_width_percent(pd.Series([0.0])).iloc[0] == pytest.approx(7.68)
    assert half_width_percent(pd.Series([8.0])).iloc[0] == pytest.approx(12.8)


def test_a_population_is_written_as_sure_as_it_is() -> None:
    found = interval_of(made(332_322, 4.0))
    assert found is not None
    assert found.value_text == "330\u202f000"
    assert found.range_text == "300\u202f000 à 360\u202f000"
    assert not found.is_weak


def test_a_wide_interval_is_weak() -> None:
    found = interval_of(made(300_000, 20.0))
    assert found is not None
    assert found.is_weak


@pytest.mark.parametrize(("population", "spread"), [(None, 5.0), (1000, None), (0, None)])
def test_unknown_stays_unknown(population: int | None, spread: float | None) -> None:
    row = made(population, spread)
    assert interval_of(row) is None
    assert pd.isna(row.population_low)
    assert pd.isna(row.half_width_percent)


def test_the_interval_holds_its_value_at_any_size() -> None:
    random = np.random.default_rng(1)
    people = pd.Series(random.integers(1, 5_000_000, 500), dtype="Int64")
    spread = pd.Series(random.uniform(0, 60, 500))
    table = interval(people, spread).assign(population=people)
    for _, row in table.iterrows():
        found = interval_of(row)
        assert found is not None
        assert 0 <= found.low <= found.value <= found.high
        # Rounding moves the value by a quarter of the half width at most.
        assert abs(found.value - row.population) <= row.population * found.half_width_percent / 400


def test_a_larger_spread_never_gives_a_narrower_interval() -> None:
    spread = pd.Series(np.linspace(0, 50, 200))
    table = interval(pd.Series(400_000, index=spread.index, dtype="Int64"), spread)
    assert table.half_width_percent.is_monotonic_increasing
    assert (table.population_high - table.population_low).iloc[[0, 50, 199]].is_monotonic_increasing


def test_the_step_is_a_power_of_ten_and_never_more_than_ten_thousand() -> None:
    steps = rounding_step(np.array([1.0, 600.0, 6400.0, 25_000.0, 500_000.0, np.nan]))
    assert steps[:-1].tolist() == [1, 100, 1000, 10_000, 10_000]
    assert np.isnan(steps[-1])


def test_the_table_of_territories_gives_low_and_high_and_keeps_the_population() -> None:
    table = territory_table(builders.atlas()).set_index("area_code")
    aube = table.loc["GE-06"]
    assert (aube.population, aube.population_low, aube.population_high) == (800, 720, 880)
    assert pd.isna(table.population_low["HF-13"])
    assert pd.isna(table.population_low["NON-AFFECTE"])
