"""Names of the tables in French typography; the name of the register stays beside."""

import functools
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from geo.atlas.schema import check_table
from geo.establishments.lexicon import Lexicon, name_key, town_keys
from geo.establishments.members import entity_landmass
from geo.establishments.naming import institution_name, town_name

Lexicons = Callable[[str], Lexicon]


def make_lexicons(
    words: pd.DataFrame, communes: pd.DataFrame, departements: pd.DataFrame, regions: pd.DataFrame
) -> Lexicons:
    """
    Gather what is known of words and towns.

    Parameters
    ----------
    words
        Curated: `written` (key of `name_key`), `typographic`.
    communes
        Official code: `insee_code`, `commune_name`; those that merged too.
    departements, regions
        `dep_name`; `reg_name`.

    Returns
    -------
    lexicons
        The lexicon of a departement, by its code; made once.
    """
    known = dict(zip(words.written, words.typographic, strict=True))
    areas = [*departements.dep_name, *regions.reg_name]
    # An article would be read in the middle of names that have nothing to do with the town.
    is_plain = ~communes.commune_name.str.match(r"(?:L[ea]s? |L')")
    elsewhere = _written_in_one_way(communes.commune_name[is_plain]) | town_keys(areas)
    overseas = communes.insee_code.str[:3].where(communes.insee_code.str[:2].isin(["97", "98"]))
    places = communes.commune_name.groupby(overseas.fillna(communes.insee_code.str[:2]))
    names = {str(code): list(group) for code, group in places}

    @functools.cache
    def lexicon(dep_code: str) -> Lexicon:
        return Lexicon(known, town_keys(names.get(dep_code, [])), elsewhere)

    return lexicon


def typeset(
    members: Sequence[pd.DataFrame], sites: pd.DataFrame, raw: Mapping[str, pd.DataFrame]
) -> tuple[pd.DataFrame, ...]:
    """
    Write the names of members and sites; the rules that read names read them before.

    Parameters
    ----------
    members
        Lists of members, see `typeset_members`.
    sites
        See `typeset_sites`.
    raw
        `cog_communes`, `departements`, `regions`, and the curated `name_words`, `entity_names`
        and `category_labels`.

    Returns
    -------
    tables
        The lists, then the sites: the same rows.
    """
    departements, regions = (check_table(key, raw[key]) for key in ("departements", "regions"))
    lexicons = make_lexicons(raw["name_words"], raw["cog_communes"], departements, regions)
    labels, curated = raw["category_labels"], raw["entity_names"]
    entity_names = dict(zip(curated.finess_ej, curated.entity_name, strict=True))
    by_category = dict(zip(labels.category_code, labels.label, strict=True))
    lists = (typeset_members(table, lexicons, entity_names) for table in members)
    return (*lists, typeset_sites(sites, lexicons, by_category))


def _written_in_one_way(names: pd.Series) -> dict[str, str]:
    """
    Index the names of several words, without those that differ by an accent or a hyphen only.

    A lone word may be anything but a town of another departement: Rougé, Chargé, Vivès.
    """
    written: dict[str, set[str]] = {}
    for name in names.unique():
        written.setdefault(name_key(name), set()).add(name)
    return {
        key: next(iter(forms)) for key, forms in written.items() if len(forms) == 1 and " " in key
    }


def typeset_sites(
    sites: pd.DataFrame, lexicons: Lexicons, labels: Mapping[str, str]
) -> pd.DataFrame:
    """
    Write the names of sites, their towns and their categories.

    Parameters
    ----------
    sites
        `site_name`, `city`, `postal_code` (may be missing), `finess_et`, `category_code`,
        `category_label`.
    lexicons
        From `make_lexicons`.
    labels
        Label by `category_code`; that of the register stays where there is none.

    Returns
    -------
    sites
        With `finess_name`, the name of the register.
    """
    dep_codes = finess_departement(sites.finess_et)
    towns = _towns(sites.city, lexicons, dep_codes, sites.postal_code)
    return sites.assign(
        finess_name=sites.site_name,
        site_name=_names(sites.site_name, lexicons, dep_codes, towns),
        city=towns,
        category_label=sites.category_code.map(labels).astype("str").fillna(sites.category_label),
    )


def typeset_members(
    members: pd.DataFrame, lexicons: Lexicons, entity_names: Mapping[str, str]
) -> pd.DataFrame:
    """
    Write the names of members and their towns.

    Parameters
    ----------
    members
        `finess_ej`, `entity_name`, `city` (both may be missing).
    lexicons
        From `make_lexicons`.
    entity_names
        Curated name by `finess_ej`: it wins.
    """
    dep_codes = finess_departement(members.finess_ej)
    towns = _towns(members.city, lexicons, dep_codes, pd.Series("", index=members.index))
    names = _names(members.entity_name, lexicons, dep_codes, towns)
    curated = members.finess_ej.map(entity_names).astype("str")
    return members.assign(entity_name=curated.fillna(names), city=towns)


def finess_departement(codes: pd.Series) -> pd.Series:
    """Read the departement in FINESS numbers."""
    return entity_landmass(codes).astype("str").fillna(codes.str[:2])


def _towns(
    cities: pd.Series, lexicons: Lexicons, dep_codes: pd.Series, postal_codes: pd.Series
) -> pd.Series:
    rows = zip(cities, dep_codes, postal_codes.fillna(""), strict=True)
    written = [
        town_name(city, lexicons(dep_code), postal_code) if isinstance(city, str) else None
        for city, dep_code, postal_code in rows
    ]
    return pd.Series(written, index=cities.index, dtype="str")


def _names(
    names: pd.Series, lexicons: Lexicons, dep_codes: pd.Series, towns: pd.Series
) -> pd.Series:
    rows = zip(names, dep_codes, towns.fillna(""), strict=True)
    written = [
        institution_name(name, lexicons(dep_code), town) if isinstance(name, str) else None
        for name, dep_code, town in rows
    ]
    return pd.Series(written, index=names.index, dtype="str")
