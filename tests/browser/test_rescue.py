"""When a page or an action breaks: a French sentence, the view kept, the cause in the log, once."""

import json
import re
from pathlib import Path

import pytest

from tests.browser.broken import FAULT
from tests.browser.conftest import OpenPage, serve
from tests.browser.screen import choose, map_frame

pytestmark = pytest.mark.browser


def test_what_breaks_is_said_in_french_and_logged_once(
    repository: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    log = tmp_path / "log.txt"
    broken = ("tests.browser.broken",)
    with serve(repository, log, program=broken, ATLAS_GHT_LOG="json") as address:
        page = open_page("/etablissements", base=address)
        said = page.get_by_text("Cette page n'a pas pu être affichée").inner_text()
        assert page.get_by_text("encountered an error").count() == 0
        assert FAULT not in page.content()
        assert "Traceback" not in page.content()
        page.get_by_role("link", name="Revenir à la carte de France").click()
        map_frame(page)

        other = open_page("/?indicateur=density_per_km2", base=address)
        map_frame(other)
        choose(other, "Région", "Grand Est")
        other.get_by_text("Cette page n'a pas pu être affichée").wait_for()
        other.get_by_role("button", name="Réessayer").click()
        other.get_by_text("Cette page n'a pas pu être affichée").wait_for(state="detached")
        map_frame(other)
        assert "indicateur=density_per_km2" in other.url
        choose(other, "Région", "Bretagne")
        other.get_by_text("Haute Bretagne").first.wait_for()

    lines = log.read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines if line.startswith("{")]
    broken_pages = [event for event in events if event["message"] == "page broken"]
    assert [event["page"] for event in broken_pages] == ["etablissements", ""]
    assert all(FAULT in event["exc_info"] for event in broken_pages)
    assert "\n".join(lines).count("Traceback") == 2
    reference = re.search(r"référence (\w{8})", said)
    assert reference is not None
    assert broken_pages[0]["reference"] == reference[1]
    assert [e["message"] for e in events][:2] == ["server started", "data loaded"]
