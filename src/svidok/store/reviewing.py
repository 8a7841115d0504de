"""Acts of people: checked, logged, and shown at once; the queue of what waits for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, or_, select

from svidok.errors import Missing, Refused
from svidok.records import Reading
from svidok.store import tables as t
from svidok.store.chain import BEGINNING, canonical, link
from svidok.store.codec import unpack
from svidok.store.database import Database
from svidok.store.drawing import ClaimBody, FindingBody
from svidok.store.filters import paged
from svidok.store.homes import corrected_event
from svidok.store.keep import bump
from svidok.store.overlay import Kept, corrected
from svidok.store.questions import claims_by_id, event, events_by_id, states_of
from svidok.store.settle import act_of, settle_one
from svidok.store.views import Act, Page, Paging, QueueItem, ReviewState, Subject

__all__ = ["SUBJECTS", "log", "page_of_acts", "queue", "record", "standing", "state_of", "undone"]

SUBJECTS: dict[str, frozenset[str]] = {
    "accept": frozenset(["claim", "event", "finding"]),
    "correct": frozenset(["claim", "event"]),
    "reject": frozenset(["claim", "event", "finding"]),
    "merge": frozenset(["claim", "event"]),
    "split": frozenset(["claim", "event"]),
    "grade": frozenset(["claim", "event", "document", "source"]),
    "comment": frozenset(["claim", "event", "finding", "document", "source"]),
    "adjudicate": frozenset(["claim", "event", "finding"]),
}
"""What each kind of act can be about."""

_GRADES = {"claim": "123456", "event": "123456", "document": "ABCDEF", "source": "ABCDEF"}
_SHAPING = frozenset(["corrected", "rejected"])
_JUDGED = (("finding", t.findings), ("event", t.events), ("claim", t.claims))
_WAITING = ("disputed", "changed", "unreviewed")


def log(
    connection: Connection,
    *,
    who: str,
    at: str,
    kind: str,
    subject: str | None = None,
    target: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Act:
    """Append one entry to the audit log."""
    if not who.strip():
        raise Refused("nobody is named who does this", remedy="say who, such as --by olena")
    last = connection.execute(
        select(t.acts.c.number, t.acts.c.hash).order_by(t.acts.c.number.desc()).limit(1)
    ).first()
    number, previous = (last.number + 1, last.hash) if last else (1, BEGINNING)
    fields = {
        "number": number,
        "at": at,
        "who": who,
        "kind": kind,
        "subject": subject,
        "target": target,
        "detail": dict(detail or {}),
    }
    words = canonical(fields["detail"])
    made = link(previous, fields)
    connection.execute(insert(t.acts).values(**{**fields, "detail": words}, previous=previous, hash=made))
    return act_of(connection.execute(select(t.acts).where(t.acts.c.number == number)).one())


def record(
    connection: Connection,
    database: Database,
    kind: str,
    subject: str,
    target: str,
    *,
    who: str,
    at: str,
    detail: Mapping[str, Any],
) -> Act:
    """Check one judgement, log it, and show how its thing stands now.

    Raises:
        Missing: nothing of that id is there.
        Refused: the kind does not fit the thing, or a field does not fit the kind.
    """
    if kind == "undo":
        return _undo(connection, database, who=who, at=at, detail=detail)
    if subject not in SUBJECTS.get(kind, frozenset()):
        raise Refused(f"{kind!r} is not done to a {subject}", remedy="see `svidok review --help`")
    was = _snapshot(connection, subject, target)
    full = {**detail, **({"was": was} if was is not None else {})}
    _check(connection, kind, subject, target, who, full)
    before = state_of(connection, subject, target)
    act = log(connection, who=who, at=at, kind=kind, subject=subject, target=target, detail=full)
    after = settle_one(connection, subject, target, _history(connection, subject, target))
    if kind in ("merge", "split") or _shapes(before, after):
        bump(connection, database)
    return act


def state_of(connection: Connection, subject: str, target: str) -> ReviewState:
    """How one thing stands after review."""
    tables = {"claim": t.claims, "event": t.events, "finding": t.findings, "document": t.documents}
    s = t.states.c
    body = connection.execute(select(s.body).where(s.subject == subject, s.target == target)).scalar()
    if (table := tables.get(subject)) is None:
        return unpack(body, ReviewState) if body is not None else ReviewState()
    status = connection.execute(select(table.c.status).where(table.c.id == target)).scalar()
    if status is None:
        return unpack(body, ReviewState) if body is not None else ReviewState()
    return states_of(connection, subject, [(target, status)])[target]


def undone(connection: Connection) -> dict[int, int]:
    """Act number -> number of the act that undid it, for those that are undone."""
    alive: dict[int, int] = {}
    undoing = [
        act_of(row)
        for row in connection.execute(
            select(t.acts).where(t.acts.c.kind == "undo").order_by(t.acts.c.number.desc())
        )
    ]
    dead: set[int] = set()
    for act in undoing:
        if act.number not in dead:
            aim = int(str(act.detail["act"]))
            dead.add(aim)
            alive[aim] = act.number
    return alive


def page_of_acts(
    connection: Connection,
    *,
    subject: Subject | None,
    target: str | None,
    who: str | None,
    kinds: Sequence[str],
    paging: Paging,
) -> Page[Act]:
    """The log, newest first."""
    c = t.acts.c
    where = [
        column == value
        for column, value in ((c.subject, subject), (c.target, target), (c.who, who))
        if value is not None
    ]
    if kinds:
        where.append(c.kind.in_(kinds))
    found = connection.execute(paged(select(t.acts).where(*where).order_by(c.number.desc()), paging)).all()
    over = undone(connection)
    total = connection.execute(select(func.count()).select_from(t.acts).where(*where)).scalar() or 0
    return Page(tuple(act_of(row, over.get(row.number)) for row in found), total, paging.number, paging.size)


def queue(
    connection: Connection,
    *,
    subject: Subject | None,
    reviewer: str | None,
    paging: Paging,
    standing: Mapping[tuple[str, str], int],
) -> Page[QueueItem]:
    """What waits: disputed first, then what a build changed, then by weight; ``standing`` is from there."""
    reach = paging.number * paging.size
    waiting: list[tuple[int, float, str, str]] = []
    total = 0
    dead = sorted(undone(connection))
    for kind, table in _JUDGED:
        if subject is not None and subject != kind:
            continue
        c = table.c
        judged = select(t.acts.c.target).where(
            t.acts.c.subject == kind,
            t.acts.c.who == reviewer,
            t.acts.c.kind.in_(["accept", "correct", "reject", "adjudicate"]),
            t.acts.c.number.not_in(dead),
        )
        own = [c.id.not_in(judged)] if reviewer is not None else []
        for rank, status in enumerate(_WAITING):
            if (kind, status) not in standing:
                continue
            here = [c.status == status, *(own if status != "changed" else [])]
            query = select(c.weight, c.id).where(*here).order_by(c.weight.desc(), c.id).limit(reach)
            waiting += [(rank, -row.weight, kind, row.id) for row in connection.execute(query)]
            total += standing[kind, status]
            if len(here) > 1:
                done = select(func.count()).where(c.status == status, c.id.in_(judged))
                total -= int(connection.execute(done).scalar() or 0)
    chosen = sorted(waiting)[reach - paging.size : reach]
    labels = _labels(connection, chosen)
    items = []
    for rank, weight, kind, key in chosen:
        label, reason, state = labels[kind, key]
        told = (
            "reviewers differ; " if rank == 0 else "changed since it was reviewed; " if rank == 1 else ""
        ) + reason
        items.append(QueueItem(kind, key, label, told, -weight, state))  # type: ignore[arg-type]
    return Page(tuple(items), total, paging.number, paging.size)


def standing(connection: Connection) -> dict[tuple[str, str], int]:
    """How many things of each kind stand in each way."""
    found: dict[tuple[str, str], int] = {}
    for kind, table in _JUDGED:
        query = select(table.c.status, func.count()).group_by(table.c.status)
        found |= {(kind, status): number for status, number in connection.execute(query)}
    return found


def _labels(
    connection: Connection, chosen: Sequence[tuple[int, float, str, str]]
) -> dict[tuple[str, str], tuple[str, str, ReviewState]]:
    """What each waiting thing is called and why it matters."""
    found: dict[tuple[str, str], tuple[str, str, ReviewState]] = {}
    events = events_by_id(connection, [key for _, _, kind, key in chosen if kind == "event"])
    for key, view in events.items():
        reason = f"rests on {view.claims} claim{'s' * (view.claims != 1)}"
        if view.disputes:
            reason += f"; disputed: {'; '.join(view.disputes)}"
        label = f"{view.label} “{view.quote}”" if view.quote else view.label
        found["event", key] = (label, reason, view.state)
    claims = claims_by_id(connection, [key for _, _, kind, key in chosen if kind == "claim"])
    for key, claim in claims.items():
        reason = f"{claim.claim.type}, confidence {claim.claim.confidence:.2f}"
        found["claim", key] = (" ".join(claim.words.split()), reason, claim.state)
    ids = [key for _, _, kind, key in chosen if kind == "finding"]
    f = t.findings.c
    rows = connection.execute(select(f.id, f.status, f.body).where(f.id.in_(ids))).all() if ids else []
    states = states_of(connection, "finding", [(row.id, row.status) for row in rows])
    for row in rows:
        finding = unpack(row.body, FindingBody).finding
        found["finding", row.id] = (finding.message, f"{finding.severity} finding", states[row.id])
    return found


def _snapshot(connection: Connection, subject: str, target: str) -> Any:
    """What an act keeps of its thing, so that it can be understood and found again after any build."""
    if subject == "claim":
        return _claim_snapshot(connection, target)
    if subject == "event":
        view = event(connection, target)
        return {"claims": sorted(view.event.claims), "label": view.view.label, "type": view.view.type}
    if subject == "finding":
        body = connection.execute(select(t.findings.c.body).where(t.findings.c.id == target)).scalar()
        if body is None:
            raise Missing(
                "the chronicle holds no such finding", where=target, remedy="see `svidok review queue`"
            )
        finding = unpack(body, FindingBody).finding
        return {"kind": finding.kind, "message": finding.message}
    table = t.documents
    column = table.c.source if subject == "source" else table.c.id
    if connection.execute(select(func.count()).where(column == target)).scalar() == 0:
        raise Missing(
            f"the chronicle holds no such {subject}", where=target, remedy="see `svidok show --documents`"
        )
    return None


def _claim_snapshot(connection: Connection, target: str) -> Any:
    found = connection.execute(
        select(t.claims.c.document, t.claim_bodies.c.body)
        .join(t.claim_bodies, t.claim_bodies.c.id == t.claims.c.id)
        .where(t.claims.c.id == target)
    ).first()
    if found is None:
        raise Missing("the chronicle holds no such claim", where=target, remedy="see `svidok review queue`")
    body = unpack(found.body, ClaimBody)
    places = body.places
    if body.effective is not None:
        raw = connection.execute(
            select(t.readings.c.body).where(t.readings.c.document == found.document)
        ).scalar_one()
        reading = unpack(raw, Reading)
        if any(claim.id == target for claim in reading.claims):
            places = tuple(reading.places[i] for i in body.claim.places)
    return msgspec.to_builtins(Kept(body.claim, places, body.words))


def _check(
    connection: Connection, kind: str, subject: str, target: str, who: str, detail: dict[str, Any]
) -> None:
    """Refuse what does not fit, and fill in what an act keeps."""
    if kind == "adjudicate":
        if detail.get("verdict") not in ("accept", "correct", "reject"):
            raise Refused("an adjudication needs a verdict", remedy="accept, correct or reject")
        _need_admin(connection, who, "adjudicates")
    if kind == "correct" or (kind == "adjudicate" and detail["verdict"] == "correct"):
        fields = detail.get("set")
        if not isinstance(fields, Mapping) or not fields:
            raise Refused("a correction corrects nothing", remedy="name a field and its value")
        _try(connection, subject, target, fields)
    elif kind == "grade":
        if str(detail.get("grade", "")) not in list(_GRADES[subject]):
            raise Refused(
                f"{detail.get('grade')!r} is no grade of a {subject}",
                remedy=f"Admiralty code: {', '.join(_GRADES[subject])}",
            )
    elif kind == "comment":
        if not str(detail.get("text", "")).strip():
            raise Refused("the comment is empty", remedy="write something")
    elif kind == "merge":
        others = [str(key) for key in detail.get("with", ())]
        if not others or target in others:
            raise Refused("a merge needs another one to merge with", remedy="name its id")
        detail["groups"] = [_claims_of(connection, subject, key) for key in (target, *others)]
    elif kind == "split":
        detail["groups"] = _split(connection, subject, target, [str(key) for key in detail.get("from", ())])


def _split(connection: Connection, subject: str, target: str, out: list[str]) -> list[list[str]]:
    if subject == "claim":
        for key in out:
            _claims_of(connection, "claim", key)
        if not out or target in out:
            raise Refused("a split needs another claim to part from", remedy="name its id")
        return [[target], out]
    members = _claims_of(connection, "event", target)
    strange = sorted(set(out) - set(members))
    rest = sorted(set(members) - set(out))
    if strange or not out or not rest:
        raise Refused(
            f"the event does not hold claim {strange[0]}" if strange else "nothing would be parted",
            where=f"event {target}",
            remedy=f"name some, not all, of its claims: {', '.join(members[:8])}",
        )
    return [sorted(out), rest]


def _claims_of(connection: Connection, subject: str, key: str) -> list[str]:
    if subject == "claim":
        if connection.execute(select(func.count()).where(t.claims.c.id == key)).scalar() == 0:
            raise Missing("the chronicle holds no such claim", where=key, remedy="see `svidok review queue`")
        return [key]
    e = t.event_claims.c
    members = connection.execute(select(e.claim).where(e.event == key).order_by(e.claim)).scalars().all()
    if not members:
        raise Missing("the chronicle holds no such event", where=key, remedy="see `svidok review queue`")
    return list(members)


def _try(connection: Connection, subject: str, target: str, fields: Mapping[str, Any]) -> None:
    """Apply a correction once, to refuse what does not fit before it is logged."""
    if subject == "event":
        corrected_event(event(connection, target).event, fields)
    else:
        view = claims_by_id(connection, [target])[target]
        corrected(view.claim, view.places, fields)


def _undo(connection: Connection, database: Database, *, who: str, at: str, detail: Mapping[str, Any]) -> Act:
    number = detail.get("act")
    row = connection.execute(select(t.acts).where(t.acts.c.number == number)).first()
    if row is None:
        raise Missing(f"the log has no act {number}", remedy="see `svidok review log`")
    aim = act_of(row)
    if aim.kind not in SUBJECTS and aim.kind != "undo":
        raise Refused(f"act {number} ({aim.kind}) cannot be undone", remedy="only judgements can")
    if aim.who != who:
        _need_admin(connection, who, "undoes the acts of others")
    if aim.number in undone(connection):
        raise Refused(f"act {number} is undone already", remedy="undo the undoing to bring it back")
    subject, target = str(aim.subject), str(aim.target)
    before = state_of(connection, subject, target)
    act = log(
        connection, who=who, at=at, kind="undo", subject=subject, target=target, detail={"act": aim.number}
    )
    history = _history(connection, subject, target)
    after = settle_one(connection, subject, target, history)
    root = next((a for a in history if a.number == aim.number), aim)
    while root.kind == "undo":
        root = next(a for a in history if a.number == int(str(root.detail["act"])))
    if root.kind in ("merge", "split") or _shapes(before, after):
        bump(connection, database)
    return act


def _history(connection: Connection, subject: str, target: str) -> list[Act]:
    c = t.acts.c
    query = select(t.acts).where(c.subject == subject, c.target == target).order_by(c.number)
    return [act_of(row) for row in connection.execute(query)]


def _shapes(before: ReviewState, after: ReviewState) -> bool:
    """Whether a change of standing changes what events are made of."""
    return (before.status, before.corrections) != (after.status, after.corrections) and bool(
        {before.status, after.status} & _SHAPING
    )


def _need_admin(connection: Connection, who: str, does: str) -> None:
    """Refuse a registered user who is no admin; on one's own machine nobody need be registered."""
    role = connection.execute(select(t.users.c.role).where(t.users.c.name == who)).scalar()
    someone = connection.execute(
        select(func.count()).where(or_(t.users.c.role == "admin", t.users.c.name == who))
    ).scalar()
    if someone and role != "admin":
        raise Refused(f"only an admin {does}", where=who, remedy="ask an admin")
