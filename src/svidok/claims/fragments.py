"""Headlines and captions: sentences without a finite verb, where nouns and participles tell the happening.

"Destroyed school in Huliaipole", "Strike on a bridge near Zatoka", "City council damaged", "Rebel tanks in
Palmyra": the parser was trained on whole sentences, so their roles are put right here, by form alone.
"""

from __future__ import annotations

from svidok.atlas.lexicon import Lexicon
from svidok.claims.arguments import Frame
from svidok.claims.kinds import Scope, kinds_of
from svidok.claims.senses import Match
from svidok.claims.tree import Tree

__all__ = ["is_fragment", "mend_fragment", "presence", "sole_place", "state_told"]

LONGEST = 30
PRESENT = frozenset({"force", "equipment"})
MACHINES = frozenset(
    {"armour", "aircraft", "artillery", "ship", "vehicle"}
)  # weapons that forces move about in
ELSE = frozenset({"missile", "ammunition_noun", "civil_vehicle"})  # what is fired, and what is anybody's
WHERE = frozenset(
    {
        "in",
        "at",
        "near",
        "on",
        "outside",
        "around",
        "by",
        "through",
        "within",
        "inside",
        "towards",
        "over",
        "above",
    }
)


def is_fragment(tree: Tree) -> bool:
    """Whether no verb of the sentence has both a subject and a finite form.

    A last verb in the past tense without an object ("Council building damaged") counts as a participle.
    """
    if not 1 < tree.size <= LONGEST:
        return False
    for i in range(tree.size):
        if tree.tag[i] in {"MD", "VBZ", "VBP"} and tree.dep[i] != "amod" and _has_subject(tree, i):
            return False
        clipped = _is_bare(tree, i) and (_unclosed(tree) or _is_clipped(tree, i))
        if tree.tag[i] == "VBD" and _has_subject(tree, i) and not clipped:
            return False
        if tree.dep[i] in {"aux", "auxpass"} and tree.tag[i] in {"MD", "VBZ", "VBP", "VBD"}:
            return False
    return True


def _unclosed(tree: Tree) -> bool:
    """Whether a sentence ends without a full stop, as headlines and captions do."""
    return not tree.text.rstrip().endswith((".", "!", "?", '."', ".)"))


def _is_clipped(tree: Tree, verb: int) -> bool:
    """Whether a short line ends in its only verb, as captions do even with a stop ("Mill destroyed.")."""
    subjects = tree.of(verb, "nsubj", "nsubjpass")
    behind = [i for i in range(verb + 1, tree.size) if tree.low[i].isalnum()]
    named = not any(tree.tag[one] == "PRP" or tree.of(one, "det") for one in subjects)
    return named and not behind and tree.size <= CLIPPED and tree.head[verb] == verb


CLIPPED = 12  # words of a line that may leave out the auxiliary of its verb


def _has_subject(tree: Tree, verb: int) -> bool:
    return bool(tree.of(verb, "nsubj", "nsubjpass", "expl", "csubj"))


def _is_bare(tree: Tree, verb: int) -> bool:
    """Whether nothing but adverbs and prepositions complements a verb."""
    complements = tree.of(verb, "dobj", "ccomp", "xcomp", "attr", "acomp", "oprd", "prt", "dative")
    down = {kid for kid in complements if tree.low[verb] == "shot" and tree.low[kid] == "down"}
    times = {kid for kid in complements if tree.tag[kid] == "CD" and tree.low[kid - 1] == ":"}
    return not set(complements) - down - times


