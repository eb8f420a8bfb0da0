"""What Python sends to the map is what the map reads, and the other way round."""

import ast
import re
from pathlib import Path

import pytest

from geo.drawing import protocol, protocol_columns
from geo.drawing.screen_map import CLICK_KEY, settings
from geo.ui.shared.assets import SCRIPTS, SCRIPTS_FOLDER
from tests import protocol_types

ENGINE = Path(protocol.__file__).parents[1]
# What holds each dictionary in the scripts: its name, and the scripts where that name is its own.
HOLDERS = {
    "MapValues": ("values", SCRIPTS),
    "Settings": ("config", SCRIPTS),
    "Addresses": ("addresses", SCRIPTS),
    "AreaColumns": ("areas", ("atlas.js", "panes.js")),
    "SiteColumns": ("columns", ("sites.js", "panes.js")),
    "TownColumns": ("towns", ("landmarks.js",)),
    "LinkColumns": ("columns", ("links.js",)),
    "Links": ("links", ("links.js",)),
    "Overlay": ("overlay", ("overlay.js",)),
    "Places": ("places", ("places.js",)),
    "Spot": ("spot", ("pins.js", "moves.js")),
    "PaneView": ("seen", ("panes.js",)),
    "Party": ("party", ("parties.js",)),
}
ADDED_BY_SCRIPTS = {"Settings": {"addresses"}}


def read(holder: str, files: tuple[str, ...]) -> set[str]:
    """Find the keys that scripts read: `holder.key`, or `{ key } = holder`; a call is no key."""
    text = "\n".join((SCRIPTS_FOLDER / name).read_text("utf-8") for name in files)
    found = set(re.findall(rf"\b{holder}\.([A-Za-z]\w*)\b(?! *\()", text))
    for names in re.findall(rf"\{{([\w ,]+)\}} = [\w.]*\b{holder};", text):
        found |= set(re.findall(r"\w+", names))
    return found


def sent() -> set[str]:
    """Find the keys of the dictionaries written by the modules that name the protocol."""
    found: set[str] = set()
    for path in ENGINE.rglob("*.py"):
        text = path.read_text("utf-8")
        if "geo.drawing.protocol" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            keys = node.keys if isinstance(node, ast.Dict) else []
            keys = [node.slice] if isinstance(node, ast.Subscript) else keys
            found |= {str(key.value) for key in keys if isinstance(key, ast.Constant)}
    return found


@pytest.mark.parametrize("name", HOLDERS)
def test_every_key_is_sent_and_read(name: str) -> None:
    home = protocol if hasattr(protocol, name) else protocol_columns
    declared = set(getattr(home, name).__annotations__)
    if name == "MapValues":
        declared |= set(protocol.MapView.__annotations__)
    assert read(*HOLDERS[name]) - ADDED_BY_SCRIPTS.get(name, set()) == declared
    assert declared <= sent()


def test_every_sentence_of_the_map_is_said() -> None:
    assert set(settings()) == set(protocol.Settings.__annotations__)
    assert read("texts", SCRIPTS) == set(settings()["texts"])


def test_a_click_comes_back_as_it_is_declared() -> None:
    text = (SCRIPTS_FOLDER / "clicks.js").read_text("utf-8")
    told = re.findall(r"this\.send\(\{ (\w+):", text) + re.findall(r"assign\(said, \{ (\w+):", text)
    assert set(told) == set(protocol.Click.__annotations__)
    assert f"{CLICK_KEY}:" in text


def test_the_territories_of_a_model_are_a_part_of_those_of_the_base() -> None:
    assert set(protocol.Layers.__annotations__) < set(protocol.Addresses.__annotations__)


def test_every_script_is_published_and_checked() -> None:
    assert sorted(path.name for path in SCRIPTS_FOLDER.glob("*.js")) == sorted(SCRIPTS)
    for name in SCRIPTS:
        assert (SCRIPTS_FOLDER / name).read_text("utf-8").startswith("// @ts-check\n")


def test_the_types_that_typescript_checks_are_those_of_the_protocol() -> None:
    written = protocol_types.interfaces()
    assert "  background?: string;\n" in written
    assert "  selected?: string | null;\n" in written
    assert "  panes?: (PaneView)[];\n" in written
    assert "  details?: Record<string, string>;\n" in written
    assert "  keys?: ([string, string, string])[];\n" in written
    assert "NotRequired" not in written
