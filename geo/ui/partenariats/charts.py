"""The charts of partnerships with their tables, and their files, made once for all sessions."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from geo.drawing import charts as drawing_charts
from geo.partnerships import charts as partnerships_charts
from geo.partnerships import network_chart
from geo.partnerships import words as partnerships_words
from geo.partnerships import words_tables as partnerships_words_tables
from geo.partnerships.collection import Collection, Filters
from geo.partnerships.network import Network, network
from geo.partnerships.tables import export_tables, matrix
from geo.partnerships.timeline import timeline, undated
from geo.ui.partenariats import cache as partenariats_cache
from geo.ui.shared import cache
from geo.ui.shared.html import table_html


@st.cache_resource(show_spinner=False, max_entries=100)
def _timeline(version: str, digest: str, key: str, _filters: Filters) -> dict[str, Any]:  # noqa: ARG001
    kept = partenariats_cache.shown(_filters).collection
    until = pd.Timestamp(cache.atlas().manifest.build_date[:10])
    rows = timeline(kept)
    table = partnerships_charts.timeline_table(rows)
    return {
        "spec": drawing_charts.spec(partnerships_charts.timeline_chart(rows, until))
        if len(rows)
        else None,
        "table": table,
        "html": table_html(
            table,
            partnerships_words.TABLE["frise"],
            partnerships_words.TIMELINE_COLUMNS["title"],
        ),
        "undated": dict(undated(kept).itertuples(index=False, name=None)),
        "precisions": tuple(rows.precision[rows.row_kind == "evenement"].unique()),
    }


def timeline_of(filters: Filters) -> dict[str, Any]:
    """Draw what passes the filters in time: `spec`, `table`, `html`, `undated`."""
    return _timeline(*partenariats_cache.current_key(), repr(filters), filters)


@st.cache_resource(show_spinner=False, max_entries=100)
def _network(
    version: str,  # noqa: ARG001
    digest: str,  # noqa: ARG001
    key: str,  # noqa: ARG001
    _filters: Filters,
    ght: str,
) -> dict[str, Any]:
    kept = partenariats_cache.shown(_filters).collection
    graph: Network = network(kept, ght)
    table = network_chart.network_table(graph)
    return {
        "spec": drawing_charts.spec(network_chart.network_chart(graph)),
        "families": tuple(graph.edges.family.dropna().unique()),
        "statuses": tuple(graph.edges.status.dropna().unique()),
        "sectors": tuple(graph.nodes.sector[graph.nodes.group != "ght"].unique()),
        "table": table,
        "html": table_html(
            table,
            partnerships_words.TABLE["reseau"],
            partnerships_words.NETWORK_COLUMNS["title"],
        ),
    }


def network_of(filters: Filters, ght: str) -> dict[str, Any]:
    """Draw the network of a GHT: `spec`, `table`, `html`."""
    return _network(*partenariats_cache.current_key(), repr(filters), filters, ght)


@st.cache_resource(show_spinner=False, max_entries=100)
def _matrix(version: str, digest: str, key: str, _filters: Filters) -> dict[str, Any]:  # noqa: ARG001
    crossed = matrix(partenariats_cache.shown(_filters).collection)
    table = crossed.reset_index()
    return {
        "spec": drawing_charts.spec(partnerships_charts.matrix_chart(crossed)),
        "table": table,
        "html": table_html(table, partnerships_words.TABLE["matrice"], str(table.columns[0])),
    }


def matrix_of(filters: Filters) -> dict[str, Any]:
    """Cross forms and domains: `spec`, `table`, `html`."""
    return _matrix(*partenariats_cache.current_key(), repr(filters), filters)


# Files


def _file(kept: Collection, name: str) -> pd.DataFrame:
    return export_tables(kept)[name]


def sheets(filters: Filters) -> Mapping[str, Callable[[], pd.DataFrame]]:
    """List the files of what passes the filters: name of the sheet -> what makes its table."""
    kept = partenariats_cache.shown(filters).collection
    return {name: partial(_file, kept, name) for name in partnerships_words_tables.SHEETS.values()}