def mend_fragment(tree: Tree, lexicon: Lexicon) -> None:
    """Read a first word that the tagger takes for a command or a name as what it is ("Strike on ...").

    "Damaged Mir cinema": a word with a capital before a name is a participle all the same.
    """
    if not is_fragment(tree):
        return
    state = lexicon.forms.get(tree.low[0])
    if (
        tree.tag[0] in {"NNP", "NN", "JJ"}
        and tree.dep[0] == "amod"
        and state
        and lexicon.of(state, "caption")
    ):
        tree.tag[0], tree.lemma[0] = "VBN", state
    for i in range(min(2, tree.size)):
        bare = tree.tag[i] in {"VB", "VBP"} and tree.head[i] == i and _is_bare(tree, i)
        noun = lexicon.of(tree.lemma[i], "noun") or lexicon.of(tree.lemma[i], "caption")
        if bare and tree.of(i, "prep") and noun:
            tree.tag[i] = "NN"
    for i in range(tree.size):
        bare = (
            tree.tag[i] == "VBD"
            and (_unclosed(tree) or _is_clipped(tree, i))
            and tree.head[i] == i
            and bool(tree.of(i, "nsubj"))
            and _is_bare(tree, i)
        )
        if bare and not _may_stand_alone(tree, i, lexicon):
            tree.tag[i] = "VBN"


