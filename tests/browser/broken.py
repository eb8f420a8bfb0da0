"""The dashboard with faults put in it: `python -m tests.browser.broken`, as `python -m geo.ui`."""

import sys
from collections.abc import Callable
from typing import Any

from geo.ui import __main__ as start
from geo.ui.etablissements import panels as etablissements_panels
from geo.ui.shared import view

FAULT = "une panne de 4 mots"
Function = Callable[..., Any]


def failing(function: Function, is_bad: Callable[..., bool]) -> Function:
    """Break a function for some arguments."""

    def broken(*arguments: Any) -> Any:  # noqa: ANN401
        if is_bad(*arguments):
            raise RuntimeError(FAULT)
        return function(*arguments)

    return broken


if __name__ == "__main__":
    page, action = vars(etablissements_panels), vars(view)
    page["show_figures"] = failing(page["show_figures"], lambda *_: True)
    action["choose_region"] = failing(action["choose_region"], lambda *given: given[1] == "44")
    start.main(sys.argv[1:])
