"""The access of a territory to services, as it is read on screen, on paper and in files."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from geo import wording
from geo.formats import (
    UNKNOWN,
    format_minutes,
    format_number,
    format_quantity,
    is_unknown,
)
from geo.profile import words_access as words
from geo.profile.territory import Profile
from geo.territories.access_origin import origin_of
from geo.territories.beds import CLASS_COUNT, method_text
from geo.territories.beds import KEY as BEDS
from geo.territories.services import SERVICES, THRESHOLDS_MIN, beyond_name, share_name

ROUNDED_TO: Final = 100  # inhabitants: the minutes bear no finer count
OF_ONES_GHT: Final = frozenset({"support", "membre"})


def people_text(people: float) -> str:
    """Write a number of inhabitants to the hundred; a few are not nobody."""
    if 0 < people < ROUNDED_TO:
        return words.FEW.format(people=ROUNDED_TO)
    return format_number(round(people / ROUNDED_TO) * ROUNDED_TO)


def services_text(profile: Profile) -> pd.DataFrame:
    """
    Write the inhabitants beyond each threshold: texts.

    Returns
    -------
    table
        A row per service: its name, a column per threshold, the inhabitants whose time is unknown,
        and whether the minutes are official. Empty for a territory without a commune.
    """
    heads = [words.BEYOND.format(minutes=threshold) for threshold in THRESHOLDS_MIN]
    columns = [words.SERVICE, *heads, words.UNKNOWN, words.ORIGIN]
    rows = [_texts(profile, str(key), row) for key, row in profile.services.iterrows()]
    return pd.DataFrame(rows, columns=columns, dtype="object")


def _texts(profile: Profile, key: str, row: pd.Series) -> list[str]:
    """Write the row of a service."""
    nowhere = _why_unknown(profile, key)
    cells = [_cell(row[share_name(t)], row[beyond_name(t)], nowhere) for t in THRESHOLDS_MIN]
    is_nowhere = nowhere == wording.NOT_APPLICABLE
    lost = nowhere if is_nowhere else people_text(row.unknown_population)
    return [_named(key), *cells, lost, _origin(profile, key)]


def _named(key: str) -> str:
    """Name a service at the head of a row."""
    label = SERVICES[key].label
    return label[0].upper() + label[1:]


def _why_unknown(profile: Profile, key: str) -> str:
    """Say what stands for a share that nobody knows."""
    is_outside = profile.kind != "ght" and key in OF_ONES_GHT
    return wording.NOT_APPLICABLE if is_outside else UNKNOWN


def _cell(share: float, people: float, nowhere: str) -> str:
    """Write a share with its inhabitants."""
    if is_unknown(share):
        return nowhere
    shown = format_quantity(share, "%", 1)
    return words.CELL.format(share=shown, people=people_text(people)) if people else shown


def _origin(profile: Profile, key: str) -> str:
    """Say whether the minutes are official, and of which year."""
    origin = origin_of(profile.atlas, key)
    return f"{origin.kind}, {origin.year}"


def services_numbers(profile: Profile) -> pd.DataFrame:
    """Give the same figures for a file: numbers, unrounded."""
    table = profile.services.reset_index()
    table["label"] = [_named(key) for key in table.service]
    table["origin"] = [_origin(profile, key) for key in table.service]
    names = dict(words.FILE_COLUMNS)
    for threshold in THRESHOLDS_MIN:
        names[beyond_name(threshold)] = words.FILE_PEOPLE.format(minutes=threshold)
        names[share_name(threshold)] = words.FILE_SHARE.format(minutes=threshold)
    return table[list(names)].rename(columns=names)


def notes_of(profile: Profile) -> Sequence[str]:
    """Say how to read the figures: what the shares are of, where the minutes come from."""
    official = origin_of(profile.atlas, "urgences")
    said = words.OFFICIAL_NOTE.format(
        origin=official.kind.capitalize(), source=official.source, method=official.method
    )
    return [words.SERVICES_NOTE, said, profile.atlas.vintages.fill(words.MODELLED_NOTE)]


def beds_text(profile: Profile) -> str:
    """Write the beds within reach: figure, class, year, method with its zones."""
    beds = profile.beds
    if beds is None or is_unknown(beds.beds_per_1000):
        return words.BEDS_UNKNOWN
    said = words.BEDS_TEXT.format(
        beds=format_number(beds.beds_per_1000, 1), place=beds.bed_class, count=CLASS_COUNT,
        name=beds.class_name, year=origin_of(profile.atlas, BEDS).year,
    )  # fmt: skip
    return f"{words.BEDS} : {said}{method_text()}"


def referrals_text(profile: Profile) -> pd.DataFrame:
    """Write where the sites of the territory turn to: texts, a row per site and level."""
    rows = [
        [
            words.REFERRAL_LEVELS[str(row.level)],
            words.TO.format(site=row.site_name, city=row.city),
            UNKNOWN
            if is_unknown(row.to_finess_et)
            else words.TO.format(site=row.to_site_name, city=row.to_city),
            format_minutes(row.minutes),
        ]
        for row in profile.referrals.itertuples()
    ]
    return pd.DataFrame(rows, columns=list(words.REFERRAL_COLUMNS), dtype="object")
