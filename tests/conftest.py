"""What all tests share: laws are drawn alike on every run and are never timed; one way to open a browser."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

CHROMIUM = os.environ.get("SVIDOK_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run",
    "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 120.0
"""Seconds that one test in a browser may take: the driver has no limit of its own on what is evaluated."""


class Chromium:
    """Opens browsers without a window that draw maps in software, and ends them.

    They are ended by a signal: asked to close while a page goes elsewhere, Chromium may never answer.
    """

    def __init__(self, playwright: Any) -> None:
        self._playwright = playwright

    def open(self) -> Any:
        """A new browser."""
        return self._playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=60_000)

    def end(self) -> None:
        """End every browser that this process opened; who waits for one is told that it is gone."""
        import psutil

        for process in psutil.Process().children(recursive=True):
            try:
                if "chrom" in process.name():
                    process.kill()
            except psutil.NoSuchProcess:  # its parent went first
                continue


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """A way to open browsers, or a skip where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM:
        pytest.skip("no Chromium here: install it, or name it in SVIDOK_CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        made = Chromium(playwright)
        yield made
        made.end()


@pytest.fixture
def patience(chromium: Chromium) -> Iterator[None]:
    """Bounds a test, and what it sets up, in time: its browser is ended, and it fails where it waited."""
    timer = threading.Timer(PATIENCE, chromium.end)
    timer.start()
    yield
    timer.cancel()
