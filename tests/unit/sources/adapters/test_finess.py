"""FINESS, in the Parquet republication and in the old text extraction."""

from pathlib import Path

import pandas as pd
import pytest

from geo.sources.adapters.finess import FINESS_COLUMNS, PARQUET_COLUMNS, read_finess
from geo.sources.adapters.finess_text import read_finess_text
from geo.sources.adapters.projections import epsg_of
from tests.unit.sources.adapters.raw import RAW, copy, cut, faults_of, pack, spoil

OLD = "finess_old.csv"
LATIN = "iso-8859-1"
POSITIONS = {
    "100000090": (4.0744, 48.2973),
    "2A0000022": (8.737, 41.924),
    "970100012": (-61.7262, 15.9985),
    "970200013": (-61.0387, 14.6314),
    "970300026": (-52.3273, 4.9327),
    "970400024": (55.4461, -20.8942),
    "975000019": (-56.183, 46.782),
    "980500003": (45.229, -12.7806),
}


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    """Return the old fixture in the columns of the Parquet republication."""
    names = {new: old for old, new in PARQUET_COLUMNS.items()}
    path = tmp_path / "finess.parquet"
    read_finess(RAW / OLD).rename(columns=names).to_parquet(path)
    return path


def test_each_territory_leaves_its_own_projection() -> None:
    sites = read_finess(RAW / OLD).set_index("finess_et")
    for finess_et, (lon, lat) in POSITIONS.items():
        assert sites.loc[finess_et, "lon"] == pytest.approx(lon, abs=2e-6)
        assert sites.loc[finess_et, "lat"] == pytest.approx(lat, abs=2e-6)
    assert sites.index[sites["lon"].isna()].to_list() == ["100000116"]


def test_the_old_text_gives_plain_columns() -> None:
    sites = read_finess(RAW / OLD)
    assert sites.columns.to_list() == list(FINESS_COLUMNS)
    by_code = sites.set_index("finess_et")
    assert by_code.loc["100000108", "site_name"] == 'EHPAD "LES TILLEULS"'
    assert by_code.loc["100000108", "address"] == "4 B R DES TILLEULS"
    assert by_code.loc["100000108", "category_group_label"] == "Etablissements pour personnes âgées"
    assert by_code.loc["100000090", "city"] == "TROYES CEDEX"
    assert by_code.loc["100000090", "postal_code"] == "10003"
    assert by_code.index[by_code["address"].isna()].to_list() == ["100000116"]
    assert by_code["dep_code"].to_list() == [
        *("10", "10", "2A", "971", "972", "973", "974", "976", "975", "10")
    ]


def test_the_last_deliveries_in_utf_8_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / OLD
    path.write_bytes((RAW / OLD).read_bytes().decode(LATIN).encode("utf-8"))
    pd.testing.assert_frame_equal(read_finess(path), read_finess(RAW / OLD))
    pd.testing.assert_frame_equal(read_finess(pack(tmp_path, OLD)), read_finess(RAW / OLD))


def test_a_position_of_an_unknown_establishment_is_told(tmp_path: Path) -> None:
    spoiled = spoil(
        tmp_path, OLD, ("geolocalisation;100000108", "geolocalisation;100009999"), encoding=LATIN
    )
    sites = read_finess_text(spoiled)
    assert sites.attrs["orphan_positions"] == ["100009999"]
    assert sites["lon"].isna().sum() == 2


def test_faults_of_the_positions_come_together(tmp_path: Path) -> None:
    spoiled = spoil(
        tmp_path,
        OLD,
        ("geolocalisation;100000108", "geolocalisation;100000090"),
        ("EPSG:2972 RGFG95/UTM zone 22N (Guyane)", "EPSG:9999 Inconnue"),
        ("geolocalisation;970200013;", "geolocalisation;970200013;est"),
        encoding=LATIN,
    )
    message = faults_of(read_finess, spoiled)
    assert "géolocalisation d'un même établissement en double : 100000090" in message
    assert "projection inconnue dans sourcecoordet : 2,ATLASANTE,90,BAN,EPSG:9999" in message
    assert "coordxet non numérique(s) : est" in message


def test_a_wrong_projection_falls_outside_france(tmp_path: Path) -> None:
    spoiled = spoil(tmp_path, OLD, ("UTM_S40", "UTM_N20"), encoding=LATIN)
    message = faults_of(read_finess, spoiled)
    assert "coordonnées hors de France pour les établissements : 970400024" in message


def test_zero_positions_are_missing(tmp_path: Path) -> None:
    line = next(
        line
        for line in (RAW / OLD).read_bytes().decode(LATIN).splitlines()
        if line.startswith("geolocalisation;100000090")
    )
    blank = ";".join([*line.split(";")[:2], "0.0", "0.0", *line.split(";")[4:]])
    sites = read_finess(spoil(tmp_path, OLD, (line, blank), encoding=LATIN))
    assert sites["lon"].isna().sum() == 2


