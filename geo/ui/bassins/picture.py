"""The picture of the map of models: what the screen shows, gathered for `geo.catchment.picture`."""

from dataclasses import replace

from geo.atlas.provenance import map_sources
from geo.catchment.layers import (
    change_labels,
    changed_communes,
    is_contested,
    margin_labels,
    overlay_colors,
)
from geo.catchment.picture import BasinMap, Over, draw_basin, hatched_shapes, margin_shapes
from geo.drawing import words as drawing_words
from geo.drawing.classes import class_texts
from geo.drawing.paper_circles import CircleKey, circle_key
from geo.drawing.paper_ground import surround
from geo.drawing.paper_marks import to_bytes
from geo.drawing.paper_page import GREY, WHITE, plain, run_paint
from geo.establishments.picture import support_sites
from geo.territories.stability import unsure_communes
from geo.ui.bassins import cache as bassins_cache
from geo.ui.bassins import scene, words, words_files
from geo.ui.bassins.scene import Scene
from geo.ui.shared import cache, light_communes
from geo.wording import MODEL_NAME


def picture_bytes(seen: Scene, form: str) -> bytes:
    """Draw the map on screen as "png", "svg" or "pdf"."""
    drawn = basin_map(seen)
    return to_bytes(draw_basin(drawn), form, cache.atlas().manifest.build_date, drawn.words[0])


def basin_map(seen: Scene) -> BasinMap:
    """Gather everything that the picture shows."""
    shown, sites = seen.shown, support_sites(cache.atlas())
    focus, coloured = _codes(seen)
    edge = WHITE if seen.other is None else GREY
    texts = class_texts(shown.classes, shown.decimals) if seen.other is None else change_labels()
    paint = run_paint(seen.found.territories, shown.classes, shown.colors, edge)
    key = _circles(seen, set(coloured))
    if key is not None:
        paint, texts = plain(paint), [drawing_words.PLAIN_LAND]
    return BasinMap(
        words=_words(seen),
        heading=f"{shown.label} ({shown.unit})" if shown.unit else shown.label,
        texts=texts,
        paint=paint,
        areas=bassins_cache.drawn_areas(seen.request, seen.found),
        focus=focus,
        shown=coloured,
        sites=sites if seen.chosen.sites != "aucun" else sites.head(0),
        over=_over(seen, set(coloured)),
        around=surround(cache.atlas(), is_close=len(focus) < len(seen.found.territories)),
        circles=key,
    )


def _circles(seen: Scene, coloured: set[str]) -> CircleKey | None:
    """Size the circles of a count, for the territories coloured."""
    found, table = seen.shown.circles, seen.found.territories
    if found is None:
        return None
    codes = table.area_code.loc[found.radii.index].astype("str").to_list()
    key = circle_key(found, codes, seen.shown.decimals)
    return replace(key, radii={code: key.radii[code] for code in key.radii if code in coloured})


def _codes(seen: Scene) -> tuple[list[str], list[str]]:
    """List the codes that the map is drawn around, and those that are coloured."""
    table = seen.found.territories
    everywhere = table.area_code.astype("str").to_list()
    if seen.area is not None:
        return [seen.area], everywhere
    inside = table.area_code[table.reg_code == seen.chosen.region].astype("str").to_list()
    return (inside, inside) if inside else (everywhere, everywhere)


def _words(seen: Scene) -> tuple[str, str, str]:
    """Write the title, what the territories are, and the source line."""
    place, region = drawing_words.WHOLE_COUNTRY, seen.chosen.region
    if seen.area is not None:
        names = seen.found.territories.set_index("area_code").area_name
        place = f"{names[seen.area]} ({seen.area})"
    elif region is not None:
        place = cache.choices().regions[region]
    model = seen.label + (f" / {seen.other_name}" if seen.other_name else "")
    title = words_files.BASIN_TITLE.format(label=seen.shown.label, model=model, place=place)
    strong, text = words.DECLARATION
    name = seen.model.rstrip(".")
    values = scene.values_text(seen.view)
    subtitle = f"{strong} {text} Modèle : {name} ; {values}."
    source = map_sources(cache.atlas()).replace(MODEL_NAME, f"Modèle : {name}")
    return title, subtitle, source


def _over(seen: Scene, coloured: set[str]) -> Over | None:
    """Gather what lies over the territories that are coloured."""
    found, margin, light = seen.found, seen.view.margin, light_communes.light()
    if seen.other is not None:
        codes = changed_communes(found, seen.other).insee_code
        hatch = words.HATCH_CHANGED
    elif seen.view.look != scene.CONFIDENCE:
        return None
    elif seen.area is not None:
        labels = margin_labels(margin)
        shapes = margin_shapes(light, found, margin, seen.area)
        return Over(shapes, words.MARGIN_TITLE, "", overlay_colors(len(labels)), labels)
    elif bassins_cache.is_default(seen.request):
        codes, hatch = unsure_communes(cache.atlas()), drawing_words.UNSURE_LEGEND
    else:
        codes = found.communes.insee_code[is_contested(found, margin)]
        hatch = words_files.CONTESTED_LABEL.format(margin=margin)
    over = Over(hatched_shapes(light, found, codes), hatch=hatch)
    return replace(over, shapes=over.shapes[over.shapes.index.isin(coloured)])
