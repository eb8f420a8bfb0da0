"""Colours that can be told apart."""

from itertools import pairwise

import pytest

from geo.drawing import palette


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
