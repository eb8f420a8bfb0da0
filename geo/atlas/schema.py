"""
The bundled tables: columns, types, units and meaning, declared once.

The build checks every table against these schemas; the data dictionary is written from them.
Descriptions are French because they are shown on screen; they are templates of the facts of
`geo.atlas.vintages`, completed by `dictionary`.
"""

from typing import Any

import pandas as pd
import pandera.pandas as pa

from geo.atlas import vocabulary
from geo.atlas.columns import AREA_CODE, CRS, DEP_CODE, FINESS, GHT_CODE, INSEE_CODE, REG_CODE
from geo.atlas.columns import degrees as _degrees
from geo.atlas.columns import flag as _flag
from geo.atlas.columns import number as _number
from geo.atlas.columns import table as _table
from geo.atlas.columns import text as _text
from geo.atlas.schema_access import ACCESS_TABLES
from geo.atlas.schema_activity import ACTIVITY_TABLES
from geo.atlas.schema_codes import CODE_TABLES
from geo.atlas.schema_ghts import GHT_TABLES
from geo.atlas.schema_partnerships import PARTNERSHIP_TABLES
from geo.atlas.schema_people import PEOPLE_TABLES
from geo.atlas.schema_sensitivity import SENSITIVITY_TABLES
from geo.atlas.vintages import Vintages
from geo.errors import SourceError
from geo.faults import Faults

__all__ = [
    "AREA_CODE", "CRS", "DEP_CODE", "FINESS", "GHT_CODE", "INSEE_CODE", "REG_CODE",
    "TABLES", "check_table", "dictionary",
]  # fmt: skip


_CONTEXT = {
    "population_2021": "Population municipale",
    "population_2015": "Population municipale",
    "births_2022": "Naissances domiciliées",
    "deaths_2022": "Décès domiciliés",
    "aged_15_64_2021": "Habitants de 15 à 64 ans",
    "active_15_64_2021": "Actifs de 15 à 64 ans",
    "unemployed_15_64_2021": "Chômeurs de 15 à 64 ans",
}
_COUNT = "nombre"
_PEOPLE = "habitants"

