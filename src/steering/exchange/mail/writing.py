"""One mail: what is overdue, due and noted, as plain text and as HTML, with the ways to the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from xml.etree.ElementTree import Element, SubElement, tostring

from steering.analysis.dates.telling import Tiding
from steering.exchange.mail.sending import unusual
from steering.model import ToldStage
from steering.model.german import about, count, local
from steering.model.german import day as in_words

_BELOW = "Bei untergeordneten Einheiten weiterhin überfällig"
_HEADINGS = {
    ToldStage.AGAIN: "Weiterhin überfällig",
    ToldStage.OVERDUE: "Überfällig",
    ToldStage.DUE: "Steht an",
    ToldStage.KNOWN: "Neu vorgemerkt",
}
# Where each kind of thing is looked at, by the first word of its key.
_PAGES = {
    "funding": "/strukturen",
    "milestone": "/masterplan",
    "action": "/koordinierungsrunde",
    "outcome": "/koordinierungsrunde",
    "assessment": "/luecken",
    "request": "/daten?bereich=rueckmeldung",
    "survey": "/daten?bereich=bedarfserhebung",
    "requests": "/daten?bereich=rueckmeldung",
    "surveys": "/daten?bereich=bedarfserhebung",
}
_WHY = (
    "Diese Nachricht kommt von der Integrationssteuerung. Sie nennt nur, was neu ist oder ansteht; was "
    "eine Woche überfällig bleibt, ein zweites Mal. "
    "Zuständig für Ihre Einheit sind nicht mehr Sie? Bitte der Betreuung des Programms sagen."
)


@dataclass(frozen=True)
class MailPicture:
    """A picture (PNG) that travels with the mail, and the same in words."""

    content: bytes = field(repr=False)
    words: str
    width: int


def message(
    news: Sequence[Tiding], *, name: str, to: str, sender: str, district: str, address: str, today: date,
    now: datetime, picture: MailPicture | None = None,
) -> EmailMessage:  # fmt: skip
    """The mail about these; `address`: where the pages are, "" for no links; `now` is UTC.

    The picture says nothing that the lines do not say: who sees none misses nothing.

    Raises NotTaken where no mail can go to the mailbox as it is written.
    """
    mail = EmailMessage()
    mail["Subject"] = subject(news)
    mail["From"] = Address(display_name="Integrationssteuerung", addr_spec=sender)
    try:
        mail["To"] = Address(addr_spec=to)
    except ValueError as problem:
        raise unusual() from problem
    mail["Date"] = format_datetime(local(now))
    # The same news to the same mailbox is the same mail, should it ever be handed over twice.
    told = "\n".join([to, *(f"{each.thing.key} {each.thing.day} {each.stage}" for each in news)])
    digest, domain = sha256(told.encode()).hexdigest()[:40], sender.rpartition("@")[2]
    mail["Message-ID"] = f"<{digest}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    parts = _parts(news)
    greeting = f"Guten Tag {name},"
    first = f"Stand {in_words(today)}{f' · {district}' if district else ''}"
    mail.set_content(_text(greeting, first, parts, address))
    inside = f"bild-{digest}@{domain}"
    mail.add_alternative(_html(greeting, first, parts, address, picture, inside), subtype="html")
    if picture:
        # Within the mail: nobody is asked for it, and nobody learns that it was looked at.
        *_, page = mail.iter_parts()
        page.add_related(picture.content, "image", "png", cid=f"<{inside}>", disposition="inline")
    return mail


def subject(news: Sequence[Tiding]) -> str:
    """How many are overdue, due and noted: "Integration: 1 überfällig, 3 stehen an"."""
    late = sum(each.stage in {ToldStage.OVERDUE, ToldStage.AGAIN} for each in news)
    due = sum(each.stage is ToldStage.DUE for each in news)
    known = len(news) - late - due
    parts = [
        f"{late} überfällig" if late else "",
        count(due, "steht an", "stehen an") if due else "",
        f"{known} neu vorgemerkt" if known else "",
    ]
    return f"Integration: {', '.join(filter(None, parts))}"


def _parts(news: Sequence[Tiding]) -> list[tuple[str, list[Tiding]]]:
    found = [(_BELOW, [each for each in news if each.below])]
    found += [
        (heading, [each for each in news if each.stage is stage and not each.below])
        for stage, heading in _HEADINGS.items()
    ]
    return [(heading, sorted(each, key=_by_day)) for heading, each in found if each]


def _by_day(each: Tiding) -> tuple[date, str]:
    return each.thing.day, each.thing.key


def _line(each: Tiding) -> str:
    thing = each.thing
    example = "Beispiel: " if thing.example and not thing.subject.startswith("Beispiel") else ""
    moved = f" (bisher {in_words(each.before)})" if each.before else ""
    hidden = " · nur Verwaltung" if thing.internal else ""
    return f"{thing.kind} {about(thing.day, thing.estimated)}{moved}: {example}{thing.subject}{hidden}"


def _link(each: Tiding, address: str) -> str:
    page = _PAGES.get(each.thing.key.partition("-")[0], "/")
    return f"{address}{page}" if address else ""


def _text(greeting: str, first: str, parts: Sequence[tuple[str, list[Tiding]]], address: str) -> str:
    lines = [greeting, "", first]
    for heading, news in parts:
        lines += ["", heading, "-" * len(heading)]
        for each in news:
            more = [each.thing.note, _link(each, address)]
            lines += [f"* {_line(each)}", *(f"  {one}" for one in more if one)]
    return "\n".join([*lines, "", "-- ", _WHY, *([address] if address else [])]) + "\n"


def _html(
    greeting: str, first: str, parts: Sequence[tuple[str, list[Tiding]]], address: str,
    picture: MailPicture | None, inside: str,
) -> str:  # fmt: skip
    """Built from elements: what stands in the data stays text, whatever signs are in it."""
    page = Element("html", lang="de")
    body = SubElement(page, "body", style="font-family:sans-serif;line-height:1.4;max-width:640px")
    for words in (greeting, first):
        SubElement(body, "p").text = words
    if picture:
        SubElement(
            body, "img", src=f"cid:{inside}", alt=picture.words, width=str(picture.width),
            style="display:block;max-width:100%;height:auto;background:#fff",
        )  # fmt: skip
    for heading, news in parts:
        SubElement(body, "h2", style="font-size:17px;margin-bottom:4px").text = heading
        listed = SubElement(body, "ul")
        for each in news:
            item = SubElement(listed, "li", style="margin-bottom:8px")
            if link := _link(each, address):
                SubElement(item, "a", href=link).text = _line(each)
            else:
                SubElement(item, "span").text = _line(each)
            if each.thing.note:
                SubElement(item, "br").tail = each.thing.note
    SubElement(body, "p", style="color:#555;font-size:13px").text = _WHY
    return tostring(page, encoding="unicode", method="html")
