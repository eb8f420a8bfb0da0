"""A map of partnerships taken away as a layer, in a real browser."""

from pathlib import Path

import geopandas as gpd
import pytest

from geo import wording
from tests.browser.conftest import OpenPage
from tests.browser.screen import map_frame

pytestmark = pytest.mark.browser


def test_the_links_of_a_ght_are_downloaded(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/partenariats?ght=ARA-09")
    map_frame(page)
    page.get_by_text(wording.MORE_FILES).click()
    row = page.locator(".st-key-partenariats_liens_fichiers")
    with page.expect_download() as waiting:
        row.get_by_role("button", name="GeoPackage").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.name.startswith("liens-entre-parties_loire-ara-09_")
    assert set(gpd.read_file(path, layer="links").geom_type) == {"LineString"}
    assert set(gpd.read_file(path, layer="parties").geom_type.dropna()) == {"Point"}
