"""From text to places: recognise, resolve, say how sure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

from svidok.atlas.gazetteer import Entry, Gazetteer
from svidok.atlas.gazetteer.names import fold
from svidok.claims.mentions.places.mention import Mention
from svidok.claims.mentions.places.recognise import Recogniser
from svidok.claims.mentions.places.resolve import resolve
from svidok.records import Offsets, Place, Sentence

__all__ = ["find_places"]

_recognisers: dict[int, Recogniser] = {}


@cache
def load_weights() -> dict[str, float]:
    """Weights of the features of recognition, from the data file."""
    import tomllib

    text = (resources.files("svidok.atlas.data") / "places" / "weights.toml").read_text(encoding="utf-8")
    return {name: float(value) for name, value in tomllib.loads(text)["recognition"].items()}


def _recogniser(gazetteer: Gazetteer) -> Recogniser:
    found = _recognisers.get(id(gazetteer))
    if found is None or found.gazetteer is not gazetteer:
        found = _recognisers[id(gazetteer)] = Recogniser(gazetteer, load_weights())
    return found


def find_places(
    text: str,
    *,
    gazetteer: Gazetteer,
    language: str | None = "en",
    near: str | None = None,
    given: Sequence[Offsets] | None = None,
    sentences: Sequence[Sentence] | None = None,
) -> tuple[Place, ...]:
    """Find the toponyms of a text and resolve them against the atlas.

    Args:
        text: the document's text; every offset of the result indexes it.
        gazetteer: an open atlas.
        language: ISO code of the text's language, or None.
        near: a place that the reader declares as the theatre ("Ukraine").
        given: spans to resolve instead of recognising any.
        sentences: the document's sentences, where known.

    Returns:
        Places in text order. One that is recognised but not resolved has no point.
    """
    recogniser = _recogniser(gazetteer)
    if given is not None:
        mentions = [_given(text, start, end, recogniser) for start, end in given]
    else:
        mentions = recogniser.mentions(text)
    theatre: Entry | None = None
    if near:
        found = gazetteer.lookup(near)
        theatre = found[0] if found else None
    resolve(mentions, gazetteer=gazetteer, near=theatre)
    return tuple(_place(mention, gazetteer) for mention in mentions)


def _given(text: str, start: int, end: int, recogniser: Recogniser) -> Mention:
    words = text[start:end]
    folded = fold(words)
    return Mention(start, end, words, folded, recogniser.lookup(folded))


def _place(mention: Mention, gazetteer: Gazetteer) -> Place:
    why = f"recognised: {', '.join(mention.reasons)}" if mention.reasons else "given span"
    if mention.chosen is None:
        return Place(mention.start, mention.end, mention.text, confidence=0.0, why=why)
    entry = gazetteer.entry_at(mention.chosen)
    return Place(
        start=mention.start, end=mention.end, text=mention.text, name=entry.name, key=entry.key,
        geonameid=entry.geonameid, lat=entry.lat, lon=entry.lon,
        kind="area" if entry.approximate else "facility" if mention.sort == "facility" else entry.kind,
        radius_km=entry.radius_km, confidence=round(mention.confidence, 3), country=entry.country,
        within=entry.containers, metonym=mention.metonym, why=why,
    )  # fmt: skip
