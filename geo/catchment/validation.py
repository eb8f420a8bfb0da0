"""Every model against every published figure: which of them judge, and by how much it misses."""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from geo.errors import UserError
from geo.faults import Faults
from geo.territories.censuses import census_sums, people_in, people_methods
from geo.territories.published import JUDGED_SCOPE, deviation_percent, is_judge
from geo.territories.sums import sum_by_area

FIGURES = ("population", "area_km2")
COLUMNS = ("ght_code", *FIGURES)
# Whether a figure judges the models, and why it does not.
COUNTED, OTHER_SCOPE, NO_TERRITORY = "counted", "other_scope", "no_territory"
APART: Final = ("thematic", "outside_scope")
NOTHING_PERCENT: Final = -100.0
_KEPT: Final = (
    "ght_code", "figure", "scope", "value", "qualifier", "year", "year_certainty", "source_url",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """
    What a model gives each area.

    Attributes
    ----------
    people
        Index `area_code`, one column per census: see `geo.territories.censuses.census_sums`.
    area_km2
        Index `area_code`; geodesic, GRS80.
    """

    people: pd.DataFrame
    area_km2: pd.Series


def measured(assignments: pd.DataFrame, communes: pd.DataFrame) -> Measured:
    """
    Measure the areas of an assignment, census by census.

    Parameters
    ----------
    assignments
        `insee_code`, `area_code`.
    communes
        The bundled communes.
    """
    areas = sum_by_area(assignments, communes, ["area_km2"])
    return Measured(census_sums(assignments, communes), areas.area_km2)


def without_territory(territories: pd.DataFrame) -> frozenset[str]:
    """List the GHTs that no model can give a territory: psychiatric, or outside the polygons."""
    return frozenset(territories.area_code[territories.status.isin(APART)])


def read_published_file(path: Path) -> pd.DataFrame:
    """
    Read a person's published figures.

    Parameters
    ----------
    path
        CSV with the columns `ght_code`, `population` (inhabitants) and `area_km2`, filled or not;
        `year`, if it is there, is that of the figures of the row.

    Returns
    -------
    published
        One row per figure: `ght_code`, `figure`, `value` (float64), `year`, `source_url` (empty),
        `scope` ("ght": the person gives figures of GHTs), and `qualifier` and `year_certainty`,
        missing: the file does not say them.

    Raises
    ------
    SourceError
        Every fault of the file.
    UserError
        If it is not a readable CSV.
    """
    try:
        table = pd.read_csv(path, dtype="str", sep=None, engine="python")
    except (OSError, ValueError, csv.Error) as error:
        raise UserError(f"{path} : fichier illisible. Donnez un CSV.") from error
    faults = Faults(path.name)
    parts = []
    if not faults.missing_columns(table.columns, COLUMNS):
        faults.duplicates(table.ght_code, "ght_code")
        years = _years(table, faults)
        for figure in FIGURES:
            value = pd.to_numeric(table[figure], errors="coerce")
            wrong = table[figure][table[figure].notna() & ~(value > 0)]
            faults.bad_values(wrong, f"{figure} illisible", "Donnez un nombre positif.")
            made = table[["ght_code"]].assign(figure=figure, value=value, year=years)
            parts.append(made.dropna(subset=["value"]))
    faults.raise_if_any()
    stacked = pd.concat(parts, ignore_index=True)
    unsaid = pd.Series(pd.NA, index=stacked.index, dtype="str")
    return stacked.assign(
        source_url="", qualifier=unsaid, year_certainty=unsaid, scope=JUDGED_SCOPE
    )


def _years(table: pd.DataFrame, faults: Faults) -> pd.Series:
    """Read the years of the rows of a person's file, missing where it says none."""
    given = table.get("year", pd.Series(pd.NA, index=table.index, dtype="str"))
    years = given.where(given.str.fullmatch(r"\d{4}", na=False))
    faults.bad_values(given[given.notna() & years.isna()], "year illisible", "Donnez une année.")
    return years.astype("Int64")


def compare_models(
    outcomes: Mapping[str, Measured], published: pd.DataFrame, apart: Collection[str] = ()
) -> pd.DataFrame:
    """
    Set every model beside every published figure.

    Parameters
    ----------
    outcomes
        Model key -> what it gives each area.
    published
        One row per published figure: `ght_code`, `figure`, `value`, `qualifier`, `year`,
        `year_certainty`, `scope`, `source_url`.
    apart
        GHTs without a territory (`without_territory`): they judge no model.

    Returns
    -------
    comparison
        One row per model and published figure, those of a GHT together: `model`, `ght_code`,
        `figure`, `scope`, `standing` ("counted", "other_scope": the figure describes something
        else than the GHT, "no_territory"), `modelled` (missing when the model gives the GHT
        nothing; a population is that of the year of the figure), `basis` (how: see
        `geo.territories.censuses.people_methods`; missing for an area), `published`, `qualifier`,
        `year`, `year_certainty`, `source_url`, `deviation_percent`.
    """
    stated = published.loc[published.figure.isin(FIGURES), list(_KEPT)]
    order = ["figure", "ght_code", "year", "source_url"]
    stated = stated.sort_values(order, ascending=[False, True, True, True], ignore_index=True)
    stated = stated.rename(columns={"value": "published"}).assign(standing=_standing(stated, apart))
    parts = [_beside(outcome, stated).assign(model=model) for model, outcome in outcomes.items()]
    columns = [
        "model", "ght_code", "figure", "scope", "standing", "modelled", "basis", "published",
        "qualifier", "year", "year_certainty", "source_url", "deviation_percent",
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)[columns]


def _standing(stated: pd.DataFrame, apart: Collection[str]) -> pd.Series:
    """Say which figures judge."""
    standing = pd.Series(COUNTED, index=stated.index, dtype="str")
    standing = standing.mask(~is_judge(stated.scope), OTHER_SCOPE)
    return standing.mask(stated.ght_code.isin(list(apart)), NO_TERRITORY)


def _beside(outcome: Measured, stated: pd.DataFrame) -> pd.DataFrame:
    """Give what a model says of each figure, and how far it is."""
    is_people = stated.figure == "population"
    sums = outcome.people.reindex(stated.ght_code).set_axis(stated.index)
    areas = outcome.area_km2.reindex(stated.ght_code).set_axis(stated.index)
    modelled = people_in(sums, stated.year).where(is_people, areas.astype("float64"))
    return stated.assign(
        modelled=modelled,
        basis=people_methods(sums, stated.year).where(is_people & modelled.notna()),
        published=stated.published.astype("float64"),
        deviation_percent=deviation_percent(modelled, stated.published),
    )


def summarise(comparison: pd.DataFrame) -> pd.DataFrame:
    """
    Judge each model by the figures that count.

    Parameters
    ----------
    comparison
        From `compare_models`.

    Returns
    -------
    summary
        One row per model and figure: `figure_count`, `ght_count` (a GHT may publish several),
        `missing_count` (figures of a GHT that the model gives nothing, -100 %), and in percent of
        the published figure the `median_percent`, `mean_percent`, `p75_percent` and
        `worst_percent` of the absolute deviations, and `bias_percent`, the mean with its sign.
    """
    counted = comparison[comparison.standing == COUNTED]
    signed = counted.deviation_percent.fillna(NOTHING_PERCENT)
    table = counted.assign(signed=signed, size=signed.abs(), is_missing=counted.modelled.isna())
    groups = table.groupby(["figure", "model"], sort=False)
    return groups.agg(
        figure_count=("size", "size"),
        ght_count=("ght_code", "nunique"),
        missing_count=("is_missing", "sum"),
        median_percent=("size", "median"),
        mean_percent=("size", "mean"),
        p75_percent=("size", lambda sizes: sizes.quantile(0.75)),
        worst_percent=("size", "max"),
        bias_percent=("signed", "mean"),
    ).reset_index()
