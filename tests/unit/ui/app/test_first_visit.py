"""What a first visit reads: neither geometry nor what draws on paper."""

import ast
import subprocess
import sys
from pathlib import Path

HEAVY = ("geopandas", "shapely", "matplotlib", "scipy", "sqlalchemy")


def imports_of(path: Path) -> str:
    """Return the imports of a script, as code."""
    lines = ast.parse(path.read_text(encoding="utf-8")).body
    return "\n".join(ast.unparse(x) for x in lines if isinstance(x, ast.Import | ast.ImportFrom))


def test_a_first_visit_loads_no_geometry_no_lazy_table_and_draws_nothing_on_paper(
    repository: Path,
) -> None:
    """The server reads early what Carte needs; each library of these costs 0.1 to 0.6 s."""
    scripts = [repository / "dashboard.py", repository / "pages" / "carte.py"]
    code = "\n".join(
        [
            *map(imports_of, scripts),
            "import sys",
            "from geo.ui.app.server import read_early",
            "assert read_early()",
            "assert any(name.startswith('geo.ui.carte') for name in sys.modules)",
            "from geo.atlas.load import LAZY_TABLES",
            "from geo.ui.shared.cache import atlas",
            "assert LAZY_TABLES and atlas().tables.in_memory().isdisjoint(LAZY_TABLES)",
            f"print('loaded:', *(name for name in {HEAVY!r} if name in sys.modules))",
        ]
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=repository, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "loaded:"
