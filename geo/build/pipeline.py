"""Build the bundle: raw open data -> checked tables -> data/."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geo.atlas.manifest import Manifest, write_manifest
from geo.atlas.schema import check_table
from geo.build.bundle import check_replaceable, describe, swap, write_files, write_table
from geo.build.dictionary import write_dictionary
from geo.build.roads import build_emergency_times, build_travel_times
from geo.catchment import nearest
from geo.catchment.world import only_providers
from geo.establishments import members
from geo.establishments import sites as establishments_sites
from geo.faults import Faults
from geo.geography import communes
from geo.partnerships.bundled import (
    build_partnerships,
    build_places,
    keep_listed,
    partnership_anomalies,
)
from geo.partnerships.rules import check_records, raise_faults
from geo.partnerships.yaml_file import read_records
from geo.roads.travel_times import TABLE as TRAVEL_TIMES
from geo.sources.reading import PARTNERSHIPS, Log, Progress, choose_paths, read_raw
from geo.territories import anomalies
from geo.territories import areas as territories_areas
from geo.territories.published import deviation_percent, latest_published, with_notes
from geo.territories.reconciliations import reconcile_members


@dataclass
class Land:
    """Communes and their polygons."""

    carry: communes.Carry
    polygons: gpd.GeoDataFrame
    table: pd.DataFrame


def build_land(raw: Mapping[str, pd.DataFrame], log: Log) -> Land:
    """Carry the communes to today and count their inhabitants."""
    cog = raw["cog_communes"]
    shapes = gpd.GeoDataFrame(raw["contours"])
    carry = communes.carry_codes(shapes.insee_code, cog, raw["movements"])
    polygons = communes.commune_polygons(shapes, carry)
    population = communes.municipal_populations(raw["populations"], raw["mayotte"], cog)
    table = communes.build_communes(polygons, population, cog, carry, raw["context"])
    log.note(
        "communes",
        contours=len(shapes),
        communes_2026=len(table),
        sans_contour_propre=len(carry.included),
        habitants=int(table.population.sum()),
    )
    _check_land(polygons, table, population)
    return Land(carry, polygons[["insee_code", "geometry"]], table)


def _check_land(polygons: gpd.GeoDataFrame, table: pd.DataFrame, population: pd.DataFrame) -> None:
    """No inhabitant lost, no gap, no overlap."""
    faults = Faults("communes")
    if int(table.population.sum()) != int(population.population.sum()):
        faults.add("des habitants ont été perdus ou comptés deux fois. Signalez ce défaut.")
    if not shapely.coverage_is_valid(polygons.geometry.to_numpy()):
        faults.add("les contours se chevauchent ou laissent des trous. Reprenez le fichier.")
    faults.raise_if_any()


@dataclass
class Network:
    """Members of the GHTs and the establishments."""

    members: pd.DataFrame
    sites: pd.DataFrame


def build_network(raw: Mapping[str, pd.DataFrame], land: Land, log: Log) -> Network:
    """Link establishments, legal entities and GHTs."""
    linked = members.apply_successors(
        raw["members"], raw["successors"], raw["later_mergers"], raw["finess"]
    )
    entities = members.entity_ghts(linked)
    sites = establishments_sites.select_establishments(raw["finess"], set(entities.index))
    thematic = raw["ghts"].ght_code[members.is_thematic(raw["ghts"].ght_name)]
    thematic_entities = set(entities.index[entities.ght_code.isin(thematic)])
    sites = establishments_sites.mark_general(sites, thematic_entities, raw["non_general_sites"])
    names = land.table.set_index("insee_code").commune_name
    sites = establishments_sites.locate(sites, land.polygons, names)
    sites = sites.merge(entities, left_on="finess_ej", right_index=True, how="left")
    is_general = sites.is_general
    sites["area_code"] = nearest.area_code(sites.ght_code, sites.finess_ej).where(is_general)
    table = members.complete_members(linked, sites)
    log.note(
        "réseau",
        ght=len(raw["ghts"]),
        membres=len(table),
        sites=len(sites),
        generaux=int(is_general.sum()),
    )
    return Network(table, sites)


def build_assignments(land: Land, network: Network, log: Log) -> pd.DataFrame:
    """Run the default model on the bundled tables."""
    sites = network.sites[network.sites.is_general].copy()
    sites["own_distance_km"] = establishments_sites.entity_distance_km(sites)
    table = nearest.assign_nearest(land.table, sites, only_providers(network.members))
    is_ght = table.area_code.isin(network.members.ght_code)
    table["ght_code"] = table.area_code.where(is_ght)
    log.note("modèle", communes=len(table), aires=table.area_code.nunique())
    return table


def _compositions(raw: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Add the code of their GHT to the published compositions."""
    codes = raw["published"].drop_duplicates("ght_name").set_index("ght_name").ght_code
    table = raw["compositions"]
    return table.assign(ght_code=table.ght_name.map(codes))


