"""
Start the dashboard: `python -m geo.ui`, with the options of `streamlit run`.

What the first visitor would wait for is read while the server starts and the browser opens.
"""

import sys
from typing import Any, Final

import click
from streamlit.web import cli

from geo.ui import server

NOT_OPTIONS: Final = frozenset({"target", "args"})


def options(arguments: list[str]) -> dict[str, Any]:
    """
    Read options as `streamlit run` does.

    Parameters
    ----------
    arguments
        For instance ``["--server.port", "8502"]``.

    Returns
    -------
    options
        Name of each option given -> value.

    Raises
    ------
    SystemExit
        After the help, or a sentence about an option that is not one of Streamlit's.
    """
    try:
        read = cli.main_run.make_context("python -m geo.ui", [str(server.DASHBOARD), *arguments])
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    return {
        name.replace("_", "."): value
        for name, value in read.params.items()
        if name not in NOT_OPTIONS and value not in {None, ()}
    }


def main(arguments: list[str]) -> None:
    """
    Serve the dashboard, and never return.

    Parameters
    ----------
    arguments
        Options of `streamlit run`.
    """
    given = options(arguments)
    sys.argv = [str(server.DASHBOARD)]  # Streamlit looks for its configuration beside it
    server.send_at_once()
    server.app.run(config=given)


if __name__ == "__main__":
    main(sys.argv[1:])
