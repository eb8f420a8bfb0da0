"""Renew the raw files: what each producer has now, beside what the version in use holds."""

import contextlib
import email.utils
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from geo.errors import SourceError, UserError
from geo.sources.addresses import FOLLOWED, Address, addresses_of
from geo.sources.download import NOT_FOUND, Arrival, Client, Settings, refresh
from geo.sources.notes import Note, note_path, read_note, write_note
from geo.sources.reading import COMPOSITION, newer_surveys, provenance, read_composition
from geo.sources.registry import locate, sha256_of
from geo.sources.source import Source

# States of a source, once its producer has been asked
NEW, SAME, OLDER, MISSING, KEPT = "new", "same", "older", "missing", "kept"
# Why, when the state does not say it all
REVISED, LOCAL, LOST, UNPUBLISHED = "revised", "local", "lost", "unpublished"
UNDATED = "non datée"
PUBLISHED = "publié le {}"
LISTED = "members_2024"  # the list in use when none was supplied
_MOMENT = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:-(\d{2}))?(?:-(\d{2}))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that the build could read, of which vintage, with which digest."""

    path: Path
    vintage: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Renewal:
    """
    What becomes of a source.

    Attributes
    ----------
    source
        The source.
    before
        Vintage that the version in use was built from; empty when it had none.
    fetched
        Vintage of what the producer has; empty when nothing came.
    state
        `NEW`, `SAME`, `OLDER` (than ours: ours is kept), `MISSING` (the producer gave nothing) or
        `KEPT` (there is no address to ask).
    reason
        `REVISED` (another file of the same vintage), `LOCAL` (the file of the folder is another),
        `LOST` (the file of the version in use is nowhere), `UNPUBLISHED` (a survey to come is at
        none of its addresses) or empty.
    fault
        French, why nothing came.
    copy
        The file to build from; None when there is none.
    is_changed
        Whether that file is another than the one the version in use was built from.
    """

    source: Source
    before: str
    fetched: str
    state: str
    reason: str
    fault: str
    copy: Copy | None
    is_changed: bool

    @property
    def is_optional(self) -> bool:
        """Whether the build can do without: a survey to come, a list in place of that of 2024."""
        key = self.source.key
        return key == COMPOSITION or key in newer_surveys([key])

    @property
    def is_lacking(self) -> bool:
        """Whether the build cannot do without it and has no file of it."""
        return self.copy is None and (self.reason == LOST or not self.is_optional)


@dataclass(frozen=True)
class Places:
    """
    Where files are.

    Parameters
    ----------
    cache
        Folder of what was fetched: the last arrivals, and those that the version in use was built
        from.
    folder
        Folder of raw files that a person keeps; None when there is none.
    supplied
        Files given by key of source, in place of what the producer has.
    """

    cache: Path
    folder: Path | None = None
    supplied: Mapping[str, Path] = field(default_factory=dict)

    def arrivals(self, key: str) -> Path:
        """Name the folder of the last file that came."""
        return self.cache / "arrivals" / key

    def used(self, key: str) -> Path:
        """Name the folder of the last file that a version was built from."""
        return self.cache / "used" / key


def moment_of(vintage: str) -> tuple[int, ...]:
    """Read the last date of a vintage, to the year, month or day; empty when it holds none."""
    found = [tuple(int(part) for part in parts if part) for parts in _MOMENT.findall(vintage)]
    return max(found, default=())


def is_older(vintage: str, other: str) -> bool:
    """Tell whether a vintage is before another, as far as both say; unknown is never older."""
    one, two = moment_of(vintage), moment_of(other)
    common = min(len(one), len(two))
    return one[:common] < two[:common]


def renew(
    sources: Sequence[Source],
    in_use: Mapping[str, Mapping[str, str]],
    places: Places,
    addresses: Mapping[str, Address],
    line: tuple[Client, Settings],
) -> Iterator[Renewal]:
    """
    Ask the producer of every source, and choose the file to build from.

    Parameters
    ----------
    sources
        Every source.
    in_use
        Provenance of each source of the version in use, by key.
    places
        Where files are, and where to write those that come.
    addresses
        Given by a person, by key of source.
    line
        HTTP client; tries and bounds.

    Yields
    ------
    renewal
        One per source, as the answers come.

    Raises
    ------
    UserError
        If a supplied file does not exist.
    SourceError
        If a supplied list of GHTs cannot be read.
    """
    for source in sources:
        arrival, faults = _arrival(source, places, addresses, line)
        before = in_use.get(source.key, {})
        if source.key == COMPOSITION and not before:
            before = {"vintage": in_use.get(LISTED, {}).get("vintage", ""), "sha256": ""}
        held = _held(source, places)
        chosen = decide(source, before, arrival, held, " ".join(faults))
        if source.key == COMPOSITION and COMPOSITION not in in_use and chosen.reason == LOST:
            chosen = replace(chosen, reason="")  # the list of 2024 stays: nothing is lost
        elif chosen.is_optional and faults and not chosen.before:
            is_nowhere = all(fault.startswith(NOT_FOUND) for fault in faults)
            chosen = replace(chosen, reason=UNPUBLISHED if is_nowhere else chosen.reason)
        yield chosen


def _arrival(
    source: Source,
    places: Places,
    addresses: Mapping[str, Address],
    line: tuple[Client, Settings],
) -> tuple[Copy | None, list[str]]:
    """Take what was supplied, else what the first address that answers has; or say why nothing."""
    if source.key in places.supplied:
        return _supplied(source, places), []
    faults: list[str] = []
    for address in addresses_of(source, addresses):
        try:
            return _fetched(address, places, line), []
        except SourceError as error:
            faults += error.faults
    return None, faults


def _supplied(source: Source, places: Places) -> Copy:
    """Describe a file that a person gives; a list of GHTs says its own vintage."""
    path = places.supplied[source.key]
    if not path.is_file():
        raise UserError(f"Fichier absent : {path}. Vérifiez le chemin.")
    if source.key != COMPOSITION:
        return _copy(source, path)
    folder = places.arrivals(COMPOSITION)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / path.name
    if target != path:
        shutil.copyfile(path, target)
    return _dated_list(target, "")


def _dated_list(path: Path, url: str) -> Copy:
    """Note the vintage that a list of GHTs holds."""
    vintage = str(read_composition(path).ghts.composition_vintage.max())
    write_note(path, replace(read_note(path) or Note("", url, sha256_of(path)), vintage=vintage))
    return Copy(path, vintage, sha256_of(path))


def _fetched(address: Address, places: Places, line: tuple[Client, Settings]) -> Copy:
    """Fetch a file, or keep the one that came last when the producer has no other."""
    source = address.source
    asked = str(source.download_url)
    folder = places.arrivals(source.key)
    path = folder / (source.download_name or source.file_name)
    note = read_note(path)
    held = None
    if note is not None and note.asked == asked:
        held = Arrival(path, note.url, note.etag, note.modified)
    come = refresh(folder, source, held, *line)
    vintage = address.vintage or _published(source, come.modified)
    digest = sha256_of(path)
    write_note(path, Note(vintage, come.url, digest, asked, come.etag, come.modified))
    return _dated_list(path, come.url) if source.key == COMPOSITION else Copy(path, vintage, digest)


def _published(source: Source, modified: str) -> str:
    """Say when a file was published; a date is the vintage only where the address follows it."""
    try:
        day = email.utils.parsedate_to_datetime(modified).date().isoformat()
    except ValueError:
        return UNDATED
    return day if source.key in FOLLOWED else PUBLISHED.format(day)


def _copy(source: Source, path: Path) -> Copy:
    """Describe a file as the manifest will."""
    stated = provenance(source, path)
    return Copy(path, stated["vintage"], stated["sha256"])


def _held(source: Source, places: Places) -> Copy | None:
    """Find the newest file at hand; of one vintage, the one that already served."""
    paths = _files(places.used(source.key))
    if places.folder is not None:
        with contextlib.suppress(SourceError):  # the folder need not hold everything
            paths += locate(places.folder, [source]).values()
    paths += _files(places.arrivals(source.key))
    copies = [_copy(source, path) for path in paths]
    return max(copies, key=lambda copy: moment_of(copy.vintage), default=None)


def _files(folder: Path) -> list[Path]:
    """List the whole files of a folder of the cache, without what goes with them."""
    aside = (".sha256", ".part", ".version", ".note.json")
    return [path for path in sorted(folder.glob("*")) if not path.name.endswith(aside)]


def decide(
    source: Source,
    before: Mapping[str, str],
    arrival: Copy | None,
    held: Copy | None,
    fault: str,
) -> Renewal:
    """
    Choose the file to build from: the producer's, unless it is older than ours.

    Parameters
    ----------
    source
        The source.
    before
        `vintage` and `sha256` of the file that the version in use was built from; empty for none.
    arrival
        What the producer has.
    held
        The newest file at hand.
    fault
        Why nothing came.

    Returns
    -------
    renewal
        Without a copy when every file at hand is older than the one in use: nothing goes back.
    """
    ours = before.get("vintage", "")
    ahead = held is not None and not is_older(held.vintage, ours)
    state, copy = (MISSING if fault else KEPT), held
    if arrival is not None:
        is_late = is_older(arrival.vintage, held.vintage if ahead and held else ours)
        same = arrival.sha256 == before.get("sha256")
        state, copy = (OLDER, held) if is_late else (SAME if same else NEW, arrival)
    if copy is not None and is_older(copy.vintage, ours):
        copy = None
    is_changed = copy is not None and copy.sha256 != before.get("sha256")
    reason = _reason(state, ours, copy, is_changed)
    fetched = "" if arrival is None else arrival.vintage
    return Renewal(source, ours, fetched, state, reason, fault, copy, is_changed)


def _reason(state: str, ours: str, copy: Copy | None, is_changed: bool) -> str:
    """Say what the state leaves out."""
    if copy is None:
        return LOST if ours else ""
    if not is_changed or not ours:
        return ""
    if state == NEW:
        return REVISED if copy.vintage == ours else ""
    return LOCAL


def keep_used(renewals: Sequence[Renewal], places: Places) -> None:
    """Keep the files that a version was built from, whatever comes after them."""
    for renewal in renewals:
        folder = places.used(renewal.source.key)
        if renewal.copy is None or renewal.copy.path.parent == folder:
            continue
        if renewal.copy.path.is_relative_to(places.cache) or renewal.state == NEW:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            shutil.copy2(renewal.copy.path, folder)
            if note_path(renewal.copy.path).is_file():
                shutil.copy2(note_path(renewal.copy.path), folder)
