"""Activity to be read: of a GHT, of a site, of the country, of all GHTs for one measure."""

from collections.abc import Collection
from typing import Final

import pandas as pd

from geo.activity.measure import SOURCE
from geo.activity.measures import MEASURES, PER_INHABITANTS, with_ratios
from geo.activity.proof import TABLE_ERROR
from geo.atlas.load import Atlas
from geo.errors import UserError
from geo.faults import format_values

MEMBERS: Final = "somme des membres"
MINISTRY: Final = "total du ministère, liste de l'année"
WRONG: Final = "inconnu : le total du ministère compte un autre hôpital"
DECLARED: Final = "déclaration du site"
COUNTRY: Final = "somme des sites du pays"
ENTITY: Final = "somme des sites de l'entité"
MODELLED: Final = "fait déclaré, rapporté à la population modélisée"
COLUMNS: Final = (
    "measure", "label", "family", "kind", "year", "value", "unit", "scope", "source",
)  # fmt: skip


def told(table: pd.DataFrame) -> pd.DataFrame:
    """
    Add what each measure is, in the order of the registry.

    Parameters
    ----------
    table
        `measure`, `year`, `value` and whatever else, which is kept.

    Returns
    -------
    table
        Columns of `COLUMNS` first.
    """
    order = {key: place for place, key in enumerate(MEASURES)}
    told = table.assign(
        **{
            name: table.measure.map({key: getattr(m, name) for key, m in MEASURES.items()})
            for name in ("label", "family", "kind", "unit")
        },
        source=SOURCE + " " + table.year.astype("str"),
        place=table.measure.map(order),
    )
    told = told.sort_values(["place", "year"], kind="stable").reset_index(drop=True)
    others = [name for name in table if name not in COLUMNS]
    return told[[*COLUMNS, *others]]


def _chosen(table: pd.DataFrame) -> pd.DataFrame:
    """
    Choose the figure of a GHT: the sum of its members, else the ministry's total.

    The members are the same hospitals in every year; the ministry's list is that of the year.
    """
    is_ministry = table.value_members.isna()
    return table.assign(
        value=table.value_members.where(~is_ministry, table.value_ministry),
        scope=is_ministry.map({True: MINISTRY, False: MEMBERS}),
    )


