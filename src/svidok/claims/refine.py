"""The ACLED sub-event type, the PLOVER root and the confidence of each claim."""

from __future__ import annotations

from collections.abc import Sequence

from svidok.atlas.lexicon import Lexicon
from svidok.atlas.ontology import Ontology
from svidok.claims.kinds import kinds_of, look_through
from svidok.claims.parse import Parsed
from svidok.claims.scene import Draft

__all__ = ["refine"]

HOSTILE = frozenset(
    {"battle", "strike", "air_strike", "bomb", "chemical", "capture", "siege", "attack_civilians"}
)


def refine(drafts: list[Draft], parsed: Sequence[Parsed], lexicon: Lexicon, ontology: Ontology) -> None:
    """Fill ``acled``, ``plover`` and ``confidence`` of the drafts of one document, in place."""
    for position, draft in enumerate(drafts):
        sense = draft.match.sense
        code = ontology[draft.type]
        draft.acled = (None if draft.also else sense.acled) or code.acled
        draft.plover = (None if draft.also else sense.plover) or code.plover
        if draft.type == "capture":
            draft.acled = _who_takes(draft, lexicon)
        elif draft.type == "bomb":
            draft.acled = _device(draft) or draft.acled
        draft.plover = _root(draft, ontology)
        draft.confidence = _confidence(draft, position)


def _who_takes(draft: Draft, lexicon: Lexicon) -> str:
    scope, frame = draft.scope, draft.frame
    lost = draft.match.sense.roles.get("subject") in {"target", "place"}
    takers = [one for name, one in frame.preps if name == "to"] if lost else frame.subjects
    kinds: set[str] = set()
    for one in takers:
        kinds |= kinds_of(scope, look_through(scope, one, lexicon), lexicon)
    if "rebel" in kinds or any(actor.kind in {"rebel", "militia"} for actor in draft.actors):
        return "Non-state actor overtakes territory"
    return "Government regains territory"


def _device(draft: Draft) -> str | None:
    words = set(draft.scope.tree.lemma)
    if "suicide" in words or "bomber" in words:
        return "Suicide bomb"
    return "Grenade" if "grenade" in words else None


def _root(draft: Draft, ontology: Ontology) -> str | None:
    plover, standing = draft.plover, draft.standing
    if standing.modality == "requested":
        return "DEMAND"
    if draft.type in {"aid", "negotiate"} and standing.modality in {"planned", "announced"}:
        return "REJECT" if standing.polarity == "negated" else "AGREE"
    if draft.type in HOSTILE and standing.modality == "planned":
        return "THREATEN"
    return plover


def _confidence(draft: Draft, position: int) -> float:
    value = 0.55 + 0.12 * min(max(draft.match.score, -0.5), 2.0)
    if draft.standing.modality not in {"asserted", "reported", "announced"}:
        value -= 0.2
    if draft.standing.polarity == "negated":
        value -= 0.15
    if draft.type == "statement":
        value -= 0.2
    if draft.type == "casualties":
        value -= 0.1
    if draft.frame.pos == "noun":
        value -= 0.05
    value -= 0.02 * min(draft.sentence, 5)
    value -= 0.002 * min(position, 40)
    return min(0.99, max(0.05, value))
