"""What the survey says oddly: errors of its tables, breaks of series, cells left empty."""

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from geo.activity.measures import ADDED, MEASURES
from geo.activity.proof import TABLE_ERROR
from geo.faults import format_values
from geo.formats import format_deviation, format_number

KINDS: Final[Mapping[str, str]] = {
    "sae_total_errone": "Total du ministère erroné",
    "sae_autre_liste": "Code d'une autre liste des GHT",
    "sae_rupture": "Rupture d'une série de la SAE",
    "sae_non_declare": "Chiffre attendu, non déclaré",
    "sae_lecture": "Fichier de la SAE réparé à la lecture",
}
BREAK_PERCENT: Final = 15.0
NOT_COUNTED: Final = "not_counted"
TABLE: Final = "SAE, table GHT"
# What a site says it has -> the items it should then declare, in French.
EXPECTED: Final = (
    ("PERINAT.AUTOR=TYPE", "PERINAT.SEJACC", "maternités autorisées", "le nombre d'accouchements"),
    ("URGENCES.AUTSU", "URGENCES2.", "sites d'urgences", "le nombre de passages"),
)
Row = tuple[str, str | None, str, str, str]


def survey_anomalies(
    tables: Mapping[str, pd.DataFrame], raw: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """
    List the anomalies of the survey.

    Parameters
    ----------
    tables
        The bundled `activity_sites`, `activity_ghts`, `proof` and `proved_members`.
    raw
        `sae_values`, `sae_totals` and `sae_oddities` of `geo.sources.adapters.sae.gather`.

    Returns
    -------
    anomalies
        Rows of the bundled table `anomalies`, of the kinds of `KINDS`.
    """
    rows = [
        *_wrong_totals(tables["proof"], tables["proved_members"]),
        *_other_lists(raw["sae_totals"], tables["proved_members"]),
        *_breaks(tables["activity_sites"]),
        *_silences(raw["sae_values"]),
        *_unpublished(tables["activity_ghts"]),
        *_mended(raw["sae_oddities"]),
    ]
    return pd.DataFrame(rows, columns=["kind", "ght_code", "subject", "detail", "source"])


def _texts(table: pd.DataFrame) -> list[list[str]]:
    """Give rows as lists of texts."""
    return [[str(cell) for cell in row] for row in table.to_numpy()]


def _wrong_totals(proof: pd.DataFrame, members: pd.DataFrame) -> Iterator[Row]:
    """Totals that hold another hospital, or leave one out."""
    named = members[["ght_code", "finess_ej", "entity_name", "other_finess_ej"]]
    for code, entity, name, other in _texts(named[members.evidence == TABLE_ERROR]):
        count = int((proof.ght_code.eq(code) & proof.difference.ne(0)).sum())
        detail = (
            f"{name} : les totaux du ministère comptent l'entité {other} à sa place ; retrouvés "
            "exactement avec cet échange. Le GHT est montré d'après ses membres "
            f"({count} indicateurs diffèrent) ; son personnel est inconnu cette année-là."
        )
        yield "sae_total_errone", code, entity, detail, TABLE
    for code, entity, name, _ in _texts(named[members.evidence == NOT_COUNTED]):
        detail = (
            f"{name} : encore dans la liste du GHT, hors des totaux du ministère et de la somme "
            "des membres."
        )
        yield "sae_total_errone", code, entity, detail, TABLE


def _other_lists(totals: pd.DataFrame, members: pd.DataFrame) -> Iterator[Row]:
    """Codes of the ministry's lists of other years."""
    years = totals.groupby("ght_code").year.agg(["min", "max"])
    for code, first, last in _texts(years[~years.index.isin(members.ght_code)].reset_index()):
        detail = (
            f"Totaux publiés de {first} à {last} pour ce code, absent de la liste employée ici : "
            "montrés sous leur code, sans somme des membres."
        )
        yield "sae_autre_liste", code, code, detail, TABLE


def _breaks(figures: pd.DataFrame) -> Iterator[Row]:
    """National totals that move too much from a year to the next."""
    totals = figures.groupby(["measure", "year"]).value.sum().reset_index()
    totals["before"] = totals.groupby("measure").value.shift()
    totals["percent"] = (totals.value / totals.before - 1) * 100
    moved = totals[totals.percent.abs() > BREAK_PERCENT]
    for key, year, after, before, percent in moved.to_numpy():
        detail = (
            f"{MEASURES[key].label}, France entière : {format_number(before)} en {year - 1}, "
            f"{format_number(after)} en {year} ({format_deviation(percent)}). Crise sanitaire, "
            "changement de question ou de réponse : à comparer avec prudence."
        )
        yield "sae_rupture", None, f"{key} {year}", detail, f"SAE {year - 1} et {year}"


def _silences(values: pd.DataFrame) -> Iterator[Row]:
    """Sites that have something and do not declare how much."""
    for has, says, who, what in EXPECTED:
        holders, answers = _starting(values[values.value > 0], has), _starting(values, says)
        for year, rows in holders.groupby("year"):
            told = answers.finess_et[answers.year == year]
            silent = rows.finess_et[~rows.finess_et.isin(told)].drop_duplicates()
            if len(silent):
                detail = (
                    f"{who.capitalize()} qui ne déclarent pas {what} ({len(silent)}) : "
                    f"{format_values(silent)}. Inconnu, jamais compté 0."
                )
                yield "sae_non_declare", None, f"SAE {year} : {who}", detail, f"SAE {year}"


def _unpublished(ghts: pd.DataFrame) -> Iterator[Row]:
    """Years in which the ministry publishes no total of what is known by GHT only."""
    alone = {measure.key for measure in ADDED if not measure.items}
    stated = ghts[ghts.measure.isin(alone)].dropna(subset="value_ministry")
    for year in sorted(set(ghts.year) - set(stated.year)) if len(stated) else []:
        detail = f"Personnel : aucun total par GHT en {year} ; inconnu cette année-là, jamais 0."
        yield "sae_non_declare", None, f"SAE {year} : personnel", detail, TABLE


def _starting(values: pd.DataFrame, start: str) -> pd.DataFrame:
    """Keep the items whose name starts so."""
    names = pd.Series(values["item"].unique())
    return values[values["item"].isin(names[names.str.startswith(start)])]


def _mended(oddities: pd.DataFrame) -> Iterator[Row]:
    """Tell what was mended to read the files."""
    for subject, detail in _texts(oddities):
        yield "sae_lecture", None, subject, detail, subject.partition(",")[0]
