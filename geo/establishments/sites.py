"""Establishments: which FINESS sites matter, where they are, which ones compete in the model."""

import re
import unicodedata

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.geography.communes import landmass
from geo.geography.distance import great_circle_km

GENERAL_CATEGORIES = ("101", "355", "106")
HOSPITAL_GROUP_CODES = (
    "1101", "1102", "1103", "1104", "1106", "1107", "1109", "1110", "1201", "1203", "1205",
)  # fmt: skip
PSYCHIATRIC_CATEGORIES = ("156", "161", "292", "366", "412", "415", "425", "430", "444")
PUBLIC_STATUS = {
    "1": "public",
    "6": "espic",
    "0": "prive",
    "7": "prive",
    "2": "prive",
    "3": "prive",
}
CATEGORY_GROUPS = {
    "chr_chu": ("101",),
    "ch": ("355",),
    "hopital_local": ("106",),
    "psychiatrie": PSYCHIATRIC_CATEGORIES,
    "long_sejour": ("362",),
    "smr": ("109",),
    "clinique": ("122", "128", "129", "365"),
    "cancer": ("131",),
    "had": ("127", "422"),
    "dialyse": ("141", "146"),
    "gcs": ("695", "696", "697"),
    "ehpad": ("500", "501", "502", "202", "354"),
}
OTHER_GROUP = "autre"

SMALL_BEDS = 20  # of medicine; between 15 and 25 the model hardly changes
REMOTE_KM = 50.0
DOOR_KM = 5.0
SNAP_KM = 5.0
KM_PER_DEGREE = 111.2


def plain_name(text: str) -> str:
    """
    Reduce a name to capitals without accents or punctuation, for comparison only.

    >>> plain_name("L'Haÿ-les-Roses Cedex 2")
    'L HAY LES ROSES CEDEX 2'
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Z0-9]+", " ", ascii_text.upper()).strip()


def category_group(category_code: pd.Series) -> pd.Series:
    """Group FINESS categories under the keys of `CATEGORY_GROUPS`."""
    groups = {code: key for key, codes in CATEGORY_GROUPS.items() for code in codes}
    return category_code.map(groups).fillna(OTHER_GROUP)


def select_establishments(finess: pd.DataFrame, member_entities: set[str]) -> pd.DataFrame:
    """
    Keep the sites that matter here.

    Parameters
    ----------
    finess
        Every establishment (from `geo.establishments.survey.join_survey`).
    member_entities
        Legal entities (`finess_ej`) that belong to a GHT today.

    Returns
    -------
    sites
        Hospitals of any status and what answered the survey (`scope` "hospitalier"), and the other
        sites of GHT members (`scope` "autre_site_membre"), sorted by `finess_et`.
    """
    is_hospital = finess.category_group_code.isin(HOSPITAL_GROUP_CODES)
    is_hospital |= finess.registers != "finess"
    is_member = finess.finess_ej.isin(member_entities)
    sites = finess[is_hospital | is_member].copy()
    sites["scope"] = np.where(is_hospital[sites.index], "hospitalier", "autre_site_membre")
    sites["category_group"] = category_group(sites.category_code)
    sites["public_status"] = sites.public_status_code.map(PUBLIC_STATUS).fillna("inconnu")
    return sites.sort_values("finess_et", ignore_index=True)


def _distance_to_medoid_km(lon: pd.Series, lat: pd.Series) -> npt.NDArray[np.float64]:
    """Distance of each site of one entity to the site nearest to all the others."""
    between = great_circle_km(lon, lat, lon, lat)
    to_medoid: npt.NDArray[np.float64] = between[int(between.sum(axis=0).argmin())]
    return to_medoid


def entity_distance_km(sites: pd.DataFrame) -> pd.Series:
    """
    Measure how far each site is from the heart of its legal entity.

    Parameters
    ----------
    sites
        `finess_et`, `finess_ej`, `lon`, `lat` (EPSG:4326), all known.

    Returns
    -------
    distance_km
        Great-circle kilometres to the entity's medoid site (least total distance to the others,
        smallest `finess_et` on a tie), indexed like `sites`. 0 for a lone site.
    """
    distance = pd.Series(0.0, index=sites.index)
    for _, group in sites.sort_values("finess_et").groupby("finess_ej"):
        distance[group.index] = _distance_to_medoid_km(group.lon, group.lat)
    return distance


def _remote_units(candidates: pd.DataFrame) -> pd.Series:
    """Far from the heart of the entity, and abroad or at another hospital's door."""
    far = candidates[entity_distance_km(candidates) > REMOTE_KM]
    home = candidates.groupby("finess_ej").dep_code.agg(lambda codes: codes.mode().iloc[0])
    is_abroad = far.dep_code != far.finess_ej.map(home)
    between = great_circle_km(far.lon, far.lat, candidates.lon, candidates.lat)
    is_other = far.finess_ej.to_numpy()[:, None] != candidates.finess_ej.to_numpy()[None, :]
    is_at_a_door = ((between < DOOR_KM) & is_other).any(axis=1)
    return pd.Series(far.index[is_abroad | is_at_a_door])


