"""Minutes from a straight distance, by territory: where the graph of roads does not go."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]

PREFIX = "crow_"


@dataclass(frozen=True)
class CrowLine:
    """
    Minutes that grow in a straight line with the distance as the crow flies.

    Attributes
    ----------
    start
        Minutes at no distance; may be negative where short trips are quick.
    per_km
        Minutes for one more kilometre.
    """

    start: float
    per_km: float

    def minutes(self, km: Floats) -> Floats:
        """Minutes, never negative, same shape."""
        return np.maximum(self.start + self.per_km * km, 0.0)


def crow_lines(table: pd.DataFrame) -> dict[str, CrowLine]:
    """
    Take the lines from the curated parameters.

    Parameters
    ----------
    table
        `name`, `value`; a line is two rows, `crow_<landmass>_start` and `crow_<landmass>_per_km`.

    Returns
    -------
    lines
        By landmass. Guyane has none: its roads follow no distance.
    """
    rows = table[table.name.str.startswith(PREFIX)]
    values = rows.set_index("name").value.astype("float64")
    lands = rows.name.str.extract(rf"{PREFIX}(\w+)_start")[0].dropna()
    return {
        land: CrowLine(
            float(values[f"{PREFIX}{land}_start"]), float(values[f"{PREFIX}{land}_per_km"])
        )
        for land in lands
    }
