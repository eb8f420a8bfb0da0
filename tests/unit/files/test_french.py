"""Bundled tables as a French analyst opens them."""

import io
import re

import pandas as pd
import pytest

from geo.atlas.load import Atlas, load_atlas
from geo.files.contents import PARTS, READERS, extract
from geo.files.csv import to_csv
from geo.files.extract import with_table
from geo.files.french import in_french

CONTENTS = (*READERS, *PARTS)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def read(content: bytes) -> pd.DataFrame:
    """Open a file as an analyst does, without any care."""
    return pd.read_csv(io.BytesIO(content), sep=";", decimal=",", encoding="utf-8-sig")


@pytest.mark.parametrize("what", CONTENTS)
def test_every_heading_is_french_and_said_once(atlas: Atlas, what: str) -> None:
    headings = [str(name) for name in in_french(atlas, extract(atlas, what)).table]
    assert not [name for name in headings if re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", name)]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("what", CONTENTS)
def test_no_value_is_a_code_of_ours(atlas: Atlas, what: str) -> None:
    table = in_french(atlas, extract(atlas, what, region="44")).table
    for name in map(str, table.select_dtypes(include=["str"]).columns):
        if "dentifiant" not in name and "ource" not in name:
            codes = (
                table[name].dropna().map(lambda text: re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", text))
            )
            assert not codes.any(), name


def test_the_sum_of_a_column_is_the_sum_of_the_region(atlas: Atlas) -> None:
    made = extract(atlas, "territories", region="44")
    table = read(to_csv(in_french(atlas, made).table))
    assert len(table) == len(made.table)
    assert table["Population modélisée"].sum() == made.table.population.sum()
    assert pd.api.types.is_integer_dtype(table["Communes"])
    assert set(table["Région"]) == {"Grand Est"}


def test_figures_have_the_decimals_of_the_screen(atlas: Atlas) -> None:
    table = in_french(atlas, extract(atlas, "territories", ght="GE-06")).table.iloc[0]
    assert table["Superficie (km²)"] == round(table["Superficie (km²)"])
    assert table["Densité (hab./km²)"] == round(table["Densité (hab./km²)"], 1)


def test_the_dictionary_leads_to_the_technical_names(atlas: Atlas) -> None:
    made = in_french(atlas, extract(atlas, "communes", region="94"))
    names = dict(zip(made.meanings["Colonne"], made.meanings["Nom technique"], strict=True))
    assert names["Code commune"] == "insee_code"
    assert set(names) <= set(made.table)


def test_a_table_of_a_page_stays_as_it_is(atlas: Atlas) -> None:
    table = pd.DataFrame({"Nom": ["Troyes"], "kind": ["ght"]})
    assert in_french(atlas, with_table(atlas, "Essai", "France", table)).table.equals(table)
