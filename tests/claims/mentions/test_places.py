"""Toponyms: what counts as one, which place is meant, and the areas that relations give."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pyproj import Geod

from svidok.atlas.gazetteer import Gazetteer, distance_km, open_gazetteer
from svidok.atlas.gazetteer.dumps import import_dump
from svidok.atlas.gazetteer.layer import EXACT, VARIANT, Layer
from svidok.atlas.gazetteer.names import fold
from svidok.claims.mentions.places import find_places
from svidok.claims.mentions.places.facts import Facts
from svidok.claims.mentions.places.find import tools_for
from svidok.claims.mentions.places.misspelt import Speller
from svidok.claims.mentions.places.runs import find_runs, words_of
from svidok.records import Place

Finder = Callable[..., tuple[Place, ...]]
ARTICLE = Path(__file__).resolve().parents[3] / "../shared/input/kyiv-article.txt"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(imports=False)


@pytest.fixture(scope="module")
def find(gazetteer: Gazetteer) -> Finder:
    def run(text: str, **options: object) -> tuple[Place, ...]:
        places = find_places(text, gazetteer=gazetteer, **options)  # type: ignore[arg-type]
        for place in places:
            assert text[place.start : place.end] == place.text
        return places

    return run


def named(places: tuple[Place, ...]) -> dict[str, Place]:
    return {place.text: place for place in places}


@pytest.mark.parametrize(
    ("text", "words", "name", "country"),
    [
        ("Shells fell on the town of Vovchansk.", "Vovchansk", "Vovchansk", "UA"),
        ("A court in Paris, Texas, heard the case.", "Paris", "Paris", "US"),
        ("The mayor of London spoke in Britain.", "London", "London", "GB"),
        ("Troops crossed from Belarus into Ukraine.", "Belarus", "Belarus", "BY"),
        ("Fighting went on in kharkiv overnight.", "kharkiv", "Kharkiv", "UA"),
        ("Artillery hit Gostomel and Bucha.", "Gostomel", "Hostomel", "UA"),
        ("The U.S. sent aid.", "U.S.", "United States", "US"),
        ("Rebels took Deir ez-Zor in Syria.", "Deir ez-Zor", None, "SY"),
        ("They fled to St. Petersburg, Russia.", "St. Petersburg", "Saint Petersburg", "RU"),
        ("Refugees reached Guinea-Bissau.", "Guinea-Bissau", "Guinea-Bissau", "GW"),
        ("The Pittsburgh, Pennsylvania-based firm closed.", "Pennsylvania", "Pennsylvania", "US"),
        ("Residents of Artemivsk fled.", "Artemivsk", "Bakhmut", "UA"),
    ],
)
def test_names_are_found_and_resolved(
    find: Finder, text: str, words: str, name: str | None, country: str
) -> None:
    place = named(find(text))[words]
    assert place.country == country
    assert name is None or place.name == name
    assert 0 < place.confidence <= 1 and place.key


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton and Rick Perry met.",
        "President Kennedy spoke to Mr. Washington.",
        "It was nice of him, reading of an orange.",
        "Monday was quiet. The Army said nothing.",
        "Syrian and Ukrainian soldiers met Russians.",
    ],
)
def test_people_common_words_and_demonyms_are_no_places(find: Finder, text: str) -> None:
    assert [place.text for place in find(text)] == []


def test_a_person_is_remembered_through_the_document(find: Finder) -> None:
    places = find("Governor Rick Perry of Texas arrived. Perry said he was glad. Perry left.")
    assert [place.text for place in places] == ["Texas"]


def test_misspelt_names_need_their_company(find: Finder) -> None:
    places = named(
        find("The same was seen in Iraq when they were stopped in Baghdad, Musol, Kirkak, or Basra.")
    )
    assert (places["Kirkak"].name, places["Musol"].name) == ("Kirkuk", "Mosul")
    assert [p.text for p in find("Mr Musol ate.")] == []


def test_a_region_before_a_list_holds_its_items(find: Finder) -> None:
    text = (
        "In the Chernihiv region, troops regained control of Rudnya, Bobryk, Makiyivka, Pohreby, and Salne."
    )
    for place in find(text)[1:]:
        assert "Chernihiv Oblast" in place.within, place


def test_a_village_without_a_point_is_an_area(find: Finder) -> None:
    place = named(find("In Ukraine, Bazhanivka in the Chernihiv region was freed."))["Bazhanivka"]
    assert place.kind == "area" and (place.radius_km or 0) >= 10


def test_a_seat_stands_for_its_government_only_when_it_speaks(find: Finder) -> None:
    places = find("Kyiv rejected the offer. Shells fell in Kyiv overnight. Moscow said it would wait.")
    assert [place.metonym for place in places] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "far", "bearing"),
    [
        ("A convoy stopped 30 km north-west of Kyiv.", 30.0, 315.0),
        ("Smoke rose 12 miles east of Kharkiv.", 19.3, 90.0),
        ("Tanks stood 5 kilometres south of Chernihiv.", 5.0, 180.0),
    ],
)
def test_a_distance_with_a_direction_is_laid_off_on_the_ellipsoid(
    find: Finder, gazetteer: Gazetteer, text: str, far: float, bearing: float
) -> None:
    (place,) = find(text)
    entry = gazetteer.entry(str(place.key))
    assert entry is not None and place.lat is not None and place.lon is not None
    azimuth, _, metres = Geod(ellps="WGS84").inv(entry.lon, entry.lat, place.lon, place.lat)
    assert metres / 1000 == pytest.approx(far, abs=0.2)
    assert (azimuth - bearing + 180) % 360 - 180 == pytest.approx(0, abs=1)
    assert place.kind == "area" and place.relation


@pytest.mark.parametrize("kilometres", [3, 21, 64])
def test_a_distance_without_a_direction_is_an_area_that_contains_it(find: Finder, kilometres: int) -> None:
    (place,) = find(f"The line ran {kilometres} km from Kherson.")
    assert place.radius_km is not None and place.radius_km >= kilometres


def test_between_two_places_lies_their_middle(find: Finder) -> None:
    one, two = find("They fought between Chernihiv and Nizhyn.")
    assert one.relation == two.relation == "between Chernihiv and Nizhyn"
    assert (one.lat, one.lon) == (two.lat, two.lon)
    assert one.radius_km and one.radius_km > 25


def test_a_country_keeps_its_own_point_in_a_relation(find: Finder) -> None:
    (place,) = find("Fighting went on in eastern Ukraine.")
    assert place.relation == "eastern" and place.kind == "country"


def test_given_spans_are_resolved_and_nothing_else(find: Finder) -> None:
    text = "From Paris to London by train."
    places = find(text, given=[(5, 10), (14, 20)])
    assert [place.text for place in places] == ["Paris", "London"]
    assert [place.country for place in places] == ["FR", "GB"]


def test_an_unknown_given_span_is_never_a_false_pin(find: Finder) -> None:
    (place,) = find("They met at Qwrtzpl.", given=[(12, 19)])
    assert place.lat is None and place.lon is None and place.confidence == 0.0


def test_given_nouns_and_adjectives_do_not_pull_the_names_to_their_namesakes(find: Finder) -> None:
    text = "Police stood in the parking lot of a church near the court. Syrian troops left Homs for Hama."
    words = ("Police", "parking lot", "church", "court", "Syrian", "Homs", "Hama")
    spans = [(text.index(word), text.index(word) + len(word)) for word in words]
    places = named(find(text, given=spans))
    assert [places[word].lat for word in words[:4]] == [None] * 4
    assert {places[word].country for word in words[4:]} == {"SY"}
    assert places["Syrian"].kind == "country"


def test_the_name_of_a_body_hints_where_a_text_is_at_home(find: Finder) -> None:
    hinted = named(
        find("The Boston Globe told of a fire in Medford. The Boston Symphony Orchestra was away.")
    )
    assert "Massachusetts" in hinted["Medford"].within
    assert "Massachusetts" not in named(find("A fire broke out in Medford."))["Medford"].within


def test_two_lists_of_two_regions_may_each_hold_a_name(find: Finder) -> None:
    text = (
        "In the Chernihiv region troops freed Nova Basan, Stara Basan, Shevchenkove and Bobryk. "
        "In the Kharkiv region troops freed Balakliia, Izium, Shevchenkove and Savyntsi."
    )
    one, two = (place for place in find(text) if place.text == "Shevchenkove")
    assert "Chernihiv Oblast" in one.within and "Kharkiv Oblast" in two.within


def test_what_is_told_to_lie_near_a_place_lies_near_it(find: Finder) -> None:
    places = named(find("Shells hit the villages of Sloboda and Kyinka, which lie south of Chernihiv."))
    assert "Chernihiv Oblast" in places["Sloboda"].within


def test_an_unknown_name_lies_in_the_region_that_is_told(find: Finder) -> None:
    text = "A slide buried homes in Qonglu county in Sichuan province, the news from Beijing said."
    places = named(find(text, given=[(24, 30), (41, 48), (73, 80)]))
    assert places["Qonglu"].within[0] == "Sichuan" and places["Qonglu"].confidence < 0.5


def test_a_river_is_no_city_of_its_name(find: Finder, gazetteer: Gazetteer) -> None:
    city, river = (
        p for p in find("In Dnipro a house burned. Boats crossed the Dnipro.") if p.text == "Dnipro"
    )
    assert (city.kind, river.kind) == ("settlement", "water")
    bank = named(find("Guns fired along the Dnipro near Kherson."))["Dnipro"]
    kherson = gazetteer.lookup("Kherson")[0]
    assert bank.lat is not None and bank.lon is not None
    assert distance_km((bank.lat, bank.lon), kherson.point) < 5 and bank.relation


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They handed the wounded to the Red Cross near Kharkiv.", "Red Cross"),
        ("He was released at Christmas in Donetsk.", "Christmas"),
        ("Russia accused Azov of shelling Mariupol.", "Azov"),
        ("Dulles asked London for support, and Churchill refused.", "Churchill"),
        ("The army shut in Shukri Pasha at Edirne.", "Shukri"),
        ("Yemen desk, morning note\nRed Sea Monitor, 14 November\n\nShells fell on Hodeidah.\n", "Red Sea"),
    ],
)
def test_what_is_listed_as_another_is_no_place(find: Finder, text: str, words: str) -> None:
    assert words not in named(find(text))


def test_a_town_keeps_the_name_of_a_regiment(find: Finder) -> None:
    assert named(find("Trains with tanks stood in Azov, Russia."))["Azov"].kind == "settlement"


def test_what_has_an_article_is_no_town(find: Finder) -> None:
    text = (
        "In Chernihiv the Desna rose. Troops crossed the Desna. The Chernihiv and Sumy airfields lay quiet."
    )
    places = find(text)
    assert [place.kind for place in places if place.text == "Desna"][1] == "water"
    assert all(place.kind == "settlement" for place in places if place.text in ("Chernihiv", "Sumy"))
    unknown = named(find("Boats were hit at Vukovar. They could not cross the Vuka."))["Vuka"]
    assert unknown.kind == "area" and unknown.within[0] == "Vukovar"
    assert named(find("No soldiers are in the Congo, said Kigali."))["Congo"].kind == "country"


def test_a_hamlet_is_not_put_in_a_namesake_far_away(find: Finder) -> None:
    text = "From El Fasher in Darfur those who could pay went to Tawila. Others walked to Nyala in Sudan."
    tawila = named(find(text))["Tawila"]
    assert tawila.country == "SD" and tawila.kind == "area"
    assert named(find("Shells fell on Tawila in Yemen and on Ibb."))["Tawila"].country == "YE"


def test_a_person_is_not_put_in_a_namesake_far_away(find: Finder) -> None:
    text = "The garrison of Kut starved beside the Tigris. Aylmer, who was to relieve it from Basra, failed."
    assert "Aylmer" not in named(find(text))
    text = "The order came at night. In Moscow a spokesman said that Orikhiv had been shelled."
    assert named(find(text))["Orikhiv"].country == "UA"


def test_a_name_told_once_as_a_place_is_one_again(find: Finder) -> None:
    text = "In Mali rebels shot at the airfield at Sevarro. The army left Mopti. Families were leaving Sevarro in carts."
    assert [place.text for place in find(text)].count("Sevarro") == 2
    text = "In Mali rebels shot at the airfield at Sevarro. The army left Mopti. General Sevarro spoke."
    assert [place.text for place in find(text)].count("Sevarro") == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Soldiers shot four people in the village of Dahyan.", "Dahyan"),
        ("Two people died near the town of Kelmarosh.", "Kelmarosh"),
        ("Ukrainian troops retook the villages of Zorvina and Novi Sanzhary.", "Zorvina"),
        ("Russian troops shelled Peretyn and Mokhrets in the Sumy region.", "Peretyn"),
        ("Russian troops shelled Peretyn and Mokhrets in the Sumy region.", "Mokhrets"),
        ("In Zorvina soldiers burnt down 12 houses, a court in Ukraine heard.", "Zorvina"),
    ],
)
def test_an_unknown_village_is_a_place_without_a_false_point(find: Finder, text: str, name: str) -> None:
    place = named(find(text))[name]
    assert place.key is None and place.confidence < 0.4
    assert place.lat is None or place.kind == "area"


def test_a_slip_of_the_pen_is_looked_for_where_the_text_is(find: Finder) -> None:
    assert named(find("Troops shelled Mokhrets in the Kyiv region."))["Mokhrets"].name == "Mokrets"
    assert named(find("Troops shelled Mokhrets in the Sumy region."))["Mokhrets"].name == "Mokhrets"


def test_a_name_may_be_a_worse_slip_of_one_that_the_text_tells(find: Finder) -> None:
    found = named(find("Fighting went on in Irpin and Bucha.\n\nThe battle of Irpinín lasted a month."))
    assert found["Irpinín"].key == found["Irpin"].key == "gn:707565"


def test_a_square_lies_in_the_town_of_the_text(find: Finder) -> None:
    """The only Washington Square of the atlas is a quarter in Pennsylvania."""
    square = named(find("Crowds met in Lafayette, Louisiana. They marched to Washington Square."))
    assert square["Washington Square"].within[0] == "Lafayette"


def test_an_embassy_is_not_in_its_own_country(find: Finder) -> None:
    text = "He left the Embassy of Armenia in Prague."
    start = text.index("Embassy")
    embassy, _ = find(text, given=[(start, text.index(" in ")), (text.index("Prague"), len(text) - 1)])
    assert embassy.country == "CZ"


def test_a_little_place_is_in_the_region_that_the_text_is_from(find: Finder) -> None:
    text = (
        "HORRY COUNTY, South Carolina. The man came from Myrtle Beach to Conway, "
        "then lived in Surfside, near Garden City."
    )
    surfside = named(find(text))["Surfside"]
    assert surfside.key is None and "South Carolina" in surfside.within


def test_the_bare_name_of_a_county_may_mean_it(find: Finder) -> None:
    text = "Police of Suffolk County, New York, searched a house in Southold. The sheriff of Suffolk spoke."
    held = [place for place in find(text) if place.text == "Suffolk"]
    assert [place.country for place in held] == ["US"]


def test_an_unknown_name_behind_in_is_a_village_where_war_is_fought(find: Finder) -> None:
    assert "Torkhal" in named(find("Pakistan closed the border at Torkhal but Afghanistan said nothing."))
    assert "Dropbox" not in named(find("In Canada all that is stored in Dropbox shows up again."))


def test_a_first_word_that_is_no_name_is_not_cut_off(find: Finder) -> None:
    places = named(
        find("In Libya shells fell in Abu Salim and in Suq al-Juma, and valves at Jabal al-Hasawna.")
    )
    assert not {"Abu", "Suq", "Juma", "Jabal"} & set(places)
    assert "Jabal al-Hasawna" in places


def test_a_line_that_is_only_a_name_is_a_place(find: Finder) -> None:
    text = "The road from Djibouti is cut.\n\nAFAR\nShells fell around Chifra in Ethiopia.\n"
    assert named(find(text))["AFAR"].kind == "region"


def test_the_city_of_a_country_is_no_city_of_its_name(find: Finder) -> None:
    assert named(find("Shells fell on Kharkiv, the second city of Ukraine."))["Ukraine"].kind == "country"


def test_a_rank_at_the_head_of_a_sentence_makes_a_person(find: Finder) -> None:
    assert "Navarre" not in named(find("The base lay in Laos. General Navarre meant it to bar the way."))


def test_a_slip_is_not_read_as_a_lesser_name_unlike_the_first(find: Finder) -> None:
    market = named(find("In Kharkiv the market at Barabashovo is on fire."))["Barabashovo"]
    assert market.key is None


def test_a_mountain_is_known_by_its_first_word(find: Finder) -> None:
    places = named(find("They had taken Stanley. Troops stormed Mount Longdon and Mount Harriet."))
    assert {"Mount Longdon", "Mount Harriet"} <= set(places)


def test_the_road_from_one_place_to_another_lies_between_them(find: Finder) -> None:
    one, two = find("Tanks burned on the road from Izium to Slovyansk.")
    assert one.relation == two.relation == "between Izium and Slovyansk"
    assert (one.lat, one.lon) == (two.lat, two.lon)


@pytest.mark.parametrize(
    "text",
    [
        "People fled Ukraine over the border with Belarus.",
        "They crossed the Belarus border from Ukraine.",
        "Guards watch the border between Ukraine and Belarus.",
    ],
)
def test_a_border_is_the_land_along_it(find: Finder, gazetteer: Gazetteer, text: str) -> None:
    place = named(find(text))["Belarus"]
    assert place.kind == "area" and place.relation and "border" in place.relation
    assert place.lat is not None and 51.0 < place.lat < 52.6
    brest, homiel = (
        gazetteer.lookup("Brest, Belarus") or gazetteer.lookup("Brest"),
        gazetteer.lookup("Homyel"),
    )
    assert brest and homiel and (place.radius_km or 0) > 200


def test_words_that_say_a_sort_inside_a_longer_name_are_no_places(find: Finder) -> None:
    text = "She was not in the Seoul Central District Court."
    (place,) = find(text, given=[(19, 47)])
    assert place.country == "KR"


def test_the_theatre_decides_between_namesakes(find: Finder) -> None:
    text = "Shells fell on Odessa."
    assert named(find(text, near="Ukraine"))["Odessa"].country == "UA"


@pytest.mark.parametrize(
    ("text", "words", "within"),
    [
        (
            "Heavy fighting near Komyshuvakha village in occupied Luhansk Oblast.",
            "Komyshuvakha",
            "Luhansk Oblast",
        ),
        ("A school in Orikhove, Luhansk, burned.", "Orikhove", "Luhansk Oblast"),
    ],
)
def test_a_village_lies_where_its_own_words_put_it(find: Finder, text: str, words: str, within: str) -> None:
    assert within in named(find(text))[words].within


@pytest.mark.parametrize(
    ("text", "words", "key"),
    [
        ("After stops in Boston, Chicago and New York he flew home.", "New York", "gn:5128581"),
        ("The Washington Post reported losses in Washington.", "Washington", "gn:4140963"),
        ("A fire in Buffalo, New York, killed two.", "New York", "region:US.NY"),
        ("The president of Mexico spoke.", "Mexico", "country:MX"),
        ("Convoys from Armenia and Azerbaijan cross into Georgia.", "Georgia", "country:GE"),
        ("Floods hit Alabama, Florida and Georgia.", "Georgia", "region:US.GA"),
    ],
)
def test_a_name_of_a_city_a_region_and_a_country_goes_where_its_company_is(
    find: Finder, text: str, words: str, key: str
) -> None:
    assert named(find(text))[words].key == key


def test_a_street_does_not_lie_in_the_city_it_is_called_after(find: Finder) -> None:
    text = "Police in Birmingham, Alabama, were called to Memphis Street near Birmingham station."
    at = text.index("Memphis")
    spans = [(10, 20), (22, 29), (at, at + len("Memphis Street"))]
    assert "Tennessee" not in find(text, given=spans)[-1].within


def test_a_list_that_a_region_leads_means_no_namesake_elsewhere(tmp_path: Path, gazetteer: Gazetteer) -> None:
    row = "1,Hlubivka,Hlubivka,,48.69,27.29,P,PPL,UA,,09,,,,0,,100,Europe/Kyiv,2024-01-02"
    with zipfile.ZipFile(tmp_path / "XX.zip", "w") as archive:
        archive.writestr("XX.txt", row.replace(",", chr(9)) + chr(10))
    done = import_dump(tmp_path / "XX.zip", gazetteer=gazetteer, folder=tmp_path)
    both = Gazetteer([*gazetteer.layers, Layer(done.path)])
    text = "They recaptured towns in the Kyiv region, taking Dymer, Demydiv, Hlubivka and Bucha."
    place = named(find_places(text, gazetteer=both))["Hlubivka"]
    assert "Kyiv Oblast" in place.within and place.name == "Hlibivka"


def test_a_region_at_war_is_no_village_of_its_name(find: Finder) -> None:
    text = "Ukraine fights on. Kharkiv was shelled. Fighters from Chechnya came."
    assert named(find(text))["Chechnya"].key == "region:RU.12"


def test_a_misspelt_name_of_a_text_that_names_no_country_is_one_of_a_war(find: Finder) -> None:
    assert named(find("Damage at Popasana railway station"))["Popasana"].name == "Popasna"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Clashes near Komyshuvakha, Donestk Oblast.", "Donestk Oblast", "Donetsk Oblast"),
        ("Troops entered Kamianka-Buzk in Ukraine.", "Kamianka-Buzk", "Kamyanka-Buzka"),
        ("Explosions in Uzhohrod.", "Uzhohrod", "Uzhhorod"),
        ("Fighting went on in luhans'k.", "luhans'k", "Luhansk"),
        ("Shells fell in mykhailivske.", "mykhailivske", "Mykhailivske"),
        ("A strike hit the Kurakhivska plant in Ukraine.", "Kurakhivska plant", "Kurakhove"),
        ("Water fell behind the Kakhovskaya reservoir.", "Kakhovskaya reservoir", "Kakhov"),
        ("Fire at Vuhlehirska TPP.", "Vuhlehirska TPP", "Vuhlehirsk"),
        ("Smoke over Puscha-Vodytsia.", "Puscha-Vodytsia", "Pushcha-Vodytsya"),
        ("A strike in Nova Kakhova.", "Nova Kakhova", "Nova Kakhovka"),
        ("Fighting near velyka novosilka.", "velyka novosilka", "Velyka Novosilka"),
        ("Rockets were fired from the black sea.", "black sea", "Black Sea"),
        ("Sailors left snake island.", "snake island", "Snake Island"),
        ("Ships stood in the sea of Azov.", "sea of Azov", "Sea of Azov"),
        ("Explosion on the Kerch bridge.", "Kerch bridge", "Crimean Bridge"),
        ("Antonov airport was burning.", "Antonov airport", "Antonov Airport"),
        ("Shells hit the Zaporizhzhia nuclear power plant.", "Zaporizhzhia nuclear power plant", "nuclear"),
        ("Smoke over #NovaKakhovka tonight", "NovaKakhovka", "Nova Kakhovka"),
        ("#KharkivRegion is under fire", "KharkivRegion", "Kharkiv Oblast"),
        ("Photos of the #BuchaMassacre", "Bucha", "Bucha"),
    ],
)
def test_posts_spell_names_in_their_own_way(find: Finder, text: str, words: str, name: str) -> None:
    assert name in str(named(find(text))[words].name)


@pytest.mark.parametrize(
    "text",
    [
        "A whisky stood by the obelisk near the kiosk.",
        "The Kurakhivska plant was built by a man of that name.",
    ],
)
def test_what_only_looks_like_a_name_of_a_land_at_war(find: Finder, text: str) -> None:
    assert "Ohio" in [place.text for place in find(text + " It stood in Ohio.")]
    assert {place.country for place in find(text + " It stood in Ohio.")} == {"US"}


@pytest.mark.parametrize(
    "text",
    ["The #GrabYourWallet campaign began.", "A city council met; the Black sea company did not answer."],
)
def test_a_hashtag_of_common_words_and_a_body_are_no_places(find: Finder, text: str) -> None:
    assert not [place for place in find(text) if place.lat is not None]


@pytest.mark.parametrize(
    ("text", "name", "oblast"),
    [
        ("Destroyed Olkhovka in the Kharkiv region", "Olkhovka", "Kharkiv Oblast"),
        ("Burned houses Novotroickoe, Donetsk Oblast", "Novotroickoe", "Donetsk Oblast"),
        ("Russian losses Malotaranivkka, Donetsk Oblast", "Malotaranivkka", "Donetsk Oblast"),
        ("Destroyed Perekop in the Kharkiv region", "Perekop", "Kharkiv Oblast"),
    ],
)
def test_the_region_behind_a_name_tells_which_it_is(find: Finder, text: str, name: str, oblast: str) -> None:
    own, region = find(text)
    assert own.text == name and {own.within[-2], region.name} == {oblast}


@pytest.mark.parametrize(("spelling", "standing"), [("pavlograd", VARIANT), ("artemivsk", EXACT)])
def test_the_main_name_in_other_letters_is_a_variant(
    gazetteer: Gazetteer, spelling: str, standing: int
) -> None:
    (number,) = [number for number, how in gazetteer.postings(spelling) if how == EXACT]
    assert Facts(gazetteer).standings([(number, EXACT)], spelling) == [standing]


def test_a_name_that_one_letter_parts_from_another_may_be_either(gazetteer: Gazetteer) -> None:
    numbers, how = Speller(gazetteer).look("konotopie", ["UA"])
    assert how == "skeleton"
    assert {"Konotop", "Konotopy"} <= {gazetteer.entry_at(number).name for number, _ in numbers}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Shelling went on in the Donetsk and Luhansk regions.", {"Donetsk": "region", "Luhansk": "region"}),
        ("In the provinces of Aleppo and Idlib they fled.", {"Aleppo": "region", "Idlib": "region"}),
        ("Farms in the state of Washington burned.", {"Washington": "region"}),
        ("Shells hit the Bucha and Izium districts.", {"Bucha": "district", "Izium": "district"}),
        ("Enrollment grew in Jackson and Barrow counties in Georgia.", {"Barrow": "district"}),
        ("A district of Donetsk was shelled.", {"Donetsk": "settlement"}),
        ("They held the town of Foca in Bosnia.", {"Foca": "settlement"}),
        ("Donetsk and Luhansk were shelled.", {"Donetsk": "settlement", "Luhansk": "settlement"}),
    ],
)
def test_names_told_to_be_regions_are_regions(find: Finder, text: str, kinds: dict[str, str]) -> None:
    places = named(find(text))
    assert {name: places[name].kind for name in kinds} == kinds


def test_a_word_for_a_region_does_not_make_a_far_namesake_likely(find: Finder) -> None:
    place = named(find("The Charlotte region has grown."))["Charlotte region"]
    assert place.country == "US"


@pytest.mark.parametrize(
    ("published", "oblast"), [("2022-03-20", "Sumy Oblast"), ("2022-08-01", "Kherson Oblast")]
)
def test_namesakes_are_chosen_by_the_front_of_the_day(find: Finder, published: str, oblast: str) -> None:
    assert oblast in named(find("A house burned in Stepanivka.", published=published))["Stepanivka"].within


def test_a_capital_is_meant_among_other_countries(find: Finder) -> None:
    text = "Envoys of France, Japan, Brazil and Kenya met ministers of India in Washington."
    assert named(find(text))["Washington"].kind == "settlement"


def test_a_misspelt_name_is_no_old_name_of_another_town(find: Finder) -> None:
    assert (
        named(find("A depot burned in Slovgyansk.", published="2022-08-15"))["Slovgyansk"].name == "Slovyansk"
    )


def test_what_befell_a_facility_is_no_part_of_its_name(find: Finder) -> None:
    assert [place.text for place in find("Shelling of Gorky Park, Kharkiv.")] == ["Gorky Park", "Kharkiv"]


def test_reasons_are_told(find: Finder) -> None:
    (place,) = find("Shells fell on the town of Vovchansk.", explained=True)
    assert place.why and "log odds" in place.why and "Kharkiv Oblast" in place.why
    (brief,) = find("Shells fell on the town of Vovchansk.")
    assert brief.why and "Kharkiv Oblast" in brief.why


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "12345", "ЖЖЖ", "a" * 5000, "İ" * 50, "\ud800 Kyiv"])
def test_odd_texts_do_no_harm(find: Finder, text: str) -> None:
    find(text)


def test_the_same_text_gives_the_same_places(find: Finder) -> None:
    text = "From Kyiv, 30 km to Brovary; Moscow said no. In Iraq: Basra and Mosul."
    assert find(text) == find(text)


LISTS = {
    "Kyiv Oblast": "Demydiv Dymer Lytvynivka Havrylivka Kozarovychi Yasnohorodka Sukholuchchya Lypivka Havronshchyna "
    "Makovyshche Mykolayivka Khmilna Hlubivka Talakun",
    "Chernihiv Oblast": "Rudnya Shevchenkove Bobryk Makiyivka Pohreby Bazhanivka Volodymyrivka Shnyakivka Salne Sofiyivka",
}


@pytest.mark.shared
@pytest.mark.skipif(not ARTICLE.exists(), reason="the founding article lies in ../shared, which is absent")
def test_the_settlements_of_the_article_lie_in_their_own_oblasts(find: Finder) -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    places = [place for place in find(text) if place.start > 12_000]
    for oblast, names in LISTS.items():
        for name in names.split():
            found = [place for place in places if place.text == name and place.lat is not None]
            assert found, name
            assert oblast in found[0].within, (name, found[0].within)
    lists = [place.within for place in places if place.text == "Havrylivka"]
    assert "Kyiv Oblast" in lists[0] and "Chernihiv Oblast" in lists[1]
    for name in ("Sloboda", "Lukashivka"):
        (south,) = [place for place in places if place.text == name]
        assert south.lat is not None and south.lon is not None
        assert distance_km((south.lat, south.lon), (51.494, 31.295)) < 40, south
    for name, others in (
        ("Kyiv", {"kyiv", "Kiev", "KYIV"}),
        ("Donbas", {"Donbas", "Donbass", "The Donbass"}),
    ):
        keys = {place.key for place in find(text) if place.text in others}
        assert len(keys) == 1, (name, keys)


def test_distances_are_symmetric() -> None:
    one, two = (50.45, 30.52), (49.98, 36.25)
    assert distance_km(one, two) == pytest.approx(distance_km(two, one))


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("У Києві лунали вибухи.", "Києві", "Kyiv"),
        ("Бої точилися під Авдіївкою та в Маріуполі.", "Авдіївкою", "Avdiyivka"),
        ("Бої точилися під Авдіївкою та в Маріуполі.", "Маріуполі", "Mariupol"),
        ("Ворог відступив від Бахмута.", "Бахмута", "Bakhmut"),
        ("Вибухи у Кривому Розі.", "Кривому Розі", "Kryvyy Rih"),
        ("Удар по Білій Церкві.", "Білій Церкві", "Bila Tserkva"),
        ("Бої за Велику Новосілку.", "Велику Новосілку", "Velyka Novosilka"),
        ("Бои под Часовым Яром.", "Часовым Яром", "Chasiv Yar"),
        ("Обстріли у Харківській області.", "Харківській", "Kharkiv Oblast"),
        ("Дрони над Миколаївщиною.", "Миколаївщиною", "Mykolaiv Oblast"),
        ("Бої на Куп’янському напрямку.", "Куп’янському", "Kupianskyi Raion"),
    ],
)
def test_case_endings_are_read(find: Finder, text: str, words: str, name: str) -> None:
    assert named(find(text, language="uk"))[words].name == name


def spans(text: str, *names: str) -> list[tuple[int, int]]:
    return [(text.index(name), text.index(name) + len(name)) for name in names]


def test_a_people_of_two_words_is_read_whole(gazetteer: Gazetteer) -> None:
    spotter = tools_for(gazetteer).recogniser.spotter
    text = "North Koreans met South Africans and a Sri Lankan. South Korean guns."
    assert spotter.peoples(find_runs(text)) == {"KP": 1, "ZA": 1, "LK": 1, "KR": 1}


def test_a_possessive_within_a_long_name_is_read_with_it(find: Finder) -> None:
    text = "Envoys of the Democratic People's Republic of Korea left Geneva."
    assert named(find(text))["Democratic People's Republic of Korea"].country == "KP"


def test_a_people_speaks_for_its_own_country(find: Finder) -> None:
    """South Australia is called so too."""
    for text, country in (
        ("South African miners, South African chiefs and South Africans in towns. SA pays.", "ZA"),
        ("The town of Adelaide in Australia. SA pays.", "AU"),
    ):
        assert find(text, given=spans(text, "SA"))[0].country == country


def test_a_given_body_may_bear_its_country(find: Finder) -> None:
    text = "Traders in London watch the Bank of Japan and the US Federal Reserve."
    places = find(text, given=spans(text, "Bank of Japan", "US Federal Reserve"))
    assert [place.country for place in places] == ["JP", "US"]


def test_a_given_name_is_no_far_namesake(find: Finder) -> None:
    """The only Suba of the atlas is on the Philippines."""
    text = "Suba, Migori, Homa Bay, Siaya and Kisumu were hit."
    suba = find(text, given=spans(text, "Suba", "Migori", "Homa Bay", "Siaya", "Kisumu"))[0]
    assert (suba.country, suba.kind) == ("KE", "area")


@pytest.mark.parametrize(("words", "country"), [("Zaire", "CD"), ("Burma", "MM"), ("Venice", "IT")])
def test_other_names_of_countries_and_peopled_cities_come_first(
    find: Finder, words: str, country: str
) -> None:
    text = f"An American film about {words} won a prize."
    place = find(text, given=spans(text, words))[0]
    assert (place.country, place.confidence > 0.4) == (country, True)


def test_what_is_between_two_states_is_not_on_their_border(find: Finder) -> None:
    text = "An agreement between Ukraine and Russia was signed. Shells fell on the border between {}."
    places = find(text.format("Ukraine and Belarus"))
    assert [place.relation for place in places[:2]] == [None, None]
    assert places[2].relation == places[3].relation == "border between Ukraine and Belarus"


def test_a_great_city_may_stand_behind_an_article(find: Finder) -> None:
    """The Dnipro is a river all the same."""
    text = "Russian troops near the Kyiv will try again. They crossed the Dnipro."
    places = named(find(text))
    assert (places["Kyiv"].name, places["Dnipro"].kind) == ("Kyiv", "water")


def test_works_of_a_dump_are_found_under_other_spellings(tmp_path: Path, gazetteer: Gazetteer) -> None:
    row = (
        "2001,Rudnyanskiy bridge,Rudnyanskiy bridge,,48.5,35.1,S,BDG,UA,,04,,,,0,,100,Europe/Kyiv,2024-01-02"
    )
    with zipfile.ZipFile(tmp_path / "XX.zip", "w") as archive:
        archive.writestr("XX.txt", row.replace(",", chr(9)) + chr(10))
    done = import_dump(tmp_path / "XX.zip", gazetteer=gazetteer, folder=tmp_path)
    both = Gazetteer([*gazetteer.layers, Layer(done.path)])
    (place,) = find_places("Rockets hit the Rudnianskyi bridge.", gazetteer=both)
    assert (place.text, place.geonameid, place.kind) == ("Rudnianskyi bridge", 2001, "facility")


def test_a_village_of_a_dump_keeps_the_spellings_of_the_codifier(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    row = (
        "699193,Novoselivka Druha,Novoselivka Druha,,48.2,37.79,P,PPL,UA,,05,,,,0,,100,Europe/Kyiv,2024-01-02"
    )
    with zipfile.ZipFile(tmp_path / "XX.zip", "w") as archive:
        archive.writestr("XX.txt", row.replace(",", chr(9)) + chr(10))
    done = import_dump(tmp_path / "XX.zip", gazetteer=gazetteer, folder=tmp_path)
    both = Gazetteer([*gazetteer.layers, Layer(done.path)])
    for name in ("Novoselivka Druha", "Novosyolovka Vtoraya"):
        assert [
            number for number, _ in both.postings(fold(name)) if both.entry_at(number).geonameid == 699193
        ]
        assert len(dict(both.postings(fold(name)))) == len(both.postings(fold(name)))


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Shells fell near the Zaporizhzhya nuclear power plant.",
            "Zaporizhzhya nuclear power plant",
            "Zaporizhzhia nuclear power plant",
        ),
        (
            "Radiation rose near Chernobyl's nuclear power plant.",
            "Chernobyl's nuclear power plant",
            "Chernobyl nuclear power plant",
        ),
        ("They fired on the Azovstal steel plant.", "Azovstal steel plant", "Azovstal"),
    ],
)
def test_works_are_read_with_the_small_words_behind_their_name(
    find: Finder, text: str, words: str, name: str
) -> None:
    assert named(find(text))[words].name == name


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("they left al-Bab for St. John's", ["al-Bab", "St. John"]),
        ("near d'Arcy and O'Neil's farm", ["d'Arcy and O'Neil"]),
        ("the U.S. Army met J. Doe of S&P", ["U.S. Army", "J. Doe of S&P"]),
        ("Nova-Kakhovka–Kherson, L'Aquila", ["Nova-Kakhovka", "Kherson", "L'Aquila"]),
    ],
)
def test_runs_of_capitals_keep_their_small_heads_and_signs(text: str, runs: list[str]) -> None:
    found = find_runs(text)
    assert [run.text for run in found] == runs
    assert all(text[run.start : run.end] == run.text for run in found)


def test_an_ending_behind_joined_initials_is_no_word(gazetteer: Gazetteer) -> None:
    assert [word.text for word in words_of("S&P's Kyiv")] == ["S&P", "Kyiv"]
    assert [p.name for p in find_places("S&P's Kyiv office shut.", gazetteer=gazetteer)] == ["Kyiv"]


@pytest.mark.parametrize(
    "text", ["They broke through in the Kherson direction.", "Fighting went on along the Kherson axis."]
)
def test_a_direction_is_the_front_around_a_town(find: Finder, text: str) -> None:
    place = named(find(text))["Kherson"]
    assert place.kind == "area"
    assert place.relation in {"direction", "axis"}
    assert place.radius_km is not None
    assert place.radius_km > 20
