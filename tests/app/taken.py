"""What the buttons of a page offer, called as the server does, and read back."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import streamlit as st

Files = dict[str, Callable[[], bytes]]


def offered(monkeypatch: pytest.MonkeyPatch) -> Files:
    """Keep what each button makes, by key, and its name under the key followed by "nom"."""
    found: Files = {}
    button = st.download_button

    def offer(label: str, **given: Any) -> bool:  # noqa: ANN401
        key = given.get("key", label)
        found[key], found[f"{key} nom"] = given["data"], given["file_name"].encode
        return bool(button(label, **given))

    monkeypatch.setattr(st, "download_button", offer)
    return found


def read_csv(content: bytes) -> pd.DataFrame:
    return pd.read_csv(
        io.BytesIO(content), sep=";", decimal=",", encoding="utf-8-sig",
        dtype={"Code": "str", "Code commune": "str"},
    )  # fmt: skip


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells), "no text of a workbook runs"
    return {page.title: [[c.value for c in row] for row in page.iter_rows()] for page in book}


def read_layer(content: bytes, form: str, folder: Path) -> gpd.GeoDataFrame:
    path = folder / f"couche.{form}"
    path.write_bytes(content)
    return gpd.read_parquet(path) if form == "parquet" else gpd.read_file(path)


def words(svg: bytes) -> str:
    root = ET.fromstring(svg)  # noqa: S314
    return " ".join("".join(node.itertext()) for node in root.iter() if node.tag.endswith("text"))


def same(table: pd.DataFrame, screen: pd.DataFrame) -> None:
    """Compare what is read back with the table on screen; unknown stays unknown."""
    assert list(table.columns) == list(screen.columns)
    for name in screen.columns:
        if pd.api.types.is_numeric_dtype(screen[name]):
            first, second = (part[name].astype("Float64") for part in (table, screen))
            assert (first.isna().to_numpy() == second.isna().to_numpy()).all(), name
            known = second.notna().to_numpy()
            assert first[known].to_list() == pytest.approx(second[known].to_list()), name
        else:
            assert table[name].fillna("").to_list() == screen[name].fillna("").to_list(), name
