"""The store of contributions, on SQLite and on a real PostgreSQL when one is installed."""

import csv
import datetime
import io
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidRequestError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from geo.contributions import database, standing
from geo.contributions import store as contributions_store
from geo.contributions import words as wording
from geo.contributions.database import (
    REVISION_TABLE,
    STEPS,
    VERSION_TABLE,
    WRITES,
    StoreError,
    explain,
    migrate,
    open_engine,
    version_of,
)
from geo.contributions.drafts import LONGEST_AUTHOR, WITHDRAWAL, Draft, clean_author
from geo.contributions.store import Revision, Store, open_store
from geo.contributions.tables import comparison, history_csv, history_json, history_table
from geo.errors import UserError
from geo.partnerships.rules import Checked, Known, check_record
from tests import builders

CROWD = 16
SECRET = "tres-secret"  # noqa: S105 - looked for where it must not be
FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)


def draft(title: str = "Titre", revision: int = 0, settles: int | None = None) -> Draft:
    return Draft(builders.partnership(title=title), revision, settles)


def withdrawal(revision: int, settles: int | None = None, title: str = "Titre") -> Draft:
    return Draft(builders.partnership(title=title), revision, settles, WITHDRAWAL)


def as_postgres(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else [*command]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start a server of our own on a free port; give its address without a database."""
    on_path = shutil.which("initdb")
    folder = FOLDERS[-1] if FOLDERS else Path(on_path).parent if on_path else None
    if folder is None or not (folder / "initdb").exists():
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql (Debian)")
    if os.geteuid() == 0 and not shutil.which("runuser"):
        pytest.skip("PostgreSQL refuses to run as root, and runuser is missing")
    with tempfile.TemporaryDirectory(prefix="atlas-pg-") as name:
        yield from serve(folder, Path(name))


def serve(folder: Path, place: Path) -> Iterator[str]:
    if os.geteuid() == 0:
        shutil.chown(place, "postgres", "postgres")
    data, port = place / "data", free_port()
    password = place / "password"
    password.write_text(SECRET, "utf-8")
    password.chmod(0o644)
    subprocess.run(
        as_postgres(
            str(folder / "initdb"), "-D", str(data), "-U", "atlas", "--auth=scram-sha-256",
            f"--pwfile={password}", "--no-sync", "--encoding=UTF8", "--locale=C",
        ),
        check=True, capture_output=True, cwd=place,
    )  # fmt: skip
    options = f"-p {port} -k {place} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [str(folder / "pg_ctl"), "-D", str(data), "-w"]
    log = ["-l", str(place / "log")]
    start = as_postgres(*control, *log, "-o", options, "start")
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd=place)
    try:
        yield f"postgresql+psycopg://atlas:{SECRET}@127.0.0.1:{port}"
    finally:
        stop = as_postgres(*control, "-m", "immediate", "stop")
        subprocess.run(stop, check=True, stdout=subprocess.DEVNULL, cwd=place)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'contributions.db'}"
    server: str = request.getfixturevalue("postgres")
    name = f"base_{time.monotonic_ns()}"
    execute(f"{server}/postgres", f"CREATE DATABASE {name}")
    return f"{server}/{name}"


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = open_store(address)
    yield opened
    opened.close()


def execute(address: str, *statements: str) -> None:
    engine = open_engine(address)
    if engine.dialect.name == "postgresql":  # a database is not created in a transaction
        engine = engine.execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


# Revisions


def test_a_save_is_a_revision_with_its_author_and_time(store: Store) -> None:
    assert store.history().revisions == ()
    (revision,) = store.save([draft()], "  Anne   Martin ")
    assert (revision.number, revision.made_from, revision.is_conflict) == (1, 0, False)
    assert revision.author == "Anne Martin"
    assert len(revision.saved_at) == len("2026-11-22T08:15:00Z")
    assert revision.saved_at.endswith("Z")
    assert store.history().revisions == (revision,)


def test_an_edit_replaces_nothing(store: Store) -> None:
    store.save([draft("un")], "Anne")
    store.save([draft("deux", revision=1)], "Bruno")
    history = store.history()
    assert [r.record["title"] for r in history.revisions] == ["un", "deux"]
    assert history.heads["partenariat-1"].number == 2
    table = history_table(history)
    assert table["État"].tolist() == ["Remplacée", "En cours"]
    assert table["Établie à partir de"].isna().tolist() == [True, False], (
        "made from nothing is not from 0"
    )


def test_a_stale_edit_is_kept_beside_and_settled_by_a_person(store: Store) -> None:
    store.save([draft("un")], "Anne")
    store.save([draft("deux", revision=1)], "Anne")
    (stale,) = store.save([draft("trois", revision=1)], "Bruno")
    assert stale.is_conflict
    history = store.history()
    assert history.heads["partenariat-1"].record["title"] == "deux"
    assert history.conflicts == [stale]
    assert history.state(stale) == "En conflit"
    table = comparison(history.heads["partenariat-1"], stale)
    assert table.to_numpy().tolist() == [["Titre", "deux", "trois"]]
    store.save([draft("quatre", revision=2)], "Anne")
    assert store.history().conflicts == [stale], "another edit does not hide it"
    store.save([draft("trois", revision=4, settles=3)], "Anne")
    history = store.history()
    assert history.conflicts == []
    assert history.state(stale) == "Conflit réglé"
    assert history.heads["partenariat-1"].record["title"] == "trois"
    assert len(history.revisions) == 5


def test_the_same_work_twice_is_one_revision(store: Store) -> None:
    first = store.save([draft()], "Anne")
    assert store.save([draft()], "Anne") == first
    assert len(store.history().revisions) == 1


def test_only_a_conflict_can_be_settled(store: Store) -> None:
    store.save([draft()], "Anne")
    with pytest.raises(UserError, match="n'est pas un conflit"):
        store.save([draft("b", 1, settles=1)], "Anne")
    assert len(store.history().revisions) == 1


def test_what_comes_from_another_database_is_a_first_revision(store: Store) -> None:
    (first,) = store.save([draft("ailleurs", revision=3)], "Anne")
    assert (first.number, first.made_from, first.is_conflict) == (1, 0, False)


# Withdrawals


def test_a_withdrawal_is_a_revision_that_can_be_undone(store: Store) -> None:
    store.save([draft("un"), Draft(builders.partnership(2))], "Anne")
    (gone,) = store.save([withdrawal(1, title="un")], "Bruno")
    assert (gone.number, gone.made_from, gone.is_conflict, gone.author) == (2, 1, False, "Bruno")
    history = store.history()
    assert list(history.current) == ["partenariat-2"]
    assert history.withdrawn == {"partenariat-1": gone}
    assert gone.record == draft("un").record, "what was withdrawn is kept"
    assert [history.state(r) for r in history.revisions] == ["Remplacée", "Retiré", "En cours"]
    store.save([Draft(gone.record, 2)], "Anne")
    history = store.history()
    assert history.current["partenariat-1"].record["title"] == "un"
    assert history.withdrawn == {}
    assert history.conflicts == []
    assert [r.kind for r in history.revisions[:3]] == ["save", "withdrawal", "save"]
    assert history.state(history.revisions[1]) == "Remplacée"


def test_a_stale_withdrawal_is_a_conflict_and_erases_nothing(store: Store) -> None:
    store.save([draft("un")], "Anne")
    store.save([draft("deux", revision=1)], "Anne")
    (stale,) = store.save([withdrawal(1, title="un")], "Bruno")
    history = store.history()
    assert stale.is_conflict
    assert history.conflicts == [stale]
    assert history.current["partenariat-1"].record["title"] == "deux"
    table = comparison(history.heads["partenariat-1"], stale)
    assert table["Champ"].tolist() == ["Nature", "Titre"]
    assert table["Révision 3"].tolist() == ["Retrait", "un"]
    store.save([withdrawal(2, settles=3)], "Anne")
    history = store.history()
    assert (history.conflicts, history.current) == ([], {})


def test_an_edit_of_what_was_withdrawn_meanwhile_is_a_conflict(store: Store) -> None:
    store.save([draft("un")], "Anne")
    store.save([withdrawal(1)], "Anne")
    (stale,) = store.save([draft("un", revision=1)], "Bruno")
    assert stale.is_conflict, "even with the same words: the one was there, the other is not"
    assert store.history().current == {}
    store.save([draft("un", revision=2, settles=3)], "Bruno")
    assert store.history().current["partenariat-1"].record["title"] == "un"


def test_what_is_brought_anew_restores_what_was_withdrawn(store: Store) -> None:
    store.save([draft("un")], "Anne")
    store.save([withdrawal(1)], "Anne")
    (back,) = store.save([draft("autre")], "Bruno")
    assert (back.number, back.is_conflict) == (3, False)
    assert store.history().current["partenariat-1"].record["title"] == "autre"


def test_the_same_withdrawal_twice_is_one_revision(store: Store) -> None:
    store.save([draft()], "Anne")
    first = store.save([withdrawal(1)], "Anne")
    assert store.save([withdrawal(1)], "Anne") == first
    assert len(store.history().revisions) == 2


def test_what_was_never_saved_cannot_be_withdrawn(store: Store) -> None:
    with pytest.raises(UserError, match="jamais enregistré"):
        store.save([draft("b"), Draft(builders.partnership(2), kind=WITHDRAWAL)], "Anne")
    assert store.history().revisions == (), "all or nothing"


def test_withdrawals_and_edits_at_once_lose_nothing(store: Store, address: str) -> None:
    store.save([draft("départ")], "Anne")
    gate = threading.Barrier(CROWD)

    def act(number: int, stores: tuple[Store, Store]) -> None:
        gate.wait()
        made = withdrawal(1) if number % 2 else draft(f"édition {number}", revision=1)
        stores[number // 2 % 2].save([made], f"A{number}")

    with closing(open_store(address)) as other, ThreadPoolExecutor(CROWD) as pool:
        list(pool.map(act, range(CROWD), repeat((store, other))))
        history = other.history()
    edits = {r.record["title"] for r in history.revisions if r.number > 1 and r.kind == "save"}
    assert edits == {f"édition {n}" for n in range(0, CROWD, 2)}
    (winner,) = (r for r in history.revisions if r.number > 1 and not r.is_conflict)
    assert winner.number == 2
    assert len(history.conflicts) == len(history.revisions) - 2


def test_two_sessions_at_once_lose_nothing(store: Store, address: str) -> None:
    store.save([draft("départ")], "Anne")
    gate = threading.Barrier(CROWD)

    def edit(number: int, stores: tuple[Store, Store]) -> None:
        gate.wait()
        stores[number % 2].save([draft(f"édition {number}", revision=1)], f"A{number}")

    with closing(open_store(address)) as other, ThreadPoolExecutor(CROWD) as pool:
        list(pool.map(edit, range(CROWD), repeat((store, other))))
        history = other.history()
    assert [r.number for r in history.revisions] == list(range(1, CROWD + 2))
    edits = {r.record["title"] for r in history.revisions[1:]}
    assert edits == {f"édition {n}" for n in range(CROWD)}
    assert history.heads["partenariat-1"].number == 2, "one edit won"
    assert len(history.conflicts) == CROWD - 1, "the others are there to be chosen"


def test_a_writer_that_waits_too_long_is_told(postgres: str) -> None:
    """A turn that never ends: nothing is written, and it is said. A locked file: see below."""
    name = f"base_{time.monotonic_ns()}"
    execute(f"{postgres}/postgres", f"CREATE DATABASE {name}")
    late = open_engine(f"{postgres}/{name}")
    event.listen(late, "connect", lambda raw, _: raw.execute("SET lock_timeout = '50ms'"))
    with closing(open_store(f"{postgres}/{name}")) as first, closing(Store(late)) as second:
        writer = first.engine.execution_options(**{WRITES: True})
        with writer.begin(), pytest.raises(StoreError, match="occupée"):
            second.save([draft()], "Anne")
        assert second.history().revisions == ()
        assert len(second.save([draft()], "Anne")) == 1


def test_a_race_that_never_ends_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'c.db'}")

    def lost(*_: object) -> None:
        raise IntegrityError("", {}, Exception())

    monkeypatch.setattr(contributions_store, "_add", lost)
    with pytest.raises(StoreError, match="occupée"):
        store.save([draft()], "Anne")
    store.close()


def test_hostile_texts_are_texts(store: Store) -> None:
    title = "Robert'); DROP TABLE atlas_revisions;-- :nom %s \\ é\u202f😀"
    store.save([draft(title)], "O'Brien; --")
    (revision,) = store.history().revisions
    assert revision.record["title"] == title
    assert revision.author == "O'Brien; --"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("  ", "Écrivez votre nom"),
        ("<script>", "Nom refusé"),
        ("=cmd()", "Nom refusé"),
        ("@a", "Nom refusé"),
        ("a\x00b", "Nom refusé"),
        ("a\u202eb", "Nom refusé"),
        ("a" * (LONGEST_AUTHOR + 1), "80 caractères"),
    ],
)
def test_a_bad_name_is_refused(name: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        clean_author(name)


def test_all_revisions_leave_as_files(store: Store) -> None:
    store.save([draft("un")], "Anne")
    store.save([draft("deux")], "Bruno")
    history = store.history()
    listed = json.loads(history_json(history))
    assert [(r["author"], r["is_conflict"]) for r in listed] == [("Anne", False), ("Bruno", True)]
    assert listed[1]["record"] == draft("deux").record
    rows = list(
        csv.DictReader(io.StringIO(history_csv(history).decode("utf-8-sig")), delimiter=";")
    )
    assert [row["Titre"] for row in rows] == ["un", "deux"]
    assert json.loads(rows[0]["JSON"]) == draft("un").record
    store.save([withdrawal(1, title="un")], "Anne")
    history = store.history()
    assert [r["kind"] for r in json.loads(history_json(history))] == ["save", "save", "withdrawal"]
    assert history_table(history)["Nature"].tolist() == ["Enregistrement"] * 2 + ["Retrait"]


# Migrations

# The tables as the first version made them, in its own words: a base of that version.
FIRST_VERSION = (
    """CREATE TABLE atlas_revisions (
        record_id VARCHAR(80) NOT NULL,
        number INTEGER NOT NULL CHECK (number > 0),
        made_from INTEGER NOT NULL CHECK (made_from >= 0),
        is_conflict BOOLEAN NOT NULL,
        settles INTEGER,
        author VARCHAR(80) NOT NULL,
        saved_at VARCHAR(32) NOT NULL,
        record TEXT NOT NULL,
        PRIMARY KEY (record_id, number)
    )""",
    "CREATE TABLE atlas_schema_version (version INTEGER PRIMARY KEY, done_at VARCHAR(32) NOT NULL)",
    "INSERT INTO atlas_schema_version VALUES (1, '2026-11-01T00:00:00Z')",
)
INSERT_FIRST = (
    "INSERT INTO atlas_revisions "
    "(record_id, number, made_from, is_conflict, settles, author, saved_at, record) "
    "VALUES (:id, :number, :made_from, :is_conflict, NULL, 'Anne', '2026-11-01T00:00:00Z', :body)"
)


def plain_words(sql: str) -> str:
    return " ".join(sql.split())


@pytest.fixture
def first_version(address: str) -> str:
    """Give a database of the first version, with three revisions of two partnerships."""
    execute(address, *FIRST_VERSION)
    rows = [("a", 1, 0, False), ("a", 2, 0, True), ("b", 1, 4, True)]
    engine = open_engine(address)
    with engine.begin() as connection:
        for name, number, made_from, is_conflict in rows:
            body = json.dumps(builders.partnership(id=name, title=f"{name}{number}"))
            values = {"id": name, "number": number, "made_from": made_from, "body": body}
            connection.execute(text(INSERT_FIRST), values | {"is_conflict": is_conflict})
    engine.dispose()
    return address


def test_the_first_step_is_what_it_was() -> None:
    assert [plain_words(statement) for statement in STEPS[0]] == [plain_words(FIRST_VERSION[0])]


def test_a_database_of_the_first_version_is_brought_up_to_date(first_version: str) -> None:
    with closing(open_store(first_version)) as store:
        history = store.history()
        assert [r.kind for r in history.revisions] == ["save"] * 3
        assert [r.record["title"] for r in history.revisions] == ["a1", "a2", "b1"]
        assert [r.number for r in history.conflicts] == [2], "a first revision crosses nothing"
        assert [r.made_from for r in history.revisions] == [0, 0, 0]
        head = history.current["a"]
        store.save([Draft(head.record, head.number, kind=WITHDRAWAL)], "Bruno")
        assert list(store.history().current) == ["b"]
        assert names(store.engine) == [(number,) for number in range(1, len(STEPS) + 1)]
    with closing(open_store(first_version)) as again:
        assert list(again.history().withdrawn) == ["a"]


def test_a_server_of_the_first_version_goes_on_saving(first_version: str) -> None:
    with closing(open_store(first_version)) as store:
        values = {"id": "c", "number": 1, "made_from": 0, "is_conflict": False, "body": "{}"}
        with store.engine.begin() as connection:
            connection.execute(text(INSERT_FIRST), values)
        assert store.history().current["c"].kind == "save"


def test_the_database_knows_two_kinds_of_revisions(store: Store, address: str) -> None:
    store.save([draft()], "Anne")
    with pytest.raises(IntegrityError):
        execute(address, f"UPDATE {REVISION_TABLE} SET kind = 'autre'")  # noqa: S608


def names(engine: Engine) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        found = connection.execute(text(f"SELECT version FROM {VERSION_TABLE} ORDER BY 1"))  # noqa: S608
        return [tuple(row) for row in found]


def test_migrations_are_ordered_and_done_once(address: str) -> None:
    engine = open_engine(address)
    more = (*STEPS, ["CREATE TABLE b (x INTEGER)", "ALTER TABLE b ADD COLUMN y INTEGER"])
    assert migrate(engine) == len(STEPS)
    assert migrate(engine) == 0
    assert migrate(engine, more) == 1
    assert names(engine) == [(number,) for number in range(1, len(STEPS) + 2)]
    engine.dispose()


def test_a_migration_that_fails_leaves_nothing(address: str) -> None:
    engine = open_engine(address)
    broken = (*STEPS, ["CREATE TABLE b (x INTEGER)", "CREATE TABLE b (x INTEGER)"])
    with pytest.raises(StoreError, match="a refusé l'opération"):
        migrate(engine, broken)
    with engine.connect() as connection:
        assert version_of(connection) == 0
    assert migrate(engine) == len(STEPS), "and the next one succeeds"
    engine.dispose()


def test_two_servers_migrate_once(address: str) -> None:
    engines = [open_engine(address) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(migrate, engines)) == [0, 0, 0, len(STEPS)]
    assert names(engines[0]) == [(number,) for number in range(1, len(STEPS) + 1)]
    for engine in engines:
        engine.dispose()


def test_a_newer_database_is_refused_untouched(store: Store, address: str) -> None:
    store.save([draft()], "Anne")
    execute(address, f"INSERT INTO {VERSION_TABLE} VALUES (9, 'demain')")  # noqa: S608
    with pytest.raises(StoreError, match=rf"format 9, plus récent .* \({len(STEPS)}\)"):
        open_store(address)
    assert len(store.history().revisions) == 1


# Failures: one sentence each, and nothing of the address


@pytest.mark.parametrize(
    "wrong",
    [
        "", "pas une adresse", "mysql://u:tres-secret@h/b", "sqlite://", "sqlite:///:memory:",
        "postgresql+psycopg2://u:tres-secret@h/b", "http://exemple.fr",
        "sqlite:///file:x?mode=memory&uri=true", "sqlite:///file::memory:?uri=true",
        "sqlite:///file:/x?vfs=memdb&uri=true", "sqlite:///c.db?mode=rw&mode=memory&uri=true",
        "postgresql://u:tres-secret@h:port/b",
    ],
)  # fmt: skip
def test_a_wrong_address_is_refused(wrong: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(wrong)
    assert str(caught.value) == wording.BAD_URL
    assert SECRET not in str(caught.value)


def test_usual_names_of_postgresql_are_understood() -> None:
    for name in ("postgres", "postgresql", "postgresql+psycopg"):
        engine = open_engine(f"{name}://u:{SECRET}@h/b")
        assert engine.url.drivername == "postgresql+psycopg"
        assert SECRET not in repr(engine)


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(StoreError) as caught:
        open_store(f"postgresql://u:{SECRET}@127.0.0.1:{free_port()}/b")
    assert str(caught.value) == wording.UNREACHABLE


def test_a_wrong_password_and_a_wrong_database_are_said(postgres: str) -> None:
    for wrong in (postgres.replace(SECRET, "autre") + "/postgres", f"{postgres}/absente"):
        with pytest.raises(StoreError) as caught:
            open_store(wrong)
        assert str(caught.value) == wording.UNREACHABLE


def test_a_server_that_stops_answering_is_said(postgres: str) -> None:
    store = open_store(f"{postgres}/postgres")
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE pid <> pg_backend_pid() AND usename = 'atlas'"
    )
    with store.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        execute(f"{postgres}/postgres", cut)
        with pytest.raises(DBAPIError) as caught:
            connection.execute(text("SELECT 1"))
    assert explain(caught.value) == wording.UNREACHABLE
    assert isinstance(store.history().revisions, tuple), "the next connection is a new one"
    store.close()


def test_a_user_without_the_right_to_write_reads(postgres: str) -> None:
    admin = f"{postgres}/postgres"
    store = open_store(admin)
    store.save([draft("lu")], "Anne")
    store.close()
    execute(
        admin, f"CREATE ROLE lecteur LOGIN PASSWORD '{SECRET}'",
        f"GRANT SELECT ON {REVISION_TABLE}, {VERSION_TABLE} TO lecteur",
    )  # fmt: skip
    reader = open_store(admin.replace("atlas:", "lecteur:"))
    assert reader.history().heads["partenariat-1"].record["title"] == "lu"
    with pytest.raises(StoreError) as caught:
        reader.save([draft("écrit", 1)], "Anne")
    assert str(caught.value) == wording.READ_ONLY
    reader.close()


def test_a_full_disk_saves_nothing_and_reads_on(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'c.db'}")
    store.save([draft("avant")], "Anne")
    store.close()

    @event.listens_for(store.engine, "connect")
    def _bound(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    many = [
        Draft(builders.partnership(number, summary="x" * 500, allowed=["y" * 500] * 20))
        for number in range(2, 40)
    ]
    with pytest.raises(StoreError) as caught:
        store.save(many, "Anne")
    assert str(caught.value) == wording.DISK_FULL
    assert list(store.history().heads) == ["partenariat-1"], "all or nothing"
    store.close()


def test_a_file_that_disappears_is_said_until_it_is_back(tmp_path: Path) -> None:
    """SQLite would go on with the file removed: what it shows and saves then is nowhere."""
    path, kept = tmp_path / "c.db", tmp_path / "kept.db"
    store = open_store(f"sqlite:///{path}")
    store.save([draft()], "Anne")
    path.rename(kept)
    for ask in (store.history, lambda: store.save([draft("b", 1)], "Anne"), store.history):
        with pytest.raises(StoreError) as caught:
            ask()
        assert str(caught.value) == wording.GONE
    assert not path.exists(), "an empty one would hide the loss"
    kept.rename(path)
    store.save([draft("b", 1)], "Anne")
    assert len(store.history().revisions) == 2
    store.close()


def test_a_backup_put_in_the_place_of_the_file_is_read(tmp_path: Path) -> None:
    path, backup = tmp_path / "c.db", tmp_path / "backup.db"
    store = open_store(f"sqlite:///{path}")
    store.save([draft()], "Anne")
    shutil.copy(path, backup)
    store.save([draft("b", 1), draft("c", 2)], "Anne")
    assert len(store.history().revisions) == 3
    backup.replace(path)
    assert len(store.history().revisions) == 1
    store.close()


def test_nothing_is_read_again_when_nothing_was_added(store: Store, address: str) -> None:
    store.save([draft()], "Anne")
    first = store.history()
    assert store.history() is first
    other = open_store(address)
    other.save([Draft(builders.partnership(2))], "Paul")
    other.close()
    second = store.history()
    assert [r.record_id for r in second.revisions] == ["partenariat-1", "partenariat-2"]
    assert second.revisions[0] is first.revisions[0]
    assert second.mark != first.mark


def test_twenty_two_thousand_saves_of_two_servers_lose_nothing_and_are_checked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifteen seconds each half minute, once; now two at the start, then next to nothing."""
    address, count, batch = f"sqlite:///{tmp_path / 'c.db'}", 22_000, 500
    stores = [open_store(address), open_store(address)]
    made = [Draft(builders.partnership(n, id=f"p-{n}", title=f"P {n}")) for n in range(count)]
    batches = [made[start : start + batch] for start in range(0, count, batch)]

    def save(place: int) -> list[Revision]:
        while True:  # as a person does who is told that the database is busy
            try:
                return stores[place % 2].save(batches[place], "Anne")
            except StoreError as error:
                if str(error) != wording.BUSY:
                    raise

    with ThreadPoolExecutor(2) as pool:
        saved = list(pool.map(save, range(len(batches))))
    assert sum(map(len, saved)) == count
    history = stores[0].history()
    assert set(history.current) == {f"p-{n}" for n in range(count)}
    assert not history.conflicts

    checked: list[str] = []

    def check(record: Any, known: Known, today: datetime.date) -> Checked:  # noqa: ANN401
        checked.append(record["id"])
        return check_record(record, known, today)

    monkeypatch.setattr(standing, "check_record", check)
    codes = [frozenset({"GE-06"}), frozenset[str](), frozenset({"100000001"})]
    verdicts = standing.Verdicts(Known(*codes))
    found = verdicts.sort(history)
    assert (len(found.records), found.refused, len(checked)) == (count, (), count)
    assert verdicts.sort(stores[0].history()) is found
    stores[1].save([Draft(builders.partnership(1, id="p-new", ght_codes=["ZZ-99"]))], "Paul")
    began = time.monotonic()
    found = verdicts.sort(stores[0].history())
    assert time.monotonic() - began < 5, "0.3 here"
    assert checked[count:] == ["p-new"]
    assert len(found.records) == count
    assert "GHT inconnu (ZZ-99)" in found.refused[0]
    for store in stores:
        store.close()


def test_a_file_in_read_only_mode_reads_on(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    store = open_store(f"sqlite:///{path}")
    store.save([draft()], "Anne")
    store.close()
    reader = open_store(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert len(reader.history().revisions) == 1
    with pytest.raises(StoreError) as caught:
        reader.save([draft("b", 1)], "Anne")
    assert str(caught.value) == wording.READ_ONLY
    reader.close()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{tmp_path / 'absent' / 'c.db'}")
    assert str(caught.value) == wording.NO_FILE


def test_a_file_that_is_not_a_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "c.db").write_bytes(b"pas une base" * 1000)
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{tmp_path / 'c.db'}")
    assert str(caught.value) == wording.NOT_A_BASE


def test_a_locked_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "CONNECT_SECONDS", 0.05)
    store = open_store(f"sqlite:///{tmp_path / 'c.db'}")
    other = open_engine(f"sqlite:///{tmp_path / 'c.db'}")
    with (
        other.execution_options(**{WRITES: True}).begin(),
        pytest.raises(StoreError) as caught,
    ):
        store.save([draft()], "Anne")
    assert str(caught.value) == wording.BUSY
    store.close()
    other.dispose()


def test_a_damaged_record_is_said(store: Store, address: str) -> None:
    store.save([draft()], "Anne")
    execute(address, f"UPDATE {REVISION_TABLE} SET record = '{{'")  # noqa: S608
    with pytest.raises(StoreError, match="a refusé"):
        store.history()


def test_the_log_says_why_and_the_visitor_reads_no_setting(
    store: Store, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    store.save([draft()], "Anne")
    execute(address, f"ALTER TABLE {REVISION_TABLE} RENAME COLUMN author TO auteur")
    with pytest.raises(StoreError) as caught:
        store.history()
    assert str(caught.value) == wording.FAILED
    (event,) = [record for record in caplog.records if record.message == "store failed"]
    assert "author" in vars(event)["cause"]
    assert SECRET not in vars(event)["cause"]
    with pytest.raises(StoreError):
        open_store("mysql://u:p@h/b")
    assert "must be postgresql+psycopg://" in vars(caplog.records[-1])["cause"]


def test_no_sentence_of_the_store_names_a_setting() -> None:
    said = [text for text in vars(wording).values() if isinstance(text, str)]
    assert not [text for text in said if "DATABASE_URL" in text]


class RefusalError(Exception):
    """What psycopg raises, with the code of the server."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(f"password={SECRET}")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("53100", wording.DISK_FULL),
        ("25006", wording.READ_ONLY),
        ("57014", wording.BUSY),
        ("57P03", wording.UNREACHABLE),
        ("08006", wording.UNREACHABLE),
        ("XX000", wording.FAILED),
    ],
)
def test_the_codes_of_postgresql_have_their_sentence(state: str, said: str) -> None:
    sentence = explain(OperationalError("", {}, RefusalError(state)))
    assert sentence == said
    assert SECRET not in sentence


def test_other_failures_have_a_sentence_too() -> None:
    assert explain(PoolTimeout()) == wording.BUSY
    assert explain(InvalidRequestError()) == wording.FAILED
