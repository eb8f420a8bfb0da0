"""FINESS+ JSON of structures."""

import json
from pathlib import Path

import pytest

from geo.sources.adapters import jsonstream
from geo.sources.adapters.facts import GHT_COLUMNS, MEMBER_COLUMNS
from geo.sources.adapters.finess import FINESS_COLUMNS, read_finess
from geo.sources.adapters.finess_plus import read_finess_groups, read_finess_plus
from geo.sources.adapters.jsonstream import iterate_members
from tests.unit.sources.adapters.raw import RAW, cut, faults_of, pack, recode, spoil

PLUS = "finess_plus.json"


def test_active_sites_come_with_labels_and_their_own_address() -> None:
    sites = read_finess(RAW / PLUS)
    assert sites.columns.to_list() == list(FINESS_COLUMNS)
    assert sites["finess_et"].to_list() == ["210987731", "520000019", "970300026"]
    first = sites.loc[0]
    assert first["finess_ej"] == "210780581"
    assert first["address"] == "14 R GAFFAREL"
    assert first["category_label"] == "Centre Hospitalier Régional (C.H.R.)"
    assert first["category_group_code"] == "1101"
    assert first["public_status_label"] == "Etablissement public de santé"
    assert sites["dep_code"].to_list() == ["21", "52", "973"]
    assert sites["category_label"].isna().to_list() == [False, False, True]


def test_the_pair_in_degrees_is_kept_whichever_it_is() -> None:
    sites = read_finess(RAW / PLUS)
    assert sites["lon"].to_list()[:2] == [5.070002, 5.139003]
    assert sites["lat"].to_list()[:2] == [47.322001, 48.111004]
    assert sites["coord_source"].to_list() == [
        "directionLongitude/directionLatitude",
        "coordonneeX/coordonneeY",
        "missing",
    ]


def test_degrees_outside_france_are_a_fault_and_words_are_missing(tmp_path: Path) -> None:
    far = spoil(tmp_path, PLUS, ('"47.322001"', '"5.070002"'), ('"5.139003"', '"est"'))
    assert "coordonnées hors de France pour les établissements : 210987731" in faults_of(
        read_finess, far
    )
    near = spoil(tmp_path, PLUS, ('"5.139003"', '"est"'))
    assert read_finess(near)["lon"].isna().to_list() == [False, True, True]


def test_groups_give_ghts_and_members() -> None:
    composition = read_finess_groups(RAW / PLUS)
    assert composition.ghts.columns.to_list() == list(GHT_COLUMNS)
    assert composition.members.columns.to_list() == list(MEMBER_COLUMNS)
    ghts = composition.ghts.set_index("ght_code")
    assert ghts.index.to_list() == ["BFC-03", "GCC-136"]
    assert ghts.loc["BFC-03", "support_finess_ej"] == "210780581"
    assert ghts.loc["BFC-03", "support_evidence"] == "published"
    assert ghts.loc["BFC-03", "region"] == "Bourgogne-Franche-Comté"
    assert ghts.loc["BFC-03", "listed_member_count"] == 2
    assert ghts.loc["BFC-03", "composition_vintage"] == "2026-10"
    assert ghts["reg_code"].isna().to_list() == [False, True]
    assert composition.members["role"].to_list() == ["support", "partie", "partie"]
    assert composition.members["city"].to_list() == ["DIJON", "CHAUMONT", "CAYENNE"]


def test_the_other_spelling_of_the_member_key_is_read(tmp_path: Path) -> None:
    content = json.loads((RAW / PLUS).read_text("utf-8"))
    for group in content["gcc"]:
        for member in group["pmejDuGcc"]:
            member["pm_smsseId"] = member.pop("pmSmsseId")
    path = tmp_path / PLUS
    path.write_text(json.dumps(content))
    assert len(read_finess_groups(path).members) == 3


def test_unknown_members_and_roles_are_listed_together(tmp_path: Path) -> None:
    spoiled = spoil(
        tmp_path,
        PLUS,
        ('"pmSmsseId": "14968",\n     "typeRole', '"pmSmsseId": "77",\n     "typeRole'),
        ('"typeRoleEntiteGroupe": "S"', '"typeRoleEntiteGroupe": "Z"'),
    )
    message = faults_of(read_finess_groups, spoiled)
    assert "membre 77 du groupement BFC-03 absent des pmej" in message
    assert "rôle « Z » inconnu dans le groupement BFC-03" in message


def test_an_entity_in_two_groups_is_told(tmp_path: Path) -> None:
    spoiled = spoil(tmp_path, PLUS, ('"typeGcc": "009"', '"typeGcc": "002"'))
    assert "finess_ej en double : 970302022" in faults_of(read_finess_groups, spoiled)


def test_files_without_groups_or_sites_are_told(tmp_path: Path) -> None:
    path = tmp_path / PLUS
    path.write_text('{"pmej": [], "gcc": []}')
    assert "aucun établissement actif" in faults_of(read_finess, path)
    path.write_text('{"schemaVersion": "v1.0.0", "activites": []}')
    assert "Sections lues : schemaVersion" in faults_of(read_finess, path)
    content = json.loads((RAW / PLUS).read_text("utf-8"))
    path.write_text(json.dumps(content | {"gcc": []}))
    assert "aucun groupement (gcc) de GHT" in faults_of(read_finess_groups, path)


@pytest.mark.parametrize("chunk", [1, 7, 64, 1 << 21])
def test_the_stream_gives_the_same_members_whatever_the_chunk(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonstream, "CHUNK_CHARS", chunk)
    content = json.loads((RAW / PLUS).read_text("utf-8"))
    expected = [
        (name, item)
        for name, value in content.items()
        for item in (value if isinstance(value, list) else [value])
    ]
    assert list(iterate_members(RAW / PLUS)) == expected


@pytest.mark.parametrize("chunk", [1, 3, 1 << 21])
def test_numbers_are_never_cut_at_a_chunk(
    chunk: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(jsonstream, "CHUNK_CHARS", chunk)
    path = tmp_path / "numbers.json"
    path.write_text(' { "a" : [ 12345 , 6 ] , "b" : 789 , "c" : [ ] } ')
    assert list(iterate_members(path)) == [("a", 12345), ("a", 6), ("b", 789)]


@pytest.mark.parametrize(
    "text", ["[1]", '{"a" 1}', '{"a": [1 2]}', '{"a": [1,', '{"a": tru}', '{"a": 1', '{"a": ["x']
)
def test_cut_or_malformed_json_is_told(text: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    assert "JSON tronqué ou mal formé" in faults_of(lambda file: list(iterate_members(file)), path)


def test_a_hopeless_item_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonstream, "CHUNK_CHARS", 16)
    monkeypatch.setattr(jsonstream, "MAX_ITEM_CHARS", 64)
    path = tmp_path / "bad.json"
    path.write_text('{"a": ["' + "x" * 10_000)
    assert "JSON tronqué ou mal formé" in faults_of(lambda file: list(iterate_members(file)), path)


def test_unreadable_files_are_told(tmp_path: Path) -> None:
    assert "archive tronquée" in faults_of(read_finess, cut(pack(tmp_path, PLUS), 0.9))
    latin = recode(tmp_path, PLUS, "latin-1")
    assert "n'est pas encodé en UTF-8" in faults_of(read_finess_plus, latin)
