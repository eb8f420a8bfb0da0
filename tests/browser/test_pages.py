"""Whole pages in a real browser: cold links, hostile names, broken data, access, phones."""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request

from geo.atlas.load import default_folder
from tests import builders
from tests.browser.conftest import PROGRAM, STREAMLIT, OpenPage, serve
from tests.browser.screen import choose, map_frame, point_of, settle

pytestmark = pytest.mark.browser

LINKS = {
    "/": "Toute la France",
    "/carte?territoire=ARA-09": "GHT Loire (ARA-09)",
    "/donnees": "Sources et millésimes",
}
HOSTILE = '<img src=x onerror="window.top.hacked=1"><script>window.top.hacked=1</script>'
MARKDOWN = (
    "![evil](http://evil.example/a.png) [evil](http://evil.example) https://evil.example "
    "www.evil.example a@evil.example **evil** `evil` $evil$ :material/home: :red[evil] :smile:"
)
ENGLISH = (
    "Clear value", "Choose an option", "Open", "App pages", "Running", "Deploy", "Help for",
    "Sidebar", "sidebar", "Skip to", "Close", "Search", "Result", "result", "results", "of", "over",
    "Show/hide columns", "Download", "Fullscreen", "fullscreen", "options", "available", "Upload",
    "Dataframe", "Copy", "Sort", "Statistics", "Autosize", "column", "columns", "Pin", "Hide",
    "Average", "Median", "Sum", "Empty", "Values", "percentile", "deviation", "Automatic",
    "Localized", "Plain", "Percent", "Scientific", "Accounting", "Type to search", "Stop",
    "Main menu",
    "Connecting", "Connection error", "Streamlit",
)  # fmt: skip


