"""The command ``python -m geo access``."""

import enum
from typing import Annotated

import pandas as pd
import typer

from geo.atlas.load import Atlas, load_atlas
from geo.atlas.resolve import ght_directory
from geo.cli.output import Data, Format, Ght, Output, code_of, errors, write
from geo.errors import UserError
from geo.territories.access_origin import origin_of
from geo.territories.beds import beds_table
from geo.territories.referral import referrals
from geo.territories.services import access_table


class What(enum.StrEnum):
    """What people travel to, and the beds within their reach."""

    urgences = "urgences"
    maternite = "maternite"
    medecine = "medecine"
    support = "support"
    membre = "membre"
    reanimation = "reanimation"
    maternite_3 = "maternite_3"
    lits = "lits"
    recours = "recours"


class By(enum.StrEnum):
    """Areas that figures are given for."""

    ght = "ght"
    departement = "departement"
    commune = "commune"


def access(
    what: Annotated[
        What,
        typer.Option(
            help="Service : sa distance ; lits : lits de MCO à portée (E2SFCA) ; recours : site de "
            "niveau supérieur le plus proche de chaque site d'un GHT (avec --ght)."
        ),
    ],
    by: Annotated[By, typer.Option(help="Une ligne par GHT, département ou commune.")] = By.ght,
    ght: Ght = None,
    form: Output = Format.table,
    data: Data = None,
) -> None:
    """Accès : habitants à plus de 15, 30, 45 et 60 minutes d'un service, lits à portée, recours."""
    atlas = load_atlas(data)
    code = code_of(ght, ght_directory, atlas)
    is_referral = what is What.recours
    table = _referrals(atlas, code) if is_referral else _figures(atlas, what, by, code)
    origin = origin_of(atlas, what)
    if form is Format.table:  # said once, above the figures
        said = f"{origin.unit}, {origin.year}. {origin.source}. {origin.method}"
        errors.print(said, markup=False, highlight=False, soft_wrap=True)
        write(table, form)
        return
    told = {"unit": origin.unit, "year": origin.year, "kind": origin.kind}
    write(table.assign(**told, source=origin.source, method=origin.method), form)


def _referrals(atlas: Atlas, code: str | None) -> pd.DataFrame:
    """Say where the sites of a GHT turn to."""
    if code is None:
        raise UserError("Le recours se lit GHT par GHT : ajoutez --ght, par exemple --ght GE-06.")
    return referrals(atlas, code)


def _figures(atlas: Atlas, what: What, by: By, code: str | None) -> pd.DataFrame:
    """Gather the figures asked."""
    table = beds_table(atlas, by) if what is What.lits else access_table(atlas, what, by)
    return table if code is None else _of_ght(atlas, table, by, code)


def _of_ght(atlas: Atlas, table: pd.DataFrame, by: By, code: str) -> pd.DataFrame:
    """Keep what is of a GHT."""
    if by is By.departement:
        raise UserError("--ght ne se combine pas avec --by departement : leurs limites diffèrent.")
    if by is By.ght:
        return table[table.area_code == code]
    own = atlas.assignments.insee_code[atlas.assignments.area_code == code]
    return table[table.insee_code.isin(own)]


def register(app: typer.Typer) -> None:
    """Add the command to the entry point."""
    app.command()(access)
