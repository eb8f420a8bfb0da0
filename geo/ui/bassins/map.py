"""The map of a run: areas by address, confidence or difference over them, and their legend."""

from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.atlas.columns import PAINTED
from geo.catchment import words as catchment_words
from geo.catchment.layers import (
    CHANGE_BOUNDS,
    SHARE_BOUNDS,
    change_labels,
    change_percent,
    contested_percent,
    fixed_classes,
    margin_labels,
    overlay_colors,
    people,
)
from geo.catchment.models import MODELS
from geo.catchment.runs import REALITY, Basin, compared, other_request
from geo.drawing import palette
from geo.drawing.circles import Circles, circles
from geo.drawing.classes import Classes, class_texts, classify
from geo.drawing.protocol import Layers, MapView, Overlay
from geo.drawing.screen_map import CLICK_KEY, circle_view, measure_texts, paint_values
from geo.errors import BundleError
from geo.formats import format_count, format_deviation, format_number, is_unknown
from geo.territories.activity import INDICATORS, with_indicators
from geo.ui.bassins import cache as bassins_cache
from geo.ui.bassins import view as bassins_view
from geo.ui.bassins import words
from geo.ui.bassins.cache import Drawn
from geo.ui.bassins.form import take_map_click
from geo.ui.shared import cache
from geo.ui.shared.assets import AssetError
from geo.ui.shared.clicks import take_click
from geo.ui.shared.controls import show_marks
from geo.ui.shared.html import (
    circles_html,
    hatch_html,
    legend_html,
    note_html,
    scale_html,
    section_html,
    unclassed,
    without_tints,
)
from geo.ui.shared.layer_files import address
from geo.ui.shared.layers import ON_MODELS, UNSURE, layer_values, show_layer_legend
from geo.ui.shared.map import show_folium, show_no_map
from geo.ui.shared.selection import Selection
from geo.ui.shared.spots import spots
from geo.ui.shared.templates import EMPTY

NO_OVERLAY = Drawn("", 0, 0, ())


@dataclass(frozen=True)
class Choropleth:
    """What the map shows: a value per area with its classes and colours, and a layer over them."""

    label: str
    unit: str
    decimals: int
    classes: Classes
    colors: list[str]
    texts: list[str]
    overlay: Drawn = NO_OVERLAY
    layers: Layers = field(default_factory=lambda: Layers(territories="", areas=""))
    reason: str = ""
    circles: Circles | None = None


def picture(found: Basin) -> Choropleth:
    """Prepare the view chosen: everything that takes time is done here, before the map."""
    view = bassins_view.view()
    looks = {"confiance": _confidence, "difference": _difference}
    try:
        shown = looks.get(view.look, _territories)(found)
        return replace(shown, layers=bassins_cache.layers(bassins_view.request(), found))
    except (AssetError, BundleError) as error:
        return replace(_territories(found), reason=str(error))


def _is_painted(table: pd.DataFrame) -> pd.Series:
    """Flag the areas that classes are cut from: GHTs, and the zones of a person's zoning."""
    return table.kind.isin(PAINTED)


def _territories(found: Basin) -> Choropleth:
    """Paint an indicator."""
    chosen = bassins_view.chosen()
    measure = INDICATORS[chosen.measure]
    table = with_indicators(cache.atlas(), found.territories, [measure.key], cache.facts)
    values = measure.drawn(table.loc[_is_painted(table), measure.key])
    classes, sized = classify(values, chosen.method), circles(values) if measure.is_count else None
    colors = [palette.LAND] if sized else palette.sequential(classes.count)
    texts = measure_texts(measure.drawn(table[measure.key]), measure.text)
    shown = Choropleth(*cache.told(measure.key), measure.decimals, classes, colors, texts)
    return replace(shown, circles=sized)


def _confidence(found: Basin) -> Choropleth:
    """Paint the contested share; hatch the contested communes, or show those of a territory."""
    percent, table = contested_percent(found), found.territories
    classes = fixed_classes(percent[_is_painted(table)], SHARE_BOUNDS)
    texts = ["" if is_unknown(value) else format_number(value, 1) for value in percent]
    area = bassins_view.chosen().area
    here = area if area is not None and (found.communes.area_code == area).any() else None
    request = bassins_view.request()
    overlay = NO_OVERLAY if shows_runs() else bassins_cache.confidence(request, found, here)
    colors = palette.sequential(classes.count)
    return Choropleth(words.CONTESTED_SHARE, "%", 0, classes, colors, texts, overlay)


def shows_runs() -> bool:
    """
    Tell whether the runs of the build say how sure the communes on screen are.

    They vary the bundled model; of another, only the lead of each commune is known.
    """
    is_whole = bassins_view.chosen().area is None
    is_asked = bassins_view.view().look == "confiance"
    return is_asked and is_whole and bassins_cache.is_default(bassins_view.request())


def _difference(found: Basin) -> Choropleth:
    """Paint the change of population; hatch the communes that change."""
    request, other = against()
    change, table = change_percent(found, other), found.territories
    classes = fixed_classes(change[_is_painted(table)].astype("float64"), CHANGE_BOUNDS)
    texts = ["" if is_unknown(v) else format_deviation(v).removesuffix("\u00a0%") for v in change]
    overlay = bassins_cache.difference(bassins_view.request(), found, request, other)
    colors = palette.diverging(classes.count)
    return Choropleth(words.POPULATION_CHANGE, "%", 0, classes, colors, texts, overlay)


def against() -> tuple[Any, Basin]:
    """Run what the page compares with."""
    view = bassins_view.view()
    request = other_request(view, compared(view))
    if compared(view) == REALITY:
        request = replace(request, changes=())
    request = replace(request, times=bassins_view.request().times)
    return request, bassins_view.run(request)


