"""The command ``python -m geo partnerships``."""

from pathlib import Path
from typing import Annotated

import typer

from geo.atlas.load import load_atlas
from geo.atlas.resolve import ght_directory, region_directory
from geo.cli.output import Data, Format, Ght, Output, Region, as_csv, code_of, write
from geo.errors import UserError


def partnerships(
    ght: Ght = None,
    region: Region = None,
    form: Output = Format.table,
    out: Annotated[
        Path | None, typer.Option(help="Fichier à écrire, en CSV ou en JSON ; l'écran sinon.")
    ] = None,
    data: Data = None,
) -> None:
    """Partenariats recensés (liste partielle) ; un associé ou un partenaire n'est pas un membre."""
    from geo.partnerships.collection import Filters, collection_of, filter_collection
    from geo.partnerships.tables import as_json, flat_table
    from geo.partnerships.words_tables import written

    atlas = load_atlas(data)
    region = code_of(region, region_directory, atlas)
    ght = code_of(ght, ght_directory, atlas)
    kept = filter_collection(collection_of(atlas), Filters(region=region, ght=ght))
    if out is not None:
        text = as_json(kept) if form is Format.json else as_csv(flat_table(kept))
        _save(text, out)
        typer.echo(written(len(kept.partnerships), str(out)))
    elif form is Format.json:
        typer.echo(as_json(kept))
    else:
        write(flat_table(kept), form)


def _save(text: str, out: Path) -> None:
    """Write a file, or say why it cannot be written."""
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(
            f"« {out} » n'a pas pu être écrit ({error.strerror}). Vérifiez le dossier et les "
            "droits."
        ) from None


def register(app: typer.Typer) -> None:
    """Add the command to the entry point."""
    app.command()(partnerships)
