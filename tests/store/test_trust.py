"""Whatever is changed behind the store's back is found; copies are whole; strange files are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from makers import Maker
from sqlalchemy import inspect, text
from warfare import AT, event_of, fill, judge, war

from svidok.errors import Damaged, Missing, MissingPart, Refused, StoreError
from svidok.store import Filter, Store, create_store, open_store
from svidok.store.chain import breaks
from svidok.store.database import Database
from svidok.store.migrations import MIGRATIONS, migrate, schema_of
from svidok.store.sqlite import Sqlite

GUARDS = {
    "sqlite": [
        "DROP TRIGGER acts_no_update",
        "DROP TRIGGER acts_no_delete",
        "DROP TRIGGER custody_no_update",
    ],
    "postgresql": ["ALTER TABLE acts DISABLE TRIGGER USER", "ALTER TABLE custody DISABLE TRIGGER USER"],
}


def tamper(store: Store, statement: str, **values: Any) -> None:
    """Change the database as one who holds the file can, guards taken away."""
    database = store.database  # type: ignore[attr-defined]
    with database.write() as connection:
        for guard in GUARDS[database.name]:
            connection.exec_driver_sql(guard)
        connection.execute(text(statement), values)


@pytest.fixture
def judged(store: Store) -> Store:
    fill(store, war())
    event = event_of(store, "Bucha was taken")
    judge(store, "accept", "event", event)
    judge(store, "comment", "event", event, "petro", text="seen")
    judge(store, "reject", "event", event, "petro")
    return store


def test_all_is_well_at_first(judged: Store) -> None:
    told: list[str] = []
    assert judged.verify(tell=told.append) == ()
    assert "the audit log" in told


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE acts SET who = 'nobody' WHERE kind = 'reject'", "audit"),
        ("UPDATE acts SET at = '2020-01-01T00:00:00Z' WHERE number = 1", "audit"),
        ("""UPDATE acts SET detail = '{"text":"unseen"}' WHERE kind = 'comment'""", "audit"),
        ("UPDATE acts SET detail = 'not json' WHERE kind = 'comment'", "audit"),
        ("DELETE FROM acts WHERE kind = 'comment'", "audit"),
        ("DELETE FROM acts WHERE number = (SELECT max(number) FROM acts)", "audit"),
        ("UPDATE custody SET origin = 'elsewhere' WHERE number = 2", "custody"),
        ("UPDATE originals SET data = :bytes", "original"),
        ("UPDATE documents SET text_sha256 = :zeros WHERE id = 'b'", "text"),
        ("UPDATE documents SET body = :bytes WHERE id = 'b'", "document"),
        ("UPDATE event_claims SET claim = :zeros WHERE position = 0", "derived"),
    ],
)
def test_what_was_changed_is_found(judged: Store, statement: str, kind: str) -> None:
    values = {k: v for k, v in {"bytes": b"jother", "zeros": "0" * 16}.items() if f":{k}" in statement}
    if "event_claims" in statement:
        statement += " AND event = (SELECT min(event) FROM event_claims)"
    tamper(judged, statement, **values)
    assert kind in {fault.kind for fault in judged.verify()}


def test_the_guards_of_the_logs_refuse_changes(judged: Store) -> None:
    database = judged.database  # type: ignore[attr-defined]
    for statement in ("UPDATE acts SET who = 'x'", "DELETE FROM acts", "DELETE FROM custody"):
        with pytest.raises(StoreError, match="append-only"), database.write() as connection:
            connection.execute(text(statement))
    assert judged.verify() == ()


def test_a_log_written_anew_does_not_have_the_old_head(judged: Store) -> None:
    head = judged.status().head
    assert judged.has_head(head[:16])
    assert not judged.has_head("0" * 16)
    assert not judged.has_head("")


def test_a_chain_tells_where_it_breaks() -> None:
    assert breaks([(2, {}, "0" * 64, "x")])[0] == (2, "entries 1 to 1 are gone")


def test_a_backup_is_the_same_chronicle(judged: Store, tmp_path: Path) -> None:
    copy = judged.backup(tmp_path / "copy.svidok")
    made = open_store(copy)
    try:
        before, after = judged.status(), made.status()
        assert (before.events, before.acts, before.head) == (after.events, after.acts, after.head)
        assert [e.id for e in made.events().items] == [e.id for e in judged.events().items]
        assert made.search("bucha").total == 3
        assert made.events(Filter(text="saturday")).total == 1
        assert made.verify() == ()
        judge(made, "accept", "event", event_of(made, "Villagers"))
    finally:
        made.close()


def test_originals_in_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "originals"
    where = tmp_path / "k.svidok"
    store = create_store(where, settings={"originals": str(folder)}, at=AT, who="olena")
    fill(store, war())
    sha256 = store.document("a").sha256
    assert store.original(sha256) == store.document("a").text.encode()
    assert store.verify() == ()
    (kept,) = [f for f in folder.rglob("*") if f.is_file() and f.parent.name + f.name == sha256]
    kept.chmod(0o644)
    kept.write_bytes(b"other")
    assert [fault.kind for fault in store.verify()] == ["original"]
    kept.unlink()
    assert [fault.kind for fault in store.verify()] == ["original"]
    store.close()


def test_bytes_under_a_wrong_hash_are_refused_and_nothing_is_kept(store: Store) -> None:
    (one, *_) = war()
    with pytest.raises(Refused):
        store.add([one.document], originals={one.document.sha256: b"other"}, at=AT, who="olena")
    assert store.status().documents == 0
    assert store.status().acts == 1


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"", Damaged), (b"some words", Damaged), (b"SQLite format 3\0" + b"\xff" * 200, Damaged)],
)
def test_a_strange_file_is_refused(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    path = tmp_path / "strange.svidok"
    path.write_bytes(content)
    with pytest.raises(error):
        open_store(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", ["a b.svidok", "a?b#c.svidok", "100%41.svidok", "Київ'\".svidok"])
def test_a_chronicle_may_have_any_name(tmp_path: Path, name: str) -> None:
    create_store(tmp_path / name, at=AT, who="olena").close()
    opened = open_store(tmp_path / name)
    opened.backup(tmp_path / f"copy of {name}")
    opened.close()
    assert {file.name for file in tmp_path.iterdir()} == {name, f"copy of {name}"}


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="svidok init"):
        open_store(tmp_path / "absent.svidok")
    with pytest.raises(Missing, match="folder"):
        create_store(tmp_path / "no" / "k.svidok", at=AT, who="olena")
    with pytest.raises(Refused, match="address"):
        open_store("mysql://localhost/k")
    with pytest.raises(Refused, match="setting"):
        create_store(tmp_path / "k.svidok", settings={"colour": "red"}, at=AT, who="olena")


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "other.svidok"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE notes (words TEXT)")
    raw.commit()
    raw.close()
    with pytest.raises(Damaged, match="no chronicle"):
        open_store(path)


def test_a_chronicle_of_the_first_version_gets_the_indexes_of_this_one(new_store: Maker) -> None:
    new_store().close()
    before = open_store(new_store.last)
    with before.database.write() as connection:  # type: ignore[attr-defined]
        for name in ("events_listed", "events_counted"):
            connection.exec_driver_sql(f"DROP INDEX {name}")
        connection.exec_driver_sql("CREATE INDEX events_sort ON events (sort, id)")
        connection.exec_driver_sql("DELETE FROM schema_version WHERE version > 1")
    before.close()
    after = open_store(new_store.last)
    names = {index["name"] for index in inspect(after.database.engine).get_indexes("events")}  # type: ignore[attr-defined]
    after.close()
    assert {"events_listed", "events_counted"} <= names
    assert "events_sort" not in names


def test_steps_of_the_tables_are_taken_once_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "k.svidok"
    create_store(path, at=AT, who="olena").close()
    taken: list[int] = []

    def second(connection: Any, _: Any) -> None:
        taken.append(2)
        connection.exec_driver_sql("CREATE TABLE extra (number INTEGER)")

    def broken(connection: Any, _: Any) -> None:
        connection.exec_driver_sql("CREATE TABLE half (number INTEGER)")
        raise RuntimeError("the step breaks")

    database = Sqlite(path)
    try:
        with pytest.raises(RuntimeError):
            migrate(database, steps=(*MIGRATIONS, second, broken))
        assert schema_of(database) == len(MIGRATIONS), "all steps or none"
        assert migrate(database, steps=(*MIGRATIONS, second)) == len(MIGRATIONS)
        assert migrate(database, steps=(*MIGRATIONS, second)) == len(MIGRATIONS) + 1
        assert taken == [2, 2]
    finally:
        database.close()
    with pytest.raises(StoreError, match="newer"):
        open_store(path)


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(MissingPart, match=r"svidok\[postgres\]"):
        open_store("postgresql://localhost/k")


def test_users_sessions_and_passwords(new_store: Maker) -> None:
    pytest.importorskip("argon2")
    store = new_store()
    store.save_user("olena", role="admin", password="ten letters!", who="root", at=AT)
    assert store.login("olena", "wrong", at=AT) is None
    assert store.login("nobody", "ten letters!", at=AT) is None
    session = store.login("olena", "ten letters!", at=AT, hours=1)
    assert session is not None
    assert session.user.role == "admin"
    assert session.token not in repr(session)
    found = store.session(session.token, at="2022-05-01T10:59:00Z")
    assert found is not None
    assert found.csrf == session.csrf
    assert store.session(session.token, at="2022-05-01T11:00:00Z") is None
    assert store.session("x", at=AT) is None
    store.save_user("petro", role="viewer", password="ten letters?", who="olena", at=AT)
    other = store.login("petro", "ten letters?", at=AT)
    assert other is not None
    store.save_user("petro", role="viewer", active=False, who="olena", at=AT)
    assert store.session(other.token, at=AT) is None
    assert store.login("petro", "ten letters?", at=AT) is None
    store.logout(session.token)
    assert store.session(session.token, at=AT) is None
    for wrong in ({"role": "king"}, {"role": "viewer", "password": "short"}, {"role": "viewer"}):
        with pytest.raises(Refused):
            store.save_user("maria", who="olena", at=AT, **wrong)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="no admin"):
        store.save_user("olena", role="viewer", who="olena", at=AT)
    told = str([act.detail for act in store.acts(kinds=("user",)).items])
    assert "ten letters" not in told
    assert store.verify() == ()


def test_lists_of_an_older_chronicle_come_from_the_indexes_of_this_one(new_store: Maker) -> None:
    database = new_store().database  # type: ignore[attr-defined]
    fresh = {table: names_of_indexes(database, table) for table in ("events", "findings", "rows")}
    with database.write() as connection:
        for name in ("events_parts", "events_judged", "findings_listed", "rows_listed"):
            connection.exec_driver_sql(f"DROP INDEX {name}")
        connection.exec_driver_sql("CREATE INDEX rows_view ON rows (view, sort)")
        connection.exec_driver_sql("DELETE FROM schema_version WHERE version > 2")
    assert migrate(database) == 2
    assert {table: names_of_indexes(database, table) for table in fresh} == fresh


def names_of_indexes(database: Database, table: str) -> set[str | None]:
    """The indexes that a table has."""
    with database.read() as connection:
        return {index["name"] for index in inspect(connection).get_indexes(table)}
