"""What changed between two versions of the data: GHTs, supports, members, territories, figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

from geo.atlas import words
from geo.atlas.columns import OUTSIDE_PREFIX
from geo.atlas.load import Atlas
from geo.atlas.manifest import Manifest, check_file, read_manifest
from geo.atlas.schema import TABLES
from geo.errors import BundleError
from geo.formats import UNKNOWN, format_number, is_unknown

PREVIOUS_VARIABLE: Final = "ATLAS_GHT_PREVIOUS"
COLUMNS: Final = ("kind", "area_code", "area_name", "subject", "before", "after")
MOST_NAMES: Final = 5
# What is compared. Older versions have fewer tables and columns than today's: only these are asked.
READ: Final[Mapping[str, tuple[str, ...]]] = {
    "ghts": ("ght_code", "ght_name", "support_finess_ej", "support_name"),
    "members": ("finess_ej", "ght_code", "entity_name", "role"),
    "territories": ("area_code", "area_name", "population"),
    "assignments": ("insee_code", "area_code"),
    "communes": ("insee_code", "commune_name"),
}
# What is compared where both versions have it: the figures of the territories, and of activity.
MEASURED: Final = "territories"
ACTIVITY: Final = "activity_ghts"
ACTIVITY_COLUMNS: Final = ("year", "measure", "value_members")
COUNTRY: Final = "FRANCE"
NO_ROW: Final = pd.DataFrame(columns=list(COLUMNS), dtype="object")
NO_LABEL: Final[Mapping[str, str]] = MappingProxyType({})
ROLES: Final[Mapping[str, str]] = {
    "support": "support",
    "partie": "partie",
    "associe": "associé",
    "partenaire": "partenaire",
}


Row = tuple[str, str, str, str, str]
_FIGURES: Final = ("int64", "Int64", "float64")
_FOLLOWS: Final = "density_per_km2"  # changes whenever the population does
YEARS: Final = ("population_year", "population_latest_year")
# French names of the figures of the areas that are compared besides their population.
MEASURE_TITLES: Final[Mapping[str, str]] = {
    name: str(column.description)
    for name, column in TABLES[MEASURED].columns.items()
    if str(column.dtype) in _FIGURES and name not in (*READ[MEASURED], _FOLLOWS)
}


@dataclass(frozen=True)
class Changes:
    """
    Differences between two versions of the data.

    Attributes
    ----------
    old, new
        Versions of the data, twelve characters.
    ghts, members, territories, measures
        One row per change: `kind` (a key of `CHANGES_KINDS` in `geo.establishments.words`),
        `area_code`, `area_name`, `subject` (what changed), `before` and `after` (French texts;
        empty when there was nothing, "inconnu" when it was unknown).
    """

    old: str
    new: str
    ghts: pd.DataFrame = field(repr=False)
    members: pd.DataFrame = field(repr=False)
    territories: pd.DataFrame = field(repr=False)
    measures: pd.DataFrame = field(repr=False)

    @property
    def count(self) -> int:
        """Number of changes."""
        return sum(len(part) for part in self._parts())

    def _parts(self) -> tuple[pd.DataFrame, ...]:
        return self.ghts, self.members, self.territories, self.measures

    def table(self) -> pd.DataFrame:
        """Put all changes in one table."""
        parts = [part for part in self._parts() if len(part)]
        return pd.concat(parts, ignore_index=True) if parts else NO_ROW.copy()


def read_version(folder: Path) -> Atlas:
    """
    Read the tables to compare, each checked against the manifest of its folder.

    Parameters
    ----------
    folder
        A data folder, of this version of the code or of an earlier one.

    Returns
    -------
    atlas
        With the tables and columns of `READ`, all those of `MEASURED`, and `ACTIVITY` if it has it.

    Raises
    ------
    BundleError
        If the folder, a table or a column is missing, or a file altered.
    """
    manifest = read_manifest(folder)
    tables = {}
    for name, columns in READ.items():
        if name not in manifest.tables:
            raise BundleError(words.no_table(name, str(folder)))
        more = manifest.tables[name].columns if name == MEASURED else ()
        tables[name] = _read_columns(folder, manifest, name, tuple(dict.fromkeys(columns + more)))
    if ACTIVITY in manifest.tables:
        tables[ACTIVITY] = _read_columns(folder, manifest, ACTIVITY, ACTIVITY_COLUMNS)
    return Atlas(folder, manifest, MappingProxyType(tables))


def _read_columns(
    folder: Path, manifest: Manifest, name: str, columns: tuple[str, ...]
) -> pd.DataFrame:
    """Read some columns of a table whose bytes match the manifest."""
    path = check_file(folder, manifest.tables[name])
    try:
        return pd.read_parquet(path, columns=list(columns))
    except (ValueError, OSError):
        raise BundleError(words.wrong_table(str(path), columns)) from None


def compare_folders(old: Path, new: Path, labels: Mapping[str, str] = NO_LABEL) -> Changes:
    """
    Compare two data folders.

    Parameters
    ----------
    old, new
        See `read_version`.
    labels
        See `compare`.

    Raises
    ------
    BundleError
        See `read_version`.
    """
    return compare(read_version(old), read_version(new), labels)


def compare(old: Atlas, new: Atlas, labels: Mapping[str, str] = NO_LABEL) -> Changes:
    """
    Compare two versions of the data.

    Parameters
    ----------
    old, new
        The tables of `READ`, and `ACTIVITY` if they have it.
    labels
        French names of the measures of activity, by key; the key itself without.

    Returns
    -------
    changes
        Sorted by kind, then by GHT or area.
    """
    names = {COUNTRY: words.WHOLE} | _area_names(old) | _area_names(new)
    return Changes(
        old.version, new.version,
        _frame(_ght_rows(old, new), names),
        _frame(_member_rows(old, new), names),
        _frame([*_population_rows(old, new), *_commune_rows(old, new)], names),
        _frame([*_measure_rows(old, new), *_activity_rows(old, new, labels)], names),
    )  # fmt: skip


def compare_lists(atlas: Atlas) -> Changes:
    """
    Compare the two lists of members of one version of the data.

    Parameters
    ----------
    atlas
        `earlier_members`, `members`, `former_ghts`, `ghts` and `territories` are read.

    Returns
    -------
    changes
        `old` and `new` are the vintages of the lists. Roles are left out: the lists do not know
        them alike. A member of a GHT that is gone is said to have moved, unless it has merged.
    """
    vintages, former = atlas.vintages, atlas.former_ghts
    gone = dict(zip(former.former_code, former.former_name, strict=True))
    names = _area_names(atlas) | gone
    return Changes(
        vintages.earlier, vintages.members,
        _frame(_list_ghts(atlas, names), names), _frame(_list_members(atlas, names), names),
        NO_ROW.copy(), NO_ROW.copy(),
    )  # fmt: skip


def _list_ghts(atlas: Atlas, names: Mapping[str, str]) -> list[Row]:
    """List the GHTs that only one of the two lists knows."""
    former, now = atlas.former_ghts, set(atlas.ghts.ght_code)
    come = now - set(atlas.earlier_members.ght_code)
    heirs = former.groupby("former_code").ght_code.agg(list)
    rows = [("ght_appeared", code, code, "", names[code]) for code in come]
    for code, codes in heirs.items():
        after = ", ".join(words.named(names[heir], heir) for heir in codes)
        rows.append(("ght_gone", str(code), str(code), names[str(code)], after))
    return rows


def _list_members(atlas: Atlas, names: Mapping[str, str]) -> list[Row]:
    """List the members that merged, moved, left or joined between the two lists."""
    now, before = atlas.members.set_index("finess_ej"), atlas.earlier_members
    known = set(before.current_finess_ej) | set(before.finess_ej)
    rows: list[Row] = [
        (
            "member_joined",
            str(now.ght_code[code]),
            _member(now, code),
            "",
            names[now.ght_code[code]],
        )
        for code in _keys(now) - known
    ]
    for row in before.itertuples():
        home, today = str(row.ght_code), row.current_ght_code
        subject = _former_member(str(row.finess_ej), row.entity_name, row.city, names)
        place = words.named(names.get(home, home), home)
        if is_unknown(today):
            rows.append(("member_left", home, subject, place, ""))
        elif (heir := str(row.current_finess_ej)) != str(row.finess_ej):
            after = _member(now, heir) if heir in now.index else heir
            rows.append(("member_merged", str(today), subject, place, after))
        elif str(today) != home:
            after = words.named(names[str(today)], str(today))
            rows.append(("member_moved", str(today), subject, place, after))
    return rows


def _frame(rows: Sequence[Row], names: Mapping[str, str]) -> pd.DataFrame:
    """Make a table of changes: in the order of kinds, then of areas."""
    if not rows:
        return NO_ROW.copy()
    table = pd.DataFrame(rows, columns=["kind", "area_code", "subject", "before", "after"])
    table["area_name"] = [names.get(code, code) for code in table.area_code]
    order = list(words.CHANGES_KINDS)
    ranked = table.assign(_rank=table.kind.map(order.index))
    ranked = ranked.sort_values(["_rank", "area_code", "subject"], kind="stable")
    return ranked[list(COLUMNS)].reset_index(drop=True)


def _area_names(atlas: Atlas) -> dict[str, str]:
    """Name every GHT and area."""
    named = dict(zip(atlas.territories.area_code, atlas.territories.area_name, strict=True))
    return named | dict(zip(atlas.ghts.ght_code, atlas.ghts.ght_name, strict=True))


def _text(value: object) -> str:
    """Write a name; an unknown one is said to be."""
    return UNKNOWN if is_unknown(value) else str(value)


def _keys(table: pd.DataFrame) -> set[str]:
    """List the keys of a table."""
    return set(map(str, table.index))


def _ght_rows(old: Atlas, new: Atlas) -> list[Row]:
    """List GHTs that appeared, went, changed their name or their support."""
    before, after = (atlas.ghts.set_index("ght_code") for atlas in (old, new))
    gone, come = _keys(before) - _keys(after), _keys(after) - _keys(before)
    rows = [("ght_appeared", code, code, "", str(after.ght_name[code])) for code in come]
    rows += [("ght_gone", code, code, str(before.ght_name[code]), "") for code in gone]
    for code in _keys(before) & _keys(after):
        names = [str(table.ght_name[code]) for table in (before, after)]
        if names[0] != names[1]:
            rows.append(("ght_renamed", code, code, names[0], names[1]))
        numbers, supports = zip(_support(before, code), _support(after, code), strict=True)
        if numbers[0] != numbers[1]:
            rows.append(("support_changed", code, code, supports[0], supports[1]))
    return rows


def _support(ghts: pd.DataFrame, code: str) -> tuple[str, str]:
    """Give the number of the support of a GHT, and its name with its number."""
    number = ghts.support_finess_ej[code]
    plain = "" if is_unknown(number) else str(number)
    return plain, words.named(_text(ghts.support_name[code]), plain)


def _member_rows(old: Atlas, new: Atlas) -> list[Row]:
    """List members that joined, left, moved to another GHT or changed their role."""
    before, after = (atlas.members.set_index("finess_ej") for atlas in (old, new))
    rows = [
        ("member_joined", str(after.ght_code[code]), _member(after, code), "", _role(after, code))
        for code in _keys(after) - _keys(before)
    ]
    rows += [
        ("member_left", str(before.ght_code[code]), _member(before, code), _role(before, code), "")
        for code in _keys(before) - _keys(after)
    ]
    for code in _keys(before) & _keys(after):
        homes = (str(before.ght_code[code]), str(after.ght_code[code]))
        roles = (_role(before, code), _role(after, code))
        if homes[0] != homes[1]:
            rows.append(("member_moved", homes[1], _member(after, code), *homes))
        if roles[0] != roles[1]:
            rows.append(("role_changed", homes[1], _member(after, code), *roles))
    return rows


def _member(table: pd.DataFrame, code: str) -> str:
    """Name a member, with its number."""
    return words.named(_text(table.entity_name[code]), code)


def _former_member(code: str, name: object, city: object, areas: Mapping[str, str]) -> str:
    """Name a member of the list before: as listed, as its area outside any GHT, else by town."""
    if is_unknown(name):
        town = "" if is_unknown(city) else str(city)
        name = areas.get(OUTSIDE_PREFIX + code) or words.unnamed(town)
    return words.named(str(name), code)


def _role(table: pd.DataFrame, code: str) -> str:
    """Name the role of a member."""
    role = str(table.role[code])
    return ROLES.get(role, role)


def _population_rows(old: Atlas, new: Atlas) -> list[Row]:
    """List the areas whose modelled population is another; unknown is not zero."""
    before, after = (atlas.territories.set_index("area_code") for atlas in (old, new))
    rows = []
    for code in _keys(before) | _keys(after):
        texts = [
            format_number(table.population[code]) if code in table.index else ""
            for table in (before, after)
        ]
        if texts[0] != texts[1]:
            rows.append(("population_changed", code, words.INHABITANTS, texts[0], texts[1]))
    return rows


def _measure_rows(old: Atlas, new: Atlas) -> list[Row]:
    """List the other figures of the areas of both versions that are others; unknown is not zero."""
    before, after = (atlas.territories.set_index("area_code") for atlas in (old, new))
    both = sorted(_keys(before) & _keys(after))
    rows = []
    for name, titled in MEASURE_TITLES.items():
        if name not in before or name not in after:
            continue
        write = _text if name in YEARS else _figure
        texts = [[write(value) for value in table[name].reindex(both)] for table in (before, after)]
        rows += [
            ("measure_changed", code, titled, was, now)
            for code, was, now in zip(both, *texts, strict=True)
            if was != now
        ]
    return rows


def _activity_rows(old: Atlas, new: Atlas, labels: Mapping[str, str]) -> list[Row]:
    """List the measures of activity, all GHTs together and by year, that came, went or changed."""
    before, after = (_activity_sums(atlas) for atlas in (old, new))
    rows = []
    for measure, year in sorted(before.keys() | after.keys()):
        was, now = before.get((measure, year), ""), after.get((measure, year), "")
        if was != now:
            subject = words.of_year(labels.get(measure, measure), year)
            rows.append(("activity_changed", COUNTRY, subject, was, now))
    return rows


def _activity_sums(atlas: Atlas) -> dict[tuple[str, int], str]:
    """Write the sum of the members of all the GHTs, by measure and year; unknown is not zero."""
    if ACTIVITY not in atlas.tables:
        return {}
    table = atlas.tables[ACTIVITY]
    sums = table.groupby(["measure", "year"]).value_members.sum(min_count=1)
    return {
        (str(measure), int(year)): _figure(value)
        for measure, year, value in sums.reset_index().itertuples(index=False, name=None)
    }


def _figure(value: object) -> str:
    """Write a figure to the tenth: what a rounding moves has not changed."""
    is_whole = is_unknown(value) or float(str(value)).is_integer()
    return format_number(value, 0 if is_whole else 1)


def _commune_rows(old: Atlas, new: Atlas) -> list[Row]:
    """List the areas that lost communes or took some."""
    homes = [
        atlas.assignments.set_index("insee_code").area_code.astype("str") for atlas in (old, new)
    ]
    both = pd.concat(homes, axis=1, keys=["before", "after"])
    moved = both[both.before.fillna("") != both.after.fillna("")]
    names = [atlas.communes.set_index("insee_code").commune_name for atlas in (old, new)]
    named = names[1].combine_first(names[0])
    lost, taken = (
        {str(area): list(map(str, codes)) for area, codes in moved.groupby(side).groups.items()}
        for side in ("before", "after")
    )
    return [
        (
            "communes_changed", area, words.COMMUNES,
            words.moved("perdue", _listed(lost.get(area, []), named), len(lost.get(area, []))),
            words.moved("gagnée", _listed(taken.get(area, []), named), len(taken.get(area, []))),
        )
        for area in lost.keys() | taken.keys()
    ]  # fmt: skip


def _listed(codes: Iterable[str], names: pd.Series) -> str:
    """Name some communes, and count the others."""
    some = sorted(f"{names.get(code, code)} ({code})" for code in codes)
    return words.more_communes(", ".join(some[:MOST_NAMES]), len(some) - MOST_NAMES)


def shown_changes(table: pd.DataFrame) -> pd.DataFrame:
    """Lay changes out as they are shown, under French names."""
    shown = table.assign(kind_label=table.kind.map(dict(words.CHANGES_KINDS)))
    names = dict(words.CHANGES_COLUMNS)
    return shown[list(names)].rename(columns=names).reset_index(drop=True)
