"""Whose page is worked out next."""

from __future__ import annotations

import asyncio

import pytest

from svidok.web.turns import PATIENCE, Turns, patience_of


def served(arrivals: list[tuple[float, str]], *, most: int = 1) -> list[str]:
    """In which order pages are begun that are asked for at these seconds, while all turns are taken."""
    begun: list[str] = []
    now = 0.0

    async def ask(turns: Turns, path: str) -> None:
        async with turns.of(patience_of(path)):
            begun.append(path)

    async def run() -> None:
        nonlocal now
        turns = Turns(most, lambda: now)
        held = [turns.of(PATIENCE) for _ in range(most)]
        for one in held:
            await one.__aenter__()
        tasks = []
        for moment, path in arrivals:
            now = moment
            tasks.append(asyncio.create_task(ask(turns, path)))
            await asyncio.sleep(0)
        assert not begun
        for one in held:
            await one.__aexit__(None, None, None)
        await asyncio.gather(*tasks)

    asyncio.run(run())
    return begun


@pytest.mark.parametrize("most", [1, 2])
def test_who_came_first_is_served_first_but_searches_before(most: int) -> None:
    asked = [(0.0, "/reports"), (0.01, "/"), (0.1, "/search"), (0.11, "/api/v1/search"), (0.2, "/log")]
    assert served(asked, most=most) == ["/search", "/api/v1/search", "/reports", "/", "/log"]


def test_what_takes_long_to_make_is_begun_sooner() -> None:
    asked = [(0.0, "/"), (0.05, "/compare"), (0.06, "/search"), (0.2, "/compare")]
    assert served(asked) == ["/search", "/compare", "/", "/compare"]


def test_searches_never_keep_a_page_waiting_for_good() -> None:
    asked = [(0.0, "/reports"), *((0.2 + at / 10, "/search") for at in range(5))]
    assert served(asked).index("/reports") == 1


def test_a_turn_that_nobody_wants_any_more_goes_to_the_next() -> None:
    async def run() -> None:
        turns = Turns(1, lambda: 0.0)
        for begin in (False, True):  # gone while it waits, and just as its turn comes
            held = turns.of(PATIENCE)
            await held.__aenter__()
            gone = asyncio.create_task(turns.of(PATIENCE).__aenter__())
            await asyncio.sleep(0)
            if begin:
                await held.__aexit__(None, None, None)
            gone.cancel()
            if not begin:
                await held.__aexit__(None, None, None)
            await asyncio.gather(gone, return_exceptions=True)
            async with asyncio.timeout(5), turns.of(PATIENCE):
                pass

    asyncio.run(run())
