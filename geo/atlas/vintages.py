"""What French texts repeat of the data: the vintages of the sources, how times are estimated."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.formats import MONTHS, format_date

# First and last year of the measured change: the columns `population_<year>` of the communes.
CHANGE_YEARS: Final = (2015, 2021)
UNDATED: Final = "non datée"
UNSAID: Final = "méthode non dite"
LINE: Final = ("hôpitaux", "membres", "population", "temps de trajet estimés")
TRAVEL_METHOD: Final = (
    "{time} ; écart moyen de {error} min avec les temps officiels vers les urgences, dans les "
    "départements qui n'ont pas servi au calage ; outre-mer, d'après la distance, calée de même"
)
NO_DATE: Final = "de date inconnue"
# Registers that say where the sites are: how their keys begin -> the name people give them. Of
# those of several years, the last one.
SITE_REGISTERS: Final[Mapping[str, str]] = {"sae_": "SAE", "finess": "FINESS"}
# Lists of members, the one in use first when the data have it.
MEMBER_LISTS: Final = ("composition", "members_2024", "members")
EARLIER_LIST: Final = "members"
_DATE: Final = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_YEAR: Final = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Vintages:
    """
    Facts that texts name, in French: words hold templates, `fill` completes them.

    Attributes
    ----------
    contours, cog, populations, mayotte, context, ages, incomes, finess, drees_times
        Vintages of sources, dates in full.
    members, earlier
        Vintage of the list of members in use; first year of the one before.
    finess_year
        Year of `finess`.
    sae
        Latest year of the survey of hospitals.
    sites
        Registers that say where the sites are, each with its vintage.
    line
        What stands under every map and in every export, in one line.
    travel_time
        How a travel time is estimated.
    travel_method
        The same, with its error.
    """

    contours: str
    cog: str
    populations: str
    mayotte: str
    context: str
    ages: str
    incomes: str
    finess: str
    drees_times: str
    members: str
    earlier: str
    finess_year: str
    sae: str
    sites: str
    line: str
    travel_time: str
    travel_method: str

    def fill(self, template: str) -> str:
        """Write these facts where a text names them: ``"FINESS {finess}"``."""
        return template.format_map(vars(self))


def vintages_of(sources: Iterable[Mapping[str, str]], parameters: Mapping[str, Any]) -> Vintages:
    """
    Gather the facts that texts name.

    Parameters
    ----------
    sources, parameters
        Of the manifest.

    Returns
    -------
    vintages
        A source that is not listed is undated.
    """
    listed = {source["key"]: source for source in sources}
    raw = {key: source["vintage"] for key, source in listed.items()}
    texts = {key: vintage_text(vintage) for key, vintage in raw.items()}
    keys = (
        "contours",
        "populations",
        "mayotte",
        "context",
        "ages",
        "incomes",
        "finess",
        "drees_times",
    )
    registers = _registers(raw)
    members = next((texts[key] for key in MEMBER_LISTS if texts.get(key)), UNDATED)
    time, method = _travel(parameters)
    return Vintages(
        **{key: texts.get(key, UNDATED) for key in keys},
        cog=texts.get("cog_communes", UNDATED),
        members=members,
        earlier=_first_year(raw.get(EARLIER_LIST, UNDATED)),
        finess_year=_year(raw.get("finess", UNDATED)),
        sae=max((year for key, year in raw.items() if key.startswith("sae_")), default=UNDATED),
        sites=" et ".join(f"{name} {vintage_text(when)}" for name, when in registers) or UNDATED,
        line=_line(registers, members, texts.get("populations", UNDATED), parameters),
        travel_time=time,
        travel_method=method,
    )


def _registers(vintages: Mapping[str, str]) -> list[tuple[str, str]]:
    """Name the registers of the sites, each with its last vintage."""
    found = (
        (name, max((vintages[key] for key in vintages if key.startswith(start)), default=""))
        for start, name in SITE_REGISTERS.items()
    )
    return [(name, vintage) for name, vintage in found if vintage]


def _line(
    registers: Iterable[tuple[str, str]], members: str, people: str, parameters: Mapping[str, Any]
) -> str:
    """Say in one line of when hospitals, members and people are, and how times are known."""
    hospitals = " et ".join(f"{_year(when)} ({name})" for name, when in registers)
    time = str(parameters.get("travel_time", ""))
    parts = [
        hospitals or NO_DATE,
        *(NO_DATE if part == UNDATED else part for part in (members, people)),
    ]
    return " · ".join(
        f"{noun} {part}".strip() for noun, part in zip(LINE, [*parts, time], strict=True)
    )


def vintage_text(vintage: str) -> str:
    """Write a vintage with its dates in full: ``"2018 et octobre 2026"``."""
    return _DATE.sub(lambda found: _date(found.group()), vintage)


def _date(iso: str) -> str:
    """Write a day or a month in full."""
    if format_date(iso) != iso:
        return format_date(iso)
    year, month = iso.split("-")[:2]
    return f"{MONTHS[int(month) - 1]} {year}" if 1 <= int(month) <= len(MONTHS) else iso


def _first_year(vintage: str) -> str:
    """Keep the first year that a text names; the text as it is when it names none."""
    found = _YEAR.search(vintage)
    return found.group() if found else vintage


def _year(vintage: str) -> str:
    """Keep the year of a date; another text as it is."""
    return vintage[:4] if _DATE.fullmatch(vintage) else vintage


def _travel(parameters: Mapping[str, Any]) -> tuple[str, str]:
    """Say how times are estimated, then how far they are from the official ones."""
    time = str(parameters.get("travel_time", UNSAID))
    if "travel_error_min" not in parameters:
        return time, time
    error = f"{parameters['travel_error_min']:.1f}".replace(".", ",")
    return time, TRAVEL_METHOD.format(time=time, error=error)
