"""
Start the dashboard: `python -m geo.ui`, with the options of `streamlit run`.

What the first visitor would wait for is read while the server starts and the browser opens.
"""

import sys
from contextlib import suppress
from typing import Any, Final, NoReturn

import click
from streamlit.web import cli

from geo.ui.app import server
from geo.ui.app.words import BAD_PORT

NOT_OPTIONS: Final = frozenset({"target", "args"})
PORT: Final = "server_port"
PORTS: Final = range(1, 65536)
WRONG_USAGE: Final = 2
EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104  # recognised, not bound


def stop(sentence: str) -> NoReturn:
    """End with a sentence, as for a wrong option."""
    print(sentence, file=sys.stderr)  # noqa: T201  # the screen of who starts the server
    sys.exit(WRONG_USAGE)


class Port(click.ParamType[int]):
    """A port that exists; the program ends with a French sentence about any other one."""

    name = "integer"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,  # noqa: ARG002
        ctx: click.Context | None,  # noqa: ARG002
    ) -> int:
        """Read a port, from the command line or from the environment."""
        with suppress(ValueError):
            port = int(str(value))
            if port in PORTS:
                return port
        stop(BAD_PORT.format(port=value))


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
        After the help, or a sentence about an option that is not one of Streamlit's, or about a
        port that does not exist.
    """
    for option in cli.main_run.params:
        if option.name == PORT:
            option.type = Port()
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

    Raises
    ------
    SystemExit
        After a sentence about a port that cannot be listened to.
    """
    given = options(arguments)
    if given.get("server.address", "::") not in EVERYWHERE:  # the one to show on the terminal
        given.setdefault("browser.serverAddress", given["server.address"])
    sys.argv = [str(server.DASHBOARD)]  # Streamlit looks for its configuration beside it
    server.send_at_once()
    try:
        server.app.run(config=given)
    except server.PortError as error:
        stop(str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
