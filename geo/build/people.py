"""Tables of people and places: ages, incomes, zones, and the collectivities outside the sums."""

from collections.abc import Mapping

import pandas as pd

from geo.atlas.zone_kinds import SHARED_KINDS, ZONE_KINDS
from geo.faults import Faults
from geo.geography.carried import carried_means, carried_zones
from geo.geography.communes import Carry
from geo.sources.reading import Log

AGES = ["under_25_percent", "aged_25_64_percent", "aged_65_over_percent"]
OLDEST = "aged_75_over_percent"
INCOMES = ["median_income_eur", "poverty_percent"]
Raw = Mapping[str, pd.DataFrame]


def build_people(raw: Raw, carry: Carry, communes: pd.DataFrame, log: Log) -> pd.DataFrame:
    """
    Gather the ages and incomes of the communes of today.

    Parameters
    ----------
    raw
        `ages`, `incomes`, `context` (inhabitants of older communes) and `cog_communes`.
    carry
        Links between codes of other years and those of today.
    communes
        The bundled communes.
    log
        Where the counts go.

    Returns
    -------
    people
        The bundled table `people`: every commune, missing where nothing is known.
    """
    weights = raw["context"].set_index("insee_code").population_2021
    cog, codes = raw["cog_communes"], communes.insee_code
    # This share was republished on a later code: communes merged by then have it under one code.
    oldest = raw["ages"][["insee_code", OLDEST]].dropna()
    parts = [
        carried_means(figures, weights, carry, cog, codes)
        for figures in (
            raw["ages"][["insee_code", *AGES]], oldest, raw["incomes"][["insee_code", *INCOMES]]
        )
    ]  # fmt: skip
    table = pd.concat(parts, axis="columns").rename_axis("insee_code").reset_index()
    log.note(
        "habitants",
        communes=len(table),
        ages=int(table.aged_65_over_percent.notna().sum()),
        revenus=int(table.median_income_eur.notna().sum()),
        pauvrete=int(table.poverty_percent.notna().sum()),
    )
    return table


def build_zones(
    raw: Raw, carry: Carry, communes: pd.DataFrame, log: Log
) -> dict[str, pd.DataFrame]:
    """
    Say which zones each commune is in, those under ODbL apart.

    Parameters
    ----------
    raw
        `epci` (of today), `zonings` and `zone_names` (INSEE), `context` (inhabitants),
        `departements`, `regions`.
    carry, communes, log
        See `build_people`.

    Returns
    -------
    tables
        `zones`, `commune_zones`, `zones_odbl`, `commune_zones_odbl`.

    Raises
    ------
    SourceError
        If a zone has no name.
    """
    codes = communes.insee_code
    today = raw["epci"][["insee_code", "arr_code", "epci_code"]].rename(
        columns={"arr_code": "arrondissement", "epci_code": "epci"}
    )
    own, shared = carried_zones(today, raw["epci"].set_index("insee_code").population, carry, codes)
    older, shared_older = carried_zones(
        raw["zonings"][["insee_code", *SHARED_KINDS]],
        raw["context"].set_index("insee_code").population_2021,
        carry,
        codes,
    )
    own = own.rename_axis("insee_code").reset_index()
    tables = {
        "commune_zones": own.assign(
            region=communes.reg_code.to_numpy(), departement=communes.dep_code.to_numpy()
        ),
        "commune_zones_odbl": older.rename_axis("insee_code").reset_index(),
        "zones": _names(raw),
        "zones_odbl": raw["zone_names"],
    }
    _check_names(tables)
    log.note("zonages", **{f"{kind}_partages": n for kind, n in (shared | shared_older).items()})
    return tables


def _names(raw: Raw) -> pd.DataFrame:
    """Name the regions, departements and EPCI; the schema tells of a column that lacks."""
    columns = {
        "region": ("regions", "reg_code", "reg_name"),
        "departement": ("departements", "dep_code", "dep_name"),
        "epci": ("epci", "epci_code", "epci_name"),
    }
    parts = []
    for kind, (key, code, name) in columns.items():
        table = raw[key].reindex(columns=[code, name]).dropna(subset=[code]).drop_duplicates()
        named = table.set_axis(["zone_code", "zone_name"], axis="columns").assign(kind=kind)
        parts.append(named.sort_values("zone_code"))
    return pd.concat(parts, ignore_index=True)


def _check_names(tables: Mapping[str, pd.DataFrame]) -> None:
    """Every zone of a commune has a name."""
    names = pd.concat([tables["zones"], tables["zones_odbl"]])
    both = tables["commune_zones"].merge(tables["commune_zones_odbl"], on="insee_code")
    faults = Faults("zonages")
    for kind, spec in ZONE_KINDS.items():
        known = names.zone_code[names.kind == kind]
        lost = both[kind].dropna()
        faults.bad_values(
            sorted(set(lost) - set(known)),
            f"{spec.plural} sans nom",
            "Prenez les libellés de la même année que les zonages.",
        )
    faults.raise_if_any()


def build_collectivities(overseas: pd.DataFrame) -> pd.DataFrame:
    """
    Count the inhabitants of the overseas collectivities, which no sum of communes holds.

    Parameters
    ----------
    overseas
        From `geo.sources.adapters.insee.read_overseas`.

    Returns
    -------
    collectivities
        One row per collectivity with an inhabitant: `collectivity_code`, `collectivity_name`,
        `population`, `commune_count`.
    """
    table = overseas.groupby(["collectivity_code", "collectivity_name"], as_index=False).agg(
        population=("population", lambda people: people.sum(min_count=1)),
        commune_count=("population", "size"),
    )
    return table.astype({"population": "Int64", "commune_count": "Int64"})
