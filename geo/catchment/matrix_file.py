"""A person's matrix of travel times, as routers and spreadsheets write it."""

import io
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from geo import refusals
from geo.atlas.fields import Field
from geo.atlas.load import Atlas
from geo.atlas.resolve import SCIENTIFIC, commune_directory
from geo.catchment import words
from geo.catchment.travel_times import REACH_MIN
from geo.errors import RefusedFileError, SourceError, UserError
from geo.faults import Faults, format_values
from geo.files.columns import places_of
from geo.files.sandbox import parse_apart
from geo.files.sheets import decoded, separator_of

SEPARATORS: Final = ";,\t|"
MAX_BYTES: Final = 20_000_000
LONGEST_TITLE: Final = 60
FIELDS: Final = (
    Field(
        "origin", ("origin", "from_id", "origine", "insee_code"), "Commune de départ : code INSEE"
    ),
    Field("destination", ("destination", "to_id", "finess_et"), "Site d'arrivée : numéro FINESS"),
    Field(
        "minutes",
        ("minutes", "travel_time", "travel_time_min", "temps_min", "duree_min"),
        "Durée : minutes, ou heures et minutes (00:35)",
    ),
)
CODES: Final = {"origin": 5, "destination": 9}  # characters
CLOCK: Final = re.compile(r"(\d+):([0-5]\d)(?::([0-5]\d))?")
EMPTY: Final = "(vide)"


@dataclass(frozen=True)
class Matrix:
    """
    A matrix of travel times as it was read.

    Attributes
    ----------
    table
        `origin`, `destination` (codes), `minutes` (float64); a pair is there once.
    told
        What was understood or is doubtful, French sentences: to be said before it is used.
    """

    table: pd.DataFrame = field(repr=False)
    told: tuple[str, ...] = ()


def read_matrix(path: Path) -> Matrix:
    """
    Read a travel-time matrix given by the user.

    Parameters
    ----------
    path
        CSV or Parquet with the columns of `FIELDS`, in any order.

    Returns
    -------
    matrix
        Codes completed with their zeros.

    Raises
    ------
    SourceError
        Columns missing, no row, minutes that are not positive numbers, pairs given twice.
    UserError
        If the file is absent, unreadable, or neither CSV nor Parquet.
    """
    readers: Mapping[str, Callable[[Path], pd.DataFrame]] = {
        ".csv": _read_csv,
        ".parquet": pd.read_parquet,
    }
    if path.suffix.lower() not in readers:
        raise UserError(f"{path.name} : format inconnu. Donnez un fichier .csv ou .parquet.")
    try:
        table = readers[path.suffix.lower()](path)
    except RefusedFileError as error:
        raise UserError(refusals.REFUSALS[error.kind](path.name, *error.values)) from None
    except (OSError, ValueError) as error:
        raise UserError(
            f"{path} : fichier absent ou illisible. Donnez un CSV ou un Parquet."
        ) from error
    return _checked(path.name, table)


def read_matrix_apart(name: str, content: bytes) -> Matrix:
    """
    Read a travel-time matrix sent by a visitor, in a process of its own.

    Parameters
    ----------
    name, content
        Of the file: a CSV with the columns of `FIELDS`; untrusted.

    Returns
    -------
    matrix
        See `read_matrix`.

    Raises
    ------
    SourceError, UserError
        See `read_matrix`; or if the file is too large.
    """
    title = " ".join(name.split())[:LONGEST_TITLE]
    if not title.lower().endswith(".csv"):
        raise UserError(f"{title} : format refusé. Donnez un fichier .csv.")
    if len(content) > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        raise UserError(f"{title} : plus de {most} Mo. Gardez les couples à moins de deux heures.")
    read = parse_apart(title, "columns", content, SEPARATORS)
    columns = dict(enumerate(read["columns"]))
    return _checked(title, pd.DataFrame(columns, dtype="str").set_axis(read["header"], axis=1))


