"""What pronouns and descriptions stand for: "they", "he", "the ministry", "the invaders".

Salience by recency and grammatical role (after Lappin and Leass 1994), within a report; nothing is
resolved when no earlier mention agrees in number and kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from svidok.atlas.actors import ActorTable
from svidok.atlas.units import load_counts
from svidok.claims.mentions.phrases import Candidate, is_subject
from svidok.claims.mentions.tokens import Tokens

__all__ = ["resolve"]

_REACH = 3
_DEEP = 8
_MEMORY = 300
_ARMED = ("state force", "rebel", "militia")
_PERSONS = ("leader", "person")
_COUNTED = ("counted",)
_MANY = ("state force", "rebel", "militia", "civilians", "organisation", "state")


def resolve(
    found: list[Candidate],
    sentences: Sequence[Tokens],
    table: ActorTable,
    *,
    side: str | None = None,
    official: bool = False,
    day: str | None = None,
    countries: Iterable[str] = (),
) -> None:
    """Give pronouns and descriptions the name, side and kind of what they stand for, in place.

    Unresolved "it", "its", "his", "their" are dropped: they name nobody.
    """
    invader = _invader(sentences, table)
    mentioned = {c.side for c in found if c.side}
    mentioned |= {e.side for k in countries if (e := table.country(k)) is not None and e.side}
    victim = table.victim_of(mentioned, day)
    if invader is None:
        invader = table.invader_of(mentioned, day)
    elif invader != table.invader_of(mentioned, day):
        victim = None
    if side is None and victim is not None and any(c.foreign == "invader" for c in found):
        side = victim  # who calls them invaders speaks for those who are invaded
    hostile = any(c.foreign in ("invader", "home") for c in found)
    parties = Counter(
        c.side for c in found if c.side and c.kind in ("state", "state force", "rebel", "militia")
    )
    earlier: list[Candidate] = []
    keep: list[Candidate] = []
    for c in sorted((*found, *_counted(sentences)), key=lambda c: (c.number, c.first)):
        if c.words == _COUNTED:
            earlier.append(c)
            continue
        if c.words == ("pronoun",):
            target = _antecedent(c, earlier, sentences)
            if target is not None:
                c.name, c.side, c.kind, c.role = (
                    _called(target, sentences),
                    target.side,
                    target.kind,
                    target.role,
                )
                c.noun_form, c.noun, c.plural = c.noun, target.noun, target.plural
            elif c.noun == "thing" or sentences[c.number].tag[c.head] == "PRP$":
                continue
            else:
                c.kind = "person" if c.noun in ("man", "woman") else None
                keep.append(c)
                continue
        elif c.foreign == "invader" and c.side is None:
            c.side = invader or next(
                (e.side for e in reversed(earlier[-_MEMORY:]) if e.foreign == "invader" and e.side), None
            )
        elif c.foreign == "enemy" and c.side is None:
            others = [s for s, _ in parties.most_common() if s != side] if side is not None else []
            if others:
                c.side = others[0]
            elif side is not None and side == victim:
                c.side = invader
            else:
                c.side = invader if hostile and side in (None, invader) else None
        elif c.foreign == "home" and c.side is None:
            c.side = side or (victim if c.noun in table.nouns.defending else None)
        elif c.side is None and c.kind in _ARMED and (owner := _owner(c, earlier, sentences)) is not None:
            c.side = owner
        elif c.side is None and c.noun in table.nouns.defending and c.plural and c.kind == "state force":
            c.side = victim
        elif c.side is None and c.definite and c.name is None:
            target = _same_noun(c, earlier)
            if target is not None:
                c.name, c.side, c.kind = target.name, target.side, target.kind
            elif c.kind == "state force" and len(c.words) == 1:
                c.side = _one_army(c, earlier)
        if c.side is None and c.kind == "state force" and c.subject and side is not None and not c.foreign:
            c.side = side if official and c.noun in table.nouns.units else None
        if c.foreign and c.side and c.name is None and c.kind == "state force":
            state = table.match(c.side)
            c.name = table.name_of(state, "troops", "force") if state and state.kind == "state" else c.side
        earlier.append(c)
        keep.append(c)
    found[:] = keep


def _counted(sentences: Sequence[Tokens]) -> list[Candidate]:
    """People of whom only a vague count is told ("thousands fled"): "they" may mean them."""
    vague = load_counts().vague
    return [
        Candidate(
            number, i, i, i, "civilians", noun="person", plural=True, subject=is_subject(t, i), words=_COUNTED
        )
        for number, t in enumerate(sentences)
        for i in range(t.n)
        if t.tag[i] == "NNS"
        and t.lower[i] in vague
        and t.dep[i] in ("nsubj", "nsubjpass", "dobj")
        and not any(t.lower[k] == "of" for k in t.kids(i, "prep"))
    ]


def _text(c: Candidate, sentences: Sequence[Tokens]) -> str:
    t = sentences[c.number]
    return t.slice(t.span(c.first, c.last))


def _called(c: Candidate, sentences: Sequence[Tokens]) -> str:
    return c.name or _text(c, sentences)


def _antecedent(c: Candidate, earlier: Sequence[Candidate], sentences: Sequence[Tokens]) -> Candidate | None:
    best: Candidate | None = None
    best_score = 0.0
    t = sentences[c.number]
    if t.lower[c.head].endswith(("self", "selves")):
        own = t.child(t.head[c.head], "nsubj")
        return next((e for e in reversed(earlier) if e.number == c.number and e.head == own), None)
    doer = _doer(t, t.head[c.head]) if t.dep[c.head] in ("dobj", "pobj") else None
    same = {
        _called(e, sentences)
        for e in earlier
        if e.number == c.number and (e.head == doer or _is_whose(t, e.head, doer))
    }
    for e in reversed(earlier):
        gap = c.number - e.number
        if gap > _REACH:
            break
        if e.words == ("adjective",) or not _agrees(c, e):
            continue
        if gap == 0 and e.last >= c.first:
            continue
        if gap == 0 and (e.head == doer or _called(e, sentences) in same):
            continue
        score = (
            10.0 - 3.0 * gap + ((3.0 if c.subject else 1.5) if e.subject else 0.0) + (1.5 if e.name else 0.0)
        )
        if c.noun == "many" and e.kind in ("state", "organisation") and not e.plural:
            score -= 2.0
        if e.words == ("pronoun",) and e.noun_form == c.noun:
            score += 2.0
        score += 0.02 * e.first if gap == 0 or not c.subject else 0.0
        if sentences[e.number].block != t.block:
            score -= 2.0
        if gap == 0 and _told_of(t, e.head, c.head):
            score += 4.0
        if _aside(sentences[e.number], e.head, c.head if gap == 0 else None):
            score -= 2.5
        if c.noun == "thing" and not e.subject:
            continue
        if score > best_score:
            best, best_score = e, score
    if best is not None and best.number == c.number and t.dep[c.head] in ("dobj", "pobj"):
        return None if _rivalled(t, c, best) else best
    return best


def _rivalled(t: Tokens, c: Candidate, e: Candidate) -> bool:
    """Whether a thing told between fits an object pronoun better: "let the tanks pass and burned them"."""
    tags = ("NNS", "NNPS") if c.noun == "many" else ("NN", "NNP")
    return any(
        t.tag[k] in tags and t.dep[k] in ("dobj", "nsubj", "nsubjpass") for k in range(e.last + 1, c.first)
    )


def _doer(t: Tokens, i: int) -> int | None:
    """The subject of the clause that word ``i`` belongs to, also where only the clause above names it.

    In "the guards fired at the cars, destroying them", nobody but the guards destroys: "them" is another.
    """
    for node in islice(chain((i,), t.up(i)), _DEEP):
        own = t.child(node, "nsubj", "nsubjpass")
        if own is not None:
            return t.head[node] if t.tag[own] == "WDT" and t.dep[node] == "relcl" else own
    return None


def _is_whose(t: Tokens, i: int, doer: int | None) -> bool:
    """Whether word ``i`` tells whose the deed is: "resistance from the defenders, which stopped them"."""
    prep = t.head[i]
    return t.dep[i] == "pobj" and t.lower[prep] in ("from", "by") and t.head[prep] == doer


def _told_of(t: Tokens, i: int, pronoun: int) -> bool:
    """Whether a pronoun stands in a relative clause on word ``i`` ("people who gave what they had")."""
    return any(t.left[k] <= pronoun <= t.right[k] for k in t.kids(i, "relcl", "acl"))


def _aside(t: Tokens, i: int, pronoun: int | None) -> bool:
    """Whether word ``i`` stands in a relative clause that does not hold the pronoun as well."""
    clause = next((node for node in islice(t.up(i), _DEEP) if t.dep[node] in ("relcl", "acl")), None)
    return clause is not None and (pronoun is None or not t.left[clause] <= pronoun <= t.right[clause])


def _agrees(c: Candidate, e: Candidate) -> bool:
    if c.noun in ("man", "woman"):  # "the enemy ... he has dug in"
        return (e.kind in _PERSONS or (e.foreign == "enemy" and c.noun == "man")) and not e.plural
    if c.noun == "many":
        return (e.plural and e.kind is not None) or e.kind in (
            "state force",
            "rebel",
            "militia",
            "organisation",
            "state",
        )
    return e.kind in ("organisation", "state", "state force", "rebel", "militia") and not e.plural


def _same_noun(c: Candidate, earlier: Sequence[Candidate]) -> Candidate | None:
    """The last named mention with the same head: "the ministry" after "the Defence Ministry"."""
    for e in reversed(earlier[-_MEMORY:]):
        if e.name and e.side and (e.noun == c.noun or (e.role or "").split(" ")[-1] == c.noun):
            return e
        if c.kind in ("rebel", "militia") and e.kind == c.kind and e.side and c.number - e.number <= 5:
            return e
        if (
            c.noun in ("group", "movement", "organisation", "organization")
            and e.kind in ("rebel", "militia")
            and e.name
        ):
            return e
    return None


def _owner(c: Candidate, earlier: Sequence[Candidate], sentences: Sequence[Tokens]) -> str | None:
    """The side of whom the possessive before a noun stands for ("the ministry denied that its troops")."""
    t = sentences[c.number]
    poss = next((k for k in t.kids(c.head, "poss") if t.tag[k] == "PRP$"), None)
    if poss is None:
        return None
    return next((e.side for e in reversed(earlier) if e.number == c.number and e.head == poss), None)


def _one_army(c: Candidate, earlier: Sequence[Candidate]) -> str | None:
    """Whose "the soldiers" are: the only side whose forces were told of, or that of those told of last."""
    forces = [
        e for e in earlier[-_MEMORY:] if e.kind == "state force" and e.side and e.words != ("adjective",)
    ]
    if len({e.side for e in forces}) == 1:
        return forces[-1].side
    near = {e.side for e in forces if c.number - e.number <= 1}
    return near.pop() if len(near) == 1 else None


def _invader(sentences: Sequence[Tokens], table: ActorTable) -> str | None:
    """The side that the report says invaded: "X's invasion", "X invaded", "invading X troops"."""
    votes: Counter[str] = Counter()
    victims: Counter[str] = Counter()
    for t in sentences:
        for i in range(t.n):
            lemma = t.lemma[i]
            if lemma in ("invade", "occupy") or t.lower[i] in (
                "invasion",
                "invaders",
                "occupation",
                "invading",
            ):
                for k in range(max(0, i - 4), i):
                    entry = table.match(t.word[k]) if t.word[k][:1].isupper() else None
                    if entry is not None and entry.side:
                        votes[entry.side] += 1
                for k in range(i + 1, min(t.n, i + 5)):
                    entry = table.match(t.word[k]) if t.word[k][:1].isupper() else None
                    if entry is not None and entry.side:
                        if t.lower[i] == "invading" and k == i + 1:
                            votes[entry.side] += 1
                        else:
                            victims[entry.side] += 1
    for victim, count in victims.items():
        votes[victim] -= 2 * count
    best = [s for s, n in votes.most_common(1) if n > 0]
    return best[0] if best else None
