"""Whether a happening is asserted, negated, planned, feared, demanded, denied, or not claimed at all."""

from __future__ import annotations

from dataclasses import dataclass, field

from svidok.atlas.lexicon import Embedding, Lexicon
from svidok.claims.arguments import Frame, subjects_of
from svidok.claims.tree import Tree
from svidok.records import Modality, Polarity

__all__ = ["Standing", "standing_of"]

STEPS = 14
CLAUSAL = frozenset(
    {
        "ccomp",
        "xcomp",
        "pcomp",
        "acl",
        "advcl",
        "conj",
        "csubj",
        "csubjpass",
        "relcl",
        "oprd",
        "acomp",
        "attr",
        "appos",
        "parataxis",
        "dep",
    }
)
ROLE_OF_NOUN = frozenset(
    {"dobj", "nsubjpass", "nsubj", "pobj", "attr", "conj", "appos", "oprd", "dative", "compound"}
)
RANK = {
    "asserted": 0,
    "reported": 1,
    "announced": 2,
    "planned": 3,
    "possible": 4,
    "requested": 5,
    "denied": 6,
}


CLOSING = " \t\n\"'”’»)"

SAID = frozenset({"reported", "announced"})

UNWANTED: dict[str, Modality] = {"excluded": "possible", "discouraged": "requested", "shelved": "planned"}
"""Effects that both negate and put off: "ruled out an attack", "warned against an attack", "put it off"."""


@dataclass(slots=True)
class Standing:
    """How a happening stands: polarity, modality, whose words, and whether it is a claim at all."""

    negations: int = 0
    modality: Modality = "asserted"
    dropped: str | None = None
    speakers: list[int] = field(default_factory=list)
    cue: int | None = None
    purpose: bool = False
    attempt: bool = False
    wished: bool = False
    settled: bool = False
    unwanted: bool = False
    tried: bool = False
    reasons: list[str] = field(default_factory=list)

    @property
    def polarity(self) -> Polarity:
        """Two negations make an affirmation ("did not fail to")."""
        return "negated" if self.negations % 2 else "affirmed"

    def to(self, modality: Modality, why: str) -> None:
        """Keep the modality that is farthest from assertion; what is settled may only be somebody's word."""
        if self.settled and modality not in SAID:
            return
        if RANK[modality] > RANK[self.modality]:
            self.modality = modality
        self.reasons.append(why)

    def negate(self, why: str = "") -> None:
        """Count a negation, unless the happening is settled."""
        if not self.settled:
            self.negations += 1
            self.reasons += [why] if why else []

    def drop(self, why: str) -> None:
        """Mark the happening as not claimed."""
        self.dropped = self.dropped or why


def standing_of(tree: Tree, frame: Frame, lexicon: Lexicon) -> Standing:
    """Read negation, auxiliaries, conditions and embedding predicates from the trigger upwards."""
    standing = Standing()
    i = frame.trigger
    if frame.pos == "verb":
        _verb(tree, i, standing, lexicon)
        if _rather_than(tree, i):
            standing.negate("rather than")
        if tree.head[i] == i and _infinitive(tree, i) and tree.of(i, "nsubj", "nsubjpass"):
            standing.to("planned", "to")  # a headline without a verb: "Fighters to leave for the west"
    elif frame.pos == "noun":
        _noun(tree, i, standing, lexicon)
        if not standing.negations and _is_reported(tree, frame.light):
            standing.to("reported", "reported")  # "casualties were reported"
    previous = i
    for _ in range(STEPS):
        above = tree.head[i]
        if above == i:
            break
        if not _climb(tree, i, above, standing, lexicon, frame):
            break
        previous, i = i, above
    del previous
    if frame.pos == "adj" or tree.dep[frame.trigger] == "acl" or _is_tallied(tree, frame, lexicon):
        _counted(tree, frame.trigger, standing, lexicon)
    if tree.text.rstrip(CLOSING).endswith("?") and tree.size > 3:
        standing.drop("a question")
    return standing


