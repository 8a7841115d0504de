"""``svidok show``: one event, claim, finding or report, with everything that it rests on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

from svidok.cli.opened import (
    WHERE,
    claim_line,
    dated,
    event_line,
    meant,
    opened,
    spaced,
    span_words,
    standing_words,
)

if TYPE_CHECKING:
    from svidok.chronicle import Chronicle

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok show`` to the application."""

    @app.command(
        epilog="Examples:  svidok show kyiv.svidok 2cc1a1   |   svidok show kyiv.svidok 2cc1a1 --json   |   "
        "svidok show kyiv.svidok a8da37 --original > article.html"
    )
    def show(
        where: str = WHERE,
        id: str = typer.Argument(
            ..., help="The id of an event, claim, finding or report, or its first letters."
        ),
        original: bool = typer.Option(False, "--original", help="Write the original bytes of a report."),
        as_json: bool = typer.Option(False, "--json", help="Print it as JSON."),
    ) -> None:
        """Show one thing with all it rests on: the words, who says so, why it was joined, who judged it."""
        import msgspec

        with opened(where) as chronicle:
            subject, key = meant(chronicle, id)
            if original:
                if subject != "document":
                    raise typer.BadParameter("only a report has original bytes", param_hint="--original")
                entry = chronicle.store.custody(key)[0]
                typer.get_binary_stream("stdout").write(chronicle.store.original(entry.container))
                return
            whole: Any = getattr(chronicle.store, subject)(key)
            if as_json:
                typer.echo(json.dumps(msgspec.to_builtins(whole), ensure_ascii=False, indent=2))
                return
            {"event": _event, "claim": _claim, "finding": _finding, "document": _document}[subject](
                chronicle, whole
            )
            for act in reversed(chronicle.store.acts(subject=subject, target=key).items):
                gone = f" (undone by {act.undone_by})" if act.undone_by else ""
                typer.echo(f"act {act.number}: {act.at} {act.who}: {act.kind}{_detail(act.detail)}{gone}")


def _event(chronicle: Chronicle, detail: Any) -> None:
    view = detail.view
    typer.echo(event_line(view))
    if view.lat is not None:
        radius = f" ± {view.radius_km:g} km" if view.radius_km else ""
        typer.echo(f"place: {view.place} ({view.lat:.4f}, {view.lon:.4f}{radius})")
    if detail.event.time_rule:
        typer.echo(f"time: {dated(view.earliest, view.latest, view.edtf)}, {detail.event.time_rule}")
    for words in view.disputes:
        typer.echo(f"disputed: {words}")
    for claim in detail.claims:
        typer.echo(f"  {claim_line(claim)}")
        typer.echo(
            f"      {claim.name}, {claim.published or 'undated'}, {claim.document[:16]}:{claim.claim.start}"
        )
    for judgement in detail.judgements:
        typer.echo(
            f"  {judgement.left} = {judgement.right}: {'; '.join(judgement.reasons)} ({judgement.judge})"
        )
    for part in detail.parts:
        typer.echo(f"  part: {event_line(part)}")
    for finding in detail.findings:
        typer.echo(f"  finding {finding.id}: {finding.finding.message}")


def _claim(chronicle: Chronicle, claim: Any) -> None:
    typer.echo(claim_line(claim))
    typer.echo(f"{claim.before}[{claim.words}]{claim.after}")
    one = claim.effective
    for name, value in (
        ("who", ", ".join(a.name or a.text for a in one.actors)),
        ("to whom", ", ".join(a.name or a.text for a in one.targets)),
        ("where", ", ".join(p.name or p.text for p in claim.places)),
        ("how many", ", ".join(q.text for q in one.quantities)),
        ("told as", f"{one.polarity}, {one.modality}"),
        ("confidence", f"{one.confidence:.2f}"),
        ("why", one.why),
        ("in", f"{claim.name}, {claim.published or 'undated'}, {claim.document}"),
        ("events", ", ".join(claim.events)),
    ):
        if value:
            typer.echo(f"{name:12}{value}")


def _finding(chronicle: Chronicle, view: Any) -> None:
    finding = view.finding
    typer.echo(
        f"{view.id}  [{finding.severity}] {spaced(finding.kind)}: "
        f"{finding.message}{standing_words(view.state)}"
    )
    for span, name in zip(finding.spans, view.names, strict=True):
        says = f"  ({span.says})" if span.says else ""
        typer.echo(f"  “{span_words(span.text)}”{says}  {name}:{span.start}-{span.end}")
    if finding.reference:
        typer.echo(f"  checked against {finding.reference}")
    if finding.apart:
        typer.echo(f"  apart: {finding.apart}")


def _document(chronicle: Chronicle, document: Any) -> None:
    source = document.source.name if document.source else "no source"
    typer.echo(
        f"{document.title or document.path or document.id}\n{source}, {document.published or 'undated'}"
    )
    for entry in chronicle.store.custody(document.id):
        typer.echo(f"came in {entry.at} by {entry.who} ({entry.how}) from {entry.origin}, {entry.version}")
        typer.echo(f"sha256 {entry.sha256}")
    for claim in chronicle.store.claims_of(document.id):
        typer.echo(f"  {claim_line(claim)}")


def _detail(detail: dict[str, Any]) -> str:
    told = {key: value for key, value in detail.items() if key not in ("was", "groups")}
    return f" {json.dumps(told, ensure_ascii=False)}" if told else ""
