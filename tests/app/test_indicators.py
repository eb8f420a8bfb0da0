"""An indicator of activity on the pages Carte and Comparer: told with its unit, producer, year."""

from html import unescape
from pathlib import Path

import pytest

from geo.ui.carte import panels
from geo.ui.comparer import words
from geo.ui.shared import cache, downloads
from tests.app import screens
from tests.app.screens import opened_at, painted

pytestmark = [
    pytest.mark.app,
    pytest.mark.usefixtures("shared_caches"),
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
HEADING = "Lits de MCO (lits ; DREES, 2024)"


def test_the_map_its_legend_and_its_table_say_what_the_indicator_is(repository: Path) -> None:
    app = opened_at(repository, "carte", indicateur="beds_mco")
    values = painted(app)
    assert values["label"] == "Lits de MCO – DREES, 2024"
    assert values["unit"] == "lits"
    places = dict(zip(cache.areas().area_code, values["texts"], strict=True))
    assert places["GE-06"] == "579"
    assert places["NON-AFFECTE"] == ""
    shown = unescape(screens.text(app))
    assert "Source : DREES, 2024." in shown
    assert HEADING in shown
    assert app.selectbox(key="choix_measure").value == "beds_mco"
    assert "Capacités · Lits de MCO" in app.selectbox(key="choix_measure").options


def test_the_files_hold_the_indicator() -> None:
    lines = panels.table_file(None, "beds_mco_rate").decode("utf-8-sig").splitlines()
    head = "Lits de MCO par habitant (fait et modèle) (pour 1 000 habitants ; DREES, 2024)"
    place = [cell.strip('"') for cell in lines[0].split(";")]
    assert head in lines[0].replace("\u00a0", " ").replace("\u202f", " ")
    assert place[0] == "Code"
    content = downloads.with_indicator(downloads.bundled("territories"), "beds_mco")
    table = content.read().set_index("area_code")
    assert table.beds_mco["GE-06"] == 579
    assert ("beds_mco", HEADING) in content.filters
    plain = downloads.bundled("territories")
    assert downloads.with_indicator(plain, "population") is plain


@pytest.mark.parametrize("panel", words.PANELS)
def test_every_panel_of_comparer_takes_it(repository: Path, panel: str) -> None:
    app = opened_at(
        repository, "comparer", indicateur="beds_mco", volet=panel, territoire="GE-06",
        avec="ARA-09", contre="deliveries", mesures="beds_mco,deliveries",
    )  # fmt: skip
    assert not app.warning
    shown = unescape(screens.text(app)).replace("\u202f", " ")
    if panel in {"classement", "cote", "nuage", "semblables"}:
        assert "Lits de MCO" in shown
        assert "579" in shown


def test_the_page_of_models_paints_it_too(repository: Path) -> None:
    app = opened_at(repository, "bassins", indicateur="beds_mco_rate")
    assert not app.exception


def test_a_territory_keeps_it(repository: Path) -> None:
    app = opened_at(
        repository,
        "territoire",
        territoire="GE-06",
        indicateur="emergency_visits",
        peint="indicateur",
    )
    assert painted(app)["label"] == "Passages aux urgences – DREES, 2024"


@pytest.mark.parametrize("page", ["carte", "territoire"])
def test_the_address_opens_the_recipes(repository: Path, page: str) -> None:
    asked = {"territoire": "GE-06", "indicateur": "beds_mco_rate"}
    closed = opened_at(repository, page, **asked)
    assert "(100006279) : Lits de MCO" not in screens.text(closed)
    closed.toggle(key="choix_recipes").set_value(True).run()
    assert closed.query_params["recettes"] == "oui"
    app = opened_at(repository, page, **asked, recettes="oui")
    for shown in (closed, app):
        text = unescape(screens.text(shown))
        assert "(100006279) : Lits de MCO" in text
        assert 'class="atlas-recipe" open' in text


def test_territories_side_by_side_have_their_recipes(repository: Path) -> None:
    app = opened_at(
        repository, "comparer", volet="cote", territoire="GE-06", avec="ARA-09",
        indicateur="deliveries", recettes="oui",
    )  # fmt: skip
    text = unescape(screens.text(app))
    assert "CH de Troyes (100000017) : Accouchements" in text
    assert "Saint-Étienne (420784878) : Accouchements" in text
