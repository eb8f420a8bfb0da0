"""The bundled tables of what stands for the code of a commune: former codes, postcodes."""

from collections.abc import Mapping

import pandera.pandas as pa

from geo.atlas.columns import INSEE_CODE, table, text

CODE_TABLES: Mapping[str, pa.DataFrameSchema] = {
    "former_communes": table(
        "Codes et noms que les communes n'ont plus (COG {cog} et ses mouvements)",
        {
            "former_code": text("Code INSEE d'alors", INSEE_CODE),
            "former_name": text("Nom d'alors"),
            "date": text(
                "Date d'effet, AAAA-MM-JJ ; absente si aucun mouvement ne la donne",
                r"^\d{4}-\d{2}-\d{2}$",
                nullable=True,
            ),
            "kind": text(
                "Ce qu'elle est devenue : fusionnée, partagée entre plusieurs, changée de code ou "
                "de nom, déléguée ou associée à une autre",
                among=(
                    "fusion", "partage", "changement_code", "changement_nom", "deleguee",
                    "associee",
                ),
            ),
            "current_code": text("Commune d'aujourd'hui", INSEE_CODE),
        },
        ("former_code", "former_name", "current_code"),
    ),
    "postcodes": table(
        "Communes de chaque code postal",
        {
            "postcode": text("Code postal", r"^\d{5}$"),
            "insee_code": text("Commune", INSEE_CODE),
        },
        ("postcode", "insee_code"),
    ),
}  # fmt: skip
