"""What the page of establishments keeps between reruns, shared by all sessions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from geo.drawing import palette
from geo.establishments import words as wording
from geo.establishments.entity import Entity, entity_of, resolve
from geo.establishments.explorer import (
    GRID_ROWS,
    Explorer,
    Mask,
    Page,
    Query,
    area_counts,
    described_filters,
    explorer_of,
    exported,
    find,
    group_counts,
    map_columns,
    map_mask,
    page_of,
    shown_table,
)
from geo.establishments.layers import frame_of
from geo.territories.anomalies import ANOMALY_KINDS
from geo.ui.etablissements import words
from geo.ui.shared import cache
from geo.ui.shared.assets import FROM_FRAME, STATIC_FOLDER, not_published, prepare, publish
from geo.ui.shared.downloads import MAP_WORD, Content, Picture
from geo.ui.shared.html import table_html
from geo.wording import ANOMALY_COLUMNS


@dataclass(frozen=True)
class Found:
    """
    What the filters keep, with all that the page shows of it.

    Attributes
    ----------
    kept
        Mask over the sites.
    groups
        Number of sites by group of categories.
    total, entities, general, unlocated
        Numbers of sites, of their legal entities, of those that count in the model, of those
        without coordinates.
    stars
        Number of sites that carry each mark of a support: those of `palette.SUPPORTS` that some do.
    mask
        For the map, see `geo.establishments.explorer.map_mask`.
    texts
        Number of sites of each area, in the order of `cache.areas`, as the map shows it.
    frame
        Around them: west, south, east, north, degrees; empty without a place. See
        `geo.establishments.layers.frame_of`.
    """

    kept: Mask
    groups: Mapping[str, int]
    total: int
    entities: int
    general: int
    unlocated: int
    stars: Mapping[str, int]
    mask: str
    texts: tuple[str, ...]
    frame: tuple[float, ...]


@cache.kept()
def explorer() -> Explorer:
    """Index the sites, once per version of the data."""
    return explorer_of(cache.atlas())


@cache.kept()
def choices() -> dict[str, dict[str, str]]:
    """List what each filter offers, by the name of its field."""
    keys, atlas = explorer().keys, cache.atlas()
    there = set(explorer().sites.dep_code.dropna())
    departements = atlas.departements[atlas.departements.dep_code.isin(there)]
    named = departements.dep_name + " (" + departements.dep_code + ")"
    present = {name: set(keys[name].dropna()) for name in ("group", "role", "status")}
    areas = cache.choices().areas
    known = set(keys["area"]) | set(atlas.ghts.ght_code)
    return {
        "departement": dict(zip(departements.dep_code, named, strict=True)),
        "group": {key: wording.GROUPS[key] for key in wording.GROUPS if key in present["group"]},
        "role": {key: words.ROLES[key] for key in words.ROLES if key in present["role"]},
        "status": {
            key: wording.STATUSES[key] for key in wording.STATUSES if key in present["status"]
        },
        "offer": dict(words.OFFERS),
        "area": {code: f"{name} ({code})" for code, name in areas.items() if code in known},
    }


@cache.kept()
def departement_regions() -> dict[str, str]:
    """Give the region of each departement."""
    table = cache.atlas().departements
    return dict(zip(table.dep_code, table.reg_code, strict=True))


@cache.kept(max_entries=200)
def found(query: Query) -> Found:
    """Filter the sites."""
    index = explorer()
    kept = find(index, query)
    sites = index.sites[kept]
    counts = area_counts(index, kept, cache.areas().area_code)
    return Found(
        kept, group_counts(index, kept), len(sites), int(sites.finess_ej.nunique()),
        int(sites.is_general.sum()), int(sites.lon.isna().sum()), _stars(sites),
        map_mask(index, kept), tuple(map(str, counts)), frame_of(sites),
    )  # fmt: skip


def _stars(sites: pd.DataFrame) -> dict[str, int]:
    """Count the marks of supports."""
    counts = sites["mark"][sites.is_main].value_counts()
    return {key: int(counts[key]) for key in palette.SUPPORTS if key in counts}


@cache.kept(max_entries=200)
def page(query: Query, number: int) -> tuple[Page, str]:
    """Cut a page of the table, and write it."""
    page = page_of(explorer(), found(query).kept, number)
    return page, table_html(shown_table(page.rows), words.TABLE_TITLE)


@cache.kept(max_entries=20)
def grid(query: Query) -> pd.DataFrame:
    """Lay the first `GRID_ROWS` sites out for a grid."""
    return shown_table(explorer().sites[found(query).kept].head(GRID_ROWS))


def entity_number(number: str) -> str | None:
    """Find the legal entity that a number leads to."""
    return resolve(cache.atlas(), explorer(), number)


@cache.kept()
def entities_of_sites() -> dict[str, str]:
    """Give the legal entity of each site."""
    sites = cache.atlas().establishments
    return dict(zip(sites.finess_et, sites.finess_ej, strict=True))


@cache.kept(max_entries=200)
def entity(number: str) -> Entity | None:
    """Describe a legal entity."""
    return entity_of(cache.atlas(), explorer(), number)


@cache.kept(max_entries=50)
def _entity_tables(number: str) -> tuple[str, str]:
    described = entity(number)
    if described is None:
        return "", ""
    sites = described.sites[list(words.SITE_COLUMNS)]
    faults = described.anomalies.assign(kind=described.anomalies.kind.map(dict(ANOMALY_KINDS)))
    return (
        table_html(sites.rename(columns=dict(words.SITE_COLUMNS)), words.ENTITY_SITES),
        table_html(
            faults[list(ANOMALY_COLUMNS)].rename(columns=dict(ANOMALY_COLUMNS)),
            words.ENTITY_ANOMALIES,
            ANOMALY_COLUMNS["kind"],
        ),
    )


def entity_table(number: str) -> str:
    """Write the sites of a legal entity."""
    return _entity_tables(number)[0]


def entity_faults(number: str) -> str:
    """Write the anomalies about a legal entity."""
    return _entity_tables(number)[1]


def entity_notice(number: str) -> str:
    """Say why a number leads to another entity; empty when it does not."""
    described = entity(number)
    return described.notice if described else ""


@cache.kept()
def _sites_file() -> str:
    ghts = cache.atlas().ghts
    names = dict(zip(ghts.ght_code, ghts.ght_name, strict=True))
    columns = map_columns(explorer(), names)
    content = json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        prepare(STATIC_FOLDER)
        return publish(STATIC_FOLDER, "places", "json", content)
    except OSError as error:
        raise not_published(STATIC_FOLDER, error) from None


def sites_address() -> str:
    """
    Publish the sites for the map, once per version of the data and again when they are gone.

    Raises
    ------
    AssetError
        If the folder cannot be written.
    """
    name = _sites_file()
    if not (STATIC_FOLDER / name).is_file():
        _sites_file.clear()
        name = _sites_file()
    return FROM_FRAME + name


def _read(query: Query) -> pd.DataFrame:
    """Lay out exactly the sites kept."""
    return exported(explorer(), found(query).kept)


def content(query: Query) -> Content:
    """Take the sites kept away, with the filters in force."""
    names = {"region": cache.choices().regions, **choices()}
    filters = described_filters(query, names)
    place = ", ".join(value for _, value in filters) or words.WHOLE_COUNTRY
    return Content("establishments", place, partial(_read, query), filters)


def picture(query: Query) -> Picture | None:
    """
    Take the map of the sites kept away.

    Returns
    -------
    picture
        None around a GHT that nothing draws.
    """
    areas = cache.areas()
    inside = areas if query.region is None else areas[areas.reg_code == query.region]
    if query.area in set(areas.area_code):
        inside = areas[areas.area_code == query.area]
    focus = tuple(inside.area_code[inside.commune_count > 0])
    if not focus:
        return None
    place = content(query).place
    return Picture((MAP_WORD, "etablissements", place), partial(_draw, query, place, focus))


def _draw(query: Query, place: str, focus: tuple[str, ...], form: str) -> bytes:
    """Draw the map of the sites kept; what draws is loaded by those who want it."""
    from geo.establishments.picture import SiteMap, site_map_bytes  # noqa: PLC0415

    kept = explorer().sites[found(query).kept]
    return site_map_bytes(cache.atlas(), SiteMap(place, kept, focus), form)
