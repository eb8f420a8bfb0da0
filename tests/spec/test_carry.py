"""Communes of 2018 carried to the official code of today: nobody lost, no land lost."""

import pandas as pd
import pytest
from geopandas import GeoSeries
from shapely.geometry import Polygon, box

from geo.errors import SourceError
from geo.geography.communes import (
    Carry,
    build_communes,
    carry_codes,
    commune_context,
    commune_polygons,
    geodesic_area_km2,
    landmass,
    municipal_populations,
)
from tests import builders

pytestmark = pytest.mark.spec
NO_MOVE = builders.movements().assign(date=pd.Series(dtype="datetime64[us]"))


def carried(polygons: list[str], cog: pd.DataFrame, moves: pd.DataFrame = NO_MOVE) -> Carry:
    return carry_codes(pd.Series(polygons, dtype="str"), cog, moves)


# Mergers and delegated communes


def test_a_commune_that_did_not_change_keeps_its_polygon() -> None:
    carry = carried(["10001"], builders.cog("COM 10001"))
    assert (dict(carry.area_of), dict(carry.included)) == ({"10001": "10001"}, {})


def test_merged_communes_make_one_polygon() -> None:
    """10002 joined 10001 in 2019: one commune, two squares, the seat in the first."""
    cog = builders.cog("COM 10001", "COMD 10002 10001")
    carry = carried(
        ["10001", "10002"], cog, builders.movements("2019-01-01 32 COM 10002 > COM 10001")
    )
    squares = builders.contours("10001", "10002")
    polygons = commune_polygons(squares, carry)
    assert polygons.insee_code.to_list() == ["10001"]
    assert polygons.geometry[0].equals(squares.union_all())
    assert polygons.chef_lieu[0].equals(squares.geometry[0])


def test_mergers_follow_one_another() -> None:
    """10003 joined 10002 in 2017, which joined 10001 in 2019."""
    moves = builders.movements(
        "2017-01-01 32 COM 10003 > COM 10002", "2019-01-01 32 COM 10002 > COM 10001"
    )
    carry = carried(["10001", "10002", "10003"], builders.cog("COM 10001"), moves)
    assert set(carry.area_of.values()) == {"10001"}


def test_a_code_change_moves_the_polygon() -> None:
    """A commune passes from departement 10 to 89 and takes a new code; no seat keeps its code."""
    carry = carried(
        ["10001"],
        builders.cog("COM 89001"),
        builders.movements("2020-01-01 41 COM 10001 > COM 89001"),
    )
    assert carry.carry(pd.Series(["10001", "89001", "99999"])).fillna("?").to_list() == [
        "89001", "89001", "?",
    ]  # fmt: skip
    polygons = commune_polygons(builders.contours("10001"), carry)
    assert polygons.chef_lieu[0].equals(polygons.geometry[0])


def test_a_code_may_come_back() -> None:
    """27676 was merged, recoded to 27058, and recoded back: in force, it keeps its polygon."""
    moves = builders.movements(
        "2017-01-01 32 COM 27058 > COM 27676",
        "2021-01-01 50 COM 27676 > COM 27058",
        "2023-01-01 50 COM 27058 > COM 27676",
    )
    carry = carried(["27676"], builders.cog("COM 27676"), moves)
    assert carry.carry(pd.Series(["27676", "27058"])).to_list() == ["27676", "27676"]


# Splits


def test_a_commune_merged_and_split_again_keeps_its_own_polygon() -> None:
    """10002 joined 10001 in 2019 and left it in 2024: both are in force, both have a polygon."""
    moves = builders.movements(
        "2019-01-01 32 COM 10002 > COM 10001", "2024-01-01 21 COM 10001 > COM 10002"
    )
    carry = carried(["10001", "10002"], builders.cog("COM 10001", "COM 10002"), moves)
    assert dict(carry.area_of) == {"10001": "10001", "10002": "10002"}
    assert not carry.included


