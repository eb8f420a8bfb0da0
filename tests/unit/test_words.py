"""Words that one page says live beside it; those of several, of files or of PDFs, in the engine."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

NO_PAGE = {"shared"}  # what the pages share speaks for all of them
Name = tuple[str, str]  # module, name in it


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


WORDS = {
    dotted(path): path
    for path in (ROOT / "geo").rglob("*.py")
    if path.stem == "wording" or re.fullmatch(r"words(_\w+)?", path.stem)
}


def public_names(path: Path) -> set[str]:
    """What a module of words defines."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            found |= {one.id for one in ast.walk(target or ast.Pass()) if isinstance(one, ast.Name)}
    return found


def imported(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Give the module, the name and the alias of what is imported by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for name in node.names:
                yield str(node.module), name.name, name.asname or name.name


def said(path: Path) -> Iterator[Name]:
    """Names of modules of words that a module reads, its own and its templates' among them."""
    tree, own = ast.parse(path.read_text("utf-8")), dotted(path)
    names = list(imported(tree))
    modules = {alias: f"{module}.{name}" for module, name, alias in names}
    modules = {alias: module for alias, module in modules.items() if module in WORDS}
    yield from ((module, name) for module, name, _ in names if module in WORDS)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield modules.get(node.value.id, ""), node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield own, node.id
    for template in path.parent.glob("*.html"):
        for name in re.findall(r"\bwords\.(\w+)", template.read_text("utf-8")):
            yield from ((module, name) for module in modules.values())


def room(path: Path) -> str:
    """Name who speaks: a page, a room of the screen, or the engine."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] == "pages":
        return parts[1]
    is_screen = parts[:2] == ("geo", "ui") and len(parts) > len(("geo", "ui", "module"))
    return parts[2] if is_screen and parts[2] not in NO_PAGE else "engine"


@pytest.fixture(scope="module")
def speakers() -> dict[Name, set[str]]:
    """Who says each word."""
    found = defaultdict(set)
    for path in [*(ROOT / "geo").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        for name in said(path):
            found[name].add(room(path))
    return found


def test_words_that_one_page_says_live_beside_it(speakers: dict[Name, set[str]]) -> None:
    """In the engine stay the words of several pages, of files, of PDFs and of the command line."""
    lone = {
        f"{module}.{name}": rooms
        for module, path in WORDS.items()
        if not module.startswith("geo.ui.")
        for name in public_names(path)
        if (rooms := speakers.get((module, name), set())) and "engine" not in rooms
        if len(rooms) == 1
    }
    assert lone == {}


def test_every_word_is_said(speakers: dict[Name, set[str]]) -> None:
    silent = {
        f"{module}.{name}"
        for module, path in WORDS.items()
        for name in public_names(path)
        if not speakers.get((module, name))
    }
    assert silent == set()