def _with_both(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Add the ratios of both totals and of the chosen figure."""
    names = ["value_members", "value_ministry"]
    rows = [*keys, "measure"]
    parts = [
        with_ratios(table[[*rows, name]].dropna(subset=name), keys, name).set_index(rows)
        for name in names
    ]
    return _chosen(pd.concat(parts, axis=1).reset_index())


def _of_ghts(atlas: Atlas, rows: pd.DataFrame) -> pd.DataFrame:
    """Choose the figures of GHTs; a total known to be wrong, in the year of the proof, is none."""
    table = _with_both(rows, ["ght_code", "year"])
    members = atlas.proved_members
    codes = members.ght_code[members.evidence == TABLE_ERROR]
    is_wrong = (
        table.ght_code.isin(codes)
        & (table.year == atlas.activity_ghts.year.max())
        & table.value_members.isna()
    )
    return table.assign(value=table.value.mask(is_wrong), scope=table.scope.mask(is_wrong, WRONG))


def ght_activity(atlas: Atlas, ght_code: str) -> pd.DataFrame:
    """
    Give every measure of a GHT, every year.

    Parameters
    ----------
    atlas
        The bundled tables.
    ght_code
        Of the list of any year of the survey.

    Returns
    -------
    activity
        `measure`, `label`, `family`, `kind`, `year`, `value`, `unit`, `scope` (sum of the members
        of the latest list, the same in every year, else the ministry's total on its list of the
        year), `source`, `value_members`, `value_ministry`. Ratios included, but those to
        inhabitants; a measure nobody declares has no row; `value` is missing where the only total
        is the ministry's and it is known to hold another hospital.
    """
    table = atlas.activity_ghts
    rows = _of_ghts(atlas, table[table.ght_code == ght_code])
    return told(rows.drop(columns="ght_code"))


def site_activity(atlas: Atlas, finess_et: str) -> pd.DataFrame:
    """
    Give every measure that a site declares, every year.

    Returns
    -------
    activity
        Columns as in `ght_activity`, without the two totals. Staff is not known by site.
    """
    table = atlas.activity_sites
    rows = table[table.finess_et == finess_et][["year", "measure", "value"]]
    return told(with_ratios(rows, ["year"]).assign(scope=DECLARED))


def entity_activity(atlas: Atlas, finess_ej: str) -> pd.DataFrame:
    """
    Give every measure of a legal entity, every year.

    Returns
    -------
    activity
        Columns as in `site_activity`: sums of the sites that were its own that year. Staff is not
        known by entity.
    """
    table = atlas.activity_sites
    rows = table[table.finess_ej == finess_ej].groupby(["year", "measure"])
    sums = rows.value.sum().reset_index()
    return told(with_ratios(sums, ["year"]).assign(scope=ENTITY))


def year_of_entities(atlas: Atlas, numbers: Collection[str], year: int) -> pd.DataFrame:
    """
    Give every measure of some legal entities in one year.

    Parameters
    ----------
    atlas
        The bundled tables.
    numbers
        Their `finess_ej`.
    year
        Of the survey.

    Returns
    -------
    figures
        `finess_ej`, `measure`, `value`: what is declared, never 0 for nothing; ratios included.
    """
    table = atlas.activity_sites
    own = table[(table.year == year) & table.finess_ej.isin(list(numbers))]
    sums = own.groupby(["finess_ej", "measure"]).value.sum().reset_index()
    return with_ratios(sums, ["finess_ej"])


def year_by_ght(atlas: Atlas, year: int) -> pd.DataFrame:
    """
    Give every measure of every GHT in one year.

    Returns
    -------
    figures
        `ght_code`, `measure`, then the columns of `measure_by_ght`; ratios included, but those to
        inhabitants.
    """
    table = atlas.activity_ghts
    return _of_ghts(atlas, table[table.year == year])


def _parts(measure: str) -> list[str]:
    """List a measure and what it is made of."""
    spec = MEASURES[measure]
    return [measure, *spec.numerator, *spec.denominator]


def national(atlas: Atlas) -> pd.DataFrame:
    """
    Give every measure of the country, every year.

    Returns
    -------
    activity
        Columns as in `ght_activity`: `value` is the sum of the sites, of every status;
        `value_members` the part of the GHTs, `value_ministry` the sum of the ministry's totals.
        Measures known by GHT only have a missing `value`.
    """
    sites = atlas.activity_sites.groupby(["year", "measure"]).value.sum().reset_index()
    sums = atlas.activity_ghts.groupby(["year", "measure"])[["value_members", "value_ministry"]]
    ghts = _with_both(sums.sum(min_count=1).reset_index(), ["year"]).drop(
        columns=["value", "scope"]
    )
    table = ghts.merge(with_ratios(sites, ["year"]), on=["year", "measure"], how="outer")
    return told(table.assign(scope=COUNTRY))


def measure_by_ght(atlas: Atlas, measure: str, year: int) -> pd.DataFrame:
    """
    Give one measure of every GHT.

    Parameters
    ----------
    atlas
        The bundled tables.
    measure
        Key of `geo.activity.measures.MEASURES`, but a ratio to inhabitants, which needs those of a
        model (see `geo.activity.measures.rate`).
    year
        Of the survey.

    Returns
    -------
    figures
        A row per GHT that has the figure: `ght_code`, then `value`, `scope`, `value_members` and
        `value_ministry` as in `ght_activity`.

    Raises
    ------
    UserError
        If there is no such measure, or no such year.
    """
    check_measure(measure)
    table = atlas.activity_ghts
    years = sorted(table.year.unique())
    if year not in years:
        raise UserError(f"Année {year} inconnue. Années possibles : {format_values(years)}.")
    rows = table[(table.year == year) & table.measure.isin(_parts(measure))]
    found = _of_ghts(atlas, rows)
    columns = ["ght_code", "value", "scope", "value_members", "value_ministry"]
    return found.loc[found.measure == measure, columns].reset_index(drop=True)


def check_measure(measure: str) -> None:
    """
    Refuse what is no measure of a hospital or a GHT.

    Raises
    ------
    UserError
        In French, with the measures that exist.
    """
    modelled = {m.key for m in PER_INHABITANTS}
    if measure not in MEASURES or measure in modelled:
        known = ", ".join(key for key in MEASURES if key not in modelled)
        raise UserError(f"Mesure inconnue : {measure}. Mesures possibles : {known}.")
