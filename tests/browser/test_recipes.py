"""Recipes on the pages that have them apart: opened by the address, seen, without axe faults."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_pages import serious

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "path",
    [
        "/?territoire=GE-06&indicateur=beds_mco&recettes=oui",
        "/comparer?volet=cote&territoire=GE-06&avec=ARA-09&indicateur=beds_mco&recettes=oui",
    ],
)
def test_the_address_shows_where_a_figure_comes_from(
    path: str, width: int, open_page: OpenPage
) -> None:
    page = open_page(path, width)
    # The first recipe of a server reads the tables of the survey.
    expect(page.locator("details.atlas-recipe[open]").first).to_be_visible(timeout=30_000)
    expect(page.get_by_text("(100006279) : Lits de MCO")).to_be_visible()
    assert serious(page) == []
