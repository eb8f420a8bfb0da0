"""Shares and zones of older communes, carried to the communes of today."""

import pandas as pd
import pytest

from geo.geography.carried import carried_means, carried_zones
from geo.geography.communes import Carry
from tests import builders

pytestmark = pytest.mark.spec
# 10002 was merged into 10001; 10004 left 10001 after the polygons were drawn.
CARRY = Carry(
    area_of={
        "10001": "10001", "10002": "10001", "10003": "10003", "10004": "10001",
        "75056": "75056", "75101": "75056",
    },
    included={"10004": "10001"},
)  # fmt: skip
COG = builders.cog("COM 10001", "COM 10003", "COM 75056", "ARM 75101 75056")
CODES = pd.Series(["10001", "10003", "75056"])


def figures(**by_code: float | None) -> pd.DataFrame:
    """Shares; codes are written ``c10001=20``."""
    return pd.DataFrame(
        {"insee_code": [code[1:] for code in by_code], "share": list(by_code.values())}
    ).astype({"insee_code": "str", "share": float})


def carried(table: pd.DataFrame, **people: float) -> list[float]:
    counts = pd.Series({code[1:]: count for code, count in people.items()}, dtype=float)
    return carried_means(table, counts, CARRY, COG, CODES).share.to_list()


def test_a_merged_commune_is_the_mean_weighted_by_inhabitants() -> None:
    """20 % of 300 and 40 % of 100: 25 %."""
    table = figures(c10001=20, c10002=40, c10003=7)
    assert carried(table, c10001=300, c10002=100)[:2] == [25.0, 7.0]


def test_a_merged_commune_with_an_unknown_part_is_unknown() -> None:
    table = figures(c10001=20, c10002=None, c10003=7)
    found = carried(table, c10001=300, c10002=100)
    assert found[1] == 7.0
    assert pd.isna([found[0], found[2]]).all(), "a part unknown, and a city absent: never zero"


def test_a_part_without_inhabitants_of_its_own_is_counted_with_another() -> None:
    """Merged before the count: 10002 has no number, 10001's holds its people."""
    assert carried(figures(c10001=20, c10002=40), c10001=400)[0] == 20.0
    assert pd.isna(carried(figures(c10001=20, c10002=40))[0]), "no weight at all"


def test_a_city_given_whole_and_by_districts_is_counted_once() -> None:
    table = figures(c75056=30, c75101=90)
    assert carried(table, c75101=16000)[2] == 30.0
    assert carried(figures(c75101=90), c75101=16000)[2] == 90.0


def test_a_commune_of_several_zones_takes_that_of_the_most_inhabited() -> None:
    table = pd.DataFrame(
        {"insee_code": ["10001", "10002", "10003"], "zone_emploi": ["A", "B", "A"],
         "canton": ["1", "1", None]}
    ).astype("str")  # fmt: skip
    people = pd.Series({"10001": 100, "10002": 300, "10003": 5})
    zones, shared = carried_zones(table, people, CARRY, CODES)
    assert zones.zone_emploi.to_dict() == {"10001": "B", "10003": "A"} | {
        "75056": zones.zone_emploi["75056"]
    }
    assert zones.loc["75056"].isna().all()
    assert pd.isna(zones.canton["10003"])
    assert shared == {"zone_emploi": 1, "canton": 0}
