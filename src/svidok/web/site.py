"""A static site of the same pages: opens from disk, needs no server, holds only what it is given.

The pages are rendered from the templates of the server with forms, search and review left out; links
become relative, and a link to what was not given loses its target. One plain script lights up words,
since browsers refuse module scripts from disk.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from svidok.errors import InputError
from svidok.ledger import Ledger
from svidok.publish import Edition
from svidok.records import Claim, Event, Finding, Reading
from svidok.store.views import (
    ClaimView,
    DocumentView,
    EventDetail,
    EventView,
    FindingView,
    LedgerRow,
    Page,
    ReviewState,
    User,
)
from svidok.web.asked import Asked
from svidok.web.settings import Settings

__all__ = ["LINKS", "write_edition", "write_site"]

LINKS = (
    ("Events", "events.html"),
    ("Ledgers", "ledgers/settlements.html"),
    ("What does not fit", "findings.html"),
    ("Reports", "reports.html"),
)
"""Where the lists of a site begin, as its map page names them."""

_WEB = Path(__file__).parent
_STYLE = _WEB.parent / "publish" / "page" / "style" / "tokens.css"
_SIZE = 200
_LINK = re.compile(r'(<(?:a|link|script)\b[^>]*?) (href|src)="(/[^"]*)"')
_PLAIN = re.compile(r"[0-9a-f]{8,64}")
_ASSETS = {
    "/static/icon.svg": "assets/icon.svg",
    "/static/css/tokens.css": "assets/tokens.css",
    "/static/css/pages.css": "assets/pages.css",
    "/static/js/theme.js": "assets/theme.js",
    "/static/js/site.js": "assets/site.js",
}


def write_site(
    folder: Path,
    *,
    readings: Sequence[Reading],
    events: Sequence[Event],
    findings: Sequence[Finding],
    ledger: Ledger,
    title: str,
    language: str = "en",
    map_page: str = "index.html",
) -> tuple[Path, ...]:
    """Write a page for every event, finding and report, the lists of them, and the ledgers.

    Args:
        folder: where to write; ``map_page`` in it (see ``svidok.publish.write_report``) is linked to as
            the map and time line, and written when it is not there.
        readings, events, findings, ledger: what may be shown: reviewed and redacted by the caller.
        title: heads the list of events.
        language: of the words round the reports ("en" or "uk").
    Returns:
        the files written, in order; the same input gives the same bytes.
    Raises:
        InputError: a file cannot be written.
    """
    from svidok.publish import write_report

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    if not (folder / map_page).exists():
        parts = {"readings": readings, "events": events, "findings": findings, "ledger": ledger}
        written.append(write_report(folder / map_page, title=title, links=LINKS, **parts))  # type: ignore[arg-type]
    shown = _Shown(readings, events, findings, ledger)
    pages = dict(_pages(shown, title, language))
    targets = {"/map": map_page, **_ASSETS, **{address: _file(address) for address in pages}}
    try:
        for name, data in _assets():
            written.append(_put(folder / name, data))
        for address, text in pages.items():
            own = targets[address]
            written.append(_put(folder / own, _relative(text, own, targets).encode()))
    except OSError as error:
        raise InputError(
            f"the site cannot be written: {error.strerror}", where=str(folder), remedy="choose another folder"
        ) from error
    return tuple(written)


def write_edition(folder: Path, edition: Edition) -> tuple[Path, ...]:
    """The site of an edition, which was reviewed and redacted; see ``write_site``."""
    return write_site(
        folder,
        readings=edition.readings,
        events=edition.events,
        findings=edition.findings,
        ledger=edition.ledger,
        title=edition.title,
    )


class _Shown:
    """The views of everything given, made as the store makes them."""

    def __init__(
        self,
        readings: Sequence[Reading],
        events: Sequence[Event],
        findings: Sequence[Finding],
        ledger: Ledger,
    ) -> None:
        from svidok.store import drawing
        from svidok.store.codec import unpack

        self.readings = {reading.document.id: reading for reading in readings}
        self.ledger = ledger
        sources = drawing.Sources(reading.document for reading in readings)
        drawn = drawing.draw_claims(readings, readings, {}, sources)
        records = {claim.id: claim for reading in readings for claim in reading.claims}
        events = [event for event in events if all(claim in records for claim in event.claims)]
        homes: dict[str, list[str]] = defaultdict(list)
        for event in events:
            for claim in event.claims:
                homes[claim].append(event.id)
        self.claims = {
            item.id: self._claim(records[item.id], unpack(item.body, drawing.ClaimBody), homes[item.id])
            for item in drawn
        }
        documents = {claim.id: claim.document for claim in records.values()}
        by_id = {item.id: item for item in drawn}
        made = drawing.draw_events(events, ledger.chronology, by_id, documents, sources)
        self.events: dict[str, EventView] = {i.id: unpack(i.body, drawing.EventBody).view for i in made}
        self.records = {event.id: event for event in events}
        spots: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for record in records.values():
            spots[record.document].append((record.start, record.end, record.id))
        kept = [f for f in findings if all(span.id in self.readings for span in f.spans)]
        self.findings: dict[str, FindingView] = {}
        for item in drawing.draw_findings(kept, spots, sources):
            body = unpack(item.body, drawing.FindingBody)
            self.findings[item.id] = FindingView(
                item.id, body.finding, body.names, body.sources, body.claims, ReviewState()
            )

    @staticmethod
    def _claim(claim: Claim, body: Any, events: Sequence[str]) -> ClaimView:
        return ClaimView(
            claim=claim,
            effective=claim,
            places=body.places,
            words=body.words,
            before=body.before,
            after=body.after,
            document=claim.document,
            name=body.name,
            source=body.source,
            published=body.published,
            events=tuple(events),
            state=ReviewState(),
        )

    def detail(self, key: str) -> EventDetail:
        """One event with its witnesses, parts and findings."""
        record = self.records[key]
        own = set(record.claims)
        return EventDetail(
            view=self.events[key],
            event=record,
            claims=tuple(self.claims[claim] for claim in record.claims),
            judgements=record.judgements,
            parts=tuple(view for view in self.events.values() if view.part_of == key),
            findings=tuple(view for view in self.findings.values() if own & set(view.claims)),
        )

    def documents(self) -> list[DocumentView]:
        """The reports in the order of their publication."""
        from svidok.publish.wording import document_name

        views = []
        for reading in self.readings.values():
            d = reading.document
            source = d.source
            views.append(
                DocumentView(
                    d.id, document_name(d), d.title, source.name if source else None,
                    source.side if source else None, d.published, d.language, d.url, d.dossier,
                    len(d.text), len(reading.claims), True, ReviewState(),
                )
            )  # fmt: skip
        return sorted(views, key=lambda view: (view.published or "9", view.id))


def _pages(shown: _Shown, title: str, language: str) -> Iterator[tuple[str, str]]:
    """Every page by the address that it has on a server."""
    from svidok.web.pages.findings import FINDING_KINDS
    from svidok.web.pages.ledgers import table_rows, tables
    from svidok.web.pages.reports import text_blocks

    def page(name: str, here: str, **values: Any) -> str:
        return _render(name, language, here, **values)

    listed = sorted(shown.events.values(), key=lambda view: (view.earliest or view.latest or "9", view.id))
    for number, some in _split(listed):
        yield _paged("/", number), page("list.html", "/", page=some, title=title)
    for number, found in _split(list(shown.findings.values())):
        yield (
            _paged("/findings", number),
            page("findings.html", "/findings", page=found, finding_kinds=FINDING_KINDS),
        )
    for number, reports in _split(shown.documents()):
        yield _paged("/reports", number), page("reports.html", "/reports", page=reports)
    for table in tables():
        rows = [LedgerRow(r.id, table.key, r, (), "unreviewed") for r in getattr(shown.ledger, table.key)]
        for number, items in _split(rows):
            here = f"/ledger/{table.key}"
            cells = table_rows(items.items, table, shown.ledger)
            values = {"page": items, "table": table, "tables": tables(), "rows": cells}
            yield _paged(here, number), page("ledger.html", here, **values)
    for key in shown.events:
        detail = shown.detail(key)
        words_of = {claim.claim.id: claim.words for claim in detail.claims}
        yield f"/events/{key}", page("event.html", f"/events/{key}", detail=detail, words_of=words_of)
    for key, view in shown.findings.items():
        yield f"/findings/{key}", page("finding.html", f"/findings/{key}", view=view)
    for key, reading in shown.readings.items():
        claims = sorted(
            (shown.claims[c.id] for c in reading.claims), key=lambda v: (v.claim.start, v.claim.id)
        )
        yield (
            f"/reports/{key}",
            page(
                "report.html",
                f"/reports/{key}",
                document=reading.document,
                custody=(),
                claims=claims,
                chosen="",
                blocks=text_blocks(reading, claims),
            ),
        )


def _render(name: str, language: str, here: str, **values: Any) -> str:
    from svidok.web.rendering import templates

    return templates().render(
        name,
        language,
        static=True,
        user=User("", "viewer"),
        caller=None,
        csrf="",
        here=here,
        query="",
        settings=Settings(),
        part=False,
        asked=Asked(),
        **values,
    )


def _split(items: Sequence[Any]) -> Iterator[tuple[int, Page[Any]]]:
    """Pages of a list; an empty list has one."""
    for number, start in enumerate(range(0, max(1, len(items)), _SIZE), start=1):
        yield number, Page(tuple(items[start : start + _SIZE]), len(items), number, _SIZE)


def _paged(address: str, number: int) -> str:
    return address if number == 1 else f"{address}?page={number}"


def _file(address: str) -> str:
    """The file of an address of a server.

    >>> _file("/"), _file("/ledger/losses?page=2"), _file("/reports/a b")
    ('events.html', 'ledgers/losses-2.html', 'reports/c8687a08aa5d6ed2.html')
    """
    path, _, query = address.partition("?page=")
    parts = path.strip("/").split("/", 1)
    tail = f"-{query}" if query else ""
    room = {"": "events", "ledger": "ledgers"}.get(parts[0], parts[0])
    if len(parts) == 1:
        return f"{room}{tail}.html"
    if room != "ledgers" and not _PLAIN.fullmatch(parts[1]):
        parts[1] = hashlib.sha256(parts[1].encode()).hexdigest()[:16]
    return f"{room}/{parts[1]}{tail}.html"


def _relative(text: str, own: str, targets: dict[str, str]) -> str:
    """The page with its links made relative to where it lies."""
    up = "../" * own.count("/")

    def change(found: re.Match[str]) -> str:
        before, name, raw = found.groups()
        parts = urlsplit(html.unescape(raw))
        number = parse_qs(parts.query).get("page", ["1"])[0]
        narrowed = set(parse_qs(parts.query)) - {"page", "claim"}
        target = None if narrowed else targets.get(_paged(unquote(parts.path), int(number)))
        if target is None:
            return before
        return f'{before} {name}="{up}{target}{f"#{parts.fragment}" if parts.fragment else ""}"'

    return _LINK.sub(change, text)


def _assets() -> Iterator[tuple[str, bytes]]:
    static = _WEB / "static"
    yield "assets/icon.svg", (static / "icon.svg").read_bytes()
    yield "assets/tokens.css", _STYLE.read_bytes()
    yield "assets/pages.css", (static / "css" / "pages.css").read_bytes()
    yield "assets/theme.js", (static / "js" / "theme.js").read_bytes()
    reader = (static / "js" / "reader.mjs").read_text(encoding="utf-8").replace("export function", "function")
    start = 'for (const element of document.querySelectorAll("[data-reader]")) startReader(element);'
    yield "assets/site.js", f'"use strict";\n(() => {{\n{reader}{start}\n}})();\n'.encode()


def _put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
