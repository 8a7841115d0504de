"""``report.html``: one page that holds the whole chronicle and needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from calendar import month_name
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from svidok import __version__
from svidok.errors import InputError
from svidok.ledger import Ledger
from svidok.publish.payload import page_data
from svidok.records import Event, Finding, Reading

__all__ = ["render_report", "write_report"]

_PAGE = Path(__file__).with_name("page")

SCRIPTS = (
    "dom", "dates", "store", "filter", "theme", "glyphs", "projection", "basemap", "clusters", "cells",
    "picker", "choose", "reader", "card", "table", "tabs", "legend", "lede", "map", "axis", "timeline",
    "slider", "main",
)  # fmt: skip
"""The page's modules in the order in which they build on one another."""

NOT_DONE = frozenset(("planned", "possible", "requested", "denied", "negated"))
"""Standings of what is not said to have happened."""

STYLES = ("tokens", "layout", "controls", "map", "tables", "reader", "print")


def write_report(
    path: Path,
    *,
    readings: Sequence[Reading],
    events: Sequence[Event],
    findings: Sequence[Finding],
    ledger: Ledger,
    title: str,
    known_by: str | None = None,
    links: Sequence[tuple[str, str]] = (),
) -> Path:
    """Write the chronicle as one self-contained page, which opens from disk without any network.

    Args:
        path: the file to write; its folder must exist.
        readings, events, findings, ledger: the chronicle.
        title: heads the page.
        known_by: the day by which the reports were published, when later ones were left out.
        links: words and relative addresses of pages beside it.
    Returns:
        the path. The same chronicle and version give the same bytes.
    Raises:
        InputError: the file cannot be written.
    """
    page = render_report(
        readings=readings,
        events=events,
        findings=findings,
        ledger=ledger,
        title=title,
        known_by=known_by,
        links=links,
    )
    try:
        path.write_bytes(page.encode("utf-8"))
    except OSError as error:
        raise InputError(
            f"the page cannot be written: {error.strerror}", where=str(path), remedy="choose another place"
        ) from error
    return path


def render_report(
    *,
    readings: Sequence[Reading],
    events: Sequence[Event],
    findings: Sequence[Finding],
    ledger: Ledger,
    title: str,
    known_by: str | None = None,
    links: Sequence[tuple[str, str]] = (),
) -> str:
    """The page as one text of HTML: see `write_report`."""
    style, script = _styles(), _scripts()
    data = page_data(readings, events, ledger)
    return _clean(
        _template().render(
            title=title,
            version=__version__,
            style=style,
            script=script,
            style_hash=_digest(style),
            script_hash=_digest(script),
            data=_embedded(data),
            facts=_facts(readings, findings, ledger),
            known_by=known_by,
            links=links,
            tables=data["tables"],
            documents=data["documents"],
        )
    )


def _facts(readings: Sequence[Reading], findings: Sequence[Finding], ledger: Ledger) -> dict[str, Any]:
    documents = [reading.document for reading in readings]
    days = sorted(document.published for document in documents if document.published)
    return {
        "reports": len(documents),
        "sources": sorted({d.source.name for d in documents if d.source}),
        "claims": sum(len(reading.claims) for reading in readings),
        "happenings": len(ledger.chronology),
        "not_done": sum(row.status in NOT_DONE for row in ledger.chronology),
        "findings": len(findings),
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
    }


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_PAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["day"] = _day
    return environment.get_template("report.html.j2")


def _day(iso: str) -> str:
    """An ISO day as readers write it.

    >>> _day("2022-04-27")
    '27 April 2022'
    """
    day = date.fromisoformat(iso[:10])
    return f"{day.day} {month_name[day.month]} {day.year}"


@cache
def _styles() -> str:
    return "\n".join(_read("style", f"{name}.css") for name in STYLES)


@cache
def _scripts() -> str:
    """Every module as a closure of its own; an import takes names out of an earlier closure."""
    modules = "\n".join(_module(name, _read("script", f"{name}.js")) for name in SCRIPTS)
    return f"(() => {{\n'use strict';\nconst modules = {{}};\n{modules}}})();\n"


def _module(name: str, text: str) -> str:
    """One module of the browser's own kind, rewritten so that it can stand in the page.

    >>> print(_module("b", 'import { a } from "./a.js";\\nexport const b = a + 1;\\n'), end="")
    modules.b = (() => {
    const { a } = modules.a;
    const b = a + 1;
    return { b };
    })();
    """
    names = re.findall(r"^export (?:const|function) (\w+)", text, flags=re.MULTILINE)
    body = re.sub(
        r'^import (\{[^}]*\}) from "\./(\w+)\.js";', r"const \1 = modules.\2;", text, flags=re.MULTILINE
    )
    body = re.sub(r"^export ", "", body, flags=re.MULTILINE)
    return f"modules.{name} = (() => {{\n{body}return {{ {', '.join(names)} }};\n}})();\n"


def _read(folder: str, name: str) -> str:
    return (_PAGE / folder / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _embedded(data: Any) -> str:
    """JSON that is safe between script tags: no letter in it can end the element or begin another."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half.group()):04x}", text)


def _clean(page: str) -> str:
    """No half surrogates and no control letters, which HTML cannot hold (the data writes them as escapes)."""
    return re.sub("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", page)
