"""Classes of a histogram, the robust line, its outliers."""

import math
from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.comparison.spread import relate, robust_deviations, spread_of

FEW = settings(max_examples=25)


def ghts(x: Sequence[float | None], y: Sequence[float | None] | None = None) -> pd.DataFrame:
    codes = [f"G{place}" for place in range(len(x))]
    return pd.DataFrame(
        {
            "area_code": codes, "area_name": codes, "reg_code": "44", "kind": "ght",
            "x": pd.array(list(x), dtype="Float64"),
            "y": pd.array(list(y if y is not None else x), dtype="Float64"),
        }
    )  # fmt: skip


# Classes


@FEW
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40))
def test_every_known_value_is_in_one_class(values: list[float]) -> None:
    spread = spread_of(ghts(values), "x", 1)
    assert spread.bins["count"].sum() == len(values)
    assert spread.bins.low.iloc[0] <= min(values)
    assert spread.bins.high.iloc[-1] >= max(values)
    assert (spread.bins.high > spread.bins.low).all()


@FEW
@given(st.lists(st.floats(0.01, 1e7), min_size=2, max_size=40))
def test_a_logarithmic_class_holds_them_too(values: list[float]) -> None:
    spread = spread_of(ghts([*values, 1e7 * 40]), "x", 0)
    assert spread.bins["count"].sum() == len(values) + 1


def test_bounds_are_round() -> None:
    spread = spread_of(ghts([-6.1, 0.0, 8.0]), "x", 1)
    assert spread.bins.low.to_list() == list(range(-7, 9))
    assert not spread.is_log
    wide = spread_of(ghts([43_000, 2_100_000]), "x", 0)
    assert wide.is_log
    assert wide.bins.low.iloc[0] == 30_000
    assert wide.bins.high.iloc[-1] == pytest.approx(3_000_000)


def test_few_whole_values_have_a_class_each() -> None:
    spread = spread_of(ghts([0, 0, 2]), "x", 0)
    assert spread.is_whole
    assert spread.bins["count"].to_list() == [2, 0, 1]
    assert spread.bins.low.to_list() == [-0.5, 0.5, 1.5]


def test_one_value_has_a_class_and_none_has_no_class() -> None:
    assert spread_of(ghts([3.0, 3.0]), "x", 1).bins["count"].to_list() == [2]
    nothing = spread_of(ghts([None]), "x", 1)
    assert nothing.bins.empty
    assert nothing.summary.unknown == 1


def test_areas_outside_any_ght_are_not_counted() -> None:
    table = ghts([1.0, 2.0])
    table.loc[1, "kind"] = "hors_ght"
    assert spread_of(table, "x", 1).summary.known == 1


# Two measures

LINE = [float(value) for value in range(12)]


def test_the_line_ignores_one_far_point_and_names_it() -> None:
    """Y = 2x + 1, give or take 0.1, and one point 50 above: Theil-Sen keeps its slope."""
    noise = [0.1, -0.1] * 6
    y = [2 * x + 1 + shift for x, shift in zip(LINE, noise, strict=True)]
    y[6] += 50
    found = relate(ghts(LINE, y), "x", "y", may_log=False)
    assert found.has_line
    assert found.has_rule
    assert found.points.area_code[found.points.is_outlier].to_list() == ["G6"]
    assert found.points.expected.iloc[0] == pytest.approx(1, abs=0.3)
    assert found.points.expected.iloc[11] == pytest.approx(23, abs=0.3)


def test_a_power_law_is_a_line_between_logarithms() -> None:
    x = [10.0 * 2**place for place in range(12)]
    found = relate(ghts(x, [value**2 for value in x]), "x", "y")
    assert found.is_log_x
    assert found.is_log_y
    assert found.points.expected.to_list() == pytest.approx([value**2 for value in x])
    assert found.rank_correlation == pytest.approx(1)
    assert not found.has_rule, "everything is exactly on the line"
    plain = relate(ghts(x, [value**2 for value in x]), "x", "y", may_log=False)
    assert not plain.is_log_x


def test_unknown_values_are_counted_apart() -> None:
    found = relate(ghts([None, *LINE], [1.0, *LINE]), "x", "y")
    assert found.unknown == 1
    assert len(found.points) == 12


@pytest.mark.parametrize(
    ("x", "y"), [(LINE[:9], LINE[:9]), ([1.0] * 12, LINE), (LINE, [1.0] * 12), ([], [])]
)
def test_too_little_gives_no_line(x: list[float], y: list[float]) -> None:
    found = relate(ghts(x, y), "x", "y")
    assert not found.has_line
    assert math.isnan(found.rank_correlation)
    assert not found.points.is_outlier.any()


def test_deviations_by_hand() -> None:
    """Residuals -1, 0, 1, 10: median 0.5, absolute deviations 1.5, 0.5, 0.5, 9.5, so 1 in all."""
    found = robust_deviations(pd.Series([-1.0, 0.0, 1.0, 10.0]))
    assert found.to_list() == pytest.approx(
        [value / 1.4826 for value in (-1.5, -0.5, 0.5, 9.5)], 1e-4
    )


def test_residuals_without_spread_name_nobody() -> None:
    assert robust_deviations(pd.Series([0.0, 0.0, 0.0, 9.0])).isna().all()


@FEW
@given(st.permutations(list(range(12))))
def test_the_order_of_rows_never_matters(order: list[int]) -> None:
    y = [3.0, 1.0, 4.0, 1.5, 5.0, 9.0, 2.0, 6.0, 5.5, 3.5, 50.0, 9.5]
    table = ghts(LINE, y)
    one = relate(table, "x", "y").points.set_index("area_code")
    other = relate(table.iloc[order], "x", "y").points.set_index("area_code")
    assert other.deviations[one.index].to_list() == pytest.approx(one.deviations.to_list())
