"""Where a figure of activity comes from: each member's figure, the ministry's total, the people."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from geo import wording
from geo.activity.measure import Measure
from geo.activity.measures import MEASURES as ACTIVITY_MEASURES
from geo.activity.tables import measure_by_ght
from geo.atlas.columns import OUTSIDE_PREFIX
from geo.atlas.load import Atlas
from geo.errors import UserError
from geo.formats import format_date, is_unknown
from geo.territories.access_measures import ACCESS, access_recipe
from geo.territories.activity import as_indicator, latest_year, with_indicators
from geo.territories.measures import territory_table
from geo.territories.recipe import Ingredient, Recipe, number
from geo.territories.recipe import recipe as own_recipe

COMMAND: Final = "python -m geo activity --ght {code} --measure {key} --format json"
SITES_COMMAND: Final = "python -m geo activity --site {code} --measure {key} --format json"
FACT: Final = "Fait déclaré par les hôpitaux, sans modèle"
MINISTRY: Final = "Total publié par le ministère : {label}"
GAP: Final = "Somme des membres moins ce total : {label}"
PEOPLE: Final = "Habitants du territoire modélisé"
OWN: Final = "Atlas GHT"


def indicator_recipe(
    atlas: Atlas, measure: str, area_code: str, areas: pd.DataFrame | None = None
) -> Recipe:
    """
    Tell where any indicator comes from.

    Parameters
    ----------
    atlas
        The bundled tables.
    measure
        Key of `geo.territories.activity.INDICATORS` or of `geo.activity.measures.MEASURES`.
    area_code
        The territory.
    areas
        From `geo.territories.measures.territory_table`, when the caller has it.

    Returns
    -------
    recipe
        See `geo.territories.recipe.recipe`. Of an activity: what each member declares, the
        ministry's total and the difference, of both parts of a ratio; of a ratio to inhabitants,
        those of the territory too.

    Raises
    ------
    UserError
        If the measure or the territory is unknown.
    """
    if measure in ACCESS:
        return access_recipe(atlas, measure, area_code)
    if measure not in ACTIVITY_MEASURES:
        return own_recipe(atlas, measure, area_code, areas)
    table = territory_table(atlas) if areas is None else areas
    rows = with_indicators(atlas, table[table.area_code == area_code], [measure])
    if rows.empty:
        raise UserError(f"Territoire « {area_code} » inconnu.")
    return _activity_recipe(atlas, measure, rows.iloc[0])


def _activity_recipe(atlas: Atlas, key: str, area: pd.Series) -> Recipe:
    """Write the recipe of a figure of activity."""
    measure = ACTIVITY_MEASURES[key]
    spec = as_indicator(measure)
    parts = _ingredients(atlas, measure, area)
    if measure.is_modelled:
        year = atlas.vintages.populations
        parts.append(Ingredient(PEOPLE, number(area.population), "habitants", OWN, year))
    named = measure.numerator[0] if measure.is_modelled else key
    outside = str(area.area_code).removeprefix(OUTSIDE_PREFIX)
    is_ght = area.kind == "ght"
    command = COMMAND.format(code=area.ght_code, key=named) if is_ght else ""
    if not is_ght:
        sites = _declared(atlas, outside, named)
        is_alone = len(sites) == 1  # no command adds the sites of an entity up
        command = SITES_COMMAND.format(code=sites.index[0], key=named) if is_alone else ""
    return Recipe(
        measure=key, area_code=str(area.area_code), title=spec.label, unit=spec.unit,
        value=number(area[key]), formula=spec.description, ingredients=tuple(parts),
        command=command, column="value",
        model=wording.MODEL_NAME if measure.is_modelled else FACT,
        version=wording.data_version(atlas.version, format_date(atlas.manifest.build_date)),
    )  # fmt: skip


def _parts(measure: Measure) -> Sequence[str]:
    """List what a figure is computed from: itself, when it is no ratio."""
    return tuple(dict.fromkeys((*measure.numerator, *measure.denominator))) or (measure.key,)


def _ingredients(atlas: Atlas, measure: Measure, area: pd.Series) -> list[Ingredient]:
    """List what each member declares, then the ministry's total."""
    made: list[Ingredient] = []
    for key in _parts(measure):
        if area.kind == "ght":
            made += _of_members(atlas, key, str(area.ght_code))
            made += _of_ministry(atlas, key, str(area.ght_code))
        else:
            entity = str(area.area_code).removeprefix(OUTSIDE_PREFIX)
            total = _declared(atlas, entity, key).sum(min_count=1)
            made.append(_ingredient(atlas, ACTIVITY_MEASURES[key].label, total, key))
    return [part for part in made if part.value is not None]


def _ingredient(atlas: Atlas, label: str, value: object, key: str) -> Ingredient:
    """Make an input of the survey."""
    year = latest_year(atlas)
    found = [s for s in atlas.manifest.sources if s["key"] == f"sae_{year}"]
    source = f"{found[0]['title']} ({found[0]['producer'].partition(',')[0]})" if found else ""
    return Ingredient(label, number(value), ACTIVITY_MEASURES[key].unit, source, str(year))


def _declared(atlas: Atlas, entity: str, key: str) -> pd.Series:
    """Give what each site of an entity declares, by number."""
    table = atlas.activity_sites
    own = (table.finess_ej == entity) & (table.measure == key)
    return table[own & (table.year == latest_year(atlas))].set_index("finess_et").value


def _of_members(atlas: Atlas, key: str, ght: str) -> list[Ingredient]:
    """Say what each member declares, the largest first."""
    if not ACTIVITY_MEASURES[key].items:
        return []
    table, members = atlas.activity_sites, atlas.proved_members
    chosen = members[(members.ght_code == ght) & (members.evidence != "not_counted")]
    is_now = (table.year == latest_year(atlas)) & (table.measure == key)
    rows = table[is_now & table.finess_ej.isin(chosen.finess_ej)]
    sums = rows.groupby("finess_ej").value.sum().sort_values(ascending=False)
    named = atlas.members.dropna(subset="entity_name").drop_duplicates("finess_ej")
    names = named.set_index("finess_ej").entity_name
    label = ACTIVITY_MEASURES[key].label
    return [
        _ingredient(atlas, f"{_name(names.get(code), code)} : {label}", value, key)
        for code, value in sums.items()
    ]


def _name(name: object, code: object) -> str:
    """Name an entity as the list of members does, else by its number."""
    return str(code) if is_unknown(name) else f"{name} ({code})"


def _of_ministry(atlas: Atlas, key: str, ght: str) -> list[Ingredient]:
    """Say the ministry's total, and the difference with the sum of the members."""
    table = measure_by_ght(atlas, key, latest_year(atlas))
    rows = table[table.ght_code == ght]
    if rows.empty or is_unknown(rows.value_ministry.iloc[0]):
        return []
    row, label = rows.iloc[0], ACTIVITY_MEASURES[key].label
    gap = row.value_members - row.value_ministry
    return [
        _ingredient(atlas, MINISTRY.format(label=label), row.value_ministry, key),
        _ingredient(atlas, GAP.format(label=label), gap, key),
    ]
