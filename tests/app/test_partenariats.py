"""The page of partnerships, run by Streamlit's own tester."""

import json
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo.atlas.load import Atlas
from geo.contributions.drafts import Draft
from geo.drawing.screen_map import CLICK_KEY
from geo.partnerships.collection import Choices, Filters, collection_of
from geo.partnerships.story import story
from geo.ui.contributions import session as contributions_session
from geo.ui.partenariats import cache as partenariats_cache
from geo.ui.partenariats import charts as partenariats_charts
from geo.ui.partenariats import panels as partenariats_panels
from geo.ui.partenariats import words
from geo.ui.partenariats.map import MarksElement
from geo.ui.partenariats.view import VIEW, View, read_view, to_parameters
from geo.ui.shared import cache
from geo.ui.shared.assets import AssetError
from geo.ui.shared.partnership_html import story_html, unplaced_html
from geo.ui.shared.view import SELECTION
from tests import builders
from tests.app.screens import opened_at, painted, search, search_box, text

pytestmark = [
    pytest.mark.app,
    pytest.mark.usefixtures("shared_caches"),
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
CLINIC = "aube-gcs-clinique-de-champagne"
MARKDOWN = "![x](http://evil.example/a.png) *x*"
HOSTILE = '<img src=x onerror="alert(1)">'


def opened(repository: Path, **parameters: str) -> AppTest:
    return opened_at(repository, "partenariats", **parameters)


def choose(app: AppTest, name: str, value: str | None) -> AppTest:
    if name == "ght":
        return search(app, "partenariats_ght", value)
    app.selectbox(key=f"partenariats_{name}").set_value(value).run()
    assert not app.exception
    return app


def look(app: AppTest, name: str) -> AppTest:
    app.segmented_control(key="partenariats_look").set_value(name).run()
    assert not app.exception
    return app


# The address


CHOICES = Choices(
    regions={}, ghts={}, forms={"gie": "GIE"}, domains={"imagerie": "Imagerie"},
    statuses={"signe": "Signé"}, sectors={"public": "Public"}, first_year=1997, last_year=2025,
)  # fmt: skip


def test_a_view_is_written_and_read_back() -> None:
    view = View("gie", "imagerie", "signe", "public", 2010, 2020, "frise", "a", False)
    parameters = to_parameters(view)
    assert read_view(parameters, CHOICES, frozenset("a")) == (view, ())
    assert to_parameters(View()) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("forme", "magie"), ("domaine", HOSTILE), ("etat", "x"), ("secteur", "x"), ("de", "20"),
        ("de", "1900"), ("a", "²018"), ("a", "2200"), ("vue", "cube"), ("partenariat", "x"),
        ("nondates", "oui"),
    ],
)  # fmt: skip
def test_a_wrong_value_falls_back_and_is_said(name: str, value: str) -> None:
    view, notices = read_view({name: value}, CHOICES, frozenset("a"))
    assert view == View()
    assert len(notices) == 1
    assert name in notices[0]


def test_years_backwards_are_said() -> None:
    view, notices = read_view({"de": "2020", "a": "2010"}, CHOICES, frozenset())
    assert view == View()
    assert notices == (words.BACKWARDS_YEARS,)


def test_years_without_any_date_are_refused() -> None:
    undated = Choices({}, {}, {}, {}, {}, {}, None, None)
    assert read_view({"de": "2018"}, undated, frozenset())[0] == View()


def test_a_wrong_link_shows_everything_and_says_so(repository: Path) -> None:
    app = opened(repository, ght="QQ-99", forme=HOSTILE, inconnu="1")
    assert len(app.warning) == 3
    assert "Toute la France" in text(app)
    assert painted(app)["selected"] is None
    choose(app, "form", "gie")
    assert not app.warning


# Filters


def test_the_country_is_counted_and_partial(repository: Path, atlas: Atlas) -> None:
    app = opened(repository)
    assert str(len(atlas.partnerships)) in text(app)
    assert "Liste partielle" in text(app)
    assert not app.warning
    values = painted(app)
    assert values["links"]["address"]
    assert values["sites"] == "aucun"


