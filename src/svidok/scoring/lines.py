"""JSON Lines in: documents and findings of the exchange format, checked span by span."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from svidok.errors import BadLine, UnreadableInput

__all__ = ["load_lines"]


def load_lines(path: Path) -> list[dict[str, Any]]:
    """Read a JSON Lines file of documents and findings, checking every span.

    Args:
        path: the file, in UTF-8; empty lines are passed over.

    Returns:
        One object a line, in the order of the file.

    Raises:
        UnreadableInput: the file is missing or not UTF-8.
        BadLine: a line is not JSON, or lacks what the scorer needs; names file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UnreadableInput("there is no such file", where=str(path), remedy="check the name") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(
            f"cannot be read: {error}", where=str(path), remedy="expected JSON Lines in UTF-8"
        ) from None
    return [
        _checked(raw, f"{path}:{number}") for number, raw in enumerate(text.split("\n"), 1) if raw.strip()
    ]


def _checked(raw: str, where: str) -> dict[str, Any]:
    try:
        line = json.loads(raw)
    except ValueError as error:
        raise BadLine(f"not JSON: {error}", where=where, remedy="one object a line") from None
    problem = _problem(line)
    if problem:
        raise BadLine(problem, where=where, remedy="see the exchange format, svidok/1")
    return dict(line)


def _problem(line: object) -> str | None:
    """What keeps this line from being scored, in words, or None."""
    if not isinstance(line, dict):
        return "the line is not an object"
    if "spans" in line and "kind" in line:
        good = isinstance(line["spans"], list) and all(map(_is_quotation, line["spans"]))
        return None if good else "a finding's spans need id, start and end"
    if not isinstance(line.get("id"), str):
        return "the document has no id"
    for layer in ("places", "times", "attributions", "claims"):
        if not isinstance(line.get(layer, []), list) or not all(
            isinstance(x, dict) for x in line.get(layer, [])
        ):
            return f"{layer} is not a list of objects"
    for layer in ("places", "times"):
        if not all(_is_span([x.get("start"), x.get("end")]) for x in line.get(layer, [])):
            return f"one of the {layer} has no start and end"
    if not all(_is_span(x.get("content")) for x in line.get("attributions", [])):
        return "an attribution has no content span"
    for claim in line.get("claims", []):
        if not isinstance(claim.get("type"), str) or not _is_span(claim.get("trigger")):
            return "a claim has no type or no trigger span"
        indexes = [*claim.get("places", []), *claim.get("places_optional", [])]
        if not all(isinstance(i, int) and 0 <= i < len(line.get("places", [])) for i in indexes):
            return "a claim points at a place that is not there"
    return None


def _is_quotation(value: object) -> bool:
    return isinstance(value, dict) and "id" in value and _is_span([value.get("start"), value.get("end")])


def _is_span(value: object) -> bool:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return False
    return all(isinstance(x, int) for x in value) and 0 <= value[0] <= value[1]
