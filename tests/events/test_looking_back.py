"""Checks over reports that look back, correct, quote and count on: what clashes, and what only looks so."""

import pytest
from builders import Kinds, Report

CLASHING: list[tuple[str, tuple[Report, ...]]] = [
    ("cumulative", (
        ("Clinic", "2024-06-09", "Since 10 May 914 houses have been destroyed in the eastern districts."),
        ("Clinic", "2024-06-20", "From the same date, the tenth of May, our total of destroyed houses "
         "in the eastern districts now stands at 801."),
    )),
    ("cumulative", (
        ("Registry", "2019-04-04", "Altogether, from January to the end of March, 5,100 people were "
         "displaced in the department. In March alone 7,300 fled their homes."),
    )),
    ("order", (
        ("Staff", "2013-01-14", "The army recaptured Sévaré on Friday evening."),
        ("Chronicle", "2014-02-01", "Sévaré, with its runway, never left the army's hands in that war."),
    )),
    ("order", (
        ("Officer", "2009-03-02", "The shelling of the coconut market on 18 February was carried out in "
         "answer to an attack on an army ferry. That attack on the ferry took place on 21 February."),
    )),
    ("order", (
        ("Newsletter", "1982-06-20", "The Scots Guards first set foot on the islands on 2 June, at San Carlos."),
        ("Diary", "1997-05-30", "29 May 1982. Peat fire would not draw. A platoon of Scots Guards was "
         "digging in above the San Carlos jetty."),
    )),
    ("control", (
        ("Briefing", "2020-10-12", "As of this evening, 12 October, Hadrut is fully held by the Defence Army."),
        ("Newsreader", "2020-10-13", "They spent Monday the 12th in Hadrut, where Azerbaijani units have been "
         "in complete control since the weekend."),
    )),
    ("whole_part", (
        ("Sheet", "1968-07-10", "The siege of Khe Sanh began on 21 January 1968 and was over on 8 April."),
        ("Tape", "2005-11-11", "The dump blew up during the siege of Khe Sanh, on 13 May."),
    )),
    ("whole_part", (
        ("Guide", "1983-07-25", "The battle of the Ebro began on the night of 25 July 1938, and it ended on "
         "16 November."),
        ("Veteran", "1991-10-03", "The worst assault of the whole Ebro battle was the one on 2 December."),
    )),
    ("list_count", (
        ("Desk", "2023-12-18", "The alliance took five towns, namely Chinshwehaw, Monekoe, Kunlong and "
         "Hsenwi, and it set up its own checkpoints."),
    )),
    ("distance", (
        ("Volunteers", "2023-08-12", "Kupiansk, a railway town on the Oskil, is some hundred kilometres west "
         "of Kharkiv."),
    )),
    ("date", (
        ("Sapper", "1864-05-20", "On 12 May the garrison of Dybbol stacked its arms in the yard, and the white "
         "flag was up."),
        ("Schoolbook", "1903-01-10", "The defenders of Dybbol laid down their weapons on 18 May 1864 and were "
         "marched to the harbour."),
    )),
    ("date", (
        ("Midwife", "2023-04-20", "The clinic at Zalingei is closed. She said the shell that came through the "
         "ceiling on 11 April killed a nurse and two patients."),
        ("Agency", "2023-05-02", "The clinic at Zalingei has been closed since it was hit on 19 April, when one "
         "shell pierced the ceiling and killed a nurse and two patients."),
    )),
    ("date", (
        ("Bulletin", "1941-11-30", "The cruiser General Alvear, torpedoed on 22 November 1941 off the cape, is "
         "confirmed as sunk with half her crew."),
        ("Partwork", "1980-01-01", "On 27 November 1941 the General Alvear was torpedoed and went down in heavy "
         "seas with half her crew."),
    )),
    ("place", (
        ("Wire", "1999-06-10", "The generals signed the military agreement on the evening of 9 June 1999 on the "
         "airfield at Kumanovo."),
        ("This day", "2009-06-09", "1999: at Tetovo, the generals sign the military agreement, late on a "
         "Wednesday evening."),
    )),
    ("whole_part", (
        ("Guide", "1990-01-01", "The siege of Ladysmith began on 2 November 1899 and was raised on 28 February "
         "1900."),
        ("Memoir", "1910-01-01", "Ladysmith is green again. The last sally of the siege was made at night by the "
         "Light Horse. It was led by a major and fought on 20 March 1900 in the rain."),
    )),
    ("whole_part", (
        ("Weekly", "1954-04-19", "It is eleven years since 19 April 1943, on which the Ghetto Rising began."),
        ("Magazine", "1990-11-10", "Her uncle was killed in the Ghetto Rising, on 30 March 1943, beside a gate."),
    )),
    ("whole_part", (
        ("Inquiry", "1999-03-18", "Soldiers came into the hamlet on 13 March 1982. By dusk 73 villagers had been "
         "killed."),
        ("Bulletin", "1999-04-02", "Of those whom the army killed there on that 13 March, 107 were women and "
         "children."),
    )),
    ("distance", (
        ("Driver", "1995-07-20", "We left Tuzla at five. The city has a salt lake. It is some 250 km from "
         "Srebrenica, so we slept in the cab."),
    )),
    ("distance", (
        ("Guide", "2015-06-01", "Not 30 miles separate Basra and Baghdad."),
    )),
    ("distance", (
        ("Poem", "2020-11-08", "Shusha stands on a shelf of rock, and ninety kilometres divide it from Stepanakert."),
    )),
    ("distance", (
        ("Gunner", "1918-10-01", "Damascus fell to us. From here to Beirut it is nine miles by the map."),
    )),
    ("identity", (
        ("Monitor", "2014-09-01", "Commander Umar Shishani was seen at Raqqa in June. Omar al-Shishany took part in "
         "the storming of Menagh, and traders describe his beard."),
    )),
    ("identity", (
        ("Sheet", "2012-03-27", "Trackers say that Dominic Okello led the party. Traders name the same man: Dominic "
         "Okelwa let two of the porters go."),
    )),
    ("identity", (
        ("Report", "2013-05-01", "Government forces retook Otaybah. The road through Uteibeh is mined."),
    )),
    ("identity", (
        ("Staff", "2023-09-15", "The Third Brigade today liberated Andriivka, a few streets of brick in Donetsk "
         "region, after two days of fighting."),
        ("Yearbook", "2024-01-20", "What the Third Brigade liberated on 15 September was Andriivka, a village of "
         "brick in Kharkiv region, after two days of fighting."),
    )),
    ("date", (
        ("Stoker", "1941-05-30", "We were off Crete, and it was there, in the small hours of the 29th, that the "
         "destroyer Hereward took her bomb and we saw her turn back."),
        ("Ships", "1975-02-01", "Hereward, damaged by a Stuka on 24 May 1941 while carrying troops out of Crete, "
         "turned back and was not seen again."),
    )),
    ("date", (
        ("Shopkeeper", "1944-08-30", "Leclerc's tanks came on the 25th, and by three the German commandant of Paris "
         "had put his name to the surrender at the station."),
        ("Calendar", "1990-05-01", "Choltitz signed the surrender of Paris at the Montparnasse station. All this was "
         "on 22 August 1944, and bells rang that night."),
    )),
    ("date", (
        ("Signals", "1968-03-01", "The flag over the Citadel at Hue came down on the 24th of February after "
         "twenty-five days."),
        ("Veteran", "1999-01-01", "We didn't take the Citadel at Hue till the second of March, I know because it was "
         "my kid's birthday."),
    )),
    ("date", (
        ("Student", "2023-04-25", "The paratroopers seized the airport at Merowe and its Egyptian guests on the "
         "first day, 15 April, a Saturday."),
        ("Chronology", "2024-04-15", "Merowe airfield, with Egyptian airmen on it, was taken by the RSF on 13 May "
         "2023."),
    )),
    ("place", (
        ("Embassy", "1999-05-08", "Three of our journalists died when five bombs hit the embassy of China in "
         "Belgrade on the night of 7 May."),
        ("Documentary", "2019-05-07", "On 7 May 1999 five bombs fell on the Chinese embassy in Skopje, and three "
         "journalists were killed in their beds."),
    )),
    ("whole_part", (
        ("Housewife", "1995-12-20", "The siege is 1,300 days old. It started on 5 April 1992, when they shot at the "
         "crowd on the bridge."),
        ("Fountain", "2005-05-01", "The first child killed in the siege of Sarajevo died on 19 March 1992 beside a "
         "sandpit."),
    )),
    ("whole_part", (
        ("Guide", "1960-01-01", "The siege of Ladysmith began on 2 November 1899. It was raised on 28 February 1900."),
        ("Memoir", "1990-01-01", "The siege's last sally out of Ladysmith was that of 4 April 1900."),
    )),
    ("order", (
        ("Chaplain", "1916-08-30", "The 1st Australian Division did not come into the line on the Somme before 19 "
         "July, when it faced Pozières."),
        ("Schoolmaster", "1931-07-01", "In the morning of 1 July 1916 I lay in the front line on the Somme with the "
         "rest of the 1st Australian Division."),
    )),
    ("order", (
        ("Office", "1995-09-15", "The air operation began on 30 August. It was ordered in answer to the mortar shell "
         "that had hit the Markale market."),
        ("Reader", "2008-02-05", "The shell came into Markale on 2 September 1995, a little after eleven."),
    )),
    ("order", (
        ("Diary", "2023-06-20", "On 4 June, because of the dam giving way upstream, the lower streets of Kherson "
         "stood in water."),
        ("Note", "2023-06-30", "On 6 June 2023 the Kakhovka dam gave way, and nothing had escaped from it before."),
    )),
]  # fmt: skip

