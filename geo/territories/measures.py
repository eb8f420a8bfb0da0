"""The registry of measures, and the table of territories with modelled and published figures."""

from dataclasses import dataclass

import pandas as pd

from geo import wording
from geo.atlas.load import Atlas
from geo.atlas.vintages import CHANGE_YEARS
from geo.formats import (
    format_change,
    format_deviation,
    format_minutes,
    format_number,
    format_quantity,
    is_unknown,
    rounded_minutes,
)
from geo.partnerships.counts import count_partnerships
from geo.territories.access import mean_time
from geo.territories.censuses import census_sums, people_in
from geo.territories.interval import interval
from geo.territories.people import (
    ACTIVE,
    BIRTHS,
    DEATHS,
    PEOPLE,
    known_communes,
    people_figures,
    year_of,
)
from geo.territories.published import deviation_percent, latest_published, precisions
from geo.territories.sums import sum_by_area

TIME_UNIT = "minutes"
CHANGE = "_change_percent"


@dataclass(frozen=True)
class Measure:
    """
    A figure of a territory.

    Attributes
    ----------
    key
        Column name.
    label, unit
        French, for legends and tables; the unit may be empty for a count.
    decimals
        Digits after the comma on screen.
    is_extensive
        True if values add up over territories; False if they must be derived again.
    description
        French: formula, sources and years; a template that `Vintages.fill` completes.
    family
        French: what it is about; empty for the figures of the territory itself.
    kind
        "stock" (at a date), "flow" (over a year) or "rate" (compared with something): maps draw a
        circle for the first two, and tint the last.
    year
        What it describes, as its source says; a template that `Vintages.fill` completes.
    source
        Key of its source in the manifest.
    is_partial
        Whether its collection is known to lack some: 0 then means that none was found, and no
        territory is ranked by it.
    """

    key: str
    label: str
    unit: str
    decimals: int
    is_extensive: bool
    description: str
    family: str = ""
    kind: str = "stock"
    year: str = ""
    source: str = ""
    is_partial: bool = False

    @property
    def is_count(self) -> bool:
        """Whether it counts something, so that a map draws circles and never tints areas."""
        return self.kind != "rate"

    def drawn(self, values: pd.Series) -> pd.Series:
        """Give what a map may show: where a partial collection found nothing, nothing is known."""
        return values.mask(values == 0) if self.is_partial else values

    @property
    def is_time(self) -> bool:
        """Whether it is an estimated travel time, shown as roughly as it is known."""
        return self.unit == TIME_UNIT

    @property
    def is_change(self) -> bool:
        """Whether it is a change, written with its sign."""
        return self.key.endswith(CHANGE)

    @property
    def finer(self) -> int:
        """Digits of a mean or a median of values."""
        return self.decimals if self.is_time else max(self.decimals, 1)

    def text(self, value: object, decimals: int | None = None) -> str:
        """Write a value as it is shown, without its unit."""
        if self.is_time:
            return format_minutes(value, "")
        write = format_change if self.is_change else format_number
        return write(value, self.decimals if decimals is None else decimals)

    def rounded(self, values: pd.Series, decimals: int | None = None) -> pd.Series:
        """Round values as they are shown: they stay numbers."""
        if self.is_time:
            return rounded_minutes(values)
        return values.round(self.decimals if decimals is None else decimals)