def _may_stand_alone(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """Whether a verb is whole without an object ("troops landed"), or a pronoun does it ("he drove home")."""
    subjects = tree.of(verb, "nsubj")
    if any(tree.tag[one] == "PRP" for one in subjects):
        return True
    kinds = frozenset({"any"}).union(*(lexicon.kinds_of(tree.lemma[one]) for one in subjects))
    return any(
        sense.subject & kinds and (sense.object is None or "none" in sense.object)
        for _, sense in lexicon.of(tree.lemma[verb], "verb")
        if sense.subject is not None
    )


def state_told(scope: Scope, i: int, lexicon: Lexicon) -> Frame | None:
    """The frame of a participle before the noun that a fragment is about ("Destroyed tanks near Izium")."""
    tree = scope.tree
    if (headed := _under_heading(scope, i)) is not None:
        return headed
    head = tree.head[i]
    if tree.dep[i] != "amod" or tree.tag[i] not in {"VBN", "VBD", "JJ"} or not is_fragment(tree):
        return None
    while tree.dep[head] in {"compound", "nmod"}:  # "damaged school no. 154": the parser hangs it on "school"
        head = tree.head[head]
    told_of = tree.head[head] == head or tree.dep[head] in {"appos", "conj", "nsubj", "npadvmod"}
    if not told_of and not _is_shown(tree, head, lexicon):
        return None
    frame = Frame(i, "verb", objects=tree.members(head), passive=True, anchors=[i, head])
    for prep in tree.of(head, "prep"):
        frame.preps += [(tree.low[prep], pobj) for pobj in tree.of(prep, "pobj")]
    return frame


def _under_heading(scope: Scope, i: int) -> Frame | None:
    """The frame of a participle that tells what befell a place that heads a line ("Longwy: taken in May")."""
    tree = scope.tree
    if tree.tag[i] not in {"VBN", "VBD"} or tree.of(i, "dobj", "aux", "auxpass"):
        return None
    colon = next((k for k in range(min(i, HEADING)) if tree.low[k] == ":"), None)
    if not colon or i - colon > 2 or colon - 1 not in scope.places:
        return None
    frame = Frame(i, "verb", objects=[colon - 1], passive=True, anchors=[i])
    for prep in tree.of(i, "prep"):
        frame.preps += [(tree.low[prep], pobj) for pobj in tree.of(prep, "pobj")]
    return frame


HEADING = 6  # words of a heading before its colon


def _is_shown(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """Whether a noun is what a picture shows ("footage of the destroyed mosque", "video showing ...")."""
    above = tree.head[noun]
    if tree.dep[noun] == "pobj":
        return tree.low[above] == "of" and tree.lemma[tree.head[above]] in lexicon.words["showing_nouns"]
    return tree.dep[noun] == "dobj" and tree.lemma[above] in {"show", "showing", "picture", "depict"}


def presence(scope: Scope, lexicon: Lexicon) -> Match | None:
    """What a fragment that tells nothing else shows at a place: traces of a happening, or forces.

    A noun of the lexicon's captions names the happening ("smoke over", "bodies in"); forces or their
    equipment have the sense of the noun "presence". The trigger is the noun that is shown.
    """
    tree = scope.tree
    if not scope.places or not is_fragment(tree):
        return None
    for i in range(tree.size):
        senses = lexicon.of(tree.lemma[i], "caption")
        if not senses or i in scope.places:
            continue
        if (befallen := _befallen(tree, i)) is not None:
            frame = Frame(i, "verb", objects=[befallen], passive=True, anchors=[i, befallen])
            return Match(senses[0][1], 0.4, frame, [i], ["shown at a place"])
        if not tree.is_nominal(i):
            continue
        noun = i
        while tree.dep[noun] in {"compound", "nmod"} and tree.head[noun] != noun:
            noun = tree.head[noun]
        if tree.dep[noun] in {"poss", "relcl"} or _is_likened(tree, noun):
            continue
        frame = Frame(i, "noun", objects=[i], anchors=[i, noun] if noun != i else [i])
        return Match(senses[0][1], 0.4, frame, [i], ["shown at a place"])
    entries = [sense for companion, sense in lexicon.of("presence", "noun") if companion is None]
    for i in range(tree.size):
        shown = tree.head[i] == i or tree.dep[i] in {"dobj", "pobj", "nsubj"}
        if not entries or not shown or tree.pos(i) != "noun" or i in scope.places:
            continue
        kinds = kinds_of(scope, i, lexicon)
        if not kinds & PRESENT or kinds & ELSE or ("weapon" in kinds and not kinds & MACHINES):
            continue
        whole = [
            pobj for prep in tree.of(i, "prep") if tree.low[prep] == "of" for pobj in tree.of(prep, "pobj")
        ]
        seen = [verb for noun in (i, *whole) for verb in tree.of(noun, "acl")]
        hosts = {i, tree.head[tree.head[i]], *seen}  # "video of fighters in", "units of the fleet seen in"
        for prep in (prep for host in sorted(hosts) for prep in tree.of(host, "prep")):
            if tree.low[prep] not in WHERE:
                continue
            if any(token in scope.places for pobj in tree.of(prep, "pobj") for token in _inside(tree, pobj)):
                frame = Frame(i, "noun", subjects=[i], anchors=[i])
                return Match(entries[0], 0.4, frame, [i], ["shown at a place"])
    return None


def _befallen(tree: Tree, i: int) -> int | None:
    """What a participle tells a state of, whatever it is ("Damaged podium in ...", "Ruined statue ...")."""
    if tree.tag[i] not in {"VBN", "VBD"}:
        return None
    if tree.dep[i] == "amod":
        return tree.head[i]
    objects = tree.of(i, "dobj") if i == 0 and tree.head[i] == i else []
    return objects[0] if objects else None


def _is_likened(tree: Tree, noun: int) -> bool:
    """Whether a noun is only compared with, spoken about or wished for ("a museum about the fire")."""
    above = tree.head[noun]
    return tree.dep[noun] == "pobj" and tree.low[above] in {"like", "about", "for", "against", "as", "to"}


def _inside(tree: Tree, top: int) -> list[int]:
    """A noun and what hangs on it, two steps down."""
    found = [top]
    for kid in tree.kids[top]:
        found += [kid, *(low for inner in tree.kids[kid] for low in [inner, *tree.kids[inner]])]
    return found


def sole_place(scope: Scope) -> int | None:
    """The one place that a fragment names, containers aside; None when it names several or none."""
    if not is_fragment(scope.tree):
        return None
    named = {
        number: scope.mentions.places[number]
        for number in set(scope.places.values())
        if not scope.mentions.places[number].metonym
    }
    finest = [
        number
        for number, place in named.items()
        if place.kind != "country"
        and not any(
            other is not place and (place.name in other.within or place.text in other.within)
            for other in named.values()
        )
    ]
    return min(finest) if len({named[number].key or named[number].text for number in finest}) == 1 else None
