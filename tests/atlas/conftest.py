"""The default atlas, opened once for all tests of this room."""

from __future__ import annotations

import pytest

from svidok.atlas.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return open_gazetteer(imports=False)
