"""The curated parameters of the road minutes."""

import functools
from pathlib import Path
from typing import Final

import pandas as pd

PATH: Final = Path(__file__).parents[1] / "curated" / "road_costs.csv"
ERRORS: Final = PATH.with_name("road_errors.csv")
DECIMALS: Final = 4
OFFICIAL: Final = "DREES"  # how the tests on official times begin
HELD_OUT: Final = "DREES, départements écartés"  # the departements that nothing was fitted on


def read_parameters(path: Path = PATH) -> pd.DataFrame:
    """
    Read the parameters.

    Returns
    -------
    parameters
        `name` (key), `value` (float64), `unit`, `meaning`.
    """
    return _read(path).copy()


@functools.lru_cache(maxsize=2)
def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype={"name": "str", "unit": "str", "meaning": "str"})


def write_parameters(fitted: dict[str, float], path: Path = PATH) -> None:
    """
    Write newly fitted values; units and meanings stay.

    Parameters
    ----------
    fitted
        Value by name; the names of the file and no other.
    path
        The curated file.
    """
    table = _read(path)
    values = table.name.map(fitted)
    if values.isna().any() or len(fitted) != len(table):
        raise ValueError("the fitted names are not those of the curated file")
    table.assign(value=values.round(DECIMALS)).to_csv(path, index=False, lineterminator="\n")
    _read.cache_clear()


def read_errors(path: Path = ERRORS) -> pd.DataFrame:
    """Read the errors on the official times when the parameters were fitted (see `error_row`)."""
    return pd.read_csv(path, dtype={"test": "str"})


def write_errors(errors: pd.DataFrame, path: Path = ERRORS) -> None:
    """Write the errors of the parameters that were just written."""
    errors.round(2).to_csv(path, index=False, lineterminator="\n")
