"""What the page of a scenario says, gathered in the session and written outside it."""

from dataclasses import dataclass, field

from geo.catchment.runs import Basin, Request
from geo.catchment.scenario_effect import Effect


@dataclass(frozen=True)
class Told:
    """
    A scenario to be written.

    Attributes
    ----------
    found, reality
        The run, and the same without the scenario.
    request
        What was run.
    name
        Of the scenario.
    changes, warnings, effects, summary
        French sentences: the changes, the doubts about them, what they do by territory and in all.
    model, values
        Name of the model and values of its parameters.
    link
        Address of the page.
    """

    found: Basin = field(repr=False)
    reality: Basin = field(repr=False)
    request: Request
    name: str
    changes: tuple[str, ...]
    warnings: tuple[str, ...]
    effects: tuple[Effect, ...]
    summary: str
    model: str
    values: str
    link: str