@pytest.mark.parametrize(
    ("code", "name", "title"),
    [
        ("GE-06", "Aube et Sézannais", "GCS Santé Numérique Sud Champagne"),
        ("ARA-09", "Loire", "Convention GHT Loire – Aésio Santé"),
    ],
)
def test_a_ght_is_shown_alone(repository: Path, code: str, name: str, title: str) -> None:
    app = opened(repository, ght=code)
    assert f"GHT {name} ({code})" in text(app)
    assert title in text(app)
    assert painted(app)["selected"] == code
    assert app.query_params["territoire"] == code
    assert "HIA Sainte-Anne" not in text(app)


def test_filters_add_up_and_are_in_the_address(repository: Path) -> None:
    app = choose(choose(opened(repository), "form", "gcs_moyens"), "domain", "radiotherapie")
    assert app.query_params["forme"] == "gcs_moyens"
    assert painted(app)["links"]["shown"] == ["charente-cerac"]
    app.button(key="partenariats_effacer").click().run()
    assert "forme" not in app.query_params
    assert len(painted(app)["links"]["shown"]) > 20


def test_years_keep_or_drop_what_has_no_date(repository: Path) -> None:
    app = opened(repository, ght="ARA-09")
    assert app.checkbox(key="partenariats_with_undated").disabled
    app.slider(key="partenariats_years").set_value((2020, 2021)).run()
    assert (app.query_params["de"], app.query_params["a"]) == ("2020", "2021")
    assert "GIE du scanner" in text(app)
    app.checkbox(key="partenariats_with_undated").uncheck().run()
    assert app.query_params["nondates"] == "non"
    assert "GIE du scanner" not in text(app)
    years = app.slider(key="partenariats_years")
    years.set_value((years.min, years.max)).run()
    assert "de" not in app.query_params


def test_a_region_limits_the_ghts_offered(repository: Path) -> None:
    app = opened(repository, region="84")
    options = search_box(app, "partenariats_ght")["names"].values()
    assert "Loire (ARA-09) · 7" in options
    assert not any("Aube" in option for option in options)
    assert "Auvergne-Rhône-Alpes" in text(app)


def test_a_ght_without_any_says_that_it_proves_nothing(repository: Path) -> None:
    app = opened(repository, ght="IDF-01")
    assert "Aucun partenariat recensé pour le GHT" in app.info[0].value
    for name in words.LOOKS:
        look(app, name)
        assert len(app.info) == 1


def test_no_result_has_its_sentence(repository: Path) -> None:
    app = opened(repository, forme="gip", secteur="militaire")
    assert app.info[0].value == words.EMPTY
    assert not app.get("download_button")


def test_an_area_outside_any_ght_is_no_filter(repository: Path, atlas: Atlas) -> None:
    outside = atlas.territories.area_code[atlas.territories.kind == "hors_ght"].iloc[0]
    app = opened(repository, territoire=outside)
    assert search_box(app, "partenariats_ght")["value"] == ""
    assert painted(app)["selected"] is None


# Views


@pytest.mark.parametrize("name", ["frise", "reseau", "matrice"])
def test_every_chart_has_its_table(repository: Path, name: str) -> None:
    app = look(opened(repository, ght="GE-06"), name)
    (chart,) = app.get("vega_lite_chart")
    assert json.loads(chart.proto.spec)["layer"]
    assert words.TABLE[name] in text(app)
    assert app.query_params["vue"] == name
    app.toggle(key="partenariats_grille").set_value(True).run()
    assert len(app.dataframe[0].value) > 0


def test_the_timeline_lists_what_it_cannot_place(repository: Path) -> None:
    app = opened(repository, ght="ARA-09", vue="frise")
    assert "Sans date connue (2)" in text(app)
    app.button(key="sans_date_loire-gie-scanner").click().run()
    assert app.query_params["partenariat"] == "loire-gie-scanner"


def test_only_undated_partnerships_make_no_timeline(repository: Path) -> None:
    app = opened(repository, ght="ARA-09", forme="gie", vue="frise")
    assert app.info[0].value == words.NO_TIMELINE


