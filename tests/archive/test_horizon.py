"""What was known on a day: by publication, and honest about reports without one."""

from __future__ import annotations

from svidok.archive.horizon import known_by
from svidok.records import Document


def test_reports_of_the_day_and_before_are_kept_in_their_order() -> None:
    made = [Document(d, d, "x", published=p) for d, p in (("c", "2022-03-05T21:00Z"), ("a", "2022-03-04"), ("b", "2022-03-06"))]  # fmt: skip
    kept, unsure = known_by(made, "2022-03-05")
    assert [d.id for d in kept] == ["c", "a"]
    assert unsure == []


def test_a_report_of_no_known_day_is_told_of_and_left_out() -> None:
    kept, (error,) = known_by([Document("a", "a", "x", path="letter.txt")], "2022-03-05")
    assert kept == []
    assert "letter.txt" in str(error)
    assert "published" in str(error)
