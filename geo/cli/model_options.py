"""What may follow a model, as options of its commands: towns bound, units kept whole."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from geo.formats import format_count

if TYPE_CHECKING:
    from geo.catchment.analysis import Analysis
    from geo.catchment.options import Options

Enclaves = Annotated[float, typer.Option(help="Absorbe les enclaves de moins de N habitants.")]
Town = Annotated[
    bool, typer.Option("--own-town", help="Lie à son GHT la commune des lits d'un membre.")
]
Units = Annotated[
    str,
    typer.Option(
        help="Unités gardées entières : none, epci, bassin_vie, zone_emploi, arrondissement, "
        "departement."
    ),
]
errors = Console(stderr=True)


def options_of(enclaves: float, own_town: bool, whole_units: str) -> "Options":
    """
    Check the options of a command.

    Raises
    ------
    UserError
        If the kind of units is unknown.
    """
    from geo.catchment.options import Options

    return Options(enclaves, own_town, whole_units)


def tell_moves(analysis: "Analysis") -> None:
    """Say on standard error what the options moved, and which areas they empty."""
    from geo.catchment import words

    clean, moves = analysis.clean_up, analysis.moves
    if clean is not None:
        _say(
            f"Enclaves absorbées : {clean.enclave_count}, soit {clean.commune_count} communes et "
            f"{clean.population} habitants."
        )
    if moves is not None:
        counts = (moves.commune_count, "commune"), (moves.population, "habitant")
        _say(words.optional_moves(*(format_count(*count) for count in counts)))
    if analysis.emptied:
        _say(words.emptied(analysis.emptied))


def _say(sentence: str) -> None:
    errors.print(sentence, markup=False, highlight=False, soft_wrap=True)
