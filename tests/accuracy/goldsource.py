"""Compile the gold sources (written by people) to the exchange format (read by the scorer).

A source file holds short documents. Places and times are marked in the text itself, so their spans
cannot slip; every other span is given as its exact words and must be found in its sentence::

    == doc-id | 2022-03-05 | news | Ukraine 2022 | Name of the source
    > Shells hit a school in [Kharkiv] on {Friday=2022-03-04}, killing at least five people, the mayor said.
    q+ the mayor | said | Shells … people
    c strike hit | at: Kharkiv | on: Friday | s: the mayor
    c casualties killing | o: five people | at: Kharkiv | on: Friday | s: the mayor | n: at least five people = person/killed >=5
    > We shall never forget.
    - slogan

``>`` continues the paragraph, ``>>`` opens a new one, ``>-`` opens a new line (list items, captions).
``[words]``, ``[words=Name]``, ``[words=Name@lat,lon]`` mark places; ``[!words]`` marks a seat that stands
for a government, ``[?words]`` another name that may or may not be taken for a place (neither is asked for);
so count unmarked names of countries; names are looked up in ``places.tsv``. ``{words=VALUE MOD @earliest..latest}`` marks times:
type and bounds follow from the TIMEX3 value unless given. ``c`` is a claim: type (``/`` between types that are equally right), trigger, then
``a:`` actors, ``o:`` targets, ``at:`` places (``?`` before one that may be left out), ``on:`` time (words of a marked
time, ``pub``, bounds; ``?`` before when null is right too), ``n:`` quantities ``words = what/fate SPEC``, ``s:`` speaker
(``/`` between names that are equally right), ``m:`` modality, ``neg``. ``n?:`` quantities that may be given or left out; ``c?`` a claim that readers may or may not make (neither asked for
nor wrong). ``q`` is an attribution (source | cue | content);
``q+`` makes a statement claim too. ``-`` says why a sentence holds no claim. Several values are parted by `` ; ``;
``words#2`` is the second occurrence; ``first … last`` spans from one to the other.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent / "gold"
CODES = """battle strike air_strike bomb chemical capture withdraw siege move base attack_civilians sexual_violence
abduct detain destroy casualties deprive protest displace aid prepare alert defect negotiate statement sanction"""
TYPES = frozenset(CODES.split())
MODALITIES = frozenset({"asserted", "reported", "announced", "planned", "possible", "requested", "denied"})
KINDS = {
    "people": "person civilian soldier fighter child woman man prisoner refugee worker patient doctor nurse policeman"
    " journalist protester officer volunteer passenger pilot resident family household student hostage militant rebel"
    " troop teacher crew villager mercenary recruit paratrooper sailor marine monk pensioner detainee migrant crewman"
    " firefighter miner guard commander peacekeeper bystander activist dead girl boy victim rescuer",
    "equipment": "tank vehicle aircraft helicopter drone missile rocket shell bomb ship gun truck howitzer launcher"
    " mine rifle boat plane mortar landmine grenade jet bomber train bus car locomotive carrier submarine pickup bullet"
    " generator pump ambulance motorcycle warhead machine_gun",
    "distance": "km mile metre",
    "area": "km2 square_mile hectare square_kilometre",
    "share": "percent",
    "money": "dollar euro hryvnia pound rouble",
    "mass": "tonne kg",
    "volume": "litre",
    "places": "settlement village town city house home building school hospital shelter camp bridge apartment checkpoint"
    " position district church mosque shop clinic depot warehouse base street well flat stall grave tent centre oblast region airfield",
    "time": "day hour minute week month year",
    "supplies": "meal parcel",
    "organisation": "firm battalion brigade company division regiment unit platoon group",
}
KIND_OF = {what: kind for kind, words in KINDS.items() for what in words.split()}
PRESENT_STYLES = ("post", "live blog", "headline")
SAYS = re.compile(r"\w+[^s]s|say|deny|demand|fear|warn|describe|call|claim|call on|calls on|calls for")
ARTICLE = re.compile(r"(?i)(a|an|the) (?!single)")
KILLING = re.compile(r"kill|murder|execut|shot|hack|hang|massacre|fell|death", re.IGNORECASE)
MARK = re.compile(r"\[([!?]?)([^\]=]+)(?:=([^\]]+))?\]|\{([^}=]+)=([^}]+)\}")


class BadSource(ValueError):
    """A gold source line that cannot be compiled: says the file, the line and what is wrong."""


def bounds_of(value: str, mod: str | None) -> tuple[str | None, str | None]:
    """Inclusive days of a TIMEX3 value: ``2022-03`` is its first and last day; durations have none.

    >>> bounds_of("2022-03", None), bounds_of("2022-03", "MID"), bounds_of("199", None)
    (('2022-03-01', '2022-03-31'), ('2022-03-11', '2022-03-20'), ('1990-01-01', '1999-12-31'))
    """
    value = value.split("T")[0]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return value, value
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = dt.date.fromisocalendar(int(m[1]), int(m[2]), 1)
        first = monday + dt.timedelta(days=5 if m[3] else 0)
        return first.isoformat(), (monday + dt.timedelta(days=6)).isoformat()
    if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
        year, month = int(m[1]), int(m[2])
        last = calendar.monthrange(year, month)[1]
        low, high = {"START": (1, 10), "MID": (11, 20), "END": (21, last)}.get(mod or "", (1, last))
        return f"{value}-{low:02}", f"{value}-{high:02}"
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        year, start = int(m[1]), {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[m[2]]
        end_year, end = (year + 1, 2) if start == 12 else (year, start + 2)
        return f"{year}-{start:02}-01", f"{end_year}-{end:02}-{calendar.monthrange(end_year, end)[1]}"
    if re.fullmatch(r"-\d{4}", value):  # astronomical: 241 BC is -0240
        return f"{value}-01-01", f"{value}-12-31"
    if re.fullmatch(r"\d{4}", value):
        low, high = {"START": (1, 4), "MID": (5, 8), "END": (9, 12)}.get(mod or "", (1, 12))
        return f"{value}-{low:02}-01", f"{value}-{high:02}-{calendar.monthrange(int(value), high)[1]}"
    if re.fullmatch(r"\d{3}", value):
        return f"{value}0-01-01", f"{value}9-12-31"
    return None, None


def load_places(path: Path) -> dict[str, tuple[float, float, str]]:
    """Name -> latitude, longitude (degrees, to 0.05) and kind, from the tab-separated table."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    table = {row["name"]: (float(row["lat"]), float(row["lon"]), row["kind"]) for row in rows}
    if len(table) != len(rows):
        names = [row["name"] for row in rows]
        raise BadSource(
            f"{path.name}: a name stands twice: {sorted({n for n in names if names.count(n) > 1})}"
        )
    return table


