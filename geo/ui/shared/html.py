"""Small pieces of HTML for the panels. Every value is escaped here."""

import base64
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from geo import wording
from geo.drawing import palette
from geo.drawing.classes import Classes, class_texts
from geo.drawing.screen_map import script_json
from geo.formats import format_count, format_number, format_year, is_unknown
from geo.territories.measures import Measure
from geo.territories.tables import NOTHING, decimals_of

MOST_ECHOED: Final = 2000
ROW_HEIGHT, LONGEST = 34, 420  # pixels, see .atlas-table in frame.css
# Marks of Markdown and of Streamlit's own directives (colours, icons, formulas).
_ACTIVE: Final = re.compile(r"[\\`*_{}\[\]()#+\-.!|<>~$:@&=^]")
# Addresses and emoji codes are recognised after the marks are escaped: an invisible character,
# which forbids a line break, cuts them.
_RECOGNISED: Final = re.compile(r"(?<=:)(?=\S)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
_JOINER: Final = "\u2060"


@dataclass(frozen=True)
class Figure:
    """
    One figure of a panel.

    Attributes
    ----------
    label, value
        What it is, and its formatted value.
    note
        Year, source or method.
    is_wide
        Takes the whole width: for names rather than numbers.
    """

    label: str
    value: str
    note: str = ""
    is_wide: bool = False


def escape_markdown(text: object) -> str:
    """
    Make a text show as it is where Streamlit reads Markdown: messages, captions, buttons.

    Parameters
    ----------
    text
        Holds a name, a value of an address or the content of a file. `MOST_ECHOED` characters are
        kept.

    Returns
    -------
    escaped
        Markdown without an image, a link, a formula, an icon or an emphasis. Lines stay lines.
    """
    whole = str(text)
    kept = whole if len(whole) <= MOST_ECHOED else f"{whole[:MOST_ECHOED]}…"
    lines = (line.strip(" \t\r\f\v") for line in kept.split("\n"))
    cut = (_RECOGNISED.sub(_JOINER, line) for line in lines)
    return "  \n".join(_ACTIVE.sub(r"\\\g<0>", line) for line in cut if line)


def section_html(title: str, body: str = "") -> str:
    """Write a titled part of a panel; `body` is HTML made by this module."""
    return f'<section class="atlas-section"><h2>{escape(title)}</h2>{body}</section>'


def status_html(text: str) -> str:
    """Write what a screen reader says when it changes, and nobody sees."""
    return f'<p class="atlas-heard" role="status">{escape(text)}</p>'


def title_html(title: str, subtitle: str, declaration: tuple[str, str] | None = None) -> str:
    """Write the title of a page and, under it, what its figures are."""
    head = f'<div class="atlas-title"><h1>{escape(title)}</h1><p>{escape(subtitle)}</p></div>'
    if declaration is None:
        return head
    strong, text = map(escape, declaration)
    return f'{head}<p class="atlas-model"><strong>{strong}</strong> {text}</p>'


def note_html(text: str) -> str:
    """Write a remark."""
    return f'<p class="atlas-small">{escape(text)}</p>'


def figures_html(figures: Iterable[Figure]) -> str:
    """Write figures as a description list."""
    blocks = []
    for figure in figures:
        note = f"<small>{escape(figure.note)}</small>" if figure.note else ""
        outer, inner = (' class="wide"', ' class="text"') if figure.is_wide else ("", "")
        blocks.append(
            f"<div{outer}><dt>{escape(figure.label)}</dt>"
            f"<dd{inner}>{escape(figure.value)}{note}</dd></div>"
        )
    return f'<dl class="atlas-figures">{"".join(blocks)}</dl>'


def _image(drawing: str, box: str) -> str:
    """Embed a drawing as an image (Streamlit strips inline SVG); the text beside it says it all."""
    width, height = box.split()[2:]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="{box}">{drawing}</svg>'
    )
    encoded = base64.b64encode(svg.encode()).decode()
    return (
        f'<img alt="" width="{width}" height="{height}" src="data:image/svg+xml;base64,{encoded}">'
    )


