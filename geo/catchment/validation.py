"""Every model against every published figure."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from geo.errors import UserError
from geo.faults import Faults
from geo.territories.published import deviation_percent, latest_published

FIGURES = ("population", "area_km2")
COLUMNS = ("ght_code", *FIGURES)


def read_published_file(path: Path) -> pd.DataFrame:
    """
    Read a person's published figures.

    Parameters
    ----------
    path
        CSV with the columns `ght_code`, `population` (inhabitants) and `area_km2`, filled or not.

    Returns
    -------
    published
        One row per figure: `ght_code`, `figure`, `value` (float64), `source_url` (empty), and
        `year`, `qualifier`, `year_certainty`, `scope`, all missing: the file does not say them.

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
        for figure in FIGURES:
            value = pd.to_numeric(table[figure], errors="coerce")
            wrong = table[figure][table[figure].notna() & ~(value > 0)]
            faults.bad_values(wrong, f"{figure} illisible", "Donnez un nombre positif.")
            parts.append(table.assign(figure=figure, value=value).dropna(subset=["value"]))
    faults.raise_if_any()
    stacked = pd.concat(parts, ignore_index=True)
    unsaid = pd.Series(pd.NA, index=stacked.index, dtype="str")
    return stacked.assign(
        year=unsaid.astype("Int64"),
        source_url="",
        qualifier=unsaid,
        year_certainty=unsaid,
        scope=unsaid,
    )


def compare_models(outcomes: Mapping[str, pd.DataFrame], published: pd.DataFrame) -> pd.DataFrame:
    """
    Set every model beside every published figure.

    Parameters
    ----------
    outcomes
        Model key -> territories, index `area_code`, columns `population` and `area_km2`.
    published
        One row per published figure: `ght_code`, `figure`, `value`, `qualifier`, `year`,
        `year_certainty`, `source_url`.

    Returns
    -------
    comparison
        One row per model, GHT and figure: `model`, `ght_code`, `figure`, `modelled` (missing when
        the model gives the GHT nothing), `published`, `qualifier`, `year`, `year_certainty`,
        `source_url`, `deviation_percent`.
    """
    rows = []
    for model, outcome in outcomes.items():
        for figure in FIGURES:
            stated = latest_published(published, figure)
            modelled = outcome[figure].reindex(stated.index).astype("float64")
            rows.append(
                pd.DataFrame(
                    {
                        "model": model,
                        "ght_code": stated.index,
                        "figure": figure,
                        "modelled": modelled.to_numpy(),
                        "published": stated.value.to_numpy(dtype="float64"),
                        "qualifier": stated.qualifier.to_numpy(),
                        "year": stated.year.to_numpy(),
                        "year_certainty": stated.year_certainty.to_numpy(),
                        "source_url": stated.source_url.to_numpy(),
                        "deviation_percent": deviation_percent(modelled, stated.value).to_numpy(),
                    }
                )
            )
    return pd.concat(rows, ignore_index=True)


def summarise(comparison: pd.DataFrame) -> pd.DataFrame:
    """
    Judge each model by its deviations.

    Parameters
    ----------
    comparison
        From `compare_models`.

    Returns
    -------
    summary
        One row per model and figure: `figure_count`, `missing_count` (GHTs the model gives
        nothing), `median_percent` and `worst_percent` of the absolute deviations; a GHT that gets
        nothing counts as 100 %.
    """
    table = comparison.assign(size=comparison.deviation_percent.abs().fillna(100.0))
    groups = table.groupby(["figure", "model"], sort=False)
    return groups.agg(
        figure_count=("size", "size"),
        missing_count=("modelled", lambda values: int(values.isna().sum())),
        median_percent=("size", "median"),
        worst_percent=("size", "max"),
    ).reset_index()
