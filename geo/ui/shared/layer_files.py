"""Layers computed on demand: published like the bundled ones, and bounded in number."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Final

from geo.ui.shared.assets import FROM_FRAME, STATIC_FOLDER, not_published, prepare, publish

STEMS: Final = ("bassin", "zones", "calque")
MOST_FILES: Final = 300
OWN_NAME: Final = re.compile(rf"^({'|'.join(STEMS)})\.[0-9a-f]{{16}}\.json$")


def publish_layer(stem: str, content: bytes, folder: Path = STATIC_FOLDER) -> str:
    """
    Publish a layer and forget the oldest ones.

    Parameters
    ----------
    stem
        One of `STEMS`.
    content
        JSON.
    folder
        The static folder.

    Returns
    -------
    name
        Of the file, see `address`.

    Raises
    ------
    AssetError
        If the folder cannot be written.
    """
    try:
        prepare(folder)
        name = publish(folder, stem, "json", content)
        forget(folder, MOST_FILES)
    except OSError as error:
        raise not_published(folder, error) from None
    return name


def forget(folder: Path, most: int) -> None:
    """Remove the oldest layers beyond a number: trying every parameter must not fill a disk."""
    own = [path for path in folder.iterdir() if OWN_NAME.match(path.name)]
    for path in sorted(own, key=lambda path: path.stat().st_ctime)[: max(len(own) - most, 0)]:
        with suppress(OSError):  # another server removes them too, or nobody may
            path.unlink()


def is_there(*names: str, folder: Path = STATIC_FOLDER) -> bool:
    """Tell whether published layers still exist."""
    return all((folder / name).is_file() for name in names if name)


def address(name: str) -> str:
    """Give the address of a layer, from the frame of the map."""
    return FROM_FRAME + name
