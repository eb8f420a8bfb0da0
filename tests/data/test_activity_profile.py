"""The activity of a territory: the same figures on the page, on paper and in the file."""

import pandas as pd
import pytest

from geo.activity.measures import MEASURES
from geo.atlas.load import Atlas
from geo.formats import format_number, typeset
from geo.profile import words_activity as words
from geo.profile.activity import KEY_MEASURES, key_table, lines_of, long_table, wide_texts
from geo.profile.pdf import to_pdf
from geo.profile.pdf_page import Report
from geo.profile.territory import Context, Profile, profile
from geo.ui.shared.activity import trend_html
from geo.ui.territoire.activity import activity_html
from tests.data.test_report import Rows

pytestmark = pytest.mark.data
TOTAL = words.TOTAL.format(last=2024)


@pytest.fixture(scope="module")
def context(atlas: Atlas) -> Context:
    return Context(atlas)


@pytest.fixture(scope="module")
def aube(atlas: Atlas, context: Context) -> Profile:
    return profile(atlas, "GE-06", context)


@pytest.mark.parametrize("code", ["GE-06", "HF-13", "HORS-980500003"])
def test_the_page_the_paper_and_the_file_say_the_same(
    atlas: Atlas, context: Context, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[list[str], list[list[str]]]] = []

    def keep(_: Report, header: list[str], lines: list[list[str]], *__: object) -> None:
        printed.append((list(header), [list(line) for line in lines]))

    monkeypatch.setattr(Report, "rows", keep)
    made = profile(atlas, code, context)
    to_pdf(made)
    header, paper = next(table for table in printed if table[0][0] == words.FIGURE)
    head, *screen = Rows(activity_html(made)).rows[: len(paper) + 1]
    places = [head.index(name) for name in header]
    assert [[row[place] for place in places] for row in screen] == paper
    file = long_table(made)
    for key, row in zip(KEY_MEASURES, paper, strict=True):
        for year in ("2019", "2024"):
            found = file[(file["Code"] == key) & (file["Année"] == int(year))]["Valeur"].dropna()
            written = row[header.index(year)]
            assert written == (
                words.NOT if found.empty else format_number(found.iloc[0], MEASURES[key].decimals)
            )


def test_a_key_figure_has_its_trend_its_unit_and_the_ministry_s_total(aube: Profile) -> None:
    table = key_table(aube).set_index(words.FIGURE)
    assert list(table.loc["Lits de MCO"]) == ["611", "579", "lits", "−5,2\u00a0%", words.SAME]
    assert table.loc["Médecins, pharmaciens et odontologistes", TOTAL] == words.ONLY_SOURCE
    assert "+6,4 pt" in list(table.loc["Part de la chirurgie ambulatoire"])


def test_both_totals_are_said_where_they_differ(atlas: Atlas, context: Context) -> None:
    """The ministry's total of OI-01 leaves out a hospital of another island."""
    table = key_table(profile(atlas, "OI-01", context)).set_index(words.FIGURE)
    assert table.loc["Scanners", TOTAL] == "4 (écart +2)"


def test_what_nobody_declares_is_no_0(atlas: Atlas, context: Context) -> None:
    table = key_table(profile(atlas, "HF-13", context)).set_index(words.FIGURE)
    assert table.loc["Lits de MCO", "2024"] == words.NOT
    assert table.loc["Lits de MCO", TOTAL] == "0", "what the ministry writes stays beside it"


def test_the_whole_has_every_measure_and_every_year(aube: Profile) -> None:
    wide = wide_texts(aube)
    assert len(wide) == aube.activity.measure.nunique() > 120
    assert [name for name in map(str, wide) if name.isdigit()] == [
        str(y) for y in range(2019, 2025)
    ]
    assert not wide.isin(["inconnu"]).any(axis=None)
    rates = long_table(aube).query("Code == 'beds_mco_rate'")
    assert rates["Année"].tolist() == [2024]
    assert "(fait et modèle)" in rates["Indicateur"].iloc[0]
    people = aube.areas.set_index("area_code").population["GE-06"]
    assert rates["Valeur"].iloc[0] == pytest.approx(579 * 1000 / people)


def test_a_trend_needs_two_years(aube: Profile) -> None:
    lines = {line.measure: line for line in lines_of(aube.activity)}
    assert "<img" in trend_html(lines["beds_mco"])
    assert not trend_html(lines["beds_icu_children"])


def test_unserved_communes_have_no_activity(atlas: Atlas, context: Context) -> None:
    made = profile(atlas, "NON-AFFECTE", context)
    assert key_table(made).empty
    assert typeset(words.NONE) in activity_html(made).unescape()
    assert isinstance(long_table(made), pd.DataFrame)
