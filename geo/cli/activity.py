"""The command ``python -m geo activity``."""

from typing import Annotated

import pandas as pd
import typer

from geo.atlas.load import Atlas, load_atlas
from geo.atlas.resolve import ght_directory
from geo.cli.output import Data, Format, Ght, Output, code_of, write
from geo.errors import UserError


def activity(
    ght: Ght = None,
    site: Annotated[str | None, typer.Option(help="Site, par son numéro FINESS.")] = None,
    measure: Annotated[
        str | None, typer.Option(help="Une mesure : beds_mco, deliveries, nurses...")
    ] = None,
    form: Output = Format.table,
    data: Data = None,
) -> None:
    """Activité (SAE) d'un GHT, d'un site ou, sans option, du pays : lits, séjours, personnel."""
    from geo.activity.tables import check_measure

    if ght is not None and site is not None:
        raise UserError("Donnez --ght ou --site, pas les deux.")
    if measure is not None:
        check_measure(measure)
    table = _figures(load_atlas(data), ght, site)
    write(table if measure is None else table[table.measure == measure], form)


def _figures(atlas: Atlas, ght: str | None, site: str | None) -> pd.DataFrame:
    """Gather the figures of what was asked, named by its code."""
    from geo.activity.tables import ght_activity, national, site_activity

    if site is not None:
        place, table = site, site_activity(atlas, site)
        if table.empty:
            raise UserError(f"Site {site} : aucun chiffre dans la SAE. Vérifiez le numéro FINESS.")
    elif ght is not None:
        place = _ght_code(ght, atlas)
        table = ght_activity(atlas, place)
    else:
        place, table = "FRANCE", national(atlas)
    table.insert(0, "place", place)
    return table


def _ght_code(ght: str, atlas: Atlas) -> str:
    """Give the code that is meant: of any year's list, else as everywhere."""
    known = atlas.activity_ghts.ght_code
    return ght.upper() if known.eq(ght.upper()).any() else code_of(ght, ght_directory, atlas)


def register(app: typer.Typer) -> None:
    """Add the command to the entry point."""
    app.command()(activity)
