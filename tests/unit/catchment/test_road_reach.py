"""Minutes by road where the table has them, by the distance elsewhere."""

from pathlib import Path

import pandas as pd
import pytest

from geo.atlas.load import load_atlas
from geo.catchment.road_reach import crow_impedances, joined_reach, road_reach
from geo.catchment.travel_times import Impedance, estimate_reach
from tests import builders

LINE = {"metropole": Impedance(1.2, 60.0, 4.0)}


def times(**minutes: dict[str, float]) -> pd.DataFrame:
    table = builders.travel_times(**minutes)
    return table.assign(minutes=table.half_minutes / 2)


def pairs(*args: object) -> dict[tuple[int, int], tuple[float, str]]:
    reach = joined_reach(*args)  # type: ignore[arg-type]
    assert reach.is_road is not None
    rows = zip(reach.commune, reach.site, reach.minutes, reach.is_road, strict=True)
    return {
        (int(commune), int(site)): (round(float(time), 1), "road" if is_road else "crow")
        for commune, site, time, is_road in rows
    }


def test_the_table_is_taken_as_it_is() -> None:
    table = times(
        c10001={"100000001": 3.0, "100000002": 40.0}, c10002={"100000001": 20.5, "999999999": 1.0}
    )
    found = pairs(table, builders.communes([0, 10]), builders.sites([0, 20]), LINE)
    assert found == {
        (0, 0): (3.0, "road"), (0, 1): (40.0, "road"), (1, 0): (20.5, "road"),
    }  # fmt: skip


def test_a_site_or_a_commune_that_the_table_lacks_is_estimated() -> None:
    """The second site was added by hand; the second commune is an island."""
    table = times(c10001={"100000001": 3.0})
    found = pairs(table, builders.communes([0, 10]), builders.sites([0, 20]), LINE)
    assert found == {
        (0, 0): (3.0, "road"), (0, 1): (28.0, "crow"),
        (1, 0): (16.0, "crow"), (1, 1): (16.0, "crow"),
    }  # fmt: skip


def test_a_commune_without_a_site_within_two_hours_keeps_the_nearest() -> None:
    table = times(c10001={"100000001": 3.0, "100000002": 9.0}, c10002={"999999999": 5.0})
    found = pairs(table, builders.communes([0, 10]), builders.sites([0, 18]), LINE)
    assert found[1, 1] == (13.6, "crow")
    assert (1, 0) not in found


def test_lands_have_their_own_line() -> None:
    island = builders.communes([0, 10], landmass=["metropole", "971"])
    sites = builders.sites([0, 10], landmass=["metropole", "971"], lat=0.0)
    lines = {**LINE, "971": Impedance(2.0, 60.0, 1.0)}
    reach = estimate_reach(island, sites, by_landmass=lines)
    assert list(reach.minutes) == [4.0, 1.0]
    assert {"metropole", "corse", "971", "972", "974", "976"} == set(crow_impedances())


def test_an_estimate_with_a_start_reads_back_its_distance() -> None:
    line = Impedance(1.2, 60.0, 4.0)
    assert line.kilometres(28.0) == pytest.approx(20.0)


def test_the_bundle_is_read(tmp_path: Path) -> None:
    atlas = load_atlas(builders.bundle(tmp_path / "data"))
    found = road_reach(atlas, atlas.communes, atlas.establishments)
    assert list(found.minutes) == [3.0, 14.5]
    assert found.is_road is not None
    assert list(found.is_road) == [True, True]
