"""Pieces of HTML of the page of partnerships. Every value is escaped here."""

import base64
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

import pandas as pd

from geo.atlas import vocabulary
from geo.drawing import palette
from geo.formats import is_unknown
from geo.partnerships import words as wording
from geo.partnerships import words_tables as partnerships_words_tables
from geo.partnerships.layers import TINTS
from geo.partnerships.story import Story
from geo.ui.shared.html import mark_svg

WEB: Final = ("http://", "https://")
PLAIN_INK: Final = "#39424e"


def line_svg(color: str, dash: Sequence[int] = ()) -> str:
    """Draw the line of a legend entry, as the map does."""
    pattern = f' stroke-dasharray="{" ".join(map(str, dash))}" stroke-linecap="round"'
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="44" height="14" viewBox="0 0 44 14">'
        f'<path d="M2 7H42" stroke="{color}" stroke-width="3"{pattern if dash else ""}/></svg>'
    )
    encoded = base64.b64encode(svg.encode()).decode()
    return f'<img alt="" width="44" height="14" src="data:image/svg+xml;base64,{encoded}">'


def _keys(title: str, entries: Iterable[tuple[str, str]]) -> str:
    """Write one list of a legend: drawings (HTML made here) and their texts."""
    rows = "".join(f"<li>{drawing}<span>{escape(text)}</span></li>" for drawing, text in entries)
    head = f"<h3>{escape(title)}</h3>" if title else ""
    return f'<div>{head}<ul class="atlas-legend atlas-row">{rows}</ul></div>'


def family_keys(families: Iterable[str]) -> str:
    """Write the legend of the families of forms that are there."""
    present = set(families)
    return _keys(
        wording.FAMILIES,
        [
            (line_svg(palette.FAMILY_COLORS[key]), label)
            for key, label in vocabulary.FORM_FAMILIES.items()
            if key in present
        ],
    )


def status_keys(statuses: Iterable[str]) -> str:
    """Write the legend of the states that are there."""
    present = set(statuses)
    return _keys(
        wording.STATUSES,
        [
            (line_svg(PLAIN_INK, palette.STATUS_DASHES[key]), label)
            for key, label in vocabulary.STATUSES.items()
            if key in present
        ],
    )


def sector_keys(sectors: Iterable[str]) -> str:
    """Write the legend of the sectors that are there."""
    present = set(sectors)
    return _keys(
        wording.SECTORS,
        [
            (mark_svg(mark), mark.label)
            for key, mark in palette.SECTOR_MARKS.items()
            if key in present
        ],
    )


def tint_keys() -> str:
    """Write the legend of the territories."""
    swatches = [f'<i class="atlas-swatch" style="background:{color}"></i>' for color in TINTS]
    return _keys("", zip(reversed(swatches), (wording.TINTED, wording.PLAIN), strict=True))


def event_keys(precisions: Iterable[str]) -> str:
    """Write the legend of the events of a timeline."""
    present = set(precisions)
    shapes = {"day": "diamond", "month": "circle", "year": "square"}
    return _keys(
        "",
        [
            (mark_svg(palette.Mark(label, shapes[key], PLAIN_INK, 5.0)), label)
            for key, label in wording.EVENT_SHAPES.items()
            if key in present
        ],
    )


def keys_html(parts: Iterable[str]) -> str:
    """Gather the lists of a legend; `parts` are HTML made by this module."""
    return f'<div class="atlas-keys">{"".join(parts)}</div>'


def list_html(title: str, sentences: Iterable[str], *, is_warning: bool = False) -> str:
    """Write a titled list of texts; nothing for no text."""
    rows = "".join(f"<li>{escape(text)}</li>" for text in sentences)
    if not rows:
        return ""
    look = ' class="atlas-warning"' if is_warning else ""
    return f'<div{look}><h3>{escape(title)}</h3><ul class="atlas-list">{rows}</ul></div>'


def _items_html(title: str, items: Sequence[str], none: str = "") -> str:
    """Write a titled list whose items are HTML made by this module."""
    if not items:
        return f"<h3>{escape(title)}</h3><p>{escape(none)}</p>" if none else ""
    rows = "".join(f"<li>{item}</li>" for item in items)
    return f'<h3>{escape(title)}</h3><ul class="atlas-list">{rows}</ul>'


