"""Templates: what every page knows, and how it becomes an answer. Text is escaped everywhere."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from svidok.publish.kinds import load_groups, load_kinds, side_colours
from svidok.publish.tables import Column, Table, event_label
from svidok.publish.wording import number_words, plural
from svidok.store.memory import Memory
from svidok.web.access import ROLES, may
from svidok.web.asked import Asked
from svidok.web.texts import LANGUAGES, Texts, chosen, load_texts
from svidok.web.wording import day_words, when_words

__all__ = ["Templates", "language_of", "palette", "side_class", "templates"]

_FOLDER = Path(__file__).with_name("templates")
_COLOURS = 7
_CODED = frozenset({"category", "act", "period"})
"""Columns of the ledger that hold a code."""
_ROWS = 20_000
"""How many rows of lists are kept as they were rendered."""
_REASONS = (
    (re.compile(r"^reviewers differ"), "differ"),
    (re.compile(r"changed since it was reviewed"), "changed"),
    (re.compile(r"rests on (?P<n>\d+) claims?"), "claims"),
    (re.compile(r"(?P<kind>\w+), confidence (?P<sure>[\d.]+)$"), "sure"),
    (re.compile(r"(?P<severity>high|medium|low) finding$"), "severity"),
    (re.compile(r"(?<=; )disputed(?=: )"), "disputed"),
)
"""How the store words why a thing waits, and the key of it in the locales."""


def language_of(request: Request) -> str:
    """The language a page is shown in: the cookie's, else the browser's."""
    return chosen(request.cookies.get("svidok_language"), request.headers.get("accept-language"))


def side_class(side: str | None) -> str:
    """The class that gives a side its colour, the same on every page.

    >>> side_class("Ukraine"), side_class(None)
    ('side-0', 'side-none')
    """
    number = palette(side)
    return "side-none" if number is None else f"side-{number}"


def palette(side: str | None) -> int | None:
    """The number of a side's colour: its own, or one worked out from its name."""
    if not side:
        return None
    own = side_colours()
    if side in own:
        return own[side]
    free = [number for number in range(_COLOURS) if number not in own.values()]
    return free[sum(side.encode()) % len(free)]


@lru_cache(maxsize=20_000)
def in_address(text: str) -> str:
    """A text as one step of an address.

    >>> in_address("a/b c")
    'a%2Fb%20c'
    """
    return quote(str(text), safe="")


