"""Pieces of HTML of the page of one territory. Every value is escaped here."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final
from urllib.parse import quote

import pandas as pd
from pandas.api.types import is_numeric_dtype

from geo import wording as common_wording
from geo.formats import (
    format_date,
    format_deviation,
    format_number,
    format_quantity,
    format_year,
    is_unknown,
)
from geo.partnerships import words_tables as partnerships_words_tables
from geo.partnerships.story import Story
from geo.profile import words as wording
from geo.profile import words_pdf as profile_words_pdf
from geo.profile.creation import LABELS
from geo.profile.key_figures import KeyFigure
from geo.profile.territory import Profile
from geo.territories.measures import figure_text
from geo.territories.published import qualified, year_text
from geo.territories.recipe import Recipe
from geo.territories.tables import NOTHING
from geo.ui.shared.html import note_html
from geo.ui.shared.partnership_html import WEB, story_html
from geo.ui.shared.recipes import recipe_html

ANCHOR: Final = "profil-"
Cells = Sequence[str]


def contents_html(sections: Mapping[str, str]) -> str:
    """Write the table of contents of the page: links to its sections."""
    links = "".join(
        f'<li><a href="#{ANCHOR}{key}">{escape(title)}</a></li>' for key, title in sections.items()
    )
    label = escape(wording.CONTENTS)
    return f'<nav class="atlas-contents" aria-label="{label}"><ul>{links}</ul></nav>'


def heading_html(key: str, more: str = "") -> str:
    """Write the title of a section, where its link leads; `more` is HTML made by this module."""
    title = escape(wording.SECTIONS[key])
    return f'<section class="atlas-section" id="{ANCHOR}{key}"><h2>{title}</h2>{more}</section>'


def subtitle_html(text: str) -> str:
    """Write the title of a part of a section."""
    return f'<h3 class="atlas-part">{escape(text)}</h3>'


def link_html(address: object, text: str) -> str:
    """Write a link that opens a new tab; the text alone when the address is not of the web."""
    if not (isinstance(address, str) and address.startswith(WEB)):
        return escape(text)
    return _anchor(address, text)


def _web_html(text: str) -> str:
    """Write a text, as a link named by its site when it is an address of the web."""
    if " " in text or not text.startswith(WEB):
        return escape(text)
    return _anchor(text, text.partition("//")[2].partition("/")[0])


def _anchor(address: str, text: str) -> str:
    """Write a link that opens a new tab, and says so to those who cannot see it."""
    heard = f'<span class="atlas-heard"> ({escape(wording.NEW_TAB)})</span>'
    href = escape(address, quote=True)
    return f'<a href="{href}" target="_blank" rel="noopener noreferrer">{escape(text)}{heard}</a>'


def rows_html(header: Cells, rows: Sequence[Cells], caption: str, numbers: Cells = ()) -> str:
    """
    Write a table from cells that are already HTML.

    Parameters
    ----------
    header
        French names, escaped here.
    rows
        Cells made by this module. The first one names the row.
    caption
        Names the table and the area that scrolls.
    numbers
        Names of the columns aligned to the right.
    """
    opened = ['<td class="n">' if name in numbers else "<td>" for name in header[1:]]
    body = "".join(
        f'<tr><th scope="row">{first}</th>'
        + "".join(f"{tag}{cell}</td>" for tag, cell in zip(opened, rest, strict=True))
        + "</tr>"
        for first, *rest in rows
    )
    places = [' class="n"' if name in numbers else "" for name in header]
    heads = "".join(
        f'<th scope="col"{place}>{escape(name)}</th>'
        for place, name in zip(places, header, strict=True)
    )
    label = escape(caption, quote=True)
    return (
        f'<div class="atlas-table" tabindex="0" role="region" aria-label="{label}"><table>'
        f'<caption class="atlas-heard">{label}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def whole_html(table: str) -> str:
    """Let a table made by this module take the height of its rows, instead of scrolling."""
    return f'<div class="atlas-whole">{table}</div>'


def _cell(value: object, name: str, decimals: int | None) -> str:
    """Write a cell: numbers the French way, years without a separator."""
    if is_unknown(value):
        return NOTHING
    if decimals is None:
        return _web_html(str(value))
    return format_year(value) if name.startswith("Année") else format_number(value, decimals)


def frame_html(
    table: pd.DataFrame, caption: str, head: str, decimals: Mapping[str, int] | None = None
) -> str:
    """
    Write a table of values.

    Parameters
    ----------
    table
        Columns under their French names.
    caption
        Names the table.
    head
        Column that names each row: it comes first.
    decimals
        Digits after the comma of the columns that have some.
    """
    digits = dict(decimals or {})
    names = [head, *(str(name) for name in table.columns if name != head)]
    numbers = [name for name in names if is_numeric_dtype(table[name])]
    columns = [
        [_cell(value, name, digits.get(name, 0) if name in numbers else None) for value in column]
        for name, column in ((name, table[name]) for name in names)
    ]
    return rows_html(names, [*zip(*columns, strict=True)], caption, numbers)


# Identity


def _fact(label: str, value: str, *notes: str) -> str:
    """Write a fact; `value` and `notes` are HTML made by this module."""
    small = "".join(f"<small>{note}</small>" for note in notes if note)
    return f'<div class="wide"><dt>{escape(label)}</dt><dd class="text">{value}{small}</dd></div>'


def _creation(profile: Profile) -> str:
    """Write when a GHT was created, and how that is known."""
    creation = profile.creation
    if creation is None:
        return ""
    known = creation.created_on is not None
    date = format_date(str(creation.created_on)) if known else wording.CREATION_UNKNOWN
    source = link_html(creation.source_url, wording.SOURCE) if creation.source_url else ""
    said = f"{date} ({LABELS[creation.evidence]})" if known else date
    return _fact(wording.CREATION, escape(said), f"{escape(creation.detail)} {source}")


def identity_html(profile: Profile, departements: str) -> str:
    """Write what a territory is: region, support, creation, list of members."""
    facts = [_fact(wording.REGION, escape(profile.region or NOTHING))]
    if departements:
        facts.append(_fact(wording.DEPARTEMENTS, escape(departements)))
    if profile.support is not None:
        name = profile.support.name or wording.SUPPORT_UNKNOWN
        number = f"FINESS {profile.support.finess_ej}" if profile.support.finess_ej else ""
        rule = "" if profile.support.name is None else escape(profile.support.rule)
        facts.append(_fact(wording.SUPPORT, escape(name), rule, escape(number)))
    else:
        note = {"hors_ght": wording.OUTSIDE}.get(profile.kind, wording.UNASSIGNED)
        facts.append(_fact(wording.KIND, escape(profile.kind_label), escape(note)))
    facts.append(_creation(profile))
    if profile.composition:
        facts.append(_fact(wording.COMPOSITION, escape(profile.composition)))
    return f'<dl class="atlas-figures">{"".join(facts)}</dl>'


# Key figures


def _published(figure: KeyFigure) -> str:
    """Write the published figure, its year, its source, and the deviation."""
    if figure.published is None:
        return ""
    value = qualified(
        format_quantity(figure.published, figure.unit, figure.decimals), figure.qualifier
    )
    source = link_html(figure.source_url, wording.SOURCE)
    stated = f"{escape(value)} ({escape(figure.year_text)}, {source})"
    off = escape(format_deviation(figure.deviation_percent))
    rows = [(wording.PUBLISHED, stated), (wording.DEVIATION, off)]
    if figure.published_note:
        rows.append((common_wording.PUBLISHED_NOTES, escape(figure.published_note)))
    return "".join(f"<p><span>{escape(label)}</span> {text}</p>" for label, text in rows)


def figure_html(figure: KeyFigure, profile: Profile, made: Recipe) -> str:
    """Write a key figure: modelled, published, deviation, and where it comes from."""
    note = wording.FIGURE_NOTES[figure.measure]
    if figure.measure == "population" and profile.population_years:
        note += f", {wording.CENSUS.format(years=profile.population_years)}"
    value = figure_text(figure.measure, figure.value, profile.status)
    published = _published(figure)
    if not published and figure.measure in {"population", "area_km2", "member_count"}:
        published = f"<p>{escape(wording.NOT_PUBLISHED)}</p>"
    return (
        f'<div class="atlas-card"><h3>{escape(figure.label)}</h3>'
        f'<p class="value">{escape(value)}</p><p>{escape(note)}</p>{published}'
        f"{recipe_html(made)}</div>"
    )


def figures_html(profile: Profile, recipes: Mapping[str, Recipe]) -> str:
    """Write every key figure."""
    cards = "".join(
        figure_html(figure, profile, recipes[figure.measure]) for figure in profile.key_figures
    )
    return f'<div class="atlas-cards">{cards}</div>'


def access_html(profile: Profile) -> str:
    """Write the median and the mean time, and the shares of inhabitants within some times."""
    access = profile.access
    cards = [
        (wording.ACCESS_MEDIAN, format_quantity(access.median_min, "min", 1)),
        (wording.ACCESS_MEAN, format_quantity(access.mean_min, "min", 1)),
        *(
            (wording.ACCESS_WITHIN.format(band=band), format_quantity(share, "%", 1))
            for band, share in access.shares.items()
        ),
    ]
    blocks = "".join(
        f'<div class="atlas-card"><h3>{escape(label)}</h3><p class="value">{escape(text)}</p></div>'
        for label, text in cards
    )
    unknown = ""
    if access.unknown_population:
        people = format_quantity(access.unknown_population, "habitants")
        unknown = note_html(wording.unknown_access(people))
    cards_html = f'<div class="atlas-cards atlas-narrow">{blocks}</div>'
    return f"{cards_html}{unknown}{note_html(wording.ACCESS_METHOD)}"


# Partnerships


def partnership_address(partnership_id: str, area_code: str) -> str:
    """Write the address of a sheet, from the address of this page."""
    return f"partenariats?territoire={quote(area_code)}&partenariat={quote(partnership_id)}"


def partnerships_html(table: pd.DataFrame, stories: Sequence[Story], area_code: str) -> str:
    """
    Write the partnerships of a GHT: a table, then all that is known of each, folded.

    Parameters
    ----------
    table
        From `geo.partnerships.tables.typed_table`.
    stories
        In the order of the table.
    area_code
        The GHT.
    """
    names = partnerships_words_tables.COLUMNS
    shown = [names[key] for key in ("title", "form", "partners", "start", "end", "status")]
    rows = []
    for row in table.itertuples(index=False):
        cells = dict(zip(table.columns, row, strict=True))
        address = partnership_address(str(cells[names["partnership_id"]]), area_code)
        texts = [_cell(cells[name], name, None) for name in shown[1:]]
        rows.append([_anchor(address, str(cells[names["title"]])), *texts])
    folded = "".join(
        f'<details class="atlas-recipe atlas-story-fold">'
        f"<summary>{escape(wording.STORY.format(title=story.title))}</summary>"
        f"{story_html(story)}</details>"
        for story in stories
    )
    return whole_html(rows_html(shown, rows, wording.SECTIONS["partenariats"])) + folded


# What is published


def published_html(published: pd.DataFrame) -> str:
    """Write every published figure with its source."""
    rows = [
        [
            escape(profile_words_pdf.PUBLISHED_FIGURES.get(str(row.figure), str(row.figure))),
            escape(qualified(format_number(row.value), row.qualifier)),
            escape(year_text(row.year, row.year_certainty)),
            escape("" if is_unknown(row.note) else str(row.note)),
            _web_html(str(row.source_url)),
        ]
        for row in published.itertuples()
    ]
    header = wording.PUBLISHED_COLUMNS
    return rows_html(header, rows, wording.PUBLISHED_TITLE, header[1:2])


def statements_html(statements: pd.DataFrame) -> str:
    """Write what articles say, each with its address."""
    rows = [
        [
            escape(str(row.topic)),
            escape(str(row.statement)),
            f"{link_html(row.source_url, str(row.title))} ({escape(str(row.publisher))})",
            escape(
                wording.INFERRED.format(year=format_year(row.year))
                if row.year_certainty == "inferred"
                else format_year(row.year)
            ),
        ]
        for row in statements.itertuples()
    ]
    return rows_html(wording.STATEMENT_COLUMNS, rows, wording.STATEMENTS_TITLE)
