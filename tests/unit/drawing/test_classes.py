"""Classes of a choropleth."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.drawing.classes import CLASS_COUNT, METHODS, class_texts, classify, round_between

NUMBERS = st.one_of(st.none(), st.floats(-1e9, 1e9, allow_nan=False))


@pytest.mark.parametrize("method", METHODS)
def test_each_value_lies_within_the_bounds_of_its_class(method: str) -> None:
    values = pd.Series([5, 1, 9, 2, None, 7, 3, 100, 4, 8], dtype="Int64")
    classes = classify(values, method, most=4)
    assert 1 < classes.count <= 4
    for value, number in zip(values, classes.numbers, strict=True):
        if pd.isna(value):
            assert pd.isna(number)
        else:
            low, high = classes.bounds[number], classes.bounds[number + 1]
            is_last = number == classes.count - 1
            assert low <= value < high or (is_last and value == high)


@pytest.mark.parametrize("method", ["quantiles", "egales"])
@given(numbers=st.lists(NUMBERS, max_size=40))
def test_every_known_value_has_a_class_and_no_class_is_empty(
    method: str, numbers: list[float | None]
) -> None:
    values = pd.Series(numbers, dtype="float64")
    classes = classify(values, method)
    assert classes.numbers.isna().equals(values.isna())
    assert sum(classes.counts) == values.notna().sum()
    assert all(classes.counts)
    assert classes.count <= CLASS_COUNT
    assert list(classes.bounds) == sorted(classes.bounds)


@given(numbers=st.lists(st.integers(0, 1000), min_size=2, max_size=30, unique=True))
def test_a_larger_value_never_has_a_lower_class(numbers: list[int]) -> None:
    classes = classify(pd.Series(numbers))
    ranked = [number for _, number in sorted(zip(numbers, classes.numbers, strict=True))]
    assert ranked == sorted(ranked)


def test_the_order_of_rows_does_not_matter() -> None:
    values = pd.Series([3.0, 1.0, None, 2.0, 8.0, 5.0], index=list("abcdef"))
    turned = classify(values.iloc[::-1]).numbers.reindex(values.index)
    assert turned.equals(classify(values).numbers)


def test_nothing_known_gives_no_class() -> None:
    classes = classify(pd.Series([None, None], dtype="Int64"))
    assert classes.count == 0
    assert classes.bounds == ()
    assert classes.numbers.isna().all()


def test_equal_values_make_one_class() -> None:
    classes = classify(pd.Series([4, 4, None], dtype="Int64"))
    assert classes.bounds == (4.0, 4.0)
    assert classes.counts == (2,)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (182_000, 205_000, 200_000),
        (12.31, 12.6, 12.5),
        (-1.3, -0.8, -1),
        (0, 1, 1),
        (0.41, 0.44, 0.42),
    ],
)
def test_a_bound_is_the_roundest_number_where_it_may_be(
    low: float, high: float, expected: float
) -> None:
    assert round_between(low, high) == pytest.approx(expected)


@given(low=st.floats(-1e6, 1e6), width=st.floats(1e-3, 1e6))
def test_a_rounded_bound_stays_above_the_one_and_up_to_the_other(low: float, width: float) -> None:
    assert low < round_between(low, low + width) <= low + width


def test_the_texts_of_the_classes_share_no_bound() -> None:
    values = pd.Series([189_169, 43_336, 280_901, 512_000, 739_000, 2_149_000, 331_000, 611_000])
    assert class_texts(classify(values, most=3), 0) == [
        "moins de 300\u202f000", "300\u202f000 à moins de 600\u202f000", "600\u202f000 ou plus",
    ]  # fmt: skip
    assert class_texts(classify(pd.Series([1, 2, 3, 8, 9]), most=2), 0) == ["1 à 4", "5 à 9"]
