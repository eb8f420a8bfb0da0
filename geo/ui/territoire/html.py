"""Pieces of HTML of the page of one territory; `territoire.html` writes them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup, escape

from geo import wording as common_wording
from geo.drawing import palette
from geo.formats import (
    format_date,
    format_minutes,
    format_quantity,
    format_year,
    is_unknown,
)
from geo.partnerships import words_tables as partnerships_words_tables
from geo.partnerships.story import Story
from geo.profile import tables
from geo.profile import words as wording
from geo.profile.creation import LABELS
from geo.profile.headline import Headline
from geo.profile.key_figures import KeyFigure
from geo.profile.territory import Profile
from geo.profile.words_pdf import BANDS
from geo.territories.interval import LEVEL_PERCENT
from geo.territories.published import qualified
from geo.territories.recipe import Recipe
from geo.territories.tables import NOTHING
from geo.ui.shared import html
from geo.ui.shared.html import Column, Figure, figures_html, grid_html, laid_out, note_html
from geo.ui.shared.partnership_html import WEB, story_html
from geo.ui.shared.recipes import recipe_html
from geo.ui.shared.templates import EMPTY, writer
from geo.ui.territoire import words

ANCHOR: Final = "profil-"
_write: Final = writer("territoire/territoire.html")

Text = str | Markup


def contents_html(sections: Mapping[str, str]) -> Markup:
    """Write the table of contents of the page: links to its sections."""
    return _write("contents", words.CONTENTS, ANCHOR, sections)


def heading_html(key: str, more: Markup = EMPTY) -> Markup:
    """Write the title of a section, where its link leads."""
    return _write("heading", f"{ANCHOR}{key}", words.SECTIONS[key], more)


def folded_html(key: str, more: Markup) -> Markup:
    """Write a section that opens when it is asked for, or when its link leads there."""
    return _write("fold", f"{ANCHOR}{key}", words.SECTIONS[key], more)


def headline_html(told: Headline) -> Markup:
    """Write what is said first: sentences, then six figures."""
    return _write("headline", words.HEADLINE, told.sentences, told.figures)


def access_legend_html(people: Sequence[int], unknown: int) -> Markup:
    """Write the legend of the communes by minutes, with the inhabitants of each class."""
    counts = [format_quantity(count, "habitants") for count in people]
    scale = html.scale_html(palette.sequential(len(BANDS)), BANDS, counts)
    if unknown:
        said = format_quantity(unknown, "habitants")
        scale += html.hatch_html("inconnu", f"{words.UNKNOWN_MINUTES} ({said})")
    return html.section_html(words.ACCESS_LEGEND, scale)


def subtitle_html(text: str) -> Markup:
    """Write the title of a part of a section."""
    return _write("subtitle", text)


def link_html(address: object, text: str) -> Markup:
    """Write a link that opens a new tab; the text alone when the address is not of the web."""
    if not (isinstance(address, str) and address.startswith(WEB)):
        return escape(text)
    return html.link_html(address, text, words.NEW_TAB)


def _web_html(text: str) -> Text:
    """Write a text, as a link named by its site when it is an address of the web."""
    is_link = " " not in text and text.startswith(WEB)
    return link_html(text, text.partition("//")[2].partition("/")[0]) if is_link else text


def rows_html(
    header: Sequence[str], rows: Iterable[Sequence[Text]], caption: str, numbers: str = ""
) -> Markup:
    """Write rows as a table: the first cell names the row, column `numbers` holds figures."""
    first, *others = header
    columns = [Column(first, "row"), *(Column(n, "n" if n == numbers else "") for n in others)]
    return grid_html(columns, [("", rows)], caption)


def whole_html(table: Markup) -> Markup:
    """Let a table take the height of its rows, instead of scrolling."""
    return _write("whole", table)


def frame_html(table: pd.DataFrame, caption: str, head: str) -> Markup:
    """Write a table of values, addresses of the web as links; column `head` comes first."""
    names = [head, *(str(name) for name in table.columns if name != head)]
    columns, texts = laid_out(table[names], head, tables.DECIMALS)
    cells = (map(_web_html, column) for column in texts)
    return grid_html(columns, [("", zip(*cells, strict=True))], caption)


# Identity


def _creation(profile: Profile) -> list[Figure]:
    """Write when a GHT was created, and how that is known."""
    creation = profile.creation
    if creation is None:
        return []
    known = creation.created_on is not None
    date = format_date(str(creation.created_on)) if known else words.CREATION_UNKNOWN
    source = link_html(creation.source_url, words.SOURCE) if creation.source_url else ""
    said = f"{date} ({LABELS[creation.evidence]})" if known else date
    return [_fact(words.CREATION, said, _write("said", creation.detail, source))]


def _fact(label: str, value: str, note: Text = "", more: str = "") -> Figure:
    """State a fact over the whole width."""
    return Figure(label, value, note, is_wide=True, more=more)


def identity_html(profile: Profile, departements: str) -> Markup:
    """Write what a territory is: region, support, creation, list of members."""
    facts = [_fact(words.REGION, profile.region or NOTHING)]
    if departements:
        facts.append(_fact(words.DEPARTEMENTS, departements))
    if profile.support is not None:
        held = profile.support
        number = f"FINESS {held.finess_ej}" if held.finess_ej else ""
        source = link_html(held.source_url, words.SOURCE) if held.source_url else ""
        name = held.name or common_wording.SUPPORT_UNKNOWN
        facts.append(_fact(common_wording.SUPPORT, name, _write("said", held.rule, source), number))
    else:
        note = {"hors_ght": words.OUTSIDE}.get(profile.kind, words.UNASSIGNED)
        facts.append(_fact(words.KIND, profile.kind_label, note))
    facts += _creation(profile)
    if profile.composition:
        facts.append(_fact(words.COMPOSITION, profile.composition))
    return figures_html(facts)


# Key figures


def _published(figure: KeyFigure) -> list[tuple[str, Text]]:
    """Say the published figure, its year, its source, and the deviation."""
    if figure.published is None:
        return []
    value = qualified(
        format_quantity(figure.published, figure.unit, figure.decimals), figure.qualifier
    )
    source = link_html(figure.source_url, words.SOURCE)
    rows: list[tuple[str, Text]] = [
        (words.PUBLISHED, _write("cited", value, figure.year_text, source))
    ]
    if figure.modelled_then is not None:
        rows.append((words.THEN, format_quantity(figure.modelled_then, figure.unit)))
    rows.append((words.DEVIATION, figure.deviation_text))
    if figure.published_note:
        rows.append((common_wording.PUBLISHED_NOTES, figure.published_note))
    return rows


def figure_html(figure: KeyFigure, profile: Profile, made: Recipe) -> Markup:
    """Write a key figure: modelled, published, deviation, and where it comes from."""
    note = profile.atlas.vintages.fill(words.FIGURE_NOTES[figure.measure])
    if figure.measure == "population" and profile.population_years:
        note += f", {words.CENSUS.format(years=profile.population_years)}"
    value = figure.value_text(profile.status)
    lines = _published(figure)
    is_missed = not lines and figure.measure in {"population", "area_km2", "member_count"}
    absent = words.NOT_PUBLISHED if is_missed else ""
    if figure.interval is not None:
        lines.insert(0, (words.INTERVAL.format(level=LEVEL_PERCENT), figure.interval_text))
    return _write("card", figure.label, value, note, lines, absent, recipe_html(made))


def cards_html(profile: Profile, recipes: Mapping[str, Recipe]) -> Markup:
    """Write every key figure."""
    cards = [figure_html(each, profile, recipes[each.measure]) for each in profile.key_figures]
    return _write("cards", cards, "atlas-cards")


def access_html(profile: Profile) -> Markup:
    """Write the median and the mean time, and the shares of inhabitants within some times."""
    access = profile.access
    figures = [
        (words.ACCESS_MEDIAN, format_minutes(access.median_min)),
        (words.ACCESS_MEAN, format_minutes(access.mean_min)),
        *(
            (words.ACCESS_WITHIN.format(band=band), format_quantity(share, "%", 1))
            for band, share in access.shares.items()
        ),
    ]
    cards = (_write("card", *figure) for figure in figures)
    notes = [profile.atlas.vintages.fill(words.ACCESS_METHOD)]
    if access.unknown_population:
        people = format_quantity(access.unknown_population, "habitants")
        notes.insert(0, words.unknown_access(people))
    narrow = _write("cards", cards, "atlas-cards atlas-narrow")
    return narrow + EMPTY.join(map(note_html, notes))


# Partnerships


def partnership_address(partnership_id: str, area_code: str) -> str:
    """Write the address of a sheet, from the address of this page."""
    return f"partenariats?territoire={quote(area_code)}&partenariat={quote(partnership_id)}"


def partnerships_html(table: pd.DataFrame, stories: Sequence[Story], area_code: str) -> Markup:
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
        title = html.link_html(address, str(cells[names["title"]]), words.NEW_TAB)
        values = (cells[name] for name in shown[1:])
        texts = (NOTHING if is_unknown(value) else _web_html(str(value)) for value in values)
        rows.append([title, *texts])
    folded = EMPTY.join(
        _write("folded", wording.STORY.format(title=story.title), story_html(story))
        for story in stories
    )
    return whole_html(rows_html(shown, rows, words.SECTIONS["partenariats"])) + folded


# What is published


def published_html(published: pd.DataFrame) -> Markup:
    """Write every published figure with its source."""
    header, (_, texts) = wording.PUBLISHED_COLUMNS, laid_out(tables.published(published))
    rows = zip(*(map(_web_html, column) for column in texts), strict=True)
    return rows_html(header, rows, words.PUBLISHED_TITLE, header[1])


def statements_html(statements: pd.DataFrame) -> Markup:
    """Write what articles say, each with its address."""
    rows = [
        [
            str(row.topic),
            str(row.statement),
            _write("cited", link_html(row.source_url, str(row.title)), row.publisher, ""),
            words.INFERRED.format(year=format_year(row.year))
            if row.year_certainty == "inferred"
            else format_year(row.year),
        ]
        for row in statements.itertuples()
    ]
    return rows_html(words.STATEMENT_COLUMNS, rows, words.STATEMENTS_TITLE)
