"""Build the bundle: raw open data -> checked tables -> data/."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from geo.activity.anomalies import survey_anomalies
from geo.activity.figures import build_sites, ght_figures, site_figures
from geo.activity.proof import require_proof
from geo.atlas.manifest import Manifest, write_manifest
from geo.atlas.schema import check_table
from geo.atlas.vintages import Vintages, vintages_of
from geo.build.access import Supply, build_access
from geo.build.bundle import check_replaceable, describe, origin_of, swap, write_files, write_table
from geo.build.dictionary import write_dictionary
from geo.build.land import Land, build_land
from geo.build.network import Network, build_network
from geo.build.people import build_collectivities, build_people, build_zones
from geo.build.roads import build_emergency_times, build_travel_times
from geo.catchment.models import DEFAULT_MODEL, run_model
from geo.catchment.road_reach import crow_impedances, joined_reach
from geo.catchment.sensitivity import BUILD_RUNS, SEED, area_spread, ground_of, stability
from geo.catchment.sensitivity_runs import run_here
from geo.catchment.world import World, build_world, employment_zones
from geo.establishments import anomalies as hospital_anomalies
from geo.establishments import lists as ght_lists
from geo.establishments import members
from geo.establishments.history import build_history
from geo.geography.former_communes import former_communes, postcodes
from geo.partnerships.bundled import (
    build_partnerships,
    build_places,
    keep_listed,
    partnership_anomalies,
)
from geo.partnerships.rules import check_records, raise_faults
from geo.partnerships.yaml_file import read_records
from geo.roads.travel_times import TABLE as TRAVEL_TIMES
from geo.roads.travel_times import in_minutes
from geo.sources.reading import PARTNERSHIPS, Log, Progress, choose_paths, read_raw
from geo.territories import anomalies, own_towns
from geo.territories import areas as territories_areas
from geo.territories.censuses import census_sums, people_in
from geo.territories.people import known_communes, people_figures
from geo.territories.published import deviation_percent, latest_published, with_notes
from geo.territories.reconciliations import reconcile_members

PERCENT = 100.0


def build_codes(raw: Mapping[str, pd.DataFrame], land: Land, log: Log) -> dict[str, pd.DataFrame]:
    """List what else people write for a commune: its former codes and names, its postcodes."""
    former = former_communes(raw["cog_communes"], raw["movements"])
    codes = set(land.table.insee_code) | set(land.carry.included)
    postal = postcodes(raw["epci"], codes)
    log.note(
        "codes",
        anciennes_communes=len(former),
        codes_postaux=postal.postcode.nunique(),
        sans_code_postal=len(codes - set(postal.insee_code)),
    )
    return {"former_communes": former, "postcodes": postal}


def bundled_world(
    land: Land, network: Network, commune_zones: pd.DataFrame, times: pd.DataFrame
) -> World:
    """Gather what the models see of the tables to bundle."""
    zones, lines = employment_zones(commune_zones), crow_impedances()
    world = build_world(land.table, network.sites, network.members, zones)
    given = joined_reach(in_minutes(times), world.communes, world.sites, lines)
    return replace(world, by_landmass=lines, given=given)


def build_sensitivity(
    world: World, zones: Mapping[str, pd.DataFrame], log: Log
) -> dict[str, pd.DataFrame]:
    """Run the grid of rules, values and times, always the same points."""
    ground = ground_of(world, [zones["commune_zones"], zones["commune_zones_odbl"]])
    runs = [one for some in run_here(ground, SEED, range(BUILD_RUNS)) for one in some]
    tables = {
        "commune_stability": stability(ground, runs), "area_spread": area_spread(ground, runs)
    }  # fmt: skip
    steady = int((tables["commune_stability"].stays_percent == PERCENT).sum())
    log.note("sensibilité", tirages=len(runs), communes_toujours_au_meme=steady)
    return tables


def build_assignments(world: World, network: Network, log: Log) -> pd.DataFrame:
    """Run the default model on a world."""
    table = run_model(world, DEFAULT_MODEL).communes.rename(columns={"lead_min": "margin_min"})
    is_ght = table.area_code.isin(network.members.ght_code)
    table["ght_code"] = table.area_code.where(is_ght)
    table = table.sort_values("insee_code", ignore_index=True)
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
    kept, lost = keep_listed(records, set(network.ghts.ght_code))
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


def build_activity(
    raw: Mapping[str, pd.DataFrame], land: Land, log: Log
) -> dict[str, pd.DataFrame]:
    """Count what hospitals have and do, and prove the members on the ministry's totals."""
    members_proved = raw["members_2024"]
    figures = site_figures(raw["sae_values"], raw["sae_sites"])
    ghts = ght_figures(figures, raw["sae_totals"], members_proved)
    proof = require_proof(figures, ghts, members_proved)
    exact = proof.difference.eq(0).groupby(proof.ght_code).all()
    log.note(
        "activité",
        chiffres=len(figures),
        indicateurs=proof.indicator.nunique(),
        ght=len(exact),
        retrouves=int(exact.sum()),
    )
    return {
        "proved_members": members_proved.sort_values("finess_ej", ignore_index=True),
        "proof": proof,
        "sae_sites": build_sites(raw["sae_sites"], land.carry.area_of),
        "activity_ghts": ghts,
        "activity_sites": figures,
    }


