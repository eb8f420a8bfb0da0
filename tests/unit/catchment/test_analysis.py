"""Models over the bundled data: nobody is lost, and every door gives the same figures."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geo.atlas.load import Atlas
from geo.catchment import communes_file
from geo.catchment.analysis import (
    Analysis,
    all_models,
    analyse,
    atlas_world,
    measure,
    model_polygons,
    model_spread,
    validation,
    with_matrix,
)
from geo.catchment.assignment import Assignment, imported
from geo.catchment.communes_file import FORMATS, catchment_table, write_catchment
from geo.catchment.models import DEFAULT_MODEL, MODELS
from geo.catchment.options import Options, own_towns
from geo.catchment.validation import summarise
from geo.catchment.world import World
from geo.errors import UserError
from geo.territories.measures import MEASURES, territory_table
from tests import builders

pytestmark = pytest.mark.data
COUNTRY = 68_350_798


@pytest.fixture(scope="module")
def world(atlas: Atlas) -> World:
    return atlas_world(atlas)


@pytest.fixture(scope="module")
def assignments(world: World) -> dict[str, Assignment]:
    return all_models(world)


@pytest.fixture(scope="module")
def gravity(atlas: Atlas, world: World) -> Analysis:
    return analyse(atlas, world, "gravity", options=Options(2000))


def test_every_model_keeps_everyone(atlas: Atlas, assignments: dict[str, Assignment]) -> None:
    spread = model_spread(atlas, assignments)
    assert {spread[key].sum() for key in MODELS} == {COUNTRY}
    assert (spread.population_min <= spread.population_max).all()


def test_the_default_run_gives_the_bundled_territories(atlas: Atlas, world: World) -> None:
    bundled = territory_table(atlas).set_index("area_code")
    found = analyse(atlas, world, DEFAULT_MODEL).territories.set_index("area_code")
    shared = ["population", "area_km2", "commune_count", "site_count", "member_count", "status"]
    pd.testing.assert_frame_equal(
        found.loc[bundled.index, shared], bundled[shared], check_dtype=False
    )


def test_a_run_has_the_columns_of_the_map(gravity: Analysis) -> None:
    assert set(MEASURES) <= set(gravity.territories.columns)
    assert gravity.territories.population.sum() == COUNTRY


def test_the_clean_up_counts_what_it_moves(gravity: Analysis) -> None:
    assert gravity.clean_up is not None
    rules = gravity.assignment.communes.rule
    assert (rules == "enclave").sum() == gravity.clean_up.commune_count > 0


def test_a_run_without_a_clean_up_says_so(atlas: Atlas, world: World) -> None:
    assert analyse(atlas, world, "departement").clean_up is None


def test_whole_intercommunalities_keep_everyone_and_name_whom_they_empty(
    atlas: Atlas, world: World
) -> None:
    found = analyse(atlas, world, DEFAULT_MODEL, options=Options(whole_units="epci"))
    areas = found.territories.set_index("area_code")
    assert areas.population.sum() == COUNTRY
    units = atlas.commune_zones.set_index("insee_code").epci
    communes = found.assignment.communes
    assert communes.groupby(communes.insee_code.map(units)).area_code.nunique().max() == 1
    assert found.moves is not None
    assert found.moves.commune_count == (communes.rule == "whole_unit").sum() > 0
    assert found.emptied, "a metropolis holds several GHTs: some lose all"
    for text, code in zip(found.emptied, found.moves.emptied, strict=True):
        assert areas.population[code] == 0
        assert text.endswith(f"({code})")


def test_the_towns_of_members_with_beds_are_theirs(atlas: Atlas, world: World) -> None:
    found = analyse(atlas, world, "departement", options=Options(own_town=True))
    table = found.assignment.communes.set_index("insee_code").area_code
    towns = own_towns(world.sites)
    assert all(table[town] == code for town, code in towns.items())
    assert found.territories.population.sum() == COUNTRY


def test_an_imported_zoning_takes_the_options_too(atlas: Atlas, world: World) -> None:
    codes = atlas.communes.insee_code[atlas.communes.dep_code == "10"]
    table = pd.DataFrame({"insee_code": codes.head(1), "area_code": "GE-06"})
    found = measure(
        atlas, world, imported(world, table), options=Options(whole_units="departement")
    )
    areas = found.territories.set_index("area_code")
    assert areas.commune_count["GE-06"] == len(codes)
    assert areas.population.sum() == COUNTRY


def test_an_unknown_model_is_refused(atlas: Atlas, world: World) -> None:
    with pytest.raises(UserError, match="magie"):
        analyse(atlas, world, "magie")


def test_an_imported_zoning_is_measured_like_a_model(atlas: Atlas, world: World) -> None:
    codes = atlas.communes.insee_code
    table = pd.DataFrame({"insee_code": codes[:500], "area_code": "GE-06"})
    areas = measure(atlas, world, imported(world, table)).territories.set_index("area_code")
    assert areas.population.sum() == COUNTRY
    assert areas.commune_count["GE-06"] == 500
    assert areas.commune_count["NON-AFFECTE"] == len(codes) - 500
    assert pd.isna(areas.contested_population["GE-06"]), "unknown is not zero"


def test_every_model_is_judged_on_every_figure(
    atlas: Atlas, assignments: dict[str, Assignment]
) -> None:
    summary = summarise(validation(atlas, assignments, atlas.published))
    assert set(summary.model) == set(MODELS)
    default = summary[(summary.model == "nearest") & (summary.figure == "population")].iloc[0]
    assert default.median_percent < 15
    assert (summary.worst_percent >= summary.median_percent).all()


def test_the_areas_drawn_are_those_that_win_communes(atlas: Atlas, gravity: Analysis) -> None:
    areas = model_polygons(atlas, gravity.assignment)
    assert set(areas.index) == set(gravity.assignment.communes.area_code) - {"NON-AFFECTE"}
    assert areas.geometry.is_valid.all()


def test_a_matrix_replaces_the_estimated_times(tmp_path: Path, atlas: Atlas, world: World) -> None:
    far = world.sites.finess_et.iloc[0]
    path = tmp_path / "times.csv"
    path.write_text(f"origin,destination,minutes\n10387,{far},1\n99999,{far},2\n")
    changed, report = with_matrix(atlas, world, path)
    assert report.unknown_origins == ("99999",) or list(report.unknown_origins) == ["99999"]
    found = analyse(atlas, changed, "nearest").assignment.communes.set_index("insee_code")
    assert found.finess_et["10387"] == far


def test_a_former_code_of_a_matrix_is_its_commune_of_today_unless_another_origin_is(
    tmp_path: Path, atlas: Atlas, world: World
) -> None:
    """12076 changed its code; 01330 merged into 01187, which has times; two of 49160's merged."""
    far = world.sites.finess_et.iloc[0]
    codes = ("12076", "01330", "01187", "49382", "49321")
    path = tmp_path / "times.csv"
    path.write_text("origin,destination,minutes\n" + "".join(f"{code},{far},7\n" for code in codes))
    changed, report = with_matrix(atlas, world, path)
    assert report.unknown_origins == ("01330", "49321", "49382")
    assert {"12218", "01187"}.isdisjoint(report.estimated_communes)
    assert "49160" in report.estimated_communes
    assert changed.reach is not None
    first, second = report.told
    assert "12076 → 12218" in first
    assert "01330, 49321, 49382" in second


