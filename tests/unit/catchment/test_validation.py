"""Models against published figures: the arithmetic, and a person's own file of figures."""

from pathlib import Path

import pandas as pd
import pytest

from geo.catchment.validation import compare_models, read_published_file, summarise
from geo.errors import SourceError, UserError
from tests import builders


def outcome(**people: float) -> pd.DataFrame:
    """Territories with a population, and an area of 10 km² each."""
    index = [code.replace("_", "-") for code in people]
    return pd.DataFrame({"population": list(people.values()), "area_km2": 10.0}, index=index)


def stated() -> pd.DataFrame:
    return builders.published(
        ght_code=["AA-01", "BB-01", "AA-01"],
        figure=["population", "population", "area_km2"],
        value=[100, 200, 20],
    )


def test_every_model_meets_every_published_figure() -> None:
    models = {"near": outcome(AA_01=110, BB_01=150), "far": outcome(AA_01=50)}
    table = compare_models(models, stated())
    assert table.groupby("model").size().to_dict() == {"near": 3, "far": 3}
    found = table.set_index(["model", "ght_code", "figure"]).deviation_percent
    assert found["near", "AA-01", "population"] == pytest.approx(10)
    assert found["near", "BB-01", "population"] == pytest.approx(-25)
    assert found["near", "AA-01", "area_km2"] == pytest.approx(-50)
    assert pd.isna(found["far", "BB-01", "population"]), "the model says nothing of BB-01"


def test_a_ght_that_a_model_forgets_counts_for_the_worst() -> None:
    models = {"near": outcome(AA_01=110, BB_01=150), "far": outcome(AA_01=50)}
    summary = summarise(compare_models(models, stated()))
    people = summary[summary.figure == "population"].set_index("model")
    assert people.median_percent.to_dict() == pytest.approx({"near": 17.5, "far": 75})
    assert people.worst_percent.to_dict() == pytest.approx({"near": 25, "far": 100})
    assert people.missing_count.to_dict() == {"near": 0, "far": 1}
    assert people.figure_count.to_list() == [2, 2]


def test_a_persons_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("ght_code;population;area_km2\nAA-01;100;\nBB-01;200;20,\n".replace(",", ""))
    table = read_published_file(path).set_index(["ght_code", "figure"]).value
    assert table.to_dict() == {
        ("AA-01", "population"): 100, ("BB-01", "population"): 200, ("BB-01", "area_km2"): 20,
    }  # fmt: skip


def test_every_fault_of_a_persons_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("ght_code,population,area_km2\nAA-01,x,-1\nAA-01,5,2\n")
    with pytest.raises(SourceError) as caught:
        read_published_file(path)
    assert len(caught.value.faults) == 3
    assert "figures.csv : 3 défauts" in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x01", b"ght_code,population\nA,1\n"])
def test_an_unreadable_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(content)
    with pytest.raises((UserError, SourceError)):
        read_published_file(path)


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="illisible"):
        read_published_file(tmp_path / "nothing.csv")
