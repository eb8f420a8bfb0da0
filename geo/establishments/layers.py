"""Establishments on the screen map: columns for the browser."""

from collections.abc import Collection, Mapping
from typing import Final, cast

import pandas as pd

from geo.atlas.load import Atlas
from geo.drawing import palette
from geo.drawing.protocol_columns import SiteColumns
from geo.establishments.members import principal_sites
from geo.establishments.supports import PUBLISHED, UNKNOWN

CEDEX: Final = r"(?i)\s*cedex\b.*$"


def main_sites(
    sites: pd.DataFrame, supports: Collection[str], names: pd.Series | None = None
) -> pd.Series:
    """
    Pick one site for each support establishment, to carry its mark.

    Parameters
    ----------
    sites
        Establishments with coordinates.
    supports
        `finess_ej` of the support establishments.
    names
        Their names, by `finess_ej`.

    Returns
    -------
    is_main
        True for the principal site of each, among its general ones (see
        `geo.establishments.members.principal_sites`).
    """
    own = sites[sites.is_general & sites.finess_ej.isin(supports)]
    return sites.finess_et.isin(principal_sites(own, names).finess_et)


def support_names(ghts: pd.DataFrame) -> pd.Series:
    """Names of the support establishments, by `finess_ej`."""
    known = ghts.dropna(subset=["support_finess_ej", "support_name"])
    return known.drop_duplicates("support_finess_ej").set_index("support_finess_ej").support_name


def support_marks(ghts: pd.DataFrame) -> dict[str, str]:
    """Give the mark of each support establishment, by `finess_ej`: how it is known."""
    named = ghts[ghts.support_finess_ej.notna() & (ghts.support_evidence != UNKNOWN)]
    is_published = named.support_evidence == PUBLISHED
    marks = is_published.map({True: palette.SUPPORT, False: palette.PRESUMED})
    return dict(zip(named.support_finess_ej, marks, strict=True))


def site_marks(sites: pd.DataFrame, is_main: pd.Series, supports: Mapping[str, str]) -> pd.Series:
    """
    Give the mark of each site.

    Parameters
    ----------
    sites
        `category_group`, `finess_ej`.
    is_main
        Whether it carries the mark of its entity, a support: see `main_sites`.
    supports
        From `support_marks`.

    Returns
    -------
    marks
        Keys of `palette.MARKS`.
    """
    known = sites.category_group.where(sites.category_group.isin(palette.MARKS), "autre")
    return known.mask(is_main, sites.finess_ej.map(supports))


def town(sites: pd.DataFrame, communes: pd.Series) -> pd.Series:
    """Name the town of each site: its commune, else the city of its address without CEDEX."""
    written = sites.city.astype("str").str.replace(CEDEX, "", regex=True)
    return sites.insee_code.map(communes).astype("str").fillna(written).fillna("")


def frame_of(sites: pd.DataFrame) -> tuple[float, ...]:
    """
    Frame sites on a map: those of the land that has the most of them, oceans apart.

    Parameters
    ----------
    sites
        `lon`, `lat`, `landmass`.

    Returns
    -------
    frame
        West, south, east, north, degrees; empty without a located site.
    """
    placed = sites.dropna(subset=["lon", "lat"])
    if placed.empty:
        return ()
    lands = placed.landmass.value_counts()
    here = placed[placed.landmass == lands.index[0]] if len(lands) else placed
    ends = (here.lon.min(), here.lat.min(), here.lon.max(), here.lat.max())
    return tuple(round(float(end), 4) for end in ends)


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
    supports = support_marks(atlas.ghts)
    is_support = main_sites(sites, supports, support_names(atlas.ghts))
    table = _drawn_sites(atlas, sites, is_support, site_marks(sites, is_support, supports))
    groups = {
        "supports": is_support, "sites": sites.is_general & ~is_support,
        "others": ~sites.is_general,
    }  # fmt: skip
    names = {"ghts": atlas.ghts.ght_name.tolist()}
    return {
        group: cast("SiteColumns", table[kept].to_dict("list") | names)
        for group, kept in groups.items()
    }


def _drawn_sites(
    atlas: Atlas, sites: pd.DataFrame, is_support: pd.Series, marks: pd.Series
) -> pd.DataFrame:
    """Give each site what the browser must know of it."""
    communes = atlas.communes.set_index("insee_code")
    places = {code: place for place, code in enumerate(atlas.ghts.ght_code)}
    return pd.DataFrame(
        {
            "id": sites.finess_et, "lon": sites.lon.round(4), "lat": sites.lat.round(4),
            "style": marks.map(list(palette.MARKS).index),
            "level": sites.is_general.astype(int) + is_support.astype(int),
            "reg": sites.insee_code.map(communes.reg_code).fillna(""),
            "area": sites.area_code.fillna(""),
            "name": sites.site_name.fillna(""), "city": town(sites, communes.commune_name),
            "ght": sites.ght_code.map(places).fillna(-1).astype(int),
        }
    )  # fmt: skip
