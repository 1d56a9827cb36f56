"""Sitzungstermine through the page Daten: a copied table, its preview, the Lagebild after it, the way
back."""

from steering.storage import reading
from steering.web.data.sittings import PASTED
from tests.exchange.sittings.calendars import pasted
from tests.pages.test_decision import words
from tests.pages.test_importing import Import

PLAN = [
    ("2026-12-10", "Kreis- und Strategieausschuss"),
    ("2026-12-16", "Kreistag"),
    ("2026-12-18", "Bauausschuss"),
    ("2026-12-21", "Kreistag (abgesagt)"),
]


def test_a_copied_table_is_previewed_taken_over_and_taken_back(screen):
    shown = Import(screen, "Sitzungstermine")
    shown.app.segmented_control(key="sittings way").set_value("Kopierte Tabelle").run()
    before = reading.revision(shown.screen.engine)
    shown.app.text_area(key=PASTED).set_value(pasted(PLAN).decode()).run()
    assert not shown.app.exception
    table = shown.table("Neu")
    assert table["Bezeichnung"].tolist() == ["KSA, 10.12.2026", "Kreistag, 16.12.2026"]
    assert table["Vorlagenschluss"].tolist() == ["26.11.2026", "02.12.2026"]
    assert "Bauausschuss (1)" in shown.screen.texts
    assert (
        "(das Gremium ist hier nicht erfasst: 1; entfällt und ist hier nicht erfasst: 1)"
        in shown.screen.texts
    )
    assert "2 neue Sitzungen. Nach dem Übernehmen:" in shown.screen.texts
    assert reading.revision(shown.screen.engine) == before
    shown.screen.click("2 Zeilen übernehmen")
    rows = reading.portfolio(shown.screen.engine).committee_dates
    assert (rows["provenance"] != "example").sum() == 2
    assert "0 neu" in shown.screen.texts
    assert "Geschrieben ist noch nichts" not in shown.screen.texts
    assert "Keine Zeile gewählt" not in [button.label for button in shown.app.button]
    shown.screen.click("Einlesen rückgängig machen")
    rows = reading.portfolio(shown.screen.engine).committee_dates
    assert (rows["provenance"] == "example").all()


def test_what_is_no_table_is_a_sentence_and_the_page_goes_on(screen):
    shown = Import(screen, "Sitzungstermine")
    shown.app.segmented_control(key="sittings way").set_value("Kopierte Tabelle").run()
    shown.app.text_area(key=PASTED).set_value("Guten Tag").run()
    assert not shown.app.exception
    assert "enthält keine Sitzungstermine" in shown.screen.texts


def test_read_sittings_are_the_way_on_the_lagebild(screen):
    shown = Import(screen, "Sitzungstermine")
    shown.app.segmented_control(key="sittings way").set_value("Kopierte Tabelle").run()
    shown.app.text_area(key=PASTED).set_value(pasted(PLAN).decode()).run()
    shown.screen.click("2 Zeilen übernehmen")
    shown.screen.open("Lagebild")
    assert "Beschluss am 16.12.2026 · Handeln hilft noch bis 26.11.2026" in words(shown.screen)
