"""The bundled data: what must hold, and the anchors known from elsewhere."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.atlas.load import TABLES, Atlas
from geo.atlas.schema import check_table
from geo.build.check import check_bundle
from geo.catchment.models import DEFAULT_MODEL, run_model
from geo.catchment.road_reach import crow_impedances, road_reach
from geo.catchment.world import build_world, employment_zones
from geo.geography.communes import geodesic_area_km2
from geo.sources.reading import CURATED, WANTED
from geo.sources.registry import sha256_of
from geo.territories.areas import sum_communes
from geo.territories.measures import territory_table
from tests.topojson import decode

pytestmark = pytest.mark.data
POPULATION = 68_350_798  # PMUN 2023 of 2023's communes, and Mayotte 2017
MAYOTTE_2017 = 256_518
AUBE, LOIRE = "GE-06", "ARA-09"


@pytest.fixture(scope="module")
def territories(atlas: Atlas) -> gpd.GeoDataFrame:
    """Return the full territory polygons."""
    path = atlas.folder / "shapes" / "territories.parquet"
    return gpd.read_parquet(path).set_index("area_code")


@pytest.fixture(scope="module")
def polygons(atlas: Atlas) -> gpd.GeoDataFrame:
    """Return the full polygons of all the communes, in the order of their codes."""
    parts = [
        gpd.read_parquet(path) for path in (atlas.folder / "shapes").glob("communes_??.parquet")
    ]
    return gpd.GeoDataFrame(pd.concat(parts)).sort_values("insee_code", ignore_index=True)


# The bundle


def test_the_check_command_passes(atlas: Atlas) -> None:
    lines = list(check_bundle(atlas.folder))
    assert len(lines) == 12
    assert any(line.startswith("Preuve des membres (SAE 2024) : 134 GHT sur 135") for line in lines)


def test_the_manifest_lists_every_file_and_nothing_else_lies_there(atlas: Atlas) -> None:
    listed = {entry.file for entry in atlas.manifest.tables.values()}
    found = {
        path.relative_to(atlas.folder).as_posix()
        for path in atlas.folder.rglob("*")
        if path.is_file()
    }
    assert found == listed | {"MANIFEST.json", "README.md"}


def test_the_manifest_describes_each_file(atlas: Atlas) -> None:
    for name, entry in atlas.manifest.tables.items():
        path = atlas.folder / entry.file
        assert (path.stat().st_size, sha256_of(path)) == (entry.size_bytes, entry.sha256)
        if name in TABLES:
            table = atlas.tables[name]
            assert (len(table), tuple(table.columns)) == (entry.rows, entry.columns)
    assert len(atlas.manifest.sources) == len(WANTED)
    for source in atlas.manifest.sources:
        assert all(source[key] for key in ("producer", "url", "licence", "vintage", "title"))
        assert len(source["sha256"]) == 64


def test_no_path_of_the_machine_that_built_it_is_written(atlas: Atlas) -> None:
    for name in ("MANIFEST.json", "README.md"):
        text = (atlas.folder / name).read_text("utf-8")
        assert not [word for word in ("/work", "/home", "/tmp", "shared/") if word in text]  # noqa: S108


@pytest.mark.parametrize("name", TABLES)
def test_each_table_keeps_its_schema(atlas: Atlas, name: str) -> None:
    """Keys unique, codes strings of the right form, figures in their range."""
    pd.testing.assert_frame_equal(check_table(name, atlas.tables[name]), atlas.tables[name])


# Population


def test_no_inhabitant_is_lost(atlas: Atlas) -> None:
    assert len(atlas.communes) == 34_868
    assert atlas.communes.population.sum() == POPULATION
    assert atlas.territories.population.sum() == POPULATION
    assert territory_table(atlas).population.sum() == POPULATION
    assert atlas.manifest.counts["communes.habitants"] == POPULATION


def test_each_territory_is_the_sum_of_its_communes(atlas: Atlas) -> None:
    sums = sum_communes(atlas.assignments, atlas.communes)
    stated = atlas.territories.set_index("area_code").loc[sums.index]
    for column in ("population", "population_year", "commune_count"):
        assert stated[column].to_list() == sums[column].to_list()
    assert stated.area_km2.to_list() == pytest.approx(sums.area_km2.to_list())
    density = stated.population / stated.area_km2
    assert stated.density_per_km2.to_list() == pytest.approx(density.to_list())


def test_mayotte_is_of_another_year_and_says_so(atlas: Atlas) -> None:
    land = atlas.communes
    mayotte = land[land.dep_code == "976"]
    assert set(mayotte.population_year) == {2017}
    assert set(land[land.dep_code != "976"].population_year) == {2023}
    assert (len(mayotte), mayotte.population.sum()) == (17, MAYOTTE_2017)
    assert mayotte.population_2021.isna().all(), "zeros of the comparateur mean unknown"
    listed = atlas.anomalies[atlas.anomalies.kind == "population_autre_annee"]
    assert set(listed.subject) == set(mayotte.insee_code)


def test_paris_lyon_marseille_are_whole_and_the_arrondissements_are_not_communes(
    atlas: Atlas,
) -> None:
    land = atlas.communes.set_index("insee_code")
    for code, least, most in (
        ("75056", 2_050_000, 2_200_000), ("69123", 500_000, 550_000), ("13055", 850_000, 920_000),
    ):  # fmt: skip
        assert least < land.population[code] < most
        assert 0.95 < land.population[code] / land.population_2021[code] < 1.05
    assert not land.index.str.match(r"751\d\d|6938\d|132\d\d").any()


def test_the_communes_that_nobody_inhabits_are_known(atlas: Atlas) -> None:
    """Six communes of the Meuse died for France in 1916."""
    empty = atlas.communes[atlas.communes.population == 0]
    assert len(empty) == 6
    assert set(empty.dep_code) == {"55"}


def test_the_seven_communes_without_polygon_are_counted_and_listed(atlas: Atlas) -> None:
    seven = {"14666", "15031", "15035", "15047", "15171", "85165", "85212"}
    holders = atlas.communes.dropna(subset="included_codes").set_index("insee_code")
    assert {c for codes in holders.included_codes for c in codes.split(";")} == seven
    assert set(holders.index) == {"14712", "15141", "85084"}
    assert holders.included_names["14712"] == "Sannerville"
    listed = atlas.anomalies[atlas.anomalies.kind == "commune_sans_contour"]
    assert set(listed.subject) == seven
    assert not seven & set(atlas.communes.insee_code)


def test_births_deaths_and_workers_are_plausible(atlas: Atlas) -> None:
    """Of the whole country in 2021 and 2022, Mayotte aside, within 3 %."""
    sums = atlas.communes[
        ["population_2021", "population_2015", "births_2022", "deaths_2022", "aged_15_64_2021"]
    ].sum()
    known = [67_400_000, 66_190_000, 715_000, 674_000, 41_700_000]
    assert [float(x) for x in sums] == pytest.approx(known, rel=0.03)
    land = atlas.communes
    assert (land.unemployed_15_64_2021 <= land.active_15_64_2021).fillna(True).all()
    assert (land.active_15_64_2021 <= land.aged_15_64_2021).fillna(True).all()


# Land


def test_communes_tile_the_country(polygons: gpd.GeoDataFrame, atlas: Atlas) -> None:
    assert polygons.insee_code.to_list() == atlas.communes.insee_code.to_list()
    assert polygons.crs == "EPSG:4326"
    shapes = polygons.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    np.testing.assert_allclose(geodesic_area_km2(polygons.geometry), atlas.communes.area_km2)


def test_every_anchor_lies_in_its_commune(polygons: gpd.GeoDataFrame, atlas: Atlas) -> None:
    anchors = shapely.points(atlas.communes.anchor_lon, atlas.communes.anchor_lat)
    inside = shapely.covers(polygons.geometry.to_numpy(), anchors)
    assert atlas.communes.insee_code[~inside].to_list() == []


def test_territories_tile_and_measure_what_their_communes_measure(
    territories: gpd.GeoDataFrame, polygons: gpd.GeoDataFrame, atlas: Atlas
) -> None:
    assert shapely.coverage_is_valid(territories.geometry.to_numpy())
    union = shapely.coverage_union_all(polygons.geometry.to_numpy())
    whole = geodesic_area_km2(gpd.GeoSeries([union]))[0]
    assert geodesic_area_km2(territories.geometry).sum() == pytest.approx(whole, rel=1e-9)
    assert atlas.territories.area_km2.sum() == pytest.approx(whole, rel=1e-9)
    assert whole == pytest.approx(638_500, rel=0.01), "France and its five overseas departements"


def test_landlocked_departements_have_their_known_size(atlas: Atlas) -> None:
    """Three areas known from any atlas, within 1 %."""
    sizes = atlas.communes.groupby("dep_code").area_km2.sum()
    assert len(sizes) == 101
    assert [sizes["10"], sizes["63"], sizes["75"]] == pytest.approx([6004, 7970, 105.4], rel=0.01)


# GHTs and members


def test_ghts_and_members_are_those_of_the_lists(atlas: Atlas) -> None:
    members = atlas.members
    assert (len(atlas.ghts), len(members)) == (135, 851)
    assert members.groupby("ght_code").size().to_dict() == (
        atlas.ghts.set_index("ght_code").listed_member_count.to_dict()
    )
    assert set(members.role) <= {"support", "partie"}, "no partner is counted as a member"
    current = members.groupby("ght_code").current_finess_ej.nunique()
    assert current.to_dict() == atlas.ghts.set_index("ght_code").current_member_count.to_dict()


def test_no_member_of_today_has_merged_and_those_without_a_site_are_listed(atlas: Atlas) -> None:
    members = atlas.members
    assert members.successor_evidence.isna().all()
    assert members.current_finess_ej.equals(members.finess_ej)
    assert (~members.is_in_finess).sum() == 12
    listed = atlas.anomalies
    assert set(listed.subject[listed.kind == "membre_absent_finess"]) == set(
        members.finess_ej[~members.is_in_finess]
    )


def test_the_eighty_members_that_no_total_proves_are_listed(atlas: Atlas) -> None:
    assert atlas.members.evidence.value_counts().to_dict() == {"proved": 771, "carried": 80}
    carried = set(atlas.members.finess_ej[atlas.members.evidence == "carried"])
    listed = atlas.anomalies
    assert set(listed.subject[listed.kind == "membre_repris"]) == carried


def test_psychiatric_ghts_have_no_territory(atlas: Atlas) -> None:
    thematic = {"HF-13", "IDF-12", "IDF-15"}
    assert set(atlas.ghts.ght_code[atlas.ghts.is_thematic]) == thematic
    areas = atlas.territories
    assert set(areas.area_code[areas.status == "thematic"]) == thematic
    sites = atlas.establishments
    assert not sites.is_general[sites.ght_code.isin(list(thematic))].any()
    bare = areas[areas.kind.eq("ght") & areas.status.ne("modelled")]
    assert bare[["population", "area_km2", "commune_count"]].isna().all(axis=None)


def test_public_hospitals_outside_the_ghts_are_named_areas(atlas: Atlas) -> None:
    outside = atlas.territories[atlas.territories.kind == "hors_ght"].set_index("area_code")
    assert set(outside.index) == {"HORS-750712184", "HORS-980500003"}
    assert "AP-HP" in outside.area_name["HORS-750712184"]
    assert outside.area_name["HORS-980500003"] == "CH de Mayotte"
    assert outside.population.gt(0).all()
    assert set(outside.reg_code) == {"11", "06"}
    assert not set(atlas.members.current_finess_ej) & {"750712184", "980500003"}


def test_the_whole_of_guyane_is_of_its_ght(atlas: Atlas) -> None:
    land = atlas.assignments.merge(atlas.communes, on="insee_code")
    assert set(land.area_code[land.reg_code == "03"]) == {"GUY-01"}


# Anchors


def test_aube_is_within_ten_percent_of_what_is_published(atlas: Atlas) -> None:
    row = territory_table(atlas).set_index("area_code").loc[AUBE]
    assert row.population == pytest.approx(350_000, rel=0.10)
    assert row.area_km2 == pytest.approx(7_000, rel=0.10)
    assert (row.published_population, row.published_area_km2) == (350_000, 7_000)
    assert row.member_count == 6
    assert row.population_deviation_percent == pytest.approx(
        (row.population_then / 350_000 - 1) * 100
    )


def test_troyes_and_saint_etienne_are_at_home(atlas: Atlas) -> None:
    home = atlas.assignments.set_index("insee_code")
    assert (home.area_code["10387"], home.area_code["42218"]) == (AUBE, LOIRE)
    assert home.area_code["75056"] == "HORS-750712184", "Paris is AP-HP's"
    assert home.travel_time_min[["10387", "42218", "75056"]].max() <= 10


def test_the_reconciliations_of_the_two_seeds(atlas: Atlas) -> None:
    counts = atlas.reconciliations.groupby("ght_code")["count"].agg(list)
    assert counts[AUBE] == [6, 6, 6, 5, 5, 0]
    assert counts[LOIRE][:4] == [20, 16, 15, 15]
    assert counts[LOIRE][-2:] == [15, 0], "members of today as the GHT counts them"


def test_every_land_keeps_to_itself(atlas: Atlas) -> None:
    """No commune is assigned to a site of another land, over the sea."""
    lands = atlas.establishments.set_index("finess_et").landmass
    table = atlas.assignments.merge(atlas.communes, on="insee_code")
    assert (table.rule == "road").all()
    assert (table.finess_et.map(lands) == table.landmass).all()
    assert set(table.area_code[table.landmass == "976"]) == {"HORS-980500003"}


def test_the_bundled_assignments_are_those_of_the_model(atlas: Atlas) -> None:
    """Run again, rows shuffled, the default model gives the bundled table."""
    communes, sites, members = (
        table.sample(frac=1, random_state=1, ignore_index=True)
        for table in (atlas.communes, atlas.establishments, atlas.members)
    )
    zones = employment_zones(atlas.commune_zones_odbl)
    world = build_world(communes, sites, members, zones)
    given = road_reach(atlas, world.communes, world.sites)
    world = replace(world, by_landmass=crow_impedances(), given=given)
    again = run_model(world, DEFAULT_MODEL).communes
    again = again.sort_values("insee_code", ignore_index=True)
    wanted = ["insee_code", "area_code", "finess_et", "runner_up_area_code", "rule"]
    stated = atlas.assignments[wanted].astype(object).fillna("")
    pd.testing.assert_frame_equal(again[wanted].astype(object).fillna(""), stated)
    np.testing.assert_allclose(again.travel_time_min, atlas.assignments.travel_time_min)


def test_a_winner_is_never_farther_than_its_rival_beyond_a_tie(atlas: Atlas) -> None:
    """Penalties counted: equals, settled by the order of the sites, have a lead of nothing."""
    margins = atlas.assignments.margin_min.dropna()
    assert margins.min() >= 0
    assert atlas.assignments.margin.dropna().between(0, 1).all()


# Drawings


@pytest.mark.parametrize("stem", ["territories", "territories_fine"])
def test_a_drawing_decodes_to_every_territory(
    atlas: Atlas, territories: gpd.GeoDataFrame, stem: str
) -> None:
    """
    As many polygons as territories, each of nearly its area.

    Within 0.1 % at the median, 1.5 % at worst; 0.2 km2 for those so small (two communes of the
    Paris suburbs measure 3 km2) that 1.5 % is less than the thickness of a line.
    """
    (layer,) = decode(atlas.drawing(stem).read_bytes()).values()
    modelled = atlas.territories[atlas.territories.status == "modelled"].set_index("area_code")
    assert set(layer.index) == set(modelled.index) == set(territories.index)
    assert layer.kind.to_dict() == modelled.kind.to_dict()
    drawn = pd.Series(geodesic_area_km2(layer.geometry), index=layer.index)
    full = modelled.area_km2.reindex(layer.index)
    error = (drawn - full).abs()
    assert (error / full).median() * 100 <= 0.1
    far = error[(error / full * 100 > 1.5) & (error > 0.2)]
    assert far.to_dict() == {}


@pytest.mark.parametrize("stem", ["outlines", "outlines_fine"])
def test_outlines_decode_to_departements_and_regions(atlas: Atlas, stem: str) -> None:
    layers = decode(atlas.drawing(stem).read_bytes())
    assert set(layers["departements"].index) == set(atlas.departements.dep_code)
    assert set(layers["regions"].index) == set(atlas.regions.reg_code)
    sizes = atlas.communes.groupby("dep_code").area_km2.sum()
    drawn = pd.Series(
        geodesic_area_km2(layers["departements"].geometry), index=layers["departements"].index
    )
    assert ((drawn / sizes - 1).abs().median()) * 100 <= 0.1


def test_every_published_figure_says_how_exact_it_is(atlas: Atlas) -> None:
    """A note of no figure is seen here; a figure that nobody read again has no word of its own."""
    table = atlas.published
    notes = pd.read_csv(CURATED / "published_notes.csv", dtype="str")
    key = ["ght_code", "figure", "source_url"]
    figures = pd.MultiIndex.from_frame(table[key])
    read = figures.isin(pd.MultiIndex.from_frame(notes[key]))
    assert read.sum() == len(notes) == 30
    assert (table.qualifier.notna() == read).all()
    assert (table.year_certainty[read].isna() == table.year[read].isna()).all()
    assert set(table.ght_code[table.year_certainty == "inferred"]) == {"GE-06"}
    loire = table[(table.ght_code == "ARA-09") & (table.figure == "population")]
    assert loire.set_index("source_url").qualifier["https://ghtloire.fr"] == "more_than"
    english = table.note.str.contains(r"\b(?:the|and|from|more|undated)\b", case=False, na=False)
    assert not english.any(), "notes are for French readers"
