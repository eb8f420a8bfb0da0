"""Read a large JSON object member by member, without holding the whole of it."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geo.errors import SourceError
from geo.sources.adapters.rawfile import open_unpacked

CHUNK_CHARS = 1 << 21
MAX_ITEM_CHARS = 1 << 26


def iterate_members(path: Path) -> Iterator[tuple[str, Any]]:
    """
    Go through the members of the outermost JSON object.

    Parameters
    ----------
    path
        UTF-8 JSON, plain or gzip.

    Yields
    ------
    name, value
        Name of the member with its value, or with each item in turn when the value is an array.

    Raises
    ------
    SourceError
        Missing, truncated, badly encoded or malformed file.
    """
    with open_unpacked(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig")
        try:
            yield from _Scanner(text, path.name).members()
        except UnicodeDecodeError as error:
            raise SourceError(
                path.name, ["le fichier n'est pas encodé en UTF-8. Enregistrez-le en UTF-8."]
            ) from error


class _Scanner:
    def __init__(self, text: io.TextIOBase, name: str) -> None:
        self.text = text
        self.name = name
        self.buffer = ""
        self.position = 0
        self.decoder = json.JSONDecoder()

    def members(self) -> Iterator[tuple[str, Any]]:
        self.expect("{")
        while self.peek() != "}":
            name = self.value()
            self.expect(":")
            if self.peek() == "[":
                for item in self.items():
                    yield name, item
            else:
                yield name, self.value()
            self.separator("}")

    def items(self) -> Iterator[Any]:
        self.expect("[")
        while self.peek() != "]":
            yield self.value()
            self.separator("]")
        self.expect("]")

    def separator(self, closing: str) -> None:
        if self.peek() != closing:
            self.expect(",")

    def expect(self, character: str) -> None:
        if self.peek() != character:
            raise self.malformed()
        self.position += 1

    def peek(self) -> str:
        while True:
            while self.position < len(self.buffer):
                if not self.buffer[self.position].isspace():
                    return self.buffer[self.position]
                self.position += 1
            if not self.fill():
                raise self.malformed()

    def value(self) -> Any:  # noqa: ANN401
        self.peek()
        while True:
            try:
                found, end = self.decoder.raw_decode(self.buffer, self.position)
            except json.JSONDecodeError as error:
                is_hopeless = len(self.buffer) - self.position > MAX_ITEM_CHARS
                if is_hopeless or not self.fill():
                    raise self.malformed() from error
                continue
            if end < len(self.buffer) or not self.fill():
                self.position = end
                return found

    def fill(self) -> bool:
        chunk = self.text.read(CHUNK_CHARS)
        self.buffer = self.buffer[self.position :] + chunk
        self.position = 0
        return bool(chunk)

    def malformed(self) -> SourceError:
        return SourceError(self.name, ["JSON tronqué ou mal formé. Téléchargez-le de nouveau."])