def with_communes_of_today(matrix: Matrix, atlas: Atlas) -> Matrix:
    """
    Read the former codes of a matrix as the communes of today, and say it.

    Parameters
    ----------
    matrix
        From `read_matrix`.
    atlas
        Its communes are those of today.

    Returns
    -------
    matrix
        An origin that no commune has is that of the only commune it may mean, if nothing else in
        the file leads there: the times of two places are never mixed. Others stay as they are.
    """
    origin = matrix.table.origin
    current = set(atlas.communes.insee_code)
    given = set(origin.unique())
    unknown = sorted(given - current)
    if not unknown:
        return matrix
    directory = commune_directory(atlas)
    today = {code: found for code in unknown if (found := directory.resolve(code).code)}
    counts = Counter(today.values())
    alone = {code: now for code, now in today.items() if counts[now] == 1 and now not in given}
    left = [code for code in today if code not in alone]
    told = [*matrix.told]
    if alone:
        shown = format_values([f"{code} → {now}" for code, now in alone.items()])
        told.append(words.origins_of_today(len(alone), shown))
    if left:
        told.append(words.origins_left(len(left), format_values(left)))
    table = matrix.table.assign(origin=origin.map({code: alone.get(code, code) for code in given}))
    return replace(matrix, table=table, told=tuple(told))


def _read_csv(path: Path) -> pd.DataFrame:
    """Read texts: the encodings, separators and marks of spreadsheets."""
    text = decoded(path.read_bytes())
    separator, is_declared = separator_of(text, SEPARATORS)
    return pd.read_csv(
        io.StringIO(text), sep=separator, skiprows=int(is_declared), dtype="str",
        keep_default_na=False,
    )  # fmt: skip


def _checked(name: str, table: pd.DataFrame) -> Matrix:
    """Check everything at once, and say what is doubtful."""
    faults = Faults(name)
    places = places_of(FIELDS, [str(column) for column in table.columns], faults)
    if len(places) < len(FIELDS):
        raise SourceError(name, faults.sentences)
    given = pd.DataFrame({field: table.iloc[:, place] for field, place in places.items()})
    if given.empty:
        faults.add(words.MATRIX_EMPTY)
    told = []
    for column, width in CODES.items():
        texts = given[column].astype("str").str.strip()
        faults.bad_values(texts[texts.str.fullmatch(SCIENTIFIC)], *words.SCIENTIFIC_CODES)
        is_short = texts.str.fullmatch(rf"\d{{{width - 1}}}")
        given[column] = texts.mask(is_short, "0" + texts).str.upper()
        if is_short.any():
            told.append(words.zeros_back(int(is_short.sum()), format_values(texts[is_short])))
    minutes = _minutes(given.minutes)
    is_wrong = ~((minutes >= 0) & np.isfinite(minutes))
    wrong = given.minutes[is_wrong].astype("object").where(given.minutes[is_wrong].notna(), EMPTY)
    faults.bad_values(
        wrong.replace("", EMPTY), "minutes illisibles", "Donnez des nombres positifs."
    )
    faults.duplicates(given.origin.str.cat(given.destination, " → "), "couple")
    faults.raise_if_any()
    return Matrix(given.assign(minutes=minutes), (*told, *_doubts(given.origin, minutes)))


def _minutes(given: pd.Series) -> pd.Series:
    """Read minutes: numbers, decimal commas, "00:35"."""
    if is_numeric_dtype(given.dtype):
        return given.astype("float64")
    texts = given.astype("str").str.strip().str.replace(",", ".", regex=False)
    clock = texts.str.extract(CLOCK.pattern)[texts.str.fullmatch(CLOCK.pattern)].astype("float64")
    numbers = pd.to_numeric(texts, errors="coerce").astype("float64")
    numbers[clock.index] = clock[0] * 60 + clock[1] + clock[2].fillna(0) / 60
    return numbers


def _doubts(origin: pd.Series, minutes: pd.Series) -> list[str]:
    """Doubt times that are all zero, or that look like seconds."""
    nearest = float(minutes.groupby(origin.to_numpy()).min().median())
    if not minutes.any():
        return [words.MATRIX_ZEROS]
    return [words.seconds_doubt(nearest)] if nearest > REACH_MIN else []
