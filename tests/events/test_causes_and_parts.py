"""Causes and answers, parts and wholes, totals that fall and deeds laid to others, in ordinary prose."""

import pytest
from builders import Kinds, Report

CLASHING: list[tuple[str, tuple[Report, ...]]] = [
    ("order", (
        ("Source 1", None, "On 4 May 1945 the partisans shot nine men at Kaprol. They did it in revenge for "
         "the hanging of two boys on 7 May."),
    )),
    ("order", (
        ("Source 1", "1902-01-01", "On March 11 the column burned the farm at Rietkuil. This was in "
         "retaliation for the train wrecked near Alma on March 14."),
    )),
    ("order", (
        ("Source 1", "2006-07-20", "On 9 July the gunmen killed ten people in Jihad district. It was in "
         "answer to the car bomb at the mosque on 10 July."),
    )),
    ("order", (
        ("Source 1", "1943-06-01", "The village of Kortelis was burned on 23 September 1942 as a reprisal "
         "for an attack."),
        ("Source 2", "1950-01-01", "The attack which provoked the burning of Kortelis was made on 26 "
         "September 1942."),
    )),
    ("order", (
        ("Source 1", "1957-04-06", "The hamlet of Tizi Nemar was razed on 2 April 1957."),
        ("Source 2", "1957-04-10", "The mine which led to the razing of Tizi Nemar exploded on 5 April 1957 "
         "under a jeep."),
    )),
    ("order", (
        ("Source 1", "1970-01-01", "The Germans never held Vrbovsko, not even for a night."),
        ("Source 2", "1960-01-01", "In May 1943 the brigade recaptured Vrbovsko from the Germans."),
    )),
    ("order", (
        ("Source 1", "2001-01-01", "The rebels never took Kuito."),
        ("Source 2", "1995-01-01", "On 4 July 1994 the army recaptured Kuito."),
    )),
    ("whole_part", (
        ("Source 1", "1917-05-01", "In all we took 640 prisoners. Of these, 710 were sent to the rear by "
         "train."),
    )),
    ("whole_part", (
        ("Source 1", "2019-03-01", "The bus carried 44 pilgrims. Of them 51 were wounded."),
    )),
    ("whole_part", (
        ("Source 1", "1941-07-01", "The squadron lost 12 aircraft. Of those, 15 were burned on the ground."),
    )),
    ("whole_part", (
        ("Source 1", "2014-09-10", "The sides exchanged 36 prisoners. Of these, 15 were taken to Donetsk and "
         "the other 24 went home."),
    )),
    ("whole_part", (
        ("Source 1", "1898-01-01", "Seventy men were in the fort. Of them 20 died of fever and the remaining "
         "40 walked to the coast."),
    )),
    ("whole_part", (
        ("Source 1", None, "The second attempt on the pass began on 3 June 1916 and ended on 6 June. In the "
         "course of this attempt, on 11 June, the colonel was killed."),
    )),
    ("whole_part", (
        ("Source 1", None, "The push towards Ras Lanuf began on 4 March 2011 and ended on 7 March. During "
         "the push, on 12 March, four pickups were burned."),
    )),
    ("cumulative", (
        ("Source 1", "2016-08-01", "Since 19 September 3,410 people have been killed in Yemen, the office "
         "said."),
        ("Source 2", "2016-08-09", "The number of people killed in Yemen since 19 September has reached "
         "3,280, the office said."),
    )),
    ("cumulative", (
        ("Source 1", "1916-03-01", "In all 4,120 shells have fallen on the town since the siege began."),
        ("Source 2", "1916-03-12", "Up to today 3,890 shells have fallen on the town since the siege began."),
    )),
    ("cumulative", (
        ("Source 1", "2022-05-01", "Ukraine has shot down 190 Russian aircraft since the beginning of the "
         "invasion, the staff said on 1 May."),
        ("Source 2", "2022-05-09", "The staff said on 9 May that 176 Russian aircraft had been shot down "
         "since the beginning of the invasion."),
    )),
    ("actor", (
        ("Source 1", "2016-04-05", "Armenian troops opened fire at Talish at dawn on 2 April 2016."),
        ("Source 2", "2016-04-05", "The shooting at Talish at dawn on 2 April 2016 was started by "
         "Azerbaijani soldiers."),
    )),
    ("actor", (
        ("Source 1", "2015-05-01", "The militia blew up the cement works at Amran on 28 April."),
        ("Source 2", "2015-05-02", "The army shelled the cement works at Amran on 28 April and destroyed "
         "them."),
    )),
    ("actor", (
        ("Source 1", "2014-08-15", "The convoy at Khryashchuvate was hit by separatist rockets on 18 August "
         "2014, Kyiv said."),
        ("Source 2", "2014-08-15", "It was Ukrainian artillery that hit the convoy at Khryashchuvate on 18 "
         "August 2014."),
    )),
    ("actor", (
        ("Source 1", "1940-01-01", "The shells that fell on Mainila on 26 November 1939 came from Finnish "
         "guns."),
        ("Source 2", "1970-01-01", "On 26 November 1939 Soviet guns themselves shelled Mainila."),
    )),
    ("polarity", (
        ("Source 1", "1945-06-01", "On 2 May the mayor of Halle let the Americans in without a shot."),
        ("Source 2", "1950-01-01", "The mayor of Halle did not let the Americans in on 2 May."),
    )),
    ("polarity", (
        ("Source 1", "2017-04-08", "Gas was dropped on Khan Lahm on 4 April."),
        ("Source 2", "2017-04-09", "No gas was dropped on Khan Lahm on 4 April, said the general."),
    )),
    ("polarity", (
        ("Source 1", "1999-04-16", "The pilot bombed a column of refugees near Djakova on 14 April 1999."),
        ("Source 2", "1999-04-16", "No refugees were bombed near Djakova on 14 April 1999, said the "
         "alliance."),
    )),
    ("date", (
        ("Source 1", "1978-01-01", "The garrison of Fort Corvo surrendered on 29 September 1932."),
        ("Source 2", "1961-05-10", "On the morning of 26 September 1932 the garrison of Fort Corvo gave in, "
         "and was marched out."),
    )),
    ("date", (
        ("Source 1", "1999-05-20", "Rebels entered Masani on 14 May 1999 and shot its teacher, Joseph "
         "Kamara."),
        ("Source 2", "1999-08-02", "The people of Masani described the killing of the teacher, Joseph "
         "Kamara, on 17 May 1999."),
    )),
    ("date", (
        ("Source 1", "2003-04-20", "The governor of Mutanda, Luc Bisi, was stabbed in his garden on 4 April "
         "2003."),
        ("Source 2", "2003-05-20", "Luc Bisi, governor of Mutanda, was murdered on 9 April 2003."),
    )),
    ("date", (
        ("Source 1", "1944-08-01", "The railway bridge at Sainte-Aure was blown up on 8 June 1944."),
        ("Source 2", "1974-08-01", "On 11 June 1944 we blew up the railway bridge at Sainte-Aure."),
    )),
    ("date", (
        ("Source 1", "1921-01-01", "The truce for Kerrin was signed on 9 July 1921 in the market house."),
        ("Source 2", "1931-01-01", "They signed the truce for Kerrin on 11 July 1921."),
    )),
    ("date", (
        ("Source 1", "1917-03-01", "The steamer Alnwick Bay was torpedoed off Start Point on 19 February "
         "1917."),
        ("Source 2", "1919-03-01", "SS Alnwick Bay, torpedoed 21 February 1917 off Start Point, crew saved."),
    )),
    ("date", (
        ("Source 1", "1950-10-01", "The first tanks drove into Sinanju on 18 October 1950."),
        ("Source 2", "1955-10-01", "On 22 October 1950 the first tanks drove into Sinanju."),
    )),
]  # fmt: skip

