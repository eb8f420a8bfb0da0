"""What the command line prints: tables for a person, CSV and JSON for a program."""

import enum
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, overload

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from geo.atlas.load import Atlas
from geo.atlas.resolve import Directory
from geo.errors import UserError
from geo.files.csv import safe
from geo.formats import rounded_minutes

errors = Console(stderr=True)
TIMES = ("time_min", "margin_min")  # estimates: a person reads them rounded
WIDTH = 1000  # of what is piped: no name is cut, whatever the number of columns


class Format(enum.StrEnum):
    """Output formats."""

    table = "table"
    csv = "csv"
    json = "json"


Region = Annotated[
    str | None, typer.Option(help="Région, par son code ou son nom : 44, « Grand Est ».")
]
Ght = Annotated[
    str | None, typer.Option(help="GHT, par son code ou son nom : GE-06, « GHT Loire ».")
]
Output = Annotated[Format, typer.Option("--format", help="Forme de la sortie.")]
Data = Annotated[
    Path | None, typer.Option(help="Dossier de données ; par défaut, celui du projet.")
]


@overload
def code_of(text: str, index: Callable[[Atlas], Directory], atlas: Atlas) -> str: ...
@overload
def code_of(text: None, index: Callable[[Atlas], Directory], atlas: Atlas) -> None: ...
@overload
def code_of(text: str | None, index: Callable[[Atlas], Directory], atlas: Atlas) -> str | None: ...
def code_of(text: str | None, index: Callable[[Atlas], Directory], atlas: Atlas) -> str | None:
    """
    Give the code that a person means: say what was understood, or refuse and propose.

    Parameters
    ----------
    text
        A code or a name; None, an option that was not given, stays None.
    index
        Of `geo.atlas.resolve`.
    atlas
        The bundled tables.
    """
    if text is None:
        return None
    directory = index(atlas)
    answer = directory.resolve(text)
    if not answer.code:
        raise UserError(directory.unknown(text, answer))
    if answer.how:
        said = f"« {text} » : {answer.code}, {answer.how}."
        errors.print(said, markup=False, highlight=False, soft_wrap=True)
    return answer.code


def supplied_files(options: Sequence[str]) -> dict[str, Path]:
    """Read the options `--use KEY=PATH`."""
    pairs = [option.partition("=") for option in options]
    bare = [key for key, sign, path in pairs if not (sign and path)]
    if bare:
        raise UserError(f"--use {bare[0]} : écrivez CLÉ=CHEMIN, par exemple finess=etalab.csv.")
    return {key: Path(path) for key, _, path in pairs}


def _show(table: pd.DataFrame) -> None:
    """Print a table for a person."""
    grid = Table(*[str(name) for name in table.columns], show_lines=False)
    times = [str(name) for name in table if str(name).endswith(TIMES)]
    whole = {name: rounded_minutes(table[name]).astype("Float64").astype("Int64") for name in times}
    for row in table.assign(**whole).itertuples(index=False):
        grid.add_row(*[Text("" if pd.isna(cell) else _cell(cell)) for cell in row])
    Console(soft_wrap=True, width=None if sys.stdout.isatty() else WIDTH).print(grid)


def _cell(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def as_csv(table: pd.DataFrame) -> str:
    """Write rows for a program, texts disarmed for spreadsheets."""
    return safe(table).to_csv(index=False)


def write(table: pd.DataFrame, form: Format) -> None:
    """Print rows in the chosen form; figures keep their full precision in csv and json only."""
    if form is Format.csv:
        typer.echo(as_csv(table), nl=False)
    elif form is Format.json:
        typer.echo(
            table.to_json(orient="records", force_ascii=False, indent=1, double_precision=15)
        )
    else:
        _show(table)
