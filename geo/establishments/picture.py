"""The map of establishments, to take away: exactly those kept, by category, legend and scale."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

import geopandas as gpd
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from geo.atlas.load import Atlas
from geo.atlas.provenance import map_sources
from geo.drawing import palette
from geo.drawing.paper_frames import Window, near, territories_in, windows_of
from geo.drawing.paper_marks import SITE_GROUPS, mark_handle, to_bytes
from geo.drawing.paper_page import Ground, PaperMap, draw
from geo.establishments import words
from geo.establishments.layers import site_marks, support_marks, town
from geo.formats import format_count

GROUND, EDGE = "#f4f1ea", "#aab2b9"
MANY: Final = 2000  # marks of a national map, beyond which they are drawn smaller
SCALES: Final = {True: 0.45, False: 0.8}


@dataclass(frozen=True)
class SiteMap:
    """
    Everything that the picture of establishments shows.

    Attributes
    ----------
    place
        French words for the filters in force.
    sites
        `lon`, `lat` (degrees, missing when unknown), `mark` (a key of `palette.MARKS`).
    focus
        Codes of the territories that the map is drawn around.
    """

    place: str
    sites: pd.DataFrame = field(repr=False)
    focus: Collection[str] = field(repr=False)

    @property
    def title(self) -> str:
        """Title of the picture."""
        return words.SITES_TITLE.format(place=self.place)


def draw_sites(atlas: Atlas, drawn: SiteMap) -> Figure:
    """
    Draw establishments over plain territories.

    Parameters
    ----------
    atlas
        Where the outlines are read.
    drawn
        What the map shows.

    Returns
    -------
    figure
        Map, insets, legend, scale, source and date; the sites without coordinates are counted.

    Raises
    ------
    UserError
        If nothing is drawn there.
    """
    count = int(drawn.sites.lon.isna().sum())
    left = words.SITES_LEFT.format(count=format_count(count, "site")) if count else ""
    total = format_count(len(drawn.sites), "site")
    is_close = len(drawn.focus) == 1
    return draw(
        PaperMap(
            title=drawn.title, place=drawn.place, source=map_sources(atlas),
            subtitle=words.SITES_SUBTITLE.format(count=total, left=left).strip(),
            windows=windows_of(atlas, list(drawn.focus)), focus=drawn.focus, paint=_plain,
            areas=lambda window: territories_in(atlas, window, detailed=is_close),
            legend=[(words.SITES_LEGEND, _handles(drawn))],
            sites=drawn.sites, outline_width=1.6,
            mark_scale=SCALES[len(drawn.sites) > MANY],
        )
    )  # fmt: skip


def _plain(axes: Axes, _: Window, shapes: gpd.GeoDataFrame, around: gpd.GeoDataFrame) -> Ground:
    """Draw the territories of a window, without a colour of their own."""
    near(shapes, around).plot(ax=axes, color=GROUND, edgecolor=EDGE, linewidth=0.4)
    return around


def _handles(drawn: SiteMap) -> list[Artist]:
    """List the marks that the map uses."""
    used = set(drawn.sites["mark"][drawn.sites.lon.notna()])
    return [mark_handle(key) for key in palette.MARKS if key in used]


def site_map_bytes(atlas: Atlas, drawn: SiteMap, form: str) -> bytes:
    """Draw a map and write it (see `draw_sites` and `geo.drawing.paper_marks.to_bytes`)."""
    return to_bytes(draw_sites(atlas, drawn), form, atlas.manifest.build_date, drawn.title)


def support_sites(atlas: Atlas) -> pd.DataFrame:
    """
    Find the site that stands for each support establishment: its largest category first.

    Returns
    -------
    sites
        Rows of the table, with `mark`: how the support is known.
    """
    sites, supports = atlas.establishments, support_marks(atlas.ghts)
    chosen = sites[sites.finess_ej.isin(supports) & sites.is_general & sites.lon.notna()]
    order = {name: place for place, name in enumerate(SITE_GROUPS)}
    ranked = chosen.assign(_rank=chosen.category_group.map(order).fillna(len(order)))
    first = ranked.sort_values(["_rank", "finess_et"]).drop_duplicates("finess_ej")
    return first.assign(mark=first.finess_ej.map(supports))


def support_handles(sites: pd.DataFrame) -> list[Artist]:
    """List the marks of the support establishments that a map shows."""
    used = set(sites["mark"])
    return [mark_handle(key) for key in palette.SUPPORTS if key in used]


def territory_sites(atlas: Atlas, area_code: str) -> pd.DataFrame:
    """List the located general sites of an area, support first, with the name of their town."""
    sites = atlas.establishments
    names = atlas.communes.set_index("insee_code").commune_name
    chosen = sites[(sites.area_code == area_code) & sites.is_general & sites.lon.notna()]
    is_main = chosen.finess_et.isin(set(support_sites(atlas).finess_et))
    marks = site_marks(chosen, is_main, support_marks(atlas.ghts))
    ranks = {name: place for place, name in enumerate((*palette.SUPPORTS, *SITE_GROUPS))}
    table = chosen.assign(mark=marks, town=town(chosen, names), _rank=marks.map(ranks))
    return table.sort_values(["_rank", "finess_et"]).drop(columns="_rank")
