"""Header rows of lists that the EU, Bund, Länder and municipalities publish, each assigned without a hand."""

from __future__ import annotations

from datetime import date

import pytest

from steering.analysis.incoming.lists.meanings import Meaning
from steering.analysis.incoming.lists.wording import wording
from steering.exchange.incoming_files import received
from steering.exchange.lists import lists
from tests.exchange.files import workbook
from tests.exchange.lists_read import CASES, KNOWN

CELLS = {
    "name": "Treff A", "organisation": "Verein A", "start": "01.01.2025", "end": "31.12.2027",
    "period": "01.01.2025 - 31.12.2027", "amount": "12.000,50 €", "share": "50 %", "postcode": "96482",
    "municipality": "Ahorn", "seat": "Ahorn", "district": "Coburg", "ags": "09473112", "note": "Ein Treff.",
    "programme": "BIR", "funder": "Land", "task": "Sprachkurse", "target_groups": "Frauen", "kind": "Projekt",
    "fte": "0,5", "places": "20",
}  # fmt: skip


def _headers() -> dict[str, list[tuple[str, str]]]:
    """The header rows by whose they are: (heading, meaning) each."""
    text = (CASES.parent / "list_headers.txt").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, str]]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            columns = found.setdefault(line.strip("[]"), [])
        elif " = " in line:
            heading, _, meaning = line.rpartition(" = ")
            columns.append((heading.replace("↵", "\n"), meaning))
    return found


HEADERS = _headers()


@pytest.mark.parametrize("columns", HEADERS.values(), ids=list(HEADERS))
def test_a_header_that_authorities_use_needs_no_hand(columns):
    head = [heading for heading, _ in columns]
    row = [CELLS.get(meaning, "DE-1") for _, meaning in columns]
    content = workbook([["Liste der Vorhaben"], head, row, row])
    (mapping,) = lists.look_into(received("liste.xlsx", content), KNOWN, {}).mappings
    wanted = {" ".join(heading.split()): meaning for heading, meaning in columns if meaning != "-"}
    assert dict(mapping.columns) == wanted


def test_days_and_amounts_under_other_headings_are_asked_about_or_left_out():
    head = ["Träger", "Projekt", "Ende", "Ende (alt)", "Bescheid vom", "Gesehen", "Zuwendung 2026", "Kaution"]
    row = [
        "A",
        "B",
        date(2027, 12, 31),
        date(2026, 1, 1),
        date(2025, 1, 1),
        date(2025, 2, 1),
        "5,00 €",
        "9,00 €",
    ]
    found = lists.look_into(received("liste.xlsx", workbook([head, row, row])), KNOWN, {})
    assert set(found.mappings[0].columns) == {"Träger", "Projekt", "Ende"}
    asked = {question.heading: question.meanings for question in found.questions[0]}
    assert asked == {"Gesehen": (Meaning.START,), "Zuwendung 2026": (Meaning.AMOUNT,)}


@pytest.mark.parametrize(
    "heading",
    ["Zuletzt geprüft", "Gegründet", "Bescheid vom", "last_modified", "Verwendungsnachweis", "Antrag bis",
     "Ende (alt)", "Stand", "Datum der letzten Aktualisierung", "Jahr der Bewilligung", "Erfasst am",
     "Kündigungsfrist", "Nächste Prüfung", "Vertragsabschluss", "Geburtsdatum"],
)  # fmt: skip
def test_other_days_are_neither_begin_nor_end(heading):
    found = wording(heading)
    assert not {Meaning.START, Meaning.END, Meaning.PERIOD} & (set(found.steps) - found.against)


@pytest.mark.parametrize(
    "heading",
    ["Beantragt", "Betrag (beantragt)", "Eigenanteil", "Kaution", "Ausgezahlt", "Restbetrag", "Betrag (alt)",
     "Kosten pro Monat", "Betrag je Teilnehmer", "Bei Abschluss gezahlte Gesamtbeträge", "Teilnehmerbeitrag",
     "Förderung Vorjahr", "Rückforderung"],
)  # fmt: skip
def test_other_amounts_are_not_what_was_granted(heading):
    found = wording(heading)
    assert Meaning.AMOUNT not in found.steps or Meaning.AMOUNT in found.against


@pytest.mark.parametrize("unit", ["in T€", "T€", "in T-EUR", "T. €", "in Tausend Euro", "in k€", "in 1.000 €",
                                  "T€/Jahr", "in T€ pro Jahr", "in Millionen Euro"])  # fmt: skip
@pytest.mark.parametrize("what", ["Betrag", "Zuwendung", "Fördersumme"])
def test_in_how_many_euros_amounts_count_leaves_no_doubt_what_they_are(what, unit):
    found = wording(f"{what} {unit}")
    assert found.known
    assert set(found.steps) == {Meaning.AMOUNT}


@pytest.mark.parametrize("heading", ["Art der Förderung", "Typ der Förderung", "Art der Bewilligung"])
def test_what_money_is_given_as_is_no_kind_of_structure(heading):
    content = workbook([["Träger", "Projekt", heading], *[["A", "B", "Anteilsfinanzierung"]] * 6])
    (mapping,) = lists.look_into(received("a.xlsx", content), KNOWN, {}).mappings
    assert set(mapping.columns) == {"Träger", "Projekt"}


@pytest.mark.parametrize(
    ("cells", "meaning"),
    [(["BIR III (80 %)", "keine", "Integrationspauschale"], Meaning.PROGRAMME),
     (["12.000 €", "ca. 8 Tausend oder so", "9.000"], Meaning.AMOUNT)],
)  # fmt: skip
def test_a_heading_of_two_senses_has_the_one_of_its_cells_however_few(cells, meaning):
    content = workbook([["Träger", "Projekt", "Förderung"], *[["A", f"B{said}", said] for said in cells]])
    (mapping,) = lists.look_into(received("a.xlsx", content), KNOWN, {}).mappings
    assert mapping.columns["Förderung"] == meaning
