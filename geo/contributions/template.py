"""Files of contributions as people fill them: the template, and their partnerships to keep."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import yaml

from geo.contributions import words as wording
from geo.contributions.columns import (
    ELEMENTS,
    PARTNERSHIPS,
    REVISION,
    SHEETS,
    Sheet,
    cell_of,
    flat_title,
    join_items,
)
from geo.files.csv import neutralise, to_csv
from geo.partnerships.records import Record

EXAMPLE_START: Final = "exemple-"
LAST_CHOICE_ROW: Final = 2001
Rows = list[list[str]]

# Fictional, and never accepted: their identifiers start with `EXAMPLE_START`.
EXAMPLES: Final[tuple[Record, ...]] = (
    {
        "id": "exemple-gcs-imagerie",
        "title": "Exemple : GCS d'imagerie (fictif)",
        "ght_codes": ["GE-06"],
        "form": "gcs_moyens",
        "form_detail": "GCS de moyens, de droit public.",
        "domains": ["imagerie", "urgences"],
        "status": "en_vigueur",
        "status_date": "2024",
        "dates": {
            "signed": {"value": "2021-03-16", "certainty": "stated"},
            "in_force": {"value": "2022", "certainty": "inferred"},
        },
        "summary": "Un scanner et une IRM partagés entre l'hôpital et la clinique.",
        "allowed": ["Une garde d'imagerie commune.", "Des délais plus courts."],
        "next": ["Un second scanner."],
        "disagreements": ["Un article écrit 2021, un autre 2022."],
        "confidence": "moyenne",
        "confidence_reason": "Deux sources, dont une sans date.",
        "parties": [
            {"name": "CH de l'Exemple", "kind": "public", "role": "membre", "city": "Exempleville"},
            {
                "name": "Clinique de l'Exemple", "kind": "prive_lucratif", "role": "partenaire",
                "city": "Exempleville", "note": "Sans numéro FINESS connu.",
            },
            {"name": "GCS Imagerie de l'Exemple", "kind": "groupement", "role": "structure"},
        ],
        "events": [
            {"date": "2021-03-16", "certainty": "stated", "text": "Signature.", "source": "site"},
            {"certainty": "stated", "text": "Premier examen.", "source": "journal"},
        ],
        "sources": [
            {
                "key": "site", "publisher": "CH de l'Exemple", "title": "Notre GCS d'imagerie",
                "date": "2021-03", "url": "https://example.org/gcs",
            },
            {"key": "journal", "publisher": "Journal de l'Exemple", "title": "L'imagerie s'unit"},
        ],
        "links": [{"relation": "succede_a", "target": "exemple-protocole"}],
    },
    {
        "id": "exemple-protocole",
        "title": "Exemple : protocole préparatoire (fictif)",
        "ght_codes": ["GE-06", "ARA-09"],
        "form": "protocole_accord",
        "status": "termine",
        "summary": "L'accord qui a préparé le GCS.",
        "confidence": "faible",
        "confidence_reason": "Une seule source.",
        "parties": [{"name": "CH de l'Exemple", "kind": "public", "role": "membre"}],
        "sources": [{"key": "journal", "publisher": "Journal de l'Exemple", "title": "Un accord"}],
    },
)  # fmt: skip


def _main_row(record: Record, revision: int) -> list[str]:
    """Write a partnership as cells."""
    shown = {**record, REVISION: str(revision) if revision else None}
    return [cell_of(column, shown) for column in PARTNERSHIPS.columns]


def sheet_rows(sheet: Sheet, records: Sequence[Record], revisions: Mapping[str, int]) -> Rows:
    """
    Write the cells of a sheet.

    Parameters
    ----------
    sheet
        One of `SHEETS`.
    records
        Valid.
    revisions
        Revision that each record was made from, by identifier; none for new ones.

    Returns
    -------
    rows
        The first one is the header.
    """
    header = [column.heading for column in sheet.written]
    if not sheet.field:
        return [header, *(_main_row(record, revisions.get(record["id"], 0)) for record in records)]
    return [header] + [
        [record["id"], *(cell_of(column, element) for column in sheet.columns)]
        for record in records
        for element in record.get(sheet.field) or []
    ]


def flat_rows(records: Sequence[Record], revisions: Mapping[str, int]) -> Rows:
    """Write one row per partnership, its elements as lists that go together; header first."""
    pairs = [(sheet, column) for sheet in ELEMENTS for column in sheet.columns]
    header = [column.heading for column in PARTNERSHIPS.columns]
    rows = [header + [flat_title(sheet, column) for sheet, column in pairs]]
    for record in records:
        lists = [
            [cell_of(column, element) for element in record.get(sheet.field) or []]
            for sheet, column in pairs
        ]
        cells = [join_items(texts) if any(texts) else "" for texts in lists]
        rows.append(_main_row(record, revisions.get(record["id"], 0)) + cells)
    return rows


def to_flat_csv(records: Sequence[Record], revisions: Mapping[str, int] | None = None) -> bytes:
    """
    Write partnerships as a CSV of one row each.

    Parameters
    ----------
    records, revisions
        See `sheet_rows`.

    Returns
    -------
    content
        UTF-8 with a byte-order mark, ";" between columns, "|" between values of a list.
    """
    header, *rows = flat_rows(records, revisions or {})
    return to_csv(pd.DataFrame(rows, columns=header, dtype="str"))


def to_yaml(records: Sequence[Record]) -> bytes:
    """
    Write partnerships in the form of the curated ones, to be proposed or reloaded.

    Returns
    -------
    content
        UTF-8; see `geo.partnerships.yaml_text.parse_yaml`.
    """
    written = [dict(record) for record in records]
    text = yaml.safe_dump({"partnerships": written}, allow_unicode=True, sort_keys=False, width=100)
    return text.encode()


def to_workbook(records: Sequence[Record], revisions: Mapping[str, int] | None = None) -> bytes:
    """
    Write partnerships as a workbook that can be filled further.

    Parameters
    ----------
    records, revisions
        See `sheet_rows`.

    Returns
    -------
    content
        XLSX: a sheet of partnerships, one per list of elements, drop-downs, the controlled lists
        and how to fill it. Every cell is a text; none can run.
    """
    tables = {sheet.title: sheet_rows(sheet, records, revisions or {}) for sheet in SHEETS}
    return write_book(tables)


def template_xlsx() -> bytes:
    """Write the template as a workbook, with its examples."""
    return to_workbook(EXAMPLES)


def template_csv() -> bytes:
    """Write the template as a CSV, with its examples."""
    return to_flat_csv(EXAMPLES)


def write_book(tables: Mapping[str, Rows]) -> bytes:
    """
    Write sheets of texts with the lists and the guide of the template.

    Parameters
    ----------
    tables
        Rows of each sheet, header first.
    """
    from openpyxl import Workbook  # noqa: PLC0415  half a second that other pages spare

    book = Workbook()
    del book[book.sheetnames[0]]
    places = _write_lists(book)
    sheets = {sheet.title: sheet for sheet in SHEETS}
    for place, (title, rows) in enumerate(tables.items()):
        page = book.create_sheet(title, place)
        _write_rows(page, rows)
        if title in sheets:
            _dress(page, sheets[title], places)
    _write_guide(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_rows(page: Any, rows: Rows) -> None:  # noqa: ANN401 - a sheet of openpyxl
    """Write texts, disarmed; characters that no workbook holds are replaced."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    for number, cells in enumerate(rows, start=1):
        for place, text in enumerate(cells, start=1):
            if text:
                safe = ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(neutralise(text)))
                cell = page.cell(number, place, safe)
                cell.number_format = "@"
                if number == 1:
                    cell.font = Font(bold=True)
    page.freeze_panes = "B2"


