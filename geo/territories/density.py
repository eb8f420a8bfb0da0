"""Density: inhabitants per square kilometre. Apart, so that a page needs no geometry library."""

import pandas as pd


def density_per_km2(territories: pd.DataFrame) -> pd.Series:
    """
    Compute the population density of each territory.

    Parameters
    ----------
    territories
        `population` (inhabitants) and `area_km2`, both possibly missing.

    Returns
    -------
    density
        Inhabitants per km2, float64, indexed like `territories`. Intensive: never sum it.
        Missing where the area is zero or the population unknown.
    """
    population = territories.population.astype("Float64")
    area = territories.area_km2.astype("Float64")
    density = (population / area.where(area > 0)).astype("float64")
    return density.rename("density_per_km2")
