"""What tagger and parser get wrong in the same way each time, put right before the rules read a sentence."""

from __future__ import annotations

from bisect import bisect_right

from svidok.atlas.lexicon import Lexicon
from svidok.claims.kinds import AILMENTS, Mentions
from svidok.claims.tree import NOUN_RELATIONS, Tree

__all__ = [
    "mend_counts",
    "mend_fires",
    "mend_gerunds",
    "mend_lemmas",
    "mend_listed_verbs",
    "mend_time_phrases",
]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


def mend_lemmas(tree: Tree, lexicon: Lexicon) -> None:
    """Put right what the tagger gets wrong: lemmas ("raped": "rap"), nouns ("the counteroffensive" began)."""
    for i, low in enumerate(tree.low):
        misread = tree.tag[i] == "JJ" and tree.dep[i] in NOUN_RELATIONS
        if misread and lexicon.of(tree.lemma[i], "noun") and not lexicon.of(tree.lemma[i], "adj"):
            tree.tag[i] = "NN"
        if tree.tag[i] == "NNP" and lexicon.kinds_of(low) & AILMENTS:  # "Cholera has killed four people"
            tree.tag[i], tree.lemma[i] = "NN", low
        if tree.tag[i] == "VBD" and _is_participle(tree, i):
            tree.tag[i] = "VBN"
        if _is_passive_adjective(tree, i, lexicon):
            tree.tag[i], tree.lemma[i] = "VBN", lexicon.forms[low]
        named = tree.tag[i] == "VBG" and tree.dep[i] in NOUN_RELATIONS and bool(tree.of(i, "det"))
        if named and lexicon.of(low, "noun"):  # "the rising began"
            tree.tag[i], tree.lemma[i] = "NN", low
        if tree.tag[i] in {"NN", "NNS"} and low in lexicon.lemmas:
            tree.lemma[i] = lexicon.lemmas[low]
        elif tree.lemma[i] in lexicon.words["carrier_nouns"] and (carried := _carried(tree, i, lexicon)):
            tree.lemma[i] = carried
        elif tree.pos(i) == "verb":
            mended = lexicon.lemmas.get(low)
            if mended is None and tree.lemma[i] not in lexicon.verbs:
                mended = lexicon.forms.get(low)
            tree.lemma[i] = mended or tree.lemma[i]


def _is_participle(tree: Tree, verb: int) -> bool:
    """Whether a verb that is read as a past tense can be none ("was among the first houses struck").

    Without a verb before its noun it is the finite one itself ("The last fighters left tonight").
    """
    noun = tree.head[verb]
    governed = any(tree.pos(node) == "verb" and node < noun for node in tree.up(noun))
    return tree.dep[verb] == "acl" and governed and not tree.of(verb, "dobj", *SUBJECTS)


def _carried(tree: Tree, i: int, lexicon: Lexicon) -> str | None:
    """The happening that a word for any happening only carries: "two rape incidents", "a looting spree"."""
    before = i - 1
    if i == 0 or tree.head[before] != i or tree.dep[before] not in {"compound", "amod", "nmod"}:
        return None
    lemma = tree.low[before] if tree.tag[before] == "VBG" else tree.lemma[before]
    whole = any(companion == f"<{tree.low[before]}" for companion, _ in lexicon.of(tree.lemma[i], "noun"))
    plain = any(companion is None for companion, _ in lexicon.of(lemma, "noun"))
    return lemma if plain and not whole else None


def _is_passive_adjective(tree: Tree, i: int, lexicon: Lexicon) -> bool:
    """Whether a word that the tagger takes for an adjective is a verb of the lexicon ("was fortified")."""
    if tree.tag[i] != "JJ" or tree.dep[i] != "acomp" or tree.lemma[tree.head[i]] != "be":
        return False
    verb = lexicon.forms.get(tree.low[i])
    told = verb is not None and bool(lexicon.of(verb, "verb")) and not lexicon.of(tree.low[i], "adj")
    return told and not tree.of(i, "advmod", "prep")


