"""The view of the page of models: its address, its runs, its tables and its layers."""

import json
from dataclasses import replace
from pathlib import Path

import altair as alt
import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas.load import Atlas
from geo.catchment.analysis import atlas_world
from geo.catchment.area_drawing import area_drawing
from geo.catchment.charts import NAMED, cloud_chart, cloud_data
from geo.catchment.layers import (
    CHANGE_BOUNDS,
    change_percent,
    changed_communes,
    commune_overlay,
    commune_text,
    contested_overlay,
    contested_percent,
    difference_overlay,
    fixed_classes,
    is_contested,
    margin_class,
    margin_labels,
)
from geo.catchment.models import DEFAULT_MODEL, MODELS
from geo.catchment.options import UNITS
from geo.catchment.runs import (
    IMPORTED,
    REALITY,
    Basin,
    BasinView,
    Request,
    command_line,
    compared,
    other_request,
    others,
    request_of,
    run_request,
)
from geo.catchment.scenario import CHANGE_KINDS, Change, Scenario, apply_scenario
from geo.catchment.scenario_names import change_text, is_idle, target_names
from geo.catchment.tables import (
    FAR_PERCENT,
    agreement,
    commune_answers,
    compare_run,
    contested_rows,
    effect_rows,
    far_sentences,
    in_french,
    judged_population,
    named_comparison,
    survey_models,
    territory_rows,
)
from geo.catchment.words import BEYOND_BAND, COLUMNS, STANDINGS
from geo.catchment.world import World
from geo.drawing.charts import LOCALE
from geo.errors import UserError
from geo.ui.bassins.address import CODEC, read_basin_view
from geo.ui.bassins.words import ANSWER_COLUMNS, EFFECT_COLUMNS, LOOKS, PANELS
from geo.ui.shared import layer_files
from geo.ui.shared.assets import AssetError

COUNTRY = 68_350_798
REGIONS = ("24", "44", "52", "53", "93")
CLOSED = Change("close", "100000001")


# The address


def test_a_default_view_has_an_empty_address() -> None:
    assert CODEC.write(BasinView()) == {}
    assert read_basin_view({}, REGIONS) == (BasinView(), ())


views = st.builds(
    BasinView,
    model=st.sampled_from([*MODELS, IMPORTED]),
    enclaves=st.integers(0, 50_000),
    margin=st.integers(1, 50),
    look=st.sampled_from([*LOOKS]),
    other=st.sampled_from([*MODELS, REALITY]),
    panel=st.sampled_from([*PANELS]),
    scenario=st.sampled_from([Scenario(), Scenario("x", (CLOSED,))]),
    own_town=st.booleans(),
    whole_units=st.sampled_from(UNITS),
).map(lambda view: view.with_value("beta", "2.5").with_value("regions", "24,53"))


@given(views)
def test_an_address_gives_back_the_view(view: BasinView) -> None:
    assert read_basin_view(CODEC.write(view), REGIONS) == (view, ())


