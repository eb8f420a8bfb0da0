"""The bundled tables of people and places: who lives in a commune, which zones it is in."""

from typing import Final

import pandera.pandas as pa

from geo.atlas.columns import DEP_CODE, INSEE_CODE, REG_CODE, number, table, text
from geo.atlas.zone_kinds import SHARED_KINDS, ZONE_KINDS

ODBL_NOTICE: Final = (
    "base sous licence ODbL 1.0, reprise de COGugaison d'après l'INSEE : citez-la, et partagez à "
    "l'identique ce qui en dérive"
)
_CODE: Final = r"^[0-9A-Z]{2,9}$"


def _percent(description: str) -> pa.Column:
    """Describe a share."""
    return number(description, "%", "float64", nullable=True)


def _zone(kind: str) -> pa.Column:
    """Describe the code of the zone of a commune."""
    spec = ZONE_KINDS[kind]
    return text(f"{spec.label} ({spec.year}), absent s'il n'y en a pas", _CODE, nullable=True)


_AREA_FIGURES: Final = {
    "under_25_percent": ("Moins de 25 ans, {ages}", "%"),
    "aged_65_over_percent": ("65 ans et plus, {ages}", "%"),
    "aged_75_over_percent": ("75 ans et plus, {ages}", "%"),
    "median_income_eur": ("Moyenne des revenus médians des communes, {incomes}", "euros par an"),
    "poverty_percent": ("Taux de pauvreté, {incomes}", "%"),
    "births_per_1000": ("Naissances domiciliées", "pour 1 000 habitants"),
    "deaths_per_1000": ("Décès domiciliés", "pour 1 000 habitants"),
    "unemployment_percent": ("Chômeurs parmi les actifs de 15 à 64 ans", "%"),
}


def _area_columns() -> dict[str, pa.Column]:
    """Describe the figures of territories, each with the share of the inhabitants it rests on."""
    columns = {"area_code": text("Territoire de GHT, hors GHT ou communes non rattachées")}
    for key, (description, unit) in _AREA_FIGURES.items():
        columns[key] = number(description, unit, "float64", nullable=True)
        columns[f"{key}_coverage_percent"] = number(
            f"Part des habitants où il est connu : {description}", "%", "float64", nullable=True
        )
    return columns


PEOPLE_TABLES: Final[dict[str, pa.DataFrameSchema]] = {
    "people": table(
        "Habitants des communes : âges (recensement {ages}) et revenus (Filosofi {incomes})",
        {
            "insee_code": text("Commune", INSEE_CODE),
            "under_25_percent": _percent("Moins de 25 ans, {ages}"),
            "aged_25_64_percent": _percent("De 25 à 64 ans, {ages}"),
            "aged_65_over_percent": _percent("65 ans et plus, {ages}"),
            "aged_75_over_percent": _percent("75 ans et plus, {ages}"),
            "median_income_eur": number(
                "Revenu disponible médian par unité de consommation, {incomes} ; absent si secret",
                "euros par an", "float64", nullable=True,
            ),
            "poverty_percent": _percent(
                "Taux de pauvreté au seuil de 60 % du niveau de vie médian, {incomes} ; "
                "absent si secret"
            ),
        },
        ("insee_code",),
    ),
    "area_people": table(
        "Habitants des territoires : les communes mises ensemble, là où elles sont connues",
        _area_columns(),
        ("area_code",),
    ),
    "collectivities": table(
        "Collectivités d'outre-mer : hors de la somme des communes",
        {
            "collectivity_code": text("Code", DEP_CODE),
            "collectivity_name": text("Nom"),
            "population": number("Population, année non précisée", "habitants", nullable=True),
            "commune_count": number("Communes ou circonscriptions", "nombre"),
        },
        ("collectivity_code",),
    ),
    "zones": table(
        "Zones administratives et leurs noms",
        {
            "kind": text("Nature de la zone", among=("region", "departement", "epci")),
            "zone_code": text("Code", _CODE),
            "zone_name": text("Nom"),
        },
        ("kind", "zone_code"),
    ),
    "commune_zones": table(
        "Zones administratives de chaque commune",
        {
            "insee_code": text("Commune", INSEE_CODE),
            "region": text("Région", REG_CODE),
            "departement": text("Département", DEP_CODE),
            "arrondissement": _zone("arrondissement"),
            "epci": _zone("epci"),
        },
        ("insee_code",),
    ),
    "zones_odbl": table(
        f"Zones de l'INSEE et leurs noms ; {ODBL_NOTICE}",
        {
            "kind": text("Nature de la zone", among=("arrondissement", *SHARED_KINDS)),
            "zone_code": text("Code", _CODE),
            "zone_name": text("Nom"),
        },
        ("kind", "zone_code"),
    ),
    "commune_zones_odbl": table(
        f"Zones de l'INSEE de chaque commune ; {ODBL_NOTICE}",
        {
            "insee_code": text("Commune", INSEE_CODE),
            **{kind: _zone(kind) for kind in SHARED_KINDS},
        },
        ("insee_code",),
    ),
}  # fmt: skip
