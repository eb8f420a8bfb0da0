"""What happened to each GHT since 2016: created, merged, divided, renamed, joined, left."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from geo.atlas.list_changes import compare_lists
from geo.atlas.load import Atlas
from geo.atlas.vintages import MEMBER_LISTS, vintage_text
from geo.atlas.words import named
from geo.establishments import words
from geo.formats import is_unknown

KINDS: Final[Mapping[str, str]] = {
    "create": "Création",
    "merge": "Fusion de GHT",
    "split": "Division",
    "rename": "Changement de nom",
    "join": "Entrée d'un membre",
    "leave": "Sortie d'un membre",
    "fusion": "Fusion d'établissements",
    "other": "Autre",
}
COMPARED: Final = "compared"  # known from the two lists, between their years
CERTAINTIES: Final[Mapping[str, str]] = {
    "stated": "écrit dans la source",
    "inferred": "déduit de la source",
    "planned": "annoncé",
    COMPARED: "comparaison des deux listes",
}
# What the lists differ by -> kind of event. Those that a GHT that is gone took along are told once,
# with its own row.
FROM_LISTS: Final[Mapping[str, str]] = {
    "ght_appeared": "create",
    "ght_gone": "merge",
    "member_joined": "join",
    "member_left": "leave",
    "member_moved": "join",
    "member_merged": "fusion",
}
COLUMNS = ("ght_code", "listed_code", "kind", "date", "certainty", "detail", "source_url")


def build_history(events: pd.DataFrame, ghts: pd.DataFrame, former: pd.DataFrame) -> pd.DataFrame:
    """
    Lay the events out, one row per GHT of today that each concerns.

    Parameters
    ----------
    events
        Collected by hand: `ght_codes` (joined by ``;``, empty for an event of a region or of the
        country), `kind`, `date` (AAAA, AAAA-MM, AAAA-MM-JJ, or two years joined by ``/``; may be
        missing), `certainty`, `detail` (French), `source_url`.
    ghts
        `ght_code` of today.
    former
        From `geo.establishments.lists.former_ghts`.

    Returns
    -------
    history
        The bundled table, oldest first, undated events last. `listed_code` is the code at the time,
        `ght_code` that of the GHT that has its members now (missing when no GHT is concerned).
    """
    rows = events.assign(listed_code=events.ght_codes.str.split(";")).explode("listed_code")
    main = former.drop_duplicates("former_code").set_index("former_code").ght_code
    codes = rows.listed_code.where(rows.listed_code.isin(ghts.ght_code))
    rows["ght_code"] = codes.astype("str").fillna(rows.listed_code.map(main).astype("str"))
    # Two GHTs of then that are one today are told once.
    unique = rows.drop_duplicates(["ght_code", "date", "detail"])
    ordered = unique.sort_values(["date", "ght_code", "detail"], na_position="last")
    return ordered[list(COLUMNS)].reset_index(drop=True).astype("str")


def story_of(atlas: Atlas, ght_code: str | None = None) -> pd.DataFrame:
    """
    Tell what is known of the past of a GHT: dated events, and what the two lists differ by.

    Parameters
    ----------
    atlas
        `ght_history`, and what `geo.atlas.list_changes.compare_lists` reads.
    ght_code
        Of today; None for every GHT, with the events of the country.

    Returns
    -------
    story
        Columns of the table `ght_history`, oldest first, undated events last. What the lists say
        happened between their two years: `certainty` "compared".
    """
    told = pd.concat([atlas.ght_history, _from_lists(atlas)], ignore_index=True)
    kept = told if ght_code is None else told[told.ght_code == ght_code]
    ordered = kept.sort_values(["date", "ght_code", "kind", "detail"], na_position="last")
    return ordered.reset_index(drop=True)


def _from_lists(atlas: Atlas) -> pd.DataFrame:
    """Write what the two lists differ by as events."""
    found, former = compare_lists(atlas), atlas.former_ghts.drop_duplicates("former_code")
    heirs = former.set_index("former_code").ght_code
    table = found.table()
    # A member that came with a GHT that is gone: the merger of that one says it.
    gone = map(named, former.former_name, former.former_code)
    table = table[~((table.kind == "member_moved") & table.before.isin(list(gone)))]
    urls = {source["key"]: source["url"] for source in atlas.manifest.sources}
    told = table[["kind", "area_name", "area_code", "subject", "before", "after"]]
    return table.assign(
        ght_code=table.area_code.map(heirs).fillna(table.area_code),
        listed_code=table.area_code,
        kind=table.kind.map(dict(FROM_LISTS)),
        date=f"{found.old}/{found.new}",
        certainty=COMPARED,
        detail=[words.list_event(*row) for row in told.itertuples(index=False, name=None)],
        source_url=next((urls[key] for key in MEMBER_LISTS if key in urls), None),
    )[list(COLUMNS)]


def shown_history(story: pd.DataFrame) -> pd.DataFrame:
    """Lay a story out as it is shown, under French names; see `story_of`."""
    table = story.assign(
        date=[date_text(date) for date in story.date],
        kind=story.kind.map(dict(KINDS)),
        certainty=story.certainty.map(dict(CERTAINTIES)),
    )
    return table[list(words.HISTORY_COLUMNS)].rename(columns=dict(words.HISTORY_COLUMNS))


def date_text(date: object) -> str:
    """Write the date of an event: "1er mars 2023", "entre 2018 et 2024", "date inconnue"."""
    if is_unknown(date):
        return words.NO_DATE
    first, _, last = str(date).partition("/")
    if not last:
        return vintage_text(first)
    return words.between(vintage_text(first), vintage_text(last))
