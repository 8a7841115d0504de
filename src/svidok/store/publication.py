"""A publication: what was reviewed, redacted, in everyone's formats, with a manifest to check it by.

Only what a reviewer has accepted or corrected is published, unless the unreviewed is asked for too; what is
rejected or disputed never is. Of a report only the sentences stand there that published claims and findings
rest on, unless full texts are asked for. The same chronicle, options and version give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from svidok.errors import MissingPart, Refused
from svidok.ledger import build
from svidok.publish import FORMATS, Edition, export, write_csv, write_jsonl, write_report
from svidok.records import Event, Finding, Place, Reading
from svidok.store.contract import Store
from svidok.store.redaction import Redactor
from svidok.store.views import Filter, Paging, Standing

__all__ = ["REVIEWED", "Publication", "Selection", "publish", "select"]

REVIEWED: frozenset[Standing] = frozenset(["accepted", "corrected"])
NEVER: frozenset[Standing] = frozenset(["rejected", "disputed"])
MANIFEST = "manifest.json"
_ALL = Paging(size=1000)


@dataclass(frozen=True, slots=True)
class Selection:
    """What goes into a publication, before redaction, and how much stays out for which reason."""

    readings: tuple[Reading, ...]
    events: tuple[Event, ...]
    findings: tuple[Finding, ...]
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Publication:
    """What was written: the folder, its manifest's SHA-256, counts, and what was withheld or left out."""

    folder: Path
    manifest: str
    files: int
    events: int
    claims: int
    documents: int
    withheld: dict[str, int]
    left_out: dict[str, int]


def publish(
    store: Store,
    folder: Path,
    *,
    profile: str = "standard",
    unreviewed: bool = False,
    full_texts: bool = False,
    formats: Sequence[str] | None = None,
    also: Callable[[Path, Edition], object] | None = None,
    links: Sequence[tuple[str, str]] = (),
    who: str,
    at: str,
    tell: Callable[[str], None] | None = None,
) -> Publication:
    """Write a publication into an empty or new folder, and log that it was made.

    ``also`` writes further files of the same edition into the folder, before the manifest is made;
    ``links`` are words and addresses of those of them that the page names.

    Args:
        profile: what is withheld: "none", "standard" or "strict".
        unreviewed: also what nobody has judged yet.
        full_texts: whole reports, not only the sentences that claims rest on.
        formats: keys of ``svidok.publish.FORMATS``; all by default.

    Raises:
        Refused: the folder holds something, events are not up to date, or nothing was reviewed.
        InputError: there is no such profile or format.
    """
    say = tell or (lambda _: None)
    if folder.exists() and any(folder.iterdir()):
        raise Refused("the folder is not empty", where=str(folder), remedy="name another, or empty it")
    status = store.status()
    if status.stale:
        raise Refused(
            "events are not up to date with what was added and judged", remedy="run `svidok build` first"
        )
    say("choosing what was reviewed")
    chosen = select(store, unreviewed=unreviewed)
    if not chosen.events and not chosen.findings:
        raise Refused(
            "nothing was reviewed yet",
            remedy="`svidok review queue` lists what waits; --unreviewed publishes all",
        )
    kept = (
        chosen.readings if full_texts else tuple(_evidence_only(r, chosen.findings) for r in chosen.readings)
    )
    say("withholding names and homes")
    redactor = Redactor(profile, kept, names_from=chosen.readings)
    readings = tuple(redactor.reading(reading) for reading in kept)
    events = tuple(redactor.event(event) for event in chosen.events)
    findings = tuple(redactor.finding(finding) for finding in chosen.findings)
    title = store.settings().get("title") or "A chronicle"
    say("writing")
    folder.mkdir(parents=True, exist_ok=True)
    edition = _write(folder, readings, events, findings, title, formats, links)
    if also is not None:
        also(folder, edition)
    _json(folder / "withheld.json", {
        "profile": profile,
        "about": redactor.profile.about,
        "counts": redactor.counts,
        "withheld": [asdict(item) for item in redactor.withheld],
        "left_out": chosen.left_out,
    })  # fmt: skip
    digest = _manifest(folder, store, profile=profile, unreviewed=unreviewed, full_texts=full_texts)
    claims = sum(len(reading.claims) for reading in readings)
    files = sum(1 for file in folder.rglob("*") if file.is_file())
    store.note(
        "publish",
        who=who,
        at=at,
        detail={"manifest": digest, "profile": profile, "unreviewed": unreviewed, "events": len(events)},
    )
    return Publication(
        folder, digest, files, len(events), claims, len(readings), redactor.counts, chosen.left_out
    )


def select(store: Store, *, unreviewed: bool) -> Selection:
    """What may be published of a chronicle, and counts of what may not.

    Args:
        unreviewed: also what nobody has judged yet.
    """
    events = _statuses(store.events)
    claims = _statuses(store.claims)
    findings = {view.id: view for view in _pages(store.findings)}
    allowed = REVIEWED | ({"unreviewed", "changed"} if unreviewed else set())
    readings, _ = store.effective()
    shown = tuple(e for e in store.all_events() if events.get(e.id, "unreviewed") in allowed)
    inside = {claim for event in shown for claim in event.claims if claims.get(claim) not in NEVER}
    inside |= {claim for claim, standing in claims.items() if standing in allowed}
    told = tuple(view.finding for view in findings.values() if view.state.status in allowed)
    homes = {claim.document for r in readings for claim in r.claims if claim.id in inside}
    homes |= {span.id for finding in told for span in finding.spans}
    published = tuple(
        replace(r, claims=tuple(c for c in r.claims if c.id in inside))
        for r in readings
        if r.document.id in homes
    )
    present = {claim.id for r in published for claim in r.claims}
    kept = tuple(_only(event, present) for event in shown if any(c in present for c in event.claims))
    left = {
        "events not reviewed": sum(s in ("unreviewed", "changed") for s in events.values())
        if not unreviewed
        else 0,
        "events rejected": sum(s == "rejected" for s in events.values()),
        "events disputed": sum(s == "disputed" for s in events.values()),
        "claims rejected or disputed": sum(s in NEVER for s in claims.values()),
        "findings not accepted": len(findings) - len(told),
        "reports without anything to publish": len(readings) - len(published),
    }
    return Selection(published, kept, told, {reason: number for reason, number in left.items() if number})


