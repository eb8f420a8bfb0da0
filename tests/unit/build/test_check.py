"""The check of a bundle: each invariant can fail, and says what is wrong."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geo.build.check import (
    check_bundle,
    check_links,
    check_proof,
    check_sensitivity,
    check_sums,
    check_totals,
    national_totals,
)
from geo.errors import BundleError, SourceError
from tests import builders

TABLES = builders.small_tables()


def faults_of(check: Callable[..., object], **replaced: pd.DataFrame) -> tuple[str, ...]:
    with pytest.raises(SourceError) as error:
        check(builders.atlas(**replaced))
    return error.value.faults


def test_a_valid_bundle_is_told_line_by_line(tmp_path: Path) -> None:
    lines = list(check_bundle(builders.bundle(tmp_path / "data")))
    assert lines[0] == f"Empreintes : {len(TABLES) + 3} fichiers conformes au manifeste."
    assert lines[1] == f"Schémas : {len(TABLES)} tables conformes."
    assert lines[-1].startswith("France (2 communes, 2 départements) : 800 habitants, ")


def test_a_file_that_is_not_a_table_is_checked_too(tmp_path: Path) -> None:
    folder = builders.bundle(tmp_path / "data")
    (folder / "drawing" / "territories.json").write_text("[]", encoding="utf-8")
    with pytest.raises(BundleError, match=r"territories\.json a été modifié"):
        list(check_bundle(folder))


def test_a_signed_table_that_breaks_its_schema_is_refused(tmp_path: Path) -> None:
    folder = builders.bundle(tmp_path / "data", ghts=TABLES["ghts"].assign(ght_code="??"))
    with pytest.raises(SourceError, match="table ghts"):
        list(check_bundle(folder))


# Conservation


def test_a_lost_commune_is_seen() -> None:
    faults = faults_of(check_totals, assignments=TABLES["assignments"].head(1))
    assert faults == ("des communes n'ont pas d'affectation. Reconstruisez les données.",)


def test_a_commune_in_two_areas_is_seen() -> None:
    twice = pd.concat([TABLES["assignments"], TABLES["assignments"].head(1)])
    faults = faults_of(check_totals, assignments=twice)
    assert faults == ("insee_code en double : 10001. Gardez une seule ligne par insee_code.",)


def test_sensitivity_that_forgets_a_commune_or_an_area_is_seen() -> None:
    check_sensitivity(builders.atlas())
    lost = builders.commune_stability(["10001"])
    faults = faults_of(check_sensitivity, commune_stability=lost)
    assert faults[0].startswith("communes absentes de commune_stability, ou en trop")
    beyond = builders.commune_stability(["10001", "10002"], stays_percent=[100.0, 101.0])
    faults = faults_of(check_sensitivity, commune_stability=beyond)
    assert faults[0].startswith("communes dont la part des tirages dépasse 100 %")
    faults = faults_of(check_sensitivity, area_spread=builders.area_spread(["NON-AFFECTE"]))
    assert faults[0].startswith("area_spread sans correspondance")
    crossed = builders.area_spread(["GE-06"], population_lowest=900, population_median=800)
    faults = faults_of(check_sensitivity, area_spread=crossed)
    assert faults[0].startswith("territoires dont les populations ne sont pas rangées")


def test_an_area_that_does_not_hold_its_communes_is_seen() -> None:
    """Two areas that swap their inhabitants keep the national total."""
    areas = TABLES["territories"].copy()
    areas.loc[[0, 1], "population"] = areas.loc[[1, 0], "population"].to_numpy()
    faults = faults_of(check_sums, territories=areas)
    assert len(faults) == 1
    assert faults[0].startswith("territoires dont la population n'est pas celle de leurs communes")


def test_totals_that_differ_are_all_seen_together() -> None:
    areas = TABLES["territories"].copy()
    areas.loc[0, ["population", "commune_count", "area_km2"]] = [799, 3, 50.0]
    faults = faults_of(check_totals, territories=areas)
    assert [fault.split(".")[0] for fault in faults] == [
        "la somme des populations n'est pas celle du pays",
        "la somme des communes n'est pas celle du pays",
        "superficies : 48",
    ]


# The proof of the members


def test_a_proof_is_told() -> None:
    assert list(check_proof(builders.atlas())) == [
        "Preuve des membres (SAE 2024) : 1 GHT sur 1 retrouvés exactement sur 3 indicateurs."
    ]


def test_a_member_that_is_no_longer_one_fails_the_check_and_is_named() -> None:
    other = builders.proved_members(finess_ej="750712184", entity_name="AP-HP")
    (fault,) = faults_of(lambda atlas: list(check_proof(atlas)), proved_members=other)
    assert "Lits de MCO 50 au lieu de 100" in fault
    both = pd.concat([builders.proved_members(), other])
    (fault,) = faults_of(lambda atlas: list(check_proof(atlas)), proved_members=both)
    assert "Membre compté en trop : 750712184 (AP-HP)." in fault


def test_a_stored_proof_that_is_not_that_of_the_tables_is_refused() -> None:
    stale = TABLES["proof"].assign(members=1.0)
    faults = faults_of(lambda atlas: list(check_proof(atlas)), proof=stale)
    assert faults == (
        "la preuve enregistrée n'est pas celle des tables. Reconstruisez les données.",
    )


# Links

LINKS = [
    ("members", "ght_code", "members.ght_code"),
    ("published", "ght_code", "published.ght_code"),
    ("establishments", "ght_code", "establishments.ght_code"),
    ("establishments", "insee_code", "establishments.insee_code"),
    ("assignments", "area_code", "assignments.area_code"),
    ("assignments", "runner_up_area_code", "runner_up_area_code"),
    ("assignments", "finess_et", "assignments.finess_et"),
    ("former_communes", "current_code", "former_communes.current_code"),
    ("postcodes", "insee_code", "postcodes.insee_code"),
    ("communes", "dep_code", "dep_code"),
    ("communes", "reg_code", "reg_code"),
]


@pytest.mark.parametrize(("table", "column", "link"), LINKS)
def test_a_code_that_points_to_nothing_is_seen(table: str, column: str, link: str) -> None:
    lost = TABLES[table].assign(**{column: "LOST"})
    assert faults_of(check_links, **{table: lost}) == (
        f"{link} sans correspondance : LOST. Reconstruisez les données.",
    )


def test_a_missing_code_points_nowhere_and_is_no_fault() -> None:
    check_links(builders.atlas())
    off_map = TABLES["establishments"].assign(insee_code=None)
    check_links(builders.atlas(establishments=off_map))


# Geometry


def spoil_shapes(folder: Path, spoil: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]) -> str:
    """What the check says of a bundle whose territories were redrawn and signed again."""
    path = folder / "shapes" / "territories.parquet"
    spoil(gpd.read_parquet(path)).to_parquet(path)
    builders.resign(folder, "shapes/territories")
    with pytest.raises(SourceError) as error:
        list(check_bundle(folder))
    return str(error.value)


def test_a_territory_of_another_size_is_seen(tmp_path: Path) -> None:
    said = spoil_shapes(
        builders.bundle(tmp_path / "data"),
        lambda shapes: shapes.set_geometry(shapes.scale(1.001, 1.001)),
    )
    assert "superficies qui diffèrent du contour : GE-06" in said


def test_a_territory_without_shape_is_seen(tmp_path: Path) -> None:
    said = spoil_shapes(builders.bundle(tmp_path / "data"), lambda shapes: shapes.head(0))
    assert "territoires sans contour, ou contours sans territoire : GE-06" in said


def with_copy(shapes: gpd.GeoDataFrame, degrees: float) -> gpd.GeoDataFrame:
    """Add the first territory again, farther east, under another code."""
    moved = gpd.GeoDataFrame({"area_code": ["ZZ-01"]}, geometry=shapes.translate(degrees).head(1))
    return gpd.GeoDataFrame(pd.concat([shapes, moved]), crs=shapes.crs)


def test_a_shape_without_territory_is_seen(tmp_path: Path) -> None:
    said = spoil_shapes(builders.bundle(tmp_path / "data"), lambda shapes: with_copy(shapes, 5))
    assert "contours sans territoire : ZZ-01" in said


def test_territories_that_overlap_are_seen(tmp_path: Path) -> None:
    said = spoil_shapes(builders.bundle(tmp_path / "data"), lambda shapes: with_copy(shapes, 0.05))
    assert "se chevauchent ou laissent des trous" in said


def test_national_totals_do_not_turn_unknown_into_zero() -> None:
    """HF-13 has no territory: one territory out of two, its population is not counted as zero."""
    lines = list(national_totals(builders.atlas()))
    assert lines[0] == "Territoires de GHT : 1 sur 2, 800 habitants, 2 km²"
    assert lines[1].startswith("Territoires hors GHT : 0 sur 0, ")
