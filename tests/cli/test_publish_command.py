"""Publishing by command: nothing before review, then a folder with a manifest."""

from __future__ import annotations

import json
from pathlib import Path

from svidok.errors import Refused


def test_publish(run, tmp_path: Path) -> None:
    report, where, site = tmp_path / "a.txt", tmp_path / "k.svidok", tmp_path / "site"
    report.write_text("Russian troops captured Kherson on 2 March 2022.\n", encoding="utf-8")
    run("init", where)
    run("add", where, report)
    run("build", where, "--quiet")
    assert isinstance(run("publish", where, site).exception, Refused)
    (event,) = [
        json.loads(line)["id"]
        for line in run("search", where, "--type", "capture", "--json").stdout.splitlines()
        if line.startswith("{")
    ]
    run("review", "accept", where, event, "--by", "olena")
    made = run("publish", where, site, "--format", "geojson", "--by", "maria")
    assert made.exit_code == 0, made.output
    assert made.output.startswith(f"{site / 'index.html'}: 1 event, ")
    manifest = json.loads((site / "manifest.json").read_text(encoding="utf-8"))
    assert {"index.html", "withheld.json", "formats/geojson.geojson", "data/documents.jsonl"} <= set(
        manifest["files"]
    )
    assert "maria: publish" in run("review", "log", where).output
    assert isinstance(run("publish", where, site).exception, Refused)
