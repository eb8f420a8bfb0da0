"""The rules of ``docs/adr/0014-rooms.md``: read from the code, or held by import-linter."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

MAY_USE_NETWORK = ("geo/sources/download.py", "geo/sources/adapters/")
NETWORK = {"download", "adapters"}
NETWORK = {"aiohttp", "ftplib", "http", "httpx", "requests", "socket", "urllib", "urllib3"}
PURE_TEXT = {"urllib.parse"}  # quotes and splits addresses, opens none
LISTENS = ("geo/ui/app/server.py", "socket")  # sets an option of the socket that Streamlit binds

CDN = re.compile(
    r"//[\w.-]*(?:cdn|cdnjs|unpkg|jsdelivr|googleapis|gstatic|jquery)[\w-]*[.]\w", re.IGNORECASE
)
CDN_FREE = ("*.py", "*.toml", "*.html", "*.js", "*.css")

ROOMS_OF_THE_SCREEN = {"app", "shared", "contributions"}  # the others are pages
NOT_MIRRORED = {"fixtures", "__pycache__"}

FUNCTION_MEDIAN, FUNCTION_P90 = 15, 40
MODULE_LINES, PAGE_LINES, DASHBOARD_LINES = 400, 120, 80


# Reading the code


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def literal_imports(node: ast.Call) -> list[str]:
    """``import_module("x")`` and ``__import__("x")`` are imports too."""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
    if called not in {"import_module", "__import__"} or not node.args:
        return []
    name = node.args[0]
    return [name.value] if isinstance(name, ast.Constant) and isinstance(name.value, str) else []


def imports(path: Path) -> set[str]:
    """Dotted names imported anywhere in a file; for ``from a import b``, ``a.b``."""
    found: set[str] = set()
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            found |= {f"{start}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call):
            found |= set(literal_imports(node))
    return found


def top(name: str) -> str:
    return name.partition(".")[0]


def modules(root: Path) -> list[tuple[str, Path]]:
    """Engine files with the room that holds them: ``geo/ui/shared/cache.py`` is in ``ui``."""
    engine = root / "geo"
    paths = sorted(path for path in engine.rglob("*.py") if path != engine / "__init__.py")
    return [(path.relative_to(engine).with_suffix("").parts[0], path) for path in paths]


def screens(root: Path) -> list[Path]:
    return [*sorted((root / "pages").glob("*.py")), *root.glob("dashboard.py")]


def label(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def functions(path: Path) -> Iterator[int]:
    """Count the lines of each function, without its docstring."""
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            first = node.body[0]
            if ast.get_docstring(node) is not None:
                lines -= (first.end_lineno or first.lineno) - first.lineno + 1
            yield lines


# The rules: each takes a tree and lists what breaks them


def streamlit_outside_ui(root: Path) -> list[str]:
    banned = {"streamlit", "streamlit_folium"}
    return [
        f"{label(path, root)} imports {name}: only geo/ui may"
        for module, path in modules(root)
        if module != "ui"
        for name in sorted(imports(path))
        if top(name) in banned
    ]


def screens_that_compute(root: Path) -> list[str]:
    allowed = {"streamlit", "geo"} | sys.stdlib_module_names
    return [
        f"{label(path, root)} imports {name}: pages use streamlit, geo and the standard library"
        for path in screens(root)
        for name in sorted(imports(path))
        if top(name) not in allowed
    ]


def network_outside_download(root: Path) -> list[str]:
    places = [path for _, path in modules(root)] + screens(root)
    return [
        f"{label(path, root)} imports {name}: only geo/sources reaches the network"
        for path in places
        if not label(path, root).startswith(MAY_USE_NETWORK)
        for name in sorted(imports(path))
        if top(name) in NETWORK and ".".join(name.split(".")[:2]) not in PURE_TEXT
        if (label(path, root), name) != LISTENS
    ]


def busy_packages(root: Path) -> list[str]:
    """A package that hands names on loads all it holds: at a first visit, geometry."""
    folders = sorted({path.parent for path in (root / "geo").rglob("*.py")})
    faults = [
        f"{label(folder, root)} has no __init__.py"
        for folder in folders
        if not (folder / "__init__.py").exists()
    ]
    return faults + [
        f"{label(path, root)} must be a docstring and nothing else"
        for path in sorted((root / "geo").rglob("__init__.py"))
        if path.parent != root / "geo"
        if ast.get_docstring(tree := parse(path)) is None or len(tree.body) != 1
    ]


def misnamed_rooms(root: Path) -> list[str]:
    """Folders of pages are named as their URL, in French; everything else is English."""
    pages = {path.stem for path in (root / "pages").glob("*.py")}
    ui = root / "geo" / "ui"
    folders = {path.parent.relative_to(ui).parts[0] for path in ui.glob("*/*.py")}
    faults = [
        f"geo/ui/{name} is neither a page nor a room of the screen: name it as the page's URL"
        for name in sorted(folders - pages - ROOMS_OF_THE_SCREEN)
    ]
    faults += [f"pages/{name}.py has no folder in geo/ui" for name in sorted(pages - folders)]
    french = pages | {name.removesuffix("s") for name in pages}
    for _, path in modules(root):
        parts = path.relative_to(root / "geo").with_suffix("").parts
        own = parts[2:] if parts[0] == "ui" and parts[1] in pages else parts
        named = {word for part in own for word in part.split("_")} & french
        if named:
            faults.append(f"{label(path, root)} has a French name: only folders of pages have")
        if not all(re.fullmatch(r"[a-z][a-z0-9_]*|__[a-z]+__", part) for part in parts):
            faults.append(f"{label(path, root)} is not in small ASCII letters")
    return faults


def homeless_tests(root: Path) -> list[str]:
    """Return the folders of tests/unit that mirror none of geo."""
    unit = root / "tests" / "unit"
    folders = sorted({path.parent.relative_to(unit) for path in unit.rglob("*.py")})
    return [
        f"tests/unit/{folder.as_posix()} mirrors no package of geo"
        for folder in folders
        if not (root / "geo" / folder).is_dir()
    ]


def long_files(root: Path) -> list[str]:
    limits = [(path, MODULE_LINES) for path in sorted((root / "geo").rglob("*.py"))]
    limits += [(path, PAGE_LINES) for path in sorted((root / "pages").glob("*.py"))]
    limits += [(path, DASHBOARD_LINES) for path in root.glob("dashboard.py")]
    counts = [(path, len(path.read_text("utf-8").splitlines()), limit) for path, limit in limits]
    return [
        f"{label(path, root)} has {count} lines: {limit} at most"
        for path, count, limit in counts
        if count > limit
    ]


def long_functions(root: Path) -> list[str]:
    paths = [*(root / "geo").rglob("*.py"), *screens(root)]
    lengths = sorted(length for path in paths for length in functions(path))
    if not lengths:
        return []
    median = statistics.median(lengths)
    p90 = lengths[int(0.9 * (len(lengths) - 1))]
    limits = (("median", median, FUNCTION_MEDIAN), ("p90", p90, FUNCTION_P90))
    return [
        f"functions: {name} {value:g} lines, {limit} at most"
        for name, value, limit in limits
        if value > limit
    ]


def cdn_addresses(root: Path) -> list[str]:
    # Tracked files, and those about to be: the rule must speak before the commit.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(
        [*command, *CDN_FREE],
        cwd=root,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout.splitlines()
    return [
        f"{name}:{number} names a third-party host: serve the file from static/"
        for name in listed
        if (root / name).is_file()
        for number, line in enumerate((root / name).read_text("utf-8").splitlines(), start=1)
        if CDN.search(line)
    ]


RULES = (
    streamlit_outside_ui,
    screens_that_compute,
    network_outside_download,
    busy_packages,
    misnamed_rooms,
    homeless_tests,
    long_files,
    long_functions,
    cdn_addresses,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_repository_keeps(rule: object, repository: Path) -> None:
    assert callable(rule)
    faults = rule(repository)
    assert not faults, "\n".join(faults)


def test_the_rules_see_the_engine(repository: Path) -> None:
    """A rule that reads nothing finds nothing."""
    assert {"errors", "faults"} <= {name for name, _ in modules(repository)}


# Each rule can fail: a small tree that breaks it, and one that does not

HOST = "https://unpkg{}com/leaflet".format(".")
LONG = "def f() -> None:\n" + "    print()\n" * 50


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a repository that keeps every rule."""
    files = {
        "geo/__init__.py": '"""The engine."""\n',
        "geo/errors.py": "class GhtError(Exception):\n    pass\n",
        "geo/sources/__init__.py": '"""Raw files."""\n',
        "geo/sources/download.py": "import httpx\nfrom geo import errors\n",
        "geo/atlas/__init__.py": '"""Tables."""\n',
        "geo/atlas/load.py": "from urllib.parse import quote\nfrom geo.errors import GhtError\n",
        "geo/ui/__init__.py": '"""The screen."""\n',
        "geo/ui/shared/__init__.py": '"""What pages share."""\n',
        "geo/ui/shared/cache.py": "import streamlit as st\nfrom geo.atlas import load\n",
        "geo/ui/carte/__init__.py": '"""A page."""\n',
        "pages/carte.py": "import json\nimport streamlit as st\nfrom geo.ui.shared import cache\n",
        "tests/unit/atlas/test_load.py": "",
        "dashboard.py": "import streamlit as st\n",
    }
    for name, text in files.items():
        write(tmp_path, name, text)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_accepts_a_sound_tree(rule: object, tree: Path) -> None:
    assert callable(rule)
    assert rule(tree) == []


