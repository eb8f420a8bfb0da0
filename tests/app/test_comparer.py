"""The page that compares, run by Streamlit's own tester."""

import html
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo import wording_comparer as words
from geo.comparison_spread import relate
from geo.errors import BundleError
from geo.measures import MEASURES
from geo.ui import cache, comparer_cache, comparer_markup, comparer_state, comparer_tables

pytestmark = [
    pytest.mark.app,
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture(scope="module", autouse=True)
def shared_caches() -> Iterator[None]:
    """Figures are shared by the tests of this file, as they are by the visitors of a server."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def opened(repository: Path, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(repository / "dashboard.py"), default_timeout=120)
    app.run()
    app.switch_page("pages/comparer.py")
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    """Everything written on the page."""
    parts = [element.proto.body for element in app.get("html")]
    elements = [*app.caption, *app.markdown, *app.warning, *app.info]
    written = "\n".join([*parts, *(element.value for element in elements)])
    return html.unescape(written.replace("\\", "").replace("\u2060", ""))


def files(app: AppTest) -> int:
    return len(app.get("download_button"))


@pytest.mark.parametrize("panel", words.PANELS)
def test_every_panel_is_shown_for_a_territory(repository: Path, panel: str) -> None:
    app = opened(repository, volet=panel, territoire="GE-06", avec="ARA-09")
    assert not app.warning
    assert "Aube et Sézannais" in text(app) or panel == "regions"
    assert words.NOT_BETTER in text(app)
    assert "<table>" in text(app), "every panel has its table"
    assert files(app) == 2
    assert "Données version" in text(app)


@pytest.mark.parametrize("panel", words.PANELS)
def test_every_panel_is_shown_without_a_territory(repository: Path, panel: str) -> None:
    app = opened(repository, volet=panel)
    asks = {"profil": words.NO_AREA, "semblables": words.NO_AREA, "cote": words.CHOOSE_OTHERS}
    assert [info.value.replace("\\", "") for info in app.info] == (
        [asks[panel]] if panel in asks else []
    )


@pytest.mark.parametrize("measure", MEASURES)
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
    app.toggle(key="comparer_grille").set_value(True).run()
    table = app.dataframe[0].value
    assert table["Population (habitants)"].iloc[0] == ranked.max()
    assert table["Rang"].isna().sum() > 0


def test_the_grid_has_no_bar_when_nothing_varies(repository: Path) -> None:
    app = opened(repository, region="03", indicateur="partnership_count")
    app.toggle(key="comparer_grille").set_value(True).run()
    assert not app.exception
    assert len(app.dataframe[0].value) == 3


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
    view, notices = comparer_state.read_view({"avec": ",".join([*codes, "A"])}, codes)
    assert view.others == ("A", "B", "C")
    assert notices == (words.too_many(3),)
    assert comparer_state.to_parameters(view) == {"avec": "A,B,C"}


def test_territories_side_by_side(repository: Path) -> None:
    app = opened(repository, volet="cote", territoire="OI-01", avec="OI-01,IDF-10,HF-13")
    shown = text(app)
    assert shown.count("<figure>") == 3
    assert words.NO_SHAPE in shown
    assert words.CLIPPED in shown
    common = shown.count("barre d'échelle : 10 km")
    app.segmented_control(key="comparer_scale").set_value("propre").run()
    assert "barre d'échelle : 1 km" in text(app)
    assert common == 2, "the same scale for both"
    app.multiselect(key="comparer_others").set_value(["ARA-09"]).run()
    assert app.query_params["avec"] == "ARA-09"
    assert "Loire" in text(app)


def test_damaged_drawings_leave_the_table(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Any:  # noqa: ANN401
        raise BundleError("dessin abîmé.")

    monkeypatch.setattr(comparer_cache, "maps", fail)
    app = opened(repository, volet="cote", territoire="GE-06", avec="ARA-09")
    assert "dessin abîmé" in app.warning[0].value
    assert "Médiane des GHT" in text(app)


def test_peers_go_side_by_side(repository: Path) -> None:
    app = opened(repository, volet="semblables", territoire="GE-06")
    app.multiselect(key="comparer_measures").set_value(["population", "area_km2"]).run()
    assert app.query_params["mesures"] == "population,area_km2"
    nearest = comparer_cache.peers("GE-06", ("population", "area_km2")).area_code.head(3)
    app.button(key="comparer_proches").click().run()
    assert app.query_params["volet"] == "cote"
    assert app.query_params["avec"] == ",".join(nearest)
    assert text(app).count("<figure>") == 4


@pytest.mark.parametrize(
    ("area", "measures", "said"),
    [
        ("OI-01", "mean_travel_time_min", "Temps moyen"),
        ("HORS-970302022", "population", words.PEER_OUTSIDE),
    ],
)
def test_peers_that_cannot_be_found_say_why(
    repository: Path, area: str, measures: str, said: str
) -> None:
    app = opened(repository, volet="semblables", territoire=area, mesures=measures)
    assert said in text(app)
    assert not app.get("download_button")
    if area == "OI-01":
        app.multiselect(key="comparer_measures").set_value([]).run()
        assert words.PEER_NONE in text(app)


def test_regions_keep_the_country_beside_the_filter(repository: Path) -> None:
    app = opened(repository, volet="regions", region="53")
    shown = text(app)
    assert "68\u202f350\u202f798" in shown
    assert "Corse</th>" not in shown
    assert words.left_out("Temps moyen d'accès estimé", ["Océan Indien"]) in shown


def test_a_workbook_holds_what_is_filtered(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Any] = []

    def button(self: Any, *_: object, data: Any, **__: object) -> bool:  # noqa: ANN401, ARG001
        taken.append(data())
        return False

    monkeypatch.setattr(st.delta_generator.DeltaGenerator, "download_button", button)
    opened(repository, region="53")
    text_file, workbook = taken[-2:]
    lines = text_file.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("Rang;Rang en région;Code;Territoire;Région;Situation;Population")
    assert sum(";Bretagne;" in line for line in lines) == 8
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0]
    assert sheet.max_row == 9
    assert isinstance(sheet["G2"].value, int)


def test_names_are_escaped() -> None:
    hostile = "<script>alert(1)</script>"
    page = comparer_markup.table([hostile], [(hostile, [comparer_markup.head(hostile)])], hostile)
    page += comparer_markup.maps_html(
        [comparer_markup.SmallMap("<svg/>", hostile, hostile, hostile)]
    )
    page += comparer_markup.stated(hostile) + comparer_markup.words_cell(hostile)
    assert "<script" not in page


def test_bars_start_at_zero_on_both_sides() -> None:
    measure = MEASURES["population_change_percent"]
    values = comparer_cache.areas().population_change_percent.head(0)
    assert comparer_markup._bars(values, measure, (-5, 5)) == []
    cells = comparer_markup._bars(
        type(values)([-5.0, 0.0, 5.0, 9.0, float("nan")]), measure, (-5.0, 5.0)
    )
    assert "--a:0.0%;--b:50.0%" in cells[0]
    assert "--a" not in cells[1]
    assert "--a:50.0%;--b:100.0%" in cells[2]
    assert "--a:50.0%;--b:100.0%" in cells[3], "outside the scale of the GHTs"
    assert cells[4] == '<td class="n">–</td>'
    flat = comparer_markup._bars(type(values)([0.0]), measure, (0.0, 0.0))
    assert flat == ['<td class="n">0,0</td>']


def test_sentences_about_a_trend() -> None:
    table = comparer_cache.areas()
    few = relate(table.head(5), "population", "area_km2")
    assert comparer_tables.outliers(few) == words.NO_LINE
    assert comparer_tables.correlation(few) == ""
    none = relate(table, "population", "partnership_count")
    assert comparer_tables.outliers(none) == words.NO_RULE
    even = relate(table[table.reg_code == "84"], "population", "population")
    assert comparer_tables.outliers(even) in {words.NO_RULE, words.NO_OUTLIER}
