"""What travels between Python and the maps of the browser: see ``docs/protocol.md``."""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from geo.drawing.protocol_columns import LinkColumns


class Addresses(TypedDict):
    """
    What the base map is started with, once: addresses from its frame, of what the script fetches.

    Attributes
    ----------
    territories, outlines
        TopoJSON: areas by code; lines of the departements and the regions.
    finer, finerOutlines
        The same in detail, asked for by those who zoom in.
    areas
        `AreaColumns`.
    supports, sites, others
        `SiteColumns` of the support establishments, the other general hospitals, the others.
    land
        TopoJSON, one object `land`: the other countries around.
    towns, finerTowns
        `TownColumns` of the towns of the country, and of the small ones that a closer view names.
    panes
        "1" when the frame holds several maps; absent for one.
    """

    territories: str
    outlines: str
    finer: str
    finerOutlines: str
    areas: str
    supports: str
    sites: str
    others: str
    land: str
    towns: str
    finerTowns: str
    panes: NotRequired[str]


class Settings(TypedDict):
    """
    What the browser must know whatever the data; it is published with the script.

    Attributes
    ----------
    siteStyles
        `geo.drawing.palette.Mark` as dicts: `SiteColumns.style` is a place in it.
    patterns
        `geo.drawing.palette.Hatch` as dicts, by name.
    zones
        `geo.drawing.palette.Stroke` as dicts: the borders of each kind of zone, a layer on demand.
    dark
        CSS colours that are others in the dark, by the one that values name.
    selectedColor
        CSS colour of the outline of the area chosen.
    overseas
        `label` and `bounds` ([[south, west], [north, east]], degrees) of each inset.
    enlarged
        The same, of the part of the country that an inset shows larger.
    backgrounds
        By key of the address: `url` (tiles), `name`, `credit`.
    darkGrounds
        Colours under what is drawn, on a light page -> on a dark one.
    texts
        French sentences by name; {braces} are filled by the script.
    """

    siteStyles: list[dict[str, Any]]
    patterns: dict[str, dict[str, Any]]
    zones: dict[str, dict[str, Any]]
    dark: dict[str, str]
    selectedColor: str
    darkGrounds: dict[str, str]
    overseas: list[dict[str, Any]]
    enlarged: dict[str, Any]
    backgrounds: dict[str, dict[str, str]]
    texts: dict[str, str]


class Links(TypedDict, total=False):
    """
    Which links to draw: those of a file, or what a session brought.

    Attributes
    ----------
    address, columns
        Of `LinkColumns`, or the columns themselves; one of the two.
    shown
        Identifiers drawn; absent for all.
    selected
        Identifier of the one whose sheet is open.
    quiet
        Whether a click on a link is a click on the territory under it.
    """

    address: str
    columns: LinkColumns
    shown: list[str]
    selected: str | None
    quiet: bool


class Layers(TypedDict):
    """Addresses of the territories of a model, instead of those of the base map."""

    territories: str
    areas: str


class Overlay(TypedDict):
    """The address of a layer over the territories (TopoJSON), and the colours of its classes."""

    address: str
    colors: list[str]


class Places(TypedDict):
    """Sites to draw: the address of all (`SiteColumns`), and a bit for each, in base 64."""

    address: str
    mask: str


class Spot(TypedDict):
    """
    A commune or a hospital that is chosen, marked on the map.

    Attributes
    ----------
    code, name
        INSEE code of the commune or FINESS number of the site, and French name.
    lon, lat
        Degrees.
    address
        TopoJSON of the outline; absent for none.
    """

    code: str
    name: str
    lon: float
    lat: float
    address: NotRequired[str]


class PaneView(TypedDict):
    """
    One of several maps in a frame.

    Attributes
    ----------
    code, name
        Of the territory.
    text, note
        Its figure, and what the map leaves out.
    lon, lat
        Centre, degrees; `lon` alone, and None, for a territory that nothing draws.
    across, up
        From the centre to the edges, kilometres.
    """

    code: str
    name: str
    text: str
    note: str
    lon: float | None
    lat: NotRequired[float]
    across: NotRequired[float]
    up: NotRequired[float]


class Party(TypedDict):
    """
    A party of partnerships, marked on the map.

    Attributes
    ----------
    at
        Latitude and longitude, degrees.
    s
        Sector: which mark.
    n, t
        Lines of the tooltip.
    id
        The partnership to open on a click, for a place that belongs to one only.
    """

    at: list[float]
    s: str
    n: str
    t: str
    id: NotRequired[str]


class MapView(TypedDict, total=False):
    """
    What a page says besides the figures; the browser does without any of it.

    Attributes
    ----------
    colors
        CSS colours of the classes, when they are not those of the number of classes.
    selected
        `area_code` outlined and looked at.
    commune, site
        Chosen inside the area or elsewhere, absent for none.
    frame
        What to look at instead of the area or the region: west, south, east, north, degrees.
    region
        Code of the region looked at; areas of others fade.
    sites
        Level of the sites drawn: "aucun", "supports", "generaux", "tous".
    show
        Layers wanted, as in the address of the page; absent for names and borders.
    background
        Key of `Settings.backgrounds`; absent for none.
    details
        Layer on demand ("communes", "disputees", "instables", "ailleurs",
        "loin_...", a key of `Settings.zones`) -> address (TopoJSON).
    circles
        Tenths of a pixel: radius of the circle of each area, in the order of `AreaColumns`, 0 for
        none; absent for an indicator that is no count.
    steps
        Pixels: radii of the legend of these circles, in the order of `legend`.
    legend
        Texts of the classes, or of the circles, for full screen.
    links, overlay, layers, places
        What lies over the territories, or takes their place.
    panes, scale, height
        Several maps: theirs, "commune" (one scale) or "propre", and pixels of the frame.
    """

    colors: list[str]
    selected: str | None
    commune: Spot
    site: Spot
    frame: list[float]
    region: str | None
    sites: str
    show: list[str]
    background: str
    details: Mapping[str, str]
    circles: list[int]
    steps: list[float]
    legend: list[str]
    links: Links
    overlay: Overlay | None
    layers: Layers
    places: Places
    panes: list[PaneView]
    scale: str
    height: int


class MapValues(MapView):
    """
    What is painted at each rerun, `colors` always there.

    Attributes
    ----------
    classes
        A mark for each area, in the order of `AreaColumns`: a digit for a class, "h" outside any
        GHT, "n" unassigned, "?" unknown.
    label, unit
        Of the indicator.
    texts
        Formatted value of each area, without its unit; empty when unknown.
    token
        Changes with the values, and only then.
    """

    classes: str
    label: str
    unit: str
    texts: list[str]
    token: str


class Click(TypedDict, total=False):
    """
    What the map hands back, under `geo.drawing.screen_map.CLICK_KEY`: untrusted.

    Attributes
    ----------
    area_code
        Of the area chosen, None when it is chosen no longer.
    commune, site
        `insee_code` of the commune or `finess_et` of the hospital whose card
        opens, None to close it.
    link_id
        Of the link clicked; one of the four.
    count
        Of clicks: it makes a second one on the same place an event.
    """

    area_code: str | None
    commune: str | None
    site: str | None
    link_id: str
    count: int
