"""The folium map: a base that never changes, and a layer that carries values only."""

import json
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import folium
import pandas as pd
from branca.element import MacroElement
from folium.template import Template

from geo import wording
from geo.atlas.columns import PAINTED
from geo.drawing import palette, words
from geo.drawing.circles import Circles
from geo.drawing.classes import Classes
from geo.drawing.protocol import Addresses, MapValues, MapView, Settings
from geo.drawing.protocol_columns import AreaColumns, LinkColumns
from geo.formats import UNKNOWN, is_unknown

CLICK_KEY: Final = "atlas_click"
CENTRE: Final = (46.6, 2.4)
LAST_ZOOM: Final = 12  # beyond, the borders drawn are straight lines
NOT_CLASSED: Final[Mapping[str, str]] = {"hors_ght": "h", "unassigned": "n"}
UNKNOWN_MARK: Final = "?"
OVERSEAS: Final = (
    ("Guadeloupe", (15.80, -61.85, 16.55, -60.95)),
    ("Martinique", (14.35, -61.27, 14.92, -60.77)),
    ("Guyane", (2.05, -54.65, 5.80, -51.55)),
    ("La Réunion", (-21.42, 55.18, -20.83, 55.87)),
    ("Mayotte", (-13.03, 45.00, -12.61, 45.33)),
)

ENLARGED: Final = ("Île-de-France", (48.57, 1.78, 49.13, 2.98))
# Asked for by the browser once chosen, never before: everything else works without a network.
BACKGROUNDS: Final[Mapping[str, str]] = {
    "ign": (
        "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
        "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png"
        "&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
    ),
    "osm": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
}


@dataclass(frozen=True)
class MapAddresses:
    """
    Where the browser finds what it draws, relative to the frame of the map.

    Attributes
    ----------
    script, style
        Leaflet and the code of the map.
    territories, outlines
        TopoJSON.
    finer, finer_outlines
        TopoJSON of the same in detail, for those who zoom in.
    areas, supports, sites, others
        Columnar JSON, see `area_columns` and `site_columns`.
    land
        TopoJSON of the other countries.
    towns, finer_towns
        Columnar JSON: towns of the country, and the small ones for those who zoom in.
    """

    script: str
    style: str
    territories: str
    outlines: str
    finer: str
    finer_outlines: str
    areas: str
    supports: str
    sites: str
    others: str
    land: str
    towns: str
    finer_towns: str


def script_json(value: object) -> str:
    """Write a value as JSON that is safe inside a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


class StartElement(MacroElement):
    """Start the browser's side of the map; belongs to the base map and never changes."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "Atlas.map.start({{ this._parent.get_name() }}, {{ this.addresses }});"
        "{% endmacro %}"
    )

    def __init__(self, addresses: Addresses) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "AtlasStart"
        self.addresses = script_json(addresses)


class PaintElement(MacroElement):
    """Paint values; travels at each rerun in a feature group."""

    _template = Template(
        "{% macro script(this, kwargs) %}Atlas.map.paint({{ this.values }});{% endmacro %}"
    )

    def __init__(self, values: MapValues) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "AtlasPaint"
        self.values = script_json(values)


