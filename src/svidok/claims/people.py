"""The actors and targets of a happening, as records."""

from __future__ import annotations

from svidok.atlas.lexicon import Lexicon
from svidok.claims.arguments import Frame
from svidok.claims.kinds import Scope, kinds_of, look_through
from svidok.claims.scene import Draft
from svidok.records import Actor

__all__ = ["actor_at", "actors_of"]

NAMES_OF_KINDS = (
    ("rebel", "rebel"), ("force", "state force"), ("leader", "leader"), ("civilians", "civilians"),
    ("state", "state"), ("organisation", "organisation"), ("people", "person"),
)  # fmt: skip
TARGET_PREPS = frozenset(
    {"to", "for", "with", "against", "on", "upon", "from", "of", "into", "at", "between", "by"}
)
HUMAN = frozenset({"detain", "abduct", "attack_civilians", "casualties", "sexual_violence", "displace"})
MADE = HUMAN | {"strike", "air_strike", "destroy"}
"""Types whose target may be any noun that the lexicon does not know: "shelled the student halls"."""
SPEAKING = frozenset({"statement", "negotiate", "sanction", "aid"})
REACHING = SPEAKING | {"siege", "protest", "withdraw"}  # the target may stand deep in the complement
COMPLEMENTS = frozenset(
    {"dobj", "ccomp", "xcomp", "prep", "dative", "advcl", "acl", "compound", "amod", "nmod"}
)
STRUCK = frozenset({"strike", "air_strike", "destroy", "battle", "siege", "attack_civilians"})
"""Types whose target may be a thing or a spot without a name: "the hospital", "a market", "the dam"."""
LAUNCHED = frozenset({"strike", "air_strike", "battle", "siege", "attack_civilians"})
"""Types whose object may be what is fired ("fired missiles at the port"): that is no target."""
BEFALLING = frozenset({"casualties", "destroy"})
"""Types that befall a subject whose verb has no object: "two people died", "the cruiser sank"."""
IDEAS = frozenset({"event", "happening", "abstract", "number", "weapon"})
HITTING = dict.fromkeys(("strike", "air_strike"), ("on", "at", "into", "against", "onto", "through")) | {
    "battle": ("on", "against")
}
"""The prepositions before what a happening of a type hits: "fired at the tankers", "fell on a market"."""
THINGS = frozenset({"equipment", "infrastructure"})
PARTIES = frozenset({"people", "organisation", "name", "pronoun", "state"})
AMMUNITION = frozenset({"weapon", "missile"})
MOST = 6


def actors_of(draft: Draft, lexicon: Lexicon) -> tuple[list[Actor], list[Actor]]:
    """Who acts and who suffers, deduplicated, in the order of the text."""
    frame, scope = draft.frame, draft.scope
    roles = draft.match.sense.roles
    cast: dict[str, list[int]] = {"actor": [], "target": [], "place": [], "instrument": [], "none": []}
    for one in frame.subjects:
        befallen = _befallen(draft, one, lexicon)
        cast[roles.get("subject", "target" if befallen else "actor")].append(one)
    cast[roles.get("object", "target")].extend(frame.objects)
    for name, one in frame.preps:
        role = roles.get(name)
        if role is not None:
            cast[role].append(one)
        elif _addressed(draft, name) or _is_hit(draft, name, one, lexicon):
            cast["target"].append(one)
    actors = [actor_at(scope, one, lexicon) for one in cast["actor"] if _acts(scope, one, lexicon)]
    targets = [
        actor_at(scope, one, lexicon) for one in cast["target"] if _suffers(scope, one, lexicon, draft.type)
    ]
    if draft.type in REACHING:
        taken = {actor.start for actor in (*actors, *targets)}
        targets.extend(one for one in _nested(scope, frame, lexicon) if one.start not in taken)
    return _unique(actors), _unique([one for one in targets if one not in actors])[:MOST]


