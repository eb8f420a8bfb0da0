"""What a model says of each territory: inhabitants, confidence, access, spread over the models."""

from collections.abc import Mapping

import pandas as pd

from geo.catchment.assignment import Assignment
from geo.territories.access import BANDS_MIN, Vector, shares_within, weighted_median
from geo.territories.density import density_per_km2
from geo.territories.sums import sum_by_area

CONTESTED_MARGIN = 0.1


def _access(table: pd.DataFrame) -> pd.DataFrame:
    """Measure times and shares of each area; unknown times count nowhere."""
    minutes = table.travel_time_min.to_numpy(dtype="float64")
    people = table.population.to_numpy(dtype="float64")
    rows = {
        code: _access_of(minutes[places], people[places])
        for code, places in table.groupby("area_code").indices.items()
    }
    columns = ["median_travel_time_min", *(f"share_within_{band}_min" for band in BANDS_MIN)]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype="float64")


def _access_of(minutes: Vector, people: Vector) -> list[float]:
    """Give the median time of an area, then its shares within each band."""
    within = shares_within(minutes, people)
    shares = [within.get(band, float("nan")) for band in BANDS_MIN]
    return [weighted_median(minutes, people), *shares]


def territory_outcome(
    assignment: Assignment, communes: pd.DataFrame, contested_margin: float = CONTESTED_MARGIN
) -> pd.DataFrame:
    """
    Measure the territories of an assignment.

    Parameters
    ----------
    assignment
        What a model says.
    communes
        `insee_code`, `population` (inhabitants), `area_km2`.
    contested_margin
        A commune is contested when its area leads the second by less (0 to 1).

    Returns
    -------
    outcome
        Index `area_code`: every area of the model, 0 for one that wins no commune. Extensive:
        `population`, `area_km2`, `commune_count`, `contested_population` (missing where the model
        gives no margin), `expected_population` (sum of P_i x P_ig; missing without
        probabilities). Intensive: `density_per_km2`, `median_travel_time_min`,
        `share_within_30_min`, `share_within_45_min`, `share_within_60_min` (percent of the
        inhabitants whose time is known).
    """
    table = assignment.communes.merge(communes[["insee_code", "population"]], on="insee_code")
    people = table.population.astype("float64")
    table["contested_population"] = people.where(table.margin < contested_margin, 0.0).where(
        table.margin.notna()
    )
    groups = table.groupby("area_code")
    outcome = sum_by_area(assignment.communes, communes, ["population", "area_km2"])
    outcome["commune_count"] = groups.size()
    outcome["contested_population"] = groups.contested_population.sum(min_count=1)
    everyone = outcome.index.union(pd.Index(assignment.areas, dtype="str"), sort=True)
    outcome = outcome.reindex(everyone)
    counted = ["population", "area_km2", "commune_count"]
    outcome[counted] = outcome[counted].fillna(0)
    outcome["expected_population"] = expected_population(assignment, communes)
    outcome["density_per_km2"] = density_per_km2(outcome)
    return outcome.join(_access(table)).rename_axis("area_code")


def expected_population(assignment: Assignment, communes: pd.DataFrame) -> pd.Series:
    """
    Sum the probable inhabitants of each area over all communes.

    Parameters
    ----------
    assignment
        What a model says.
    communes
        `insee_code`, `population`, every commune of the assignment.

    Returns
    -------
    expected
        Sum of P_i x P_ig, float64, indexed by `area_code`; missing without probabilities.
        Extensive: it sums to the inhabitants who reach a site.
    """
    if assignment.shares is None:
        return pd.Series(dtype="float64")
    people = communes.set_index("insee_code").population.reindex(assignment.communes.insee_code)
    expected = people.to_numpy(dtype="float64") @ assignment.shares
    return pd.Series(expected, index=pd.Index(assignment.areas, dtype="str"))


def population_range(assignments: Mapping[str, Assignment], communes: pd.DataFrame) -> pd.DataFrame:
    """
    Compare the models over each territory.

    Parameters
    ----------
    assignments
        Model key -> what it says.
    communes
        `insee_code`, `population`.

    Returns
    -------
    spread
        Index `area_code`: one column per model (inhabitants, 0 where the model gives it nobody),
        `population_min`, `population_max`.
    """
    columns = {
        key: sum_by_area(assignment.communes, communes, ["population"]).population
        for key, assignment in assignments.items()
    }
    table = pd.DataFrame(columns).fillna(0).astype("Int64").rename_axis("area_code")
    models = list(assignments)
    return table.assign(
        population_min=table[models].min(axis=1), population_max=table[models].max(axis=1)
    )


def disagreement(first: Assignment, second: Assignment) -> pd.DataFrame:
    """
    List the communes that two models give to different areas.

    Parameters
    ----------
    first, second
        Over the same communes, in the same order.

    Returns
    -------
    communes
        `insee_code`, `first_area_code`, `second_area_code`.
    """
    differs = first.communes.area_code.to_numpy() != second.communes.area_code.to_numpy()
    return pd.DataFrame(
        {
            "insee_code": first.communes.insee_code[differs].to_numpy(),
            "first_area_code": first.communes.area_code[differs].to_numpy(),
            "second_area_code": second.communes.area_code[differs].to_numpy(),
        }
    )
