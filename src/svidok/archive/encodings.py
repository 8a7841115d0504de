"""Bytes into text, with the encoding recorded; what is not text is told apart by its first bytes."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE, lookup
from dataclasses import dataclass

from svidok.archive.languages import count_stop_words
from svidok.archive.vocabulary import data_file
from svidok.errors import UnreadableInput

__all__ = ["Decoded", "decode", "refuse_unless_utf8"]

_BOMS = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)
_NO_CHARSETS = frozenset(("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"))
_SAMPLE = 100_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTE = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_C1_CONTROL = re.compile(r"[\x80-\x9f]")
_NAMED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was in; ``broken`` counts the marks (U+FFFD) set for undecodable bytes."""

    text: str
    encoding: str
    broken: int = 0


def decode(data: bytes, *, where: str, charset: str | None = None) -> Decoded:
    """Decode the bytes of a report.

    A byte order mark decides, then UTF-8, then what a server or an HTML page declares, then
    charset-normalizer.
    UTF-8 with a few broken bytes stays UTF-8, each broken stretch shown as U+FFFD.

    Args:
        data: the whole file.
        where: its name, for messages.
        charset: the encoding that the server or the container names, if any.

    Raises:
        UnreadableInput: when the file is empty, is no text, or its encoding cannot be told.

    >>> decode("Київ".encode("utf-16"), where="a.txt").text
    'Київ'
    """
    if not data.strip():
        raise UnreadableInput("the file is empty", where=where, remedy="check the export, or leave it out")
    _refuse_known_binary(data, where)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_with_marks(data[len(mark) :], encoding), where)
    wide = _wide(data)
    if wide:
        return _checked(_with_marks(data, wide), where)
    if len(_CONTROL_BYTE.findall(data[:_SAMPLE])) * 100 > len(data[:_SAMPLE]):
        raise _binary(where)
    try:
        return _checked(Decoded(data.decode("utf-8"), "utf-8"), where)
    except UnicodeDecodeError as error:
        first_bad = error.start
    declared = _in(data, charset) or _declared(data)
    if declared:
        return _checked(declared, where)
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = sum(char > "\x7f" for char in text) - broken
    if letters >= 4 * broken and letters:
        return _checked(Decoded(text, "utf-8", broken), where)
    return _checked(_detected(data, where, first_bad), where)


def refuse_unless_utf8(head: bytes, *, where: str) -> None:
    """Refuse a stream of lines that cannot be UTF-8 by its first bytes: once, and not line by line.

    Args:
        head: the first few thousand bytes.
        where: name of the file, for the message.

    Raises:
        UnreadableInput: when it is binary or in a two- or four-byte encoding.
    """
    _refuse_known_binary(head, where)
    wide = next((name for mark, name in _BOMS if head.startswith(mark) and name != "utf-8"), None) or _wide(
        head
    )
    if wide:
        raise UnreadableInput(
            f"the file is in {wide}, not UTF-8", where=where, remedy="save the file as UTF-8"
        )
    if head.count(0) * 100 > len(head):
        raise _binary(where)


def _refuse_known_binary(data: bytes, where: str) -> None:
    for entry in data_file("files")["magic"]:
        if data.startswith(bytes.fromhex(entry["start"])):
            raise UnreadableInput(
                f"the file is {entry['kind']}, not text", where=where, remedy=entry["remedy"]
            )


def _binary(where: str) -> UnreadableInput:
    return UnreadableInput("the file is binary, not text", where=where, remedy="give the text of the report")


def _checked(decoded: Decoded, where: str) -> Decoded:
    """Refuse what decodes but is no text: many control characters."""
    sample = decoded.text[:_SAMPLE]
    controls = len(_CONTROL.findall(sample))
    if controls * 100 > len(sample) or "\x00\x00\x00" in sample:
        raise _binary(where)
    if not decoded.text.strip("\ufeff \t\r\n"):
        raise UnreadableInput("the file is empty", where=where, remedy="check the export, or leave it out")
    return decoded


def _with_marks(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, text.count("\ufffd") - data.decode(encoding, "ignore").count("\ufffd"))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte is the number of a block of letters, 0 to 6."""
    sample = data[: 2 * (min(len(data), 4000) // 2)]
    if len(sample) < 8:
        return None
    even = sum(byte <= 6 for byte in sample[0::2]) * 2 / len(sample)
    odd = sum(byte <= 6 for byte in sample[1::2]) * 2 / len(sample)
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else None


def _declared(data: bytes) -> Decoded | None:
    """The page in the encoding that it declares, when that is not UTF-8 and fits."""
    match = _NAMED.search(data[:4096]) or _XML.match(data[:200])
    return _in(data, match.group(1).decode("ascii")) if match else None


def _in(data: bytes, name: str | None) -> Decoded | None:
    """The bytes in a named encoding, when that is not UTF-8 and fits."""
    try:
        encoding = lookup(name).name if name else "utf-8"
        if encoding == "utf-8" or encoding in _NO_CHARSETS:
            return None
        return Decoded(data.decode(encoding), encoding)
    except (LookupError, ValueError):
        return None


def _detected(data: bytes, where: str, first_bad: int) -> Decoded:
    """The one-byte encoding in which the words make most sense, else what charset-normalizer finds."""
    fitting: dict[str, int] = {}
    for encoding in data_file("files")["encodings"]:
        try:
            words = data[:_SAMPLE].decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _C1_CONTROL.search(words):
            odd = sum(char > "\x7f" and not char.isalpha() for char in words)
            fitting[encoding] = count_stop_words(words) - odd
    best = max(fitting, key=lambda encoding: fitting[encoding], default=None)
    if best is None or fitting[best] <= 0:
        from charset_normalizer import from_bytes

        found = from_bytes(data[:_SAMPLE]).best()
        best = found.encoding if found else None
    try:
        if best:
            return Decoded(data.decode(best), best)
    except UnicodeDecodeError:
        pass
    line = data.count(b"\n", 0, first_bad) + 1
    raise UnreadableInput(
        f"the encoding cannot be told: byte {first_bad} (line {line}) is not UTF-8, and no other fits",
        where=where,
        remedy="save the file as UTF-8",
    )
