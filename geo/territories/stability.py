"""The communes that hesitate: what becomes of them when the rule, its values and times vary."""

from typing import Final

import pandas as pd

from geo.atlas.load import Atlas

SURE_PERCENT: Final = 90.0  # of the runs in which a commune stays in its area


def unsure_communes(atlas: Atlas) -> pd.Series:
    """List the `insee_code` of the communes that leave in more than a tenth of the runs."""
    table = atlas.commune_stability
    return table.insee_code[table.stays_percent < SURE_PERCENT]
