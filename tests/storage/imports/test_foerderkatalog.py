"""The Förderkatalog in both generations: which projects are ours, and known again by FKZ."""

import random
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from steering.exchange import foerderkatalog
from steering.exchange.import_reports import refused_workbook
from steering.exchange.incoming_files import FileRefused, IncomingFile
from steering.model import EndKind, Level
from steering.storage import reading
from steering.storage.imports import importing
from tests.exchange.files import saved
from tests.storage.conftest import AHORN, NEUSTADT, WHO

OLD = (
    "FKZ;Ressort;Referat;PT;Arb.-Einh.;Zuwendungsempfänger;Gemeindekennziffer;Stadt/Gemeinde;Ort;Bundesland;Staat;"
    "Ausführende Stelle;Gemeindekennziffer;Stadt/Gemeinde;Ort;Bundesland;Staat;Thema;Leistungsplansystematik;"
    "Klartext Leistungsplansystematik;Laufzeit von;Laufzeit bis;Fördersumme in EUR;Förderprofil;"
    "Verbundprojekt;Förderart"
)
RENAMED = {
    "PT": "Administrierende Stelle",
    "Zuwendungsempfänger": "Förderempfänger /Auftragnehmer",
    "Thema": "Thema des geförderten Vorhabens",
    "Fördersumme in EUR": "Förder- / Auftragssumme (Anteil des Bundes) in EUR",
    "Verbundprojekt": "Projekt",
}
NEW = ";".join(RENAMED.get(heading, heading) for heading in OLD.split(";"))
BERLIN = "11000000"


def line(fkz: str = "01AB1234", amount: str = "583.639,00", **said: str) -> str:
    """A row as the catalogue writes it: everything but the amount in ="…", and a sign at the end."""
    seat = said.get("seat", AHORN)
    town = said.get("town", "Ahorn")
    theme = said.get("theme", "Ankommen; Bleiben")
    cells = [
        fkz, "BMFSFJ", "504", "gsub", "", said.get("recipient", "Caritas"), said.get("recipient_seat", seat),
        town, town, "Bayern", "Deutschland", said.get("body", "Caritas"), seat, town, town, "Bayern",
        "Deutschland",
        theme, "AA", "Zusammenhalt", said.get("start", "01.01.2026"), said.get("end", "31.12.2028"), amount,
        "Technologie", said.get("joint", ""), "Zuschuss",
    ]  # fmt: skip
    return "".join(f"{cell};" if at == 22 else f'="{cell}";' for at, cell in enumerate(cells))


def catalogue(*lines: str, head: str = OLD, encoding: str = "cp1252") -> IncomingFile:
    heading = "".join(f'="{cell}";' for cell in head.split(";"))
    return IncomingFile("foerderkatalog.csv", "\r\n".join([heading, *lines, ""]).encode(encoding))


def proposal(engine, file: IncomingFile):
    portfolio = reading.portfolio(engine)
    return importing.propose(engine, portfolio, foerderkatalog.read(file, portfolio, "09473"))


@pytest.mark.parametrize("head", [OLD, NEW], ids=["old", "new"])
@pytest.mark.parametrize("encoding", ["cp1252", "iso8859-15", "utf-8-sig"])
def test_a_project_becomes_a_structure_with_its_funding(engine, head, encoding):
    found = proposal(engine, catalogue(line(theme="Für Mädchen; in Ahorn"), head=head, encoding=encoding))
    importing.take_over(engine, found, **WHO)
    now = reading.portfolio(engine)
    structure = now.structures.iloc[-1]
    assert (structure["name"], structure["seat_ags"]) == ("Für Mädchen; in Ahorn", AHORN)
    assert structure["organisation_id"] == 3  # the Caritas that is recorded
    funding = now.fundings.iloc[-1]
    assert funding["structure_id"] == structure["id"]
    assert (funding["notice_reference"], funding["payer_name"]) == ("01AB1234", "BMFSFJ")
    assert (funding["amount_cents"], str(funding["end"])[:10]) == (58_363_900, "2028-12-31")
    assert funding["end_kind"] == EndKind.FIXED
    assert "FKZ 01AB1234" in funding["source"]


def test_rows_elsewhere_are_set_apart_and_the_recipients_seat_counts_too(engine):
    rows = [
        line("A1"),
        line("B2", seat=BERLIN, town="Berlin"),
        line("C3", seat=BERLIN, town="Berlin", recipient_seat=NEUSTADT),
        line("D4", seat=AHORN.lstrip("0")),
    ]
    found = proposal(engine, catalogue(*rows))
    assert [str(row.outcome) for row in found.rows] == ["new", "outside", "new", "new"]
    assert found.rows[1].row.outside == "Berlin"
    report = found.report()
    assert (report["rows"], report["new"], report["outside"]) == (4, 3, 1)


def test_a_sum_of_zero_is_unknown_and_never_nothing(engine):
    importing.take_over(engine, proposal(engine, catalogue(line(amount="0,00"))), **WHO)
    funding = reading.portfolio(engine).fundings.iloc[-1]
    assert str(funding["amount_cents"]) == "<NA>"
    assert funding["amount_basis"] == "unknown"