def test_a_commune_re_created_without_polygon_is_counted_with_its_origin() -> None:
    """10002 was inside 10001 when the polygons were drawn and left it in 2024."""
    moves = builders.movements(
        "2016-01-01 32 COM 10002 > COM 10001", "2024-01-01 21 COM 10001 > COM 10002"
    )
    cog = builders.cog("COM 10001", "COM 10002")
    carry = carried(["10001"], cog, moves)
    assert dict(carry.included) == {"10002": "10001"}
    assert carry.area_of["10002"] == "10001"
    land = build_communes(
        commune_polygons(builders.contours("10001"), carry),
        builders.populations(c10001=400, c10002=60), cog, carry, builders.context("10001", "10002"),
    )  # fmt: skip
    assert land.insee_code.to_list() == ["10001"]
    assert land.population.to_list() == [460], "its inhabitants are counted with its origin"
    assert land.included_codes.to_list() == ["10002"]
    assert land.population_2021.to_list() == [200]


def test_a_commune_split_from_a_commune_that_was_itself_split() -> None:
    """10003 left 10002, which had left 10001; only 10001 has a polygon: it counts all three."""
    moves = builders.movements(
        "2022-01-01 21 COM 10001 > COM 10002", "2024-01-01 21 COM 10002 > COM 10003"
    )
    cog = builders.cog("COM 10001", "COM 10002", "COM 10003")
    carry = carried(["10001"], cog, moves)
    assert dict(carry.included) == {"10002": "10001", "10003": "10001"}
    land = build_communes(
        commune_polygons(builders.contours("10001"), carry),
        builders.populations(c10001=4, c10002=2, c10003=1), cog, carry, builders.context("10001"),
    )  # fmt: skip
    assert land.population.to_list() == [7]


def test_the_latest_split_tells_the_origin() -> None:
    """Split from 10001 in 1950, merged into 10003 since, split from it in 2024: it left 10003."""
    moves = builders.movements(
        "2024-01-01 21 COM 10003 > COM 10002",
        "1950-01-01 21 COM 10001 > COM 10002",
        "2010-01-01 32 COM 10002 > COM 10003",
    )
    cog = builders.cog("COM 10001", "COM 10002", "COM 10003")
    assert dict(carried(["10001", "10003"], cog, moves).included) == {"10002": "10003"}


def test_a_delegated_commune_goes_where_it_is_delegated_despite_a_later_split() -> None:
    """10003 joined 10001; 10002 then left 10001 with 10003, delegated to it: 10002 holds it."""
    moves = builders.movements(
        "2019-01-01 32 COM 10003 > COM 10001",
        "2019-01-01 32 COM 10002 > COM 10001",
        "2024-01-01 21 COM 10001 > COM 10002",
    )
    cog = builders.cog("COM 10001", "COM 10002", "COMD 10003 10002")
    carry = carried(["10001", "10002", "10003"], cog, moves)
    assert carry.area_of["10003"] == "10002"


# What must stop the build


def test_a_polygon_without_future_stops_the_build() -> None:
    with pytest.raises(SourceError) as error:
        carried(["10001", "99999"], builders.cog("COM 10001"))
    (fault,) = error.value.faults
    assert fault == (
        "communes sans suite dans les mouvements : 99999. "
        "Prenez une table des mouvements plus récente que les contours."
    )


def test_a_commune_without_polygon_nor_origin_stops_the_build() -> None:
    with pytest.raises(SourceError, match="sans contour ni commune d'origine : 10002"):
        carried(["10001"], builders.cog("COM 10001", "COM 10002"))


def test_two_tables_that_disagree_stop_the_build() -> None:
    """The official code says 10002 is delegated to 10003, the movements that it joined 10001."""
    cog = builders.cog("COM 10001", "COM 10003", "COMD 10002 10003")
    moves = builders.movements("2019-01-01 32 COM 10002 > COM 10001")
    with pytest.raises(SourceError, match="se contredisent : 10002"):
        carried(["10001", "10002", "10003"], cog, moves)


def test_all_the_faults_are_told_together() -> None:
    with pytest.raises(SourceError) as error:
        carried(["10001", "99999"], builders.cog("COM 10001", "COM 10002"))
    assert len(error.value.faults) == 2
    assert "communes : 2 défauts." in str(error.value)


# Populations


