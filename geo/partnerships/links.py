"""Partnerships to draw: points, arcs that fan out when they share their ends."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.atlas import vocabulary
from geo.atlas.fields import BETWEEN_CODES
from geo.geography.distance import great_circle_km
from geo.partnerships.collection import Collection
from geo.partnerships.counts import split
from geo.partnerships.records import MEMBER_ROLES

BEND: Final = 0.18  # height of the first arc of a pair, as a share of its length
SAME_PLACE_KM: Final = 0.05
PLACE_DECIMALS: Final = 4
STRUCTURE: Final = "structure"

POINT_COLUMNS: Final = (
    "lon", "lat", "party_name", "kind", "kind_label", "sector", "city", "partnership_count",
    "partnership_ids",
)  # fmt: skip
ARC_COLUMNS: Final = (
    "partnership_id", "title", "form", "form_label", "family", "status", "status_label", "sector",
    "from_name", "to_name", "from_lon", "from_lat", "to_lon", "to_lat", "distance_km", "path",
)  # fmt: skip


def points(collection: Collection) -> pd.DataFrame:
    """
    List the places of the located parties.

    Returns
    -------
    points
        `POINT_COLUMNS`: one row per place (EPSG:4326, to about ten metres), named after the party
        found there most often; `partnership_ids` joined by `;`.
    """
    located = collection.parties[collection.parties.is_located]
    if located.empty:
        return pd.DataFrame(columns=list(POINT_COLUMNS))
    placed = located.assign(
        lon=located.lon.round(PLACE_DECIMALS), lat=located.lat.round(PLACE_DECIMALS)
    )
    rows = [
        {
            "lon": float(group.lon.iloc[0]),
            "lat": float(group.lat.iloc[0]),
            **_most_named(group),
            "partnership_count": group.partnership_id.nunique(),
            "partnership_ids": BETWEEN_CODES.join(group.partnership_id.drop_duplicates()),
        }
        for _, group in placed.groupby(["lon", "lat"], sort=True)
    ]
    return pd.DataFrame(rows)[list(POINT_COLUMNS)]


def _most_named(group: pd.DataFrame) -> dict[str, Any]:
    """Describe the party found most often at a place; the first of those as often."""
    name = group.party_name.value_counts(sort=True).index[0]
    row = group[group.party_name == name].iloc[0]
    return {
        "party_name": name,
        "kind": row.kind,
        "kind_label": vocabulary.PARTY_KINDS[row.kind],
        "sector": vocabulary.KIND_SECTORS[row.kind],
        "city": row.city if isinstance(row.city, str) else None,
    }


@dataclass(frozen=True)
class _End:
    """An end of an arc."""

    name: str
    kind: str
    lon: float
    lat: float

    @property
    def place(self) -> tuple[float, float]:
        return round(self.lon, PLACE_DECIMALS), round(self.lat, PLACE_DECIMALS)


def arcs(collection: Collection, points_per_arc: int = 24) -> pd.DataFrame:
    """
    Draw the links between located parties.

    Each member of a GHT that takes part is linked to each outsider; without a located member, the
    support establishment of the GHT stands for it; members without a located outsider are linked to
    the first of them; a common structure, when it has a place of its own, to the first member.

    Parameters
    ----------
    collection
        What to draw.
    points_per_arc
        Points of each curve, at least 2.

    Returns
    -------
    arcs
        `ARC_COLUMNS`, one row per link: `family` of the form, `sector` of the far end, `path` as
        lists [lon, lat] (EPSG:4326) from one end to the other. Several links between the same two
        places bend on either side, more and more.
    """
    rows: list[dict[str, Any]] = []
    shared: dict[frozenset[tuple[float, float]], int] = {}
    parties = {str(key): group for key, group in collection.parties.groupby("partnership_id")}
    for head in collection.partnerships.itertuples():
        own = parties.get(str(head.partnership_id), collection.parties.iloc[:0])
        for start, end in _pairs(own, collection.ghts, split(head.ght_codes)):
            key = frozenset((start.place, end.place))
            order = shared[key] = shared.get(key, -1) + 1
            rows.append(_about(head) | _between(start, end, order, points_per_arc))
    return pd.DataFrame(rows, columns=list(ARC_COLUMNS))


def _pairs(
    parties: pd.DataFrame, ghts: pd.DataFrame, ght_codes: list[str]
) -> Iterator[tuple[_End, _End]]:
    """Choose which ends a partnership links."""
    located = parties[parties.is_located]
    inside = _ends(located[located.role.isin(MEMBER_ROLES)])
    outside = _ends(located[~located.role.isin((*MEMBER_ROLES, STRUCTURE))])
    structures = _ends(located[located.role == STRUCTURE])
    if not inside:
        inside = _supports(ghts, ght_codes)
    found = [*itertools.product(inside, outside)] if outside else []
    if not outside:
        found = [(inside[0], other) for other in inside[1:]]
    taken = {end.place for end in (*inside, *outside)}
    found += [(inside[0], end) for end in structures if inside and end.place not in taken]
    for start, end in found:
        if _km(start, end) > SAME_PLACE_KM:
            yield start, end


def _km(start: _End, end: _End) -> float:
    return float(great_circle_km([start.lon], [start.lat], [end.lon], [end.lat])[0, 0])


def _ends(parties: pd.DataFrame) -> list[_End]:
    columns = ("party_name", "kind", "lon", "lat")
    cells = (parties[name] for name in columns)
    return [_End(*row) for row in zip(*cells, strict=True)]


def _supports(ghts: pd.DataFrame, ght_codes: list[str]) -> list[_End]:
    """Give the support establishment of the first GHT that has one on the map."""
    own = ghts.set_index("ght_code").reindex(ght_codes).dropna(subset=["lon", "lat"]).head(1)
    return _ends(own.assign(party_name=own.support_name, kind="public"))


def _about(head: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of itertuples
    """Say what a link is."""
    return {
        "partnership_id": head.partnership_id,
        "title": head.title,
        "form": head.form,
        "form_label": vocabulary.FORMS[head.form],
        "family": vocabulary.FORM_FAMILY[head.form],
        "status": head.status,
        "status_label": vocabulary.STATUSES[head.status],
    }


def _between(start: _End, end: _End, order: int, count: int) -> dict[str, Any]:
    """Say where a link goes."""
    path = curve((start.lon, start.lat), (end.lon, end.lat), order, count)
    return {
        "sector": vocabulary.KIND_SECTORS[end.kind],
        "from_name": start.name,
        "to_name": end.name,
        "from_lon": start.lon,
        "from_lat": start.lat,
        "to_lon": end.lon,
        "to_lat": end.lat,
        "distance_km": _km(start, end),
        "path": path.round(5).tolist(),
    }


def curve(
    start: tuple[float, float], end: tuple[float, float], order: int, count: int
) -> npt.NDArray[np.float64]:
    """
    Bend a line between two places.

    Parameters
    ----------
    start, end
        Longitude and latitude, EPSG:4326.
    order
        Rank among the lines between these places, whichever way they go: 0 bends to one side, 1 to
        the other, 2 to the first side and twice as much...
    count
        Number of points, at least 2.

    Returns
    -------
    path
        `count` points, longitude and latitude: a quadratic curve from `start` to `end`.
    """
    a, b = np.array(start, dtype=float), np.array(end, dtype=float)
    # Away from the equator a degree of longitude is shorter: bend in a plane where it is not.
    scale = np.array([np.cos(np.radians((a[1] + b[1]) / 2)), 1.0])
    low, high = sorted((a * scale, b * scale), key=tuple)
    along = high - low
    side = np.array([-along[1], along[0]])
    height = BEND * (order // 2 + 1) * (1 if order % 2 == 0 else -1)
    # The curve passes halfway between its control point and the line.
    control = ((low + high) / 2 + 2 * height * side) / scale
    t = np.linspace(0, 1, count)[:, None]
    path: npt.NDArray[np.float64] = (1 - t) ** 2 * a + 2 * t * (1 - t) * control + t**2 * b
    return path


# The network of a GHT
