"""The sheet of a legal entity: its sites, its GHT, how that is known, whether it counts."""

from dataclasses import dataclass, field

import pandas as pd

from geo import wording
from geo.atlas.load import Atlas
from geo.establishments import words as words_of
from geo.establishments.explorer import Explorer, entity_names
from geo.establishments.supports import PUBLISHED
from geo.formats import is_unknown


@dataclass(frozen=True)
class Entity:
    """
    A legal entity with what is known of it. Texts are French, empty when they have no object.

    Attributes
    ----------
    finess_ej, name
        Number and name of the entity that exists now.
    ght_code, ght_name
        None outside any GHT.
    role_label
        Its place in the GHT.
    membership, support
        How the membership and the role of support are known.
    predecessors
        One line for each entity of the list that this one took over.
    notice
        Why the number asked for leads here; empty when it is the entity's own.
    sites
        Rows of `geo.establishments.explorer.Explorer.sites`; those that count in the model first.
    anomalies
        Rows of the table `anomalies` about the entity, its sites or those it took over.
    """

    finess_ej: str
    name: str
    ght_code: str | None
    ght_name: str | None
    role_label: str
    membership: str
    support: str
    predecessors: tuple[str, ...]
    notice: str
    sites: pd.DataFrame = field(repr=False)
    anomalies: pd.DataFrame = field(repr=False)

    @property
    def general_count(self) -> int:
        """Number of sites that count in the model."""
        return int(self.sites.is_general.sum())


def resolve(atlas: Atlas, explorer: Explorer, number: str) -> str | None:
    """
    Find the legal entity that a FINESS number leads to.

    Parameters
    ----------
    atlas, explorer
        `members` and `earlier_members`, and the sites.
    number
        Of an entity, of one taken over since, or of a site; untrusted.

    Returns
    -------
    finess_ej
        None when nothing has this number.
    """
    sites, members, before = explorer.sites, atlas.members, atlas.earlier_members
    taken = before.current_finess_ej[before.finess_ej == number]
    if taken.empty or taken.iloc[0] == number:
        taken = members.current_finess_ej[members.finess_ej == number]
    is_own = (sites.finess_ej == number).any() or (members.current_finess_ej == number).any()
    # A number that was taken over leads to its successor, even where old sites still bear it.
    if is_own and (taken.empty or taken.iloc[0] == number):
        return number
    found = [*taken, *sites.finess_ej[sites.finess_et == number]]
    return str(found[0]) if found else None


def entity_of(atlas: Atlas, explorer: Explorer, number: str) -> Entity | None:
    """
    Describe the legal entity that a FINESS number leads to.

    Parameters
    ----------
    atlas, explorer
        The tables, and the sites made from them.
    number
        See `resolve`.
    """
    code = resolve(atlas, explorer, number)
    if code is None:
        return None
    sites = explorer.sites[explorer.sites.finess_ej == code]
    sites = sites.sort_values(  # what people call the hospital comes first
        ["is_general", "mco_beds"], ascending=False, kind="stable", ignore_index=True
    )
    listed = atlas.members[atlas.members.current_finess_ej == code]
    before = atlas.earlier_members[atlas.earlier_members.current_finess_ej == code]
    taken = pd.concat([listed, before], ignore_index=True).drop_duplicates("finess_ej")
    name = _name(atlas, taken, code)
    own = listed.assign(is_own=listed.finess_ej == code).sort_values("is_own", kind="stable")
    row = None if own.empty else own.iloc[-1]
    subjects = {code, *sites.finess_et, *taken.finess_ej}
    ght = None if row is None else str(row.ght_code)
    support = _support(atlas, ght, code)
    return Entity(
        finess_ej=code,
        name=name,
        ght_code=ght,
        ght_name=None if ght is None else str(atlas.ghts.set_index("ght_code").ght_name[ght]),
        role_label=_role(row, support),
        membership="" if row is None else atlas.vintages.fill(
            words_of.evidence_line(str(row.evidence), str(row.source), str(row.vintage))
        ),
        support=wording.support_note(*support) if support else "",
        predecessors=_predecessors(taken, code),
        notice=_notice(explorer, number, code, name),
        sites=sites,
        anomalies=atlas.anomalies[atlas.anomalies.subject.isin(subjects)].reset_index(drop=True),
    )  # fmt: skip


def _name(atlas: Atlas, listed: pd.DataFrame, code: str) -> str:
    """Name the entity: its own name, else that of one it took over, else its number."""
    known = [entity_names(atlas).get(code), *listed.entity_name]
    return next((str(name) for name in known if not is_unknown(name)), code)


def _support(atlas: Atlas, ght: str | None, code: str) -> tuple[str, ...]:
    """Give how the role of support is known, year and grounds; empty when it is not the support."""
    led = atlas.ghts[(atlas.ghts.ght_code == ght) & (atlas.ghts.support_finess_ej == code)]
    if led.empty:
        return ()
    cells = led.iloc[0][["support_evidence", "support_year", "support_note"]]
    return tuple("" if is_unknown(cell) else str(cell) for cell in cells)


def _role(row: "pd.Series | None", support: tuple[str, ...]) -> str:
    """Name the place in the GHT."""
    if row is None:
        return words_of.ROLE_LABELS["hors"]
    if support:
        kind = "published" if support[0] == PUBLISHED else "presumed"
        return words_of.ROLE_LABELS[f"support_{kind}"]
    return words_of.ROLE_LABELS.get(str(row.role), words_of.ROLE_LABELS["partie"])


def _predecessors(listed: pd.DataFrame, code: str) -> tuple[str, ...]:
    """List the entities of the published list that the entity took over, with the proof."""
    before = listed[listed.finess_ej != code].sort_values("finess_ej")
    proofs = before.successor_evidence.map(dict(wording.SUCCESSION)).fillna("")
    return tuple(
        words_of.before_line(number if is_unknown(name) else str(name), str(number), str(proof))
        for number, name, proof in zip(before.finess_ej, before.entity_name, proofs, strict=True)
    )


def _notice(explorer: Explorer, number: str, code: str, name: str) -> str:
    """Say why a number leads to another entity."""
    if number == code:
        return ""
    site = explorer.sites.site_name[explorer.sites.finess_et == number]
    if site.empty:
        return words_of.successor_note(number, name)
    return words_of.site_note(number, str(site.iloc[0]))
