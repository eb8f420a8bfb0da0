"""Static maps of the bundled country: what they say, their bytes, hostile names."""

import io
import re
from dataclasses import replace
from itertools import combinations
from types import MappingProxyType
from xml.etree import ElementTree as ET

import matplotlib.image
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from geo.atlas.load import TABLES, Atlas
from geo.drawing import palette
from geo.drawing.circles import circles
from geo.drawing.classes import class_texts, classify
from geo.drawing.paper_ground import NAMES_ZORDER
from geo.drawing.paper_marks import to_bytes
from geo.drawing.paper_page import paint_of
from geo.errors import UserError
from geo.establishments.picture import support_sites, territory_sites
from geo.profile.picture import draw_territory
from geo.territories.access import map_bands
from geo.territories.measures import territory_table
from geo.territories.picture import MapRequest, draw_map, map_bytes

pytestmark = pytest.mark.data
HOSTILE = "$\\frac{1}{0}$ <b>&amp; =1+1"


@pytest.fixture(scope="module")
def hostile(atlas: Atlas) -> Atlas:
    areas = atlas.territories
    areas["area_name"] = areas.area_name.mask(areas.area_code == "GE-06", HOSTILE)
    communes = atlas.communes
    communes["commune_name"] = HOSTILE
    changed = {**atlas.tables, "territories": areas, "communes": communes}
    return replace(atlas, tables=MappingProxyType(changed))


def words(svg: bytes) -> str:
    """Return the texts of an SVG, which must be well formed."""
    root = ET.fromstring(svg)  # noqa: S314
    return " ".join("".join(node.itertext()) for node in root.iter() if node.tag.endswith("text"))


def colors(svg: bytes) -> set[str]:
    return set(re.findall(r"#[0-9a-f]{6}", svg.decode()))


def test_the_country_has_legend_scale_source_date_and_insets(atlas: Atlas) -> None:
    svg = map_bytes(atlas, MapRequest("population"), "svg")
    text = words(svg)
    for part in (
        "Population des territoires de GHT – France", "Territoires modélisés, sans valeur légale",
        "Population (habitants)", "Hors GHT", "200 km", "Sources :", atlas.version,
        "Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte", "Encarts",
    ):  # fmt: skip
        assert part in text, part
    ghts = territory_table(atlas)
    assert "Valeur inconnue" not in text, "what is not drawn has no legend"
    found = circles(ghts[ghts.kind == "ght"].population)
    assert all(label in text for label in found.texts(0)), "circles of the screen"
    assert {palette.CIRCLE, palette.LAND, palette.SEA, palette.FOREIGN} <= colors(svg)
    assert not set(palette.RATES) & colors(svg), "a count tints nothing"
    assert "Strasbourg" in text
    assert map_bytes(atlas, MapRequest("population"), "svg") == svg, "deterministic"


def test_a_rate_has_the_classes_of_the_screen(atlas: Atlas) -> None:
    request = MapRequest("density_per_km2", address="https://atlas/carte?indicateur=x")
    svg = map_bytes(atlas, request, "svg")
    ghts = territory_table(atlas)
    classes = classify(ghts[ghts.kind == "ght"].set_index("area_code").density_per_km2)
    assert all(label in words(svg) for label in class_texts(classes, 1))
    assert set(palette.sequential(classes.count)) <= colors(svg)
    assert "https://atlas/carte?indicateur=x" in words(svg)


@pytest.mark.parametrize(
    "request_",
    [MapRequest("population"), MapRequest("density_per_km2"), MapRequest("beds", region="44"),
     MapRequest("mean_travel_time_min", region="04"), MapRequest("population", area="GE-06"),
     MapRequest("density_per_km2", area="IDF-01")],
    ids=["country", "rates", "region", "overseas", "territory", "dense"],
)  # fmt: skip
def test_no_name_is_over_another(atlas: Atlas, request_: MapRequest) -> None:
    """What is measured here is the extent of the letters, not what the layout thought."""
    figure = draw_map(atlas, request_)
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    names = [text for text in figure.axes[0].texts if text.get_zorder() == NAMES_ZORDER]
    boxes = [text.get_window_extent(renderer).padded(-1) for text in names]
    assert len(boxes) >= 3
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other)