def test_one_row_per_commune_whatever_the_file(
    tmp_path: Path, atlas: Atlas, gravity: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    squares = builders.contours(*atlas.communes.insee_code[:3])
    monkeypatch.setattr(communes_file, "commune_polygons", lambda _: squares)
    for form in FORMATS:
        count = write_catchment(atlas, gravity.assignment, tmp_path / f"out.{form}", form)
        assert count == len(atlas.communes)
    codes = dict.fromkeys(("insee_code", "dep_code", "finess_et"), "str")
    text = pd.read_csv(tmp_path / "out.csv", dtype=codes)
    exact = pd.read_parquet(tmp_path / "out.parquet")
    assert text.insee_code.to_list() == exact.insee_code.to_list()
    assert exact.population.sum() == COUNTRY
    assert exact.equals(catchment_table(atlas, gravity.assignment))
    assert len(gpd.read_file(tmp_path / "out.gpkg")) == 3


def test_commune_polygons_are_all_there(atlas: Atlas) -> None:
    assert len(communes_file.commune_polygons(atlas)) == len(atlas.communes)


@pytest.mark.parametrize(("form", "said"), [("xml", "inconnu"), ("csv", "écriture impossible")])
def test_a_file_that_cannot_be_written_is_refused(
    tmp_path: Path, atlas: Atlas, gravity: Analysis, form: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        write_catchment(atlas, gravity.assignment, tmp_path / "none" / "out", form)
