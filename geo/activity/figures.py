"""From the survey to the tables of activity: sites, figures of sites, figures of GHTs."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from geo.activity.measure import Measure
from geo.activity.measures import ADDED
from geo.sources.adapters.categories import read_categories

LEGAL: Final = {
    "1": "public",
    "6": "espic",
    "7": "prive_non_lucratif",
    "0": "prive_commercial",
}
SITE: Final = "ID"


def build_sites(surveyed: pd.DataFrame, area_of: Mapping[str, str]) -> pd.DataFrame:
    """
    Describe every site of the survey, as it was last seen.

    Parameters
    ----------
    surveyed
        `sae_sites` of `geo.sources.adapters.sae.gather`.
    area_of
        Official code of a commune in any year -> its code of today.

    Returns
    -------
    sites
        The bundled table `sae_sites`, sorted by `finess_et`.
    """
    seen = surveyed.sort_values(["finess_et", "year"])
    latest = seen.drop_duplicates("finess_et", keep="last").set_index("finess_et")
    years = seen.year.astype("str").groupby(seen.finess_et).agg(";".join)
    labels = read_categories().category_label
    return pd.DataFrame(
        {
            "finess_et": latest.index,
            "finess_ej": latest.finess_ej,
            "site_name": latest.site_name,
            "insee_code": latest.commune_code.map(dict(area_of)),
            "category_code": latest.category_code,
            "category_label": latest.category_code.map(labels),
            "legal_status": latest.legal_code.map(LEGAL).fillna("inconnu"),
            "years": years.reindex(latest.index),
            "last_year": latest.year,
        }
    ).reset_index(drop=True)


def site_figures(values: pd.DataFrame, surveyed: pd.DataFrame) -> pd.DataFrame:
    """
    Add the items of the survey up into measures, site by site.

    Parameters
    ----------
    values, surveyed
        `sae_values`, `sae_sites` of `geo.sources.adapters.sae.gather`.

    Returns
    -------
    figures
        The bundled table `activity_sites`: `finess_et`, `finess_ej` (entity of that year), `year`,
        `measure`, `value`. A measure of which nothing is declared has no row: unknown, not 0.
    """
    presence = surveyed[["year", "finess_et", "finess_ej"]].assign(item=SITE, value=1.0)
    items = pd.concat([values, presence], ignore_index=True)
    keys = ["finess_et", "finess_ej", "year"]
    by_item = dict(iter(items.groupby("item")))
    parts = []
    for measure in ADDED:
        found = [by_item[item] for item in measure.items if item in by_item]
        if found:
            sums = pd.concat(found).groupby(keys, as_index=False).value.sum()
            kept = _counted(sums[sums.year >= measure.since], measure)
            parts.append(kept.assign(measure=measure.key))
    figures = pd.concat(parts, ignore_index=True)
    return figures[[*keys, "measure", "value"]].sort_values(["measure", "year", "finess_et"])


def _counted(sums: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Count for one the sites above 0, when a measure counts sites."""
    return sums[sums.value > 0].assign(value=1.0) if measure.is_count else sums


def ghts_of_entities(members: pd.DataFrame) -> pd.Series:
    """
    Give the GHT of each legal entity of the list, those merged since included.

    Parameters
    ----------
    members
        The bundled `proved_members`.

    Returns
    -------
    codes
        GHT by `finess_ej`; the entities that the ministry leaves out of their GHT are not in it.
    """
    counted = members[members.evidence != "not_counted"]
    return counted.set_index("finess_ej").ght_code


def ght_figures(figures: pd.DataFrame, totals: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """
    Set the two totals of a GHT side by side: the ministry's, and the sum of the members.

    Parameters
    ----------
    figures
        From `site_figures`.
    totals
        `sae_totals` of `geo.sources.adapters.sae.gather`.
    members
        The bundled `proved_members`.

    Returns
    -------
    table
        The bundled `activity_ghts`: `ght_code`, `year`, `measure`, `value_ministry` (perimeter of
        the list of that year), `value_members` (members of the latest list in every year, so that
        a trend compares the same hospitals); one of both may be missing.
    """
    keys = ["ght_code", "year", "measure"]
    coded = figures.assign(ght_code=figures.finess_ej.map(ghts_of_entities(members)))
    sums = coded.dropna(subset="ght_code").groupby(keys).value.sum()
    published = _ministry(totals).set_index(keys).value
    table = pd.concat({"value_ministry": published, "value_members": sums}, axis=1)
    return table.sort_index().reset_index()


def _ministry(totals: pd.DataFrame) -> pd.DataFrame:
    """Add the ministry's columns up into measures; missing if one column is."""
    keys = ["ght_code", "year"]
    wide = totals.pivot(index=keys, columns="item", values="value")
    parts = []
    for measure in ADDED:
        if measure.ministry and set(measure.ministry) <= set(wide.columns):
            sums = wide[list(measure.ministry)].sum(axis=1, min_count=len(measure.ministry))
            parts.append(sums.dropna().rename("value").reset_index().assign(measure=measure.key))
    return pd.concat(parts, ignore_index=True)
