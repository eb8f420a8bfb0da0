"""Files the browser fetches: published in static/ under names that carry their content."""

import contextlib
import hashlib
import importlib.metadata
import json
import logging
import os
import re
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo import wording
from geo.atlas.load import Atlas
from geo.drawing.landmarks import LAND, town_columns
from geo.drawing.screen_map import MapAddresses, area_columns, script_json, settings
from geo.errors import GhtError
from geo.establishments.layers import site_columns
from geo.territories.measures import territory_table

LOGGER: Final = logging.getLogger(__name__)
FOLDER_VARIABLE: Final = "ATLAS_GHT_STATIC"
BESIDE: Final = Path(__file__).resolve().parents[3] / "static"  # what Streamlit serves by itself
# Read once: what is published stays where it is as long as the server runs.
STATIC_FOLDER: Final = Path(os.environ.get(FOLDER_VARIABLE) or BESIDE).resolve()
SCRIPTS_FOLDER: Final = Path(__file__).resolve().parents[2] / "drawing" / "browser"
SCRIPTS: Final = (
    "topology.js", "theme.js", "patterns.js", "centres.js", "circles.js", "landmarks.js",
    "controls.js", "insets.js", "stacks.js", "sites.js", "places.js",
    "overlay.js", "pins.js", "links.js", "parties.js", "labels.js", "backgrounds.js", "view.js",
    "tools.js", "gestures.js", "shapes.js", "detail.js", "panes.js", "painting.js", "moves.js",
    "clicks.js", "atlas.js",
)  # fmt: skip
# Lines that are only a comment stay here: types and reasons cost a first visit nothing.
COMMENT: Final = re.compile(r"^ *(?://.*|/\*(?s:.*?)\*/)\n", re.MULTILINE)
STYLES: Final = ("atlas.css", "panes.css")
LEAFLET_PACKAGE: Final = "XStatic-Leaflet"
# The frame of the map is served at <base>/component/<name>/index.html: relative addresses survive
# a server behind a path.
FROM_FRAME: Final = "../../app/static/"
FROM_PAGE: Final = "app/static/"
PUBLISHED_NAME: Final = re.compile(r"^[a-z]+\.[0-9a-f]{16}\.[a-z]+$")
KEPT_SECONDS: Final = 7 * 24 * 3600
WRITING: Final = ".writing-"
WRITING_SECONDS: Final = 24 * 3600
# An old date lets browsers reuse the file without asking again, even from `streamlit run`, which
# sends no Cache-Control: they keep it for a tenth of its age. Right for ever: the name changes with
# the content.
LONG_AGO: Final = 946_684_800


class AssetError(GhtError):
    """A file the map needs cannot be published; the message is the end of a French sentence."""


def _leaflet_file(name: str) -> Path:
    """Find a file of Leaflet in the installed package, without importing it."""
    try:
        files = importlib.metadata.files(LEAFLET_PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        raise AssetError(wording.NO_LEAFLET) from None
    for file in files:
        path = Path(str(file.locate()))
        if file.match(f"leaflet/data/{name}") and path.is_file():
            return path
    raise AssetError(wording.NO_LEAFLET)


def publish(folder: Path, stem: str, suffix: str, content: bytes) -> str:
    """
    Write a file under a name that carries its content, atomically.

    Parameters
    ----------
    folder
        The static folder.
    stem, suffix
        Lower-case letters.
    content
        What the browser receives.

    Returns
    -------
    name
        For instance ``"sites.0123456789abcdef.json"``. Several servers may publish at once.
    """
    name = f"{stem}.{hashlib.sha256(content).hexdigest()[:16]}.{suffix}"
    target = folder / name
    if target.is_file() and target.stat().st_size == len(content):
        # In use again: what removes old files reads the date of this change. A folder where nothing
        # can be written loses no file either.
        with contextlib.suppress(OSError):
            os.utime(target, (LONG_AGO, LONG_AGO))
        return name
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=WRITING)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(0o644)
        os.utime(temporary, (LONG_AGO, LONG_AGO))
        Path(temporary).replace(target)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    return name


def clean(folder: Path, kept: set[str]) -> None:
    """Remove old files no longer used, and what an interrupted server was writing."""
    for path in folder.iterdir():
        if path.name.startswith(WRITING):
            limit = WRITING_SECONDS
        elif PUBLISHED_NAME.match(path.name) and path.name not in kept:
            limit = KEPT_SECONDS
        else:
            continue
        with contextlib.suppress(OSError):  # another server removes them too, or nobody may
            if time.time() - path.stat().st_ctime > limit:
                path.unlink()


