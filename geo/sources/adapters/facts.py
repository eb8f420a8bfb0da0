"""Collected facts: GHT lists, members, successors, published figures."""

from pathlib import Path

import pandas as pd

from geo.faults import Faults
from geo.sources.adapters.checks import (
    FINESS_CODE,
    FINESS_FORM,
    GHT_CODE,
    GHT_FORM,
    check_among,
    check_filled,
    check_key,
    check_pattern,
    to_integers,
)
from geo.sources.adapters.rawfile import read_table

ROLES = ("support", "partie", "associe", "partenaire")
MEMBER_EVIDENCE = ("read", "deduced")
SUPPORT_EVIDENCE = ("published",)
SUCCESSOR_EVIDENCE = (
    "same_site", "site_name", "site_number_written_as_entity", "probable", "same_site_sae2024",
)  # fmt: skip
COMPOSITION_SOURCES = ("dgos_list", "finess_gcc", "fhir_bundles", "sae_totals")
# What a published figure describes: the GHT (or our sum of its parts), else something else.
SCOPES = (
    "ght", "ght_our_sum", "support_basin", "support_basin_close_to_ght", "member",
    "department_or_health_territory",
)  # fmt: skip
PUBLISHED_FIGURES = ("population", "area_km2", "members", "beds")
# What the file says of a member -> how it is told here; a code may follow.
PROOFS = {
    r"^sae2024_totals_exact(_with_table_error)?$": "proved",
    r"^sae2024_table_error: .*\b(\d{9})\b": "table_error",
    r"^sae2024_not_counted_in_": "not_counted",
    r"^carried_from_2018_not_in_sae$": "carried",
    r"^merged_by_2024_into:(\d{9})$": "merged",
}
VINTAGE = r"^\d{4}(-\d{2})?$"
VINTAGE_FORM = "AAAA ou AAAA-MM"

GHT_COLUMNS = (
    "ght_code",
    "ght_name",
    "region",
    "reg_code",
    "listed_member_count",
    "composition_vintage",
    "composition_source",
    "support_finess_ej",
    "support_evidence",
)
MEMBER_COLUMNS = (
    "ght_code",
    "finess_ej",
    "entity_name",
    "city",
    "role",
    "evidence",
    "vintage",
    "source",
)


def read_ghts(path: Path) -> pd.DataFrame:
    """
    Read the list of GHTs.

    Returns
    -------
    ghts
        `ght_code` (key), `ght_name`, `region`, `reg_code` (missing when a GHT spans several),
        `listed_member_count` (Int64), `composition_vintage`, `composition_source`,
        `support_finess_ej` and `support_evidence` (missing where not published).

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    columns = ["member_count" if c == "listed_member_count" else c for c in GHT_COLUMNS]
    table = read_table(path, columns)
    faults = Faults(path.name)
    table = table.assign(member_count=to_integers(faults, table["member_count"], "member_count"))
    table = table.rename(columns={"member_count": "listed_member_count"})
    check_ghts(faults, table)
    faults.raise_if_any()
    return table


def check_ghts(faults: Faults, ghts: pd.DataFrame) -> None:
    """Note the faults of a list of GHTs, whatever file it comes from."""
    check_key(faults, ghts["ght_code"], "ght_code", GHT_CODE, GHT_FORM)
    check_filled(faults, ghts["ght_name"], "ght_name")
    check_filled(faults, ghts["listed_member_count"], "member_count")
    check_pattern(faults, ghts["reg_code"].dropna(), "reg_code", r"^\d{2}$", "2 chiffres")
    check_pattern(faults, ghts["composition_vintage"], "composition_vintage", VINTAGE, VINTAGE_FORM)
    check_among(faults, ghts["composition_source"], "composition_source", COMPOSITION_SOURCES)
    check_pattern(
        faults, ghts["support_finess_ej"].dropna(), "support_finess_ej", FINESS_CODE, FINESS_FORM
    )
    check_among(faults, ghts["support_evidence"].dropna(), "support_evidence", SUPPORT_EVIDENCE)
    is_unproven = ghts["support_finess_ej"].notna() != ghts["support_evidence"].notna()
    faults.bad_values(
        ghts.loc[is_unproven, "ght_code"],
        "support_finess_ej sans support_evidence, ou l'inverse, pour les GHT",
        "Remplissez les deux colonnes ou aucune.",
    )


def read_members(path: Path) -> pd.DataFrame:
    """
    Read the members of the GHTs.

    Returns
    -------
    members
        `ght_code`, `finess_ej` (key, as listed), `entity_name` and `city` (missing where unknown),
        `role` (support, partie, associe, partenaire), `evidence` (read, deduced), `vintage`,
        `source`; strings.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    columns = ["ej_name" if c == "entity_name" else c for c in MEMBER_COLUMNS]
    table = read_table(path, columns).rename(columns={"ej_name": "entity_name"})
    faults = Faults(path.name)
    check_members(faults, table)
    faults.raise_if_any()
    return table


