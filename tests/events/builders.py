"""Small builders of readings by hand: one sentence, one claim, so that tests say only what matters."""

from __future__ import annotations

from collections.abc import Callable

from svidok.records import (
    Actor,
    Claim,
    Document,
    Place,
    Quantity,
    Reading,
    Sentence,
    Source,
    TimeSpan,
    content_id,
)

Kinds = Callable[..., set[str]]
Report = tuple[str, str | None, str]
"""Source, day and text."""

POINTS = {
    "Kyiv": (50.45, 30.52, ("Kyiv City", "Ukraine")),
    "Hostomel": (50.57, 30.26, ("Kyiv", "Ukraine")),
    "Bucha": (50.55, 30.21, ("Kyiv", "Ukraine")),
    "Irpin": (50.52, 30.25, ("Kyiv", "Ukraine")),
    "Brovary": (50.51, 30.79, ("Kyiv", "Ukraine")),
    "Kharkiv": (49.99, 36.23, ("Kharkiv", "Ukraine")),
    "Aleppo": (36.20, 37.16, ("Aleppo", "Syria")),
    "Mosul": (36.34, 43.12, ("Nineveh", "Iraq")),
}


def place(text: str, name: str, at: int) -> Place:
    lat, lon, within = POINTS[name]
    return Place(
        at,
        at + len(text),
        text,
        name,
        f"test:{name}",
        None,
        lat,
        lon,
        "settlement",
        None,
        3.0,
        0.9,
        None,
        within,
    )


def reading(
    doc: str,
    *happenings: dict[str, object],
    source: str | None = None,
    published: str | None = None,
) -> Reading:
    """A reading of one document with one sentence a happening.

    A happening: text, type, place (a name of POINTS that stands in the text), when (earliest, latest),
    who / whom (sides), counts [(text, what, fate, low, high)], polarity, modality, speaker.
    """
    text = " ".join(str(h["text"]) for h in happenings)
    claims, places, sentences, at = [], [], [], 0
    for block, h in enumerate(happenings):
        words = str(h["text"])
        start = text.index(words, at)
        at = end = start + len(words)
        sentences.append(Sentence(start, end, words, "body", block))
        indexes = []
        for name in h.get("places", [h["place"]] if "place" in h else []):  # type: ignore[attr-defined]
            indexes.append(len(places))
            places.append(place(name, name, text.index(name, start)))
        when = h.get("when")
        time = TimeSpan(when[0], when[1], None, (start, end)) if when else None  # type: ignore[index]
        counts = tuple(
            Quantity(
                text.index(q[0], start),
                text.index(q[0], start) + len(q[0]),
                q[0],
                q[1],
                "people",
                q[3],
                q[4],
                fate=q[2],
            )
            for q in h.get("counts", ())  # type: ignore[attr-defined]
        )
        trigger = str(h.get("trigger", words.split()[0]))
        where = text.index(trigger, start)
        claims.append(
            Claim(
                id=content_id(doc, start, h["type"]),
                document=doc,
                start=start,
                end=end,
                trigger=(where, where + len(trigger)),
                type=str(h["type"]),
                actors=tuple(Actor(start, start, "", s, s) for s in h.get("who", ())),  # type: ignore[attr-defined]
                targets=tuple(Actor(start, start, "", s, s) for s in h.get("whom", ())),  # type: ignore[attr-defined]
                places=tuple(indexes),
                time=time,
                quantities=counts,
                polarity=h.get("polarity", "affirmed"),  # type: ignore[arg-type]
                modality=h.get("modality", "asserted"),  # type: ignore[arg-type]
                speaker=h.get("speaker"),  # type: ignore[arg-type]
            )
        )
    document = Document(doc, doc, text, source=Source(source) if source else None, published=published)
    return Reading(document, tuple(sentences), tuple(places), claims=tuple(claims))
