"""The command ``python -m geo changes``."""

from pathlib import Path
from typing import Annotated

import typer

from geo.atlas.load import load_atlas
from geo.cli.output import Data, Format, Output, write
from geo.errors import UserError


def changes(
    old: Annotated[
        Path | None,
        typer.Argument(
            metavar="ANCIEN",
            help="Dossier de données de départ ; sans aucun dossier : de la liste précédente des "
            "membres à celle en vigueur.",
        ),
    ] = None,
    new: Annotated[
        Path | None, typer.Argument(metavar="NOUVEAU", help="Dossier de données d'arrivée.")
    ] = None,
    form: Output = Format.table,
    data: Data = None,
) -> None:
    """Ce qui a changé entre deux versions des données, ou entre les deux listes de membres."""
    from geo.activity.measures import labels
    from geo.atlas.changes import compare_folders, shown_changes
    from geo.atlas.list_changes import compare_lists
    from geo.atlas.words import CHANGES_SAME, changes_line, lists_line

    if old is None:
        found, line = compare_lists(load_atlas(data)), lists_line
    elif new is None:
        raise UserError("Donnez deux dossiers de données à comparer, ou aucun.")
    else:
        found, line = compare_folders(old, new, labels()), changes_line
    table = found.table()
    if form is not Format.table:
        write(table, form)
        return
    typer.echo(line(found.old, found.new))
    if table.empty:
        typer.echo(CHANGES_SAME)
    else:
        write(shown_changes(table), form)


def register(app: typer.Typer) -> None:
    """Add the command to the entry point."""
    app.command()(changes)
