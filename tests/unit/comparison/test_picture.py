"""The maps of territories side by side as a file."""

import pytest

from geo.atlas.load import Atlas
from geo.comparison.picture import (
    COLUMNS,
    FOOT,
    HEAD,
    MAPS,
    PanesRequest,
    draw_panes,
    grounds,
    page_of,
    panes_bytes,
)
from geo.comparison.windows import MARGIN, Pane, Window, read_windows
from geo.drawing import palette

CODES = ("GE-06", "HF-13", "OI-01", "HORS-970302022")
STARTS = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


@pytest.fixture(scope="module")
def windows(atlas: Atlas) -> dict[str, Window]:
    return read_windows(atlas)


def request_of(
    windows: dict[str, Window], *codes: str, scale: str = "propre",
    measure: str = "mean_travel_time_min",
) -> PanesRequest:  # fmt: skip
    panes = (
        Pane(code, f"Territoire {code}", "$x$ : 1", "sans carte" if code not in windows else "",
             windows.get(code))
        for code in codes
    )  # fmt: skip
    return PanesRequest(measure, "quantiles", tuple(panes), scale)


@pytest.mark.parametrize(("count", "rows"), [(2, 1), (3, 2), (4, 2)])
def test_maps_stand_apart_in_rows_of_two(count: int, rows: int) -> None:
    page = page_of(count)
    assert len(page.boxes) == count
    lefts, bottoms = ({round(box[place], 6) for box in page.boxes} for place in (0, 1))
    assert (len(lefts), len(bottoms)) == (COLUMNS, rows)
    assert min(bottoms) >= FOOT - 1e-9
    assert all(box[1] + box[3] <= page.height - HEAD for box in page.boxes)
    assert page.boxes[0][0] + page.boxes[0][2] <= page.boxes[1][0]
    assert page.boxes[1][0] + page.boxes[1][2] <= MAPS + 0.3


def test_the_scale_is_common_or_each_its_own() -> None:
    """A map of four inches by three: 80 km across need 20 km an inch, and a margin."""
    small, large = Window(0, 45, 10, 12), Window(0, 45, 40, 12)
    assert grounds([small, large], (4, 3), "propre") == pytest.approx([8 * MARGIN, 20 * MARGIN])
    assert grounds([small, large], (4, 3), "commune") == pytest.approx([20 * MARGIN] * 2)


def test_each_map_is_centred_at_the_scale_asked_for(
    atlas: Atlas, windows: dict[str, Window]
) -> None:
    figure = draw_panes(atlas, request_of(windows, "GE-06", "OI-01", scale="commune"))
    widths = [axes.get_xlim()[1] - axes.get_xlim()[0] for axes in figure.axes]
    assert widths[0] == pytest.approx(widths[1])
    assert [axes.get_title(loc="left") for axes in figure.axes] == [
        "Territoire GE-06", "Territoire OI-01",
    ]  # fmt: skip
    said = {text.get_text() for text in figure.legends[0].get_texts()}
    assert palette.MARKS["ch"].label in said
    assert len(said) > 6


def test_a_territory_without_a_map_says_why(atlas: Atlas, windows: dict[str, Window]) -> None:
    request = request_of(windows, "HF-13", "HORS-980500003", "GUY-01", measure="poverty_percent")
    figure = draw_panes(atlas, request)
    assert "sans carte" in {text.get_text() for text in figure.axes[0].texts}
    said = {text.get_text() for text in figure.legends[0].get_texts()}
    assert {"Hors GHT", "Valeur inconnue"} <= said
    alone = draw_panes(atlas, request_of(windows, "HF-13", "HF-13"))
    assert [axes.get_xlim() for axes in alone.axes] == [(0, 1), (0, 1)]


@pytest.mark.parametrize("form", STARTS)
def test_a_file_has_its_title_and_is_always_the_same(
    atlas: Atlas, windows: dict[str, Window], form: str
) -> None:
    request = request_of(windows, *CODES)
    content = panes_bytes(atlas, request, form)
    assert content.startswith(STARTS[form])
    if form == "svg":
        text = content.decode()
        assert "Territoire HF-13" in text
        assert "$x$" in text, "a name is never a formula"
        assert content == panes_bytes(atlas, request, form)
