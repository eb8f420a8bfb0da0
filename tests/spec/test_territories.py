"""Communes added up: populations, areas, densities, and the row of those nobody serves."""

import pandas as pd
import pytest

from geo.atlas.schema import check_table
from geo.territories.areas import area_polygons, build_territories, sum_communes
from geo.territories.density import density_per_km2
from geo.territories.measures import (
    figure_text,
    mean_travel_time_min,
    population_change_percent,
    territory_table,
)
from geo.territories.sums import complete_sum, sum_by_area, totals
from tests import builders

pytestmark = pytest.mark.spec
OUTSIDE = "HORS-750712184"
NAMES = pd.Series({"750712184": "AP-HP"})


@pytest.fixture
def territories() -> pd.DataFrame:
    """Two communes to GE-06, one to AP-HP, one to nobody; HF-13 is psychiatric."""
    land = builders.communes(
        km=[0, 10, 20, 30], population=[500, 300, 90, 10], area_km2=[10.0, 10.0, 3.0, 7.0],
        population_year=[2023, 2023, 2017, 2023],
    )  # fmt: skip
    areas = builders.assignments(
        insee_code=land.insee_code.to_list(),
        area_code=["GE-06", "GE-06", OUTSIDE, "NON-AFFECTE"],
    )
    ghts = builders.ghts(
        ght_code=["GE-06", "HF-13", "GUA-01", "NA-01"],
        ght_name=["Aube", "Psychiatrie 59-62", "Îles du Nord", "Vide"],
        is_thematic=[False, True, False, False],
        current_member_count=[6, 4, 2, 1],
    )
    sites = builders.sites(
        km=[0, 20, 0, 0],
        ght_code=["GE-06", None, "GUA-01", "NA-01"],
        finess_ej=["109999901", "750712184", "970100160", "109999904"],
        insee_code=["10001", "10003", None, "10001"],
        is_general=[True, True, True, False],
    )
    return build_territories(areas, land, ghts, sites, NAMES).set_index("area_code", drop=False)


def test_the_populations_sum_to_the_country(territories: pd.DataFrame) -> None:
    """Territories, hors GHT and unassigned: 500 + 300 + 90 + 10 = 900, nobody lost."""
    assert territories.population.dropna().to_dict() == {
        "GE-06": 800, OUTSIDE: 90, "NON-AFFECTE": 10,
    }  # fmt: skip
    assert territories.population.sum() == 900
    assert territories.area_km2.sum() == pytest.approx(30)
    assert territories.commune_count.sum() == 4


def test_an_area_outside_the_ghts_is_named_and_apart(territories: pd.DataFrame) -> None:
    row = territories.loc[OUTSIDE]
    assert (row.kind, row.area_name, row.reg_code) == ("hors_ght", "AP-HP", "44")
    assert row.population_year == 2017
    assert row[["ght_code", "member_count"]].isna().all(), "an entity is not a group"


def test_a_ght_without_territory_says_why_and_has_no_zero(territories: pd.DataFrame) -> None:
    """Thematic, sites off the map, or no general site: the figures are unknown, not zero."""
    bare = territories.loc[["HF-13", "GUA-01", "NA-01"]]
    assert bare.status.to_list() == ["thematic", "outside_scope", "no_site"]
    figures = ["population", "area_km2", "density_per_km2", "commune_count", "site_count"]
    assert bare[figures].isna().all(axis=None)
    assert bare.member_count.to_list() == [4, 2, 1]


def test_the_row_of_the_unassigned_is_always_there(territories: pd.DataFrame) -> None:
    row = territories.iloc[-1]
    assert (row.area_code, row.kind, row.status) == ("NON-AFFECTE", "unassigned", "unassigned")
    assert pd.isna(row.reg_code), "the unassigned belong to no region"
    table = builders.atlas().territories
    assert table.population.iloc[-1] == 0, "known to be nobody"


def test_the_table_is_the_bundled_one(territories: pd.DataFrame) -> None:
    assert len(check_table("territories", territories)) == 6


def test_density_is_derived_never_summed(territories: pd.DataFrame) -> None:
    """GE-06: 800 inhabitants on 20 km2 are 40 per km2, though its communes have 50 and 30."""
    assert territories.loc["GE-06", "density_per_km2"] == 40
    total = totals(territories)
    assert total.density_per_km2 == pytest.approx(900 / 30)
    assert total.density_per_km2 != territories.density_per_km2.sum()


@pytest.mark.parametrize(("population", "area"), [(None, 10.0), (100, None), (100, 0.0)])
def test_a_density_of_something_unknown_is_unknown(
    population: int | None, area: float | None
) -> None:
    table = pd.DataFrame(
        {
            "population": pd.Series([population], dtype="Int64"),
            "area_km2": pd.Series([area], dtype="float64"),
        }
    )
    assert density_per_km2(table).isna().to_list() == [True]


def test_nobody_on_a_known_area_is_a_density_of_zero() -> None:
    table = pd.DataFrame({"population": pd.Series([0], dtype="Int64"), "area_km2": [3.0]})
    assert density_per_km2(table).to_list() == [0.0]


