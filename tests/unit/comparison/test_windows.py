"""Windows of the territories compared, and what travels to their maps."""

import math

import pandas as pd
import pytest
import shapely
from streamlit_folium import generate_leaflet_string

from geo.atlas.load import Atlas
from geo.comparison.windows import KM_PER_DEGREE, Pane, Window, panes_view, read_windows, window_of
from geo.drawing.screen_map import base_map, script_json
from geo.establishments.layers import site_columns
from tests import builders
from tests.unit.drawing.test_screen_map import ADDRESSES as FILES


def parts(*boxes: tuple[float, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(boxes, columns=["minx", "miny", "maxx", "maxy"])


def test_a_window_is_centred_and_measured_on_the_ground() -> None:
    window = window_of(parts((2, 45, 4, 46)))
    assert (window.lon, window.lat) == (3, 45.5)
    assert window.up_km == pytest.approx(KM_PER_DEGREE / 2)
    assert window.across_km == pytest.approx(KM_PER_DEGREE * math.cos(math.radians(45.5)))
    assert not window.is_clipped


def test_an_island_nearby_is_in_the_window_and_a_far_one_is_not() -> None:
    """The main part is the largest, wherever it is in the list."""
    near = window_of(parts((3.2, 45.5, 3.3, 45.6), (0, 45, 1, 46)))
    assert near.lon == pytest.approx(1.65)
    assert not near.is_clipped
    far = window_of(parts((30, 45.4, 30.1, 45.6), (0, 45, 1, 46)))
    assert far.lon == 0.5
    assert far.is_clipped


def test_every_outline_of_the_bundle_has_a_window_that_holds_its_largest_part(
    atlas: Atlas,
) -> None:
    import geopandas as gpd  # noqa: PLC0415

    windows = read_windows(atlas)
    areas = gpd.read_parquet(atlas.shapes("territories")).set_index("area_code").geometry
    assert set(windows) == set(areas[~areas.is_empty].index)
    for code, window in windows.items():
        largest = max(shapely.get_parts(areas[code]), key=shapely.area)
        west, south, east, north = largest.bounds
        up = window.up_km / KM_PER_DEGREE + 1e-9
        across = window.across_km / KM_PER_DEGREE / math.cos(math.radians(window.lat)) + 1e-9
        assert window.lat - up <= south < north <= window.lat + up
        assert window.lon - across <= west < east <= window.lon + across
    assert not windows["OI-01"].is_clipped, "La Réunion alone: Mayotte has its own hospital"
    assert windows["OI-01"].lat == pytest.approx(-21.13, abs=0.02)
    assert not windows["GE-06"].is_clipped


def test_a_territory_that_nothing_draws_has_its_words_and_no_place() -> None:
    window = Window(4.123456, 48.5, 50.123, 40.0)
    view = panes_view(
        [Pane("A", "</script>", "10", "", window), Pane("B", "B", "?", "rien", None)], "propre"
    )
    assert view["scale"] == "propre"
    assert view["panes"][0]["lon"] == 4.1235
    assert view["panes"][0]["across"] == 50.12
    assert view["panes"][1] == {"code": "B", "name": "B", "text": "?", "note": "rien", "lon": None}
    assert "</script>" not in script_json(view)


def test_the_frame_of_several_maps_has_a_base_of_its_own_that_never_changes() -> None:
    """A base that varies is a frame that is mounted again."""
    one, other = (generate_leaflet_string(base_map(FILES, has_panes=True)) for _ in range(2))
    assert one == other
    assert '"panes":"1"' in one
    assert '"panes"' not in generate_leaflet_string(base_map(FILES))


def test_a_site_names_the_area_that_it_is_in() -> None:
    """The browser draws the sites of the territories compared, and only those."""
    table = builders.sites(km=[0, 1], area_code=["GE-06", None], scope="hospitalier")
    columns = site_columns(builders.atlas(establishments=table))
    areas = [area for group in columns.values() for area in group["area"]]
    assert sorted(areas) == ["", "GE-06"]