def settings() -> Settings:
    """List what the browser needs to know once, whatever the data: it travels with the script."""
    return {
        "siteStyles": [asdict(mark) for mark in palette.MARKS.values()],
        "patterns": {key: asdict(hatch) for key, hatch in palette.HATCHES.items()},
        "zones": {key: asdict(stroke) for key, stroke in palette.ZONE_STROKES.items()},
        "selectedColor": palette.SELECTED,
        "dark": dict(palette.DARK),
        "darkGrounds": dict(palette.DARK_GROUNDS),
        "overseas": [
            {"label": label, "bounds": [[box[0], box[1]], [box[2], box[3]]]}
            for label, box in OVERSEAS
        ],
        "enlarged": {"label": ENLARGED[0], "bounds": [[*ENLARGED[1][:2]], [*ENLARGED[1][2:]]]},
        "backgrounds": {
            key: {
                "url": address,
                "name": words.BACKGROUND_NAMES[key],
                "credit": words.BACKGROUND_CREDITS[key],
            }
            for key, address in BACKGROUNDS.items()
        },
        "texts": {
            "title": wording.MAP_TITLE,
            "help": wording.MAP_HELP,
            "home": words.HOME,
            "zoomIn": wording.MAP_ZOOM_IN,
            "zoomOut": wording.MAP_ZOOM_OUT,
            "retry": wording.MAP_RETRY,
            "noClick": wording.MAP_NO_CLICK,
            "noGeometry": wording.MAP_NO_GEOMETRY,
            "noSites": wording.MAP_NO_SITES,
            "outside": wording.OUTSIDE_GHT,
            "unknown": UNKNOWN,
            "attribution": wording.MAP_ATTRIBUTION,
            "noValue": wording.UNKNOWN_VALUE,
            "close": words.CLOSE,
            "legend": words.LEGEND,
            "insets": words.INSETS,
            "fullScreen": words.FULL_SCREEN,
            "fullScreenEnd": words.FULL_SCREEN_END,
            "noFullScreen": words.NO_FULL_SCREEN,
            "measure": words.MEASURE,
            "measureStart": words.MEASURE_START,
            "measureTotal": words.MEASURE_TOTAL,
            "noBackground": words.NO_BACKGROUND,
            "noLayer": words.NO_LAYER,
            "twoFingers": words.TWO_FINGERS,
            "linkSheet": words.LINK_SHEET,
            "noValues": words.NO_VALUES,
            "wrongView": words.WRONG_VIEW,
            "elsewhere": words.ELSEWHERE,
            "stack": words.STACK,
            "stackMore": words.STACK_MORE,
            "stackHelp": words.STACK_HELP,
            **words.PANE_TEXTS,
        },
    }


def _fetched(addresses: MapAddresses) -> Addresses:
    """Addresses of the files that the script fetches."""
    return {
        "territories": addresses.territories, "outlines": addresses.outlines,
        "finer": addresses.finer, "areas": addresses.areas, "supports": addresses.supports,
        "sites": addresses.sites, "others": addresses.others,
        "finerOutlines": addresses.finer_outlines, "land": addresses.land,
        "towns": addresses.towns, "finerTowns": addresses.finer_towns,
    }  # fmt: skip


def base_map(addresses: MapAddresses, *, has_panes: bool = False) -> folium.Map:
    """
    Build the base map: no tiles, no third-party asset, nothing that depends on the view.

    Parameters
    ----------
    addresses
        Versioned by content: the map is remounted when the data changes, and only then.
    has_panes
        Whether the frame holds several maps kept in step: see `geo.comparison.windows.panes_view`.

    Returns
    -------
    chart
        A new map each time: streamlit-folium changes the one it is given.
    """
    chart = folium.Map(
        location=list(CENTRE),
        zoom_start=5,
        tiles=None,
        zoom_control=False,
        zoom_snap=0.1,
        prefer_canvas=False,
    )
    # Folium only bounds the zoom of the tiles that it adds itself.
    chart.options |= {"min_zoom": 3, "max_zoom": LAST_ZOOM}
    chart.default_js = [("atlas_script", addresses.script)]
    chart.default_css = [("atlas_style", addresses.style)]
    start = _fetched(addresses)
    if has_panes:
        start["panes"] = "1"
    chart.add_child(StartElement(start))
    return chart


def paint_layer(values: MapValues) -> folium.FeatureGroup:
    """Wrap values (see `paint_values`) in the feature group that streamlit-folium sends."""
    group = folium.FeatureGroup(name="valeurs", control=False)
    group.add_child(PaintElement(values))
    return group


