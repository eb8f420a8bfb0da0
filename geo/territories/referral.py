"""From the sites of an area to the nearest site of a higher level, with minutes."""

from typing import Final

import pandas as pd

from geo.atlas.load import Atlas
from geo.territories.services import HIGHER

KEY: Final = "recours"
NOTE: Final = (
    "Site qui a une réanimation, ou une maternité de type 3, le plus proche de chaque site général "
    "du GHT qui a des lits de médecine, ou une maternité, sans ce niveau : la distance, non la "
    "filière que suivent les patients."
)
# Higher level -> the measure of the survey that a site of the level below has.
BELOW: Final = {"reanimation": "beds_medicine", "maternite_3": "maternities"}
HAS: Final = {"reanimation": "icu_sites", "maternite_3": "maternities_type_3"}


def referrals(atlas: Atlas, ght_code: str) -> pd.DataFrame:
    """
    Find where the sites of a GHT turn to.

    Parameters
    ----------
    atlas
        Its tables of activity and of access are read now.
    ght_code
        The GHT.

    Returns
    -------
    referrals
        One row per general site and higher level that it lacks: `level` (of
        `geo.territories.services.HIGHER`), `finess_et`, `site_name`, `city`, `to_finess_et`,
        `to_site_name`, `to_city`, `minutes` (from the chef-lieu of the site's commune),
        `time_method`; the minutes and the destination are missing where nothing is
        known. By level, then name.
    """
    sites = atlas.establishments
    own = sites[(sites.ght_code == ght_code) & sites.is_general]
    table = atlas.activity_sites
    ours = table[(table.year == table.year.max()) & table.finess_et.isin(own.finess_et)]
    held = ours[ours.value > 0]
    parts = [_referred(atlas, own, held, level) for level in HIGHER]
    return pd.concat(parts, ignore_index=True)


def _referred(atlas: Atlas, own: pd.DataFrame, held: pd.DataFrame, level: str) -> pd.DataFrame:
    """Find the nearest site of one level; `held`: what these sites have."""
    below, has = (
        own.finess_et.isin(held.finess_et[held.measure == measure])
        for measure in (BELOW[level], HAS[level])
    )
    lacking = own[below & ~has]
    times = atlas.access_times
    near = times[times.insee_code.isin(lacking.insee_code)]
    found = near[near.service == level].set_index("insee_code")
    places = atlas.establishments.set_index("finess_et")
    to = lacking.insee_code.map(found.finess_et)
    table = lacking[["finess_et", "site_name", "city"]].assign(
        to_finess_et=to,
        to_site_name=to.map(places.site_name),
        to_city=to.map(places.city),
        minutes=lacking.insee_code.map(found.minutes),
        time_method=lacking.insee_code.map(found.method),
    )
    table.insert(0, "level", level)
    return table.sort_values(["site_name", "finess_et"])
