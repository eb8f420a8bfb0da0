"""The parameters a person may change: their ranges, and the refusal of anything else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.errors import UserError

Value = float | str | tuple[str, ...]
Values = Mapping[str, Value]


@dataclass(frozen=True)
class Parameter:
    """
    A parameter a person may change.

    Attributes
    ----------
    key
        Name in options and addresses.
    label, unit
        French.
    default
        Value when nothing is said.
    minimum, maximum, step
        Range of a number.
    choices
        Allowed words of a choice; empty for a number.
    """

    key: str
    label: str
    default: Value
    unit: str = ""
    minimum: float = 0.0
    maximum: float = 0.0
    step: float = 0.0
    choices: tuple[str, ...] = ()


def check_values(
    model: str, parameters: Sequence[Parameter], given: Mapping[str, str | float]
) -> dict[str, Value]:
    """
    Complete and check the values of a model's parameters.

    Parameters
    ----------
    model
        Key of the model, for the message.
    parameters
        Its parameters.
    given
        Values by key, as typed or as numbers.

    Returns
    -------
    values
        One per parameter of the model, defaults where nothing is given.

    Raises
    ------
    UserError
        If a key is unknown, a number out of range or a word not among the choices.
    """
    known = {parameter.key: parameter for parameter in parameters}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise UserError(
            f"Le modèle {model} n'a pas de paramètre {', '.join(unknown)}. "
            f"Paramètres possibles : {', '.join(known) or 'aucun'}."
        )
    return {
        key: _check_value(parameter, given[key]) if key in given else parameter.default
        for key, parameter in known.items()
    }


def _check_value(parameter: Parameter, value: str | float) -> Value:
    """One value, of the parameter's type and in its range."""
    if isinstance(parameter.default, tuple):
        return tuple(part for part in str(value).split(",") if part)
    if parameter.choices:
        if value not in parameter.choices:
            raise UserError(
                f"{parameter.key} : « {value} » refusé. Choix : {', '.join(parameter.choices)}."
            )
        return value
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not parameter.minimum <= number <= parameter.maximum:
        raise UserError(
            f"{parameter.key} : « {value} » refusé. Donnez un nombre de {parameter.minimum:g} à "
            f"{parameter.maximum:g}."
        )
    return number
