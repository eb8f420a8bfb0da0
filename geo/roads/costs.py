"""What a road costs in minutes: the parameters, read from a curated file, and what they give."""

from dataclasses import asdict, dataclass, fields

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.roads.network import LOCAL, MOTORWAY, NATIONAL, Network

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]

USUAL_DENSITY = 55.0  # inhabitants per km2, where the logarithm of density is 0
SMOOTH_M = 20.0  # ruggedness that starts to count
LEAST_MINUTES = 1e-3  # an edge of 0 would be no edge for the sparse matrix


@dataclass(frozen=True)
class RoadCosts:
    """
    Parameters of the road minutes; meanings and units in `geo/curated/road_costs.csv`.

    Logarithms of density are natural, of the density over `USUAL_DENSITY`.
    """

    local_pace: float
    local_density: float
    local_density_squared: float
    local_ruggedness: float
    climb: float
    national_pace: float
    national_density: float
    national_ruggedness: float
    motorway_pace: float
    motorway_density: float
    motorway_ruggedness: float
    motorway_access: float
    end: float
    end_density: float

    @classmethod
    def of(cls, table: pd.DataFrame) -> "RoadCosts":
        """Take the parameters from the curated table: `name`, `value`."""
        values = table.set_index("name").value.astype("float64")
        return cls(**{field.name: float(values[field.name]) for field in fields(cls)})

    @property
    def values(self) -> Floats:
        """The parameters in order."""
        return np.array([*asdict(self).values()], dtype="float64")


class Roads:
    """
    The minutes of a network under given costs.

    Parameters
    ----------
    network
        From `geo.roads.network.draw_network`.
    """

    def __init__(self, network: Network) -> None:
        self._edges = {name: network.edges[name].to_numpy() for name in network.edges.columns}
        self._log_density = _log_density(network.edges.density)
        self._ruggedness = np.log1p(network.edges.ruggedness_m.to_numpy() / SMOOTH_M)
        self._end_density = _log_density(network.nodes.density)
        self._size = len(network.nodes)
        self.commune_count = network.commune_count
        start, end = self._edges["start"], self._edges["end"]
        start, end = np.concatenate([start, end]), np.concatenate([end, start])
        self._order = np.lexsort((end, start))
        start, end = start[self._order], end[self._order]
        is_first = np.r_[True, (start[1:] != start[:-1]) | (end[1:] != end[:-1])]
        self._pair = np.flatnonzero(is_first)
        self._to = end[is_first]
        self._first = np.searchsorted(start[is_first], np.arange(self._size + 1))

    def edge_minutes(self, costs: RoadCosts) -> Floats:
        """Minutes of each edge, shape (edges,)."""
        density, rugged = self._log_density, self._ruggedness
        pace = {
            LOCAL: costs.local_pace
            * np.exp(
                costs.local_density * density
                + costs.local_density_squared * density**2
                + costs.local_ruggedness * rugged
            ),
            NATIONAL: costs.national_pace
            * np.exp(costs.national_density * density + costs.national_ruggedness * rugged),
            MOTORWAY: costs.motorway_pace
            * np.exp(costs.motorway_density * density + costs.motorway_ruggedness * rugged),
        }
        road = self._edges["road"]
        minutes = self._edges["km"] * np.select([road == name for name in pace], [*pace.values()])
        minutes += np.where(road == LOCAL, costs.climb * self._edges["climb_m"] / 100, 0.0)
        minutes += np.where(self._edges["enters"], costs.motorway_access, 0.0)
        return np.maximum(minutes, LEAST_MINUTES)

    def end_minutes(self, costs: RoadCosts) -> Floats:
        """Minutes to leave each node, or to arrive at it, shape (nodes,)."""
        ends = costs.end + costs.end_density * self._end_density
        return np.maximum(ends, LEAST_MINUTES)

    def nearest(self, costs: RoadCosts, to: Positions) -> Floats:
        """
        Minutes from every commune to the nearest of some nodes.

        Returns
        -------
        minutes
            Shape (communes,); infinite where no road leads.
        """
        ends = self.end_minutes(costs)
        # One more node, an arrival away from each destination: a single search then does.
        graph = csr_array(
            (
                np.concatenate([self._quickest(costs), ends[to]]),
                np.concatenate([self._to, to]),
                np.append(self._first, len(self._to) + len(to)),
            ),
            shape=(self._size + 1, self._size + 1),
        )
        found = dijkstra(graph, indices=[self._size])[0, : self.commune_count]
        return np.asarray(found + ends[: self.commune_count])

    def minutes(self, costs: RoadCosts, to: Positions, limit: float) -> Floats:
        """
        Minutes from every commune to each of some nodes.

        Returns
        -------
        minutes
            Shape (nodes asked, communes); infinite beyond the limit or where no road leads.
        """
        ends = self.end_minutes(costs)
        shape = (self._size, self._size)
        graph = csr_array((self._quickest(costs), self._to, self._first), shape=shape)
        found = dijkstra(graph, indices=to, limit=limit)[:, : self.commune_count]
        found += ends[to][:, None] + ends[None, : self.commune_count]
        found[found > limit] = np.inf
        return found

    def _quickest(self, costs: RoadCosts) -> Floats:
        """Minutes of each pair of linked nodes: of two edges between them, the quicker."""
        minutes = self.edge_minutes(costs)
        both = np.concatenate([minutes, minutes])[self._order]
        return np.asarray(np.minimum.reduceat(both, self._pair))


def _log_density(density: pd.Series) -> Floats:
    """Logarithm of a density relative to the usual one; an empty commune counts as nearly empty."""
    usual = np.maximum(density.to_numpy("float64"), 0.1) / USUAL_DENSITY
    return np.asarray(np.log(usual))
