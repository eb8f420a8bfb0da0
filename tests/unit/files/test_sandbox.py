"""A visitor's file costs one answer, whatever it holds: never the server, never a long wait."""

import io
import json
import resource
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable

import openpyxl
import psutil
import pytest

from geo.atlas.load import Atlas
from geo.catchment import zoning_shapes
from geo.catchment.zoning import read_zoning
from geo.catchment.zoning_shapes import read_shapes
from geo.contributions.reading import read_contributions
from geo.contributions.template import template_xlsx, to_yaml
from geo.contributions.verdict import check_reading
from geo.errors import GhtError, UserError
from geo.files import parsers, sandbox
from geo.partnerships.rules import Known
from tests import builders, hostile, ods

# Of the processor: shared machines stall, and a clock would measure that.
LONGEST_SECONDS = 5.0
ORDINARY_SECONDS = 2.0

pytestmark = pytest.mark.usefixtures("apart")


def refusal(name: str, content: bytes) -> str:
    """What a door says of a file it does not take; empty when the file is taken."""
    try:
        if name.startswith("z."):
            read_zoning(name, content)
        else:
            check_reading(read_contributions(name, content), Known(*[frozenset[str]()] * 3))
    except GhtError as error:
        return str(error)
    return ""


def spent() -> float:
    """Processor time of the parsers that have ended, seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def checked(name: str, content: bytes) -> str:
    began = spent()
    said = refusal(name, content)
    assert spent() - began < LONGEST_SECONDS
    assert "Traceback" not in said
    assert "Error" not in said
    return said


@pytest.mark.parametrize("door", ["z", "p"])
@pytest.mark.parametrize("case", hostile.WORKBOOKS)
def test_a_hostile_workbook_is_refused_in_a_sentence_at_both_doors(case: str, door: str) -> None:
    assert checked(f"{door}.xlsx", hostile.WORKBOOKS[case]()).startswith(f"{door}.xlsx : ")


@pytest.mark.parametrize("door", ["z", "p"])
@pytest.mark.parametrize("case", ods.HOSTILE)
def test_a_hostile_ods_is_refused_in_a_sentence_at_both_doors(case: str, door: str) -> None:
    assert checked(f"{door}.ods", ods.HOSTILE[case]()).startswith(f"{door}.ods : ")


TAKEN = {"long integer", "long sexagesimal"}  # texts like others, for the rules to refuse


@pytest.mark.parametrize("case", hostile.TEXTS)
def test_a_hostile_yaml_is_refused_in_a_sentence(case: str) -> None:
    said = checked("p.yaml", hostile.TEXTS[case]())
    assert said.startswith("p.yaml : ") is (case not in TAKEN)


@pytest.mark.parametrize("door", ["z", "p"])
@pytest.mark.parametrize("case", hostile.CSVS)
def test_a_hostile_csv_is_refused_in_a_sentence_at_both_doors(case: str, door: str) -> None:
    assert checked(f"{door}.csv", hostile.CSVS[case]()).startswith(f"{door}.csv : ")


def zoning_of(count: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["insee_code", "ght_code"])
    for number in range(count):
        sheet.append([f"{number:05d}", "GE-06"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("p.xlsx", template_xlsx()),
        ("p.yaml", to_yaml([builders.partnership(n) for n in range(1, 60)])),
        ("z.xlsx", zoning_of(35_000)),
        ("z.csv", b"insee_code;ght_code\n" + b"10001;GE-06\n" * 35_000),
    ],
    ids=["template", "yaml", "zoning of the country", "the same in CSV"],
)
def test_an_ordinary_file_is_read_at_once(name: str, content: bytes) -> None:
    began = spent()
    assert refusal(name, content) == ""
    assert 0 < spent() - began < ORDINARY_SECONDS


def shaped(*rings: list[list[float]]) -> bytes:
    features = [
        {"type": "Feature", "properties": {"nom": f"Zone {n}"}, "geometry": shape}
        for n, shape in enumerate(
            {"type": "Polygon", "coordinates": [ring]} for ring in rings
        )
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_shapes_are_read_in_the_process_too(atlas: Atlas) -> None:
    ring = [[3.9, 48.1], [4.3, 48.1], [4.3, 48.5], [3.9, 48.5], [3.9, 48.1]]
    read = read_shapes(atlas, "z.geojson", shaped(ring))
    assert "10387" in zoning_shapes.zoning_of(read).table.insee_code.tolist()


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("z.shp", b"0" * 90_000_000)
    return stream.getvalue()


HOSTILE_SHAPES: dict[str, Callable[[], bytes]] = {
    "bomb": bomb,
    "too many": lambda: shaped(*([[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]] * 5_001)),
    "nested": lambda: b'{"features":' + b"[" * 200_000,
    "deep geometry": lambda: (
        b'{"features":[{"geometry":' + b'{"type":"GeometryCollection","geometries":[' * 50_000
    ),
    "random": lambda: b"SQLite format 3\0" + bytes(range(50)) + b"GPKG" + b"x" * 10_000,
}


@pytest.mark.parametrize("case", HOSTILE_SHAPES)
def test_hostile_shapes_are_refused_in_a_sentence(atlas: Atlas, case: str) -> None:
    with pytest.raises(UserError, match=r"^z\.json : ") as caught:
        read_shapes(atlas, "z.json", HOSTILE_SHAPES[case]())
    assert "Error" not in str(caught.value)


# When a parser breaks


def broken(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Put another program in the place of the parser."""
    popen = subprocess.Popen

    def started(_: object, **options: object) -> "subprocess.Popen[bytes]":
        return popen([sys.executable, "-c", code], **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(subprocess, "Popen", started)


@pytest.mark.parametrize(
    "code",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "import sys; sys.stdin.buffer.read(); print('{', end='')",
        "import sys; sys.exit('broken')",
        "import time; time.sleep(60)",
        "import sys; sys.stdin.buffer.read(); print('x' * 3_000_000)",
        "import sys; sys.stderr.write('x' * 10_000_000)",
    ],
    ids=["crash", "half an answer", "exit", "endless", "endless answer", "long complaint"],
)
def test_a_parser_that_breaks_costs_one_answer(
    code: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken(monkeypatch, code)
    monkeypatch.setattr(sandbox, "PARSER_SECONDS", 2.0)
    monkeypatch.setattr(sandbox, "MAX_ANSWER", 1_000_000)
    before = psutil.Process().children()
    with pytest.raises(UserError, match="lecture a été arrêtée"):
        sandbox.parse_apart("f.yaml", "yaml", b"a: 1" * 50_000)
    assert [record.message for record in caplog.records] == ["parser stopped"]
    assert set(psutil.Process().children()) <= set(before)


def test_the_memory_of_a_parser_is_bounded() -> None:
    code = (
        "from geo.files.parsers import bound_process as b; b(300_000_000); bytearray(400_000_000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=sandbox.ROOT, capture_output=True, check=False, text=True
    )
    assert "MemoryError" in done.stderr


def test_what_fills_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setitem(parsers.PARSERS, "full", full)
    assert b"too_heavy" in parsers.answer("full", "", b"")


def test_a_parser_starts_without_the_libraries_of_the_pages() -> None:
    """A person waits for it: half a second for pandas alone."""
    heavy = {"pandas", "numpy", "openpyxl", "pydantic", "python_calamine"}
    code = f"import sys, geo.files.parsers; print({heavy} & {{*sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=sandbox.ROOT, capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "set()"


def test_a_few_parsers_work_at_once_and_the_others_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, "import time; time.sleep(1.5)")
    monkeypatch.setattr(sandbox, "WAIT_SECONDS", 0.1)
    said: list[str] = []

    def send() -> None:
        try:
            sandbox.parse_apart("f", "yaml", b"")
        except UserError as error:
            said.append(str(error))

    visitors = [threading.Thread(target=send) for _ in range(5)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert sum("Réessayez" in sentence for sentence in said) == 5 - sandbox.AT_ONCE
    assert len(said) == 5
