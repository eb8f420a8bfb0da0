"""The bundled tables of sensitivity: what communes and areas become when the rule changes."""

from typing import Final

import pandera.pandas as pa

from geo.atlas.columns import AREA_CODE, INSEE_CODE, number, table, text

SENSITIVITY_TABLES: Final[dict[str, pa.DataFrameSchema]] = {
    "commune_stability": table(
        "Part des tirages de la règle, de ses valeurs et des temps où chaque commune reste dans "
        "son territoire",
        {
            "insee_code": text("Commune", INSEE_CODE),
            "stays_percent": number(
                "Part des tirages où elle reste ; absente si la commune n'a pas de territoire",
                "%", "float64", nullable=True,
            ),
        },
        ("insee_code",),
    ),
    "area_spread": table(
        "Population de chaque territoire dans les mêmes tirages",
        {
            "area_code": text("Territoire de GHT, hors GHT ou communes non rattachées", AREA_CODE),
            "run_count": number("Nombre de tirages", "nombre", minimum=1),
            "population_lowest": number("Population la plus basse", "habitants"),
            "population_median": number("Population médiane", "habitants"),
            "population_highest": number("Population la plus haute", "habitants"),
            "spread_percent": number(
                "Écart type, en part de la population du modèle par défaut ; absent si elle est "
                "nulle",
                "%", "float64", nullable=True,
            ),
        },
        ("area_code",),
    ),
}  # fmt: skip
