"""Travel times: the estimate, and what is refused in a person's matrix."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.catchment.matrix_file import read_matrix
from geo.catchment.travel_times import Impedance, Reach, estimate_reach
from geo.errors import SourceError, UserError
from tests import builders

GOOD = pd.DataFrame({"origin": ["01001"], "destination": ["010000024"], "minutes": [12.5]})


def write(folder: Path, text: str, name: str = "temps.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_matrix_is_read_with_its_codes_as_texts(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"temps.{suffix}"
    getattr(GOOD, f"to_{suffix}")(path, index=False)
    assert read_matrix(path).table.to_dict("records") == GOOD.to_dict("records")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("origin,destination\n01001,010000024\n", "colonne(s) absente(s) : minutes"),
        ("origin,destination,minutes\n01001,A,douze\n", "minutes illisibles : douze"),
        ("origin,destination,minutes\n01001,A,-3\n", "minutes illisibles : -3"),
        ("origin,destination,minutes\n01001,A,inf\n", "minutes illisibles : inf"),
        ("origin,destination,minutes\n01001,A,\n", "minutes illisibles : (vide)"),
        ("origin,destination,minutes\n01001,A,NaN\n", "minutes illisibles : NaN"),
        ("origin,destination,minutes\n01001,A,7:75\n", "minutes illisibles : 7:75"),
        ('origin,destination,minutes\n01001,"4,2E+08",3\n', "scientifique, qui ont perdu leurs"),
        ("origin,destination,minutes\n", "aucune ligne sous l'en-tête"),
        (
            "origin,destination,minutes\n01001,A,3\n01001,A,4\n",
            "couple en double : 01001 → A. Gardez une seule ligne par couple.",
        ),
    ],
)
def test_a_bad_matrix_is_refused_with_its_values(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read_matrix(write(tmp_path, text))
    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("\ufefforigin;destination;minutes\n01001;010000024;12,5\n", 12.5),
        ("sep=;\nOrigine;Destination;Minutes\n01001;010000024;12,5\n", 12.5),
        ("from_id,to_id,travel_time\n01001,010000024,7\n", 7.0),
        ("travel_time,to_id,x,from_id\n00:35,010000024,,01001\n", 35.0),
        ("origin,destination,minutes\n01001,010000024,01:05:30\n", 65.5),
        ("origin,destination,minutes\n1001,10000024,3\n", 3.0),
    ],
)
def test_the_dialects_of_matrices_are_read(tmp_path: Path, text: str, minutes: float) -> None:
    matrix = read_matrix(write(tmp_path, text))
    assert matrix.table.to_dict("records") == GOOD.assign(minutes=minutes).to_dict("records")
    assert bool(matrix.told) is ("\n1001" in text)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ("922", "des secondes ?"),
        ("0", "Toutes les durées sont nulles"),
        ("90", ""),
    ],
)
def test_doubtful_minutes_are_said_before_use(tmp_path: Path, minutes: str, said: str) -> None:
    lines = "".join(f"0100{n},A,{minutes}\n0100{n},B,9000\n" for n in (1, 2, 4))
    if minutes == "0":
        lines = lines.replace("9000", "0")
    told = read_matrix(write(tmp_path, f"origin,destination,minutes\n{lines}")).told
    assert [said in sentence for sentence in told] == [True] * bool(said)


def test_faults_of_a_matrix_come_together(tmp_path: Path) -> None:
    text = "origin,destination,minutes\n01001,A,x\n01001,A,y\n"
    with pytest.raises(SourceError) as refusal:
        read_matrix(write(tmp_path, text))
    assert len(refusal.value.faults) == 2


def test_a_zero_byte_is_refused(tmp_path: Path) -> None:
    text = "origin,destination,minutes\n01001,A\0B,3\n"
    with pytest.raises(UserError, match=r"temps\.csv : encodage illisible"):
        read_matrix(write(tmp_path, text))
    with pytest.raises(UserError, match="encodage illisible"):
        read_matrix(write(tmp_path, text.encode("utf-16").decode("latin1")))


def test_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"temps\.txt : format inconnu"):
        read_matrix(write(tmp_path, "", "temps.txt"))


def test_minutes_and_kilometres_are_inverse() -> None:
    travel = Impedance(detour_factor=1.3, speed_km_h=60)
    assert travel.minutes(np.array([10.0])).tolist() == pytest.approx([13.0])
    assert travel.kilometres(13.0) == pytest.approx(10.0)


def test_reach_never_crosses_the_sea() -> None:
    communes = builders.communes(km=[0, 0], landmass=["metropole", "corse"])
    sites = builders.sites(km=[1, 2], landmass=["corse", "corse"])
    reach = estimate_reach(communes, sites)
    assert np.diff(reach.start).tolist() == [0, 2]


def test_keeping_pairs_keeps_their_order() -> None:
    reach = Reach(np.array([0, 2, 3]), np.array([0, 1, 1]), np.array([5.0, 6.0, 7.0]))
    kept = reach.keep(np.array([False, True, True]))
    assert kept.start.tolist() == [0, 1, 2]
    assert kept.site.tolist() == [1, 1]
    assert kept.minutes.tolist() == [6.0, 7.0]
