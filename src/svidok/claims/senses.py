"""Which sense of a predicate its arguments call for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from svidok.atlas.lexicon import Lexicon, Sense
from svidok.claims.arguments import Frame, noun_frame, verb_frame
from svidok.claims.kinds import Scope, kinds_of, look_through
from svidok.claims.tree import Tree

__all__ = ["Match", "best_match", "frame_of", "rest_of_losses"]

Kinds = frozenset[str]
WEAK = frozenset({"name", "pronoun"})
COUNTED = frozenset({"other", "counted"})  # an unknown noun with a number: "killed 37 crewmembers"
COMPOUND = 0.8  # how much more a whole compound ("air strike") counts than its head alone
TOWARDS = frozenset({"into", "to", "toward", "towards", "through", "across", "along", "onto"})
CONTENT = ("ccomp", "xcomp", "oprd", "parataxis")
QUOTES = frozenset({'"', "“", "”", "«", "»"})
INSTRUMENT_PREPS = frozenset({"with", "by", "using", "via", "in", "from"})


@dataclass(slots=True)
class Match:
    """A sense that fires on a frame, how well, and the predicate's words."""

    sense: Sense
    score: float
    frame: Frame
    tokens: list[int]
    reasons: list[str]


def frame_of(scope: Scope, i: int, lexicon: Lexicon) -> Frame:
    """The frame of a verb, noun or adjective."""
    tree = scope.tree
    pos = tree.pos(i)
    if pos == "verb":
        return verb_frame(tree, i)
    if pos == "noun":
        return noun_frame(tree, i, lexicon)
    return _adjective_frame(scope, i)


def _adjective_frame(scope: Scope, i: int) -> Frame:
    """A predicative adjective suffers nothing and does nothing: its noun is the object."""
    tree = scope.tree
    frame = Frame(i, "adj", anchors=[i])
    above = tree.head[i]
    if tree.dep[i] in {"acomp", "oprd", "attr", "conj"} and above != i and tree.pos(above) in {"verb", "adj"}:
        governor = verb_frame(tree, above)
        frame.objects = governor.objects if tree.dep[i] == "oprd" and governor.objects else governor.subjects
        frame.subjects = [] if frame.objects is governor.subjects else governor.subjects
        frame.preps = governor.preps
        frame.anchors.append(above)
    elif tree.dep[i] in {"amod", "acl", "relcl"}:
        frame.objects = tree.members(above)
    else:
        frame.objects = [kid for kid in tree.kids[i] if tree.dep[kid] in {"nsubj", "npadvmod"}]
    return frame


def best_match(scope: Scope, i: int, lexicon: Lexicon, *, frame: Frame | None = None) -> Match | None:
    """The best sense of the predicate at a token, or None when no sense fits.

    ``frame`` holds its arguments where they are known already; else they are read off the parse.
    """
    tree = scope.tree
    pos = tree.pos(i)
    if pos is None:
        return None
    entries = lexicon.of(tree.lemma[i], pos)
    if not entries or _only_names(tree, i, pos, lexicon):
        return None
    best: Match | None = None
    for companion, sense in entries:
        if companion is not None and companion[0] == "<":
            tokens = _before(scope, i, companion[1:])
            if tokens is None:
                continue
            frame = frame or frame_of(scope, i, lexicon)
            match = _score(scope, frame, sense, lexicon, extra=tokens)
            if match is not None:
                match.score += COMPOUND
        else:
            frame = frame or frame_of(scope, i, lexicon)
            match = _with_particle(scope, frame, sense, companion, lexicon)
            if match is None and pos == "verb" and not frame.passive and not frame.objects:
                turned = _headline_passive(scope, frame) or _joined_passive(scope.tree, frame)
                if turned is not None and sense.object is not None:
                    match = _with_particle(scope, turned, sense, companion, lexicon)
                    if match is not None:
                        match.score -= 0.4
        if match is not None and (best is None or match.score > best.score + 1e-9):
            best = match
    return best