def _only(event: Event, present: set[str]) -> Event:
    """An event with the claims that are published."""
    return replace(
        event,
        claims=tuple(c for c in event.claims if c in present),
        judgements=tuple(j for j in event.judgements if j.left in present and j.right in present),
    )


def _evidence_only(reading: Reading, findings: Sequence[Finding]) -> Reading:
    """A reading whose text stands only where published claims and findings rest on it; offsets hold."""
    text = reading.document.text
    spans = [(c.start, c.end) for c in reading.claims]
    spans += [(s.start, s.end) for f in findings for s in f.spans if s.id == reading.document.id]
    stands = [
        (s.start, s.end)
        for s in reading.sentences
        if s.role == "title" or any(a < s.end and s.start < b for a, b in spans)
    ]
    keep = bytearray(len(text))
    for start, end in [*stands, *spans]:
        keep[start:end] = b"\1" * (end - start)
    letters = [c if keep[i] or c == "\n" else " " for i, c in enumerate(text)]
    for i in range(len(text)):
        if not keep[i] and (i == 0 or keep[i - 1]) and text[i] != "\n":
            letters[i] = "…" if text[i : i + 2].strip() else letters[i]
    cut = "".join(letters)

    def whole(items: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(i for i in items if cut[i.start : i.end] == text[i.start : i.end])

    used = {index for claim in reading.claims for index in claim.places}
    places = tuple(
        replace(p, text=cut[p.start : p.end]) if i in used else Place(p.start, p.end, cut[p.start : p.end])
        for i, p in enumerate(reading.places)
    )
    return replace(
        reading,
        document=replace(reading.document, text=cut),
        sentences=tuple(replace(s, text=cut[s.start : s.end]) for s in reading.sentences),
        places=places,
        times=whole(reading.times),
        actors=whole(reading.actors),
        quantities=whole(reading.quantities),
        attributions=tuple(
            a for a in reading.attributions if keep[a.cue[0] : a.cue[1]] == b"\1" * (a.cue[1] - a.cue[0])
        ),
    )


def _write(
    folder: Path,
    readings: tuple[Reading, ...],
    events: tuple[Event, ...],
    findings: tuple[Finding, ...],
    title: str,
    formats: Sequence[str] | None,
    links: Sequence[tuple[str, str]],
) -> Edition:
    ledger = build(readings, events, findings)
    write_report(
        folder / "index.html",
        readings=readings,
        events=events,
        findings=findings,
        ledger=ledger,
        title=title,
        links=links,
    )
    write_jsonl(folder / "data", readings=readings, events=events, findings=findings, ledger=ledger)
    write_csv(folder / "data", readings=readings, events=events, findings=findings, ledger=ledger)
    edition = Edition(readings, events, findings, ledger, title)
    (folder / "formats").mkdir(exist_ok=True)
    notes: dict[str, Any] = {}
    for key in formats if formats is not None else FORMATS:
        try:
            made = export(key, edition)
        except MissingPart as error:
            if formats is not None:
                raise
            notes[key] = {"not written": str(error)}
            continue
        (folder / "formats" / f"{key}{FORMATS[key].suffix}").write_bytes(made.data)
        notes[key] = {"rows": made.rows, "left_out": dict(made.left_out)}
    _json(folder / "formats" / "notes.json", notes)
    return edition


def _manifest(folder: Path, store: Store, **options: Any) -> str:
    """Write the list of all files with their SHA-256; the answer is the list's own."""
    from svidok import __version__

    judged = store.acts(paging=Paging(size=1000)).items
    head = next((act for act in judged if act.kind != "publish"), None)
    status = store.status()
    listed = {
        str(file.relative_to(folder).as_posix()): {
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
            "bytes": file.stat().st_size,
        }
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
    return _json(folder / MANIFEST, {
        "format": "svidok-publication/1",
        "version": f"svidok {__version__}",
        "built": status.built,
        "log": {"act": head.number if head else 0, "head": head.hash if head else None},
        "options": options,
        "files": listed,
    })  # fmt: skip


def _json(path: Path, content: Mapping[str, Any]) -> str:
    data = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def _statuses(ask: Callable[..., Any]) -> dict[str, Standing]:
    """Id and standing of everything that a question gives."""
    return {getattr(v, "id", None) or v.claim.id: v.state.status for v in _pages(ask)}


def _pages(ask: Callable[..., Any]) -> list[Any]:
    out: list[Any] = []
    paging = _ALL
    while True:
        page = ask(Filter(), paging)
        out += page.items
        if len(out) >= page.total or not page.items:
            return out
        paging = replace(paging, number=paging.number + 1)