def _swatch(fill: str, hatch: palette.Hatch | None = None) -> str:
    """Draw the colour or the hatch of a legend entry, as the map does."""
    if hatch is not None:
        start = 7 - hatch.width
        fill = (
            f"repeating-linear-gradient({90 + hatch.angle}deg,{hatch.ground} 0 {start}px,"
            f"{hatch.line} {start}px 7px)"
        )
    return f'<i class="atlas-swatch" style="background:{fill}"></i>'


def _points(shape: str, radius: float) -> str:
    """Corners of a mark, as the map draws them."""
    count = {"triangle": 3, "diamond": 4, "star": 10}[shape]
    corners = []
    for number in range(count):
        reach = radius * 0.45 if shape == "star" and number % 2 else radius
        angle = -math.pi / 2 + number * 2 * math.pi / count
        corners.append(f"{9 + reach * math.cos(angle):.1f},{9 + reach * math.sin(angle):.1f}")
    return " ".join(corners)


def mark_svg(mark: palette.Mark) -> str:
    """Draw the mark of an establishment."""
    radius = min(mark.radius + 1.5, 8.5)
    if mark.shape == "circle":
        shape = f'<circle cx="9" cy="9" r="{radius}" fill="{mark.color}"/>'
    elif mark.shape == "square":
        side = 1.7 * radius
        corner = 9 - side / 2
        shape = (
            f'<rect x="{corner}" y="{corner}" width="{side}" height="{side}" fill="{mark.color}"/>'
        )
    else:
        shape = f'<polygon points="{_points(mark.shape, radius)}" fill="{mark.color}"/>'
    return _image(shape, "-5 0 28 18")


def _entry(drawing: str, text: str, count: str = "") -> str:
    """Write a legend entry."""
    tail = f'<span class="count">{escape(count)}</span>' if count else ""
    return f"<li>{drawing}<span>{escape(text)}</span>{tail}</li>"


def hatch_html(name: str, label: str) -> str:
    """Write the legend of a hatch laid over the classes."""
    entry = _entry(_swatch("", palette.HATCHES[name]), label)
    return f'<ul class="atlas-legend">{entry}</ul>'


def scale_html(colors: Sequence[str], labels: Sequence[str], counts: Sequence[str]) -> str:
    """Write the legend of classes that are not those of an indicator."""
    rows = zip(colors, labels, counts, strict=True)
    entries = [_entry(_swatch(color), label, count) for color, label, count in rows]
    return f'<ul class="atlas-legend">{"".join(entries)}</ul>'


def legend_html(
    classes: Classes, decimals: int, kinds: Sequence[str], unknown: int, without: int = 0
) -> str:
    """
    Write the legend of the indicator.

    Parameters
    ----------
    classes
        Classes of the GHT territories.
    decimals
        Of the indicator.
    kinds
        Kind of every area on the map.
    unknown
        Number of GHTs without a value.
    without
        Number of GHTs to which the model gives no territory: a value would make no sense.
    """
    colors = palette.sequential(classes.count) if classes.count else []
    rows = zip(colors, class_texts(classes, decimals), classes.counts, strict=False)
    entries = [
        _entry(_swatch(color), text, format_count(count, "GHT", "GHT"))
        for color, text, count in rows
    ]
    others = [("hors", wording.OUTSIDE_GHT, list(kinds).count("hors_ght"), "zone", "zones")]
    if unknown or not without:
        others.append(("inconnu", wording.UNKNOWN_VALUE, unknown, "GHT", "GHT"))
    if without:
        others.append(("inconnu", wording.NOT_MODELLED_LABEL, without, "GHT", "GHT"))
    for name, label, count, one, several in others:
        hatch = _swatch("", palette.HATCHES[name])
        entries.append(_entry(hatch, label, format_count(count, one, several)))
    return f'<ul class="atlas-legend">{"".join(entries)}</ul>'


def unclassed(classes: Classes, areas: pd.DataFrame) -> tuple[int, int]:
    """
    Count the GHTs without a class.

    Parameters
    ----------
    classes, areas
        See `indicator_html`.

    Returns
    -------
    unknown, without
        Those whose value is unknown; those to which the model gives no territory.
    """
    unknown = classes.numbers.isna()
    without = unknown & areas.status.reindex(unknown.index).isin(wording.NOT_MODELLED)
    return int(unknown.sum() - without.sum()), int(without.sum())


