"""Partnerships of a GHT told in order."""

from dataclasses import dataclass

import pandas as pd

from geo.atlas import vocabulary
from geo.partnerships import words_tables as wording
from geo.partnerships.collection import ENDED, Collection, find, french_date, sentences
from geo.partnerships.counts import split


@dataclass(frozen=True)
class Story:
    """
    Everything that is known of one partnership, in French. Texts are not escaped.

    Attributes
    ----------
    partnership_id, title, form, form_detail, status, summary, confidence, confidence_reason
        Texts; `form_detail` may be empty; `status` says when it was known.
    ghts, domains, sectors
        Names; empty when unknown.
    milestones
        Triples (label, date, certainty), in the order of a life; no certainty without a date.
    events
        Quadruples (date, certainty, text, key of the source or "").
    parties
        `party_name`, `kind`, `role` (labels), `finess_ej`, `finess_et`, `city`, `is_located`,
        `note`.
    allowed, next_steps, disagreements
        Sentences.
    links
        Triples (relations, identifier, title), one per partnership, in both directions.
    sources
        `source_key`, `title` (never missing), `publisher`, `date` (French), `url`, `note`.
    """

    partnership_id: str
    title: str
    form: str
    form_detail: str
    status: str
    summary: str
    confidence: str
    confidence_reason: str
    ghts: tuple[str, ...]
    domains: tuple[str, ...]
    sectors: tuple[str, ...]
    milestones: tuple[tuple[str, str, str], ...]
    events: tuple[tuple[str, str, str, str], ...]
    parties: pd.DataFrame
    allowed: tuple[str, ...]
    next_steps: tuple[str, ...]
    disagreements: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]
    sources: pd.DataFrame


def story(collection: Collection, partnership_id: str) -> Story:
    """
    Tell one partnership.

    Raises
    ------
    UserError
        If there is none of that identifier.
    """
    head = find(collection, partnership_id)
    names = collection.ghts.set_index("ght_code").ght_name
    status = vocabulary.STATUSES[head.status]
    if isinstance(head.status_date, str):
        status = f"{status} ({french_date(head.status_date)})"
    return Story(
        partnership_id=partnership_id,
        title=head.title,
        form=vocabulary.FORMS[head.form],
        form_detail=head.form_detail if isinstance(head.form_detail, str) else "",
        status=status,
        summary=head.summary,
        confidence=vocabulary.CONFIDENCES[head.confidence],
        confidence_reason=head.confidence_reason,
        ghts=tuple(names[code] for code in split(head.ght_codes)),
        domains=tuple(vocabulary.DOMAINS[code] for code in split(head.domains)),
        sectors=tuple(vocabulary.SECTORS[code] for code in split(head.sectors)),
        milestones=_milestones(head),
        events=_told_events(collection.events, partnership_id),
        parties=_told_parties(collection.parties, partnership_id),
        allowed=tuple(sentences(head.allowed)),
        next_steps=tuple(sentences(head.next_steps)),
        disagreements=tuple(sentences(head.disagreements)),
        links=_told_links(collection, partnership_id),
        sources=_told_sources(collection.sources, partnership_id),
    )


def _milestones(head: pd.Series) -> tuple[tuple[str, str, str], ...]:
    """List the dates of a life; the end of what is over is there even when it is unknown."""
    known = (name for name in vocabulary.MILESTONES if isinstance(head[name], str))
    told = [
        (
            vocabulary.MILESTONES[name],
            french_date(head[name]),
            vocabulary.CERTAINTIES[head[f"{name}_certainty"]],
        )
        for name in known
    ]
    if head.status == ENDED and not isinstance(head.ended, str):
        told.append((vocabulary.MILESTONES["ended"], wording.UNKNOWN_DATE, ""))
    return tuple(told)


def _told_events(events: pd.DataFrame, key: str) -> tuple[tuple[str, str, str, str], ...]:
    rows = events[events.partnership_id == key].sort_values("event_rank")
    return tuple(
        (
            french_date(row.date),
            vocabulary.CERTAINTIES[str(row.certainty)],
            str(row.text),
            row.source_key if isinstance(row.source_key, str) else "",
        )
        for row in rows.itertuples()
    )


def _told_parties(parties: pd.DataFrame, key: str) -> pd.DataFrame:
    rows = parties[parties.partnership_id == key].sort_values("party_rank")
    told = rows.assign(
        kind=rows.kind.map(vocabulary.PARTY_KINDS), role=rows.role.map(vocabulary.ROLES)
    )
    columns = ["party_name", "kind", "role", "finess_ej", "finess_et", "city", "is_located", "note"]
    return told[columns].reset_index(drop=True)


def _told_links(collection: Collection, key: str) -> tuple[tuple[str, str, str], ...]:
    links = collection.links
    titles = collection.partnerships.set_index("partnership_id").title
    ahead = links[links.partnership_id == key]
    back = links[links.target_id == key]
    told = [
        *zip(ahead.relation.map(vocabulary.RELATIONS), ahead.target_id, strict=True),
        *zip(back.relation.map(vocabulary.REVERSED_RELATIONS), back.partnership_id, strict=True),
    ]
    # Each of the two may name the other, by the relation that suits it: one line tells both.
    relations: dict[str, list[str]] = {}
    for label, other in told:
        if other in titles and label not in relations.setdefault(other, []):
            relations[other].append(label)
    return tuple((wording.all_relations(r), other, titles[other]) for other, r in relations.items())


def _told_sources(sources: pd.DataFrame, key: str) -> pd.DataFrame:
    rows = sources[sources.partnership_id == key]
    untitled = [wording.UNTITLED.format(publisher=name) for name in rows.publisher]
    told = rows.assign(
        title=rows.title.where(rows.title.notna(), pd.Series(untitled, index=rows.index)),
        date=[french_date(date) for date in rows.date],
    )
    columns = ["source_key", "title", "publisher", "date", "url", "note"]
    return told[columns].reset_index(drop=True)