@pytest.mark.parametrize("program", [PROGRAM, STREAMLIT], ids=["atlas", "streamlit"])
@pytest.mark.parametrize("link", LINKS)
def test_a_cold_server_answers_a_deep_link(
    link: str, program: Sequence[str], repository: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    """Before anyone opens the home page, Streamlit would show the page without its frame."""
    with serve(repository, tmp_path / "log.txt", program=program) as address:
        page = open_page(link, base=address)
        page.get_by_role("heading", name=LINKS[link]).wait_for()
        page.get_by_role("link", name="Données").wait_for()
        assert page.get_by_role("dialog").count() == 0
        assert page.title().endswith("Atlas GHT")
        if "donnees" not in link:
            map_frame(page)


def test_a_server_asks_nobody_for_its_address(repository: Path, tmp_path: Path) -> None:
    """Started as `make run` does, where Streamlit by default asks a third party for its IP."""
    log = tmp_path / "log.txt"
    with serve(repository, log, options=()) as address:
        assert httpx.get(f"{address}/_stcore/health").status_code == 200
    said = log.read_text(encoding="utf-8")
    assert "URL: http://localhost:" in said
    assert "Network URL" not in said
    assert "External URL" not in said


@pytest.fixture(params=[HOSTILE, MARKDOWN], ids=["html", "markdown"])
def payload(request: pytest.FixtureRequest) -> str:
    """Return what attacks the page."""
    return str(request.param)


@pytest.fixture
def hostile_data(tmp_path: Path, payload: str) -> Path:
    """Return a copy of the data where every name attacks the page."""
    folder = tmp_path / "data"
    shutil.copytree(default_folder(), folder, ignore=shutil.ignore_patterns("shapes"))
    for table, column in [
        ("territories", "area_name"), ("ghts", "ght_name"), ("ghts", "support_name"),
        ("establishments", "site_name"), ("communes", "commune_name"), ("anomalies", "detail"),
    ]:  # fmt: skip
        path = folder / f"{table}.parquet"
        rows = pd.read_parquet(path)
        rows[column] = payload
        rows.to_parquet(path)
        builders.resign(folder, table)
    return folder


def test_back_returns_to_the_whole_country(open_page: OpenPage) -> None:
    page = open_page("/")
    map_frame(page)
    choose(page, "Territoire", "Aube et Sézannais (GE-06)")
    page.get_by_role("heading", name="GHT Aube et Sézannais").wait_for()
    page.wait_for_url("**/?territoire=GE-06")
    page.go_back()
    page.get_by_role("heading", name="Toute la France", exact=True).wait_for()
    settle(page, 2000)
    assert page.get_by_role("heading", name="Toute la France", exact=True).count() == 1
    assert not urlsplit(page.url).query
    page.go_forward()
    page.get_by_role("heading", name="GHT Aube et Sézannais").wait_for()
    page.get_by_role("link", name="Données").click()
    page.get_by_role("heading", name="Anomalies relevées").wait_for()
    page.get_by_label("Filtrer").fill("CHU")
    page.get_by_label("Filtrer").press("Enter")
    settle(page)
    page.get_by_role("link", name="Carte").click()
    page.get_by_role("heading", name="GHT Aube et Sézannais").wait_for()
    page.wait_for_url("**/?territoire=GE-06")


def outside(page: Page) -> list[str]:
    """List, as it grows, what a page asks of another machine."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            asked.append(request.url)

    page.on("request", note)
    return asked


def injected(page: Page) -> int:
    """Count what a name or an address made out of text."""
    return page.locator(
        "[src*='evil'], a[href*='evil'], strong:has-text('evil'), .katex, "
        ".stMain code:has-text('evil'), [data-testid='stIconMaterial']:text-is('home'), "
        "span[style*='color']:has-text('evil')"
    ).count()


MARKED = quote(MARKDOWN[:40])


@pytest.mark.parametrize(
    "path",
    [
        f"/?region={quote('![x](http://evil.example/a.png)')}",
        f"/?{MARKED}=1&territoire={quote('https://evil.example')}",
        f"/bassins?modele={quote('![x](http://evil.example/a.png)')}&{quote('www.evil.example')}=1",
    ],
    ids=["value", "name", "bassins"],
)
def test_markdown_in_an_address_stays_text(path: str, open_page: OpenPage) -> None:
    page = open_page("/donnees")
    asked = outside(page)
    page.goto(page.url.removesuffix("/donnees") + path)
    page.get_by_role("alert").first.wait_for()
    assert "evil" in page.get_by_role("alert").last.inner_text()
    settle(page)
    assert injected(page) == 0
    assert asked == []


def test_hostile_names_stay_text(
    hostile_data: Path, payload: str, repository: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    environment = {"ATLAS_GHT_DATA": str(hostile_data)}
    with serve(repository, tmp_path / "log.txt", **environment) as address:
        page = open_page("/_stcore/health", base=address)
        asked = outside(page)
        page.goto(f"{address}/?territoire=GE-06&etablissements=generaux")
        frame = map_frame(page)
        settle(page)
        point = point_of(frame, "GE-06")
        page.mouse.move(point["x"], point["y"])
        assert payload[:10] in frame.locator(".atlas-tooltip").inner_text()
        page.get_by_role("heading", name=payload[:10]).wait_for()
        page.get_by_label("Rechercher un GHT").fill("onerror" if payload == HOSTILE else "evil")
        page.get_by_role("option").first.wait_for()
        assert page.evaluate("window.hacked") is None
        assert page.locator("img[src='x']").count() == 0
        assert payload[:10] in page.get_by_role("option").first.inner_text()
        assert injected(page) == 0
        page.goto(f"{address}/donnees")
        page.get_by_role("heading", name="Anomalies relevées").wait_for()
        settle(page)
        assert page.evaluate("window.hacked") is None
        assert injected(page) == 0
        assert asked == []


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


# One visit to each page, and a text of its end.
IN_THE_DARK = {
    "/?territoire=GE-06&calques=noms,disputees,partenariats": "Données version",
    "/territoire?territoire=GE-06": "Données version",
    "/comparer?territoire=GE-06": "Données version",
    "/partenariats?ght=GE-06&partenariat=aube-gcs-clinique-de-champagne": "Données version",
    "/bassins?territoire=GE-06": "Données version",
    "/etablissements?territoire=GE-06": "Télécharger exactement ces sites",
    "/donnees": "Les données viennent de producteurs publics",
}


@pytest.fixture(scope="module")
def dark_window(browser: Browser) -> Iterator[BrowserContext]:
    """Return a window of a person who prefers dark: Streamlit follows."""
    context = browser.new_context(locale="fr-FR", color_scheme="dark")
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.mark.parametrize("path", IN_THE_DARK)
def test_axe_finds_nothing_in_the_dark(path: str, dark_window: BrowserContext, server: str) -> None:
    page = dark_window.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(server + path)
    page.get_by_text(IN_THE_DARK[path]).last.wait_for()
    if not path.startswith(("/comparer", "/donnees")):
        frame = map_frame(page)
        assert frame.evaluate("document.documentElement.dataset.theme") == "dark"
    settle(page, 1500)
    ground = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert ground == "rgb(17, 24, 31)"
    assert serious(page) == []
    page.close()


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


def english(page: Page) -> list[str]:
    """List the English words that a person sees or hears."""
    heard = page.evaluate(
        """() => [...document.querySelectorAll('[aria-label], [title], [placeholder]')]
            .flatMap(e => ['aria-label', 'title', 'placeholder'].map(a => e.getAttribute(a)))
            .concat([...document.querySelectorAll('[aria-live], a')].map(e => e.textContent))
            .filter(Boolean)"""
    )
    text = "\n".join([*heard, page.locator("body").inner_text()])
    return [word for word in ENGLISH if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]


def open_column_menu(page: Page) -> None:
    """Open the menu of a column by its three dots, which only the mouse brings."""
    table = page.locator("[data-testid='stDataFrame'] canvas").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    for step in range(4, 60):
        page.mouse.move(box["x"] + 5 * step, box["y"] + 16)
        page.wait_for_timeout(30)
        page.mouse.click(box["x"] + 5 * step, box["y"] + 16)
        page.wait_for_timeout(60)
        if page.get_by_test_id("stDataFrameColumnMenu").count():
            return
    pytest.fail("no column has a menu")


def open_finder(page: Page) -> None:
    """Open the finder of a table, which takes the keys once a click has given it the focus."""
    box = page.locator("[data-testid='stDataFrame'] canvas").first.bounding_box()
    assert box
    finder = page.get_by_label("Résultat suivant").first
    for _ in range(5):
        page.mouse.click(box["x"] + 60, box["y"] + 60)
        page.wait_for_timeout(300)
        page.keyboard.press("Control+f")
        page.wait_for_timeout(2000)
        if finder.count():
            break
    finder.wait_for()


@pytest.mark.parametrize("path", ["/?territoire=GE-06", "/donnees"])
def test_nothing_is_left_in_english(path: str, open_page: OpenPage) -> None:
    page = open_page(path)
    page.locator(".atlas-title").wait_for()
    if path != "/donnees":
        page.get_by_text("Trier et chercher dans le tableau").click()
    page.get_by_test_id("stDataFrame").first.wait_for()
    settle(page, 2500)
    assert english(page) == []
    open_column_menu(page)
    settle(page)
    assert "Trier en ordre croissant" in page.get_by_test_id("stDataFrameColumnMenu").inner_text()
    for name in ("Statistiques", "Format"):
        entry = page.get_by_role("menuitem", name=name)
        if entry.count():
            entry.hover()
            settle(page)
            assert english(page) == [], name
    page.keyboard.press("Escape")
    page.get_by_test_id("stDataFrameColumnMenu").wait_for(state="hidden")
    open_finder(page)
    assert english(page) == []
    page.keyboard.type("CHU")
    settle(page)
    assert english(page) == []


def test_the_dictionary_speaks_when_the_server_is_gone(
    repository: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    with serve(repository, tmp_path / "log.txt") as address:
        page = open_page("/donnees", base=address)
        page.get_by_role("heading", name="Licences").wait_for()
    page.get_by_text("Connexion perdue").or_(
        page.get_by_text("Connexion en cours")
    ).first.wait_for()
    settle(page, 4000)
    assert english(page) == []


def test_every_script_of_the_first_view_is_asked_for_by_the_document(
    browser: Browser, server: str
) -> None:
    """A piece fetched once the session has begun holds the whole page back for 300 ms."""
    context = browser.new_context()
    page = context.new_page()
    scripts: list[str] = []
    page.on("request", lambda asked: scripts.append(asked.url))
    page.goto(server)
    map_frame(page)
    document = httpx.get(server).text
    names = [url.rpartition("/")[2] for url in scripts if "/static/js/" in url]
    assert len(names) > 50
    late = [name for name in names if name not in document and "main." not in name]
    assert late == []
    context.close()
