"""Colours that can be told apart."""

from collections.abc import Iterable
from itertools import combinations, pairwise

import numpy as np
import pytest
from colorspacious import cspace_convert

from geo.drawing import palette

SIGHTS = ("normal", "protanomaly", "deuteranomaly", "tritanomaly")
LEAST = 17.9  # CIE76: told apart at a glance


def luminance(color: str) -> float:
    """Relative luminance of WCAG."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def seen(color: str, sight: str) -> np.ndarray:
    """Place a colour in CIELab as an eye sees it: Machado's simulation at full severity."""
    rgb = np.array([int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    if sight != "normal":
        space = {"name": "sRGB1+CVD", "cvd_type": sight, "severity": 100}
        rgb = np.clip(cspace_convert(rgb, space, "sRGB1"), 0, 1)
    return np.asarray(cspace_convert(rgb, "sRGB1", "CIELab"))


def least(pairs: Iterable[tuple[str, str]]) -> float:
    """Give the least difference of some pairs, for the eyes that tell them apart least."""
    listed = list(pairs)
    return min(
        float(np.linalg.norm(seen(one, sight) - seen(other, sight)))
        for sight in SIGHTS
        for one, other in listed
    )


@pytest.mark.parametrize(
    "colors",
    [palette.RATES, palette.RATES_DARK, palette.CHANGES, palette.CONFIDENCES,
     tuple(palette.FAMILY_COLORS.values())],
    ids=["rates", "dark", "changes", "confidence", "families"],
)  # fmt: skip
def test_any_two_colours_of_a_set_are_told_apart_by_all_eyes(colors: tuple[str, ...]) -> None:
    assert least(combinations(colors, 2)) >= LEAST


def test_a_border_shows_beside_every_tint() -> None:
    """White under ink: one of the two has a contrast of 3 with each neighbour."""
    for color in (*palette.RATES, *palette.CHANGES, *palette.CONFIDENCES, palette.LAND):
        assert max(contrast(color, "#ffffff"), contrast(color, palette.INK)) >= 3


def test_a_circle_shows_on_the_ground_and_over_another_circle() -> None:
    assert contrast(palette.CIRCLE, palette.LAND) >= 3
    assert contrast(palette.DARK[palette.CIRCLE], palette.DARK[palette.LAND]) >= 3


def test_each_hatch_has_a_look_of_its_own() -> None:
    looks = [(h.kind, h.angle, h.line, h.width) for h in palette.HATCHES.values()]
    assert len(set(looks)) == len(looks)
    assert {palette.HATCHES[key].kind for key in ("hors", "inconnu", "libre")} == {
        "lines", "dots", "empty",
    }  # fmt: skip


def test_more_is_lighter_in_the_dark_and_darker_in_the_light() -> None:
    for light, dark in zip(pairwise(palette.RATES), pairwise(palette.RATES_DARK), strict=True):
        assert luminance(light[0]) > luminance(light[1])
        assert luminance(dark[0]) < luminance(dark[1])
    assert palette.themed(palette.RATES[0]) == "light-dark(#f7f3bf,#16324a)"


@pytest.mark.parametrize("count", range(1, 7))
def test_classes_go_from_light_to_dark(count: int) -> None:
    colors = palette.sequential(count)
    assert len(colors) == count
    assert all(luminance(light) > luminance(dark) for light, dark in pairwise(colors))


def test_the_selection_and_the_marks_stand_out() -> None:
    assert contrast(palette.SELECTED, "#ffffff") >= 4.5
    assert all(contrast(mark.color, "#ffffff") >= 2.5 for mark in palette.MARKS.values())


def test_marks_that_share_a_shape_differ_in_colour_or_in_fill() -> None:
    looks = [(mark.shape, mark.color, mark.is_hollow) for mark in palette.MARKS.values()]
    assert len(set(looks)) == len(looks)


def test_how_a_support_is_known_shows_without_any_colour() -> None:
    """The same star, full or hollow: told apart in grey too, and the hollow one has a dark rim."""
    published, presumed = (palette.MARKS[key] for key in palette.SUPPORTS)
    assert published.shape == presumed.shape == "star"
    assert contrast(published.fill, presumed.fill) >= 4.5
    assert contrast(presumed.rim, presumed.fill) >= 4.5
