"""Partnerships as the map of the browser takes them: rows of links, rows of marks, tints."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.atlas.vocabulary import FORM_FAMILIES, FORM_FAMILY, STATUSES
from geo.drawing.classes import Classes
from geo.drawing.palette import FAMILY_COLORS, STATUS_DASHES
from geo.drawing.protocol import Party
from geo.drawing.protocol_columns import LinkColumns
from geo.drawing.screen_map import link_columns
from geo.formats import format_number
from geo.partnerships import words as wording
from geo.partnerships.collection import Collection, Filters, filter_collection, french_date
from geo.partnerships.counts import split
from geo.partnerships.links import arcs

LINK_WIDTH: Final = 3
# Faint: the links are the subject.
TINTS: Final = ("#f4f6f8", "#d3e0ea")


def link_rows(arcs: pd.DataFrame, starts: Mapping[str, str]) -> pd.DataFrame:
    """
    Lay out links for `geo.drawing.screen_map.link_columns`.

    Parameters
    ----------
    arcs
        See `geo.partnerships.links.arcs`; the path is not read: the browser bends the links.
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


def part_rows(points: pd.DataFrame) -> list[Party]:
    """
    Lay out the places of the parties, as short as can be: they travel at each change.

    Parameters
    ----------
    points
        See `geo.partnerships.links.points`.

    Returns
    -------
    marks
        In the order of rows.
    """
    marks = []
    for row in points.itertuples():
        city = row.city if isinstance(row.city, str) else ""
        mark: Party = {
            "at": [float(str(row.lat)), float(str(row.lon))],
            "s": str(row.sector),
            "n": str(row.party_name),
            "t": wording.part_text(str(row.kind_label), city, int(str(row.partnership_count))),
        }
        found = split(row.partnership_ids)
        if len(found) == 1:
            mark["id"] = found[0]
        marks.append(mark)
    return marks


def ght_classes(areas: pd.DataFrame, counts: pd.Series) -> tuple[Classes, list[str]]:
    """
    Tell the GHTs that have partnerships from the others.

    Parameters
    ----------
    areas
        Every area: `area_code`, `kind`.
    counts
        See `geo.partnerships.collection.counts_by_ght`.

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


@dataclass(frozen=True)
class LinkDrawing:
    """
    The links of the partnerships of a place.

    Attributes
    ----------
    content
        `geo.drawing.protocol.LinkColumns` with `keys`, as JSON. Empty bytes when no partnership
        has a link.
    count
        Number of partnerships, with or without a link.
    linked_count
        Number of those with at least one link.
    families, statuses
        Codes of those with a link.
    """

    content: bytes
    count: int
    linked_count: int
    families: frozenset[str]
    statuses: frozenset[str]


def link_drawing(collection: Collection, filters: Filters) -> LinkDrawing:
    """
    Draw the links between the located parties of the partnerships of a place.

    Parameters
    ----------
    collection
        Every partnership.
    filters
        `region` and `ght` of the place.
    """
    kept = filter_collection(collection, filters)
    heads, drawn = kept.partnerships, arcs(kept, 2)
    starts = {
        str(code): french_date(start, certainty)
        for code, start, certainty in zip(
            heads.partnership_id, heads.start_date, heads.start_certainty, strict=True
        )
    }
    linked = heads[heads.partnership_id.isin(drawn.partnership_id)]
    families = frozenset(linked.form.map(FORM_FAMILY))
    statuses = frozenset(linked.status)
    content = b""
    if not drawn.empty:
        said: LinkColumns = link_columns(link_rows(drawn, starts))
        said["keys"] = _link_keys(families, statuses)
        content = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return LinkDrawing(content, len(heads), len(linked), families, statuses)


def _link_keys(families: frozenset[str], statuses: frozenset[str]) -> list[tuple[str, str, str]]:
    """Write the legend of links: a colour for a family of forms, a dash for a state."""
    colors = [
        (text, FAMILY_COLORS[key], "") for key, text in FORM_FAMILIES.items() if key in families
    ]
    dashes = [
        (text, "", " ".join(map(str, STATUS_DASHES[key])))
        for key, text in STATUSES.items()
        if key in statuses
    ]
    return [*colors, *dashes]
