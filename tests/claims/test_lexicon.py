"""The lexicon's schema, and every example through the real parser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from svidok.atlas.lexicon import NO_CLAIM, Lexicon, load_lexicon
from svidok.atlas.ontology import load_ontology
from svidok.claims.assemble import assemble
from svidok.claims.parse import Parser
from svidok.errors import BadData
from svidok.records import Claim, Document, Place, Sentence

TOWNS = re.compile(
    r"\b(Sirte|Hodeidah|Srebrenica|Kidal|Gao|Garissa|Aleppo|Marka|Lyman|Kharkiv|Caracas|Debaltseve|Mosul|Basra|"
    r"Gofgadud|Hostomel|Kyiv|Afghanistan|Leningrad|Baghdad|Bambari|Kherson|Mariupol|Bakhmut|Kuwait|Tobruk|Saigon|Warsaw|Misrata|France)\b"
)


def towns(text: str) -> tuple[Place, ...]:
    """The toponyms of the examples that lean on being known as places."""
    return tuple(
        Place(
            m.start(),
            m.end(),
            m.group(),
            name=m.group(),
            kind="country" if m.group() in {"Kuwait", "France", "Afghanistan"} else "settlement",
        )
        for m in TOWNS.finditer(text)
    )


def read_all(texts: list[str], parser: Parser) -> list[tuple[Claim, ...]]:
    sentences = [Sentence(0, len(text), text, "body", 0) for text in texts]
    parsed = parser.parse(sentences)
    return [
        assemble(Document(id=text, sha256="", text=text), [one], places=towns(text))
        for text, one in zip(texts, parsed, strict=True)
    ]


def test_every_example_gives_its_type(parser: Parser) -> None:
    lexicon = load_lexicon()
    pairs = [(sense, example) for sense in lexicon.senses for example in sense.examples]
    readings = read_all([example for _, example in pairs], parser)
    wrong = []
    for (sense, example), claims in zip(pairs, readings, strict=True):
        if sense.type == NO_CLAIM:
            if claims:
                wrong.append(
                    f"{sense.id} {sense.lemmas[0]}: {example!r} should give nothing, gave {claims[0].why}"
                )
        elif sense.type not in {claim.type for claim in claims}:
            found = ", ".join(f"{claim.type} ({claim.why})" for claim in claims) or "nothing"
            wrong.append(f"{sense.id} {sense.lemmas[0]}: {example!r} should give {sense.type}, gave {found}")
    assert not wrong, "\n".join(wrong)


def test_every_sense_has_an_example() -> None:
    lacking = [f"{sense.id} {sense.lemmas}" for sense in load_lexicon().senses if not sense.examples]
    assert not lacking, "\n".join(lacking)


def test_every_code_but_none_has_a_sense() -> None:
    typed = {sense.type for sense in load_lexicon().senses} | {
        t for s in load_lexicon().senses for t in s.also
    }
    assert {*load_ontology(), NO_CLAIM} == typed


BAD = [
    ('[[sense]]\nlemmas = ["x"]\ntype = "batle"', "batle"),
    ('[[sense]]\nlemmas = "x"\ntype = "battle"', "lemmas"),
    ('[[sense]]\nlemmas = ["x"]\ntype = "battle"\nobjects = ["place"]', "objects"),
    ('[[sense]]\nlemmas = ["x"]\ntype = "battle"\nobject = ["plaice"]', "plaice"),
    ('[[sense]]\nlemmas = ["x"]\ntype = "battle"\nacled = "Fight"', "Fight"),
    ('[[light]]\nlemmas = ["x"]\nkind = "heavy"', "heavy"),
    ('[[embedding]]\nlemmas = ["x"]\neffect = "maybe"', "maybe"),
    ("[[sense]\n", "TOML"),
]


@pytest.mark.parametrize(("text", "named"), BAD)
def test_a_broken_entry_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "bad.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadData, match=named) as caught:
        load_lexicon(tmp_path, ontology=load_ontology())
    assert "bad.toml" in str(caught.value)


def test_lookup_gives_companions() -> None:
    lexicon: Lexicon = load_lexicon()
    assert "up" in {companion for companion, _ in lexicon.of("blow", "verb")}
    assert "<car" in {companion for companion, _ in lexicon.of("bomb", "noun")}
