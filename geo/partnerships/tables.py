"""Partnerships told in French: the table, the matrix, the exports."""

import json
from collections.abc import Mapping

import pandas as pd

from geo.atlas import vocabulary
from geo.partnerships import words_tables as wording
from geo.partnerships.collection import Collection, french_date, french_end, sentences
from geo.partnerships.counts import split

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
        Columns of `geo.partnerships.words_tables.COLUMNS`, in the order of the collection; texts,
        and the number of sources.
    """
    heads = collection.partnerships
    names = collection.ghts.set_index("ght_code").ght_name
    counts = collection.sources.groupby("partnership_id").size()
    table = pd.DataFrame(
        {
            "title": heads.title,
            "ght": [_COMMA.join(names[code] for code in split(cell)) for cell in heads.ght_codes],
            "partners": heads.partnership_id.map(_partners(collection)),
            "form": heads.form.map(vocabulary.FORMS),
            "domains": [_labels(cell, vocabulary.DOMAINS) for cell in heads.domains],
            "sectors": [_labels(cell, vocabulary.SECTORS) for cell in heads.sectors],
            "status": heads.status.map(vocabulary.STATUSES),
            "start": [
                french_date(*cells)
                for cells in zip(heads.start_date, heads.start_certainty, strict=True)
            ],
            "end": [
                french_end(*cells)
                for cells in zip(heads.ended, heads.ended_certainty, heads.status, strict=True)
            ],
            "confidence": heads.confidence.map(vocabulary.CONFIDENCES),
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
    domains = long.domain.map(vocabulary.DOMAINS).fillna(vocabulary.UNKNOWN_DOMAIN)
    crossed = pd.crosstab(long.form.map(vocabulary.FORMS), domains).astype("Int64")
    rows = [label for label in vocabulary.FORMS.values() if label in crossed.index]
    columns = [*vocabulary.DOMAINS.values(), vocabulary.UNKNOWN_DOMAIN]
    shown = crossed.reindex(index=rows, columns=[c for c in columns if c in crossed.columns])
    return shown.rename_axis(index=wording.COLUMNS["form"], columns=wording.COLUMNS["domains"])


def _shown(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Write the codes of a table as labels, under French names."""
    lists = {
        "form": vocabulary.FORMS, "domains": vocabulary.DOMAINS, "sectors": vocabulary.SECTORS,
        "status": vocabulary.STATUSES, "confidence": vocabulary.CONFIDENCES,
        "kind": vocabulary.PARTY_KINDS,
        "role": vocabulary.ROLES, "relation": vocabulary.RELATIONS, "origin": vocabulary.ORIGINS,
    }  # fmt: skip
    codes = {column: labels for column, labels in lists.items() if column in table}
    certain = [column for column in table if str(column).endswith("certainty")]
    codes |= {str(column): vocabulary.CERTAINTIES for column in certain}
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
