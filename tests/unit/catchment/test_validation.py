"""Models against published figures: who judges, the arithmetic, and a person's own file."""

from pathlib import Path

import pandas as pd
import pytest

from geo.catchment.validation import (
    Measured,
    compare_models,
    read_published_file,
    summarise,
    without_territory,
)
from geo.errors import SourceError, UserError
from tests import builders


def outcome(**people: float) -> Measured:
    """Territories with 10 % fewer people in 2015 than in 2023, and an area of 10 km² each."""
    index = [code.replace("_", "-") for code in people]
    counts = pd.Series(list(people.values()), index=index, dtype="float64")
    return Measured(pd.DataFrame({2015: counts * 0.9, 2023: counts}), pd.Series(10.0, index=index))


def stated(**overrides: object) -> pd.DataFrame:
    """Figures of no known year, about the GHT itself."""
    given = {
        "ght_code": ["AA-01", "BB-01", "AA-01"],
        "figure": ["population", "population", "area_km2"],
        "value": [100, 200, 20],
        "year": [None, None, None],
    }
    return builders.published(**(given | overrides))


def test_every_model_meets_every_published_figure() -> None:
    models = {"near": outcome(AA_01=110, BB_01=150), "far": outcome(AA_01=50)}
    table = compare_models(models, stated())
    assert table.groupby("model").size().to_dict() == {"near": 3, "far": 3}
    found = table.set_index(["model", "ght_code", "figure"]).deviation_percent
    assert found["near", "AA-01", "population"] == pytest.approx(10)
    assert found["near", "BB-01", "population"] == pytest.approx(-25)
    assert found["near", "AA-01", "area_km2"] == pytest.approx(-50)
    assert pd.isna(found["far", "BB-01", "population"]), "the model says nothing of BB-01"


def test_a_population_is_that_of_the_year_of_the_figure() -> None:
    """100 in 2023 and 90 in 2015 make 95 in 2019; the way it is known is said."""
    figures = stated(
        ght_code="AA-01", figure="population", value=[95, 90, 100], year=[2019, 2015, None]
    )
    table = compare_models({"near": outcome(AA_01=100)}, figures).set_index("published")
    assert table.deviation_percent.to_list() == pytest.approx([0, 0, 0])
    assert table.basis.to_dict() == {95: "interpolated", 90: "census", 100: "latest"}


def test_a_ght_that_a_model_forgets_counts_for_the_worst() -> None:
    models = {"near": outcome(AA_01=110, BB_01=150), "far": outcome(AA_01=50)}
    summary = summarise(compare_models(models, stated()))
    people = summary[summary.figure == "population"].set_index("model")
    assert people.median_percent.to_dict() == pytest.approx({"near": 17.5, "far": 75})
    assert people.mean_percent.to_dict() == pytest.approx({"near": 17.5, "far": 75})
    assert people.p75_percent.to_dict() == pytest.approx({"near": 21.25, "far": 87.5})
    assert people.worst_percent.to_dict() == pytest.approx({"near": 25, "far": 100})
    assert people.bias_percent.to_dict() == pytest.approx({"near": -7.5, "far": -75})
    assert people.missing_count.to_dict() == {"near": 0, "far": 1}
    assert people.figure_count.to_list() == [2, 2]


@pytest.mark.parametrize(
    "scope", ["support_basin", "support_basin_close_to_ght", "member", "ght_our_sum", None,
              "department_or_health_territory"],
)  # fmt: skip
def test_only_a_figure_of_the_ght_judges(scope: str | None) -> None:
    """The other is 900 % off: it is there with its scope, and changes no summary."""
    other = builders.published(ght_code="BB-01", figure="population", value=[15], scope=scope)
    models = {"near": outcome(AA_01=110, BB_01=150)}
    alone = stated(ght_code=["AA-01"], figure="population", value=100, year=None)
    both = compare_models(models, pd.concat([alone, other]))
    assert both.set_index("ght_code").standing.to_dict() == {
        "AA-01": "counted", "BB-01": "other_scope",
    }  # fmt: skip
    assert both.set_index("ght_code").deviation_percent["BB-01"] > 800
    pd.testing.assert_frame_equal(summarise(both), summarise(compare_models(models, alone)))


def test_a_psychiatric_ght_is_apart_and_no_failure_of_a_model() -> None:
    tables = builders.small_tables()
    apart = without_territory(tables["territories"])
    assert apart == {"HF-13"}
    figures = stated(ght_code=["AA-01", "HF-13"], figure="population", value=[100, 900], year=None)
    table = compare_models({"near": outcome(AA_01=110)}, figures, apart)
    assert table.set_index("ght_code").standing["HF-13"] == "no_territory"
    summary = summarise(table).iloc[0]
    assert (summary.figure_count, summary.missing_count) == (1, 0)
    assert summary.worst_percent == pytest.approx(10)


def test_the_order_of_the_figures_changes_nothing() -> None:
    models = {"near": outcome(AA_01=110, BB_01=150)}
    pd.testing.assert_frame_equal(
        compare_models(models, stated()), compare_models(models, stated().iloc[::-1])
    )


def test_people_and_figures_alike_multiplied_deviate_alike() -> None:
    one = compare_models({"m": outcome(AA_01=110, BB_01=150)}, stated())
    ten = compare_models({"m": outcome(AA_01=1100, BB_01=1500)}, stated(value=[1000, 2000, 20]))
    assert one.deviation_percent.to_list() == pytest.approx(ten.deviation_percent.to_list())


def test_a_persons_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("ght_code;population;area_km2\nAA-01;100;\nBB-01;200;20,\n".replace(",", ""))
    read = read_published_file(path)
    assert read.set_index(["ght_code", "figure"]).value.to_dict() == {
        ("AA-01", "population"): 100, ("BB-01", "population"): 200, ("BB-01", "area_km2"): 20,
    }  # fmt: skip
    assert read.year.isna().all()
    models = {"near": outcome(AA_01=110, BB_01=150)}
    assert set(compare_models(models, read).standing) == {"counted"}


def test_a_persons_file_may_say_its_years(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("ght_code,population,area_km2,year\nAA-01,95,,2019\nBB-01,200,20,\n")
    read = read_published_file(path)
    assert read.set_index(["ght_code", "figure"]).year.dropna().to_dict() == {
        ("AA-01", "population"): 2019
    }
    compared = compare_models({"near": outcome(AA_01=100, BB_01=1)}, read)
    assert compared.set_index("published").deviation_percent[95] == pytest.approx(0)


def test_every_fault_of_a_persons_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("ght_code,population,area_km2,year\nAA-01,x,-1,hier\nAA-01,5,2,\n")
    with pytest.raises(SourceError) as caught:
        read_published_file(path)
    assert len(caught.value.faults) == 4
    assert "figures.csv : 4 défauts" in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x01", b"ght_code,population\nA,1\n"])
def test_an_unreadable_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(content)
    with pytest.raises((UserError, SourceError)):
        read_published_file(path)


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="illisible"):
        read_published_file(tmp_path / "nothing.csv")