def _small(*parts: object) -> str:
    """Write remarks, those that are there, in small type."""
    texts = [str(part) for part in parts if not is_unknown(part) and str(part)]
    return f" <small>{escape(' · '.join(texts))}</small>" if texts else ""


def _facts(story: Story) -> str:
    """Write what a partnership is."""
    form = f"{story.form} ({story.form_detail})" if story.form_detail else story.form
    texts = {
        "ghts": ", ".join(story.ghts),
        "form": form,
        "status": story.status,
        "domains": ", ".join(story.domains) or vocabulary.UNKNOWN_DOMAIN,
        "sectors": ", ".join(story.sectors),
    }
    rows = "".join(
        f"<dt>{escape(wording.FACTS[key])}</dt><dd>{escape(text)}</dd>"
        for key, text in texts.items()
        if text
    )
    return f'<dl class="atlas-facts">{rows}</dl>'


def _party(row: pd.Series) -> str:
    """Write a party."""
    code = row.finess_et if isinstance(row.finess_et, str) else row.finess_ej
    finess = wording.FINESS.format(code=code) if isinstance(code, str) else ""
    place = "" if row.is_located else wording.UNLOCATED
    remark = _small(row.role, row.kind, row.city, finess, place, row.note)
    return f"{escape(str(row.party_name))}{remark}"


def _source(row: pd.Series) -> str:
    """Write a source, with its link when it has an address of the web."""
    title = escape(str(row.title))
    url = row.url if isinstance(row.url, str) and row.url.startswith(WEB) else ""
    if url:
        title = (
            f'<a href="{escape(url, quote=True)}" target="_blank" rel="noopener noreferrer">'
            f"{title}</a>"
        )
    publisher = "" if str(row.publisher) in str(row.title) else row.publisher
    remark = _small(publisher, row.date, "" if url else wording.NO_ADDRESS, row.note)
    return f"{title}{remark}"


def _event(event: tuple[str, str, str, str], names: dict[str, str]) -> str:
    """Write an event with the source that tells it."""
    date, certainty, text, key = event
    said = certainty if date != partnerships_words_tables.UNKNOWN_DATE else ""
    return f"<strong>{escape(date)}</strong> : {escape(text)}{_small(said, names.get(key, ''))}"


def story_html(story: Story) -> str:
    """
    Write the sheet of a partnership.

    Parameters
    ----------
    story
        See `geo.partnerships.story.story`; links to other partnerships are left to buttons.
    """
    publishers = dict(zip(story.sources.source_key, story.sources.publisher, strict=True))
    milestones = [
        f"{escape(label)} : <strong>{escape(date)}</strong>{_small(certainty)}"
        for label, date, certainty in story.milestones
    ]
    parties = [_party(row) for _, row in story.parties.iterrows()]
    sources = [_source(row) for _, row in story.sources.iterrows()]
    return "".join(
        [
            f'<section class="atlas-story"><h2>{escape(story.title)}</h2>',
            f"<p>{escape(story.summary)}</p>",
            _facts(story),
            _items_html(wording.DATES, milestones, wording.NO_DATE),
            _items_html(wording.STORY, [_event(event, publishers) for event in story.events]),
            _items_html(wording.PARTIES, parties),
            list_html(wording.ALLOWED, story.allowed),
            list_html(wording.NEXT, story.next_steps),
            list_html(wording.DISAGREEMENTS, story.disagreements, is_warning=True),
            _items_html(wording.SOURCES_TITLE, sources),
            f"<h3>{escape(wording.CONFIDENCE)} : {escape(story.confidence.lower())}</h3>",
            f"<p>{escape(story.confidence_reason)}</p></section>",
        ]
    )


def unplaced_html(names: Sequence[str], most: int) -> str:
    """Write the parties without a known place."""
    listed = [*names[:most]]
    if len(names) > most:
        listed.append(wording.and_more(len(names) - most))
    return f'<section class="atlas-story">{list_html(wording.UNPLACED, listed)}</section>'
