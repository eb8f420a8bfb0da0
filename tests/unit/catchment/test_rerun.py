"""A change run again where it matters, drawn again where it matters, and told."""

import json
from collections.abc import Callable

import geopandas as gpd
import pandas as pd
import pytest

from geo.atlas.load import Atlas
from geo.catchment.analysis import atlas_world
from geo.catchment.area_drawing import area_drawing, redrawn, touched_areas
from geo.catchment.rerun import is_local, rerun
from geo.catchment.runs import KEPT_CODES, Basin, Request, run_request
from geo.catchment.scenario import Change, Scenario, apply_scenario
from geo.catchment.scenario_effect import effects, far_sentence, moved_sentence
from geo.catchment.scenario_layers import AFTER, BEFORE, changed_borders, scenario_overlay
from geo.catchment.tables import effect_rows
from geo.catchment.world import World
from tests.topojson import decode

SEZANNE, GHAM = "510000177", "100006279"
MOVE = (Change("move_site", SEZANNE, "GE-05"),)
CHANGES = (
    MOVE,
    (Change("close", SEZANNE),),
    (Change("open", "10323", "GE-05", 50.0),),
    (Change("capacity", SEZANNE, capacity=5.0), Change("move", GHAM, "IDF-04")),
)
Ran = Callable[[tuple[Change, ...]], Basin]


@pytest.fixture(scope="module")
def world(atlas: Atlas) -> World:
    return atlas_world(atlas)


@pytest.fixture(scope="module")
def reality(atlas: Atlas, world: World) -> Basin:
    return run_request(atlas, world, Request())


@pytest.fixture(scope="module")
def light(atlas: Atlas) -> gpd.GeoDataFrame:
    return gpd.read_parquet(atlas.shapes("communes_light"))


@pytest.fixture(scope="module")
def again(atlas: Atlas, world: World, reality: Basin) -> Ran:
    def run(changes: tuple[Change, ...]) -> Basin:
        changed = apply_scenario(world, Scenario(changes=changes))
        return rerun(atlas, world, changed, reality, Request(changes=changes))

    return run


@pytest.fixture(scope="module")
def moved(again: Ran) -> Basin:
    return again(MOVE)


@pytest.mark.parametrize("changes", CHANGES, ids=lambda changes: changes[0].kind)
def test_a_part_run_again_says_what_a_whole_run_says(
    atlas: Atlas, world: World, again: Ran, changes: tuple[Change, ...]
) -> None:
    changed = apply_scenario(world, Scenario(changes=changes))
    whole, part = run_request(atlas, changed, Request(changes=changes)), again(changes)
    pd.testing.assert_frame_equal(part.territories, whole.territories)
    texts = dict.fromkeys(KEPT_CODES, "str")
    pd.testing.assert_frame_equal(part.communes.astype(texts), whole.communes.astype(texts))


def test_models_that_look_beyond_a_commune_are_run_whole() -> None:
    assert is_local(Request(changes=MOVE))
    assert not is_local(Request("departement", changes=MOVE))
    assert not is_local(Request(enclaves=1000, changes=MOVE))


def test_areas_drawn_again_are_those_drawn_whole(
    light: gpd.GeoDataFrame, reality: Basin, moved: Basin
) -> None:
    before = json.loads(area_drawing(light, reality))
    drawn = decode(redrawn(before, light, moved, touched_areas(reality, moved)))["territories"]
    whole = decode(area_drawing(light, moved))["territories"]
    assert set(drawn.index) == set(whole.index)
    for code in ("GE-05", "GE-06", "IDF-04"):
        mine, theirs = drawn.geometry[code], whole.geometry[code]
        assert mine.symmetric_difference(theirs).area < 0.001 * theirs.area


def test_the_map_shows_what_moves_and_both_borders(
    atlas: Atlas, light: gpd.GeoDataFrame, reality: Basin, moved: Basin
) -> None:
    overlay = scenario_overlay(light, moved, reality, atlas.communes)
    objects = json.loads(overlay.content)["objects"]
    told = [part["properties"]["arrival"] for part in objects["parts"]["geometries"]]
    assert told == ["Champagne"]
    assert {line["id"] for line in objects["borders"]["geometries"]} == {BEFORE, AFTER}
    west, south, east, north = overlay.frame
    assert west < 3.72 < east
    assert south < 48.72 < north, "Sézanne is looked at"
    assert overlay.areas == {"GE-05", "GE-06"}
    lines = changed_borders(light, moved, reality).geometry
    assert lines[BEFORE].intersection(lines[AFTER]).length == pytest.approx(0)
    assert scenario_overlay(light, reality, reality, atlas.communes).content == b""


def test_what_a_move_does_is_told_before_and_after(
    atlas: Atlas, reality: Basin, moved: Basin
) -> None:
    told = effects(effect_rows(reality, moved))
    assert [one.name for one in told] == ["Champagne", "Aube et Sézannais"]
    people = moved.territories.set_index("area_code").population
    for one, sign in zip(told, "+−", strict=True):
        assert one.change.startswith(sign)
        after = one.population.split(" → ")[1].replace("\u202f", "")
        assert int(after) == people[one.area_code]
        assert one.change in one.sentence
        assert one.communes in one.sentence
    assert moved.territories.population.sum() == reality.territories.population.sum()
    assert "68\u202f350\u202f798" in moved_sentence(reality, moved, atlas.communes)


def test_a_hospital_that_goes_far_is_doubted(world: World) -> None:
    areas = {"GE-05": "Champagne", "IDF-04": "Yvelines Sud"}
    near, far = (Change("move_site", SEZANNE, code) for code in ("GE-05", "IDF-04"))
    assert far_sentence(near, world, areas, "CH de Sézanne") == ""
    assert "Yvelines Sud est à 117\u00a0km" in far_sentence(far, world, areas, "CH de Sézanne")
    opened = Change("open", "10323", "IDF-04", 50.0)
    assert "à vol d'oiseau" in far_sentence(opened, world, areas, "Romilly-sur-Seine")
    assert far_sentence(Change("close", SEZANNE), world, areas, "x") == ""