def mend_gerunds(tree: Tree) -> None:
    """Let a gerund describe the bare noun that it stands before: "without running water", not running it."""
    for i in range(1, tree.size - 1):
        noun = i + 1
        if (
            tree.low[i - 1] == "without"
            and tree.tag[i] == "VBG"
            and tree.dep[i] == "pcomp"
            and tree.head[noun] == i
            and tree.dep[noun] == "dobj"
            and tree.tag[noun] == "NN"
        ):
            prep = tree.head[i]
            for kid in [kid for kid in tree.kids[i] if kid != noun]:
                _move(tree, kid, tree.head[prep], tree.dep[kid])
            _move(tree, noun, prep, "pobj")
            _move(tree, i, noun, "amod")
            tree.tag[i] = "JJ"
            tree.forget()


def mend_listed_verbs(tree: Tree, lexicon: Lexicon) -> None:
    """Give a list of verbs without any "and" to what it describes, and its misread gerunds back to it.

    "The town took in thousands who had fled, lost their homes, slept in cellars": the parser lets the town
    lose its homes. "Taking part in the defence, digging trenches, felling trees": it makes "digging trenches"
    one noun.
    """
    for i in range(tree.size):
        if tree.dep[i] == "conj" and tree.tag[i] in {"VBD", "VBN"}:
            _mend_relative_list(tree, i)
        elif tree.dep[i] == "compound" and tree.low[i].endswith("ing") and tree.tag[i] in {"NN", "VBG"}:
            _mend_listed_gerund(tree, lexicon, i)


def _mend_relative_list(tree: Tree, verb: int) -> None:
    """Move verbs that follow ", who did this" without any "and" from the main verb to the clause of "who"."""
    main = tree.head[verb]
    clauses = [
        clause
        for noun in tree.of(main, "dobj")
        if main < noun
        for clause in tree.of(noun, "relcl")
        if clause < verb and any(tree.low[kid] == "who" for kid in tree.of(clause, "nsubj"))
    ]
    if not clauses or tree.low[verb - 1] != ",":
        return
    listed = [i for i in tree.of(main, "conj") if i >= verb]
    chain = [one for i in listed for one in tree.members(i)]
    joined = (
        any(tree.of(i, "cc", *SUBJECTS) for i in chain) or tree.of(main, "cc") or tree.of(clauses[-1], "cc")
    )
    if not joined:
        for i in listed:
            _move(tree, i, clauses[-1], "conj")
        tree.forget()


def _mend_listed_gerund(tree: Tree, lexicon: Lexicon, gerund: int) -> None:
    """Make a verb of a gerund that opens a part of a list of gerunds: ", digging trenches, felling trees"."""
    noun = tree.head[gerund]
    before = tree.head[noun]
    lemma = lexicon.forms.get(tree.low[gerund])
    if lemma is None or tree.dep[noun] not in {"appos", "conj", "dobj"} or tree.low[gerund - 1] != ",":
        return
    verb = next((i for i in tree.up(before) if tree.tag[i] == "VBG"), None)
    if verb is None or not any(i > noun and tree.tag[i] == "VBG" for i in tree.of(verb, "conj")):
        return
    _move(tree, gerund, verb, "conj")
    _move(tree, noun, gerund, "dobj")
    tree.tag[gerund], tree.lemma[gerund] = "VBG", lemma
    tree.forget()


ALIGHT = frozenset({"ablaze", "alight", "afire", "aflame"})


