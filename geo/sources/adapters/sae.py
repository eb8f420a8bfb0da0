"""The ministry's hospital survey (SAE): an archive a year -> sites, figures, totals."""

import io
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from geo.errors import SourceError
from geo.faults import Faults
from geo.sources.adapters.archives import read_archive
from geo.sources.adapters.checks import (
    FINESS_CODE,
    FINESS_FORM,
    GHT_CODE,
    GHT_FORM,
    check_key,
    check_pattern,
)
from geo.sources.adapters.rawfile import strip_cells

SEPARATOR = b";"
FILE = re.compile(r"^(?:.*/)?([A-Z0-9]+)_(\d{4})[ra]?\.csv$", re.IGNORECASE)
# Overseas departements have letters in place of digits: 9A101 is 97101, Les Abymes.
OVERSEAS = r"^9[A-F]"
# A spreadsheet once took this code for a day of March.
MISTAKEN_DATES = {"MARS-02": "MAR-02"}
SITE_COLUMNS = {
    "FI": "finess_et",
    "FI_EJ": "finess_ej",
    "RS": "site_name",
    "COMINSEE": "commune_code",
    "CAT": "category_code",
    "ESPIC": "legal_code",
}
CODE_NAMES = ("GHT_LIBC", "NOM_COURT_GHT")
NOT_FIGURES = frozenset(
    {"AN", *CODE_NAMES, "GHT_CODE", "CODE_GHT", "GHT_LIB", "NOM_COMPLET_GHT"}
)  # fmt: skip
# Names of the totals before 2024 -> their name since.
RENAMED = (
    (r"^CAP_COMPLET_", "CAP_HC_"),
    (r"^INTTOT$", "EFF_INT"),
    (r"^ETPINT$", "ETP_INT"),
    (r"^NB_ETAB$", "NB_ET"),
    (r"^(EFF|ETP)_(?!INT$)", r"\1PNM_"),
)


@dataclass(frozen=True)
class Questions:
    """
    What is read of a table of the survey.

    Attributes
    ----------
    figures
        Columns of numbers.
    part
        Column that splits the rows of a site, some being totals of others; empty when a site has
        one row.
    parts
        Its values that are read; all of them when there are none.
    choices
        Columns of codes; each answer counts for one, as ``AUTOR=TYPE2``.
    """

    figures: tuple[str, ...] = ()
    part: str = ""
    parts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


QUESTIONS: Mapping[str, Questions] = {
    "MCO": Questions(
        _words(
            "LIT_MED LIT_CHI LIT_OBS LIT_MCO PLA_MED PLA_CHI PLA_OBS PLA_MCO SEJHC_MED SEJHC_CHI "
            "SEJHC_OBS SEJHC_MCO SEJHP_MED SEJHP_CHI SEJHP_OBS SEJHP_MCO JOU_MED JOU_CHI JOU_OBS "
            "JOU_MCO"
        )
    ),
    "PERINAT": Questions(
        _words("SEJACC SEJCES SEJ_NEO_HSI SEJ_SIN SEJ_REA PRIS IVG AMP"), choices=("AUTOR",)
    ),
    "PSY": Questions(
        _words(
            "CAP_HTP CAP_PFT CAP_AAT CAP_ACP CAP_CCU CAP_HDJ CAP_HDN SEJ_HTP JOU_HTP VEN_HDJ "
            "VEN_HDN NB_CATTP ACT_CATTP FIL_AMB FIL_TOT"
        ),
        "DIS",
        ("TOT", "GEN", "INF", "PEN"),
    ),
    "SSR": Questions(_words("LIT PLA SEJHC JOUHC JOUHP"), "GDE", ("SSR_TOT",)),
    "USLD": Questions(_words("LIT JOU ENT")),
    "HAD": Questions(_words("PLATOT SEJ_HAD JOU_HAD FIL_HAD")),
    "REA": Questions(_words("LIT SEJ JOU"), "UNI"),
    "URGENCES": Questions(_words("AUTSU AUTGEN AUTPED")),
    "URGENCES2": Questions(_words("PASSU DT80 DT18 LIT_UHCD"), "URG", ("GEN", "PED", "AMU")),
    "SMURSAMU": Questions(_words("SMUR SAMU GEN PED ANT SORTIES APP DRM")),
    "IMAGES": Questions(
        _words("NB ACTINT"),
        "EQUIPIMA",
        ("SCAN", "IRM", "TOMO", "CAM", "MAMM", "LITHO", "RADIO", "VASC"),
    ),
    "DIALYSE": Questions(_words("NBPAT SEAN DIALYSE_AA100"), "DIALY"),
}  # fmt: skip


