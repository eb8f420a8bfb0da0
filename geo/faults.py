"""Collect every fault of one input, then raise once."""

from collections.abc import Iterable

import pandas as pd

from geo.errors import SourceError
from geo.formats import format_count

SHOWN_VALUES = 5


def format_values(values: Iterable[object]) -> str:
    """
    List values for a message: five at most, then how many are left.

    Parameters
    ----------
    values
        Any values, in the order they should be read.

    Returns
    -------
    text
        For instance ``"01001, 01002, 01004, 01005, 01006 (et 3 autres)"``.
    """
    texts = [str(value) for value in values]
    shown = ", ".join(texts[:SHOWN_VALUES])
    left = len(texts) - SHOWN_VALUES
    return shown if left <= 0 else f"{shown} (et {format_count(left, 'autre')})"


class Faults:
    """
    The faults of one input.

    Parameters
    ----------
    subject
        The file or table, as the person knows it.
    """

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.sentences: list[str] = []

    def __bool__(self) -> bool:
        return bool(self.sentences)

    def add(self, sentence: str) -> None:
        """Note one fault: what is wrong, with which values, and the cure."""
        self.sentences.append(sentence)

    def missing_columns(self, found: Iterable[str], expected: Iterable[str]) -> bool:
        """
        Note the expected columns that are absent.

        Returns
        -------
        is_missing
            True if at least one is absent, in which case later checks make no sense.
        """
        have = list(found)
        missing = [name for name in expected if name not in have]
        if missing:
            self.add(
                f"colonne(s) absente(s) : {format_values(missing)}. "
                f"Colonnes lues : {format_values(have)}. "
                "Reprenez le fichier d'origine ou renommez les colonnes."
            )
        return bool(missing)

    def duplicates(self, values: pd.Series, name: str) -> None:
        """Note values that appear more than once in a key."""
        repeated = values[values.duplicated()].drop_duplicates().tolist()
        if repeated:
            self.add(
                f"{name} en double : {format_values(repeated)}. Gardez une seule ligne par {name}."
            )

    def bad_values(self, values: Iterable[object], problem: str, cure: str) -> None:
        """Note values that break a rule; nothing is noted when there are none."""
        listed = list(dict.fromkeys(values))
        if listed:
            self.add(f"{problem} : {format_values(listed)}. {cure}")

    def raise_if_any(self) -> None:
        """
        Raise every fault at once.

        Raises
        ------
        SourceError
            If at least one fault was noted.
        """
        if self.sentences:
            raise SourceError(self.subject, self.sentences)
