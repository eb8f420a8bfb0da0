"""What the page Bassins shows, in words: for names and notes of files."""

from dataclasses import dataclass, field
from typing import Final

from geo.catchment import words as catchment_words
from geo.catchment.files import model_label, options_text, value_notes
from geo.catchment.runs import IMPORTED, REALITY, Basin, BasinView, Request, compared
from geo.ui.bassins import map as bassins_map
from geo.ui.bassins import view as bassins_view
from geo.ui.bassins import words, words_files, words_times
from geo.ui.shared.selection import Selection

DIFFERENCE: Final = "difference"
CONFIDENCE: Final = "confiance"


@dataclass(frozen=True)
class Scene:
    """
    The map on screen. Files are made outside the session: they can ask nothing more of it.

    Attributes
    ----------
    found, other
        The run, and the one it is compared with; None without one.
    shown
        What the map paints.
    view, request, chosen
        What a person asked for.
    model, other_name
        French names of the two runs; the second is empty without one.
    """

    found: Basin = field(repr=False)
    other: Basin | None = field(repr=False)
    shown: bassins_map.Choropleth = field(repr=False)
    view: BasinView
    request: Request
    chosen: Selection
    model: str
    other_name: str

    @property
    def label(self) -> str:
        """Short name of the run."""
        label = model_label(self.view.model)
        return f"{label}, {words_files.WITH_SCENARIO}" if self.request.changes else label

    @property
    def area(self) -> str | None:
        """The territory chosen, if the run gives it a commune."""
        area = self.chosen.area
        is_there = area is not None and (self.found.communes.area_code == area).any()
        return area if is_there else None


def scene(found: Basin, shown: bassins_map.Choropleth) -> Scene:
    """Gather the map on screen."""
    view = bassins_view.view()
    is_difference = view.look == DIFFERENCE
    return Scene(
        found, bassins_map.against()[1] if is_difference else None, shown, view,
        bassins_view.request(), bassins_view.chosen(), model_text(),
        _other_name(view) if is_difference else "",
    )  # fmt: skip


def model_text() -> str:
    """Name the model on screen, with its scenario."""
    view = bassins_view.view()
    values = [f"{key} = {value}" for key, value in bassins_view.request().values]
    times = [words_times.OWN_TIMES] if bassins_view.times() else []
    said = ", ".join([*values, *options_text(view), *times])
    text = model_label(view.model) + (f" ({said})" if said else "")
    if view.scenario.changes and view.model != IMPORTED:
        text += f" – {' '.join(catchment_words.banner(view.scenario.name))}"
    return text


def values_text(view: BasinView) -> str:
    """Write every parameter with the value used."""
    return " ; ".join(f"{label} : {value}" for label, value in value_notes(view))


def _other_name(view: BasinView) -> str:
    """Name what the map of differences compares with."""
    other = compared(view)
    return words.REALITY_LABEL if other == REALITY else model_label(other)