def _is_reported(tree: Tree, light: int | None) -> bool:
    """Whether the verb of an event noun says that it was reported, by whomever."""
    return light is not None and tree.lemma[light] == "report" and not tree.of(light, "dobj")


def _rather_than(tree: Tree, verb: int) -> bool:
    """Whether a verb tells what was not done ("they fled rather than surrender")."""
    first = verb - 1 if verb and tree.low[verb - 1] == "to" else verb
    return first > 1 and tree.low[first - 2 : first] == ["rather", "than"]


def _climb(tree: Tree, i: int, above: int, standing: Standing, lexicon: Lexicon, frame: Frame) -> bool:
    """Take one step up; False when what stands above has no say."""
    dep, pos, above_pos = tree.dep[i], tree.pos(i), tree.pos(above)
    if tree.tag[i] == "VB" and dep == "pobj" and tree.low[above] == "to":
        if tree.lemma[tree.head[above]] == "be":
            standing.to("planned", "is to")  # "a column that was to march": the parser takes "to" for a place
        return False
    if tree.dep[i] in {"prep", "prt"} or tree.tag[i] == "IN":
        return _through_preposition(tree, i, above, standing, lexicon)
    if pos == "noun" or tree.is_nominal(i):
        if above_pos == "verb":
            if dep == "conj" or dep not in ROLE_OF_NOUN:
                return False
            _effect(tree, above, standing, lexicon, noun=True, dep=dep)
            if dep == "nsubj" and tree.lemma[above] == "be" and _untrue(tree, above, lexicon):
                standing.to("denied", "not true")
                standing.negate()
            if dep == "nsubj" and _ends(tree, above, lexicon):
                return True  # "the siren did not stop"
            if dep == "nsubj":
                _predicated(tree, above, standing, lexicon)
            if dep == "nsubj" and tree.lemma[above] == "be":  # "an attack is likely"
                for kid in tree.of(above, "acomp"):
                    told = lexicon.embedding(tree.lemma[kid], "adj")
                    if told is not None and told.effect in {"possible", "planned"}:
                        _apply(tree, kid, standing, told.effect)
            if dep == "nsubj" and _modals(tree, above) & HYPOTHETICAL:
                standing.drop("hypothetical")
            if (
                i == frame.trigger
                or above == frame.light
                or dep in {"dobj", "nsubjpass"}
                or i in frame.anchors
            ):
                _verb(tree, above, standing, lexicon, own=i)
                return True
            return True
        return dep in {"pobj", "conj", "attr", "appos", "acomp", "nsubj"}
    if dep == "pcomp":
        if tree.low[above] == "without":
            standing.negate("without")
        elif tree.low[above] == "instead" or (
            tree.low[above] == "of"
            and "instead" in {tree.low[one] for one in (tree.head[above], *tree.of(above, "advmod"))}
        ):
            standing.negate("instead of")
        elif tree.low[above] == "of" and tree.low[tree.head[above]] == "short":
            standing.negate("short of")  # "stopped short of entering the city"
        verb = tree.head[above]
        if tree.tag[verb] == "VB" and tree.head[verb] == verb and not _has(tree, verb, ("nsubj", "aux")):
            standing.to("requested", "imperative")
            standing.wished = True
        return True
    if dep == "ccomp" and tree.low[above] == "matter" and "no" in {tree.low[kid] for kid in tree.kids[above]}:
        standing.drop("no matter")  # "no matter how many weapons arrive"
    if dep == "ccomp" and i < above and _stands_apart(tree, i, above, lexicon):
        return False
    if dep == "conj":
        if above_pos == "verb" and _shares_auxiliary(tree, i, above):
            _auxiliaries(tree, above, standing, lexicon)
        if any(tree.low[kid] in lexicon.words["hypothetical_marks"] for kid in tree.of(above, "mark")):
            standing.drop("a condition")  # "if the council votes and the neighbours agree"
        return True
    if dep in {"relcl"}:
        if tree.head[above] == above and tree.pos(above) == "noun" and _infinitive(tree, i):
            standing.to("planned", "to")
        return False
    if dep == "acl" and tree.tag[i] != "VB":
        return False
    if dep in {"advcl"} and not _infinitive(tree, i):
        if _is_awaited(tree, i, above):
            standing.drop("a condition")
        standing.settled = standing.settled or _is_factive(tree, i, lexicon)
        return True
    if dep in {
        "xcomp",
        "ccomp",
        "acl",
        "advcl",
        "oprd",
        "acomp",
        "csubj",
        "csubjpass",
        "dep",
        "relcl",
        "attr",
    }:
        if _is_thought_possible(tree, i, above):
            standing.drop("a capability")  # "it is possible to destroy a house, but not an idea"
        if dep == "acl" and tree.low[above] == "order" and tree.low[tree.head[above]] == "in":
            standing.purpose = True  # "in order to take the bridge"
            standing.to("planned", "purpose")
            return False
        if dep == "xcomp" and tree.lemma[above] in lexicon.words["telling_verbs"] and _infinitive(tree, i):
            standing.to("requested", tree.low[above])  # "were told to leave"
            known = True
        else:
            subject = dep == "csubj"  # "shelling stopped": the shelling had been
            known = _effect(tree, above, standing, lexicon, noun=subject, dep="nsubj" if subject else dep)
        if dep in {"ccomp", "csubj"} and tree.lemma[above] == "be" and _untrue(tree, above, lexicon):
            if "contrary" in tree.low[i : frame.trigger]:
                return False  # "it is false that they left: on the contrary, they shelled the town"
            standing.to("denied", "not true")
            standing.negations += 1
            return False
        if (
            dep == "xcomp"
            and tree.lemma[above] == "be"
            and any(tree.low[kid] == "to" for kid in tree.of(i, "aux"))
        ):
            if any(kid > above for kid in tree.of(above, "nsubj", "nsubjpass")):
                standing.drop("a condition")  # "were they to withdraw"
            standing.to("planned", "is to")  # "troops are to be deployed"
        if dep == "xcomp" and tree.low[above] == "used" and not tree.of(above, "dobj", "auxpass"):
            standing.drop("a former habit")
        wanted = lexicon.embedding(f"{tree.lemma[above]} for", "verb") if dep == "advcl" else None
        if wanted is not None and any(tree.low[one] == "for" for one in tree.of(i, "mark")):
            _apply(tree, above, standing, wanted.effect)  # "called for the commanders to be shot"
            known = True
        if tree.lemma[above] == "take" and any(
            "time" in lexicon.kinds_of(tree.lemma[one]) for one in tree.of(above, "dobj")
        ):
            known = True  # "took six days to push them back": at last they did
        if dep in {"advcl", "acl"} and _infinitive(tree, i) and not known:
            standing.purpose = True
            standing.to("planned", "purpose")
        if above_pos == "verb" and dep in {"xcomp", "ccomp", "oprd", "acomp"} and standing.cue is None:
            _verb(tree, above, standing, lexicon, embedding=dep == "ccomp")
        return True
    return above_pos == "verb"


