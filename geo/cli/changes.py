"""The command ``python -m geo changes``."""

from pathlib import Path
from typing import Annotated

import typer

from geo.cli.output import Format, Output, write


def changes(
    old: Annotated[Path, typer.Argument(metavar="ANCIEN", help="Dossier de données de départ.")],
    new: Annotated[Path, typer.Argument(metavar="NOUVEAU", help="Dossier de données d'arrivée.")],
    form: Output = Format.table,
) -> None:
    """Ce qui a changé entre deux versions : GHT, supports, membres, territoires, chiffres."""
    from geo.activity.measures import labels
    from geo.atlas.changes import compare_folders, shown_changes
    from geo.atlas.words import CHANGES_SAME, changes_line

    found = compare_folders(old, new, labels())
    table = found.table()
    if form is not Format.table:
        write(table, form)
        return
    typer.echo(changes_line(found.old, found.new))
    if table.empty:
        typer.echo(CHANGES_SAME)
    else:
        write(shown_changes(table), form)


def register(app: typer.Typer) -> None:
    """Add the command to the entry point."""
    app.command()(changes)
