"""Lists of GHTs and members, in the columns of `facts`, from any field format."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geo.faults import Faults
from geo.sources.adapters.facts import GHT_COLUMNS, MEMBER_COLUMNS, check_ghts, check_members

REGION_BY_PREFIX: dict[str, tuple[str | None, str | None]] = {
    "ARA": ("84", "Auvergne-Rhône-Alpes"),
    "BFC": ("27", "Bourgogne-Franche-Comté"),
    "BRE": ("53", "Bretagne"),
    "COR": ("94", "Corse"),
    "CVL": ("24", "Centre-Val de Loire"),
    "GE": ("44", "Grand Est"),
    "GUA": ("01", "Guadeloupe"),
    "GUY": ("03", "Guyane"),
    "HF": ("32", "Hauts-de-France"),
    "IDF": ("11", "Île-de-France"),
    "MAR": ("02", "Martinique"),
    "NA": ("75", "Nouvelle-Aquitaine"),
    "NOR": ("28", "Normandie"),
    "OCC": ("76", "Occitanie"),
    "OI": (None, "La Réunion et Mayotte"),
    "PACA": ("93", "Provence-Alpes-Côte d'Azur"),
    "PDL": ("52", "Pays de la Loire"),
}
PREFIX_BY_REGION = {code: prefix for prefix, (code, _) in REGION_BY_PREFIX.items() if code} | {
    "04": "OI",
    "06": "OI",
}


@dataclass(frozen=True, slots=True)
class Composition:
    """
    A list of GHTs with their members.

    Parameters
    ----------
    ghts
        Columns of `geo.sources.adapters.facts.read_ghts`.
    members
        Columns of `geo.sources.adapters.facts.read_members`.
    """

    ghts: pd.DataFrame
    members: pd.DataFrame


def build_composition(
    path: Path, members: pd.DataFrame, names: pd.Series, *, vintage: str, source: str
) -> Composition:
    """
    Complete and check a list read from a field format.

    Parameters
    ----------
    path
        File it was read from, for the messages.
    members
        `ght_code`, `finess_ej`, `entity_name`, `city`, `role`.
    names
        Name of each GHT, index `ght_code`.
    vintage
        Year, or year and month, of the list.
    source
        Key of the source, one of `geo.sources.adapters.facts.COMPOSITION_SOURCES`.

    Returns
    -------
    composition
        GHTs and members ordered by code; the support, where the list names it, is published.
        `region` and `reg_code` come from the letters of the code, missing when they are unknown.

    Raises
    ------
    SourceError
        Every fault of the list.
    """
    listed = members.assign(evidence="read", vintage=vintage, source=source)
    listed = listed.sort_values(["ght_code", "finess_ej"], ignore_index=True)[list(MEMBER_COLUMNS)]
    faults = Faults(path.name)
    check_members(faults, listed)
    faults.raise_if_any()
    ghts = _describe_ghts(listed, names)
    ghts = ghts.assign(composition_vintage=vintage, composition_source=source)[list(GHT_COLUMNS)]
    check_ghts(faults, ghts)
    faults.raise_if_any()
    return Composition(ghts=ghts, members=listed)


def _describe_ghts(members: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    counts = members.groupby("ght_code").size().astype("Int64").rename("listed_member_count")
    ghts = counts.reset_index()
    regions = [REGION_BY_PREFIX.get(code.split("-")[0], (None, None)) for code in ghts["ght_code"]]
    support = members[members["role"] == "support"].set_index("ght_code")["finess_ej"]
    support_ej = ghts["ght_code"].map(support)
    return ghts.assign(
        ght_name=ghts["ght_code"].map(names),
        reg_code=pd.Series([code for code, _ in regions], dtype="str"),
        region=pd.Series([name for _, name in regions], dtype="str"),
        support_finess_ej=support_ej.astype("str"),
        support_evidence=support_ej.notna().map({True: "published", False: None}).astype("str"),
    )
