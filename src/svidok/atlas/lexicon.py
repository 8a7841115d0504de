"""Which words tell of which happening: predicate senses, noun kinds, light and embedding verbs.

The knowledge is in ``data/lexicon/*.toml`` (see the README there); this module reads it, checks it
against its schema, and answers look-ups by lemma.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from svidok.atlas.ontology import Ontology, load_ontology
from svidok.errors import BadData

__all__ = ["NO_CLAIM", "PARTS_OF_SPEECH", "Embedding", "Lexicon", "Light", "Sense", "load_lexicon"]

FOLDER = Path(__file__).parent / "data" / "lexicon"
PARTS_OF_SPEECH = ("verb", "noun", "adj", "caption")  # "caption": a noun that tells only where no verb does
ROLES = ("actor", "target", "place", "instrument", "none")
LIGHT_KINDS = ("act", "suffer", "occur", "end")
EFFECTS = (
    "aspect", "attempt", "negated", "planned", "possible", "requested",
    "announced", "reported", "denied", "dropped", "excluded", "discouraged", "shelved",
)  # fmt: skip
MODALITIES = ("asserted", "reported", "announced", "planned", "possible", "requested", "denied")
MODALS = ("planned", "possible", "requested", "would", "could", "can")
Kinds = frozenset[str]


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of one or more predicates, and what its arguments must be.

    ``subject``, ``object`` and ``prep`` hold the kinds an argument must have (None: any, or none at
    all; the kind ``none`` allows the argument to be absent); ``roles`` says which argument plays which
    role where the usual ones (subject acts, object suffers) do not hold; ``near`` lists words of which
    one must stand in the sentence; ``content`` whether a clause or a quotation must hang on the verb.
    """

    id: str
    lemmas: tuple[str, ...]
    pos: str
    type: str
    subject: Kinds | None = None
    object: Kinds | None = None
    not_subject: Kinds = frozenset()
    not_object: Kinds = frozenset()
    prep: Mapping[str, Kinds] = field(default_factory=dict)
    instrument: Kinds | None = None
    near: Kinds = frozenset()
    content: bool | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    acled: str | None = None
    plover: str | None = None
    polarity: str | None = None
    modality: str | None = None
    fate: str | None = None
    prior: float = 0.0
    bare: bool = False
    agent: bool = False
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Light:
    """A verb that lends an event noun its subject ("launch an attack"), or tells that it occurred."""

    lemma: str
    particle: str | None
    kind: str
    polarity: str | None = None
    modality: str | None = None


@dataclass(frozen=True, slots=True)
class Embedding:
    """A word that changes the standing of what it governs ("failed to", "plans to", "threat of")."""

    lemma: str
    pos: str
    effect: str


class Lexicon:
    """All predicate senses and word kinds, looked up by lemma."""

    def __init__(
        self,
        senses: Sequence[Sense],
        *,
        kinds: Mapping[str, Kinds],
        parents: Mapping[str, Kinds],
        lights: Sequence[Light],
        embeddings: Sequence[Embedding],
        words: Mapping[str, frozenset[str]],
        modals: Mapping[str, str],
        lemmas: Mapping[str, str],
    ) -> None:
        self.senses = tuple(senses)
        self.kinds = kinds
        self.parents = parents
        self.words = words
        self.modals = modals
        self.lemmas = lemmas
        index: dict[tuple[str, str], list[tuple[str | None, Sense]]] = defaultdict(list)
        for sense in senses:
            for entry in sense.lemmas:
                lemma, companion = _split(entry, sense.pos)
                index[lemma, sense.pos].append((companion, sense))
        self._senses = {key: tuple(value) for key, value in index.items()}
        light: dict[str, list[Light]] = defaultdict(list)
        for one in lights:
            light[one.lemma].append(one)
        self._lights = {key: tuple(value) for key, value in light.items()}
        self._embeddings = {(one.lemma, one.pos): one for one in embeddings}
        self.verbs = frozenset(lemma for lemma, pos in (*self._senses, *self._embeddings) if pos == "verb")
        self.verbs |= self._lights.keys()
        self.forms = {form: verb for verb in sorted(self.verbs) for form in _inflected(verb)}
        self.trigger_lemmas = frozenset(lemma for lemma, _ in self._senses)

    def of(self, lemma: str, pos: str) -> tuple[tuple[str | None, Sense], ...]:
        """Senses of a lemma, each with its companion: the particle of a verb ("up"), the words right
        before the head ("<car" of "car bomb"), or None."""
        return self._senses.get((lemma, pos), ())

    def light(self, lemma: str, particles: Iterable[str]) -> Light | None:
        """The light verb of this lemma, the one with a particle that is present before the bare one."""
        bare = None
        for one in self._lights.get(lemma, ()):
            if one.particle is None:
                bare = bare or one
            elif one.particle in particles:
                return one
        return bare

    def embedding(self, lemma: str, pos: str) -> Embedding | None:
        """What this word does to its complement, if anything."""
        return self._embeddings.get((lemma, pos))

    def kinds_of(self, lemma: str) -> Kinds:
        """The kinds of a common noun, with all that they fall under; empty when unknown."""
        return self.kinds.get(lemma, frozenset())

    def closure(self, kinds: Iterable[str]) -> Kinds:
        """Kinds with everything that they fall under."""
        return frozenset().union(*(self.parents.get(kind, frozenset({kind})) for kind in kinds))


