"""The choices of layers, on a page of their own."""

from collections.abc import Iterator

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geo.classes import Classes, class_texts
from geo.selection import Selection
from geo.ui import layers
from geo.ui.assets import FROM_FRAME, STATIC_FOLDER, AssetError

pytestmark = pytest.mark.app


def page() -> None:
    """Show the choices and the view they give."""
    import streamlit as st  # noqa: PLC0415

    from geo.ui import layers as shown  # noqa: PLC0415
    from geo.ui import state  # noqa: PLC0415

    state.read_address()
    shown.show_layers()
    shown.show_layer_legend()
    st.json(shown.layer_values(state.selection()))
    state.write_address()


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    layers._published.clear()
    yield
    layers._published.clear()


def opened(**parameters: str) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    return " ".join(block.proto.body for block in app.get("html"))


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
    values = layers.layer_values(Selection(background="osm"), classes, 0)
    assert values["background"] == "osm"
    assert values["legend"] == class_texts(classes, 0)


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
    assert layers.clicked_link(value, {"a"}) == link
