"""What the data page keeps between reruns, shared by all sessions."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from geo import wording
from geo.activity.measures import labels
from geo.atlas.changes import Changes, compare, read_version
from geo.atlas.list_changes import compare_lists
from geo.atlas.load import TABLES
from geo.atlas.manifest import read_manifest
from geo.atlas.schema import dictionary
from geo.atlas.vintages import vintage_text
from geo.profile import tables
from geo.profile.key_figures import COMPOSITION_SOURCES, EVIDENCE_LABELS
from geo.territories.anomalies import ANOMALY_KINDS
from geo.territories.published import is_compared
from geo.territories.tables import filter_rows, published_table
from geo.ui.donnees import words as donnees_words
from geo.ui.shared import cache
from geo.ui.shared.html import table_html


def french(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Keep the columns named, under their French names."""
    return table.reindex(columns=list(names)).rename(columns=dict(names))


@cache.kept()
def _allowed() -> dict[str, list[str]]:
    atlas = cache.atlas()
    present = set(atlas.anomalies.kind)
    return {
        "kind": [kind for kind in ANOMALY_KINDS if kind in present],
        "ght": sorted(atlas.anomalies.ght_code.dropna().unique()),
        "source": sorted(atlas.anomalies.source.unique()),
        "composition": atlas.reconciliations.ght_code.drop_duplicates().tolist(),
        "table": list(TABLES),
    }


def allowed(name: str) -> list[str]:
    """List the values that a choice of the page may take, in order."""
    return _allowed()[name]


@cache.kept()
def published() -> pd.DataFrame:
    """Set modelled figures beside published ones."""
    return published_table(cache.areas())


@cache.kept(max_entries=200)
def steps(ght: str) -> pd.DataFrame:
    """List the steps from the members listed for a GHT to the members published."""
    table = cache.atlas().reconciliations
    own = table[table.ght_code == ght]
    return own.assign(ght_name=cache.choices().areas.get(ght, ght))


@cache.kept()
def titles() -> dict[str, str]:
    """Say what each table holds."""
    words = dictionary(cache.vintages()).drop_duplicates("table")
    return dict(zip(words.table, words.title, strict=True))


@cache.kept(max_entries=50)
def meanings(table: str) -> pd.DataFrame:
    """Say what the columns of a table mean."""
    words = dictionary(cache.vintages())
    own = words[words.table == table]
    return own.assign(is_nullable=own.is_nullable.map({True: wording.YES, False: wording.NO}))


@cache.kept(max_entries=50)
def anomalies(
    kind: str | None, ght: str | None, source: str | None, text: str
) -> tuple[pd.DataFrame, str]:
    """
    Filter the anomalies.

    Parameters
    ----------
    kind, ght, source
        Codes; None keeps everything.
    text
        Words that a row must hold.

    Returns
    -------
    table, counts
        Under French names; the number of each kind, as HTML.
    """
    rows = cache.atlas().anomalies
    for column, value in (("kind", kind), ("ght_code", ght), ("source", source)):
        if value is not None:
            rows = rows[rows[column] == value]
    kept = rows if rows.empty else filter_rows(rows, text)
    named = kept.assign(kind=kept.kind.map(dict(ANOMALY_KINDS)))
    counts = named.groupby("kind", sort=False).size().sort_values(ascending=False, kind="stable")
    summary = french(counts.rename("count").reset_index(), donnees_words.ANOMALY_COUNTS)
    heading = donnees_words.ANOMALY_COUNTS["kind"]
    return (
        french(named, wording.ANOMALY_COLUMNS),
        table_html(summary, donnees_words.ANOMALY_SUMMARY, heading),
    )


@cache.kept()
def lists() -> pd.DataFrame:
    """Describe the two lists of members: how many, and how each is known."""
    atlas = cache.atlas()
    counted = pd.concat([atlas.earlier_members, atlas.members]).groupby(
        ["vintage", "source", "evidence"], sort=False
    )
    table = counted.agg(ghts=("ght_code", "nunique"), members=("finess_ej", "size")).reset_index()
    return table.assign(
        vintage=table.vintage.map(vintage_text),
        source=table.source.map(dict(COMPOSITION_SOURCES)).fillna(table.source),
        evidence=[cache.vintages().fill(EVIDENCE_LABELS.get(key, key)) for key in table.evidence],
    )


@cache.kept()
def list_changes() -> Changes:
    """Compare the two lists of members."""
    return compare_lists(cache.atlas())


@cache.kept()
def all_published() -> pd.DataFrame:
    """List every published figure, with what it describes and whether it is compared."""
    table = cache.atlas().published
    names = cache.atlas().ghts.set_index("ght_code").ght_name
    shown = tables.published(table)
    shown.insert(0, donnees_words.PUBLISHED_GHT, table.ght_code.map(names))
    shown.insert(5, donnees_words.PUBLISHED_COMPARED, is_compared(table.scope))
    return shown.sort_values(donnees_words.PUBLISHED_GHT, kind="stable", ignore_index=True)


@cache.kept(max_entries=2)
def _changes(folder: str, old: str) -> Changes:  # noqa: ARG001  the folder may change
    return compare(read_version(Path(folder)), cache.atlas(), labels())


def changes(folder: str) -> Changes:
    """
    Compare the data on screen with an earlier version; a failure is not kept.

    Parameters
    ----------
    folder
        Data folder of the earlier version.

    Raises
    ------
    BundleError
        If the earlier version cannot be read.
    """
    return _changes(folder, read_manifest(Path(folder)).version)