def test_a_later_download_is_known_again_by_its_fkz(engine):
    importing.take_over(engine, proposal(engine, catalogue(line())), **WHO)
    assert [str(row.outcome) for row in proposal(engine, catalogue(line())).rows] == ["unchanged"]
    later = proposal(engine, catalogue(line("01ab 1234", end="31.03.2029", theme="Anders genannt"), head=NEW))
    (row,) = later.rows
    assert {each.field for each in row.differences} == {"end", "approved_until"}
    structures = len(reading.portfolio(engine).structures)
    importing.take_over(engine, later, **WHO)
    now = reading.portfolio(engine)
    assert len(now.structures) == structures
    assert now.structures.iloc[-1]["name"] == "Ankommen; Bleiben"
    assert str(now.fundings.iloc[-1]["end"])[:10] == "2029-03-31"


def test_a_new_carrier_is_made_once_with_a_level_from_its_name(engine):
    rows = [line("A1", body="Stadt Neustadt"), line("B2", body="Stadt Neustadt")]
    importing.take_over(engine, proposal(engine, catalogue(*rows)), **WHO)
    made = reading.portfolio(engine).organisations
    assert made.loc[made["name"] == "Stadt Neustadt", "level"].tolist() == [Level.MUNICIPAL]


def test_a_long_theme_is_cut_and_kept_whole_in_the_note(engine):
    theme = "Wort " * 60
    importing.take_over(engine, proposal(engine, catalogue(line(theme=theme))), **WHO)
    structure = reading.portfolio(engine).structures.iloc[-1]
    assert len(structure["name"]) <= 200
    assert structure["name"].endswith("Wort …")
    assert theme.strip() in structure["note"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (line(start="bald"), "Laufzeit von"),
        (line(end="31.02.2027"), "Laufzeit bis"),
        (line(end="31.12.2024"), "Laufzeit bis"),
        (line(amount="viel"), "Fördersumme in EUR"),
        (line(fkz=""), "FKZ"),
        (line(body="", recipient=""), "Ausführende Stelle"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_column(engine, row, column):
    found = proposal(engine, catalogue(row, line("Z9")))
    assert [str(each.outcome) for each in found.rows] == ["refused", "new"]
    assert column in {refusal.column for refusal in found.refusals()}


def test_refused_projects_come_back_from_a_workbook_once_corrected(engine):
    rows = [line("A1", start="bald"), line("B2", theme="Gut; so")]
    found = proposal(engine, catalogue(*rows, head=NEW))
    book = load_workbook(BytesIO(refused_workbook(found)))
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert [each.removesuffix(" (2)") for each in headings[:26]] == NEW.split(";")
    sheet.cell(2, headings.index("Laufzeit von") + 1).value = date(2026, 1, 1)
    again = proposal(engine, IncomingFile("abgewiesen.xlsx", saved(book)))
    assert [str(each.outcome) for each in again.rows] == ["new"]
    importing.take_over(engine, again, **WHO)
    funding = reading.portfolio(engine).fundings.iloc[-1]
    assert (funding["amount_cents"], str(funding["start"])[:10]) == (58_363_900, "2026-01-01")


def test_only_chosen_projects_are_read_and_what_is_not_there_is_said(engine):
    portfolio = reading.portfolio(engine)
    found = foerderkatalog.read(
        catalogue(line("A1"), line("B2"), line("C3")), portfolio, "09473", ["b 2", "X9"]
    )
    assert [row.cells["FKZ"] for row in found.rows] == ["B2"]
    assert any("X9" in note for note in found.notes)


def test_another_kreis_is_chosen_by_its_key(engine):
    portfolio = reading.portfolio(engine)
    found = foerderkatalog.read(
        catalogue(line("A1"), line("B2", seat=BERLIN, town="Berlin")), portfolio, "11000"
    )
    assert [row.outside for row in found.rows] == ["Ahorn", ""]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "keine Spalte"),
        (b"Name;Ort\nA;B\n", "keine Spalte »FKZ«"),
        (b"FKZ;Ressort;Thema\n1;2;3\n", "nicht alle Spalten"),
        (OLD.replace("Gemeindekennziffer", "X").encode("cp1252"), "Gemeindekennziffer (zweimal)"),
    ],
)
def test_another_file_is_refused_with_a_remedy(engine, content, said):
    with pytest.raises(FileRefused) as refused:
        foerderkatalog.read(IncomingFile("liste.csv", content), reading.portfolio(engine), "09473")
    assert said in str(refused.value)
    assert "»liste.csv«" in str(refused.value)
    assert "Bitte" in str(refused.value)


def test_a_mutated_file_is_read_or_refused_in_words(engine):
    form = catalogue(*(line(f"F{number}") for number in range(5))).content
    portfolio = reading.portfolio(engine)
    chance = random.Random(3)
    for _ in range(60):
        content = bytearray(form)
        for _ in range(chance.choice([1, 10, 100])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        said = outcome(engine, portfolio, bytes(content))
        assert said == "read" or "»x.csv«" in said


def outcome(engine, portfolio, content: bytes) -> str:
    try:
        found = foerderkatalog.read(IncomingFile("x.csv", content), portfolio, "09473")
    except FileRefused as refused:
        return str(refused)
    importing.propose(engine, portfolio, found)
    return "read"
