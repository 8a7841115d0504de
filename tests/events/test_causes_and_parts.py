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
    ("date", (
        ("Source 1", "1900-06-01", "The relief column marched into Mafeking on the evening of 16 May 1900."),
        ("Source 2", "1905-01-01", "It was on 19 May 1900 that we saw the relief column march into Mafeking."),
    )),
    ("date", (
        ("Source 1", "2014-06-16", "The transport plane came down at Luhansk airport in the early hours of "
         "14 June 2014 with 49 aboard."),
        ("Source 2", "2014-06-20", "All 49 men died when the transport plane was brought down at Luhansk "
         "airport on 17 June 2014."),
    )),
    ("date", (
        ("Source 1", "1937-08-01", "The engineer Pavel Orlin was taken from his flat in Kharkiv on 3 July "
         "1937."),
        ("Source 2", "1957-08-01", "My father, Pavel Orlin, was arrested in Kharkiv on 11 July 1937 and I "
         "never saw him again."),
    )),
    ("date", (
        ("Source 1", "1993-06-12", "The convoy of the Tuzla drivers was attacked near Rankovici on 10 June "
         "1993."),
        ("Source 2", "1993-07-12", "On 7 June 1993, near Rankovici, gunmen fell on the convoy of the Tuzla "
         "drivers and robbed it."),
    )),
    ("actor", (
        ("Source 1", "2008-11-03", "The mine that killed two monitors at Odzisi was laid by Georgian special "
         "forces, Tskhinvali said on 2 November 2008."),
        ("Source 2", "2008-11-03", "Ossetian militiamen laid the mine that killed two monitors at Odzisi, "
         "said Tbilisi on 2 November 2008."),
    )),
    ("actor", (
        ("Source 1", "1922-01-01", "The priest of Kilmore was murdered on 4 May 1921 by Auxiliaries, says "
         "his sister."),
        ("Source 2", "1922-02-01", "The priest of Kilmore was shot by republicans on 4 May 1921, according "
         "to the castle."),
    )),
    ("actor", (
        ("Source 1", "2023-06-07", "Russia destroyed the dam at Kakhovka on 6 June 2023, Kyiv says."),
        ("Source 2", "2023-06-07", "The dam at Kakhovka was destroyed by Ukrainian shelling on 6 June 2023, "
         "said Moscow."),
    )),
    ("actor", (
        ("Source 1", "1942-07-01", "The village of Ostrovo was set alight by the police battalion on 12 May "
         "1942."),
        ("Source 2", "1942-07-01", "Partisans set the village of Ostrovo alight on 12 May 1942 and fled."),
    )),
    ("actor", (
        ("Source 1", "2020-10-11", "Azerbaijan broke the truce at Hadrut on 10 October 2020 by shelling the "
         "town."),
        ("Source 2", "2020-10-11", "The truce at Hadrut was broken on 10 October 2020 by Armenian gunners "
         "who shelled the town."),
    )),
    ("actor", (
        ("Source 1", "2016-06-01", "Snipers of the regime shot the ambulance driver in Daraya on 28 May "
         "2016."),
        ("Source 2", "2016-06-01", "The ambulance driver in Daraya was shot by terrorists on 28 May 2016, "
         "the agency said."),
    )),
    ("cumulative", (
        ("Source 1", "1917-10-01", "Since the opening of the offensive we have taken 14,200 prisoners, the "
         "communiqué of 30 September said."),
        ("Source 2", "1917-10-09", "By 8 October the prisoners taken since the opening of the offensive came "
         "to 12,900."),
    )),
    ("cumulative", (
        ("Source 1", "2014-09-01", "By 1 September 260,000 people had fled the Donbas since April."),
        ("Source 2", "2014-10-01", "By 30 September 214,000 people had fled the Donbas since April."),
    )),
    ("cumulative", (
        ("Source 1", "1999-06-01", "Altogether 820 houses have been burned in the Drenica valley since "
         "March. In April alone 1,110 were burned."),
    )),
    ("cumulative", (
        ("Source 1", "1940-10-01", "We have flown 61 sorties since the war began."),
        ("Source 2", "1940-10-21", "This squadron has flown 48 sorties since the war began."),
    )),
    ("order", (
        ("Source 1", "2022-04-05", "The funeral of Iryna Kost was held in Bucha on 2 April 2022."),
        ("Source 2", "2022-04-06", "Iryna Kost was killed in Bucha on 4 April 2022 by a shell."),
    )),
    ("order", (
        ("Source 1", "1948-03-01", "The court sentenced Rolf Haber to death on 12 February 1948. He was "
         "arrested in Kassel on 20 February 1948."),
    )),
    ("order", (
        ("Source 1", "1991-03-05", "The last Iraqi troops left Safwan on 24 February 1991. They had entered "
         "Safwan on 27 February 1991."),
    )),
    ("order", (
        ("Source 1", "1916-08-01", "Corporal Tate died of his wounds on 4 July 1916. He was hit by shrapnel "
         "at Fricourt on 7 July 1916."),
    )),
    ("order", (
        ("Source 1", "1905-02-01", "Not one Japanese ever set foot in Fort Erlung, from first to last."),
        ("Source 2", "1905-06-01", "On 30 December 1904 our reserves retook Fort Erlung from the Japanese."),
    )),
    ("whole_part", (
        ("Source 1", None, "The siege of Harput lasted from 3 March to 19 April 1920. On 2 May the besiegers "
         "exploded the only mine of the siege."),
    )),
    ("whole_part", (
        ("Source 1", "2009-02-01", "The raid on the wedding at Deh Bala killed 37 people. Among the dead "
         "were 41 women and children."),
    )),
    ("whole_part", (
        ("Source 1", "1915-05-10", "The ship carried 120 men. Of these, 80 drowned and the other 55 were "
         "picked up."),
    )),
    ("whole_part", (
        ("Source 1", "1953-08-01", "The offensive at Kumsong began on 13 July 1953 and was broken off on 20 "
         "July."),
        ("Source 2", "1954-01-01", "On 25 July 1953, in the last attack of the Kumsong offensive, our "
         "battalion lost its colonel."),
    )),
    ("polarity", (
        ("Source 1", "1973-10-20", "The Egyptians crossed the canal at Deversoir on 8 October, the "
         "communiqué said."),
        ("Source 2", "1973-10-20", "Nobody crossed the canal at Deversoir on 8 October."),
    )),
    ("polarity", (
        ("Source 1", "1980-01-01", "The hostages of Camp Rhino were released on 4 May."),
        ("Source 2", "1980-01-01", "The hostages of Camp Rhino were not released on 4 May, nor on any day of "
         "that week."),
    )),
    ("polarity", (
        ("Source 1", "2015-08-25", "Shells with mustard gas hit Marea on 21 August 2015."),
        ("Source 2", "2015-08-26", "There was no mustard gas in the shells that hit Marea on 21 August 2015."),
    )),
    ("polarity", (
        ("Source 1", "1995-01-01", "The mayor of Vitez met General Rose on 11 February 1994 and shook his "
         "hand."),
        ("Source 2", "1996-01-01", "The mayor of Vitez never met General Rose."),
    )),
    ("polarity", (
        ("Source 1", "1864-08-01", "The tannery of Chambersburg was burned on 30 July."),
        ("Source 2", "1864-08-10", "The tannery of Chambersburg was not burned. I stood before it on 30 July "
         "and it was whole."),
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
