"""Random zones in the place of the zones d'emploi: as many, compact, the same from one seed."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from geo.catchment.placebo import placebo, random_zones, summarise_placebo
from geo.catchment.world import World
from tests import builders

KM = [0, 5, 10, 20, 30, 40, 45, 50]


def small_world(order: int = 1) -> World:
    """Give eight communes on a line, three zones, a hospital at each end."""
    land = builders.communes(km=KM)
    ends = builders.sites(km=[0, 50], area_code=["AA-01", "BB-01"], ght_code=["AA-01", "BB-01"],
        insee_code=["10001", "10008"])  # fmt: skip
    made = builders.world(land, ends, zones=["a"] * 3 + ["b"] * 2 + ["c"] * 3)
    return builders.world(
        land[::order], ends, [made.zones[code] for code in land.insee_code[::order]]
    )


def figures() -> pd.DataFrame:
    return builders.published(
        ght_code=["AA-01", "BB-01"], figure="population", value=[4000, 4000], year=None
    )


def test_zones_are_as_many_and_compact() -> None:
    world = small_world()
    zones = random_zones(world, np.random.default_rng(1))
    assert set(zones) == set(world.zones)
    assert len(set(zones.values())) == 3
    runs = [zones[code] for code in world.communes.insee_code]
    changes = sum(one != other for one, other in pairwise(runs))
    assert changes == 2, "each zone of a line is in one piece"


def test_a_commune_without_a_zone_has_none_here_either() -> None:
    world = small_world()
    zones = {code: zone for code, zone in world.zones.items() if code != "10001"}
    bare = World(world.communes, world.sites, zones=zones)
    assert "10001" not in random_zones(bare, np.random.default_rng(1))


def test_the_order_of_the_communes_changes_nothing() -> None:
    one, other = (random_zones(small_world(way), np.random.default_rng(3)) for way in (1, -1))
    assert one == other


def test_a_seed_gives_the_same_table_and_another_another() -> None:
    one, again = (placebo(small_world(), figures(), 3, seed=5) for _ in range(2))
    pd.testing.assert_frame_equal(one, again)
    drawn = {
        tuple(random_zones(small_world(), np.random.default_rng(seed)).values())
        for seed in range(9)
    }
    assert len(drawn) > 1


def test_draws_are_summed_up_beside_the_real_zones() -> None:
    table = placebo(small_world(), figures(), 4)
    assert Counter(table.zoning) == {"real": 1, "none": 1, "random": 4}
    summary = summarise_placebo(table).set_index("zoning")
    assert summary.draw["random_mean"] == 4
    random = table[table.zoning == "random"]
    assert summary.mean_percent["random_mean"] == pytest.approx(random.mean_percent.mean())
    assert 0 <= summary.as_good_percent["random_mean"] <= 100
    assert summary.as_good_percent.drop("random_mean").isna().all()
