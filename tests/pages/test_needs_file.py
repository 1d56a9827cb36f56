"""Bedarfe einlesen on the page Daten: looked at, taken over, taken back."""

from steering.storage import reading

LINES = (
    "Aufgabe;Gemeinde;Für wen;Menge;Einheit\nUnterkunftsbetreuung;Ahorn;Asylsuchende;1,5;VZÄ\n"
    "Unterkunftsbetreuung;Kronach;;1;VZÄ\nUnterkunftsbetreuung;Bad Rodach;;viel;VZÄ\n"
)  # fmt: skip


def test_a_list_of_needs_is_looked_at_taken_over_and_taken_back(screen):
    shown = screen("Daten und Einstellungen")
    shown.app.session_state["data section"] = "Bedarfe einlesen"
    shown.app.run()
    before = set(reading.portfolio(shown.engine).needs["name"])
    shown.app.file_uploader(key="bedarfe file").set_value(("bedarfe.csv", LINES.encode(), "text/csv")).run()
    assert not shown.app.exception
    assert [each.value for each in shown.app.subheader] == ["Neu (1)", "Abgewiesen (1)"]
    assert "1 Zeile anderer Gebiete ist nicht aufgeführt: Kronach" in shown.texts.replace("\\", "")
    assert "»viel« ist keine Zahl" in shown.texts or any(
        "»viel« ist keine Zahl" in str(frame.value.to_numpy()) for frame in shown.app.dataframe
    )
    (table,) = [frame.value for frame in shown.app.dataframe if "Zeitraum" in frame.value]
    assert table[["Bezeichnung", "Wie viel gebraucht", "Zeitraum"]].to_numpy().tolist() == [
        ["Unterkunftsbetreuung: Ahorn", "1,5 VZÄ", ""]
    ]
    shown.click("1 Zeile übernehmen")
    made = set(reading.portfolio(shown.engine).needs["name"]) - before
    assert made == {"Unterkunftsbetreuung: Ahorn"}
    shown.click("Einlesen rückgängig machen")
    assert set(reading.portfolio(shown.engine).needs["name"]) == before
