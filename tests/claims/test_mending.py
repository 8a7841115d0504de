"""What the parser gets wrong in the same way each time is put right."""

from __future__ import annotations

import pytest

from svidok.archive import segment
from svidok.claims.kinds import Mentions
from svidok.claims.mending import mend_time_phrases
from svidok.claims.parse import Parser
from svidok.claims.tree import Tree
from svidok.records import Document, Time


@pytest.mark.parametrize(
    ("text", "time", "subject", "verb"),
    [
        ("In the afternoon shells fell on the town.", "the afternoon", "shells", "fell"),
        ("That night gunmen killed two farmers.", "That night", "gunmen", "killed"),
    ],
)
def test_a_time_is_parted_from_the_subject_behind_it(
    text: str, time: str, subject: str, verb: str, parser: Parser
) -> None:
    document = Document("d", "0", text, language="en")
    (parsed,) = parser.parse(segment(document))
    start = text.index(time)
    mentions = Mentions((), (Time(start, start + len(time), time, "TIME"),), (), ())
    tree = Tree(parsed)
    mend_time_phrases(tree, mentions)
    noun, head = tree.low.index(subject), tree.low.index(verb)
    assert (tree.head[noun], tree.dep[noun]) == (head, "nsubj")
    assert noun in tree.kids[head]
    assert sum(len(kids) for kids in tree.kids) == tree.size - 1
