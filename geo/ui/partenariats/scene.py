"""What the page Partenariats shows, in words: for names and notes of files."""

from dataclasses import dataclass, field

import pandas as pd

from geo.drawing import words as drawing_words
from geo.partnerships.collection import Collection, Filters
from geo.ui.partenariats import cache as partenariats_cache
from geo.ui.partenariats import view as partenariats_view
from geo.ui.shared import cache


@dataclass(frozen=True)
class Scene:
    """
    What passes the filters, as files take it: they can ask nothing more of the session.

    Attributes
    ----------
    kept
        The partnerships.
    filters
        What keeps them.
    place
        French name of the country, of the region or of the GHT.
    source
        Source line.
    opened
        `partnership_id` of the one that is told; None without one.
    counts
        Number of partnerships of each GHT.
    """

    kept: Collection = field(repr=False)
    filters: Filters
    place: str
    source: str
    opened: str | None
    counts: pd.Series = field(repr=False)


def scene(source: str) -> Scene:
    """Gather what is on screen."""
    filters = partenariats_view.filters()
    shown = partenariats_cache.shown(filters)
    opened = partenariats_view.view().opened
    return Scene(shown.collection, filters, place_of(filters), source, opened, shown.counts)


def place_of(filters: Filters) -> str:
    """Name the GHT, the region or the country that the filters keep."""
    if filters.ght is not None:
        return f"{partenariats_cache.ght_names()[filters.ght]} ({filters.ght})"
    if filters.region is not None:
        return cache.choices().regions[filters.region]
    return drawing_words.WHOLE_COUNTRY
