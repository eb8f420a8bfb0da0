"""Unpack a 7z in memory. Apart, so that its library is loaded only where there is one."""

import io
import lzma
import re
import zipfile

from py7zr import SevenZipFile
from py7zr.exceptions import (
    AbsolutePathError,
    ArchiveError,
    DecompressionBombError,
    PasswordRequired,
)
from py7zr.io import BytesIOFactory, Py7zBytesIO

BROKEN = (
    ArchiveError, PasswordRequired, AbsolutePathError, lzma.LZMAError, EOFError, ValueError,
    NotImplementedError,
)  # fmt: skip


def read_7z(content: bytes, wanted: re.Pattern[str], limit: int) -> dict[str, bytes]:
    """
    Read the files of a 7z whose name fits; nothing is written, whatever their names.

    Parameters
    ----------
    content
        The archive.
    wanted
        What the whole name of a file must match.
    limit
        Most bytes to unpack, those of files packed with the wanted ones included.

    Raises
    ------
    OverflowError
        If it unpacks to more.
    zipfile.BadZipFile
        If it cannot be read.
    """
    try:
        return _unpack(content, wanted, limit)
    except DecompressionBombError as error:
        raise OverflowError from error
    except BROKEN as error:
        raise zipfile.BadZipFile from error


def _unpack(content: bytes, wanted: re.Pattern[str], limit: int) -> dict[str, bytes]:
    with SevenZipFile(io.BytesIO(content), max_extract_size=limit) as packed:
        sizes = {entry.filename: entry.uncompressed for entry in packed.list() if entry.is_file}
        names = [name for name in sizes if wanted.match(name)]
        if sum(sizes[name] for name in names) > limit:
            raise OverflowError
        factory = BytesIOFactory(limit)
        packed.extract(targets=names, factory=factory)
    return {name: _whole(product) for name, product in factory.products.items()}


def _whole(product: Py7zBytesIO) -> bytes:
    product.seek(0)
    return product.read()
