"""The page of establishments, run by Streamlit's own tester: normal, empty, wrong link, broken."""

import io
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.atlas.load import Atlas, default_folder
from geo.establishments.explorer import PAGE_SIZE, Query
from geo.ui.etablissements import cache as etablissements_cache
from geo.ui.etablissements import map as etablissements_map
from geo.ui.etablissements import view as etablissements_view
from geo.ui.etablissements.view import View
from geo.ui.shared import assets, cache, view
from geo.ui.shared.downloads import table_bytes
from tests.app.screens import painted, search, search_box, sent

pytestmark = [
    pytest.mark.app,
    pytest.mark.usefixtures("shared_caches"),
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
NARROW = "\u202f"


def opened(repository: Path, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(repository / "dashboard.py"), default_timeout=120)
    app.session_state[view.PAGE] = "etablissements"
    app.switch_page("pages/etablissements.py")
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def bodies(app: AppTest) -> list[str]:
    return [element.proto.body for element in app.get("html")]


def text(app: AppTest) -> str:
    """Everything written on the page."""
    parts = [element.value for element in [*app.caption, *app.warning, *app.info, *app.error]]
    return re.sub(r"\\(?=\W)", "", "\n".join([*bodies(app), *parts]))


def rows(app: AppTest) -> list[list[str]]:
    """Cells of the table of sites."""
    found = next((body for body in bodies(app) if 'aria-label="Les mêmes sites' in body), "")
    lines = re.findall(r"<tr>(.*?)</tr>", found)[1:]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in lines]


def address(app: AppTest) -> dict[str, str]:
    """Read the address; the tester gives a parameter that it was given itself as a list."""
    held = {name: app.query_params[name] for name in app.query_params}
    return {name: "".join(value) for name, value in held.items()}


def test_the_page_shows_every_site(repository: Path, atlas: Atlas) -> None:
    app = opened(repository)
    total = len(atlas.establishments)
    assert f"<dd>{total:,}<".replace(",", NARROW) in text(app)
    assert len(rows(app)) == PAGE_SIZE
    assert "Page 1 sur " in text(app)
    assert painted(app)["sites"] == "aucun", "the map of territories draws none by itself"
    assert etablissements_cache.found(Query()).mask in sent(app)
    assert not app.warning
    assert not app.query_params


def test_filters_apply_to_the_table_the_map_and_the_address(repository: Path) -> None:
    app = opened(repository)
    app.selectbox(key="etablissements_region").select("53").run()
    app.selectbox(key="etablissements_departement").select("35").run()
    app.selectbox(key="etablissements_role").select("support").run()
    search(app, "etablissements_text", "renes", "texte")
    assert {row[3] for row in rows(app)} == {"Ille-et-Vilaine"}
    assert {row[7] for row in rows(app)} == {"Support, publié"}
    query = Query(region="53", departement="35", role="support", text="renes")
    assert etablissements_cache.found(query).mask in sent(app)
    assert address(app) == {
        "region": "53", "departement": "35", "role": "support", "texte": "renes",
    }  # fmt: skip
    app.button(key="etablissements_effacer").click().run()
    assert not app.query_params
    assert search_box(app, "etablissements_text")["value"] == ""


def test_a_link_opens_the_same_choice(repository: Path) -> None:
    app = opened(repository, ght="GE-06", categorie="ch", statut="public")
    assert search_box(app, "etablissements_area")["value"] == "Aube et Sézannais (GE-06)"
    assert painted(app)["selected"] == "GE-06"
    assert {row[6] for row in rows(app)} == {"Aube et Sézannais"}
    assert {row[4] for row in rows(app)} == {"Centre hospitalier"}
    assert address(app)["territoire"] == "GE-06"


def test_pages_turn_and_start_again_with_another_choice(repository: Path) -> None:
    app = opened(repository, page="2")
    first = rows(app)[0]
    assert "Sites 51 à 100 sur" in text(app)
    app.button(key="etablissements_chevron_right").click().run()
    assert address(app)["page"] == "3"
    assert rows(app)[0] != first
    app.button(key="etablissements_chevron_left").click().run()
    assert rows(app)[0] == first
    app.button(key="etablissements_last_page").click().run()
    assert app.button(key="etablissements_chevron_right").disabled
    app.selectbox(key="etablissements_group").select("cancer").run()
    assert "page" not in app.query_params
    assert not [button for button in app.button if str(button.key).endswith("first_page")]


