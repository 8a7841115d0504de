"""Bring the page scripts of others into the web room: packages of the npm registry, by version and hash.

    python tools/assets.py          # needs npm; fetches, checks, unpacks what ASSETS lists
    python tools/assets.py --check  # needs nothing; compares what lies there with manifest.json

What is unpacked is committed, so that nobody who installs Svidok needs npm and no page asks another host.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "src" / "svidok" / "web" / "static" / "vendor"

ASSETS = {
    "maplibre-gl@6.17.0": {
        "dist/maplibre-gl.mjs": "maplibre-gl.mjs",
        "dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
        "dist/maplibre-gl.css": "maplibre-gl.css",
        "LICENSE.txt": "maplibre-gl.LICENSE.txt",
    },
    "htmx.org@2.0.11": {
        "dist/htmx.min.js": "htmx.min.js",
        "LICENSE": "htmx.LICENSE.txt",
    },
}
"""Package and version -> file in the package -> its name here."""


def fetch() -> None:
    """Fetch every package, check its published hash, unpack its files and write the manifest."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    manifest: dict[str, dict[str, str]] = {}
    for package, files in ASSETS.items():
        with tempfile.TemporaryDirectory() as folder:
            packed = subprocess.run(
                ["npm", "pack", "--json", package], cwd=folder, check=True, capture_output=True, text=True
            )
            told = json.loads(packed.stdout)
            about = told[0] if isinstance(told, list) else next(iter(told.values()))
            archive = Path(folder) / about["filename"]
            kind, _, digest = about["integrity"].partition("-")
            if base64.b64encode(hashlib.new(kind, archive.read_bytes()).digest()).decode() != digest:
                sys.exit(f"{package}: the archive does not have its published hash")
            with tarfile.open(archive) as tar:
                for inside, name in files.items():
                    member = tar.extractfile(f"package/{inside}")
                    if member is None:
                        sys.exit(f"{package}: no {inside} in it")
                    (FOLDER / name).write_bytes(member.read())
        manifest[package] = {name: _sha256(FOLDER / name) for name in files.values()}
    text = json.dumps(manifest, indent=1, sort_keys=True) + "\n"
    (FOLDER / "manifest.json").write_text(text, encoding="utf-8")


def changed() -> list[str]:
    """The files that do not have the hash that the manifest tells; empty when all is well."""
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    hashes = {name: digest for files in manifest.values() for name, digest in files.items()}
    missing = [name for files in ASSETS.values() for name in files.values() if name not in hashes]
    return missing + [
        name
        for name, digest in hashes.items()
        if not (FOLDER / name).is_file() or _sha256(FOLDER / name) != digest
    ]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit("changed: " + ", ".join(wrong) if (wrong := changed()) else 0)
    fetch()
