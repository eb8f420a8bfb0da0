"""What became of a code or a name that no commune has today."""

import pandas as pd
import pytest

from geo.geography.former_communes import former_communes, postcodes
from tests import builders

COG = builders.cog("COM 10001", "COM 10002", "COM 10005", "COMD 10003 10002", "COMA 10009 10001")


def _moved(*rows: tuple[str, str, str, str, str, str]) -> pd.DataFrame:
    """Movements with their names: date, mod, code, name, code and name after."""
    names = ["date", "mod", "code_before", "name_before", "code_after", "name_after"]
    table = pd.DataFrame(rows, columns=names, dtype="str")
    return table.assign(date=pd.to_datetime(table.date), type_before="COM", type_after="COM")


def _rows(movements: pd.DataFrame, code: str) -> list[tuple[object, ...]]:
    found = former_communes(COG, movements)
    own = found[found.former_code == code]
    return list(own[["former_name", "date", "kind", "current_code"]].itertuples(index=False))


def test_a_chain_of_mergers_is_followed_to_today() -> None:
    moves = builders.movements(
        "1973-01-01 31 COM 10007 > COM 10008", "2019-01-01 32 COM 10008 > COM 10001"
    )
    assert _rows(moves, "10007") == [("Ville 10007", "2019-01-01", "fusion", "10001")]
    assert _rows(moves, "10008") == [("Ville 10008", "2019-01-01", "fusion", "10001")]


def test_a_merger_matters_more_than_the_code_that_changed_before_it() -> None:
    moves = builders.movements(
        "1968-01-01 41 COM 20007 > COM 10007", "1973-01-01 31 COM 10007 > COM 10001"
    )
    assert _rows(moves, "20007") == [("Ville 20007", "1973-01-01", "fusion", "10001")]


def test_two_events_of_one_day_are_followed() -> None:
    """A commune changes departement to join a commune of the other."""
    moves = builders.movements(
        "2018-01-01 41 COM 49144 > COM 44225", "2018-01-01 32 COM 44225 > COM 10001"
    )
    assert _rows(moves, "49144") == [("Ville 49144", "2018-01-01", "fusion", "10001")]


def test_a_code_that_changed_alone_is_no_merger() -> None:
    moves = builders.movements("2024-03-04 50 COM 10076 > COM 10005")
    assert _rows(moves, "10076") == [("Ville 10076", "2024-03-04", "changement_code", "10005")]


def test_a_name_that_a_code_no_longer_has_is_former() -> None:
    moves = _moved(
        ("2000-01-01", "10", "10001", "Vieux Nom", "10001", "Ville 10001"),
        ("2001-01-01", "10", "10002", "ville-10002", "10002", "Ville 10002"),
    )
    assert _rows(moves, "10001") == [("Vieux Nom", "2000-01-01", "changement_nom", "10001")]
    assert _rows(moves, "10002") == [], "accents, capitals and marks make no other name"


def test_a_merger_has_its_first_date_when_the_delegated_commune_goes() -> None:
    moves = _moved(
        ("2016-01-01", "32", "10001", "Hotonnes", "10001", "Ville 10001"),
        ("2022-12-22", "35", "10001", "Hotonnes", "10001", "Ville 10001"),
    ).assign(type_before=["COM", "COMD"])
    assert _rows(moves, "10001") == [("Hotonnes", "2016-01-01", "fusion", "10001")]


def test_a_merger_is_dated_by_the_name_that_lasted_until_it() -> None:
    """A commune changed its code, then took others in under a new name, twice."""
    moves = _moved(
        ("1968-01-01", "41", "20001", "Évry", "10001", "Évry"),
        ("2019-01-01", "32", "10001", "Évry", "10001", "Deux-Villes"),
        ("2024-01-01", "32", "10001", "Deux-Villes", "10001", "Ville 10001"),
    )
    assert _rows(moves, "20001") == [("Évry", "2019-01-01", "fusion", "10001")]


def test_land_that_several_communes_share_today_has_a_row_for_each() -> None:
    moves = _moved(
        ("1980-01-01", "21", "10001", "Deux-Villes", "10001", "Ville 10001"),
        ("1980-01-01", "21", "10001", "Deux-Villes", "10005", "Ville 10005"),
    )
    assert _rows(moves, "10001") == [
        ("Deux-Villes", "1980-01-01", "partage", "10001"),
        ("Deux-Villes", "1980-01-01", "partage", "10005"),
    ]


def test_a_commune_merged_then_created_again_is_no_former_one() -> None:
    moves = builders.movements(
        "1973-01-01 32 COM 10005 > COM 10001", "2025-01-01 21 COM 10001 > COM 10005"
    )
    assert _rows(moves, "10005") == []


def test_delegated_and_associated_communes_say_so_with_the_date_of_the_merger() -> None:
    moves = builders.movements("2019-01-01 32 COM 10003 > COM 10002")
    assert _rows(moves, "10003") == [("Ville 10003", "2019-01-01", "deleguee", "10002")]
    found = former_communes(COG, moves).set_index("former_code")
    assert found.date.isna()["10009"], "no movement tells when"
    assert found.kind["10009"] == "associee"


def test_a_commune_that_left_the_country_leads_nowhere() -> None:
    moves = builders.movements("1962-07-03 41 COM 91352 > COM 91999")
    assert _rows(moves, "91352") == []


def test_a_postcode_has_a_row_per_commune_kept() -> None:
    grouped = builders.grouped_communes(c10001="10000", c10002="10150 10000", c98411="98799")
    grouped.loc[3] = grouped.loc[0].where(grouped.columns != "postcodes")
    table = postcodes(grouped, {"10001", "10002"})
    assert list(table.itertuples(index=False, name=None)) == [
        ("10000", "10001"), ("10000", "10002"), ("10150", "10002"),
    ]  # fmt: skip


@pytest.mark.parametrize("mod", ["70", "71", "72"])
def test_a_movement_between_parts_alone_changes_no_commune(mod: str) -> None:
    moves = builders.movements(f"2020-01-01 {mod} COMD 10007 > COMD 10008")
    assert _rows(moves, "10007") == []
