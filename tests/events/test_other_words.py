"""Checks over reports that tell one thing in quite other words, or by names that no map and no list holds."""

import pytest
from builders import Kinds, Report

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
