"""The whole flow on one screen: documents in, a chronicle out.

Document -> sentences -> places, times -> parse -> actors, quantities, attributions -> claims
Readings -> events -> findings -> ledger
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from svidok.records import Claim, Document, Event, Finding, Place, Reading, Sentence

if TYPE_CHECKING:
    from svidok.atlas.actors import ActorTable
    from svidok.atlas.gazetteer import Gazetteer
    from svidok.atlas.lexicon import Lexicon
    from svidok.atlas.ontology import Ontology
    from svidok.claims.parse import Parsed, Parser
    from svidok.claims.triage import Triage
    from svidok.claims.trust import Trust
    from svidok.ledger import Ledger

__all__ = [
    "BATCH_CHARACTERS",
    "Chronicle",
    "Tools",
    "assemble_chronicle",
    "batches",
    "chronicle",
    "load_tools",
    "read",
    "read_all",
    "triage_of",
]

BATCH_CHARACTERS = 100_000
"""Documents are parsed together up to this many characters: bounded memory, few calls."""

PARSED_LANGUAGES = ("en", None)
"""Claims need an English parse; in other languages places and times are read."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the stages need besides the text; loaded once, shared by every document."""

    parser: Parser
    gazetteer: Gazetteer
    actors: ActorTable
    lexicon: Lexicon
    ontology: Ontology
    near: str | None = None
    trust: Trust | None = None


@dataclass(frozen=True, slots=True)
class Chronicle:
    """All that was made of a batch of documents."""

    readings: tuple[Reading, ...]
    events: tuple[Event, ...]
    findings: tuple[Finding, ...]
    ledger: Ledger


def load_tools(*, model: str | None = None, near: str | None = None) -> Tools:
    """Load the parser, the gazetteer (compiled on first use) and the knowledge files.

    Args:
        model: an installed spaCy model by name; the packaged English one by default.
        near: the theatre of the reports, a country or region name ("Ukraine"), or None.

    Raises:
        MissingPart: the model is not installed.
        AtlasError: the gazetteer or a data file cannot be used.
    """
    from svidok.atlas.actors import load_actors
    from svidok.atlas.gazetteer import open_gazetteer
    from svidok.atlas.lexicon import load_lexicon
    from svidok.atlas.ontology import load_ontology
    from svidok.claims.parse import Parser
    from svidok.claims.trust import load_trust

    return Tools(
        Parser(model), open_gazetteer(), load_actors(), load_lexicon(), load_ontology(), near, load_trust()
    )


def read(document: Document, tools: Tools) -> Reading:
    """Read one document: all that it mentions, attributes and claims."""
    return next(read_all([document], tools))


def read_all(
    documents: Iterable[Document], tools: Tools, *, triage: Triage | None = None
) -> Iterator[Reading]:
    """Read documents in order, parsing the sentences of several at once.

    ``triage``, where only claims are wanted, leaves sentences that cannot hold one unparsed: their actors,
    quantities and attributions are then not found (``triage_of`` makes one).
    """
    for batch in batches(documents):
        yield from _read_batch(batch, tools, triage)


def triage_of(tools: Tools) -> Triage:
    """The triage that fits the lexicon and the parser of these tools."""
    from svidok.claims.triage import Triage

    return Triage(tools.lexicon, irregular=tools.parser.irregular())


def chronicle(documents: Iterable[Document], tools: Tools) -> Chronicle:
    """Read documents and join what they claim into events, findings and ledgers."""
    return assemble_chronicle(tuple(read_all(documents, tools)), tools)


def assemble_chronicle(readings: Sequence[Reading], tools: Tools) -> Chronicle:
    """Join readings into events, findings and ledgers."""
    from svidok import events, ledger

    happenings = events.reconcile(readings)
    findings = events.find_findings(readings, happenings, gazetteer=tools.gazetteer)
    return Chronicle(tuple(readings), happenings, findings, ledger.build(readings, happenings, findings))


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Cut documents into runs of at most ``BATCH_CHARACTERS`` characters, at least one document each."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        if batch and size + len(document.text) > BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += len(document.text)
    if batch:
        yield batch


def _read_batch(
    documents: Sequence[Document], tools: Tools, triage: Triage | None = None
) -> Iterator[Reading]:
    from svidok.archive import segment

    sentences = [segment(document) for document in documents]
    wanted = [
        sentence
        for document, own in zip(documents, sentences, strict=True)
        if document.language in PARSED_LANGUAGES
        for sentence in own
        if triage is None or triage.may_hold(sentence.text)
    ]
    parsed = iter(tools.parser.parse(wanted))
    worth = {id(sentence) for sentence in wanted}
    for document, own in zip(documents, sentences, strict=True):
        here = [
            next(parsed) if id(sentence) in worth else tools.parser.words(sentence)
            for sentence in (own if document.language in PARSED_LANGUAGES else ())
        ]
        yield _read_parsed(document, own, here, tools)


def _read_parsed(
    document: Document, sentences: tuple[Sentence, ...], parsed: Sequence[Parsed], tools: Tools
) -> Reading:
    from svidok.claims.assemble import assemble_signed
    from svidok.claims.attributions import find_attributions
    from svidok.claims.mentions.actors import find_actors
    from svidok.claims.mentions.places import find_places
    from svidok.claims.mentions.quantities import find_quantities
    from svidok.claims.mentions.times import find_times
    from svidok.claims.mentions.voices import voice_of
    from svidok.claims.toponyms import borne_out, overlooked
    from svidok.claims.trust import weigh

    language = document.language or "en"
    places = find_places(
        document.text,
        gazetteer=tools.gazetteer,
        language=language,
        near=tools.near,
        given=document.given_places,
        sentences=sentences,
        published=document.published,
    )
    times = find_times(document.text, published=document.published, language=language)
    side, official = voice_of(document.source, tools.actors, document.published)
    actors = find_actors(
        parsed, table=tools.actors, places=places, day=document.published, side=side, official=official
    )
    quantities = find_quantities(parsed, times=times, places=places)
    attributions = find_attributions(parsed, actors=actors)

    def claims_of(places: Sequence[Place]) -> tuple[tuple[Claim, ...], Mapping[str, frozenset[str]]]:
        return assemble_signed(
            document,
            parsed,
            places=places,
            times=times,
            actors=actors,
            quantities=quantities,
            attributions=attributions,
            lexicon=tools.lexicon,
            ontology=tools.ontology,
        )

    claims, signs = claims_of(places)
    hidden = overlooked(claims, parsed, places=places, actors=actors, times=times)
    if hidden and document.given_places is None:
        shown = find_places(
            document.text,
            gazetteer=tools.gazetteer,
            language=language,
            near=tools.near,
            published=document.published,
            given=[*((place.start, place.end) for place in places if not place.relation), *hidden],
        )
        added = borne_out(shown, hidden, places, tools.gazetteer)
        places = tuple(sorted((*places, *added), key=lambda place: (place.start, place.end)))
        claims, signs = claims_of(places)
    if tools.trust is not None:
        claims = weigh(claims, document.text, sentences, tools.trust, signs)
    return Reading(document, sentences, places, times, actors, quantities, attributions, claims)
