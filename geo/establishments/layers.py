"""Establishments on the screen map: columns for the browser."""

from collections.abc import Collection
from typing import cast

import numpy as np
import pandas as pd

from geo.atlas.load import Atlas
from geo.drawing import palette
from geo.drawing.protocol import SiteColumns


def main_sites(sites: pd.DataFrame, supports: Collection[str]) -> pd.Series:
    """
    Pick one site for each support establishment, to carry its mark.

    Parameters
    ----------
    sites
        Establishments with coordinates.
    supports
        `finess_ej` of the support establishments.

    Returns
    -------
    is_main
        True for one general site per entity: its highest category (CHU, then CH), then the one
        closest to the middle of its general sites, then the lowest `finess_et`.
    """
    own = sites[sites.is_general & sites.finess_ej.isin(supports)]
    middle = own.groupby("finess_ej")[["lon", "lat"]].transform("median")
    ranked = own.assign(
        _category=own.category_group.map({"chr_chu": 0, "ch": 1}).fillna(2),
        _away=np.hypot((own.lon - middle.lon) * 0.7, own.lat - middle.lat),
    ).sort_values(["_category", "_away", "finess_et"])
    chosen = ranked.drop_duplicates("finess_ej").finess_et
    return sites.finess_et.isin(chosen)


def site_columns(atlas: Atlas) -> dict[str, SiteColumns]:
    """
    Lay out the establishments for the browser, once per version of the data.

    Parameters
    ----------
    atlas
        `establishments`, `communes` and `ghts` are read.

    Returns
    -------
    columns
        By group: "supports" (a site for each support establishment), "sites" (the other general
        hospitals), "others" (the other hospital sites).
    """
    sites = atlas.establishments.dropna(subset=["lon", "lat"])
    sites = sites[sites.is_general | (sites.scope == "hospitalier")]
    is_support = main_sites(sites, set(atlas.ghts.support_finess_ej.dropna()))
    table = _drawn_sites(atlas, sites, is_support)
    groups = {
        "supports": is_support, "sites": sites.is_general & ~is_support,
        "others": ~sites.is_general,
    }  # fmt: skip
    names = {"ghts": atlas.ghts.ght_name.tolist()}
    return {
        group: cast("SiteColumns", table[kept].to_dict("list") | names)
        for group, kept in groups.items()
    }


def _drawn_sites(atlas: Atlas, sites: pd.DataFrame, is_support: pd.Series) -> pd.DataFrame:
    """Give each site what the browser must know of it."""
    keys = list(palette.MARKS)
    groups = sites.category_group.where(sites.category_group.isin(keys), "autre")
    places = {code: place for place, code in enumerate(atlas.ghts.ght_code)}
    return pd.DataFrame(
        {
            "lon": sites.lon.round(4), "lat": sites.lat.round(4),
            "style": groups.mask(is_support, palette.SUPPORT).map(keys.index),
            "level": sites.is_general.astype(int) + is_support.astype(int),
            "reg": sites.insee_code.map(atlas.communes.set_index("insee_code").reg_code).fillna(""),
            "area": sites.area_code.fillna(""),
            "name": sites.site_name.fillna(""), "city": sites.city.fillna(""),
            "ght": sites.ght_code.map(places).fillna(-1).astype(int),
        }
    )  # fmt: skip
