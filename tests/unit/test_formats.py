"""French numbers, dates and names."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import formats


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (328030, 0, "328\u202f030"),
        (68350798, 0, "68\u202f350\u202f798"),
        (48.55, 1, "48,6"),
        (0.25, 1, "0,3"),
        (-14.75, 1, "−14,8"),
        (-0.01, 1, "0,0"),
        (pd.NA, 0, "inconnu"),
        (None, 1, "inconnu"),
        (float("nan"), 0, "inconnu"),
        (float("inf"), 0, "inconnu"),
    ],
)
def test_a_number_is_written_the_french_way(value: object, decimals: int, text: str) -> None:
    assert formats.format_number(value, decimals) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "moins de 5\u00a0min"),
        (4.9, "moins de 5\u00a0min"),
        (5, "5\u00a0min"),
        (12.5, "13\u00a0min"),
        (30, "30\u00a0min"),
        (31.2, "30\u00a0min"),
        (32.5, "35\u00a0min"),
        (118.5, "120\u00a0min"),
        (None, "inconnu"),
        (float("nan"), "inconnu"),
    ],
)
def test_minutes_are_written_as_roughly_as_they_are_known(minutes: object, text: str) -> None:
    assert formats.format_minutes(minutes) == text


@given(st.floats(min_value=0, max_value=600))
def test_minutes_never_have_a_decimal_and_stay_near(minutes: float) -> None:
    text = formats.format_minutes(minutes)
    assert "," not in text
    assert abs(int(text.removeprefix("moins de ").split("\u00a0")[0]) - minutes) <= 5


@given(st.floats(0, 300))
def test_rounded_minutes_are_read_as_the_exact_ones(minutes: float) -> None:
    """A table of rounded numbers and a text made from the exact ones agree."""
    rounded = formats.round_minutes(minutes)
    assert formats.format_minutes(rounded) == formats.format_minutes(minutes)
    assert formats.round_minutes(rounded) == rounded


@pytest.mark.parametrize("dtype", ["Float64", "float64"])
def test_a_column_of_minutes_is_rounded_where_it_is_known(dtype: str) -> None:
    found = formats.rounded_minutes(pd.Series([4.6, 12.5, None, 43.0], dtype=dtype, name="t"))
    assert found.dtype == dtype
    assert found.name == "t"
    assert found.dropna().tolist() == [4, 13, 45]
    assert found.isna().tolist() == [False, False, True, False]


@pytest.mark.parametrize(
    ("minutes", "km", "text"),
    [
        (44, 38.4, "45\u00a0min (38\u00a0km)"),
        (2, 0.4, "moins de 5\u00a0min (moins de 1\u00a0km)"),
        (44, None, "45\u00a0min"),
        (None, 38.4, "38\u00a0km"),
        (None, None, "inconnu"),
    ],
)
def test_a_trip_has_its_kilometres_beside(minutes: object, km: object, text: str) -> None:
    assert formats.format_trip(minutes, km) == text


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_an_integer_can_be_read_back(number: int) -> None:
    text = formats.format_number(number).replace("\u202f", "").replace("−", "-")
    assert int(text) == number


def test_a_quantity_keeps_its_unit_and_an_unknown_one_has_none() -> None:
    assert formats.format_quantity(6699.2, "km²") == "6\u202f699\u00a0km²"
    assert formats.format_quantity(None, "km²") == "inconnu"
    assert formats.format_quantity(3, "") == "3"
    assert formats.format_quantity(0, "partenariats") == "0\u00a0partenariat"
    assert formats.format_quantity(1, "entités juridiques") == "1\u00a0entité juridique"
    assert formats.format_quantity(1.5, "équivalents temps plein", 1).endswith(
        "équivalent temps plein"
    )
    assert formats.format_quantity(2, "sites") == "2\u00a0sites"
    assert formats.format_quantity(1.9, "pour 1 000 habitants", 1).endswith("pour 1 000 habitants")


@pytest.mark.parametrize(
    ("percent", "text"),
    [(4.84, "+4,8\u00a0%"), (-6.6, "−6,6\u00a0%"), (0.01, "0,0\u00a0%"), (pd.NA, "inconnu")],
)
def test_a_deviation_shows_its_sign(percent: object, text: str) -> None:
    assert formats.format_deviation(percent) == text


def test_years_and_dates() -> None:
    assert formats.format_year(2023) == "2023"
    assert formats.format_year(pd.NA) == "année inconnue"
    assert formats.format_date("2026-11-01") == "1er novembre 2026"
    assert formats.format_date("2018 et 2026-10") == "2018 et 2026-10"


def test_counts_and_lists() -> None:
    assert formats.format_count(0, "zone") == "0\u00a0zone"
    assert formats.format_count(1, "zone") == "1\u00a0zone"
    assert formats.format_count(13, "zone") == "13\u00a0zones"
    assert formats.format_count(2, "GHT", "GHT") == "2\u00a0GHT"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("St-Étienne", "saint etienne"),
        ("SAINT ETIENNE", "saint etienne"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("Œting", "oeting"),
        ("  Ste  Marie ", "sainte marie"),
        ("<b>x</b>", "b x b"),
    ],
)
def test_a_name_is_reduced_to_what_a_search_compares(name: str, plain: str) -> None:
    assert formats.plain_text(name) == plain
