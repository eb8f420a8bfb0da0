"""HTML of the panels; what is hostile is tried in `test_templates`."""

import json
import re

import pandas as pd
import pytest

from geo.drawing import palette
from geo.drawing.classes import class_texts, classify
from geo.ui.shared import html as shared_html


@pytest.mark.parametrize(
    "payload",
    [
        "![x](http://evil.example/a.png)", "[x](http://evil.example)", "<http://evil.example>",
        "**x** __x__ ~~x~~ `x` ==x== ^x^", ":material/home:", ":red[x]", ":smile:", "$x$",
        "a|b", "&lt;",
        "# x", "- x", "1. x", "> x", "\\![x](y)",
    ],
)  # fmt: skip
def test_no_mark_of_markdown_is_left_bare(payload: str) -> None:
    escaped = shared_html.escape_markdown(payload)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]()!<>~$:#|&=^+-]", escaped)
    assert re.sub(r"\\(.)", r"\1", escaped).replace("\u2060", "") == payload


@pytest.mark.parametrize("address", ["http://evil.example", "www.evil.example", "a@evil.example"])
def test_a_bare_address_is_cut(address: str) -> None:
    assert address not in re.sub(r"\\(.)", r"\1", shared_html.escape_markdown(address))


def test_lines_stay_lines_and_a_long_text_is_cut() -> None:
    assert shared_html.escape_markdown("a :\n\n    - b") == "a \\:  \n\\- b"
    assert len(shared_html.escape_markdown("x" * 9000)) == shared_html.MOST_ECHOED + 1


def test_a_figure_without_a_note_has_no_empty_element() -> None:
    assert "<small>" not in shared_html.figures_html([shared_html.Figure("Membres", "6")])


def test_the_legend_has_an_entry_for_each_class_and_for_what_has_none() -> None:
    classes = classify(pd.Series([1, 2, 3, 4, 5, 6, None]))
    html = shared_html.legend_html(classes, 0, ["ght"] * 7 + ["hors_ght"], unknown=1)
    assert html.count("<li>") == 5 + 2
    assert html.count("atlas-swatch") == 5 + 2
    assert "Hors GHT" in html
    assert "1\u00a0zone<" in html
    assert "Valeur inconnue" in html


def test_a_ght_without_a_territory_is_not_unknown() -> None:
    html = shared_html.legend_html(classify(pd.Series([1, 2, None])), 0, ["ght"] * 3, 0, without=1)
    assert "Sans territoire modélisé" in html
    assert "Valeur inconnue" not in html


def test_the_legend_of_nothing_still_says_unknown() -> None:
    html = shared_html.legend_html(classify(pd.Series([None, None])), 0, ["ght", "ght"], unknown=2)
    assert html.count("<li>") == 2


def test_intervals_follow_each_other() -> None:
    classes = classify(pd.Series([1000, 2000, 3000]))
    assert class_texts(classes, 0) == [
        "moins de 2\u202f000",
        "2\u202f000 à moins de 3\u202f000",
        "3\u202f000 ou plus",
    ]
    assert class_texts(classify(pd.Series([5, 5])), 0) == ["5"]


@pytest.mark.parametrize("mark", palette.MARKS.values(), ids=list(palette.MARKS))
def test_every_mark_can_be_drawn(mark: palette.Mark) -> None:
    assert shared_html.mark_svg(mark).startswith('<img alt="" ')


def test_marks_are_listed_with_their_names() -> None:
    html = shared_html.marks_html(["support", "ch"])
    assert html.count("<li>") == 2
    assert "Établissement support" in html


def test_a_table_is_html_with_heads_names_and_french_numbers() -> None:
    table = pd.DataFrame(
        {
            "Code": ["A"],
            "Nom": ["<b>"],
            "Population": pd.array([1234], dtype="Int64"),
            "Année": [2023],
            "Densité": [1.26],
            "Vide": pd.array([None], dtype="Int64"),
            "Support": [True],
        }
    )
    html = shared_html.table_html(table, "Légende & titre")
    assert 'role="region" aria-label="Légende &amp; titre"' in html
    assert '<th scope="col">Population</th>' in html
    assert '<th scope="row">&lt;b&gt;</th>' in html
    cells = ["1\u202f234", "2023", "1,3", "–"]
    assert "".join(f'<td class="n">{cell}</td>' for cell in cells) in html
    assert "oui" in html
    assert "<b>" not in html


def test_a_long_table_travels_as_texts() -> None:
    """The browser makes the cells from texts: markup in a name is never read as markup."""
    hostile = "</script><img src=x onerror=alert(1)>"
    table = pd.DataFrame({"Code": ["A"], "Nom": [hostile], "Population": [1234]})
    html = shared_html.rows_html(table, "Légende & titre")
    assert 'aria-label="Légende &amp; titre"' in html
    assert 'aria-busy="true" style="min-height:68px"' in html
    assert html.count("</script>") == 1
    assert "<img" not in html
    said = json.JSONDecoder().raw_decode(html, html.index('{"caption"'))[0]
    assert said["kinds"] == ["", "row", "n"]
    assert said["rows"] == [["A", hostile, "1\u202f234"]]


def test_a_long_table_keeps_a_place_no_higher_than_its_frame() -> None:
    table = pd.DataFrame({"Code": range(100), "Nom": "x"})
    assert "min-height:420px" in shared_html.rows_html(table, "Titre")


def test_small_counts_are_told_apart() -> None:
    """A class keeps its upper bound: after 0 comes 1, not 0 again."""
    classes = classify(pd.Series([0, 0, 0, 0, 1, 1, 2, 15]))
    texts = class_texts(classes, 0)
    assert texts[0] == "0"
    assert texts[-1].endswith("à 15")
    starts = [int(text.split(" ")[0]) for text in texts]
    assert len(set(starts)) == len(starts)