def prepare(folder: Path) -> None:
    """Make the folder where it is not; one that is there may be read-only."""
    folder.mkdir(parents=True, exist_ok=True)


def not_published(folder: Path, error: OSError) -> AssetError:
    """Say what to do, and why in the log."""
    LOGGER.error("static folder not writable", extra={"folder": str(folder), "cause": str(error)})
    return AssetError(wording.STATIC_NOT_WRITABLE)


def are_there(addresses: MapAddresses, folder: Path = STATIC_FOLDER) -> bool:
    """Tell whether published files still exist."""
    return all(
        (folder / address.removeprefix(FROM_FRAME)).is_file()
        for address in vars(addresses).values()
    )


def first_files(addresses: MapAddresses) -> list[str]:
    """List what the first picture of the map needs, as seen from the page around its frame."""
    names = ("script", "style", "territories", "outlines", "areas", "supports")
    found = (getattr(addresses, name) for name in names)
    return [address.replace(FROM_FRAME, FROM_PAGE) for address in found]


def script_content() -> bytes:
    """Gather Leaflet and the code of the map in one file: one request instead of five."""
    parts = [_leaflet_file("leaflet.js").read_text(encoding="utf-8")]
    parts.append(f"window.Atlas = {{ settings: {script_json(settings())} }};")
    texts = ((SCRIPTS_FOLDER / name).read_text(encoding="utf-8") for name in SCRIPTS)
    parts += [COMMENT.sub("", text) for text in texts]
    return re.sub(r"//# sourceMappingURL=\S+", "", "\n;\n".join(parts)).encode()


def style_content(publish_image: Callable[[str, bytes], str]) -> bytes:
    """Gather the styles, their images published beside them."""

    def moved(match: re.Match[str]) -> str:
        image = _leaflet_file(f"images/{match[1]}")
        return f"url({publish_image(image.stem, image.read_bytes())})"

    leaflet = _leaflet_file("leaflet.css").read_text(encoding="utf-8")
    own = [(SCRIPTS_FOLDER / name).read_text(encoding="utf-8") for name in STYLES]
    return "".join([re.sub(r"url\(images/([\w-]+\.png)\)", moved, leaflet), *own]).encode()


def _compact(value: Any) -> bytes:  # noqa: ANN401
    """Write JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def publish_all(
    atlas: Atlas, folder: Path = STATIC_FOLDER, areas: pd.DataFrame | None = None
) -> MapAddresses:
    """
    Publish everything the map of an atlas needs.

    Parameters
    ----------
    atlas
        Checked tables; the drawings are checked as they are read.
    folder
        The static folder of the server.
    areas
        The `geo.territories.measures.territory_table` of the atlas, for those who have it already.

    Returns
    -------
    addresses
        As seen from the frame of the map.

    Raises
    ------
    AssetError
        If Leaflet is not installed or the folder cannot be written.
    BundleError
        If a drawing is missing or altered.
    """
    contents = {
        ("territories", "json"): atlas.drawing("territories").read_bytes(),
        ("outlines", "json"): atlas.drawing("outlines").read_bytes(),
        ("finer", "json"): atlas.drawing("territories_fine").read_bytes(),
        ("fineroutlines", "json"): atlas.drawing("outlines_fine").read_bytes(),
        ("areas", "json"): _compact(
            area_columns(territory_table(atlas) if areas is None else areas)
        ),
        **{(group, "json"): _compact(sites) for group, sites in site_columns(atlas).items()},
        ("land", "json"): LAND.read_bytes(),
        **{(group, "json"): _compact(found) for group, found in town_columns(atlas).items()},
        ("script", "js"): script_content(),
    }
    try:
        prepare(folder)
        names = {key[0]: publish(folder, *key, content) for key, content in contents.items()}
        images: set[str] = set()

        def image(stem: str, content: bytes) -> str:
            name = publish(
                folder, re.sub("[^a-z]", "", stem.replace("2x", "double")), "png", content
            )
            images.add(name)
            return name

        names["style"] = publish(folder, "style", "css", style_content(image))
        clean(folder, set(names.values()) | images)
    except OSError as error:
        raise not_published(folder, error) from None
    names["finer_outlines"] = names.pop("fineroutlines")
    names["finer_towns"] = names.pop("finertowns")
    return MapAddresses(**{stem: FROM_FRAME + name for stem, name in names.items()})


def package_folder(package: str, inside: str) -> Path:
    """Find a folder of an installed package, without importing it."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(package)
    return Path(found.origin).parent / inside


STREAMLIT: Final = package_folder("streamlit", "static")
FRAME: Final = package_folder("streamlit_folium", "frontend/build")
FRAME_PREFIX: Final = "/component/streamlit_folium.st_folium/"
