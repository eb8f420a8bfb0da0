"""Where the names of a scatter go: beside their points, on no other name, inside the frame."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

Box = tuple[float, float, float, float]  # left, bottom, right, top
# Pixels: a narrow chart, so that names which are apart on it are apart on a wide one.
WIDTH, HEIGHT = 900.0, 470.0
LETTER, LINE = 7.0, 17.0
REACH: Final = 10.0  # from a point to its name
POINT: Final = 5.0
SIDES: Final = ("right", "left", "above", "below")


@dataclass(frozen=True)
class Name:
    """A name to place: its text, and its point in shares of the width and of the height."""

    text: str
    across: float
    up: float


def place(names: Sequence[Name], points: Sequence[tuple[float, float]]) -> list[str]:
    """
    Choose a side for each name, the first ones first.

    Parameters
    ----------
    names
        In the order of what matters; the first one always has a side.
    points
        Every point, in shares: as few as possible are covered, those that are named never.

    Returns
    -------
    sides
        Of `SIDES`; empty for a name that finds no room.
    """
    marks = [_around(name.across * WIDTH, name.up * HEIGHT) for name in names]
    others = [_around(across * WIDTH, up * HEIGHT) for across, up in points]
    taken: list[Box] = []
    sides = []
    for number, name in enumerate(names):
        blocked = taken + marks[:number] + marks[number + 1 :]
        free = [
            (is_hidden, sum(_meet(box, other) for other in others), rank, side, box)
            for rank, (side, box) in enumerate(_boxes(name))
            if not (is_hidden := any(_meet(box, other) for other in blocked)) or number == 0
            if box[0] >= -3 * LETTER
            and box[2] <= WIDTH
            and box[1] >= -LINE
            and box[3] <= HEIGHT + LINE
        ]
        best = min(free, default=None)
        sides.append(best[3] if best else SIDES[0] if number == 0 else "")
        taken += [best[4]] if best else []
    return sides


def _around(x: float, y: float) -> Box:
    return (x - POINT, y - POINT, x + POINT, y + POINT)


def _boxes(name: Name) -> Iterator[tuple[str, Box]]:
    """Lay a name on each side of its point."""
    x, y = name.across * WIDTH, name.up * HEIGHT
    wide = LETTER * len(name.text)
    starts = {
        "right": (x + REACH, y - LINE / 2),
        "left": (x - REACH - wide, y - LINE / 2),
        "above": (x - wide / 2, y + REACH),
        "below": (x - wide / 2, y - REACH - LINE),
    }
    for side, (left, bottom) in starts.items():
        yield side, (left, bottom, left + wide, bottom + LINE)


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    )  # fmt: skip
