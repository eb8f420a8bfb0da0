"""Check the bundle: digests, schemas and the invariants that must always hold."""

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geo.atlas.load import Atlas, load_atlas
from geo.atlas.manifest import check_file
from geo.atlas.schema import TABLES, check_table
from geo.faults import Faults
from geo.formats import format_number
from geo.geography.communes import geodesic_area_km2
from geo.roads.travel_times import check_times, read_times
from geo.territories.areas import sum_communes
from geo.territories.measures import territory_table

AREA_TOLERANCE = 1e-6


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
    yield "Conservation : territoires + hors GHT + non affectées = population du pays."
    check_links(atlas)
    check_times(read_times(atlas), atlas.communes.insee_code, atlas.establishments.finess_et)
    yield "Liens : chaque code cité existe."
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
    _check_link(faults, atlas.assignments.area_code, areas, "assignments.area_code")
    _check_link(faults, atlas.assignments.runner_up_area_code, areas, "runner_up_area_code")
    _check_link(faults, atlas.assignments.finess_et, sites.finess_et, "assignments.finess_et")
    _check_partnership_links(faults, atlas)
    _check_link(faults, atlas.communes.dep_code, atlas.departements.dep_code, "dep_code")
    _check_link(faults, atlas.communes.reg_code, atlas.regions.reg_code, "reg_code")
    faults.raise_if_any()


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
        "hors_ght": "Aires hors GHT",
        "unassigned": "Non affectées",
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
