"""The cards of a commune and of a hospital, on the pages with a map."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.drawing.screen_map import CLICK_KEY
from geo.profile.commune_card import CommuneCard, Fact
from geo.ui.shared import cards
from geo.ui.shared.selection import Selection
from geo.ui.shared.view import SELECTION
from tests.app.screens import html, opened_at, painted, text

pytestmark = [
    pytest.mark.app,
    pytest.mark.usefixtures("shared_caches"),
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::UserWarning"),
]

ROMILLY, TROYES, SEZANNE = "10323", "100000090", "510000177"


def test_a_link_to_a_commune_opens_its_card_and_marks_it(repository: Path) -> None:
    app = opened_at(repository, "carte", commune=ROMILLY)
    said = html(app)
    for part in (
        "GHT Aube et Sézannais (GE-06)", "CH de Romilly-sur-Seine",
        "moins de 5\xa0min par la route",
        "GHT Provins Est Seine-et-Marne (IDF-16)", "minutes officielles de la DREES, 2019",
        "CC des Portes de Romilly sur Seine", "14\u202f959",
    ):  # fmt: skip
        assert part in said, part
    values = painted(app)
    assert values["selected"] == "GE-06"
    spot = values["commune"]
    assert (spot["code"], spot["name"]) == (ROMILLY, "Romilly-sur-Seine")
    assert (spot["lon"], spot["lat"]) == (3.7203, 48.5151)
    assert spot["address"].endswith(".json")
    app.button(key="fermer_commune").click().run()
    assert "commune" not in painted(app)
    assert painted(app)["selected"] == "GE-06"
    assert "CC des Portes de Romilly" not in html(app)


@pytest.mark.parametrize(
    ("code", "name", "said"),
    [
        ("75105", "Paris", "arrondissement, compté avec Paris"),
        ("Romilly-sur-Seine", "Romilly-sur-Seine", "lu par son nom"),
    ],
)
def test_a_commune_named_otherwise_is_followed_and_said(
    code: str, name: str, said: str, repository: Path
) -> None:
    app = opened_at(repository, "carte", commune=code)
    assert painted(app)["commune"]["name"] == name
    assert said in text(app)


def test_a_commune_or_a_site_that_does_not_exist_is_said_and_shows_nothing(
    repository: Path,
) -> None:
    app = opened_at(repository, "carte", commune="<u>Paris", site="999999999")
    assert len(app.warning) == 2
    assert not {"commune", "site"} & set(painted(app))
    assert "<u>" not in html(app)


def test_the_card_of_a_hospital_says_what_it_is_and_does(repository: Path) -> None:
    app = opened_at(repository, "carte", site=TROYES)
    said = html(app)
    for part in (
        "Support, publié", "Centre hospitalier (CH)", "Retenu par le modèle", "Lits de MCO",
        "Accouchements", "Passages aux urgences", "Scanners", "Évolution depuis 2019",
        "GCS Santé Numérique Sud Champagne",
    ):  # fmt: skip
        assert part in said, part
    values = painted(app)
    assert values["site"]["name"] == "CH de Troyes"
    assert values["selected"] is None, "a link to a hospital filters nothing"


def test_a_hospital_is_chosen_by_the_keyboard_too(repository: Path) -> None:
    app = opened_at(repository, "carte", territoire="GE-06")
    (choice,) = [box for box in app.selectbox if box.label == "Hôpitaux généraux du territoire"]
    choice.select(SEZANNE).run()
    assert painted(app)["site"]["code"] == SEZANNE
    assert painted(app)["selected"] == "GE-06"


def test_a_hospital_leaves_the_filter_of_establishments(repository: Path) -> None:
    app = opened_at(repository, "etablissements", territoire="GE-06", site=SEZANNE)
    assert "CH de Sézanne" in html(app)
    assert painted(app)["selected"] == "GE-06"
    app.button(key="fiche_entite").click().run()
    assert "Groupement hospitalier Aube-Marne" in html(app)
    assert painted(app)["site"]["code"] == SEZANNE


def test_a_search_of_establishments_frames_what_it_finds(repository: Path) -> None:
    values = painted(opened_at(repository, "etablissements", texte="Sézanne"))
    west, south, east, north = values["frame"]
    assert 3.7 < west <= east < 3.8
    assert 48.7 < south <= north < 48.8
    assert "frame" not in painted(opened_at(repository, "etablissements", territoire="GE-06"))


def click_page() -> None:
    """Take a click as the callback of a map does."""
    import streamlit as st  # noqa: PLC0415  the function runs as a script of its own

    from geo.ui.shared.clicks import take_click  # noqa: PLC0415

    take_click(st.session_state["clic"])


@pytest.mark.parametrize(
    ("click", "chosen"),
    [
        ({"site": SEZANNE}, Selection(region="53", area="BRE-05", site=SEZANNE)),
        ({"site": None}, Selection(region="53", area="BRE-05")),
        ({"commune": ROMILLY}, Selection(region="44", area="GE-06", commune=ROMILLY)),
        ({"area_code": None}, Selection(region="53")),
        ({"site": "<b>"}, Selection(region="53", area="BRE-05", site=TROYES)),
        ({"commune": ["10323"]}, Selection(region="53", area="BRE-05", site=TROYES)),
        ({"commune": {}}, Selection(region="53", area="BRE-05", site=TROYES)),
    ],
)
def test_a_click_opens_a_card_and_nothing_else_moves(
    click: dict[str, object], chosen: Selection
) -> None:
    app = AppTest.from_function(click_page, default_timeout=120)
    app.session_state["clic"] = {CLICK_KEY: {**click, "count": 1}}
    app.session_state[SELECTION] = Selection(region="53", area="BRE-05", site=TROYES)
    app.run()
    assert not app.exception
    assert app.session_state[SELECTION] == chosen


def test_a_chosen_territory_leads_to_the_other_pages(repository: Path) -> None:
    app = opened_at(repository, "carte", territoire="GE-06")
    links = {link.proto.label: link.proto for link in app.get("page_link")}
    for label in ("Voir le portrait", "Partenariats", "Comparer", "Communes disputées"):
        assert "territoire=GE-06" in links[label].query_string, label
    assert "Nommé par la liste nationale" in html(app)
    other = html(opened_at(repository, "carte", territoire="ARA-01"))
    assert 'href="https://pdfslide.fr/' in other
    assert not opened_at(repository, "carte").get("page_link")


def test_no_name_of_a_card_is_read_as_html() -> None:
    name = "<img src=x onerror=alert(1)>"
    facts = (Fact(name, name, name),)
    written = cards._commune_html(CommuneCard(name, name, facts, facts, facts, facts, (name,)))
    assert "<img" not in written
    assert "&lt;img" in written
