"""What the map is made of: a constant base, values apart, columns for the browser."""

import json
from typing import Any

import pandas as pd
import pytest
from streamlit_folium import generate_leaflet_string

from geo.drawing import palette, screen_map, words
from geo.drawing.classes import classify
from geo.drawing.protocol import MapValues
from geo.establishments import layers as establishments_layers
from geo.formats import format_number
from geo.territories.measures import territory_table
from tests import builders

ADDRESSES = screen_map.MapAddresses(
    script="s.js", style="s.css", territories="t.json", outlines="o.json", finer="f.json",
    finer_outlines="l.json", areas="a.json", supports="p.json", sites="e.json", others="x.json",
    land="w.json", towns="n.json", finer_towns="m.json",
)  # fmt: skip
HOSTILE = "</script><img src=x onerror=alert(1)>\u2028"


def areas(population: int | None = 10) -> pd.DataFrame:
    """Return three areas: one of each kind."""
    return pd.DataFrame(
        {
            "area_code": ["GE-06", "HORS-1", "NON-AFFECTE"],
            "kind": ["ght", "hors_ght", "unassigned"],
            "area_name": ["Aube", "AP-HP", "Reste"],
            "reg_code": ["44", "11", None],
            "population": pd.array([population, 20, 0], dtype="Int64"),
        }
    )


def values(table: pd.DataFrame, **view: object) -> MapValues:
    classes = classify(table.loc[table.kind == "ght", "population"])
    texts = screen_map.measure_texts(table.population, format_number)
    shown: Any = {"selected": None, "region": None, "sites": "aucun", **view}
    return screen_map.paint_values(table, classes, ("Population", "habitants"), texts, shown)


def test_the_base_map_only_loads_our_own_files() -> None:
    chart = screen_map.base_map(ADDRESSES)
    assert [address for _, address in chart.default_js] == ["s.js"]
    assert [address for _, address in chart.default_css] == ["s.css"]
    chart.get_root().render()
    assert "http" not in generate_leaflet_string(chart)


def test_the_base_map_is_always_the_same() -> None:
    """A base map that varies is a map that flickers: streamlit-folium would mount it again."""
    scripts = set()
    for _ in range(2):
        chart = screen_map.base_map(ADDRESSES)
        chart.get_root().render()
        scripts.add(generate_leaflet_string(chart))
    assert len(scripts) == 1
    assert "Atlas.map.start(map_div, " in scripts.pop()


def test_values_travel_in_the_layer() -> None:
    group = screen_map.paint_layer(values(areas()))
    chart = screen_map.base_map(ADDRESSES)
    group.add_to(chart)
    chart.get_root().render()
    assert "Atlas.map.paint({" in generate_leaflet_string(group)


def test_a_script_value_cannot_leave_its_script() -> None:
    text = screen_map.script_json({"name": HOSTILE})
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text) == {"name": HOSTILE}


def test_each_area_has_one_mark() -> None:
    assert values(areas())["classes"] == "0hn"
    painted = values(areas(population=None))
    assert painted["classes"] == "?hn"
    assert painted["colors"] == []
    assert painted["texts"] == ["", "20", "0"]


def test_the_token_changes_with_the_values_and_only_then() -> None:
    assert values(areas())["token"] == values(areas())["token"]
    assert values(areas())["token"] != values(areas(), selected="GE-06")["token"]


def test_what_a_page_says_wins_and_changes_the_token() -> None:
    """A model brings its own territories: the same figures over others are other values."""
    one, two = (values(areas(), layers={"territories": key}, colors=["red"]) for key in "ab")
    assert one["colors"] == ["red"]
    assert one["token"] != two["token"]


def test_areas_are_laid_out_in_the_order_of_the_values() -> None:
    columns = screen_map.area_columns(areas())
    assert columns["code"] == ["GE-06", "HORS-1", "NON-AFFECTE"]
    assert columns["reg"] == ["44", "11", None]
    assert columns["note"] == ["", "Hors GHT", "Non rattaché"]


def test_the_country_travels_in_a_few_kilobytes() -> None:
    table = territory_table(builders.atlas())
    table = pd.concat([table] * 75, ignore_index=True)
    assert len(screen_map.script_json(values(table))) < 3000


def sites(**columns: object) -> pd.DataFrame:
    return builders.sites(km=[0, 1, 10], **columns)


def test_one_site_carries_the_mark_of_a_support_establishment() -> None:
    """Three sites of one entity: the one in the middle."""
    table = sites(finess_ej="109999901", category_group="ch")
    assert establishments_layers.main_sites(table, {"109999901"}).tolist() == [False, True, False]
    assert not establishments_layers.main_sites(table, {"other"}).any()


