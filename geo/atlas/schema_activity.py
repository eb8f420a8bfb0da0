"""The bundled tables of hospital activity: columns, types, units and meaning."""

from typing import Final

import pandera.pandas as pa

from geo.atlas.columns import FINESS, GHT_CODE, INSEE_CODE, flag, number, table, text

_UNIT = "unité de la mesure"
_MEASURE = "Mesure (registre geo/activity/measures.py)"
_YEAR = "Année de la SAE"


def _value(description: str, nullable: bool = False, minimum: float | None = 0) -> pa.Column:
    return number(description, _UNIT, "float64", minimum=minimum, nullable=nullable)


def _year() -> pa.Column:
    return number(_YEAR, "année", "int64", minimum=2013)


ACTIVITY_TABLES: Final[dict[str, pa.DataFrameSchema]] = {
    "proved_members": table(
        "Membres des GHT retrouvés sur les totaux du ministère, et ceux que rien ne vérifie",
        {
            "ght_code": text("GHT", GHT_CODE),
            "finess_ej": text("Entité juridique", FINESS),
            "entity_name": text("Nom de son premier site", nullable=True),
            "city": text("Ville", nullable=True),
            "category_code": text("Catégorie FINESS de ce site", r"^\d{3}$", nullable=True),
            "earlier_ght_code": text("GHT dans la liste précédente", GHT_CODE, nullable=True),
            "evidence": text(
                "Prouvé par les totaux ; compté à tort ou non compté par eux ; repris de la liste "
                "précédente sans vérification ; fusionné depuis",
                among=("proved", "table_error", "not_counted", "carried", "merged"),
            ),
            "other_finess_ej": text(
                "Entité comptée à sa place, ou qui lui succède", FINESS, nullable=True
            ),
            "is_surveyed": flag("A des sites dans la SAE de l'année de la liste"),
        },
        ("finess_ej",),
    ),
    "proof": table(
        "Preuve des membres : leur somme devant le total du ministère",
        {
            "ght_code": text("GHT", GHT_CODE),
            "indicator": text(_MEASURE),
            "ministry": _value("Total publié par le ministère"),
            "members": _value("Somme des membres"),
            "difference": _value("Somme des membres moins total", minimum=None),
            "unexplained": _value(
                "Ce qui en reste, une fois refaites les erreurs déclarées de la source",
                minimum=None,
            ),
        },
        ("ght_code", "indicator"),
    ),
    "sae_sites": table(
        "Sites de la statistique annuelle des établissements, de toutes les années",
        {
            "finess_et": text("Numéro FINESS du site", FINESS),
            "finess_ej": text("Entité juridique, la dernière année", FINESS),
            "site_name": text("Nom dans la SAE", nullable=True),
            "insee_code": text(
                "Commune, au code officiel d'aujourd'hui ; absente à Saint-Martin et à "
                "Saint-Barthélemy, hors des contours",
                INSEE_CODE,
                nullable=True,
            ),
            "category_code": text("Catégorie FINESS", r"^\d{3}$"),
            "category_label": text("Libellé de la catégorie", nullable=True),
            "legal_status": text(
                "Statut",
                among=("public", "espic", "prive_non_lucratif", "prive_commercial", "inconnu"),
            ),
            "years": text("Années de présence, séparées par « ; »", r"^\d{4}(;\d{4})*$"),
            "last_year": number("Dernière année de présence", "année", "int64"),
        },
        ("finess_et",),
    ),
    "activity_ghts": table(
        "Activité des GHT : les deux totaux de chaque mesure",
        {
            "ght_code": text("GHT, de la liste de l'année ou de la dernière", GHT_CODE),
            "year": _year(),
            "measure": text(_MEASURE),
            "value_ministry": _value("Total publié, sur la liste de l'année", nullable=True),
            "value_members": _value(
                "Somme des membres de la dernière liste, les mêmes toutes les années",
                nullable=True,
            ),
        },
        ("ght_code", "year", "measure"),
    ),
    "activity_sites": table(
        "Activité des sites ; ce qui n'est pas déclaré n'a pas de ligne",
        {
            "finess_et": text("Numéro FINESS du site", FINESS),
            "finess_ej": text("Entité juridique cette année-là", FINESS),
            "year": _year(),
            "measure": text(_MEASURE),
            "value": _value("Valeur déclarée"),
        },
        ("finess_et", "year", "measure"),
    ),
}