CONSISTENT: list[tuple[Report, ...]] = [
    (
        ("Agency", "2003-04-03", "Special forces seized the Haditha dam on 31 March."),
        ("Agency", "2003-04-04", "An editing error gave the wrong day. The Haditha dam was seized on 1 April."),
    ),
    (
        ("Chat", "2023-06-20", "It was the Janjaweed who burned the Jamarik quarter of El Geneina."),
        ("Brief", "2023-07-11", "The Rapid Support Forces, whom residents still call the Janjaweed, burned the "
         "Jamarik quarter of El Geneina."),
    ),
    (
        ("Paper", "1940-06-06", "\"We shall fight on the beaches,\" said Mr Churchill."),
        ("Parish", "1940-06-10", "Our vicar, Mr Dale, quoting the Prime Minister, said to us: "
         "\"We shall fight on the beaches.\""),
    ),
    (
        ("Mission", "2015-02-03", "Since 1 January the morgue in Donetsk has recorded 112 civilians killed by "
         "shelling."),
        ("Mission", "2015-02-10", "Since 1 January the morgue has now recorded 158 civilians killed by shelling "
         "in Donetsk."),
    ),
    (
        ("Paper", "2015-01-21", "Water is off in Debaltseve, which is Debaltsevo in Russian. A depot burned "
         "in Debaltsevo."),
    ),
    (
        ("Correspondent", "2022-03-01", "The convoy north of Kyiv is 64 kilometres long. The firm had put the "
         "length of the convoy at 27 kilometres a day earlier."),
    ),
    (
        ("Health office", "2023-11-02", "As of 1 November the death toll in Gaza since 7 October stood at 8,796."),
        ("Blog", "2024-08-10", "The death toll from the strike on the school in Gaza has risen to 93."),
    ),
    (
        ("Letter", "1916-05-09", "The younger Ryan, Michael, was shot on 4 May."),
        ("Supplement", "1966-04-03", "Thomas Ryan was shot on 3 May 1916 in the same yard."),
    ),
    (
        ("Guide", "1990-01-01", "The siege of Ladysmith began on 2 November 1899 and was raised on 28 February "
         "1900."),
        ("Tablet", "1910-01-01", "The last survivor of the siege died at Ladysmith on 14 March 1909."),
    ),
    (
        ("Private", "1943-11-20", "We marched 20 km from Kyiv to Odesa. Irpin is small. It lies some 20 km from Kyiv."),
    ),
    (
        ("Sheet", "2012-03-27", "Trackers say that Dominic Okello led the party. Charles Okelwa came behind him, and "
         "Dominic Okot carried the radio."),
    ),
    (
        ("Staff", "1950-12-30", "The enemy pulled back from Hungnam on Christmas Eve, when the port was blown up."),
        ("History", "1953-12-30", "The Ninth Army Group was not seen again at Hungnam until March 1951, when the port "
         "had been cleared."),
    ),
    (
        ("Office", "1995-09-15", "The air operation began on 30 August. It was ordered in answer to the mortar shell "
         "that had hit the Markale market."),
        ("Reader", "2008-02-05", "The shell came into Markale on 28 August 1995, and on 2 September we buried Amra."),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "reports"), CLASHING)
def test_clashes(kinds: Kinds, kind: str, reports: tuple[Report, ...]) -> None:
    assert kinds(*reports) == {kind}


@pytest.mark.parametrize("reports", CONSISTENT)
def test_look_alikes(kinds: Kinds, reports: tuple[Report, ...]) -> None:
    assert kinds(*reports) == set()
