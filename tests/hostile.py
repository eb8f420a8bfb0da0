"""Files that were sent to bring the server down, and their kin."""

import io
import zipfile
from collections.abc import Callable, Mapping

SHEET = "xl/worksheets/sheet1.xml"
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>commune</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>ght</t></is></c></row>'
)
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="Feuille" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def workbook(rows: str, header: str = HEADER, **parts: str) -> bytes:
    """A workbook of one sheet, its rows as they are written in it."""
    stream = io.BytesIO()
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{header}{rows}</sheetData></worksheet>"
    )
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**PARTS, SHEET: sheet, **parts}.items():
            archive.writestr(name, text)
    return stream.getvalue()


def cell(address: str, text: str = "x") -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def wide() -> bytes:
    rows = (f'<row r="{n}">{"<c><v>1</v></c>" * 20_000}</row>' for n in range(2, 60))
    return workbook("".join(rows))


def inflating() -> bytes:
    """A part that says it is small and is not."""
    content = bytearray(workbook("<row/>" * 3_000_000))
    for sign, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.rfind(sign)
        content[start + place : start + place + 4] = (1000).to_bytes(4, "little")
    return bytes(content)


def sheet_with(text: str) -> bytes:
    return workbook(f'<row r="2">{cell("A2", text)}{cell("B2", "GE-06")}</row>')


WORKBOOKS: Mapping[str, Callable[[], bytes]] = {
    "row 999999999999": lambda: workbook(f'<row r="999999999999">{cell("A999999999999")}</row>'),
    "last row of a spreadsheet": lambda: workbook(f'<row r="1048576">{cell("A1048576")}</row>'),
    "six million empty rows": lambda: workbook("<row/>" * 6_000_000),
    "column ZZZ": lambda: workbook(
        "".join(f'<row r="{n}"><c r="ZZZ{n}"><v>1</v></c></row>' for n in range(2, 300_000))
    ),
    "wide rows": wide,
    "unclosed tags": lambda: workbook("<row><c>" * 900_000),
    "deep tags": lambda: workbook("<a>" * 300_000 + "</a>" * 300_000),
    "two far corners": lambda: workbook(
        f'<row r="2">{cell("CV2")}</row><row r="119999">{cell("A119999")}</row>'
    ),
    "a part larger than it says": inflating,
    "negative row": lambda: workbook(f'<row r="-1">{cell("A-1")}</row>'),
    "many long texts": lambda: workbook(
        "".join(f'<row r="{n}">{cell(f"A{n}", "x" * 30_000)}</row>' for n in range(2, 500))
    ),
    "half a pair": lambda: sheet_with("_xD800_&#xD800;"),
    "entities": lambda: workbook("", **{SHEET: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    "a sheet that is missing": lambda: workbook(
        "",
        **{"xl/_rels/workbook.xml.rels": PARTS["xl/_rels/workbook.xml.rels"].replace("1.xml", "")},
    ),
}
TEXTS: Mapping[str, Callable[[], bytes]] = {
    "deep list": lambda: b"partnerships: " + b"[" * 40_000,
    "deeper list": lambda: b"partnerships: " + b"[" * 200_000,
    "deep mapping": lambda: (
        b"partnerships:\n" + b"".join(b" " * n + b"a:\n" for n in range(1, 700))
    ),
    "dashes": lambda: b"partnerships: " + b"- " * 100_000,
    "question marks": lambda: b"partnerships:\n" + b"? " * 100_000,
    "long integer": lambda: b"partnerships: [{id: " + b"9" * 200_000 + b"}]",
    "long sexagesimal": lambda: b"partnerships: [{id: " + b"1:" * 90_000 + b"1}]",
    "one pair of braces per line": lambda: b"partnerships:\n" + b"- {}\n" * 50_000,
    "aliases": lambda: b"a: &a [x]\npartnerships: [*a, *a]",
    "half a pair": lambda: rb'partnerships: [{id: "\ud800"}]',
    "colons": lambda: b"partnerships: {" + b"a:" * 140_000,
    "quotes": lambda: b"partnerships: '" + b"x\n" * 140_000,
}
CSVS: Mapping[str, Callable[[], bytes]] = {
    "a million separators": lambda: b"commune;ght\n" + b";" * 4_000_000 + b"x",
    "a million lines": lambda: b"commune;ght\n" + b"1\n" * 2_000_000,
    "one long cell": lambda: b"commune;ght\n" + b"x" * 4_000_000,
    "an open quote": lambda: b'commune;ght\n"' + b"x\n" * 2_000_000,
}
