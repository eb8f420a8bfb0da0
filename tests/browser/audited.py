"""
Start a program as `python -m` does, and write down whom it talks to beyond this machine.

`python -m tests.browser.audited PROGRAM ...`: the file named by AUDITED gets a line for each name
looked up, connection opened or datagram sent that is not of the loopback. `AUDITED_BARE=1` takes
our layers away first: what Streamlit asks must be seen, or seeing nothing proves nothing.
"""

import importlib
import os
import runpy
import sys
from pathlib import Path
from typing import Any, Final

WATCHED: Final = frozenset({"socket.connect", "socket.sendto", "socket.getaddrinfo"})
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1", "", "None", "0.0.0.0", "::"})  # noqa: S104


def host_of(event: str, arguments: tuple[Any, ...]) -> str:
    """Name who is talked to; empty for a socket of the file system."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
        return host.decode() if isinstance(host, bytes) else str(host)
    address = arguments[1]
    return str(address[0]) if isinstance(address, tuple) else ""


def watch(log: Path) -> None:
    """Write down what leaves this machine, from now on."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in WATCHED and (host := host_of(event, arguments)) not in LOOPBACK:
            with log.open("a", encoding="utf-8") as stream:
                stream.write(f"{event} {host}\n")

    sys.addaudithook(hook)


def lay_bare() -> None:
    """Take away what keeps Streamlit from asking."""
    from streamlit import net_util  # noqa: PLC0415

    from geo.ui.app import server  # noqa: PLC0415

    importlib.reload(net_util)
    server.app._user_middleware.clear()


if __name__ == "__main__":
    watch(Path(os.environ["AUDITED"]))
    if os.environ.get("AUDITED_BARE"):
        lay_bare()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
