"""What the address of a page holds: read with mistrust, written in short."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from geo import wording
from geo.atlas.resolve import Answer, Part

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

LONGEST_VALUE: Final = 40
LONGEST_TEXT: Final = 80
PARAMETER: Final = "parameter"
# Parameters that name GHTs, on any page, by their names of today and of before.
GHT_PARAMETERS: Final = ("territoire", "ght", "avec", "groupement", "composition")
COMMUNE: Final = "commune"
# Of a text: the value, None for none; then the words that do not exist here.
Reader = Callable[[str], tuple[Any, list[str]]]
V = TypeVar("V", bound="DataclassInstance")


def follow(
    given: Mapping[str, str], former: Mapping[str, Part]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """
    Lead the GHTs of an address that are gone to those that have their members now.

    Parameters
    ----------
    given
        Query parameters, untrusted.
    former
        Former code -> the GHT of today.

    Returns
    -------
    parameters, notices
        The same parameters, with codes of today; a French sentence for each code changed.
    """
    led, notices = dict(given), dict[str, None]()
    for name in (name for name in GHT_PARAMETERS if name in given):
        codes = [code.strip() for code in str(given[name]).split(",")]
        gone = {code: former[code.upper()] for code in codes if code.upper() in former}
        if gone:
            led[name] = ",".join(gone[code].code if code in gone else code for code in codes)
            notices |= {f"{part.how}.": None for part in gone.values()}
    return led, tuple(notices)


def follow_commune(
    given: Mapping[str, str], known: Container[str], meant: Callable[[str], Answer]
) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """
    Lead the commune of an address that has no code of today to the one it means, if only one fits.

    Parameters
    ----------
    given
        Query parameters, untrusted.
    known
        Codes of today.
    meant
        Tells what a text means; asked only about a text that is no code of today.

    Returns
    -------
    parameters, notices
        The same parameters, with a code of today; a French sentence when it was changed.
    """
    text = str(given.get(COMMUNE, "")).strip()
    answer = meant(text) if text and text not in known else Answer()
    if answer.code not in known:
        return given, ()
    return {**given, COMMUNE: answer.code}, (wording.led_commune(text[:LONGEST_VALUE], answer.how),)


def _meant(text: str, allowed: Container[str]) -> str | None:
    """Find a word as it is written, else in capitals (codes) or in small letters (the others)."""
    return next((each for each in (text, text.upper(), text.lower()) if each in allowed), None)


def word(allowed: Container[str]) -> Reader:
    """Read one word among those that exist, whatever its case."""

    def read(text: str) -> tuple[Any, list[str]]:
        found = _meant(text, allowed)
        return (found, []) if found is not None else (None, [text])

    return read


def words(allowed: Container[str]) -> Reader:
    """Read a list of words, whatever their case: those that exist, each once."""

    def read(text: str) -> tuple[Any, list[str]]:
        asked = [word for word in dict.fromkeys(map(str.strip, text.split(","))) if word]
        found = [_meant(word, allowed) for word in asked]
        kept = tuple(dict.fromkeys(word for word in found if word is not None))
        return kept or None, [word for word in asked if _meant(word, allowed) is None]

    return read


def number(low: int, high: int) -> Reader:
    """Read a whole number between two others."""

    def read(text: str) -> tuple[Any, list[str]]:
        # A number of thousands of figures is refused by Python itself, after zeros too.
        is_short = len(text) <= len(str(high)) and text.isascii() and text.isdigit()
        return (int(text), []) if is_short and low <= int(text) <= high else (None, [text])

    return read


def free(text: str) -> tuple[Any, list[str]]:
    """Read what a person typed."""
    return text[:LONGEST_TEXT], []


def written(value: object) -> str:
    """Write a value; empty for what is left out of an address."""
    if isinstance(value, tuple):
        return ",".join(value)
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Parameter:
    """
    How an address says one field of a view.

    Attributes
    ----------
    name
        Of the parameter.
    read
        None when it depends on the data, see `Codec.read`.
    write
        Gives the text; empty to leave the parameter out.
    old
        Former name of the parameter: read, never written.
    """

    name: str
    read: Reader | None = None
    write: Callable[[Any], str] = written
    old: str = ""


def said(name: str, default: object, read: Reader | None = None, **more: Any) -> Any:  # noqa: ANN401
    """Declare a field of a view with its `Parameter`."""
    return field(default=default, metadata={PARAMETER: Parameter(name, read, **more)})


class Codec(Generic[V]):
    """
    From an address to a view and back; the order of the fields is that of the address.

    Parameters
    ----------
    default
        The view of an empty address.
    parameters
        By field; those that the fields declare with `said` by default.
    """

    def __init__(self, default: V, parameters: Mapping[str, Parameter] | None = None) -> None:
        self.default: Final = default
        self._parameters: Final = parameters or {
            each.name: each.metadata[PARAMETER] for each in fields(default)
        }

    def names(self) -> frozenset[str]:
        """List the parameters that are read, former names among them."""
        parts = self._parameters.values()
        return frozenset({name for part in parts for name in (part.name, part.old) if name})

    def read(
        self,
        given: Mapping[str, str],
        readers: Mapping[str, Reader],
        say: Callable[[str, str], str] = wording.unknown_parameter,
    ) -> tuple[V, tuple[str, ...]]:
        """
        Read the view an address asks for; what is wrong falls back to the default and is said.

        Parameters
        ----------
        given
            Query parameters, untrusted.
        readers
            Of the fields whose values depend on the data.
        say
            Writes the notice about a parameter and its value.

        Returns
        -------
        view, notices
            Notices are French sentences, not escaped, one per parameter, in the order of fields.
        """
        found: dict[str, Any] = {}
        notices = []
        for key, part in self._parameters.items():
            name = part.name if str(given.get(part.name, "")).strip() else part.old
            text, read = str(given.get(name, "")).strip(), readers.get(key) or part.read
            if not text or read is None:
                continue
            value, wrong = read(text)
            if value is not None:
                found[key] = value
            if wrong:
                notices.append(say(name, ", ".join(wrong)[:LONGEST_VALUE]))
        return replace(self.default, **found), tuple(notices)

    def write(self, view: V) -> dict[str, str]:
        """Write a view as query parameters: short, defaults left out."""
        texts = {
            part.name: part.write(getattr(view, key))
            for key, part in self._parameters.items()
            if getattr(view, key) != getattr(self.default, key)
        }
        return {name: text for name, text in texts.items() if text}