TABLES: dict[str, pa.DataFrameSchema] = {
    "communes": _table(
        "Communes au code officiel géographique de {cog} qui ont un contour",
        {
            "insee_code": _text("Code INSEE", INSEE_CODE),
            "commune_name": _text("Nom officiel"),
            "dep_code": _text("Département", DEP_CODE),
            "reg_code": _text("Région", REG_CODE),
            "landmass": _text("Terre d'un seul tenant : metropole, corse ou code d'outre-mer"),
            "population": _number("Population municipale", _PEOPLE),
            "population_year": _number("Année de la population", "année", minimum=1990),
            "area_km2": _number(
                "Superficie géodésique (GRS80) du contour complet", "km²", "float64"
            ),
            "anchor_lon": _degrees("Longitude du point d'ancrage", -64, 56),
            "anchor_lat": _degrees("Latitude du point d'ancrage", -22, 52),
            "included_codes": _text(
                "Communes sans contour propre comptées ici, séparées par « ; »", nullable=True
            ),
            "included_names": _text("Leurs noms, dans le même ordre", nullable=True),
            **{
                name: _number(
                    f"{label}, {name[-4:]} (INSEE, comparateur {{context}})", _PEOPLE, nullable=True
                )
                for name, label in _CONTEXT.items()
            },
        },
        ("insee_code",),
    ),
    "departements": _table(
        "Départements (COG {cog})",
        {
            "dep_code": _text("Code", DEP_CODE),
            "dep_name": _text("Nom"),
            "reg_code": _text("Région", REG_CODE),
        },
        ("dep_code",),
    ),
    "regions": _table(
        "Régions (COG {cog})",
        {"reg_code": _text("Code", REG_CODE), "reg_name": _text("Nom")},
        ("reg_code",),
    ),
    "establishments": _table(
        "Établissements : hôpitaux de tout statut et autres sites des membres de GHT",
        {
            "finess_et": _text("Numéro FINESS de l'établissement", FINESS),
            "finess_ej": _text("Numéro FINESS de l'entité juridique", FINESS),
            "site_name": _text("Nom, en typographie française", nullable=True),
            "finess_name": _text("Nom dans FINESS", nullable=True),
            "address": _text("Adresse", nullable=True),
            "postal_code": _text("Code postal", nullable=True),
            "city": _text("Ville de l'adresse", nullable=True),
            "category_code": _text("Catégorie FINESS", r"^\d{3}$"),
            "category_label": _text("Libellé de la catégorie"),
            "category_group": _text("Groupe de catégories de l'atlas"),
            "public_status": _text(
                "Statut", among=("public", "espic", "prive", "inconnu")
            ),
            "scope": _text("Périmètre", among=("hospitalier", "autre_site_membre")),
            "medicine_beds": _number("Lits de médecine (SAE)", _COUNT, nullable=True),
            "mco_beds": _number(
                "Lits de médecine, chirurgie et obstétrique (SAE)", _COUNT, nullable=True
            ),
            "smr_beds": _number(
                "Lits de soins médicaux et de réadaptation (SAE)", _COUNT, nullable=True
            ),
            "is_general": _flag("Site hospitalier général, retenu par le modèle"),
            "is_small": _flag("Petit hôpital général : moins de 20 lits de médecine"),
            "general_reason": _text("Pourquoi il est retenu ou non"),
            "lon": _degrees("Longitude", -64, 56, nullable=True),
            "lat": _degrees("Latitude", -22, 52, nullable=True),
            "insee_code": _text("Commune du point", INSEE_CODE, nullable=True),
            "insee_check": _text(
                "Accord entre le point et l'adresse",
                among=(
                    "concordant", "discordant", "rapproche", "hors_contours", "sans_coordonnees",
                    "mairie",
                ),
            ),
            "registers": _text(
                "Qui connaît le site : FINESS, la dernière enquête SAE, ou les deux",
                among=("finess_et_sae", "sae", "finess"),
            ),
            "last_sae_year": _number(
                "Dernière enquête SAE où le site a répondu", "année", minimum=2013, nullable=True
            ),
            "landmass": _text("Terre d'un seul tenant"),
            "ght_code": _text("GHT de l'entité", GHT_CODE, nullable=True),
            "role": _text("Rôle de l'entité dans le GHT", nullable=True),
            "area_code": _text(
                "Territoire pour lequel le site est retenu", AREA_CODE, nullable=True
            ),
        },
        ("finess_et",),
    ),
    **GHT_TABLES,
    "assignments": _table(
        "Rattachement de chaque commune par le modèle",
        {
            "insee_code": _text("Commune", INSEE_CODE),
            "area_code": _text("Territoire", AREA_CODE),
            "ght_code": _text("GHT, absent hors GHT", GHT_CODE, nullable=True),
            "finess_et": _text("Site le plus proche", FINESS, nullable=True),
            "travel_time_min": _number("Temps estimé", "minutes", "float64", nullable=True),
            "time_method": _text(
                "Temps par la route, ou d'après la distance", nullable=True, among=("road", "crow")
            ),
            "runner_up_area_code": _text("Deuxième territoire", AREA_CODE, nullable=True),
            "runner_up_time_min": _number(
                "Temps vers le deuxième territoire", "minutes", "float64", nullable=True
            ),
            "margin_min": _number(
                "Avance sur le deuxième territoire, pénalités comprises", "minutes", "float64",
                minimum=-1, nullable=True,
            ),
            "margin": _number(
                "La même avance, rapportée à la somme des deux temps", "part", "float64",
                nullable=True,
            ),
            "rule": _text("Règle", among=("road", "only_provider", "unassigned")),
        },
        ("insee_code",),
    ),
    "territories": _table(
        "Territoires des GHT, territoires hors GHT et communes non rattachées",
        {
            "area_code": _text("Code du territoire", AREA_CODE),
            "kind": _text("Nature", among=("ght", "hors_ght", "unassigned")),
            "area_name": _text("Nom"),
            "ght_code": _text("GHT", GHT_CODE, nullable=True),
            "reg_code": _text("Région", REG_CODE, nullable=True),
            "status": _text(
                "Modélisé, ou pourquoi il ne l'est pas",
                among=(
                    "modelled", "no_commune", "thematic", "outside_scope", "no_site", "unassigned",
                ),
            ),
            "population": _number("Population modélisée", _PEOPLE, nullable=True),
            "population_year": _number(
                "Année du recensement le plus ancien employé", "année", nullable=True
            ),
            "population_latest_year": _number(
                "Année du recensement le plus récent employé", "année", nullable=True
            ),
            "area_km2": _number("Superficie", "km²", "float64", nullable=True),
            "density_per_km2": _number("Densité", "hab./km²", "float64", nullable=True),
            "commune_count": _number("Communes", _COUNT, nullable=True),
            "site_count": _number("Sites généraux", _COUNT, nullable=True),
            "member_count": _number("Membres", _COUNT, nullable=True),
        },
        ("area_code",),
    ),
    "published": _table(
        "Chiffres publiés par les GHT ou à leur sujet",
        {
            "ght_code": _text("GHT", GHT_CODE),
            "figure": _text("Indicateur", among=("population", "area_km2", "members", "beds")),
            "value": _number("Valeur publiée", "habitants, km² ou nombre"),
            "year": _number("Année, absente si non datée", "année", nullable=True),
            "source_url": _text("Adresse de la source", r"^https?://"),
            "qualifier": _text(
                "Comment la source donne le chiffre : seul, précédé de plus de, ou d'environ",
                nullable=True,
                among=("plain", "more_than", "about"),
            ),
            "year_certainty": _text(
                "Année écrite dans la source ou déduite", nullable=True,
                among=vocabulary.CERTAINTIES,
            ),
            "note": _text("Remarque sur le chiffre", nullable=True),
            "scope": _text(
                "Ce que le chiffre décrit : le GHT, ou autre chose", nullable=True,
                among=(
                    "ght", "ght_our_sum", "support_basin", "support_basin_close_to_ght", "member",
                    "department_or_health_territory",
                ),
            ),
        },
        ("ght_code", "figure", "value", "source_url"),
    ),
    "compositions": _table(
        "Compositions publiées par les deux GHT fondateurs",
        {
            "ght_code": _text("GHT", GHT_CODE),
            "member_establishment": _text("Établissement"),
            "city": _text("Ville", nullable=True),
            "role": _text("Rôle dans les mots de la source"),
            "source_url": _text("Adresse de la source", r"^https?://"),
        },
        ("ght_code", "member_establishment"),
    ),
    "reconciliations": _table(
        "Du nombre de membres de la liste au nombre publié, étape par étape",
        {
            "ght_code": _text("GHT", GHT_CODE),
            "step": _number("Étape", _COUNT),
            "label": _text("Ce qui est compté"),
            "count": _number("Nombre d'établissements", _COUNT, minimum=None),
            "source": _text("Source"),
        },
        ("ght_code", "step"),
    ),
    "anomalies": _table(
        "Anomalies des sources",
        {
            "kind": _text("Nature"),
            "ght_code": _text("GHT concerné", GHT_CODE, nullable=True),
            "subject": _text("Objet : code de commune, FINESS, GHT..."),
            "detail": _text("Constat et traitement"),
            "source": _text("Source en cause"),
        },
        ("kind", "subject", "detail"),
    ),
    "emergency_times": _table(
        "Temps officiel par la route jusqu'aux urgences ou au SMUR le plus proche (DREES)",
        {
            "insee_code": _text("Commune", INSEE_CODE),
            "minutes": _number(
                "Temps du chef-lieu de la commune à celui du site le plus proche", "minutes",
                "float64", nullable=True,
            ),
            "status": _text(
                "Mesuré, nul parce que la commune a un site, ou inconnu",
                among=("measured", "equipped", "unknown"),
            ),
            "year": _number("Année", "année", minimum=1990),
        },
        ("insee_code",),
    ),
    **SENSITIVITY_TABLES,
    **PARTNERSHIP_TABLES,
    **CODE_TABLES,
    **PEOPLE_TABLES,
    **ACTIVITY_TABLES,
    **ACCESS_TABLES,
}  # fmt: skip


