"""Take the pictures of the report and of the pages that the documentation shows.

    python tools/screenshots.py out/kyiv-2022.html docs/images
    python tools/screenshots.py http://127.0.0.1:8060 docs/images      # while svidok serve runs

Needs playwright and a Chromium (named in SVIDOK_CHROMIUM, or found on the path).
"""

from __future__ import annotations

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def pages(base: str, out: Path) -> None:
    """The map with the list, and the review on a phone."""
    chromium = os.environ.get("SVIDOK_CHROMIUM") or shutil.which("chromium")
    flags = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    shots = (
        ("web-events", "/", {"viewport": {"width": 1280, "height": 760}}),
        ("web-review-phone", "/review", {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}),
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for name, address, options in shots:
            page = browser.new_page(reduced_motion="reduce", **options)
            page.goto(base + address)
            for _ in range(100):
                if page.evaluate("!document.querySelector('#map') || !!window.svidokMap?.loaded()"):
                    break
                page.wait_for_timeout(200)
            picture(page, out / f"{name}.png")
        browser.close()


def picture(page: Page, path: Path) -> None:
    """What a page shows, in as few colours as do it justice: a third of the bytes."""
    with Image.open(BytesIO(page.screenshot())) as whole:
        few = whole.convert("RGB").quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(path, optimize=True)


def main(report: str, folder: str) -> None:
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    if report.startswith("http"):
        pages(report.rstrip("/"), out)
        return
    address = Path(report).resolve().as_uri()
    chromium = os.environ.get("SVIDOK_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        desk = browser.new_page(viewport={"width": 1440, "height": 1200}, reduced_motion="reduce")
        desk.goto(address)
        desk.locator("#lede button:has(.apart)").last.click()
        desk.mouse.move(5, 5)
        desk.evaluate("document.activeElement.blur()")
        desk.wait_for_timeout(600)
        picture(desk, out / "report.png")
        phone = browser.new_page(
            viewport={"width": 390, "height": 1180}, reduced_motion="reduce", color_scheme="dark"
        )
        phone.goto(address)
        phone.wait_for_timeout(600)
        picture(phone, out / "report-phone.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:3])