@pytest.mark.parametrize(("form", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_region_is_drawn(atlas: Atlas, form: str, start: bytes) -> None:
    request = MapRequest("density_per_km2", region="04", sites=False)
    content = map_bytes(atlas, request, form)
    assert content.startswith(start)
    assert map_bytes(atlas, request, form) == content
    if form == "png":
        picture = matplotlib.image.imread(io.BytesIO(content))
        assert picture.shape[:2] == (1080, 1920)
        few = picture[::8, ::8].reshape(-1, picture.shape[2])
        assert np.unique(few, axis=0).shape[0] > 10


def test_other_territories_are_said_apart(atlas: Atlas) -> None:
    text = words(to_bytes(draw_map(atlas, MapRequest("population", region="53")), "svg", "2026"))
    assert "Autres territoires" in text
    assert "Guyane" not in text


def test_a_hostile_name_is_only_text(hostile: Atlas) -> None:
    svg = map_bytes(hostile, MapRequest("population", area="GE-06"), "svg")
    assert HOSTILE in words(svg)
    assert palette.SELECTED in colors(svg)
    near = to_bytes(draw_territory(hostile, "GE-06"), "svg", "2026-11-21")
    assert HOSTILE in words(near)


def test_a_territory_shows_its_communes_and_sites(atlas: Atlas) -> None:
    text = words(to_bytes(draw_territory(atlas, "GE-06"), "svg", "2026-11-21"))
    for part in ("Troyes", "Sézanne", "20 km", "30 à 45", "Centre hospitalier"):
        assert part in text
    assert "Temps inconnu" not in text


def test_unknown_times_have_a_hatch(atlas: Atlas) -> None:
    untold = atlas.assignments.copy()
    untold.loc[untold.insee_code == "10323", "travel_time_min"] = float("nan")
    tables = {name: getattr(atlas, name) for name in TABLES} | {"assignments": untold}
    drawn = draw_territory(replace(atlas, tables=tables), "GE-06")
    assert "Temps inconnu" in words(to_bytes(drawn, "svg", "2026"))


def test_nothing_to_draw_is_said(atlas: Atlas) -> None:
    with pytest.raises(UserError, match="« Psychiatrie 59-62 » n'a pas de territoire modélisé"):
        draw_map(atlas, MapRequest("population", area="HF-13"))
    with pytest.raises(UserError, match="n'a pas de territoire modélisé"):
        draw_territory(atlas, "HF-13")
    with pytest.raises(UserError, match="« ZZ » inconnu"):
        draw_map(atlas, MapRequest("population", area="ZZ"))
    with pytest.raises(UserError, match="« ZZ » inconnu"):
        draw_territory(atlas, "ZZ")
    with pytest.raises(UserError, match=r"« gif » inconnu\. Formats : png, svg, pdf"):
        to_bytes(Figure(), "gif", "2026")


def test_an_unknown_value_is_never_a_class(atlas: Atlas) -> None:
    areas = territory_table(atlas)
    ghts = areas[areas.kind == "ght"].set_index("area_code")
    paint = paint_of(areas, classify(ghts.population))
    assert paint.hatches["HF-13"] == "inconnu"
    assert paint.hatches["HORS-750712184"] == "hors"
    assert paint.hatches["NON-AFFECTE"] == "libre"
    assert not set(paint.numbers) & set(paint.hatches)
    assert paint_of(areas, classify(ghts.population.mask(ghts.population.notna()))).colors == []


def test_bands_hold_their_upper_bound() -> None:
    numbers = map_bands(pd.Series([0.0, 15.0, 15.1, 60.0, 61.0, None]))
    assert numbers.to_list()[:5] == [0, 0, 1, 3, 4]
    assert numbers.isna().to_list()[5]


def test_a_support_is_drawn_once(atlas: Atlas) -> None:
    sites = support_sites(atlas)
    assert sites.finess_ej.is_unique
    assert set(sites.finess_ej) <= set(atlas.ghts.support_finess_ej)
    chosen = territory_sites(atlas, "GE-06")
    assert chosen.mark.to_list().count("support") == 1
    assert chosen.town.iloc[0] == "Troyes"
