"""Laws of segmentation: whatever the text, every word is in one sentence, in order, and slices back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from svidok.archive import segment
from svidok.archive.sentences import MAX_SENTENCE
from svidok.records import Document, Role

PIECES = st.sampled_from(
    [
        *(
            "Gen.",
            "Lt. Col.",
            "U.S.",
            "km.",
            "The",
            "he",
            "Kyiv",
            "3.5",
            "5",
            "A,",
            "B.",
            "and",
            "C",
            "м. Київ",
            "р.",
            "Він",
            "ALL",
        ),
        *(
            ".",
            "!",
            "?",
            "…",
            "...",
            "。",
            ",",
            ":",
            '"',
            "“",
            "”",
            "«",
            "»",
            "'",
            "(",
            ")",
            "[1]",
            "(1)",
            "—",
            "- ",
            "• ",
            "1) ",
            "> ",
        ),
        *(
            " ",
            "  ",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\t",
            "\u2028",
            "\u00a0",
            "\u200b",
            "\ufeff",
            "\x00",
            "\x0c",
            "👍🏽",
            "🇺🇦",
            "е́",
        ),
        *(
            "Left: ",
            "Source: ",
            "Photo: ",
            "KYIV, March 3 (AP) —",
            "River Post 27/4/22",
            "By Anna Koval",
            "said",
            "Notes",
            "_",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=60).map("".join),
    st.lists(PIECES, max_size=60).map(" ".join),
)
ROLES: tuple[Role, ...] = ("caption", "quote", "list", "footnote")


@given(TEXTS, st.sampled_from([None, "en", "uk", "ru", "es", "xx"]), st.data())
@settings(max_examples=400, deadline=None)
def test_sentences_cover_every_word_in_order(text: str, language: str | None, data: st.DataObject) -> None:
    edge = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(edge, edge).map(sorted), max_size=3))
    document = Document(
        id="a",
        sha256="",
        text=text,
        language=language,
        headings=tuple((low, high) for low, high in spans[:1]),
        marked=tuple((low, high, role) for (low, high), role in zip(spans[1:], ROLES, strict=False)),
    )
    sentences = segment(document)
    at = 0
    block = -1
    for sentence in sentences:
        assert text[at : sentence.start].strip() == ""
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        assert sentence.block in (block, block + 1)
        assert len(sentence.text) <= MAX_SENTENCE
        at, block = sentence.end, sentence.block
    assert text[at:].strip() == ""
    assert segment(document) == sentences


@given(st.lists(st.sampled_from(["word", "Kyiv", "of", "the"]), min_size=1, max_size=4000))
@settings(max_examples=10, deadline=None)
def test_no_word_is_ever_cut(words: list[str]) -> None:
    text = " ".join(words)
    pieces = segment(Document(id="a", sha256="", text=text))
    assert " ".join(piece.text for piece in pieces) == text
