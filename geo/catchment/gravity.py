"""The Huff model: how the inhabitants of a commune share themselves among areas."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from geo.catchment.travel_times import Reach

FLOOR_MIN = 1.0
Decay = Literal["power", "log_logistic"]
Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Huff:
    """
    Parameters of the model ``P_ij = S_j^alpha f(t_ij) / sum_k S_k^alpha f(t_ik)``.

    Attributes
    ----------
    alpha
        Weight of the capacity.
    beta
        Weight of the travel time.
    decay
        "power": ``f(t) = t^-beta``; "log_logistic": ``f(t) = 1 / (1 + (t / t50)^beta)``.
    half_time_min
        ``t50``, the time at which the log-logistic decay halves; unused by the power decay.
    """

    alpha: float = 1.0
    beta: float = 1.67
    decay: Decay = "power"
    half_time_min: float = 30.0


def _log_decay(minutes: Vector, huff: Huff) -> Vector:
    """Logarithm of f(t); times under one minute count as one."""
    log_time = np.log(np.maximum(minutes, FLOOR_MIN))
    if huff.decay == "power":
        log_decay: Vector = -huff.beta * log_time
    else:
        log_decay = -np.logaddexp(0.0, huff.beta * (log_time - np.log(huff.half_time_min)))
    return log_decay


def _row_max(values: Vector, start: npt.NDArray[np.int64]) -> Vector:
    """Largest value of each row of a compressed matrix; 0 for an empty row."""
    has_pairs = start[1:] > start[:-1]
    largest = np.zeros(len(start) - 1)
    if len(values):
        largest[has_pairs] = np.maximum.reduceat(values, start[:-1][has_pairs])
    return largest


def area_shares(
    reach: Reach,
    capacity: npt.ArrayLike,
    area: npt.NDArray[np.int64],
    area_count: int,
    huff: Huff | None = None,
) -> Vector:
    """
    Share the inhabitants of each commune among areas.

    Parameters
    ----------
    reach
        Sites each commune reaches, with travel times (minutes).
    capacity
        Capacity of each site, positive: beds, or a weight by category. Only ratios matter.
    area
        Position of the area of each site.
    area_count
        Number of areas.
    huff
        Parameters.

    Returns
    -------
    shares
        Probabilities, float64, shape (communes, areas). Rows sum to 1, or to 0 where a commune
        reaches no site.
    """
    parameters = huff or Huff()
    log_capacity = parameters.alpha * np.log(np.asarray(capacity, "float64"))
    log_weight = log_capacity[reach.site] + _log_decay(reach.minutes, parameters)
    counts = np.diff(reach.start)
    weight = np.exp(log_weight - np.repeat(_row_max(log_weight, reach.start), counts))
    pulls = sparse.csr_array((weight, reach.site, reach.start), shape=(len(counts), len(area)))
    rows = np.arange(len(area))
    member = sparse.csr_array((np.ones(len(area)), (rows, area)), shape=(len(area), area_count))
    by_area: Vector = (pulls @ member).toarray()
    total = by_area.sum(axis=1, keepdims=True)
    shares: Vector = np.divide(by_area, total, out=by_area, where=total > 0)
    return shares
