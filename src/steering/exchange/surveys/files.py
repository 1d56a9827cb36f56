"""What goes out in a survey of needs: a zip with a workbook and a letter for each body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from steering.analysis.asking import with_article
from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.asked import AskedBody
from steering.exchange.asking import envelopes
from steering.exchange.asking.tokens import TOKEN_LINE
from steering.exchange.surveys.sheets import TITLES, SheetSource, sheets
from steering.exchange.workbook.about import AboutRow
from steering.exchange.workbook.choices import Choices
from steering.exchange.workbook.columns import Lists
from steering.exchange.workbook.writing import book
from steering.model.german import count, day, listing

TOKEN = "Bedarfserhebung"
"""The heading in the hidden sheet above what says whose file of which round this is."""
ADDRESSEE_NOTES = (
    "Je Adressat bitte nur seine beiden Dateien versenden.",
    "Funktionspostfächer stammen aus den Teilnahmen an der Koordinierungsrunde; "
    "wo keines bekannt ist, bleibt das Feld leer.",
)
LETTER = """Sehr geehrte Damen und Herren,

{district} ermittelt, was für die Integration gebraucht wird, heute und in den nächsten Jahren. Dazu fragen \
wir alle Gemeinden, Fachbereiche und Träger.

Die beigefügte Excel-Datei nennt [Aufgaben] mit Bezug zu [Adressat]. Bitte wählen Sie je Zeile in der \
Spalte »Bedarf?«:

- »ja«, wenn etwas gebraucht wird, und nennen Sie, für wen, wie viel, von wann bis wann und warum;
- »nein«, wenn nichts gebraucht wird: Auch das ist eine Antwort, die uns hilft;
- »nicht bekannt«, wenn Sie es nicht sagen können.

Was Sie zuletzt geantwortet haben, ist eingetragen. Bitte senden Sie die Datei bis zum [Frist] zurück, und \
zwar an [Rückantwort]. Auch eine teilweise ausgefüllte Datei hilft uns weiter.

Bitte nennen Sie Funktionen, keine Namen von Personen.

Vielen Dank für Ihre Mühe.

Mit freundlichen Grüßen"""
"""The covering text, to be edited; what stands in square brackets is filled in for each body."""


def packed(
    portfolio: Portfolio, asked: Sequence[AskedBody], lists: Lists, mailboxes: Mapping[int, str], actor: str
) -> bytes:
    """The zip of a round: per body a workbook and a letter, and a list of whom to send them to.

    `mailboxes`: the functional mailboxes that are known, by organisation. `actor`: the unit that writes.
    """
    beginning = f"bedarfserhebung-{asked[0].sent_on:%Y}" if asked else ""
    known = portfolio.without_examples()
    source = SheetSource(known)
    named = envelopes.names(beginning, ((each.request_id, each.slug) for each in asked))
    made = [
        envelopes.Envelope(
            each.name,
            named[each.request_id],
            partial(_workbook, known, each, lists, source),
            partial(letter, each, actor),
            mailboxes.get(each.body.organisation_id or 0, ""),
            {"Aufgaben": len(each.tasks)},
        )
        for each in asked
    ]
    return envelopes.packed(made, "Adressat", ADDRESSEE_NOTES)


def body_workbook(portfolio: Portfolio, asked: AskedBody, lists: Lists) -> bytes:
    """One body's file: the tasks that concern it, with what it said last; without examples."""
    known = portfolio.without_examples()
    return _workbook(known, asked, lists, SheetSource(known))


def _workbook(portfolio: Portfolio, asked: AskedBody, lists: Lists, source: SheetSource) -> bytes:
    made = sheets(source, asked, lists)
    choices = Choices({TOKEN: asked.token}, source.names_of, made)
    title = f"{asked.round_name}: {asked.name}"
    return book(made, about=_about(portfolio, asked), choices=choices, title=title, one_page_wide=True)


def letter(asked: AskedBody, actor: str) -> bytes:
    """The covering text to one body as a Word file that can be edited further."""
    text = envelopes.filled(
        asked.letter,
        {
            "[Adressat]": asked.name,
            "[Frist]": day(asked.due),
            "[Aufgaben]": count(len(asked.tasks), "Aufgabe", "Aufgaben"),
            "[Rückantwort]": envelopes.back(asked.mailbox),
        },
    )
    return envelopes.letter(asked.round_name, asked.name, asked.sent_on, asked.due, text, actor)


def _about(portfolio: Portfolio, asked: AskedBody) -> Iterator[AboutRow]:
    """The opening sheet, for somebody who has never seen such a file."""
    district = with_article(str(portfolio.settings["district_name"]))
    yield AboutRow((f"{asked.round_name}: {asked.name}",), bold=True)
    yield AboutRow(
        (f"{district} fragt, was für die Integration gebraucht wird. Stand: {day(asked.sent_on)}.",)
    )
    yield AboutRow((f"Bitte zurück bis {day(asked.due)} an {envelopes.back(asked.mailbox)}.",))
    yield AboutRow(())
    yield AboutRow(("Was ist zu tun?",), bold=True)
    titles = listing([f"»{title}«" for title in TITLES.values()])
    for sentence in (
        f"1. Bitte gehen Sie auf den Blättern {titles} jede Zeile durch.",
        "2. Wird etwas gebraucht: in der Spalte »Bedarf?« »ja« wählen und die Zeile ausfüllen.",
        "3. Wird nichts gebraucht: »nein« wählen. Auch das ist eine Antwort.",
        "4. Können Sie es nicht sagen: »nicht bekannt« wählen.",
        "5. Wird zu einer Aufgabe Verschiedenes gebraucht: die Aufgabe unten in einer freien Zeile noch "
        "einmal wählen und ausfüllen.",
        "Was Sie zuletzt geantwortet haben, ist eingetragen; es gilt erst, wenn Sie »Bedarf?« wählen.",
        "Die grauen Spalten gehören dem Programm. Sie sind ohne Kennwort geschützt; bitte nicht ändern.",
        "Mehrere Zielgruppen stehen mit Semikolon nebeneinander, z. B. Asylsuchende; Frauen.",
        "Bitte nennen Sie Funktionen, keine Namen von Personen.",
        "Sie müssen nicht alles auf einmal ausfüllen: Was offen bleibt, können Sie nachreichen.",
    ):
        yield AboutRow((sentence,))
    yield AboutRow(())
    yield AboutRow((f"{TOKEN_LINE} {asked.token}",))