def show_map(found: Basin, shown: Choropleth) -> None:
    """Show the map: geometry by address, values by rerun, the same frame for every model."""
    files, view = cache.map_files(), bassins_view.chosen()
    if files.addresses is None or shown.reason:
        show_no_map(files.reason or shown.reason)
        return
    key = f"bassins-{cache.atlas().version}"

    overlay: Overlay | None = None
    if shown.overlay.name:
        colors = overlay_colors(len(shown.overlay.counts))
        overlay = {"address": address(shown.overlay.name), "colors": colors}
    values = paint_values(
        found.territories, shown.classes, (shown.label, shown.unit), shown.texts,
        {
            "selected": view.area, "region": view.region, "sites": view.sites,
            "colors": shown.colors, "layers": shown.layers, "overlay": overlay,
            **layer_values(replace(view, layers=own_layers(view))), **spots(view),
            **_circled(found, shown), **_framed(shown.overlay, view),
        },
    )  # fmt: skip
    addresses = replace(files.addresses, territories="", areas="", finer="")
    show_folium(addresses, values, key, lambda: _take_click(st.session_state.get(key)))
    show_marks()


def _take_click(value: Any) -> None:  # noqa: ANN401  it comes from the browser
    """Choose the zone of a person's zoning that was clicked, else what other maps do."""
    click = value.get(CLICK_KEY) if isinstance(value, dict) else None
    code = click.get("area_code") if isinstance(click, dict) else None
    if isinstance(code, str) and code in bassins_view.zones():
        bassins_view.pick(code)
    elif bassins_view.view().panel == bassins_view.SCENARIO:
        take_map_click(value)
    else:
        take_click(value, bassins_view.pick)


def _circled(found: Basin, shown: Choropleth) -> MapView:
    """Say which circles the map draws, for a count."""
    sized = shown.circles
    return circle_view(found.territories, sized, shown.decimals) if sized else {}


def _framed(overlay: Drawn, view: Selection) -> MapView:
    """Look at what a scenario moves, unless a territory that it leaves as it is was chosen."""
    if not overlay.frame or (view.area and view.area not in overlay.areas):
        return {}
    return {"frame": list(overlay.frame)}


def own_layers(view: Selection) -> tuple[str, ...]:
    """Leave out the layers of the bundled model, which another page may have chosen."""
    kept = (layer for layer in view.layers if layer in ON_MODELS)
    return (*kept, UNSURE) if shows_runs() else tuple(kept)


def show_legend(found: Basin, shown: Choropleth) -> None:
    """Show the legend, always in step with the map."""
    body = _legend(shown, found.territories)
    unit = f" ({shown.unit})" if shown.unit else ""
    st.html(section_html(f"{shown.label}{unit}", body))
    show_layer_legend(own_layers(bassins_view.chosen()))
    look = bassins_view.view().look
    if look == "confiance":
        _show_confidence(found, shown.overlay)
    elif look == "difference":
        _show_difference(shown.overlay)


def _legend(shown: Choropleth, areas: pd.DataFrame) -> Markup:
    """Write the legend of the classes."""
    if (areas.kind == "zone").any() and bassins_view.view().look != "difference":
        if shown.circles is not None:
            return circles_html(shown.circles, shown.decimals)
        texts = class_texts(shown.classes, shown.decimals)
        counts = [format_count(count, "zone") for count in shown.classes.counts]
        return scale_html(shown.colors, texts, counts)
    if bassins_view.view().look != "difference":
        without = unclassed(shown.classes, areas)
        kinds = areas.kind.tolist()
        if shown.circles is None:
            return legend_html(shown.classes, shown.decimals, kinds, *without)
        plain = legend_html(without_tints(shown.classes), shown.decimals, kinds, *without)
        return circles_html(shown.circles, shown.decimals) + plain
    counts = [format_count(count, "GHT", "GHT") for count in shown.classes.counts]
    return scale_html(shown.colors, change_labels(), counts)


def _show_confidence(found: Basin, overlay: Drawn) -> None:
    """Say what lies over the contested shares."""
    view = bassins_view.view()
    if shows_runs():
        st.html(note_html(words.RUNS_NOTE))
    elif found.communes.margin.isna().all():
        st.html(note_html(words.NO_MARGIN))
    elif overlay.counts:
        labels = margin_labels(view.margin)
        counts = [format_count(count, "commune") for count in overlay.counts]
        scale = scale_html(overlay_colors(len(labels)), labels, counts)
        st.html(section_html(words.MARGIN_TITLE, scale))
    else:
        text = words.contested_note(
            format_count(overlay.commune_count, "commune"), people(overlay.population),
            format_number(view.margin),
        )  # fmt: skip
        body = hatch_html("dispute", words.HATCH_CONTESTED)
        st.html(body + note_html(text) + note_html(words.SEE_COMMUNES))


def _show_difference(overlay: Drawn) -> None:
    """Say how many communes change."""
    view = bassins_view.view()
    if not overlay.commune_count:
        st.html(note_html(words.NO_CHANGE))
        return
    labels = {key: model.label for key, model in MODELS.items()}
    labels[REALITY] = words.REALITY_LABEL
    text = words.changed_note(
        format_count(overlay.commune_count, "commune"), people(overlay.population),
        labels.get(view.model, catchment_words.IMPORTED_LABEL), labels[compared(view)],
    )  # fmt: skip
    lines = note_html(words.BORDERS_NOTE) if overlay.frame else EMPTY
    st.html(hatch_html("dispute", words.HATCH_CHANGED) + lines + note_html(text))
