"""Who does what to whom: the arguments of a predicate, from the dependency parse.

Covers active and passive clauses, agentless headline passives, participles, relative clauses, control
and raising, coordination with shared arguments, and nouns with their complements and light verbs.
The relations are those of the ClearNLP scheme that spaCy's English models use.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from svidok.atlas.lexicon import Lexicon
from svidok.claims.tree import Tree

__all__ = ["Frame", "noun_frame", "subjects_of", "verb_frame"]

SUBJECT = ("nsubj", "nsubjpass", "csubj", "csubjpass")
RELATIVE = frozenset({"who", "which", "that", "whom"})
OBJECT_CONTROL_EXCEPT = frozenset({"promise", "threaten", "vow", "refuse", "use"})
DEPTH = 12


@dataclass(slots=True)
class Frame:
    """A predicate with its arguments, as tokens.

    ``subjects`` act and ``objects`` suffer, whatever the voice; ``preps`` pairs each preposition with
    its noun; ``particles`` are the words that may complete the predicate ("up", "fire"); ``anchors``
    the verbs and nouns that carry this happening (what hangs on them belongs to it); ``light`` is the
    verb that lends a noun its subject; ``bare`` an infinitive or gerund that nobody in reach performs;
    ``shared`` tells that the objects are those of the next coordinated verb and may not be its own.
    """

    trigger: int
    pos: str
    subjects: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    preps: list[tuple[str, int]] = field(default_factory=list)
    particles: dict[str, int] = field(default_factory=dict)
    passive: bool = False
    anchors: list[int] = field(default_factory=list)
    bare: bool = False
    shared: bool = False
    light: int | None = None
    light_kind: str | None = None


def verb_frame(tree: Tree, verb: int) -> Frame:
    """The arguments of a verb (finite, participle or infinitive)."""
    frame = Frame(verb, "verb", anchors=[verb], passive=is_passive(tree, verb))
    _raised(tree, verb, frame)
    surface = subjects_of(tree, verb)
    agents: list[int] = []
    for kid in tree.kids[verb]:
        dep = tree.dep[kid]
        if dep in {"dobj", "dative"} and (tree.is_nominal(kid) or tree.tag[kid][0] == "J"):
            frame.objects.extend(tree.members(_antecedent(tree, kid, verb)))
            frame.particles.setdefault(tree.low[kid], kid)
            frame.particles.setdefault(tree.lemma[kid], kid)  # "gave their lives"
        elif dep == "agent":
            agents.extend(one for pobj in tree.of(kid, "pobj") for one in tree.members(pobj))
        elif dep in {"prep", "dative"}:
            _add_prep(tree, frame, kid, verb)
        elif (
            dep in {"prt", "advmod", "oprd", "acomp"}
            or (dep == "npadvmod" and tree.low[kid] in {"prisoner", "hostage"})
            or dep == "attr"
        ):
            frame.particles.setdefault(tree.low[kid], kid)
            if tree.tag[kid] == "IN" and dep in {"oprd", "acomp"}:  # "was kept in a cellar"
                _add_prep(tree, frame, kid, verb)
            if dep == "prt":  # "fended off pirates", where the parser takes "off" for a preposition
                frame.objects.extend(one for pobj in tree.of(kid, "pobj") for one in tree.members(pobj))
            if dep in {"prt", "advmod"}:  # "driven back from the town": the preposition hangs on "back"
                for prep in tree.of(kid, "prep"):
                    _add_prep(tree, frame, prep, verb)
    if frame.passive:
        frame.objects = [*surface, *frame.objects] or _ranged(tree, frame)
        frame.subjects = agents
    else:
        frame.subjects = surface
        frame.bare = not surface and tree.tag[verb] in {"VB", "VBG"}
        if not frame.objects:  # "killed between 200 and 300 people"
            frame.objects = _ranged(tree, frame)
        if not frame.objects:
            frame.objects = _gap(tree, verb)
        if not frame.objects and (shared := _shared_object(tree, verb)):
            frame.objects, frame.shared = shared, True
    return frame


def _ranged(tree: Tree, frame: Frame) -> list[int]:
    """The nouns that a range of numbers counts: "between 900 and 1,400 prisoners have been taken"."""
    ends = [one for name, one in frame.preps if name == "between"]
    ranged = any(tree.tag[one] == "CD" for one in ends)
    return [one for one in ends if tree.tag[one] != "CD" and (ranged or tree.of(one, "nummod"))]


def _is_fronted(tree: Tree, prep: int, verb: int) -> bool:
    """Whether a preposition opens the clause before its subject, and is no "on whom they called"."""
    asked = any(tree.tag[kid][0] == "W" for kid in tree.of(prep, "pobj", "pcomp"))
    return not asked and any(prep < one < verb for one in tree.of(verb, "nsubj", "nsubjpass"))


def _add_prep(tree: Tree, frame: Frame, prep: int, verb: int) -> None:
    name = tree.low[prep]
    if not _is_fronted(tree, prep, verb):  # "on Monday he called him" calls on nobody
        frame.particles.setdefault(name, prep)
    for kid in tree.kids[prep]:
        dep = tree.dep[kid]
        if dep in {"pobj", "pcomp"}:
            frame.particles.setdefault(tree.low[kid], kid)  # "put to death", "taken into custody"
            for one in tree.members(_antecedent(tree, kid, verb)):
                frame.preps.append((name, one))
        elif dep == "prep":
            frame.particles.setdefault(tree.low[kid], kid)
            for pobj in tree.of(kid, "pobj"):
                frame.particles.setdefault(tree.low[pobj], pobj)  # "put out of action"
                for one in tree.members(pobj):
                    frame.preps.append((tree.low[kid], one))


def is_passive(tree: Tree, verb: int, depth: int = 0) -> bool:
    """Whether the surface subject of a verb is what suffers."""
    dep, tag = tree.dep[verb], tree.tag[verb]
    kinds = {tree.dep[kid] for kid in tree.kids[verb]}
    if "nsubjpass" in kinds or "auxpass" in kinds or "agent" in kinds:
        return True
    if tag != "VBN" or "dobj" in kinds:
        return False
    if any(tree.low[kid] in {"have", "has", "had", "having", "'ve", "'d"} for kid in tree.of(verb, "aux")):
        return False
    if dep in {"acl", "amod"} or (dep in {"advcl", "oprd", "ccomp"} and "nsubj" not in kinds):
        return True
    if dep == "acomp" and tree.lemma[tree.head[verb]] == "be":  # "were exiled", parsed as an adjective
        return True
    if dep == "conj" and depth < DEPTH and "nsubj" not in kinds:
        return is_passive(tree, tree.head[verb], depth + 1) or tree.dep[tree.head[verb]] == "acl"
    return False


def subjects_of(tree: Tree, verb: int, depth: int = 0) -> list[int]:
    """Surface subjects of a verb, its own or those that it shares or is controlled by."""
    if depth > DEPTH:
        return []
    own = [kid for kid in tree.kids[verb] if tree.dep[kid] in SUBJECT]
    if not own:  # the parser sometimes hangs the subject on the auxiliary
        own = [kid for aux in tree.of(verb, "aux", "auxpass") for kid in tree.of(aux, *SUBJECT)]
    if own:
        return [
            one
            for kid in own
            for one in tree.members(_antecedent(tree, kid, verb))
            if tree.low[one] != "there"
        ]
    dep, above = tree.dep[verb], tree.head[verb]
    if above == verb:
        return []
    if dep == "conj" or (dep == "dep" and tree.tag[verb] in {"VBD", "VBZ", "VBP"}):
        return (
            subjects_of(tree, above, depth + 1)
            if tree.pos(above) == "verb" or tree.tag[above] == "MD"
            else []
        )
    if dep == "acomp" and tree.tag[verb] == "VBN":
        return subjects_of(tree, above, depth + 1)
    if dep in {"xcomp", "ccomp", "oprd"}:
        return _controller(tree, above, depth)
    if dep == "advcl":
        return subjects_of(tree, above, depth + 1)
    if dep == "pcomp":
        return _of_gerund(tree, verb, depth)
    if dep in {"acl", "amod", "relcl"}:
        if dep == "acl" and tree.tag[verb] == "VB":
            return _holder(tree, above, depth)
        return tree.members(above) if dep != "relcl" else [above]
    return []


def _controller(tree: Tree, above: int, depth: int) -> list[int]:
    """The subject of an infinitive: the governor's object if it has one, else the governor's subject."""
    if tree.pos(above) == "adj":
        inner = tree.head[above]
        if inner != above and tree.dep[above] in {"acomp", "oprd", "attr", "ccomp"}:
            return subjects_of(tree, inner, depth + 1)
        return subjects_of(tree, above, depth + 1)
    objects = [
        kid for kid in tree.kids[above] if tree.dep[kid] in {"dobj", "dative"} and tree.is_nominal(kid)
    ]
    if not objects and tree.lemma[above] in {"call", "appeal"}:  # "called on the rebels to withdraw"
        for prep in tree.of(above, "prep"):
            if tree.low[prep] in {"on", "upon", "to"}:
                objects = tree.of(prep, "pobj")
    if objects and tree.lemma[above] not in OBJECT_CONTROL_EXCEPT:
        return tree.members(objects[-1])
    return subjects_of(tree, above, depth + 1)


def _of_gerund(tree: Tree, verb: int, depth: int) -> list[int]:
    prep = tree.head[verb]
    above = tree.head[prep]
    if tree.pos(above) != "verb":
        return _holder(tree, above, depth)
    if tree.low[prep] in {"from", "of", "for"}:
        objects = tree.of(above, "dobj")
        if objects:
            return tree.members(objects[-1])
    return subjects_of(tree, above, depth + 1)


def _holder(tree: Tree, noun: int, depth: int) -> list[int]:
    """Whose attempt, plan or order it is."""
    for kid in tree.kids[noun]:
        if tree.dep[kid] == "poss":
            return [kid]
    for kid in tree.kids[noun]:
        if tree.dep[kid] == "prep" and tree.low[kid] in {"by", "of", "for"}:
            inner = tree.of(kid, "pobj")
            if inner:
                return tree.members(inner[0])
    above = tree.head[noun]
    if tree.dep[noun] in {"dobj", "attr"} and tree.pos(above) == "verb":
        return subjects_of(tree, above, depth + 1)
    return []


def _antecedent(tree: Tree, kid: int, verb: int) -> int:
    """For a relative pronoun, the noun it stands for."""
    if tree.low[kid] not in RELATIVE:
        return kid
    one = verb
    for _ in range(DEPTH):
        if tree.dep[one] == "relcl":
            return int(tree.head[one])
        if tree.dep[one] not in {"conj", "xcomp", "ccomp", "advcl"} or tree.head[one] == one:
            return kid
        one = tree.head[one]
    return kid


def _gap(tree: Tree, verb: int) -> list[int]:
    """The noun that a relative clause without an object stands on ("the town they took")."""
    if tree.dep[verb] != "relcl":
        return []
    own = [kid for kid in tree.kids[verb] if tree.dep[kid] in SUBJECT]
    if not own or any(tree.low[kid] in RELATIVE for kid in own):
        return []
    if any(tree.low[kid] in {"where", "when", "why"} for kid in tree.kids[verb]):
        return []
    if any(tree.low[one] in RELATIVE for prep in tree.of(verb, "prep") for one in tree.of(prep, "pobj")):
        return []  # "a siege in which a block of flats collapsed"
    if any(tree.dep[kid] in {"xcomp", "ccomp"} for kid in tree.kids[verb]):
        return []
    return [tree.head[verb]]


def _shared_object(tree: Tree, verb: int) -> list[int]:
    """The object of a later coordinated verb: "shelled and captured the town"."""
    for kid in tree.kids[verb]:
        if tree.dep[kid] == "conj" and tree.pos(kid) == "verb" and kid - verb <= 3:
            if any(tree.dep[one] in SUBJECT for one in tree.kids[kid]):
                return []
            return [one for obj in tree.of(kid, "dobj") for one in tree.members(obj)]
    return []


ACTING = frozenset({"by", "from"})
SUFFERING = frozenset({"on", "against", "into", "upon", "at", "targeting", "with", "to", "for"})


def noun_frame(tree: Tree, noun: int, lexicon: Lexicon) -> Frame:
    """The arguments of an event noun, from its modifiers and the verb that it hangs on."""
    frame = Frame(noun, "noun", anchors=[noun])
    for kid in tree.kids[noun]:
        dep = tree.dep[kid]
        if dep == "poss" or (
            dep in {"compound", "nmod", "amod"} and tree.tag[kid] in {"NN", "NNS", "NNP", "NNPS", "JJ"}
        ):
            if tree.tag[kid] != "JJ" or tree.word(kid)[:1].isupper():
                frame.subjects.append(kid)
        elif dep == "prep":
            name = tree.low[kid]
            frame.particles.setdefault(name, kid)
            for pobj in tree.of(kid, "pobj"):
                for one in tree.members(pobj):
                    frame.preps.append((name, one))
                    if name in ACTING:
                        frame.subjects.append(one)
                    elif name in SUFFERING or name == "of":
                        frame.objects.append(one)
                    elif name in {"between", "among"}:
                        frame.subjects.append(one)
        elif dep == "acl" and tree.tag[kid] == "VBN":
            carried = lexicon.light(tree.lemma[kid], _particles(tree, kid))
            if carried is not None and carried.kind in {"act", "suffer"}:
                inner = verb_frame(tree, kid)
                frame.subjects.extend(inner.subjects)
                frame.preps.extend(inner.preps)
                frame.anchors.append(kid)
    _lend(tree, noun, frame, lexicon)
    return frame


def _particles(tree: Tree, verb: int) -> set[str]:
    return {
        tree.low[kid]
        for kid in tree.kids[verb]
        if tree.dep[kid] in {"prt", "prep", "advmod", "npadvmod", "dobj"}
    }


def _lend(tree: Tree, noun: int, frame: Frame, lexicon: Lexicon) -> None:
    """Add what the governing light verb brings: its subject, its complements, its anchor."""
    one = noun
    while tree.dep[one] == "conj" and tree.pos(tree.head[one]) == "noun":
        one = tree.head[one]
    prep = tree.head[one]
    if (
        tree.dep[one] == "pobj"
        and tree.low[prep] == "of"
        and tree.low[tree.head[prep]] in lexicon.words["counters"]
    ):
        one = tree.head[prep]  # "a series of battles took place"
    dep, above = tree.dep[one], tree.head[one]
    if above == one:
        return
    if tree.lemma[above] == "be" and not tree.of(above, "expl"):
        return
    if (
        dep == "pobj"
        and tree.pos(tree.head[above]) == "verb"
        and tree.low[above] in {"under", "in", "to", "with", "out"}
    ):
        prep, above = above, tree.head[above]
        light = lexicon.light(tree.lemma[above], _particles(tree, above))
        if (
            light is None
            or light.kind not in {"act", "suffer"}
            or not _fits(light.particle, tree.low[prep], light.lemma)
        ):
            return
    elif dep in {"dobj", "nsubjpass", "nsubj", "attr"} and tree.pos(above) in {"verb", "adj"}:
        light = lexicon.light(tree.lemma[above], _particles(tree, above))
        if light is None:
            return
        if dep in {"nsubj"} and light.kind in {"act", "suffer"} and not is_passive(tree, above):
            pass
    else:
        return
    frame.light, frame.light_kind = above, light.kind
    if dep == "nsubj" and light.kind in {"act", "suffer", "occur"}:
        frame.light_kind = "occur"
    governor = verb_frame(tree, above)
    frame.anchors.append(above)
    for kid in tree.kids[above]:
        if tree.dep[kid] in {"xcomp", "aux"} and tree.pos(kid) == "verb":
            continue
    _raised(tree, above, frame)
    if dep in {"dobj", "nsubjpass", "pobj"}:
        people = [s for s in governor.subjects if s != noun]
        if light.kind in {"act", "end"}:
            frame.subjects.extend(people)
        elif light.kind == "suffer":
            frame.objects.extend(people)
    frame.preps.extend(pair for pair in governor.preps if pair[1] != noun)
    for name, one in governor.preps:
        if name in {"against", "on", "upon"} and one != noun:
            frame.objects.append(one)


def _fits(particle: str | None, prep: str, lemma: str) -> bool:
    return particle == prep or (particle is None and lemma in {"subject", "engage", "participate", "come"})


def _raised(tree: Tree, verb: int, frame: Frame) -> None:
    """The verbs above an infinitive that only add aspect also anchor the happening."""
    one = verb
    while tree.dep[one] in {"xcomp", "acomp"} and tree.head[one] != one and len(frame.anchors) < 6:
        one = tree.head[one]
        if one not in frame.anchors:
            frame.anchors.append(one)
