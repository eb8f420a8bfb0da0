"""Whole pages in a real browser: cold links, hostile names, broken data, access, phones."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from geo.load import default_folder
from tests import builders
from tests.browser.conftest import OpenPage, serve
from tests.browser.screen import map_frame, point_of, settle

pytestmark = pytest.mark.browser

LINKS = {
    "/": "Toute la France",
    "/carte?territoire=ARA-09": "GHT Loire (ARA-09)",
    "/donnees": "Sources et millésimes",
}
HOSTILE = '<img src=x onerror="window.top.hacked=1"><script>window.top.hacked=1</script>'
ENGLISH = (
    "Clear value", "Choose an option", "Open", "App pages", "Running", "Deploy", "Help for",
    "Sidebar", "Expand sidebar",
)  # fmt: skip


@pytest.mark.parametrize("link", LINKS)
def test_a_cold_server_answers_a_deep_link(
    link: str, repository: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    """Before anyone opens the home page, Streamlit would show the page without its frame."""
    with serve(repository, tmp_path / "log.txt") as address:
        page = open_page(link, base=address)
        page.get_by_role("heading", name=LINKS[link]).wait_for()
        page.get_by_role("link", name="Données").wait_for()
        assert page.get_by_role("dialog").count() == 0
        assert page.title() == "Atlas GHT"
        if "donnees" not in link:
            map_frame(page)


@pytest.fixture
def hostile_data(tmp_path: Path) -> Path:
    """Return a copy of the data where every name attacks the page."""
    folder = tmp_path / "data"
    shutil.copytree(default_folder(), folder, ignore=shutil.ignore_patterns("shapes"))
    for table, column in [
        ("territories", "area_name"), ("ghts", "ght_name"), ("ghts", "support_name"),
        ("establishments", "site_name"), ("communes", "commune_name"), ("anomalies", "detail"),
    ]:  # fmt: skip
        path = folder / f"{table}.parquet"
        rows = pd.read_parquet(path)
        rows[column] = HOSTILE
        rows.to_parquet(path)
        builders.resign(folder, table)
    return folder


def test_hostile_names_stay_text(
    hostile_data: Path, repository: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    environment = {"ATLAS_GHT_DATA": str(hostile_data)}
    with serve(repository, tmp_path / "log.txt", **environment) as address:
        page = open_page("/?territoire=GE-06&etablissements=generaux", base=address)
        frame = map_frame(page)
        settle(page)
        point = point_of(frame, "GE-06")
        page.mouse.move(point["x"], point["y"])
        assert "<img src=x" in frame.locator(".atlas-tooltip").inner_text()
        page.get_by_role("heading", name="<img src=x").wait_for()
        box = page.get_by_label("Rechercher un GHT")
        box.fill("onerror")
        box.press("Enter")
        page.get_by_text("Résultats").wait_for()
        settle(page)
        assert page.evaluate("window.hacked") is None
        assert page.locator("img[src='x']").count() == 0
        page.goto(f"{address}/donnees")
        page.get_by_role("heading", name="Anomalies relevées").wait_for()
        settle(page)
        assert page.evaluate("window.hacked") is None


def test_broken_data_shows_a_sentence_and_no_figure(
    repository: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "MANIFEST.json").write_text(json.dumps({"tables": {}}), encoding="utf-8")
    environment = {"ATLAS_GHT_DATA": str(folder)}
    with serve(repository, tmp_path / "log.txt", **environment) as address:
        page = open_page("/", base=address)
        page.get_by_text("make data").wait_for()
        settle(page)
        shown = page.locator(".stMain").inner_text()
        assert "habitants" not in shown
        assert "Traceback" not in shown
        assert page.locator("iframe").count() == 0


def serious(page: Page) -> list[str]:
    """Run axe and list what is serious or critical, frames included."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", ["/?territoire=GE-06&etablissements=tous", "/?x=1", "/donnees"])
def test_axe_finds_nothing_serious(path: str, width: int, open_page: OpenPage) -> None:
    page = open_page(path, width=width)
    if "donnees" in path:
        page.get_by_role("heading", name="Licences").wait_for()
    else:
        map_frame(page)
    settle(page, 1500)
    assert serious(page) == []


@pytest.mark.parametrize("path", ["/", "/?territoire=GE-06", "/donnees"])
def test_a_phone_never_scrolls_sideways(path: str, open_page: OpenPage) -> None:
    page = open_page(path, width=390, height=844)
    page.locator(".atlas-title").wait_for()
    if "donnees" not in path:
        map_frame(page)
    settle(page, 1500)
    widths = page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll('.stMain')]
            .map(e => e.scrollWidth - e.clientWidth)"""
    )
    assert max(widths) <= 0


@pytest.mark.parametrize("path", ["/?territoire=GE-06", "/donnees"])
def test_nothing_is_left_in_english(path: str, open_page: OpenPage) -> None:
    page = open_page(path)
    page.locator(".atlas-title").wait_for()
    settle(page, 2500)
    names = page.evaluate(
        """() => [...document.querySelectorAll('[aria-label], [title], [placeholder]')]
            .flatMap(e => ['aria-label', 'title', 'placeholder'].map(a => e.getAttribute(a)))
            .filter(Boolean)"""
    )
    names.append(page.locator("body").inner_text())
    assert not [word for word in ENGLISH for name in names if name == word or word in name.split()]
