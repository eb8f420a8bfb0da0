"""Parts of a profile: key figures beside published ones, support, members."""

from dataclasses import dataclass, replace

import pandas as pd

from geo import wording
from geo.atlas.load import Atlas
from geo.formats import (
    format_change,
    format_deviation,
    format_number,
    format_quantity,
    is_unknown,
)
from geo.territories.interval import Interval, interval_of
from geo.territories.measures import MEASURES, figure_text
from geo.territories.published import latest_published, precision, qualified, year_text
from geo.territories.recipe import number

PUBLISHED_FIGURES = {
    "population": "population", "area_km2": "area_km2", "member_count": "members",
}  # fmt: skip

MEMBERS = "member_count"
DEVIATIONS = {
    "population": "population_deviation_percent", "area_km2": "area_deviation_percent",
}  # fmt: skip
PUBLISHED_WORDS = ("qualifier", "year_certainty", "note")


@dataclass(frozen=True)
class KeyFigure:
    """
    A figure of the territory, and the published one when there is one.

    Attributes
    ----------
    measure, label, unit, decimals
        See `geo.territories.measures.Measure`.
    value
        Modelled; None when it is unknown.
    published, published_year, source_url
        As a source gives it; None when no source does.
    qualifier, year_certainty, published_note
        What its number leaves out (see `geo.territories.published`); None when there is nothing to
        say.
    deviation_percent
        Of the model, in percent of the published figure; None if either is missing.
    interval
        Of the population alone: what it is shown as.
    modelled_then
        Modelled population in the year of the published one, which the deviation is of; None for
        other measures.
    """

    measure: str
    label: str
    unit: str
    decimals: int
    value: float | None
    published: float | None = None
    published_year: int | None = None
    source_url: str | None = None
    deviation_percent: float | None = None
    qualifier: str | None = None
    year_certainty: str | None = None
    published_note: str | None = None
    interval: Interval | None = None
    modelled_then: float | None = None

    def value_text(self, status: str) -> str:
        """Write the value with its unit, as sure as it is, or why it makes no sense here."""
        if self.interval is not None:
            return format_quantity(self.interval.value, self.unit, self.decimals)
        return figure_text(self.measure, self.value, status)

    @property
    def interval_text(self) -> str:
        """Between which values it stands; empty without an interval."""
        found = self.interval
        return "" if found is None else wording.interval_note(found.range_text, found.is_weak)

    @property
    def low(self) -> int | None:
        """Bottom of the interval."""
        return None if self.interval is None else self.interval.low

    @property
    def high(self) -> int | None:
        """Top of the interval."""
        return None if self.interval is None else self.interval.high

    @property
    def deviation_text(self) -> str:
        """The gap with the published figure: percent, or members, too few for a percentage."""
        if self.measure != MEMBERS or self.value is None or self.published is None:
            return format_deviation(self.deviation_percent)
        return format_change(self.value - self.published)

    @property
    def published_precision(self) -> str | None:
        """What a table says beside the published number."""
        return precision(self.qualifier, self.year_certainty)

    @property
    def published_text(self) -> str:
        """The published figure as its source gives it, without its unit."""
        return qualified(format_number(self.published, self.decimals), self.qualifier)

    @property
    def year_text(self) -> str:
        """The year of the published figure, and whether it is inferred."""
        return year_text(self.published_year, self.year_certainty)


@dataclass(frozen=True)
class Support:
    """
    The support establishment.

    Attributes
    ----------
    name, finess_ej
        None when it is unknown.
    evidence
        Key of `geo.wording.SUPPORT_EVIDENCE`.
    rule
        How it is known, of which year and on what grounds, French.
    source_url
        Page that names it; empty without one.
    """

    name: str | None
    finess_ej: str | None
    evidence: str
    rule: str
    source_url: str = ""


