"""What goes out in a confirmation round: a zip with a workbook and a letter for each carrier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from steering.analysis.asking import with_article
from steering.analysis.confirmation import RECORDS, AskedFile
from steering.analysis.portfolio import Portfolio
from steering.exchange.asking import envelopes
from steering.exchange.asking.tokens import TOKEN_LINE
from steering.exchange.confirmation.sheets import REMARK, REPLY, TITLES, CarrierScope, sheets
from steering.exchange.workbook.about import AboutRow
from steering.exchange.workbook.choices import Choices
from steering.exchange.workbook.columns import Lists
from steering.exchange.workbook.writing import book
from steering.model import Funding, Responsibility, Structure
from steering.model.german import count, day, listing

TOKEN = "Rückmeldung"
"""The heading in the hidden sheet above what says whose file of which round this is."""
ADDRESSEE_NOTES = (
    "Je Träger bitte nur seine beiden Dateien versenden.",
    "Funktionspostfächer stammen aus den Teilnahmen an der Koordinierungsrunde; "
    "wo keines bekannt ist, bleibt das Feld leer.",
)
_COUNTED = {
    Structure: ("Struktur", "Strukturen"),
    Funding: ("Förderung", "Förderungen"),
    Responsibility: ("Zuständigkeit", "Zuständigkeiten"),
}
LETTER = """Sehr geehrte Damen und Herren,

{district} führt eine Übersicht darüber, welche Stellen, Projekte und Angebote an der Integration \
mitwirken, bis wann sie gesichert sind und wer wofür zuständig ist. Einmal im Jahr bitten wir alle Träger, \
ihre Angaben zu prüfen.

Die beigefügte Excel-Datei enthält, was zu [Träger] verzeichnet ist: [Einträge]. Bitte gehen Sie die \
Zeilen durch:

- Stimmt eine Zeile, wählen Sie in der Spalte »Stimmt so?« »ja«.
- Stimmt etwas nicht mehr, berichtigen Sie es gleich in der Zeile und wählen »nein, geändert«.
- Gibt es etwas nicht mehr, wählen Sie »gibt es nicht mehr«; gelöscht wird dadurch nichts.
- Fehlt etwas, tragen Sie es bitte unten in einer freien Zeile ein.

Bitte senden Sie die Datei bis zum [Frist] zurück, und zwar an [Rückantwort]. Auch eine teilweise \
ausgefüllte Datei hilft uns weiter.

Die Datei enthält nur Angaben zu Ihrem Haus. Bitte nennen Sie Funktionen, keine Namen von \
Personen.

Vielen Dank für Ihre Mühe.

Mit freundlichen Grüßen"""
"""The covering text, to be edited; what stands in square brackets is filled in for each carrier."""


def packed(
    portfolio: Portfolio, asked: Sequence[AskedFile], lists: Lists, mailboxes: Mapping[int, str], actor: str
) -> bytes:
    """The zip of a round: per carrier a workbook and a letter, and a list of whom to send them to.

    `mailboxes`: the functional mailboxes that are known, by organisation. `actor`: the unit that writes.
    """
    named = file_names(asked, portfolio)
    made = [
        envelopes.Envelope(
            each.carrier,
            named[each.request_id],
            partial(carrier_workbook, portfolio, each, lists),
            partial(letter, each, actor),
            mailboxes.get(each.carrier_id, ""),
            {TITLES[table]: len(each.of(record)) for table, record in RECORDS.items()},
        )
        for each in asked
    ]
    return envelopes.packed(made, "Träger", ADDRESSEE_NOTES)


def file_names(asked: Iterable[AskedFile], portfolio: Portfolio) -> dict[int, str]:
    """A name for each request's files."""
    slugs = portfolio.organisations.set_index("id")["slug"]
    sent = list(asked)
    beginning = f"rueckmeldung-{sent[0].sent_on:%Y}" if sent else ""
    return envelopes.names(beginning, ((each.request_id, str(slugs[each.carrier_id])) for each in sent))


def carrier_workbook(portfolio: Portfolio, asked: AskedFile, lists: Lists) -> bytes:
    """One carrier's file, with its rows as they stood when the round began."""
    scope = CarrierScope(portfolio, asked.carrier_id, asked.items, lists)
    made = sheets(asked, scope)
    choices = Choices({TOKEN: asked.token}, scope.names_of, made)
    title = f"{asked.round_name}: {asked.carrier}"
    return book(made, about=_about(portfolio, asked), choices=choices, title=title, one_page_wide=True)


def letter(asked: AskedFile, actor: str) -> bytes:
    """The covering text to one carrier as a Word file that can be edited further."""
    text = filled(asked.letter, asked)
    return envelopes.letter(asked.round_name, asked.carrier, asked.sent_on, asked.due, text, actor)


def filled(text: str, asked: AskedFile) -> str:
    """The covering text with everything in square brackets that is known put in its place."""
    parts = {
        "[Träger]": asked.carrier,
        "[Frist]": day(asked.due),
        "[Einträge]": rows_in_words(asked),
        "[Rückantwort]": envelopes.back(asked.mailbox),
    }
    return envelopes.filled(text, parts)


def rows_in_words(asked: AskedFile) -> str:
    """3 Strukturen, 2 Förderungen und 1 Zuständigkeit."""
    numbers = {record: len(asked.of(record)) for record in RECORDS.values()}
    return listing([count(many, *_COUNTED[record]) for record, many in numbers.items() if many]) or "nichts"


def _about(portfolio: Portfolio, asked: AskedFile) -> Iterator[AboutRow]:
    """The opening sheet, for somebody who has never seen such a file."""
    district = str(portfolio.settings["district_name"])
    yield AboutRow((f"{asked.round_name}: {asked.carrier}",), bold=True)
    yield AboutRow(
        (f"{with_article(district)} bittet Sie, Ihre Angaben zu prüfen. Stand: {day(asked.sent_on)}.",)
    )
    yield AboutRow((f"Bitte zurück bis {day(asked.due)} an {envelopes.back(asked.mailbox)}.",))
    yield AboutRow(())
    yield AboutRow(("Was ist zu tun?",), bold=True)
    titles = listing([f"»{title}«" for title in TITLES.values()])
    for sentence in (
        f"1. Bitte gehen Sie auf den Blättern {titles} jede Zeile durch.",
        f"2. Stimmt die Zeile: in der Spalte »{REPLY.heading}« »ja« wählen.",
        "3. Stimmt etwas nicht: den Wert in der Zeile überschreiben und »nein, geändert« wählen.",
        "4. Gibt es etwas nicht mehr: »gibt es nicht mehr« wählen. Gelöscht wird dadurch nichts.",
        "5. Fehlt etwas: unten in einer freien Zeile eintragen und die graue Spalte leer lassen.",
        f"6. In die Spalte »{REMARK.heading}« gehört alles, was Sie uns sonst sagen möchten.",
        "Die grauen Nummern gehören dem Programm. Sie sind ohne Kennwort geschützt; bitte nicht ändern.",
        "Mehrere Zielgruppen stehen mit Semikolon nebeneinander, z. B. Asylsuchende; Frauen.",
        "Bitte nennen Sie Funktionen, keine Namen von Personen.",
        "Sie müssen nicht alles auf einmal ausfüllen: Was offen bleibt, können Sie nachreichen.",
    ):
        yield AboutRow((sentence,))
    yield AboutRow(())
    yield AboutRow((f"{TOKEN_LINE} {asked.token}",))
