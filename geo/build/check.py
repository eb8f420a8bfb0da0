"""Check the bundle: digests, schemas and the invariants that must always hold."""

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geo.activity.proof import proved_year, require_proof, summary
from geo.atlas.load import Atlas, load_atlas
from geo.atlas.manifest import check_file
from geo.atlas.schema import TABLES, check_table
from geo.atlas.zone_kinds import ZONE_KINDS
from geo.faults import Faults
from geo.formats import format_number
from geo.geography.communes import geodesic_area_km2
from geo.roads.travel_times import check_times, read_times
from geo.territories.areas import sum_communes
from geo.territories.measures import territory_table

AREA_TOLERANCE = 1e-6
PROVED = "proved"
REBUILD = "Reconstruisez les données."
WHOLE_PERCENT = 100.0
SHARE_TOLERANCE = 0.3  # three shares, each rounded to a tenth


def check_bundle(folder: Path) -> Iterator[str]:
    """
    Prove that a data folder can be trusted.

    Parameters
    ----------
    folder
        Data folder.

    Yields
    ------
    line
        French, one per check done, then the national totals.

    Raises
    ------
    BundleError
        If a file is missing or altered.
    SourceError
        If a table breaks its schema or an invariant; every fault of the table at once.
    """
    atlas = load_atlas(folder)
    for entry in atlas.manifest.tables.values():
        check_file(folder, entry)
    yield f"Empreintes : {len(atlas.manifest.tables)} fichiers conformes au manifeste."
    for name in TABLES:
        check_table(name, atlas.tables[name])
        check_description(name, atlas)
    yield f"Schémas : {len(TABLES)} tables conformes."
    check_totals(atlas)
    check_sums(atlas)
    yield "Conservation : territoires + hors GHT + non rattachées = population du pays."
    check_links(atlas)
    check_times(read_times(atlas), atlas.communes.insee_code, atlas.establishments.finess_et)
    yield "Liens : chaque code cité existe."
    check_people(atlas)
    yield "Habitants : parts d'âge et zones de chaque commune."
    yield from check_proof(atlas)
    check_sensitivity(atlas)
    check_coverage(atlas)
    yield "Géométrie : ni trou ni chevauchement, superficies retrouvées."
    yield from national_totals(atlas)


def check_description(name: str, atlas: Atlas) -> None:
    """Check the rows and columns of a table against what the manifest says of it."""
    faults = Faults(f"table {name}")
    table, entry = atlas.tables[name], atlas.manifest.tables[name]
    if len(table) != entry.rows or tuple(table.columns) != entry.columns:
        faults.add("lignes ou colonnes autres que celles du manifeste. Reconstruisez les données.")
    faults.raise_if_any()


def check_totals(atlas: Atlas) -> None:
    """Each commune in one area; inhabitants, communes and km2 of the areas sum to the country's."""
    faults = Faults("territoires")
    faults.duplicates(atlas.assignments.insee_code, "insee_code")
    areas, communes = atlas.territories, atlas.communes
    if set(atlas.assignments.insee_code) != set(communes.insee_code):
        faults.add("des communes n'ont pas d'affectation. Reconstruisez les données.")
    if int(areas.population.sum()) != int(communes.population.sum()):
        faults.add("la somme des populations n'est pas celle du pays. Reconstruisez les données.")
    if int(areas.commune_count.sum()) != len(communes):
        faults.add("la somme des communes n'est pas celle du pays. Reconstruisez les données.")
    gap = abs(areas.area_km2.sum() - communes.area_km2.sum())
    if gap > AREA_TOLERANCE * communes.area_km2.sum():
        faults.add(f"superficies : {gap:.3f} km² d'écart au pays. Reconstruisez les données.")
    faults.raise_if_any()


def check_sums(atlas: Atlas) -> None:
    """Each area holds the inhabitants of its communes, so that two areas cannot swap figures."""
    faults = Faults("territoires")
    sums = sum_communes(atlas.assignments, atlas.communes).population.astype("Int64")
    stated = atlas.territories.set_index("area_code").population.reindex(sums.index)
    faults.bad_values(
        sums.index[stated.isna() | (stated != sums)],
        "territoires dont la population n'est pas celle de leurs communes",
        "Reconstruisez les données.",
    )
    faults.raise_if_any()


