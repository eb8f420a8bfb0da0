"""The command ``python -m geo sensitivity``."""

import enum
import time
from pathlib import Path
from typing import Annotated

import typer

from geo.atlas.load import load_atlas
from geo.cli.output import Data, Format, Output, errors, write
from geo.formats import format_count


class By(enum.StrEnum):
    """What the table has a row of."""

    ght = "ght"
    commune = "commune"


def sensitivity(
    runs: Annotated[int, typer.Option(help="Nombre de tirages de la grille.")] = 200,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Adresse d'un ordonnanceur Dask, par exemple tcp://hote:8786."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Fichier Parquet des tirages faits : une reprise part de là."),
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Graine des tirages ; celle du projet.")] = None,
    workers: Annotated[int | None, typer.Option(help="Fils d'exécution de cette machine.")] = None,
    by: Annotated[By, typer.Option("--by", help="Une ligne par territoire ou par commune.")] = (
        By.ght
    ),
    form: Output = Format.table,
    data: Data = None,
) -> None:
    """Communes et territoires quand la règle, ses valeurs ou les temps changent."""
    from geo.catchment import words_sensitivity as words
    from geo.catchment.sensitivity import SEED, area_spread, stability
    from geo.catchment.sensitivity_runs import Wanted
    from geo.catchment.sensitivity_runs import sensitivity as run_all

    started = time.perf_counter()

    def tell(done: int) -> None:
        elapsed = time.perf_counter() - started
        errors.print(f"[{elapsed:5.1f} s] {done}/{runs}", markup=False, highlight=False)

    wanted = Wanted(runs, SEED if seed is None else seed, out, scheduler, workers)
    ground, made = run_all(load_atlas(data), wanted, tell)
    write((area_spread if by is By.ght else stability)(ground, made), form)
    seconds = f"{time.perf_counter() - started:.0f}"
    errors.print(words.DONE.format(count=format_count(len(made), "tirage"), seconds=seconds))


def register(app: typer.Typer) -> None:
    """Add the command to the entry point."""
    app.command()(sensitivity)