def test_the_total_of_unknown_figures_is_unknown(territories: pd.DataFrame) -> None:
    """Only the psychiatric GHT selected: its population is not zero."""
    total = totals(territories.loc[["HF-13"]])
    assert total[["population", "area_km2", "density_per_km2"]].isna().all()
    assert total.member_count == 4


def test_the_oldest_count_dates_the_territory() -> None:
    land = builders.communes(km=[0, 1], population_year=[2023, 2017])
    sums = sum_communes(builders.assignments(insee_code=["10001", "10002"]), land)
    assert sums.population_year.to_dict() == {"GE-06": 2017}


def test_territories_tile() -> None:
    """Four squares in a row, two areas: no overlap, no gap; the unassigned square is left out."""
    squares = builders.contours("10001", "10002", "10003", "10004")
    areas = builders.assignments(
        insee_code=["10001", "10002", "10003", "10004"],
        area_code=["AA-01", "AA-01", "BB-01", "NON-AFFECTE"],
    )
    shapes = area_polygons(squares, areas)
    assert shapes.index.to_list() == ["AA-01", "BB-01"]
    assert shapes.crs == squares.crs
    one, other = shapes.geometry.to_list()
    assert one.equals(squares.head(2).union_all())
    assert one.intersection(other).area == 0


# Change and access


def test_population_change_adds_before_it_divides() -> None:
    """100 -> 110 and 300 -> 290: 400 -> 400, no change, though the percentages do not cancel."""
    land = builders.communes(km=[0, 1], population_2015=[100, 300], population_2021=[110, 290])
    change = population_change_percent(builders.assignments(insee_code=["10001", "10002"]), land)
    assert change.to_dict() == {"GE-06": 0.0}


def test_population_change_is_unknown_if_a_commune_is() -> None:
    land = builders.communes(km=[0, 1, 2], population_2015=[100, None, 100])
    areas = builders.assignments(
        insee_code=["10001", "10002", "10003"], area_code=["AA-01", "AA-01", "BB-01"]
    )
    change = population_change_percent(areas, land)
    assert change.isna().to_dict() == {"AA-01": True, "BB-01": False}


def test_mean_travel_time_counts_people_not_communes() -> None:
    """900 inhabitants at 10 minutes, 100 at 60: 15 minutes on average."""
    land = builders.communes(km=[0, 1], population=[900, 100])
    areas = builders.assignments(insee_code=["10001", "10002"], travel_time_min=[10.0, 60.0])
    assert mean_travel_time_min(areas, land).to_dict() == {"GE-06": 15.0}


def test_mean_travel_time_is_unknown_if_one_time_is() -> None:
    land = builders.communes(km=[0, 1])
    areas = builders.assignments(insee_code=["10001", "10002"], travel_time_min=[10.0, None])
    assert mean_travel_time_min(areas, land).isna().to_list() == [True]


# Beside the published figures


def test_published_figures_stand_beside_the_modelled_ones() -> None:
    """800 inhabitants modelled against 1,000 published: 20 % below."""
    table = territory_table(builders.atlas()).set_index("area_code")
    row = table.loc["GE-06"]
    assert (row.population, row.published_population) == (800, 1000)
    assert row.published_population_year == 2018
    assert row.population_deviation_percent == pytest.approx(-20)
    assert row.area_deviation_percent == pytest.approx(0)
    assert table.loc["HF-13", ["published_population", "population_deviation_percent"]].isna().all()


def test_a_region_keeps_its_own_rows() -> None:
    assert territory_table(builders.atlas(), "32").area_code.to_list() == ["HF-13"]
    assert territory_table(builders.atlas(), "99").empty


def test_a_sum_is_unknown_as_soon_as_one_commune_is() -> None:
    areas = builders.assignments(insee_code=["1", "2", "3"], area_code=["A", "A", "B"])
    land = pd.DataFrame({"insee_code": ["1", "2", "3"], "beds": [1.0, None, 5.0]})
    beds = sum_by_area(areas, land, ["beds"]).beds
    assert beds.isna().to_dict() == {"A": True, "B": False}
    assert beds["B"] == 5
    assert (complete_sum(land.beds), complete_sum(land.beds[2:])) == (None, 5)


def test_a_figure_is_unknown_or_makes_no_sense() -> None:
    assert figure_text("area_km2", 6699.2) == "6\u202f699\u00a0km²"
    assert figure_text("population", 12, unit="") == "12"
    assert figure_text("population", None, "modelled") == "inconnu"
    assert figure_text("population", pd.NA, "thematic") == "sans objet"


def test_a_published_population_meets_that_of_its_year() -> None:
    """1,000 published in 2018, when 1,200 lived where 800 live now: 20 % above, not below."""
    tables = builders.small_tables()
    land = tables["communes"].assign(
        population_2015=[700, 500], population_2021=[700, 500]
    ).astype({"population_2015": "Int64", "population_2021": "Int64"})  # fmt: skip
    row = territory_table(builders.atlas(communes=land)).set_index("area_code").loc["GE-06"]
    assert (row.population, row.population_then) == (800, 1200)
    assert row.population_deviation_percent == pytest.approx(20)
