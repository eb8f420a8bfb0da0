"""Layers of the map drawn on demand, from the bundled tables."""

import json

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from geo.atlas.load import Atlas
from geo.atlas.zones import zones_of
from geo.catchment.layers import contested_drawing
from geo.drawing.palette import FAMILY_COLORS, STATUS_DASHES, ZONE_STROKES
from geo.formats import format_quantity
from geo.partnerships.collection import Filters, collection_of
from geo.partnerships.layers import link_drawing
from geo.territories.band_layers import far_drawing, unsure_drawing
from geo.territories.layers import commune_drawing, outline_drawing, zone_drawing
from tests import builders


@pytest.fixture
def small() -> Atlas:
    return builders.atlas()


def squares(atlas: Atlas) -> gpd.GeoDataFrame:
    """Return a square for each commune, side by side."""
    codes = atlas.communes.insee_code.tolist()
    shapes = [box(step, 0, step + 1, 1) for step in range(len(codes))]
    return gpd.GeoDataFrame({"insee_code": codes}, geometry=shapes, crs="EPSG:4326")


def test_communes_say_their_inhabitants_and_the_year(small: Atlas) -> None:
    area = small.assignments.area_code.iloc[0]
    own = set(small.assignments.insee_code[small.assignments.area_code == area])
    parts = json.loads(commune_drawing(squares(small), small, area))["objects"]["parts"]
    assert {part["id"] for part in parts["geometries"]} == own
    for part in parts["geometries"]:
        commune = small.communes[small.communes.insee_code == part["id"]].iloc[0]
        assert part["properties"]["name"] == commune.commune_name
        assert f"({commune.population_year})" in part["properties"]["text"]
        assert "habitants" in part["properties"]["text"]
        assert part["properties"]["area"] == area


def test_a_territory_without_a_commune_draws_nothing(small: Atlas) -> None:
    assert commune_drawing(squares(small), small, "GUA-01") == b""


def test_contested_communes_are_those_of_a_small_margin(small: Atlas) -> None:
    table = small.assignments.copy()
    table["margin"] = 0.33
    table.loc[table.index[0], "margin"] = 0.02
    other = next(code for code in small.territories.area_code if code != table.area_code.iloc[0])
    table["runner_up_area_code"] = other
    changed = builders.atlas(assignments=table)
    drawn = contested_drawing(squares(changed), changed)
    assert drawn.commune_count == 1
    parts = json.loads(drawn.content)["objects"]["parts"]["geometries"]
    assert [part["properties"]["mark"] for part in parts] == ["dispute"]
    assert parts[0]["properties"]["area"] == table.area_code.iloc[0]
    table["margin"] = 0.33
    assert contested_drawing(squares(small), builders.atlas(assignments=table)).content == b""


@pytest.mark.parametrize(
    ("stays", "band"), [(89.9, "75 à 90"), (75.0, "75 à 90"), (74.9, "50 à 75"), (0.0, "0 à 50")]
)
def test_communes_that_the_runs_move_say_how_often_they_stay(stays: float, band: str) -> None:
    runs = builders.commune_stability(["10001", "10002"], stays_percent=[stays, 90.0])
    changed = builders.atlas(commune_stability=runs)
    content, count = unsure_drawing(squares(changed), changed)
    assert count == 1, "nine runs in ten are enough"
    (part,) = json.loads(content)["objects"]["parts"]["geometries"]
    home = changed.assignments.set_index("insee_code").area_code["10001"]
    people = changed.communes.set_index("insee_code").population["10001"]
    assert part["properties"]["area"] == home
    assert part["properties"]["text"] == (
        f"1\u00a0commune, {format_quantity(people, 'habitants')} : ici dans {band} % des tirages"
    )


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(30.0, ""), (30.1, "à 30 à 45 min"), (45.0, "à 30 à 45 min"), (60.5, "à plus de 60 min")],
)
def test_communes_beyond_half_an_hour_say_how_far(minutes: float, said: str) -> None:
    times = builders.emergency_times(["10001", "10002"], minutes=[None, minutes])
    changed = builders.atlas(emergency_times=times)
    content, count = far_drawing(squares(changed), changed, "urgences")
    assert count == bool(said), "unknown minutes are not far"
    parts = json.loads(content)["objects"]["parts"]["geometries"] if content else []
    assert [part["properties"]["text"].partition(" : ")[2] for part in parts] == [said] * count


