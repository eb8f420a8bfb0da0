"""French numbers, dates and names on screen: narrow no-break spaces, decimal commas, "inconnu"."""

import datetime as dt
import math
import re
import unicodedata
from typing import Final

import pandas as pd

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
MINUS = "−"
APOSTROPHE = "’"
UNKNOWN = "inconnu"
LEAST_MINUTES = 5
LONG_MINUTES = 30
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def is_unknown(value: object) -> bool:
    """Tell whether a cell holds no value: None, NaN, NaT or pandas' NA."""
    return value is None or value is pd.NA or value is pd.NaT or value != value  # noqa: PLR0124


def format_number(value: object, decimals: int = 0) -> str:
    """
    Write a number the French way.

    Parameters
    ----------
    value
        A number, or a missing value.
    decimals
        Digits after the comma; halves are rounded away from zero as in ordinary speech.

    Returns
    -------
    text
        For instance ``"328 030"`` or ``"48,5"``; ``"inconnu"`` when missing, never 0.
    """
    if is_unknown(value):
        return UNKNOWN
    number = float(str(value))
    if math.isinf(number):
        return UNKNOWN
    rounded = math.floor(abs(number) * 10**decimals + 0.5) / 10**decimals
    text = f"{rounded:,.{decimals}f}".replace(",", NARROW_SPACE).replace(".", ",")
    return f"{MINUS}{text}" if number < 0 and rounded else text


def format_quantity(value: object, unit: str, decimals: int = 0) -> str:
    """Write a number with its unit, kept together: ``"328 030 habitants"``."""
    text = format_number(value, decimals)
    if text == UNKNOWN or not unit:
        return text
    is_singular = abs(round(float(str(value)), decimals)) < 2  # noqa: PLR2004
    return f"{text}{NO_BREAK_SPACE}{singular_unit(unit) if is_singular else unit}"


def singular_unit(unit: str) -> str:
    """Write a unit as 0 and 1 want it: ``"entité juridique"``; a ratio and a symbol stay."""
    is_counted = unit.replace(" ", "").isalpha()
    return re.sub(r"\b(?!temps\b)(\w+)s\b", r"\1", unit) if is_counted else unit


def format_deviation(percent: object) -> str:
    """Write a deviation with its sign: ``"+3,2 %"``."""
    text = format_change(percent, 1)
    return text if text == UNKNOWN else f"{text}{NO_BREAK_SPACE}%"


def format_change(value: object, decimals: int = 0) -> str:
    """Write a change or a gap with its sign: ``"+1"``, ``"−85 269"``; nothing before 0."""
    text = format_number(value, decimals)
    is_none = text.startswith((MINUS, UNKNOWN)) or not text.strip("0,")
    return text if is_none else f"+{text}"


_TYPESET: Final = (
    (re.compile(r"(?<=[\w)])'(?=\w)"), APOSTROPHE),
    (re.compile(r"« ?(?!\s)"), f"«{NO_BREAK_SPACE}"),
    (re.compile(r" (?=[:%»])"), NO_BREAK_SPACE),
    (re.compile(r" (?=[;!?])"), NARROW_SPACE),
)


def typeset(text: str) -> str:
    """
    Set a French sentence for the screen or for paper: no sign may start a line, curly apostrophes.

    Parameters
    ----------
    text
        A sentence: not an address, a command or a cell of a file.
    """
    for found, put in _TYPESET:
        text = found.sub(put, text)
    return text


def round_minutes(minutes: float) -> float:
    """Round an estimated travel time as it is read: to the minute, by five from 30 on."""
    step = 1 if minutes <= LONG_MINUTES else LEAST_MINUTES
    rounded = float(step * math.floor(minutes / step + 0.5))
    # What is read "less than five" does not become five.
    return min(rounded, LEAST_MINUTES - 1.0) if minutes < LEAST_MINUTES else rounded


def rounded_minutes(values: pd.Series) -> pd.Series:
    """Round a column of estimated travel times as they are read; missing ones stay missing."""
    cells = [pd.NA if is_unknown(value) else round_minutes(float(value)) for value in values]
    whole = pd.Series(cells, index=values.index, name=values.name, dtype="Float64")
    return whole.astype(values.dtype)


def format_minutes(minutes: object, unit: str = "min") -> str:
    """
    Write an estimated travel time as roughly as it is known.

    Parameters
    ----------
    minutes
        Minutes, or a missing value.
    unit
        How minutes are named; empty where the head of a column names them.

    Returns
    -------
    text
        Whole minutes, by five from 30 on: ``"12 min"``, ``"45 min"``; ``"moins de 5 min"`` for the
        short ones, ``"inconnu"`` when missing.
    """
    if is_unknown(minutes):
        return UNKNOWN
    number = float(str(minutes))
    if number < LEAST_MINUTES:
        return f"moins de {LEAST_MINUTES}{NO_BREAK_SPACE * bool(unit)}{unit}"
    return format_quantity(round_minutes(number), unit)


def format_trip(minutes: object, km: object) -> str:
    """Write a travel time with its distance beside: ``"45 min (38 km)"``; km alone without it."""
    near = not is_unknown(km) and float(str(km)) < 1
    distance = f"moins de 1{NO_BREAK_SPACE}km" if near else format_quantity(km, "km")
    if is_unknown(minutes):
        return distance
    return format_minutes(minutes) + ("" if is_unknown(km) else f" ({distance})")


def format_year(year: object) -> str:
    """Write a year, without a thousands separator."""
    return "année inconnue" if is_unknown(year) else str(int(float(str(year))))


def format_date(iso: str) -> str:
    """Write an ISO date in full: ``"21 novembre 2026"``; other text is returned as it is."""
    try:
        day = dt.date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first} {MONTHS[day.month - 1]} {day.year}"


def ordinal(rank: int) -> str:
    """Write a rank: ``"1er"``, ``"12e"``."""
    return "1er" if rank == 1 else f"{rank}e"


def format_count(count: int, singular: str, plural: str | None = None) -> str:
    """Write a count and its noun: ``"1 territoire"``, ``"134 territoires"``; 0 is singular."""
    noun = singular if abs(count) < 2 else (plural or f"{singular}s")  # noqa: PLR2004
    return f"{format_number(count)}{NO_BREAK_SPACE}{noun}"


def plain_text(text: object) -> str:
    """
    Reduce a name to what a search compares: no accent, no case, no punctuation.

    Returns
    -------
    plain
        ``"saint etienne"`` for both ``"St-Étienne"`` and ``"SAINT ETIENNE"``.
    """
    decomposed = unicodedata.normalize("NFKD", str(text).replace("œ", "oe").replace("Œ", "oe"))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    words = re.sub(r"[^a-z0-9]+", " ", bare).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)
