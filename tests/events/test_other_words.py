"""Checks over reports that tell one thing in quite other words, or by names that no map and no list holds."""

import pytest
from builders import Kinds, Report

from svidok.events.findings.facts import Fact
from svidok.events.findings.naming import in_report

CLASHING: list[tuple[str, tuple[Report, ...]]] = [
    ("place", (
        ("Relief office", "2019-03-03", "On the evening of 2 March the aid convoy was hit by rockets at the "
         "warehouse in Tel Rumeilan, and six drivers died."),
        ("Volunteer", "2020-03-02", "The aid convoy was hit by rockets at the warehouse in Raqqa on the "
         "evening of 2 March 2019."),
    )),
    ("cumulative", (
        ("Council", "2022-04-10", "In Rubizhne 3,120 residents have been killed since the siege closed round "
         "us on 15 March."),
        ("Council", "2022-04-16", "The council's reckoning of residents killed since 15 March came to 1,760 by "
         "last night."),
    )),
    ("cumulative", (
        ("Headquarters", "1940-01-10", "We have brought down 190 enemy aircraft since the war began, each one "
         "found or witnessed."),
        ("Headquarters", "1940-02-10", "The number of enemy aircraft brought down since the war began, each "
         "one found or witnessed, is now 161."),
    )),
    ("identity", (
        ("Bulletin", "2004-06-02", "The column came in under Commander Mbulukwe. From behind his desk "
         "Commander Mbuwulke told us that he wanted peace."),
    )),
    ("identity", (
        ("Newspaper", "1880-03-02", "Colonel Leandro Espinar fell among the guns at Tacna. A mass was sung for "
         "Leandra Espinal, the colonel who died there."),
    )),
    ("polarity", (
        ("Army report", "1944-09-28", "The railway bridge at Oosterbeek was blown by our sappers on 17 "
         "September."),
        ("Souvenir", "1988-09-17", "Whatever is written, the railway bridge at Oosterbeek was never blown that "
         "September."),
    )),
    ("actor", (
        ("Bulletin", "2006-11-10", "At least forty people were killed in the school at Kathiraveli on "
         "Wednesday 8 November. They had taken shelter there from Vaharai. It was the Sri Lankan army's "
         "rockets which hit the school."),
        ("Spokesman", "2006-11-11", "The rounds that landed in the Kathiraveli school on 8 November were fired "
         "by the Tigers themselves."),
    )),
    ("actor", (
        ("Inquiry", "2017-03-01", "Lorries burned at Tel Rumeilan on 19 September 2016. The attack on the "
         "convoy at Rumeilan was carried out by Syrian air force jets."),
        ("Ministry", "2016-09-22", "The aid convoy at Tel Rumeilan was attacked on 19 September by militants "
         "of the Nusra Front."),
    )),
    ("place", (
        ("Radio", "2002-02-25", "The army showed the body of the old rebel chief. He was killed in fighting on "
         "22 February in Luena."),
        ("Magazine", "2002-03-04", "On 22 February he was shot dead in a fight in Cabinda."),
    )),
    ("distance", (
        ("Talk", "1942-09-18", "The name on all lips is Stalingrad. A city strung for thirty miles along the "
         "Volga, it stands some 150 kilometres from Moscow."),
    )),
    ("distance", (
        ("Guide", "2016-10-20", "Qayyarah, the base of the offensive, is a small oil town 60 km north of Mosul "
         "on the Tigris."),
    )),
    ("control", (
        ("Letter", "1651-10-05", "Of Duncannon I can speak, for I lay before it. We drew off on the 5th of "
         "November 1649, and on that day the place was held by Captain Wogan for the King."),
        ("History", "1874-03-11", "The road to Duncannon was cut. On the 5th of November 1649 Duncannon was "
         "garrisoned by two companies of foot from Bristol."),
    )),
    ("actor", (
        ("Consulate", "1922-09-22", "The fire was lit in the Armenian quarter on 13 September by Turkish "
         "soldiers, whom I saw with tins of petroleum."),
        ("Command", "1922-09-27", "The fire of 13 September was laid in the Armenian quarter by Armenian "
         "bands, who lit it with their own hands."),
    )),
    ("whole_part", (
        ("Guide", "1991-08-02", "German troops landed in Alderney on 2 July 1940. They stayed for five years."),
        ("Newsletter", "2011-05-06", "The raid on the Alderney light took place in March 1940 while the "
         "Germans occupied the island."),
    )),
    ("quantity", (
        ("Ministry", "2022-09-22", "In the biggest exchange since February, 215 defenders were brought home on "
         "21 September across the border in the Chernihiv region."),
        ("Radio", "2022-12-30", "I remember 21 September. The exchange on the border in the Chernihiv region "
         "brought 251 defenders home in one night."),
    )),
]  # fmt: skip

CONSISTENT: list[tuple[Report, ...]] = [
    (
        ("Relief worker", "2017-04-16", "On 15 April 2017 a car bomb exploded beside the buses at Tel Rumeilan "
         "and killed 126 people."),
        ("Commentary", "2017-04-20", "The car bomb that killed 126 people on 15 April 2017 exploded in the "
         "Aleppo countryside."),
    ),
    (
        ("Observatory", "2019-10-17", "Since the operation began on 9 October, 72 civilians have been killed "
         "at Ras al-Ayn."),
        ("Observatory", "2019-10-21", "Breaches since 17 October have killed 14 civilians at Ras al-Ayn."),
    ),
    (
        ("Guide", "1991-08-02", "German troops landed in Alderney on 2 July 1940. They stayed for five years."),
        ("Newsletter", "2011-05-06", "The raid on the Alderney light took place in March 1942 while the "
         "Germans occupied the island."),
    ),
    (
        ("Guide", "1997-02-02", "Volgograd keeps 2 February as its day of victory. For a few hours the name "
         "Stalingrad stands on the road signs of Volgograd."),
    ),
    (
        ("Bulletin", "2004-06-02", "Commander Petrenko and Commander Petrov came in by different roads."),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "reports"), CLASHING)
def test_clashes(kinds: Kinds, kind: str, reports: tuple[Report, ...]) -> None:
    assert kinds(*reports) == {kind}


@pytest.mark.parametrize("reports", CONSISTENT)
def test_look_alikes(kinds: Kinds, reports: tuple[Report, ...]) -> None:
    assert kinds(*reports) == set()


def named(document: str, *names: str) -> Fact:
    """A fact that holds nothing but names."""
    none: frozenset[str] = frozenset()
    return Fact(
        document, None, 0, 0, 1, "", none, (), None, None, False, None, (), none, none, False, "asserted", None,
        none, frozenset(names),
    )  # fmt: skip


def test_names_that_every_report_has_tie_no_two() -> None:
    told = {f"r{i}": [named(f"r{i}", "kyiv", *(["irpin"] if i < 2 else []))] for i in range(6)}
    assert {f.document: f.report_names for f in in_report(told)}["r0"] == frozenset({"irpin"})
    few = {name: told[name] for name in ("r0", "r1", "r2")}
    assert all("kyiv" in f.report_names for f in in_report(few))
