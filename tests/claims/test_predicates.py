"""Every predicate of the lexicon in a sentence, sentences that hold none, and how happenings stand.

The rows are in ``predicates/*.tsv``. A row whose last column is ``xfail: CLASS`` is known to fail.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from svidok.atlas.actors import load_actors
from svidok.atlas.lexicon import NO_CLAIM, Lexicon, Sense, load_lexicon
from svidok.claims.assemble import assemble
from svidok.claims.attributions import find_attributions
from svidok.claims.mentions.actors import find_actors
from svidok.claims.parse import Parsed, Parser
from svidok.records import Claim, Document, Place, Sentence

FOLDER = Path(__file__).parent / "predicates"
OTHER = ("negatives", "standing")
LEAST_PREDICATES = 700
MOST_WITHOUT = 25  # new predicates that still wait for their sentence


class Row(NamedTuple):
    """One line of a table, and where it stands."""

    where: str
    fields: dict[str, str]

    @property
    def known_to_fail(self) -> bool:
        return self.fields["mark"].startswith("xfail")


class Read(NamedTuple):
    """A sentence with its parse and its claims."""

    parsed: Parsed
    claims: tuple[Claim, ...]


def rows(*names: str) -> list[Row]:
    found = []
    for name in names:
        with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
            for number, fields in enumerate(
                csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=2
            ):
                found.append(Row(f"{name}.tsv, line {number}", {**fields, "mark": fields.get("mark") or ""}))
    return found


def predicate_files() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.tsv") if path.stem not in OTHER)


@cache
def known_places() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds: dict[str, str] = {}
    for line in (FOLDER / "places.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, _, names = line.partition(": ")
            kinds.update(dict.fromkeys(names.split(", "), kind))
    names = sorted(kinds, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, names))})\b"), kinds


def places_of(text: str) -> tuple[Place, ...]:
    pattern, kinds = known_places()
    return tuple(
        Place(m.start(), m.end(), m.group(), name=m.group(), kind=kinds[m.group()])  # type: ignore[arg-type]
        for m in pattern.finditer(text)
    )


def read_all(texts: Iterable[str], parser: Parser) -> list[Read]:
    """Claims of each text, read as one sentence of its own document."""
    parsed = parser.parse([Sentence(0, len(text), text, "body", 0) for text in texts])
    table = load_actors()
    found = []
    for one in parsed:
        text = one.sentence.text
        places = places_of(text)
        actors = find_actors([one], table=table, places=places)
        claims = assemble(
            Document(id=text, sha256="", text=text),
            [one],
            places=places,
            actors=actors,
            attributions=find_attributions([one], actors=actors),
        )
        found.append(Read(one, claims))
    return found


def told(claims: Iterable[Claim]) -> str:
    return "; ".join(f"{one.type} {one.polarity} {one.modality} ({one.why})" for one in claims) or "nothing"


def fires(row: Row, read: Read) -> bool:
    """Whether a claim of the row's type is triggered by the row's predicate."""
    lemma, pos, type_ = (row.fields[name] for name in ("lemma", "pos", "type"))
    lexicon = load_lexicon()
    words = lemma.replace("-", " - ").split()
    adverb = words[0] in {"forcibly", "ethnically", "sexually"}
    head = words[0] if pos == "verb" and " " in lemma and not adverb else words[-1]
    for claim in read.claims:
        if claim.type != type_:
            continue
        start, end = claim.trigger
        for token in read.parsed.doc:
            if start <= token.idx < end:
                low = token.lower_
                if head in {low, token.lemma_.lower(), lexicon.lemmas.get(low), lexicon.forms.get(low)}:
                    return True
    return False


def report(failures: list[str], surprises: list[str]) -> str:
    lines = [*failures, *(f"{one}: marked xfail, but it passes: drop the mark" for one in surprises)]
    return f"{len(lines)} rows:\n" + "\n".join(lines)


def judge(found: list[Row], reads: list[Read], right: object) -> tuple[list[str], list[str]]:
    """Rows that fail without a mark, and rows that pass with one."""
    failures, surprises = [], []
    for row, read in zip(found, reads, strict=True):
        passed = right(row, read)  # type: ignore[operator]
        if passed and row.known_to_fail:
            surprises.append(row.where)
        elif not passed and not row.known_to_fail:
            wanted = " ".join(
                row.fields.get(name, "") for name in ("lemma", "pos", "type", "polarity", "modality")
            )
            failures.append(f"{row.where}: {row.fields['sentence']!r} {wanted}: {told(read.claims)}")
    return failures, surprises


def test_every_predicate_fires_in_its_sentence(parser: Parser) -> None:
    found = rows(*predicate_files())
    failures, surprises = judge(found, read_all([row.fields["sentence"] for row in found], parser), fires)
    assert not failures and not surprises, report(failures, surprises)


def in_examples(lemma: str, sense: Sense, lexicon: Lexicon) -> bool:
    """Whether a sense's own example sentences hold the predicate, by its first and last words."""
    words = {word for example in sense.examples for word in re.findall(r"[a-z]+", example.lower())}
    stems = words | {lexicon.forms.get(word, word.removesuffix("s")) for word in words}
    return set(re.findall(r"[a-z]+", lemma)) <= stems