def test_arrondissements_are_summed_into_their_city() -> None:
    """Paris is counted by arrondissement: 100 + 200; Mayotte comes from another year."""
    cog = builders.cog("COM 75056", "ARM 75101 75056", "ARM 75102 75056", "COM 97601")
    people = municipal_populations(
        builders.populations(c75101=100, c75102=200), builders.populations(2017, c97601=50), cog
    )
    assert people.set_index("insee_code").population.to_dict() == {"75056": 300, "97601": 50}
    assert people.population_year.to_list() == [2023, 2017]


def one_square(**by_code: int) -> pd.DataFrame:
    """Communes of a country of one commune, 10001, with these populations."""
    cog = builders.cog("COM 10001")
    carry = carried(["10001"], cog)
    return build_communes(
        commune_polygons(builders.contours("10001"), carry), builders.populations(**by_code), cog,
        carry, builders.context("10001"),
    )  # fmt: skip


def test_inhabitants_of_nowhere_stop_the_build() -> None:
    with pytest.raises(SourceError, match="populations de communes sans contour : 99999"):
        one_square(c10001=10, c99999=5)


def test_a_commune_without_population_stops_the_build() -> None:
    """Unknown is not zero."""
    with pytest.raises(SourceError, match="communes sans population : 10001"):
        one_square()


def test_a_commune_of_nobody_is_a_commune() -> None:
    """Six communes died for France: population zero, known."""
    assert one_square(c10001=0).population.to_list() == [0]


def test_context_figures_are_unknown_if_one_part_is() -> None:
    """10001 holds 10001 and 10002; births of 10002 are unknown: births of the whole are."""
    carry = Carry({"10001": "10001", "10002": "10001", "75101": "75056"}, {})
    rows = builders.context("10001", "10002").astype("object")
    rows.loc[1, "births_2022"] = None
    figures = commune_context(rows, carry, pd.Series(["10001", "97601"]))
    assert figures.loc["10001", "population_2021"] == 200
    assert figures.births_2022.isna().all()
    assert figures.loc["97601"].isna().all(), "Mayotte is absent from the file: unknown"


def test_context_of_arrondissements_counts_for_their_city_and_other_types_do_not() -> None:
    carry = Carry({"75101": "75056", "75102": "75056", "10002": "75056"}, {})
    rows = pd.concat(
        [
            builders.context("75101", "75102", commune_type="ARM"),
            builders.context("10002", commune_type="COMD"),
        ]
    )
    figures = commune_context(rows, carry, pd.Series(["75056"]))
    assert figures.population_2021.to_list() == [200]


# Land


@pytest.mark.parametrize(
    ("dep_code", "land"),
    [("10", "metropole"), ("2A", "corse"), ("2B", "corse"), ("974", "974"), ("977", "977")],
)
def test_each_departement_is_on_one_land(dep_code: str, land: str) -> None:
    assert landmass(pd.Series([dep_code])).to_list() == [land]


def test_areas_are_geodesic_and_holes_are_subtracted() -> None:
    """A square degree on the equator measures 12,308.8 km2 on GRS80, not 12,391 on a sphere."""
    whole, hole = box(0, 0, 1, 1), box(0.25, 0.25, 0.75, 0.75)
    for ring in (hole.exterior.coords, list(hole.exterior.coords)[::-1]):
        square = GeoSeries([whole, hole, Polygon(whole.exterior.coords, [ring])], crs="EPSG:4326")
        full, part, pierced = geodesic_area_km2(square)
        assert full == pytest.approx(12308.8, abs=0.1)
        assert pierced == pytest.approx(full - part, rel=1e-12)


def test_the_anchor_lies_in_the_seat_not_in_the_whole() -> None:
    """10001 absorbed two squares to the east: people still start from the old town."""
    cog = builders.cog("COM 10001", "COMD 10002 10001", "COMD 10003 10001")
    moves = builders.movements(
        "2019-01-01 32 COM 10002 > COM 10001", "2019-01-01 32 COM 10003 > COM 10001"
    )
    squares = builders.contours("10001", "10002", "10003")
    carry = carried(["10001", "10002", "10003"], cog, moves)
    land = build_communes(
        commune_polygons(squares, carry), builders.populations(c10001=10), cog, carry,
        builders.context("10001"),
    )  # fmt: skip
    assert 0 < land.anchor_lon[0] < 0.1
    assert land.area_km2[0] == pytest.approx(geodesic_area_km2(squares.geometry).sum())
