"""Every example of the documentation is executed, every file it names exists."""

import doctest
import re
from pathlib import Path

import pytest

from docs import rooms
from geo.establishments import sites

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))


def test_the_examples_of_the_documents_are_true() -> None:
    counts = [
        doctest.testfile(str(path), module_relative=False, encoding="utf-8") for path in DOCUMENTS
    ]
    assert sum(result.failed for result in counts) == 0
    assert sum(result.attempted for result in counts) >= 10


@pytest.mark.parametrize("module", [sites])
def test_the_examples_of_docstrings_are_true(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0
    assert result.failed == 0


def test_the_drawing_of_the_rooms_is_that_of_the_imports() -> None:
    page = rooms.PAGE.read_text(encoding="utf-8")
    assert rooms.drawn(page) == page, "run: python -m docs.rooms"


LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def test_documents_name_files_that_exist(repository: Path) -> None:
    pages = [*repository.glob("*.md"), *(repository / "docs").rglob("*.md")]
    missing = [
        f"{page.relative_to(repository)}: {name}"
        for page in pages
        for name in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / name).exists()
    ]
    assert not missing
    named = re.compile(r"`((?:geo|pages|tests|docs)/[\w/.]+\.(?:py|js|md))`")
    for page in [
        repository / "docs" / "architecture.md",
        *(repository / "docs/howto").glob("*.md"),
    ]:
        for name in named.findall(page.read_text(encoding="utf-8")):
            assert (repository / name).exists(), f"{page.name}: {name}"