def test_a_network_asks_for_a_ght(repository: Path) -> None:
    app = opened(repository, vue="reseau")
    assert app.info[0].value == words.CHOOSE_GHT
    app.button(key="reseau_GE-06").click().run()
    assert app.get("vega_lite_chart")
    assert app.query_params["territoire"] == "GE-06"


def test_a_row_of_the_grid_opens_its_sheet(repository: Path) -> None:
    app = opened(repository, ght="GE-06", vue="tableau")
    app.toggle(key="partenariats_grille").set_value(True).run()
    table = app.dataframe[0].value
    place = table["Identifiant"].tolist().index(CLINIC)
    assert place >= 0
    assert len(table) == 15


# The sheet


def test_a_link_opens_a_sheet_with_everything(repository: Path) -> None:
    app = opened(repository, partenariat=CLINIC)
    shown = unescape(text(app))
    for part in (
        "16 mai 2018", "Ce qu'il a permis", "Désaccords entre sources", "Confiance : haute",
        "Chronologie datée au jour", "https://www.reseau-hopital-ght.fr", "FINESS 1",
        "écrit dans la source", "lieu inconnu",
    ):  # fmt: skip
        assert part in shown, part
    assert app.code[0].value.endswith(f"?partenariat={CLINIC}")
    values = painted(app)
    assert values["links"]["selected"] == CLINIC
    assert values["selected"] == "GE-06", "the map goes to its GHT"
    app.button(key="fermer").click().run()
    assert "partenariat" not in app.query_params


def test_a_sheet_stays_open_when_the_filters_leave_it_out(repository: Path) -> None:
    app = opened(repository, partenariat=CLINIC, ght="ARA-09")
    assert "GCS Clinique de Champagne" in text(app)
    assert CLINIC in painted(app)["links"]["shown"]
    assert app.selectbox(key="partenariats_opened").value == CLINIC


def test_a_sheet_leads_to_its_kin(repository: Path) -> None:
    app = opened(repository, partenariat=CLINIC)
    before = app.query_params["partenariat"]
    app.button(key="lie_0").click().run()
    assert app.query_params["partenariat"] != before


def test_a_partnership_off_the_map_is_listed_beside(repository: Path) -> None:
    app = opened(repository, ght="GE-06")
    assert "Sans trait sur la carte (5)" in text(app)
    assert "Mutualité française" in text(app)
    app.button(key="hors_carte_aube-optimipstic").click().run()
    assert app.query_params["partenariat"] == "aube-optimipstic"
    choose(app, "opened", None)
    assert "partenariat" not in app.query_params


def click_page() -> None:
    """Take a click as the map's callback does."""
    import streamlit as st  # noqa: PLC0415  the function runs as a script of its own

    from geo.ui.partenariats import map as partenariats_map  # noqa: PLC0415

    partenariats_map.take_click(st.session_state["clic"])


@pytest.mark.parametrize(
    ("value", "opened_id", "area"),
    [
        ({"link_id": CLINIC}, CLINIC, None),
        ({"link_id": "inconnu"}, None, None),
        ({"area_code": "ARA-09"}, None, "ARA-09"),
        ({"area_code": "NON-AFFECTE"}, None, None),
        ({"area_code": "<b>"}, None, None),
        ({"area_code": None}, None, None),
        (["x"], None, None),
    ],
)
def test_a_click_opens_or_chooses(value: object, opened_id: str | None, area: str | None) -> None:
    app = AppTest.from_function(click_page, default_timeout=120)
    app.session_state["clic"] = {CLICK_KEY: value}
    app.run()
    assert not app.exception
    state = app.session_state
    assert (state[VIEW].opened if VIEW in state else None) == opened_id
    assert (state[SELECTION].area if SELECTION in state else None) == area


# Contributions and hostile texts


