"""Files of an archive, zip or 7z, that a reader wants: named, bounded, all at once."""

import io
import lzma
import re
import zipfile
import zlib
from pathlib import Path

from geo.sources.adapters.rawfile import (
    MAX_UNPACKED_BYTES,
    damaged_archive,
    oversized_archive,
    read_bytes,
)

SEVEN_ZIP_MAGIC = b"7z\xbc\xaf\x27\x1c"
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, lzma.LZMAError, ValueError, NotImplementedError,
    RuntimeError,  # a password
)  # fmt: skip


def read_archive(
    path: Path, wanted: re.Pattern[str], limit: int = MAX_UNPACKED_BYTES
) -> dict[str, bytes]:
    """
    Read the files of an archive whose name fits.

    Parameters
    ----------
    path
        Zip or 7z, known by its first bytes and not by its name.
    wanted
        What the whole name of a file, folders included, must match.
    limit
        Most bytes to unpack: those of the wanted files in a zip, of the whole archive in a 7z,
        where files are packed together.

    Returns
    -------
    contents
        Bytes by name, in the order of the archive.

    Raises
    ------
    SourceError
        Missing, unreadable, empty, truncated, protected or oversized archive.
    """
    content = read_bytes(path)
    try:
        if content.startswith(SEVEN_ZIP_MAGIC):
            # Its library is loaded by who reads one.
            from geo.sources.adapters.seven_zip import read_7z  # noqa: PLC0415

            return read_7z(content, wanted, limit)
        return _read_zip(content, wanted, limit)
    except OverflowError:
        raise oversized_archive(path.name) from None
    except BROKEN as error:
        raise damaged_archive(path.name) from error


def _read_zip(content: bytes, wanted: re.Pattern[str], limit: int) -> dict[str, bytes]:
    """Unpack a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        entries = [entry for entry in packed.infolist() if wanted.match(entry.filename)]
        # A zip never gives more than the size it declares: the surplus is a wrong checksum.
        if sum(entry.file_size for entry in entries) > limit:
            raise OverflowError
        return {entry.filename: packed.read(entry) for entry in entries}
