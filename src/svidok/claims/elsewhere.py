"""Places that a sentence names without anything of it happening there: whence, whose, by whom, where said.

"Shot down a missile launched from Belarus" is not in Belarus, "an agreement between Iran and Iraq" not in
Iran, "tanks of Ukraine" need not be there, and what a minister said in Paris did not happen in Paris. The
grammar shows each of them outright, so :mod:`svidok.claims.attachment` need not weigh them.
"""

from __future__ import annotations

from collections.abc import Iterator

from svidok.atlas.lexicon import Lexicon
from svidok.claims.kinds import Scope, kinds_of
from svidok.claims.scene import SOURCE_PREPS, VIOLENT, Draft

__all__ = ["TOWARDS", "elsewhere"]

STEPS = 5
DRAWN = frozenset({"withdraw", "displace", "abduct", "move", "aid", "capture", "detain"})
"""What happens whence it is told to come: "withdrew from X", "took from X"."""
DEEDS = VIOLENT | {"negotiate", "destroy", "attack_civilians", "capture", "abduct", "siege"}
"""What a country does as its subject, wherever it does it."""
ENDURING = frozenset(
    {"be", "see", "suffer", "face", "witness", "endure", "experience", "come", "have", "remain"}
)
FIRED = VIOLENT - {"battle"}
JOINED = frozenset({"conj", "appos", "compound", "nmod"})
OWNED = frozenset({"equipment", "weapon", "force", "leader", "organisation"})
BROUGHT = frozenset({"equipment", "weapon"})
BEARERS = frozenset({"equipment", "weapon", "force", "leader", "people"})
PEOPLES = frozenset({"civilians", "side"})
STAYING = frozenset({"in", "at", "from"})
ONTO = frozenset({"on", "into", "against", "in", "onto"})
TOWARDS = frozenset({"over", "on", "onto", "into", "towards", "toward", "against"})
UP_TO = frozenset({"since", "until", "till"})
TOTALLED = frozenset({"casualties", "destroy"})
SAYING = frozenset({"reported", "denied"})


def elsewhere(scope: Scope, draft: Draft, lexicon: Lexicon) -> frozenset[int]:
    """The places of a sentence that one of its happenings cannot have.

    Args:
        scope: the sentence.
        draft: the happening.
        lexicon: for the kinds of nouns and verbs.
    """
    return frozenset(
        number
        for number, token in scope.place_tokens.items()
        if _is_owner(scope, draft, number, token, lexicon)
        or _is_doer(scope, draft, number, token)
        or _dates(scope, draft, token)
        or any(
            _is_origin(scope, draft, prep, host, lexicon)
            or _is_party(scope, draft, number, prep, host, lexicon)
            or _is_said_there(scope, draft, prep, host, lexicon)
            for prep, host in _upwards(scope, token, lexicon)
        )
    )


def _upwards(scope: Scope, token: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Each preposition over a place with the word that it hangs on, over lists and nouns of land only."""
    tree = scope.tree
    node = token
    for _ in range(STEPS):
        while tree.dep[node] in JOINED and tree.head[node] != node and tree.is_nominal(tree.head[node]):
            node = tree.head[node]
        prep = tree.head[node]
        if tree.dep[node] != "pobj" or prep == node:
            return
        host = tree.head[prep]
        yield prep, host
        if tree.low[prep] in TOWARDS:  # "from the territory of X over Y": Y is not where it came from
            return
        land = tree.low[host] in lexicon.words["whence_nouns"] or "place" in kinds_of(scope, host, lexicon)
        if not land or not tree.is_nominal(host):
            return
        node = host


def _is_origin(scope: Scope, draft: Draft, prep: int, host: int, lexicon: Lexicon) -> bool:
    """Whether a place is whence something was fired or brought ("rockets fired from X", "planes from X")."""
    tree = scope.tree
    if tree.low[prep] not in SOURCE_PREPS or draft.type in DRAWN:
        return False
    if tree.pos(host) == "verb":
        own = host in draft.frame.anchors
        return tree.lemma[host] in lexicon.words["firing_verbs"] or (own and draft.type in VIOLENT)
    if not tree.is_nominal(host):
        return False
    if host in draft.frame.anchors:
        return draft.type in FIRED
    borne = BEARERS if draft.type in VIOLENT else BROUGHT
    return bool(kinds_of(scope, host, lexicon) & borne)


def _is_owner(scope: Scope, draft: Draft, number: int, token: int, lexicon: Lexicon) -> bool:
    """Whether a country only says whose something is ("tanks of Ukraine", "Russia's launch of a war")."""
    tree = scope.tree
    if scope.mentions.places[number].kind != "country":
        return False
    host = tree.head[token]
    if tree.dep[token] == "pobj" and tree.low[host] == "of":
        host = tree.head[host]
    elif tree.dep[token] != "poss":
        return False
    if host in draft.frame.anchors or host in scope.places or not tree.is_nominal(host):
        return False
    kinds = kinds_of(scope, host, lexicon)
    return bool(kinds & OWNED) and not kinds & PEOPLES


def _is_party(scope: Scope, draft: Draft, number: int, prep: int, host: int, lexicon: Lexicon) -> bool:
    """Whether a country acts or deals: "by Russia", "between Iran and Iraq", "offensive of Russia on X"."""
    tree, place = scope.tree, scope.mentions.places[number]
    if place.kind != "country":
        return False
    word = tree.low[prep]
    if tree.head[scope.place_tokens[number]] != prep and word != "between":
        return False
    if word == "by":
        return True
    if word == "between":
        return draft.type == "negotiate"
    onward = any(tree.low[kid] in ONTO for kid in tree.of(host, "prep") if kid != prep)
    done = onward or tree.lemma[host] in lexicon.words["aggressions"]
    return word == "of" and done and host in draft.frame.anchors and draft.type in VIOLENT


def _is_doer(scope: Scope, draft: Draft, number: int, token: int) -> bool:
    """Whether a country is who acts or deals ("Russia has inflicted more than 900 strikes")."""
    tree, verb = scope.tree, scope.tree.head[token]
    if scope.mentions.places[number].kind != "country" or draft.type not in DEEDS:
        return False
    acts = tree.dep[token] == "nsubj" and tree.pos(verb) == "verb" and tree.lemma[verb] not in ENDURING
    return token in draft.frame.subjects or (acts and token not in draft.frame.objects)


def _dates(scope: Scope, draft: Draft, token: int) -> bool:
    """Whether a place belongs to what a happening is dated by ("since the collapse of the Soviet Union").

    What was lost since an attack on a country was lost there.
    """
    tree = scope.tree
    if draft.type in TOTALLED:
        return False
    for node in tree.up(token):
        if node in draft.frame.anchors or tree.pos(node) == "verb":
            return False
        if tree.low[node] in UP_TO and tree.dep[node] == "prep" and node != tree.head[token]:
            return True
    return False


def _is_said_there(scope: Scope, draft: Draft, prep: int, host: int, lexicon: Lexicon) -> bool:
    """Whether a place is where somebody spoke of the happening ("said in Paris that ...")."""
    tree = scope.tree
    if tree.low[prep] not in STAYING or host in draft.frame.anchors or tree.pos(host) != "verb":
        return False
    if tree.lemma[host] == "speak":
        return True
    known = lexicon.embedding(tree.lemma[host], "verb")
    return known is not None and known.effect in SAYING and bool(tree.of(host, "nsubj"))
