"""The page Daten takes files in: each box of the preview, and the way back."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from datetime import date
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from steering.exchange import import_reports
from steering.model import AmountBasis
from steering.storage import reading
from steering.storage.backups import copies
from steering.storage.imports import remembering
from tests.exchange.files import saved, workbook, workbook_of
from tests.exchange.test_incoming_files import HOSTILE
from tests.storage.imports.test_foerderkatalog import NEW, catalogue, line

HEAD = ["Name", "Träger", "Gemeinde", "Ende", "VZÄ"]


def csv(*rows: list[str]) -> bytes:
    return "\n".join(";".join(row) for row in rows).encode()


class Import:
    """The section of the page that takes one kind of file."""

    def __init__(self, screen, section: str) -> None:
        self.screen = screen("Daten und Einstellungen")
        self.app = self.screen.app
        self.app.session_state["data section"] = section
        self.app.run()

    def upload(self, name: str, content: bytes, key: str) -> None:
        self.app.file_uploader(key=f"{key} file").set_value((name, content, "text/csv")).run()
        assert not self.app.exception

    def headings(self) -> list[str]:
        return [each.value for each in self.app.subheader]

    def shown(self, title: str):
        """The table below a heading of the preview."""
        at = next(number for number, name in enumerate(self.headings()) if name.startswith(title))
        return self.app.dataframe[at]

    def table(self, title: str) -> pd.DataFrame:
        """Its rows."""
        return self.shown(title).value

    def tick(self, title: str, **rows: bool) -> None:
        """Set the boxes of rows (r0, r1 …) below a heading, as a click in the browser would."""
        key = self.shown(title).proto.id.split("-", 2)[2]
        edited = {int(row[1:]): {"Übernehmen": taken} for row, taken in rows.items()}
        self.app.session_state[key] = {"edited_rows": edited, "added_rows": [], "deleted_rows": []}
        self.app.run()

    def structures(self) -> set[str]:
        return set(reading.portfolio(self.screen.engine).structures["name"])


@pytest.fixture
def listed(screen):
    return Import(screen, "Liste einlesen")


def test_every_row_stands_in_its_box_and_nothing_is_written_yet(listed):
    before = reading.revision(listed.screen.engine)
    rows = [
        ["Nähtreff", "Nachbarschaft Ahorn", "Ahorn", "31.12.2027", "0,5"],
        ["Integrationslotsin", "Nachbarschaft Ahorn", "Ahorn", "", ""],
        ["Fahrdienst", "Nachbarschaft Ahorn", "Bamberg", "", ""],
        ["Kochtreff", "", "Ahorn", "", ""],
        ["Radtreff", "Nachbarschaft Ahorn", "Ahorn", "bald", ""],
    ]
    listed.upload("liste.csv", csv(HEAD, *rows), "list")
    assert listed.headings() == [
        "Neu (1)", "Vielleicht schon erfasst (1)", "Außerhalb des Landkreises (1)", "Abgewiesen (2)",
    ]  # fmt: skip
    assert listed.table("Vielleicht")["Ähnlich"].tolist() == ["Integrationslotsen"]
    refused = listed.table("Abgewiesen")
    assert refused[["Zeile", "Spalte", "Wert"]].to_numpy().tolist() == [
        [5, "Träger", ""],
        [6, "Ende", "bald"],
    ]
    assert listed.table("Neu")["Übernehmen"].tolist() == [True]
    assert listed.table("Vielleicht")["Übernehmen"].tolist() == [False]
    assert reading.revision(listed.screen.engine) == before


def test_what_is_ticked_is_taken_over_and_taken_back(listed):
    before = listed.structures()
    rows = [
        ["Nähtreff", "Nachbarschaft Ahorn", "Ahorn", "", ""],
        ["Radtreff", "Nachbarschaft Ahorn", "Ahorn", "", ""],
        ["Fahrdienst", "Nachbarschaft Ahorn", "Bamberg", "", ""],
    ]
    listed.upload("liste.csv", csv(HEAD, *rows), "list")
    listed.tick("Neu", r1=False)
    listed.tick("Außerhalb des Landkreises", r0=True)
    listed.screen.click("2 Zeilen übernehmen")
    assert not listed.app.exception
    assert listed.structures() == before | {"Nähtreff", "Fahrdienst"}
    assert "2 Zeilen aus »liste.csv« übernommen." in listed.screen.texts
    copied = "Sicherung davor: steering-vor-einlesen-" in listed.screen.texts
    assert copied == copies.possible(listed.screen.url)
    listed.screen.click("Einlesen rückgängig machen")
    assert listed.structures() == before


def test_after_an_import_nothing_says_that_nothing_was_written(listed):
    rows = [
        ["Nähtreff", "Nachbarschaft Ahorn", "Ahorn", "", ""],
        ["Fahrdienst", "Nachbarschaft Ahorn", "Bamberg", "", ""],
    ]
    listed.upload("liste.csv", csv(HEAD, *rows), "list")
    assert "Geschrieben ist noch nichts." in listed.screen.texts
    listed.screen.click("1 Zeile übernehmen")
    assert "1 Zeile aus »liste.csv« übernommen." in listed.screen.texts
    assert "Geschrieben ist noch nichts." not in listed.screen.texts
    assert "1 unverändert, 1 außerhalb des Landkreises" in listed.screen.texts
    assert "1 Zeile ist noch nicht übernommen." in listed.screen.texts


def test_the_preview_says_where_every_amount_of_the_file_goes(listed):
    head = ["Name", "Träger", "Gemeinde", "Programm", "Betrag"]
    rows = [["Nähtreff", "Verein", "Ahorn", "Spende", "1.000"], ["Kochtreff", "", "Ahorn", "Spende", "30"]]
    listed.upload("a.csv", csv(head, *rows), "list")
    said = "Beträge der Datei: 1.030 €, davon 1.000 € neu, 30 € in abgewiesenen Zeilen."
    assert said in listed.screen.texts


def test_a_row_that_is_recorded_under_another_name_changes_the_recorded_one_field_by_field(listed):
    before = listed.structures()
    head = ["Name", "Träger", "Gemeinde", "Sitz", "VZÄ"]
    lotsin = ["Integrationslotsin", "Nachbarschaft Ahorn", "Ahorn", "Ahorn", "3"]
    listed.upload("a.csv", csv(head, lotsin, ["Nähtreff", "Nachbarschaft Ahorn", "Ahorn", "", ""]), "list")
    (same,) = [each for each in listed.app.multiselect if each.label == "Was schon erfasst ist"]
    (label,) = [each for each in same.options if each.replace("\\", "").endswith("ist »Integrationslotsen«")]
    same.select(label).run()
    assert listed.headings()[0] == "Neu (1)"
    assert not any(each.startswith("Vielleicht") for each in listed.headings())
    told = listed.table("Angaben zu schon Erfasstem")
    fields = told["Angabe"].tolist()
    told = told.set_index("Angabe")
    assert told.loc["Träger", "Laut Liste"] == "Nachbarschaft Ahorn"
    assert told.loc["VZÄ", ["Übernehmen", "Erfasst", "Laut Liste"]].tolist() == [True, "leer", "3"]
    assert told["Übernehmen"].tolist() == [each == "leer" for each in told["Erfasst"]]
    assert not told["Übernehmen"].all()
    ticked = {f"r{fields.index('Träger')}": True, f"r{fields.index('VZÄ')}": False}
    listed.tick("Angaben zu schon Erfasstem", **ticked)
    listed.screen.click("2 Zeilen übernehmen")
    assert not listed.app.exception
    assert listed.structures() == before | {"Nähtreff"}
    now = reading.portfolio(listed.screen.engine)
    carriers = now.organisations.set_index("name")["id"]
    changed = now.structures.set_index("name").loc["Integrationslotsen"]
    assert (changed["organisation_id"], changed["fte"] != 3) == (carriers["Nachbarschaft Ahorn"], True)
    listed.screen.click("Einlesen rückgängig machen")
    assert listed.structures() == before
    assert "Nachbarschaft Ahorn" not in set(reading.portfolio(listed.screen.engine).organisations["name"])


def test_a_change_is_shown_field_by_field(listed):
    row = ["Nähtreff", "Nachbarschaft Ahorn", "Ahorn", "31.12.2027", "0,5"]
    listed.upload("a.csv", csv(HEAD, row), "list")
    listed.screen.click("1 Zeile übernehmen")
    listed.upload("b.csv", csv(HEAD, [*row[:3], "30.06.2028", "1"]), "list")
    (words,) = listed.table("Geändert")["Änderungen"]
    assert "0,5 → 1" in words
    assert "31.12.2027 → 30.06.2028" in words


def test_columns_are_corrected_kept_and_proposed_again(listed):
    odd = csv(["Was", "Wer", "Wo"], ["Nähtreff", "Helferkreis", "Ahorn"])
    listed.upload("a.csv", odd, "list")
    (header,) = [each for each in listed.app.checkbox if each.label.startswith("Die erste Zeile")]
    header.set_value(True).run()
    assert "Bitte oben je eine Spalte" in listed.screen.texts
    assert "könnte nach ihren Zellen »Gemeinde oder Gebiet« sein" in listed.screen.texts
    for heading, meaning in (("Was", "name"), ("Wer", "organisation"), ("»Wo« ist", "municipality")):
        listed.screen.choice(heading).set_value(meaning).run()
    assert listed.headings() == ["Neu (1)"]
    listed.screen.click("1 Zeile übernehmen")
    assert len(remembering.remembered(listed.screen.engine)) == 1
    listed.upload("b.csv", odd.replace("Nähtreff".encode(), b"Kochtreff"), "list")
    assert listed.headings() == ["Neu (1)"]
    assert any("wie beim letzten Mal" in each.value for each in listed.app.markdown)


def test_a_column_that_is_not_certain_is_asked_about_and_not_read_before(listed):
    listed.upload("a.csv", csv([*HEAD[:3], "Gesehen"], ["Nähtreff", "Verein", "Ahorn", "31.12.2027"]), "list")
    assert "1 Spalte ist nicht sicher" in [each.label for each in listed.app.expander]
    assert "Die Spalte »Gesehen« könnte nach ihren Zellen »Ende« und »Beginn« sein" in listed.screen.texts
    listed.screen.choice("»Gesehen« ist").set_value("end").run()
    listed.screen.click("1 Zeile übernehmen")
    made = reading.portfolio(listed.screen.engine).structures.set_index("name").loc["Nähtreff"]
    assert made["valid_until"].date() == date(2027, 12, 31)


def test_a_carrier_that_no_column_names_is_asked_for_once(listed):
    listed.upload(
        "a.csv", csv(["Projekt", "Gemeinde"], ["Nähtreff", "Ahorn"], ["Kochtreff", "Ahorn"]), "list"
    )
    assert listed.headings() == []
    known = reading.portfolio(listed.screen.engine).organisations
    listed.screen.choice("Träger aller Zeilen").set_value(known["name"].iloc[0]).run()
    assert listed.headings() == ["Neu (2)"]
    listed.screen.click("2 Zeilen übernehmen")
    made = reading.portfolio(listed.screen.engine).structures.set_index("name").loc[["Nähtreff", "Kochtreff"]]
    assert set(made["organisation_id"]) == {known["id"].iloc[0]}
    assert "fixed" not in "".join(remembering.remembered(listed.screen.engine).values())


STRUCTURES = [["Projekt", "Träger", "Gemeinde"], ["Nähtreff", "Verein", "Ahorn"]]
PERSONS = [["Name", "Telefon"], ["Frau Muster", "09561 1"], ["Herr Beispiel", "09561 2"]]


def _sheets(listed) -> dict[str, bool]:
    return {each.label: each.value for each in listed.app.checkbox if each.label.endswith(" einlesen")}


def test_a_sheet_of_persons_beside_a_list_is_left_out_unless_somebody_wants_it(listed):
    content = workbook_of({"Liste": STRUCTURES, "Intern": PERSONS})
    listed.upload("a.xlsx", content, "list")
    assert _sheets(listed) == {"Blatt »Liste« einlesen": True, "Blatt »Intern« einlesen": False}
    assert listed.headings() == ["Neu (1)"]
    assert "Blatt »Intern«: Nicht eingelesen." in listed.screen.texts
    box = next(each for each in listed.app.checkbox if each.label.startswith("Blatt »Intern«"))
    box.set_value(True).run()
    assert "Blatt »Intern«: Bitte oben je eine Spalte für den Namen" in listed.screen.texts
    assert "Blatt »Intern«: Gelesen wird »Name« = Name der Struktur." in listed.screen.texts
    listed.screen.choice("Name").select_index(0).run()
    assert "Blatt »Intern«: Gelesen wird noch keine Spalte." in listed.screen.texts
    box = next(each for each in listed.app.checkbox if each.label.startswith("Blatt »Intern«"))
    box.set_value(False).run()
    listed.screen.click("1 Zeile übernehmen")
    assert not {"Frau Muster", "Herr Beispiel"} & listed.structures()


def test_a_sheet_without_carriers_that_tells_of_structures_is_read_or_left_out_as_chosen(listed):
    second = [["Projekt", "Gemeinde"], ["Kochtreff", "Ahorn"]]
    listed.upload("a.xlsx", workbook_of({"2026": STRUCTURES, "2027": second}), "list")
    assert _sheets(listed) == {"Blatt »2026« einlesen": True, "Blatt »2027« einlesen": True}
    assert "Blatt »2027«: Bitte oben je eine Spalte" in listed.screen.texts
    assert any(each.label == "Träger aller Zeilen von Blatt »2027«" for each in listed.app.selectbox)
    next(each for each in listed.app.checkbox if each.label.startswith("Blatt »2027«")).set_value(False).run()
    assert listed.headings() == ["Neu (1)"]
    next(each for each in listed.app.checkbox if each.label.startswith("Blatt »2026«")).set_value(False).run()
    assert "Bitte oben wenigstens ein Blatt zum Einlesen wählen." in listed.screen.texts


def _away_and_back(listed) -> None:
    """To another page, back, and to another section of it and back."""
    listed.screen.open("Masterplan")
    listed.screen.open("Daten und Einstellungen")
    for section in ("Export", "Liste einlesen"):
        listed.app.session_state["data section"] = section
        listed.app.run()
    assert not listed.app.exception


def test_a_list_and_what_was_decided_on_it_are_there_again_after_another_page(listed):
    odd = csv(
        ["Was", "Wer", "Wo", "Zuschuss"],
        ["Nähtreff", "Helferkreis", "Ahorn", "30.000,00 €"],
        ["Kochtreff", "Helferkreis", "Ahorn", "20.000,00 €"],
    )
    listed.upload("a.csv", odd, "list")
    for heading, meaning in (("Was", "name"), ("Wer", "organisation"), ("»Wo« ist", "municipality")):
        listed.screen.choice(heading).set_value(meaning).run()
    (basis,) = [each for each in listed.app.radio if each.label.startswith("Beträge in")]
    basis.set_value(AmountBasis.PER_YEAR).run()
    listed.tick("Neu", r1=False)
    _away_and_back(listed)
    assert "»a.csv« ist noch gewählt." in listed.screen.texts
    assert listed.headings() == ["Neu (2)"]
    assert listed.table("Neu")["Übernehmen"].tolist() == [True, False]
    listed.screen.click("1 Zeile übernehmen")
    assert _money(listed.screen, "Nähtreff")["amount_basis"] == "per_year"


def test_the_same_file_chosen_again_has_the_same_decisions_however_far_they_had_come(listed):
    odd = csv(["Projekt", "Gemeinde", "Was"], ["Nähtreff", "Ahorn", "offen"])
    listed.upload("a.csv", odd, "list")
    listed.screen.choice("Was").set_value("note").run()
    listed.upload("b.csv", csv(HEAD, ["Kochtreff", "Verein", "Ahorn", "", ""]), "list")
    listed.upload("a.csv", odd, "list")
    assert listed.screen.choice("Was").value == "note"


def test_a_file_taken_out_of_its_field_is_gone_and_so_is_one_wholly_taken_over(listed):
    content = csv(HEAD, ["Nähtreff", "Verein", "Ahorn", "", ""])
    listed.upload("a.csv", content, "list")
    listed.app.file_uploader(key="list file").set_value(None).run()
    _away_and_back(listed)
    assert listed.headings() == []
    listed.upload("a.csv", content, "list")
    _away_and_back(listed)
    fields = listed.app.session_state["file fields"]
    assert fields.held == len(content)
    listed.screen.click("Datei entfernen")
    assert listed.headings() == []
    assert fields.held == 0
    listed.upload("a.csv", content, "list")
    listed.screen.click("1 Zeile übernehmen")
    _away_and_back(listed)
    assert "ist noch gewählt" not in listed.screen.texts
    assert "1 Zeile aus »a.csv« übernommen." in listed.screen.texts


def test_a_saved_mapping_is_loaded_and_one_for_other_columns_is_refused(listed):
    listed.upload("a.csv", csv(["Was", "Wer"], ["Nähtreff", "Helferkreis"]), "list")
    fits = b'[columns]\n"Was" = "name"\n"Wer" = "organisation"\n'
    listed.app.file_uploader(key="list mapping file").set_value(("z.toml", fits, "text/plain")).run()
    assert listed.headings() == ["Neu (1)"]
    other = b'[columns]\n"Projekt" = "name"\n'
    listed.app.file_uploader(key="list mapping file").set_value(("x.toml", other, "text/plain")).run()
    assert "»x.toml« gehört zu anderen Spalten" in listed.screen.texts
    assert listed.headings() == []
    listed.app.file_uploader(key="list mapping file").set_value(("y.toml", b"kein", "text/plain")).run()
    assert "»y.toml« lässt sich nicht lesen" in listed.screen.texts


def test_the_order_of_day_and_month_is_shown_and_can_be_switched(listed):
    listed.upload("a.csv", csv(HEAD, ["Nähtreff", "Verein", "Ahorn", "03/04/2027", ""]), "list")
    assert "»03/04/2027« wird als Tag/Monat/Jahr gelesen" in listed.screen.texts
    (order,) = [each for each in listed.app.radio if each.label.startswith("Reihenfolge")]
    order.set_value("mdy").run()
    listed.screen.click("1 Zeile übernehmen")
    made = reading.portfolio(listed.screen.engine).structures.set_index("name").loc["Nähtreff"]
    assert made["valid_until"].date() == date(2027, 3, 4)


def _money(screen, name: str) -> pd.Series:
    """The recorded funding of the structure of that name."""
    money = reading.portfolio(screen.engine).fundings
    return money.loc[money["structure_id"] == screen.id_of(name)].iloc[0]


@pytest.mark.parametrize(
    ("heading", "read_as", "said"),
    [
        ("Fördersumme €/Jahr", "per_year", "werden als »je Jahr« gelesen"),
        ("Fördersumme", "total", "werden als »insgesamt« gelesen"),
        ("Zuschuss", "unknown", ""),
    ],
)
def test_what_amounts_refer_to_is_shown_or_asked_and_can_be_switched(listed, heading, read_as, said):
    head = [*HEAD[:4], "Programm", heading]
    row = ["Nähtreff", "Verein", "Ahorn", "31.12.2027", "BIR", "30.000"]
    listed.upload("a.csv", csv(head, row), "list")
    shown = f"Spalte »{heading}«: Die Beträge {said}"
    assert (shown in listed.screen.texts) == bool(said)
    (asked,) = [each for each in listed.app.radio if each.label.startswith("Beträge in")]
    assert asked.value == read_as
    listed.screen.click("1 Zeile übernehmen")
    assert _money(listed.screen, "Nähtreff")["amount_basis"] == read_as


def test_what_somebody_says_of_amounts_is_taken_over_and_proposed_again(listed):
    head = [*HEAD[:4], "Programm", "Zuschuss"]
    rows = [[name, "Verein", "Ahorn", "31.12.2027", "BIR", "30.000"] for name in ("Nähtreff", "Kochtreff")]
    listed.upload("a.csv", csv(head, rows[0]), "list")
    (asked,) = [each for each in listed.app.radio if each.label.startswith("Beträge in")]
    asked.set_value(AmountBasis.PER_YEAR).run()
    listed.screen.click("1 Zeile übernehmen")
    assert _money(listed.screen, "Nähtreff")["amount_basis"] == "per_year"
    listed.upload("b.csv", csv(head, rows[1]), "list")
    assert "Spalte »Zuschuss«: Die Beträge werden als »je Jahr« gelesen" in listed.screen.texts
    listed.screen.click("1 Zeile übernehmen")
    assert _money(listed.screen, "Kochtreff")["amount_basis"] == "per_year"


def test_a_carrier_called_nearly_like_a_recorded_one_can_be_that_one(listed):
    known = reading.portfolio(listed.screen.engine).organisations["name"].tolist()
    name = next(each for each in known if len(each) > 20)
    listed.upload("a.csv", csv(HEAD, ["Nähtreff", name + "x", "Ahorn", "", ""]), "list")
    asked = next(each for each in listed.app.selectbox if each.label.startswith("Träger »"))
    assert asked.value == ""
    asked.set_value(name).run()
    listed.screen.click("1 Zeile übernehmen")
    now = reading.portfolio(listed.screen.engine)
    assert now.organisations["name"].tolist() == known
    made = now.structures.set_index("name").loc["Nähtreff"]
    assert now.organisations.set_index("id").loc[made["organisation_id"], "name"] == name


def test_an_abbreviation_is_proposed_as_the_task_it_stands_for(listed):
    head = ["Name", "Träger", "Gemeinde", "Aufgabe"]
    rows = [
        ["Beratung eins", "Nachbarschaft Ahorn", "Ahorn", "FIB"],
        ["Beratung zwei", "Nachbarschaft Ahorn", "Ahorn", "Migrationsberatung (MBE)"],
        ["Beratung drei", "Nachbarschaft Ahorn", "Ahorn", "Jugendsozialarbeit an Schulen"],
        ["Beratung vier", "Nachbarschaft Ahorn", "Ahorn", "Flüchtlingsberatung und Integration"],
    ]
    listed.upload("liste.csv", csv(head, *rows), "list")
    proposed = {box.label: box.value for box in listed.app.selectbox if box.label.startswith("Aufgabe »")}
    assert proposed["Aufgabe »FIB«"] == "Flüchtlings- und Integrationsberatung (FIB)"
    assert proposed["Aufgabe »Migrationsberatung \\(MBE\\)«"] == "Migrationsberatung für Erwachsene (MBE)"
    assert "Aufgabe »Jugendsozialarbeit an Schulen«" not in proposed, "else it is no longer called so exactly"
    assert all(proposed[label] == "" for label in proposed if "Flüchtlingsberatung und" in label)
    listed.screen.click("4 Zeilen übernehmen")
    now = reading.portfolio(listed.screen.engine)
    names = now.structures.set_index("id")["name"]
    tasks = now.responsibilities["task_id"].map(now.tasks.set_index("id")["name"])
    taken = dict(zip(now.responsibilities["structure_id"].map(names), tasks, strict=True))
    assert taken["Beratung eins"] == "Flüchtlings- und Integrationsberatung (FIB)"
    assert taken["Beratung zwei"] == "Migrationsberatung für Erwachsene (MBE)"


def test_an_abbreviation_may_be_said_to_stand_for_something_else(listed):
    head = ["Name", "Träger", "Gemeinde", "Aufgabe"]
    listed.upload("liste.csv", csv(head, ["Nähtreff", "Nachbarschaft Ahorn", "Ahorn", "FIB"]), "list")
    before = len(reading.portfolio(listed.screen.engine).responsibilities)
    next(box for box in listed.app.selectbox if box.label == "Aufgabe »FIB«").set_value("").run()
    listed.screen.click("1 Zeile übernehmen")
    now = reading.portfolio(listed.screen.engine)
    assert now.structures["name"].iloc[-1] == "Nähtreff"
    assert len(now.responsibilities) == before


def test_refused_rows_come_back_corrected(listed):
    sheets = {
        "Nord": [HEAD, ["A-Treff", "", "Ahorn", "", ""]],
        "Süd": [HEAD, ["B-Treff", "", "Ahorn", "", ""]],
    }
    listed.upload("liste.xlsx", workbook_of(sheets), "list")
    proposal = listed.app.session_state["list proposal"][1]
    book = load_workbook(io.BytesIO(import_reports.refused_workbook(proposal)))
    for title in ("Nord", "Süd"):
        book[title]["B2"] = "Verein"
    listed.upload("abgewiesene-zeilen.xlsx", saved(book), "list")
    assert listed.headings() == ["Neu (2)"]


@pytest.mark.parametrize("head", [None, NEW], ids=["old", "new"])
def test_federal_projects_are_chosen_one_by_one_and_known_again(screen, head):
    found = Import(screen, "Förderkatalog")
    options = {"head": head} if head else {}
    content = catalogue(line("A1"), line("B2", theme="Sprache lernen"), **options).content
    found.upload("katalog.csv", content, "foerderkatalog")
    new = found.table("Neu")
    assert new["FKZ"].tolist() == ["A1", "B2"]
    assert new["Fördersumme in EUR"].tolist() == ["583.639,00", "583.639,00"]
    assert new["Übernehmen"].tolist() == [False, False]
    found.tick("Neu", r1=True)
    found.screen.click("1 Zeile übernehmen")
    assert "Sprache lernen" in found.structures()
    assert "Ankommen; Bleiben" not in found.structures()
    later = catalogue(line("B2", end="31.12.2030"), **options).content
    found.upload("spaeter.csv", later, "foerderkatalog")
    assert "31.12.2028 → 31.12.2030" in found.table("Geändert")["Änderungen"].tolist()[0]


def test_another_kreis_is_chosen_by_gemeindekennziffer(screen):
    found = Import(screen, "Förderkatalog")
    found.upload(
        "katalog.csv", catalogue(line("A1", seat="11000000", town="Berlin")).content, "foerderkatalog"
    )
    assert found.headings() == ["Außerhalb des Landkreises (1)"]
    found.screen.choice("Kreis (nach der Gemeindekennziffer)").set_value("11000").run()
    assert found.headings() == ["Neu (1)"]


SECTIONS = {
    "list": "Liste einlesen",
    "workbook": "Arbeitsmappe",
    "foerderkatalog": "Förderkatalog",
    "municipalities": "Amtliche Register",
}
BAD = ("a PDF with another name", "an encrypted workbook", "a zip bomb", "macros",
       "an endless row", "a truncated workbook")  # fmt: skip


@pytest.mark.parametrize("key", SECTIONS)
def test_a_bad_file_is_a_sentence_on_the_page_and_the_page_goes_on(screen, key):
    found = Import(screen, SECTIONS[key])
    before = reading.revision(found.screen.engine)
    for what in BAD:
        found.upload("eingang.xlsx", HOSTILE[what][0], key)
        (said,) = [each.value.replace("\\", "") for each in found.app.error]
        assert "»eingang.xlsx«" in said
        assert "Bitte" in said
    found.upload("riesig.xlsx", bytes(60 * 1024 * 1024), key)
    assert "»riesig.xlsx« ist mit 60 MB zu groß" in found.screen.texts
    assert reading.revision(found.screen.engine) == before
    if key == "list":
        found.upload("liste.csv", csv(HEAD, ["Nähtreff", "Verein", "Ahorn", "", ""]), key)
        assert found.headings() == ["Neu (1)"]


@pytest.mark.usefixtures("only_sqlite")
def test_a_backup_is_put_back_on_the_page(screen):
    found = Import(screen, "Sicherung")
    from steering.web.data import backups as data_backups

    address = found.screen.engine.url.render_as_string(hide_password=False)
    copy = data_backups._copy(address)
    listed = Import(screen, "Liste einlesen")
    listed.upload("a.csv", csv(HEAD, ["Nähtreff", "Verein", "Ahorn", "", ""]), "list")
    listed.screen.click("1 Zeile übernehmen")
    assert "Nähtreff" in listed.structures()
    found = Import(screen, "Sicherung")
    assert found.app.dataframe[0].value["Datei"].str.contains("vor-einlesen").all()
    found.app.file_uploader(key="restore file").set_value(("sicherung.db", copy, "application/x")).run()
    assert found.app.button(key="restore").disabled
    found.app.checkbox(key="restore sure").set_value(True).run()
    found.app.button(key="restore").click().run()
    assert not found.app.exception
    assert "»sicherung.db« ist eingespielt. Der Stand davor liegt in »steering-vor-einspielen-" in (
        found.screen.texts
    )
    assert "Nähtreff" not in found.structures()


@pytest.mark.usefixtures("only_sqlite")
def test_a_backup_of_another_landkreis_names_both_before_anything_is_replaced(screen, tmp_path):
    from steering.web.data import backups as data_backups

    found = Import(screen, "Sicherung")
    file = tmp_path / "other.db"
    file.write_bytes(data_backups._copy(found.screen.engine.url.render_as_string(hide_password=False)))
    with closing(sqlite3.connect(file)) as other:
        other.execute("UPDATE settings SET district_key = '09679', district_name = 'Landkreis Würzburg'")
        other.commit()
    uploaded = ("andere.db", file.read_bytes(), "application/x")
    found.app.file_uploader(key="restore file").set_value(uploaded).run()
    assert (
        "Die Sicherung ist von: Landkreis Würzburg. Jetzt erfasst ist: Landkreis Coburg."
        in found.screen.texts
    )
    (sure,) = [box for box in found.app.checkbox if box.key == "restore sure"]
    assert sure.label.replace("\\", "") == "Ja, Landkreis Coburg durch Landkreis Würzburg ersetzen."
    assert found.app.button(key="restore").disabled
    sure.set_value(True).run()
    found.app.button(key="restore").click().run()
    assert "»andere.db« ist eingespielt." in found.screen.texts


@pytest.mark.usefixtures("only_sqlite")
def test_what_is_no_backup_is_refused_on_the_page_and_the_data_stay(screen):
    found = Import(screen, "Sicherung")
    before = found.structures()
    found.app.file_uploader(key="restore file").set_value(("x.db", b"keine", "application/x")).run()
    assert "restore sure" not in [box.key for box in found.app.checkbox]
    assert "»x.db« ist keine unbeschädigte Sicherung" in found.screen.texts
    assert found.structures() == before


def test_a_corrected_workbook_is_compared_before_it_is_taken_over(screen):
    found = Import(screen, "Arbeitsmappe")
    found.upload("mappe.xlsx", workbook([["Nr.", "Name"], ["", "X"]], "Unsinn"), "workbook")
    assert "»mappe.xlsx« enthält keines der Blätter der Arbeitsmappe" in found.screen.texts


def test_new_rows_of_a_workbook_are_offered_once(screen):
    found = Import(screen, "Arbeitsmappe")
    head = ["Nr.", "Version", "Struktur", "Name", "Mittelherkunft", "tragend oder Kofinanzierung"]
    more = ["Fristart", "Ende", "Betrag (EUR)", "Bezug des Betrags"]
    row = ["", "", "Integrationslotsen", "Zuschuss", "Eigenmittel", "Kofinanzierung"]
    rest = ["fest", "31.12.2026", 12345, "insgesamt"]
    found.upload("mappe.xlsx", workbook([head + more, row + rest], "Förderung"), "workbook")
    assert "davon **1 neu**" in found.screen.texts
    found.screen.click("1 Zeile übernehmen")
    assert "1 Zeile aus »mappe.xlsx« übernommen." in found.screen.texts
    assert "noch nicht übernommen" not in found.screen.texts
    assert "Geschrieben ist noch nichts" not in found.screen.texts
    assert "1 Zeile steht schon genau so in den Daten." in found.screen.texts
    assert not [button for button in found.app.button if button.label.endswith("übernehmen")]
    found.screen.click("Einlesen rückgängig machen")
    assert "davon **1 neu**" in found.screen.texts


def test_a_workbook_of_another_database_says_at_once_how_all_data_would_come_over(screen):
    sheets: dict[str, list[list[Any]]] = {
        "Förderung": [["Nr.", "Version", "Name"], [4711, 1, "Zuschuss"]],
        "Listen": [["Datenbestand", "Kreis"], ["ein anderer", "09473"]],
    }
    found = Import(screen, "Arbeitsmappe")
    found.upload("mappe.xlsx", workbook_of(sheets), "workbook")
    (open_note,) = [each for each in found.app.expander if each.label.startswith("Wie die Datei gelesen")]
    assert open_note.proto.expanded
    assert "unter »Sicherung« eine Sicherung von dort" in found.screen.texts
    assert "die grauen Zellen leeren" in found.table("Abgewiesen")["Grund"].iloc[0]
