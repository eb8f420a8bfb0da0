"""What a workbook holds, counted before it is read: no row, no column, no byte without a limit."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from geo.errors import RefusedFileError

MAX_SHEETS: Final = 20
MAX_LINES: Final = 120_000
MAX_COLUMNS: Final = 100
MAX_CELLS: Final = 2_500_000  # of the rectangle that holds all that is filled: all of it is kept
MAX_ELEMENTS: Final = 2_000_000  # of XML: two seconds
MAX_UNPACKED: Final = 20_000_000
MAX_RATIO: Final = 100
DEEPEST: Final = 20
LONGEST_SHOWN: Final = 60
OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
ODS_CONTENT: Final = "content.xml"
WORKBOOK: Final = "xl/workbook.xml"
LINKS: Final = "xl/_rels/workbook.xml.rels"
ADDRESS: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
FILLED: Final = frozenset({"v", "is", "f"})
Place = tuple[int, int]


@dataclass
class Survey:
    """
    What was counted in a sheet.

    Attributes
    ----------
    formulas
        (row, column), both from 1 -> the formula as it is written.
    errors
        The same -> the error that the cell shows.
    """

    formulas: dict[Place, str] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)


def open_archive(content: bytes) -> zipfile.ZipFile:
    """
    Open a workbook that would not fill the memory once unpacked.

    Raises
    ------
    RefusedFileError
        If it is not an archive, or too large.
    """
    if content.startswith(OLD_WORKBOOK):
        raise RefusedFileError("old_workbook")
    if content.lstrip()[:1] == b"<":
        raise RefusedFileError("web_page")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise RefusedFileError("not_a_workbook") from None
    unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > min(MAX_UNPACKED, max(MAX_RATIO * len(content), MAX_UNPACKED // 10)):
        raise RefusedFileError("bomb", MAX_UNPACKED // 1_000_000)
    return archive


def survey_book(archive: zipfile.ZipFile) -> Mapping[str, Survey]:
    """
    Count what every sheet holds.

    Parameters
    ----------
    archive
        An XLSX or an ODS, from `open_archive`.

    Returns
    -------
    surveys
        Name of a sheet -> what was counted.

    Raises
    ------
    RefusedFileError
        Broken, or more sheets, rows, columns or elements than the limits.
    """
    if ODS_CONTENT in archive.namelist():
        return _OdsCounter().count_book(_read(archive, ODS_CONTENT))
    targets = {str(link.get("Id")): str(link.get("Target")) for link in _root(archive, LINKS)}
    sheets = [e for e in _root(archive, WORKBOOK).iter() if e.tag.rpartition("}")[2] == "sheet"]
    if len(sheets) > MAX_SHEETS:
        raise RefusedFileError("sheets", MAX_SHEETS)
    counter = _Counter()
    found: dict[str, Survey] = {}
    for sheet in sheets:
        key = next((v for k, v in sheet.attrib.items() if k.rpartition("}")[2] == "id"), "")
        target = targets.get(key, "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        found[sheet.get("name", "")] = counter.count(_read(archive, path))
    return found


def _read(archive: zipfile.ZipFile, path: str) -> bytes:
    """Unpack a part of a workbook, no more than was announced."""
    try:
        with archive.open(path) as stream:
            content = stream.read(MAX_UNPACKED + 1)
    except (KeyError, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise RefusedFileError("broken_workbook") from error
    except (zipfile.BadZipFile, zlib.error) as error:
        raise RefusedFileError("broken_workbook") from error
    if len(content) > MAX_UNPACKED:
        raise RefusedFileError("bomb", MAX_UNPACKED // 1_000_000)
    return content


def _root(archive: zipfile.ZipFile, path: str) -> Element:
    """Read a small part of a workbook."""
    try:
        root: Element = fromstring(_read(archive, path), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise RefusedFileError("broken_workbook") from error
    return root


class _Counter:
    """Goes through the sheets of a workbook and stops at the first limit."""

    def __init__(self) -> None:
        self.elements = 0
        self._start_sheet()

    def _start_sheet(self) -> None:
        self.survey = Survey()
        self.depth = self.row = self.column = self.last_row = self.last_column = 0
        self.is_error = False
        self.heard: list[str] | None = None  # pieces of a formula or of an error

    def count(self, content: bytes) -> Survey:
        """Count one sheet."""
        self._start_sheet()
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise RefusedFileError("broken_workbook") from error
        return self.survey

    def _start_element(self) -> None:
        self.depth += 1
        self.elements += 1
        if self.elements > MAX_ELEMENTS or self.depth > DEEPEST:
            raise RefusedFileError("elements")

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._start_element()
        name = tag.rpartition(":")[2]
        if name == "row":
            self.row, self.column = _number(attributes.get("r"), self.row + 1), 0
        elif name == "c":
            self._start_cell(attributes)
        elif name in FILLED:
            self._fill()
            if name == "f" or (name == "v" and self.is_error):
                self.heard = []

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        """Place a cell: where it says it is, or after the last one."""
        found = ADDRESS.fullmatch(attributes.get("r", ""))
        self.column = _column(found[1]) if found else self.column + 1
        self.row = int(found[2]) if found else self.row
        self.is_error = attributes.get("t") == "e"

    def _fill(self) -> None:
        """Note that the cell holds something."""
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if self.last_row > MAX_LINES:
            raise RefusedFileError("lines", MAX_LINES)
        if self.last_column > MAX_COLUMNS:
            raise RefusedFileError("columns", MAX_COLUMNS)
        if self.last_row * self.last_column > MAX_CELLS:
            raise RefusedFileError("cells", MAX_CELLS)

    def _text(self, text: str) -> None:
        if self.heard is not None and len(self.heard) < LONGEST_SHOWN:
            self.heard.append(text[:LONGEST_SHOWN])

    def _end(self, tag: str) -> None:
        self.depth -= 1
        if self.heard is None:
            return
        place, said = (self.row, self.column), "".join(self.heard)
        self.heard = None
        if tag.rpartition(":")[2] == "f":
            self.survey.formulas[place] = f"={said}"[:LONGEST_SHOWN]
        else:
            self.survey.errors[place] = said[:LONGEST_SHOWN]


class _OdsCounter(_Counter):
    """Goes through the one part that holds the sheets of an ODS; its rows and cells repeat."""

    def count_book(self, content: bytes) -> Mapping[str, Survey]:
        """Count every sheet."""
        self.found: dict[str, Survey] = {}
        self.count(content)
        return self.found

    def _start_sheet(self) -> None:
        super()._start_sheet()
        self.rows = self.columns = 1  # times that the present ones repeat

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._start_element()
        name = tag.rpartition(":")[2]
        given = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "table":
            depth = self.depth
            self._start_sheet()
            self.depth = depth
            self.found[given.get("name", "")] = self.survey
            if len(self.found) > MAX_SHEETS:
                raise RefusedFileError("sheets", MAX_SHEETS)
        elif name == "table-row":
            self.row, self.column = self.row + self.rows if self.row else 1, 0
            self.rows = max(_number(given.get("number-rows-repeated"), 1), 1)
        elif name in {"table-cell", "covered-table-cell"}:
            self.column = self.column + self.columns if self.column else 1
            self.columns = max(_number(given.get("number-columns-repeated"), 1), 1)
            self._fill_repeated(given)

    def _fill_repeated(self, given: Mapping[str, str]) -> None:
        """Note what a cell holds, and how far it is repeated."""
        formula = given.get("formula")
        if formula is not None:
            said = formula.partition("=")[2] or formula
            self.survey.formulas[self.row, self.column] = f"={said}"[:LONGEST_SHOWN]
        if formula is not None or "value-type" in given:
            first = self.row, self.column
            self.row, self.column = self.row + self.rows - 1, self.column + self.columns - 1
            self._fill()
            self.row, self.column = first

    def _text(self, text: str) -> None:
        """Leave texts alone: formulas are attributes."""

    def _end(self, tag: str) -> None:  # noqa: ARG002  as the other
        self.depth -= 1


def _refuse_doctype(*_: object) -> None:
    raise RefusedFileError("broken_workbook")


def _number(text: str | None, default: int) -> int:
    """Read the number of a row; one that no spreadsheet has is beyond every limit."""
    if text is None:
        return default
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(MAX_LINES))
    return int(text) if is_number else MAX_LINES + 1


def _column(letters: str) -> int:
    """Give the number of a column from its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
