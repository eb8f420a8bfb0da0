"""Every example of the documentation is executed."""

import doctest
from pathlib import Path

import pytest

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