@dataclass(frozen=True)
class Survey:
    """
    One year of the survey; a cell left empty, "not declared", has no row.

    Attributes
    ----------
    year
        Written in the names of the files.
    sites
        `year`, `finess_et` (key), `finess_ej`, `site_name`, `commune_code` (official code of that
        year), `category_code`, `legal_code`; texts.
    values
        `year`, `finess_et`, `finess_ej`, `item` (table, part if any and column: ``MCO.LIT_MED``,
        ``PSY.TOT.CAP_HTP``, ``PERINAT.AUTOR=TYPE2``), `value` (float64). Rows of one item may be
        added; items may not, some being totals of others.
    totals
        `year`, `ght_code`, `item` (name of the column in 2024), `value`: what the ministry adds up
        for each GHT of its list of the year.
    oddities
        `subject`, `detail`: French, what had to be mended to read the files.
    """

    year: int
    sites: pd.DataFrame
    values: pd.DataFrame
    totals: pd.DataFrame
    oddities: pd.DataFrame


@dataclass
class _Archive:
    """Tables of an archive, and what is wrong or odd in them."""

    name: str
    year: int
    texts: Mapping[str, bytes]
    faults: Faults
    oddities: list[tuple[str, str]] = field(default_factory=list)

    def table(self, name: str, wanted: Container[str] | None = None) -> pd.DataFrame | None:
        """Read columns of a table as texts, named in capitals; None, noted, if it is not there."""
        if name not in self.texts:
            self.faults.add(
                f"table {name} absente de l'archive. Reprenez l'archive complète du producteur."
            )
            return None
        content, mended = _mend_lines(self.texts[name])
        if mended:
            self.note(name, "ligne coupée par un retour dans un nom, recollée")
        table = pd.read_csv(
            io.StringIO("\n".join(_decode(line) for line in content)),
            sep=SEPARATOR.decode(), dtype=str, keep_default_na=False, na_values=[""],
            usecols=lambda column: wanted is None or column.strip().upper() in wanted,
        )  # fmt: skip
        table.columns = table.columns.str.strip().str.upper()
        return table

    def note(self, name: str, what: str) -> None:
        """Note what was odd in a table."""
        self.oddities.append((f"SAE {self.year}, table {name}", f"{what}."))


def read_survey(path: Path) -> Survey:
    """
    Read one year of the survey.

    Parameters
    ----------
    path
        Zip or 7z of CSV files, alone or below the folders of the producer, who puts SAS files
        beside: separator ``;``, Latin-1 (cp1252) with or without lines in UTF-8, decimal
        comma or point. Tables ``_P``, staff by profession until 2023, are not read.

    Returns
    -------
    survey
        Sites, figures of the sites, totals of the GHTs.

    Raises
    ------
    SourceError
        Every fault of the archive: tables or columns absent, codes malformed, cells that are not
        numbers, sites of no legal entity.
    """
    archive = _open(path)
    sites = _read_sites(archive)
    entities = sites.set_index("finess_et").finess_ej
    values = [_read_values(archive, name, entities) for name in QUESTIONS]
    totals = _read_totals(archive)
    archive.faults.raise_if_any()
    oddities = pd.DataFrame(archive.oddities, columns=["subject", "detail"], dtype="str")
    return Survey(archive.year, sites, _stack(values), totals, oddities)