@pytest.mark.parametrize(
    ("rule", "name", "text", "said"),
    [
        (streamlit_outside_ui, "geo/maps.py", "def f():\n    import streamlit.web\n", "only"),
        (streamlit_outside_ui, "geo/maps.py", "from streamlit_folium import st_folium", "only"),
        (streamlit_outside_ui, "geo/maps.py", "importlib.import_module('streamlit')", "only"),
        (screens_that_compute, "pages/carte.py", "import pandas as pd", "imports pandas"),
        (screens_that_compute, "dashboard.py", "from numpy import sum", "imports numpy.sum"),
        (network_outside_download, "geo/load.py", "from urllib import request", "urllib.request"),
        (network_outside_download, "geo/sources/raw.py", "import httpx", "imports httpx"),
        (network_outside_download, "geo/ui/app/cache.py", "import requests", "imports requests"),
        (network_outside_download, "pages/carte.py", "import http.client", "http.client"),
        (
            busy_packages,
            "geo/atlas/__init__.py",
            "from geo.atlas import load",
            "geo/atlas/__init__",
        ),
        (busy_packages, "geo/atlas/__init__.py", "", "a docstring and nothing else"),
        (busy_packages, "geo/drawing/maps.py", "", "geo/drawing has no __init__.py"),
        (misnamed_rooms, "geo/ui/maps/cache.py", "", "geo/ui/maps is neither a page nor a room"),
        (misnamed_rooms, "pages/aide.py", "", "pages/aide.py has no folder in geo/ui"),
        (misnamed_rooms, "geo/carte/load.py", "", "geo/carte/load.py has a French name"),
        (misnamed_rooms, "geo/ui/shared/carte_map.py", "", "carte_map.py has a French name"),
        (misnamed_rooms, "geo/atlas/données.py", "", "is not in small ASCII letters"),
        (homeless_tests, "tests/unit/maps/test_load.py", "", "tests/unit/maps mirrors no package"),
        (long_files, "geo/load.py", "\n" * 401, "401 lines: 400 at most"),
        (long_files, "pages/carte.py", "\n" * 121, "121 lines: 120 at most"),
        (long_files, "dashboard.py", "\n" * 81, "81 lines: 80 at most"),
        (long_functions, "geo/load.py", LONG, "median 51 lines, 15 at most"),
        (cdn_addresses, "geo/maps.py", f"JS = '{HOST}'", "geo/maps.py:1"),
        (cdn_addresses, "templates/map.html", f"<script src='{HOST}'>", "templates/map.html:1"),
    ],
)
def test_a_rule_can_fail(rule: object, name: str, text: str, said: str, tree: Path) -> None:
    write(tree, name, text)
    assert callable(rule)
    assert said in "\n".join(rule(tree))


