"""Blocks, roles and sentences, by example."""

from __future__ import annotations

import pytest

from svidok.archive import segment
from svidok.records import Document, Sentence


def read(text: str, *, language: str | None = "en", title: str | None = None) -> tuple[Sentence, ...]:
    return segment(Document(id="a", sha256="", text=text, language=language, title=title))


@pytest.mark.parametrize(
    "marked",
    [
        "Gen. Ivan Petrenko and Lt. Col. O. Bilyk met in St. Petersburg.| They left at 5 p.m. on Friday.",
        "He left the U.S. Army in 2014.| The U.S. The army denied it.".replace("U.S. The", "U.S.| The"),
        "Troops were 3.5 km. from the city.| Then they stopped.",
        "A, B. and C were retaken.| So was D.",
        "They took Mykolayivka. and Khmilna.",
        "The shelling stopped at 6 p.m. Tuesday.| It began again at 9 a.m. Police said so.".replace(
            "a.m. Police", "a.m.| Police"
        ),
        "He waited... and waited.| Then… nothing.| He wept...| The end.",
        'He said "We won." They cheered.'.replace('." They', '."| They'),
        '"Go home!" Kovalenko shouted.| "Leave us!"| The crowd sang.',
        "The column stopped.The crews fled.| Nobody followed.".replace("stopped.The", "stopped.|The"),
        "See www.example.org for U.S.-made arms and kyiv.gov.ua for No. 5 of the list.",
        "It cost $1.5 million.| 300 tanks were lost.| 18 generals died.",
        "RUSSIAN FORCES LEFT BUCHA.| THE MAYOR CAME BACK ON MARCH 31.",
        "What now?!| Nobody knows!!!| Help.",
        "(He left on Friday.)| [He came back.]| End.",
        "Vitamin C. is not a sentence end, nor is Plan B. of the staff.",
        "He lives in Randolph, Mass.| Cara lives in Miami, Fla., with Col. Bill Fell.",
        "It runs from March 20-Dec. 21 on ext. 6086, Pct. 4.| Const. Kim Flett said so.",
        "He waited . . . and then .| He left.",
        "Mr. J. R. R. Smith of Smith & Co. Ltd. was there.| He left.",
        "It fell on Feb. 24.| On Mar. 3 it was retaken, i.e. within ca. 8 days.",
        "The end.| 🇺🇦 Glory!| ⚡️ Blasts in Sumy.",
        "Losses were heavy.[3]| The staff was silent.[4][5]| All.",
        'The slogan "arms for the people!" , he wrote, was theirs.',
        "One line without an end",
        "e.g. this",
        "1. Irpin and its bridges.| They fell.",
    ],
)
def test_sentences(marked: str) -> None:
    pieces = marked.split("|")
    assert [sentence.text for sentence in read("".join(pieces))] == [piece.strip() for piece in pieces]


@pytest.mark.parametrize(
    "marked",
    [
        "У м. Київ та с. Мощун 24 лютого 2022 р. почалися бої.| Він тривав до 31 березня.",
        "Ген. О. Павлюк заявив, що 1,5 тис. осіб вивезли.| Вони в безпеці.",
        "Вони відійшли за р. Ібер та р. Збруч.| Далі не пішли.",
        "Війна почалася 264 р. до н. е. на Сицилії.",
        "«Ми вистоїмо!» Так сказав мер.| А потім?| Нічого.",
        "Перший день війни приніс багато смертей у 2014 р.| Він пам'ятає.",
    ],
)
def test_ukrainian_sentences(marked: str) -> None:
    pieces = marked.split("|")
    assert [sentence.text for sentence in read("".join(pieces), language="uk")] == [
        piece.strip() for piece in pieces
    ]


def test_roles_of_an_article() -> None:
    text = """The town holds! The bridge is ours!

We give a first account of the month that began on March 4 and ended with the retreat

River Post 27/4/22

The battle for the town ended on March 19, and nobody there had expected that it would end so soon.

How it began

Troops crossed the river (1) at night, and by the morning of the next day they stood in the suburbs (2).

Left: a burnt column. Right: the bridge after the battle Source: River Post

The video shows how the column burns in the east of the town. Source: The Post

Images of the ruined bridge

"We stayed because our neighbours stayed. That is all there is to tell about it."

- water
- bread

1) Battle of the bridge

2) Battle of the suburb

leave your comment"""
    told = [(sentence.role, sentence.text[:18]) for sentence in read(text)]
    assert told == [
        ("title", "The town holds!"),
        ("title", "The bridge is ours"),
        ("body", "We give a first ac"),
        ("dateline", "River Post 27/4/22"),
        ("body", "The battle for the"),
        ("heading", "How it began"),
        ("body", "Troops crossed the"),
        ("caption", "Left: a burnt colu"),
        ("caption", "Right: the bridge "),
        ("caption", "Source: River Post"),
        ("caption", "The video shows ho"),
        ("caption", "Source: The Post"),
        ("caption", "Images of the ruin"),
        ("quote", '"We stayed because'),
        ("quote", "That is all there "),
        ("list", "- water"),
        ("list", "- bread"),
        ("footnote", "1) Battle of the b"),
        ("footnote", "2) Battle of the s"),
        ("body", "leave your comment"),
    ]


