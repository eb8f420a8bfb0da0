"""Of which year a figure of access is, who publishes what it rests on, and how it is made."""

from dataclasses import dataclass
from typing import Final

from geo.activity.measure import SOURCE as SURVEY
from geo.atlas.load import Atlas
from geo.territories.beds import KEY as BEDS
from geo.territories.beds import method_text
from geo.territories.referral import KEY as REFERRAL
from geo.territories.referral import NOTE as REFERRAL_NOTE
from geo.territories.services import OFFICIAL_SOURCE, service_of

MINUTES_UNIT: Final = "habitants, et % des habitants dont le temps est connu"
REFERRAL_UNIT: Final = "minutes"
BEDS_UNIT: Final = "lits de MCO pour 1 000 habitants"
OFFICIAL: Final = "officiel"
MODELLED: Final = "modélisé"
METHOD: Final = (
    "{note} Temps estimé du chef-lieu de la commune au site : {travel_method} ; d'après la "
    "distance aussi vers les sites privés, que la table des routes n'a pas."
)
OFFICIAL_METHOD: Final = "{note} Les habitants sont ceux du territoire modélisé."
PEOPLE: Final = "INSEE, populations municipales {populations}"


@dataclass(frozen=True)
class Origin:
    """
    Where figures of access come from.

    Attributes
    ----------
    kind
        "officiel" or "modélisé": of the minutes.
    unit, year, source, method
        French.
    """

    kind: str
    unit: str
    year: str
    source: str
    method: str


def origin_of(atlas: Atlas, key: str) -> Origin:
    """
    Say where the figures of a service, of beds within reach or of referral come from.

    Raises
    ------
    UserError
        If the service is unknown.
    """
    people = atlas.vintages.fill(PEOPLE)
    survey = f"{SURVEY} {atlas.vintages.sae} ; {people}"
    if key == BEDS:
        return Origin(MODELLED, BEDS_UNIT, atlas.vintages.sae, survey, method_text())
    if key == REFERRAL:
        method = METHOD.format(note=REFERRAL_NOTE, travel_method=atlas.vintages.travel_method)
        return Origin(MODELLED, REFERRAL_UNIT, atlas.vintages.sae, survey, method)
    service = service_of(key)
    if service.is_official:
        method = OFFICIAL_METHOD.format(note=service.note)
        source = f"{_publisher(atlas)} ; {people}"
        return Origin(OFFICIAL, MINUTES_UNIT, atlas.vintages.drees_times, source, method)
    method = METHOD.format(note=service.note, travel_method=atlas.vintages.travel_method)
    return Origin(MODELLED, MINUTES_UNIT, atlas.vintages.sae, survey, method)


def _publisher(atlas: Atlas) -> str:
    """Name the official times and who publishes them."""
    found = [one for one in atlas.manifest.sources if one["key"] == OFFICIAL_SOURCE]
    return f"{found[0]['producer']}, {found[0]['title']}" if found else "DREES"
