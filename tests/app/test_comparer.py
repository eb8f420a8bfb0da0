"""The page that compares, run by Streamlit's own tester."""

import html
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.comparison.spread import relate
from geo.errors import BundleError
from geo.territories.measures import MEASURES
from geo.ui.comparer import cache as comparer_cache
from geo.ui.comparer import html as comparer_html
from geo.ui.comparer import tables as comparer_tables
from geo.ui.comparer import view as comparer_view
from geo.ui.comparer import words
from geo.ui.shared import cache
from tests.app import screens
from tests.app.screens import opened_at, painted

pytestmark = [
    pytest.mark.app,
    pytest.mark.usefixtures("shared_caches"),
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


def opened(repository: Path, **parameters: str) -> AppTest:
    return opened_at(repository, "comparer", **parameters)


def text(app: AppTest) -> str:
    """Everything written on the page, as it is read."""
    return html.unescape(screens.text(app))


def files(app: AppTest) -> int:
    return len(app.get("download_button"))


@pytest.mark.parametrize("panel", words.PANELS)
def test_every_panel_is_shown_for_a_territory(repository: Path, panel: str) -> None:
    app = opened(repository, volet=panel, territoire="GE-06", avec="ARA-09")
    assert not app.warning
    assert "Aube et Sézannais" in text(app) or panel == "regions"
    assert words.NOT_BETTER in text(app)
    assert "<table>" in text(app), "every panel has its table"
    assert files(app) == (5 if panel == "cote" else 2)
    assert "Données version" in text(app)


@pytest.mark.parametrize("panel", words.PANELS)
def test_every_panel_is_shown_without_a_territory(repository: Path, panel: str) -> None:
    app = opened(repository, volet=panel)
    asks = panel in {"profil", "semblables", "cote"}
    assert [info.value for info in app.info] == [words.NO_AREA] * asks
    examples = [button for button in app.button if str(button.key).startswith("exemple_")]
    assert len(examples) == 3 * asks
    if asks:
        examples[0].click().run()
        assert app.query_params["territoire"] == str(examples[0].key).removeprefix("exemple_")
        assert words.NO_AREA not in [info.value for info in app.info]


@pytest.mark.parametrize("measure", [key for key in MEASURES if key != "partnership_count"])
def test_every_measure_is_ranked_and_spread(repository: Path, measure: str) -> None:
    app = opened(repository, indicateur=measure, region="04", ordre="croissant")
    assert 'aria-sort="ascending"' in text(app)
    app.segmented_control(key="comparer_panel").set_value("distribution").run()
    assert not app.exception
    assert "Médiane" in text(app)


def test_the_ranking_says_where_the_territory_is(repository: Path) -> None:
    app = opened(repository, territoire="GE-06")
    ranked = cache.areas()[cache.areas().kind == "ght"].population
    own = int(cache.area("GE-06").population)
    rank = 1 + int((ranked > own).sum())
    assert f"{rank}e sur {ranked.notna().sum()} en France" in text(app)
    assert words.GROUPS["inconnu"] in text(app)
    assert words.GROUPS["hors"] in text(app)
    head, _, body = text(app).partition("<tbody>")
    pinned = head.partition('<tr class="pinned">')[2]
    assert "&lt;td" not in screens.text(app), "cells, not their source"
    assert f'<td class="n">{rank}</td>' in pinned, "in sight, with the rank of the sentence"
    assert 'class="own">Aube et Sézannais' in body, "and in its place"
    assert not app.dataframe, "one table, one way to write numbers"


def test_no_row_is_in_sight_without_a_territory(repository: Path) -> None:
    assert 'class="pinned"' not in text(opened(repository))


@pytest.mark.parametrize("panel", ["classement", "distribution", "nuage", "cote"])
def test_what_is_collected_in_part_is_neither_ranked_nor_compared(
    repository: Path, panel: str
) -> None:
    app = opened(repository, volet=panel, indicateur="partnership_count", territoire="GE-06")
    assert words.NOT_COMPARED in [info.value for info in app.info]
    assert "<table>" not in text(app)
    ranked = opened(repository, volet="profil", territoire="GE-06")
    assert "Partenariats recensés" not in text(ranked)


def test_one_territory_is_set_beside_its_neighbours_in_one_click(repository: Path) -> None:
    app = opened(repository, volet="cote", territoire="GE-06")
    offers = [button for button in app.button if str(button.key).startswith("compagnons_")]
    said = [button.label.partition(" \\:")[0] for button in offers]
    assert said == [words.WITH_NEIGHBOURS, words.WITH_PEERS]
    offers[0].click().run()
    assert len(painted(app)["panes"]) == 4
    nearest = comparer_cache.neighbours("GE-06")[:3]
    assert app.query_params["avec"] == ",".join(nearest)


def test_choices_go_to_the_address_and_back(repository: Path) -> None:
    app = opened(repository, volet="nuage", indicateur="population", contre="area_km2")
    app.toggle(key="comparer_axes").set_value(True).run()
    assert app.query_params["axes"] == "lineaires"
    app.toggle(key="comparer_axes").set_value(False).run()
    assert "axes" not in app.query_params
    app.selectbox(key="comparer_second").select("density_per_km2").run()
    assert app.query_params["contre"] == "density_per_km2"
    app.selectbox(key="choix_measure").select("density_per_km2").run()
    assert app.selectbox(key="comparer_second").value == "population", "never against itself"
    assert not app.exception


def test_a_wrong_link_falls_back_and_says_so(repository: Path) -> None:
    app = opened(
        repository, volet="magie", ordre="x", contre="y", avec="QQ,GE-06,<b>", mesures="zz",
        echelle="", territoire="ZZ",
    )  # fmt: skip
    assert len(app.warning) == 6
    assert all("<" not in warning.value.replace("\\<", "") for warning in app.warning)
    assert "Rang" in text(app)


def test_too_many_territories_are_refused_with_a_sentence() -> None:
    codes = ["A", "B", "C", "D", "E"]
    view, notices = comparer_view.read_view({"avec": ",".join([*codes, "A"])}, codes)
    assert view.others == ("A", "B", "C")
    assert notices == (words.too_many(3),)
    assert comparer_view.to_parameters(view) == {"avec": "A,B,C"}


def base(app: AppTest) -> str:
    (component,) = app.get("component_instance")
    return str(json.loads(component.proto.json_args)["script"])


@pytest.mark.parametrize("others", ["ARA-09", "ARA-09,IDF-10", "ARA-09,HF-13,HORS-980500003"])
def test_two_to_four_territories_share_a_frame(repository: Path, others: str) -> None:
    app = opened(repository, volet="cote", territoire="GE-06", avec=others)
    panes = painted(app)["panes"]
    assert [pane["code"] for pane in panes] == ["GE-06", *others.split(",")]
    assert panes[0]["name"] == "Aube et Sézannais"
    assert panes[0]["text"].startswith("Population : ")
    lost = [pane for pane in panes if pane["lon"] is None]
    assert [pane["code"] for pane in lost] == ["HF-13"] * ("HF-13" in others)
    assert all(pane["note"] == words.NO_SHAPE for pane in lost)
    assert words.MAP_NOTE in text(app)
    assert files(app) == 5, "the table twice, the maps three times"


def test_only_values_travel_when_territories_or_scale_change(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = comparer_cache.windows()
    far = found | {"OI-01": replace(found["OI-01"], is_clipped=True)}
    monkeypatch.setattr(comparer_cache, "windows", lambda: far)
    app = opened(repository, volet="cote", territoire="OI-01", avec="OI-01,IDF-10,HF-13")
    values, frame = painted(app), base(app)
    assert len(json.dumps(values)) < 8_800, "a value, its interval and its circle for each area"
    assert [pane["note"] for pane in values["panes"]] == [words.CLIPPED, "", words.NO_SHAPE]
    assert values["scale"] == "commune"
    app.segmented_control(key="comparer_scale").set_value("propre").run()
    assert painted(app)["scale"] == "propre"
    assert painted(app)["token"] != values["token"]
    app.multiselect(key="comparer_others").set_value(["ARA-09"]).run()
    assert app.query_params["avec"] == "ARA-09"
    assert [pane["name"] for pane in painted(app)["panes"]] == ["Océan Indien", "Loire"]
    assert base(app) == frame, "the same frame: nothing is mounted again"


def test_outlines_that_cannot_be_read_leave_the_table(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Any:  # noqa: ANN401
        raise BundleError("dessin abîmé.")

    monkeypatch.setattr(comparer_cache, "windows", fail)
    app = opened(repository, volet="cote", territoire="GE-06", avec="ARA-09")
    assert "La carte est indisponible" in app.warning[0].value
    assert "abîmé" not in text(app), "the cause is for the log"
    assert "Médiane des GHT" in text(app)
    assert files(app) == 2


def test_files_that_cannot_be_published_leave_the_table(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = cache.MapFiles(None, "dossier absent.")
    monkeypatch.setattr(cache, "map_files", lambda: missing)
    app = opened(repository, volet="cote", territoire="GE-06", avec="ARA-09")
    assert "La carte est indisponible" in app.warning[0].value
    assert not app.get("component_instance")
    assert "Médiane des GHT" in text(app)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Files offered by the page opened next, by extension: name, and what makes them."""
    found: dict[str, tuple[str, Callable[[], bytes]]] = {}

    def button(_label: str, *, data: Any, file_name: str, **_: object) -> bool:  # noqa: ANN401
        found[file_name.rpartition(".")[2]] = (file_name, data)
        return False

    monkeypatch.setattr(st, "download_button", button)
    return found


def test_the_maps_on_screen_are_taken_away(
    repository: Path, taken: dict[str, tuple[str, Callable[[], bytes]]]
) -> None:
    opened(repository, volet="cote", territoire="GE-06", avec="HF-13")
    assert list(taken) == ["csv", "xlsx", "png", "svg", "pdf"]
    name, make = taken["svg"]
    assert "population" in name
    drawn = make().decode()
    assert "Aube et Sézannais" in drawn
    assert words.NO_SHAPE in drawn


@pytest.mark.parametrize("panel", words.PANELS)
def test_the_table_of_every_panel_is_taken_away(
    repository: Path, taken: dict[str, tuple[str, Callable[[], bytes]]], panel: str
) -> None:
    opened(repository, volet=panel, territoire="GE-06", avec="ARA-09")
    lines = taken["csv"][1]().decode("utf-8-sig").split("\r\n")
    sheet = openpyxl.load_workbook(io.BytesIO(taken["xlsx"][1]())).worksheets[0]
    assert [cell.value for cell in sheet[1]] == lines[0].replace('"', "").split(";")
    assert sheet.max_row > 1
    assert len([line for line in lines if line]) == sheet.max_row, "rows, and nothing else"


def test_peers_go_side_by_side(repository: Path) -> None:
    app = opened(repository, volet="semblables", territoire="GE-06")
    app.multiselect(key="comparer_measures").set_value(["population", "area_km2"]).run()
    assert app.query_params["mesures"] == "population,area_km2"
    nearest = comparer_cache.peers("GE-06", ("population", "area_km2")).area_code.head(3)
    app.button(key="comparer_proches").click().run()
    assert app.query_params["volet"] == "cote"
    assert app.query_params["avec"] == ",".join(nearest)
    assert len(painted(app)["panes"]) == 4


@pytest.mark.parametrize(
    ("area", "measures", "said"),
    [
        ("NOR-10", "population_change_percent", "Évolution de la population"),
        ("HORS-980500003", "population", words.PEER_OUTSIDE),
    ],
)
def test_peers_that_cannot_be_found_say_why(
    repository: Path, area: str, measures: str, said: str
) -> None:
    app = opened(repository, volet="semblables", territoire=area, mesures=measures)
    assert said in text(app)
    assert not app.get("download_button")
    if area == "NOR-10":
        app.multiselect(key="comparer_measures").set_value([]).run()
        assert words.PEER_NONE in text(app)


def test_regions_keep_the_country_beside_the_filter(repository: Path) -> None:
    app = opened(repository, volet="regions", region="53")
    shown = text(app)
    # Mayotte and Les Trois Lacs have no count in the years compared.
    unknown = ["CH de Mayotte", "Eure-Seine - Pays d'Ouche"]
    assert "68\u202f350\u202f798" in shown
    assert '<td class="n">+3,0</td>' in shown, "a change has its sign, here as elsewhere"
    assert "Corse</th>" not in shown
    assert words.left_out(MEASURES["population_change_percent"].label, unknown) in shown
    assert "Temps moyen d'accès estimé : sans" not in shown, "every territory has its minutes"


def test_a_workbook_holds_what_is_filtered(
    repository: Path, taken: dict[str, tuple[str, Callable[[], bytes]]]
) -> None:
    opened(repository, region="53")
    text_file, workbook = taken["csv"][1](), taken["xlsx"][1]()
    lines = text_file.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("Rang;Rang en région;Code;Territoire;Région;Situation;Population")
    assert sum(";Bretagne;" in line for line in lines) == 8
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0]
    assert sheet.max_row == 9
    assert isinstance(sheet["G2"].value, int)


def test_bars_start_at_zero_on_both_sides() -> None:
    measure = MEASURES["population_change_percent"]
    values = comparer_cache.areas().population_change_percent.head(0)
    assert comparer_html._bars(values, measure, (-5, 5)) == []
    cells = comparer_html._bars(
        type(values)([-5.0, 0.0, 5.0, 9.0, float("nan")]), measure, (-5.0, 5.0)
    )
    assert cells[0][1] == "--a:0.0%;--b:50.0%"
    assert not cells[1][1]
    assert cells[2][1] == "--a:50.0%;--b:100.0%"
    assert cells[3][1] == "--a:50.0%;--b:100.0%", "outside the scale of the GHTs"
    assert cells[4] == ("–", "")
    flat = comparer_html._bars(type(values)([0.0]), measure, (0.0, 0.0))
    assert flat == [("0,0", "")]


def test_sentences_about_a_trend() -> None:
    table = comparer_cache.areas()
    few = relate(table.head(5), "population", "area_km2")
    assert comparer_tables.outliers(few) == words.NO_LINE
    assert comparer_tables.correlation(few) == ""
    none = relate(table, "population", "partnership_count")
    assert comparer_tables.outliers(none) == words.NO_RULE
    even = relate(table[table.reg_code == "84"], "population", "population")
    assert comparer_tables.outliers(even) in {words.NO_RULE, words.NO_OUTLIER}


def test_the_population_of_a_rank_is_as_sure_as_elsewhere(repository: Path) -> None:
    shown = text(opened(repository, territoire="GE-06"))
    assert (
        "Aube et Sézannais : 330\u202f000\u00a0habitants (310\u202f000 à 360\u202f000), " in shown
    )
