"""One loaded parser for all tests of the claims room."""

from __future__ import annotations

import pytest

from svidok.claims.parse import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()
