"""Names in a file of contributions that stand for codes: resolved when one fits, and said."""

from dataclasses import dataclass, replace
from typing import Any, Final

from geo.atlas.load import Atlas
from geo.atlas.resolve import Directory, entity_directory, ght_directory, site_directory
from geo.contributions import words
from geo.contributions.columns import ELEMENTS, PARTNERSHIPS, Sheet, flat_title
from geo.contributions.reading import LONGEST_SHOWN, Entry, Problem, Reading

MOST_PROPOSED: Final = 20  # a proposal takes a twentieth of a second
_PARTIES: Final = next(sheet for sheet in ELEMENTS if sheet.field == "parties")


@dataclass(frozen=True)
class Directories:
    """
    What the cells of a contribution may name.

    Attributes
    ----------
    ghts, parties
        GHTs; field of a party -> its numbers: those of FINESS.
    """

    ghts: Directory
    parties: dict[str, Directory]


def directories_of(atlas: Atlas) -> Directories:
    """Index the codes and the names of an atlas; to be made once."""
    numbers = {"finess_ej": entity_directory(atlas), "finess_et": site_directory(atlas)}
    return Directories(ght_directory(atlas), numbers)


def with_codes(reading: Reading, directories: Directories) -> Reading:
    """
    Put the codes of what a file names.

    Parameters
    ----------
    reading
        From `read_contributions`; it stays as it is.
    directories
        From `directories_of`.

    Returns
    -------
    reading
        A name that one code fits is that code, and it is told; any other stays, a problem of its
        row with what to propose.
    """
    names = _Names(directories)
    entries = [names.entry(entry) for entry in reading.entries]
    return replace(reading, entries=tuple(entries), told=(*reading.told, *names.told))


class _Names:
    """Resolves the names of a file, keeping what is to be told."""

    def __init__(self, directories: Directories) -> None:
        self.directories = directories
        self.told: dict[str, None] = {}
        self.left = MOST_PROPOSED

    def entry(self, entry: Entry) -> Entry:
        """Resolve the cells of a partnership and of its parties."""
        made = replace(entry, record=dict(entry.record), problems=list(entry.problems))
        for field, resolve in (("ght_codes", self._ght), ("parties", self._party)):
            held = made.record.get(field)
            if isinstance(held, list):
                made.record[field] = [resolve(item, place, made) for place, item in enumerate(held)]
        return made

    def _ght(self, text: Any, place: int, entry: Entry) -> Any:  # noqa: ANN401, ARG002 - any YAML
        title = _titled(PARTNERSHIPS, "ght_codes")
        return self._code(text, self.directories.ghts, entry, (entry.sheet, entry.row, title))

    def _party(self, party: Any, place: int, entry: Entry) -> Any:  # noqa: ANN401 - any YAML
        if not isinstance(party, dict):
            return party
        made = dict(party)
        places = entry.elements.get("parties", [])
        sheet, row = places[place] if place < len(places) else (entry.sheet, entry.row)
        for field, directory in self.directories.parties.items():
            if field in made:
                title = _titled(_PARTIES, field, is_flat=sheet == entry.sheet)
                made[field] = self._code(made[field], directory, entry, (sheet, row, title))
        return made

    def _code(
        self,
        text: Any,  # noqa: ANN401 - what a YAML holds
        directory: Directory,
        entry: Entry,
        place: tuple[str, int, str],
    ) -> Any:  # noqa: ANN401
        """Give the code of a text, or note what it may mean; the rules refuse what is no text."""
        if not isinstance(text, str) or text in directory.labels:
            return text
        answer = directory.resolve(text)
        if answer.code:
            self.told[words.understood(text, answer.code, answer.how)] = None
            return answer.code
        is_short = self.left <= 0 and not answer.candidates
        if not (text.isdigit() or is_short):  # the rules say the rest
            self.left -= 1
            problem, _, cure = directory.unknown(text, answer).rstrip(".").partition(". ")
            cure = f"{cure}." if cure else words.GIVE_CODE
            entry.problems.append(Problem(*place, text[:LONGEST_SHOWN], problem, cure))
        return text


def _titled(sheet: Sheet, field: str, *, is_flat: bool = False) -> str:
    """Name the column of a field, as the rules do."""
    column = sheet.column(field)
    if column is None:
        return field
    return flat_title(sheet, column) if is_flat else column.title