def check_table(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """
    Check a bundled table against its schema.

    Parameters
    ----------
    name
        Key of `TABLES`.
    table
        Any order of columns; those that the schema does not know are left out.

    Returns
    -------
    table
        Columns in the order of the schema, fresh index.

    Raises
    ------
    SourceError
        Every fault, in French: columns missing, wrong types, values out of range, duplicate keys.
    """
    schema = TABLES[name]
    faults = Faults(f"table {name}")
    if not faults.missing_columns(table.columns, schema.columns):
        ordered = table[list(schema.columns)].reset_index(drop=True)
        try:
            return schema.validate(ordered, lazy=True)
        except pa.errors.SchemaErrors as errors:
            _note(faults, errors.failure_cases)
            for key in schema.unique or []:
                faults.bad_values(
                    ordered.loc[ordered.duplicated(schema.unique), key],
                    f"clé {key} en double",
                    "Gardez une seule ligne par clé.",
                )
    faults.raise_if_any()
    raise SourceError(f"table {name}", ["schéma refusé sans détail. Signalez ce défaut."])


def _note(faults: Faults, cases: pd.DataFrame) -> None:
    """Turn the failures of pandera into sentences."""
    for (column, check), group in cases.groupby(["column", "check"], dropna=False):
        faults.bad_values(
            group.failure_case,
            f"colonne {column}, règle {check} non respectée",
            "Corrigez la source ou le schéma.",
        )


def _dtype_name(dtype: str) -> str:
    """Name a type for a reader."""
    names = {"int": "entier", "float": "décimal", "bool": "oui ou non"}
    return next((name for word, name in names.items() if word in dtype.lower()), "texte")


def dictionary(vintages: Vintages) -> pd.DataFrame:
    """
    Write the data dictionary.

    Parameters
    ----------
    vintages
        Of the sources.

    Returns
    -------
    dictionary
        One row per column of every bundled table: `table`, `title`, `column`, `dtype`, `unit`
        (empty when it has none), `is_nullable`, `description`.
    """
    rows: list[dict[str, Any]] = [
        {
            "table": name,
            "title": vintages.fill(schema.description),
            "column": column,
            "dtype": _dtype_name(str(spec.dtype)),
            "unit": (spec.metadata or {}).get("unit", ""),
            "is_nullable": spec.nullable,
            "description": vintages.fill(spec.description),
        }
        for name, schema in TABLES.items()
        for column, spec in schema.columns.items()
    ]
    return pd.DataFrame(rows)
