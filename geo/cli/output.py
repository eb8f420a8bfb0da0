"""What the command line prints: tables for a person, CSV and JSON for a program."""

import difflib
import enum
import sys
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from geo.errors import UserError
from geo.files.csv import safe

SUGGESTED = 5


class Format(enum.StrEnum):
    """Output formats."""

    table = "table"
    csv = "csv"
    json = "json"


Region = Annotated[str | None, typer.Option(help="Code de région INSEE, par exemple 44.")]
Ght = Annotated[str | None, typer.Option(help="Code de GHT, par exemple GE-06.")]
Output = Annotated[Format, typer.Option("--format", help="Forme de la sortie.")]
Data = Annotated[Path | None, typer.Option(help="Dossier de données ; celui du projet sinon.")]


def check_code(code: str | None, known: pd.Series, what: str) -> None:
    """Refuse a code that exists nowhere, and list the ones that do."""
    if code is not None and code not in set(known):
        codes = sorted(known.dropna().unique())
        near = difflib.get_close_matches(code, codes, n=SUGGESTED, cutoff=0) or codes
        listed = ", ".join(near[:SUGGESTED])
        raise UserError(f"{what} « {code} » inconnu. Codes les plus proches : {listed}.")


def _show(table: pd.DataFrame) -> None:
    """Print a table for a person."""
    grid = Table(*[str(name) for name in table.columns], show_lines=False)
    for row in table.itertuples(index=False):
        grid.add_row(*[Text("" if pd.isna(cell) else _cell(cell)) for cell in row])
    Console(soft_wrap=True, width=None if sys.stdout.isatty() else 400).print(grid)


def _cell(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def as_csv(table: pd.DataFrame) -> str:
    """Write rows for a program, texts disarmed for spreadsheets."""
    return safe(table).to_csv(index=False)


def write(table: pd.DataFrame, form: Format) -> None:
    """Print rows in the chosen form; figures keep their full precision in csv and json."""
    if form is Format.csv:
        typer.echo(as_csv(table), nl=False)
    elif form is Format.json:
        typer.echo(
            table.to_json(orient="records", force_ascii=False, indent=1, double_precision=15)
        )
    else:
        _show(table)
