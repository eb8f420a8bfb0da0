"""What-if on the page of models: found, moved, seen, told, taken away."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from geo.catchment.runs import Basin
from geo.ui.bassins import scenario as bassins_scenario
from geo.ui.bassins.scenario_pdf import scenario_pdf
from geo.ui.bassins.told import Told
from tests.app.screens import opened_at, painted, plain, search, search_box, text, typed

pytestmark = [
    pytest.mark.app,
    pytest.mark.usefixtures("shared_caches"),
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


def opened(repository: Path, **parameters: str) -> AppTest:
    return opened_at(repository, "bassins", **parameters)


def panel(app: AppTest, name: str) -> None:
    app.segmented_control(key="bassins_panel").set_value(name).run()
    assert not app.exception


def read(app: AppTest) -> str:
    """Everything written, with plain spaces."""
    return spaced(text(app))


def spaced(words: str) -> str:
    return words.replace("\u202f", " ").replace("\u00a0", " ")


def add(app: AppTest, kind: str, target: str, ght: str = "") -> AppTest:
    app.selectbox(key="scenario_nature").select(kind).run()
    search(app, f"scenario_cible_{kind}_recherche", target, "etablissement")
    search(app, "scenario_ght_recherche", ght)
    app.button(key="scenario_ajouter").click().run()
    assert not app.exception
    return app


def sezanne(repository: Path, **more: str) -> AppTest:
    """Find Sézanne as one types it, and move it to Champagne."""
    app = opened(repository, volet="scenario", **more)
    found = typed(app, "scenario_cible_move_site_recherche", "sezanne")
    assert found[0]["label"] == "CH de Sézanne (Sézanne)"
    return add(app, "move_site", found[0]["code"], "GE-05")


def test_sezanne_moved_to_champagne_is_seen_and_told_at_once(repository: Path) -> None:
    app = sezanne(repository)
    said = read(app)
    assert "CH de Sézanne – Sézanne (510000177) passe au GHT Champagne." in said
    assert "Champagne : +16 870 habitants (551 304 → 568 174 habitants, +43 communes" in said
    assert "Aube et Sézannais : −16 870 habitants (332 322 → 315 452 habitants" in said
    assert "Total du pays inchangé : 68 350 798 habitants" in said
    assert app.query_params["vue"] == "difference"
    assert app.query_params["avec"] == "reel"
    values = painted(app)
    assert values["overlay"]
    west, south, east, north = values["frame"]
    assert west < 3.72 < east
    assert south < 48.72 < north, "the map looks at Sézanne"
    assert not app.warning
    app.button(key="scenario_annuler").click().run()
    assert "vue" not in app.query_params, "the territories come back"
    assert "frame" not in painted(app)


def test_no_published_figure_stands_beside_an_invented_situation(repository: Path) -> None:
    app = sezanne(repository, territoire="GE-06")
    assert "Population publiée" not in text(app)
    panel(app, "tableau")
    assert not [name for name in app.dataframe[0].value if "publi" in str(name)]
    panel(app, "publies")
    assert "aucun chiffre publié ne la décrit" in app.info[0].value


def test_a_hospital_sent_far_away_is_doubted(repository: Path) -> None:
    app = add(opened(repository, volet="scenario"), "move_site", "510000177", "IDF-04")
    assert "est à 117 km à vol d'oiseau" in spaced(plain(app.warning[0].value))


def test_the_card_of_a_hospital_offers_what_a_scenario_can_do(repository: Path) -> None:
    app = opened(repository, site="510000177")
    app.button(key="geste_move").click().run()
    assert app.query_params["volet"] == "scenario"
    assert app.selectbox(key="scenario_nature").value == "move"
    assert search_box(app, "scenario_cible_move_recherche")["value"].startswith("CH de Romilly")
    app.button(key="geste_close").click().run()
    assert "CH de Sézanne – Sézanne (510000177) ferme." in text(app)
    assert "geste_close" not in [one.key for one in app.button], "it is closed already"
    psychiatric = opened(repository, site="100000108")
    assert not [one for one in psychiatric.button if str(one.key).startswith("geste_")]


def test_the_page_of_a_scenario_says_what_the_panel_says(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Told] = []

    def told(found: Basin) -> Told:
        kept.append(gather(found))
        return kept[-1]

    gather = bassins_scenario.told
    monkeypatch.setattr(bassins_scenario, "told", told)
    sezanne(repository)
    pages = PdfReader(io.BytesIO(scenario_pdf(kept[-1]))).pages
    said = spaced(pages[0].extract_text())
    assert len(pages) == 1
    for figure in ("+16 870 habitants", "551 304 → 568 174", "−43 communes", "68 350 798"):
        assert figure in said
    assert "Situation inventée" in said
    assert "passe au GHT Champagne" in said
    assert "scenario=" in said
