"""Where the commune and the hospital that are chosen lie: what the map marks."""

from geo.drawing.protocol import MapView, Spot
from geo.errors import BundleError
from geo.formats import is_unknown
from geo.ui.shared import cache
from geo.ui.shared.assets import AssetError
from geo.ui.shared.layer_files import address, is_there, publish_layer
from geo.ui.shared.selection import Selection


@cache.kept(max_entries=200)
def _outline(code: str) -> str:
    # Only those who choose a commune wait for what draws it.
    from geo.territories.layers import outline_drawing  # noqa: PLC0415
    from geo.ui.shared.light_communes import light  # noqa: PLC0415

    content = outline_drawing(light(), code)
    return publish_layer("calque", content) if content else ""


def _published(code: str) -> str:
    """Publish the outline of a commune, again when its file was forgotten; none when it fails."""
    try:
        name = _outline(code)
        if not is_there(name):
            _outline.clear(code)
            name = _outline(code)
    except (AssetError, BundleError):
        return ""
    return name


@cache.kept(max_entries=500)
def _commune(code: str) -> Spot | None:
    communes = cache.atlas().communes
    row = communes[communes.insee_code == code].iloc[0]
    if is_unknown(row.anchor_lon):
        return None
    return {
        "code": code, "name": str(row.commune_name),
        "lon": round(float(row.anchor_lon), 4), "lat": round(float(row.anchor_lat), 4),
    }  # fmt: skip


@cache.kept(max_entries=500)
def _site(code: str) -> Spot | None:
    sites = cache.atlas().establishments
    row = sites[sites.finess_et == code].iloc[0]
    if is_unknown(row.lon):
        return None
    name = code if is_unknown(row.site_name) else str(row.site_name)
    return {
        "code": code, "name": name,
        "lon": round(float(row.lon), 4), "lat": round(float(row.lat), 4),
    }  # fmt: skip


def spots(view: Selection) -> MapView:
    """
    Say what the map marks; to merge in the view of `geo.drawing.screen_map.paint_values`.

    Returns
    -------
    values
        `commune` and `site`, each absent when none is chosen or its place is unknown; the outline
        of a commune goes by address.
    """
    values: MapView = {}
    commune = _commune(view.commune) if view.commune else None
    site = _site(view.site) if view.site else None
    if commune:
        name = _published(commune["code"])
        drawn: Spot = {**commune, "address": address(name)} if name else commune
        values["commune"] = drawn
    if site:
        values["site"] = site
    return values
