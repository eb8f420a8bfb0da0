"""The nearest site of each service: by road, by the distance, of one's own GHT, or unknown."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geo.catchment.nearest import Ground, Offer, service_times
from geo.catchment.road_reach import joined_reach
from geo.catchment.travel_times import Impedance
from tests import builders

LINE = {"metropole": Impedance(1.2, 60.0, 4.0)}
CODES = ["10001", "10002", "10003"]
FIRST, SECOND = "100000001", "100000002"


def ground(
    times: pd.DataFrame, communes: pd.DataFrame, sites: pd.DataFrame, ghts: list[str | None]
) -> Ground:
    table = times.assign(minutes=times.half_minutes / 2)
    reach = joined_reach(table, communes, sites, LINE)
    return Ground(communes, sites, pd.Series(ghts, dtype="str"), reach, LINE)


def found(place: Ground, *offers: Offer) -> dict[tuple[str, str], tuple[object, ...]]:
    table = service_times(place, offers).astype(object)
    rows = table.where(table.notna(), None).itertuples(index=False)
    return {
        (str(row.insee_code), str(row.service)): (row.minutes, row.finess_et, row.method)
        for row in rows
    }


def two_sites(**overrides: object) -> pd.DataFrame:
    return builders.sites([0, 30], **overrides)


TIMES = builders.travel_times(
    c10001={FIRST: 3.0, SECOND: 40.0}, c10002={FIRST: 20.5, SECOND: 20.5},
    c10003={FIRST: 44.0, SECOND: 2.0},
)  # fmt: skip
ALL = Offer("medecine", frozenset({FIRST, SECOND}))


def test_the_least_minutes_win_and_the_first_of_equals() -> None:
    place = ground(TIMES, builders.communes([0, 15, 30]), two_sites(), ["GE-06"] * 3)
    assert found(place, ALL) == {
        ("10001", "medecine"): (3.0, FIRST, "road"),
        ("10002", "medecine"): (20.5, FIRST, "road"),
        ("10003", "medecine"): (2.0, SECOND, "road"),
    }


def test_only_the_sites_of_a_service_count() -> None:
    place = ground(TIMES, builders.communes([0, 15, 30]), two_sites(), ["GE-06"] * 3)
    one = found(place, Offer("maternite", frozenset({SECOND})))
    assert [minutes for minutes, *_ in one.values()] == [40.0, 20.5, 2.0]


def test_ones_own_ght_alone_counts_and_nobody_has_one_outside() -> None:
    sites = two_sites(ght_code=["GE-06", "GE-07"])
    place = ground(TIMES, builders.communes([0, 15, 30]), sites, ["GE-07", "GE-06", None])
    assert found(place, Offer("membre", frozenset({FIRST, SECOND}), is_own=True)) == {
        ("10001", "membre"): (40.0, SECOND, "road"),
        ("10002", "membre"): (20.5, FIRST, "road"),
        ("10003", "membre"): (None, None, None),
    }


def test_a_site_that_the_table_lacks_is_reached_by_the_distance() -> None:
    times = builders.travel_times(c10001={FIRST: 3.0}, c10002={FIRST: 20.5})
    place = ground(times, builders.communes([0, 15]), two_sites(), ["GE-06"] * 2)
    private = found(place, Offer("maternite", frozenset({SECOND})))
    assert private["10002", "maternite"] == (22.0, SECOND, "crow")


def test_what_is_too_far_for_the_table_is_beyond_two_hours() -> None:
    """The distance alone would say 40 minutes: the road, which the table has, is longer."""
    times = builders.travel_times(c10001={FIRST: 3.0}, c10002={SECOND: 3.0})
    place = ground(times, builders.communes([0, 30]), two_sites(), ["GE-06"] * 2)
    far = found(place, Offer("support", frozenset({SECOND}), is_own=True))
    assert far["10001", "support"] == (120.5, SECOND, "crow")


def test_over_the_sea_nothing_is_known() -> None:
    times = builders.travel_times(c10001={FIRST: 3.0}, c10002={SECOND: 3.0})
    sites = two_sites(landmass="971")
    place = ground(times, builders.communes([0, 30], landmass="971"), sites, ["GUA-01"] * 2)
    assert found(place, Offer("maternite", frozenset({SECOND})))["10001", "maternite"] == (
        None, None, None,
    )  # fmt: skip


def test_a_service_that_nobody_has_is_unknown_everywhere() -> None:
    place = ground(TIMES, builders.communes([0, 15, 30]), two_sites(), ["GE-06"] * 3)
    assert set(found(place, Offer("maternite", frozenset())).values()) == {(None, None, None)}


@given(st.permutations([0, 1, 2]))
def test_the_order_of_the_communes_never_matters(order: list[int]) -> None:
    communes = builders.communes([0, 15, 30])
    shuffled = communes.iloc[order].reset_index(drop=True)
    one = ground(TIMES, communes, two_sites(), ["GE-06"] * 3)
    other = ground(TIMES, shuffled, two_sites(), ["GE-06"] * 3)
    assert found(one, ALL) == found(other, ALL)
