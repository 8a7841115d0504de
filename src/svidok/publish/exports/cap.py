"""CAP 1.2 (OASIS Common Alerting Protocol): warnings that reports tell of, each a message, in a ZIP."""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import Element

from svidok.publish.exports.edition import Edition, Export, Happening
from svidok.publish.exports.leaving import Leaving
from svidok.publish.exports.xml import add, xml_bytes

__all__ = ["SPACE", "write"]

SPACE = "urn:oasis:names:tc:emergency:cap:1.2"
_NOTE = (
    "A record of a past warning, drawn from reports. Not for action: no siren, message or broadcast is to "
    "follow from it."
)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(edition: Edition) -> Export:
    """One message a warning that is said to have been given, on a known day.

    It can set off nothing: ``status`` is Draft and ``urgency`` Past. ``sent`` is the last day of publication
    of its reports (the message's own origin), or else the warning's day, at midnight in no known zone, since
    CAP wants a time; when the warning was given stands in the parameters as exactly as the words allow.
    """
    leaving = Leaving(edition)
    out, rows = io.BytesIO(), 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for happening in edition.happened():
            if happening.row.type != "alert":
                leaving.out("no public warning")
                continue
            sent = _sent(happening)
            if sent is None:
                leaving.out("no day is known, nor one of publication")
                continue
            member = zipfile.ZipInfo(f"{happening.row.event}.xml", _EPOCH)
            archive.writestr(member, xml_bytes(_alert(happening, sent)), zipfile.ZIP_DEFLATED)
            rows += 1
    return leaving.export(out.getvalue(), rows)


def _sent(happening: Happening) -> str | None:
    days = [document.published for document in happening.documents if document.published]
    day = max(days, default=None) or (happening.days.first.isoformat() if happening.days else None)
    return f"{day}T00:00:00-00:00" if day else None


def _alert(happening: Happening, sent: str) -> Element:
    row = happening.row
    alert = Element("alert", {"xmlns": SPACE})
    add(alert, "identifier", f"svidok-{row.event}")
    add(alert, "sender", "svidok")
    add(alert, "sent", sent)
    add(alert, "status", "Draft")
    add(alert, "msgType", "Alert")
    if happening.sources:
        add(alert, "source", "; ".join(happening.sources))
    add(alert, "scope", "Public")
    add(alert, "note", _NOTE)
    info = add(alert, "info")
    add(info, "language", "en")
    add(info, "category", "Security")
    add(info, "event", happening.title)
    add(info, "urgency", "Past")
    add(info, "severity", "Unknown")
    add(info, "certainty", "Unknown")
    add(info, "headline", happening.title)
    add(info, "description", happening.notes())
    for name, value in (
        ("earliest", row.earliest),
        ("latest", row.latest),
        ("edtf", row.edtf),
        ("standing", row.status),
        ("evidence", "; ".join(f"{e.document}:{e.start}-{e.end}" for e in row.evidence)),
    ):
        if value:
            parameter = add(info, "parameter")
            add(parameter, "valueName", name)
            add(parameter, "value", value)
    if row.place:
        area = add(info, "area")
        add(area, "areaDesc", row.place)
        if happening.point and row.radius_km is not None:
            add(area, "circle", f"{happening.point[1]},{happening.point[0]} {row.radius_km:g}")
    return alert
