"""``svidok review``: what waits, and judgements on it; every act is logged and can be undone."""

from __future__ import annotations

import json
from typing import Any

import typer

from svidok.cli.opened import BY, WHERE, meant, opened, span_words
from svidok.errors import InputError

__all__ = ["register"]

ID = typer.Argument(..., help="The id of a claim, event or finding, or its first letters.")

review = typer.Typer(
    help="Accept, correct, reject, merge, split, grade, comment; what the machine found is not overwritten.",
    epilog="Examples:  svidok review queue kyiv.svidok   |   "
    "svidok review accept kyiv.svidok 2cc1a1 --by olena   |   "
    "svidok review correct kyiv.svidok 2cc1a1 --set type=strike --set time=2022-03-04",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add ``svidok review`` and its commands to the application."""
    app.add_typer(review, name="review")


def _act(where: str, by: str | None, kind: str, id: str, **detail: Any) -> None:
    with opened(where, by=by) as chronicle:
        subject, key = meant(chronicle, id)
        act = chronicle.judge(kind, subject, key, **detail)
        state = chronicle.store.state(subject, key)
        typer.echo(f"act {act.number}: {subject} {key[:16]} is {state.status}")
        if chronicle.status().stale:
            typer.echo(f"Events follow at the next build:  svidok build {where}", err=True)


@review.command(
    epilog="Examples:  svidok review queue kyiv.svidok   |   "
    "svidok review queue kyiv.svidok --mine --by olena"
)
def queue(
    where: str = WHERE,
    subject: str = typer.Option(None, "--only", help="claim, event or finding."),
    mine: bool = typer.Option(False, "--mine", help="Leave out what I have judged already."),
    limit: int = typer.Option(20, "--limit", min=1, max=1000, help="At most so many."),
    by: str = BY,
) -> None:
    """List what waits for review, what matters most first: severity, reach, doubt."""
    from svidok.store import Paging

    if subject not in (None, "claim", "event", "finding"):
        raise typer.BadParameter(f"{subject!r}: claim, event or finding", param_hint="--only")
    with opened(where, by=by) as chronicle:
        page = chronicle.store.queue(
            subject=subject,  # type: ignore[arg-type]
            reviewer=chronicle.by if mine else None,
            paging=Paging(size=limit),
        )
    for item in page.items:
        typer.echo(f"{item.id}  {item.subject:8}{span_words(item.label, longest=90)}  ({item.reason})")
    typer.echo(f"{page.total} wait", err=bool(page.items))


@review.command(epilog="Example:  svidok review accept kyiv.svidok 2cc1a1 --by olena")
def accept(where: str = WHERE, id: str = ID, by: str = BY) -> None:
    """Say that a claim was read rightly, that an event stands, that a finding holds."""
    _act(where, by, "accept", id)


@review.command(epilog="Example:  svidok review reject kyiv.svidok 2cc1a1 --why 'an opinion, no happening'")
def reject(
    where: str = WHERE,
    id: str = ID,
    why: str = typer.Option(None, "--why", help="The reason, for the log."),
    by: str = BY,
) -> None:
    """Say that it is wrong: a rejected claim is left out of events, and stays in the log."""
    _act(where, by, "reject", id, **({"why": why} if why else {}))


@review.command(
    epilog="Examples:  svidok review correct kyiv.svidok 2cc1a1 --set type=strike --set time=2022-03-04"
    "   |   svidok review correct kyiv.svidok 2cc1a1 --set "
    """'place={"name": "Bucha", "lat": 50.55, "lon": 30.21}'"""
)
def correct(
    where: str = WHERE,
    id: str = ID,
    change: list[str] = typer.Option(
        ...,
        "--set",
        help="FIELD=VALUE: type, time, place, speaker, actors, label…; JSON where needed.",
    ),
    by: str = BY,
) -> None:
    """Put right what the machine read; its own reading is kept beside."""
    _act(where, by, "correct", id, set=dict(fields_of(one) for one in change))


@review.command(epilog="Example:  svidok review merge kyiv.svidok 2cc1a1 9be468")
def merge(
    where: str = WHERE,
    id: str = ID,
    others: list[str] = typer.Argument(..., help="Ids of the others."),
    by: str = BY,
) -> None:
    """Say that events (or claims) tell of one happening; no rule parts them again."""
    with opened(where) as chronicle:
        subject, _ = meant(chronicle, id)
        keys = [meant(chronicle, other, subject=subject)[1] for other in others]
    _act(where, by, "merge", id, with_=keys)


@review.command(epilog="Example:  svidok review split kyiv.svidok 2cc1a1 e1eb45")
def split(
    where: str = WHERE,
    id: str = ID,
    claims: list[str] = typer.Argument(..., help="Ids of the claims that tell of something else."),
    by: str = BY,
) -> None:
    """Take claims out of an event; no rule joins them again."""
    with opened(where) as chronicle:
        keys = [meant(chronicle, claim, subject="claim")[1] for claim in claims]
    _act(where, by, "split", id, from_=keys)


@review.command(
    epilog="Examples:  svidok review grade kyiv.svidok TASS E   |   svidok review grade kyiv.svidok 2cc1a1 2"
)
def grade(
    where: str = WHERE,
    id: str = typer.Argument(..., help="A source by name, or the id of a report, claim or event."),
    mark: str = typer.Argument(
        ..., help="Admiralty code: A to F for sources and reports, 1 to 6 for the rest."
    ),
    by: str = BY,
) -> None:
    """Grade how reliable a source or report is (A-F), how credible a claim or event (1-6)."""
    with opened(where, by=by) as chronicle:
        named = chronicle.store.documents(_source(id))
        subject, key = ("source", id) if named.total else meant(chronicle, id)
        act = chronicle.judge("grade", subject, key, grade=mark)  # type: ignore[arg-type]
        typer.echo(f"act {act.number}: {subject} {key[:40]} is graded {mark}")


@review.command(epilog="Example:  svidok review comment kyiv.svidok 2cc1a1 'see the photograph of 4 April'")
def comment(
    where: str = WHERE, id: str = ID, text: str = typer.Argument(..., help="What to say."), by: str = BY
) -> None:
    """Write a comment beside something; it changes nothing."""
    _act(where, by, "comment", id, text=text)


@review.command(epilog="Example:  svidok review adjudicate kyiv.svidok 2cc1a1 reject --by maria")
def adjudicate(
    where: str = WHERE,
    id: str = ID,
    verdict: str = typer.Argument(..., help="accept, correct or reject."),
    change: list[str] = typer.Option(None, "--set", help="FIELD=VALUE, for correct."),
    by: str = BY,
) -> None:
    """Decide where reviewers differ; it holds over what they said."""
    fields = dict(fields_of(one) for one in change or ())
    _act(where, by, "adjudicate", id, verdict=verdict, **({"set": fields} if fields else {}))


@review.command(epilog="Example:  svidok review undo kyiv.svidok 17")
def undo(
    where: str = WHERE, number: int = typer.Argument(..., help="The number of the act."), by: str = BY
) -> None:
    """Take an act back; both stay in the log. Undoing an undo brings the act back."""
    with opened(where, by=by) as chronicle:
        act = chronicle.undo(number)
        typer.echo(f"act {act.number}: act {number} is undone")


@review.command(
    epilog="Examples:  svidok review log kyiv.svidok   |   svidok review log kyiv.svidok --orphans"
)
def log(
    where: str = WHERE,
    who: str = typer.Option(None, "--who", help="Only acts of this person."),
    orphans: bool = typer.Option(
        False, "--orphans", help="Only judgements that nothing stands for any more."
    ),
    limit: int = typer.Option(30, "--limit", min=1, max=1000, help="At most so many."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON Lines, hashes and all."),
) -> None:
    """Show the audit log, newest first: who did what, and when."""
    import msgspec

    from svidok.store import Paging

    with opened(where) as chronicle:
        store = chronicle.store
        acts = store.orphans() if orphans else store.acts(who=who, paging=Paging(size=limit)).items
    for act in acts:
        if as_json:
            typer.echo(json.dumps(msgspec.to_builtins(act), ensure_ascii=False))
            continue
        about = f" {act.subject} {(act.target or '')[:16]}" if act.subject else ""
        told = {k: v for k, v in act.detail.items() if k not in ("was", "groups", "documents")}
        detail = f" {json.dumps(told, ensure_ascii=False)}" if told else ""
        gone = f"  (undone by {act.undone_by})" if act.undone_by else ""
        typer.echo(f"{act.number:6}  {act.at}  {act.who}: {act.kind}{about}{detail}{gone}")


@review.command(epilog="Example:  svidok review agreement kyiv.svidok")
def agreement(where: str = WHERE) -> None:
    """Tell how far reviewers agree beyond chance: Cohen's kappa of each two, Krippendorff's alpha of all."""
    with opened(where) as chronicle:
        found = chronicle.agreement()
    if not found.items:
        typer.echo("Nothing was judged by two reviewers yet.")
        return
    shown = "cannot be told" if found.alpha is None else f"{found.alpha:.3f}"
    typer.echo(f"{found.items} judged by more than one of {', '.join(found.reviewers)}")
    typer.echo(f"Krippendorff's alpha (nominal): {shown}")
    for left, right, number, value in found.kappa:
        told = "cannot be told" if value is None else f"{value:.3f}"
        typer.echo(f"Cohen's kappa of {left} and {right}, {number} together: {told}")


def fields_of(given: str) -> tuple[str, Any]:
    """Field and value of ``--set FIELD=VALUE``; a day, month or EDTF interval is a time, JSON is JSON.

    >>> fields_of("type=strike"), fields_of("time=2022-03-04")[1]["earliest"], fields_of("speaker=")
    (('type', 'strike'), '2022-03-04', ('speaker', None))
    """
    field, equals, value = given.partition("=")
    if not equals:
        raise InputError(f"{given!r} is no correction", remedy="write FIELD=VALUE")
    if value == "":
        return field, None
    if value[0] in "[{":
        try:
            return field, json.loads(value)
        except ValueError as error:
            raise InputError(f"{value!r} is no JSON: {error}", remedy="mend it") from error
    if field == "time":
        return field, _time(value)
    if field in ("actors", "targets"):
        return field, [{"name": name.strip()} for name in value.split(",")]
    if field == "place":
        return field, {"name": value}
    return field, value


def _time(value: str) -> dict[str, str | None]:
    from svidok.events.days import first_day, iso_day, last_day

    first, slash, last = value.partition("/")
    begin = first_day(first) if first else None
    end = last_day(last if slash else first) if (last or not slash) else None
    if (first and begin is None) or ((last or not slash) and end is None):
        raise InputError(
            f"{value!r} is no time", remedy="write 2022-03-04, 2022-03, or 2022-03-04/2022-03-10"
        )
    return {
        "earliest": None if begin is None else iso_day(begin),
        "latest": None if end is None else iso_day(end),
        "edtf": value if first and (last or not slash) else None,
    }


def _source(name: str) -> Any:
    from svidok.store import Filter

    return Filter(sources=(name,))
