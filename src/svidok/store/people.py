"""Users of the web pages: roles, passwords as argon2 hashes, sessions whose tokens are kept as hashes."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_args

from sqlalchemy import Connection, delete, insert, select

from svidok.errors import MissingPart, Refused
from svidok.store import tables as t
from svidok.store.database import Database
from svidok.store.reviewing import log
from svidok.store.views import Role, Session, User

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = ["SHORTEST_PASSWORD", "login", "logout", "save_user", "session", "users"]

SHORTEST_PASSWORD = 10


def users(connection: Connection) -> tuple[User, ...]:
    """Everybody, by name."""
    return tuple(_user(row) for row in connection.execute(select(t.users).order_by(t.users.c.name)))


def save_user(
    connection: Connection,
    database: Database,
    name: str,
    *,
    role: Role,
    password: str | None,
    active: bool,
    who: str,
    at: str,
) -> User:
    """Make or change a user; a new password or lost right ends all sessions of the user.

    Raises:
        Refused: the role does not exist, the name or the password is too short, or no admin would be left.
    """
    if role not in get_args(Role):
        raise Refused(f"there is no role {role!r}", remedy=f"one of {', '.join(get_args(Role))}")
    if not name.strip() or name != name.strip():
        raise Refused("the name is empty or has spaces around it", remedy="give another name")
    if password is not None and len(password) < SHORTEST_PASSWORD:
        raise Refused("the password is too short", remedy=f"at least {SHORTEST_PASSWORD} characters")
    u = t.users.c
    before = connection.execute(select(t.users).where(u.name == name)).first()
    if before is None and password is None:
        raise Refused("a new user needs a password", where=name, remedy="give one")
    if before is not None and before.role == "admin" and (role != "admin" or not active):
        others = select(u.name).where(u.role == "admin", u.active, u.name != name)
        if connection.execute(others).first() is None:
            raise Refused("no admin would be left", where=name, remedy="make another admin first")
    fields: dict[str, Any] = {"role": role, "active": active}
    if password is not None:
        fields["password"] = _hasher().hash(password)
    made = database.insert(t.users).values(name=name, **fields)
    connection.execute(made.on_conflict_do_update(index_elements=["name"], set_=fields))
    if before is not None and (password is not None or not active or role != before.role):
        connection.execute(delete(t.sessions).where(t.sessions.c.user == name))
    detail = {"user": name, "role": role, "active": active, "password": "set" if password else "kept"}
    log(connection, who=who, at=at, kind="user", detail=detail)
    return _user(connection.execute(select(t.users).where(u.name == name)).one())


def login(connection: Connection, name: str, password: str, *, at: str, hours: float) -> Session | None:
    """A new session, or None; a wrong name takes as long as a wrong password."""
    from argon2.exceptions import InvalidHashError, VerificationError

    row = connection.execute(select(t.users).where(t.users.c.name == name)).first()
    held = row.password if row is not None and row.password else _nobody()
    try:
        _hasher().verify(held, password)
    except (VerificationError, InvalidHashError):
        return None
    if row is None or not row.active or not row.password:
        return None
    connection.execute(delete(t.sessions).where(t.sessions.c.expires <= at))
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    expires = _later(at, hours)
    connection.execute(insert(t.sessions).values(token=_mark(token), user=name, csrf=csrf, expires=expires))
    return Session(_user(row), token, csrf, expires)


def session(connection: Connection, token: str, *, at: str) -> Session | None:
    """The session that a token stands for."""
    s, u = t.sessions.c, t.users.c
    row = connection.execute(
        select(t.users, s.csrf, s.expires).join(t.users, u.name == s.user).where(s.token == _mark(token))
    ).first()
    if row is None or not row.active or _moment(row.expires) <= _moment(at):
        return None
    return Session(_user(row), token, row.csrf, row.expires)


def logout(connection: Connection, token: str) -> None:
    """End a session."""
    connection.execute(delete(t.sessions).where(t.sessions.c.token == _mark(token)))


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        raise MissingPart(
            "users need argon2-cffi, which is not installed", remedy="pip install 'svidok[users]'"
        ) from error
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash that no password fits, to spend the same time on names that are not there."""
    return _hasher().hash(secrets.token_urlsafe(32))


def _mark(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso.replace("Z", "+00:00"))


def _later(iso: str, hours: float) -> str:
    return (_moment(iso) + timedelta(hours=hours)).isoformat().replace("+00:00", "Z")


def _user(row: Any) -> User:
    return User(row.name, row.role, bool(row.active), row.language)
