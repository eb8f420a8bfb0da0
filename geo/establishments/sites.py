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

# FINESS says what a site is called, not what it does: a psychiatric day hospital carries the
# category of the hospital that runs it. These words, in a site's name, say that the general
# population is not admitted there. The reason is shown with the site.
NON_GENERAL_WORDS = {
    "psychiatrie": (
        r"PSY\w*|\w*PEDOPSY\w*|CMP\w*|CATTP|C A T T P|CHS|EPSM|SANTE MENTALE|INFANTO|INF JUV|"
        r"PIJ|IJ|INTERSECTEUR|APT|APPARTEMENTS?|\w*THERAPEUTIQUES?|CENTRE HOSPIT SPE|"
        r"SITE SPECIALISE|LIEU DE VIE|CENTRE DE CRISE|POST ?CURE|AUTISME|HENRI? EY"
    ),
    "accueil de jour ou consultation": (
        r"HDJ|HJ|H D J|H JOUR|HOP\w* (DE )?JOUR|HOSPIT DE JOUR|C(EN)?TRE DE JOUR|CONSULT\w*|"
        r"PLANI?N?I?F\w*|PLANING|CPEF|CSAPA|CSPA|\w*ADDICT\w*|ALCOOL\w*|DEPENDANCES|CPP|PERINAT\w*|"
        r"CENTRE DE SANTE|EXAMENS DE SANTE|CEGIDD|CI?DAG|CIDAG|CLAT|DEPIST\w*|PREVENTION|"
        r"ANTITUBERCULEUX|CLIC|CSI|CMS|MEDICO SOCIAL"
    ),
    "urgences mobiles": r"SMUR|AMBULANCES?|SAMU|SDIS|ANTENNE URGENCE",
    "soins à domicile": r"HAD|SSIAD|DOMICILE",
    "soins de suite ou de réadaptation": (
        r"U?SSR\w*|S S R|SMR|MPR|CRF|CRS|CSS|RE ?EDUC\w*|READAP\w*|CONVAL\w*|"
        r"SOINS (DE )?SUITE|MOYEN|MAISON DE CURE|CURE MEDICALE|REPOS"
    ),
    "gériatrie ou long séjour": (
        r"USLD|EHPAD|LONG SEJOUR|GERONTO\w*|GERIAT\w*|CENTRE DE SOINS|RETRAITE|PERSONNES AGEES|"
        r"RESIDENCE"
    ),
    "milieu pénitentiaire": r"UCSA|USMP|UHSI|UHSA|PENITENT\w*|DETENTION|MAISON CENTRALE|PRISON",
    "spécialité unique": (
        r"DENTAI\w*|ODONTOLOGIE|\w*DIALYSE|UDM|CHNO|OPHTAL\w*|PALLIATIFS|USP|UNITED?E?|SERVICE|SCE|SECT|"
        r"MAISON|CRECHE|POUPONNIERE"
    ),
    "plateau ou service technique": (
        r"LABO\w*|LBM|BIOLOGIE|BIO|PHARMACIE|AGEPS|LACTARIUM|IMAGERIE|IRM|SCANNER|MED NUC|TEP|"
        r"STERILISATION|BLANCHISSERIE|FORMATION|LOGISTIQUE|SIEGE|GCS"
    ),
}
NON_GENERAL = {reason: re.compile(rf"\b({words})\b") for reason, words in NON_GENERAL_WORDS.items()}
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


def non_general_reason(site_name: str) -> str:
    """
    Say why a site's name excludes general admission.

    Parameters
    ----------
    site_name
        Name as FINESS prints it.

    Returns
    -------
    reason
        A French noun phrase, empty when nothing in the name excludes it.
    """
    name = plain_name(site_name)
    for reason, words in NON_GENERAL.items():
        if words.search(name):
            return reason
    return ""


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
        Every establishment (columns of `geo.sources.adapters.finess`).
    member_entities
        Legal entities (`finess_ej`) that belong to a GHT today.

    Returns
    -------
    sites
        Hospitals of any status (`scope` "hospitalier") and the other sites of GHT members
        (`scope` "autre_site_membre"), sorted by `finess_et`.
    """
    is_hospital = finess.category_group_code.isin(HOSPITAL_GROUP_CODES)
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
    sites: pd.DataFrame, thematic_entities: set[str], exceptions: pd.DataFrame
) -> pd.DataFrame:
    """
    Tell the general hospitals, which compete for the population, from everything else.

    A general site is a public hospital (categories `GENERAL_CATEGORIES`), outside the psychiatric
    GHTs, whose name excludes nothing. Farther than `REMOTE_KM` from the heart of its entity, it is
    a unit, not a general hospital, when it stands in another departement (a seaside rehabilitation
    centre of a city hospital) or within `DOOR_KM` of another entity's general hospital.

    Parameters
    ----------
    sites
        From `select_establishments`.
    thematic_entities
        Legal entities of the GHTs that serve no general population.
    exceptions
        Sites left out by hand, with evidence, when neither name nor category tells: `finess_et`,
        `reason`.

    Returns
    -------
    sites
        With `is_general` and `general_reason` (French, why the site competes or not).
    """
    marked = sites.copy()
    by_hand = marked.finess_et.map(exceptions.set_index("finess_et").reason).astype("str")
    marked["general_reason"] = by_hand.fillna(_status_reason(marked))
    is_thematic = marked.finess_ej.isin(thematic_entities) & (marked.general_reason == "")
    marked.loc[is_thematic, "general_reason"] = "membre d'un GHT de psychiatrie"
    candidate = marked.general_reason == ""
    marked.loc[candidate & marked.lon.isna(), "general_reason"] = "coordonnées inconnues"
    remote = _remote_units(marked[candidate & marked.lon.notna()])
    marked.loc[remote, "general_reason"] = (
        f"unité à plus de {REMOTE_KM:.0f} km du centre de son entité"
    )
    marked["is_general"] = marked.general_reason == ""
    marked.loc[marked.is_general, "general_reason"] = "hôpital général public"
    return marked


def _status_reason(sites: pd.DataFrame) -> pd.Series:
    """Why category, status or name excludes a site; empty when nothing does."""
    named = sites.site_name.fillna("").map(non_general_reason)
    reason = named.where(sites.public_status == "public", "établissement non public")
    is_general_category = sites.category_code.isin(GENERAL_CATEGORIES)
    return reason.where(is_general_category, "catégorie sans hospitalisation générale")


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
    return check


def _site_landmass(sites: pd.DataFrame) -> pd.Series:
    """Landmass from the commune, else from the address (collectivites d'outre-mer)."""
    postal = sites.postal_code.fillna("").replace({"97133": "977", "97150": "978"})
    dep_code = sites.insee_code.str[:2]
    dep_code = dep_code.where(~dep_code.isin(["97", "98"]), sites.insee_code.str[:3])
    fallback = postal.where(postal.isin(["977", "978"]), sites.dep_code)
    return landmass(dep_code.fillna(fallback).astype("str"))