def key_figures_of(atlas: Atlas, area: pd.Series) -> tuple[KeyFigure, ...]:
    """Set every measure beside what is published of it."""
    made = []
    for measure in MEASURES.values():
        value = number(area[measure.key])
        figure = KeyFigure(
            measure.key, measure.label, measure.unit, measure.decimals, value,
            interval=interval_of(area) if measure.key == "population" else None,
        )  # fmt: skip
        name = PUBLISHED_FIGURES.get(measure.key)
        latest = latest_published(atlas.published, name) if name else None
        if latest is not None and area.ght_code in latest.index:
            figure = _beside(figure, area, latest.loc[area.ght_code])
        made.append(figure)
    return tuple(made)


def _beside(figure: KeyFigure, area: pd.Series, stated: pd.Series) -> KeyFigure:
    """Set a figure beside the one a source gives."""
    value, year = float(stated.value), number(stated.year)
    qualifier, certainty, note = (
        None if is_unknown(stated[name]) else str(stated[name]) for name in PUBLISHED_WORDS
    )
    return replace(
        figure,
        published=value,
        published_year=None if year is None else int(year),
        source_url=str(stated.source_url),
        deviation_percent=_deviation(figure, area, value),
        qualifier=qualifier,
        year_certainty=certainty,
        published_note=note,
        modelled_then=number(area.population_then) if figure.measure == "population" else None,
    )


def _deviation(figure: KeyFigure, area: pd.Series, published: float) -> float | None:
    """Give the deviation of the territory table, where it has one: a population has its year."""
    if figure.measure in DEVIATIONS:
        return number(area[DEVIATIONS[figure.measure]])
    if figure.value is None or published <= 0 or figure.measure == MEMBERS:
        return None
    return (figure.value - published) / published * 100


def support_of(atlas: Atlas, ght_code: str) -> Support:
    """Say who carries the pooled functions, and how that is known."""
    row = atlas.ghts.set_index("ght_code").loc[ght_code]
    name, code, year, source, note = (
        None if is_unknown(row[column]) else str(row[column])
        for column in (
            "support_name", "support_finess_ej", "support_year", "support_source", "support_note",
        )
    )  # fmt: skip
    evidence = str(row.support_evidence)
    rule = wording.support_note(evidence, year or "", note or "")
    return Support(name, code, evidence, rule, source or "")


def members_of(atlas: Atlas, ght_code: str | None, categories: pd.Series) -> pd.DataFrame:
    """List the members with French labels; the support first, then by name."""
    table = atlas.members[atlas.members.ght_code == ght_code]
    labels = {key: atlas.vintages.fill(label) for key, label in EVIDENCE_LABELS.items()}
    shown: pd.DataFrame = table.assign(
        category_label=table.current_finess_ej.map(categories),
        role_label=table.role.map(ROLE_LABELS),
        evidence_label=table.evidence.map(labels),
        successor_label=table.successor_evidence.map(dict(wording.SUCCESSION)),
        _rank=(table.role != "support").astype(int),
    )
    return shown.sort_values(["_rank", "entity_name", "finess_ej"]).reset_index(drop=True)[
        [
            "entity_name", "finess_ej", "city", "role", "role_label", "evidence", "evidence_label",
            "vintage", "category_label", "current_finess_ej", "successor_label",
        ]
    ]  # fmt: skip


ROLE_LABELS = {
    "support": "Support",
    "partie": "Membre",
    "associe": "Associé (non membre)",
    "partenaire": "Partenaire (non membre)",
}


EVIDENCE_LABELS = {
    "proved": "prouvé par les totaux du ministère",
    "carried": "repris de {earlier}, non vérifié",
    "read": "lu dans la source",
    "deduced": "déduit",
}


COMPOSITION_SOURCES = {
    "dgos_list": "liste du ministère",
    "finess_gcc": "groupes de FINESS",
    "sae_totals": "totaux du ministère (SAE)",
}


def composition_of(atlas: Atlas, ght_code: str) -> str:
    """Say where the list of members comes from."""
    row = atlas.ghts.set_index("ght_code").loc[ght_code]
    source = COMPOSITION_SOURCES.get(str(row.composition_source), str(row.composition_source))
    return f"{source}, {row.composition_vintage}"
