"""Update the data: current sources, built beside, checked, compared, swapped in; or put back."""

import datetime
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from geo.activity.measures import labels
from geo.activity.proof import LIST_YEAR
from geo.atlas.changes import Changes, compare_folders
from geo.atlas.manifest import FILE_NAME, read_manifest
from geo.build import words
from geo.build.bundle import check_replaceable
from geo.build.check import check_bundle
from geo.build.pipeline import build
from geo.build.versions import former_versions, only_one, recover, swap_in
from geo.errors import BundleError, SourceError
from geo.sources.addresses import read_addresses, sources_to_renew
from geo.sources.download import Client, Settings, open_client
from geo.sources.reading import COMPOSITION, Progress
from geo.sources.renewal import Places, Renewal, keep_used, renew


@dataclass(frozen=True)
class Request:
    """
    What to update, from where.

    Parameters
    ----------
    out
        Data folder in use, or to make.
    places
        Where raw files are.
    addresses
        Given by a person, see `geo.sources.addresses.read_addresses`.
    keep
        How many former versions to keep.
    is_dry
        Whether to stop before the swap.
    client, settings
        How to ask the producers.
    year
        Of today: no survey of a later year is asked for.
    """

    out: Path
    places: Places
    addresses: Sequence[str] = ()
    keep: int = 1
    is_dry: bool = False
    client: Callable[[], Client] = open_client
    settings: Settings = field(default_factory=Settings)
    year: int = field(default_factory=lambda: datetime.datetime.now(datetime.UTC).year)


@dataclass(frozen=True)
class Outcome:
    """
    What an update did.

    Attributes
    ----------
    renewals
        What became of each source.
    version
        Of the data built; empty when no source was new.
    changes
        From the version in use; None when there was none or when it cannot be compared.
    is_swapped
        Whether the version built is in use.
    """

    renewals: tuple[Renewal, ...]
    version: str = ""
    changes: Changes | None = None
    is_swapped: bool = False


def update(
    request: Request,
    tell: Progress,
    show: Callable[[Sequence[Renewal]], None],
) -> Outcome:
    """
    Update a data folder.

    Parameters
    ----------
    request
        What to do.
    tell
        Called with one French line per step.
    show
        Called with what becomes of the sources, before anything is built.

    Returns
    -------
    outcome
        The version in use is replaced at the very end only, when the new one is whole and checked.

    Raises
    ------
    SourceError
        Sources that the build needs and that nobody has; every fault of the raw files or of the
        new version. The version in use is then untouched.
    UserError
        If another update runs, an option names nothing, or `out` is no data folder.
    """
    check_replaceable(request.out)
    with only_one(request.out):
        if recover(request.out):
            tell(words.recovered(request.out))
        renewals = _renew(request)
        show(renewals)
        _require(renewals)
        tell(_members_line(renewals))
        if not any(renewal.is_changed for renewal in renewals):
            tell(words.NOTHING_NEW)
            return Outcome(renewals)
        with tempfile.TemporaryDirectory(
            dir=request.out.parent, prefix=".atlas-ght-update-"
        ) as folder:
            return _replace(request, renewals, Path(folder) / "data", tell)


def _renew(request: Request) -> tuple[Renewal, ...]:
    """Ask every producer."""
    given = read_addresses(request.addresses, request.year)
    in_use: dict[str, Mapping[str, str]] = {}
    if (request.out / FILE_NAME).is_file():
        in_use = {source["key"]: source for source in read_manifest(request.out).sources}
    sources = sources_to_renew(request.year)
    with request.client() as http:
        line = (http, request.settings)
        return tuple(renew(sources, in_use, request.places, given, line))


def _require(renewals: Sequence[Renewal]) -> None:
    """Refuse to build without a source that it needs."""
    faults = [words.lacking(renewal) for renewal in renewals if renewal.is_lacking]
    if faults:
        raise SourceError("mise à jour", faults)


def _members_line(renewals: Sequence[Renewal]) -> str:
    """Say which list of members is used, and on what it is proved."""
    listed = next(one for one in renewals if one.source.key == COMPOSITION)
    if listed.copy is None:
        return words.LIST_KEPT.format(list=listed.before or LIST_YEAR, year=LIST_YEAR)
    file, vintage = listed.copy.path.name, listed.copy.vintage
    return words.LIST_READ.format(file=file, vintage=vintage, year=LIST_YEAR)


def _replace(request: Request, renewals: tuple[Renewal, ...], new: Path, tell: Progress) -> Outcome:
    """Build beside, check, compare, swap."""
    paths = {one.source.key: one.copy.path for one in renewals if one.copy is not None}
    request.places.cache.mkdir(parents=True, exist_ok=True)
    version = build(request.places.cache, new, tell, paths).version
    for line in check_bundle(new):
        tell(line)
    tell(words.CHECKED)
    changes = _compare(request.out, new, tell)
    if request.is_dry:
        tell(words.DRY)
        return Outcome(renewals, version, changes)
    swap_in(new, request.out, request.keep)
    keep_used(renewals, request.places)
    tell(words.swapped(version, former_versions(request.out)))
    return Outcome(renewals, version, changes, is_swapped=True)


def _compare(old: Path, new: Path, tell: Progress) -> Changes | None:
    """Compare with the version in use, which may be of another shape."""
    if not (old / FILE_NAME).is_file():
        tell(words.FIRST)
        return None
    try:
        return compare_folders(old, new, labels())
    except BundleError as error:
        tell(words.not_comparable(str(error)))
        return None


def source_table(renewals: Sequence[Renewal]) -> pd.DataFrame:
    """Lay what became of the sources out, under French names."""
    rows = [
        (
            one.source.title,
            one.before or words.NONE,
            one.fetched or words.NONE,
            words.STATES[one.state],
            words.precision(one),
        )
        for one in renewals
    ]
    return pd.DataFrame(rows, columns=list(words.SOURCE_COLUMNS), dtype="str")
