"""French words of the page Carte."""

from typing import Final

from geo.formats import format_count, format_number

APP_SUBTITLE: Final = (
    "Les groupements hospitaliers de territoire (GHT) et leurs territoires modélisés"
)

# Partnerships of the chosen place
LINKS_TITLE: Final = "Partenariats recensés"
LINKS_TABLE: Final = "Ouvrir la page Partenariats : fiches, sources et tableau de ces liens"
LINKS_MISSING: Final = (
    "Les liens n'ont pas pu être affichés. La page Partenariats donne les mêmes faits."
)

# Controls
SEARCH: Final = "Rechercher un GHT, un hôpital, une commune"
SEARCH_HINT: Final = "Ex. : Troyes, 10000, CHU de Rennes, Haute-Bretagne…"
METHOD: Final = "Classes de couleur"

# Panels
PORTRAIT: Final = "Voir le portrait"
PARTNERSHIPS: Final = "Partenariats"
COMPARE: Final = "Comparer"
CONTESTED: Final = "Communes disputées"
SUPPORT_SOURCE: Final = "Source : page qui nomme l'établissement support"
SUPPORT_NAMED: Final = "Établissement support :"
NEW_TAB: Final = "nouvel onglet"
TABLE_GRID: Final = "Trier et chercher dans le tableau"
TABLE_GRID_HELP: Final = "Affiche un tableau à trier, où chercher et copier des cellules."
DOWNLOAD_TABLE: Final = "Télécharger ce tableau (CSV)"


def links_note(place: str, count: int, linked: int) -> str:
    """
    Say how many partnerships are known at a place, how many are drawn, and where the rest is.

    Parameters
    ----------
    place
        French name.
    count, linked
        Partnerships, and those of them with a link on the map.
    """
    if not count:
        return (
            f"{place} : aucun partenariat recensé, ce qui ne prouve pas qu'il n'y en a pas. "
            "Rien n'est tracé."
        )
    drawn = "aucun n'est tracé" if not linked else f"{format_number(linked)} sur la carte"
    return (
        f"{place} : {format_count(count, 'partenariat')}, {drawn}. Un lien demande deux parties "
        "localisées ; le survol le décrit, la page Partenariats donne les mêmes liens en tableau."
    )


def total_note(population: str, region: str | None, outside: str) -> str:
    """
    Say what the rows of the table add up to.

    Parameters
    ----------
    population
        Inhabitants, with their thousands apart.
    region
        French name; None for the country.
    outside
        The collectivities that no row holds, each with its inhabitants.
    """
    if region:
        return (
            f"Territoires rattachés à la région {region} : {population} habitants au total. Un "
            "territoire peut déborder sur la région voisine : il est compté en entier."
        )
    return (
        "Les GHT, les territoires hors GHT et les communes non rattachées totalisent exactement "
        f"la population des communes de métropole et des DROM : {population} habitants. Hors de "
        f"cette somme : {outside} (page Données)."
    )
