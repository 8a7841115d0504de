"""What is published: reviewed things only, without private names and homes, and the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from builders import reading
from makers import Maker
from warfare import AT, claim_named, event_of, fill, hashed, judge, war

from svidok.errors import InputError, Refused
from svidok.records import Actor, Reading
from svidok.store import Store
from svidok.store.publication import Publication, publish
from svidok.store.redaction import Redactor, load_profiles


def published(store: Store, folder: Path, **options: object) -> Publication:
    return publish(store, folder, formats=("geojson", "acled"), who="maria", at=AT, **options)  # type: ignore[arg-type]


def everything(folder: Path) -> str:
    return "\n".join(f.read_text("utf-8", errors="replace") for f in sorted(folder.rglob("*")) if f.is_file())


def private_war() -> list[Reading]:
    """A report that names a victim, a witness, a home and a telephone number, and a public man."""
    words = (
        "Shelling killed Halyna Petrenko in Bucha at 14 Yablunska Street. "
        "Her neighbour Stepan said Putin gave the order. Call +380 44 123 45 67. "
        "Mrs Kovalenko, 61, hid in a cellar in Irpin. Later Halyna was buried."
    )
    made = reading(
        "p",
        {
            "text": words,
            "type": "attack_civilians",
            "place": "Bucha",
            "when": ("2022-03-05", "2022-03-05"),
            "speaker": "Stepan",
            "trigger": "killed",
        },
        source="Suspilne",
        published="2022-04-06",
    )
    text = made.document.text

    def actor(word: str, kind: str) -> Actor:
        start = text.index(word)
        return Actor(start, start + len(word), word, word, None, kind)

    people = (actor("Halyna Petrenko", "person"), actor("Stepan", "person"), actor("Putin", "leader"))
    claims = tuple(replace(c, targets=people[:1], actors=people[2:]) for c in made.claims)
    return [hashed(replace(made, actors=people, claims=claims))]


SECRETS = ("Halyna", "Petrenko", "Stepan", "Kovalenko", "14 Yablunska", "123 45 67")


def test_only_what_is_reviewed_is_published(store: Store, tmp_path: Path) -> None:
    fill(store, war())
    with pytest.raises(Refused, match="nothing was reviewed"):
        published(store, tmp_path / "none")
    judge(store, "accept", "event", event_of(store, "Villagers"))
    judge(store, "reject", "claim", claim_named(store, "They plan"))
    with pytest.raises(Refused, match="svidok build"):
        published(store, tmp_path / "stale")
    store.derive(at=AT, who="olena")
    made = published(store, tmp_path / "site")
    assert (made.events, made.claims, made.documents) == (1, 1, 1)
    assert made.left_out["events not reviewed"] == 3
    site = everything(tmp_path / "site")
    assert "Villagers built shelters" in site
    assert "Russian forces left" not in site, "sentences without published claims do not stand there"
    assert "Moscow" not in site
    draft = published(store, tmp_path / "draft", unreviewed=True)
    assert draft.events == 4
    assert "They plan to storm" not in everything(tmp_path / "draft"), "what is rejected is never published"
    full = published(store, tmp_path / "full", full_texts=True)
    assert full.events == 1
    assert "Russian forces left" in everything(tmp_path / "full")


def test_private_names_homes_and_numbers_are_withheld(store: Store, tmp_path: Path) -> None:
    fill(store, private_war())
    judge(store, "accept", "event", event_of(store, "Shelling"))
    made = published(store, tmp_path / "site")
    site = everything(tmp_path / "site")
    for secret in SECRETS:
        assert secret not in site, secret
    assert "Putin" in site
    assert "Later" in site
    assert made.withheld["name"] == 4
    assert made.withheld["home"] == made.withheld["contact"] == 1
    listed = json.loads((tmp_path / "site" / "withheld.json").read_text("utf-8"))
    assert sum(listed["counts"].values()) == len(listed["withheld"])
    published(store, tmp_path / "open", profile="none")
    assert all(secret in everything(tmp_path / "open") for secret in SECRETS)
    with pytest.raises(InputError):
        published(store, tmp_path / "x", profile="secret")


def test_offsets_hold_in_what_is_withheld() -> None:
    (made,) = private_war()
    redactor = Redactor("standard", [made])
    out = redactor.reading(made)
    text = out.document.text
    assert len(text) == len(made.document.text)
    for item in (*out.sentences, *out.places, *out.actors, *(a for c in out.claims for a in c.targets)):
        assert text[item.start : item.end] == item.text
    assert out.claims[0].speaker == "██████"
    assert re.sub(r"\S", "x", text) == re.sub(r"\S", "x", made.document.text)


def test_a_town_that_was_attacked_is_nobodys_name() -> None:
    made = reading(
        "a", {"text": "Shells fell on Irpin and on Petro Danylko.", "type": "strike", "place": "Irpin"}
    )
    place = made.places[0]
    town = Actor(place.start, place.end, place.text)
    person = replace(town, kind="person")
    given = replace(made, actors=(town,))
    redactor = Redactor("standard", [given])
    assert redactor.withheld == []
    assert redactor.reading(given).places[0].name == place.name == "Irpin"
    named = replace(made, actors=(person,))
    assert Redactor("standard", [named]).reading(named).places[0].name == "█████"


def test_a_name_that_is_oftener_a_place_is_nobodys() -> None:
    told = [
        reading(name, {"text": "Shells fell on Irpin.", "type": "strike", "place": "Irpin"}) for name in "abc"
    ]
    place = told[0].places[0]
    misread = replace(told[0], actors=(Actor(place.start, place.end, place.text, kind="person"),))
    redactor = Redactor("standard", [misread, *told[1:]])
    assert redactor.reading(misread).places[0].name == "Irpin"


def test_points_finer_than_allowed_are_made_coarse() -> None:
    (made,) = private_war()
    fine = replace(made, places=tuple(replace(p, radius_km=0.05) for p in made.places))
    (place,) = Redactor("standard", [fine]).reading(fine).places
    assert place.radius_km == 1.0
    assert place.lat is not None
    assert abs(place.lat - 50.55) < 0.01
    assert Redactor("none", [fine]).reading(fine).places == fine.places
    assert set(load_profiles()) == {"none", "standard", "strict"}


def test_a_publication_can_be_made_again_and_checked(store: Store, tmp_path: Path) -> None:
    fill(store, war())
    judge(store, "accept", "event", event_of(store, "Bucha was taken"))
    first, second = published(store, tmp_path / "1"), published(store, tmp_path / "2")
    assert first.manifest == second.manifest
    manifest = json.loads((tmp_path / "1" / "manifest.json").read_text("utf-8"))
    files = {str(f.relative_to(tmp_path / "1")) for f in (tmp_path / "1").rglob("*") if f.is_file()}
    assert set(manifest["files"]) == files - {"manifest.json"}
    for name, entry in manifest["files"].items():
        data = (tmp_path / "1" / name).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (entry["sha256"], entry["bytes"])
    assert (tmp_path / "2" / "index.html").read_bytes() == (tmp_path / "1" / "index.html").read_bytes()
    assert store.acts(kinds=("publish",)).items[0].detail["manifest"] == first.manifest
    with pytest.raises(Refused, match="not empty"):
        published(store, tmp_path / "1")


def test_an_accepted_finding_brings_its_words(new_store: Maker, tmp_path: Path) -> None:
    store = new_store()
    fill(store, war())
    finding = store.findings().items[0]
    judge(store, "accept", "finding", finding.id)
    made = published(store, tmp_path / "site")
    assert made.documents == len({span.id for span in finding.finding.spans})
    site = everything(tmp_path / "site")
    assert all(span.text in site for span in finding.finding.spans)