def test_numbered_lines_that_nothing_points_at_are_a_list() -> None:
    text = "Three villages were shelled in the night of Friday:\n\n1) Moshchun\n\n2) Demydiv\n\n3) Dymer"
    assert [sentence.role for sentence in read(text)] == ["body", "list", "list", "list"]


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("NAIROBI, Kenya (AP) _ Talks began. They failed.", "NAIROBI, Kenya (AP) _"),
        ("KYIV, March 3 (Reuters) - Talks began.", "KYIV, March 3 (Reuters) -"),
        ("Hanoi (VNA) – Talks began.", "Hanoi (VNA) –"),
        ("LONDON — Talks began.", "LONDON —"),
        ("FLINT, Mich., Oct. 4 (UPI) — Talks began.", "FLINT, Mich., Oct. 4 (UPI) —"),
        ("PARIS, Mo. — Talks began.", "PARIS, Mo. —"),
        ("ISTANBUL/KYIV (Reuters) – Talks began.", "ISTANBUL/KYIV (Reuters) –"),
        ("Kyiv/Lviv, 3 March (Ukrinform). Talks began.", "Kyiv/Lviv, 3 March (Ukrinform)."),
    ],
)
def test_a_dateline_stands_apart_from_the_sentence_it_opens(text: str, opening: str) -> None:
    first, second, *_ = read(text)
    assert (first.text, first.role, first.block) == (opening, "dateline", 0)
    assert (second.text, second.role, second.block) == ("Talks began.", "body", 0)


@pytest.mark.parametrize(
    "text",
    ["NATO (and its allies) — sent arms.", "Kyiv (the capital) held.", "HIMARS - a launcher - arrived."],
)
def test_no_dateline(text: str) -> None:
    assert read(text)[0].text == text


def test_hard_wrapped_text_is_one_paragraph() -> None:
    text = (
        "   Defenders of the town blew up the bridge over the river in the\n"
        "night of Friday, the council said, and the column that had come\n"
        "from the north stood still for two days on the road to the\n"
        "capital.\n"
        "   Residents crossed on planks. The Red Cross took 300 of them to\n"
        "Bila Tserkva by bus."
    )
    found = read(text)
    assert [sentence.block for sentence in found] == [0, 1, 1]
    assert found[0].text.startswith("Defenders")
    assert found[0].text.endswith("capital.")


def test_lines_of_a_table_stay_apart() -> None:
    text = "KENYA:\nTotal Dead: 192\nAmericans: 12\n\nTANZANIA:\nTotal dead: 10"
    assert [sentence.text for sentence in read(text)] == text.replace("\n\n", "\n").split("\n")


def test_one_paragraph_a_line() -> None:
    text = "The first paragraph stands here. It ends.\nThe second follows it at once, and it is longer.\nA third."
    assert [sentence.block for sentence in read(text)] == [0, 0, 1, 2]


def test_a_single_line_is_body_and_not_a_title() -> None:
    (sentence,) = read("Russian military equipment in Buryn")
    assert sentence.role == "body"


def test_a_known_title_is_found_in_the_text() -> None:
    found = read("The bridge was blown up.\n\nShort.", title="The  bridge was blown up.")
    assert [sentence.role for sentence in found] == ["title", "body"]


def test_marked_spans_decide() -> None:
    text = "After\n\nA bridge\nburns"
    document = Document(
        id="a", sha256="", text=text, headings=((0, 5),), marked=((7, 15, "caption"), (16, 21, "quote"))
    )
    assert [(s.text, s.role) for s in segment(document)] == [
        ("After", "title"),
        ("A bridge", "caption"),
        ("burns", "quote"),
    ]


def test_a_runaway_sentence_is_cut_between_words() -> None:
    text = "and then they went on, " * 700 + "until the end."
    found = read(text)
    assert len(found) > 1
    assert all(sentence.text.endswith((",", "end.")) for sentence in found)


def test_no_words_no_sentences() -> None:
    assert read("") == read(" \n\u2028\t ") == ()


def test_a_first_line_in_quotation_marks_is_a_title() -> None:
    text = '"We dug with a spoon"\nSteppe Archive, 3 June 2022\n\nThe witness is a woman of forty from the town.\n'
    assert next(sentence.role for sentence in segment(Document(id="a", sha256="", text=text))) == "title"
    text = '"We dug with a spoon."\n\nThe witness is a woman of forty from the town. She stayed to the end of it.\n'
    assert next(sentence.role for sentence in segment(Document(id="a", sha256="", text=text))) == "quote"
