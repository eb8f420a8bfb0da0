"""What an entity and its sites declare to the survey of hospitals, on its sheet."""

from typing import Final

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.activity.measures import MEASURES
from geo.activity.tables import entity_activity
from geo.establishments.entity import Entity
from geo.formats import format_number, is_unknown
from geo.profile.activity import years_of
from geo.territories.tables import NOTHING
from geo.ui.etablissements import words
from geo.ui.shared import cache
from geo.ui.shared.activity import key_html
from geo.ui.shared.html import Column, grid_html, note_html, section_html

SITE_MEASURES: Final = (
    "beds_mco", "beds_psychiatry", "beds_smr", "beds_usld", "places_mco", "deliveries",
    "emergency_visits", "smur", "beds_icu_adults", "scanners", "mri",
)  # fmt: skip


@cache.kept(max_entries=100)
def _written(number: str, names: tuple[tuple[str, str], ...]) -> Markup:
    """Write the figures of an entity, then those of each of its sites."""
    activity = entity_activity(cache.atlas(), number)
    ends = years_of(activity)
    if ends is None:
        return note_html(words.NOT_SURVEYED)
    first, last = ends
    whole = section_html(words.activity_title(first, last), key_html(activity, has_total=False))
    sites = sites_table(cache.atlas().activity_sites, number, dict(names), last)
    columns = [
        Column(str(name), "n" if place else "row") for place, name in enumerate(sites.columns)
    ]
    title = words.sites_activity(last)
    grid = grid_html(columns, [("", sites.itertuples(index=False))], title)
    return whole + section_html(title, grid) + note_html(words.activity_note(str(sites.index[0])))


def sites_table(table: pd.DataFrame, number: str, names: dict[str, str], year: int) -> pd.DataFrame:
    """
    Write what each site of an entity declares.

    Parameters
    ----------
    table
        The bundled `activity_sites`.
    number
        `finess_ej` of the entity.
    names
        Names of sites by `finess_et`; a number stands for one that is not there.
    year
        Of the survey.

    Returns
    -------
    texts
        Index `finess_et`: the name of the site, then `SITE_MEASURES` under their French names.
    """
    rows = table[(table.finess_ej == number) & (table.year == year)]
    wide = rows.pivot_table(index="finess_et", columns="measure", values="value", aggfunc="sum")
    wide = wide.reindex(columns=list(SITE_MEASURES))
    texts = {words.SITE: [names.get(code, code) for code in wide.index]}
    for key in SITE_MEASURES:
        texts[MEASURES[key].label] = [_text(value) for value in wide[key]]
    return pd.DataFrame(texts, index=wide.index)


def _text(value: object) -> str:
    """Write a figure; a dash where nothing is declared."""
    return NOTHING if is_unknown(value) else format_number(value)


def show_activity(found: Entity) -> None:
    """Show what the entity and its sites declare."""
    names = tuple(
        zip(found.sites.finess_et.astype(str), found.sites.site_name.astype(str), strict=True)
    )
    st.html(_written(found.finess_ej, names))
