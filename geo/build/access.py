"""Tables of access: which sites have a service, and how far each commune is from one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.catchment.floating import beds_per_1000
from geo.catchment.nearest import Ground, Offer, service_times
from geo.catchment.road_reach import crow_impedances, joined_reach
from geo.roads.travel_times import in_minutes
from geo.sources.reading import Log

# Service -> measure of the survey that is above 0 where it is found.
SURVEYED: Final[Mapping[str, str]] = {
    "maternite": "maternities",
    "medecine": "beds_medicine",
    "reanimation": "icu_sites",
    "maternite_3": "maternities_type_3",
}
BEDS: Final = "beds_mco"


@dataclass(frozen=True)
class Supply:
    """
    What the tables of access are made from.

    Attributes
    ----------
    establishments, ghts, figures
        Bundled `establishments`, `ghts`, `activity_sites`.
    """

    establishments: pd.DataFrame
    ghts: pd.DataFrame
    figures: pd.DataFrame

    @property
    def latest(self) -> pd.DataFrame:
        """What sites have, in the latest year of the survey."""
        kept = self.figures[self.figures.year == self.figures.year.max()]
        return pd.DataFrame(kept[kept.value > 0])

    def having(self, measure: str) -> frozenset[str]:
        """Codes of the sites that have something."""
        return frozenset(self.latest.finess_et[self.latest.measure == measure])

    def offers(self) -> tuple[Offer, ...]:
        """Where each service is found."""
        general = self.establishments[self.establishments.is_general]
        of_members = general.finess_et[general.ght_code.notna()]
        return (
            *(Offer(key, self.having(measure)) for key, measure in SURVEYED.items()),
            Offer("support", self._of_supports(general), is_own=True),
            Offer("membre", frozenset(of_members), is_own=True),
        )

    def _of_supports(self, general: pd.DataFrame) -> frozenset[str]:
        """Sites of the supports: not the small ones, a unit in a village, unless all are."""
        own = general[general.finess_ej.isin(self.ghts.support_finess_ej.dropna())]
        all_small = own.is_small.groupby(own.finess_ej).transform("all")
        return frozenset(own.finess_et[~own.is_small | all_small])

    def sites(self, offers: tuple[Offer, ...]) -> pd.DataFrame:
        """Sites that have a service or beds, placed, in the order of their codes."""
        wanted = self.having(BEDS).union(*(offer.sites for offer in offers))
        places = self.establishments.dropna(subset=["lon", "lat", "landmass"])
        return places[places.finess_et.isin(wanted)].sort_values("finess_et", ignore_index=True)


def build_access(
    supply: Supply,
    communes: pd.DataFrame,
    assignments: pd.DataFrame,
    times: pd.DataFrame,
    log: Log,
) -> dict[str, pd.DataFrame]:
    """
    Find what each commune can reach.

    Parameters
    ----------
    supply
        Sites and what they have.
    communes, assignments
        Bundled tables; the GHT of a commune is that of the default model.
    times
        See `geo.roads.travel_times.times_table`; sites that it does not hold, the private ones,
        are reached by an estimate from the distance.
    log
        Where the counts go.

    Returns
    -------
    tables
        `access_times`, `access_beds`.
    """
    offers, lines = supply.offers(), crow_impedances()
    sites = supply.sites(offers)
    reach = joined_reach(in_minutes(times), communes, sites, lines)
    ghts = communes.insee_code.map(assignments.set_index("insee_code").ght_code)
    nearest = service_times(Ground(communes, sites, ghts, reach, lines), offers)
    held = supply.latest[supply.latest.measure == BEDS].set_index("finess_et").value
    beds = sites.finess_et.map(held).fillna(0.0).to_numpy(dtype="float64")
    people = communes.population.to_numpy(dtype="float64", na_value=0.0)
    within = beds_per_1000(reach, beds, people)
    log.note(
        "accès", sites=len(sites), couples=len(reach.site), lits=int(beds.sum()),
        temps_inconnus=int(nearest.minutes.isna().sum()),
    )  # fmt: skip
    return {
        "access_times": nearest,
        "access_beds": pd.DataFrame(
            {"insee_code": communes.insee_code, "beds_per_1000": within.round(4)}
        ),
    }
