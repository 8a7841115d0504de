"""Write XML: no character that XML cannot hold, nothing but what the standard library escapes."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

__all__ = ["add", "clean", "xml_bytes"]

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """A text with U+FFFD for each character that XML cannot hold.

    >>> clean("a\\x00b")
    'a\\ufffdb'
    """
    return _NO_XML.sub("\ufffd", text)


def add(parent: Element, tag: str, text: object = None, **attributes: str) -> Element:
    """Add an element with its text, if any."""
    element = SubElement(parent, tag, {key: clean(value) for key, value in attributes.items()})
    if text is not None:
        element.text = clean(str(text))
    return element


def xml_bytes(root: Element) -> bytes:
    """A whole document in UTF-8, indented by two spaces."""
    indent(root)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