def _check_link(faults: Faults, values: pd.Series, known: pd.Series, link: str) -> None:
    """Note the values that point to nothing."""
    lost = values.dropna()[~values.dropna().isin(known)]
    faults.bad_values(lost, f"{link} sans correspondance", "Reconstruisez les données.")


def _check_partnership_links(faults: Faults, atlas: Atlas) -> None:
    """Note the rows of partnerships that point to no partnership, or to no GHT."""
    ids = atlas.partnerships.partnership_id
    codes = atlas.partnerships.ght_codes.str.split(";").explode()
    _check_link(faults, codes, atlas.ghts.ght_code, "partnerships.ght_codes")
    for name in ("parties", "events", "sources", "links"):
        table = atlas.tables[f"partnership_{name}"]
        _check_link(faults, table.partnership_id, ids, f"partnership_{name}.partnership_id")
    _check_link(faults, atlas.partnership_links.target_id, ids, "partnership_links.target_id")


def _check_code_links(faults: Faults, atlas: Atlas) -> None:
    """Note the former codes and the postcodes that lead to no commune."""
    included = atlas.communes.included_codes.dropna().str.split(";").explode()
    communes = pd.concat([atlas.communes.insee_code, included])
    _check_link(
        faults, atlas.former_communes.current_code, communes, "former_communes.current_code"
    )
    _check_link(faults, atlas.postcodes.insee_code, communes, "postcodes.insee_code")


def check_links(atlas: Atlas) -> None:
    """Every code written in a table exists in the table it points to."""
    faults = Faults("liens entre tables")
    ght_codes, insee_codes = atlas.ghts.ght_code, atlas.communes.insee_code
    areas, sites = atlas.territories.area_code, atlas.establishments
    _check_link(faults, atlas.members.ght_code, ght_codes, "members.ght_code")
    _check_link(faults, atlas.published.ght_code, ght_codes, "published.ght_code")
    _check_link(faults, sites.ght_code, ght_codes, "establishments.ght_code")
    _check_link(faults, sites.insee_code, insee_codes, "establishments.insee_code")
    _check_link(faults, atlas.emergency_times.insee_code, insee_codes, "emergency_times.insee_code")
    _check_link(faults, atlas.access_times.insee_code, insee_codes, "access_times.insee_code")
    _check_link(faults, atlas.access_times.finess_et, sites.finess_et, "access_times.finess_et")
    _check_link(faults, atlas.access_beds.insee_code, insee_codes, "access_beds.insee_code")
    _check_link(faults, atlas.assignments.area_code, areas, "assignments.area_code")
    _check_link(faults, atlas.assignments.runner_up_area_code, areas, "runner_up_area_code")
    _check_link(faults, atlas.assignments.finess_et, sites.finess_et, "assignments.finess_et")
    _check_partnership_links(faults, atlas)
    _check_code_links(faults, atlas)
    _check_link(faults, atlas.communes.dep_code, atlas.departements.dep_code, "dep_code")
    _check_link(faults, atlas.communes.reg_code, atlas.regions.reg_code, "reg_code")
    _check_link(faults, atlas.sae_sites.insee_code, insee_codes, "sae_sites.insee_code")
    counted = atlas.activity_sites.finess_et.drop_duplicates()
    _check_link(faults, counted, atlas.sae_sites.finess_et, "activity_sites.finess_et")
    faults.raise_if_any()


def check_people(atlas: Atlas) -> None:
    """Every commune is there once, its age groups make a whole, and its zones have a name."""
    faults = Faults("habitants et zones")
    for name in ("people", "commune_zones", "commune_zones_odbl"):
        lost = set(atlas.communes.insee_code) ^ set(atlas.tables[name].insee_code)
        faults.bad_values(sorted(lost), f"communes absentes de {name}, ou en trop", REBUILD)
    people = atlas.people
    whole = people.under_25_percent + people.aged_25_64_percent + people.aged_65_over_percent
    off = people.insee_code[(whole - 100).abs() > SHARE_TOLERANCE]
    faults.bad_values(off, "communes dont les parts d'âge ne font pas 100 %", REBUILD)
    names = pd.concat([atlas.zones, atlas.zones_odbl])
    both = atlas.commune_zones.merge(atlas.commune_zones_odbl, on="insee_code")
    for kind in ZONE_KINDS:
        _check_link(faults, both[kind], names.zone_code[names.kind == kind], kind)
    faults.raise_if_any()


