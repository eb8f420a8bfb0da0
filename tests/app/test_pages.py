"""Each page, run by Streamlit's own tester: normal, bad link, broken data."""

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo import wording
from geo.atlas.load import Atlas, default_folder, load_atlas
from geo.formats import format_number
from geo.ui.carte import panels
from geo.ui.donnees import cache as donnees_cache
from geo.ui.shared import assets, cache, clicks, view
from tests import builders
from tests.app.screens import painted, search, search_box, typed
from tests.app.taken import Files, read_csv, sheets

pytestmark = [
    pytest.mark.app,
    pytest.mark.usefixtures("shared_caches"),
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
PAGES = ("carte", "donnees")


@pytest.fixture
def fresh_caches() -> Iterator[None]:
    """Start like a server does, and leave nothing to the next test."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def broken(fresh_caches: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001
    """Point the application to a copy of the data that a test may damage."""
    folder = tmp_path / "data"
    shutil.copytree(default_folder(), folder, ignore=shutil.ignore_patterns("shapes"))
    monkeypatch.setenv("ATLAS_GHT_DATA", str(folder))
    return folder


def opened(repository: Path, page: str = "carte", **parameters: str) -> AppTest:
    app = AppTest.from_file(str(repository / "dashboard.py"), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    if page != "carte":
        app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    """Everything written on the page."""
    parts = [element.proto.body for element in app.get("html")]
    parts += [element.value for element in [*app.caption, *app.markdown, *app.warning, *app.info]]
    return re.sub(r"\\(?=\W)", "", "\n".join(parts))


def table(app: AppTest) -> list[list[str]]:
    """Cells of the table under the map, a list for each of its rows; none when it is not there."""
    bodies = [element.proto.body for element in app.get("html")]
    found = next((body for body in bodies if 'class="atlas-table"' in body), "")
    start = found.find(', {"caption"')
    said = json.JSONDecoder().raw_decode(found, start + 2)[0] if start > 0 else {"rows": []}
    rows: list[list[str]] = said["rows"]
    return rows


def test_the_map_page_shows_the_country(repository: Path) -> None:
    app = opened(repository)
    shown = text(app)
    assert "Territoires modélisés, sans valeur légale" in shown
    assert "68\u202f350\u202f798" in shown
    assert "Données version" in shown
    assert len(table(app)) == len(load_atlas().territories)
    assert painted(app)["selected"] is None
    assert not app.warning


def test_a_link_opens_a_territory(repository: Path) -> None:
    app = opened(repository, territoire="GE-06", indicateur="density_per_km2")
    shown = text(app)
    assert "GHT Aube et Sézannais (GE-06)" in shown
    assert "350\u202f000" in shown
    assert painted(app)["selected"] == "GE-06"
    assert painted(app)["label"] == "Densité"


@pytest.mark.parametrize(
    ("choice", "years"),
    [
        ({}, "2023 (en partie 2017)"),
        ({"region": "04"}, "2023"),
        ({"territoire": "OI-01"}, "2023"),
        ({"region": "06"}, "2017"),
        ({"territoire": "HORS-980500003"}, "2017"),
    ],
)
def test_a_population_of_two_years_names_both(
    repository: Path, choice: dict[str, str], years: str
) -> None:
    """Mayotte, out of every GHT, is counted in 2017, the rest in 2023: the country has both."""
    is_one = "territoire" in choice  # with the interval of its population behind
    assert f"habitants, {years}{' · ' if is_one else '<'}" in text(opened(repository, **choice))


def test_a_wrong_link_falls_back_and_says_so(repository: Path) -> None:
    app = opened(repository, territoire="<script>", region="99", n="1")
    assert [warning.value[:19] for warning in app.warning] == [
        "L'adresse demandait", "L'adresse demandait", "Paramètres inconnus",
    ]  # fmt: skip
    assert painted(app)["selected"] is None


def test_the_notice_goes_with_the_next_choice(repository: Path) -> None:
    app = opened(repository, territoire="XX")
    app.selectbox(key="choix_region").select("53").run()
    assert not app.warning


def test_the_region_filter_applies_to_the_map_and_the_table(repository: Path) -> None:
    app = opened(repository)
    app.selectbox(key="choix_region").select("53").run()
    assert painted(app)["region"] == "53"
    assert {row[3] for row in table(app)} == {"Bretagne"}
    assert app.query_params["region"] == "53"


def test_the_table_says_each_figure_the_french_way(repository: Path) -> None:
    row = next(row for row in table(opened(repository)) if row[0] == "GE-06")
    assert row[1] == "Aube et Sézannais"
    assert row[4:8] == ["332\u202f322", "310\u202f000", "360\u202f000", "2023"]
    assert row[13:15] == ["CH de Troyes", "publié"]
    assert row[15] == "350\u202f000"
    assert row[16:18] == ["2018", "année déduite"]
    assert row[18:21] == ["332\u202f887", "7\u202f000", "année déduite"]


def test_the_table_becomes_a_grid_to_sort_and_search(repository: Path) -> None:
    app = opened(repository, region="53")
    app.toggle(key="grille").set_value(True).run()
    assert not table(app)
    assert set(app.dataframe[0].value["Région"]) == {"Bretagne"}


def test_the_same_rows_are_offered_in_other_formats(repository: Path) -> None:
    app = opened(repository, region="53")
    before = len(app.get("download_button"))
    app.toggle(key="fichiers").set_value(True).run()
    assert not app.exception
    labels = [button.proto.label for button in app.get("download_button")]
    assert len(labels) == before + 7
    assert {"Excel : territoires", "GeoPackage : territoires", "Carte PDF"} <= set(labels)
    assert sum("CSV" in label for label in labels) == 1, "one list, one CSV"


def test_the_sums_of_a_region_are_those_of_whole_territories(repository: Path) -> None:
    assert "<h2>Territoires rattachés à la région Bretagne</h2>" in text(
        opened(repository, region="53")
    )


@pytest.mark.usefixtures("fresh_caches")
def test_removed_and_refused_files_are_published_again(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise assets.AssetError("refusé.")

    with monkeypatch.context() as patch:
        patch.setattr(cache, "publish_all", refuse)
        app = opened(repository)
        assert app.warning[0].value == wording.NO_ASSETS
    assert not app.run().warning
    with monkeypatch.context() as patch:
        patch.setattr(cache, "are_there", lambda _: False)
        patch.setattr(cache, "publish_all", refuse)
        assert app.run().warning[0].value == wording.NO_ASSETS


def test_a_choice_is_written_in_the_address(repository: Path) -> None:
    app = opened(repository)
    search(app, "choix_area", "GE-06")
    assert 'role="status">Affiché : GHT Aube et Sézannais (GE-06).</p>' in text(app)
    app.selectbox(key="choix_measure").select("area_km2").run()
    assert app.query_params["territoire"] == "GE-06"
    assert app.query_params["indicateur"] == "area_km2"
    app.button(key="effacer").click().run()
    assert "territoire" not in app.query_params


def test_a_name_with_a_typo_leads_to_a_territory(repository: Path) -> None:
    app = opened(repository)
    found = typed(app, "recherche", "Troies")
    assert (found[0]["label"], found[0]["group"]) == ("Troyes (10)", "Commune")
    search(app, "recherche", found[0]["code"], found[0]["kind"])
    assert painted(app)["selected"] == "GE-06"
    assert app.query_params["commune"] == "10387"
    assert search_box(app, "recherche")["value"] == ""


def test_a_hospital_that_is_searched_opens_where_it_is(repository: Path) -> None:
    app = opened(repository, territoire="ARA-09")
    search(app, "recherche", "510000177", "etablissement")
    assert (app.query_params["territoire"], app.query_params["site"]) == ("GE-06", "510000177")


def test_an_entity_that_is_searched_chooses_its_ght(repository: Path) -> None:
    app = opened(repository)
    found = typed(app, "recherche", "Groupement hospitalier Aube-Marne")
    search(app, "recherche", found[0]["code"], found[0]["kind"])
    assert app.query_params["territoire"] == "GE-06"


@pytest.mark.parametrize("kind", ["ght", "commune", "etablissement", "texte", "<b>"])
def test_a_choice_that_does_not_exist_changes_nothing(repository: Path, kind: str) -> None:
    app = opened(repository, territoire="GE-06")
    for key in ("recherche", "choix_area"):
        search(app, key, "<script>alert(1)</script>", kind)
        assert dict(app.query_params) == {"territoire": "GE-06"}


def test_a_territory_is_found_by_its_towns_and_cleared(repository: Path) -> None:
    app = opened(repository)
    assert typed(app, "choix_area", "Reims")[0]["label"] == "Champagne (GE-05)"
    search(app, "choix_area", "GE-05")
    assert search_box(app, "choix_area")["value"] == "Champagne (GE-05)"
    search(app, "choix_area", None)
    assert "territoire" not in app.query_params


def test_a_search_that_finds_nothing_says_so(repository: Path) -> None:
    app = opened(repository)
    assert typed(app, "recherche", "xqzkjw") == []
    assert "Aucun nom ne ressemble" in search_box(app, "recherche")["words"]["nothing"]


@pytest.mark.parametrize("area", ["HF-13", "GUA-01"])
def test_a_ght_without_a_territory_says_why(repository: Path, area: str) -> None:
    app = opened(repository, territoire=area)
    assert "pas de territoire modélisé" in app.info[0].value
    shown = text(app)
    assert shown.count("sans objet</dd>") + shown.count("sans objet<small>") == 4
    assert "année inconnue" not in shown
    assert "Sans territoire modélisé" in shown


def test_an_area_outside_any_ght_has_no_members(repository: Path) -> None:
    app = opened(repository, territoire="HORS-750712184")
    assert "Assistance publique" in text(app)


@pytest.mark.parametrize("level", ["aucun", "supports", "generaux", "tous"])
def test_the_legend_of_establishments_follows_the_choice(repository: Path, level: str) -> None:
    app = opened(repository, etablissements=level)
    assert ("Établissement support, publié" in text(app)) == (level != "aucun")
    assert ("Dialyse" in text(app)) == (level == "tous")


@pytest.mark.parametrize("method", ["naturelles", "egales"])
def test_the_classes_follow_the_choice(repository: Path, method: str) -> None:
    asked = {"indicateur": "density_per_km2"}
    usual = painted(opened(repository, **asked))
    other = painted(opened(repository, **asked, classes=method))
    assert usual["classes"] != other["classes"]


def test_the_file_of_the_table_holds_its_rows(repository: Path) -> None:
    opened(repository)
    lines = panels.table_file("53").decode().splitlines()
    assert lines[0].startswith("\ufeffCode;Territoire;Type;Région")
    assert sum("Bretagne" in line for line in lines) == len(lines) - 1 == 8, "no total, no note"


def test_the_file_of_the_table_adds_up_and_has_the_indicator(repository: Path) -> None:
    opened(repository)
    table = read_csv(panels.table_file("44", "beds_mco"))
    assert table["Population modélisée"].sum() == cache.region_totals("44").population
    assert pd.api.types.is_integer_dtype(table["Communes"])
    assert any(str(name).startswith("Lits de MCO") for name in table)
    assert table["Territoire"].to_list() == cache.figures("44", "beds_mco")["Territoire"].to_list()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"atlas_click": {"area_code": "GE-06", "count": 1}}, (True, "GE-06")),
        ({"atlas_click": {"area_code": None, "count": 2}}, (True, None)),
        ({"atlas_click": {"area_code": "XX"}}, (False, None)),
        ({"atlas_click": {"area_code": ["GE-06"]}}, (False, None)),
        ({"atlas_click": "GE-06"}, (False, None)),
        ({}, (False, None)),
        (None, (False, None)),
    ],
)
def test_only_a_known_code_is_taken_from_the_browser(
    value: object, expected: tuple[bool, str | None]
) -> None:
    assert clicks.clicked_area(value) == expected


def test_the_data_page_shows_where_figures_come_from(repository: Path) -> None:
    app = opened(repository, "donnees")
    shown = text(app)
    assert "Sources et millésimes" in shown
    assert "Anomalies relevées" in shown
    assert any("FINESS" in str(frame.value) for frame in app.dataframe)


def test_the_collectivities_outside_every_sum_are_shown_with_their_inhabitants(
    repository: Path, files: Files
) -> None:
    shown = text(opened(repository, "donnees")).replace("\u202f", " ")
    assert "Collectivités hors de la somme" in shown
    assert "Saint-Pierre-et-Miquelon" in shown
    assert "10 660" in shown
    assert {"collectivites_csv", "collectivites_xlsx"} <= set(files)
    note = text(opened(repository, "carte")).replace("\u202f", " ").replace("\u00a0", " ")
    assert "Hors de cette somme : Saint-Barthélemy (10 660 habitants)" in note


def test_the_table_of_zones_under_odbl_leaves_with_its_notice(
    repository: Path, files: Files
) -> None:
    app = opened(repository, "donnees")
    app.selectbox(key="table").select("zones_odbl").run()
    notes = dict(line[:2] for line in sheets(files["table_xlsx"]())["Sources et paramètres"])
    assert "ODbL 1.0 (https://opendatacommons.org" in notes["Licence"]
    assert "odbl" in files["table_csv nom"]().decode(), "a CSV has its rows alone"


def test_anomalies_are_filtered(repository: Path) -> None:
    app = opened(repository, "donnees")
    app.selectbox(key="anomalie").select("membre_repris").run()
    assert "80\u00a0anomalies" in text(app)
    app.text_input(key="filtre").input("zzzz").run()
    assert "Aucune anomalie" in text(app)


def test_anomalies_are_filtered_by_the_address_and_written_in_it(repository: Path) -> None:
    app = AppTest.from_file(str(repository / "dashboard.py"), default_timeout=60)
    app.switch_page("pages/donnees.py")
    app.query_params["anomalie"] = "membre_repris"
    app.query_params["groupement"] = "XX-99"
    app.run()
    assert "groupement = « XX-99 »" in text(app)
    assert "80\u00a0anomalies" in text(app)
    code = donnees_cache.allowed("ght")[0]
    app.selectbox(key="anomalie_ght").select(code).run()
    app.text_input(key="filtre").input("xqzkjw").run()
    assert not app.warning
    assert code in app.query_params["groupement"]
    assert "xqzkjw" in app.query_params["filtre"]
    app.selectbox(key="anomalie").select(None).run()
    assert "anomalie" not in app.query_params


def test_every_table_of_the_data_page_leaves_as_it_is_shown(repository: Path, files: Files) -> None:
    app = opened(repository, "donnees")
    app.selectbox(key="anomalie").select("membre_repris").run()
    keys = ("publies", "compositions", "anomalies", "parametres", "sources", "table")
    assert {f"{key}_{form}" for key in keys for form in ("csv", "xlsx")} <= set(files)
    screen = next(frame.value for frame in app.dataframe if "Objet" in frame.value.columns)
    book = sheets(files["anomalies_xlsx"]())
    rows, notes = next(iter(book.values())), list(book.values())[-1]
    assert len(rows) == len(screen) + 1 == 81
    assert any("Membre repris" in str(line[1]) for line in notes if len(line) > 1)
    assert len(read_csv(files["anomalies_csv"]())) == 80
    assert len(sheets(files["sources_xlsx"]())) >= 2
    assert files["table_csv nom"]().decode().endswith(".csv")


def test_the_data_page_shows_the_model_and_how_to_compare_versions(repository: Path) -> None:
    shown = text(opened(repository, "donnees"))
    assert "Hôpital le plus proche par la route" in shown
    assert "par la route, réseau 2025" in shown
    for words, value in (
        ("Pénalité d'un petit hôpital", "12"),
        ("Pénalité hors de la zone d'emploi de la commune", "10"),
        ("Un hôpital est petit au-dessous de", "20"),
        ("Écart moyen avec les temps officiels, hors calage", "2,54"),
    ):
        assert re.search(rf"{words}\W.{{0,60}}?\b{value}\b", unescape(shown), re.DOTALL), words
    assert "Aucune version précédente à comparer." in unescape(shown)
    assert "ATLAS_GHT" not in shown


def test_the_data_page_shows_what_changed(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = builders.bundle(tmp_path / "old")
    monkeypatch.setenv("ATLAS_GHT_PREVIOUS", str(folder))
    shown = text(opened(repository, "donnees"))
    assert "GHT apparu" in shown
    assert "Membre entré" in shown
    monkeypatch.setenv("ATLAS_GHT_PREVIOUS", str(default_folder()))
    assert "Aucune différence" in text(opened(repository, "donnees"))
    monkeypatch.setenv("ATLAS_GHT_PREVIOUS", str(tmp_path / "nowhere"))
    app = opened(repository, "donnees")
    assert "ne peut pas être comparée" in text(app)
    assert not app.error


@pytest.mark.parametrize("name", ["ghts", "establishments"])
def test_a_table_is_described(repository: Path, name: str) -> None:
    app = opened(repository, "donnees")
    app.selectbox(key="table").select(name).run()
    assert not app.exception
    assert any("Colonne" in frame.value.columns for frame in app.dataframe)


@pytest.mark.parametrize("damage", ["missing", "altered", "no manifest"])
def test_broken_data_is_said_in_one_sentence_and_nothing_else(
    repository: Path, broken: Path, damage: str
) -> None:
    path = broken / ("MANIFEST.json" if damage == "no manifest" else "territories.parquet")
    path.unlink()
    if damage == "altered":
        path.write_bytes(b"PAR1")
    for page in PAGES:
        app = opened(repository, page)
        assert len(app.error) == 1
        assert "make data" in app.error[0].value
        assert not app.dataframe
        assert not table(app)
        assert "habitants" not in text(app)


def test_data_repaired_while_the_server_runs_is_seen(repository: Path, broken: Path) -> None:
    path = broken / "ghts.parquet"
    content = path.read_bytes()
    path.unlink()
    app = opened(repository)
    assert app.error
    path.write_bytes(content)
    app.run()
    assert not app.error
    assert table(app)


def test_a_missing_drawing_leaves_the_table(repository: Path, broken: Path) -> None:
    (broken / "drawing" / "outlines.json").unlink()
    app = opened(repository)
    assert app.warning[0].value == wording.NO_ASSETS
    assert table(app)
    assert not app.get("component_instance")


def test_a_server_without_static_files_says_so(
    repository: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = st.get_option("server.enableStaticServing")
    st.config.set_option("server.enableStaticServing", False)
    try:
        app = opened(repository)
    finally:
        st.config.set_option("server.enableStaticServing", before)
    assert app.warning[0].value == wording.NO_ASSETS  # a visitor can do nothing about it
    assert any("enableStaticServing" in str(vars(line).get("cause")) for line in caplog.records)
    assert table(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_started_alone_asks_for_its_frame(repository: Path, page: str) -> None:
    """Without the frame, the page must not show anything of its own before it has called it."""
    script = (repository / "pages" / f"{page}.py").read_text(encoding="utf-8")
    body = script[script.index("ensure_frame()\n") :]
    opening = "donnees_view.open_page()" if page == "donnees" else "open_view()"
    assert body.startswith(f"ensure_frame()\n{opening}\n")


def test_the_view_outlives_a_change_of_page(repository: Path) -> None:
    app = opened(repository, territoire="GE-06")
    app.switch_page("pages/donnees.py").run()
    app.switch_page("pages/carte.py").run()
    assert painted(app)["selected"] == "GE-06"
    assert app.session_state[view.SELECTION].area == "GE-06"


def test_the_two_lists_of_members_say_how_they_are_known(repository: Path, atlas: Atlas) -> None:
    app = opened(repository, "donnees")
    shown = text(app)
    proved = format_number((atlas.members.evidence == "proved").sum())
    carried = format_number((atlas.members.evidence == "carried").sum())
    assert re.search(rf"prouvé par les totaux du ministère.*?{proved}", shown, re.DOTALL)
    assert re.search(rf"repris de 2018, non vérifié.*?{carried}", shown, re.DOTALL)
    assert "fusionné dans un autre" not in shown
    shown = text(app.toggle(key="donnees_listes").set_value(True).run())
    assert "De la liste des membres de 2018 à celle de 2024." in shown
    assert "fusionné dans un autre" in shown


def test_a_published_figure_says_what_it_describes(repository: Path, atlas: Atlas) -> None:
    app = opened(repository, "donnees").toggle(key="donnees_publies").set_value(True).run()
    (table,) = (f.value for f in app.dataframe if "Comparé" in f.value.columns)
    assert len(table) == len(atlas.published)
    other = table[~table["Comparé"]]
    assert set(other["Ce qu'il décrit"]) <= {
        "le bassin du support", "le bassin du support, proche du GHT", "un seul membre",
        "un département ou un territoire de santé",
    }  # fmt: skip
    assert len(other) > 0


@pytest.mark.parametrize("page", ["carte", "donnees"])
def test_of_when_the_figures_are_stands_under_the_map(repository: Path, page: str) -> None:
    line = cache.vintages().line
    assert (line in text(opened(repository, page))) == (page == "carte")
