"""``svidok search``: events, claims, sentences, findings and reports by words, place, time, side, source."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import typer

from svidok.cli.opened import (
    WHERE,
    claim_line,
    event_line,
    near_of,
    opened,
    spaced,
    span_words,
    standing_words,
)

if TYPE_CHECKING:
    from svidok.store import Filter, Page, Paging, Store

__all__ = ["KINDS", "register"]

KINDS = ("events", "claims", "sentences", "findings", "documents")


def register(app: typer.Typer) -> None:
    """Add ``svidok search`` to the application."""

    @app.command(
        epilog="Examples:  svidok search kyiv.svidok 'shell* hospital'   |   "
        "svidok search kyiv.svidok --near 50.55,30.21,10 --from 2022-03-01 --to 2022-03-31"
        "   |   svidok search kyiv.svidok Bucha --in sentences   |   "
        "svidok search kyiv.svidok --in findings --severity high"
    )
    def search(
        where: str = WHERE,
        text: str = typer.Argument(
            None, help='Words that must all be there; "quoted words" stand together, shell* is any ending.'
        ),
        kind: str = typer.Option("events", "--in", help=f"What to look among: {', '.join(KINDS)}."),
        type: list[str] = typer.Option(None, "--type", help="Types of events or claims, kinds of findings."),
        side: list[str] = typer.Option(None, "--side", help="A side that acts or suffers."),
        source: list[str] = typer.Option(None, "--source", help="Who published it."),
        place: str = typer.Option(None, "--place", help="The name of a place."),
        near: str = typer.Option(None, "--near", help="Latitude,longitude,kilometres."),
        first: str = typer.Option(None, "--from", help="From this day, month or year on."),
        last: str = typer.Option(None, "--to", help="Up to this day, month or year."),
        known_by: str = typer.Option(None, "--known-by", help="Only what was published by that day."),
        status: list[str] = typer.Option(
            None, "--status", help="unreviewed, accepted, corrected, rejected, disputed or changed."
        ),
        severity: list[str] = typer.Option(None, "--severity", help="Of findings: high, medium or low."),
        limit: int = typer.Option(20, "--limit", min=1, max=1000, help="At most so many."),
        page: int = typer.Option(1, "--page", min=1, help="Which page of so many."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON Lines."),
    ) -> None:
        """List what a chronicle holds by words, place, time, type, side, source; status 1 when nothing is."""
        import msgspec

        from svidok.store import Filter, Near, Paging

        if kind not in KINDS:
            raise typer.BadParameter(f"{kind!r}: one of {', '.join(KINDS)}", param_hint="--in")
        point = near_of(near)
        wanted = Filter(
            text=text,
            place=place,
            near=Near(*point) if point else None,
            earliest=first,
            latest=last,
            types=tuple(code.replace(" ", "_") for code in type or ()),
            sides=tuple(side or ()),
            sources=tuple(source or ()),
            known_by=known_by,
            statuses=tuple(status or ()),  # type: ignore[arg-type]
            severities=tuple(severity or ()),  # type: ignore[arg-type]
        )
        with opened(where) as chronicle:
            found, line = _ask(chronicle.store, kind, wanted, Paging(number=page, size=limit))
        for item in found.items:
            typer.echo(json.dumps(msgspec.to_builtins(item), ensure_ascii=False) if as_json else line(item))
        if not as_json:
            more = f", page {found.number} of {found.pages}" if found.pages > 1 else ""
            typer.echo(
                f"{found.total} {kind if found.total != 1 else kind[:-1]}{more}", err=bool(found.items)
            )
        if not found.total:
            raise typer.Exit(1)


def _ask(store: Store, kind: str, wanted: Filter, paging: Paging) -> tuple[Page[Any], Callable[[Any], str]]:
    """A page of one kind, and how its items look on a line."""
    from dataclasses import replace

    if kind == "claims":
        return store.claims(wanted, paging), claim_line
    if kind == "findings":
        return store.findings(wanted, replace(paging, order="severity")), _finding_line
    if kind == "documents":
        return store.documents(wanted, paging), _document_line
    if kind == "sentences":
        if not wanted.text:
            raise typer.BadParameter("sentences are found by words: give some")
        return store.search(wanted.text, wanted, replace(paging, order="relevance")), _hit_line
    return store.events(wanted, paging), event_line


def _finding_line(finding: Any) -> str:
    one = finding.finding
    return f"{finding.id}  [{one.severity}] {spaced(one.kind)}: {one.message}{standing_words(finding.state)}"


def _document_line(document: Any) -> str:
    parts = [document.id[:16], document.published or "undated", document.source or "no source", document.name]
    return "  ".join(parts) + ("" if document.read else "  (not read yet)") + standing_words(document.state)


def _hit_line(hit: Any) -> str:
    told = f"{hit.published or 'undated'}  {hit.source or hit.name}"
    return f"{hit.document[:16]}:{hit.start}-{hit.end}  {told}: “{span_words(hit.words)}”"
