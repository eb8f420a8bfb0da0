"""Schemas: every fault of a table, in one message."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.atlas.manifest import BundledFile, Manifest
from geo.atlas.schema import (
    AREA_CODE,
    FINESS,
    GHT_CODE,
    INSEE_CODE,
    TABLES,
    check_table,
    dictionary,
)
from geo.build.dictionary import write_dictionary
from geo.errors import SourceError
from tests import builders

VALID = builders.small_tables()


def faults_of(name: str, table: pd.DataFrame) -> list[str]:
    with pytest.raises(SourceError) as error:
        check_table(name, table)
    assert error.value.subject == f"table {name}"
    return list(error.value.faults)


@pytest.mark.parametrize("name", TABLES)
def test_a_valid_table_passes_with_its_columns_in_order(name: str) -> None:
    turned = VALID[name][list(VALID[name].columns)[::-1]].iloc[::-1]
    checked = check_table(name, turned)
    assert list(checked.columns) == list(TABLES[name].columns)
    assert list(checked.index) == list(range(len(turned)))


@pytest.mark.parametrize("name", TABLES)
def test_a_repeated_key_is_refused(name: str) -> None:
    twice = pd.concat([VALID[name], VALID[name].head(1)])
    faults = faults_of(name, twice)
    for key in TABLES[name].unique or []:
        value = VALID[name][key].iloc[0]
        assert f"clé {key} en double : {value}. Gardez une seule ligne par clé." in faults


@pytest.mark.parametrize("name", TABLES)
def test_missing_columns_are_all_named(name: str) -> None:
    first, second = list(TABLES[name].columns)[:2]
    (fault,) = faults_of(name, VALID[name].drop(columns=[first, second]))
    assert fault.startswith(f"colonne(s) absente(s) : {first}, {second}. Colonnes lues : ")
    assert fault.endswith("Reprenez le fichier d'origine ou renommez les colonnes.")


def test_all_the_faults_of_a_table_are_told_together() -> None:
    """A bad code, a negative population, a point in Africa, an unknown name."""
    spoilt = VALID["communes"].assign(
        insee_code=["1", "10002"], population=pd.array([-5, 300], "Int64"), anchor_lat=[0.0, 80.0],
        commune_name=pd.Series(["Ville", None], dtype="str"),
    )  # fmt: skip
    faults = faults_of("communes", spoilt)
    assert len(faults) == 4
    for column, value in {
        "insee_code": "1", "population": "-5", "anchor_lat": "80.0", "commune_name": "nan",
    }.items():  # fmt: skip
        (said,) = [fault for fault in faults if fault.startswith(f"colonne {column}, ")]
        assert f"non respectée : {value}. Corrigez la source ou le schéma." in said


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("communes", {"population": [1.5, 2.5]}),
        ("communes", {"population": pd.array([1, None], "Int64")}),
        ("communes", {"insee_code": [10001, 10002]}),
        ("communes", {"area_km2": [np.nan, 1.0]}),
        ("communes", {"anchor_lon": [200.0, 0.0]}),
        ("establishments", {"public_status": "Public"}),
        ("establishments", {"finess_et": "10000001"}),
        ("establishments", {"is_general": 1}),
        ("ghts", {"support_evidence": ["guessed", "unknown"]}),
        ("members", {"role": ["support", "membre"]}),
        ("members", {"evidence": ["read", None]}),
        ("assignments", {"margin_min": [-2.0, 0.0]}),
        ("assignments", {"area_code": ["GE-6", "GE-06"]}),
        ("territories", {"status": ["modelled", "thematic", "ok"]}),
        ("published", {"source_url": "javascript:alert(1)"}),
        ("published", {"figure": ["beds", "beds", "doctors"]}),
    ],
)
def test_a_value_out_of_its_domain_is_refused(name: str, change: dict[str, object]) -> None:
    (column,) = change
    faults = faults_of(name, VALID[name].assign(**change))  # type: ignore[arg-type]
    assert any(fault.startswith(f"colonne {column}, règle ") for fault in faults)


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (INSEE_CODE, ["01001", "2A004", "97411"], ["1001", "2C004", "010010", "01001\n1", " 1001"]),
        (FINESS, ["100000017", "2A0000012", "970211207"], ["10000001", "1000000177", "2C0000012"]),
        (GHT_CODE, ["GE-06", "PACA-05", "ARA-01"], ["GE-6", "ge-06", "GE06", "LONGS-01"]),
        (AREA_CODE, ["GE-06", "HORS-750712184", "HORS-2A0000012", "NON-AFFECTE"],
         ["HORS-75071218", "HORS", "NON-AFFECTEE", "XNON-AFFECTE"]),
    ],
)  # fmt: skip
def test_the_form_of_codes(pattern: str, good: list[str], bad: list[str]) -> None:
    assert [code for code in good if not re.search(pattern, code)] == []
    assert [code for code in bad if re.search(pattern, code)] == []


def test_the_dictionary_describes_every_column_in_french() -> None:
    words = dictionary(builders.vintages())
    assert len(words) == sum(len(schema.columns) for schema in TABLES.values())
    assert (words.description.str.len() > 2).all()
    units = words.set_index(["table", "column"]).unit
    assert units["communes", "population"] == "habitants"
    assert units["territories", "area_km2"] == "km²"
    assert units["communes", "commune_name"] == ""


def test_the_readme_of_the_data_tells_rows_columns_and_sources(tmp_path: Path) -> None:
    tables = {name: BundledFile(f"{name}.parquet", "0" * 64, 1, 7) for name in TABLES}
    source = {
        "key": "cog_communes", "title": "Code officiel", "producer": "INSEE", "vintage": "2026",
        "licence": "Licence Ouverte 2.0", "url": "https://insee.fr", "sha256": "abc",
    }  # fmt: skip
    write_dictionary(tmp_path, Manifest("2026-11-21", "0.1.0", tables, (source,), {}))
    text = (tmp_path / "README.md").read_text("utf-8")
    row = "| Code officiel | INSEE | 2026 | Licence Ouverte 2.0 | https://insee.fr | abc |"
    assert row in text
    for name, schema in TABLES.items():
        assert f"### {name} (7 lignes)" in text
        assert all(f"| {column} |" in text for column in schema.columns)
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} == {6, 7}, "no cell breaks a table"


def test_a_refusal_without_detail_is_still_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the checker reports, a table it refuses never passes."""
    monkeypatch.setattr("geo.atlas.schema._note", lambda *_: None)
    assert faults_of("ghts", VALID["ghts"].assign(reg_code="?")) == [
        "schéma refusé sans détail. Signalez ce défaut."
    ]