def _is_thought_possible(tree: Tree, verb: int, above: int) -> bool:
    """Whether an infinitive tells what is possible at all, now and to anybody."""
    be = tree.head[above] if tree.low[above] == "possible" else above
    if not _infinitive(tree, verb) or tree.lemma[be] != "be" or not _is_present(tree, be):
        return False
    told = any(tree.low[kid] == "possible" for kid in tree.of(be, "acomp"))
    return told and {tree.low[kid] for kid in tree.of(be, "nsubj", "expl")} == {"it"}


def _stands_apart(tree: Tree, verb: int, above: int, lexicon: Lexicon) -> bool:
    """Whether a clause that the parser hangs on a later verb is a sentence of its own.

    "Sirens are wailing; flashes can be seen", "the corridor was opened, but they let nobody out", not "the
    town fell, he said".
    """
    if any(tree.low[k] == ";" for k in range(verb, above)):
        return True
    known = lexicon.embedding(tree.lemma[above], "verb")
    if known is not None and known.effect in {"reported", "announced", "denied", "possible"}:
        return False
    said = any(
        sense.type == "statement"
        and sense.object is None
        and (sense.subject is None or "people" in sense.subject)
        for companion, sense in lexicon.of(tree.lemma[above], "verb")
        if companion is None or companion in {tree.low[kid] for kid in tree.of(above, "prt", "prep")}
    )
    return not said and any(
        verb < subject < above and any(tree.low[k] == "," for k in range(verb, subject))
        for subject in tree.of(above, "nsubj", "nsubjpass")
    )


