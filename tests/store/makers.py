"""Empty chronicles of one backend."""

from __future__ import annotations

from pathlib import Path

from cluster import Cluster
from warfare import AT

from svidok.store import Store, create_store


class Maker:
    """Makes empty chronicles of one backend and closes them all."""

    def __init__(self, folder: Path, cluster: Cluster | None) -> None:
        self.folder, self.cluster = folder, cluster
        self.made: list[Store] = []
        self.last: str | Path = ""

    def __call__(self) -> Store:
        self.last = self.where()
        self.made.append(create_store(self.last, at=AT, who="olena"))
        return self.made[-1]

    def where(self) -> str | Path:
        """An address at which there is nothing yet."""
        return self.cluster.database() if self.cluster else self.folder / f"chronicle{len(self.made)}.svidok"

    def close(self) -> None:
        for one in self.made:
            one.close()