@given(st.dictionaries(st.sampled_from(sorted(CODEC.names())), st.text(max_size=60)))
def test_any_address_is_a_view(parameters: dict[str, str]) -> None:
    view, notices = read_basin_view(parameters, REGIONS)
    assert read_basin_view(CODEC.write(view), REGIONS)[0] == view
    assert len(notices) <= len(parameters)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("modele", "nearest!"), ("beta", "0.1"), ("beta", "nan"), ("beta", "1e999"), ("alpha", "x"),
        ("frein", "exp"), ("t50", "4"), ("liees", "24,99"), ("enclaves", "-1"), ("marge", "0"),
        ("marge", "²"), ("enclaves", "9" * 500),
        ("marge", "0" * 9_000 + "5"), ("vue", "satellite"), ("avec", "<b>"),
        ("volet", "x"), ("scenario", "x"), ("unites", "canton"), ("villes", "oui"),
        ("petit", "x"), ("zone", "-1"), ("lits", "9999"), ("lits_min", "nan"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_the_default_and_is_said(name: str, value: str) -> None:
    view, notices = read_basin_view({name: value}, REGIONS)
    assert view == BasinView()
    assert len(notices) == 1
    assert len(notices[0]) < 200


def test_the_values_of_the_default_model_are_in_the_address() -> None:
    given = {"petit": "8", "zone": "0", "lits": "15", "lits_min": "30"}
    view, notices = read_basin_view(given, REGIONS)
    assert notices == ()
    assert dict(view.values) == {
        "small_penalty": "8", "zone_penalty": "0", "small_beds": "15", "min_beds": "30",
    }  # fmt: skip
    assert CODEC.write(view).items() >= given.items()


def test_a_default_value_is_left_out() -> None:
    view = BasinView().with_value("beta", "2").with_value("beta", "1.67")
    assert view.values == ()


# Which run


def test_only_the_values_of_the_model_make_its_run() -> None:
    view = BasinView("nearest", (("beta", "2"),), margin=20)
    assert request_of(view) == Request("nearest", margin=20)
    assert request_of(BasinView("gravity", (("beta", "2"),))).values == (("beta", "2"),)


def test_the_name_of_a_scenario_does_not_make_another_run() -> None:
    one, two = (BasinView(scenario=Scenario(name, (CLOSED,))) for name in "ab")
    assert request_of(one).key == request_of(two).key != Request().key


def test_an_imported_zoning_knows_neither_values_nor_scenarios() -> None:
    view = BasinView(IMPORTED, (("beta", "2"),), scenario=Scenario("x", (CLOSED,)))
    assert request_of(view, "d1") == Request(IMPORTED, zoning="d1")
    bound = replace(view, own_town=True)
    assert request_of(bound, "d1") == Request(IMPORTED, zoning="d1", own_town=True)
    assert REALITY not in others(view)


def test_a_view_is_compared_with_something_else() -> None:
    assert compared(BasinView("gravity", other="gravity")) == DEFAULT_MODEL
    assert compared(BasinView("nearest", other=REALITY)) == "gravity"
    changed = BasinView(other=REALITY, scenario=Scenario("x", (CLOSED,)))
    assert compared(changed) == REALITY
    assert other_request(changed, REALITY) == Request()
    assert other_request(changed, "gravity") == Request("gravity", changes=(CLOSED,))


@pytest.mark.parametrize(
    ("view", "command"),
    [
        (BasinView(), "python -m geo territories --model road --format csv"),
        (
            BasinView("gravity", (("beta", "2"), ("half_time", "20")), enclaves=500),
            (
                "python -m geo territories --model gravity --beta 2 --half-time 20 "
                "--enclaves 500 --format csv"
            ),
        ),
        (
            BasinView("nearest", own_town=True, whole_units="epci"),
            (
                "python -m geo territories --model nearest --own-town --whole-units epci "
                "--format csv"
            ),
        ),
        (BasinView(IMPORTED), None),
        (BasinView(scenario=Scenario("x", (CLOSED,))), None),
    ],
)
def test_the_command_line_reproduces_the_view(view: BasinView, command: str | None) -> None:
    assert command_line(view) == command


# Runs over the bundled data


@pytest.fixture(scope="module")
def world(atlas: Atlas) -> World:
    return atlas_world(atlas)


@pytest.fixture(scope="module")
def nearest(atlas: Atlas, world: World) -> Basin:
    return run_request(atlas, world, Request())


@pytest.fixture(scope="module")
def gravity(atlas: Atlas, world: World) -> Basin:
    return run_request(atlas, world, Request("gravity", (("beta", "2"),), 1000))


@pytest.fixture(scope="module")
def light(atlas: Atlas) -> gpd.GeoDataFrame:
    return gpd.read_parquet(atlas.shapes("communes_light"))


def test_a_run_is_small_enough_to_be_kept(gravity: Basin) -> None:
    assert gravity.communes.memory_usage(deep=True).sum() < 4_000_000
    assert gravity.territories.population.sum() == COUNTRY
    assert gravity.moved is not None


def test_an_imported_run_needs_its_table(atlas: Atlas, world: World) -> None:
    with pytest.raises(UserError, match="donnez à nouveau le fichier"):
        run_request(atlas, world, Request(IMPORTED, zoning="x"))
    table = pd.DataFrame({"insee_code": ["10387"], "area_code": ["GE-06"]})
    basin = run_request(atlas, world, Request(IMPORTED, zoning="x"), table)
    assert basin.territories.population.sum() == COUNTRY


def test_the_survey_spans_the_four_models(atlas: Atlas, world: World, nearest: Basin) -> None:
    survey = survey_models(atlas, world)
    rows = territory_rows(atlas, nearest, survey.spread)
    known = rows[rows.population.notna()]
    assert (
        (known.population_min <= known.population) & (known.population <= known.population_max)
    ).all()
    assert rows.population.sum() == COUNTRY
    assert list(in_french(rows, COLUMNS).columns) == list(COLUMNS.values())
    names = world.sites.set_index("finess_et").site_name
    answers = commune_answers("10387", nearest, survey, names, "Affiché")
    assert list(answers.model) == ["Affiché", *(model.label for model in MODELS.values())]
    assert set(ANSWER_COLUMNS) <= set(answers.columns)
    once = commune_answers("10387", nearest, survey, names, "Affiché", "nearest")
    assert list(once.model) == [m for m in answers.model if m != MODELS["nearest"].label]
    assert agreement(once) == ((once.area_name == once.area_name.iloc[0]).sum(), len(once))
    named = named_comparison(survey.comparison, atlas.ghts.set_index("ght_code").ght_name)
    assert set(named.standing) == set(STANDINGS.values())
    counted = survey.comparison[survey.comparison.standing == "counted"]
    here = counted[(counted.model == DEFAULT_MODEL) & (counted.figure == "population")]
    shown = judged_population(compare_run(atlas, nearest, "Affiché"))
    assert sorted(shown.deviation_percent) == pytest.approx(sorted(here.deviation_percent))


def test_the_cloud_names_the_farthest(atlas: Atlas, nearest: Basin) -> None:
    rows = judged_population(compare_run(atlas, nearest, "Affiché"))
    sizes = rows.deviation_percent.abs()
    assert sizes.is_monotonic_decreasing
    drawn = cloud_chart(rows)
    alt.LayerChart.from_dict(drawn)
    assert drawn["config"]["locale"] == LOCALE
    scales = [layer["encoding"]["x"].get("scale", {}) for layer in drawn["layer"]]
    assert {"log"} == {scale["type"] for scale in scales if scale}
    points = cloud_data(rows)
    named = points[points.is_named]
    assert 0 < len(named) <= NAMED
    assert named.GHT.is_unique
    assert named.index[0] == 0, "the farthest of all has its name"
    assert set(named.kind) == {BEYOND_BAND}


def test_far_territories_are_explained_by_who_shares_their_departement(
    atlas: Atlas, nearest: Basin
) -> None:
    """The farthest from what is published first, each with the departement of most people."""
    table = nearest.territories
    sizes = table.population_deviation_percent.abs()
    far = table[sizes > FAR_PERCENT].iloc[(-sizes[sizes > FAR_PERCENT]).argsort(kind="stable")]
    sentences = far_sentences(atlas, nearest)
    assert len(sentences) == len(far) > 0
    people = nearest.communes.merge(atlas.communes, on="insee_code", suffixes=("", "_"))
    names = atlas.departements.set_index("dep_code").dep_name
    for sentence, area in zip(sentences, far.itertuples(), strict=True):
        assert sentence.startswith(f"{area.area_name} ({area.area_code})")
        own = people[people.area_code == area.area_code].groupby("dep_code").population.sum()
        main = str(own.idxmax())
        assert f"{names[main]} ({main})" in sentence


def test_the_effect_of_a_merger_moves_people_and_loses_nobody(
    atlas: Atlas, world: World, nearest: Basin
) -> None:
    changes = (Change("merge", "GE-06", "GE-05"),)
    after = run_request(
        atlas, apply_scenario(world, Scenario("x", changes)), Request(changes=changes)
    )
    rows = effect_rows(nearest, after)
    assert rows.change.sum() == 0
    assert set(rows.area_code) == {"GE-05", "GE-06"}
    assert list(in_french(rows, EFFECT_COLUMNS).columns) == list(EFFECT_COLUMNS.values())
    assert effect_rows(nearest, nearest).empty
    assert set(changed_communes(nearest, after)["first"]) == {"GE-06"}
    assert change_percent(after, nearest).max() > 20


def test_changes_are_named(atlas: Atlas, world: World) -> None:
    areas = dict(zip(atlas.territories.area_code, atlas.territories.area_name, strict=True))
    targets = {
        "move_site": world.sites.finess_et.iloc[0],
        "move": world.sites.finess_ej.iloc[0], "merge": "GE-06", "open": "10323",
        "close": world.sites.finess_et.iloc[0], "capacity": world.sites.finess_et.iloc[0],
    }  # fmt: skip
    texts = [
        change_text(Change(kind, targets[kind], "GE-05", 2.0), world, areas)
        for kind in CHANGE_KINDS
    ]
    assert all(text.endswith(".") and "nan" not in text for text in texts)
    assert "Aube et Sézannais" in texts[list(CHANGE_KINDS).index("merge")]
    assert len(target_names(world, "close")) == len(world.sites)
    assert len(target_names(world, "move")) == world.sites.finess_ej.nunique()


def test_a_change_that_changes_nothing_is_seen(world: World) -> None:
    site = world.sites.iloc[0]
    assert is_idle(Change("move", site.finess_ej, site.area_code), world)
    assert is_idle(Change("capacity", site.finess_et, capacity=site.capacity), world)
    assert is_idle(Change("merge", "GE-06", "GE-06"), world)
    assert not is_idle(Change("merge", "GE-06", "GE-05"), world)
    assert not is_idle(Change("close", site.finess_et), world)


# Layers


def geometries(content: bytes, name: str = "parts") -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(content)["objects"][name]["geometries"]
    return found


def test_the_contested_communes_are_hatched_by_pair(
    atlas: Atlas, light: gpd.GeoDataFrame, gravity: Basin
) -> None:
    overlay = contested_overlay(light, gravity, atlas.communes, 5)
    rows = contested_rows(atlas, gravity, 5)
    assert overlay.commune_count == len(rows)
    assert overlay.population == rows.population.sum()
    assert len(geometries(overlay.content)) < len(rows)
    assert contested_overlay(light, gravity, atlas.communes, 0).content == b""


def test_the_contested_population_is_that_of_the_list(atlas: Atlas, gravity: Basin) -> None:
    rows = contested_rows(atlas, gravity, 10)
    assert gravity.territories.contested_population.sum() == rows.population.sum()
    assert contested_percent(gravity).max() <= 100


def test_two_equal_maps_have_no_difference(
    atlas: Atlas, light: gpd.GeoDataFrame, gravity: Basin, nearest: Basin
) -> None:
    assert difference_overlay(light, gravity, gravity, atlas.communes).content == b""
    overlay = difference_overlay(light, gravity, nearest, atlas.communes)
    assert overlay.commune_count == len(changed_communes(gravity, nearest))


def test_the_communes_of_a_territory_are_classed(
    atlas: Atlas, light: gpd.GeoDataFrame, gravity: Basin
) -> None:
    overlay = commune_overlay(light, gravity, atlas.communes, "GE-06", 10)
    assert sum(overlay.counts) == overlay.commune_count == len(geometries(overlay.content))
    assert commune_overlay(light, gravity, atlas.communes, "ZZ-99", 10).content == b""


def test_areas_are_drawn_for_the_browser(light: gpd.GeoDataFrame, gravity: Basin) -> None:
    codes = {shape["id"] for shape in geometries(area_drawing(light, gravity), "territories")}
    assert codes == set(gravity.communes.area_code) - {"NON-AFFECTE"}


@pytest.mark.parametrize("contested", [1, 10, 25, 50])
def test_margins_fall_in_the_class_that_names_them(contested: int) -> None:
    margins = pd.Series([0.0, 0.009, 0.12, 0.3, 0.7, None])
    classes = margin_class(margins, contested)
    labels = margin_labels(contested)
    assert classes.iloc[0] == 0
    assert classes.iloc[4] == len(labels) - 1
    assert pd.isna(classes.iloc[5])
    assert labels[0] == f"moins de {contested} % (disputée)"


def test_the_first_class_holds_the_contested_communes_and_no_other() -> None:
    """0.29 * 100 is below 29, and a lead of 29 % is not below 29 %."""
    leads = pd.DataFrame({"margin": [percent / 100 for percent in range(101)]})
    for contested in range(1, 51):
        flags = is_contested(Basin(leads, pd.DataFrame()), contested)
        assert (margin_class(leads.margin, contested) == 0).equals(flags.astype("boolean"))


def test_fixed_classes_keep_the_unknown_apart() -> None:
    classes = fixed_classes(pd.Series([-50.0, -20.0, 0.0, 5.0, 500.0, None]), CHANGE_BOUNDS)
    assert classes.numbers.fillna(-1).to_list() == [0, 1, 2, 3, 4, -1]
    assert classes.counts == (1, 1, 1, 1, 1)


def test_a_commune_says_how_sure_it_is() -> None:
    assert commune_text(0.123, "Yonne") == "Avance de 12 % sur Yonne"
    assert "inconnue" in commune_text(None, "Yonne")


# Files published on demand


def test_layers_are_bounded_in_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layer_files, "MOST_FILES", 3)
    kept = tmp_path / "territories.0123456789abcdef.json"
    kept.write_text("{}")
    names = [
        layer_files.publish_layer("bassin", str(number).encode(), tmp_path) for number in range(6)
    ]
    assert len(list(tmp_path.iterdir())) == 4
    assert kept.exists()
    assert layer_files.is_there(names[-1], "", folder=tmp_path)
    assert not layer_files.is_there(names[0], folder=tmp_path)
    assert layer_files.address(names[-1]).endswith(names[-1])


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("x")
    with pytest.raises(AssetError):
        layer_files.publish_layer("bassin", b"{}", place)