def test_every_predicate_has_a_sentence() -> None:
    lexicon = load_lexicon()
    listed = {
        (lemma, sense.pos)
        for sense in lexicon.senses
        for lemma in sense.lemmas
        if sense.type != NO_CLAIM and not in_examples(lemma, sense, lexicon)
    }
    shown = {(row.fields["lemma"], row.fields["pos"]) for row in rows(*predicate_files())}
    known = {(lemma, sense.pos) for sense in lexicon.senses for lemma in sense.lemmas}
    assert len(shown & known) >= LEAST_PREDICATES
    assert len(listed - shown) <= MOST_WITHOUT, f"without a sentence: {sorted(listed - shown)}"
    assert not shown - known, f"not in the lexicon: {sorted(shown - known)}"


def silent(row: Row, read: Read) -> bool:
    """Whether a sentence gives no claim, or none of the types that the row names."""
    types = {claim.type for claim in read.claims}
    wanted = row.fields["type"]
    return not types if wanted == "*" else not types & set(wanted.split())


def test_other_senses_give_no_claim(parser: Parser) -> None:
    found = rows("negatives")
    assert len(found) >= 150
    failures, surprises = judge(found, read_all([row.fields["sentence"] for row in found], parser), silent)
    assert not failures and not surprises, report(failures, surprises)


def stands(row: Row, read: Read) -> bool:
    """Whether a claim of the row's type has its polarity and modality, and none of that type has others."""
    own = [claim for claim in read.claims if claim.type == row.fields["type"]]
    wanted = (row.fields["polarity"], row.fields["modality"])
    return bool(own) and all((claim.polarity, claim.modality) == wanted for claim in own)


def test_happenings_stand_as_told(parser: Parser) -> None:
    found = rows("standing")
    assert len(found) >= 150
    failures, surprises = judge(found, read_all([row.fields["sentence"] for row in found], parser), stands)
    assert not failures and not surprises, report(failures, surprises)


@pytest.mark.parametrize("name", [*predicate_files(), *OTHER])
def test_tables_are_well_formed(name: str) -> None:
    seen: set[tuple[str, ...]] = set()
    for row in rows(name):
        assert None not in row.fields and all(value is not None for value in row.fields.values()), row.where
        key = tuple(row.fields.get(field, "") for field in ("lemma", "pos", "type", "sentence"))
        assert key not in seen, f"{row.where} stands twice"
        assert row.fields["mark"] == "" or re.fullmatch(r"xfail: [a-z][a-z ,'-]+", row.fields["mark"]), (
            row.where
        )
        seen.add(key)
