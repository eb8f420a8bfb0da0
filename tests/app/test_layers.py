"""The choices of layers, on a page of their own."""

import html
import json
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.drawing.classes import Classes, class_texts
from geo.drawing.screen_map import MapAddresses
from geo.formats import format_number
from geo.territories.services import commune_minutes
from geo.ui.carte import links as carte_links
from geo.ui.shared import cache, clicks, layers
from geo.ui.shared import map as shared_map
from geo.ui.shared.assets import FROM_FRAME, STATIC_FOLDER, AssetError
from geo.ui.shared.selection import Selection

pytestmark = pytest.mark.app


def page() -> None:
    """Show the choices and the view they give."""
    import streamlit as st  # noqa: PLC0415

    from geo.ui.shared import layers as shown  # noqa: PLC0415
    from geo.ui.shared import view as shared_view  # noqa: PLC0415

    shared_view.read_address()
    shown.show_layers()
    shown.show_layer_legend(shared_view.selection().layers)
    st.json(shown.layer_values(shared_view.selection()))
    shared_view.write_address()


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # A page alone has no other page to link to: its link is written down.
    monkeypatch.setattr(st, "page_link", lambda page, **said: st.json([page, said["query_params"]]))
    layers._published.clear()
    carte_links._drawn.clear()
    yield
    layers._published.clear()
    carte_links._drawn.clear()


def links_page() -> None:
    """Show the choices of the page of the map, and the legend of the links."""
    from geo.ui.carte import panels  # noqa: PLC0415
    from geo.ui.shared import layers as shown  # noqa: PLC0415
    from geo.ui.shared import view as shared_view  # noqa: PLC0415
    from geo.ui.shared.selection import LAYERS  # noqa: PLC0415

    shared_view.read_address()
    shown.show_layers(LAYERS)
    panels.show_links()
    shared_view.write_address()


def opened(**parameters: str) -> AppTest:
    return run(page, **parameters)


def run(shown: Callable[[], None], **parameters: str) -> AppTest:
    app = AppTest.from_function(shown, default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    shown = " ".join(block.proto.body for block in app.get("html"))
    return html.unescape(shown).replace("\u00a0", " ")


def test_layers_and_backgrounds_are_chosen_and_written_in_the_address() -> None:
    app = opened()
    assert "calques" not in app.query_params
    app.radio[0].set_value("ign").run()
    assert "ign" in app.query_params["fond"]
    app.button_group[0].set_value(["communes", "noms"]).run()
    assert "noms,communes" in app.query_params["calques"]
    assert "Choisissez un territoire" in text(app)
    app.button_group[0].set_value([]).run()
    assert "aucun" in app.query_params["calques"]
    app.radio[0].set_value("aucun").run()
    assert "fond" not in app.query_params


def test_the_contested_communes_have_a_legend() -> None:
    app = opened(calques="disputees", territoire="GE-06")
    assert "Communes disputées" in text(app)
    assert "calque." in app.json[0].value
    assert "Communes disputées" not in text(opened())


def test_the_towns_of_members_elsewhere_are_hatched_and_counted() -> None:
    app = opened(calques="ailleurs")
    assert "Communes d'un membre dans le territoire d'un autre (23 communes)" in text(app)
    assert set(json.loads(app.json[0].value)["details"]) == {"ailleurs"}


def test_the_communes_that_the_runs_move_are_hatched_and_counted() -> None:
    app = opened(calques="instables")
    stays = cache.atlas().commune_stability.stays_percent
    said = f"des temps ({format_number((stays < 90).sum())} communes)"
    assert said in text(app)
    assert set(json.loads(app.json[0].value)["details"]) == {"instables"}


@pytest.mark.parametrize("service", ["urgences", "maternite", "medecine"])
def test_the_communes_far_from_a_service_are_hatched_and_counted(service: str) -> None:
    app = opened(calques=f"loin_{service}")
    far = (commune_minutes(cache.atlas(), service).minutes > 30).sum()
    assert f"({format_number(far)} communes)" in text(app)
    assert ("temps officiels de la DREES (2019)" in text(app)) == (service == "urgences")
    assert ("par la route, réseau 2025" in text(app)) == (service != "urgences")
    assert set(json.loads(app.json[0].value)["details"]) == {f"loin_{service}"}


def test_borders_of_zones_have_a_legend_that_names_their_source() -> None:
    app = opened(calques="noms,zone_emploi")
    assert "Zones d'emploi 2020 (306 zones ; INSEE, repris de la base COGugaison, ODbL" in text(app)
    assert "Intercommunalités" not in text(app)
    values = json.loads(app.json[0].value)
    assert values["show"] == ["noms", "zone_emploi"]
    assert set(values["details"]) == {"zone_emploi"}


def test_a_visit_without_zones_reads_no_table_of_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> pd.Series:
        raise AssertionError("read without need")

    monkeypatch.setattr(layers, "zones_of", refuse)
    assert "zone" not in text(opened())


def test_files_are_published_again_when_they_are_gone() -> None:
    view = Selection(area="GE-06", layers=("communes",))
    found = layers.details(view)["communes"]
    path = STATIC_FOLDER / found.removeprefix(FROM_FRAME)
    path.unlink()
    assert layers.details(view) == {"communes": found}
    assert path.is_file()


def test_nothing_is_drawn_without_need() -> None:
    assert layers.details(Selection(layers=("communes",))) == {}
    assert layers.details(Selection(area="GUA-01", layers=("communes",))) == {}
    values = layers.layer_values(Selection())
    assert values == {"show": ["noms", "departements", "regions"], "details": {}}


def test_a_folder_that_cannot_be_written_costs_the_layer_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> str:
        raise AssetError("refusé.")

    monkeypatch.setattr(layers, "publish_layer", refuse)
    assert layers.details(Selection(area="GE-06", layers=("communes",))) == {}


def test_the_map_gets_its_background_and_its_own_legend() -> None:
    classes = Classes((1.0, 2.0, 3.0), pd.Series([0, 1], dtype="Int64"), (1, 1))
    view = Selection(background="osm", measure="density_per_km2")
    values = layers.layer_values(view, classes, 0)
    assert values["background"] == "osm"
    assert values["legend"] == class_texts(classes, 0)
    counted = layers.layer_values(replace(view, measure="population"), classes, 0)
    assert len(counted["circles"]) == len(cache.areas())
    assert counted["legend"][0] == "2\u202f000\u202f000"


def test_links_are_a_layer_of_the_map_only() -> None:
    app = opened(calques="partenariats")
    assert "Partenariats" not in app.button_group[0].options
    app.button_group[0].set_value(["noms"]).run()
    assert "noms,partenariats" in app.query_params["calques"], "what is not offered stays"
    app = run(links_page, calques="noms,partenariats", territoire="ARA-09")
    assert "Partenariats" in app.button_group[0].options
    assert "7 partenariats" in text(app)
    assert "Convention ou protocole" in text(app)
    assert "En vigueur" in text(app)
    page_link = json.loads(app.json[0].value)
    assert page_link[0] == "pages/partenariats.py"
    assert page_link[1]["territoire"] == "ARA-09"
    app.button_group[0].set_value(["noms"]).run()
    assert "partenariat" not in text(app)
    assert "partenariat" not in app.query_params["calques"]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({}, "Toute la France : "),
        ({"region": "84"}, "GHT de la région Auvergne-Rhône-Alpes : "),
        ({"territoire": "GUA-01"}, "aucun partenariat recensé"),
    ],
)
def test_the_legend_of_links_names_their_place(parameters: dict[str, str], said: str) -> None:
    assert said in text(run(links_page, calques="partenariats", **parameters))