def _open(path: Path) -> _Archive:
    """Unpack an archive: every table of one year."""
    contents = read_archive(path, FILE)
    found = {match: contents[match.string] for match in map(FILE.match, contents) if match}
    years = sorted({match[2] for match in found})
    if len(years) != 1:
        said = ", ".join(years) or "aucune"
        raise SourceError(
            path.name,
            [f"une année de fichiers TABLE_AAAAr.csv attendue, lue : {said}. Reprenez l'archive."],
        )
    texts = {match[1].upper(): content for match, content in found.items()}
    return _Archive(path.name, int(years[0]), texts, Faults(path.name))


def _mend_lines(content: bytes) -> tuple[list[bytes], bool]:
    """Join the lines that a break inside a name has cut."""
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    width = lines[0].count(SEPARATOR)
    whole: list[bytes] = []
    is_mended = False
    for line in lines:
        if whole and line and whole[-1].count(SEPARATOR) + line.count(SEPARATOR) == width:
            whole[-1] += b" " + line
            is_mended = True
        elif line:
            whole.append(line)
    return whole, is_mended


def _decode(line: bytes) -> str:
    """Decode a line: a file may hold lines in UTF-8 among those in Latin-1."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _read_sites(archive: _Archive) -> pd.DataFrame:
    """Read the table of sites."""
    columns = ["year", *SITE_COLUMNS.values()]
    table = archive.table("ID", SITE_COLUMNS)
    if table is None or archive.faults.missing_columns(table.columns, list(SITE_COLUMNS)):
        return pd.DataFrame(columns=columns, dtype="str")
    sites = strip_cells(table).rename(columns=SITE_COLUMNS)
    check_key(archive.faults, sites.finess_et, "FI", FINESS_CODE, FINESS_FORM)
    check_pattern(archive.faults, sites.finess_ej, "FI_EJ", FINESS_CODE, FINESS_FORM)
    sites["commune_code"] = sites.commune_code.str.replace(OVERSEAS, "97", regex=True)
    return sites.assign(year=archive.year)[columns]


def _read_values(archive: _Archive, name: str, entities: pd.Series) -> pd.DataFrame:
    """Read the figures of a table, each with its item."""
    questions = QUESTIONS[name]
    keys = ["FI", questions.part] if questions.part else ["FI"]
    wanted = {*keys, "FI_EJ", *questions.figures, *questions.choices}
    table = archive.table(name, wanted)
    if table is None or archive.faults.missing_columns(table.columns, keys):
        return pd.DataFrame()
    _check_entities(archive, name, table, entities)
    table["prefix"] = f"{name}."
    if questions.part:
        if questions.parts:
            table = table[table[questions.part].isin(questions.parts)]
        _note_repeated(archive, name, table[keys])
        table = table.assign(prefix=table.prefix + table[questions.part] + ".")
    figures = [column for column in questions.figures if column in table]
    cells = _melt(archive, table, ["FI", "prefix"], figures)
    cells["item"] = cells.prefix + cells["item"]
    parts = [cells.rename(columns={"FI": "finess_et"})[["finess_et", "item", "value"]]]
    parts += [_choices(table, column) for column in questions.choices if column in table]
    stacked = pd.concat(parts, ignore_index=True)
    return stacked.assign(year=archive.year, finess_ej=stacked.finess_et.map(entities))


def _melt(
    archive: _Archive, table: pd.DataFrame, keys: list[str], figures: list[str]
) -> pd.DataFrame:
    """Lay the declared cells out, one row each; note those that are no number."""
    cells = table.melt(keys, figures, "item", "text").dropna(subset="text")
    # A decimal comma in one table, a point in the others.
    numbers = cells.text.astype("str").str.replace(",", ".")
    cells["value"] = pd.to_numeric(numbers, errors="coerce")
    wrong = cells[cells.value.isna()]
    archive.faults.bad_values(
        wrong["item"].astype("str") + " = " + wrong.text.astype("str"),
        "cellule(s) non numérique(s)",
        "Nombres attendus ; une cellule vide veut dire « non déclaré ».",
    )
    return cells.drop(columns="text")


def _choices(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Count one for each answer to a question of choice."""
    answers = table[column].dropna()
    items = table.prefix[answers.index] + f"{column}=" + answers
    return pd.DataFrame({"finess_et": table.FI[answers.index], "item": items, "value": 1.0})


