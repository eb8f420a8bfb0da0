"""Numbers as people write them in a table: thousands apart, decimal commas, "n.d." for unknown."""

import math
import re
from typing import Final

UNKNOWN: Final = frozenset(
    {"", "nd", "na", "n/a", "ns", "s", "nc", "c", "x", "-", "–", "—", "…", "...", "/", ".", "nr",
     "secret", "inconnu", "manquant", "non disponible", "null", "nan", "#n/a"}
)  # fmt: skip
SPACES: Final = re.compile(r"[\s\u00a0\u202f\u2009']")
POINTS: Final = re.compile(r"[+-]?\d{1,3}(\.\d{3}){2,}(,\d+)?")  # 1.234.567
COMMAS: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+")  # 1,234.5
PLAIN: Final = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
MINUS: Final = str.maketrans({"−": "-", "–": "-"})
UNIT: Final = re.compile(r"(?P<label>.*\S)\s*[(\[](?P<unit>[^()\[\]]{1,40})[)\]]")
RATES: Final = re.compile(
    r"%|/|\b(pour|par|taux|part|indice|moyen|moyenne|m[ée]dian|m[ée]diane|densit[ée]|ratio)\b",
    re.IGNORECASE,
)


def is_blank(text: str) -> bool:
    """Tell a cell that says it has no value."""
    return text.strip().casefold().rstrip(".").replace(".", "") in UNKNOWN or text in UNKNOWN


def read_number(text: str) -> float | None:
    """
    Read a number.

    Returns
    -------
    number
        None when it is none; `is_blank` tells whether the cell says so.
    """
    bare = SPACES.sub("", text.translate(MINUS)).removesuffix("%").removesuffix("€")
    if POINTS.fullmatch(bare):
        bare = bare.replace(".", "")
    elif COMMAS.fullmatch(bare):
        bare = bare.replace(",", "")
    if not PLAIN.fullmatch(bare):
        return None
    number = float(bare.replace(",", "."))
    return number if math.isfinite(number) else None


def split_heading(heading: str) -> tuple[str, str]:
    """Separate a heading from its unit: "Lits (nb)" is "Lits" and "nb"."""
    found = UNIT.fullmatch(" ".join(heading.split()))
    return (found["label"], found["unit"]) if found else (" ".join(heading.split()), "")


def looks_like_rate(heading: str) -> bool:
    """Guess that a column compares something with something else."""
    return bool(RATES.search(heading))