def rest_of_losses(scope: Scope, match: Match, lexicon: Lexicon) -> Match | None:
    """What befell the things beside the people, or the people beside the things: "lost 40 men and two tanks".

    None when only one sort was lost, or the predicate has no sense for the other.
    """
    frame, objects = match.frame, match.frame.objects
    if len(objects) < 2 or frame.pos != "verb" or match.sense.type not in LOSSES:
        return None
    people = [one for one in objects if _kinds(scope, one, lexicon) & {"people", "losses"}]
    things = [one for one in objects if one not in people and _kinds(scope, one, lexicon) & THINGS]
    others = things if match.sense.type == "casualties" else people
    if not people or not others:
        return None
    rest = best_match(scope, frame.trigger, lexicon, frame=_with_objects(frame, others))
    return rest if rest is not None and rest.sense.type in LOSSES - {match.sense.type} else None


LOSSES = frozenset({"casualties", "destroy"})
THINGS = frozenset({"equipment", "weapon", "vehicle"})


def _only_names(tree: Tree, i: int, pos: str, lexicon: Lexicon) -> bool:
    """Whether a predicate only gives a name, or is a noun that is given one ("they called it the Bastion").

    A name has no indefinite article: "called it a crime" says what one thinks of it.
    """
    if pos == "noun":  # "the clash was called the Battle of X": the name tells it
        named = [one for one in tree.of(tree.head[i], "oprd") if lexicon.of(tree.lemma[one], "noun")]
        suffers = tree.dep[i] in {"dobj", "nsubjpass"} and bool(named)
        return suffers and _only_names(tree, tree.head[i], "verb", lexicon)
    if tree.lemma[i] not in lexicon.words["naming_verbs"]:
        return False
    given = tree.of(i, "oprd") or [kid for one in tree.of(i, "dobj") for kid in tree.of(one, "appos")]
    return any(
        tree.tag[one] in {"NNP", "NNPS"} or (tree.tag[one] == "NNS" and not tree.of(one, "det"))
        for one in given
    )


def _before(scope: Scope, i: int, words: str) -> list[int] | None:
    """Tokens of the words that must stand right before a noun, or None."""
    tree = scope.tree
    wanted = words.split()
    start = i - len(wanted)
    if start < 0:
        return None
    for k, word in enumerate(wanted, start=start):
        if tree.low[k] != word and tree.lemma[k] != word:
            return None
    return list(range(start, i))


def _headline_passive(scope: Scope, frame: Frame) -> Frame | None:
    """Headlines drop the auxiliary: "Five killed in Kharkiv" says that five were killed."""
    tree, verb = scope.tree, frame.trigger
    if tree.tag[verb] not in {"VBN", "VBD"} or not frame.subjects:
        return None
    if any(tree.dep[kid] in {"aux", "ccomp", "xcomp", "dobj"} for kid in tree.kids[verb]):
        return None
    if tree.tag[verb] == "VBD" and any(name in TOWARDS for name, _ in frame.preps):
        return None  # "four columns drove into the town"
    if tree.tag[verb] == "VBD" and not any(
        tree.tag[one] == "CD" or tree.of(one, "nummod") for one in frame.subjects
    ):
        return None
    return Frame(
        verb, "verb", subjects=[], objects=list(frame.subjects), preps=frame.preps, particles=frame.particles,
        passive=True, anchors=frame.anchors,
    )  # fmt: skip


def _joined_passive(tree: Tree, frame: Frame) -> Frame | None:
    """A past tense that goes on a passive may be its participle: "the town was lost and regained"."""
    verb = frame.trigger
    above = tree.head[verb]
    if tree.dep[verb] != "conj" or tree.tag[verb] not in {"VBD", "VBN"} or not tree.of(above, "auxpass"):
        return None
    if tree.of(verb, "nsubj", "nsubjpass", "aux", "auxpass", "dobj", "ccomp", "xcomp"):
        return None
    return Frame(
        verb, "verb", subjects=[], objects=list(frame.subjects), preps=frame.preps, particles=frame.particles,
        passive=True, anchors=frame.anchors,
    )  # fmt: skip


