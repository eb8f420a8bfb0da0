"""Small pieces of HTML for the panels; `pieces.html` writes them and escapes every text."""

import base64
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import pandas as pd
from markupsafe import Markup
from pandas.api.types import is_numeric_dtype

from geo import wording
from geo.drawing import palette
from geo.drawing.circles import Circles
from geo.drawing.classes import Classes, class_texts
from geo.drawing.screen_map import script_json
from geo.formats import format_count, typeset
from geo.territories.measures import Measure
from geo.territories.tables import texts_of
from geo.ui.shared.templates import EMPTY, writer

MOST_ECHOED: Final = 2000
HATCH_REPEAT: Final = 8  # pixels
ROW_HEIGHT, LONGEST = 34, 420  # pixels, see .atlas-table in frame.css
# Marks of Markdown and of Streamlit's own directives (colours, icons, formulas).
_ACTIVE: Final = re.compile(r"[\\`*_{}\[\]()#+\-.!|<>~$:@&=^]")
# Addresses and emoji codes are recognised after the marks are escaped: an invisible character,
# which forbids a line break, cuts them.
_RECOGNISED: Final = re.compile(r"(?<=:)(?=\S)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
_JOINER: Final = "\u2060"
_write: Final = writer("shared/pieces.html")

Entry = tuple[Markup, str, str]  # of a legend: drawing, text, count
Group = tuple[str, Iterable[Sequence[object]]]  # of rows: title (none when empty), cells


@dataclass(frozen=True)
class Figure:
    """
    One figure of a panel.

    Attributes
    ----------
    label, value
        What it is, and its formatted value.
    note, more
        Year, source or method.
    is_wide
        Takes the whole width: for names rather than numbers.
    """

    label: str
    value: str
    note: str | Markup = ""
    is_wide: bool = False
    more: str = ""


@dataclass(frozen=True)
class Column:
    """
    A column of a table.

    Attributes
    ----------
    name
        French.
    kind
        Of its cells: words; figures ("n"); figures over a bar (pairs: text, style); names of the
        rows ("row").
    sort
        "ascending" or "descending" when the rows are in its order.
    """

    name: str
    kind: Literal["", "n", "bar", "row"] = ""
    sort: str = ""


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


def section_html(title: str, body: Markup = EMPTY, key: str = "") -> Markup:
    """Write a titled part of a panel; a link leads to one that has a key."""
    return _write("section", title, body, key)


def index_html(label: str, sections: Mapping[str, str]) -> Markup:
    """Write the links to the parts of a page: key -> title."""
    return _write("index", label, sections)


def status_html(text: str, look: str = "atlas-heard", strong: str = "") -> Markup:
    """Write what a screen reader says when it changes; nobody sees it unless its class says so."""
    return _write("status", text, look, strong)


def title_html(title: str, subtitle: str, declaration: tuple[str, str] | None = None) -> Markup:
    """Write the title of a page and, under it, what its figures are."""
    said = None if declaration is None else (typeset(declaration[0]), typeset(declaration[1]))
    return _write("title", typeset(title), typeset(subtitle), said)


def note_html(text: str) -> Markup:
    """Write a remark."""
    return _write("note", typeset(text))


def figures_html(figures: Iterable[Figure]) -> Markup:
    """Write figures as a description list."""
    return _write("figures", figures)


def link_html(address: str, text: str, heard: str = "") -> Markup:
    """Write a link that opens a new tab; `heard` says so to those who cannot see it."""
    return _write("link", address, text, heard)


def image_html(drawing: Markup, box: str) -> Markup:
    """Embed a drawing as an image (Streamlit strips inline SVG); the text beside it says it all."""
    size = box.split()[2:]
    svg = _write("svg", *size, box, drawing)
    return _write("image", *size, base64.b64encode(svg.encode()).decode())


def swatch_html(fill: str, hatch: palette.Hatch | None = None) -> Markup:
    """Draw the colour or the hatch of a legend entry, as the map does."""
    if hatch is None:
        return _write("swatch", palette.themed(fill), "")
    start = HATCH_REPEAT - hatch.width
    fills = {
        "lines": f"repeating-linear-gradient({90 + hatch.angle}deg,{hatch.ground} 0 {start}px,"
        f"{hatch.line} {start}px {HATCH_REPEAT}px)",
        "dots": f"radial-gradient(circle,{hatch.line} {hatch.width / 2}px,{hatch.ground} "
        f"{hatch.width / 2 + 0.4}px) 0 0/{HATCH_REPEAT}px {HATCH_REPEAT}px",
        "empty": hatch.ground,
    }
    return _write("swatch", fills[hatch.kind], hatch.line if hatch.kind == "empty" else "")


def _points(shape: str, radius: float) -> str:
    """Corners of a mark, as the map draws them."""
    count = {"triangle": 3, "diamond": 4, "star": 10}[shape]
    corners = []
    for number in range(count):
        reach = radius * 0.45 if shape == "star" and number % 2 else radius
        angle = -math.pi / 2 + number * 2 * math.pi / count
        corners.append(f"{9 + reach * math.cos(angle):.1f},{9 + reach * math.sin(angle):.1f}")
    return " ".join(corners)


def mark_svg(mark: palette.Mark) -> Markup:
    """Draw the mark of an establishment."""
    radius = min(mark.radius + 1.5, 8.5)
    is_round = mark.shape in {"circle", "square"}
    shape = mark.shape if is_round else _points(mark.shape, radius)
    rim = mark.rim if mark.is_hollow else ""
    return image_html(_write("mark", shape, radius, mark.fill, rim), "-5 0 28 18")


def named_html(name: object, note: object) -> Markup:
    """Write the name of a row and, under it, a remark."""
    return _write("named", name, note)


def entries_html(entries: Iterable[Entry], *, is_row: bool = False) -> Markup:
    """Write the entries of a legend, one under the other or in a row."""
    return _write("legend", entries, is_row)


def hatch_html(name: str, label: str) -> Markup:
    """Write the legend of a hatch laid over the classes."""
    return entries_html([(swatch_html("", palette.HATCHES[name]), label, "")])


def scale_html(colors: Sequence[str], labels: Sequence[str], counts: Sequence[str]) -> Markup:
    """Write the legend of classes that are not those of an indicator."""
    return entries_html(zip(map(swatch_html, colors), labels, counts, strict=True))


def circles_html(found: Circles, decimals: int) -> Markup:
    """Write the legend of counts: circles one in another, as large as those of the map."""
    radii = [found.radius(step) for step in found.steps]
    rows = [
        (2 * radius, max(radii) - radius, text)
        for radius, text in zip(radii, found.texts(decimals), strict=True)
    ]
    fill = palette.themed(palette.CIRCLE)
    return _write("circles", rows, 2 * max(radii, default=0), fill, palette.CIRCLE_OPACITY)


def legend_html(
    classes: Classes, decimals: int, kinds: Sequence[str], unknown: int, without: int = 0,
    unknown_text: str = wording.UNKNOWN_VALUE,
) -> Markup:  # fmt: skip
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
    unknown_text
        Says why a value is not known.
    """
    colors = palette.sequential(classes.count)
    counts = [format_count(count, "GHT", "GHT") for count in classes.counts]
    rows = zip(map(swatch_html, colors), class_texts(classes, decimals), counts, strict=False)
    others = [("hors", wording.OUTSIDE_GHT, list(kinds).count("hors_ght"), "zone", "zones")]
    if unknown or not without:
        others.append(("inconnu", unknown_text, unknown, "GHT", "GHT"))
    if without:
        others.append(("libre", wording.NOT_MODELLED_LABEL, without, "GHT", "GHT"))
    hatched = [
        (swatch_html("", palette.HATCHES[name]), label, format_count(count, one, several))
        for name, label, count, one, several in others
    ]
    return entries_html([*rows, *hatched])


def without_tints(classes: Classes) -> Classes:
    """Leave out the classes of a count, which circles tell: the unknown stay unknown."""
    return replace(classes, bounds=(), counts=())


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


def indicator_html(
    measure: Measure, classes: Classes, areas: pd.DataFrame, method: str, origin: str = "",
    found: Circles | None = None,
) -> Markup:  # fmt: skip
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
    origin
        Producer and year, French; empty when the figures are our own.
    found
        Circles, for a count.
    """
    unknown = wording.NOT_COLLECTED if measure.is_partial else wording.UNKNOWN_VALUE
    counts, kinds = unclassed(classes, areas), areas.kind.tolist()
    tinted = without_tints(classes) if found else classes
    body = legend_html(tinted, measure.decimals, kinds, *counts, unknown)
    if found:
        body = circles_html(found, measure.decimals) + body
    drawn = format_count(sum(classes.counts), "territoire")
    cut = wording.class_note(drawn, wording.METHOD_NAMES[method])
    body += note_html(wording.circle_note(drawn) if found else cut)
    if origin:
        body = note_html(wording.origin_note(origin)) + body
    unit = f" ({measure.unit})" if measure.unit else ""
    return section_html(f"{measure.label}{unit}", body)


def laid_out(
    table: pd.DataFrame, head: str = "", decimals: Mapping[str, int] | None = None
) -> tuple[list[Column], list[list[str]]]:
    """Lay a table out: its columns (`head`, or the second one, names the rows), their texts."""
    named = head or str(table.columns[min(1, len(table.columns) - 1)])
    numeric = {name: is_numeric_dtype(table[name].dtype) for name in table.columns}
    columns = [
        Column(str(name), "row" if name == named else "n" if is_figure else "")
        for name, is_figure in numeric.items()
    ]
    return columns, [texts_of(table[name], (decimals or {}).get(name)) for name in table.columns]


def grid_html(
    columns: Sequence[Column], groups: Iterable[Group], caption: str,
    look: str = "atlas-table", *, at_right: bool = True,
) -> Markup:  # fmt: skip
    """
    Write a table that a screen reader reads and a browser shows at once: every table is made here.

    Parameters
    ----------
    columns
        In their order.
    groups
        Rows of cells: texts or `Markup`.
    caption
        Names the table and the area that scrolls.
    look
        Classes of the area; "atlas-inputs" is small and its caption is its label alone.
    at_right
        Whether the names of columns of figures stand at right, as figures do.
    """
    return _write("table", columns, groups, caption, look, at_right)


def table_html(table: pd.DataFrame, caption: str, head: str = "") -> Markup:
    """Write a table of values; see `grid_html`. The second column names the rows by default."""
    columns, texts = laid_out(table, head)
    return grid_html(columns, [("", zip(*texts, strict=True))], caption, at_right=False)


def rows_html(
    table: pd.DataFrame, caption: str, head: str = "", decimals: Mapping[str, int] | None = None
) -> Markup:
    """
    Write a long table that the browser makes when it has time: `geo/ui/shared/rows.js` reads it.

    Parameters
    ----------
    table, caption, head
        See `table_html`, whose look and reading it has.
    decimals
        See `laid_out`.

    Returns
    -------
    html
        An empty place of about the height of the table, and a script that holds texts only; for
        `st.html` with `unsafe_allow_javascript`.
    """
    return later_html(*laid_out(table, head, decimals), caption)


def later_html(columns: Sequence[Column], texts: Sequence[Sequence[str]], caption: str) -> Markup:
    """Write a long table whose columns are laid out; see `rows_html`."""
    said = {
        "caption": caption,
        "heads": [column.name for column in columns],
        "kinds": [column.kind for column in columns],
        "rows": list(zip(*texts, strict=True)),
    }
    height = min(LONGEST, ROW_HEIGHT * (len(texts[0]) + 1))
    return _write("later", caption, height, script_json(said))


def marks_html(keys: Iterable[str]) -> Markup:
    """Write the legend of the establishments drawn."""
    marks = (palette.MARKS[key] for key in keys)
    return entries_html(((mark_svg(mark), mark.label, "") for mark in marks), is_row=True)
