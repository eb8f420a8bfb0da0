"""What is known of one hospital site: whose it is, what it has and does, why it counts or not."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.activity.measure import SOURCE
from geo.activity.tables import site_activity
from geo.atlas.load import Atlas
from geo.establishments import words as establishments_words
from geo.establishments.explorer import entity_names
from geo.establishments.layers import town
from geo.formats import is_unknown
from geo.profile import words_cards as words
from geo.profile.activity import Line, lines_of, years_of
from geo.profile.commune_card import Fact

SHOWN: Final = (
    "beds_mco", "beds_smr", "beds_psychiatry", "beds_usld", "places_mco", "deliveries",
    "maternities_type_1", "maternities_type_2", "maternities_type_3", "emergency_visits",
    "emergency_sites", "smur", "beds_icu_adults", "beds_icu_children", "scanners", "mri",
)  # fmt: skip


@dataclass(frozen=True)
class SiteCard:
    """
    What a card says of a site.

    Attributes
    ----------
    name, place
        French; its town and its number.
    facts
        Whose it is, of which category, whether the model counts it and why.
    lines
        What it declares of `SHOWN` in the last year, with the years before.
    years
        First and last of the survey; None for a site that is not surveyed.
    note
        Source of the lines, or why there is none.
    partnerships
        Identifier and title of those where the site or its entity is a party.
    finess_ej, ght_code
        Of its entity; None outside any GHT.
    """

    name: str
    place: str
    facts: tuple[Fact, ...]
    lines: tuple[Line, ...]
    years: tuple[int, int] | None
    note: str
    partnerships: tuple[tuple[str, str], ...]
    finess_ej: str
    ght_code: str | None


def site_card(atlas: Atlas, finess_et: str) -> SiteCard:
    """
    Gather what is known of a site.

    Parameters
    ----------
    atlas
        Its table of the activity of sites is read now.
    finess_et
        A site of the atlas.
    """
    rows = atlas.establishments[atlas.establishments.finess_et == finess_et]
    site = rows.iloc[0]
    communes = atlas.communes.set_index("insee_code").commune_name
    where = str(town(rows, communes).iloc[0])
    activity = site_activity(atlas, finess_et)
    ends = years_of(activity)
    note = words.NOT_SURVEYED
    if ends:
        note = words.ACTIVITY_NOTE.format(source=SOURCE, first=ends[0], last=ends[1])
    return SiteCard(
        finess_et if is_unknown(site.site_name) else str(site.site_name),
        words.site_number(finess_et, where), _facts(atlas, site), _declared(activity, ends),
        ends, note, _partnerships(atlas, site), str(site.finess_ej),
        None if is_unknown(site.ght_code) else str(site.ght_code),
    )  # fmt: skip


def _facts(atlas: Atlas, site: pd.Series) -> tuple[Fact, ...]:
    """Say whose the site is, what it is, and whether the model counts it."""
    entity = entity_names(atlas).get(site.finess_ej, site.finess_ej)
    status = establishments_words.STATUSES.get(str(site.public_status), "")
    counts = words.IN_MODEL if site.is_general else words.NOT_IN_MODEL
    parts = (site.address, site.postal_code, site.city)
    address = " ".join(str(part) for part in parts if not is_unknown(part))
    facts = [
        Fact(words.ENTITY, str(entity), str(site.finess_ej)),
        Fact(words.CATEGORY, _text(site.category_label), status),
        Fact(words.GHT, *_ght(atlas, site)),
        Fact(words.REASON, counts, _text(site.general_reason)),
        Fact(words.ADDRESS, address, words.NOT_LOCATED if is_unknown(site.lon) else ""),
    ]
    return tuple(fact for fact in facts if fact.value)


def _text(cell: object) -> str:
    """Write a cell; empty when it is missing."""
    return "" if is_unknown(cell) else str(cell)


def _ght(atlas: Atlas, site: pd.Series) -> tuple[str, str]:
    """Name the GHT of a site, and its place in it."""
    if is_unknown(site.ght_code):
        return words.OUTSIDE, ""
    led = atlas.ghts.set_index("ght_code").loc[site.ght_code]
    key = str(site.role)
    if not is_unknown(led.support_finess_ej) and led.support_finess_ej == site.finess_ej:
        is_published = led.support_evidence == "published"
        key = "support_published" if is_published else "support_presumed"
    role = establishments_words.ROLE_LABELS.get(key, "")
    return f"{led.ght_name} ({site.ght_code})", role


def _declared(activity: pd.DataFrame, ends: tuple[int, int] | None) -> tuple[Line, ...]:
    """Keep what the site declares in the last year: a nought of what it never had says nothing."""
    if ends is None:
        return ()
    found = {line.measure: line for line in lines_of(activity)}
    return tuple(
        found[key]
        for key in SHOWN
        if key in found and ends[1] in found[key].values and any(found[key].values.values())
    )


def _partnerships(atlas: Atlas, site: pd.Series) -> tuple[tuple[str, str], ...]:
    """List the partnerships that name the site or its entity as a party."""
    parties = atlas.partnership_parties
    is_party = (parties.finess_et == site.finess_et) | (parties.finess_ej == site.finess_ej)
    ids = set(parties.partnership_id[is_party])
    found = atlas.partnerships[atlas.partnerships.partnership_id.isin(ids)]
    return tuple(zip(found.partnership_id, found.title, strict=True))