def _with_particle(
    scope: Scope, frame: Frame, sense: Sense, companion: str | None, lexicon: Lexicon
) -> Match | None:
    if companion is None:
        return _score(scope, frame, sense, lexicon)
    tokens = []
    for word in companion.split():
        token = frame.particles.get(word)
        if token is None or (word == "in" and _locates(scope, frame.trigger, token, lexicon)):
            return None
        if scope.tree.dep[token] == "prep" and scope.timed.intersection(scope.tree.of(token, "pobj")):
            return None  # "on 3 May they fired at the port": the day, not the target
        tokens.append(token)
    tree = scope.tree
    if len(tokens) == 1 and tree.dep[tokens[0]] == "pobj" and tree.low[tokens[0]] != "arms":
        return None  # "lost in the icy water" is no loss of water
    turned = frame
    dep = tree.dep[tokens[-1]]
    if dep == "dobj":  # "opened fire on", "laid siege to", "set fire to": the complement suffers
        objects = [one for name, one in frame.preps if name in {"to", "on", "at", "of", "against", "upon"}]
        turned = _with_objects(frame, objects)
    elif dep == "prep" or (dep == "prt" and not frame.objects):
        objects = [one for name, one in frame.preps if name == tree.low[tokens[-1]]]
        if objects and not frame.passive:
            turned = _with_objects(frame, [*frame.objects, *objects])
    match = _score(scope, turned, sense, lexicon, extra=tokens)
    if match is not None:
        match.score += 0.3
    return match


def _locates(scope: Scope, verb: int, token: int, lexicon: Lexicon) -> bool:
    """Whether "in" tells where or when ("fought in May") rather than completes its verb ("handed in")."""
    inner = scope.tree.of(token, "pobj")
    return bool(inner) and (
        token != verb + 1 or bool(kinds_of(scope, inner[0], lexicon) & {"place", "time", "number", "name"})
    )


def _with_objects(frame: Frame, objects: list[int]) -> Frame:
    return Frame(
        frame.trigger, frame.pos, subjects=frame.subjects, objects=objects, preps=frame.preps,
        particles=frame.particles, passive=frame.passive, anchors=frame.anchors, light=frame.light,
        light_kind=frame.light_kind,
    )  # fmt: skip


def _score(
    scope: Scope, frame: Frame, sense: Sense, lexicon: Lexicon, extra: Iterable[int] = ()
) -> Match | None:
    reasons: list[str] = []
    if sense.near and sense.near.isdisjoint(scope.tree.lemma):
        return None
    if sense.content is not None and sense.content != _has_content(scope.tree, frame.trigger):
        return None
    if _left_alone(scope, frame, sense, lexicon):
        return None
    extra = list(extra)
    score = sense.prior + 0.5 * len(extra)
    for name, tokens, wanted, refused, weight in (
        ("subject", frame.subjects, sense.subject, sense.not_subject, 0.6),
        ("object", frame.objects, sense.object, sense.not_object, 1.0),
    ):
        if name == "object" and frame.shared and wanted is not None and "none" in wanted:
            continue  # "people demonstrated and demanded an inquiry"
        gained = _argument(scope, tokens, wanted, refused, lexicon, optional=_optional(name, frame, sense))
        if gained is None:
            return None
        if gained:
            reasons.append(f"{name} {_name(scope, tokens)}")
        score += weight * gained
    for prep, wanted in sense.prep.items():
        tokens = [one for name, one in frame.preps if name == prep]
        gained = _argument(scope, tokens, wanted, frozenset(), lexicon, optional=False)
        if gained is None:
            return None
        score += 0.8 * max(gained, 0.5)
        reasons.append(f"{prep} {_name(scope, tokens)}")
    if sense.instrument is not None:
        found = _instrument(scope, frame, sense.instrument, lexicon)
        if found is None:
            return None
        score += 1.0
        reasons.append(f"instrument {scope.tree.lemma[found]}")
    return Match(sense, score, frame, sorted([frame.trigger, *extra]), reasons)


