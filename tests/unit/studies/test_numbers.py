"""Numbers as spreadsheets of health planners hold them; what is unknown is never zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.studies.numbers import is_blank, looks_like_rate, read_number, split_heading

WRITTEN = {
    "12": 12, "1 234": 1234, "1\u202f234,5": 1234.5, "1\u00a0234": 1234, "1.234.567": 1234567,
    "1,234.5": 1234.5, "3,7 %": 3.7, "12,50 €": 12.5, "−4": -4, "0": 0, "0,0": 0, ".5": 0.5,
    "1'234": 1234, "+7": 7, "1,5E+3": 1500,
}  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_a_number_is_read_as_it_is_written(text: str) -> None:
    assert read_number(text) == WRITTEN[text]


@pytest.mark.parametrize("text", ["", "n.d.", "nd", "N.D.", "s", "ns", "-", "…", "secret", "N/A"])
def test_what_says_it_is_unknown_is_blank_and_no_number(text: str) -> None:
    assert is_blank(text)
    assert read_number(text) is None


@pytest.mark.parametrize("text", ["12 lits", "1e999", "=1+1", "1-2", "12/2020", "abc", "inf"])
def test_the_rest_is_neither_blank_nor_a_number(text: str) -> None:
    assert read_number(text) is None
    assert not is_blank(text)


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    number = read_number(text)
    assert number is None or abs(number) < float("inf")


def test_a_heading_gives_its_unit_and_whether_it_compares() -> None:
    assert split_heading("Lits (nb)") == ("Lits", "nb")
    assert split_heading("Taux [%]") == ("Taux", "%")
    assert split_heading("Médecins") == ("Médecins", "")
    assert looks_like_rate("Médecins pour 100 000 hab.")
    assert looks_like_rate("Taux de recours")
    assert not looks_like_rate("Lits (nb)")
    assert not looks_like_rate("Départements")
