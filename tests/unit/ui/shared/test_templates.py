"""Whatever names contain, what is written holds only the elements that the templates make."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import fields
from html.parser import HTMLParser
from types import ModuleType, SimpleNamespace
from typing import Any

import jinja2
import pandas as pd
import pytest
from markupsafe import Markup

from geo.drawing.classes import classify
from geo.partnerships import words_tables
from geo.partnerships.story import Story
from geo.profile.headline import HeadFigure, Headline
from geo.territories.measures import MEASURES
from geo.territories.recipe import Ingredient, Recipe
from geo.ui.comparer import html as comparer_html
from geo.ui.shared import html as shared_html
from geo.ui.shared import partnership_html, recipes, templates
from geo.ui.territoire import html as territory_html
from geo.ui.territoire import words
from tests import builders

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;"
MARKS = ["support", "ch"]
TABLE = pd.DataFrame({"Code": [HOSTILE], HOSTILE: [HOSTILE], "Population": [1]})
COLUMNS = [shared_html.Column(HOSTILE, "row"), shared_html.Column(HOSTILE, "bar", HOSTILE)]
GROUPS = [(HOSTILE, [(HOSTILE, (HOSTILE, HOSTILE))])]
CLASSES = classify(pd.Series([1, 2, 3]))
AREAS = pd.DataFrame({"kind": ["ght"] * 3, "status": ["modelled"] * 3})
PART = Ingredient(HOSTILE, 1.0, HOSTILE, HOSTILE, HOSTILE)
RECIPE = Recipe(
    "population", "A", HOSTILE, HOSTILE, 1.0, HOSTILE, (PART,), HOSTILE, HOSTILE, HOSTILE, HOSTILE
)
PARTIES = ["party_name", "kind", "role", "finess_ej", "finess_et", "city", "is_located", "note"]
SOURCES = ["source_key", "title", "publisher", "date", "note"]
TOLD: dict[str, Any] = (
    {field.name: (HOSTILE,) for field in fields(Story)}
    | {field.name: HOSTILE for field in fields(Story) if field.type is str}
    | {"milestones": ((HOSTILE,) * 3,), "events": ((HOSTILE,) * 4,)}
    | {
        "parties": pd.DataFrame({name: [HOSTILE] for name in PARTIES}),
        "sources": pd.DataFrame(dict.fromkeys(SOURCES, [HOSTILE] * 2)).assign(
            url=["https://a/" + HOSTILE, ""]
        ),
    }
)
STORY = Story(**TOLD)
FIGURE = SimpleNamespace(
    measure="population", label=HOSTILE, value=1, published=1, unit=HOSTILE, decimals=0,
    qualifier="about", source_url="https://a/" + HOSTILE, year_text=HOSTILE, deviation_percent=1,
    published_note=HOSTILE, modelled_then=1, interval=HOSTILE, interval_text=HOSTILE,
    value_text=lambda _: HOSTILE, deviation_text=HOSTILE,
)  # fmt: skip
PROFILE: Any = SimpleNamespace(
    region=HOSTILE, kind="ght", kind_label=HOSTILE, composition=HOSTILE, status="modelled",
    support=SimpleNamespace(
        name=HOSTILE, finess_ej=HOSTILE, rule=HOSTILE, source_url="https://a/" + HOSTILE
    ),
    creation=SimpleNamespace(created_on=None, detail=HOSTILE, source_url="https://a/" + HOSTILE),
    atlas=SimpleNamespace(vintages=builders.vintages()),
    population_years=HOSTILE, key_figures=[FIGURE],
    access=SimpleNamespace(median_min=1, mean_min=1, shares={HOSTILE: 1}, unknown_population=1),
)  # fmt: skip
RANKED = pd.DataFrame(
    {
        "rank": [1], "rank_region": [1], "region_count": [1], "area_name": [HOSTILE],
        "area_code": [HOSTILE],
        "reg_name": [HOSTILE], "group": ["classe"], **{key: [1.0] for key in MEASURES},
    }
)  # fmt: skip
PUBLISHED = pd.DataFrame(
    {
        "figure": [HOSTILE], "value": [1], "qualifier": ["about"], "year": [2020],
        "year_certainty": ["stated"], "scope": [HOSTILE], "note": [HOSTILE],
        "source_url": ["https://a/" + HOSTILE],
        "topic": [HOSTILE], "statement": [HOSTILE], "title": [HOSTILE], "publisher": [HOSTILE],
    }
)  # fmt: skip
HEADLINE = Headline((HeadFigure(*[HOSTILE] * 6),), (HOSTILE,))
TYPED = ("title", "form", "partners", "start", "end", "status", "partnership_id")
PARTNERSHIPS = pd.DataFrame({words_tables.COLUMNS[key]: [HOSTILE] for key in TYPED})
SECTION = next(iter(words.SECTIONS))
# What each writer is given. `None`: it takes no text, or shows only those that we wrote.
WRITERS: Mapping[ModuleType, Mapping[str, tuple[Any, ...] | None]] = {
    shared_html: {
        "section_html": (HOSTILE,),
        "index_html": (HOSTILE, {HOSTILE: HOSTILE}),
        "status_html": (HOSTILE, HOSTILE, HOSTILE),
        "title_html": (HOSTILE, HOSTILE, (HOSTILE, HOSTILE)),
        "note_html": (HOSTILE,),
        "figures_html": ([shared_html.Figure(HOSTILE, HOSTILE, HOSTILE, True, HOSTILE)],),
        "link_html": (HOSTILE, HOSTILE, HOSTILE),
        "image_html": None,
        "swatch_html": (HOSTILE,),
        "mark_svg": None,
        "named_html": (HOSTILE, HOSTILE),
        "entries_html": ([(HOSTILE, HOSTILE, HOSTILE)],),
        "hatch_html": ("hors", HOSTILE),
        "scale_html": ([HOSTILE], [HOSTILE], [HOSTILE]),
        "circles_html": None,
        "legend_html": None,
        "indicator_html": None,
        "grid_html": (COLUMNS, GROUPS, HOSTILE, HOSTILE),
        "row_html": ([shared_html.Column(HOSTILE)], [HOSTILE], HOSTILE),
        "table_html": (TABLE, HOSTILE),
        "rows_html": (TABLE, HOSTILE),
        "later_html": ([shared_html.Column(HOSTILE)], [[HOSTILE]], HOSTILE),
        "marks_html": None,
    },
    partnership_html: {
        "line_svg": None,
        "family_keys": None,
        "status_keys": None,
        "sector_keys": None,
        "tint_keys": None,
        "event_keys": None,
        "keys_html": ([HOSTILE, Markup()],),
        "list_html": (HOSTILE, [HOSTILE]),
        "story_html": (STORY,),
        "unplaced_html": ([HOSTILE] * 3, 2),
    },
    recipes: {"recipe_html": (RECIPE,)},
    comparer_html: {
        "compared_html": (COLUMNS, GROUPS, HOSTILE),
        "frame_table": (TABLE, (None, None, 0), HOSTILE),
        "ranking_html": (RANKED, "population", dict.fromkeys(MEASURES, (0.0, 2.0))),
        "pinned_html": (RANKED, "population", dict.fromkeys(MEASURES, (0.0, 2.0))),
    },
    territory_html: {
        "contents_html": ({HOSTILE: HOSTILE},),
        "heading_html": (SECTION, HOSTILE),
        "folded_html": (SECTION, HOSTILE),
        "headline_html": (HEADLINE,),
        "access_legend_html": None,
        "subtitle_html": (HOSTILE,),
        "link_html": (HOSTILE, HOSTILE),
        "rows_html": ([HOSTILE, HOSTILE], [(HOSTILE, HOSTILE)], HOSTILE, HOSTILE),
        "whole_html": (HOSTILE,),
        "frame_html": (TABLE, HOSTILE, "Code"),
        "identity_html": (PROFILE, HOSTILE),
        "figure_html": (FIGURE, PROFILE, RECIPE),
        "cards_html": (PROFILE, {"population": RECIPE}),
        "access_html": (PROFILE,),
        "partnerships_html": (PARTNERSHIPS, [STORY], HOSTILE),
        "published_html": (PUBLISHED,),
        "statements_html": (PUBLISHED,),
    },
}
GIVEN = [
    pytest.param(getattr(room, name), values, id=f"{room.__name__}.{name}")
    for room, writers in WRITERS.items()
    for name, values in writers.items()
    if values is not None
]


RANKINGS = (comparer_html.ranking_html, comparer_html.pinned_html)


class Read(HTMLParser):
    """What a browser finds: elements, names of attributes, texts and values."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: list[str] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names += [name for name, _ in attrs]
        self.texts += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize(("write", "values"), GIVEN)
def test_a_hostile_text_is_read_as_that_text(
    write: Callable[..., Markup], values: tuple[Any, ...]
) -> None:
    more = {"ascending": True} if write in RANKINGS else {}
    html = write(*values, **more)
    found = Read(html)
    assert isinstance(html, Markup)
    assert found.tags.count("script") == (write in {shared_html.rows_html, shared_html.later_html})
    assert "img" not in found.tags
    assert "onerror" not in found.names
    assert any(HOSTILE in text for text in found.texts)


def test_every_writer_is_tried() -> None:
    for room, writers in WRITERS.items():
        functions = dict(inspect.getmembers(room, inspect.isfunction)).items()
        own = {
            name
            for name, function in functions
            if function.__module__ == room.__name__
            and inspect.signature(function).return_annotation is Markup
            and not name.startswith("_")
        }
        assert own == set(writers)


def test_a_template_that_lacks_a_value_says_so() -> None:
    with pytest.raises(jinja2.UndefinedError, match="key"):
        templates.writer("shared/pieces.html")("section", "title")