_FIRST, _LAST = CHANGE_YEARS
_ALL = (
    Measure(
        "population", "Population", "habitants", 0, True,
        "Somme des populations municipales {populations} (INSEE ; Mayotte : {mayotte}) des "
        "communes du territoire modélisé.",
    ),
    Measure(
        "area_km2", "Superficie", "km²", 0, True,
        "Somme des superficies géodésiques (ellipsoïde GRS80) des communes du territoire, mesurées "
        "sur les contours {contours} complets (IGN, simplifiés par france-geojson).",
    ),
    Measure(
        "density_per_km2", "Densité", "hab./km²", 1, False,
        "Population divisée par superficie ; jamais additionnée, toujours recalculée.",
        kind="rate",
    ),
    Measure(
        "commune_count", "Communes", "communes", 0, True,
        "Nombre de communes (code officiel géographique {cog}) rattachées au territoire.",
    ),
    Measure(
        "member_count", "Établissements membres", "entités juridiques", 0, True,
        "Entités juridiques membres du GHT (listes : {members}), fusions enregistrées déduites. "
        "Ni les associés ni les partenaires.",
    ),
    Measure(
        "site_count", "Sites hospitaliers généraux", "sites", 0, True,
        "Sites publics d'hospitalisation générale ({sites}) retenus par le modèle, situés "
        "dans une commune de France.",
    ),
    Measure(
        "population_change_percent", f"Évolution de la population {_FIRST}-{_LAST}", "%", 1, False,
        f"Variation de la population municipale entre {_FIRST} et {_LAST} "
        "(INSEE, comparateur {context}) sur les communes du territoire ; inconnue si une commune "
        "manque.",
        kind="rate",
    ),
    Measure(
        "mean_travel_time_min", "Temps moyen d'accès estimé", TIME_UNIT, 0, False,
        "Moyenne, pondérée par la population, du temps estimé entre chaque commune et le site le "
        "plus proche. Temps estimé : {travel_method}.",
        kind="rate",
    ),
    Measure(
        "partnership_count", "Partenariats recensés", "partenariats", 0, False,
        "Partenariats du GHT trouvés dans des sources publiques : liste partielle, où zéro "
        "signifie qu'aucun n'a été recensé. Un partenariat de plusieurs GHT compte dans chacun : "
        "les nombres ne s'additionnent pas.",
        is_partial=True,
    ),
)  # fmt: skip
_FAMILY = "Population"
_WEIGHED = (
    "Moyenne des communes pondérée par leurs habitants, sur les communes où elle est connue ; "
    "inconnue si elles tiennent moins de la moitié des habitants."
)
_COUNTED = (
    "Sommes sur les communes où les deux nombres sont connus ; inconnu si elles tiennent moins de "
    "la moitié des habitants."
)
_PEOPLE = (
    Measure(
        "under_25_percent", "Part des moins de 25 ans", "%", 1, False,
        "INSEE, recensement {ages}. " + _WEIGHED, _FAMILY, "rate", "{ages}", "ages",
    ),
    Measure(
        "aged_65_over_percent", "Part des 65 ans et plus", "%", 1, False,
        "INSEE, recensement {ages}. " + _WEIGHED, _FAMILY, "rate", "{ages}", "ages",
    ),
    Measure(
        "aged_75_over_percent", "Part des 75 ans et plus", "%", 1, False,
        "INSEE, recensement {ages}. " + _WEIGHED, _FAMILY, "rate", "{ages}", "ages",
    ),
    Measure(
        "median_income_eur", "Revenu médian des communes", "euros par an", 0, False,
        "Revenu disponible médian par unité de consommation (INSEE, Filosofi {incomes}). "
        f"{_WEIGHED} Ce n'est pas la médiane du territoire.",
        _FAMILY, "rate", "{incomes}", "incomes",
    ),
    Measure(
        "poverty_percent", "Taux de pauvreté", "%", 1, False,
        "Part sous 60 % du niveau de vie médian (INSEE, Filosofi {incomes}), publiée pour les "
        f"communes les plus peuplées seulement. {_WEIGHED}",
        _FAMILY, "rate", "{incomes}", "incomes",
    ),
    Measure(
        "births_per_1000", "Natalité", "pour 1 000 habitants", 1, False,
        f"Naissances domiciliées en {year_of(BIRTHS)} rapportées à la population de "
        f"{year_of(PEOPLE)} (INSEE, comparateur {{context}}). {_COUNTED}",
        _FAMILY, "rate", year_of(BIRTHS), "context",
    ),
    Measure(
        "deaths_per_1000", "Mortalité", "pour 1 000 habitants", 1, False,
        f"Décès domiciliés en {year_of(DEATHS)} rapportés à la population de {year_of(PEOPLE)} "
        f"(INSEE, comparateur {{context}}), sans correction de l'âge. {_COUNTED}",
        _FAMILY, "rate", year_of(DEATHS), "context",
    ),
    Measure(
        "unemployment_percent", "Chômage des 15-64 ans", "%", 1, False,
        "Chômeurs rapportés aux actifs de 15 à 64 ans, au sens du recensement de "
        f"{year_of(ACTIVE)} (INSEE, comparateur {{context}}). {_COUNTED}",
        _FAMILY, "rate", year_of(ACTIVE), "context",
    ),
)  # fmt: skip
MEASURES = {measure.key: measure for measure in (*_ALL, *_PEOPLE)}


def figure_text(key: str, value: object, status: str = "", unit: str | None = None) -> str:
    """Write a measure with its unit, or why it makes no sense in a territory of this status."""
    if is_unknown(value) and status in wording.NOT_MODELLED:
        return wording.NOT_APPLICABLE
    measure = MEASURES[key]
    said = measure.unit if unit is None else unit
    if measure.is_time:
        return format_minutes(value, said)
    if measure.is_change:
        return format_deviation(value)
    return format_quantity(value, said, measure.decimals)


def population_change_percent(assignments: pd.DataFrame, communes: pd.DataFrame) -> pd.Series:
    """
    Compute the change of population between the `CHANGE_YEARS`.

    Parameters
    ----------
    assignments
        `insee_code`, `area_code`.
    communes
        `insee_code`, `population_<year>` of both years (may be missing).

    Returns
    -------
    change
        Percent, float64, indexed by `area_code`; missing if one commune of the area is unknown.
    """
    first, last = (f"population_{year}" for year in CHANGE_YEARS)
    sums = sum_by_area(assignments, communes, [first, last])
    return deviation_percent(sums[last], sums[first])


