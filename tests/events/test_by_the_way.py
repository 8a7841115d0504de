"""Checks over letters, memoirs and bulletins that tell the point of a clash by the way."""

import pytest
from builders import Kinds, Report

from svidok.events.findings.counting import counting
from svidok.events.findings.numbers import cardinal

CLASHING: list[tuple[str, tuple[Report, ...]]] = [
    ("quantity", (
        ("Newspaper", "1912-11-06", "At Lule Burgas on 31 October our infantry took fifty guns, with the "
         "teams still in their harness."),
        ("Lecture", "1931-05-02", "What of Lule Burgas? Twenty-six pieces of artillery fell into Bulgarian "
         "hands there on 31 October 1912."),
    )),
    ("quantity", (
        ("Police", "2015-02-05", "A shell burst beside a bus in Donetsk on 4 February. Three of the "
         "passengers are dead."),
        ("Parish", "2018-02-04", "Of those who were riding in the bus in Donetsk on 4 February 2015, eleven "
         "never came home."),
    )),
    ("quantity", (
        ("Line", "1915-05-20", "The liner went down off Kinsale on 7 May. Boats picked up seven hundred and "
         "sixty-one survivors, according to the line."),
        ("Museum", "1960-05-07", "Liner sunk off Kinsale on 7 May 1915. Survivors: 402."),
    )),
    ("control", (
        ("Government spokesman", "2014-02-22", "Malakal is calm. On Wednesday 19 February our "
         "troops were holding every quarter of the town."),
        ("Mission", "2014-02-26", "The base lies beside Malakal. Patrols found opposition fighters holding "
         "the whole of the town on 19 February, with no policeman left in it."),
    )),
    ("control", (
        ("Radio", "1968-02-11", "On 10 February the citadel of Hue was wholly in the hands of the Liberation "
         "forces."),
        ("Briefer", "1968-02-12", "On 10 February the South Vietnamese Army had the citadel of Hue firmly "
         "under its control."),
    )),
    ("polarity", (
        ("Cable", "1968-08-12", "Six aircraft were sent into Uli on the night of 8 August. Of these, one was shot "
         "down by a federal jet."),
        ("Ministry", "1968-08-15", "No relief aircraft was brought down by the air force on 8 August."),
    )),
    ("polarity", (
        ("Commissioner", "1960-03-22", "At Sharpeville on 21 March the crowd threw stones and fired on my men."),
        ("Minister", "1960-03-28", "Not one person in the crowd at Sharpeville fired a shot on 21 March."),
    )),
    ("actor", (
        ("Elders", "2024-02-10", "On Sunday 4 February a jet came over Demoso. It was the army's own jet from "
         "Loikaw that dropped the bombs beside the school."),
        ("Information team", "2024-02-11", "The explosions at Demoso on 4 February near the school were the "
         "work of local defence bands."),
    )),
    ("actor", (
        ("Communique", "1941-08-25", "Before they fled the Bolsheviks blew a breach in the dam at Zaporozhye "
         "on 18 August."),
        ("Bureau", "1941-09-01", "German bombers broke the dam at Zaporozhye on 18 August."),
    )),
    ("quantity", (
        ("Army report", "1917-11-12", "At Cividale our hussars cut off the bridgehead on 8 November, and "
         "thirty thousand Italians threw away their rifles."),
        ("Regimental history", "1938-06-10", "Of the men cut off at Cividale on 8 November 1917 the number who "
         "went into captivity was, by our own rolls, nine thousand."),
    )),
    ("cumulative", (
        ("Task force", "1948-12-31", "Since 26 June the aircraft of the airlift have made 96,640 landings in "
         "Berlin."),
        ("Task force", "1949-02-28", "The landings made in Berlin since 26 June now come to 88,400."),
    )),
    ("control", (
        ("Staff officer, Delhi", "1999-06-16", "On 14 June Tololing was ours from the foot to the crest."),
        ("Council", "1999-06-17", "The crest of Tololing was on 14 June still manned by the Mujahideen."),
    )),
    ("control", (
        ("Letter", "1711-08-01", "We have news of Puigcerda. On the first of July it had a French garrison "
         "within."),
        ("Annals", "1760-02-02", "On 1 July 1711 Puigcerda was held for the Archduke by Miquelets."),
    )),
    ("polarity", (
        ("Spokesman", "2021-08-18", "Nobody was flogged in the stadium at Ghazni on 16 August."),
        ("Teacher", "2021-08-20", "Six men were flogged in the stadium at Ghazni on 16 August, with a cable."),
    )),
    ("polarity", (
        ("Radio", "1992-07-04", "The guns kept silent over Dobrinja the whole of 3 July."),
        ("Diary", "1992-07-05", "On 3 July they shelled Dobrinja from six in the morning until dark."),
    )),
]  # fmt: skip

CONSISTENT: list[tuple[Report, ...]] = [
    (
        ("Police", "2015-02-05", "A shell burst beside a bus in Donetsk on 4 February. Three of the "
         "passengers are dead."),
        ("Clinic", "2015-02-06", "From the bus shelled in Donetsk on 4 February we have fourteen wounded."),
    ),
    (
        ("Command", "2023-05-02", "Kherson has been ours since 11 November last year."),
        ("Administration", "2023-05-04", "Our forces hold the left bank from Kakhovka to the Kinburn spit."),
    ),
    (
        ("City office", "2020-10-05", "Rockets fired from the Armenian side fell on our city on 4 October."),
        ("Ombudsman", "2020-10-06", "On 4 October Azerbaijani rocket fire struck Stepanakert all morning."),
    ),
    (
        ("Clinic", "2018-06-03", "On Sunday morning a shell fired from the Houthi-held side wounded five "
         "people in Taiz."),
        ("Council", "2018-06-04", "The shell of Sunday morning came from the Houthi side and fell on Taiz."),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "reports"), CLASHING)
def test_clashes(kinds: Kinds, kind: str, reports: tuple[Report, ...]) -> None:
    assert kinds(*reports) == {kind}


@pytest.mark.parametrize("reports", CONSISTENT)
def test_look_alikes(kinds: Kinds, reports: tuple[Report, ...]) -> None:
    assert kinds(*reports) == set()


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("two thousand four hundred and seventy-seven", 2477),
        ("a hundred and twenty", 120),
        ("six thousand two hundred", 6200),
        ("two hundred thousand", 200_000),
        ("five six", None),
    ],
)
def test_numbers_spelt_out(words: str, number: int | None) -> None:
    assert cardinal(words) == number


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Of two hundred and forty houses some ninety are ash", [("building", 90, "destroyed")]),
        ("sixty of our bombers failed to return", [("aircraft", 60, "destroyed")]),
        ("We shipped on 17 March and died of boredom", []),
        ("a hundred people watched", []),
    ],
)
def test_counts_whose_noun_stands_elsewhere(text: str, told: list[tuple[str, float, str]]) -> None:
    march = (14, 22) if "March" in text else (0, 0)
    assert [(q.what, q.low, q.fate) for q in counting(text, 0, (), [march])] == told
