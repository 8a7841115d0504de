"""How a place lies to a happening in the order of the words, and what else the happening's clause points at.

A long sentence is often parsed wrongly, but the order of its words stands: which preposition goes before
the name, what lies between it and the happening, which of several places comes next. Beside that: whether
the happening has another setting of its own ("at a market"), whether its clause points back ("the town",
"there"), whose clauses lie between the two, and whether a preposition tells where, whence or whither. All
are named features for :mod:`svidok.claims.attachment`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from svidok.atlas.lexicon import Lexicon
from svidok.claims.kinds import Scope, kinds_of
from svidok.claims.tree import Tree
from svidok.claims.ways import Telling, Way, kind_at
from svidok.records import Place

__all__ = ["bearings_of"]

FINITE = frozenset({"VBD", "VBZ", "VBP"})
BETWEEN = (
    *("that", "who", "which", "where", "when", "after", "before", "while", "until", "as"),
    *("and", "said", "to", "from", "for", ";", '"'),
)
WITHIN_PHRASE = frozenset(
    {"DT", "JJ", "JJS", "JJR", "NN", "NNS", "NNP", "NNPS", "CD", "PRP$", "POS", "VBN", "HYPH", "''", "``"}
)
REACH = 6  # words before a name in which its preposition is looked for
OWN_SETTING = frozenset({"in", "at", "near", "outside", "inside", "on", "around", "into", "to", "from"})
HERE = frozenset({"here", "there"})
DEFINITE = frozenset({"the", "this", "that", "their", "its", "our"})
OTHER_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "parataxis"})
FAMILIES = (
    ("leaving", frozenset({"withdraw", "displace", "abduct"})),
    ("moving", frozenset({"move", "aid", "base"})),
    ("fire", frozenset({"strike", "air_strike", "battle", "bomb", "chemical"})),
    ("capture", frozenset({"capture"})),
)
ROLES = (
    ("goal", frozenset({"to", "into", "towards", "toward", "for", "onto", "upto", "via"})),
    ("origin", frozenset({"from", "off"})),
    ("where", frozenset({"in", "at", "near", "outside", "inside", "around", "within", "on"})),
    ("where", frozenset({"across", "over", "along", "throughout", "between", "beside", "by"})),
    ("of", frozenset({"of"})),
)
HOSTS = ("way", "frontier", "settlement", "land", "base", "civil_site")
DOUBTS = ((0.3, "low"), (0.5, "mid"), (0.8, "good"))


def bearings_of(
    scope: Scope, telling: Telling, ways: Mapping[int, Way], tops: Mapping[int, int], lexicon: Lexicon
) -> dict[int, set[str]]:
    """For each place of a sentence, how it lies to one of the sentence's happenings, as named features.

    Args:
        scope: the sentence.
        telling: the happening.
        ways: from each place to the happening.
        tops: the noun that each place names.
        lexicon: for the kinds of nouns.
    """
    own = _own_clause(scope.tree, telling.token)
    pointed = _pointed(scope, own, lexicon)
    found = {}
    for number, way in ways.items():
        top = tops[number]
        names = _of_mention(scope, number, lexicon)
        names |= _in_order(scope, telling, number, top, ways, lexicon)
        names |= _own_setting(scope, telling, top, lexicon)
        names |= _of_clauses(scope.tree, telling, way)
        names |= _by_role(scope, telling, way, number, lexicon)
        where = "own" if top in own else "other"
        names.add(f"in {where} clause")
        side = "after" if scope.place_tokens[number] > telling.token else "before"
        for sort in pointed:
            names.update((f"points {sort} {where} {side}", f"points {sort} {_side(way)}"))
        found[number] = names
    return found


def _side(way: Way) -> str:
    return "below" if way.below else "beside"


def _is_direct(way: Way) -> bool:
    """Whether a place hangs on a happening by one preposition alone."""
    return way.below and len(way.place) == 2


def _of_mention(scope: Scope, number: int, lexicon: Lexicon) -> set[str]:
    """What the mention itself shows: how sure it is, how it is spelt, what it names or is named by."""
    tree, token = scope.tree, scope.place_tokens[number]
    place = scope.mentions.places[number]
    others = [scope.mentions.places[n] for n in scope.place_tokens if n != number]
    names = {
        "sure " + next((name for least, name in DOUBTS if place.confidence < least), "high"),
        f"long {min(len(place.text.split()), 3)}",
    }
    if any(_abroad(place, other) for other in others):
        names.add("other country too")
    if any(other.name == place.name for other in others):
        names.add("told twice")
    if place.text.isupper():
        names.add("capitals")
    if tree.tag[token] in {"NNS", "NNPS"}:
        names.add("plural")
    last = token
    while scope.places.get(last + 1) == number:
        last += 1
    if last + 1 < tree.size and tree.low[last + 1] == "of" and {last + 2, last + 3} & scope.places.keys():
        names.add("named of a place")
    if token > 1 and tree.low[token - 1] == "of":
        names.add(f"of word {kind_at(scope, token - 2, lexicon)}")
    return names


def _abroad(place: Place, other: Place) -> bool:
    return bool(place.country and other.country and place.country != other.country)


def _in_order(
    scope: Scope, telling: Telling, number: int, top: int, ways: Mapping[int, Way], lexicon: Lexicon
) -> set[str]:
    """Where the place stands in the order of the words: what goes before it, and what lies between."""
    tree = scope.tree
    token = scope.place_tokens[number]
    side = "after" if top > telling.token else "before"
    said = _said_before(scope, number, lexicon)
    names = {f"said {said}", f"said {said} {side}", f"said {said} & type {telling.type}"}
    low, high = sorted((telling.token, token))
    between = range(low + 1, high)
    words = {tree.low[i] for i in between}
    spots = {n: scope.place_tokens[n] for n in ways}
    for sort, count, most in (
        ("verbs", sum(tree.tag[i] in FINITE for i in between), 3),
        ("commas", sum(tree.low[i] == "," for i in between), 3),
        ("places", sum(low < spot < high for n, spot in spots.items() if n != number), 2),
    ):
        names.add(f"{sort} between {min(count, most)} {side}")
    names.update(f"between {word} {side}" for word in BETWEEN if word in words)
    order = sorted(spots, key=lambda n: scope.mentions.places[n].start)
    behind = [n for n in order if spots[n] > telling.token]
    before = [n for n in order if spots[n] < telling.token]
    names.add("first place" if order[0] == number else "last place" if order[-1] == number else "inner place")
    if behind[:1] == [number]:
        names.add("next after")
    if before[-1:] == [number]:
        names.add("next before")
    if not behind:
        names.add("none after")
    return names


def _said_before(scope: Scope, number: int, lexicon: Lexicon) -> str:
    """The preposition before a name, whatever the parser hung it on, or what stands there instead."""
    tree = scope.tree
    start = scope.mentions.places[number].start
    first = next(i for i in range(tree.size) if tree.end[i] > start)
    for i in range(first - 1, first - 1 - REACH, -1):
        if i < 0:
            return "start"
        if tree.tag[i] in {"IN", "TO"} or tree.low[i] in {"near", "outside", "inside"}:
            return tree.low[i] if tree.low[i] in lexicon.words["place_prepositions"] else "other"
        if tree.low[i] == ",":
            return "comma"
        if tree.tag[i] not in WITHIN_PHRASE:
            return f"tag {tree.tag[i][:2]}"
    return "far"


def _own_setting(scope: Scope, telling: Telling, top: int, lexicon: Lexicon) -> set[str]:
    """What the happening has for a setting that is no named place ("at a market", "in a raid")."""
    tree = scope.tree
    names = set()
    for prep in (kid for anchor in telling.anchors for kid in tree.of(anchor, "prep")):
        if tree.low[prep] not in OWN_SETTING:
            continue
        for noun in tree.of(prep, "pobj"):
            if noun in scope.timed or noun in scope.places or _is_named(scope, noun):
                continue
            first, last = tree.edges(noun)
            over = " over" if first <= top <= last else ""
            names.add(f"own {tree.low[prep]} {kind_at(scope, noun, lexicon)}{over}")
            names.add(f"own prep {tree.low[prep]}{over}")
    return names


def _is_named(scope: Scope, noun: int) -> bool:
    return any(kid in scope.places for kid in scope.tree.of(noun, "compound", "nmod", "amod", "poss"))


def _of_clauses(tree: Tree, telling: Telling, way: Way) -> set[str]:
    """Whose clauses lie between the place and the happening."""
    names = set()
    for sort, nodes in (("place", way.place), ("trigger", way.trigger)):
        told = [node for node in nodes if tree.pos(node) == "verb" and tree.of(node, "nsubj", "nsubjpass")]
        names.add(f"{sort} clauses with subject {min(len(told), 2)}")
        if sort == "trigger" and any(tree.dep[node] == "conj" for node in told):
            names.add("trigger clause joined")
    for node in way.place:
        if tree.pos(node) == "verb" and node not in telling.anchors:
            names.update(("other verb over", f"other verb over {tree.dep[node]}"))
    return names


def _by_role(scope: Scope, telling: Telling, way: Way, number: int, lexicon: Lexicon) -> set[str]:
    """Whether the place's preposition tells where, whence or whither, by what happens and how it hangs."""
    tree = scope.tree
    family = next((name for name, types in FAMILIES if telling.type in types), "other")
    lemma = tree.lemma[telling.token]
    prep = next((tree.low[node] for node in way.place if tree.dep[node] in {"prep", "agent"}), None)
    edge = tree.dep[way.place[-1]] if way.place else ""
    tie = "direct" if _is_direct(way) else _side(way)
    names = {f"lemma {lemma} & {tie}"}
    if prep is None:
        names.update((f"{family} no prep {_side(way)} {edge}", f"{telling.type} edge {edge}"))
    else:
        role = _role(prep)
        names.update((f"lemma {lemma} & {prep}", f"{family} {role} {tie}", f"{role} {tie}"))
        names.add(f"{telling.type} direct {prep}" if _is_direct(way) else f"{telling.type} edge {edge}")
    for host in way.place[1:]:
        if tree.is_nominal(host) and host not in scope.places:
            sort = _role(prep) if prep else tree.dep[scope.place_tokens[number]]
            names.update(f"host {kind} {sort}" for kind in HOSTS if kind in kinds_of(scope, host, lexicon))
            break
    return names


