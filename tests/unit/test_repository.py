"""What the repository promises as a set of files: small, pinned, the same on every machine."""

import re
import subprocess
from pathlib import Path

import pytest

FILE_LIMIT = 8 * 2**20
TOTAL_LIMIT = 40 * 2**20

PIN = re.compile(r"^[A-Za-z0-9][\w.-]*==[\w.+!]+(?: ; .+)?$")
MACHINE_PATH = re.compile(
    r"(?<![\w./-])(?:/(?:work|root|opt|mnt)/|/(?:home|Users)/\w|[A-Z]:\\+Users)"
    r"|[.][.]/shared\b"
)
MAY_NAME_SHARED = {"README.md"}
CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
COMMANDS = ("make run", "make test")


def tracked(root: Path) -> list[Path]:
    """Files tracked, and those about to be: the rule must speak before the commit."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-coz", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    paths = [root / name for name in sorted(set(listed.split("\0"))) if name]
    return [path for path in paths if path.is_file()]


def read_text(path: Path) -> str:
    """Return the text of a file, nothing if it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def heavy_files(root: Path) -> list[str]:
    sizes = {path.relative_to(root).as_posix(): path.stat().st_size for path in tracked(root)}
    faults = [
        f"{name}: {size / 2**20:.1f} MiB, 8 at most"
        for name, size in sizes.items()
        if size > FILE_LIMIT
    ]
    total = sum(sizes.values())
    return faults + ([f"{total / 2**20:.1f} MiB in all, 40 at most"] * (total > TOTAL_LIMIT))


def loose_requirements(root: Path) -> list[str]:
    return [
        f"{path.name}: {line!r} is not pinned with =="
        for path in (root / "requirements.txt", root / "requirements-dev.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
        if line != "-r requirements.txt" and not PIN.match(line)
    ]


def double_requirements(root: Path) -> list[str]:
    text = "".join(read_text(root / f"requirements{kind}.txt") for kind in ("", "-dev"))
    names = [re.sub(r"[-_.]+", "-", name).lower() for name in re.findall(r"(?m)^(\S+)==", text)]
    return [f"{name} is pinned twice" for name in sorted(set(names)) if names.count(name) > 1]


def machine_paths(root: Path) -> list[str]:
    names = [(path.relative_to(root).as_posix(), path) for path in tracked(root)]
    return [
        f"{name} holds {found!r}, which exists on one machine only"
        for name, path in names
        for found in MACHINE_PATH.findall(read_text(path))
        if not (found.endswith("shared") and name in MAY_NAME_SHARED)
    ]


def conflict_marks(root: Path) -> list[str]:
    return [f"{path.name} holds a conflict" for path in tracked(root) if has_conflict(path)]


def has_conflict(path: Path) -> bool:
    return CONFLICT.search(read_text(path)) is not None


def missing_commands(root: Path) -> list[str]:
    text = read_text(root / "README.md") if (root / "README.md").exists() else ""
    return [f"README.md does not say `{command}`" for command in COMMANDS if command not in text]


RULES = (
    heavy_files,
    loose_requirements,
    double_requirements,
    machine_paths,
    conflict_marks,
    missing_commands,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_repository_keeps(rule: object, repository: Path) -> None:
    assert callable(rule)
    faults = rule(repository)
    assert not faults, "\n".join(faults)


def test_continuous_integration_runs_the_tests(repository: Path) -> None:
    script = repository / ".ci" / "run"
    assert script.stat().st_mode & 0o100
    assert "make test" in script.read_text(encoding="utf-8")


# Each rule can fail


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a repository that keeps every rule."""
    texts = {
        "README.md": "`make run`, `make test`, see ..{}shared".format("/"),
        "requirements.txt": '# why\na==1.0\nb-c==2.0.post1 ; sys_platform == "win32"\n',
        "requirements-dev.txt": "-r requirements.txt\nd==3\n",
        "notes.md": "https://example.org/home/page and docs/mnt/x",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "latin.csv").write_bytes("é".encode("latin-1"))
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return tmp_path


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_accepts_a_sound_tree(rule: object, tree: Path) -> None:
    assert callable(rule)
    assert rule(tree) == []


@pytest.mark.parametrize(
    ("rule", "name", "text", "said"),
    [
        (heavy_files, "big.bin", "x" * (FILE_LIMIT + 1), "big.bin: 8.0 MiB"),
        (loose_requirements, "requirements.txt", "a>=1.0", "'a>=1.0' is not pinned"),
        (loose_requirements, "requirements-dev.txt", "a", "'a' is not pinned"),
        (double_requirements, "requirements-dev.txt", "B_c==3", "b-c is pinned twice"),
        (machine_paths, "a.py", "open('{}work/x')".format("/"), "a.py holds"),
        (machine_paths, "a.py", "open('{}home/me/x')".format("/"), "a.py holds"),
        (machine_paths, "a.toml", "path = '..{}shared/data'".format("/"), "a.toml holds"),
        (conflict_marks, "a.py", "<" * 7 + " HEAD\n", "a.py holds a conflict"),
        (missing_commands, "README.md", "`make run`", "does not say `make test`"),
    ],
)
def test_a_rule_can_fail(rule: object, name: str, text: str, said: str, tree: Path) -> None:
    (tree / name).write_text(text, encoding="utf-8")
    assert callable(rule)
    assert said in "\n".join(rule(tree))


def test_the_total_is_bounded(tree: Path) -> None:
    for number in range(6):
        (tree / f"{number}.bin").write_bytes(b"\0" * (7 * 2**20))
    assert heavy_files(tree) == ["42.0 MiB in all, 40 at most"]
