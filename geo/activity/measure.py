"""What a measure of hospital activity is."""

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["stock", "flow", "rate"]
Better = Literal["", "more", "less"]

CAPACITY: Final = "Capacités"
BIRTHS: Final = "Naissances"
EMERGENCY: Final = "Urgences"
CRITICAL: Final = "Soins critiques"
IMAGING: Final = "Imagerie"
DIALYSIS: Final = "Dialyse"
PSYCHIATRY: Final = "Psychiatrie"
ACTIVITY: Final = "Activité"
STAFF: Final = "Personnel"
FAMILIES: Final = (
    CAPACITY, BIRTHS, EMERGENCY, CRITICAL, IMAGING, DIALYSIS, PSYCHIATRY, ACTIVITY, STAFF
)  # fmt: skip
SOURCE: Final = "DREES, statistique annuelle des établissements (SAE)"
KIND_NAMES: Final[dict[Kind, str]] = {
    "stock": "Stock au 31 décembre",
    "flow": "Flux de l'année",
    "rate": "Rapport de deux grandeurs",
}


@dataclass(frozen=True)
class Measure:
    """
    A figure of a site, of a GHT or of the country, for one year.

    Attributes
    ----------
    key
        Name in tables and addresses.
    label, unit
        French, for legends and tables.
    family
        One of `FAMILIES`.
    kind
        What is there on 31 December, what happened in the year, or a ratio.
    items
        What is added up of each site (see `geo.sources.adapters.sae.Survey`); empty when the
        ministry publishes the total of a GHT only, or for a ratio.
    ministry
        Columns of the ministry's table of GHTs that add up to the same; empty when it gives none.
    is_count
        True if a site counts for one where the sum of its items is above 0.
    numerator, denominator
        Measures of a ratio, each added up; for a ratio to inhabitants the denominator is empty.
    scale
        What multiplies the ratio: 100, 1,000 inhabitants...
    decimals
        Digits after the comma on screen.
    better
        Which way most readers call better; empty where it is a matter of debate.
    note
        French: what a reader must know, breaks in the series above all.
    since
        First year of which the items make the whole sum; earlier ones are unknown.
    """

    key: str
    label: str
    unit: str
    family: str
    kind: Kind
    items: tuple[str, ...] = ()
    ministry: tuple[str, ...] = ()
    is_count: bool = False
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    scale: float = 1.0
    decimals: int = 0
    better: Better = ""
    note: str = ""
    since: int = 0

    @property
    def level(self) -> Literal["site", "ght"]:
        """Whether sites have it, or GHTs only."""
        return "site" if self.items or self.denominator else "ght"

    @property
    def is_provable(self) -> bool:
        """Whether the members' sum can be compared with the ministry's total."""
        return bool(self.items and self.ministry)

    @property
    def is_modelled(self) -> bool:
        """Whether it divides a fact by the inhabitants of a modelled territory."""
        return bool(self.numerator) and not self.denominator


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def stock(
    key: str, label: str, unit: str, family: str, sums: tuple[str, str], *, note: str = ""
) -> Measure:
    """Declare what is there on 31 December; `sums` are items, and columns of the ministry."""
    items, ministry = map(_words, sums)
    return Measure(key, label, unit, family, "stock", items, ministry, note=note)


def flow(
    key: str, label: str, unit: str, family: str, sums: tuple[str, str], *, note: str = ""
) -> Measure:
    """Declare what happened in the year; `sums` are items, and columns of the ministry."""
    items, ministry = map(_words, sums)
    return Measure(key, label, unit, family, "flow", items, ministry, note=note)


def sites_with(
    key: str, label: str, unit: str, family: str, items: str, *, note: str = ""
) -> Measure:
    """Declare a number of sites: those where the items are above 0."""
    return Measure(key, label, unit, family, "stock", _words(items), is_count=True, note=note)


def staff(
    key: str, label: str, ministry: str, *, unit: str = "équivalents temps plein", note: str = ""
) -> Measure:
    """Declare staff: totals of GHTs only."""
    decimals = 1 if unit.startswith("équivalents") else 0
    return Measure(
        key, label, unit, STAFF, "stock", (), _words(ministry), decimals=decimals, note=note
    )


def ratio(
    key: str,
    label: str,
    family: str,
    parts: tuple[str, str],
    *,
    unit: str = "%",
    better: Better = "",
) -> Measure:
    """Declare a ratio of sums of measures; a share in percent unless the unit says otherwise."""
    numerator, denominator = map(_words, parts)
    scale = 100.0 if unit == "%" else 1.0
    return Measure(
        key, label, unit, family, "rate", numerator=numerator, denominator=denominator,
        scale=scale, decimals=1, better=better,
    )  # fmt: skip


def per_inhabitants(key: str, label: str, family: str, measures: str, people: int) -> Measure:
    """Declare a ratio to the inhabitants of a modelled territory."""
    unit = f"pour {people:,} habitants".replace(",", " ")
    return Measure(
        key, label, unit, family, "rate", numerator=_words(measures), scale=float(people),
        decimals=1,
    )  # fmt: skip