class Compiler:
    """Turns the lines of one source file into documents in the exchange format."""

    def __init__(self, places: dict[str, tuple[float, float, str]], where: str) -> None:
        self.table, self.where, self.line = places, where, 0
        self.document: dict[str, Any] | None = None
        self.sentence = (0, 0)
        self.judged = True

    def bad(self, what: str) -> BadSource:
        return BadSource(f"{self.where}:{self.line}: {what}")

    def compile(self, text: str) -> Iterator[dict[str, Any]]:
        for self.line, raw in enumerate(text.splitlines(), 1):
            line = raw.strip()
            if not line or line.startswith("#"):
                continue
            command, _, rest = line.partition(" ")
            if command == "==":
                if self.document:
                    yield self.finish()
                self.open(rest)
            elif self.document is None:
                raise self.bad("the line stands before any document")
            elif command in (">", ">>", ">-"):
                self.close_sentence()
                self.add_sentence(rest, {">": " ", ">>": "\n\n", ">-": "\n"}[command])
            elif command in ("q", "q+"):
                self.add_attribution(rest, statement=command == "q+")
            elif command in ("c", "c?"):
                self.add_claim(rest, optional=command == "c?")
            elif command == "-":
                self.judged = True
                self.document["negatives"] += [
                    {"start": self.sentence[0], "end": self.sentence[1], "why": rest}
                ]
            else:
                raise self.bad(f"unknown command {command!r}")
        if self.document:
            yield self.finish()

    def open(self, rest: str) -> None:
        parts = [part.strip() for part in rest.split("|")]
        if len(parts) != 5:
            raise self.bad("a document needs: id | published | style | war | source")
        published = None if parts[1] == "-" else parts[1]
        self.document = {
            "format": "svidok/1", "id": parts[0], "text": "", "text_sha256": "", "published": published,
            "language": "en", "source": parts[4], "style": parts[2], "war": parts[3], "sentences": [],
            "places": [], "times": [], "attributions": [], "claims": [], "negatives": [],
        }  # fmt: skip
        self.judged = True

    def close_sentence(self) -> None:
        if not self.judged:
            raise self.bad("the sentence before has neither a claim nor a reason for having none")

    def finish(self) -> dict[str, Any]:
        self.close_sentence()
        document = self.document
        assert document is not None
        if not document["text"]:
            raise self.bad(f"the document {document['id']} is empty")
        digest = hashlib.sha256(document["text"].encode()).hexdigest()
        document["text_sha256"] = digest
        document["split"] = "tune" if hashlib.sha256(document["id"].encode()).digest()[0] % 2 else "held"
        order = sorted(range(len(document["places"])), key=lambda i: document["places"][i]["start"])
        rank = {old: new for new, old in enumerate(order)}
        self.date_the_present()
        document["claims"] += [twin for claim in document["claims"] if (twin := self.losses_of(claim))]
        document["places"] = [document["places"][i] for i in order]
        for claim in document["claims"]:
            for key in ("places", "places_optional"):
                claim[key] = sorted(rank[i] for i in claim[key])
        document["claims"].sort(key=lambda claim: (claim["trigger"], claim["type"]))
        return document

    def date_the_present(self) -> None:
        """Where readers differ on a date, both readings are right.

        What a short dated post tells without a date may take its day, and so may a saying in the present
        tense; what has gone on "since" a day lasts to the day of publication, or is open.
        """
        document = self.document
        assert document is not None
        if not document["published"]:
            return
        low, high = bounds_of(document["published"], None)
        for claim in document["claims"]:
            time, words = claim["time"], document["text"][slice(*claim["trigger"])]
            present = claim["type"] == "statement" and SAYS.fullmatch(words)
            if time is None and (present or document["style"] in PRESENT_STYLES):
                if claim["modality"] not in ("planned", "requested", "possible"):
                    claim["time_also"] = [{"earliest": low, "latest": high, "span": None}]
            elif time and time["earliest"] and time["earliest"] < (time["latest"] or "") == high:
                claim["time_also"] = [{"earliest": time["earliest"], "latest": None, "span": None}]

    def losses_of(self, claim: dict[str, Any]) -> dict[str, Any] | None:
        """A killing may be claimed as casualties too: readers differ, so neither reading is held wrong."""
        assert self.document is not None
        words = self.document["text"][slice(*claim["trigger"])]
        if claim["type"] != "attack_civilians" or claim["optional"] or not KILLING.search(words):
            return None
        for other in self.document["claims"]:
            if other["type"] == "casualties" and other["trigger"] == claim["trigger"]:
                return None
        return {**claim, "type": "casualties", "optional": True, "id": f"{claim['id']}+"}

    def add_sentence(self, marked: str, glue: str) -> None:
        assert self.document is not None
        document = self.document
        if document["text"]:
            document["text"] += glue
        start = len(document["text"])
        plain, last = "", 0
        for mark in MARK.finditer(marked):
            plain += marked[last : mark.start()]
            last = mark.end()
            words = mark[2] or mark[4]
            span = (start + len(plain), start + len(plain) + len(words))
            plain += words
            if mark[2]:
                document["places"].append(self.place(span, words, mark[3], seat=bool(mark[1])))
            else:
                document["times"].append(self.time(span, words, mark[5]))
        plain += marked[last:]
        if re.search(r"[\[\]{}]", plain):
            raise self.bad("a bracket is left over: a mark is broken")
        self.add_countries(start, plain)
        document["text"] += plain
        self.sentence = (start, len(document["text"]))
        document["sentences"].append(list(self.sentence))
        self.judged = False

    def add_countries(self, start: int, plain: str) -> None:
        """Country names left unmarked act as governments ("Russia denied"): neither asked for nor wrong."""
        assert self.document is not None
        marked = [(p["start"], p["end"]) for p in self.document["places"]]
        for name, (_, _, kind) in self.table.items():
            if kind != "country":
                continue
            for hit in re.finditer(rf"\b{re.escape(name)}\b", plain):
                span = (start + hit.start(), start + hit.end())
                if not any(a < span[1] and span[0] < b for a, b in marked):
                    self.document["places"].append(self.place(span, name, None, seat=True))

    def place(self, span: tuple[int, int], words: str, name: str | None, *, seat: bool) -> dict[str, Any]:
        name, _, point = (name or words).partition("@")
        name = name or words
        if point:
            lat, lon = map(float, point.split(","))
            kind = "area"
        elif name in self.table:
            lat, lon, kind = self.table[name]
        else:
            raise self.bad(f"the place {name!r} is not in places.tsv")
        place = {
            "start": span[0],
            "end": span[1],
            "text": words,
            "name": name,
            "lat": lat,
            "lon": lon,
            "kind": kind,
        }
        return place | ({"metonym": True} if seat else {})

    def time(self, span: tuple[int, int], words: str, given: str) -> dict[str, Any]:
        given, _, explicit = given.partition("@")
        parts = given.split()
        kind = parts.pop(0) if parts and parts[0] in ("DATE", "TIME", "DURATION", "SET") else None
        value = parts.pop(0) if parts else None
        mod = parts.pop(0) if parts else None
        if kind is None and value:
            kind = "DURATION" if value.startswith("P") and not value.startswith(("PAST", "PRES")) else "TIME" if "T" in value.replace("PAST", "").replace("PRESENT", "").replace("FUTURE", "") else "DATE"  # fmt: skip
        low, high = self.days(explicit.strip()) if explicit else bounds_of(value or "", mod)
        if kind in ("DURATION", "SET") and not explicit:
            low = high = None
        return {"start": span[0], "end": span[1], "text": words, "type": kind, "value": value, "mod": mod,
                "earliest": low, "latest": high}  # fmt: skip

    def days(self, text: str) -> tuple[str | None, str | None]:
        low, dots, high = text.partition("..")
        for part in (low, high):
            if part and not re.fullmatch(r"-?\d{4}(-\d\d){0,2}", part):
                raise self.bad(f"not a day, month or year: {part!r}")
        if not dots:
            return bounds_of(low, None)
        return (bounds_of(low, None)[0] if low else None), (bounds_of(high, None)[1] if high else None)

    def span(self, words: str, *, anywhere: bool = False) -> tuple[int, int]:
        """Offsets of the exact words in the current sentence (or in the document so far)."""
        assert self.document is not None
        if "…" in words:
            first, _, last = (part.strip() for part in words.partition("…"))
            a, b = self.span(first), self.span(last)
            if b[1] <= a[0]:
                raise self.bad(f"the ends of {words!r} stand in the wrong order")
            return a[0], b[1]
        words, _, nth = words.partition("#")
        low, high = (0, len(self.document["text"])) if anywhere else self.sentence
        hits = [
            m.start()
            for m in re.finditer(re.escape(words), self.document["text"])
            if low <= m.start() and m.end() <= high
        ]
        whole = [h for h in hits if self.whole(h, h + len(words))] or hits
        if not whole:
            raise self.bad(f"the words {words!r} are not in the sentence")
        if len(whole) > 1 and not nth and not anywhere:
            raise self.bad(f"the words {words!r} stand {len(whole)} times: say which, as {words}#1")
        try:
            start = whole[int(nth or 1) - 1] if not anywhere or nth else whole[-1]
        except (IndexError, ValueError) as error:
            raise self.bad(f"no occurrence {nth!r} of {words!r}") from error
        return start, start + len(words)

    def whole(self, a: int, b: int) -> bool:
        text = self.document["text"] if self.document else ""
        return not (a > 0 and text[a - 1].isalnum() and text[a].isalnum()) and not (
            b < len(text) and text[b].isalnum() and text[b - 1].isalnum()
        )

    def add_attribution(self, rest: str, *, statement: bool) -> None:
        assert self.document is not None
        parts = [part.strip() for part in rest.split(" | ")]
        if len(parts) < 3:
            raise self.bad("an attribution needs: source | cue | content")
        source = None if parts[0] == "-" else list(self.span(parts[0]))
        cue, content = list(self.span(parts[1])), list(self.span(parts[2]))
        name = self.document["text"][source[0] : source[1]] if source else None
        self.document["attributions"].append(
            {"source": source, "cue": cue, "content": content, "speaker": name}
        )
        if statement:
            extra = [f"a: {parts[0]}"] if source and not any(p.startswith("a:") for p in parts[3:]) else []
            self.add_claim(" | ".join([f"statement {parts[1]}", *extra, *parts[3:]]))

    def add_claim(self, rest: str, *, optional: bool = False) -> None:
        assert self.document is not None
        head, *fields = [part.strip() for part in rest.split(" | ")]
        type_, _, trigger = head.partition(" ")
        type_, *others = type_.split("/")
        if unknown := {type_, *others} - TYPES:
            raise self.bad(f"unknown type {sorted(unknown)}")
        claim: dict[str, Any] = {
            "start": self.sentence[0], "end": self.sentence[1], "trigger": list(self.span(trigger)), "type": type_,
            "actors": [], "targets": [], "places": [], "places_optional": [], "time": None, "time_optional": False,
            "quantities": [], "quantities_optional": [], "type_also": others, "time_also": [], "speaker_optional": False, "polarity": "affirmed", "modality": None, "speaker": None, "speaker_also": [],
        }  # fmt: skip
        for field in fields:
            if field == "neg":
                claim["polarity"] = "negated"
                continue
            key, _, value = field.partition(":")
            values = [v.strip() for v in value.split(" ; ")]
            if key == "a":
                claim["actors"] = [self.actor(v) for v in values]
            elif key == "o":
                claim["targets"] = [self.actor(v) for v in values]
            elif key == "at":
                for v in values:
                    (claim["places_optional"] if v.startswith("?") else claim["places"]).append(
                        self.place_index(v.lstrip("?"))
                    )
            elif key == "on":
                claim["time_optional"] = values[0].startswith("?")
                claim["time"] = self.when(values[0].lstrip("?"))
            elif key in ("n", "n?"):
                claim["quantities" if key == "n" else "quantities_optional"] = [
                    self.quantity(v) for v in values
                ]
            elif key == "s":
                claim["speaker"], *claim["speaker_also"] = [v.strip() for v in value.split("/")]
            elif key == "m" and values[0] in MODALITIES:
                claim["modality"] = values[0]
            else:
                raise self.bad(f"unknown field {field!r}")
        if claim["modality"] is None:
            claim["modality"] = "reported" if claim["speaker"] else "asserted"
        if type_ == "statement" and claim["actors"] and claim["speaker"] is None:
            claim["speaker"], claim["speaker_optional"] = claim["actors"][0]["text"], True
        claim["optional"] = optional
        claim["id"] = hashlib.sha256(
            json.dumps([self.document["id"], claim], sort_keys=True).encode()
        ).hexdigest()[:16]
        self.document["claims"].append(claim)
        self.judged = True

    def actor(self, words: str) -> dict[str, Any]:
        words, _, name = words.partition(" = ")
        a, b = self.span(words.strip())
        assert self.document is not None
        return {"start": a, "end": b, "text": self.document["text"][a:b], "name": name.strip() or None}

    def place_index(self, words: str) -> int:
        """The marked place with these words: in this sentence, or else the last one before."""
        assert self.document is not None
        words, _, nth = words.partition("#")
        hits = [i for i, p in enumerate(self.document["places"]) if p["text"] == words]
        here = [i for i in hits if self.document["places"][i]["start"] >= self.sentence[0]]
        if not hits:
            raise self.bad(f"no marked place reads {words!r}")
        return here[int(nth or 1) - 1] if here else hits[-1]

    def when(self, words: str) -> dict[str, Any]:
        assert self.document is not None
        if words == "pub":
            words = self.document["published"] or ""
        hits = [t for t in self.document["times"] if t["text"] == words]
        if hits:
            low, high, span = hits[-1]["earliest"], hits[-1]["latest"], [hits[-1]["start"], hits[-1]["end"]]
        else:
            (low, high), span = self.days(words), None
        if low is None and high is None:
            raise self.bad(f"no day follows from {words!r}")
        return {"earliest": low, "latest": high, "span": span}

    def quantity(self, text: str) -> dict[str, Any]:
        """``words = what/fate SPEC [unit]`` with SPEC one of 5, >=5, <=5, ~5, 5-9."""
        words, _, spec = text.rpartition(" = ")
        m = re.fullmatch(r"(\S+?)(?:/(\S+))? (>=|<=|~)?([\d.]+)(?:-([\d.]+))?(?: (\S+))?", spec.strip())
        if not m or not words:
            raise self.bad(f"not a quantity: {text!r}")
        what, fate, sign, first, second, unit = m.groups()
        if what not in KIND_OF:
            raise self.bad(f"unknown thing counted: {what!r}")
        low: float | None = float(first)
        high: float | None = float(second) if second else low
        bound = (
            "between"
            if second
            else {">=": "at_least", "<=": "at_most", "~": "about"}.get(sign or "", "exact")
        )
        low, high = (None if bound == "at_most" else low), (None if bound == "at_least" else high)
        a, b = self.span(words.strip())
        assert self.document is not None
        return {"start": a, "end": b, "text": self.document["text"][a:b], "what": what.replace("_", " "), "kind": KIND_OF[what],
                "fate": fate, "low": low, "high": high, "unit": unit, "bound": bound}  # fmt: skip


