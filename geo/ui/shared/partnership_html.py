"""Pieces of HTML of the page of partnerships; `partnerships.html` writes them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pandas as pd
from markupsafe import Markup

from geo.atlas import vocabulary
from geo.drawing import palette
from geo.formats import is_unknown
from geo.partnerships import words as wording
from geo.partnerships import words_tables as partnerships_words_tables
from geo.partnerships.layers import TINTS
from geo.partnerships.story import Story
from geo.ui.shared import html
from geo.ui.shared.templates import writer

WEB: Final = ("http://", "https://")
PLAIN_INK: Final = "#39424e"
_write: Final = writer("shared/partnerships.html")


def line_svg(color: str, dash: Sequence[int] = ()) -> Markup:
    """Draw the line of a legend entry, as the map does."""
    return html.image_html(_write("line", color, dash), "0 0 44 14")


def _keys(title: str, entries: Mapping[str, tuple[Markup, str]], present: Iterable[str]) -> Markup:
    """Write one list of a legend: drawings and their texts, of what is there."""
    kept = set(present)
    rows = [(*entry, "") for key, entry in entries.items() if key in kept]
    return _write("keys", title, html.entries_html(rows, is_row=True))


def family_keys(families: Iterable[str]) -> Markup:
    """Write the legend of the families of forms that are there."""
    known, colors = vocabulary.FORM_FAMILIES, palette.FAMILY_COLORS
    entries = {key: (line_svg(colors[key]), label) for key, label in known.items()}
    return _keys(wording.FAMILIES, entries, families)


def status_keys(statuses: Iterable[str]) -> Markup:
    """Write the legend of the states that are there."""
    known, dashes = vocabulary.STATUSES, palette.STATUS_DASHES
    entries = {key: (line_svg(PLAIN_INK, dashes[key]), label) for key, label in known.items()}
    return _keys(wording.STATUSES, entries, statuses)


def sector_keys(sectors: Iterable[str]) -> Markup:
    """Write the legend of the sectors that are there."""
    marks = palette.SECTOR_MARKS.items()
    return _keys(wording.SECTORS, {k: (html.mark_svg(m), m.label) for k, m in marks}, sectors)


def tint_keys() -> Markup:
    """Write the legend of the territories."""
    texts = zip(reversed(TINTS), (wording.TINTED, wording.PLAIN), strict=True)
    return _keys("", {color: (html.swatch_html(color), text) for color, text in texts}, TINTS)


def event_keys(precisions: Iterable[str]) -> Markup:
    """Write the legend of the events of a timeline."""
    shapes = {"day": "diamond", "month": "circle", "year": "square"}
    entries = {
        key: (html.mark_svg(palette.Mark(label, shapes[key], PLAIN_INK, 5.0)), label)
        for key, label in wording.EVENT_SHAPES.items()
    }
    return _keys("", entries, precisions)


def keys_html(parts: Iterable[Markup]) -> Markup:
    """Gather the lists of a legend."""
    return _write("gathered", parts)


def list_html(title: str, sentences: Sequence[str], *, is_warning: bool = False) -> Markup:
    """Write a titled list of texts; nothing for no text."""
    return _write("list", title, sentences, is_warning)


def _joined(*parts: object) -> str:
    """Put remarks together, those that are there."""
    return " · ".join(str(part) for part in parts if not is_unknown(part) and str(part))


def _party(row: pd.Series) -> tuple[str, str]:
    """Name a party, with remarks."""
    code = row.finess_et if isinstance(row.finess_et, str) else row.finess_ej
    finess = wording.FINESS.format(code=code) if isinstance(code, str) else ""
    place = "" if row.is_located else wording.UNLOCATED
    return str(row.party_name), _joined(row.role, row.kind, row.city, finess, place, row.note)


def _source(row: pd.Series) -> tuple[str, str]:
    """Name a source, with its link when it has an address of the web, and remarks."""
    title = str(row.title)
    url = row.url if isinstance(row.url, str) and row.url.startswith(WEB) else ""
    publisher = "" if str(row.publisher) in title else row.publisher
    remark = _joined(publisher, row.date, "" if url else wording.NO_ADDRESS, row.note)
    return html.link_html(url, title) if url else title, remark


def _event(event: tuple[str, str, str, str], names: dict[str, str]) -> tuple[str, str, str]:
    """Date an event, tell it, and say how that is known."""
    date, certainty, text, key = event
    said = certainty if date != partnerships_words_tables.UNKNOWN_DATE else ""
    return date, text, _joined(said, names.get(key, ""))


def story_html(story: Story) -> Markup:
    """
    Write the sheet of a partnership.

    Parameters
    ----------
    story
        See `geo.partnerships.story.story`; links to other partnerships are left to buttons.
    """
    publishers = dict(zip(story.sources.source_key, story.sources.publisher, strict=True))
    parties = [_party(row) for _, row in story.parties.iterrows()]
    events = [_event(event, publishers) for event in story.events]
    sources = [_source(row) for _, row in story.sources.iterrows()]
    return _write("story", story, wording, vocabulary.UNKNOWN_DOMAIN, parties, events, sources)


def unplaced_html(names: Sequence[str], most: int) -> Markup:
    """Write the parties without a known place."""
    listed = [*names[:most]]
    if len(names) > most:
        listed.append(wording.and_more(len(names) - most))
    return _write("unplaced", wording.UNPLACED, listed)
