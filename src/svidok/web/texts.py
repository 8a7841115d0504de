"""The words of the pages in the languages they are shown in (``locales/LANGUAGE.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from svidok.errors import BadData
from svidok.publish.kinds import load_kinds

__all__ = ["LANGUAGES", "Texts", "chosen", "load_texts"]

LANGUAGES = {"en": "English", "uk": "Українська"}
"""Code -> its own name."""

_FOLDER = Path(__file__).with_name("locales")


class Texts:
    """The words of one language: ``texts("nav.events")``, with values put in for ``{names}``."""

    def __init__(self, language: str, words: dict[str, str]) -> None:
        self.language = language
        self._words = words

    def __call__(self, key: str, /, **values: object) -> str:
        """The words of a key.

        Raises:
            KeyError: no such key; the tests look for every key that a template names.
        """
        words = self._words[key]
        return words.format(**values) if values else words

    def get(self, key: str, otherwise: str | None = None) -> str:
        """The words of a key, or ``otherwise`` (the key's last part) for what the file does not name."""
        return self._words.get(key, key.rsplit(".", 1)[-1] if otherwise is None else otherwise)

    def kind(self, code: str) -> str:
        """A code of the ontology in words."""
        kind = load_kinds().get(code)
        return self._words.get(f"kind.{code}") or (kind.label if kind else code.replace("_", " "))

    def count(self, key: str, number: int) -> str:
        """A number with its noun in the right form: ``KEY.one``, ``.few`` (Ukrainian 2-4) or ``.many``.

        >>> load_texts("en").count("n.event", 1)
        '1 event'
        """
        form = self._form(number)
        words = self._words.get(f"{key}.{form}") or self._words[f"{key}.many"]
        return words.format(n=f"{number:,}".replace(",", "\u202f" if self.language != "en" else ","))

    def _form(self, number: int) -> str:
        if self.language != "uk":
            return "one" if number == 1 else "many"
        if number % 10 == 1 and number % 100 != 11:
            return "one"
        return "few" if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else "many"


@cache
def load_texts(language: str) -> Texts:
    """The words of one language.

    Raises:
        BadData: the file is missing or holds anything but texts.
    """
    path = _FOLDER / f"{language}.toml"
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadData(str(error), where=str(path), remedy="reinstall Svidok") from error
    return Texts(language, dict(_flat(tree, "")))


def chosen(asked: str | None, accepted: str | None) -> str:
    """The language to show: what was chosen, else the first that the browser accepts, else English.

    >>> chosen(None, "de, uk;q=0.8, en;q=0.5"), chosen("en", "uk"), chosen("xx", None)
    ('uk', 'en', 'en')
    """
    if asked in LANGUAGES:
        return asked
    for part in (accepted or "").split(","):
        code = part.split(";")[0].strip().lower().split("-")[0]
        if code in LANGUAGES:
            return code
    return "en"


def _flat(tree: dict[str, object], before: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in tree.items():
        if isinstance(value, dict):
            found += _flat(value, f"{before}{key}.")
        elif isinstance(value, str):
            found.append((before + key, value))
        else:
            raise BadData(f"{before}{key} is no text", where="locales", remedy="mend the file")
    return found
