"""Published figures: how exact they say they are, and how far the model is from them."""

from collections.abc import Mapping

import pandas as pd

from geo.formats import format_number, format_year, is_unknown
from geo.wording import QUALIFIERS, YEAR_INFERRED

INFERRED = "inferred"
# A figure that describes something else than the GHT is shown, never compared with its territory.
OTHER_SCOPES: Mapping[str, str] = {
    "support_basin": "Chiffre du bassin de l'établissement support, non du GHT.",
    "support_basin_close_to_ght": (
        "Chiffre du bassin de l'établissement support, proche du GHT sans être le sien."
    ),
    "member": "Chiffre d'un seul membre, non du GHT.",
    "department_or_health_territory": (
        "Chiffre d'un département ou d'un territoire de santé, non du GHT."
    ),
}
# What a figure describes, in short; a source that does not say is taken to speak of the GHT.
SCOPES: Mapping[str, str] = {
    "ght": "le GHT",
    "ght_our_sum": "le GHT, somme faite ici",
    "support_basin": "le bassin du support",
    "support_basin_close_to_ght": "le bassin du support, proche du GHT",
    "member": "un seul membre",
    "department_or_health_territory": "un département ou un territoire de santé",
}
UNSAID_SCOPE = "non précisé"
JUDGED_SCOPE = "ght"
BETWEEN = ", "
_KEY = ["ght_code", "figure", "source_url"]


def with_notes(published: pd.DataFrame, notes: pd.DataFrame) -> pd.DataFrame:
    """
    Add what was read, by hand, around each figure.

    Parameters
    ----------
    published
        `ght_code`, `figure`, `source_url`, `scope` and other columns.
    notes
        The same key, without repeats, and `qualifier` ("plain": the figure stands alone,
        "more_than", "about"), `year_certainty` ("stated", "inferred"; missing for an undated
        source), `note` (French, may be missing).

    Returns
    -------
    published
        The same rows, with `qualifier` and `year_certainty`, both missing where nobody noted any,
        and `note`, which says what the figure describes when it is not the GHT.
    """
    found = published.drop(columns="note").merge(notes, on=_KEY, how="left", validate="m:1")
    said = found.scope.map(OTHER_SCOPES).astype("str")
    return found.assign(note=found.note.astype("str").fillna(said))


def latest_published(published: pd.DataFrame, figure: str) -> pd.DataFrame:
    """
    Choose the published figure to show for each GHT: the most recent dated one, else undated.

    Parameters
    ----------
    published
        `ght_code`, `figure`, `value`, `year` (may be missing), `source_url`, `scope`. Those that
        describe something else than the GHT (`OTHER_SCOPES`) are left out.
    figure
        "population" (inhabitants), "area_km2", "members" or "beds".

    Returns
    -------
    chosen
        Index `ght_code`; one row per GHT.
    """
    rows = published[(published.figure == figure) & is_compared(published.scope)]
    ranked = rows.sort_values(["ght_code", "year", "source_url"], na_position="first")
    return ranked.drop_duplicates("ght_code", keep="last").set_index("ght_code")


def scope_text(scope: object) -> str:
    """Say what a published figure describes."""
    return SCOPES.get(str(scope), UNSAID_SCOPE)


def own_note(note: object) -> str | None:
    """Keep a remark, unless it only says what the figure describes."""
    return None if is_unknown(note) or note in OTHER_SCOPES.values() else str(note)


def is_compared(scopes: pd.Series) -> pd.Series:
    """Tell the published figures that describe the GHT: the only ones compared with it."""
    return ~scopes.isin(list(OTHER_SCOPES))


def is_judge(scopes: pd.Series) -> pd.Series:
    """Tell the figures that a source gives for the GHT itself: the only ones that judge a model."""
    return scopes == JUDGED_SCOPE


def deviation_percent(modelled: pd.Series, published: pd.Series) -> pd.Series:
    """Deviation of the model, in percent of the published value; missing if either is."""
    model, stated = modelled.astype("Float64"), published.astype("Float64")
    return ((model - stated) / stated.where(stated > 0) * 100).astype("float64")


def _word(qualifier: object) -> str:
    """Write a qualifier; nothing for none."""
    return QUALIFIERS.get(str(qualifier), "")


def qualified(text: str, qualifier: object) -> str:
    """Write a figure as its source does: "plus de 800 000"; no word for an unknown qualifier."""
    return f"{_word(qualifier)} {text}".strip()


def year_text(year: object, certainty: object) -> str:
    """Write the year of a figure: "2018", "2018, année déduite", "année inconnue"."""
    shown = format_year(year)
    is_inferred = str(certainty) == INFERRED and not is_unknown(year)
    return f"{shown}, {YEAR_INFERRED}" if is_inferred else shown


def precision(qualifier: object, certainty: object) -> str | None:
    """
    Say what a number alone does not, for tables where the number stays a number.

    Returns
    -------
    words
        "plus de", "année déduite", both, or None when there is nothing to say.
    """
    words = [_word(qualifier), YEAR_INFERRED if str(certainty) == INFERRED else ""]
    return BETWEEN.join(filter(None, words)) or None


def published_population(area: pd.Series) -> tuple[str, str]:
    """
    Write the published population of a territory, and its year.

    Parameters
    ----------
    area
        A row of `geo.territories.measures.territory_table` that has a published population.
    """
    said = area.published_population_precision
    words = said.split(BETWEEN) if isinstance(said, str) else []
    qualifier = " ".join(word for word in words if word != YEAR_INFERRED)
    number, year = format_number(area.published_population), area.published_population_year
    certainty = INFERRED if YEAR_INFERRED in words else None
    return f"{qualifier} {number}".strip(), year_text(year, certainty)


def precisions(published: pd.DataFrame) -> pd.Series:
    """Give the `precision` of each row of published figures."""
    pairs = zip(published.qualifier, published.year_certainty, strict=True)
    return pd.Series([precision(*pair) for pair in pairs], index=published.index, dtype="str")
