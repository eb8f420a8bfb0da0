"""How many inhabitants live far from a service: thresholds of minutes, by area or by commune."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.atlas.load import Atlas
from geo.errors import UserError

THRESHOLDS_MIN: Final = (15, 30, 45, 60)
AREAS: Final = {"ght": "area_code", "departement": "dep_code", "commune": "insee_code"}
OFFICIAL_SOURCE: Final = "drees_times"
Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Zone:
    """A zone of travel time: up to how many minutes, and what a bed in it weighs."""

    minutes: float
    weight: float


ZONES: Final = (Zone(20.0, 1.0), Zone(40.0, 0.68), Zone(60.0, 0.22))


@dataclass(frozen=True)
class Service:
    """
    What people travel to.

    Attributes
    ----------
    key
        Name on the command line, in tables and in addresses.
    label
        French, with its article: "une maternité".
    far
        French: "d'une maternité".
    note
        French: which sites count.
    is_official
        True if the minutes are the official ones.
    """

    key: str
    label: str
    far: str
    note: str
    is_official: bool = False


_ALL: Final = (
    Service(
        "urgences", "un service d'urgences ou un SMUR", "des urgences ou d'un SMUR",
        "Minutes officielles de la DREES vers le service d'urgences ou le SMUR le plus proche ; "
        "nulles dans une commune qui en a un.", is_official=True,
    ),
    Service(
        "maternite", "une maternité", "d'une maternité",
        "Sites publics et privés qui déclarent des accouchements.",
    ),
    Service(
        "medecine", "un hôpital qui a des lits de médecine", "d'un hôpital à lits de médecine",
        "Sites publics et privés qui déclarent des lits de médecine.",
    ),
    Service(
        "support", "l'établissement support du GHT", "du support de son GHT",
        "Sites généraux de l'établissement support du GHT de la commune, sans ceux que le modèle "
        "tient pour petits, s'il en a d'autres ; sans objet hors GHT, inconnu quand le support "
        "l'est.",
    ),
    Service(
        "membre", "un établissement membre du GHT", "d'un membre de son GHT",
        "Sites généraux des membres du GHT de la commune ; sans objet hors GHT.",
    ),
)  # fmt: skip
_HIGHER: Final = (
    Service(
        "reanimation",
        "une réanimation",
        "d'une réanimation",
        "Sites publics et privés qui déclarent des lits de réanimation, adultes ou enfants.",
    ),
    Service(
        "maternite_3",
        "une maternité de type 3",
        "d'une maternité de type 3",
        "Maternités de type 3, qui ont une réanimation néonatale.",
    ),
)
SERVICES: Final[Mapping[str, Service]] = {service.key: service for service in _ALL}
HIGHER: Final[Mapping[str, Service]] = {service.key: service for service in _HIGHER}
EVERY: Final[Mapping[str, Service]] = {**SERVICES, **HIGHER}


def beyond_name(minutes: int) -> str:
    """Name the column of the inhabitants beyond some minutes."""
    return f"inhabitants_beyond_{minutes}_min"


def share_name(minutes: int) -> str:
    """Name the column of their share."""
    return f"percent_beyond_{minutes}_min"


def service_of(key: str) -> Service:
    """
    Find a service.

    Raises
    ------
    UserError
        If there is none of this name.
    """
    if key not in EVERY:
        raise UserError(f"Service « {key} » inconnu. Au choix : {', '.join(EVERY)}.")
    return EVERY[key]


def commune_minutes(atlas: Atlas, key: str) -> pd.DataFrame:
    """
    Give the minutes of every commune to a service.

    Parameters
    ----------
    atlas
        Its tables of access are read now.
    key
        Of `EVERY`.

    Returns
    -------
    minutes
        In the order of the bundled communes: `insee_code`, `minutes` (missing where unknown),
        `finess_et` (the nearest site; missing for the official minutes, which name none),
        `method` ("official", "road", "crow").
    """
    codes = atlas.communes[["insee_code"]]
    if service_of(key).is_official:
        table = atlas.emergency_times[["insee_code", "minutes"]]
        method = pd.Series("official", index=table.index).where(table.minutes.notna())
        table = table.assign(finess_et=None, method=method)
    else:
        times = atlas.access_times
        table = times[times.service == key].drop(columns="service")
    return codes.merge(table, on="insee_code", how="left")


def beyond(minutes: Vector, people: Vector, areas: pd.Series) -> pd.DataFrame:
    """
    Count the inhabitants beyond each threshold.

    Parameters
    ----------
    minutes
        Of each commune, shape (n,); missing where unknown.
    people
        Inhabitants, shape (n,).
    areas
        Code of the area of each commune.

    Returns
    -------
    table
        Indexed by area: `population`, `unknown_population` (whose minutes are unknown), then for
        each of `THRESHOLDS_MIN` the inhabitants beyond it and their share in percent of those whose
        minutes are known; missing where nobody's are.
    """
    rows, codes = pd.factorize(areas, sort=True)

    def add_up(kept: npt.NDArray[np.bool_]) -> Vector:
        """Sum the inhabitants of some communes."""
        is_kept = kept & (rows >= 0)
        return np.bincount(rows[is_kept], people[is_kept], len(codes)).astype("float64")

    everyone, unknown = add_up(np.ones(len(rows), dtype=bool)), add_up(np.isnan(minutes))
    known = everyone - unknown
    columns = {"population": everyone, "unknown_population": unknown}
    for threshold in THRESHOLDS_MIN:
        far = np.where(known > 0, add_up(minutes > threshold), np.nan)
        share = np.divide(far, known, out=np.full(len(codes), np.nan), where=known > 0) * 100
        columns |= {beyond_name(threshold): far, share_name(threshold): share}
    return pd.DataFrame(columns, index=pd.Index(codes, name=areas.name))


def places_of(atlas: Atlas, by: str) -> pd.Series:
    """Give the area of each commune, in the order of the bundled communes."""
    if by not in AREAS:
        raise UserError(f"Découpage « {by} » inconnu. Au choix : {', '.join(AREAS)}.")
    if by != "ght":
        return atlas.communes[AREAS[by]]
    areas = atlas.assignments.set_index("insee_code").area_code
    return atlas.communes.insee_code.map(areas).rename("area_code")


def area_names(atlas: Atlas, by: str) -> pd.Series:
    """Name the areas."""
    table, code, name = {
        "ght": (atlas.territories, "area_code", "area_name"),
        "departement": (atlas.departements, "dep_code", "dep_name"),
        "commune": (atlas.communes, "insee_code", "commune_name"),
    }[by]
    return table.set_index(code)[name]


def access_table(atlas: Atlas, key: str, by: str = "ght") -> pd.DataFrame:
    """
    Count the inhabitants beyond each threshold of a service, area by area.

    Parameters
    ----------
    atlas
        The bundled tables.
    key
        Of `EVERY`.
    by
        "ght" (areas of the default model, those outside any GHT too), "departement" or "commune".

    Returns
    -------
    table
        One row per area, never ranked: its code, `name`, `service`; the columns of `beyond`;
        `percent_by_distance` (share of the inhabitants of known minutes whose minutes are estimated
        from the distance); by commune, `minutes`, `finess_et`, `site_name` and `time_method` too.

    Raises
    ------
    UserError
        If the service or the areas are unknown.
    """
    found, places = commune_minutes(atlas, key), places_of(atlas, by)
    people = atlas.communes.population.to_numpy(dtype="float64", na_value=0.0)
    table = beyond(found.minutes.to_numpy(dtype="float64"), people, places)
    by_crow = people * found.method.eq("crow").to_numpy()
    known = table.population - table.unknown_population
    guessed = pd.Series(by_crow).groupby(places.to_numpy()).sum().reindex(table.index)
    table["percent_by_distance"] = guessed / known.where(known > 0) * 100
    counts = [name for name in table if not str(name).startswith("percent")]
    table = table.astype(dict.fromkeys(counts, "Int64"))
    table.insert(0, "name", area_names(atlas, by).reindex(table.index))
    table.insert(1, "service", key)
    if by == "commune":
        table = table.join(_nearest(atlas, found))
    return table.reset_index()


def area_services(atlas: Atlas, area_code: str) -> pd.DataFrame:
    """
    Count the inhabitants of one area of the default model beyond each threshold.

    Parameters
    ----------
    atlas
        Its tables of access are read now.
    area_code
        The area.

    Returns
    -------
    table
        One row per service of `SERVICES`, in order: the columns of `beyond`, indexed by `service`.
        Empty for an area without a commune.
    """
    codes = atlas.assignments.insee_code[atlas.assignments.area_code == area_code]
    communes = atlas.communes[atlas.communes.insee_code.isin(codes)]
    people = communes.population.to_numpy(dtype="float64", na_value=0.0)
    official = atlas.emergency_times.assign(service="urgences")
    parts = []
    for times in (official, atlas.access_times):
        kept = times[times.insee_code.isin(codes)]
        parts.append(kept[["insee_code", "service", "minutes"]])
    wide = pd.concat(parts).pivot(index="insee_code", columns="service", values="minutes")
    wide = wide.reindex(index=communes.insee_code, columns=list(SERVICES))
    rows = [
        beyond(wide[key].to_numpy(dtype="float64"), people, pd.Series(key, index=communes.index))
        for key in SERVICES
    ]
    return pd.concat(rows).rename_axis("service")


def _nearest(atlas: Atlas, found: pd.DataFrame) -> pd.DataFrame:
    """Name the nearest site of each commune."""
    sites = atlas.establishments.set_index("finess_et").site_name
    named = found.assign(site_name=found.finess_et.map(sites))
    named = named.rename(columns={"method": "time_method"}).set_index("insee_code")
    return named[["minutes", "finess_et", "site_name", "time_method"]]


def shares_of_areas(atlas: Atlas, key: str, threshold: int) -> pd.Series:
    """Give the share beyond a threshold in each area of the default model, in percent, by code."""
    table = access_table(atlas, key)
    return table.set_index("area_code")[share_name(threshold)]
