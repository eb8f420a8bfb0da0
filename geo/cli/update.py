"""The command ``python -m geo update``."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.atlas.load import default_folder
from geo.cli.output import Format, errors, supplied_files, write

if TYPE_CHECKING:
    from geo.atlas.changes import Changes
    from geo.sources.renewal import Renewal
    from geo.sources.source import Source

CACHE = "sources"
ATTEMPTS = 3  # per address: twenty of them when the network is down
MOST_SHOWN = 15  # changes of a kind, in the terminal


def update(
    sources: Annotated[
        Path | None, typer.Option(help="Dossier des fichiers bruts que l'on garde soi-même.")
    ] = None,
    cache: Annotated[
        Path | None,
        typer.Option(help="Dossier des fichiers téléchargés ; sources/ à côté des données sinon."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Données à mettre à jour ; data/ sinon.")] = None,
    use: Annotated[
        list[str] | None, typer.Option(help="Fichier à lire pour une source, CLÉ=CHEMIN.")
    ] = None,
    address: Annotated[
        list[str] | None,
        typer.Option(help="Adresse d'une source : CLÉ=ADRESSE ou CLÉ@MILLÉSIME=ADRESSE."),
    ] = None,
    keep: Annotated[int, typer.Option(min=0, help="Versions antérieures à garder.")] = 1,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Montre ce qui changerait, ne remplace rien.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Rétablit la version antérieure.")] = False,
) -> None:
    """Met à jour : sources actuelles, construction à part, changements, remplacement."""
    folder = out or default_folder()
    if undo:
        _undo(folder)
        return
    from geo.build.update import Request
    from geo.build.update import update as update_data
    from geo.sources.download import Settings
    from geo.sources.renewal import Places

    places = Places(cache or folder.parent / CACHE, sources, supplied_files(use or []))
    request = Request(
        folder, places, tuple(address or ()), keep, dry_run,
        settings=Settings(attempts=ATTEMPTS, on_progress=_show_progress),
    )  # fmt: skip
    outcome = update_data(request, _tell, _show_sources)
    if outcome.changes is not None:
        _show_changes(outcome.changes)


def _undo(folder: Path) -> None:
    """Put the former version back."""
    from geo.build import versions, words

    with versions.only_one(folder):
        versions.recover(folder)
        left, back = versions.undo(folder)
    typer.echo(words.undone(left, back, versions.undone_folder(folder)))


def _tell(line: str) -> None:
    errors.print(line, markup=False, highlight=False, soft_wrap=True)


def _show_progress(source: "Source", held: int, total: int | None) -> None:
    """Show how a download goes, where someone may look."""
    if sys.stderr.isatty():
        size = f" sur {total / 1e6:.1f}" if total else ""
        errors.print(f"{source.title} : {held / 1e6:.1f}{size} Mo", end="\r")


def _show_sources(renewals: "Sequence[Renewal]") -> None:
    from geo.build.update import source_table

    write(source_table(renewals), Format.table)


def _show_changes(changes: "Changes") -> None:
    """Show the first changes of each kind, and how many there are."""
    from geo.atlas.changes import shown_changes
    from geo.atlas.words import CHANGES_KINDS, CHANGES_SAME, changes_line
    from geo.build import words

    typer.echo(changes_line(changes.old, changes.new))
    table = changes.table()
    if table.empty:
        typer.echo(CHANGES_SAME)
        return
    for kind, title in CHANGES_KINDS.items():
        rows = table[table.kind == kind]
        if len(rows):
            typer.echo(words.counted(title, len(rows), MOST_SHOWN))
            write(shown_changes(rows.head(MOST_SHOWN)).iloc[:, 1:], Format.table)


def register(app: typer.Typer) -> None:
    """Add the command to the entry point."""
    app.command()(update)
