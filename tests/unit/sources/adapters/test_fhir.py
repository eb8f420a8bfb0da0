"""FHIR bundles of GHTs."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo.sources.adapters import fhir
from geo.sources.adapters.facts import GHT_COLUMNS, MEMBER_COLUMNS
from geo.sources.adapters.fhir import read_fhir_bundles
from geo.sources.adapters.finess import FINESS_COLUMNS
from tests.unit.sources.adapters.raw import RAW, cut, faults_of, recode, spoil

BUNDLE = "GUA_02.json"


def rewrite(folder: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """Copy the bundle with every resource changed."""
    bundle = json.loads((RAW / BUNDLE).read_text("utf-8"))
    for entry in bundle["entry"]:
        change(entry["resource"])
    path = folder / BUNDLE
    path.write_text(json.dumps(bundle), "utf-8")
    return path


def test_a_bundle_gives_the_ght_and_its_members() -> None:
    bundles = read_fhir_bundles(RAW / BUNDLE)
    ghts, members = bundles.composition.ghts, bundles.composition.members
    assert ghts.columns.to_list() == list(GHT_COLUMNS)
    assert members.columns.to_list() == list(MEMBER_COLUMNS)
    assert ghts.loc[0, "ght_code"] == "GUA-02"
    assert ghts.loc[0, "ght_name"] == "Basse-terre"
    assert ghts.loc[0, "reg_code"] == "01"
    assert ghts.loc[0, "composition_vintage"] == "2018"
    assert members["finess_ej"].to_list() == ["100000017", "2A0000014", "970100103", "970408589"]
    assert bundles.skipped == ("GUA-02: EHPAD SANS NUMERO",)


def test_sites_are_in_the_columns_of_finess() -> None:
    sites = read_fhir_bundles(RAW / BUNDLE).sites.set_index("finess_et")
    assert ["finess_et", *sites.columns] == list(FINESS_COLUMNS)
    assert sites.loc["970100012", "category_code"] == "355"
    assert sites.loc["970100012", "category_group_label"] == "Centres Hospitaliers"
    assert sites.loc["970100012", "public_status_code"] == "1"
    assert sites.loc["970100012", "opened_on"] == "1969-03-01"
    assert sites.loc["970100012", "finess_ej"] == "970100103"
    assert sites["dep_code"].to_list() == ["971", "974", "10", "2A"]


def test_overseas_positions_are_put_back_in_place_and_marked() -> None:
    sites = read_fhir_bundles(RAW / BUNDLE).sites
    assert sites["lon"].to_list()[:3] == pytest.approx([-61.7262, 55.4461, 4.0744], abs=2e-6)
    assert sites["lat"].to_list()[:3] == pytest.approx([15.9985, -20.8942, 48.2973], abs=2e-6)
    assert sites["coord_source"].to_list() == [
        "repaired_from_bad_reprojection_epsg5490",
        "left_in_metres_epsg2975",
        "published",
        "missing",
    ]


def test_a_folder_and_a_zip_give_the_same(tmp_path: Path) -> None:
    expected = read_fhir_bundles(RAW / BUNDLE)
    folder = tmp_path / "bundles"
    folder.mkdir()
    shutil.copy(RAW / BUNDLE, folder)
    packed = tmp_path / "bundles.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(RAW / BUNDLE, "ght/GUA_02.json")
        archive.writestr("README.txt", "x")
    for path in (folder, packed):
        bundles = read_fhir_bundles(path)
        assert bundles.composition.members.equals(expected.composition.members)
        assert bundles.sites.equals(expected.sites)


def test_faults_of_all_bundles_come_together(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    (tmp_path / "b.json").write_text('{"resourceType": "Bundle", "entry": []}')
    (tmp_path / "c.json").write_text("[]")
    recode(tmp_path, BUNDLE, "utf-16")
    message = faults_of(read_fhir_bundles, tmp_path)
    assert "a.json : JSON tronqué ou mal formé" in message
    assert "b.json : aucun GHT" in message
    assert "c.json : aucun GHT" in message
    assert "GUA_02.json : le fichier n'est pas encodé en UTF-8" in message


def test_broken_links_are_listed(tmp_path: Path) -> None:
    def unlink(resource: dict[str, Any]) -> None:
        if resource["id"] in ("100000017-2", "970100103-970100012"):
            resource["partOf"] = {"reference": "Organization/ailleurs"}

    message = faults_of(read_fhir_bundles, rewrite(tmp_path, unlink))
    assert "l'entité 100000017-2 n'est rattachée (partOf) à aucun GHT" in message
    assert "le site 970100103-970100012 n'est rattaché (partOf) à aucune entité" in message


def test_repeated_codes_and_positions_outside_france_are_told(tmp_path: Path) -> None:
    doubled = spoil(tmp_path, BUNDLE, ('"value": "970408589"', '"value": "970100103"'))
    assert "finess_ej en double : 970100103" in faults_of(read_fhir_bundles, doubled)
    moved = spoil(tmp_path, BUNDLE, ('"latitude": 48.2973', '"latitude": 8.2973'))
    assert "coordonnées hors de France pour les établissements : 100000090" in faults_of(
        read_fhir_bundles, moved
    )


def test_an_empty_folder_or_a_bad_zip_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "aucune entité juridique de GHT" in faults_of(read_fhir_bundles, tmp_path)
    packed = tmp_path / "bundles.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(RAW / BUNDLE, BUNDLE)
    monkeypatch.setattr(fhir, "MAX_UNPACKED_BYTES", 10)
    assert "décompressée" in faults_of(read_fhir_bundles, packed)
    assert "archive tronquée" in faults_of(read_fhir_bundles, cut(packed))


def test_a_site_without_address_takes_the_departement_of_its_number(tmp_path: Path) -> None:
    def strip(resource: dict[str, Any]) -> None:
        if resource["id"] in ("100000017-100000090", "2A0000014-2A0000022"):
            resource.pop("address")

    sites = read_fhir_bundles(rewrite(tmp_path, strip)).sites
    assert sites["dep_code"].to_list() == ["971", "974", "10", "2A"]
