"""Claims from single sentences: constructions, standing, places, speakers. One parse for all of them."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from svidok.atlas.actors import load_actors
from svidok.claims.assemble import assemble
from svidok.claims.mentions.actors import find_actors
from svidok.claims.mentions.quantities import find_quantities
from svidok.claims.parse import Parsed, Parser
from svidok.records import Attribution, Claim, Document, Place, Sentence, Time

TOWNS = "Sirte|Kufra|Derna|Tobruk|Brak|Ghat|Hun|Zliten"


class Case(NamedTuple):
    text: str
    type: str
    trigger: str
    polarity: str = "affirmed"
    modality: str = "asserted"
    places: tuple[str, ...] = ()


CASES = [
    # voice and form
    Case("Rebels captured Sirte.", "capture", "captured", places=("Sirte",)),
    Case("Sirte was captured by rebels on Monday.", "capture", "captured", places=("Sirte",)),
    Case("The capture of Sirte by the rebels was announced.", "capture", "capture", "affirmed", "announced", ("Sirte",)),
    Case("Tanks destroyed in Derna", "destroy", "destroyed", places=("Derna",)),
    Case("Five killed in Derna shelling", "casualties", "killed", places=("Derna",)),
    Case("The army, which had seized Ghat in March, held its ground.", "capture", "seized", places=("Ghat",)),
    Case("The town that the rebels took was empty.", "capture", "took"),
    Case("Derna was shelled in January and regained in March.", "capture", "regained", places=("Derna",)),
    Case("Between 900 and 1,400 prisoners have been taken.", "casualties", "taken"),
    Case("There were weeks of shelling in which a block of flats collapsed.", "destroy", "collapsed"),
    Case("The last of the bridges was destroyed.", "destroy", "destroyed"),
    Case("The cruiser encountered elements of the enemy fleet.", "battle", "encountered"),
    # numbers that a verb sets beside losses
    Case("The ministry raised the death toll to 250 on Wednesday.", "casualties", "death toll", "affirmed", "reported"),
    Case("The office puts casualties at a thousand.", "casualties", "casualties", "affirmed", "reported"),
    Case("The communique speaks of 12,000 prisoners.", "casualties", "prisoners"),
    # light and phrasal verbs
    Case("Militiamen carried out an attack on a barracks in Brak.", "battle", "carried out an attack", places=("Brak",)),
    Case("The garrison came under attack on Friday.", "battle", "came under attack"),
    Case("Retreating soldiers blew up the bridge.", "destroy", "blew up"),
    Case("The brigade pulled out of Hun.", "withdraw", "pulled out", places=("Hun",)),
    Case("Workers took up arms.", "prepare", "took up"),
    Case("Clashes broke out in Zliten.", "battle", "Clashes broke", places=("Zliten",)),
    # control, raising, prevention, attempt
    Case("The troops managed to enter Sirte.", "move", "enter", places=("Sirte",)),
    Case("The rebels were able to occupy Derna.", "capture", "occupy", places=("Derna",)),
    Case("The militia prevented them from seizing Sirte.", "capture", "seizing", "negated", places=("Sirte",)),
    Case("The column failed to capture Ghat.", "capture", "capture", "negated", places=("Ghat",)),
    Case("The soldiers did not leave Hun.", "withdraw", "leave", "negated", places=("Hun",)),
    Case("The rebels tried to seize Brak.", "capture", "seize", "affirmed", "planned", ("Brak",)),
    Case("The army stopped shelling Derna.", "strike", "shelling", "negated", places=("Derna",)),
    # modality
    Case("The army will attack Sirte.", "battle", "attack", "affirmed", "planned", ("Sirte",)),
    Case("Rebels threatened to bomb Tobruk.", "air_strike", "bomb", "affirmed", "planned", ("Tobruk",)),
    Case("The rebels may have captured Hun.", "capture", "captured", "affirmed", "possible", ("Hun",)),
    Case("The council demanded that the troops leave Ghat.", "withdraw", "leave", "affirmed", "requested", ("Ghat",)),
    Case("The minister denied that rebels had seized Brak.", "capture", "seized", "negated", "denied", ("Brak",)),
    Case("The mayor said that rebels had seized Brak.", "capture", "seized", "affirmed", "reported", ("Brak",)),
    Case("Rebels reportedly captured Kufra.", "capture", "captured", "affirmed", "reported", ("Kufra",)),
]  # fmt: skip

SILENT = [
    "If the rebels capture Sirte, the war is over.",
    "Had they had fuel, the rebels would have captured Sirte.",
    "Did the rebels capture Sirte?",
    "The gathering took place at noon.",
    "The boxer fought his way into the final.",
    "The company captured a larger share of the market.",
    "The museum is open on Mondays.",
    "The communique speaks of the prisoners of the fort.",
    "Such a provocation cannot be left without consequences.",
    "We must never forget.",
]


def towns(text: str) -> tuple[Place, ...]:
    return tuple(
        Place(m.start(), m.end(), m.group(), name=m.group(), kind="settlement")
        for m in re.finditer(rf"\b({TOWNS})\b", text)
    )


@pytest.fixture(scope="module")
def read(parser: Parser) -> dict[str, tuple[Claim, ...]]:
    texts = [*(case.text for case in CASES), *SILENT]
    parsed = parser.parse([Sentence(0, len(text), text, "body", 0) for text in texts])
    return {
        text: assemble(Document(id=text, sha256="", text=text), [one], places=towns(text))
        for text, one in zip(texts, parsed, strict=True)
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:40])
def test_a_construction_gives_its_claim(case: Case, read: dict[str, tuple[Claim, ...]]) -> None:
    claims = read[case.text]
    fitting = [claim for claim in claims if claim.type == case.type]
    assert fitting, [(claim.type, claim.why) for claim in claims]
    claim = fitting[0]
    places = towns(case.text)
    assert case.text[slice(*claim.trigger)].startswith(case.trigger)
    assert (claim.polarity, claim.modality) == (case.polarity, case.modality), claim.why
    assert tuple(places[index].text for index in claim.places) == case.places, claim.why


@pytest.mark.parametrize("text", SILENT)
def test_no_claim_from_what_is_not_told(text: str, read: dict[str, tuple[Claim, ...]]) -> None:
    assert [(claim.type, claim.why) for claim in read[text] if claim.type != "statement"] == []


def one_document(parser: Parser, *sentences: str, **more: object) -> tuple[str, list[Parsed]]:
    text = " ".join(sentences)
    start, spans = 0, []
    for one in sentences:
        spans.append(Sentence(start, start + len(one), one, "body", 0))
        start += len(one) + 1
    return text, parser.parse(spans)


def test_several_places_of_one_verb_are_one_claim(parser: Parser) -> None:
    text, parsed = one_document(parser, "Rebels regained control of Sirte, Derna and Kufra.")
    claims = assemble(Document(id="d", sha256="", text=text), parsed, places=towns(text))
    assert [claim.places for claim in claims if claim.type == "capture"] == [(0, 1, 2)]


def test_the_city_is_the_last_one_told_of(parser: Parser) -> None:
    text, parsed = one_document(parser, "Troops besieged Sirte.", "On Friday rebels entered the city.")
    claims = assemble(Document(id="d", sha256="", text=text), parsed, places=towns(text))
    entered = next(claim for claim in claims if claim.type == "move")
    assert entered.places == (0,)
    assert entered.places_inherited


def test_each_event_of_a_sentence_has_its_own_place(parser: Parser) -> None:
    text, parsed = one_document(parser, "Rebels captured Sirte and troops withdrew from Derna.")
    claims = assemble(Document(id="d", sha256="", text=text), parsed, places=towns(text))
    assert {claim.type: claim.places for claim in claims} == {"capture": (0,), "withdraw": (1,)}


ROLES = [
    ("Two people died in Derna.", "casualties", [], ["people"]),
    ("Four soldiers are missing in Ghat.", "casualties", [], ["soldiers"]),
    ("The cruiser sank off Tobruk.", "destroy", [], ["The cruiser"]),
    ("Two shells hit the makeshift hospital.", "strike", [], ["the makeshift hospital"]),
    ("An air strike on a market killed nine people.", "air_strike", [], ["a market"]),
    ("Militiamen fired missiles at the tankers.", "strike", ["Militiamen"], ["the tankers"]),
    ("The army shelled the student halls.", "strike", ["army"], ["the student halls"]),
    ("Rebels blew up the bridge at Brak.", "destroy", ["Rebels"], ["the bridge"]),
    ("The army fired rockets at houses at night.", "strike", ["army"], ["houses"]),
    ("Rebels entered the town.", "move", ["Rebels"], []),
    ("Militiamen fought at the station.", "battle", ["Militiamen"], []),
]


@pytest.mark.parametrize(("text", "type_", "actors", "targets"), ROLES)
def test_who_acts_and_what_suffers(
    parser: Parser, text: str, type_: str, actors: list[str], targets: list[str]
) -> None:
    document = Document(id="d", sha256="", text=text)
    parsed = parser.parse([Sentence(0, len(text), text, "body", 0)])
    found = find_actors(parsed, table=load_actors())
    claims = assemble(document, parsed, places=towns(text), actors=found)
    claim = next(claim for claim in claims if claim.type == type_)
    assert [one.text for one in claim.actors] == actors
    assert [one.text for one in claim.targets] == targets


def test_a_time_belongs_to_its_clause(parser: Parser) -> None:
    text, parsed = one_document(parser, "Rebels captured Sirte in May and lost Derna in July.")
    times = tuple(
        Time(text.index(word), text.index(word) + len(word), word, "DATE", value, None, f"{value}-01", f"{value}-30", value)
        for word, value in (("May", "2020-05"), ("July", "2020-07"))
    )  # fmt: skip
    claims = assemble(Document(id="d", sha256="", text=text), parsed, places=towns(text), times=times)
    assert [(claim.places, claim.time.edtf if claim.time else None) for claim in claims] == [
        ((0,), "2020-05"),
        ((1,), "2020-07"),
    ]


def test_attributed_content_carries_its_speaker(parser: Parser) -> None:
    text, parsed = one_document(parser, "Rebels captured Sirte, the governor said.")
    said = Attribution((23, 35), (36, 40), (0, 21), "governor of Sirte")
    claims = assemble(Document(id="d", sha256="", text=text), parsed, places=towns(text), attributions=[said])
    by_type = {claim.type: claim for claim in claims}
    assert by_type["capture"].speaker == "governor of Sirte"
    assert by_type["capture"].modality == "reported"
    assert by_type["statement"].speaker == "governor of Sirte"
    assert by_type["statement"].modality == "asserted"


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        (
            "The minister said that residents had asked for a truce.",
            {"said": "asserted", "asked": "reported"},
        ),
        ("The minister said he had warned the general.", {"said": "asserted", "warned": "reported"}),
        ("The general had warned them, the envoy said.", {"warned": "reported", "said": "asserted"}),
        (
            "The envoy said that he knew nothing; the general denied it.",
            {"said": "asserted", "denied": "asserted"},
        ),
    ],
)
def test_what_others_tell_was_said_is_reported(parser: Parser, told: str, stands: dict[str, str]) -> None:
    text, parsed = one_document(parser, told)
    claims = assemble(Document(id="d", sha256="", text=text), parsed)
    said = {text[slice(*claim.trigger)]: claim.modality for claim in claims if claim.type == "statement"}
    assert said == stands


def test_killed_and_wounded_are_one_toll(parser: Parser) -> None:
    text, parsed = one_document(parser, "The blast killed five people and wounded twelve.")
    claims = assemble(Document(id="d", sha256="", text=text), parsed)
    assert [claim.type for claim in claims].count("casualties") == 1


@pytest.mark.parametrize(
    ("lost", "types"),
    [
        ("The enemy lost 40 men, three tanks and a helicopter near Derna.", ["casualties", "destroy"]),
        ("The enemy lost 40 men and nine officers near Derna.", ["casualties"]),
    ],
)
def test_men_and_machines_lost_are_two_claims(parser: Parser, lost: str, types: list[str]) -> None:
    text, parsed = one_document(parser, lost)
    claims = assemble(Document(id="d", sha256="", text=text), parsed)
    assert sorted(claim.type for claim in claims) == types


@pytest.mark.parametrize(
    ("toll", "count"),
    [
        ("The army counts 366 dead, 429 wounded and about 300 captured.", 1),
        ("The army suffered 5,470 casualties including 1,240 dead.", 1),
        ("Federal losses came to four killed and eleven wounded.", 1),
        ("Doctors treated 40 wounded in the school.", 1),
    ],
)
def test_parts_of_a_toll_are_one(parser: Parser, toll: str, count: int) -> None:
    text, parsed = one_document(parser, toll)
    types = [claim.type for claim in assemble(Document(id="d", sha256="", text=text), parsed)]
    assert types.count("casualties") == count
    assert "detain" not in types


def test_a_noun_that_a_verb_is_told_with_is_no_claim_beside_it(parser: Parser) -> None:
    text, parsed = one_document(parser, "Australia has put 2,000 troops on alert.")
    place = Place(0, 9, "Australia", name="Australia", kind="country")
    assert [one.type for one in assemble(Document("d", "0", text), parsed, places=(place,))] == ["prepare"]


def test_a_number_that_a_saying_gives_a_toll_is_the_tolls(parser: Parser) -> None:
    text, parsed = one_document(parser, "The ministry raised the death toll to 250 on Wednesday.")
    counts = find_quantities(parsed, times=(), places=())
    claims = assemble(Document("d", "0", text), parsed, quantities=counts)
    assert {claim.type: len(claim.quantities) for claim in claims} == {"statement": 0, "casualties": 1}


def test_a_definite_happening_that_ends_on_a_new_day_is_told(parser: Parser) -> None:
    text, parsed = one_document(
        parser, "The rebels shelled the port.", "The bombardment ceased on 22 February 1984."
    )
    start = text.index("22")
    day = Time(start, start + 16, "22 February 1984", "DATE", earliest="1984-02-22", latest="1984-02-22")
    claims = assemble(Document("d", "0", text), parsed, times=(day,))
    assert "bombardment" in {text[slice(*claim.trigger)].split()[0] for claim in claims}


def test_an_unknown_noun_that_is_counted_may_be_people(parser: Parser) -> None:
    text, parsed = one_document(parser, "The blast killed 37 sarongeers.")
    (claim,) = [one for one in assemble(Document("d", "0", text), parsed) if one.type == "casualties"]
    assert text[slice(*claim.trigger)] == "killed"


@pytest.mark.parametrize(
    ("told", "triggers"),
    [
        ("Building with a pharmacy hit by a strike in Derna", ["hit"]),
        ("Missile strike hitting the power plant in Derna", ["Missile strike"]),
        ("The crowd gathered in Derna to protest.", ["gathered"]),
    ],
)
def test_an_attack_and_its_verb_are_one(parser: Parser, told: str, triggers: list[str]) -> None:
    text, parsed = one_document(parser, told)
    claims = assemble(Document(id="d", sha256="", text=text), parsed, places=towns(text))
    assert [text[slice(*claim.trigger)] for claim in claims] == triggers


def test_a_word_of_the_verb_gives_no_second_claim(parser: Parser) -> None:
    text, parsed = one_document(parser, "Two thousand people were left homeless.")
    claims = assemble(Document("d", "0", text), parsed)
    assert [text[slice(*claim.trigger)] for claim in claims] == ["left homeless"]


@pytest.mark.parametrize(
    ("before", "told", "type_"),
    [
        ("The soldiers reached Hun in March.", "They left on Monday.", "withdraw"),
        ("The families reached Hun in March.", "They left on Monday.", "displace"),
        ("Bombers flew over Hun.", "They hit the houses by the depot.", "air_strike"),
        ("Gunners aimed at Hun.", "Some left on Monday.", "withdraw"),
    ],
)
def test_they_are_the_group_told_of(parser: Parser, before: str, told: str, type_: str) -> None:
    text, parsed = one_document(parser, before, told)
    claims = assemble(Document(id="d", sha256="", text=text), parsed, places=towns(text))
    assert [claim.type for claim in claims if claim.trigger[0] > len(before)] == [type_]


def test_what_fell_once_is_not_told_anew(parser: Parser) -> None:
    text, parsed = one_document(parser, "Rebels captured Sirte.", "The fall of Sirte shook the council.")
    claims = assemble(Document(id="d", sha256="", text=text), parsed, places=towns(text))
    assert [claim.type for claim in claims] == ["capture"]


def test_every_span_slices_back(parser: Parser) -> None:
    text, parsed = one_document(parser, *(case.text for case in CASES))
    for claim in assemble(Document(id="d", sha256="", text=text), parsed, places=towns(text)):
        assert 0 <= claim.start <= claim.trigger[0] < claim.trigger[1] <= claim.end <= len(text)
        for actor in (*claim.actors, *claim.targets):
            assert text[actor.start : actor.end] == actor.text


def test_reading_twice_gives_the_same(parser: Parser) -> None:
    text, parsed = one_document(parser, *(case.text for case in CASES))
    document = Document(id="d", sha256="", text=text)
    assert assemble(document, parsed) == assemble(document, parser.parse([one.sentence for one in parsed]))


@pytest.mark.parametrize(
    "text",
    [
        " ".join(["the rebels took the town,"] * 500),
        "REBELS CAPTURED SIRTE ON MONDAY, KILLING 5 SOLDIERS",
        "🔥🔥🔥 Sirte !!! 💥",
        "a b c d e f",
        "Most of many of some of they fled, some of most of those who they met said others saw them leave.",
        "12 | 14 | tanks | 17\n13 | 18 | guns | 2",
        "\u200b",
    ],
)
def test_odd_text_does_no_harm(parser: Parser, text: str) -> None:
    parsed = parser.parse([Sentence(0, len(text), text, "body", 0)])
    claims = assemble(Document(id="d", sha256="", text=text), parsed, places=towns(text))
    assert all(claim.end <= len(text) for claim in claims)


def test_capitals_are_read(parser: Parser) -> None:
    text = "REBELS CAPTURED THE TOWN ON MONDAY"
    parsed = parser.parse([Sentence(0, len(text), text, "title", 0)])
    claims = assemble(Document(id="d", sha256="", text=text), parsed)
    assert [text[slice(*claim.trigger)] for claim in claims] == ["CAPTURED"]
