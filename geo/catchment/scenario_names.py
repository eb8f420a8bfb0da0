"""Names of what a scenario touches: a person reads names, a file keeps codes."""

from dataclasses import replace

import pandas as pd

from geo.catchment import words
from geo.catchment.scenario import Change
from geo.catchment.world import World
from geo.formats import format_count


def site_names(world: World) -> pd.Series:
    """Name of each site with its town and code, indexed by `finess_et`."""
    sites = world.sites.set_index("finess_et")
    town = sites.city.fillna("") if "city" in sites else pd.Series("", index=sites.index)
    return sites.site_name.fillna("") + " – " + town + " (" + sites.index + ")"


def entity_names(world: World) -> pd.Series:
    """Name of each entity, from its largest site, with its code, indexed by `finess_ej`."""
    sites = world.sites.sort_values(["capacity", "finess_et"], ascending=[False, True])
    main = sites.drop_duplicates("finess_ej").set_index("finess_ej")
    town = main.city.fillna("") if "city" in main else pd.Series("", index=main.index)
    return main.site_name.fillna("") + " – " + town + " (" + main.index + ")"


def target_names(world: World, kind: str) -> dict[str, str]:
    """Name what "move_site", "move", "close" and "capacity" may touch, in alphabetical order."""
    names = entity_names(world) if kind == "move" else site_names(world)
    return {str(code): str(name) for code, name in names.sort_values().items()}


def change_text(change: Change, world: World, areas: dict[str, str]) -> str:
    """
    Say a change in French, with names.

    Parameters
    ----------
    change
        One change.
    world
        The real situation, for the names of sites and communes.
    areas
        Names of the areas.
    """
    ght, named = areas.get(change.ght_code, change.ght_code), target_text(change, world)
    beds = format_count(round(change.capacity), "lit de MCO", "lits de MCO")
    texts = {
        "move_site": words.moved(named, ght),
        "move": words.moved(named, ght),
        "merge": words.merged(areas.get(change.target, change.target), ght),
        "close": words.closed(named),
        "open": words.opened(named, ght, beds),
        "capacity": words.resized(named, beds),
    }
    return texts[change.kind]


def target_text(change: Change, world: World) -> str:
    """Name what a change touches."""
    code, sites, communes = change.target, world.sites, world.communes
    if change.kind == "open":
        names = communes.commune_name[communes.insee_code == code]
        return f"{names.iloc[0]} ({code})" if len(names) else code
    # Of the sites that are meant only: names of a thousand others would be written in vain.
    is_entity = change.kind == "move"
    own = sites[(sites.finess_ej if is_entity else sites.finess_et) == code]
    part = replace(world, sites=own)
    return str((entity_names(part) if is_entity else site_names(part)).get(code, code))


def is_idle(change: Change, world: World) -> bool:
    """Tell whether a change would leave the supply as it is."""
    sites = world.sites
    if change.kind == "move_site":
        return bool((sites.area_code[sites.finess_et == change.target] == change.ght_code).all())
    if change.kind == "move":
        return bool((sites.area_code[sites.finess_ej == change.target] == change.ght_code).all())
    if change.kind == "capacity":
        return bool((sites.capacity[sites.finess_et == change.target] == change.capacity).all())
    return change.kind == "merge" and change.target == change.ght_code
