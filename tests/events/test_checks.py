"""What single checks of findings find and leave alone, a small dossier each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from svidok import pipeline
from svidok.events import find_findings, reconcile
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.order import _breaks
from svidok.events.findings.vocabulary import order_pairs
from svidok.records import Document, Finding, Source

Check = Callable[..., list[Finding]]


@pytest.fixture(scope="module")
def check() -> Check:
    """Findings over reports given as (source, day, text)."""
    tools = pipeline.load_tools()

    def run(*reports: tuple[str, str, str]) -> list[Finding]:
        documents = [
            Document(f"r{i}", f"r{i}", text, source=Source(source), language="en", published=day)
            for i, (source, day, text) in enumerate(reports)
        ]
        readings = tuple(pipeline.read_all(documents, tools))
        return list(find_findings(readings, reconcile(readings), gazetteer=tools.gazetteer))

    return run


def kinds(found: list[Finding]) -> list[str]:
    return [f.kind for f in found]


def test_a_fight_won_long_before_the_beaten_left(check: Check) -> None:
    won = "By 10 March 2022 Ukrainian troops had defeated the invading troops in the battle of Bucha."
    left = "Bucha is quiet. The Russian troops withdrew from Bucha on 31 March 2022."
    (found,) = [f for f in check(("A", "2022-04-20", f"{won} {left}")) if f.kind == "order"]
    assert found.message.startswith("The fight for Bucha is told as won by 2022-03-10")
    soon = "Bucha is quiet. The Russian troops withdrew from Bucha on 12 March 2022."
    assert "order" not in kinds(check(("A", "2022-04-20", f"{won} {soon}")))


def test_counts_that_a_report_sets_against_each_other(check: Check) -> None:
    told = "In Yahidne more than 300 people were held in the cellar of the school. Eleven people died there."
    (first, second) = check(("A", "2022-04-20", f"{told} Other reports give 350 people and ten dead."))
    assert (first.kind, first.severity) == ("quantity", "low")
    assert "other reports are said to give 350 people" in first.message + second.message
    assert check(("A", "2022-04-20", f"{told} Other reports confirm this.")) == []


def test_a_denial_that_points_back(check: Check) -> None:
    told = "At least ten people were killed in Chernihiv on 16 March 2022 while they stood in line for bread."
    assert kinds(
        check(("A", "2022-03-17", f"{told} The Russian ministry of defence denied the attack."))
    ) == ["polarity"]
    assert check(("A", "2022-03-17", f"{told} The Russian ministry of defence did not answer.")) == []


def test_what_was_told_as_done_is_not_dated_later(check: Check) -> None:
    early = ("A", "2022-03-30", "Irpin has been liberated, its mayor, Oleksandr Markushyn, said on Monday.")
    late = ("B", "2022-04-14", "Irpin was liberated on 1 April 2022 by Ukrainian forces.")
    assert kinds(check(early, late)) == ["date"]
    before = ("B", "2022-04-14", "Irpin was liberated on 28 March 2022 by Ukrainian forces.")
    assert check(early, before) == []


def test_a_person_dies_once_and_is_freed_after_the_capture(check: Check) -> None:
    captured = ("A", "2022-07-15", "Captain Horlov was taken prisoner near Izium on 14 July 2022.")
    freed = "Captain Horlov was released in the exchange of {} and he is learning to walk."
    assert kinds(check(captured, ("B", "2022-09-10", freed.format("2 June 2022")))) == ["order"]
    assert check(captured, ("B", "2022-09-10", freed.format("2 September 2022"))) == []


def test_distances_between_two_named_ends(check: Check) -> None:
    said = "From Homs to Damascus it is {} kilometres of good road."
    (found,) = check(("A", "2013-05-01", said.format(40)))
    assert found.kind == "distance"
    assert "is said to lie 40 kilometres from" in found.message
    assert check(("A", "2013-05-01", said.format(160))) == []


def test_another_voice_counts_anew_without_a_noun(check: Check) -> None:
    told = "On 5 March 2022 the mayor of Irpin said that 280 people lie in the mass grave at Irpin."
    (found,) = check(("A", "2022-03-08", f"{told} The sexton says 67."))
    assert (found.kind, found.severity) == ("quantity", "low")
    assert "280 people" in found.message
    assert "another voice gives 67" in found.message
    assert check(("A", "2022-03-08", f"{told} The sexton says 67,000 candles were lit.")) == []
    assert check(("A", "2022-03-08", f"{told} Among them, the sexton says, 67 are children.")) == []


def test_lengths_of_one_convoy(check: Check) -> None:
    long = "A Russian military convoy stretches for 64 kilometres from Hostomel to Ivankiv and Prybirsk."
    one = ("A", "2022-03-01", long)
    short = "The convoy has not moved. The company puts its length at 27 kilometres."
    (found,) = check(one, ("B", "2022-03-02", short))
    assert (found.kind, found.apart) == ("quantity", "37 km")
    assert check(one, ("B", "2022-07-02", short)) == []
    assert check(one, ("B", "2022-03-02", "The convoy is forty miles long.")) == []
    assert check(one, ("B", "2022-03-02", "Another convoy, 27 kilometres long, has not moved.")) == []


def test_nobody_left_what_was_taken_back(check: Check) -> None:
    taken = ("A", "2022-03-22", "Ukrainian forces have retaken Makariv.")
    none = "Asked about the withdrawal from Makariv, a staff officer replied that there had been none."
    (found,) = check(taken, ("B", "2022-03-25", none))
    assert found.kind == "polarity"
    assert found.message == "Makariv is told as taken back in one place; nobody left it, says another."
    assert check(taken, ("B", "2022-03-12", none)) == []


def test_an_accusation_and_its_denial(check: Check) -> None:
    charge = "Ukraine accuses Russian forces of shelling the assembly points in Chernihiv"
    (found,) = check(("A", "2022-03-09", f"{charge}; Russia denies this and says that nobody came."))
    assert (found.kind, found.severity) == ("polarity", "medium")
    assert "denies it" in found.message
    assert check(("A", "2022-03-09", f"{charge}; Russia has said nothing about this.")) == []


def test_a_battle_of_one_day_told_and_denied(check: Check) -> None:
    told = ("A", "2022-03-11", "On 9 March units of the brigade ambushed a tank column at Brovary.")
    denied = ("B", "2022-03-12", "There was no battle at Brovary on 9 March, an officer stated.")
    assert kinds(check(told, denied)) == ["polarity"]
    assert (
        check(told, ("B", "2022-03-12", "There was no battle at Brovary on 5 March, an officer stated."))
        == []
    )


def test_troops_enter_a_town_on_one_day(check: Check) -> None:
    one = ("A", "2022-03-28", "On 26 March 2022 Russian troops entered Slavutych and seized the mayor.")
    two = ("B", "2022-03-27", "Slavutych was entered by Russian units on 25 March 2022 without resistance.")
    assert kinds(check(one, two)) == ["date"]
    again = ("B", "2022-04-27", "Russian troops entered Slavutych again on 2 April 2022 without resistance.")
    assert check(one, again) == []


def test_a_bridge_gone_before_the_day_it_was_blown_up(check: Check) -> None:
    gone = ("A", "2022-11-09", "The Antonivka bridge has been blown up, two spans are lying in the water.")
    later = "On 11 November 2022 the rearguard blew up the Antonivka bridge."
    (found,) = check(gone, ("B", "2023-03-18", later))
    assert (found.kind, found.apart) == ("date", "2 days")
    assert check(gone, ("B", "2023-03-18", later.replace("11 November", "8 November"))) == []


def test_a_renamed_town_and_a_misspelt_person(check: Check) -> None:
    renamed = "Letters for Artemivsk are to be sent to Bakhmut. In Artemivsk the post office is closed."
    assert check(("A", "2016-03-01", renamed)) == []
    told = "Colonel Dragoslav Perunović ordered his company to Meja. Colonel Dragoslav {} was heard later."
    assert kinds(check(("A", "1999-06-02", told.format("Perumović")))) == ["identity"]
    assert check(("A", "1999-06-02", told.format("Perunović"))) == []


def test_what_took_place_was_not_taken(check: Check) -> None:
    met = (
        "A",
        "2016-06-10",
        "The delegation met the rebel commanders at Wau on 9 June in the bishop's house.",
    )
    never = ("B", "2016-06-12", "No meeting with the governor took place at Wau on 9 June.")
    (found,) = check(met, never)
    assert found.kind == "polarity"
    assert "capture" not in found.message


def test_an_office_before_a_name_is_no_name_of_the_list(check: Check) -> None:
    told = "Three volunteers were killed on the road on Monday. They are {}and the driver, Jun Bacus."
    assert check(("A", "2008-09-03", told.format("Rosalie Mamaril, Benjie Ocampo "))) == []
    (found,) = check(("A", "2008-09-03", told.format("Rosalie Mamaril, Benjie Ocampo, Ali Sinsuat ")))
    assert found.kind == "list_count"


def test_a_day_since_which_something_lasts_dates_nothing(check: Check) -> None:
    one = ("A", "1916-05-02", "Some shops in Sackville Street have been burned since 24 April 1916.")
    assert check(one, ("B", "1916-06-30", "In Sackville Street shops were burned on 27 April 1916.")) == []


def test_who_attacked_is_told_in_the_passive_too(check: Check) -> None:
    jets = (
        "On 19 September 2016 the attack on the convoy at Saraqib was carried out by Syrian air force jets."
    )
    front = (
        "B",
        "2016-09-22",
        "The convoy at Saraqib was attacked on 19 September 2016 by militants of the Nusra Front.",
    )
    assert "actor" in kinds(check(("A", "2017-03-01", jets), front))


def test_a_flag_over_a_town_is_no_day_of_its_capture(check: Check) -> None:
    taken = ("A", "2022-03-22", "Ukrainian forces retook Makariv on 21 March 2022.")
    flag = ("B", "2022-03-24", "On 23 March 2022 a Ukrainian flag is over the police station in Makariv.")
    assert check(taken, flag) == []


def test_what_is_far_apart_in_place_and_day_is_not_one(check: Check) -> None:
    one = ("A", "1993-10-05", "On 3 October 1993 two American helicopters were shot down in Mogadishu.")
    two = (
        "B",
        "1994-04-20",
        "On 14 April 1994 two American helicopters were shot down by mistake near Erbil.",
    )
    assert check(one, two) == []


def test_a_night_goes_on_after_midnight(check: Check) -> None:
    told = "Last night, soon after midnight, a missile hit the oil depot in Kriachky."
    assert check(("A", "2022-02-27", told)) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            "In the week to 12 June 412 civilians were killed in the Donetsk region.",
            "In the week to 19 June 298 civilians were killed in the Donetsk region.",
        ),
        (
            "No civilians were killed in the strike on Deir ez-Zor on 17 September.",
            "Sixty-two soldiers were killed in the strike on Deir ez-Zor on 17 September.",
        ),
        ("Lashio is held by the army on 1 December.", "Lashio is held by the Tatmadaw on 1 December."),
        (
            "The mayor says that eight civilians died in Irpin.",
            "The mayor estimated that 200 civilians had been killed in Irpin in a month.",
        ),
    ],
)
def test_what_only_looks_like_a_clash(check: Check, one: str, two: str) -> None:
    assert check(("A", "2022-12-02", one), ("B", "2022-12-03", two)) == []


def test_reports_of_no_dossier_belong_to_the_only_one_named() -> None:
    from svidok import pipeline
    from svidok.events.findings.dossier import dossiers

    tools = pipeline.load_tools()
    texts = {"a": "kyiv", "b": None, "c": None}
    named = [Document(i, i, f"Report {i} of Kyiv.", language="en", dossier=d) for i, d in texts.items()]
    readings = tuple(pipeline.read_all(named, tools))
    assert [len(d.readings) for d in dossiers(readings, ())] == [3]


def test_a_lent_date_is_no_witness_against_another_report() -> None:
    tools = pipeline.load_tools()
    text = "Ivan Petrenko was shot in Bucha on 15 April 2022.\n\nIvan Petrenko was buried in Bucha on 31 March 2022."
    reading = pipeline.read(Document("r", "r", text, language="en"), tools)
    shot, buried = Dossier((reading,), reconcile((reading,))).facts[:2]
    elsewhere = replace(buried, document="s")
    assert any(_breaks(pair, shot, elsewhere) for pair in order_pairs())
    assert not any(_breaks(pair, replace(shot, time=None), elsewhere) for pair in order_pairs())


def test_one_day_of_the_year_told_without_a_year_is_no_other_date(check: Check) -> None:
    told = "General Dumas captured Bassano on 8 September."
    later = "Troops of General Dumas captured Bassano on 8 September"
    assert "date" not in kinds(check(("A", "1796-09-09", told), ("B", "1802-01-01", f"{later}.")))


def test_a_part_greater_than_its_whole(check: Check) -> None:
    told = "The shell that struck the tram in Alchevsk killed 17 people. Among the dead were"
    (found,) = check(("Depot", "2015-01-29", f"{told} 21 women."))
    assert found.kind == "whole_part"
    assert found.message == "A part is greater than its whole: 21 women among 17 people."
    assert check(("Depot", "2015-01-29", f"{told} nine women.")) == []


def test_a_direction_beside_the_name_that_it_places(check: Check) -> None:
    (found,) = check(("A", "2016-10-20", "Homs, north of Aleppo, was shelled at dawn."))
    assert found.kind == "distance"
    assert check(("A", "2016-10-20", "Homs, south of Aleppo, was shelled at dawn.")) == []


def test_arms_of_the_government_are_not_those_who_fight_it(check: Check) -> None:
    one = ("Council", "2013-11-23", "Government artillery shelled the market in Duma on 22 November 2013.")
    two = "shelled the market in Duma on 22 November 2013."
    assert "actor" in kinds(check(one, ("Agency", "2013-11-24", f"Rebels {two}")))
    assert "actor" not in kinds(check(one, ("Agency", "2013-11-24", f"Syrian soldiers {two}")))


def test_notes_in_brackets_are_no_names_of_a_list(check: Check) -> None:
    told = "ministers have resigned: Mr Bolya (defence), Mr Ileo (information) and Mr Adoula (interior)."
    assert kinds(check(("Wire", "1964-07-29", f"Two {told}"))) == ["list_count"]
    assert check(("Wire", "1964-07-29", f"Three {told}")) == []


def test_a_total_told_today_and_another_organisations_count(check: Check) -> None:
    early = ("Delhi", "1971-12-11", "Pakistan has lost 41 aircraft since the war began.")
    late = ("Delhi", "1971-12-14", "As was told today, Pakistan has lost 36 aircraft since the war began.")
    assert kinds(check(early, late)) == ["cumulative"]
    one = ("A", "1993-02-25", "Since the start of the siege the hospital in Huambo has buried 640 people.")
    two = ("B", "1993-03-01", "Since the start of the siege the Red Cross has buried 410 people in Huambo.")
    assert check(one, two) == []


def test_one_officer_whose_name_two_reports_spell_apart(check: Check) -> None:
    one = ("A", "2024-08-06", "Colonel Mykola Hrytsenko was killed at Toretsk on 5 August 2024.")
    two = ("B", "2024-08-07", "Colonel Mykola Gritsenko was killed at Toretsk on 5 August 2024.")
    assert "identity" in kinds(check(one, two))
    brother = ("B", "2024-08-07", "Colonel Ruslan Hrytsenko was killed at Toretsk on 5 August 2024.")
    assert "identity" not in kinds(check(one, brother))


def test_a_place_beside_the_one_that_is_held(check: Check) -> None:
    one = ("A", "2022-07-05", "Lysychansk has been under Russian control since 3 July 2022.")
    two = "is held by Ukrainian forces on 5 July 2022."
    assert "control" in kinds(check(one, ("B", "2022-07-05", f"Lysychansk {two}")))
    assert "control" not in kinds(check(one, ("B", "2022-07-05", f"Bilohorivka near Lysychansk {two}")))


def test_a_toll_belongs_to_the_thing_that_its_report_dated(check: Check) -> None:
    first = "A rocket came through the roof of the parish school in Zacamil on 16 November 1989."
    second = "On 16 November 1989 an aircraft fired a rocket at the parish school of Zacamil."
    one = ("Priest", "1989-11-17", f"{first} Six people were killed.")
    assert "quantity" in kinds(check(one, ("File", "1993-02-01", f"{second} Nineteen people were killed.")))
