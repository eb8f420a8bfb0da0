"""Other vintages and parameters in the manifest: no page, PDF nor answer says the old ones."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pypdf
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.atlas.load import BUNDLED, FOLDER_VARIABLE, load_atlas
from geo.atlas.manifest import FILE_NAME
from geo.profile.pdf import to_pdf
from geo.profile.territory import profile
from geo.territories.measures import MEASURES
from tests import builders
from tests.app.screens import html, opened_at, search, text

pytestmark = [
    pytest.mark.app,
    pytest.mark.data,
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
OTHER = {
    "contours": "1901", "cog_communes": "1902", "populations": "1903", "mayotte": "1904",
    "context": "1905", "finess": "1906-05-04", "members_2024": "1907", "members": "1899",
    "ages": "1898", "incomes": "1897", **{f"sae_{year}": "1896" for year in range(2019, 2025)},
}  # fmt: skip
OTHER_TIME = "en diligence, relais de 1908"
# What the bundled data say today, in the words around each fact.
OLD = re.compile(
    r"FINESS,? 8 janvier 2021|FINESS (?:de )?2021|2021 \(FINESS\)|[Cc]ontours (?:IGN )?2018"
    r"|2024 \(SAE\)|membres 2024|listes? : 2024|réseau 2025|2,5 min avec|population 2023"
    r"|comparateur 2024|géographique (?:de )?2026|COG 2026|municipales 2023|Mayotte : 2017"
)
# Written by the build with the vintages of its day, or by hand from a source of its own.
BAKED = (
    "anomalies", "reconciliations", "partnerships", "partnership_parties",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bundled data under a manifest that states other vintages and parameters."""
    made = tmp_path_factory.mktemp("other") / "data"
    for path in (path for path in BUNDLED.rglob("*") if path.is_file()):
        link = made / path.relative_to(BUNDLED)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(path)
    manifest: dict[str, Any] = json.loads((BUNDLED / FILE_NAME).read_text("utf-8"))
    for source in manifest["sources"]:
        source["vintage"] = OTHER.get(source["key"], source["vintage"])
    manifest["parameters"] |= {"travel_time": OTHER_TIME, "travel_error_min": 7.36}
    (made / FILE_NAME).unlink()
    (made / FILE_NAME).write_text(json.dumps(manifest), "utf-8")
    for name in BAKED:
        table = pd.read_parquet(BUNDLED / f"{name}.parquet").replace(OLD, "un jour", regex=True)
        (made / f"{name}.parquet").unlink()
        table.to_parquet(made / f"{name}.parquet", index=False)
        builders.resign(made, name)
    return made


@pytest.fixture
def other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Serve those data, and nothing that was kept of the others."""
    st.cache_resource.clear()
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    yield
    st.cache_resource.clear()


def said(app: AppTest) -> str:
    """Everything written on a page, the help of its controls too."""
    helps = [f"{element.proto.help} {element.options}" for element in app.selectbox]
    tables = [str(frame.value.to_numpy().tolist()) for frame in app.dataframe]
    return "\n".join([text(app), html(app), *helps, *tables])


@pytest.mark.parametrize(
    ("page", "address", "expected"),
    [
        ("carte", {"indicateur": "mean_travel_time_min"}, OTHER_TIME),
        ("carte", {"indicateur": "member_count"}, "listes : 1907"),
        ("comparer", {"indicateur": "site_count"}, "FINESS 4 mai 1906"),
        ("territoire", {"territoire": "GE-06"}, OTHER_TIME),
        ("bassins", {"volet": "methode"}, OTHER_TIME),
        ("donnees", {"table": "communes"}, "comparateur 1905"),
        ("donnees", {"table": "regions"}, "COG 1902"),
        ("etablissements", {}, ""),
        ("partenariats", {}, ""),
    ],
)
@pytest.mark.usefixtures("other")
def test_a_page_says_the_vintages_of_its_data(
    repository: Path, page: str, address: dict[str, str], expected: str
) -> None:
    shown = said(opened_at(repository, page, **address))
    assert expected in shown
    assert OLD.findall(shown) == []
    assert not re.search(r"\{[a-z_]+\}", shown), "a template that nobody filled"


@pytest.mark.usefixtures("other")
def test_the_answer_for_a_commune_says_how_times_are_estimated(repository: Path) -> None:
    app = opened_at(repository, "bassins", volet="commune")
    shown = said(search(app, "commune", "10323", "commune"))
    assert OTHER_TIME in shown
    assert OLD.findall(shown) == []


def test_the_pdf_and_the_recipes_say_the_vintages_of_their_data(folder: Path) -> None:
    aube = profile(load_atlas(folder), "GE-06")
    pages = pypdf.PdfReader(io.BytesIO(to_pdf(aube))).pages
    printed = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert f"{OTHER_TIME} ; écart moyen de 7,4 min" in printed
    assert OLD.findall(printed) == []
    formulas = {key: made.formula for key, made in aube.recipes.items()}
    assert set(formulas) == set(MEASURES)
    assert OLD.findall(" ".join(formulas.values())) == []
    assert "1903" in formulas["population"]