def indicator_html(measure: Measure, classes: Classes, areas: pd.DataFrame, method: str) -> str:
    """
    Write the titled legend of an indicator.

    Parameters
    ----------
    measure, classes
        The indicator, and the classes of the GHT territories.
    areas
        Every area: `kind`, `status`, indexed as the classes are.
    method
        Key of `geo.drawing.classes.METHODS`.
    """
    counts = unclassed(classes, areas)
    body = legend_html(classes, measure.decimals, areas.kind.tolist(), *counts)
    drawn = format_count(sum(classes.counts), "territoire")
    body += note_html(wording.class_note(drawn, wording.METHOD_NAMES[method]))
    unit = f" ({measure.unit})" if measure.unit else ""
    return section_html(f"{measure.label}{unit}", body)


def _texts(column: pd.Series) -> list[str]:
    """Write the values of a column, numbers the French way, without escaping anything."""
    name = str(column.name)
    if is_bool_dtype(column.dtype):
        texts = [wording.YES if value else wording.NO for value in column.fillna(value=False)]
    elif not is_numeric_dtype(column.dtype):
        texts = [str(value) for value in column.astype(object)]
    elif name.startswith(("Année", "Depuis")):
        texts = [format_year(value) for value in column]
    else:
        texts = [format_number(value, decimals_of(name)) for value in column]
    gaps = [is_unknown(value) for value in column]
    return [NOTHING if gap else text for gap, text in zip(gaps, texts, strict=True)]


def _cells(column: pd.Series) -> list[str]:
    """Write the cells of a column."""
    tag = '<td class="n">' if is_numeric_dtype(column.dtype) else "<td>"
    return [f"{tag}{escape(text)}</td>" for text in _texts(column)]


def _naming(table: pd.DataFrame, head: str) -> str:
    """Choose the column that names each row; the second one by default."""
    return head or str(table.columns[min(1, len(table.columns) - 1)])


def table_html(table: pd.DataFrame, caption: str, head: str = "") -> str:
    """
    Write a table that a screen reader reads and a browser shows at once.

    Parameters
    ----------
    table
        Columns under their French names, rows in their order.
    caption
        Names the table and the area that scrolls.
    head
        Column that names each row; the second one when empty.
    """
    named = _naming(table, head)
    columns = [_cells(table[name]) for name in table.columns]
    place = list(table.columns).index(named)
    columns[place] = [
        f'<th scope="row">{cell.partition(">")[2][:-5]}</th>' for cell in columns[place]
    ]
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in zip(*columns, strict=True))
    heads = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table.columns)
    label = escape(caption)
    return (
        f'<div class="atlas-table" tabindex="0" role="region" aria-label="{label}"><table>'
        f'<caption class="atlas-heard">{label}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def rows_html(table: pd.DataFrame, caption: str, head: str = "") -> str:
    """
    Write a long table that the browser makes when it has time: `geo/ui/shared/rows.js` reads it.

    Parameters
    ----------
    table, caption, head
        See `table_html`, whose look and reading it has.

    Returns
    -------
    html
        An empty place of about the height of the table, and a script that holds texts only; for
        `st.html` with `unsafe_allow_javascript`.
    """
    named = _naming(table, head)
    names = list(map(str, table.columns))
    numbers = [is_numeric_dtype(table[name].dtype) for name in table.columns]
    kinds = [
        "row" if name == named else "n" * is_n for name, is_n in zip(names, numbers, strict=True)
    ]
    texts = [_texts(table[name]) for name in table.columns]
    said = {
        "caption": caption,
        "heads": names,
        "kinds": kinds,
        "rows": list(zip(*texts, strict=True)),
    }
    height = min(LONGEST, ROW_HEIGHT * (len(table) + 1))
    return (
        f'<div class="atlas-table" tabindex="0" role="region" aria-label="{escape(caption)}" '
        f'aria-busy="true" style="min-height:{height}px"></div>'
        "<script>(window.atlasRows = window.atlasRows || [])"
        f".push([document.currentScript, {script_json(said)}])</script>"
    )


def marks_html(keys: Iterable[str]) -> str:
    """Write the legend of the establishments drawn."""
    rows = [_entry(mark_svg(palette.MARKS[key]), palette.MARKS[key].label) for key in keys]
    return f'<ul class="atlas-legend atlas-row">{"".join(rows)}</ul>'