def _left_alone(scope: Scope, frame: Frame, sense: Sense, lexicon: Lexicon) -> bool:
    """Whether nobody leaves or comes, and nothing that one can leave or come to: "nothing was left of it"."""
    told = sense.type not in GOING or not frame.passive or bool(frame.subjects) or frame.pos != "verb"
    if told or sense.subject is None or sense.object is not None:
        return False
    return not any(_kinds(scope, one, lexicon) & GONE_TO for one in frame.objects)


GOING = frozenset({"withdraw", "displace", "move"})
GONE_TO = frozenset({"place", "infrastructure", "base", "equipment", "force", "name"})


def _has_content(tree: Tree, verb: int) -> bool:
    """Whether a verb governs a clause, what it calls its object, or a quotation stands in its sentence."""
    return bool(tree.of(verb, *CONTENT)) or not QUOTES.isdisjoint(tree.low)


def _optional(name: str, frame: Frame, sense: Sense) -> bool:
    """An agent may be left out of a passive, and either argument of a noun."""
    return name == "subject" and not sense.agent and (frame.passive or frame.bare or frame.pos != "verb")


def _name(scope: Scope, tokens: list[int]) -> str:
    return scope.tree.low[tokens[0]] if tokens else ""


def _argument(
    scope: Scope, tokens: list[int], wanted: Kinds | None, refused: Kinds, lexicon: Lexicon, *, optional: bool
) -> float | None:
    """How well an argument fits: None when it does not, 0 when nothing is asked, 1 at best."""
    kinds = [_kinds(scope, one, lexicon) for one in tokens]
    if wanted is None:
        strong = any(kind & refused for kind in kinds)
        return None if strong else 0.0
    if not tokens:
        return 0.0 if optional or "none" in wanted else None
    if len(wanted) == 1 and "none" in wanted:
        return None
    if "any" in wanted:
        return 0.5
    solid = any((kind & wanted) - WEAK for kind in kinds if "pronoun" not in kind)
    if solid:
        return 1.0
    if any(kind & refused for kind in kinds if "pronoun" not in kind):
        return None
    if "people" in wanted:  # "held it": a thing is nobody
        wanted = wanted - {"pronoun"} if all("people" not in kind for kind in kinds) else wanted
    unknown = "number" in wanted and COUNTED in kinds
    return 0.4 if unknown or any(kind & wanted for kind in kinds) else None


def _kinds(scope: Scope, i: int, lexicon: Lexicon) -> Kinds:
    through = look_through(scope, i, lexicon)
    kinds = kinds_of(scope, through, lexicon)
    if scope.tree.tag[i] == "CD" or scope.tree.of(through, "nummod"):
        kinds = kinds | {"counted"}
    counted = scope.tree.tag[i] == "CD" or scope.tree.low[i] in lexicon.words["crowd_counters"]
    return kinds | {"number", "people"} if through == i and counted else kinds


def _instrument(scope: Scope, frame: Frame, wanted: Kinds, lexicon: Lexicon) -> int | None:
    """What it was done with: "with rockets", "using drones", "drone strike", "by artillery"."""
    tree = scope.tree
    for name, one in frame.preps:
        if name in INSTRUMENT_PREPS and kinds_of(scope, one, lexicon) & wanted:
            return one
    for anchor in frame.anchors:
        for kid in tree.kids[anchor]:
            if tree.dep[kid] == "acl" and tree.tag[kid] == "VBN":  # "an explosion caused by a mine"
                for agent in tree.of(kid, "agent"):
                    for one in tree.of(agent, "pobj"):
                        if kinds_of(scope, one, lexicon) & wanted:
                            return one
            if tree.lemma[kid] in {"use", "employ"} and tree.dep[kid] in {"advcl", "xcomp", "acl"}:
                for obj in tree.of(kid, "dobj"):
                    for one in tree.members(obj):
                        if kinds_of(scope, one, lexicon) & wanted:
                            return one
    for kid in tree.kids[frame.trigger]:
        if tree.dep[kid] in {"compound", "amod", "nmod"} and lexicon.kinds_of(tree.lemma[kid]) & wanted:
            return kid
    for one in frame.subjects if frame.passive else ():
        if kinds_of(scope, one, lexicon) & wanted:
            return one
    return None