def compile_all(folder: Path = HERE) -> list[dict[str, Any]]:
    """Every document of every source file, in order of id; raises BadSource with file and line."""
    places = load_places(folder / "places.tsv")
    documents = [
        document
        for path in sorted((folder / "sources").glob("*.gold"))
        for document in Compiler(places, path.name).compile(path.read_text(encoding="utf-8"))
    ]
    ids = [document["id"] for document in documents]
    if len(set(ids)) != len(ids):
        raise BadSource(f"a document id stands twice: {sorted({i for i in ids if ids.count(i) > 1})}")
    return sorted(documents, key=lambda document: document["id"])


def compile_findings(
    path: Path = HERE / "findings.gold",
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Documents (each with its dossier) and findings of the dossiers: ``! kind | doc: words ; doc: words``.

    ``##`` opens a dossier, ``==`` a document (id | published | source), ``>`` adds a sentence.
    """
    documents: dict[str, dict[str, Any]] = {}
    findings: list[dict[str, Any]] = []
    dossier, current = "", None
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        command, _, rest = raw.strip().partition(" ")
        if command == "##":
            dossier = rest
        elif command == "==":
            id_, published, source = (part.strip() for part in rest.split("|"))
            current = {"id": id_, "published": published, "source": source, "dossier": dossier, "text": ""}
            documents[id_] = current
        elif command == ">" and current is not None:
            current["text"] = f"{current['text']} {rest}".strip()
        elif command == "!":
            kind, _, quotations = (part.strip() for part in rest.partition("|"))
            spans = []
            for quotation in quotations.split(" ; "):
                id_, _, words = quotation.partition(": ")
                start = documents[id_.strip()]["text"].find(words) if id_.strip() in documents else -1
                if start < 0:
                    raise BadSource(f"{path.name}:{number}: the words {words!r} are not in {id_!r}")
                spans.append({"id": id_.strip(), "start": start, "end": start + len(words), "text": words})
            findings.append({"format": "svidok/1", "kind": kind, "spans": spans})
        elif command and not command.startswith("#"):
            raise BadSource(f"{path.name}:{number}: unknown command {command!r}")
    return list(documents.values()), findings


def as_lines(documents: list[dict[str, Any]]) -> str:
    """JSON Lines, the same bytes every time."""
    return "".join(json.dumps(document, ensure_ascii=False, sort_keys=True) + "\n" for document in documents)


def main() -> int:
    """Write ``tune.jsonl``, ``held.jsonl``, ``dossiers.jsonl`` and ``findings.jsonl`` from the sources."""
    try:
        documents = compile_all()
    except BadSource as error:
        print(error, file=sys.stderr)
        return 1
    for split in ("tune", "held"):
        part = [document for document in documents if document["split"] == split]
        (HERE / f"{split}.jsonl").write_text(as_lines(part), encoding="utf-8")
        print(f"{split}: {len(part)} documents, {sum(len(d['sentences']) for d in part)} sentences")
    dossiers, findings = compile_findings()
    (HERE / "dossiers.jsonl").write_text(as_lines(dossiers), encoding="utf-8")
    (HERE / "findings.jsonl").write_text(as_lines(findings), encoding="utf-8")
    print(f"findings: {len(findings)} in {len({d['dossier'] for d in dossiers})} dossiers")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
