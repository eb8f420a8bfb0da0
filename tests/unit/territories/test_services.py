"""Inhabitants beyond thresholds: they add up, shrink with the threshold, and unknown is apart."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import UserError
from geo.territories.beds import beds_table, fifths, zones_text
from geo.territories.referral import referrals
from geo.territories.services import (
    AREAS,
    SERVICES,
    THRESHOLDS_MIN,
    access_table,
    beyond,
    beyond_name,
    commune_minutes,
    share_name,
)
from tests import builders

COMMUNES = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 200).map(lambda half: half / 2)),
        st.integers(0, 10_000),
        st.sampled_from(["A", "B", "C"]),
    ),
    min_size=1,
    max_size=12,
)
Rows = list[tuple[float | None, int, str]]


def counted(rows: Rows, factor: float = 1.0) -> pd.DataFrame:
    minutes, people, areas = zip(*rows, strict=True)
    return beyond(
        np.array(minutes, dtype="float64"), np.array(people) * factor, pd.Series(areas, name="area")
    )


def test_unknown_minutes_are_counted_apart() -> None:
    table = counted([(10.0, 100, "A"), (31.0, 300, "A"), (None, 50, "A"), (None, 7, "B")])
    people = ["population", "unknown_population"]
    assert table[people].to_numpy().tolist() == [[450, 50], [7, 7]]
    assert table.loc[["A"], [beyond_name(15), share_name(15)]].to_numpy().tolist() == [[300, 75]]
    assert table.loc[["A"], [beyond_name(45), share_name(45)]].to_numpy().tolist() == [[0, 0]]
    assert table.loc[["B"], [beyond_name(15), share_name(15)]].isna().all(axis=None)


def test_a_threshold_is_not_beyond_itself() -> None:
    table = counted([(30.0, 100, "A"), (30.5, 100, "A")])
    assert table.loc["A", beyond_name(30)] == 100


@given(COMMUNES)
def test_fewer_people_live_beyond_more_minutes(rows: Rows) -> None:
    table = counted(rows).fillna(0)
    steps = table[[beyond_name(threshold) for threshold in THRESHOLDS_MIN]].to_numpy()
    assert (np.diff(steps, axis=1) <= 0).all()
    assert (steps[:, 0] <= table.population - table.unknown_population).all()


@given(COMMUNES)
def test_within_beyond_and_unknown_are_everybody(rows: Rows) -> None:
    table = counted(rows)
    for threshold in THRESHOLDS_MIN:
        for area, row in table.iterrows():
            inside = sum(n for t, n, a in rows if a == area and t is not None and t <= threshold)
            known = row.population - row.unknown_population
            far = 0.0 if np.isnan(row[beyond_name(threshold)]) else row[beyond_name(threshold)]
            assert inside + far + row.unknown_population == row.population
            if known:
                share = inside / known * 100 + row[share_name(threshold)]
                assert share == pytest.approx(100)


@given(COMMUNES, st.randoms())
def test_neither_the_order_nor_the_scale_changes_a_share(rows: Rows, luck: object) -> None:
    shuffled = list(rows)
    luck.shuffle(shuffled)  # type: ignore[attr-defined]
    shares = [share_name(threshold) for threshold in THRESHOLDS_MIN]
    pd.testing.assert_frame_equal(counted(rows)[shares], counted(shuffled, factor=3.0)[shares])


@given(COMMUNES)
def test_the_areas_add_up_to_the_country(rows: Rows) -> None:
    whole = counted([(minutes, people, "F") for minutes, people, _ in rows])
    parts = counted(rows).filter(regex="population|inhabitants")
    assert parts.sum().to_dict() == whole.filter(regex="population|inhabitants").sum().to_dict()


def test_the_official_minutes_are_shown_as_they_are() -> None:
    atlas = builders.atlas()
    table = commune_minutes(atlas, "urgences")
    assert table.minutes.to_list() == [0.0, 17.5]
    assert set(table.method) == {"official"}
    (row,) = access_table(atlas, "urgences").to_dict("records")
    assert (row["area_code"], row[beyond_name(15)], row[beyond_name(30)]) == ("GE-06", 300, 0)


def test_every_division_has_everybody() -> None:
    atlas = builders.atlas()
    for by in AREAS:
        for key in SERVICES:
            assert access_table(atlas, key, by).population.sum() == 800


def test_a_commune_names_its_nearest_site() -> None:
    table = access_table(builders.atlas(), "medecine", "commune").set_index("insee_code")
    row = table.loc["10002"]
    assert (row.minutes, row.site_name, row.time_method) == (14.5, "CH de la ville 1", "road")


def test_a_service_or_a_division_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UserError, match="Service « piscine » inconnu"):
        access_table(builders.atlas(), "piscine")
    with pytest.raises(UserError, match="Découpage « canton » inconnu"):
        access_table(builders.atlas(), "maternite", "canton")


# Beds within reach


def test_beds_are_averaged_over_the_inhabitants_and_never_given_by_commune() -> None:
    beds = builders.access(["10001", "10002"])["access_beds"].assign(beds_per_1000=[1.0, 3.0])
    atlas = builders.atlas(access_beds=beds)
    (row,) = beds_table(atlas).to_dict("records")
    assert row["beds_per_1000"] == pytest.approx((500 * 1 + 300 * 3) / 800)
    assert row["unknown_population"] == 0
    with pytest.raises(UserError, match="pas de chiffre par commune"):
        beds_table(atlas, "commune")


def test_beds_that_are_not_known_are_no_class() -> None:
    (row,) = beds_table(
        builders.atlas(access_beds=builders.access(["10001", "10002"], None)["access_beds"])
    ).to_dict("records")
    assert row["unknown_population"] == 800
    assert all(pd.isna(row[name]) for name in ("beds_per_1000", "bed_class", "class_name"))


@given(st.lists(st.tuples(st.floats(0, 10), st.integers(1, 500)), min_size=1, max_size=20))
def test_fifths_ascend_among_the_values(rows: list[tuple[float, int]]) -> None:
    values, weights = (np.array(part, dtype="float64") for part in zip(*rows, strict=True))
    bounds = fifths(values, weights)
    assert (np.diff(bounds) >= 0).all()
    assert set(bounds) <= set(values)


def test_the_zones_are_written() -> None:
    assert zones_text() == "jusqu'à 20 min : 1 ; jusqu'à 40 min : 0,68 ; jusqu'à 60 min : 0,22"


# Referral


def test_a_site_turns_to_the_nearest_of_a_higher_level() -> None:
    items = {("100000001", "109999901"): {"MCO.LIT_MED": 60, "PERINAT.SEJACC": 900}}
    access = builders.access(["10001", "10002"], reanimation=[35.0, 50.0])
    atlas = builders.atlas(**builders.activity(builders.survey(figures=items)), **access)
    table = referrals(atlas, "GE-06").set_index("level")
    assert table.loc["reanimation", "minutes"] == 35.0
    assert table.loc["reanimation", "to_site_name"] == "CH de la ville 1"
    assert table.loc["maternite_3", ["minutes", "to_finess_et"]].isna().all()


def test_a_site_that_has_the_level_turns_to_nobody() -> None:
    items = {("100000001", "109999901"): {"MCO.LIT_MED": 60, "REA.REAADU.LIT": 8}}
    atlas = builders.atlas(**builders.activity(builders.survey(figures=items)))
    assert referrals(atlas, "GE-06").empty