def _dress(page: Any, sheet: Sheet, places: Mapping[str, str]) -> None:  # noqa: ANN401
    """Give a sheet its widths, its text format and its drop-downs."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    shift = 2 if sheet.field else 1
    for place, column in enumerate(sheet.columns, start=shift):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].number_format = "@"
        if column.choices:
            # A list that takes several values only suggests them; the others refuse what is typed.
            rule = DataValidation(
                type="list", formula1=places[column.choices.title], allow_blank=True,
                showErrorMessage=not column.is_list,
            )  # fmt: skip
            rule.error = wording.pick(column.choices.title)
            rule.add(f"{letter}2:{letter}{LAST_CHOICE_ROW}")
            page.add_data_validation(rule)
    if sheet.field:
        page.column_dimensions["A"].width = PARTNERSHIPS.columns[0].width


def _write_lists(book: Any) -> dict[str, str]:  # noqa: ANN401 - a workbook of openpyxl
    """Write the controlled lists, one per column; give the cells of each."""
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    page = book.create_sheet(wording.LISTS_SHEET)
    lists = {c.choices.title: c.choices.labels for s in SHEETS for c in s.columns if c.choices}
    places = {}
    for place, (name, labels) in enumerate(lists.items(), start=1):
        letter = get_column_letter(place)
        page.cell(1, place, name).font = Font(bold=True)
        for row, label in enumerate(labels.values(), start=2):
            page.cell(row, place, label)
        page.column_dimensions[letter].width = 36
        places[name] = f"'{wording.LISTS_SHEET}'!${letter}$2:${letter}${len(labels) + 1}"
    return places


def _write_guide(book: Any) -> None:  # noqa: ANN401 - a workbook of openpyxl
    """Write how to fill the template."""
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    page = book.create_sheet(wording.GUIDE_SHEET)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 34, 110
    columns = [(f"{s.title} : {c.title}", c) for s in SHEETS for c in s.columns]
    meanings = [(name, c.description) for name, c in columns if c.description != c.title]
    for row, (name, text) in enumerate((*wording.GUIDE, *meanings), start=1):
        page.cell(row, 1, name).font = Font(bold=True)
        page.cell(row, 2, text).alignment = Alignment(wrap_text=True, vertical="top")
