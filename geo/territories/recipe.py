"""Where a figure comes from: its formula, its inputs, and the command that gives it again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo import wording
from geo.atlas.load import Atlas
from geo.atlas.vintages import CHANGE_YEARS, EARLIER_LIST, MEMBER_LISTS
from geo.errors import UserError
from geo.formats import format_date, format_year, is_unknown
from geo.partnerships.counts import holds
from geo.territories.measures import MEASURES, territory_table
from geo.territories.people import RATIOS, known_communes, known_of
from geo.territories.sums import complete_sum

COMMAND: Final = "python -m geo territories {scope} --format json"


@dataclass(frozen=True)
class Ingredient:
    """
    An input of a figure.

    Attributes
    ----------
    label, unit
        French.
    value
        A number, or None when it is unknown.
    source
        Title and producer of the source.
    year
        What the source describes: a year or a date, as the manifest gives it.
    """

    label: str
    value: float | None
    unit: str
    source: str
    year: str


@dataclass(frozen=True)
class Recipe:
    """
    A figure and how it was made.

    Attributes
    ----------
    measure, area_code
        Which figure of which territory.
    title, unit
        French.
    value
        The figure, None when it is unknown.
    formula
        A French sentence.
    ingredients
        Inputs, in the order of the formula.
    command
        One line that gives the same figure: `column` of the row whose `area_code` is this one.
    column
        Name of the figure in that answer.
    model, version
        Rule of the territories, version and date of the data.
    """

    measure: str
    area_code: str
    title: str
    unit: str
    value: float | None
    formula: str
    ingredients: tuple[Ingredient, ...]
    command: str
    column: str
    model: str
    version: str


@dataclass(frozen=True)
class _Kitchen:
    """What the makers of ingredients read."""

    atlas: Atlas
    area: pd.Series
    communes: pd.DataFrame

    def source(self, *keys: str) -> tuple[str, str]:
        """Give the titles and the vintages of sources."""
        found = [source for source in self.atlas.manifest.sources if source["key"] in keys]
        titles = [f"{source['title']} ({source['producer'].partition(',')[0]})" for source in found]
        return " ; ".join(titles), " ; ".join(source["vintage"] for source in found)

    @property
    def survey(self) -> str:
        """Key of the last survey of hospitals."""
        keys = [str(source["key"]) for source in self.atlas.manifest.sources]
        return max((key for key in keys if key.startswith("sae_")), default="")

    def ingredient(self, label: str, value: object, unit: str, *keys: str) -> Ingredient:
        """Make an input."""
        return Ingredient(label, number(value), unit, *self.source(*keys))


def number(value: object) -> float | None:
    """Give a number, or None when it is unknown."""
    return None if is_unknown(value) else float(str(value))


def _population(kitchen: _Kitchen) -> list[Ingredient]:
    """Inhabitants by year of count."""
    made = []
    for year, group in kitchen.communes.groupby("population_year"):
        key = "populations" if year == kitchen.atlas.communes.population_year.max() else "mayotte"
        label = f"Habitants des {len(group)} communes comptées en {format_year(year)}"
        made.append(kitchen.ingredient(label, group.population.sum(), "habitants", key))
    return made


def _area(kitchen: _Kitchen) -> list[Ingredient]:
    """Areas of the communes."""
    label = f"Somme des superficies des {len(kitchen.communes)} communes"
    return [kitchen.ingredient(label, complete_sum(kitchen.communes.area_km2), "km²", "contours")]


def _density(kitchen: _Kitchen) -> list[Ingredient]:
    """Inhabitants, and area."""
    return [*_population(kitchen), *_area(kitchen)]


def _communes(kitchen: _Kitchen) -> list[Ingredient]:
    """Communes assigned to the territory."""
    count = len(kitchen.communes) or None
    return [kitchen.ingredient("Communes rattachées", count, "communes", "cog_communes")]


def _members(kitchen: _Kitchen) -> list[Ingredient]:
    """Count the listed members, and those that a merger counts with another."""
    rows = kitchen.atlas.ghts[kitchen.atlas.ghts.ght_code == kitchen.area.ght_code]
    if rows.empty:
        return []
    listed, current = rows.iloc[0].listed_member_count, rows.iloc[0].current_member_count
    unit = "entités juridiques"
    list_in_use, mergers = _list_in_use(kitchen.atlas)
    return [
        kitchen.ingredient("Membres de la liste", listed, unit, list_in_use),
        kitchen.ingredient("Comptés avec un autre après fusion", listed - current, unit, mergers),
    ]


def _list_in_use(atlas: Atlas) -> tuple[str, str]:
    """Give the keys of the list of members in use, and of the mergers since."""
    held = {source["key"] for source in atlas.manifest.sources}
    current = next((key for key in MEMBER_LISTS if key in held), EARLIER_LIST)
    return current, current.replace("members", "successors")


def _sites(kitchen: _Kitchen) -> list[Ingredient]:
    """Sites that compete in the model."""
    sites = kitchen.atlas.establishments
    chosen = sites[(sites.area_code == kitchen.area.area_code) & sites.is_general]
    located = int(chosen.insee_code.notna().sum())
    label = "Sites publics d'hospitalisation générale situés dans une commune"
    return [kitchen.ingredient(label, located or None, "sites", kitchen.survey, "finess")]


def _change(kitchen: _Kitchen) -> list[Ingredient]:
    """Inhabitants at both ends; unknown if a commune is."""
    made = []
    for year in CHANGE_YEARS:
        total = complete_sum(kitchen.communes[f"population_{year}"])
        made.append(kitchen.ingredient(f"Habitants en {year}", total, "habitants", "context"))
    return made


def _mean_time(kitchen: _Kitchen) -> list[Ingredient]:
    """Travel times weighted by inhabitants, and inhabitants."""
    communes = kitchen.communes
    total = complete_sum(communes.travel_time_min * communes.population.astype("float64"))
    label = "Somme des temps estimés × habitants"
    return [
        kitchen.ingredient(label, total, "minutes × habitants", "road_posts", "drees_times"),
        *_population(kitchen),
    ]


def _partnerships(kitchen: _Kitchen) -> list[Ingredient]:
    """Count the partnerships that name the GHT: 0 means that none was collected."""
    table = kitchen.atlas.tables["partnerships"]
    code = kitchen.area.ght_code
    if is_unknown(code):
        return []
    count = int(holds(table.ght_codes, [str(code)]).sum())
    version = f"Atlas GHT, relevé de sources publiques ({len(table)} partenariats)"
    date = kitchen.atlas.manifest.build_date[:4]
    return [Ingredient("Partenariats qui nomment ce GHT", count, "partenariats", version, date)]


def _people(key: str) -> Callable[[_Kitchen], list[Ingredient]]:
    """Make the cook of a figure of the inhabitants: both sums, and how many people they know."""

    def made(kitchen: _Kitchen) -> list[Ingredient]:
        people, ratio = kitchen.atlas.people, RATIOS[key]
        ours = people[people.insee_code.isin(kitchen.communes.insee_code)]
        known = known_of(key, known_communes(kitchen.communes, ours))
        below = "populations" if ratio.is_mean else ratio.source
        unit = "habitants" if ratio.bottom.startswith("population") else "personnes"
        if not known.commune_count:
            return []
        return [
            kitchen.ingredient(ratio.label, known.top, ratio.unit, ratio.source),
            kitchen.ingredient(ratio.bottom_label, known.bottom, unit, below),
            kitchen.ingredient("Communes connues", known.commune_count, "communes", ratio.source),
            kitchen.ingredient(
                "Part des habitants qui y vivent", known.coverage_percent, "%", "populations"
            ),
        ]

    return made


MAKERS: Final[Mapping[str, Callable[[_Kitchen], list[Ingredient]]]] = {
    "population": _population,
    "area_km2": _area,
    "density_per_km2": _density,
    "commune_count": _communes,
    "member_count": _members,
    "site_count": _sites,
    "population_change_percent": _change,
    "mean_travel_time_min": _mean_time,
    "partnership_count": _partnerships,
    **{key: _people(key) for key in RATIOS},
}


def _scope(area: pd.Series) -> str:
    """Write the options that keep the territory in the answer of the command."""
    if not is_unknown(area.ght_code):
        return f"--ght {area.ght_code}"
    return "" if is_unknown(area.reg_code) else f"--region {area.reg_code}"


def recipe(atlas: Atlas, measure: str, area_code: str, areas: pd.DataFrame | None = None) -> Recipe:
    """
    Tell where a figure comes from.

    Parameters
    ----------
    atlas
        The bundled tables.
    measure
        Key of `geo.territories.measures.MEASURES`.
    area_code
        The territory.
    areas
        From `geo.territories.measures.territory_table`, when the caller has it.

    Returns
    -------
    recipe
        Formula, inputs with values, sources and years, and the command.

    Raises
    ------
    UserError
        If the measure or the territory is unknown.
    """
    if measure not in MEASURES:
        raise UserError(f"Indicateur « {measure} » inconnu. Indicateurs : {', '.join(MEASURES)}.")
    table = (territory_table(atlas) if areas is None else areas).set_index("area_code", drop=False)
    if area_code not in table.index:
        raise UserError(f"Territoire « {area_code} » inconnu.")
    area, spec = table[table.area_code == area_code].iloc[0], MEASURES[measure]
    assigned = atlas.assignments[atlas.assignments.area_code == area_code]
    communes = atlas.communes.merge(assigned.drop(columns="ght_code"), on="insee_code")
    maker = MAKERS.get(measure)
    made = maker(_Kitchen(atlas, area, communes)) if maker else []
    version = wording.data_version(atlas.version, format_date(atlas.manifest.build_date))
    command = " ".join(COMMAND.format(scope=_scope(area)).split())
    formula = atlas.vintages.fill(spec.description)
    return Recipe(
        measure, area_code, spec.label, spec.unit, number(area[measure]), formula, tuple(made),
        command, measure, wording.MODEL_NAME, version,
    )  # fmt: skip