def check_sensitivity(atlas: Atlas) -> None:
    """Every commune and every area that holds some is there, and shares are shares."""
    faults = Faults("sensibilité")
    stable, spread = atlas.commune_stability, atlas.area_spread.set_index("area_code")
    lost = set(atlas.communes.insee_code) ^ set(stable.insee_code)
    faults.bad_values(sorted(lost), "communes absentes de commune_stability, ou en trop", REBUILD)
    odd = stable.insee_code[stable.stays_percent > WHOLE_PERCENT]
    faults.bad_values(odd, "communes dont la part des tirages dépasse 100 %", REBUILD)
    _check_link(faults, atlas.assignments.area_code, spread.index.to_series(), "area_spread")
    crossed = spread.index[
        (spread.population_lowest > spread.population_median)
        | (spread.population_median > spread.population_highest)
    ]
    faults.bad_values(crossed, "territoires dont les populations ne sont pas rangées", REBUILD)
    faults.raise_if_any()


def check_proof(atlas: Atlas) -> Iterator[str]:
    """
    Add the members of every GHT up again, and compare with the ministry's totals.

    Yields
    ------
    line
        French: the proof, and each GHT that is not met exactly.

    Raises
    ------
    SourceError
        GHTs of which a total is neither met nor explained; members that the stored proof forgets.
    """
    proof = require_proof(atlas.activity_sites, atlas.activity_ghts, _as_listed(atlas))
    stored = atlas.proof.set_index(["ght_code", "indicator"]).sort_index()
    faults = Faults("table proof")
    if not stored.equals(proof.set_index(["ght_code", "indicator"]).sort_index()):
        faults.add("la preuve enregistrée n'est pas celle des tables. Reconstruisez les données.")
    faults.raise_if_any()
    yield from summary(proof, proved_year(atlas.activity_ghts.year))


def _as_listed(atlas: Atlas) -> pd.DataFrame:
    """Put the members to prove where the list in use has them: it is the list that is proved."""
    members = atlas.members[atlas.members.evidence == PROVED].set_index("finess_ej").ght_code
    proved = atlas.proved_members
    listed = proved.finess_ej.map(members).astype("str")
    return proved.assign(ght_code=listed.fillna(proved.ght_code))


def check_coverage(atlas: Atlas) -> None:
    """Territories neither overlap nor leave gaps, and measure what the communes measure."""
    faults = Faults("shapes/territories.parquet")
    shapes = gpd.read_parquet(atlas.folder / "shapes" / "territories.parquet")
    if not shapely.coverage_is_valid(shapes.geometry.to_numpy()):
        faults.add("les territoires se chevauchent ou laissent des trous. Reconstruisez-les.")
    modelled = atlas.territories[atlas.territories.status == "modelled"].area_code
    odd = sorted(set(modelled) ^ set(shapes.area_code))
    problem = "territoires sans contour, ou contours sans territoire"
    faults.bad_values(odd, problem, "Reconstruisez-les.")
    stated = atlas.territories.set_index("area_code").area_km2.reindex(shapes.area_code)
    measured = pd.Series(geodesic_area_km2(shapes.geometry), index=stated.index)
    far = (measured - stated).abs() > AREA_TOLERANCE * stated
    faults.bad_values(far[far].index, "superficies qui diffèrent du contour", "Reconstruisez-les.")
    faults.raise_if_any()


def national_totals(atlas: Atlas) -> Iterator[str]:
    """
    Tell the national totals.

    Yields
    ------
    line
        French: population and area of the GHT territories, the hors-GHT areas, the unassigned
        communes and the country.
    """
    table = territory_table(atlas)
    labels = {
        "ght": "Territoires de GHT",
        "hors_ght": "Territoires hors GHT",
        "unassigned": "Non rattachées",
    }
    for kind, label in labels.items():
        rows = table[table.kind == kind]
        drawn = int(rows.population.notna().sum())
        yield (
            f"{label} : {drawn} sur {len(rows)}, "
            f"{format_number(rows.population.sum())} habitants, "
            f"{format_number(rows.area_km2.sum())} km²"
        )
    communes = atlas.communes
    yield (
        f"France ({len(communes)} communes, {len(atlas.departements)} départements) : "
        f"{format_number(communes.population.sum())} habitants, "
        f"{format_number(communes.area_km2.sum())} km²"
    )
