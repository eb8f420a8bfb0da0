"""The page of one territory, in a real browser."""

import re
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from geo.ui.territoire import words
from tests.browser.conftest import OpenPage
from tests.browser.screen import map_frame, settle

pytestmark = pytest.mark.browser
AUBE = "/territoire?territoire=GE-06"


def profile(open_page: OpenPage, path: str = AUBE, **size: int) -> Page:
    page = open_page(path, **size)
    page.get_by_role("button", name="GeoPackage").wait_for()
    return page


def serious(page: Page) -> list[str]:
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in Axe().run(page).response["violations"]
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]


def test_the_contents_and_the_recipes_open_by_the_keyboard(open_page: OpenPage) -> None:
    page = profile(open_page)
    page.get_by_role("link", name=words.SECTIONS["partenariats"], exact=True).last.press("Enter")
    title = page.get_by_role("heading", name=words.SECTIONS["partenariats"], exact=True)
    page.wait_for_function(
        "([id]) => Math.abs(document.getElementById(id).getBoundingClientRect().top) < 200",
        arg=["profil-partenariats"],
    )
    assert title.is_visible()
    assert page.url.endswith("territoire=GE-06#profil-partenariats")
    recipe = page.locator("summary", has_text="D'où vient ce chiffre").first
    recipe.focus()
    page.keyboard.press("Enter")
    page.get_by_text("python -m geo territories --ght GE-06").first.wait_for()
    fold = page.locator("summary", has_text="GCS Santé Numérique Sud Champagne").first
    fold.click()
    page.get_by_text("Une informatique commune à 18 établissements.").wait_for()


def test_a_neighbour_opens_and_back_returns(open_page: OpenPage) -> None:
    page = profile(open_page)
    map_frame(page)
    page.get_by_role("button", name="Nord Yonne (BFC-05)").click()
    page.get_by_role("heading", name="GHT Nord Yonne (BFC-05)").wait_for()
    page.wait_for_url("**/territoire?territoire=BFC-05")
    settle(page)
    page.go_back()
    page.get_by_role("heading", name="GHT Aube et Sézannais (GE-06)").wait_for()


def test_files_are_downloaded_as_they_say(open_page: OpenPage, tmp_path: Path) -> None:
    page = profile(open_page)
    starts = {"CSV": b"\xef\xbb\xbf", "Carte PNG": b"\x89PNG", words.PDF: b"%PDF"}
    for label, start in starts.items():
        with page.expect_download() as waiting:
            page.get_by_role("button", name=re.compile(f"{label}( :|$)")).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.read_bytes().startswith(start)
        assert "ge-06" in path.name
    (table,) = tmp_path.glob("communes_*.csv")
    communes = pd.read_csv(table, sep=";", decimal=",", encoding="utf-8-sig")
    assert len(communes) == 485


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", [AUBE, "/territoire?territoire=XX"])
def test_axe_finds_nothing_serious_and_nothing_overflows(
    path: str, width: int, open_page: OpenPage
) -> None:
    page = open_page(path, width=width, height=900)
    if path == AUBE:
        map_frame(page)
        page.get_by_role("button", name="GeoPackage").wait_for()
    else:
        page.get_by_text("n'existe pas ici").wait_for()
    settle(page, 1500)
    assert serious(page) == []
    wide = page.evaluate("() => document.querySelector('.stMain').scrollWidth - innerWidth")
    assert wide <= 0
