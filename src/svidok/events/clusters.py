"""Joining atoms into events: complete enough to count witnesses, too careful to chain.

Three steps, all in an order fixed by content. Reviewers' must-links join first. Then pairs judged
"same" join, strongest first, when both are firm and the two clusters' cores do not conflict. Last,
vague atoms join the one firm cluster that they can mean, and one another; a vague atom that could mean
two firm clusters joins neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from svidok.events.apart import DURATIVE, places_apart, reach_days
from svidok.events.atoms import Atom, other_names
from svidok.events.blocking import candidate_pairs
from svidok.events.judge import Opinion, conflict_of, judge
from svidok.records import Judgement

__all__ = ["Clusters", "cluster"]

LONGEST_SPELL = 200
"""Days that a lasting happening may span when its mentions are joined step by step."""


class Clusters:
    """Disjoint sets of atoms that refuse a union when cores conflict or a reviewer forbids it."""

    def __init__(self, atoms: Sequence[Atom], forbidden: dict[str, set[str]]) -> None:
        self.atoms = atoms
        self.parent = list(range(len(atoms)))
        self.members: dict[int, list[int]] = {i: [i] for i in range(len(atoms))}
        self.core: dict[int, int] = {i: i for i in range(len(atoms))}
        self.when = {i: atom.when for i, atom in enumerate(atoms)}
        self.names = {i: atom.names for i, atom in enumerate(atoms)}
        self.spread = {i: self._listed(atom) for i, atom in enumerate(atoms)}
        self.forbidden = forbidden
        self.links: dict[int, list[Judgement]] = defaultdict(list)

    def find(self, i: int) -> int:
        """The root of an atom's cluster."""
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def separated(self, a: int, b: int) -> bool:
        """Whether a reviewer has separated any claim of one cluster from any of the other."""
        if not self.forbidden:
            return False
        if len(self.members[a]) > len(self.members[b]):
            a, b = b, a
        other = {self.atoms[i].claim.id for i in self.members[b]}
        return any(self.forbidden.get(self.atoms[i].claim.id, set()) & other for i in self.members[a])

    def agree(self, a: int, b: int) -> bool:
        """Whether the cores and the intervals of two clusters leave room for one happening."""
        core_a, core_b = self.atoms[self.core[a]], self.atoms[self.core[b]]
        if self.spread[a] & self.spread[b]:
            return False
        if conflict_of(core_a, core_b) is not None or other_names(self.names[a], self.names[b]):
            return False
        (low_a, high_a), (low_b, high_b) = self.when[a], self.when[b]
        if core_a.family in DURATIVE:
            lows = [d for d in (low_a, low_b) if d is not None]
            highs = [d for d in (high_a, high_b) if d is not None]
            return (
                not lows
                or not highs
                or max(highs) - min(lows) <= LONGEST_SPELL
                or core_a.names == core_b.names
            )
        low = max((d for d in (low_a, low_b) if d is not None), default=None)
        high = min((d for d in (high_a, high_b) if d is not None), default=None)
        return low is None or high is None or low <= high + max(1, reach_days(core_a, core_b))

    def union(self, a: int, b: int, why: Judgement, *, forced: bool = False) -> bool:
        """Join two atoms' clusters unless they conflict; True when they are one afterwards."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return True
        if not forced and (self.separated(a, b) or not self.agree(a, b)):
            return False
        a, b = min(a, b), max(a, b)
        self.parent[b] = a
        self.members[a] += self.members.pop(b)
        self.core[a] = min(self.core[a], self.core.pop(b), key=self._vagueness)
        self.when[a] = self._joined(self.when[a], self.when.pop(b), self.atoms[a].family)
        self.names[a] |= self.names.pop(b)
        self.spread[a] |= self.spread.pop(b)
        self.links[a] += [*self.links.pop(b, []), why]
        return True

    @staticmethod
    def _listed(atom: Atom) -> frozenset[str]:
        """The claim of which an atom is one of several happenings, at one of its places each."""
        return frozenset({atom.claim.id} if atom.place is not None and not atom.others else ())

    def _vagueness(self, i: int) -> tuple[float, float, str]:
        atom = self.atoms[i]
        width = 1e9 if atom.low is None or atom.high is None else float(atom.high - atom.low)
        radius = 1e9 if atom.place is None or atom.place.lat is None else (atom.place.radius_km or 0.0)
        return width, radius, atom.id

    @staticmethod
    def _joined(
        a: tuple[int | None, int | None], b: tuple[int | None, int | None], family: str
    ) -> tuple[int | None, int | None]:
        lows = [d for d in (a[0], b[0]) if d is not None]
        highs = [d for d in (a[1], b[1]) if d is not None]
        if family in DURATIVE:
            return (min(lows) if lows else None), (max(highs) if highs else None)
        return (max(lows) if lows else None), (min(highs) if highs else None)

    def groups(self) -> list[tuple[list[int], list[Judgement]]]:
        """Members and joining judgements of every cluster, in a fixed order."""
        return [
            (sorted(self.members[root]), sorted(self.links.get(root, []), key=lambda j: (j.left, j.right)))
            for root in sorted(self.members)
        ]


def cluster(atoms: Sequence[Atom], judgements: Iterable[Judgement] = ()) -> Clusters:
    """Join atoms that tell of one happening.

    Args:
        atoms: in the order of ``expand``.
        judgements: a reviewer's verdicts on claim ids; "same" joins, "different" separates for good.
    """
    reviewed = sorted(
        (j for j in judgements if j.verdict != "unsure"), key=lambda j: (j.left, j.right, j.verdict, j.judge)
    )
    forbidden: dict[str, set[str]] = defaultdict(set)
    for ruling in reviewed:
        if ruling.verdict == "different":
            forbidden[ruling.left].add(ruling.right)
            forbidden[ruling.right].add(ruling.left)
    sets = Clusters(atoms, dict(forbidden))
    _must_link(sets, [j for j in reviewed if j.verdict == "same"])
    firm, vague = _same_pairs(atoms)
    for _, i, j, opinion in firm:
        sets.union(i, j, _rule(atoms[i], atoms[j], opinion))
    _attach(sets, vague)
    return sets


def _rule(a: Atom, b: Atom, opinion: Opinion) -> Judgement:
    left, right = sorted((a.claim.id, b.claim.id))
    return Judgement(left, right, opinion.verdict, opinion.reasons)


Edge = tuple[tuple[float, str, str], int, int, Opinion]


def _same_pairs(atoms: Sequence[Atom]) -> tuple[list[Edge], list[Edge]]:
    """Pairs judged same, strongest first: those between firm atoms, and those with a vague one."""
    firm: list[Edge] = []
    vague: list[Edge] = []
    for i, j in candidate_pairs(atoms):
        if atoms[i].claim.id == atoms[j].claim.id:
            continue
        opinion = judge(atoms[i], atoms[j])
        if opinion.verdict != "same":
            continue
        edge = ((-opinion.points, atoms[i].id, atoms[j].id), i, j, opinion)
        (firm if atoms[i].firm and atoms[j].firm else vague).append(edge)
    return sorted(firm, key=lambda e: e[0]), sorted(vague, key=lambda e: e[0])


def _must_link(sets: Clusters, rulings: Sequence[Judgement]) -> None:
    by_claim: dict[str, list[int]] = defaultdict(list)
    for index, atom in enumerate(sets.atoms):
        by_claim[atom.claim.id].append(index)
    for ruling in rulings:
        lefts, rights = by_claim.get(ruling.left, []), by_claim.get(ruling.right, [])
        pairs = [
            (i, j)
            for i in lefts
            for j in rights
            if _shares_place(sets.atoms[i], sets.atoms[j])
        ] or [(i, j) for i in lefts[:1] for j in rights[:1]]  # fmt: skip
        for i, j in pairs:
            if not sets.separated(sets.find(i), sets.find(j)):
                sets.union(i, j, ruling, forced=True)


def _shares_place(a: Atom, b: Atom) -> bool:
    if a.place is None or b.place is None:
        return a.place is b.place
    return places_apart(a.place, b.place)[0] in {"same", "near"}


CLEARLY = 1.0
"""Log-odds by which one home must be likelier than the next for a vague atom to join it."""


def _torn(sets: Clusters, links: Sequence[Edge]) -> bool:
    """Whether a vague atom could as well mean two firm clusters."""
    best: dict[int, float] = {}
    for (weight, _, _), i, j, _ in links:
        home = sets.find(i if sets.atoms[i].firm else j)
        best[home] = min(best.get(home, weight), weight)
    likely = sorted(best.values())
    return len(likely) > 1 and likely[1] - likely[0] < CLEARLY


def _attach(sets: Clusters, edges: Sequence[Edge]) -> None:
    """Vague atoms first join the one firm cluster that they can mean, then one another.

    A vague atom that could as well mean two firm clusters stays apart from both, and from what is in them.
    """
    atoms = sets.atoms
    to_firm: dict[int, list[Edge]] = defaultdict(list)
    among: list[Edge] = []
    for edge in edges:
        _, i, j, _ = edge
        if atoms[i].firm or atoms[j].firm:
            to_firm[j if atoms[i].firm else i].append(edge)
        else:
            among.append(edge)
    torn = {vague for vague, links in to_firm.items() if _torn(sets, links)}
    for vague in sorted(set(to_firm) - torn, key=lambda v: min(e[0] for e in to_firm[v])):
        _, i, j, opinion = min(to_firm[vague], key=lambda e: e[0])
        sets.union(i, j, _rule(atoms[i], atoms[j], opinion))
    for _, i, j, opinion in among:
        if (i in torn) == (j in torn):
            sets.union(i, j, _rule(atoms[i], atoms[j], opinion))
