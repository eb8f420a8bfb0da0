"""Partnerships that a person brings, before they are saved."""

from dataclasses import dataclass
from typing import Final

from geo.atlas.partnership_record import FORMULA
from geo.contributions import words as wording
from geo.errors import UserError
from geo.partnerships.records import Record

LONGEST_AUTHOR: Final = 80
SAVE: Final = "save"
WITHDRAWAL: Final = "withdrawal"


@dataclass(frozen=True)
class Draft:
    """
    What is asked of the store about a partnership that passed the rules.

    Attributes
    ----------
    record
        See `geo.atlas.partnership_record.Partnership`.
    revision
        Revision of the store it was made from, 0 for a new one.
    settles
        Conflicting revision that saving it settles, if it does.
    kind
        `SAVE`, or `WITHDRAWAL`: then `record` is what is withdrawn, so that it can come back.
    """

    record: Record
    revision: int = 0
    settles: int | None = None
    kind: str = SAVE


def clean_author(text: str) -> str:
    """
    Check the name of an author.

    Returns
    -------
    name
        Spaces reduced.

    Raises
    ------
    UserError
        If it is empty, too long, or could run in a page or a spreadsheet.
    """
    name = " ".join(text.split())
    if not name:
        raise UserError(wording.NO_AUTHOR)
    is_harmless = not set(name) & set("<>") and not FORMULA.match(name) and name.isprintable()
    if len(name) > LONGEST_AUTHOR or not is_harmless:
        raise UserError(wording.bad_author(LONGEST_AUTHOR))
    return name
