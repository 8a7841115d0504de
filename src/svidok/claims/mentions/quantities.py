"""How many of what: counts of people, equipment, places; distances, areas, shares; and their bounds.

Years, dates, model and unit numbers, calibres, ordinals and list labels are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from svidok.atlas.actors import load_actors
from svidok.atlas.units import Counted, Counts, load_counts
from svidok.claims.mentions.numbers import Number, read_number
from svidok.claims.mentions.tallies import is_loss, read_tally
from svidok.claims.mentions.tokens import Parsed, Tokens, tokens_of
from svidok.records import Place, Quantity, Time

__all__ = ["find_quantities"]

_YEAR = re.compile(r"^(1[0-9]|20)\d\d$")
_CLOCK = re.compile(r"^\d{1,2}[:.]\d\d$")
_ORDINAL = re.compile(r"^\d+(st|nd|rd|th)$", re.I)
_DAY = re.compile(r"^[0-3]?\d\.[01]\d$")
_DAY_BEFORE = re.compile(r"^(?:[12]?\d|3[01])(?:st|nd|rd|th)?$", re.I)  # "on 15 April 27 civilians"
_STUCK = re.compile(r"([A-Za-z]+)[,;]\d")  # "586 tanks,1,694 vehicles": a missing space
_SIGNS = frozenset("$€£₴₽₪₹¥")
_PASSIVE_FATES = ("nsubjpass", "dobj", "pobj", "attr", "nsubj", "appos", "conj")
_ACTIVE = frozenset(
    ("die", "perish", "flee", "surrender", "escape", "disappear", "return", "evacuate", "drown", "fall")
)


def find_quantities(
    parsed: Sequence[Parsed],
    *,
    times: Sequence[Time] = (),
    places: Sequence[Place] = (),
    counts: Counts | None = None,
) -> tuple[Quantity, ...]:
    """All quantities of a document, in reading order.

    Args:
        parsed: its sentences in order.
        times: temporal expressions already found; numbers inside them are not counted again.
        places: places already found; numbers inside their names are not counted.
        counts: the vocabulary; English by default.

    Returns:
        Quantities with inclusive bounds; ``what`` is the thing counted in the singular, ``kind``
        its family (people, equipment, places, units, events, distance, area, share, money, mass...).
    """
    vocabulary = counts or load_counts()
    spans = sorted([(x.start, x.end) for x in times] + [(p.start, p.end) for p in places])
    found: list[Quantity] = []
    at = 0
    since_loss = _LIST
    for one in parsed:
        t = tokens_of(one)
        start, end = t.start, t.start + len(t.text)
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        k = at
        taken: list[tuple[int, int]] = []
        while k < len(spans) and spans[k][0] < end:
            taken.append(spans[k])
            k += 1
        tally, spans_of_tally = read_tally(t, vocabulary, losses=since_loss < _LIST)
        since_loss = 0 if is_loss(t.text) else since_loss + 1
        rest = _sentence(t, vocabulary, [*taken, *spans_of_tally])
        found.extend(sorted([*tally, *rest], key=lambda q: q.start))
    return tuple(found)


_LIST = 30  # sentences after "losses" in which lines of a tally may stand


def _sentence(t: Tokens, c: Counts, taken: list[tuple[int, int]]) -> list[Quantity]:
    found: list[Quantity] = []
    i = 0
    span_of_text: bool | None = None
    counted = False
    while i < t.n:
        word = t.lower[i]
        first = word[:1]
        if not (
            first.isdigit()
            or word in c.cardinals
            or word in c.multipliers
            or word in c.vague
            or word in c.fractions
            or (first in "~+≈" and len(word) > 1)
            or (t.pos[i] == "NUM")
        ):
            i += 1
            continue
        number = read_number(t, i, c)
        if number is None:
            i += 1
            continue
        if not _is_count(t, number, taken, c):
            i = number.last + 1
            continue
        if not counted:
            span_of_text, counted = _cumulative(t, c), True
        quantity = _quantity(t, number, c, span_of_text)
        before = found[-1] if found else None
        again = quantity is None or (_another(t, number) and quantity.what == "person")
        if before is not None and again:
            quantity = _like(t, number, before, quantity, c)
        if quantity is not None:
            found.append(quantity)
        i = number.last + 1
    return _share_fates(found, t)


def _of_them(t: Tokens, n: Number, begin: int, *, single: bool) -> Quantity | None:
    """ "three of them", "fifty thousand of us": a count of somebody or something named before."""
    if single:
        return None
    us = t.lower[n.last + 2] == "us"
    start, end = t.begin[begin], t.end[n.last + 2]
    what, kind = ("person", "people") if us else (None, None)
    return Quantity(start, end, t.slice((start, end)), what, kind, n.low, n.high, None, n.bound)


def _another(t: Tokens, n: Number) -> bool:
    """Whether a number counts more of what was counted before: "another 740", "19 others"."""
    before = t.lower[n.begins - 1] if n.begins > 0 else ""
    after = t.lower[n.last + 1] if n.last + 1 < t.n else ""
    noun = t.pos[n.last + 1] == "NOUN" if n.last + 1 < t.n else False
    return (before in ("another", "further") and not noun) or after in ("more", "others")


def _like(t: Tokens, n: Number, before: Quantity, found: Quantity | None, c: Counts) -> Quantity | None:
    """The same things as ``before``, with the fate of its own clause."""
    fate = found.fate if found is not None else _bare_fate(t, n, c)
    if fate is None or (before.kind is None and found is not None):
        return found
    if before.kind is not None and fate not in c.fits.get(before.kind, ()):
        return found
    start, end = (found.start, found.end) if found is not None else (t.begin[n.first], t.end[n.last])
    return Quantity(
        start, end, t.slice((start, end)), before.what, before.kind, n.low, n.high, None, n.bound,
        fate if before.kind is not None else None, before.cumulative,
    )  # fmt: skip


_JOINT = re.compile(r"(?:\s*(?:,|;|and|&|as well as|plus)\s*)+", re.I)


def _share_fates(found: list[Quantity], t: Tokens) -> list[Quantity]:
    """Members of one list ("123 aircraft, 127 helicopters and 586 tanks") share what befell one."""
    groups: list[list[int]] = []
    for k, q in enumerate(found):
        before = found[k - 1] if k else None
        if (
            before is not None
            and q.kind in ("equipment", "people")
            and before.kind in ("equipment", "people")
            and _JOINT.fullmatch(t.slice((before.end, q.start)))
        ):
            groups[-1].append(k)
        else:
            groups.append([k])
    for group in groups:
        fates = {found[k].fate for k in group if found[k].kind == "equipment" and found[k].fate}
        if len(group) > 1 and len(fates) == 1:
            fate = fates.pop()
            for k in group:
                if found[k].fate is None and found[k].kind == "equipment":
                    found[k] = replace(found[k], fate=fate)
    return found


# --- what is no count ------------------------------------------------------------------------


def _is_count(t: Tokens, n: Number, taken: list[tuple[int, int]], c: Counts) -> bool:
    i, last = n.first, n.last
    begin, end = t.begin[i], t.end[last]
    if any(a < end and begin < b for a, b in taken):
        return False
    word = t.word[i]
    single = i == last
    following = t.lower[last + 1] if last + 1 < t.n else ""
    before = t.lower[i - 1] if i else ""
    if single and (
        (_CLOCK.match(word) and following in ("a.m.", "p.m.", "am", "pm", "hours", "hrs", ""))
        or _ORDINAL.match(word)
    ):
        return False
    glued_left = i > 0 and t.begin[i] == t.end[i - 1]
    if following in ("a.m.", "p.m.", "am", "pm", "o'clock", "o’clock", "/") or before == "/":
        return False
    if before == ":" and glued_left:  # a clock or a ratio, not "the count: 9,300 people"
        return False
    glued_right = last + 1 < t.n and t.begin[last + 1] == t.end[last]
    if (
        glued_left
        and t.word[i - 1][-1:] in "-–—/#№"
        and i > 1
        and (t.word[i - 2][-1:].isalnum() and t.begin[i - 1] == t.end[i - 2])
    ):
        return False
    if glued_left and t.word[i - 1][-1:] in "#№":
        return False
    if glued_right and t.word[last + 1][:1] in "/:":
        return False
    if (
        glued_right
        and t.word[last + 1] == "-"
        and last + 2 < t.n
        and t.lower[last + 2] not in c.nouns
        and not t.word[last + 2][:1].isdigit()
    ):
        return False
    dated = before.rstrip(".") in c.months and i > 1 and _DAY_BEFORE.match(t.word[i - 2]) is not None
    if (
        not dated
        and before.rstrip(".") in c.months
        and t.word[i - 1][:1].isupper()
        and single
        and len(word) <= 2
    ):
        return False
    if following.rstrip(".") in c.months and single and len(word) <= 2 and t.word[last + 1][:1].isupper():
        return False
    if following == "of" and last + 2 < t.n and t.lower[last + 2] in c.months:
        return False
    if single and _YEAR.match(word) and not n.share:
        head = t.head[i]
        if not (
            t.dep[i] == "nummod"
            and head > i
            and t.tag[head] in ("NNS", "NN")
            and t.lower[head] not in c.periods
            and head - i <= 3
            and t.tag[head] == "NNS"
        ):
            return False
    if following in (")", ".") and single and i <= 1 and word.isdigit() and len(word) <= 2:
        return False
    if (
        single
        and _DAY.match(word)
        and before in ("from", "to", "till", "until", "on", "by", "of", "for", "-", "–")
    ):
        return False
    if before in ("aged", "age") or (before == "of" and i > 1 and t.lower[i - 2] == "age"):
        return False
    if before == "(" and following == ")" and word.isdigit():
        return False
    if before in c.labels and word[:1].isdigit() and not n.share and _next_counted(t, last, c) is None:
        return False
    if (
        single
        and before
        and not dated
        and t.pos[i - 1] == "PROPN"
        and word.isdigit()
        and t.dep[i] in ("nummod", "appos", "npadvmod", "ROOT")
        and t.head[i] == i - 1
    ):
        return False
    if word.startswith("0") and len(word) > 1 and "." not in word:
        return False
    if t.lower[i] == "one" and single:
        return (
            t.dep[i] == "nummod"
            and t.head[i] > i
            and before not in ("no", "this", "that", "which", "every", "the", "any", "each")
        )
    if t.lower[i] == "both" and t.child(t.head[i], "conj") is not None:
        return False
    if t.lower[i] in ("zero", "both", "pair", "score"):
        return t.lower[i] != "score" and _next_counted(t, last, c) is not None
    return True


def _next_counted(t: Tokens, last: int, c: Counts) -> Counted | None:
    for k in range(last + 1, min(t.n, last + 4)):
        if (found := c.nouns.get(t.lemma[k].lower()) or c.nouns.get(t.lower[k])) is not None:
            return found
        if t.pos[k] not in ("ADJ", "NOUN", "PROPN", "ADP"):
            return None
    return None


# --- what is counted -------------------------------------------------------------------------


def _head(t: Tokens, n: Number, c: Counts) -> int | None:
    """The word that the number counts."""
    for i in range(n.last, n.first - 1, -1):
        h = t.head[i]
        if n.first <= h <= n.last:
            continue
        if (
            t.dep[i] in ("nummod", "quantmod", "compound", "amod", "det", "nmod", "npadvmod", "advmod")
            and h > n.last
            and h - n.last <= 6
        ):
            return h
    k = n.last + 1
    if k < t.n and t.lower[k] == "of":
        inner = t.child(k, "pobj")
        if inner is not None and inner - k <= 8:
            if t.tag[inner] in ("PRP", "WP", "WDT"):
                return None
            return inner
    j = n.last + 1
    while (
        j < t.n
        and j - n.last <= 4
        and (t.pos[j] in ("ADJ", "NOUN", "PROPN") or t.word[j] == "-" or (t.tag[j] in ("VBN", "VBG")))
    ):
        if t.pos[j] == "NOUN" and not (j + 1 < t.n and t.pos[j + 1] == "NOUN"):
            return j
        j += 1
    return None


def _class(t: Tokens, head: int, c: Counts) -> tuple[Counted | None, int]:
    """What the noun at ``head`` counts, tried with up to two words before it."""
    for size in (3, 2):
        if head - size + 1 >= 0:
            words = [t.lower[k] for k in range(head - size + 1, head)]
            for tail in (t.lemma[head].lower(), t.lower[head]):
                found = c.nouns.get(" ".join([*words, tail]))
                if found is not None:
                    return found, head - size + 1
    return c.nouns.get(t.lemma[head].lower()) or c.nouns.get(t.lower[head]), head


def _quantity(t: Tokens, n: Number, c: Counts, cumulative: bool | None) -> Quantity | None:
    head = _head(t, n, c)
    begin, last = n.begins if n.begins >= 0 else n.first, n.last
    what: str | None = None
    kind: str | None = None
    unit: str | None = None
    fate: str | None = None
    sign = t.word[n.first - 1] if n.first else ""
    following = t.lower[n.last + 1] if n.last + 1 < t.n else ""
    if sign and sign[-1] in _SIGNS:
        counted = c.nouns[sign[-1]]
        what, kind, unit = counted.what, counted.kind, counted.unit
        begin = min(begin, n.first - 1)
    elif n.share or n.fraction or following in ("%", "percent", "per", "pct"):
        if following == "per" and not (n.last + 2 < t.n and t.lower[n.last + 2] == "cent"):
            return None
        what, kind, unit = "share", "share", "%"
        if following in ("percent", "pct", "%"):
            last = n.last + 1
        elif following == "per":
            last = n.last + 2
        of = last + 1
        if of < t.n and t.lower[of] == "of" and (inner := t.child(of, "pobj")) is not None:
            what = "person" if _is_people(t.word[inner]) else t.lemma[inner].lower()
            last = inner
    else:
        measure = _measure(t, n.last, c)
        if measure is not None:
            counted, last = measure
            if counted.kind == "calibre":
                return None
            what, kind, unit = counted.what, counted.kind, counted.unit
        elif head is not None:
            if t.lemma[head].lower() in c.periods or t.lower[head] in c.periods:
                return None
            if (stuck := _STUCK.match(t.word[n.last + 1]) if n.last + 1 < t.n else None) is not None:
                head = n.last
                found = c.nouns.get(stuck.group(1).lower().removesuffix("s"))
                start, end = t.begin[begin], t.begin[n.last + 1] + len(stuck.group(1))
                what = found.what if found else stuck.group(1).lower()
                return Quantity(
                    start, end, t.slice((start, end)), what, found.kind if found else None,
                    n.low, n.high, None, n.bound, None, cumulative,
                )  # fmt: skip
            found, _ = _class(t, head, c)
            what = found.what if found else t.lemma[head].lower()
            kind = found.kind if found else None
            if found is None and t.word[head][:1].isupper() and _is_people(t.word[head]):
                what, kind = "person", "people"
            if found is not None and found.kind == "calibre":
                return None
            if found is not None and found.unit:
                unit = found.unit
            if head > n.last:
                last = head
            fate = _fate(t, n, head, kind, c)
        else:
            fate = _bare_fate(t, n, c)
            if fate is not None and fate not in c.fits["people"]:
                return None
            if fate is not None:
                what, kind = "person", "people"
                if following in c.counted_fates or (
                    n.last + 1 < t.n and t.lemma[n.last + 1].lower() in c.counted_fates
                ):
                    last = n.last + 1
            elif following == "of" and n.last + 2 < t.n and t.lower[n.last + 2] in ("us", "them", "whom"):
                return _of_them(t, n, begin, single=t.lower[n.first] == "one")
            elif (
                t.dep[n.last] in ("nummod", "npadvmod", "ROOT", "dep", "appos", "meta")
                and t.pos[n.last] == "NUM"
            ):
                return None
    if kind is None and what is None and n.bound == "exact":
        return None
    if fate is not None and kind is None and what is not None and _personal(what, fate, c):
        kind = "people"
    if fate is not None and fate not in c.fits.get(kind or "", ()):
        fate = None
    start, end = t.begin[begin], t.end[last]
    return Quantity(
        start, end, t.slice((start, end)), what, kind, n.low, n.high, unit, n.bound, fate,
        cumulative if kind in ("people", "equipment", "events", "places", "units", "money") else None,
    )  # fmt: skip


def _is_people(word: str) -> bool:
    """Whether a capitalised word names a people ("thousands of Ukrainians")."""
    entry = load_actors().match(word)
    return entry is not None and entry.name.startswith("people of ")


def _personal(what: str, fate: str, c: Counts) -> bool:
    """Whether an unlisted noun must be people: "twenty rioters were killed"."""
    return fate in c.fits["people"] and fate not in c.fits["equipment"] and what.endswith(_PERSONAL)


_PERSONAL = ("er", "or", "ist", "ian", "man", "men", "ee", "ite", "ant", "ot")


def _measure(t: Tokens, last: int, c: Counts) -> tuple[Counted, int] | None:
    """A unit of measure right behind the number ("60 km", "64-kilometer", "1,000 square miles")."""
    k = last + 1
    if k < t.n and t.word[k] == "-":
        k += 1
    for size in (3, 2, 1):
        if k + size > t.n:
            continue
        words = " ".join(t.lower[k : k + size])
        found = c.nouns.get(words)
        if words in ("pound", "pounds") and not _weighs(t, k):
            return c.nouns["gbp"], k
        if found is not None and found.kind == "volume" and t.dep[k] == "compound" and t.word[k - 1] != "-":
            continue
        if found is not None and found.unit and found.kind not in ("money", "share"):
            return found, k + size - 1
    if (
        k < t.n
        and (found := c.nouns.get(t.lemma[k].lower())) is not None
        and found.unit
        and found.kind == "money"
    ):
        return found, k
    return None


def _weighs(t: Tokens, k: int) -> bool:
    """Whether pounds are a weight ("500-pound bomb", "200 pounds of explosives") rather than money."""
    return t.word[k - 1] == "-" or (
        k + 1 < t.n and t.lower[k + 1] in ("of", "bomb", "bombs", "shell", "shells")
    )


# --- what befell them ------------------------------------------------------------------------


def _fate(t: Tokens, n: Number, head: int, kind: str | None, c: Counts) -> str | None:
    lemma = t.lemma[head].lower()
    if (own := c.counted_fates.get(lemma) or c.counted_fates.get(t.lower[head])) and kind in ("people", None):
        if own == "casualty":
            own = _verbal(t, head, c)
            return own if own in ("killed", "wounded") else "casualty"
        return own
    for k in (*t.children[head], *range(n.last + 1, head)):
        if t.dep[k] in ("amod", "acl", "relcl", "compound") and (f := c.fates.get(t.lemma[k].lower())):
            return f
    after = head + 1
    if after < t.n and t.tag[after] in ("VBN", "JJ", "VBD") and (f := c.fates.get(t.lemma[after].lower())):
        return f
    return _verbal(t, head, c)


def _verbal(t: Tokens, head: int, c: Counts) -> str | None:
    """The fate that the governing verb or noun gives ("killed 30 civilians", "the death of two men")."""
    i = head
    for _ in range(5):
        dep, up = t.dep[i], t.head[i]
        if up == i:
            return None
        if dep == "conj" and t.pos[up] not in ("VERB",):
            i = up
            continue
        if t.pos[up] == "VERB" and dep in ("nsubjpass", "dobj", "nsubj", "attr", "oprd", "dep"):
            if t.lemma[head] == "life" and t.lemma[up] in ("take", "claim", "cost", "lose", "end"):
                return "killed"
            if dep != "nsubj" and any(t.lower[k] == "dead" for k in t.children[up]):
                return "killed"
            fate = c.fates.get(t.lemma[up].lower())
            particle = t.child(up, "prt")
            if particle is not None:
                fate = c.fates.get(f"{t.lemma[up].lower()} {t.lower[particle]}", fate)
            if fate is None and t.lemma[up] in ("leave", "report", "find", "see", "lie", "have", "be"):
                for k in t.children[up]:
                    if (
                        k > i
                        and t.dep[k] in ("oprd", "acomp", "ccomp", "xcomp", "advcl", "acl", "dep")
                        and (f := c.fates.get(t.lemma[k].lower()))
                    ):
                        return f
            if (
                dep == "nsubj"
                and t.lemma[up] in ("lose", "give")
                and any(t.lemma[k] == "life" for k in t.kids(up, "dobj"))
            ):
                return "killed"
            if dep == "dobj" and t.lemma[i] == "life" and t.lemma[up] in ("take", "claim", "cost", "lose"):
                return "killed"
            if dep == "nsubj" and t.lemma[up].lower() not in _ACTIVE:
                return None
            return fate
        if dep == "pobj" and t.lower[up] in ("of", "to", "by", "for"):
            i = up
            continue
        if dep == "prep":
            if t.lemma[up] == "life" and t.lemma[t.head[up]] in ("take", "claim", "cost", "lose", "end"):
                return "killed"
            if t.pos[up] in ("NOUN", "VERB", "PROPN") and (f := c.fates.get(t.lemma[up].lower())):
                return f
            i = up
            continue
        return None
    return None


def _bare_fate(t: Tokens, n: Number, c: Counts) -> str | None:
    """ "300 killed", "killing 14", "left five dead": a number that stands without its noun."""
    k = n.last + 1
    while k < t.n and t.lower[k] in (
        "more",
        "others",
        "other",
        "were",
        "was",
        "are",
        "have",
        "been",
        "of",
        "them",
        "whom",
        "people",
    ):
        k += 1
    if (
        k < t.n
        and k - n.last <= 5
        and (f := c.counted_fates.get(t.lower[k]) or c.fates.get(t.lemma[k].lower()))
        and t.pos[k] in ("VERB", "ADJ", "NOUN")
    ):
        return f if f != "casualty" else "casualty"
    after = n.last + 1
    if after < t.n and t.pos[after] in ("NOUN", "PROPN", "ADJ") and t.head[n.last] != n.last - 1:
        return None
    j = (n.begins if n.begins >= 0 else n.first) - 1
    while j >= 0 and t.lower[j] in ("a", "an", "another", "of", "toll", "to"):
        j -= 1
    if j >= 0 and t.pos[j] in ("VERB", "NOUN") and t.tag[j] not in ("NNS",):
        return c.fates.get(t.lemma[j].lower())
    return None


def _cumulative(t: Tokens, c: Counts) -> bool | None:
    text = t.text.lower()
    if any(p in text for p in c.cumulative):
        return True
    return False if any(p in text for p in c.single) else None
