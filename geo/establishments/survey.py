"""The sites of the ministry's survey (SAE) joined to those of FINESS, and what each says."""

import pandas as pd

from geo.sources.adapters.categories import add_category_labels

BOTH, SURVEY_ONLY, REGISTER_ONLY = "finess_et_sae", "sae", "finess"
# Beds of full hospitalisation, by the name of their total in the survey.
BEDS = {
    "medicine_beds": "MCO.LIT_MED",
    "mco_beds": "MCO.LIT_MCO",
    "smr_beds": "SSR.SSR_TOT.LIT",
}


def last_sites(surveys: pd.DataFrame) -> pd.DataFrame:
    """Keep the sites of the last year surveyed, one row each."""
    last: pd.DataFrame = surveys[surveys.year == surveys.year.max()]
    return last.drop_duplicates("finess_et")


def join_survey(
    finess: pd.DataFrame, surveys: pd.DataFrame, communes: pd.DataFrame, codes: pd.Series
) -> pd.DataFrame:
    """
    Join the sites of the survey to those of the register.

    Parameters
    ----------
    finess
        The register: columns of `geo.sources.adapters.finess`, `finess_ej` carried to today.
    surveys
        Sites of every year surveyed: `year`, `finess_et`, `finess_ej`, `site_name`,
        `commune_code`, `category_code`, `legal_code`.
    communes
        Where to place the sites that the register does not have: `insee_code`, `commune_name`,
        `dep_code`, `lon`, `lat` (town hall, degrees EPSG:4326).
    codes
        Code of today of each `commune_code`, indexed by it.

    Returns
    -------
    sites
        The register's sites, with the legal entity and category of the last survey where it has
        them, then the sites that only the last survey has, at their commune's town hall. Adds
        `registers` (which source knows the site) and `last_sae_year` (Int64, missing for a site
        that never answered).
    """
    last = last_sites(surveys).set_index("finess_et")
    years = surveys.groupby("finess_et").year.max()
    known = finess.assign(
        finess_ej=finess.finess_et.map(last.finess_ej).astype("str").fillna(finess.finess_ej),
        category_code=finess.finess_et.map(last.category_code)
        .astype("str")
        .fillna(finess.category_code),
        registers=finess.finess_et.isin(last.index).map({True: BOTH, False: REGISTER_ONLY}),
    )
    known = _relabelled(known, finess.category_code)
    new = _survey_only(last[~last.index.isin(finess.finess_et)].reset_index(), communes, codes)
    joined = pd.concat([known, new], ignore_index=True)
    return joined.assign(last_sae_year=joined.finess_et.map(years).astype("Int64"))


def _relabelled(sites: pd.DataFrame, before: pd.Series) -> pd.DataFrame:
    """Label again the sites whose category changed since the register."""
    is_changed = sites.category_code != before
    labels = add_category_labels(sites.loc[is_changed, ["category_code", "public_status_code"]])
    for column in ("category_label", "category_group_code", "category_group_label"):
        sites.loc[labels.index, column] = labels[column].fillna(sites.loc[labels.index, column])
    return sites


def _survey_only(sites: pd.DataFrame, communes: pd.DataFrame, codes: pd.Series) -> pd.DataFrame:
    """Lay out the sites that the register does not have, at their commune's town hall."""
    insee_code = sites.commune_code.map(codes)
    place = communes.set_index("insee_code")
    rows = pd.DataFrame(
        {
            "finess_et": sites.finess_et,
            "finess_ej": sites.finess_ej,
            "site_name": sites.site_name,
            "city": insee_code.map(place.commune_name),
            "dep_code": insee_code.map(place.dep_code),
            "category_code": sites.category_code,
            "public_status_code": sites.legal_code,
            "lon": insee_code.map(place.lon),
            "lat": insee_code.map(place.lat),
            "registers": SURVEY_ONLY,
        }
    )
    labelled = add_category_labels(rows)
    unnamed = "Catégorie " + labelled.category_code + " (sans libellé ici)"
    return labelled.assign(category_label=labelled.category_label.fillna(unnamed))


def declared_beds(values: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """
    Count the beds that each site declared in the last survey.

    Parameters
    ----------
    values
        Figures of the survey: `year`, `finess_et`, `finess_ej`, `item`, `value`.

    Returns
    -------
    beds, year
        Index `finess_et`; `finess_ej` and the keys of `BEDS` (Int64, missing when not declared);
        and the year.
    """
    year = values.year.max()
    rows = values[(values.year == year) & values.item.isin(list(BEDS.values()))]
    keys = ["finess_et", "finess_ej"]
    wide = rows.pivot_table(index=keys, columns="item", values="value", aggfunc="sum")
    table = pd.DataFrame({name: wide.get(item) for name, item in BEDS.items()}, index=wide.index)
    return table.astype("Int64").reset_index("finess_ej"), str(year)
