"""Partnerships told in French: the table, the matrix, the story of one, the exports."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geo import wording_partnerships as wording
from geo.partnerships import (
    ENDED,
    Collection,
    find,
    french_date,
    french_end,
    sentences,
    split,
)

_COMMA = ", "


def _labels(cell: object, labels: Mapping[str, str]) -> str | None:
    """Write the labels of a joined cell of codes."""
    return _COMMA.join(labels[code] for code in split(cell)) or None


def _partners(collection: Collection, between: str = _COMMA) -> pd.Series:
    """Names of the partners of each partnership; of its structures when it has no partner."""
    parties = collection.parties
    rank = parties.role.map({"structure": 1}).fillna(0)
    others = parties[~parties.role.isin(("support", "membre"))].assign(_rank=rank)
    first = others.groupby("partnership_id")["_rank"].transform("min")
    shown = others[others["_rank"] == first]
    return shown.groupby("partnership_id").party_name.agg(between.join)


def typed_table(collection: Collection) -> pd.DataFrame:
    """
    Lay partnerships out for the screen.

    Returns
    -------
    table
        Columns of `geo.wording_partnerships.COLUMNS`, in the order of the collection; texts, and
        the number of sources.
    """
    heads = collection.partnerships
    names = collection.ghts.set_index("ght_code").ght_name
    counts = collection.sources.groupby("partnership_id").size()
    table = pd.DataFrame(
        {
            "title": heads.title,
            "ght": [_COMMA.join(names[code] for code in split(cell)) for cell in heads.ght_codes],
            "partners": heads.partnership_id.map(_partners(collection)),
            "form": heads.form.map(wording.FORMS),
            "domains": [_labels(cell, wording.DOMAINS) for cell in heads.domains],
            "sectors": [_labels(cell, wording.SECTORS) for cell in heads.sectors],
            "status": heads.status.map(wording.STATUSES),
            "start": [
                french_date(*cells)
                for cells in zip(heads.start_date, heads.start_certainty, strict=True)
            ],
            "end": [
                french_end(*cells)
                for cells in zip(heads.ended, heads.ended_certainty, heads.status, strict=True)
            ],
            "confidence": heads.confidence.map(wording.CONFIDENCES),
            "source_count": heads.partnership_id.map(counts).fillna(0).astype("Int64"),
            "partnership_id": heads.partnership_id,
        }
    )
    return table[list(wording.COLUMNS)].rename(columns=dict(wording.COLUMNS))


def matrix(collection: Collection) -> pd.DataFrame:
    """
    Cross the forms and the domains.

    Returns
    -------
    matrix
        Number of partnerships, Int64: forms that are there in rows, domains that are there in
        columns, by their labels, unknown domains last. A partnership counts once in each of its
        domains.
    """
    heads = collection.partnerships
    long = heads.assign(domain=heads.domains.map(split)).explode("domain")
    domains = long.domain.map(wording.DOMAINS).fillna(wording.UNKNOWN_DOMAIN)
    crossed = pd.crosstab(long.form.map(wording.FORMS), domains).astype("Int64")
    rows = [label for label in wording.FORMS.values() if label in crossed.index]
    columns = [*wording.DOMAINS.values(), wording.UNKNOWN_DOMAIN]
    shown = crossed.reindex(index=rows, columns=[c for c in columns if c in crossed.columns])
    return shown.rename_axis(index=wording.COLUMNS["form"], columns=wording.COLUMNS["domains"])


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
    status = wording.STATUSES[head.status]
    if isinstance(head.status_date, str):
        status = f"{status} ({french_date(head.status_date)})"
    return Story(
        partnership_id=partnership_id,
        title=head.title,
        form=wording.FORMS[head.form],
        form_detail=head.form_detail if isinstance(head.form_detail, str) else "",
        status=status,
        summary=head.summary,
        confidence=wording.CONFIDENCES[head.confidence],
        confidence_reason=head.confidence_reason,
        ghts=tuple(names[code] for code in split(head.ght_codes)),
        domains=tuple(wording.DOMAINS[code] for code in split(head.domains)),
        sectors=tuple(wording.SECTORS[code] for code in split(head.sectors)),
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
    known = (name for name in wording.MILESTONES if isinstance(head[name], str))
    told = [
        (
            wording.MILESTONES[name],
            french_date(head[name]),
            wording.CERTAINTIES[head[f"{name}_certainty"]],
        )
        for name in known
    ]
    if head.status == ENDED and not isinstance(head.ended, str):
        told.append((wording.MILESTONES["ended"], wording.UNKNOWN_DATE, ""))
    return tuple(told)


def _told_events(events: pd.DataFrame, key: str) -> tuple[tuple[str, str, str, str], ...]:
    rows = events[events.partnership_id == key].sort_values("event_rank")
    return tuple(
        (
            french_date(row.date),
            wording.CERTAINTIES[str(row.certainty)],
            str(row.text),
            row.source_key if isinstance(row.source_key, str) else "",
        )
        for row in rows.itertuples()
    )


def _told_parties(parties: pd.DataFrame, key: str) -> pd.DataFrame:
    rows = parties[parties.partnership_id == key].sort_values("party_rank")
    told = rows.assign(kind=rows.kind.map(wording.KINDS), role=rows.role.map(wording.ROLES))
    columns = ["party_name", "kind", "role", "finess_ej", "finess_et", "city", "is_located", "note"]
    return told[columns].reset_index(drop=True)


def _told_links(collection: Collection, key: str) -> tuple[tuple[str, str, str], ...]:
    links = collection.links
    titles = collection.partnerships.set_index("partnership_id").title
    ahead = links[links.partnership_id == key]
    back = links[links.target_id == key]
    told = [
        *zip(ahead.relation.map(wording.RELATIONS), ahead.target_id, strict=True),
        *zip(back.relation.map(wording.REVERSED_RELATIONS), back.partnership_id, strict=True),
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


def _shown(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Write the codes of a table as labels, under French names."""
    lists = {
        "form": wording.FORMS, "domains": wording.DOMAINS, "sectors": wording.SECTORS,
        "status": wording.STATUSES, "confidence": wording.CONFIDENCES, "kind": wording.KINDS,
        "role": wording.ROLES, "relation": wording.RELATIONS, "origin": wording.ORIGINS,
    }  # fmt: skip
    codes = {column: labels for column, labels in lists.items() if column in table}
    certain = [column for column in table if str(column).endswith("certainty")]
    codes |= {str(column): wording.CERTAINTIES for column in certain}
    labelled = table.copy()
    for column, labels in codes.items():
        labelled[column] = [_labels(cell, labels) for cell in table[column]]
    for column in ("allowed", "next_steps", "disagreements"):
        if column in labelled:
            labelled[column] = [" | ".join(sentences(cell)) or None for cell in labelled[column]]
    names = dict(wording.EXPORT_COLUMNS)
    if name == "sources":
        names["title"] = wording.SOURCE_TITLE
    return labelled.rename(columns=names)


