"""A template tried out apart from the server, before anybody counts on it."""

from __future__ import annotations

from datetime import date

from steering import confined
from steering.analysis.document import (
    Bullets,
    Contents,
    Document,
    Heading,
    Motion,
    NewPage,
    Note,
    Paragraph,
    SideBySide,
    Table,
    Title,
)
from steering.exchange.word import templates
from steering.exchange.word.templates import UNREADABLE, UNUSABLE, TemplateRefused
from steering.exchange.word.writer import write

WITHOUT_PICTURE = (
    "Ein Bild in Kopf- oder Fußzeile der Word-Vorlage liegt nicht in der Datei, sondern an einer fremden "
    "Adresse; es wird weggelassen. Bitte in Word »Einfügen – Bilder« ohne »Mit Datei verknüpfen« wählen."
)
_TRIAL = Document(
    "Probe",
    date(2026, 1, 1),
    (
        Title("Probe", "darunter"), Contents(), Heading("Teil"), Paragraph("Text"), Motion("Beschluss"),
        Note("Hinweis"), Bullets(("eins",)), Bullets(("eins",), numbered=True),
        SideBySide((("Ort", "hier"),)), Table(("Spalte",), (("Zelle",),), caption="Tabelle"),
        NewPage(wide=True), NewPage(),
    ),
    footer="Datenstand",
)  # fmt: skip


def check_template(content: bytes) -> tuple[str, ...]:
    """Sentences about what is left out of a template; raises TemplateRefused for one that is of no use."""
    try:
        found: tuple[str, ...] = confined.READING.run(tried, content, refusals=(TemplateRefused,))
    except confined.Stopped:
        raise TemplateRefused(UNREADABLE) from None
    return found


def tried(content: bytes) -> tuple[str, ...]:
    """The same in this process."""
    try:
        write(_TRIAL, template=content)
    except UNUSABLE:
        raise TemplateRefused(UNREADABLE) from None
    return (WITHOUT_PICTURE,) if templates.has_picture_elsewhere(content) else ()