def _inflected(verb: str) -> Iterator[str]:
    """The regular forms of a verb, for words whose lemma the lemmatiser gets wrong ("raged": "rag")."""
    yield f"{verb}es" if verb[-1] in "sxz" or verb[-2:] in {"ch", "sh"} else f"{verb}s"
    if verb.endswith("e"):
        stems = [verb[:-1]]
    elif verb.endswith("y") and verb[-2:-1] not in {*"aeou"}:
        yield f"{verb[:-1]}ies"
        yield f"{verb[:-1]}ied"
        yield f"{verb}ing"
        return
    else:
        stems = [verb, verb + verb[-1]] if verb[-1] not in "aeiouwxy" else [verb]
    for stem in stems:
        yield f"{stem}ed"
        yield f"{stem}ing"


def _split(entry: str, pos: str) -> tuple[str, str | None]:
    """Head and companion of a listed predicate: ("blow", "up"), ("bomb", "<car"), ("attack", "<counter -").

    A companion that stands before the head is marked with "<". The parser cuts words at hyphens.
    """
    if pos == "verb" and (" " in entry or "-" not in entry):
        head, _, companion = entry.partition(" ")
        if companion and len(head) > 6 and head.endswith("ly"):  # "forcibly transfer"
            head, companion = companion, head
        return head, companion or None
    *before, head = entry.replace("-", " - ").split()
    return head, f"<{' '.join(before)}" if before else None


def load_lexicon(folder: Path | None = None, *, ontology: Ontology | None = None) -> Lexicon:
    """Read the lexicon.

    Args:
        folder: TOML files of the form that ``data/lexicon/README.md`` tells; None for the package's own.
        ontology: the event codes that senses may have; None for the package's own.

    Returns:
        The lexicon, senses in the order of file names and of entries within a file.

    Raises:
        BadData: an entry breaks the schema; the message names file, entry and field.

    >>> [sense.type for _, sense in load_lexicon().of("recapture", "verb")]
    ['capture']
    """
    if folder is None and ontology is None:
        return _packaged()
    return _read(folder or FOLDER, ontology or load_ontology())


@cache
def _packaged() -> Lexicon:
    return _read(FOLDER, load_ontology())