def export_tables(collection: Collection) -> dict[str, pd.DataFrame]:
    """
    Lay the five tables out for files.

    Returns
    -------
    tables
        By the French name of their sheet; French columns, labels in the place of codes, dates as
        they are known ("2018", "2018-03", "2018-03-16"), one row per partnership, party, event,
        source and link.
    """
    tables = {
        "partnerships": collection.partnerships,
        "parties": collection.parties,
        "events": collection.events,
        "sources": collection.sources,
        "links": collection.links,
    }
    return {wording.SHEETS[name]: _shown(name, table) for name, table in tables.items()}


def flat_table(collection: Collection) -> pd.DataFrame:
    """
    Lay partnerships out for a program, one row each.

    Returns
    -------
    table
        The columns of `partnerships` in codes, then `partners` (names) and `source_urls`, both
        joined by " | "; missing when there is none.
    """
    heads = collection.partnerships
    urls = collection.sources.dropna(subset=["url"]).groupby("partnership_id").url.agg(" | ".join)
    return heads.assign(
        partners=heads.partnership_id.map(_partners(collection, " | ")),
        source_urls=heads.partnership_id.map(urls),
    )


def as_json(collection: Collection) -> str:
    """
    Write partnerships for a program, all that belongs to one inside it.

    Returns
    -------
    text
        JSON list: the columns of `partnerships`, and the lists `parties`, `events`, `sources`,
        `links`; unknown values are null.
    """
    nested = {
        name: _rows_by_partnership(getattr(collection, name))
        for name in ("parties", "events", "sources", "links")
    }
    rows = [
        row | {name: lists.get(str(row["partnership_id"]), []) for name, lists in nested.items()}
        for row in _plain_rows(collection.partnerships)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _plain_rows(table: pd.DataFrame) -> list[dict[str, object]]:
    """Rows of a table with the types of JSON."""
    rows: list[dict[str, object]] = json.loads(table.to_json(orient="records", double_precision=15))
    return rows


def _rows_by_partnership(table: pd.DataFrame) -> dict[str, list[dict[str, object]]]:
    """Rows of a table under the partnership they belong to, which they no longer name."""
    return {
        str(key): _plain_rows(group.drop(columns="partnership_id"))
        for key, group in table.groupby("partnership_id", sort=False)
    }
