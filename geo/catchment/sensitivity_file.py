"""The file of the runs that are done: one row each, with what it was drawn from."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geo.catchment import words_sensitivity as words
from geo.catchment.sensitivity import (
    SMALL_BEDS,
    SMALL_PENALTY,
    TIME_FACTOR,
    UNITS,
    ZONE_PENALTY,
    Ground,
    Run,
    draw_of,
)
from geo.errors import UserError

KEY: Final = b"atlas_ght_runs"
SCHEMA: Final = pa.schema(
    [
        ("run", pa.int64()),
        ("small_beds", pa.int64()),
        ("small_penalty", pa.float64()),
        ("zone_penalty", pa.float64()),
        ("unit", pa.string()),
        ("population", pa.list_(pa.int64())),
        ("stays", pa.binary()),
    ]
)


@dataclass(frozen=True)
class Identity:
    """
    What makes runs comparable: the version of the data, the seed, the areas and the communes.

    Attributes
    ----------
    version
        Of the data.
    seed
        Of the draws.
    areas
        Codes, in the order of the column `population`.
    commune_count
        Number of bits of the column `stays`, which follow the bundled communes.
    """

    version: str
    seed: int
    areas: tuple[str, ...]
    commune_count: int

    @property
    def text(self) -> bytes:
        """Write it, and the grid, for the head of the file."""
        grid = (SMALL_BEDS, SMALL_PENALTY, ZONE_PENALTY, TIME_FACTOR, UNITS)
        return json.dumps([astuple(self), grid]).encode()


def write_runs(path: Path, identity: Identity, runs: Sequence[Run]) -> None:
    """
    Write runs, whole or not at all.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    rows = [_row(one) for one in runs]
    table = pa.Table.from_pylist(rows, SCHEMA.with_metadata({KEY: identity.text}))
    part = path.with_name(path.name + ".part")
    try:
        pq.write_table(table, part, compression="zstd")
        part.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(words.NOT_WRITABLE.format(path=path, reason=reason)) from error


def _row(one: Run) -> dict[str, Any]:
    """Lay a run out."""
    drawn = one.draw
    return {
        "run": one.number,
        "small_beds": drawn.small_beds,
        "small_penalty": drawn.small_penalty,
        "zone_penalty": drawn.zone_penalty,
        "unit": drawn.unit,
        "population": one.population.tolist(),
        "stays": np.packbits(one.stays).tobytes(),
    }


def read_runs(path: Path, identity: Identity, ground: Ground) -> list[Run]:
    """
    Read the runs that are done; none when there is no file yet.

    Raises
    ------
    UserError
        If it is not such a file, or of other data, another seed or another grid.
    """
    if not path.exists():
        return []
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise UserError(words.NOT_RUNS.format(path=path)) from error
    stated = (table.schema.metadata or {}).get(KEY)
    if stated is None or not table.schema.equals(SCHEMA):
        raise UserError(words.NOT_RUNS.format(path=path))
    if stated != identity.text:
        raise UserError(words.OTHER_RUNS.format(path=path))
    return [_run(row, identity, len(ground.site_beds)) for row in table.to_pylist()]


def _run(row: dict[str, Any], identity: Identity, site_count: int) -> Run:
    """Read a run again; its draw is made again from its number."""
    bits = np.unpackbits(np.frombuffer(row["stays"], "uint8"), count=identity.commune_count)
    people = np.array(row["population"], "int64")
    drawn = draw_of(identity.seed, row["run"], site_count)
    return Run(row["run"], drawn, people, bits.astype(bool))
