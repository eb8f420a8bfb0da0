"""Indicators of access: the share of the inhabitants of a territory far from each service."""

from typing import Final

import pandas as pd

from geo import wording
from geo.atlas.load import Atlas
from geo.errors import UserError
from geo.formats import format_date
from geo.territories.access_origin import origin_of
from geo.territories.measures import Measure
from geo.territories.recipe import Ingredient, Recipe, number
from geo.territories.services import (
    OFFICIAL_SOURCE,
    SERVICES,
    Service,
    access_table,
    beyond_name,
    share_name,
)

FAR_MIN: Final = 30
FAMILY: Final = "Accès"
SURVEY: Final = "sae"
LABEL: Final = "Habitants à plus de {minutes} min {far} ({kind})"
OFFICIAL, MODELLED = "minutes officielles", "modèle"
DESCRIPTION: Final = (
    "Part des habitants du territoire qui habitent à plus de {minutes} minutes {far}, parmi ceux "
    "dont le temps est connu. {note}{method} Calculée pour le modèle par défaut seulement."
)
METHOD: Final = " Temps estimé : {travel_time}, ou d'après la distance vers un site privé."
COMMAND: Final = "python -m geo access --what {key}{scope} --format json"
BEYOND, WITHIN, UNKNOWN = (
    "Habitants au-delà de {minutes} min", "Habitants en deçà", "Habitants au temps inconnu",
)  # fmt: skip
# Figures that tell whether a territory is the one of the default model.
SAME: Final = ("population", "commune_count", "area_km2")


def _key(service: str) -> str:
    """Name the indicator of a service."""
    return f"beyond_{FAR_MIN}_{service}"


def _measure(service: Service) -> Measure:
    """Declare the indicator of a service."""
    kind = OFFICIAL if service.is_official else MODELLED
    year = "{drees_times}" if service.is_official else "{sae}"
    description = DESCRIPTION.format(
        minutes=FAR_MIN, far=service.far, note=service.note,
        method="" if service.is_official else METHOD,
    )  # fmt: skip
    return Measure(
        _key(service.key), LABEL.format(minutes=FAR_MIN, far=service.far, kind=kind), "%", 1,
        False, description, FAMILY, "rate", year,
        OFFICIAL_SOURCE if service.is_official else SURVEY,
    )  # fmt: skip


ACCESS: Final = {_key(service.key): _measure(service) for service in SERVICES.values()}
_SERVICE_OF: Final = {_key(key): key for key in SERVICES}


def access_shares(atlas: Atlas, key: str, areas: pd.DataFrame) -> pd.Series:
    """
    Give an indicator of access of some areas.

    Parameters
    ----------
    atlas
        Its tables of access are read now.
    key
        Of `ACCESS`.
    areas
        `area_code`, `population`, `commune_count`, `area_km2`: of any model.

    Returns
    -------
    shares
        Percent, float64, index of `areas`; missing where nobody's minutes are known, and for a
        territory that is not that of the default model, whose communes were counted.
    """
    table = access_table(atlas, _SERVICE_OF[key]).set_index("area_code")[share_name(FAR_MIN)]
    shares = areas.area_code.map(table).astype("float64")
    default = atlas.territories.set_index("area_code")
    for column in SAME:
        stated = areas.area_code.map(default[column]).astype("Float64")
        gap = (areas[column].astype("Float64") - stated).abs()
        shares = shares.where(gap.lt(0.5).fillna(value=False).astype(bool))
    return shares


def _counts(row: pd.Series) -> list[tuple[str, object]]:
    """Count the inhabitants beyond, within, and of unknown minutes."""
    far = row[beyond_name(FAR_MIN)]
    near = row.population - row.unknown_population - far
    beyond = BEYOND.format(minutes=FAR_MIN)
    return [(beyond, far), (WITHIN, near), (UNKNOWN, row.unknown_population)]


def access_recipe(atlas: Atlas, key: str, area_code: str) -> Recipe:
    """
    Tell where an indicator of access comes from.

    Parameters
    ----------
    atlas
        The bundled tables.
    key
        Of `ACCESS`.
    area_code
        A territory of the default model.

    Raises
    ------
    UserError
        If the territory is unknown.
    """
    areas = atlas.territories[atlas.territories.area_code == area_code]
    if areas.empty:
        raise UserError(f"Territoire « {area_code} » inconnu.")
    service, measure = _SERVICE_OF[key], ACCESS[key]
    origin, table = origin_of(atlas, service), access_table(atlas, service)
    rows = table[table.area_code == area_code]
    parts = [
        Ingredient(label, number(count), "habitants", origin.source, origin.year)
        for _, row in rows.iterrows()
        for label, count in _counts(row)
    ]
    value = number(rows[share_name(FAR_MIN)].iloc[0]) if len(rows) else None
    is_ght = areas.kind.iloc[0] == "ght"
    command = COMMAND.format(key=service, scope=f" --ght {area_code}" if is_ght else "")
    return Recipe(
        measure=key, area_code=area_code, title=measure.label, unit=measure.unit, value=value,
        formula=atlas.vintages.fill(measure.description), ingredients=tuple(parts),
        command=command, column=share_name(FAR_MIN), model=wording.MODEL_NAME,
        version=wording.data_version(atlas.version, format_date(atlas.manifest.build_date)),
    )  # fmt: skip