@pytest.mark.parametrize("widget", ["region", "area"])
def test_shared_filters_start_at_the_first_page_too(repository: Path, widget: str) -> None:
    app = opened(repository, page="2")
    if widget == "region":
        app.selectbox(key="etablissements_region").select("53").run()
    else:
        search(app, "etablissements_area", "BRE-05")
    assert "page" not in app.query_params


def test_a_region_keeps_only_its_departements(repository: Path) -> None:
    app = opened(repository, departement="10")
    assert app.selectbox(key="etablissements_departement").value == "10"
    app.selectbox(key="etablissements_region").select("53").run()
    assert app.selectbox(key="etablissements_departement").value is None
    assert len(app.selectbox(key="etablissements_departement").options) == 4


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"departement": "999"}, "departement = « 999 »"),
        ({"categorie": "<script>"}, "categorie = « <script> »"),
        ({"role": "roi"}, "role = « roi »"),
        ({"statut": "x"}, "statut = « x »"),
        ({"page": "0"}, "page = « 0 »"),
        ({"page": "-1"}, "page = « -1 »"),
        ({"page": "99999999"}, "page = « 99999999 »"),
        ({"page": "²"}, "page = « ² »"),
        ({"entite": "999999999"}, "entite = « 999999999 »"),
        ({"ght": "XX-99"}, "ght = « XX-99 »"),
        ({"region": "53", "departement": "10"}, "Le département « 10 » n'est pas"),
    ],
)
def test_a_wrong_link_falls_back_and_says_so(
    repository: Path, parameters: dict[str, str], said: str
) -> None:
    app = opened(repository, **parameters)
    assert said in text(app)
    assert len(app.warning) == 1
    assert len(rows(app)) == PAGE_SIZE
    app.selectbox(key="etablissements_group").select("ch").run()
    assert not app.warning


def test_a_page_too_far_gives_the_last(repository: Path) -> None:
    app = opened(repository, page="9999", categorie="cancer")
    assert "Sites 1 à " in text(app)


def test_a_choice_that_keeps_nothing_says_what_to_do(repository: Path) -> None:
    app = opened(repository, texte="xqzkjw")
    assert "Élargissez un filtre" in app.info[0].value
    assert not rows(app)
    assert not app.get("download_button")
    assert set(painted(app)["texts"]) == {"0"}


def test_the_sheet_of_an_entity_says_what_is_known(repository: Path) -> None:
    app = opened(repository, entite="100000017", ght="GE-06")
    shown = text(app)
    assert "<h2>CH de Troyes</h2>" in shown
    assert "Support, publié" in shown
    assert "prouvée : la somme des membres redonne les totaux publiés" in shown
    assert "FINESS et SAE" in shown
    assert "Lits de MCO" in shown
    own = cache.atlas().establishments[cache.atlas().establishments.finess_ej == "100000017"]
    assert f"{own.is_general.sum()} sur {len(own)}" in shown
    assert all(reason in unescape(shown) for reason in own.general_reason)
    app.button(key="etablissements_fermer").click().run()
    assert "<h2>CH de Troyes</h2>" not in text(app)
    assert "entite" not in app.query_params


def test_an_entity_of_the_page_can_be_opened(repository: Path) -> None:
    app = opened(repository, ght="GE-06")
    search(app, "etablissements_entity", "100000041", "entite")
    assert address(app)["entite"] == "100000041"
    app.button(key="etablissements_effacer").click().run()
    assert address(app)["entite"] == "100000041", "the sheet outlives the filters"


def test_a_number_taken_over_leads_to_the_successor_that_says_so(repository: Path) -> None:
    app = opened(repository, entite="030180020")
    assert "reprise depuis par « CH de Montluçon »" in app.warning[0].value
    assert "CH de Néris-les-Bains (030180020) : le même site" in text(app)
    assert "A repris" in text(app)
    assert address(app)["entite"] == "030780100"


def test_an_entity_without_a_site_says_so(repository: Path) -> None:
    app = opened(repository, entite="290000306")
    assert "aucun site dans le registre" in app.info[0].value