def _nested(scope: Scope, frame: Frame, lexicon: Lexicon) -> list[Actor]:
    """Those inside the complement: "rejected an offer from Belarus", "demanded that Moscow withdraw"."""
    tree = scope.tree
    found = []
    complements = [
        kid
        for anchor in frame.anchors
        for kid in tree.kids[anchor]
        if kid not in frame.anchors and tree.dep[kid] in COMPLEMENTS and kid not in frame.subjects
    ]
    seen: set[int] = set()
    for top in complements:
        first, last = tree.edges(top)
        for token in range(first, min(last, first + 30) + 1):
            known = scope.actors.get(token)
            if known is not None and known.start not in seen and tree.tag[token] != "PRP$":
                seen.add(known.start)
                found.append(known)
            elif token in scope.places and known is None and scope.places[token] not in seen:
                seen.add(scope.places[token])
                found.append(actor_at(scope, token, lexicon))
    return found


def _befallen(draft: Draft, subject: int, lexicon: Lexicon) -> bool:
    """Whether a subject suffers what its verb says: "two people died", "the cruiser sank"."""
    if draft.type not in BEFALLING or draft.frame.pos == "noun" or draft.frame.objects:
        return False
    kinds = kinds_of(draft.scope, look_through(draft.scope, subject, lexicon), lexicon)
    return draft.type == "casualties" or not kinds & {"people", "pronoun", "organisation"}


def _addressed(draft: Draft, preposition: str) -> bool:
    """Whether a preposition leads to those spoken to, dealt with or helped."""
    return draft.type in SPEAKING and preposition in TARGET_PREPS and preposition != "by"


def _is_hit(draft: Draft, preposition: str, i: int, lexicon: Lexicon) -> bool:
    """Whether the noun of "fired at X" is known to be somebody or something, no time and no named place."""
    scope = draft.scope
    if preposition not in HITTING.get(draft.type, ()) or _is_place_name(scope, i) or i in scope.timed:
        return False
    return bool(kinds_of(scope, look_through(scope, i, lexicon), lexicon) & (PARTIES | THINGS | {"place"}))


def _acts(scope: Scope, i: int, lexicon: Lexicon) -> bool:
    """Whether a noun names somebody rather than a thing, a place or an idea."""
    if scope.actors.get(i) is not None:
        return True
    kinds = kinds_of(scope, look_through(scope, i, lexicon), lexicon)
    return "weapon" not in kinds and bool(kinds & PARTIES)


def _suffers(scope: Scope, i: int, lexicon: Lexicon, type_: str) -> bool:
    """Whether a noun names somebody, or something made, to whom a happening of a type may be done."""
    kinds = kinds_of(scope, look_through(scope, i, lexicon), lexicon)
    if type_ in LAUNCHED and kinds & AMMUNITION:
        return False
    if scope.actors.get(i) is not None or kinds & PARTIES:
        return True
    if _is_place_name(scope, i):
        return type_ in SPEAKING
    if "place" in kinds:
        return type_ in STRUCK
    return bool(kinds & THINGS) or (type_ in MADE and not kinds & IDEAS)


def _is_place_name(scope: Scope, i: int) -> bool:
    """Whether a noun is a place's name, not the common noun that ends one ("the Kursk power plant")."""
    return i in scope.places and scope.tree.tag[i] not in {"NN", "NNS"}


def actor_at(scope: Scope, i: int, lexicon: Lexicon) -> Actor:
    """The actor mention at a token, or one made from its noun phrase."""
    known = scope.actors.get(i)
    if known is not None:
        return known
    tree = scope.tree
    first, last = tree.phrase(i)
    start, end = tree.offsets(first, last)
    kinds = kinds_of(scope, look_through(scope, i, lexicon), lexicon)
    kind = (
        next((name for key, name in NAMES_OF_KINDS if key in kinds), None) if "pronoun" not in kinds else None
    )
    side = next((scope.actors[t].side for t in range(first, last + 1) if t in scope.actors), None)
    return Actor(start, end, tree.slice((start, end)), side=side, kind=kind)


def _unique(actors: list[Actor]) -> list[Actor]:
    seen: set[tuple[int, int]] = set()
    kept = []
    for actor in sorted(actors, key=lambda one: (one.start, -one.end)):
        if (actor.start, actor.end) not in seen:
            seen.add((actor.start, actor.end))
            kept.append(actor)
    return kept
