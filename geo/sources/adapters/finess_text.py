"""FINESS, old text extraction: `structureet` lines, then `geolocalisation` lines."""

import csv
import io
from pathlib import Path

import pandas as pd

from geo.faults import Faults
from geo.sources.adapters.projections import epsg_of, to_wgs84
from geo.sources.adapters.rawfile import read_bytes, strip_cells

STRUCTURE, POSITION = "structureet", "geolocalisation"
# Order of the fields; the lines go on (authorisation and update dates, school number).
STRUCTURE_FIELDS = [
    "section",
    "nofinesset",
    "nofinessej",
    "rs",
    "rslongue",
    "complrs",
    "compldistrib",
    "numvoie",
    "typvoie",
    "voie",
    "compvoie",
    "lieuditbp",
    "commune",
    "departement",
    "libdepartement",
    "ligneacheminement",
    "telephone",
    "telecopie",
    "categetab",
    "libcategetab",
    "categagretab",
    "libcategagretab",
    "siret",
    "codeape",
    "codemft",
    "libmft",
    "codesph",
    "libsph",
    "dateouv",
]
POSITION_FIELDS = ["section", "nofinesset", "coordxet", "coordyet", "sourcecoordet"]
ADDRESS_FIELDS = ["numvoie", "compvoie", "typvoie", "voie", "lieuditbp"]
OVERSEAS_DEPS = {
    "9A": "971",
    "9B": "972",
    "9C": "973",
    "9D": "974",
    "9E": "975",
    "9F": "976",
    "9J": "986",
}
RENAMED = {
    "nofinesset": "finess_et",
    "nofinessej": "finess_ej",
    "rs": "site_name",
    "categetab": "category_code",
    "libcategetab": "category_label",
    "categagretab": "category_group_code",
    "libcategagretab": "category_group_label",
    "codesph": "public_status_code",
    "libsph": "public_status_label",
    "dateouv": "opened_on",
}


def read_finess_text(path: Path) -> pd.DataFrame:
    """
    Read the old text extraction of FINESS, in its version with positions.

    Parameters
    ----------
    path
        Lines without heading, `;` between fields, ISO-8859-1 (UTF-8 in the last deliveries).
        Positions are in Lambert-93 or in the UTM zone of the territory, as each line says.

    Returns
    -------
    establishments
        The columns of `geo.sources.adapters.finess.read_finess`; `coord_source` is the text of the
        source. `attrs["orphan_positions"]` lists the positions of unknown establishments.

    Raises
    ------
    SourceError
        Every fault of the layout: no line of a kind, short lines, numbers or projections that
        cannot be read, positions given twice.
    """
    structures, positions = _read_sections(path)
    faults = Faults(path.name)
    table = _describe(structures)
    placed = _place(faults, positions, table.set_index("finess_et")["dep_code"])
    faults.raise_if_any()
    joined = table.merge(placed, on="finess_et", how="left")
    joined.attrs["orphan_positions"] = placed.loc[
        ~placed["finess_et"].isin(table["finess_et"]), "finess_et"
    ].tolist()
    return joined


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("iso-8859-1")


def _read_sections(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows: dict[str, list[list[str]]] = {STRUCTURE: [], POSITION: []}
    text = _decode(read_bytes(path))
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        if row and row[0] in rows:
            rows[row[0]].append(row)
    faults = Faults(path.name)
    tables = [
        _section(faults, rows[STRUCTURE], STRUCTURE, STRUCTURE_FIELDS),
        _section(faults, rows[POSITION], POSITION, POSITION_FIELDS),
    ]
    if not rows[STRUCTURE]:
        faults.add("aucune ligne « structureet; ». Prenez l'extraction FINESS des établissements.")
    elif not rows[POSITION]:
        faults.add("aucune ligne « geolocalisation; ». Prenez la version géolocalisée (cs1100507).")
    faults.raise_if_any()
    return tables[0], tables[1]


def _section(faults: Faults, rows: list[list[str]], name: str, fields: list[str]) -> pd.DataFrame:
    width = len(fields)
    faults.bad_values(
        [";".join(row[:3]) for row in rows if len(row) < width],
        f"ligne(s) {name} de moins de {width} champs",
        "Téléchargez le fichier de nouveau.",
    )
    whole = [row[:width] for row in rows if len(row) >= width]
    return strip_cells(pd.DataFrame(whole, columns=fields, dtype="str"))


def _describe(structures: pd.DataFrame) -> pd.DataFrame:
    table = structures.rename(columns=RENAMED)
    routing = table["ligneacheminement"].str.extract(r"^(?P<postal_code>\d{5})\s*(?P<city>.*)$")
    parts = zip(*(table[name].fillna("") for name in ADDRESS_FIELDS), strict=True)
    address = pd.Series([" ".join(filter(None, words)) for words in parts], dtype="str")
    return table.assign(
        address=address.replace(r"\s+", " ", regex=True).replace("", None),
        postal_code=routing["postal_code"],
        city=routing["city"].replace("", None),
        dep_code=table["departement"].replace(OVERSEAS_DEPS),
    )


def _place(faults: Faults, positions: pd.DataFrame, dep_codes: pd.Series) -> pd.DataFrame:
    finess_et = positions["nofinesset"]
    faults.duplicates(finess_et.dropna(), "géolocalisation d'un même établissement")
    x = _to_metres(faults, positions["coordxet"], "coordxet")
    y = _to_metres(faults, positions["coordyet"], "coordyet")
    is_blank = x.eq(0) & y.eq(0)
    x, y = x.mask(is_blank), y.mask(is_blank)
    deps = finess_et.map(dep_codes[~dep_codes.index.duplicated()]).fillna("")
    sources = positions["sourcecoordet"].fillna("")
    found = [epsg_of(source, dep) for source, dep in zip(sources, deps, strict=True)]
    epsg = pd.Series(found, index=positions.index, dtype="Int64")
    is_lost = epsg.isna() & x.notna() & ~deps.str.startswith("98")
    faults.bad_values(
        sources[is_lost].replace("", "(vide)"),
        "projection inconnue dans sourcecoordet",
        "Projections connues : Lambert-93 et UTM 20N, 21N, 22N, 38S, 40S.",
    )
    heads = positions[["nofinesset", "sourcecoordet"]]
    heads = heads.rename(columns={"nofinesset": "finess_et", "sourcecoordet": "coord_source"})
    return heads.join(to_wgs84(x, y, epsg))


def _to_metres(faults: Faults, values: pd.Series, name: str) -> pd.Series:
    metres = pd.to_numeric(values.str.replace(",", "."), errors="coerce").astype("float64")
    faults.bad_values(
        values[metres.isna() & values.notna()], f"{name} non numérique(s)", "Mètres attendus."
    )
    return metres
