"""The proof of the members: their sums are the totals that the ministry publishes for each GHT."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.activity.figures import ghts_of_entities
from geo.activity.measures import MEASURES, PROVABLE
from geo.faults import Faults
from geo.formats import format_number

LIST_YEAR: Final = 2024  # of the list of members that is proved
TOLERANCE: Final = 0.01
SHOWN_INDICATORS: Final = 3
TABLE_ERROR: Final = "table_error"
CURE: Final = "Corrigez la liste des membres, ou déclarez l'erreur de la source."


@dataclass(frozen=True)
class _Sums:
    """Figures of one year, a column per indicator: of each entity, of each GHT."""

    entities: pd.DataFrame
    ministry: pd.DataFrame
    ghts: pd.Series

    def of_members(self) -> pd.DataFrame:
        """Add the members of each GHT up."""
        sums = self.entities.groupby(self.ghts.reindex(self.entities.index)).sum()
        return sums.reindex(self.ministry.index, fill_value=0.0)

    def as_counted(self, members: pd.DataFrame) -> pd.DataFrame:
        """Add them up with the declared errors of the ministry made again."""
        sums = self.of_members()
        errors = members[members.evidence == TABLE_ERROR]
        codes = errors.ght_code.to_numpy()
        for names, sign in ((errors.finess_ej, -1.0), (errors.other_finess_ej, 1.0)):
            moved = self.entities.reindex(names.to_numpy()).fillna(0.0).groupby(codes).sum()
            sums = sums.add(sign * moved.reindex(sums.index, fill_value=0.0))
        return sums


def _sums(figures: pd.DataFrame, ghts: pd.DataFrame, members: pd.DataFrame) -> _Sums:
    """Lay the proved year out; the ministry writes 0 where no member declares anything."""
    year = proved_year(ghts.year)
    rows = ghts[(ghts.year == year) & ghts.measure.isin(PROVABLE)]
    stated = rows.dropna(subset="value_ministry")
    wide = stated.pivot(index="ght_code", columns="measure", values="value_ministry").fillna(0)
    ministry = wide[[key for key in PROVABLE if key in wide]].astype("float64")
    declared = figures[(figures.year == year) & figures.measure.isin(ministry.columns)]
    sums = declared.groupby(["finess_ej", "measure"]).value.sum().unstack()
    entities = sums.reindex(columns=ministry.columns).fillna(0.0)
    return _Sums(entities, ministry, ghts_of_entities(members))


def proved_year(years: pd.Series) -> int:
    """Give the year of the list of members; a later survey counts the members of another list."""
    return min(int(years.max()), LIST_YEAR)


def compare(figures: pd.DataFrame, ghts: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """
    Compare the sums of the members with the ministry's totals, in the year of their list.

    Parameters
    ----------
    figures, ghts, members
        The bundled `activity_sites`, `activity_ghts` and `proved_members`; of `ghts` only what the
        ministry states is read: the sums are made again.

    Returns
    -------
    proof
        The bundled table `proof`: a row per GHT and indicator that the ministry publishes, with
        `ministry`, `members`, `difference` (members less ministry) and `unexplained` (what is left
        once the declared errors of the source are made again; 0 everywhere when all is proved).
    """
    sums = _sums(figures, ghts, members)
    own, counted = sums.of_members(), sums.as_counted(members)
    parts = {
        "ministry": sums.ministry,
        "members": own,
        "difference": _rounded(own - sums.ministry),
        "unexplained": _rounded(counted - sums.ministry),
    }
    table = pd.concat({name: part.stack() for name, part in parts.items()}, axis=1)
    return table.rename_axis(["ght_code", "indicator"]).reset_index()


def _rounded(differences: pd.DataFrame) -> pd.DataFrame:
    """Take sums of decimals for equal when they are to the hundredth."""
    return differences.where(differences.abs() > TOLERANCE, 0.0)


def require_proof(figures: pd.DataFrame, ghts: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """
    Prove the members, or say which GHT is wrong and which member moved.

    Parameters
    ----------
    figures, ghts, members
        See `compare`.

    Returns
    -------
    proof
        From `compare`.

    Raises
    ------
    SourceError
        Every GHT of which a total is not met and no declared error explains it.
    """
    proof = compare(figures, ghts, members)
    wrong = proof[proof.unexplained != 0]
    if len(wrong):
        faults = Faults("preuve des membres")
        sums = _sums(figures, ghts, members)
        left = wrong.pivot(index="ght_code", columns="indicator", values="unexplained")
        left = left.reindex(columns=sums.ministry.columns).fillna(0.0)
        names = members.set_index("finess_ej").entity_name
        for code, rows in wrong.groupby("ght_code"):
            faults.add(f"{_told(str(code), rows)} {_cause(str(code), left, sums, names)} {CURE}")
        faults.raise_if_any()
    return proof


def _told(code: str, rows: pd.DataFrame) -> str:
    """Say which totals of a GHT are not met."""
    first = rows.head(SHOWN_INDICATORS)
    shown = [
        f"{MEASURES[key].label} {format_number(stated + left)} au lieu de {format_number(stated)}"
        for key, stated, left in zip(
            first.indicator, first.ministry, first.unexplained, strict=True
        )
    ]
    more = len(rows) - len(shown)
    rest = f" et {more} autres indicateurs" if more > 0 else ""
    return (
        f"{code} : la somme des membres n'est pas le total du ministère ({', '.join(shown)}{rest})."
    )


def _cause(code: str, left: pd.DataFrame, sums: _Sums, names: pd.Series) -> str:
    """Name the one entity whose move would restore the totals, if there is one."""
    gap = pd.Series(left.loc[code])
    surplus = [e for e in _equal_to(gap, sums.entities) if sums.ghts.get(e) == code]
    missing = [e for e in _equal_to(-gap, sums.entities) if sums.ghts.get(e) != code]
    if surplus:
        owners = [str(other) for other in left.index if (left.loc[other] + gap).abs().max() == 0]
        place = f" : il appartient à {owners[0]}" if owners else ""
        return f"Membre compté en trop : {_named(surplus[0], names)}{place}."
    if missing:
        holder = sums.ghts.get(missing[0])
        place = f", compté dans {holder}" if isinstance(holder, str) else ", hors de la liste"
        return f"Membre qui manque : {_named(missing[0], names)}{place}."
    return "Aucun déplacement d'un seul membre ne rétablit l'égalité."


def _equal_to(gap: pd.Series, entities: pd.DataFrame) -> list[str]:
    """Entities whose figures are all those of a gap."""
    is_equal = (entities - gap).abs().max(axis=1) <= TOLERANCE
    return [str(entity) for entity in entities.index[is_equal]]


def _named(entity: str, names: pd.Series) -> str:
    """Write an entity with its name, where it is known."""
    name = names.get(entity)
    return f"{entity} ({name})" if isinstance(name, str) else entity


def summary(proof: pd.DataFrame, year: int) -> Iterator[str]:
    """
    Tell a proof.

    Parameters
    ----------
    proof
        From `compare`.
    year
        Of the survey.

    Yields
    ------
    line
        French: how many GHTs are met exactly, on how many indicators; then each other GHT.
    """
    differs = proof[proof.difference != 0].groupby("ght_code")
    ghts, indicators = proof.ght_code.nunique(), proof.indicator.nunique()
    yield (
        f"Preuve des membres (SAE {year}) : {ghts - differs.ngroups} GHT sur {ghts} retrouvés "
        f"exactement sur {indicators} indicateurs."
    )
    for code, rows in differs:
        first = rows.head(SHOWN_INDICATORS)
        shown = ", ".join(
            f"{MEASURES[key].label} {format_number(own)} (ministère {format_number(stated)})"
            for key, own, stated in zip(first.indicator, first.members, first.ministry, strict=True)
        )
        why = "erreur déclarée de la source" if (rows.unexplained == 0).all() else "non expliqué"
        yield f"{code} : {len(rows)} indicateurs diffèrent, {why} ; {shown}..."