def _role(preposition: str) -> str:
    return next((role for role, words in ROLES if preposition in words), "rest")


def _own_clause(tree: Tree, token: int) -> frozenset[int]:
    """The tokens of a happening's clause without the clauses that it governs or is joined with."""
    top = next((node for node in tree.up(token) if tree.pos(node) == "verb"), token)
    return frozenset(_below(tree, top))


def _below(tree: Tree, top: int) -> Iterator[int]:
    stack = [top]
    while stack:
        node = stack.pop()
        yield node
        for kid in tree.kids[node]:
            joined = tree.dep[kid] == "conj" and tree.pos(kid) == "verb"
            if not joined and tree.dep[kid] not in OTHER_CLAUSES:
                stack.append(kid)


def _pointed(scope: Scope, own: Set[int], lexicon: Lexicon) -> set[str]:
    """What a clause points back at: "here", "the town", another known spot, an "it"."""
    tree = scope.tree
    found = set()
    for i in own:
        if tree.low[i] in HERE and tree.dep[i] in {"advmod", "pobj", "pcomp"}:
            found.add("here")
        elif tree.low[i] in {"it", "its"}:
            found.add("it")
        elif tree.tag[i] in {"NN", "NNS"} and i not in scope.places and _is_known(scope, i):
            kinds = kinds_of(scope, i, lexicon)
            if "settlement" in kinds:
                found.add("settlement")
            elif kinds & {"place", "infrastructure"}:
                found.add("spot")
    return found


def _is_known(scope: Scope, noun: int) -> bool:
    """Whether a noun is spoken of as known and is not told by a name ("the town", not "the town of X")."""
    tree = scope.tree
    if not any(kid < noun and tree.low[kid] in DEFINITE for kid in tree.kids[noun]):
        return False
    named = any(kid in scope.places for kid in tree.of(noun, "compound", "nmod", "poss", "appos", "amod"))
    return not named and not any(
        pobj in scope.places for prep in tree.of(noun, "prep") for pobj in tree.of(prep, "pobj")
    )
