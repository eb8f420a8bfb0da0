"""The page of a PDF: fonts, headings, paragraphs, tables, foot."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import pandas as pd
from fpdf import FPDF, XPos, YPos
from fpdf.enums import TableBordersLayout, TableCellFillMode, TextEmphasis
from fpdf.fonts import FontFace

from geo.formats import format_number, is_unknown, typeset
from geo.profile import words_pdf

MARGIN, WIDTH = 15.0, 180.0
FONT: Final = "DejaVu"


FACES: Final = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf", "I": "DejaVuSans-Oblique.ttf"}


DARK: Final = (28, 37, 48)


GREY: Final = (88, 98, 108)


PALE: Final = (238, 242, 245)


BRAND: Final = (208, 0, 111)


LONGEST: Final = 240


def printable(text: object) -> str:
    """Remove what cannot be printed: control characters, line breaks, lone surrogates."""
    kept = " ".join(str(text).split(" "))
    return "".join(
        " " if char in "\t\r\n" else char
        for char in kept
        if char in "\t\r\n" or unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn", "Cf"}
    )[:LONGEST]


def known(value: object) -> str:
    """Write a text, or "–" when it is unknown."""
    return "–" if is_unknown(value) or value == "" else printable(value)


def each(table: pd.DataFrame) -> Iterator[Any]:
    """Give the rows of a table, their cells by name."""
    yield from table.itertuples(index=False)


class Report(FPDF):
    """An A4 document with a running foot that names the territory and the version."""

    def __init__(self, title: str, version: str, build_date: str) -> None:
        super().__init__(format="A4", unit="mm")
        self.foot = (title, version)
        folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
        for style, name in FACES.items():
            self.add_font(FONT, style, folder / name)
        self.set_font(FONT, size=9)
        self.set_margins(MARGIN, MARGIN)
        self.c_margin = 0
        self.set_auto_page_break(True, 18)
        self.set_title(title)
        self.set_lang("fr-FR")
        self.set_author("Atlas GHT")
        self.set_creator("Atlas GHT")
        self.set_subject(words_pdf.PROFILE_SUBJECT)
        self.set_creation_date(dt.datetime.fromisoformat(build_date[:10]).replace(tzinfo=dt.UTC))
        self.add_page()

    def footer(self) -> None:
        """Write the foot of a page."""
        self.set_y(-13)
        self.set_font(FONT, size=7)
        self.set_text_color(*GREY)
        title, version = self.foot
        page = words_pdf.PROFILE_PAGE.format(title=title[:70], page=self.page_no(), total="{nb}")
        self.cell(WIDTH - 60, 4, page)
        self.cell(60, 4, f"Atlas GHT, données {version}", align="R")
        self.set_text_color(*DARK)

    def heading(self, text: str, room: float = 28) -> None:
        """Start a section; on the next page when there is no room for its first lines."""
        if self.will_page_break(room):
            self.add_page()
        self.ln(3.5)
        self.set_font(FONT, "B", 10.5)
        self.set_text_color(*DARK)
        self.start_section(text)
        self.cell(WIDTH, 6, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_draw_color(*BRAND)
        self.set_line_width(0.5)
        self.line(MARGIN, self.get_y(), MARGIN + 22, self.get_y())
        self.ln(1.8)

    def paragraph(self, text: str, size: float = 8, style: str = "") -> None:
        """Write a paragraph over the whole width."""
        self.set_font(FONT, style, size)
        self.set_text_color(*(GREY if style == "I" else DARK))
        self.multi_cell(
            WIDTH, size * 0.48, typeset(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )
        self.set_text_color(*DARK)

    def rows(
        self, header: Sequence[str], lines: Iterable[Sequence[str]], widths: Sequence[float],
        numbers: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """Write a table; its header is repeated on the next page. `numbers` are right-aligned."""
        self.set_font(FONT, size=7.2)
        self.set_draw_color(190, 198, 204)
        self.set_line_width(0.15)
        self.set_fill_color(255, 255, 255)  # the rows between those of `cell_fill_color`
        aligns = ["RIGHT" if place in numbers else "LEFT" for place in range(len(header))]
        style = FontFace(emphasis=TextEmphasis.B, color=(255, 255, 255), fill_color=DARK)
        with self.table(
            width=WIDTH, col_widths=tuple(widths), line_height=3.7, text_align=tuple(aligns),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES, headings_style=style,
            padding=(0.6, 1.0),
            cell_fill_color=PALE, cell_fill_mode=TableCellFillMode.EVEN_ROWS, markdown=False,
        ) as table:  # fmt: skip
            for line in [header, *lines]:
                row = table.row()
                for cell in line:
                    row.cell(cell)

    def more(self, count: int) -> None:
        """Say how many rows are not shown."""
        if count > 0:
            self.paragraph(words_pdf.PROFILE_MORE.format(count=format_number(count)), 7, "I")