def _read(folder: Path, ontology: Ontology) -> Lexicon:
    raw = {path.stem: _toml(path) for path in sorted(folder.glob("*.toml"))}
    own, parents = _noun_kinds(raw)
    senses: list[Sense] = []
    lights: list[Light] = []
    embeddings: list[Embedding] = []
    words: dict[str, frozenset[str]] = {}
    modals: dict[str, str] = {}
    lemmas: dict[str, str] = {}
    for stem, content in raw.items():
        unknown = set(content) - {"sense", "light", "embedding", "words", "class", "modals", "lemmas"}
        if unknown:
            raise BadData(
                f"unknown table {sorted(unknown)[0]!r}", where=f"{stem}.toml", remedy="see README.md"
            )
        for number, entry in enumerate(content.get("sense", ()), start=1):
            where = f"{stem}.toml, sense {number} {entry.get('lemmas', '')}"
            senses.append(_sense(entry, id=f"{stem}/{number}", where=where, ontology=ontology, kinds=parents))
        for number, entry in enumerate(content.get("light", ()), start=1):
            lights.extend(_lights(entry, where=f"{stem}.toml, light {number}"))
        for number, entry in enumerate(content.get("embedding", ()), start=1):
            embeddings.extend(_embeddings(entry, where=f"{stem}.toml, embedding {number}"))
        for name, listed in content.get("words", {}).items():
            words[name] = frozenset(listed)
        lemmas.update(content.get("lemmas", {}))
        for modal, effect in content.get("modals", {}).items():
            modals[modal] = _one_of(effect, MODALS, f"modals.{modal}", where=f"{stem}.toml")
    return Lexicon(
        senses,
        kinds=own,
        parents=parents,
        lights=lights,
        embeddings=embeddings,
        words=words,
        modals=modals,
        lemmas=lemmas,
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadData(f"not valid TOML: {error}", where=path.name, remedy="mend the line named") from error


def _noun_kinds(raw: Mapping[str, Mapping[str, Any]]) -> tuple[dict[str, Kinds], dict[str, Kinds]]:
    """Kinds by noun and the closure of each kind, from the classes of all files."""
    direct: dict[str, tuple[str, ...]] = {}
    listed: dict[str, set[str]] = defaultdict(set)
    classes = [
        (f"{stem}.toml, class {number}", entry)
        for stem, content in raw.items()
        for number, entry in enumerate(content.get("class", ()), start=1)
    ]
    for where, entry in classes:
        _only(entry, {"kind", "within", "lemmas"}, where=where)
        kind = _text(entry, "kind", where=where)
        direct[kind] = (*direct.get(kind, ()), *entry.get("within", ()))
        for lemma in entry.get("lemmas", ()):
            listed[lemma].add(kind)

    def above(kind: str, seen: tuple[str, ...] = ()) -> Kinds:
        if kind in seen:
            raise BadData(f"the kind {kind!r} falls under itself", where=kind, remedy="mend its `within`")
        return frozenset({kind}).union(*(above(up, (*seen, kind)) for up in direct.get(kind, ())))

    parents = {kind: above(kind) for kind in direct}
    for kind, ups in direct.items():
        for up in ups:
            if up not in direct:
                raise BadData(
                    f"{kind!r} falls under {up!r}, which is no kind", where=kind, remedy="add a class"
                )
    kinds = {lemma: frozenset().union(*(parents[kind] for kind in of)) for lemma, of in listed.items()}
    return kinds, parents


NO_CLAIM = "none"
"""The type of senses that tell of nothing ("took part", "won a prize")."""

SENSE_FIELDS = {
    "lemmas", "pos", "type", "subject", "object", "not_subject", "not_object", "prep", "instrument", "roles",
    "also", "acled", "plover", "polarity", "modality", "fate", "prior", "bare", "agent", "near", "content",
    "examples",
}  # fmt: skip
BUILT_IN_KINDS = {
    "none",
    "any",
    "other",
    "name",
    "pronoun",
    "number",
    "counted",
    "side",
    "operation",
    "event",
    "clause",
}


def _sense(
    entry: Mapping[str, Any], *, id: str, where: str, ontology: Ontology, kinds: Mapping[str, Kinds]
) -> Sense:
    _only(entry, SENSE_FIELDS, where=where)

    def of_kinds(value: Any, name: str) -> Kinds:
        for kind in _strings(value, name, where=where):
            if kind not in kinds and kind not in BUILT_IN_KINDS:
                raise BadData(
                    f"{name}: {kind!r} is no kind", where=where, remedy="see nouns.toml for the kinds"
                )
        return frozenset(value)

    def optional(name: str) -> Kinds | None:
        return of_kinds(entry[name], name) if name in entry else None

    type_ = _one_of(_text(entry, "type", where=where), (*ontology, NO_CLAIM), "type", where=where)
    for other in entry.get("also", ()):
        _one_of(other, tuple(ontology), "also", where=where)
    roles = dict(entry.get("roles", {}))
    for role in roles.values():
        _one_of(role, ROLES, "roles", where=where)
    acled, plover = entry.get("acled"), entry.get("plover")
    if acled is not None:
        _one_of(acled, _names(ontology, "acled"), "acled", where=where)
    if plover is not None:
        _one_of(plover, _names(ontology, "plover"), "plover", where=where)
    if "polarity" in entry:
        _one_of(entry["polarity"], ("affirmed", "negated"), "polarity", where=where)
    if "modality" in entry:
        _one_of(entry["modality"], MODALITIES, "modality", where=where)
    return Sense(
        id=id,
        lemmas=_strings(entry.get("lemmas"), "lemmas", where=where),
        pos=_one_of(entry.get("pos", "verb"), PARTS_OF_SPEECH, "pos", where=where),
        type=type_,
        subject=optional("subject"),
        object=optional("object"),
        not_subject=optional("not_subject") or frozenset(),
        not_object=optional("not_object") or frozenset(),
        prep={name: of_kinds(value, f"prep.{name}") for name, value in entry.get("prep", {}).items()},
        instrument=optional("instrument"),
        near=frozenset(_strings(entry["near"], "near", where=where)) if "near" in entry else frozenset(),
        content=None if "content" not in entry else bool(entry["content"]),
        roles=roles,
        also=tuple(entry.get("also", ())),
        acled=acled,
        plover=plover,
        polarity=entry.get("polarity"),
        modality=entry.get("modality"),
        fate=entry.get("fate"),
        prior=float(entry.get("prior", 0.0)),
        bare=bool(entry.get("bare", False)),
        agent=bool(entry.get("agent", False)),
        examples=tuple(entry.get("examples", ())),
    )


def _names(ontology: Ontology, scheme: str) -> tuple[str, ...]:
    names: set[str] = set()
    for code in ontology:
        names.update(getattr(ontology[code], f"{scheme}_options"))
        if default := getattr(ontology[code], scheme):
            names.add(default)
    return tuple(sorted(names))


def _lights(entry: Mapping[str, Any], *, where: str) -> list[Light]:
    _only(entry, {"lemmas", "kind", "polarity", "modality"}, where=where)
    kind = _one_of(_text(entry, "kind", where=where), LIGHT_KINDS, "kind", where=where)
    found = []
    for listed in _strings(entry.get("lemmas"), "lemmas", where=where):
        lemma, _, particle = listed.partition(" ")
        found.append(Light(lemma, particle or None, kind, entry.get("polarity"), entry.get("modality")))
    return found


def _embeddings(entry: Mapping[str, Any], *, where: str) -> list[Embedding]:
    _only(entry, {"lemmas", "pos", "effect"}, where=where)
    effect = _one_of(_text(entry, "effect", where=where), EFFECTS, "effect", where=where)
    pos = _one_of(entry.get("pos", "verb"), PARTS_OF_SPEECH, "pos", where=where)
    return [Embedding(lemma, pos, effect) for lemma in _strings(entry.get("lemmas"), "lemmas", where=where)]


def _only(entry: Mapping[str, Any], allowed: set[str], *, where: str) -> None:
    for name in entry:
        if name not in allowed:
            raise BadData(
                f"unknown field {name!r}", where=where, remedy=f"use one of {', '.join(sorted(allowed))}"
            )


def _text(entry: Mapping[str, Any], name: str, *, where: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value:
        raise BadData(f"the field {name!r} is missing or no text", where=where, remedy="add it")
    return value


def _strings(value: Any, name: str, *, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one for one in value):
        raise BadData(f"the field {name!r} must be a list of words", where=where, remedy='write ["…", "…"]')
    return tuple(value)


def _one_of(value: str, allowed: Sequence[str], name: str, *, where: str) -> str:
    if value not in allowed:
        raise BadData(
            f"{name}: {value!r} is not known", where=where, remedy=f"use one of {', '.join(allowed)}"
        )
    return value
