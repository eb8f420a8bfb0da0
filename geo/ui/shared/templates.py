"""HTML written by templates: a text is escaped as it enters, `Markup` is HTML already."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

ROOMS: Final = Path(__file__).parents[1]
EMPTY: Final = Markup()


def _source(name: str) -> tuple[str, str, None]:
    """Read a template, its lines joined: what lays it out does not travel."""
    path = ROOMS / name
    lines = path.read_text(encoding="utf-8").splitlines()
    return "".join(map(str.strip, lines)), str(path), None


_TEMPLATES: Final = Environment(
    loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined, auto_reload=False
)
_TEMPLATES.globals["zip"] = zip


def writer(template: str) -> Callable[..., Markup]:
    """
    Compile a template, once: modules call this when they are read, before anyone waits.

    Parameters
    ----------
    template
        File of `geo/ui/` that holds macros.

    Returns
    -------
    write
        Takes the name of a macro and its values; only `Markup` among these is taken for HTML.
    """
    module = _TEMPLATES.get_template(template).module
    return lambda macro, *values: getattr(module, macro)(*values)
