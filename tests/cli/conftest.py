"""One set of tools for all command tests: loading them is the slow part."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from click.testing import Result
from typer.testing import CliRunner

from svidok import pipeline
from svidok.cli import app

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def tools() -> pipeline.Tools:
    return pipeline.load_tools()


@pytest.fixture
def run(tools: pipeline.Tools, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setattr(pipeline, "load_tools", lambda **_: tools)

    def run_command(*arguments: object) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    yield run_command
