"""The ministry's spreadsheet of GHTs, in its old and its newer columns."""

import io
import re
import unicodedata
import warnings
import zipfile
from pathlib import Path

import pandas as pd

from geo.errors import SourceError
from geo.faults import Faults
from geo.sources.adapters.compositions import Composition, build_composition
from geo.sources.adapters.rawfile import damaged_archive, oversized_archive, read_bytes, strip_cells

MAX_WORKBOOK_BYTES = 200_000_000
HEADING_ROWS = 20
FINESS_DIGITS = 9

# Headings of the lists of 2017 to 2019 first, then those of the newer ones.
HEADINGS = {
    "ght_code": ("ght_code", "code_ght"),
    "ght_name": ("ght_libelle", "denomination_ght", "ght_lib"),
    "finess_ej": ("finess", "es_finess", "finess_ej"),
    "entity_name": ("etablissement", "denomination_etablissement", "es_lib", "es_libelle"),
    "city": ("commune", "es_commune"),
    "support": ("ght_support",),
}
REQUIRED = ("ght_code", "ght_name", "finess_ej")

_YEAR_MONTH = re.compile(r"(?<!\d)(20\d{2})[_-](0[1-9]|1[0-2])(?!\d)")
_DAY_MONTH_YEAR = re.compile(r"(?<!\d)(?:[0-2]\d|3[01])(0[1-9]|1[0-2])(\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


def read_ministry_list(path: Path, vintage: str | None = None) -> Composition:
    """
    Read the ministry's list of GHTs and members.

    Parameters
    ----------
    path
        XLSX; one line per legal entity, below a heading line found in the first twenty of a
        sheet. Old columns: region, ght_libelle, ght_code, finess, categorie, etablissement,
        commune, code_postal. Newer: ARS_LIB, GHT_CODE, GHT_LIB, ES_FINESS, GHT_SUPPORT (O).
    vintage
        Year, or year and month, of the list; read in the file name when not given.

    Returns
    -------
    composition
        GHTs and members; `entity_name` and `city` are missing when the list has no such column.
        A FINESS number that the spreadsheet holds as a number gets its leading zero back.

    Raises
    ------
    SourceError
        Every fault of the list: unreadable workbook, absent columns, bad or repeated codes,
        several names or supports for one GHT, no date in the file name.
    """
    table = _read_table(path)
    faults = Faults(path.name)
    dated = vintage or vintage_of(path.name)
    if dated is None:
        faults.add(
            "millésime inconnu. Donnez-le dans le nom du fichier, "
            "par exemple dgos_ght_liste_2019_01.xlsx."
        )
    names = table.dropna(subset=["ght_code"]).drop_duplicates(["ght_code", "ght_name"])
    faults.bad_values(
        names.loc[names["ght_code"].duplicated(), "ght_code"],
        "plusieurs libellés pour un même code de GHT",
        "Gardez un seul libellé par code.",
    )
    faults.raise_if_any()
    by_code = names.set_index("ght_code")["ght_name"]
    return build_composition(path, table, by_code, vintage=dated or "", source="dgos_list")


def vintage_of(name: str) -> str | None:
    """
    Find the date of a list in its file name.

    Returns
    -------
    vintage
        `2017-10` for `dgos_ght_liste_2017_10_31.xlsx`, `2019-01` for
        `dgos_ght_liste_290119_2.xlsx`; the year alone when there is no month, None without a date.
    """
    if found := _YEAR_MONTH.search(name.replace("_", "-")):
        return f"{found[1]}-{found[2]}"
    if found := _DAY_MONTH_YEAR.search(name):
        return f"20{found[2]}-{found[1]}"
    found = _YEAR.search(name)
    return found[1] if found else None


def _read_table(path: Path) -> pd.DataFrame:
    read: list[str] = []
    for sheet in _read_sheets(path):
        for row in range(min(HEADING_ROWS, len(sheet))):
            headings = [_plain(str(cell)) for cell in sheet.iloc[row]]
            columns = _match(headings)
            if all(name in columns for name in REQUIRED):
                return _clean(sheet.iloc[row + 1 :], columns)
            if len(columns) > 1 or not read:
                read = [heading for heading in headings if heading != "nan"]
    faults = Faults(path.name)
    found = _match(read)
    missing = [HEADINGS[name][-1].upper() for name in REQUIRED if name not in found]
    faults.missing_columns(read, missing)
    raise SourceError(path.name, faults.sentences)


def _read_sheets(path: Path) -> list[pd.DataFrame]:
    content = read_bytes(path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_WORKBOOK_BYTES:
                raise oversized_archive(path.name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            sheets = pd.read_excel(
                io.BytesIO(content), sheet_name=None, header=None, dtype=str, engine="openpyxl"
            )
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        if content.startswith(b"PK"):
            raise damaged_archive(path.name) from error
        raise SourceError(
            path.name, ["ce n'est pas un classeur XLSX. Enregistrez la liste au format XLSX."]
        ) from error
    return list(sheets.values())


def _plain(label: str) -> str:
    bare = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", bare.lower()).strip("_")


def _match(headings: list[str]) -> dict[str, int]:
    return {
        name: headings.index(accepted[0])
        for name, labels in HEADINGS.items()
        if (accepted := [label for label in labels if label in headings])
    }


def _clean(lines: pd.DataFrame, columns: dict[str, int]) -> pd.DataFrame:
    cells = strip_cells(lines.dropna(how="all").astype("str"))
    absent = pd.Series(None, index=cells.index, dtype="str")
    table = pd.DataFrame(
        {name: cells.iloc[:, columns[name]] if name in columns else absent for name in HEADINGS}
    ).reset_index(drop=True)
    digits = table["finess_ej"].str.replace(r"\.0$", "", regex=True).str.replace(" ", "")
    is_short = digits.str.fullmatch(rf"\d{{{FINESS_DIGITS - 1}}}", na=False)
    is_support = table["support"].str.upper().eq("O").fillna(value=False).astype("bool")
    return table.assign(
        finess_ej=digits.mask(is_short, digits.str.zfill(FINESS_DIGITS)),
        ght_code=table["ght_code"].str.upper().str.replace("_", "-"),
        role=is_support.map({True: "support", False: "partie"}),
    )
