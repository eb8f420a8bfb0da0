"""The zones of the communes, whatever the licence of the table that holds them."""

import pandas as pd

from geo.atlas.load import Atlas
from geo.atlas.zone_kinds import ZONE_KINDS


def zones_of(atlas: Atlas, kind: str) -> pd.Series:
    """
    Give the zone of a kind that each commune is in.

    Parameters
    ----------
    atlas
        The bundled tables.
    kind
        Key of `geo.atlas.zone_kinds.ZONE_KINDS`.

    Returns
    -------
    zones
        Codes, indexed by `insee_code`, missing where there is none.
    """
    is_shared = ZONE_KINDS[kind].is_shared_alike
    table = atlas.commune_zones_odbl if is_shared else atlas.commune_zones
    return pd.Series(table.set_index("insee_code")[kind])


def zone_names(atlas: Atlas, kind: str) -> pd.Series:
    """Give the names of the zones of a kind, indexed by code."""
    both = pd.concat([atlas.zones, atlas.zones_odbl])
    return pd.Series(both[both.kind == kind].set_index("zone_code").zone_name)


def zone_labels(atlas: Atlas, kind: str, communes: pd.Series) -> pd.Series:
    """Name the zone of a kind that each commune is in; `communes` are INSEE codes."""
    return communes.map(zones_of(atlas, kind)).map(zone_names(atlas, kind))