def mean_travel_time_min(assignments: pd.DataFrame, communes: pd.DataFrame) -> pd.Series:
    """
    Average the travel time over the inhabitants of each area.

    Parameters
    ----------
    assignments
        `insee_code`, `area_code`, `travel_time_min` (may be missing).
    communes
        `insee_code`, `population`.

    Returns
    -------
    mean
        Minutes, float64, indexed by `area_code`; missing if the time of one commune is unknown.
    """
    table = assignments.merge(communes[["insee_code", "population"]], on="insee_code")
    return mean_time(table.travel_time_min, table.population, table.area_code)


def territory_table(atlas: Atlas, reg_code: str | None = None) -> pd.DataFrame:
    """
    Set the modelled figures of every territory beside the published ones.

    Parameters
    ----------
    atlas
        The bundled tables.
    reg_code
        Region to keep; the whole country by default.

    Returns
    -------
    table
        One row per GHT (those without a modelled territory too, with missing figures), per
        hors-GHT area, and one for the unassigned communes, which belong to no region. Columns of
        `territories`, every key of `MEASURES`, the share of the inhabitants that those of
        `geo.territories.people` rest on (`..._coverage_percent`), `support_name`,
        `support_evidence`, `published_population`, `published_population_year`,
        `published_area_km2`, what these numbers leave out (`published_population_precision`,
        `published_area_precision`: "plus de",
        "année déduite", see `geo.territories.published.precision`), `published_source` (address),
        `population_then` (modelled inhabitants in the year of the published population, see
        `geo.territories.censuses.people_in`), `population_deviation_percent` (of the latter),
        `area_deviation_percent`, and how sure the population is: `spread_percent`,
        `population_low`, `population_high`, `half_width_percent` (see
        `geo.territories.interval`).
        Over the whole country the populations sum to that of the communes.
    """
    people = atlas.area_people.set_index("area_code")
    table = complete_territories(atlas, atlas.territories, atlas.assignments, people)
    # Of the bundled rule only: nobody has run the others of another one.
    spread = table.area_code.map(atlas.area_spread.set_index("area_code").spread_percent)
    table = table.assign(
        spread_percent=spread.astype("float64"), **interval(table.population, spread)
    )
    return table if reg_code is None else table[table.reg_code == reg_code].reset_index(drop=True)


def complete_territories(
    atlas: Atlas,
    territories: pd.DataFrame,
    assignments: pd.DataFrame,
    people: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """
    Add derived and published figures to the territories of any model.

    Parameters
    ----------
    atlas
        The bundled tables.
    territories
        From `geo.territories.areas.build_territories`.
    assignments
        The assignment they were built from: `insee_code`, `area_code`, `travel_time_min`.
    people
        From `people_figures` over this assignment, when it is at hand; made again otherwise.

    Returns
    -------
    table
        See `territory_table`.
    """
    table = territories.copy(deep=False)
    change = population_change_percent(assignments, atlas.communes)
    times = mean_travel_time_min(assignments, atlas.communes)
    table["population_change_percent"] = table.area_code.map(change)
    table["mean_travel_time_min"] = table.area_code.map(times)
    counts = count_partnerships(atlas.partnerships.ght_codes, atlas.ghts.ght_code)
    if people is None:
        people = people_figures(assignments, known_communes(atlas.communes, atlas.people))
    table = table.join(people, on="area_code")
    table["partnership_count"] = table.ght_code.map(counts).astype("Int64")
    supports = atlas.ghts.set_index("ght_code")
    for column in ("support_name", "support_evidence"):
        table[column] = table.ght_code.map(supports[column])
    return _with_published(table, atlas.published, census_sums(assignments, atlas.communes))


def _with_published(
    table: pd.DataFrame, published: pd.DataFrame, sums: pd.DataFrame
) -> pd.DataFrame:
    """Add the published population and area, their year and the deviation of the model."""
    population = latest_published(published, "population")
    area = latest_published(published, "area_km2")
    codes = table.ght_code
    counts = sums.reindex(table.area_code).set_axis(table.index)
    then = people_in(counts, codes.map(population.year)).where(codes.isin(population.index))
    return table.assign(
        population_then=then.where(table.population.notna()).round().astype("Int64"),
        published_population=codes.map(population.value).astype("Int64"),
        published_population_year=codes.map(population.year).astype("Int64"),
        published_population_precision=codes.map(precisions(population)).astype("str"),
        published_area_km2=codes.map(area.value).astype("Int64"),
        published_area_precision=codes.map(precisions(area)).astype("str"),
        published_source=codes.map(population.source_url).fillna(codes.map(area.source_url)),
        population_deviation_percent=lambda t: deviation_percent(
            t.population_then, t.published_population
        ),
        area_deviation_percent=lambda t: deviation_percent(t.area_km2, t.published_area_km2),
    )
