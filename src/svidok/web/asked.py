"""What an address asks for: the same words in pages and in the API, read into a ``Filter`` and back.

Every page can be restored from its address, so nothing is kept anywhere else.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic.config import JsonDict

from svidok.store.views import Box, Filter, Near, Order, Paging, Standing

__all__ = ["Asked", "Question"]

Words = Annotated[str, Field(max_length=300, json_schema_extra={"pattern": r"^[^\x00-\x1f\x7f]*$"})]
_DAY = re.compile(r"-?\d{4,6}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


_DAYS: JsonDict = {"pattern": f"^({_DAY.pattern})?$", "examples": ["2022-03-04", "2022-03", "2022"]}


def _numbered(count: int) -> JsonDict:
    """How a field of so many numbers is described; its bounds are checked when it is read."""
    number = r"-?\d{1,3}(\.\d{1,9})?"
    return {"pattern": f"^({','.join([number] * count)})?$"}


class Asked(BaseModel):
    """A question in the words of an address; see ``svidok.store.Filter`` for what each means."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True, frozen=True)

    q: Words = Field("", description="words that must all stand there; “quoted words” stand together")
    place: Words = Field("", description="a place by name")
    near: Words = Field(
        "", description="within so many km of a point: lat,lon,km", json_schema_extra=_numbered(3)
    )
    box: Words = Field("", description="south,west,north,east in degrees", json_schema_extra=_numbered(4))
    since: Words = Field(
        "", alias="from", description="from this day, month or year on", json_schema_extra=_DAYS
    )
    until: Words = Field("", alias="to", description="until this day, month or year", json_schema_extra=_DAYS)
    type: list[Words] = Field([], max_length=60, description="codes of the ontology, or kinds of findings")
    side: list[Words] = Field([], max_length=60)
    source: list[Words] = Field([], max_length=60)
    speaker: list[Words] = Field([], max_length=60)
    document: list[Words] = Field([], max_length=60)
    known: Words = Field(
        "", description="only what was published on or before this day", json_schema_extra=_DAYS
    )
    status: list[Standing] = Field([], description="how it stands after review")
    severity: list[Literal["high", "medium", "low"]] = []
    modality: list[Words] = Field([], max_length=10)
    happened: Literal["", "yes", "no"] = Field(
        "", description="yes leaves out what is only planned or denied"
    )
    placed: Literal["", "yes", "no"] = ""
    dated: Literal["", "yes", "no"] = ""
    witnesses: int = Field(0, ge=0, le=10_000, description="at least so many independent witnesses")
    dossier: Words = ""
    order: Literal["", "time", "-time", "relevance", "severity", "confidence", "added", "-added"] = ""
    page: int = Field(1, ge=1, le=1_000_000)
    size: int = Field(50, ge=1, le=500)

    @field_validator("*", mode="before")
    @classmethod
    def _clean(cls, value: Any) -> Any:
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and _CONTROL.search(text):
                raise ValueError("control characters are not searched for")
        if isinstance(value, list):
            return [text for text in value if text != ""]
        return value.strip() if isinstance(value, str) else value

    @field_validator("page", "size", "witnesses", mode="before")
    @classmethod
    def _number(cls, value: Any, info: Any) -> Any:
        return cls.model_fields[info.field_name].default if value == "" else value

    @field_validator("since", "until", "known")
    @classmethod
    def _day(cls, value: str) -> str:
        if value and not _is_day(value):
            raise ValueError(f"{value!r} is no day (2022-03-04), month (2022-03) or year (2022)")
        return value

    @field_validator("near")
    @classmethod
    def _near(cls, value: str) -> str:
        if value:
            lat, lon, km = _numbers(value, 3)
            if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 < km <= 20_040):
                raise ValueError("near is lat,lon,km in degrees and kilometres")
        return value

    @field_validator("box")
    @classmethod
    def _box(cls, value: str) -> str:
        if value:
            south, west, north, east = _numbers(value, 4)
            if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
                raise ValueError("box is south,west,north,east in degrees")
        return value

    def filter(self, **more: Any) -> Filter:
        """The same as the store's filter; ``more`` sets further fields of it."""
        return Filter(
            **{
                "text": self.q or None,
                "place": self.place or None,
                "near": Near(*_numbers(self.near, 3)) if self.near else None,
                "box": Box(*_numbers(self.box, 4)) if self.box else None,
                "earliest": self.since or None,
                "latest": self.until or None,
                "types": tuple(self.type),
                "sides": tuple(self.side),
                "sources": tuple(self.source),
                "speakers": tuple(self.speaker),
                "documents": tuple(self.document),
                "known_by": self.known or None,
                "statuses": tuple(self.status),
                "severities": tuple(self.severity),
                "modalities": tuple(self.modality),
                "happened": _yes(self.happened),
                "placed": _yes(self.placed),
                "dated": _yes(self.dated),
                "min_witnesses": self.witnesses or None,
                "dossier": self.dossier or None,
                **more,
            }
        )

    def paging(self, order: Order = "time") -> Paging:
        """Which page, in which order; ``order`` where the address names none."""
        return Paging(number=self.page, size=self.size, order=self.order or order)

    def address(self, **changes: Any) -> str:
        """The question as the part of an address behind the ``?``, with changes; "" when it is empty.

        >>> Asked(q="Bucha", page=3).address(page=1)
        'q=Bucha'
        """
        given = self.model_dump(by_alias=True, exclude_defaults=True)
        given.update(changes)
        fields = {field.alias or name: field.default for name, field in Asked.model_fields.items()}
        kept = {key: value for key, value in given.items() if value not in (None, "", [], fields.get(key))}
        return urlencode(kept, doseq=True)

    @property
    def narrowed(self) -> bool:
        """Whether the address asks for less than everything (paging and order apart)."""
        return bool(self.model_dump(exclude_defaults=True, exclude={"page", "size", "order"}))


Question = Annotated[Asked, Query()]
"""The dependency of a route that reads a question from the address."""


def _yes(word: str) -> bool | None:
    return {"yes": True, "no": False}.get(word)


def _numbers(text: str, count: int) -> tuple[float, ...]:
    parts = text.split(",")
    if len(parts) != count:
        raise ValueError(f"{count} numbers with commas between them are wanted")
    numbers = tuple(float(part) for part in parts)
    if not all(abs(number) < 1e6 for number in numbers):
        raise ValueError("a number is out of range")
    return numbers


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    year, month, day = (*text.lstrip("-").split("-"), "01", "01")[:3]
    try:
        date(2000 if int(year) % 4 == 0 else 2001, int(month), int(day))
    except ValueError:
        return False
    return True
