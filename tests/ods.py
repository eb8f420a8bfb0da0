"""ODS workbooks written by hand, as LibreOffice does: rows and cells that repeat."""

import io
import zipfile
from collections.abc import Callable, Mapping

KIND = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
MANIFEST = (
    '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<m:file-entry m:full-path="/" m:media-type="{KIND}"/></m:manifest>'
)


def cell(value: object = None, *, times: int = 1, formula: str = "") -> str:
    """A cell: a number, a text, or nothing."""
    given = f' table:number-columns-repeated="{times}"' if times > 1 else ""
    given += f' table:formula="{formula}"' if formula else ""
    if value is None:
        return f"<table:table-cell{given}/>"
    kind = f'"float" office:value="{value}"' if isinstance(value, int) else '"string"'
    text = f"<text:p>{value}</text:p>"
    return f"<table:table-cell office:value-type={kind}{given}>{text}</table:table-cell>"


def row(*cells: str, times: int = 1) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'
    )


def line(*values: object) -> str:
    return row(*map(cell, values))


def book(*rows: str, start: str = "", **sheets: str) -> bytes:
    """A workbook: the rows of its first sheet, then the others."""
    tables = "".join(
        f'<table:table table:name="{name}">{body}</table:table>'
        for name, body in {"Feuille": "".join(rows), **sheets}.items()
    )
    content = (
        f"<?xml version='1.0'?>{start}<office:document-content {SPACES}><office:body>"
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", KIND, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", content)
    return stream.getvalue()


HEADER = line("commune", "ght")
FOOT = row(cell(times=16_384), times=1_048_000)  # what LibreOffice writes below the last row
HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "a million rows in one": lambda: book(HEADER, row(cell("x"), times=1_048_570)),
    "sixteen thousand cells in one": lambda: book(HEADER, row(cell("x", times=16_384))),
    "a large rectangle in one cell": lambda: book(HEADER, row(cell("x", times=90), times=100_000)),
    "far below": lambda: book(HEADER, FOOT, line("x")),
    "repeated more than any number": lambda: book(HEADER, row(cell("x"), times=10**30)),
    "a million elements": lambda: book(HEADER, "<table:table-row/>" * 2_100_000),
    "deep tags": lambda: book("<a>" * 100_000 + "</a>" * 100_000),
    "unclosed tags": lambda: book("<a>" * 1_000),
    "many sheets": lambda: book(HEADER, **{f"f{n}": HEADER for n in range(30)}),
    "many long texts": lambda: book(HEADER, row(cell("x" * 30_000), times=500)),
    "entities": lambda: book(HEADER, start='<!DOCTYPE a [<!ENTITY b "c">]>'),
}
