"""The rules of ``docs/adr/0002-layout.md``, read from the syntax trees of the code."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# From the first to the last: a module imports its own layer and those above it in this list.
# A new module must be declared here, in the first layer that has all it needs.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"errors", "faults", "wording", "wording_bassins", "wording_partnerships", "formats"})
    | frozenset({"wording_map", "wording_exports", "wording_comparer", "wording_partenariats"})
    | frozenset({"wording_contributions", "wording_etablissements", "wording_territoire"})
    | frozenset({"wording_withdrawals", "wording_published", "wording_files"})
    | frozenset({"wording_server", "journal"}),
    frozenset({"schema", "columns", "sources", "manifest"})
    | frozenset({"partnership_schema", "partnership_records", "partnership_rules"})
    | frozenset({"contribution_columns", "contribution_drafts"})
    | frozenset({"sheet_survey", "sheets", "yaml_records", "parsers", "sandbox"})
    | frozenset({"contribution_schema"}),
    frozenset({"adapters", "download"}),
    frozenset(
        {"density", "distance", "communes", "establishments", "members", "catchment", "territories"}
        | {
            "impedance",
            "gravity",
            "world",
            "parameters",
            "models",
            "contiguity",
            "outcome",
            "validation",
        }
        | {"scenario", "zoning"}
        | {"published", "anomalies", "drawing", "reconciliations", "dictionary"}
        | {"partnership_tables", "partnership_counts"}
    ),
    frozenset({"raw", "bundle", "build"}),
    frozenset({"load"}),
    frozenset({"measures", "check", "analysis", "partnerships"})
    | frozenset({"access", "creation", "peers", "recipe", "profile", "profile_parts"})
    | frozenset({"statements"}),
    frozenset({"selection", "search", "tables", "maps", "palette", "classes", "exports"})
    | frozenset({"partnership_views", "partnership_layers", "partnership_timeline"})
    | frozenset({"comparison", "comparison_spread"}),
    frozenset({"catchment_files", "output", "charts"})
    | frozenset({"basin_exports", "basin_figure", "figure_pages", "partnership_figure"})
    | frozenset({"comparison_charts", "comparison_figure", "site_figure", "comparison_maps"})
    | frozenset({"basins", "basin_layers", "basin_names", "basin_tables", "map_layers"})
    | frozenset({"extracts", "workbooks", "geofiles", "figure_frames", "figure_marks", "figures"})
    | frozenset({"partnership_charts", "partnership_graph", "partnership_map"})
    | frozenset({"site_explorer", "site_entity", "data_changes"})
    | frozenset({"partnership_lines", "report", "report_page", "territory_figure", "atlas_book"})
    | frozenset({"contributions", "contribution_template", "contribution_files"})
    | frozenset({"contribution_report", "contribution_verdicts", "contribution_tables"})
    | frozenset({"profile_tables", "profile_charts"}),
    frozenset({"cli", "cli_exports", "cli_changes", "cli_partnerships", "__main__"}),
    frozenset({"ui"}),
)
RANKS = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}

MAY_USE_NETWORK = {"download", "adapters"}
NETWORK = {"aiohttp", "ftplib", "http", "httpx", "requests", "socket", "urllib", "urllib3"}
PURE_TEXT = {"urllib.parse"}  # quotes and splits addresses, opens none
LISTENS = ("geo/ui/server.py", "socket")  # sets an option of the socket that Streamlit binds

CDN = re.compile(
    r"//[\w.-]*(?:cdn|cdnjs|unpkg|jsdelivr|googleapis|gstatic|jquery)[\w-]*[.]\w", re.IGNORECASE
)
CDN_FREE = ("*.py", "*.toml", "*.html", "*.js", "*.css")

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
    """Engine files with the name that places them: ``geo/ui/cache.py`` is in ``ui``."""
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


def backward_imports(root: Path) -> list[str]:
    faults: list[str] = []
    for module, path in modules(root):
        if module not in RANKS:
            faults.append(f"geo/{module} is unknown: declare its layer in LAYERS")
            continue
        for name in sorted(imports(path)):
            if name.startswith("."):
                faults.append(f"{label(path, root)} imports {name}: write geo.<module>")
                continue
            package, _, rest = name.partition(".")
            used = top(rest)
            is_module = (root / "geo" / used).is_dir() or (root / "geo" / f"{used}.py").exists()
            if package == "geo" and is_module and RANKS.get(used, 0) > RANKS[module]:
                faults.append(f"{label(path, root)} imports geo.{used}, of a later layer")
    return faults


def network_outside_download(root: Path) -> list[str]:
    places = [(module, path) for module, path in modules(root) if module not in MAY_USE_NETWORK]
    places += [("", path) for path in screens(root)]
    return [
        f"{label(path, root)} imports {name}: only geo/download and geo/adapters reach the network"
        for _, path in places
        for name in sorted(imports(path))
        if top(name) in NETWORK and ".".join(name.split(".")[:2]) not in PURE_TEXT
        if (label(path, root), name) != LISTENS
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
    backward_imports,
    network_outside_download,
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
        "geo/__init__.py": "",
        "geo/errors.py": "class GhtError(Exception):\n    pass\n",
        "geo/download.py": "import httpx\nfrom geo import errors\n",
        "geo/load.py": "from urllib.parse import quote\nfrom geo.errors import GhtError\n",
        "geo/cli.py": "from geo.load import quote\n",
        "geo/ui/cache.py": "import streamlit as st\nfrom geo import load\n",
        "pages/carte.py": "import json\nimport streamlit as st\nfrom geo.ui import cache\n",
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
        (backward_imports, "geo/errors.py", "from geo.load import load", "geo.load, of a later"),
        (backward_imports, "geo/errors.py", "from geo import load", "geo.load, of a later"),
        (backward_imports, "geo/cli.py", "import geo.ui.cache", "geo.ui, of a later"),
        (backward_imports, "geo/load.py", "from . import errors", "write geo.<module>"),
        (backward_imports, "geo/utils.py", "", "geo/utils is unknown: declare its layer"),
        (network_outside_download, "geo/load.py", "from urllib import request", "urllib.request"),
        (network_outside_download, "geo/ui/cache.py", "import requests", "imports requests"),
        (network_outside_download, "pages/carte.py", "import http.client", "http.client"),
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