def _is_factive(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """Whether a clause tells what took place, whatever becomes of what it hangs on ("after they fled")."""
    words = lexicon.words["factive_marks"]
    marked = any(tree.low[kid] in words for kid in tree.of(verb, "mark", "advmod"))
    return marked and _is_past(tree, verb)


def _is_awaited(tree: Tree, verb: int, above: int) -> bool:
    """Whether a clause tells what is waited for ("would stop when they reached it", "once he goes")."""
    marks = {tree.low[kid] for kid in tree.of(verb, "mark", "advmod")}
    if "once" in marks and _is_present(tree, verb):
        return True
    return bool(marks & AWAITING) and bool(_modals(tree, above) & {"would", "could", "'d"})


AWAITING = frozenset({"once", "when", "after"})


def _through_preposition(tree: Tree, prep: int, above: int, standing: Standing, lexicon: Lexicon) -> bool:
    low = tree.low[prep]
    if tree.lemma[above] == "fail" and low == "in" and not _attempts(tree, prep, lexicon):
        return True  # "failed in three attacks": they took place
    if tree.pos(above) == "noun" and low in {"of", "for", "to", "on", "in", "against", "with"}:
        _effect(tree, above, standing, lexicon, noun=True, dep="prep")
        return True
    if tree.pos(above) == "adj":
        _effect(tree, above, standing, lexicon, noun=True, dep="prep")
        return True
    if tree.dep[prep] == "agent" and _modals(tree, above):
        _auxiliaries(tree, above, standing, lexicon)  # "may be followed by strikes"
        return False
    if tree.pos(above) == "verb":
        after = prep > above  # "on the first day of the war he called him" calls on nobody
        found = lexicon.embedding(f"{tree.lemma[above]} {low}", "verb") if after else None
        if found is not None or low in {"from", "of", "for", "to", "with", "in"}:
            if found is not None and low != "for" and found.effect not in {"requested"}:
                _apply(tree, above, standing, found.effect)
            else:
                _effect(tree, above, standing, lexicon, noun=low not in {"from"}, dep="prep", prep=low)
            return True
    return False


def _attempts(tree: Tree, prep: int, lexicon: Lexicon) -> bool:
    """Whether what a preposition governs is an attempt."""
    known = [lexicon.embedding(tree.lemma[one], "noun") for one in tree.of(prep, "pobj")]
    return any(one is not None and one.effect == "attempt" for one in known)


def _is_tallied(tree: Tree, frame: Frame, lexicon: Lexicon) -> bool:
    """Whether a noun is what somebody counts ("counted 2,439 prisoners", "raised the toll to 250")."""
    i = frame.trigger
    return (
        frame.pos == "noun"
        and tree.dep[i] == "dobj"
        and tree.lemma[tree.head[i]] in lexicon.words["counting_verbs"]
    )


COUNTED = frozenset({"dobj", "oprd", "ccomp", "advcl"})  # how the parser hangs "ten dead" on "counted"


def _counted(tree: Tree, trigger: int, standing: Standing, lexicon: Lexicon) -> None:
    """Give the dead and wounded that somebody counts or reports to him: "the office reports ten killed"."""
    i = trigger
    for _ in range(STEPS):
        above = tree.head[i]
        if above == i or tree.dep[i] in {"nsubj", "nsubjpass", "relcl"}:
            return
        if tree.pos(above) == "verb":
            pairs = {f"{tree.lemma[above]} {tree.low[kid]}" for kid in tree.of(above, "prep")}
            spoken = bool(pairs & lexicon.words["counting_pairs"])
            counted = tree.lemma[above] in lexicon.words["counting_verbs"] and bool(COUNTED & {tree.dep[i]})
            if (spoken or counted) and subjects_of(tree, above):
                _apply(tree, above, standing, "reported")
            return
        i = above


def _infinitive(tree: Tree, verb: int) -> bool:
    """Whether a verb is an infinitive with "to", active or passive ("to be shot")."""
    return tree.tag[verb] in {"VB", "VBN"} and any(tree.low[kid] == "to" for kid in tree.of(verb, "aux"))


def _shares_auxiliary(tree: Tree, verb: int, above: int) -> bool:
    """ "will attack and destroy": the second verb stands under the first one's auxiliary."""
    if any(tree.dep[kid] in {"nsubj", "nsubjpass", "aux", "auxpass"} for kid in tree.kids[verb]):
        return False
    return tree.tag[verb] in {"VB", tree.tag[above]} and tree.tag[above] in {"VB", "VBN", "VBG"}


def _verb(
    tree: Tree, verb: int, standing: Standing, lexicon: Lexicon, *, embedding: bool = False, own: int = -1
) -> None:
    """Negation, auxiliaries, conditions and adverbs of one verb; ``own`` is an argument read already."""
    _auxiliaries(tree, verb, standing, lexicon)
    if _inverted(tree, verb):
        standing.drop("a condition")
    words = lexicon.words
    for kid in tree.kids[verb]:
        low, dep = tree.low[kid], tree.dep[kid]
        if dep == "mark" and low in words["hypothetical_marks"]:
            standing.drop(f"under {low!r}")
        elif dep == "advcl" and _is_present(tree, verb) and _is_present(tree, kid):
            if any(tree.low[one] in {"when", "whenever"} for one in tree.of(kid, "advmod")):
                standing.drop("a rule")  # "when the siren sounds, people go down"
        elif dep == "npadvmod" and tree.tag[verb] in {"VBP", "VBZ"}:  # "sails every Tuesday"
            if any(tree.low[one] in {"every", "each"} for one in tree.of(kid, "det")):
                standing.drop("a habit")
        elif dep == "advmod":
            if low in words["figurative_adverbs"]:
                standing.drop("a figure of speech")  # "he capitulated politically"
            if low in {"when", "whenever"} and tree.dep[verb] == "advcl" and _is_present(tree, verb):
                if _is_past(tree, tree.head[verb]):
                    continue  # "killed when shells hit the market": a past that looks like a present
                standing.drop("a rule")  # "when the siren sounds, go down"
            elif low in words["possible_adverbs"]:
                standing.to("possible", low)
            elif low in words["reported_adverbs"]:
                standing.to("reported", low)
            elif low in words["habit_adverbs"] and tree.tag[verb] in {"VBP", "VBZ", "VB"}:
                standing.drop("a habit")
        elif dep in {"nsubj", "nsubjpass", "dobj"} and not embedding and kid != own:
            beside = ";" in tree.low[min(kid, verb) : max(kid, verb)]  # a cell of a row: "cut off; none"
            if not beside and _is_none(tree, kid):
                standing.negate("no")
    if (
        tree.tag[verb] == "VB"
        and tree.dep[verb] == "ROOT"
        and not _has(tree, verb, ("nsubj", "aux", "nsubjpass", "expl"))
    ):
        standing.to("requested", "imperative")
        standing.wished = True


def _is_present(tree: Tree, verb: int) -> bool:
    """Whether a verb or its passive auxiliary stands in the simple present."""
    return tree.tag[verb] in {"VBZ", "VBP"} or any(
        tree.tag[one] in {"VBZ", "VBP"} for one in tree.of(verb, "auxpass")
    )


def _is_past(tree: Tree, verb: int) -> bool:
    """Whether a verb or its auxiliary stands in the simple past."""
    return "VBD" in {tree.tag[one] for one in (verb, *tree.of(verb, "aux", "auxpass"))}


def _ends(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """Whether a verb without an object says that its subject ended: that it did not end negates nothing."""
    known = lexicon.embedding(tree.lemma[verb], "verb")
    return known is not None and known.effect == "negated" and not tree.of(verb, "dobj", "xcomp")


def _untrue(tree: Tree, copula: int, lexicon: Lexicon) -> bool:
    """Whether a copula says that something is not so ("it is not true that", "reports of it are a fake")."""
    said = {tree.low[kid] for kid in tree.of(copula, "acomp", "attr")}
    negated = bool(tree.of(copula, "neg"))
    return bool(said & {"true", "correct", "so"}) if negated else bool(said & lexicon.words["falsehoods"])


def _is_none(tree: Tree, noun: int) -> bool:
    """Whether a noun phrase stands for none: "nobody", "no soldier"."""
    if tree.low[noun] in {"nobody", "none", "nothing"}:
        return True
    if any(tree.low[one] in {"no", "neither"} for one in tree.of(noun, "det", "preconj")):
        return True
    first = tree.phrase(noun)[0]  # "not one shot", "not a single house"
    return tree.low[first] == "not" and noun - first <= 3


def _predicated(tree: Tree, verb: int, standing: Standing, lexicon: Lexicon) -> None:
    """What a predicate adjective says of a noun's happening: "attacks are possible", "guns were silent"."""
    for kid in tree.of(verb, "acomp", "oprd"):
        known = lexicon.embedding(tree.lemma[kid], "adj")
        if known is not None and known.effect in {"possible", "planned", "negated"}:
            _apply(tree, kid, standing, known.effect)


UNREACHED = frozenset({"before", "than"})  # "before he could destroy it", "faster than they could train"

HYPOTHETICAL = frozenset({"would", "'d", "could", "might"})


def _modals(tree: Tree, verb: int) -> set[str]:
    return {tree.low[kid] for kid in tree.of(verb, "aux") if tree.tag[kid] == "MD"}


def _inverted(tree: Tree, verb: int) -> bool:
    """Whether a clause is a condition by its word order: "had they attacked", "should it fall"."""
    subjects = [kid for kid in tree.kids[verb] if tree.dep[kid] in {"nsubj", "nsubjpass"}]
    return tree.dep[verb] == "advcl" and any(
        tree.dep[kid] in {"aux", "auxpass"}
        and tree.low[kid] in {"had", "should", "were"}
        and kid < subjects[0]
        for kid in tree.kids[verb]
        if subjects
    )


def _has(tree: Tree, verb: int, deps: tuple[str, ...]) -> bool:
    return any(tree.dep[kid] in deps for kid in tree.kids[verb])


def _auxiliaries(tree: Tree, verb: int, standing: Standing, lexicon: Lexicon) -> None:
    negated = False
    modal = None
    perfect = False
    for kid in tree.kids[verb]:
        dep, low = tree.dep[kid], tree.low[kid]
        if low in {"not", "n't"} and _only(tree, kid):
            continue
        if (
            dep == "neg"
            or (dep in {"advmod", "preconj", "cc"} and low in lexicon.words["negators"] and kid < verb)
            or (dep == "advmod" and low == "longer" and any(tree.low[one] == "no" for one in tree.kids[kid]))
        ):
            negated = True
        elif dep in {"aux", "auxpass"}:
            if tree.tag[kid] == "MD":
                modal = low
            elif low in {"have", "'ve"}:
                perfect = True
    if negated and not (_only_from_then(tree, verb) or _for_another_cause(tree, verb)):
        standing.negate("not")
    if modal is None:
        return
    kind = lexicon.modals.get(modal)
    if kind == "could" or kind == "can":
        if negated:
            return
        if kind == "can":
            standing.drop("a capability")
        elif {tree.low[one] for one in tree.of(verb, "mark")} & UNREACHED:
            standing.drop("not so far")
        else:
            standing.to("possible", modal)
    elif kind == "would" and perfect:
        standing.drop("counterfactual")
    elif kind == "would" or kind == "planned":
        standing.to("planned", modal)
    elif kind == "possible":
        standing.to("possible", modal)
    elif kind == "requested":
        standing.to("requested", modal)
        standing.wished = True


def _only(tree: Tree, negation: int) -> bool:
    """Whether a negation denies only that this was all: "not only bombed"."""
    return negation + 1 < tree.size and tree.low[negation + 1] == "only"


def _for_another_cause(tree: Tree, verb: int) -> bool:
    """Whether a negation denies only a cause: "did not lose because of the winter, but because of"."""
    causes = [kid for kid in tree.of(verb, "prep") if tree.low[kid] == "because"]
    causes += [
        mark for kid in tree.of(verb, "advcl") for mark in tree.of(kid, "mark") if tree.low[mark] == "because"
    ]
    return any({"but", "nor"} & set(tree.low[cause:]) for cause in causes if cause > verb)


def _only_from_then(tree: Tree, verb: int) -> bool:
    """Whether a negation only says when it happened at last: "did not arrive until five days later"."""
    for kid in tree.kids[verb]:
        if tree.low[kid] in {"until", "till"} and kid > verb:
            return True
        if tree.dep[kid] == "advcl" and any(
            tree.low[one] in {"until", "till"} for one in tree.of(kid, "mark")
        ):
            return True
    return False


def _effect(
    tree: Tree, above: int, standing: Standing, lexicon: Lexicon, *, noun: bool, dep: str, prep: str = ""
) -> bool:
    """Apply what the governing predicate does to what it governs; whether it is a known one."""
    pos = tree.pos(above)
    if pos is None:
        return False
    found = _embedding(tree, above, pos, lexicon)
    if found is None:
        return False
    effect = found.effect
    called = tree.lemma[above] == "call" and effect == "requested" and dep in {"dobj", "nsubjpass", "oprd"}
    if noun and (dep == "nsubj" or called):
        return False
    if (
        noun
        and effect == "reported"
        and dep == "dobj"
        and tree.lemma[above] in lexicon.words["settling_verbs"]
    ):
        _apply(tree, above, standing, effect)  # "the senator acknowledged heavy losses"
        return True
    if noun and effect in {"reported", "aspect", "attempt", "dropped"}:
        return effect == "aspect"
    if noun and effect == "planned" and dep == "prep" and pos == "verb" and prep != "for":
        return False
    if noun and effect == "denied" and tree.lemma[above] == "reject":
        return False
    if effect == "reported" and dep == "advcl" and pos == "verb":
        return False
    if prep and (effect in UNWANTED or (effect == "negated" and prep == "with")):
        return False  # "renounced it in a meeting", "were stopped with the loss of"
    if effect == "attempt" and _in_vain(tree, above, lexicon):
        standing.negate(f"{tree.low[above]} in vain")
        return True
    _apply(tree, above, standing, effect)
    return True


def _embedding(tree: Tree, above: int, pos: str, lexicon: Lexicon) -> Embedding | None:
    """What a word, or a verb with its particle ("rule out"), does to what it governs."""
    for particle in tree.of(above, "prt") if pos == "verb" else ():
        found = lexicon.embedding(f"{tree.lemma[above]} {tree.low[particle]}", pos)
        if found is not None:
            return found
    return lexicon.embedding(tree.lemma[above], pos)


def _apply(tree: Tree, above: int, standing: Standing, effect: str) -> None:
    word = tree.low[above]
    if effect == "negated":
        standing.negate(word)
    elif effect in UNWANTED:
        standing.unwanted = True
        standing.to(UNWANTED[effect], word)
        standing.negate()
    elif effect == "attempt":
        standing.attempt = True
        standing.tried = standing.tried or tree.tag[above] in {"VBD", "VBP", "VBZ"}
        standing.to("planned", word)
    elif effect == "planned":
        standing.to("planned", word)
    elif effect == "possible":
        standing.to("possible", word)
        if tree.pos(above) == "verb" and {tree.low[one] for one in tree.of(above, "nsubj")} & {"i", "we"}:
            standing.drop("the author's opinion")
    elif effect == "requested":
        standing.to("requested", word)
    elif effect == "announced":
        standing.to("announced", word)
        _speaker(tree, above, standing)
    elif effect == "reported":
        standing.to("reported", word)
        _speaker(tree, above, standing)
    elif effect == "denied":
        standing.to("denied", word)
        standing.negations += 1
        _speaker(tree, above, standing)
    elif effect == "dropped":
        standing.drop(f"under {word!r}")


def _in_vain(tree: Tree, attempt: int, lexicon: Lexicon) -> bool:
    """Whether an attempt failed, as its clause says ("tried in vain", "made an attempt, but failed")."""
    verb = attempt if tree.pos(attempt) == "verb" else tree.head[attempt]
    said = {tree.low[kid] for kid in tree.of(verb, "advmod")}
    said.update(tree.low[one] for prep in tree.of(verb, "prep") for one in tree.of(prep, "pobj"))
    failed = any(tree.lemma[kid] == "fail" and not tree.of(kid, "xcomp") for kid in tree.of(verb, "conj"))
    return failed or bool(said & lexicon.words["vain_words"])


def _speaker(tree: Tree, above: int, standing: Standing) -> None:
    if standing.cue is None:
        standing.cue = above
        standing.speakers = subjects_of(tree, above) if tree.pos(above) == "verb" else []


def _noun(tree: Tree, noun: int, standing: Standing, lexicon: Lexicon) -> None:
    """Determiners and adjectives of an event noun."""
    if _is_ruled_out(tree, noun):
        standing.negate("not")
    for kid in tree.kids[noun]:
        low, dep = tree.low[kid], tree.dep[kid]
        if dep in {"det", "neg"} and low in {"no", "neither"}:
            standing.negate("no")
        elif dep == "det" and low in lexicon.words["whatever_words"]:
            standing.drop("whatever it may be")
        elif dep in {"amod", "advmod", "compound"}:
            for effect in ("planned", "possible", "reported", "negated"):
                if low in lexicon.words[f"{effect}_adjectives"] and not _beside(tree, kid):
                    _apply_adjective(standing, effect, low)


def _is_ruled_out(tree: Tree, noun: int) -> bool:
    """Whether a noun stands beside what there was instead: "a redeployment and not a withdrawal"."""
    first = tree.phrase(noun)[0]
    denied = first if tree.low[first] == "not" else first - 1
    if denied < 1 or tree.low[denied] != "not" or _only(tree, denied):
        return tree.low[max(0, first - 2) : first] == ["rather", "than"]
    return tree.dep[denied] == "neg" and tree.is_nominal(tree.head[denied])


def _beside(tree: Tree, adjective: int) -> bool:
    """Whether "next" says where something is, not when ("next to the school")."""
    return tree.low[adjective] == "next" and tree.low[min(adjective + 1, tree.size - 1)] == "to"


def _apply_adjective(standing: Standing, effect: str, word: str) -> None:
    if effect == "negated":
        standing.negate(word)
    elif effect == "planned":
        standing.to("planned", word)
    elif effect == "possible":
        standing.to("possible", word)
    else:
        standing.to("reported", word)
