"""Beds within reach by area, in five classes: no rank, which would change with the zones."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.atlas.load import Atlas
from geo.errors import UserError
from geo.formats import format_number
from geo.territories.services import ZONES, area_names, places_of

CLASS_COUNT: Final = 5
CLASSES: Final = ("très peu", "peu", "moyennement", "assez", "beaucoup")
KEY: Final = "lits"
NO_RANK: Final = (
    "Lits à portée : pas de chiffre par commune, car il change avec les zones choisies. "
    "Demandez --by ght ou --by departement."
)
METHOD: Final = (
    "E2SFCA : les lits de MCO de chaque site, publics et privés, sont partagés entre tous les "
    "habitants qui l'atteignent, pondérés par zone ({zones}), puis additionnés par commune et "
    "pondérés par les habitants. Cinq classes : cinquièmes des habitants du pays."
)
Vector = npt.NDArray[np.float64]


def zones_text() -> str:
    """Write the zones and their weights: "jusqu'à 20 min : 1 ; ..."."""
    return " ; ".join(
        f"jusqu'à {zone.minutes:.0f} min : {format_number(zone.weight, 2).removesuffix(',00')}"
        for zone in ZONES
    )


def method_text() -> str:
    """Say how the beds within reach are counted, with the zones in force."""
    return METHOD.format(zones=zones_text())


def fifths(values: Vector, weights: Vector) -> Vector:
    """
    Cut weighted values into five parts of equal weight.

    Parameters
    ----------
    values, weights
        Shape (n,); missing values are left out.

    Returns
    -------
    bounds
        The four values between the parts, shape (4,); missing without any value.
    """
    known = ~np.isnan(values) & (weights > 0)
    if not known.any():
        return np.full(CLASS_COUNT - 1, np.nan)
    order = np.argsort(values[known], kind="stable")
    cumulated = np.cumsum(weights[known][order])
    cuts = cumulated[-1] * np.arange(1, CLASS_COUNT) / CLASS_COUNT
    found: Vector = values[known][order][np.searchsorted(cumulated, cuts)]
    return found


def beds_table(atlas: Atlas, by: str = "ght") -> pd.DataFrame:
    """
    Average the beds within reach over the inhabitants of each area.

    Parameters
    ----------
    atlas
        Its table of beds is read now.
    by
        "ght" or "departement".

    Returns
    -------
    table
        One row per area, by code and never ranked: its code, `name`, `population`,
        `unknown_population`, `beds_per_1000` (missing where nothing is known), `bed_class` (1, the
        fewest, to 5), `class_name`, `class_low`, `class_high` (bounds, beds per 1,000; missing at
        both ends).

    Raises
    ------
    UserError
        If `by` is "commune", which the method does not bear, or is unknown.
    """
    if by == "commune":
        raise UserError(NO_RANK)
    places = places_of(atlas, by)
    held = atlas.access_beds.set_index("insee_code").beds_per_1000
    beds = atlas.communes.insee_code.map(held).to_numpy(dtype="float64")
    people = atlas.communes.population.to_numpy(dtype="float64", na_value=0.0)
    known = np.where(np.isnan(beds), 0.0, people)
    parts = {"population": people, "known": known, "beds": np.nan_to_num(beds) * known}
    sums = pd.DataFrame(parts).groupby(places.to_numpy()).sum().rename_axis(str(places.name))
    mean = sums.beds / sums.known.where(sums.known > 0)
    table = pd.DataFrame(
        {
            "name": area_names(atlas, by).reindex(sums.index),
            "population": sums.population.astype("Int64"),
            "unknown_population": (sums.population - sums.known).astype("Int64"),
            "beds_per_1000": mean,
        }
    )
    return _classed(table, fifths(beds, people)).reset_index()


def area_beds(atlas: Atlas, area_code: str) -> pd.Series | None:
    """Give the row of one area of the default model; None for one without a commune."""
    table = beds_table(atlas)
    rows = table[table.area_code == area_code]
    return None if rows.empty else rows.iloc[0]


def _classed(table: pd.DataFrame, bounds: Vector) -> pd.DataFrame:
    """Add the class of each area, with its bounds."""
    mean = table.beds_per_1000.to_numpy(dtype="float64")
    place = np.searchsorted(bounds, mean, side="left")
    is_known = ~np.isnan(mean)
    low, high = np.r_[np.nan, bounds], np.r_[bounds, np.nan]
    place = np.where(is_known, place, 0)
    names = pd.Series(CLASSES, dtype="str").reindex(place).set_axis(table.index)
    return table.assign(
        bed_class=pd.Series(place + 1, index=table.index, dtype="Int64").where(is_known),
        class_name=names.where(is_known),
        class_low=np.where(is_known, low[place], np.nan),
        class_high=np.where(is_known, high[place], np.nan),
    )