def test_a_university_hospital_is_preferred_to_a_nearer_site() -> None:
    table = sites(finess_ej="109999901", category_group=["ch", "ch", "chr_chu"])
    assert establishments_layers.main_sites(table, {"109999901"}).tolist() == [False, False, True]


@pytest.mark.parametrize(("group", "level"), [("supports", 2), ("sites", 1), ("others", 0)])
def test_establishments_are_laid_out_in_columns(group: str, level: int) -> None:
    """Of three sites, the first is that of a support, the second is general, the third is not."""
    support = builders.atlas().ghts.support_finess_ej.dropna().iloc[0]
    table = sites(
        is_general=[True, True, False], scope="hospitalier", category_group="ch",
        finess_ej=[support, "other", "other"],
    )  # fmt: skip
    columns: Any = establishments_layers.site_columns(builders.atlas(establishments=table))[group]
    assert {len(values) for name, values in columns.items() if name != "ghts"} == {1}
    assert all(style in range(len(palette.MARKS)) for style in columns["style"])
    assert columns["level"] == [level]


@pytest.mark.parametrize(
    ("evidence", "mark"),
    [("published", palette.SUPPORT), ("presumed_beds", palette.PRESUMED)],
)
def test_a_support_is_marked_as_it_is_known(evidence: str, mark: str) -> None:
    atlas = builders.atlas(ghts=builders.ghts(support_evidence=evidence))
    (support,) = atlas.ghts.support_finess_ej.dropna().unique()
    table = sites(finess_ej=[support, "other", "other"], category_group="ch", insee_code=None)
    table["city"] = "TROYES CEDEX 3"
    columns = establishments_layers.site_columns(
        builders.atlas(establishments=table, ghts=atlas.ghts)
    )
    drawn = columns["supports"]
    assert [list(palette.MARKS)[style] for style in drawn["style"]] == [mark]
    assert drawn["city"] == ["TROYES"]


def test_a_ght_whose_support_is_unknown_has_no_star() -> None:
    ghts = builders.ghts(support_evidence="unknown", support_finess_ej=None)
    assert establishments_layers.site_columns(builders.atlas(ghts=ghts))["supports"]["lon"] == []


def test_an_unknown_category_and_a_missing_point_are_tolerated() -> None:
    table = sites(category_group="inconnue", scope="hospitalier")
    table.loc[0, "lon"] = None
    columns = establishments_layers.site_columns(builders.atlas(establishments=table))["sites"]
    assert len(columns["lon"]) == 2
    assert {list(palette.MARKS)[style] for style in columns["style"]} <= {"autre", "support"}


def test_the_settings_name_every_mark_and_hatch() -> None:
    settings = screen_map.settings()
    assert len(settings["siteStyles"]) == len(palette.MARKS)
    assert set(settings["patterns"]) == {
        "ailleurs",
        "dispute",
        "hors",
        "inconnu",
        "instables",
        "libre",
        "loin",
    }
    assert set(settings["zones"]) <= set(words.LAYER_NAMES), "each is a layer that one can choose"
    assert [place["label"] for place in settings["overseas"]][-1] == "Mayotte"


def test_links_are_laid_out_in_columns() -> None:
    links = pd.DataFrame(
        {
            "link_id": ["gcs-sud"], "label": [HOSTILE], "text": [""], "color": ["#d0006f"],
            "dash": ["6 5"], "width": [2.5], "lon1": [4.081234], "lat1": [48.3], "lon2": [4.03],
            "lat2": [49.25],
        }
    )  # fmt: skip
    columns: Any = screen_map.link_columns(links)
    assert columns["id"] == ["gcs-sud"]
    assert columns["lon1"] == [4.0812]
    assert {len(values) for values in columns.values()} == {1}
    assert json.loads(screen_map.script_json(columns)) == columns


def test_the_zoom_is_bounded_without_tiles() -> None:
    chart = screen_map.base_map(ADDRESSES)
    assert (chart.options["min_zoom"], chart.options["max_zoom"]) == (3, 12)


def test_every_background_is_named_and_credited() -> None:
    backgrounds = screen_map.settings()["backgrounds"]
    assert set(backgrounds) == set(screen_map.BACKGROUNDS)
    assert all(one["name"] and one["credit"] for one in backgrounds.values())
    assert all("{z}" in one["url"] for one in backgrounds.values())