def check_members(faults: Faults, members: pd.DataFrame) -> None:
    """Note the faults of a list of members, whatever file it comes from."""
    check_pattern(faults, members["ght_code"], "ght_code", GHT_CODE, GHT_FORM)
    check_key(faults, members["finess_ej"], "finess_ej", FINESS_CODE, FINESS_FORM)
    check_among(faults, members["role"], "role", ROLES)
    check_among(faults, members["evidence"], "evidence", MEMBER_EVIDENCE)
    check_pattern(faults, members["vintage"], "vintage", VINTAGE, VINTAGE_FORM)
    check_among(faults, members["source"], "source", COMPOSITION_SOURCES)
    supports = members.loc[members["role"] == "support", "ght_code"]
    faults.bad_values(
        supports[supports.duplicated()],
        "plusieurs établissements support pour les GHT",
        "Gardez un seul support par GHT.",
    )


def read_members_2024(path: Path) -> pd.DataFrame:
    """
    Read the members of 2024, and how each was established.

    Returns
    -------
    members
        `ght_code`, `finess_ej` (key), `entity_name` (of its first site), `city`, `category_code`
        (missing where unknown), `earlier_ght_code` (list of 2018; missing for a newcomer),
        `evidence`: proved (the ministry's totals are met), table_error (they are with the figures
        of `other_finess_ej` in its place), not_counted (the ministry leaves it out of its GHT),
        carried (from 2018, outside the survey), merged (into `other_finess_ej`); `is_surveyed`.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    names = {
        "ght_code_2024": "ght_code",
        "finess_ej": "finess_ej",
        "name_of_first_site": "entity_name",
        "commune": "city",
        "category_of_first_site": "category_code",
        "ght_code_2018": "earlier_ght_code",
        "in_sae_2024": "is_surveyed",
        "evidence": "evidence",
    }
    table = read_table(path, list(names)).rename(columns=names)
    faults = Faults(path.name)
    check_pattern(faults, table["ght_code"], "ght_code_2024", GHT_CODE, GHT_FORM)
    check_key(faults, table["finess_ej"], "finess_ej", FINESS_CODE, FINESS_FORM)
    earlier = table["earlier_ght_code"].dropna()
    check_pattern(faults, earlier, "ght_code_2018", GHT_CODE, GHT_FORM)
    check_among(faults, table["is_surveyed"], "in_sae_2024", ("0", "1"))
    table = _read_proofs(faults, table)
    faults.raise_if_any()
    return table.assign(is_surveyed=table["is_surveyed"] == "1")


def _read_proofs(faults: Faults, members: pd.DataFrame) -> pd.DataFrame:
    """Tell the evidence of each member, and the other entity it names."""
    said = members["evidence"].fillna("")
    evidence = pd.Series(None, index=members.index, dtype="str")
    other = pd.Series(None, index=members.index, dtype="str")
    for pattern, proof in PROOFS.items():
        is_so = said.str.contains(pattern.replace("(", "(?:"), regex=True)
        evidence[is_so] = proof
        if r"(\d{9})" in pattern:
            other[is_so] = said[is_so].str.extract(pattern, expand=False)
    faults.bad_values(
        said[evidence.isna()].replace("", "(vide)"),
        "evidence inconnue(s)",
        "Reprenez le fichier d'origine.",
    )
    return members.assign(evidence=evidence, other_finess_ej=other)


def read_successors(path: Path) -> pd.DataFrame:
    """
    Read the legal entities merged since the lists were published.

    Returns
    -------
    successors
        `finess_ej_before` (key), `finess_ej_after`, `evidence` (how it was established); strings.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    table = read_table(path, ["finess_ej_before", "finess_ej_after", "evidence"])
    faults = Faults(path.name)
    _check_successors(faults, table)
    faults.raise_if_any()
    return table