def area_columns(areas: pd.DataFrame) -> AreaColumns:
    """
    Lay out what the browser must know of each area, once per version of the data.

    Parameters
    ----------
    areas
        See `geo.territories.measures.territory_table`. The order of rows is the order of values
        afterwards.
    """
    notes = [
        wording.OUTSIDE_GHT if kind == "hors_ght" else "" if kind in PAINTED else wording.UNASSIGNED
        for kind in areas.kind
    ]
    regions = areas.reg_code.astype(object).where(areas.reg_code.notna(), None)
    return {
        "code": areas.area_code.tolist(),
        "name": areas.area_name.tolist(),
        "reg": regions.tolist(),
        "note": notes,
    }


def link_columns(links: pd.DataFrame) -> LinkColumns:
    """
    Lay out links between places for the browser, to be published and given by address.

    Parameters
    ----------
    links
        One row per link: `link_id` (handed back on a click), `label`, `text` (second line of the
        tooltip), `color`, `dash` (SVG dash array, empty for a plain line), `width` (pixels), and
        the ends `lon1`, `lat1`, `lon2`, `lat2` in degrees, EPSG:4326.

    Returns
    -------
    columns
        The same, ends with 4 decimals (10 m). Links that share their ends fan out in the order of
        rows; one whose ends are the same place becomes a loop.
    """
    return {
        "id": links.link_id.tolist(), "label": links.label.tolist(), "text": links.text.tolist(),
        "color": links.color.tolist(), "dash": links.dash.tolist(), "width": links.width.tolist(),
        "lon1": links.lon1.round(4).tolist(), "lat1": links.lat1.round(4).tolist(),
        "lon2": links.lon2.round(4).tolist(), "lat2": links.lat2.round(4).tolist(),
    }  # fmt: skip


def class_marks(areas: pd.DataFrame, classes: Classes) -> str:
    """
    Write the class of each area as one character.

    Returns
    -------
    marks
        A digit for a class, "h" outside any GHT, "n" unassigned, "?" unknown; in row order.
    """
    numbers = classes.numbers.reindex(areas.index)
    return "".join(
        NOT_CLASSED.get(kind) or (UNKNOWN_MARK if pd.isna(number) else str(int(number)))
        for kind, number in zip(areas.kind, numbers, strict=True)
    )


def circle_view(areas: pd.DataFrame, found: Circles, decimals: int) -> MapView:
    """
    Say which circles a map draws; to merge in the view of `paint_values`.

    Parameters
    ----------
    areas
        The rows given to `area_columns`, in the same order.
    found
        Circles of the GHT areas, index among theirs.
    decimals
        Of the indicator.
    """
    radii = found.radii.reindex(areas.index).fillna(0)
    return {
        "circles": [round(10 * radius) for radius in radii],
        "steps": [round(found.radius(step), 1) for step in found.steps],
        "legend": found.texts(decimals),
    }


def paint_values(
    areas: pd.DataFrame,
    classes: Classes,
    measure: tuple[str, str],
    texts: Sequence[str],
    view: MapView,
) -> MapValues:
    """
    Gather what changes with the view: about 2 kB for the whole country.

    Parameters
    ----------
    areas
        Same rows, same order as given to `area_columns`.
    classes
        Classes of the GHT areas.
    measure
        Name and unit of the indicator, for the tooltip.
    texts
        Formatted value of each area, without its unit.
    view
        What the page says besides; what it names wins, colours included.
    """
    marks, colors = class_marks(areas, classes), palette.sequential(classes.count)
    if view.get("circles"):  # the circle tells the count: the area tells nothing
        marks, colors = re.sub(r"\d", "0", marks), [palette.LAND]
    values: MapValues = {
        "classes": marks,
        "colors": colors,
        "label": measure[0],
        "unit": measure[1],
        "texts": list(texts),
        "token": "",
        **view,
    }
    values["token"] = f"{zlib.crc32(script_json(values).encode()):08x}"
    return values


def measure_texts(values: pd.Series, write: Callable[[object], str]) -> list[str]:
    """Write one indicator for every area; an empty text stands for an unknown value."""
    return ["" if is_unknown(value) else write(value) for value in values]
