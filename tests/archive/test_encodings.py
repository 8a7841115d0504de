"""Bytes to text."""

from __future__ import annotations

import pytest

from svidok.archive import decode
from svidok.errors import UnreadableInput

UKRAINIAN = (
    "Російські війська відійшли з-під Києва, повідомив Генеральний штаб. У селі Мощун рятувальники розбирають завали, "
    "а в Ірпені відновили подачу води. Її подають щодня з восьмої до десятої години. Евакуація триває."
)
FRENCH = "Les habitants ont été évacués vers l'école du village après le bombardement de la nuit dernière à côté du pont."


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8_u", "iso8859_5"],
)
def test_ukrainian(encoding: str) -> None:
    assert decode(UKRAINIAN.encode(encoding), where="a.txt").text == UKRAINIAN


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_latin_without_a_mark(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding), where="a.txt").text == FRENCH


def test_western() -> None:
    decoded = decode((FRENCH * 3).encode("cp1252"), where="a.txt")
    assert decoded.text == FRENCH * 3
    assert decoded.encoding != "utf-8"


def test_declared_encoding_of_a_page() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body>{UKRAINIAN}</body></html>'
    decoded = decode(page.encode("cp1251"), where="a.html")
    assert (decoded.text, decoded.encoding) == (page, "cp1251")


def test_a_false_declaration_does_not_stop() -> None:
    page = f'<html><head><meta charset="klingon"></head><body>{UKRAINIAN}</body></html>'
    assert decode(page.encode("cp1251"), where="a.html").text == page


def test_few_broken_bytes_are_shown_and_counted() -> None:
    decoded = decode(UKRAINIAN.encode() + b" \xff\xfe end", where="a.txt")
    assert decoded.text == UKRAINIAN + " \ufffd\ufffd end"
    assert (decoded.encoding, decoded.broken) == ("utf-8", 2)


@pytest.mark.parametrize("data", [b"", b"\r\n ", b"\x7fELF\x02", b"RIFF....WEBP", b"\x00\x01\x02" * 400])
def test_no_text(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"a\.bin: the file"):
        decode(data, where="a.bin")
