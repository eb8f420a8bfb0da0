"""Key figures of a territory, of a region or of the country, each with its year."""

import pandas as pd

from geo import wording
from geo.formats import (
    format_deviation,
    format_number,
    format_quantity,
    format_year,
    is_unknown,
)
from geo.territories.interval import interval_of
from geo.territories.measures import figure_text
from geo.territories.published import published_population
from geo.ui.shared.html import Figure


def published_figure(area: pd.Series) -> Figure:
    """Show the published population, with its year and the deviation of the model."""
    if is_unknown(area.published_population):
        return Figure("Population publiée", "–", wording.PUBLISHED_NONE)
    text, year = published_population(area)
    note = wording.published_note(year, format_deviation(area.population_deviation_percent))
    return Figure("Population publiée", text, note)


def _modelled_figures(area: pd.Series) -> list[Figure]:
    """Figures of the territory that the model gives, the published one beside them."""
    found = interval_of(area)
    population = (
        figure_text("population", area.population, area.status, "")
        if found is None
        else found.value_text
    )
    years = (format_year(area[name]) for name in ("population_year", "population_latest_year"))
    note = f"habitants, {wording.year_note(*years)}" if population != wording.NOT_APPLICABLE else ""
    if found is not None:
        note += f" · {wording.interval_note(found.range_text, found.is_weak)}"
    density = figure_text("density_per_km2", area.density_per_km2, area.status, "hab./km²")
    return [
        Figure("Population modélisée", population, note),
        published_figure(area),
        Figure("Superficie", figure_text("area_km2", area.area_km2, area.status)),
        Figure("Densité", density),
    ]


def area_figures(area: pd.Series) -> list[Figure]:
    """
    List the key figures of one territory.

    Parameters
    ----------
    area
        A row of `geo.territories.measures.territory_table`.
    """
    is_ght = area.kind == "ght"
    figures = [
        *_modelled_figures(area),
        Figure("Membres", format_number(area.member_count) if is_ght else "–"),
        Figure("Sites généraux", figure_text("site_count", area.site_count, area.status, "")),
    ]
    if is_ght:
        is_known = not is_unknown(area.support_name)
        name = str(area.support_name) if is_known else wording.SUPPORT_UNKNOWN
        evidence = wording.support_note(str(area.support_evidence)) if is_known else ""
        figures.append(Figure(wording.SUPPORT, name, evidence, is_wide=True))
    return figures


def counted_in(areas: pd.DataFrame) -> str:
    """Say of which years the populations of areas are: the newest, and the oldest if it differs."""
    first, last = areas.population_year.min(), areas.population_latest_year.max()
    return wording.year_note(format_year(first), format_year(last))


def group_figures(areas: pd.DataFrame, sums: pd.Series) -> list[Figure]:
    """
    List the key figures of the country or of a region.

    Parameters
    ----------
    areas
        Rows of `geo.territories.measures.territory_table`.
    sums
        Their `geo.territories.sums.totals`.
    """
    ghts = areas[areas.kind == "ght"]
    drawn = format_number(ghts.population.notna().sum())
    note = f"habitants, {counted_in(areas)}"
    return [
        Figure("Population", format_number(sums.population), note),
        Figure("GHT", format_number(len(ghts)), f"dont {drawn} avec un territoire"),
        Figure("Superficie", format_quantity(sums.area_km2, "km²")),
        Figure("Densité", format_quantity(sums.density_per_km2, "hab./km²", 1)),
        Figure("Membres de GHT", format_number(sums.member_count)),
        Figure("Territoires hors GHT", format_number((areas.kind == "hors_ght").sum())),
    ]