def _check_entities(archive: _Archive, name: str, table: pd.DataFrame, entities: pd.Series) -> None:
    """Take the entity of a site in the table of sites only: elsewhere it may be empty."""
    known = table.FI.map(entities)
    archive.faults.bad_values(
        table.FI[known.isna()],
        f"table {name} : sites absents de la table ID",
        "Reprenez l'archive complète du producteur.",
    )
    if "FI_EJ" not in table:
        return
    archive.faults.bad_values(
        table.FI[known.notna() & table.FI_EJ.notna() & (known != table.FI_EJ)],
        f"table {name} : sites d'une autre entité que dans la table ID",
        "Signalez-le au producteur.",
    )
    if count := table.FI[table.FI_EJ.isna()].nunique():
        archive.note(name, f"sites sans FI_EJ, entité prise dans la table ID : {count}")


def _note_repeated(archive: _Archive, name: str, keys: pd.DataFrame) -> None:
    """Tell the sites that answer a question on several rows: they are added."""
    repeated = keys[keys.duplicated()]
    for site, part in dict.fromkeys(repeated.itertuples(index=False, name=None)):
        archive.note(name, f"site {site} sur plusieurs lignes {part} : lignes additionnées")


def _read_totals(archive: _Archive) -> pd.DataFrame:
    """Read the table of GHTs, under the names of 2024."""
    table = archive.table("GHT")
    code = next((name for name in CODE_NAMES if table is not None and name in table), "")
    if table is None or not code:
        archive.faults.missing_columns([] if table is None else table.columns, CODE_NAMES[:1])
        return pd.DataFrame(columns=["year", "ght_code", "item", "value"])
    codes = table[code].str.upper().replace(MISTAKEN_DATES)
    for wrong, right in MISTAKEN_DATES.items():
        if codes.eq(right).any() and not table[code].eq(right).any():
            archive.note("GHT", f"code {right} écrit comme une date ({wrong.lower()}), rétabli")
    check_key(archive.faults, codes, code, GHT_CODE, GHT_FORM)
    figures = [str(name) for name in table if name not in NOT_FIGURES]
    cells = _melt(archive, table.assign(ght_code=codes), ["ght_code"], figures)
    names = {name: _name_of_2024(name) for name in figures}
    cells = cells.assign(item=cells["item"].map(names), year=archive.year)
    return cells[["year", "ght_code", "item", "value"]]


def _name_of_2024(name: str) -> str:
    """Name a total as in 2024."""
    for pattern, since in RENAMED:
        name = re.sub(pattern, since, name)
    return name


def _stack(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put rows one under the other."""
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def gather(surveys: Sequence[Survey]) -> dict[str, pd.DataFrame]:
    """
    Put the years one under the other.

    Parameters
    ----------
    surveys
        Different years.

    Returns
    -------
    tables
        `sae_sites`, `sae_values`, `sae_totals`, `sae_oddities`: see `Survey`.

    Raises
    ------
    SourceError
        If two archives are of the same year.
    """
    faults = Faults("enquêtes SAE")
    faults.duplicates(pd.Series([survey.year for survey in surveys]), "année")
    faults.raise_if_any()
    names = ("sites", "values", "totals", "oddities")
    return {f"sae_{name}": _stack([getattr(s, name) for s in surveys]) for name in names}
