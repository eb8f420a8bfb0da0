"""The picture of the map of partnerships, gathered for `geo.partnerships.picture`."""

from geo.drawing.paper_marks import to_bytes
from geo.drawing.paper_page import GREY, run_paint
from geo.partnerships.layers import ght_classes
from geo.partnerships.links import arcs, points
from geo.partnerships.picture import LinkMap, draw_links
from geo.ui.partenariats.scene import Scene
from geo.ui.shared import cache


def picture_bytes(seen: Scene, form: str) -> bytes:
    """Draw the map of links as "png", "svg" or "pdf"."""
    atlas, drawn = cache.atlas(), link_map(seen)
    return to_bytes(draw_links(atlas, drawn), form, atlas.manifest.build_date, drawn.title)


def link_map(seen: Scene) -> LinkMap:
    """Gather everything that the picture shows."""
    areas = cache.areas()
    classes, tints = ght_classes(areas, seen.counts)
    return LinkMap(
        place=seen.place,
        source=seen.source,
        paint=run_paint(areas, classes, tints, GREY),
        focus=_focus(seen),
        arcs=arcs(seen.kept),
        points=points(seen.kept),
        selected=seen.opened,
    )


def _focus(seen: Scene) -> list[str]:
    """List the territories that the map is drawn around: those of a GHT without any are all."""
    areas, filters = cache.areas(), seen.filters
    chosen = areas.iloc[:0]
    if filters.ght is not None:
        chosen = areas[(areas.area_code == filters.ght) & (areas.commune_count > 0)]
    elif filters.region is not None:
        chosen = areas[areas.reg_code == filters.region]
    return list((areas if chosen.empty else chosen).area_code)