def mark_general(
    sites: pd.DataFrame, thematic_entities: set[str], exceptions: pd.DataFrame, year: str
) -> pd.DataFrame:
    """
    Tell the general hospitals, which compete for the population, from everything else.

    A general site answered the last survey, belongs to a hospital (categories
    `GENERAL_CATEGORIES`) that is public or member of a GHT, outside the psychiatric GHTs, and has
    beds of medicine, surgery, obstetrics or rehabilitation. Farther than `REMOTE_KM` from the heart
    of its entity, it is a unit, not a general hospital, when it stands in another departement (a
    seaside rehabilitation centre of a city hospital) or within `DOOR_KM` of another entity's.

    Parameters
    ----------
    sites
        From `select_establishments`, with `registers`, `ght_code`, `mco_beds`, `smr_beds`.
    thematic_entities
        Legal entities of the GHTs that serve no general population.
    exceptions
        Sites left out by hand, with evidence, when nothing else tells: `finess_et`, `reason`.
    year
        Of the last survey.

    Returns
    -------
    sites
        With `is_general`, `is_small` (fewer than `SMALL_BEDS` beds of medicine) and
        `general_reason` (French, why the site competes or not).
    """
    marked = sites.copy()
    by_hand = marked.finess_et.map(exceptions.set_index("finess_et").reason).astype("str")
    marked["general_reason"] = by_hand.fillna(_status_reason(marked, year))
    is_thematic = marked.finess_ej.isin(thematic_entities) & (marked.general_reason == "")
    marked.loc[is_thematic, "general_reason"] = "membre d'un GHT de psychiatrie"
    candidate = marked.general_reason == ""
    marked.loc[candidate & marked.lon.isna(), "general_reason"] = "coordonnées inconnues"
    remote = _remote_units(marked[candidate & marked.lon.notna()])
    marked.loc[remote, "general_reason"] = (
        f"unité à plus de {REMOTE_KM:.0f} km du centre de son entité"
    )
    marked["is_general"] = marked.general_reason == ""
    has_beds = (marked.medicine_beds >= SMALL_BEDS).fillna(value=False).astype("bool")
    marked["is_small"] = marked.is_general & ~has_beds
    marked.loc[marked.is_general, "general_reason"] = "hôpital général public"
    marked.loc[marked.is_small, "general_reason"] = (
        f"petit hôpital général public (moins de {SMALL_BEDS} lits de médecine)"
    )
    return marked


def _status_reason(sites: pd.DataFrame, year: str) -> pd.Series:
    """Why category, status or activity excludes a site; empty when nothing does."""
    beds = sites[["mco_beds", "smr_beds"]].fillna(0).max(axis=1)
    is_public = (sites.public_status == "public") | sites.ght_code.notna()
    steps = (
        (sites.category_code.isin(GENERAL_CATEGORIES), "catégorie sans hospitalisation générale"),
        (is_public, "établissement non public"),
        (sites.registers != "finess", f"n'a pas répondu à l'enquête SAE {year}"),
        (beds > 0, f"aucun lit de MCO ni de SMR dans la SAE {year}"),
    )
    reason = pd.Series("", index=sites.index, dtype="str")
    for is_met, words in reversed(steps):
        reason = reason.where(is_met, words)
    return reason


