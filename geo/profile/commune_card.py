"""What is known of one commune: its territory and how sure it is, its access, its people."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.atlas.columns import UNASSIGNED
from geo.atlas.load import Atlas
from geo.atlas.zone_kinds import ZONE_KINDS
from geo.atlas.zones import zone_names, zones_of
from geo.formats import (
    UNKNOWN,
    format_minutes,
    format_number,
    format_quantity,
    format_year,
    is_unknown,
)
from geo.geography.distance import pairwise_km
from geo.profile import words_cards as words
from geo.wording import MODEL_NAME, NOT_APPLICABLE

KINDS: Final = ("departement", "arrondissement", "epci", "bassin_vie", "zone_emploi")
METHODS: Final = {"road": words.BY_ROAD, "crow": words.BY_DISTANCE}


@dataclass(frozen=True)
class Fact:
    """
    One line of a card, in French.

    Attributes
    ----------
    label, value
        What it is, and its text.
    note
        Year, source or method; empty for none.
    """

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class CommuneCard:
    """
    What a card says of a commune.

    Attributes
    ----------
    name, place
        French; the departement and the code.
    answer
        Its territory, how sure, its nearest site, the second choice.
    access
        Minutes to services.
    people, zones
        Inhabitants; what it belongs to.
    notes
        How times are known, licences.
    """

    name: str
    place: str
    answer: tuple[Fact, ...]
    access: tuple[Fact, ...]
    people: tuple[Fact, ...]
    zones: tuple[Fact, ...]
    notes: tuple[str, ...]


def commune_card(atlas: Atlas, insee_code: str) -> CommuneCard:
    """
    Gather what is known of a commune.

    Parameters
    ----------
    atlas
        Its tables of access, of people, of zones and of stability are read now.
    insee_code
        A commune of the atlas.
    """
    commune = _row(atlas.communes, insee_code)
    departements = atlas.departements.set_index("dep_code").dep_name
    departement = f"{departements.get(commune.dep_code, commune.dep_code)} ({commune.dep_code})"
    return CommuneCard(
        str(commune.commune_name), words.place_text(departement, insee_code),
        _answer(atlas, commune), _access(atlas, insee_code), _people(atlas, commune),
        tuple(_zones(atlas, insee_code)),
        (atlas.vintages.fill(words.TIMES_NOTE), words.ZONES_NOTE),
    )  # fmt: skip


def _row(table: pd.DataFrame, insee_code: str) -> pd.Series:
    """Find the row of a commune; every value is missing when it has none."""
    rows = table[table.insee_code == insee_code]
    return rows.iloc[0] if len(rows) else pd.Series(pd.NA, index=table.columns)


def _answer(atlas: Atlas, commune: pd.Series) -> tuple[Fact, ...]:
    """Say which territory, how surely, by which site, and what the second choice is."""
    given = _row(atlas.assignments, commune.insee_code)
    names = atlas.territories.set_index("area_code").area_name
    if given.area_code == UNASSIGNED:
        return (Fact(words.AREA, words.UNASSIGNED),)
    stays = _row(atlas.commune_stability, commune.insee_code).stays_percent
    is_exact = is_unknown(stays) or float(stays).is_integer()  # 99,7 % is not 100 %
    stability = (
        NOT_APPLICABLE if is_unknown(stays) else format_quantity(stays, "%", int(not is_exact))
    )
    return (
        Fact(words.AREA, _named(names, given.area_code), MODEL_NAME),
        _nearest(atlas, commune, given),
        *_second(names, given),
        Fact(words.STAYS, stability, "" if is_unknown(stays) else words.STAYS_NOTE),
    )


def _named(names: pd.Series, code: object) -> str:
    """Name a territory, with its code when it is a GHT."""
    name = str(names.get(str(code), code))
    return name if str(code).startswith("HORS-") else f"GHT {name} ({code})"


def _nearest(atlas: Atlas, commune: pd.Series, given: pd.Series) -> Fact:
    """Name the site that gives the territory, its minutes and its distance."""
    sites = atlas.establishments[atlas.establishments.finess_et == given.finess_et]
    if sites.empty:
        return Fact(words.NEAREST, NOT_APPLICABLE)
    site = sites.iloc[0]
    km = pairwise_km([commune.anchor_lon], [commune.anchor_lat], [site.lon], [site.lat])[0]
    trip = words.TRIP.format(
        minutes=format_minutes(given.travel_time_min),
        method=METHODS.get(str(given.time_method), ""),
        km=words.NEXT_DOOR if km < 1 else format_quantity(km, "km"),
    )
    return Fact(words.NEAREST, str(site.site_name), trip)


def _second(names: pd.Series, given: pd.Series) -> tuple[Fact, ...]:
    """Name the second choice, and by how much the first leads it."""
    if is_unknown(given.runner_up_area_code):
        return (Fact(words.SECOND, NOT_APPLICABLE, words.ALONE),)
    second = _named(names, given.runner_up_area_code)
    return (
        Fact(words.SECOND, second, format_minutes(given.runner_up_time_min)),
        Fact(words.LEAD, format_minutes(given.margin_min), words.LEAD_NOTE),
    )


def _access(atlas: Atlas, insee_code: str) -> tuple[Fact, ...]:
    """Say how far services are: the official minutes, and those that the atlas estimates."""
    official = _row(atlas.emergency_times, insee_code)
    is_here = official.status == "equipped"
    minutes = words.EMERGENCY_HERE if is_here else format_minutes(official.minutes)
    year = format_year(official.year)
    note = "" if is_unknown(official.minutes) else words.EMERGENCY_NOTE.format(year=year)
    times = atlas.access_times
    times = times[times.insee_code == insee_code].set_index("service")
    names = atlas.establishments.set_index("finess_et").site_name
    estimated = (("maternite", words.MATERNITY), ("medecine", words.MEDICINE))
    return (
        Fact(words.EMERGENCY, minutes, note),
        *(_service(times, names, key, label) for key, label in estimated),
    )


def _service(times: pd.DataFrame, names: pd.Series, key: str, label: str) -> Fact:
    """Say how far a service is, and where."""
    if key not in times.index or is_unknown(times.minutes[key]):
        return Fact(label, UNKNOWN)
    where = names.get(times.finess_et[key])
    return Fact(label, format_minutes(times.minutes[key]), "" if is_unknown(where) else str(where))


def _people(atlas: Atlas, commune: pd.Series) -> tuple[Fact, ...]:
    """Say how many live there and how old they are."""
    ages = _row(atlas.people, commune.insee_code)
    year = words.POPULATION_NOTE.format(year=format_year(commune.population_year))
    note = atlas.vintages.fill(words.AGES_NOTE)
    return (
        Fact(words.POPULATION, format_number(commune.population), year),
        *(
            Fact(label, format_quantity(ages[key], "%", 1), note)
            for key, label in words.AGES.items()
        ),
    )


def _zones(atlas: Atlas, insee_code: str) -> Iterable[Fact]:
    """Name what the commune belongs to; a kind it is in none of has no object."""
    for kind in KINDS:
        code = zones_of(atlas, kind).get(insee_code)
        name = NOT_APPLICABLE if is_unknown(code) else zone_names(atlas, kind).get(code, code)
        yield Fact(ZONE_KINDS[kind].label, str(name), ZONE_KINDS[kind].year)
