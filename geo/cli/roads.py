"""The command ``python -m geo calibrate``."""

from pathlib import Path
from typing import Annotated

import typer

from geo.cli.output import Format, Output, write


def calibrate(
    sources: Annotated[Path, typer.Option(help="Dossier des fichiers bruts.")],
    checks: Annotated[
        Path | None,
        typer.Option(help="Dossier de temps d'autres moteurs, qui ne servent qu'à mesurer."),
    ] = None,
    fit: Annotated[
        bool, typer.Option("--fit", help="Cale de nouveau les paramètres et les écrit.")
    ] = False,
    form: Output = Format.table,
) -> None:
    """Erreur des temps par la route, face à la DREES et à d'autres moteurs."""
    from geo.build.land import build_land
    from geo.build.roads import calibrate as measure
    from geo.roads.parameters import OFFICIAL, write_errors, write_parameters
    from geo.sources.reading import Log, choose_paths, read_raw

    log = Log(lambda line: typer.echo(line, err=True))
    raw = read_raw(choose_paths(sources, {}), log)
    land = build_land(raw, log)
    found = measure(raw, land.table, land.polygons, is_fitted_again=fit, checks=checks)
    if fit:
        write_parameters(found.fitted)
        write_errors(found.errors[found.errors.test.str.startswith(OFFICIAL)])
    write(found.errors.round(2), form)


def register(app: typer.Typer) -> None:
    """Add the command to the entry point."""
    app.command()(calibrate)
