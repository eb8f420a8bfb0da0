"""The bundled tables of access: the nearest site of each service, the beds within reach."""

from typing import Final

import pandera.pandas as pa

from geo.atlas.columns import FINESS, INSEE_CODE, number, table, text

ACCESS_TABLES: Final[dict[str, pa.DataFrameSchema]] = {
    "access_times": table(
        "Site le plus proche de chaque service, depuis chaque commune",
        {
            "insee_code": text("Commune", INSEE_CODE),
            "service": text(
                "Service : maternité, lits de médecine, support ou membre du GHT de la commune "
                "(modèle par défaut), réanimation, maternité de type 3",
                among=(
                    "maternite", "medecine", "support", "membre", "reanimation", "maternite_3"
                ),
            ),
            "minutes": number(
                "Temps estimé du chef-lieu au site ; absent si rien n'y mène ou si le service est "
                "sans objet", "minutes", "float64", nullable=True,
            ),
            "finess_et": text("Site le plus proche", FINESS, nullable=True),
            "method": text(
                "Par la route, ou d'après la distance : site privé, île, plus de deux heures",
                among=("road", "crow"), nullable=True,
            ),
        },
        ("insee_code", "service"),
    ),
    "access_beds": table(
        "Lits de MCO à portée de chaque commune, partagés entre tous ceux qui les atteignent "
        "(E2SFCA)",
        {
            "insee_code": text("Commune", INSEE_CODE),
            "beds_per_1000": number(
                "Lits à portée, nuls si aucun n'est dans la dernière zone, absents si aucun temps "
                "n'est connu", "pour 1 000 habitants", "float64", nullable=True,
            ),
        },
        ("insee_code",),
    ),
}  # fmt: skip