def test_the_grid_holds_the_first_rows_and_says_so(repository: Path) -> None:
    app = opened(repository)
    app.toggle(key="etablissements_grille").set_value(True).run()
    assert len(app.dataframe[0].value) == 2000
    assert f"2{NARROW}000 premiers sites" in text(app)
    app.selectbox(key="etablissements_group").select("cancer").run()
    assert f"{len(app.dataframe[0].value)}\u00a0sites." in text(app)


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson", "gpkg", "parquet"])
def test_files_hold_exactly_the_sites_kept(atlas: Atlas, form: str, tmp_path: Path) -> None:
    query = Query(area="GE-06", group="ch")
    content = table_bytes(etablissements_cache.content(query), form)
    sites = atlas.establishments
    wanted = set(sites.finess_et[(sites.ght_code == "GE-06") & (sites.category_group == "ch")])
    if form == "csv":
        table = pd.read_csv(io.BytesIO(content), sep=";", dtype="str", encoding="utf-8-sig")
        found = set(table["FINESS du site"])
    elif form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = list(book.worksheets[0].values)
        found = {str(line[0]) for line in cells[1:]}
        notes = [line[:2] for line in book.worksheets[-1].values]
        assert ("Catégorie", "Centre hospitalier") in notes
    else:
        path = tmp_path / f"sites.{form}"
        path.write_bytes(content)
        frame = gpd.read_parquet(path) if form == "parquet" else gpd.read_file(path)
        found = set(frame.finess_et)
        assert frame.geometry.notna().all()
    assert found == wanted


def test_the_picture_shows_the_sites_kept() -> None:
    """Marks of the legend, filters in the title, sites without coordinates counted."""
    picture = etablissements_cache.picture(Query(region="44", group="ch"))
    assert picture is not None
    drawing = picture.draw("svg").decode()
    assert "Établissements – Grand Est, Centre hospitalier" in drawing
    assert "Centre hospitalier" in drawing
    assert "CHU ou CHR" not in drawing
    assert picture.draw("png").startswith(b"\x89PNG")
    assert picture.draw("pdf").startswith(b"%PDF")


def test_a_picture_around_one_territory_and_around_nothing() -> None:
    one = etablissements_cache.picture(Query(area="GE-06"))
    assert one is not None
    assert "Aube et Sézannais" in one.draw("svg").decode()
    assert etablissements_cache.picture(Query(area="HF-13")) is None


def test_a_click_on_a_territory_keeps_its_sites(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: dict[str, Any] = {}

    def shown(_: object, __: object, key: str, on_click: Callable[[], None]) -> None:
        answers.update(key=key, on_click=on_click)

    monkeypatch.setattr(etablissements_map, "show_folium", shown)
    picked: list[str | None] = []
    monkeypatch.setattr(etablissements_view, "pick_area", picked.append)
    opened(repository)
    for click in ({"area_code": "GE-06"}, {"area_code": "XX"}, {"area_code": None}):
        with monkeypatch.context() as patch:
            held = {answers["key"]: {"atlas_click": click}}
            patch.setattr(st, "session_state", held)
            answers["on_click"]()
    assert picked == ["GE-06", None]


def test_the_sites_are_published_again_when_they_are_gone(repository: Path) -> None:
    opened(repository)
    address = etablissements_cache.sites_address()
    path = assets.STATIC_FOLDER / address.removeprefix(assets.FROM_FRAME)
    path.unlink()
    assert etablissements_cache.sites_address() == address
    assert path.is_file()


def test_a_folder_that_cannot_be_written_leaves_the_table(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise OSError

    etablissements_cache._sites_file.clear()
    monkeypatch.setattr(etablissements_cache, "publish", refuse)
    app = opened(repository)
    assert "La carte est indisponible" in app.warning[0].value
    assert len(rows(app)) == PAGE_SIZE


def test_broken_data_is_said_in_one_sentence_and_nothing_else(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(default_folder(), folder, ignore=shutil.ignore_patterns("shapes"))
    (folder / "establishments.parquet").write_bytes(b"PAR1")
    monkeypatch.setenv("ATLAS_GHT_DATA", str(folder))
    app = opened(repository)
    assert len(app.error) == 1
    assert "make data" in app.error[0].value
    assert not rows(app)
    assert not app.selectbox


def test_a_view_is_read_back_from_its_own_address(repository: Path) -> None:
    opened(repository)
    chosen = View("10", "ch", "support", "public", "Troyes", 3, "100000017")
    parameters = etablissements_view.to_parameters(chosen)
    assert etablissements_view.read_view(parameters) == (chosen, ())


def test_what_is_proposed_for_a_search_filters_and_opens(repository: Path) -> None:
    app = opened(repository)
    search(app, "etablissements_text", "510000177", "etablissement")
    assert (app.query_params["texte"], app.query_params["entite"]) == ("510000177", "100006279")
    search(app, "etablissements_text", "10323", "commune")
    assert app.query_params["texte"] == "Romilly-sur-Seine"
    search(app, "etablissements_text", "GE-06")
    assert app.query_params["territoire"] == "GE-06"
    search(app, "etablissements_text", None)
    assert "texte" not in app.query_params