def _city_key(city: str) -> str:
    """Reduce a postal city or a commune name to a comparable form."""
    name = re.sub(r"\bCEDEX\b.*$", "", plain_name(city)).strip()
    name = re.sub(r"\bSTE\b", "SAINTE", re.sub(r"\bST\b", "SAINT", name))
    name = re.sub(r"^(LE|LA|LES|L) ", "", name)
    return re.sub(r"^(PARIS|LYON|MARSEILLE) .*$", r"\1", name)


def locate(sites: pd.DataFrame, polygons: gpd.GeoDataFrame, names: pd.Series) -> pd.DataFrame:
    """
    Find the commune of each site from its point, and check it against its address.

    Parameters
    ----------
    sites
        `lon`, `lat` (EPSG:4326, may be missing), `city`, `postal_code`, `dep_code`.
    polygons
        Communes of today: `insee_code`, geometry, EPSG:4326.
    names
        Commune names by `insee_code`.

    Returns
    -------
    sites
        With `insee_code` (missing when no commune is within `SNAP_KM`), `landmass` and
        `insee_check`: "concordant", "discordant" (the address names another commune),
        "rapproche" (the point is just off the coast or border), "hors_contours",
        "sans_coordonnees".
    """
    points = gpd.GeoDataFrame(
        sites[["finess_et"]],
        geometry=gpd.points_from_xy(sites.lon, sites.lat),
        crs=polygons.crs,
        index=sites.index,
    )[sites.lon.notna()]
    inside = points.sjoin(polygons[["insee_code", "geometry"]], predicate="within")
    codes = inside.sort_values("insee_code").insee_code.groupby(level=0).first()
    snapped = _snap(points.drop(index=codes.index), polygons)
    located = sites.copy()
    located["insee_code"] = pd.concat([codes, snapped]).reindex(sites.index)
    located["insee_check"] = _address_check(located, names, set(snapped.index))
    located["landmass"] = _site_landmass(located)
    return located


def _snap(points: gpd.GeoDataFrame, polygons: gpd.GeoDataFrame) -> pd.Series:
    """Commune nearest to points that fall in none, within about `SNAP_KM`."""
    reach = SNAP_KM / KM_PER_DEGREE
    point, polygon = polygons.sindex.nearest(points.geometry, return_all=False, max_distance=reach)
    return pd.Series(polygons.insee_code.to_numpy()[polygon], index=points.index[point])


def _address_check(sites: pd.DataFrame, names: pd.Series, snapped: set[object]) -> pd.Series:
    """Compare the commune found with the city of the address."""
    found = sites.insee_code.map(names).fillna("").map(_city_key)
    written = sites.city.fillna("").map(_city_key)
    agrees = [bool(b) and (a in b or b in a) for a, b in zip(found, written, strict=True)]
    check = pd.Series(np.where(agrees, "concordant", "discordant"), index=sites.index, dtype="str")
    check[sites.index.isin(snapped)] = "rapproche"
    check[sites.insee_code.isna()] = "hors_contours"
    check[sites.lon.isna()] = "sans_coordonnees"
    check[(sites.registers == "sae") & sites.lon.notna()] = "mairie"
    return check


def _site_landmass(sites: pd.DataFrame) -> pd.Series:
    """Landmass from the commune, else from the address (collectivites d'outre-mer)."""
    postal = sites.postal_code.fillna("").replace({"97133": "977", "97150": "978"})
    dep_code = sites.insee_code.str[:2]
    dep_code = dep_code.where(~dep_code.isin(["97", "98"]), sites.insee_code.str[:3])
    fallback = postal.where(postal.isin(["977", "978"]), sites.dep_code)
    return landmass(dep_code.fillna(fallback).astype("str"))
