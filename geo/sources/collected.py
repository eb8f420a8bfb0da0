"""The facts that were read in public sources and are kept as files: lists, members, figures."""

from geo.sources.source import LICENCE_OUVERTE, Source

PAGE = "https://www.data.gouv.fr/fr/datasets/etablissements-de-sante-par-ght/"


def _fact(
    key: str, file_name: str, title: str, vintage: str, description: str, url: str = PAGE
) -> Source:
    return Source(
        key=key,
        file_name=file_name,
        title=title,
        producer="Atlas GHT, relevé de sources publiques",
        url=url,
        licence=LICENCE_OUVERTE,
        vintage=vintage,
        description=description,
    )


FACTS = (
    _fact(
        "ghts",
        "ghts.csv",
        "Liste des GHT, millésime précédent",
        "2018 et 2026-10",
        "Liste ministérielle 2018 ; "
        "groupements FINESS d'octobre 2026 pour la Bourgogne-Franche-Comté.",
    ),
    _fact(
        "members",
        "ght_members.csv",
        "Membres des GHT, millésime précédent",
        "2018 et 2026-10",
        "Entité juridique, GHT, rôle et preuve de chaque membre.",
    ),
    _fact(
        "successors",
        "ej_successors.csv",
        "Entités juridiques fusionnées",
        "2021",
        "Successeur de chaque entité de 2018 absente de FINESS 2021.",
    ),
    _fact(
        "members_2024",
        "ght_members_2024.csv",
        "Membres des GHT en 2024",
        "2024",
        "Entités dont la somme redonne exactement les totaux publiés par le ministère pour chaque "
        "GHT (SAE 2024) ; 80 membres hors de cette enquête, repris de 2018.",
    ),
    _fact(
        "successors_2024",
        "ej_successors_2018_to_2024.csv",
        "Entités juridiques fusionnées depuis 2018",
        "2024",
        "Successeur de chaque entité fusionnée entre 2021 et 2024, lu dans les sites de la SAE.",
    ),
    _fact(
        "published",
        "published_figures.csv",
        "Chiffres publiés par les GHT",
        "2016 à 2025",
        "Population, surface, membres et lits publiés, avec année et source.",
        "https://www.reseau-chu.org/",
    ),
    _fact(
        "compositions",
        "compositions_published_aube_loire.csv",
        "Compositions publiées par deux GHT",
        "2016 à 2022",
        "Membres nommés par les GHT Aube et Sézannais et Loire.",
        "https://ghtloire.fr",
    ),
)
