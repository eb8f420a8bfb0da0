"""What goes to the map by address, a column per field: see `geo.drawing.protocol`."""

from typing import NotRequired, TypedDict


class AreaColumns(TypedDict):
    """
    Every area, in columns, in the order of `MapValues.classes` and `MapValues.texts`.

    Attributes
    ----------
    code, name
        `area_code` and French name.
    reg
        Code of the region, None for an area that has none.
    note
        Last line of the tooltip, empty for a GHT.
    """

    code: list[str]
    name: list[str]
    reg: list[str | None]
    note: list[str]


class SiteColumns(TypedDict):
    """
    Sites in columns, a row each.

    Attributes
    ----------
    id
        `finess_et`.
    lon, lat
        Degrees, 4 decimals (10 m).
    style
        Place in `Settings.siteStyles`.
    level
        2 support, 1 general, 0 other.
    reg
        Code of the region, or empty.
    area
        `area_code`, or empty; absent where no map of one territory reads the file.
    name, city
        French, or empty.
    ght
        Place in `ghts`, -1 outside any GHT.
    ghts
        Names of the GHTs, which has its own length.
    """

    id: list[str]
    lon: list[float]
    lat: list[float]
    style: list[int]
    level: list[int]
    reg: list[str]
    area: NotRequired[list[str]]
    name: list[str]
    city: list[str]
    ght: list[int]
    ghts: list[str]


class TownColumns(TypedDict):
    """
    Towns in columns, the foremost first.

    Attributes
    ----------
    name
        Of the commune, French.
    lon, lat
        Degrees, 3 decimals (100 m).
    rank
        0 a metropolis, 1 a prefecture, 2 another.
    people
        Inhabitants.
    """

    name: list[str]
    lon: list[float]
    lat: list[float]
    rank: list[int]
    people: list[int]


class LinkColumns(TypedDict):
    """
    Links between places in columns, a row each.

    Attributes
    ----------
    id
        Handed back on a click; several links may share it.
    label, text
        Lines of the tooltip.
    color, dash, width
        CSS colour, SVG dash array (empty for a plain line), pixels.
    lon1, lat1, lon2, lat2
        Ends, degrees, 4 decimals.
    keys
        Legend in full screen: triples (text, colour or empty, dash).
    """

    id: list[str]
    label: list[str]
    text: list[str]
    color: list[str]
    dash: list[str]
    width: list[float]
    lon1: list[float]
    lat1: list[float]
    lon2: list[float]
    lat2: list[float]
    keys: NotRequired[list[tuple[str, str, str]]]
