"""The registry of activity: every measure is whole, can be read and can be explained."""

import pandas as pd
import pytest

from geo.activity.measure import FAMILIES, Measure
from geo.activity.measures import (
    ADDED,
    MEASURES,
    PER_INHABITANTS,
    PROVABLE,
    RATIOS,
    describe,
    rate,
    with_ratios,
)
from geo.sources.adapters.sae import QUESTIONS

every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))


def can_be_read(item: str) -> bool:
    """Whether the adapter of the survey gives such an item."""
    if item == "ID":
        return True
    table, *parts, column = item.split(".")
    asked = QUESTIONS[table]
    has_part = bool(parts) and (not asked.parts or parts[0] in asked.parts)
    return has_part == bool(asked.part) and (
        column in asked.figures or column.partition("=")[0] in asked.choices
    )


def test_there_are_measures_of_every_family() -> None:
    assert len(MEASURES) == len(ADDED) + len(RATIOS) + len(PER_INHABITANTS)
    assert len(ADDED) >= 40
    assert len(PROVABLE) >= 45
    assert {measure.family for measure in MEASURES.values()} == set(FAMILIES)
    labels = [measure.label for measure in MEASURES.values()]
    assert len(set(labels)) == len(labels)


@every_measure
def test_a_measure_is_made_of_what_the_survey_gives(measure: Measure) -> None:
    assert all(can_be_read(item) for item in measure.items)
    assert all(key in MEASURES for key in (*measure.numerator, *measure.denominator))
    assert measure.items or measure.ministry or measure.numerator
    assert (measure.kind == "rate") == bool(measure.numerator)


@every_measure
def test_a_measure_is_told_with_its_formula_and_its_source(measure: Measure) -> None:
    told = describe(measure)
    assert told.endswith("(SAE).")
    assert measure.unit
    for item in measure.items:
        assert item in told
    assert ("modèle" in told) == measure.is_modelled


def test_staff_is_known_by_ght_only() -> None:
    assert MEASURES["nurses"].level == "ght"
    assert "Inconnu par site" in describe(MEASURES["nurses"])
    assert MEASURES["beds_mco"].level == MEASURES["mean_stay_mco"].level == "site"


def test_a_rate_is_unknown_where_one_of_both_is() -> None:
    value = pd.Series([50.0, None, 10.0, 5.0], index=list("abcd"))
    people = pd.Series([10_000, 1_000, None, 0], index=list("abcd"), dtype="Int64")
    found = rate(value, people, MEASURES["beds_mco_rate"].scale)
    assert found["a"] == 5.0
    assert found[["b", "c", "d"]].isna().all()


def test_a_ratio_needs_every_part_of_both_sums() -> None:
    table = pd.DataFrame(
        {
            "place": ["a", "a", "b", "c", "c"],
            "measure": [
                "day_stays_mco",
                "stays_mco",
                "day_stays_mco",
                "day_stays_mco",
                "stays_mco",
            ],
            "value": [30.0, 70.0, 30.0, 0.0, 0.0],
        }
    )
    found = with_ratios(table, ["place"])
    shares = found[found.measure == "day_share_mco"].set_index("place").value
    assert shares.to_dict() == {"a": 30.0}, "b has no full stays, c would divide by 0"
    assert len(found) == len(table) + 1