@dataclass
class Partnerships:
    """Tables of partnerships, and what their sources contradict."""

    tables: dict[str, pd.DataFrame]
    anomalies: pd.DataFrame


def build_partnership_tables(
    raw: Mapping[str, pd.DataFrame], network: Network, log: Log
) -> Partnerships:
    """Lay the curated partnerships out, located by the whole of FINESS."""
    records = read_records(PARTNERSHIPS)
    raise_faults(PARTNERSHIPS.name, check_records(records))
    kept, lost = keep_listed(records, set(raw["ghts"].ght_code))
    places = build_places(network.sites, network.members, raw["finess"])
    tables = build_partnerships(kept, places)
    parties = tables["partnership_parties"]
    log.note(
        "partenariats",
        lignes=len(kept),
        parties=len(parties),
        situees=int(parties.is_located.sum()),
    )
    return Partnerships(tables, partnership_anomalies(tables, lost))


def _comparison(areas: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """Modelled population and area beside the published ones, one row per figure."""
    parts = []
    for figure, label in (("population", "Population"), ("area_km2", "Superficie (km²)")):
        stated = latest_published(published, figure)
        modelled = areas.set_index("area_code")[figure].reindex(stated.index)
        parts.append(
            pd.DataFrame(
                {
                    "ght_code": stated.index,
                    "figure": label,
                    "modelled": modelled.to_numpy(dtype="float64", na_value=float("nan")),
                    "published": stated.value.to_numpy(),
                    "year": stated.year.to_numpy(),
                    "qualifier": stated.qualifier.to_numpy(),
                    "year_certainty": stated.year_certainty.to_numpy(),
                    "deviation_percent": deviation_percent(modelled, stated.value).to_numpy(),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def build_tables(raw: Mapping[str, pd.DataFrame], log: Log) -> tuple[dict[str, pd.DataFrame], Land]:
    """
    Make and check every bundled table.

    Parameters
    ----------
    raw
        Raw tables by key of source.
    log
        Where the counts go.

    Returns
    -------
    tables, land
        Bundled tables by name, and the communes' polygons.

    Raises
    ------
    SourceError
        If a table breaks its schema or an invariant.
    """
    land = build_land(raw, log)
    network = build_network(raw, land, log)
    assignments = build_assignments(land, network, log)
    served = members.inhabitants_served(assignments, land.table, network.sites)
    ghts = members.build_ghts(raw["ghts"], network.members, network.sites, served)
    areas = territories_areas.build_territories(
        assignments, land.table, ghts, network.sites, _entity_names(raw, network)
    )
    published = with_notes(raw["published"], raw["published_notes"])
    log.note("chiffres publiés", lignes=len(published), precises=int(published.qualifier.count()))
    partnerships = build_partnership_tables(raw, network, log)
    oddities = _gather_anomalies(
        {**raw, "published": published}, land, network, assignments, ghts, areas
    )
    tables = {
        "communes": land.table.assign(included_names=_included_names(land, raw["cog_communes"])),
        "departements": raw["departements"],
        "regions": raw["regions"],
        "establishments": network.sites,
        "ghts": ghts,
        "members": network.members,
        "assignments": assignments,
        "territories": areas,
        "published": published,
        "compositions": _compositions(raw),
        "reconciliations": reconcile_members(network.members, published),
        "anomalies": pd.concat([oddities, partnerships.anomalies], ignore_index=True),
        **partnerships.tables,
        "emergency_times": build_emergency_times(land.table, raw["drees_times"]),
    }
    log.note("territoires", dessines=int((areas.status == "modelled").sum()))
    log.note("anomalies", lignes=len(tables["anomalies"]))
    return {name: check_table(name, table) for name, table in tables.items()}, land


def _entity_names(raw: Mapping[str, pd.DataFrame], network: Network) -> pd.Series:
    """Names of legal entities: FINESS names sites only, so that a few are written by hand."""
    main_sites = members.principal_sites(network.sites).site_name
    return raw["entity_names"].set_index("finess_ej").entity_name.combine_first(main_sites)


def _included_names(land: Land, cog: pd.DataFrame) -> pd.Series:
    """Names of the communes counted with another one."""
    names = cog[cog.type_code == "COM"].set_index("insee_code").commune_name
    return land.table.included_codes.map(
        lambda codes: ";".join(names[code] for code in codes.split(";")), na_action="ignore"
    )


def _gather_anomalies(
    raw: Mapping[str, pd.DataFrame],
    land: Land,
    network: Network,
    assignments: pd.DataFrame,
    ghts: pd.DataFrame,
    areas: pd.DataFrame,
) -> pd.DataFrame:
    """Every anomaly of every source."""
    cog = raw["cog_communes"]
    names = cog[cog.type_code == "COM"].set_index("insee_code").commune_name
    repaired = raw["contours"].attrs.get("repaired", ())
    return anomalies.build_anomalies(
        [
            anomalies.list_anomalies(raw["list_changes"]),
            anomalies.member_anomalies(network.members),
            anomalies.ght_anomalies(ghts, areas),
            anomalies.commune_anomalies(land.table, land.carry, names, repaired),
            anomalies.site_anomalies(network.sites),
            anomalies.overseas_anomalies(raw["overseas"], assignments, land.table),
            anomalies.deviation_anomalies(_comparison(areas, raw["published"])),
        ]
    )


def build(
    sources: Path, out: Path, tell: Progress, supplied: Mapping[str, Path] | None = None
) -> Manifest:
    """
    Build the whole bundle.

    Parameters
    ----------
    sources
        Folder of the raw files (see `geo.sources.registry`).
    out
        Data folder, replaced at the end only, when everything is right.
    tell
        Called with one French line per step.
    supplied
        Files given by name instead of those of the folder (see `geo.sources.reading.choose_paths`).

    Returns
    -------
    manifest
        Also written as MANIFEST.json. Same input, same bytes (the build date aside).

    Raises
    ------
    SourceError
        Every fault of the raw files; `out` is then untouched.
    UserError
        If `out` holds anything but an earlier bundle, or a supplied file does not exist.
    """
    check_replaceable(out)
    log = Log(tell)
    paths = choose_paths(sources, supplied or {})
    raw = read_raw(paths, log)
    tables, land = build_tables(raw, log)
    times = build_travel_times(raw, land.table, land.polygons, tables["establishments"], log)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".atlas-ght-") as folder:
        new = Path(folder) / "data"
        new.mkdir()
        files = write_files(new, tables, land.polygons, log)
        files[TRAVEL_TIMES] = write_table(new, f"{TRAVEL_TIMES}.parquet", times)
        manifest = describe(paths, files, log)
        write_manifest(manifest, new)
        write_dictionary(new, manifest)
        swap(new, out)
    return manifest
