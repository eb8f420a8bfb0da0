"""The charts of partnerships with their tables, and their files, made once for all sessions."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from geo.partnerships import charts as partnerships_charts
from geo.partnerships import network_chart
from geo.partnerships import words as partnerships_words
from geo.partnerships import words_tables as partnerships_words_tables
from geo.partnerships.collection import Collection, Filters
from geo.partnerships.network import Network, network
from geo.partnerships.tables import export_tables, matrix
from geo.partnerships.timeline import timeline, undated
from geo.ui.partenariats import cache as partenariats_cache
from geo.ui.partenariats import words
from geo.ui.shared import cache
from geo.ui.shared.html import table_html


@cache.kept(
    per=partenariats_cache.current_key, max_entries=100, hash_funcs=partenariats_cache.BY_TEXT
)
def timeline_of(filters: Filters) -> dict[str, Any]:
    """Draw what passes the filters in time: `spec`, `table`, `html`, `undated`."""
    kept = partenariats_cache.shown(filters).collection
    until = pd.Timestamp(cache.atlas().manifest.build_date[:10])
    rows = timeline(kept)
    table = partnerships_charts.timeline_table(rows)
    return {
        "spec": partnerships_charts.timeline_chart(rows, until) if len(rows) else None,
        "table": table,
        "html": table_html(
            table,
            words.TABLE["frise"],
            partnerships_words.TIMELINE_COLUMNS["title"],
        ),
        "undated": dict(undated(kept).itertuples(index=False, name=None)),
        "precisions": tuple(rows.precision[rows.row_kind == "evenement"].unique()),
    }


@cache.kept(
    per=partenariats_cache.current_key, max_entries=100, hash_funcs=partenariats_cache.BY_TEXT
)
def network_of(filters: Filters, ght: str) -> dict[str, Any]:
    """Draw the network of a GHT: `spec`, `table`, `html`."""
    kept = partenariats_cache.shown(filters).collection
    graph: Network = network(kept, ght)
    table = network_chart.network_table(graph)
    return {
        "spec": network_chart.network_chart(graph),
        "height": network_chart.network_height(graph),
        "families": tuple(graph.edges.family.dropna().unique()),
        "statuses": tuple(graph.edges.status.dropna().unique()),
        "sectors": tuple(graph.nodes.sector[graph.nodes.group != "ght"].unique()),
        "table": table,
        "html": table_html(
            table,
            words.TABLE["reseau"],
            partnerships_words.NETWORK_COLUMNS["title"],
        ),
    }


@cache.kept(
    per=partenariats_cache.current_key, max_entries=100, hash_funcs=partenariats_cache.BY_TEXT
)
def matrix_of(filters: Filters) -> dict[str, Any]:
    """Cross forms and domains: `spec`, `table`, `html`."""
    crossed = matrix(partenariats_cache.shown(filters).collection)
    table = crossed.reset_index()
    return {
        "spec": partnerships_charts.matrix_chart(crossed),
        "table": table,
        "html": table_html(table, words.TABLE["matrice"], str(table.columns[0])),
    }


# Files


def _file(kept: Collection, name: str) -> pd.DataFrame:
    return export_tables(kept)[name]


def sheets(filters: Filters) -> Mapping[str, Callable[[], pd.DataFrame]]:
    """List the files of what passes the filters: name of the sheet -> what makes its table."""
    kept = partenariats_cache.shown(filters).collection
    return {name: partial(_file, kept, name) for name in partnerships_words_tables.SHEETS.values()}