CONSISTENT: list[tuple[Report, ...]] = [
    (
        ("Source 1", None, "On 4 May 1945 the partisans shot nine men at Kaprol. They did it in revenge for "
         "the hanging of two boys on 1 May."),
    ),
    (
        ("Source 1", "1943-06-01", "The village of Kortelis was burned on 23 September 1942 as a reprisal "
         "for an attack."),
        ("Source 2", "1950-01-01", "The attack which provoked the burning of Kortelis was made on 20 "
         "September 1942."),
    ),
    (
        ("Source 1", "1970-01-01", "The Germans never held Vrbovsko."),
        ("Source 2", "1960-01-01", "In May 1943 the brigade recaptured Delnice from the Germans."),
    ),
    (
        ("Source 1", "2014-09-10", "The sides exchanged 36 prisoners. Of these, 15 were taken to Donetsk and "
         "the other 21 went home."),
    ),
    (
        ("Source 1", "1898-01-01", "Seventy men were in the fort. Of them 20 died of fever, 10 fled and the "
         "remaining 40 walked to the coast."),
    ),
    (
        ("Source 1", "1917-05-01", "In all we took 640 prisoners. Of these, 71 were wounded."),
    ),
    (
        ("Source 1", "1917-05-01", "In May we took 640 prisoners and in June 900. Of those, 710 were sent to "
         "the rear by train."),
    ),
    (
        ("Source 1", None, "The push towards Ras Lanuf began on 4 March 2011 and ended on 7 March. After the "
         "push, on 12 March, four pickups were burned."),
    ),
    (
        ("Source 1", "2016-08-01", "Since 19 September 3,410 people have been killed in Yemen, the office "
         "said."),
        ("Source 2", "2016-08-09", "The number of people killed in Aden since 19 September has reached 280, "
         "the office said."),
    ),
    (
        ("Source 1", "2016-04-05", "Armenian troops opened fire at Talish at dawn on 2 April 2016."),
        ("Source 2", "2016-04-05", "The shooting at Agdere at noon on 2 April 2016 was started by "
         "Azerbaijani soldiers."),
    ),
    (
        ("Source 1", "1871-03-01", "The commandant of Bitche offered to surrender on 26 March 1871."),
        ("Source 2", "1880-01-01", "I never offered to surrender Bitche in the year 1870."),
    ),
    (
        ("Source 1", "1978-01-01", "The garrison of Fort Corvo surrendered on 29 September 1932."),
        ("Source 2", "1961-05-10", "On the morning of 26 September 1932 the garrison of Fort Corvo asked for "
         "a truce."),
    ),
    (
        ("Source 1", "2003-04-20", "Luc Bisi was stabbed in his garden at Mutanda on 4 April 2003."),
        ("Source 2", "2003-05-20", "Luc Bisi died on 9 April 2003 of the stabbing at Mutanda."),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "reports"), CLASHING)
def test_a_clash_is_found(kinds: Kinds, kind: str, reports: tuple[Report, ...]) -> None:
    assert kind in kinds(*reports)


@pytest.mark.parametrize("reports", CONSISTENT)
def test_accounts_that_can_both_be_true_do_not_clash(kinds: Kinds, reports: tuple[Report, ...]) -> None:
    assert not kinds(*reports)