def test_a_file_without_one_of_its_sections_is_told(tmp_path: Path) -> None:
    without = spoil(tmp_path, OLD, ("geolocalisation;", "autre;"), encoding=LATIN)
    assert "aucune ligne « geolocalisation; »" in faults_of(read_finess, without)
    without = spoil(tmp_path, OLD, ("structureet;", "autre;"), encoding=LATIN)
    assert "aucune ligne « structureet; »" in faults_of(read_finess, without)


def test_short_lines_and_bad_numbers_are_told(tmp_path: Path) -> None:
    path = copy(tmp_path, OLD)
    path.write_bytes(path.read_bytes() + b"structureet;100000124;100000017;COUPE\r\n")
    message = faults_of(read_finess, path)
    assert "ligne(s) structureet de moins de 29 champs : structureet;100000124" in message
    path = spoil(
        tmp_path,
        OLD,
        ("structureet;100000108;100000017", "structureet;100000090;17"),
        encoding=LATIN,
    )
    message = faults_of(read_finess, path)
    assert "numéro FINESS établissement en double : 100000090" in message
    assert "numéro FINESS juridique invalide(s) : 17" in message


@pytest.mark.parametrize(
    ("source", "dep_code", "epsg"),
    [
        ("1,IGN,100,BD_ADRESSE,V2.2,LAMBERT_93", "10", 2154),
        ("1,IGN,100,BD_ADRESSE,V2.2,UTM_N20", "971", 5490),
        ("1,IGN,100,BD_ADRESSE,V2.2,UTM_N21", "975", 4467),
        ("1,IGN,100,BD_ADRESSE,V2.2,UTM_N22", "973", 2972),
        ("1,IGN,100,BD_ADRESSE,V2.2,UTM_S38", "976", 4471),
        ("1,IGN,100,BD_ADRESSE,V2.2,UTM_S40", "974", 2975),
        ("2,ATLASANTE,90,BAN,WGS84/UTM zone 21N (St-Pierre-et-Miquelon)", "975", 4467),
        ("2,ATLASANTE,96,BAN,EPSG:5490 RGAF09/UTM Zone 20N (Antilles)", "972", 5490),
        ("EPSG:32620", "971", 32620),
        ("EPSG:3857", "10", None),
        ("", "10", 2154),
        ("", "974", None),
        ("UTM_N31", "10", None),
    ],
)
def test_the_source_of_a_position_says_its_projection(
    source: str, dep_code: str, epsg: int | None
) -> None:
    assert epsg_of(source, dep_code) == epsg


def test_the_parquet_gives_the_same_table(parquet: Path) -> None:
    pd.testing.assert_frame_equal(read_finess(parquet), read_finess(RAW / OLD))


def test_bad_parquet_files_are_told(parquet: Path, tmp_path: Path) -> None:
    table = pd.read_parquet(parquet)
    table.drop(columns=["lon", "categetab"]).to_parquet(parquet)
    assert "colonne(s) absente(s) : categetab, lon" in faults_of(read_finess, parquet)
    table.head(0).to_parquet(parquet)
    assert "aucune ligne dans le fichier" in faults_of(read_finess, parquet)
    table.assign(lon=table["lon"].astype("str").mask(table.index == 0, "est")).to_parquet(parquet)
    assert "lon non numérique(s) : est" in faults_of(read_finess, parquet)
    table.to_parquet(parquet)
    assert "Parquet tronqué" in faults_of(read_finess, cut(parquet))
    assert "fichier absent" in faults_of(read_finess, tmp_path / "absent.parquet")
    (tmp_path / "vide.csv").write_text(" ")
    assert "fichier vide" in faults_of(read_finess, tmp_path / "vide.csv")


def test_bad_parquet_values_come_together(parquet: Path) -> None:
    table = pd.read_parquet(parquet)
    table.loc[0, "nofinesset"] = "12"
    table.loc[1, "lat"] = None
    table.loc[2, ["lon", "lat"]] = [41.924, 8.737]
    table.loc[3, "nofinessej"] = None
    table.to_parquet(parquet)
    message = faults_of(read_finess, parquet)
    assert "4 défauts" in message
    assert "numéro FINESS établissement invalide(s) : 12" in message
    assert "numéro FINESS juridique vide, ligne(s) : 5" in message
    assert "longitude sans latitude, ou l'inverse, pour les établissements : 100000108" in message
    assert "coordonnées hors de France pour les établissements : 2A0000022" in message


def test_a_truncated_packed_text_is_told(tmp_path: Path) -> None:
    assert "archive tronquée" in faults_of(read_finess, cut(pack(tmp_path, OLD)))