def _comparison(areas: pd.DataFrame, published: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """Modelled population (of the year) and area beside the published, one row per figure."""
    parts = []
    for figure, label in (("population", "Population"), ("area_km2", "Superficie (km²)")):
        stated = latest_published(published, figure)
        modelled = areas.set_index("area_code")[figure].reindex(stated.index)
        if figure == "population":
            modelled = people_in(sums.reindex(stated.index), stated.year)
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


@dataclass
class Made:
    """What a build makes: tables by name, the communes' polygons, the times by road."""

    tables: dict[str, pd.DataFrame]
    land: Land
    times: pd.DataFrame


def build_tables(raw: Mapping[str, pd.DataFrame], vintages: Vintages, log: Log) -> Made:
    """
    Make and check every bundled table.

    Parameters
    ----------
    raw
        Raw tables by key of source.
    vintages
        Of the sources: what the texts of the tables name.
    log
        Where the counts go.

    Returns
    -------
    made
        Checked.

    Raises
    ------
    SourceError
        If a table breaks its schema or an invariant.
    """
    land = build_land(raw, log)
    network = build_network(raw, land, log)
    zones = build_zones(raw, land.carry, land.table, log)
    times = build_travel_times(raw, land.table, land.polygons, network.sites, log)
    world = bundled_world(land, network, zones["commune_zones_odbl"], times)
    assignments = build_assignments(world, network, log)
    ghts = network.ghts
    areas = territories_areas.build_territories(
        assignments, land.table, ghts, network.sites, _entity_names(raw, network)
    )
    published = with_notes(
        ght_lists.of_today(raw["published"], ghts, raw["published_moved"]), raw["published_notes"]
    )
    log.note("chiffres publiés", lignes=len(published), precises=int(published.qualifier.count()))
    partnerships = build_partnership_tables(raw, network, log)
    activity = build_activity(raw, land, log)
    supply = Supply(network.sites, ghts, activity["activity_sites"])
    access = build_access(supply, land.table, assignments, times, log)
    people = build_people(raw, land.carry, land.table, log)
    of_areas = people_figures(assignments, known_communes(land.table, people))
    found = _anomalies({**raw, "published": published}, land, network, assignments, ghts, areas)
    oddities = anomalies.build_anomalies(found, vintages)
    tables = {
        **build_codes(raw, land, log),
        "communes": land.table.assign(included_names=_included_names(land, raw["cog_communes"])),
        "departements": raw["departements"],
        "regions": raw["regions"],
        "establishments": network.sites,
        "ghts": ghts,
        "members": network.members,
        "earlier_members": network.earlier_members,
        "former_ghts": network.former_ghts,
        "ght_history": build_history(raw["ght_history"], ghts, network.former_ghts),
        "assignments": assignments,
        "territories": areas,
        "published": published,
        "compositions": _compositions(raw),
        "reconciliations": reconcile_members(network.members, network.earlier_members, published),
        "anomalies": pd.concat(
            [oddities, partnerships.anomalies, survey_anomalies(activity, raw)], ignore_index=True
        ),
        **partnerships.tables,
        **activity,
        "people": people,
        "area_people": of_areas.sort_index().reset_index(),
        "collectivities": build_collectivities(raw["overseas"]),
        "emergency_times": build_emergency_times(land.table, raw["drees_times"]),
        **build_sensitivity(world, zones, log),
        **access,
        **zones,
    }
    log.note("territoires", dessines=int((areas.status == "modelled").sum()))
    log.note("anomalies", lignes=len(tables["anomalies"]))
    checked = {name: check_table(name, table) for name, table in tables.items()}
    return Made(checked, land, times)


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


def _anomalies(
    raw: Mapping[str, pd.DataFrame],
    land: Land,
    network: Network,
    assignments: pd.DataFrame,
    ghts: pd.DataFrame,
    areas: pd.DataFrame,
) -> list[pd.DataFrame]:
    """Every anomaly of every source."""
    cog = raw["cog_communes"]
    names = cog[cog.type_code == "COM"].set_index("insee_code").commune_name
    repaired = raw["contours"].attrs.get("repaired", ())
    homes = own_towns.member_homes(network.members, network.sites)
    towns = own_towns.towns_elsewhere(homes, assignments, ghts)
    return [
        hospital_anomalies.list_anomalies(raw["list_changes"]),
        hospital_anomalies.member_anomalies(network.members),
        anomalies.ght_anomalies(ghts, areas),
        anomalies.commune_anomalies(land.table, land.carry, names, repaired),
        hospital_anomalies.site_anomalies(network.sites),
        anomalies.overseas_anomalies(raw["overseas"], assignments, land.table),
        anomalies.deviation_anomalies(
            _comparison(areas, raw["published"], census_sums(assignments, land.table))
        ),
        own_towns.own_town_anomalies(towns, land.table, areas),
    ]


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
    origin = origin_of(paths)
    vintages = vintages_of(origin.sources, origin.parameters)
    made = build_tables(raw, vintages, log)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".atlas-ght-") as folder:
        new = Path(folder) / "data"
        new.mkdir()
        files = write_files(new, made.tables, made.land.polygons, log)
        files[TRAVEL_TIMES] = write_table(new, f"{TRAVEL_TIMES}.parquet", made.times)
        manifest = describe(origin, files, log)
        write_manifest(manifest, new)
        write_dictionary(new, manifest)
        swap(new, out)
    return manifest
