"""French words of the charts and maps that compare territories."""

from typing import Final

PAGE: Final = "Comparer"

# Distribution
COUNT_AXIS: Final = "Nombre de GHT"

# Two measures
KIND_OTHER: Final = "GHT"
KIND_REGION: Final = "GHT de la région"
KIND_OUTLIER: Final = "GHT à l'écart"
KIND_CHOSEN: Final = "Territoire choisi"

# Profile
MEASURE: Final = "Indicateur"
COUNTRY_FIGURE: Final = "France"
LOG_MARK: Final = " (log)"
LOWEST_AXIS: Final = "plus bas"
HIGHEST_AXIS: Final = "plus haut"
MEDIAN_AXIS: Final = "médiane"


def class_text(low: str, high: str, *, is_last: bool) -> str:
    """Write the bounds of a class, the upper one left out unless it is the last."""
    return f"de {low} à {high}" if is_last else f"de {low} à moins de {high}"


def figure_title(label: str) -> str:
    """Title the maps side by side, in their file."""
    return f"{label} : territoires de GHT côte à côte"
