"""Runs spread, kept in a file and resumed."""

from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.atlas.load import Atlas
from geo.catchment import sensitivity_runs as tested
from geo.catchment.sensitivity import Ground, Run, run
from geo.catchment.sensitivity_file import Identity, read_runs, write_runs
from geo.catchment.sensitivity_runs import Wanted, sensitivity
from geo.errors import BundleError, UserError
from tests import builders
from tests.spec.test_sensitivity import line


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch) -> Ground:
    made = line()
    monkeypatch.setattr(tested, "atlas_ground", lambda _: made)
    return made


@pytest.fixture
def atlas() -> Atlas:
    return builders.atlas()


def people(runs: Sequence[Run]) -> list[list[int]]:
    return [one.population.tolist() for one in runs]


def test_runs_on_threads_are_those_made_one_by_one(ground: Ground, atlas: Atlas) -> None:
    made = sensitivity(atlas, Wanted(35, seed=3, workers=3))[1]
    assert people(made) == people([run(ground, 3, number) for number in range(35)])


def test_what_was_stopped_goes_on_where_it_was(
    ground: Ground, atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, wanted = tmp_path / "tirages.parquet", []

    def stopped(ground: Ground, seed: int, numbers: Sequence[int], _: int) -> Iterator[list[Run]]:
        wanted.append(list(numbers))
        yield [run(ground, seed, number) for number in numbers[:10]]
        raise KeyboardInterrupt

    monkeypatch.setattr(tested, "run_here", stopped)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            sensitivity(atlas, Wanted(25, out=out))
    assert [numbers[0] for numbers in wanted] == [0, 10]
    monkeypatch.undo()
    monkeypatch.setattr(tested, "atlas_ground", lambda _: ground)
    told: list[int] = []
    resumed = sensitivity(atlas, Wanted(25, out=out), told.append)[1]
    assert told == [25]
    assert people(resumed) == people(sensitivity(atlas, Wanted(25))[1])
    sensitivity(atlas, Wanted(25, out=out), told.append)
    assert told == [25]  # nothing was left to do


def test_a_file_keeps_runs_whole(ground: Ground, tmp_path: Path) -> None:
    path, identity = tmp_path / "runs", Identity("v", 3, tuple(ground.areas), 13)
    made = [run(ground, 3, number) for number in range(4)]
    write_runs(path, identity, made)
    found = read_runs(path, identity, ground)
    for one, two in zip(made, found, strict=True):
        assert (one.number, one.draw.unit) == (two.number, two.draw.unit)
        assert (one.stays == two.stays).all()
        assert np.array_equal(one.draw.time_factor, two.draw.time_factor)
    assert people(found) == people(made)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.usefixtures("ground")
def test_runs_of_other_data_or_another_seed_are_refused(atlas: Atlas, tmp_path: Path) -> None:
    out = tmp_path / "tirages.parquet"
    sensitivity(atlas, Wanted(2, seed=1, out=out))
    with pytest.raises(UserError, match="d'une autre graine"):
        sensitivity(atlas, Wanted(2, seed=2, out=out))
    pd.DataFrame({"a": [1]}).to_parquet(out)
    with pytest.raises(UserError, match="pas un fichier de tirages"):
        sensitivity(atlas, Wanted(2, out=out))
    out.write_text("rien")
    with pytest.raises(UserError, match="pas un fichier de tirages"):
        sensitivity(atlas, Wanted(2, out=out))
    with pytest.raises(UserError, match="écriture impossible"):
        sensitivity(atlas, Wanted(2, out=tmp_path / "absent" / "tirages.parquet"))


@pytest.mark.usefixtures("ground")
def test_numbers_out_of_range_are_refused(atlas: Atlas) -> None:
    with pytest.raises(UserError, match="Nombre de tirages refusé : 0"):
        sensitivity(atlas, Wanted(0))
    with pytest.raises(UserError, match="Nombre de processus de calcul refusé : 65"):
        sensitivity(atlas, Wanted(1, workers=65))


@pytest.mark.usefixtures("ground")
def test_a_scheduler_lost_on_the_way_is_said(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(_: int) -> list[Run]:
        raise CancelledError

    monkeypatch.setattr(tested, "_run_elsewhere", lambda *_: map(lost, [0]))
    with pytest.raises(UserError, match="perdu en route"):
        sensitivity(atlas, Wanted(2, scheduler="tcp://x:1"))


def test_a_worker_refuses_other_data(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tested, "load_atlas", lambda _: atlas)
    tested._ground_here.cache_clear()
    with pytest.raises(BundleError, match=r"et non autre\."):
        tested.work(None, "autre", 1, [0])
