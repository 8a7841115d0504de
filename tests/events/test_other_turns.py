"""Checks over the same clashes told in other turns of phrase, and over what only looks like them."""

import pytest
from builders import Kinds, Report

CLASHING: list[tuple[str, tuple[Report, ...]]] = [
    ("control", (
        ("Command", "1951-04-20", "On 19 April Hill 717 remained in the hands of the Turkish brigade."),
        ("Radio Pyongyang", "1951-04-20", "All through 19 April our volunteers were sitting on Hill 717."),
    )),
    ("control", (
        ("Northern league", "2023-11-15", "On 15 November there is not one soldier of the military council left "
         "in Nawng Leng."),
        ("Military Council, news team", "2023-11-15", "As of 15 November Nawng Leng is fully under the control of "
         "the Tatmadaw."),
    )),
    ("control", (
        ("Staff", "1920-08-14", "Throughout 13 August 1920 Radzymin was held by the Polish 11th Division."),
        ("Diary of a commissar", None, "13 August. We have Radzymin. It has been quiet since the Poles ran."),
    )),
    ("attribution", (
        ("Annual", "1900-01-01", "It was Lieutenant Hobday who, when the emir called on him to yield, gave the "
         "reply: “I have water for a week and powder for two.”"),
        ("Anecdotes", "1930-01-01", "Sergeant Molloy sent the herald away. “I have water for a week and powder for "
         "two,” was all he told him."),
    )),
    ("attribution", (
        ("Paper", "2022-03-01", "“Tell them the toll road is closed,” were the words of the sailor Roman Lys."),
        ("Union", "2022-03-09", "The words “Tell them the toll road is closed” were spoken by Petro Danylko."),
    )),
    ("place", (
        ("Paper", "1905-05-26", "Colonel Eusebio Arce fell on 26 May 1880 at the bridge of Santa Rita."),
        ("Dictionary", "1949-01-01", "ARCE, Eusebio, officer, born in 1834. He was shot dead on 26 May 1880 on the "
         "steps of the parish church in Pampa Honda."),
    )),
    ("place", (
        ("Commission", "1946-05-05", "The commander Sava Lukić and the envoy met on 14 July 1943 in the school at "
         "Gornji Lug."),
        ("Letter of Major Hollis", None, "You ask about my talk with Lukić. It took place on 14 July in a hut above "
         "Crni Vrh."),
    )),
    ("identity", (
        ("Roll", "1917-05-04", "No. 20417 Corporal Thomas Weir, 2nd Border Fusiliers, was killed in action at Gully "
         "Farm on 9 April 1917."),
        ("Register", "1920-01-01", "20417 Cpl Weir, Tobias, 2nd Border Fusiliers, killed 9 April 1917, Gully Farm."),
    )),
    ("identity", (
        ("Wire", "2015-02-02", "The school in Pisky, Luhansk region, was hit on 31 January, and its caretaker Halyna "
         "Moroz was killed."),
        ("Archive", "2015-02-10", "Halyna Moroz, caretaker, killed on 31 January in the school of Pisky (Donetsk "
         "region)."),
    )),
    ("quantity", (
        ("Convoys", "1983-01-01", "The tanker Daldorch was torpedoed on 3 March 1943, and seven of her hands were "
         "lost."),
        ("Chapel notes", "1985-01-01", "A brass plate names the twelve of the Daldorch's hands who were drowned on 3 "
         "March 1943."),
    )),
    ("quantity", (
        ("Chronicle", None, "On Michaelmas the Imperial garrison of Rothfeld marched out, 1,200 men on foot."),
        ("History", "1970-01-01", "When the Imperial garrison of Rothfeld marched out, it numbered no more than 400 "
         "foot soldiers."),
    )),
    ("list_count", (
        ("Tribunal", "1946-01-01", "They hanged three men that day. They were Jovan Perić the smith, Milan Ostojić, the "
         "schoolmaster Dušan Babić, and the younger of the two Kovač brothers."),
    )),
    ("list_count", (
        ("Survivor", "1995-07-01", "There were five of us in the cellar. We were Hasan, Mirsad, old Fata, the teacher "
         "Sabina, her daughter Lejla, and myself."),
    )),
    ("list_count", (
        ("Dispatch", "2003-04-01", "Three bridges still stand in the town. These are the Iron Bridge, the Bridge of the "
         "Martyrs, the railway bridge and the footbridge by the mosque."),
    )),
    ("distance", (
        ("Memories", "1968-07-14", "He left Ladysmith at three in the morning with a paper in his collar, and by "
         "breakfast he had ridden the twenty-five miles to Mafeking."),
    )),
    ("distance", (
        ("Letter", "1943-01-01", "We drove from Tobruk to Benghazi in one morning, thirty miles of good road."),
    )),
    ("order", (
        ("Small wars", "1934-01-01", "In the autumn of that year the Leontines put forty captives to death. They did it "
         "in revenge for the burning of the sanctuary of Demeter by the men of Hybla. The sanctuary itself was burned "
         "by the men of Hybla in the spring of the following year."),
    )),
    ("order", (
        ("Study", "2004-01-01", "The governor was murdered in March 1655. His murderers said that it was for the sack "
         "of Dunstow that they killed him. Dunstow was not sacked until June of that year."),
    )),
    ("polarity", (
        ("Hearing, Sergeant P.", "1902-05-06", "Q. Were any of the prisoners taken at San Isidro on that day shot? A. "
         "Yes, sir. Seven were shot behind the sugar shed."),
        ("Hearing, Captain V.", "1902-05-09", "Q. You commanded at San Isidro. A. Not one prisoner taken at San Isidro "
         "was shot, that day or afterwards."),
    )),
    ("cumulative", (
        ("Committee", "2009-04-09", "That brings to 9,400 the number of sick, wounded and their relatives whom we have "
         "taken off the beach since 10 February."),
        ("Mail", "2009-04-23", "Since 10 February the committee has taken altogether 7,900 sick, wounded and "
         "accompanying relatives off the beach, it said on Thursday."),
    )),
    ("date", (
        ("Council", "2022-04-09", "This morning, 9 April, a rocket struck our House of Culture in Lypova Balka. 4 dead, "
         "11 wounded."),
        ("Monitors", "2022-09-20", "At the House of Culture in Lypova Balka the monitors documented a single rocket "
         "strike, which killed four people and wounded eleven. It took place on the morning of 12 April 2022."),
    )),
    ("date", (
        ("Essay", "2022-04-04", "A caption had the wrong year.\n\nThe massacre of Srebrenica took place in 1995.\n\nA "
         "bridge was built there later.\n\nSecond picture: the Srebrenica massacre in Bosnia (1997)."),
    )),
]  # fmt: skip
CONSISTENT: list[tuple[Report, ...]] = [
    (
        ("Administration", "2022-09-09", "On 9 September not a single occupier is left in Balakliia."),
        ("Police", "2022-09-09", "On 9 September Balakliia is under Ukrainian control."),
    ),
    (
        ("Staff", "1920-08-14", "Throughout 12 August 1920 Radzymin was held by the Polish 11th Division."),
        ("Diary of a commissar", None, "14 August. We have Radzymin. It has been quiet since the Poles ran."),
    ),
    (
        ("Stars", "1945-01-01", "The answer that General Hale returned was one line: “Come in and fetch your "
         "wounded, we are busy.”"),
        ("Letter", "1975-01-01", "Colonel Strand typed it out and read it to us: “Come in and fetch your wounded, "
         "we are busy.”"),
    ),
    (
        ("Order", "1916-04-10", "“Courage! We shall have them,” General Pétain wrote."),
        ("Trench paper", "1917-03-02", "Our sergeant likes to repeat it. “Courage! We shall have them,” he said."),
    ),
    (
        ("Paper", "1871-02-01", "Commandant Bourgeois was wounded on 15 January 1871 at the mill of Bethoncourt."),
        ("Dictionary", "1910-01-01", "BOURGEOIS, Auguste. He died on 2 February 1871 in the hospital of Besançon."),
    ),
    (
        ("Argus", "1900-07-01", "Chief Mokoena gave himself up to the yeomanry on 11 June 1900 at Winburg."),
        ("Chronicle", "1935-01-01", "On 11 June 1900 Chief Mokoena left Lindley at dawn, and by night he had given "
         "himself up."),
    ),
    (
        ("Paper", "1866-07-05", "Colonel Trapp was wounded on 3 July 1866 in the wood of Swiep, near Sadowa."),
        ("History", "1906-01-01", "On 3 July 1866, at the battle of Königgrätz, Colonel Trapp was wounded."),
    ),
    (
        ("Page", "2022-04-10", "The mayor of Motyzhyn, Olha Sukhenko, was abducted on 23 March and shot."),
        ("Prosecutor", "2022-05-01", "Oleksandr Sukhenko, son of the mayor of Motyzhyn, was abducted on 23 March and "
         "later shot."),
    ),
    (
        ("Paper", "1917-05-04", "Corporal Thomas Weir, 2nd Border Fusiliers, was killed at Gully Farm on 9 April "
         "1917."),
        ("Register", "1920-01-01", "Cpl Weir, Thos., 2nd Border Fusiliers, killed 9 April 1917, Gully Farm."),
    ),
    (
        ("Wire", "2015-02-02", "The school in Pisky, Donetsk region, was hit on 31 January."),
        ("Archive", "2015-02-10", "In Pisky, Luhansk region, a shell hit the post office on 31 January."),
    ),
    (
        ("Convoys", "1983-01-01", "The tanker Daldorch was torpedoed on 3 March 1943, and seven of her hands were "
         "lost."),
        ("Chapel notes", "1985-01-01", "A brass plate names five of the Daldorch's hands from this parish who were "
         "drowned on 3 March 1943."),
    ),
    (
        ("City", "2022-03-20", "Eighty soldiers were killed when missiles struck the barracks in Mykolaiv on 18 "
         "March."),
        ("Board", "2022-09-01", "The board lists the 41 soldiers of the 79th Brigade who were killed in the barracks "
         "in Mykolaiv on 18 March 2022."),
    ),
    (
        ("Camp letter", "1865-01-01", "Five men messed with me that winter, to wit: Asa Bell, Tom Fry, Dutch Henry and "
         "the two Coopers."),
    ),
    (
        ("Diary", "1900-01-01", "Three officers dined with us: Major Hill, Captain Orr, the doctor, and Mr Lamb."),
    ),
    (
        ("Hearing", "1946-01-01", "They hanged four men that day. They were Jovan Perić the smith, Milan Ostojić, the "
         "schoolmaster Dušan Babić, and the younger of the two Kovač brothers."),
    ),
    (
        ("Memories", "1968-07-14", "He left Ladysmith at three, and had ridden the first twenty-five miles of the way "
         "to Mafeking by breakfast."),
    ),
    (
        ("Letter", "1943-01-01", "We left Tobruk for Benghazi in the morning, and after thirty miles of good road the "
         "engine broke down."),
    ),
    (
        ("Tablet", None, "Lieutenant James Havers was killed in the streets of Lucknow on 25 September 1857."),
        ("Review", "1931-01-01", "Captain James Havers, who mined the gate, lived until 1891 and died at Cheltenham."),
    ),
    (
        ("Memoir", "1978-01-01", "We burned Ternovka on 14 May 1943, because they had killed our scout Misha. Misha was "
         "killed in Ternovka on 11 May 1943."),
    ),
    (
        ("Chronicle", "1995-01-01", "The bridge at Masline was blown up on 3 June 1992. It was rebuilt in October "
         "1994."),
    ),
    (
        ("Hearing", "1900-01-01", "Q. Were any of the prisoners at San Pedro shot? A. I do not know, sir."),
        ("Hearing", "1900-02-01", "Not one prisoner taken at San Pedro was shot."),
    ),
    (
        ("Wire", "2016-07-20", "A field hospital in Kafr Zita was put out of action by an air strike on 19 July. Two "
         "nurses were killed."),
        ("Doctors", "2016-07-25", "The hospital in Kafr Zita, bombed on 19 July, was hit a second time on 24 July. No "
         "one was killed."),
    ),
    (
        ("Observers", "2006-08-09", "On Sunday, 30 July 2006, a house in Deir Hanna was hit from the air."),
        ("Agency", "2006-08-01", "Rescuers were still digging on Tuesday in Deir Hanna for victims of Sunday's air "
         "strike."),
    ),
    (
        ("Editorial", "2022-04-04", "Our position is clear: Donbas belongs to Ukraine. The invaders now withdraw to "
         "fight for control of Donbas."),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "reports"), CLASHING)
def test_a_clash_in_other_turns_is_found(kinds: Kinds, kind: str, reports: tuple[Report, ...]) -> None:
    assert kind in kinds(*reports)


@pytest.mark.parametrize("reports", CONSISTENT)
def test_what_only_looks_like_a_clash_is_none(kinds: Kinds, reports: tuple[Report, ...]) -> None:
    assert not kinds(*reports)
