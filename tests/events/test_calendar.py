"""What no calendar has is told, never mended."""

from __future__ import annotations

from svidok.claims.mentions.times import find_times
from svidok.events import find_findings
from svidok.records import Document, Reading


def findings_in(text: str):  # type: ignore[no-untyped-def]
    reading = Reading(
        Document("a", "", text, published="2022-04-20"), times=find_times(text, published="2022-04-20")
    )
    return find_findings([reading], [])


def test_a_day_that_does_not_exist() -> None:
    text = "The bridge fell on 31 February 2022."
    (finding,) = findings_in(text)
    assert (finding.kind, finding.reference) == ("date", "the calendar: no such day")
    assert text[finding.spans[0].start : finding.spans[0].end] == "31 February 2022"


def test_a_range_that_runs_backwards() -> None:
    (finding,) = findings_in("They fought from 10 April 2022 to 3 March 2022.")
    assert finding.kind == "order"
    assert [span.says for span in finding.spans] == ["2022-04-10", "2022-03-03"]


def test_sound_dates_are_silent() -> None:
    assert findings_in("They fought from 3 March 2022 to 10 April 2022, and on 28 February.") == ()


def test_a_day_without_its_month_proves_nothing() -> None:
    assert findings_in("They came on 27 February 2022. They left on the 30th.") == ()
