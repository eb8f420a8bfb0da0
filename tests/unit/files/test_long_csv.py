"""Long tables of few columns: read by column, bounded."""

import pytest

from geo.errors import RefusedFileError
from geo.files import long_csv
from geo.files.long_csv import parse_columns


def test_the_columns_are_texts_whatever_the_separator() -> None:
    content = "sep=;\norigine;finess_et;minutes\n01001;010000001;12,5\n\n1002;x\n".encode("cp1252")
    read = parse_columns(content, ";,")
    assert read["header"] == ["origine", "finess_et", "minutes"]
    assert read["columns"] == [["01001", "1002"], ["010000001", "x"], ["12,5", ""]]


def test_a_heading_alone_has_empty_columns() -> None:
    assert parse_columns(b"a;b\n", ";")["columns"] == [[], []]
    assert parse_columns(b"", ";") == {"header": [], "columns": []}


def test_what_is_too_long_or_broken_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_csv, "MAX_ROWS", 2)
    for content in (b"a;b\n1;2\n3;4\n5;6\n", b";" * 30, b'a;b\n"' + b"x" * 200_000):
        with pytest.raises(RefusedFileError):
            parse_columns(content, ";")
