"""Partnerships as the map of the browser takes them: rows of links, rows of marks, tints."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from geo import wording_partenariats as wording
from geo.classes import Classes
from geo.formats import format_number
from geo.palette import FAMILY_COLORS, STATUS_DASHES
from geo.partnerships import split

LINK_WIDTH: Final = 3
# Faint: the links are the subject.
TINTS: Final = ("#f4f6f8", "#d3e0ea")


def link_rows(arcs: pd.DataFrame, starts: Mapping[str, str]) -> pd.DataFrame:
    """
    Lay out links for `geo.maps.link_columns`.

    Parameters
    ----------
    arcs
        See `geo.partnership_layers.arcs`; the path is not read: the browser bends the links.
    starts
        French date of the start of each partnership.

    Returns
    -------
    links
        `link_id` is the partnership: several links may share it.
    """
    texts = [
        wording.link_text(form, status, starts[code], f"{start} – {end}")
        for code, form, status, start, end in zip(
            arcs.partnership_id, arcs.form_label, arcs.status_label, arcs.from_name, arcs.to_name,
            strict=True,
        )
    ]  # fmt: skip
    dashes = [" ".join(map(str, STATUS_DASHES[status])) for status in arcs.status]
    return pd.DataFrame(
        {
            "link_id": arcs.partnership_id,
            "label": arcs.title,
            "text": texts,
            "color": arcs.family.map(FAMILY_COLORS),
            "dash": dashes,
            "width": LINK_WIDTH,
            "lon1": arcs.from_lon.astype("float64"),
            "lat1": arcs.from_lat.astype("float64"),
            "lon2": arcs.to_lon.astype("float64"),
            "lat2": arcs.to_lat.astype("float64"),
        }
    )


def part_rows(points: pd.DataFrame) -> list[dict[str, Any]]:
    """
    Lay out the places of the parties, as short as can be: they travel at each change.

    Parameters
    ----------
    points
        See `geo.partnership_layers.points`.

    Returns
    -------
    marks
        `at` (latitude, longitude in degrees), `s` (sector), `n` (name), `t` (second line), and `id`
        when the place belongs to one partnership only.
    """
    marks = []
    for row in points.itertuples():
        city = row.city if isinstance(row.city, str) else ""
        mark = {
            "at": [row.lat, row.lon],
            "s": row.sector,
            "n": row.party_name,
            "t": wording.part_text(str(row.kind_label), city, int(str(row.partnership_count))),
        }
        found = split(row.partnership_ids)
        marks.append(mark | ({"id": found[0]} if len(found) == 1 else {}))
    return marks


def ght_classes(areas: pd.DataFrame, counts: pd.Series) -> tuple[Classes, list[str]]:
    """
    Tell the GHTs that have partnerships from the others.

    Parameters
    ----------
    areas
        Every area: `area_code`, `kind`.
    counts
        See `geo.partnerships.counts_by_ght`.

    Returns
    -------
    classes, colors
        Class 0 for none collected, 1 for at least one.
    """
    own = areas[areas.kind == "ght"]
    numbers = (own.area_code.map(counts).fillna(0) > 0).astype("Int64")
    with_some = int(numbers.sum())
    return Classes((0.0, 0.0, 1.0), numbers, (len(own) - with_some, with_some)), [*TINTS]


def ght_texts(areas: pd.DataFrame, counts: pd.Series) -> list[str]:
    """Write the number of partnerships of each area, in its order; empty where there is no GHT."""
    return [
        "" if pd.isna(count) else format_number(count) if count else wording.NONE_COLLECTED
        for count in areas.area_code.map(counts)
    ]