def _check_successors(faults: Faults, table: pd.DataFrame) -> None:
    """Note the faults of a table of mergers."""
    for name in ("finess_ej_before", "finess_ej_after"):
        check_pattern(faults, table[name], name, FINESS_CODE, FINESS_FORM)
    faults.duplicates(table["finess_ej_before"].dropna(), "finess_ej_before")
    check_among(faults, table["evidence"], "evidence", SUCCESSOR_EVIDENCE)
    is_loop = table["finess_ej_before"] == table["finess_ej_after"]
    faults.bad_values(
        table.loc[is_loop, "finess_ej_before"],
        "entité qui se succède à elle-même",
        "Retirez ces lignes.",
    )


def read_successors_2024(path: Path) -> pd.DataFrame:
    """
    Read the legal entities merged between the list of 2018 and the survey of 2024.

    Returns
    -------
    successors
        `finess_ej_before` (key), `finess_ej_after`, `evidence`; strings.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    table = read_table(path, ["finess_ej_2018", "finess_ej_2024", "evidence"]).rename(
        columns={"finess_ej_2018": "finess_ej_before", "finess_ej_2024": "finess_ej_after"}
    )
    faults = Faults(path.name)
    _check_successors(faults, table)
    faults.raise_if_any()
    return table


def read_published(path: Path) -> pd.DataFrame:
    """
    Read the published figures, one row per figure.

    Parameters
    ----------
    path
        CSV with one line per publication and the columns `population`, `area_km2`, `members`,
        `beds`, filled or not; `scope` says what the figures describe, the GHT when it is empty.

    Returns
    -------
    published
        `ght_code`, `ght_name`, `figure` (population, area_km2, members, beds), `value` (Int64,
        never missing), `year` (Int64, missing when undated), `support`, `departements` (codes
        joined by `;`), `source_url`, `note`, `scope` (one of `SCOPES`; missing when the file
        says nothing). A line that holds a note and no figure gives no row. Several rows of a GHT
        may give the same figure.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    heads = ["ght_code", "ght_name", "year", "support", "departments", "source_url", "note"]
    table = read_table(path, [*heads, *PUBLISHED_FIGURES], ["scope"])
    faults = Faults(path.name)
    check_among(faults, table["scope"].dropna(), "scope", SCOPES)
    check_pattern(faults, table["ght_code"], "ght_code", GHT_CODE, GHT_FORM)
    _check_urls(faults, table["source_url"])
    whole = {name: to_integers(faults, table[name], name) for name in ("year", *PUBLISHED_FIGURES)}
    table = table.assign(**whole).rename(columns={"departments": "departements"})
    is_bare = table[[*PUBLISHED_FIGURES, "note"]].isna().all(axis=1)
    faults.bad_values(
        table.loc[is_bare, "ght_code"],
        "ligne sans chiffre ni remarque pour les GHT",
        f"Remplissez une colonne parmi {', '.join(PUBLISHED_FIGURES)}, ou retirez la ligne.",
    )
    faults.raise_if_any()
    return _one_row_per_figure(table)


def _one_row_per_figure(table: pd.DataFrame) -> pd.DataFrame:
    parts = [
        table.assign(figure=name, value=table[name], line=table.index) for name in PUBLISHED_FIGURES
    ]
    stacked = pd.concat(parts).dropna(subset=["value"]).sort_values("line", kind="stable")
    columns = ["ght_code", "ght_name", "figure", "value", "year", "support", "departements"]
    # The same figure of the same page, collected twice, counts once.
    unique = stacked.drop_duplicates(["ght_code", "figure", "value", "source_url"])
    return unique[[*columns, "source_url", "note", "scope"]].reset_index(drop=True)


def _check_urls(faults: Faults, urls: pd.Series) -> None:
    check_pattern(faults, urls, "source_url", r"^https?://\S+$", "adresse http ou https complète")


def read_compositions(path: Path) -> pd.DataFrame:
    """
    Read the compositions that two GHTs publish themselves.

    Returns
    -------
    compositions
        `ght_name`, `member_establishment`, `city` (may be missing), `role` (words of the
        source), `source_url`; strings. Key: `ght_name` with `member_establishment`.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    table = read_table(path, ["ght_name", "member_establishment", "city", "role", "source_url"])
    faults = Faults(path.name)
    for name in ("ght_name", "member_establishment", "role"):
        check_filled(faults, table[name], name)
    key = table["ght_name"].str.cat(table["member_establishment"], " / ")
    faults.duplicates(key.dropna(), "ght_name et member_establishment")
    _check_urls(faults, table["source_url"])
    faults.raise_if_any()
    return table