class Templates:
    """The templates of the pages, compiled once."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            groups=load_groups(),
            kinds=load_kinds(),
            languages=LANGUAGES,
            roles=ROLES,
            may=may,
            side_class=side_class,
            no_question=Asked(),
            static=False,
        )
        self._environment.globals["rows"] = Rows()
        self._environment.filters["path"] = in_address

    def page(
        self,
        request: Request,
        name: str,
        *,
        http: int = 200,
        headers: dict[str, str] | None = None,
        **values: Any,
    ) -> HTMLResponse:
        """Render one template as the answer to a request."""
        caller = getattr(request.state, "caller", None)
        html = self.render(
            name,
            language_of(request),
            caller=caller,
            user=caller.user if caller else None,
            csrf=caller.csrf if caller else "",
            here=request.url.path,
            query=request.url.query,
            settings=request.app.state.settings,
            part="hx-request" in request.headers and "hx-boosted" not in request.headers,
            **values,
        )
        return HTMLResponse(html, http, {"vary": "HX-Request, Cookie, Accept-Language", **(headers or {})})

    def render(self, name: str, language: str, **values: Any) -> str:
        """One template in a language as HTML."""
        texts = load_texts(language)
        return self._environment.get_template(name).render(t=texts, words=Words(texts), **values)


@cache
def templates() -> Templates:
    """The templates that come with Svidok; they hold no state."""
    return Templates()


class Rows:
    """Rows of lists as they were rendered, by all that they show: ``rows(macro, t, words, things)``."""

    def __init__(self) -> None:
        self._held = Memory[Markup](_ROWS)

    def __call__(self, macro: Any, t: Texts, words: Words, things: Iterable[Hashable]) -> Markup:
        """What a macro gives for each thing; one that looks like an earlier one is not rendered again."""
        name, language = macro.name, t.language

        def rendered(thing: Hashable) -> Markup:
            try:
                return self._held.recall((name, language, thing), lambda: macro(t, words, thing))
            except TypeError:  # a correction may hold a list
                made: Markup = macro(t, words, thing)
                return made

        return Markup("".join(map(rendered, things)))


class Words:
    """Values in the words of one language, for the templates."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def event(self, view: Any) -> str:
        """What to call an event."""
        kind = self._texts.kind(view.type)
        if view.quote:
            return self._texts("event.said", kind=kind, words=view.quote)
        label = event_label(view.type, view.label or "", kind)
        before, at, place = label.partition(" at ")
        return self._texts("event.at", kind=kind, place=place) if at and before == kind else label

    def queued(self, item: Any) -> str:
        """What to call a thing that waits for review."""
        if item.subject != "event":
            return " ".join(item.label.split())
        code, said, words = item.label.partition(" “")
        if said:
            kind = self._texts.kind(code.replace(" ", "_"))
            return self._texts("event.said", kind=kind, words=words.removesuffix("”"))
        code, at, place = item.label.partition(" at ")
        kind = self._texts.kind(code.replace(" ", "_"))
        return self._texts("event.at", kind=kind, place=place) if at else kind

    def reason(self, item: Any) -> str:
        """Why a thing waits for review: what the store says in English, in the words of the page."""
        told = str(item.reason)
        for pattern, key in _REASONS:
            found = pattern.search(told)
            if found:
                told = told[: found.start()] + self._reason(key, found) + told[found.end() :]
        return told

    def _reason(self, key: str, found: re.Match[str]) -> str:
        values = found.groupdict()
        if "kind" in values:
            values["kind"] = self._texts.kind(values["kind"])
        if "severity" in values:
            values["severity"] = self._texts.get(f"severity.{values['severity']}")
        return self._texts(f"why.{key}", **values)

    def when(self, thing: Any) -> str:
        """When something happened: anything with ``earliest`` and ``latest``."""
        if thing is None:
            return self._texts("when.unknown")
        return when_words(thing.earliest, thing.latest, self._texts, getattr(thing, "edtf", None))

    def day(self, day: str | None) -> str:
        """A day, or a dash."""
        return day_words(day, self._texts) or "–"

    def held(self, spans: Iterable[Any]) -> Iterator[tuple[str, str, str, str, str]]:
        """Who held settlements, a row each: its address, its name, the side, how sure, since when."""
        day = cache(self.day)
        share = cache(self.share)
        for span in spans:
            yield in_address(span.settlement), span.name, span.side, share(span.probability), day(span.first)

    def columns(self, table: Table) -> list[tuple[Column, str]]:
        """The columns of a table of the ledger with what they are called."""
        return [(column, self._texts.get(f"column.{column.key}", column.label)) for column in table.columns]

    def cell(self, row: Any, column: Column, told: Any) -> Any:
        """A cell of the ledger: codes of the row in the language of the page, all else as ``told``."""
        code = getattr(row, column.key, None)
        if told is None or not isinstance(code, str):
            return told
        if column.key == "type":
            return self._texts.kind(code)
        return self._texts.get(f"label.{column.key}.{code}", told) if column.key in _CODED else told

    def share(self, probability: float) -> str:
        """A probability, so that columns of them stand under one another."""
        return f"{probability:.2f}"

    def count(self, low: float | None, high: float | None, bound: str = "exact") -> str:
        """A count with its bounds."""
        return number_words(low, high, bound) or "?"

    def quantity(self, quantity: Any) -> str:
        """A quantity of a claim: number, what, what befell it."""
        number = number_words(quantity.low, quantity.high, quantity.bound)
        if number is None:
            return " ".join(quantity.text.split())
        what = quantity.what and (
            quantity.what if quantity.low == quantity.high == 1 else plural(quantity.what)
        )
        return " ".join(word for word in (number, what, quantity.fate) if word)

    def actor(self, actor: Any) -> str:
        """An actor with its side."""
        name = actor.name or " ".join(actor.text.split())
        return f"{name} ({actor.side})" if actor.side and actor.side not in name else name

    def place(self, place: Any) -> str:
        """A place as meant: with its relation, or said to be not located."""
        if place.name is None:
            return f"{' '.join(place.text.split())} ({self._texts('place.unlocated')})"
        if place.relation and place.name in place.relation:
            return str(place.relation)
        return f"{place.relation} {place.name}" if place.relation else str(place.name)
