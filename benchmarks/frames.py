"""How fluid the map and the time line stay with many events, in headless Chromium.

    python benchmarks/frames.py --events 20000

Serves an empty chronicle and gives the front page made-up events (1,000 places, one year) in place of its
own. Frames are timed between calls of ``requestAnimationFrame`` while the time line plays, while a handle
is dragged by a few days a frame, and while the map is moved; beside them the CPU that the page's own thread
spent on each. Headless Chromium draws the map without a graphics card, which is most of a frame however few
the events (compare ``--events 200``). Skipped, with the reason, where Chromium or Playwright is missing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import socket
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

AT = "2022-12-31T00:00:00Z"
CHROMIUM = os.environ.get("SVIDOK_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
RECORD = """
    window.frames_ = []; let before = performance.now();
    const tick = (now) => { window.frames_.push(now - before); before = now; requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
"""
DRAG = """async (steps) => {
    const handle = document.querySelector("#last"), low = Number(handle.min), high = Number(handle.max);
    for (let step = 0; step < steps; step++) {
        handle.value = low + (high - low) * step / steps;
        handle.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise(requestAnimationFrame);
    }
}"""
MOVE = """async (steps) => {
    for (let step = 0; step < steps; step++) {
        window.svidokMap.panBy([step % 40 < 20 ? 6 : -6, 0], { animate: false });
        await new Promise(requestAnimationFrame);
    }
}"""
STEP = """async (data) => {
    const { Points } = await import("/static/js/points.mjs");
    const points = new Points(data), [first, last] = points.extent(), took = [];
    for (let day = first; day <= last; day += 5) {
        const before = performance.now();
        points.features(first, day, false);
        took.push(performance.now() - before);
    }
    return took;
}"""


def columns(number: int) -> dict[str, Any]:
    """Events as ``/api/v1/points`` gives them."""
    draw = random.Random(1)
    places = [(round(45 + 7 * draw.random(), 4), round(24 + 15 * draw.random(), 4)) for _ in range(1000)]
    own = [places[min(999, int(draw.expovariate(1 / 200)))] for _ in range(number)]
    first = [19050 + draw.randrange(365) for _ in range(number)]
    return {
        "sides": ["Russia", "Ukraine"],
        "colours": [1, 0],
        "types": ["strike"],
        "id": [f"{event:016x}" for event in range(number)],
        "type": [0] * number,
        "side": [draw.choice((0, 1, None)) for _ in range(number)],
        "lat": [lat for lat, _ in own],
        "lon": [lon for _, lon in own],
        "radius": [draw.choice((0.5, 3.0, 20.0)) for _ in range(number)],
        "first": first,
        "last": [day + draw.choice((0, 0, 0, 3)) for day in first],
        "happened": [draw.choice((0, 1, 1)) for _ in range(number)],
    }


def served(folder: Path) -> str:
    """The address of an empty chronicle, served by a thread of this process."""
    import uvicorn

    from svidok.store import create_store
    from svidok.web import Settings, create_app

    store = create_store(folder / "empty.svidok", at=AT, who="bench")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(store, Settings(local=True, requests=10**6))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return f"http://127.0.0.1:{port}"


def tell(what: str, frames: list[float], spent: float) -> None:
    """One line: how long frames took, and the CPU of the page's own thread for each."""
    ordered = sorted(frames)
    p95 = ordered[int(len(ordered) * 0.95)]
    print(
        f"{what:24} {len(frames):6} {statistics.median(frames):9.1f} {p95:9.1f} {ordered[-1]:9.1f} "
        f"{spent / len(frames) * 1e3:10.1f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Frame times of the map and the time line.")
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--steps", type=int, default=100, help="Frames to drag and to move for.")
    given = parser.parse_args()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        sys.exit("skipped: playwright is not installed")
    if CHROMIUM is None:
        sys.exit("skipped: no Chromium here: install it, or name it in SVIDOK_CHROMIUM")
    data = columns(given.events)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        address = served(Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)  # for our waiting
        body = json.dumps(data)
        page.route(
            "**/api/v1/points*", lambda route: route.fulfill(body=body, content_type="application/json")
        )
        began = time.perf_counter()
        page.goto(f"{address}/")
        page.wait_for_function("document.querySelector('#map').dataset.shown > 0", timeout=120_000)
        page.wait_for_function("window.svidokMap.loaded()", timeout=120_000)
        print(f"{given.events} events, first drawn after {time.perf_counter() - began:.1f} s")
        print(f"{'':24} {'frames':>6} {'median ms':>9} {'95 % ms':>9} {'worst ms':>9} {'its CPU ms':>10}")
        meter = page.context.new_cdp_session(page)
        meter.send("Performance.enable", {"timeDomain": "threadTicks"})

        def spent() -> float:
            told = meter.send("Performance.getMetrics")["metrics"]
            return float(next(metric["value"] for metric in told if metric["name"] == "TaskDuration"))

        page.evaluate(RECORD)
        for what, act in (
            ("nothing", lambda: page.wait_for_timeout(3000)),
            ("the time line plays", lambda: (page.click("#play"), page.wait_for_timeout(6000))),
            ("a handle is dragged", lambda: page.evaluate(DRAG, given.steps)),
            ("the map is moved", lambda: page.evaluate(MOVE, given.steps)),
        ):
            page.evaluate("window.frames_.length = 0")
            before = spent()
            act()
            tell(what, page.evaluate("window.frames_"), spent() - before)
        took = page.evaluate(STEP, data)
        print(f"what a step shows is worked out in {statistics.median(took):.1f} ms")
        browser.close()


if __name__ == "__main__":
    main()