# The contracts of import-linter: on a skeleton of the engine, whole, then with one import too many

LINT = (
    "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache', '--no-logo'])"
)


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """Return the modules of the engine, empty, and the contracts."""
    root = tmp_path_factory.mktemp("skeleton")
    write(root, "pyproject.toml", (repository / "pyproject.toml").read_text("utf-8"))
    for path in (repository / "geo").rglob("*.py"):
        write(root, label(path, repository), "")
    return root


def lint(root: Path) -> str:
    """Run import-linter, and return what it says."""
    done = subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=root,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout


def test_the_contracts_are_kept_by_a_sound_tree(skeleton: Path) -> None:
    said = lint(skeleton)
    assert " 0 broken" in said
    assert "BROKEN" not in said


@pytest.mark.parametrize(
    ("name", "text", "contract"),
    [
        ("geo/atlas/load.py", "from geo.build import check", "The order of the packages"),
        ("geo/errors.py", "from geo import wording", "The order of the packages"),
        (
            "geo/drawing/classes.py",
            "from geo.geography import distance",
            "The order of the packages",
        ),
        ("geo/utils.py", "", "The order of the packages"),
        ("geo/drawing/palette.py", "import streamlit", "Only geo.ui knows Streamlit"),
        ("geo/ui/carte/links.py", "from geo.ui.bassins import map", "Pages do not know each other"),
        ("geo/ui/shared/view.py", "from geo.ui.carte import links", "Inside the screen"),
        ("geo/ui/aide/__init__.py", "", "Inside the screen"),
        ("geo/ui/shared/cache.py", "import geopandas", "A first visit loads no geometry"),
    ],
)
def test_a_contract_can_fail(name: str, text: str, contract: str, skeleton: Path) -> None:
    path = skeleton / name
    was_there = path.exists()
    write(skeleton, name, text)
    said = lint(skeleton)
    if was_there:
        path.write_text("", encoding="utf-8")
    else:
        path.unlink()
        if path.name == "__init__.py":
            path.parent.rmdir()
    broken = [line for line in said.splitlines() if line.rstrip().endswith("BROKEN")]
    assert any(line.startswith(contract) for line in broken), said
