"""Open a raw file: its bytes, its text, its delimited table; every way it can be unreadable."""

import contextlib
import gzip
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import SourceError
from geo.faults import Faults

Unpacked = gzip.GzipFile | io.BufferedReader

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
MAX_UNPACKED_BYTES = 2_000_000_000
READ_CHUNK_BYTES = 1 << 22
PEEKED_BYTES = 64


def open_source(path: Path) -> io.BufferedReader:
    """
    Open a raw file.

    Raises
    ------
    SourceError
        Missing or unreadable file.
    """
    try:
        return path.open("rb")
    except FileNotFoundError:
        fault = f"fichier absent du dossier {path.parent}. Ajoutez-le ou vérifiez --sources."
    except OSError as error:
        fault = (
            f"fichier illisible ({error.strerror}). Vérifiez le chemin et les droits de lecture."
        )
    raise SourceError(path.name, [fault])


@contextlib.contextmanager
def open_unpacked(path: Path) -> Iterator[Unpacked]:
    """
    Open a raw file, unpacked on the way when it is gzip.

    Yields
    ------
    stream
        Unpacked bytes.

    Raises
    ------
    SourceError
        Missing or unreadable file, or archive found damaged while it is read.
    """
    with open_source(path) as raw:
        is_gzip = raw.read(len(GZIP_MAGIC)) == GZIP_MAGIC
        raw.seek(0)
        try:
            with gzip.open(raw) if is_gzip else raw as stream:
                yield stream
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise damaged_archive(path.name) from error


def peek_bytes(path: Path) -> bytes:
    """
    Look at the start of a raw file, unpacked when it is gzip, to tell its format.

    Raises
    ------
    SourceError
        Missing, unreadable, empty or damaged file.
    """
    with open_unpacked(path) as stream:
        start = stream.read(PEEKED_BYTES)
    if not start.strip():
        raise SourceError(path.name, ["fichier vide. Téléchargez-le de nouveau."])
    return start


def read_bytes(path: Path, member: str = "") -> bytes:
    """
    Read a whole raw file, unpacked when it is gzip, or the named member when it is zip.

    Parameters
    ----------
    path
        A plain, gzip or zip file, known by its first bytes and not by its name.
    member
        Name of the file to take in a zip; without it a zip is returned as it is.

    Returns
    -------
    content
        Unpacked bytes, never blank.

    Raises
    ------
    SourceError
        Missing, unreadable, empty, truncated or oversized file.
    """
    with open_unpacked(path) as stream:
        content = _read_bounded(stream, path.name)
    if member and content.startswith(ZIP_MAGIC):
        content = _unpack_member(content, member, path.name)
    if not content.strip():
        raise SourceError(path.name, ["fichier vide. Téléchargez-le de nouveau."])
    return content


def damaged_archive(name: str) -> SourceError:
    """Name the fault of an archive cut or altered on the way."""
    return SourceError(name, ["archive tronquée ou abîmée. Téléchargez-la de nouveau."])


def oversized_archive(name: str) -> SourceError:
    """Name the fault of an archive that unpacks to more than any genuine source."""
    limit = MAX_UNPACKED_BYTES / 1e9
    return SourceError(
        name, [f"archive de plus de {limit:.0f} Go décompressée. Reprenez celle du producteur."]
    )


def _read_bounded(stream: Unpacked, name: str) -> bytes:
    content = bytearray()
    while chunk := stream.read(READ_CHUNK_BYTES):
        content += chunk
        if len(content) > MAX_UNPACKED_BYTES:
            raise oversized_archive(name)
    return bytes(content)


def _unpack_member(content: bytes, member: str, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(member).file_size > MAX_UNPACKED_BYTES:
                raise oversized_archive(name)
            return archive.read(member)
    except KeyError as error:
        raise SourceError(
            name, [f"archive sans le fichier {member}. Reprenez celle du producteur."]
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise damaged_archive(name) from error


def decode_text(content: bytes, name: str) -> str:
    """
    Decode UTF-8 strictly, with or without byte order mark.

    Raises
    ------
    SourceError
        If the bytes are in another encoding; names the first line at fault.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        near = content[max(0, error.start - 12) : error.start + 12].decode("latin-1")
        fault = (
            f"le fichier n'est pas encodé en UTF-8 : ligne {line}, « {' '.join(near.split())} ». "
            "Enregistrez-le en UTF-8."
        )
        raise SourceError(name, [fault]) from error


def read_table(
    path: Path, columns: Sequence[str], separator: str = ",", member: str = ""
) -> pd.DataFrame:
    """
    Read a delimited UTF-8 text file as strings.

    Parameters
    ----------
    path
        Delimited text with a header line, plain, gzip, or inside a zip.
    columns
        Columns that must be there; others are dropped.
    separator
        Field separator.
    member
        Name of the file when `path` is a zip.

    Returns
    -------
    table
        The asked columns in the asked order; strings stripped of blanks and no-break spaces;
        empty cells missing.

    Raises
    ------
    SourceError
        Unreadable file, wrong encoding, absent columns, broken lines or no data line.
    """
    text = decode_text(read_bytes(path, member), path.name)
    faults = Faults(path.name)
    try:
        table = _parse(text, separator)
    except (pd.errors.ParserError, pd.errors.ParserWarning) as error:
        faults.add(
            f"lignes mal formées (séparateur attendu « {separator} ») : "
            f"{' '.join(str(error).split())}. Reprenez le fichier d'origine."
        )
        raise SourceError(path.name, faults.sentences) from error
    table.columns = table.columns.str.strip()
    faults.missing_columns(table.columns, columns)
    if table.empty:
        faults.add("aucune ligne de données sous l'en-tête. Téléchargez le fichier de nouveau.")
    faults.raise_if_any()
    return strip_cells(table[list(columns)])


def _parse(text: str, separator: str) -> pd.DataFrame:
    with warnings.catch_warnings():
        # A first line longer than the heading is otherwise cut, or shifts every column.
        warnings.simplefilter("error", pd.errors.ParserWarning)
        return pd.read_csv(
            io.StringIO(text),
            sep=separator,
            dtype=str,
            keep_default_na=False,
            na_values=[""],
            index_col=False,
        )


def read_parquet(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """
    Read a Parquet file as its producer typed it.

    Parameters
    ----------
    path
        Parquet.
    columns
        Columns that must be there; others are not read.

    Returns
    -------
    table
        The asked columns in the asked order.

    Raises
    ------
    SourceError
        Unreadable file, absent columns or no row.
    """
    content = read_bytes(path)
    try:
        found = pq.read_table(pa.BufferReader(content))
    except (pa.ArrowInvalid, OSError) as error:
        raise SourceError(
            path.name, ["Parquet tronqué ou abîmé. Téléchargez-le de nouveau."]
        ) from error
    faults = Faults(path.name)
    faults.missing_columns(found.column_names, columns)
    if not found.num_rows:
        faults.add("aucune ligne dans le fichier. Téléchargez-le de nouveau.")
    faults.raise_if_any()
    table: pd.DataFrame = found.select(list(columns)).to_pandas()
    return table


def strip_cells(table: pd.DataFrame) -> pd.DataFrame:
    """Strip blanks around every string; a cell left empty becomes missing."""
    stripped = {name: table[name].astype("str").str.strip() for name in table.columns}
    return pd.DataFrame(stripped, index=table.index).replace("", None).astype("str")
