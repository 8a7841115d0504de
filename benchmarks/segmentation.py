"""How fast text is split into sentences, and whether hard wrapping changes them.

Run ``python benchmarks/segmentation.py``. The first table is made of the dispatches in ``examples/``;
the second needs the corpora in ``../shared`` and is left out without them.
"""

from __future__ import annotations

import textwrap
import time
from pathlib import Path

from svidok.archive import gather, read_jsonl, read_paths, segment
from svidok.records import Document

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ROOT / "../shared/eval/corpora"
WIDTHS = (60, 72, 100)


def sentences(text: str, language: str | None) -> list[str]:
    """The sentences of a text, their inner space made single."""
    found = segment(Document(id="a", sha256="", text=text, language=language))
    return [" ".join(sentence.text.split()) for sentence in found]


def speed() -> None:
    """Characters a second over two million characters of dispatches."""
    documents = gather(read_paths([ROOT / "examples"])).documents
    text = "\n\n".join(document.text for document in documents)
    text *= 2_000_000 // len(text)
    start = time.perf_counter()
    count = len(segment(Document(id="a", sha256="", text=text, language="en")))
    taken = time.perf_counter() - start
    print(f"speed: {len(text) / taken / 1e6:.1f} million characters a second, {count / taken:,.0f} sentences")


def wrapping(name: str, *, most: int = 60) -> None:
    """The share of a corpus's sentences that stay the same when its paragraphs are wrapped."""
    path = CORPORA / f"{name}.docs.jsonl"
    if not path.exists():
        print(f"{name}: not here, left out")
        return
    documents = [item for item in read_jsonl(path) if isinstance(item, Document)][:most]
    shares = []
    for width in WIDTHS:
        same = total = 0
        for document in documents:
            paragraphs = [" ".join(line.split()) for line in document.text.split("\n") if line.strip()]
            plain = sentences("\n\n".join(paragraphs), document.language)
            wrapped = (
                textwrap.fill(one, width, break_long_words=False, break_on_hyphens=False)
                for one in paragraphs
            )
            kept = set(sentences("\n\n".join(wrapped), document.language))
            same += sum(sentence in kept for sentence in plain)
            total += len(plain)
        shares.append(f"{same / total:.4f}")
    print(f"{name}: same sentences at {', '.join(map(str, WIDTHS))} columns: {', '.join(shares)}")


if __name__ == "__main__":
    speed()
    for corpus in ("timebank", "wikiwars", "trnews", "polnear", "wikiwarsua"):
        wrapping(corpus)