def brought(repository: Path, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(repository / "dashboard.py"), default_timeout=120)
    app.run()
    app.switch_page("pages/partenariats.py")
    record = builders.partnership(
        7, title=f"Mien {MARKDOWN}", domains=[],
        links=[{"relation": "associe_a", "target": CLINIC}],
    )  # fmt: skip
    app.session_state[contributions_session.SESSION] = {record["id"]: Draft(record)}
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_what_a_session_brought_joins_the_views_and_stays_its_own(repository: Path) -> None:
    app = brought(repository, partenariat="partenariat-7")
    assert words.CONTRIBUTED in text(app)
    assert "address" not in painted(app)["links"], "no public file tells it"
    assert "columns" in painted(app)["links"]
    choose(app, "opened", CLINIC)
    labels = [button.label for button in app.button]
    assert any("Mien" in label for label in labels)
    assert not any(MARKDOWN in label for label in labels), "it is escaped"
    choose(app, "opened", "partenariat-7")
    app.session_state[contributions_session.SESSION] = {}
    app.run()
    assert not app.exception
    assert "partenariat" not in app.query_params
    assert "Mien" not in text(app)


def test_hostile_texts_stay_texts(atlas: Atlas) -> None:
    told = story(collection_of(atlas), CLINIC)
    texts = ("title", "summary", "form_detail", "confidence_reason")
    lists = ("ghts", "allowed", "next_steps", "disagreements", "domains")
    fields: dict[str, Any] = dict.fromkeys(texts, HOSTILE) | dict.fromkeys(lists, (HOSTILE,))
    fields |= {"milestones": ((HOSTILE,) * 3,), "events": ((HOSTILE,) * 4,)}
    told = replace(told, **fields)
    told.parties[["party_name", "role", "city", "note"]] = HOSTILE
    told.sources[["title", "publisher", "date", "note"]] = HOSTILE
    told.sources["url"] = f'https://x/"{HOSTILE}'
    written = story_html(told)
    assert "<img" not in written
    assert written.count("&lt;img") > 20
    assert "<img" not in unplaced_html([HOSTILE] * 3, 2)
    assert "et 1" in unplaced_html([HOSTILE] * 3, 2)


def test_the_drawings_of_the_map_hold_no_name() -> None:
    element = MarksElement([{"at": [1, 2], "s": "prive", "n": "</script>", "t": HOSTILE}])
    assert "</script>" not in element.marks
    assert "<img" not in element.marks
    assert list(json.loads(element.styles)) == ["prive"]


def test_without_its_files_the_page_says_why_and_keeps_its_table(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "map_files", lambda: cache.MapFiles(None, "raison"))
    app = opened(repository, ght="GE-06")
    assert "La carte est indisponible" in app.warning[0].value
    assert "GCS Santé Numérique Sud Champagne" in text(app)


def test_links_travel_with_the_page_when_they_cannot_be_published(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise AssetError("plein")

    monkeypatch.setattr(partenariats_cache, "_link_file", refuse)
    assert "columns" in painted(opened(repository, ght="GE-06"))["links"]


def test_links_forgotten_on_the_disk_are_published_again(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partenariats_cache, "is_there", lambda *_: False)
    assert painted(opened(repository, ght="GE-06"))["links"]["address"]


def test_a_file_is_made_of_what_is_shown() -> None:
    sheets = partenariats_charts.sheets(Filters(ght="ARA-09"))
    assert len(sheets["Partenariats"]()) == 7
    assert set(sheets) == {"Partenariats", "Parties", "Événements", "Sources", "Liens"}
    content = partenariats_panels.csv_file(sheets["Parties"]).decode("utf-8-sig")
    assert content.count("\r\n") == 16 + 1, "rows, and nothing else"


def test_the_panel_of_contributions_is_there(repository: Path) -> None:
    app = opened(repository)
    app.toggle(key="partenariats_apporter").set_value(True).run()
    assert not app.exception
    assert app.file_uploader


def test_files_hold_exactly_what_is_shown(repository: Path) -> None:
    app = opened(repository, ght="GE-06")
    labels = {button.proto.label for button in app.get("download_button")}
    assert labels == {
        "Partenariats (CSV)", "Parties (CSV)", "Événements (CSV)", "Sources (CSV)", "Liens (CSV)",
        "Tout (JSON)",
    }  # fmt: skip


def test_an_address_that_is_not_of_the_web_is_no_link(atlas: Atlas) -> None:
    told = story(collection_of(atlas), CLINIC)
    told.sources["url"] = "javascript:alert(1)"
    assert "javascript" not in story_html(told)
