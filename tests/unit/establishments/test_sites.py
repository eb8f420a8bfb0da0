"""Where an establishment is, and whether its address agrees."""

import geopandas as gpd
import pandas as pd
import pytest

from geo.establishments.sites import locate, plain_name
from tests import builders

SQUARES = builders.contours("10001", "10002")  # longitudes 0 to 0.1 to 0.2, latitudes 45 to 45.1
NAMES = pd.Series({"10001": "Saint-Dié-des-Vosges", "10002": "Paris"})


def located(**overrides: object) -> pd.DataFrame:
    defaults: dict[str, object] = {"lon": 0.05, "lat": 45.05, "city": "ST DIE DES VOSGES CEDEX 2"}
    registers = str(overrides.pop("registers", "finess"))
    sites = builders.finess(**defaults | overrides).assign(registers=registers)
    return locate(sites, SQUARES, NAMES)


def test_a_site_placed_at_its_town_hall_says_so() -> None:
    """Whatever its address: nobody gave it a point. Without one, it is off the map."""
    assert located(registers="sae", city="EPINAL").insee_check.to_list() == ["mairie"]
    lost = located(registers="sae", lon=None, lat=None)
    assert lost.insee_check.to_list() == ["sans_coordonnees"]


@pytest.mark.parametrize(
    ("lon", "lat", "code", "check", "land"),
    [
        (0.05, 45.05, "10001", "concordant", "metropole"),
        (0.15, 45.05, "10002", "discordant", "metropole"),
        (0.05, 44.99, "10001", "rapproche", "metropole"),
        (0.05, 44.0, None, "hors_contours", "metropole"),
        (None, None, None, "sans_coordonnees", "metropole"),
        (0.0, 45.05, "10001", "rapproche", "metropole"),
    ],
)
def test_a_point_is_placed_snapped_or_left_off(
    lon: float | None, lat: float | None, code: str | None, check: str, land: str
) -> None:
    row = located(lon=lon, lat=lat).iloc[0]
    assert (row.insee_code if code else pd.isna(row.insee_code) or None) == (code or True)
    assert (row.insee_check, row.landmass) == (check, land)


@pytest.mark.parametrize(
    ("city", "check"),
    [
        ("SAINT DIE", "concordant"),
        ("Saint-Dié-des-Vosges", "concordant"),
        ("EPINAL", "discordant"),
        (None, "discordant"),
        ("", "discordant"),
    ],
)
def test_an_address_agrees_when_it_names_the_commune(city: str | None, check: str) -> None:
    """An address that names nobody agrees with nobody."""
    assert located(city=[city]).insee_check.to_list() == [check]


def test_an_arrondissement_agrees_with_its_city() -> None:
    assert located(lon=0.15, city="PARIS 13").insee_check.to_list() == ["concordant"]


def test_several_sites_keep_their_order() -> None:
    table = located(lon=[0.15, None, 0.05, 9.0], lat=[45.05, None, 45.05, 9.0])
    assert table.insee_code.fillna("-").to_list() == ["10002", "-", "10001", "-"]


@pytest.mark.parametrize(
    ("postal_code", "dep_code", "land"),
    [
        ("97133", "971", "977"),
        ("97150", "971", "978"),
        ("97100", "971", "971"),
        ("20000", "2A", "corse"),
        (None, "976", "976"),
    ],
)
def test_off_the_map_the_address_tells_the_land(
    postal_code: str | None, dep_code: str, land: str
) -> None:
    """Saint-Barthélemy and Saint-Martin have no polygon, and are not Guadeloupe."""
    row = located(lon=-62.0, lat=17.0, postal_code=[postal_code], dep_code=dep_code).iloc[0]
    assert (row.landmass, row.insee_check) == (land, "hors_contours")


def test_on_the_map_the_commune_tells_the_land() -> None:
    overseas = gpd.GeoDataFrame(
        {"insee_code": ["97411", "2A004"]}, geometry=SQUARES.geometry, crs=4326
    )
    names = pd.Series({"97411": "Saint-Denis", "2A004": "Ajaccio"})
    sites = builders.finess(lon=[0.05, 0.15], lat=45.05).assign(registers="finess")
    table = locate(sites, overseas, names)
    assert table.landmass.to_list() == ["974", "corse"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [("L'Haÿ-les-Roses", "L HAY LES ROSES"), ("  Évry   Cedex ", "EVRY CEDEX"), ("", "")],
)
def test_names_are_compared_in_plain_capitals(name: str, plain: str) -> None:
    assert plain_name(name) == plain