def test_sure_communes_draw_nothing(small: Atlas) -> None:
    assert unsure_drawing(squares(small), small) == (b"", 0)


def test_links_are_those_of_the_place_in_the_colours_of_their_family(atlas: Atlas) -> None:
    collection = collection_of(atlas)
    whole, loire = (link_drawing(collection, Filters(ght=ght)) for ght in (None, "ARA-09"))
    content, own = json.loads(whole.content), json.loads(loire.content)
    assert whole.count == len(collection.partnerships)
    assert whole.linked_count == len(set(content["id"])) < whole.count
    assert 0 < len(own["id"]) < len(content["id"])
    assert set(own["id"]) < set(content["id"])
    assert set(content["color"]) == {FAMILY_COLORS[family] for family in whole.families}
    drawn = collection.partnerships.set_index("partnership_id").loc[own["id"]]
    dashes = [" ".join(map(str, STATUS_DASHES[status])) for status in drawn.status]
    assert own["dash"] == dashes
    assert own["label"] == drawn.title.tolist()
    dated = [
        (y, text) for y, text in zip(drawn.start_year, own["text"], strict=True) if y is not pd.NA
    ]
    assert dated
    assert all(str(year) in text for year, text in dated)
    assert all(" – " in text for text in own["text"])


def test_links_bring_their_own_legend_for_the_whole_screen(atlas: Atlas) -> None:
    drawn = link_drawing(collection_of(atlas), Filters(ght="ARA-09"))
    keys = json.loads(drawn.content)["keys"]
    assert len(keys) == len(drawn.families) + len(drawn.statuses)
    assert ["Convention ou protocole", FAMILY_COLORS["convention"], ""] in keys
    assert ["En vigueur", "", ""] in keys


def test_a_place_without_a_partnership_draws_no_link(atlas: Atlas) -> None:
    drawn = link_drawing(collection_of(atlas), Filters(ght="GUA-01"))
    assert (drawn.content, drawn.count, drawn.linked_count) == (b"", 0, 0)


def test_zones_are_drawn_once_per_border(small: Atlas) -> None:
    """Two communes in two zones: two squares, and the border between them only once."""
    zones = pd.Series({"10001": "A", "10002": "B"})
    document = json.loads(zone_drawing(squares(small), zones))
    drawn = document["objects"]["zones"]["geometries"]
    assert {zone["id"] for zone in drawn} == {"A", "B"}
    used = [arc for zone in drawn for ring in zone["arcs"] for arc in ring]
    assert len({arc if arc >= 0 else ~arc for arc in used}) == len(used) - 1


def test_communes_without_a_zone_have_no_border(small: Atlas) -> None:
    assert zone_drawing(squares(small), pd.Series({"10001": None, "10002": None})) == b""


@pytest.mark.parametrize("kind", ZONE_STROKES)
def test_the_borders_of_every_zone_of_a_kind_are_drawn(kind: str, atlas: Atlas) -> None:
    """In Corse, whatever the kind: all the zones, and light enough for a layer on demand."""
    light = gpd.read_parquet(atlas.shapes("communes_light"))
    zones = zones_of(atlas, kind)
    island = light[light.insee_code.str.startswith("2")]
    island = island[island.insee_code.str[1].isin(["A", "B"])]
    content = zone_drawing(island, zones)
    found = {zone["id"] for zone in json.loads(content)["objects"]["zones"]["geometries"]}
    assert found == set(zones.reindex(island.insee_code).dropna())
    assert len(content) < 60_000


def test_the_outline_of_a_commune_is_its_own_alone(small: Atlas) -> None:
    light = squares(small)
    code = light.insee_code.iloc[0]
    parts = json.loads(outline_drawing(light, code))["objects"]["parts"]
    assert [one["id"] for one in parts["geometries"]] == [code]
    assert outline_drawing(light, "99999") == b""