def test_links_go_by_address_and_come_back_when_forgotten() -> None:
    view = Selection(area="ARA-09", layers=("partenariats",))
    values = carte_links.link_values(view)
    assert len(json.dumps(values)) < 120
    path = STATIC_FOLDER / values["links"]["address"].removeprefix(FROM_FRAME)
    path.unlink()
    assert carte_links.link_values(view) == values
    assert path.is_file()
    assert carte_links.link_values(Selection(area="GUA-01")) == {}


def test_links_that_cannot_be_published_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> str:
        raise AssetError("refusé.")

    monkeypatch.setattr(carte_links, "publish_layer", refuse)
    assert carte_links.link_values(Selection()) == {}
    assert "n'ont pas pu être publiés" in text(run(links_page, calques="partenariats"))


def test_a_frame_without_the_hooks_of_the_map_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = shared_map.are_hooks_there.__wrapped__
    assert look()
    script = next(shared_map.BUNDLE.glob("*.js")).read_text(encoding="utf-8")
    for hook in shared_map.HOOKS:
        (tmp_path / "main.js").write_text(script.replace(hook, "gone"), encoding="utf-8")
        assert not look(tmp_path), hook
    monkeypatch.setattr(shared_map, "st_folium", lambda fig, key: (fig, key))
    assert not look()


def test_without_the_hooks_folium_draws_the_map_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(shared_map, "are_hooks_there", lambda: False)
    monkeypatch.setattr(st, "warning", shown.append)
    monkeypatch.setattr(st, "iframe", lambda page, **_: shown.append(page))
    files = MapAddresses(**{field.name: FROM_FRAME + field.name for field in fields(MapAddresses)})
    values: Any = {"token": "x"}
    shared_map.show_folium(files, values, "carte", lambda: None)
    assert "streamlit-folium" in shown[0]
    assert 'src="app/static/script"' in shown[1]
    assert 'Atlas.map.paint({"token":"x"})' in shown[1]
    assert FROM_FRAME not in shown[1]
    assert "https://" not in shown[1], "nothing from a third party"


@pytest.mark.parametrize(
    ("value", "link"),
    [
        ({"atlas_click": {"link_id": "a", "count": 1}}, "a"),
        ({"atlas_click": {"link_id": "z"}}, None),
        ({"atlas_click": {"link_id": ["a"]}}, None),
        ({"atlas_click": {"area_code": "GE-06"}}, None),
        ({"atlas_click": "a"}, None),
        (None, None),
    ],
)
def test_only_a_known_link_is_taken_from_the_browser(value: object, link: str | None) -> None:
    assert clicks.clicked_link(value, {"a"}) == link
