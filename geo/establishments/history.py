"""What happened to each GHT since 2016: created, merged, divided, renamed, joined, left."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

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
CERTAINTIES: Final[Mapping[str, str]] = {
    "stated": "écrit dans la source",
    "inferred": "déduit de la source",
    "planned": "annoncé",
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
