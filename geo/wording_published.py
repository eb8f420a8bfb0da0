"""The French words that go with published figures: how exact they are, how their year is known."""

from collections.abc import Mapping
from typing import Final

QUALIFIERS: Final[Mapping[str, str]] = {"plain": "", "more_than": "plus de", "about": "environ"}
YEAR_INFERRED: Final = "année déduite"
POPULATION_PRECISION: Final = "Précision de la population publiée"
AREA_PRECISION: Final = "Précision de la superficie publiée"
PRECISION: Final = "Précision du chiffre publié"
NOTE: Final = "Remarque sur le chiffre publié"
NOTES: Final = "Remarque"
