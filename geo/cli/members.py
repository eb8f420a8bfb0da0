"""The commands ``python -m geo members`` and ``python -m geo history``."""

from typing import Annotated

import pandas as pd
import typer

from geo.atlas.load import Atlas, load_atlas
from geo.atlas.resolve import ght_directory
from geo.cli.output import Data, Format, Ght, Output, code_of, write
from geo.errors import UserError

Vintage = Annotated[
    str | None,
    typer.Option(help="Millésime de la liste : celle en vigueur, ou l'année de la précédente."),
]


def members(
    ght: Ght = None, vintage: Vintage = None, form: Output = Format.table, data: Data = None
) -> None:
    """Membres des GHT : rôle, preuve, source, successeur, GHT d'aujourd'hui."""
    atlas = load_atlas(data)
    table, code = _listed(atlas, vintage), code_of(ght, ght_directory, atlas)
    if code is not None:
        former = _former(ght, atlas)
        kept = table.current_ght_code == code if former is None else table.ght_code == former
        table = table[kept | (table.ght_code == code)]
    write(table, form)


def _listed(atlas: Atlas, vintage: str | None) -> pd.DataFrame:
    """Choose a list by its vintage; each row says the GHT of today."""
    current, earlier = atlas.vintages.members, atlas.vintages.earlier
    if vintage in {None, current}:
        return atlas.members.assign(current_ght_code=atlas.members.ght_code)
    if vintage == earlier:
        return atlas.earlier_members
    raise UserError(
        f"Millésime « {vintage} » inconnu. Millésimes des listes : {earlier}, {current}."
    )


def _former(typed: str | None, atlas: Atlas) -> str | None:
    """Give the code that a person typed when it is that of a GHT that is gone."""
    gone = atlas.former_ghts.former_code
    plain = str(typed).strip().upper()
    return plain if plain in set(gone) else None


def history(ght: Ght = None, form: Output = Format.table, data: Data = None) -> None:
    """Histoire des GHT : créations, fusions, entrées et sorties, chacune avec sa source."""
    from geo.establishments.history import shown_history, story_of
    from geo.establishments.words import NO_EVENT

    atlas = load_atlas(data)
    table = story_of(atlas, code_of(ght, ght_directory, atlas))
    if form is not Format.table:
        write(table, form)
    elif table.empty:
        typer.echo(NO_EVENT)
    else:
        write(shown_history(table), form)


def register(app: typer.Typer) -> None:
    """Add the commands to the entry point."""
    app.command()(members)
    app.command()(history)
