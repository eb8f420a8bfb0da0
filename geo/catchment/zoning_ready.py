"""Zonings that need no file: the zones of the atlas, a circle, what is within some minutes."""

from typing import Final

import numpy as np
import pandas as pd

from geo.atlas.load import Atlas
from geo.atlas.zone_kinds import ZONE_KINDS
from geo.atlas.zones import zone_labels, zones_of
from geo.catchment import words
from geo.catchment.world import World
from geo.catchment.zoning import Zoning
from geo.errors import UserError
from geo.geography.distance import chord_to_km, unit_vectors

KINDS: Final = tuple(ZONE_KINDS)
KILOMETRES: Final = (1, 200)
MINUTES: Final = (5, 120)


def ready_zoning(atlas: Atlas, kind: str) -> Zoning:
    """
    Give the zones of a kind of the atlas.

    Parameters
    ----------
    atlas
        The bundled tables.
    kind
        Key of `geo.atlas.zone_kinds.ZONE_KINDS`.

    Returns
    -------
    zoning
        Communes by the name of their zone and its code, since names repeat; those without a zone
        are left out.
    """
    codes = atlas.communes.insee_code
    zones = codes.map(zones_of(atlas, kind))
    labels = zone_labels(atlas, kind, codes).fillna(zones)
    names = labels.str.cat(zones, sep=" (") + ")"
    table = pd.DataFrame({"insee_code": codes, "area_code": names})[zones.notna()]
    spec = ZONE_KINDS[kind]
    return Zoning(table.astype("str"), (words.ready_note(spec.plural, spec.year, spec.licence),))


def circle(atlas: Atlas, centre: str, kilometres: float) -> Zoning:
    """
    Give the communes around one, as the crow flies from town hall to town hall.

    Parameters
    ----------
    atlas
        The bundled tables.
    centre
        `insee_code`.
    kilometres
        Radius.
    """
    table = atlas.communes
    points = unit_vectors(table.anchor_lon.to_numpy(), table.anchor_lat.to_numpy())
    here = points[np.flatnonzero(table.insee_code == centre)[0]]
    distance = chord_to_km(np.linalg.norm(points - here, axis=1))
    name = str(table.commune_name[table.insee_code == centre].iloc[0])
    return _one(table.insee_code[distance <= kilometres], words.circle_name(name, kilometres))


def isochrone(world: World, site: str, minutes: float) -> Zoning:
    """
    Give the communes within some minutes of a general hospital site.

    Parameters
    ----------
    world
        Its travel times: by road, or those that a person gave.
    site
        `finess_et`.
    minutes
        Limit, included.
    """
    place = int(np.flatnonzero(world.sites.finess_et == site)[0])
    reach = world.reach
    near = reach.commune[(reach.site == place) & (reach.minutes <= minutes)]
    if not len(near):
        raise UserError(words.ISOCHRONE_EMPTY)
    codes = world.communes.insee_code.iloc[np.unique(near)]
    return _one(codes, words.isochrone_name(str(world.sites.site_name.iloc[place]), minutes))


def _one(codes: pd.Series, name: str) -> Zoning:
    """Make a zoning of one zone."""
    table = pd.DataFrame({"insee_code": codes.to_numpy(), "area_code": name}, dtype="str")
    return Zoning(table, (words.perimeter_note(name, len(table)),))