def mend_fires(tree: Tree) -> None:
    """Give a verb the noun that it sets ablaze: the parser makes "a police car ablaze" one noun."""
    for i in range(1, tree.size):
        if tree.low[i] not in ALIGHT or tree.dep[i] not in {"dobj", "pobj"}:
            continue
        above, noun = tree.head[i], i - 1
        verb = tree.head[above] if tree.dep[i] == "pobj" else above
        if tree.pos(verb) != "verb":
            continue
        if tree.head[noun] == i and tree.pos(noun) == "noun":
            _move(tree, noun, above, tree.dep[i])
            for kid in [kid for kid in tree.kids[i] if kid < noun]:
                _move(tree, kid, noun, tree.dep[kid])
        for given in tree.of(verb, "dative") if tree.dep[i] == "dobj" else ():
            tree.dep[given] = "dobj"  # "set them alight"
        _move(tree, i, verb, "advmod")
        tree.tag[i] = "RB"
        tree.forget()


def mend_counts(tree: Tree) -> None:
    """Give a verb the number that tells of it, as its subject or its object.

    "In the town 8,000 were led out": the parser hangs the number on the noun before it. "Downed 30 of 35
    drones": it takes the number for a measure.
    """
    for i in range(1, tree.size - 1):
        noun = i - 1
        if tree.tag[i] == "CD" and tree.dep[i] == "npadvmod" and tree.low[i + 1] == "of":
            above = tree.head[i]
            if i == above + 1 and tree.pos(above) == "verb" and not tree.of(above, "dobj"):
                tree.dep[i] = "dobj"
        if tree.tag[i] != "CD" or tree.head[i] != noun or tree.dep[noun] != "pobj":
            continue
        verb = _next_verb(tree, i)
        if verb is None or any(tree.dep[kid] in SUBJECTS for kid in tree.kids[verb]):
            continue
        if not any(tree.tag[one] in FINITE for one in (verb, *tree.of(verb, "aux", "auxpass"))):
            continue
        _move(tree, i, verb, "nsubjpass" if tree.of(verb, "auxpass") else "nsubj")
        tree.forget()


FINITE = frozenset({"VBD", "VBP", "MD"})


def mend_time_phrases(tree: Tree, mentions: Mentions) -> None:
    """Part a time from the subject behind it: "In the afternoon shells fell" tells of shells, in place.

    The parser makes "the afternoon shells" one noun and leaves the verb without a subject.
    """
    for number in mentions.within("t", tree.start[0], tree.end[-1]):
        time = mentions.times[number]
        last = bisect_right(tree.end, time.end) - 1
        if last < 0 or tree.start[last] < time.start:
            continue
        noun = tree.head[last]
        if tree.dep[last] not in {"compound", "amod", "nummod", "nmod"} or noun <= last:
            continue
        prep = tree.head[noun]
        verb = tree.head[prep] if tree.dep[noun] == "pobj" else prep
        if tree.dep[noun] not in {"pobj", "npadvmod", "dep"} or not noun < verb == _next_verb(tree, noun):
            continue
        if any(tree.dep[kid] in SUBJECTS for kid in tree.kids[verb]):
            continue
        _move(tree, last, prep if tree.dep[noun] == "pobj" else verb, tree.dep[noun])
        for kid in [kid for kid in tree.kids[noun] if kid < last]:
            _move(tree, kid, last, tree.dep[kid])
        passive = any(tree.dep[kid] == "auxpass" for kid in tree.kids[verb])
        _move(tree, noun, verb, "nsubjpass" if passive else "nsubj")
        tree.forget()


def _next_verb(tree: Tree, noun: int) -> int | None:
    """The main verb right behind a noun, past its auxiliaries and adverbs."""
    for i in range(noun + 1, tree.size):
        if tree.pos(i) == "verb" and tree.dep[i] not in {"aux", "auxpass"}:
            return i
        if tree.tag[i] not in {"RB", "MD"} and tree.dep[i] not in {"aux", "auxpass", "neg"}:
            return None
    return None


def _move(tree: Tree, i: int, head: int, dep: str) -> None:
    tree.kids[tree.head[i]].remove(i)
    tree.head[i], tree.dep[i] = head, dep
    tree.kids[head] = sorted([*tree.kids[head], i])
