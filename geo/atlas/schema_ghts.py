"""The bundled tables of GHTs: the list in use, the one before, and what happened since."""

from collections.abc import Mapping

import pandera.pandas as pa

from geo.atlas.columns import FINESS, GHT_CODE, REG_CODE, flag, number, table, text

COUNT = "nombre"
_MEMBERS = {
    "ght_code": text("GHT", GHT_CODE),
    "finess_ej": text("Entité juridique de la liste", FINESS),
    "entity_name": text("Nom", nullable=True),
    "city": text("Ville", nullable=True),
    "role": text("Rôle", among=("support", "partie", "associe", "partenaire")),
    "evidence": text(
        "Prouvé par les totaux du ministère, repris de la liste précédente, lu dans la "
        "source ou déduit",
        among=("proved", "carried", "read", "deduced"),
    ),
    "vintage": text("Millésime"),
    "source": text("Source"),
    "current_finess_ej": text("Entité qui lui succède, ou elle-même", FINESS),
    "successor_evidence": text("Comment la succession est établie", nullable=True),
}

GHT_TABLES: Mapping[str, pa.DataFrameSchema] = {
    "ghts": table(
        "Groupements hospitaliers de territoire",
        {
            "ght_code": text("Code de la liste nationale", GHT_CODE),
            "ght_name": text("Nom"),
            "region": text("Région, telle que publiée"),
            "reg_code": text("Région (celle du support quand il y en a deux)", REG_CODE),
            "listed_member_count": number("Membres dans la liste en vigueur", COUNT),
            "current_member_count": number("Membres après fusions enregistrées", COUNT),
            "composition_vintage": text("Millésime de la composition"),
            "composition_source": text("Source de la composition"),
            "support_finess_ej": text("Établissement support", FINESS, nullable=True),
            "support_name": text("Nom de l'établissement support", nullable=True),
            "support_evidence": text(
                "Publié, ou présumé et par quelle règle",
                among=("published", "presumed_beds", "unknown"),
            ),
            "support_year": text("Année de la source ou des lits", nullable=True),
            "support_source": text("Adresse de la source", r"^https?://", nullable=True),
            "support_note": text("Comment le support est connu", nullable=True),
            "is_thematic": flag("GHT de psychiatrie, sans territoire général"),
        },
        ("ght_code",),
    ),
    "members": table(
        "Membres des GHT, une ligne par entité de la liste en vigueur",
        {
            **_MEMBERS,
            "is_in_finess": flag("A un site connu, elle ou son successeur"),
            "has_general_site": flag("A un site général dans le modèle"),
            "is_public_hospital": flag("Établissement public de santé", nullable=True),
        },
        ("finess_ej",),
    ),
    "earlier_members": table(
        "Membres des GHT, une ligne par entité de la liste précédente",
        {**_MEMBERS, "current_ght_code": text("GHT d'aujourd'hui", GHT_CODE, nullable=True)},
        ("finess_ej",),
    ),
    "ght_history": table(
        "Ce qui est arrivé à chaque GHT depuis sa création",
        {
            "ght_code": text(
                "GHT d'aujourd'hui, absent pour un fait national", GHT_CODE, nullable=True
            ),
            "listed_code": text("Code du GHT à l'époque", GHT_CODE, nullable=True),
            "kind": text(
                "Nature",
                among=("create", "merge", "split", "rename", "join", "leave", "fusion", "other"),
            ),
            "date": text("Année, mois, jour ou intervalle", nullable=True),
            "certainty": text("Origine de la date", among=("stated", "inferred", "planned")),
            "detail": text("Ce qui s'est passé"),
            "source_url": text("Adresse de la source", r"^https?://"),
        },
        ("ght_code", "listed_code", "date", "detail"),
    ),
    "former_ghts": table(
        "GHT de la liste précédente qui n'existent plus, et ceux qui ont leurs membres",
        {
            "former_code": text("Code d'avant", GHT_CODE),
            "former_name": text("Nom d'avant"),
            "ght_code": text("GHT d'aujourd'hui", GHT_CODE),
            "member_count": number("Membres repris", COUNT),
        },
        ("former_code", "ght_code"),
    ),
}  # fmt: skip
