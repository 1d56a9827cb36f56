"""Kennzahlen through the page Daten, and what they say on the page Lücken."""

from datetime import date

from steering.model import Indicator
from steering.storage import observing, reading
from steering.storage.backups import copies
from steering.storage.writing import Edit, write
from tests.conftest import TODAY
from tests.exchange.genesis import AHORN, RODACH, new
from tests.pages.test_meeting import SOMEBODY


def opened(screen):
    shown = screen("Daten und Einstellungen")
    shown.app.session_state["data section"] = "Kennzahlen"
    shown.app.run()
    assert not shown.app.exception
    return shown


def test_an_indicator_is_captured_and_its_values_are_typed_side_by_side(screen):
    shown = opened(screen)
    shown.input("Was wird gezählt?").set_value("Asylsuchende")
    shown.click("Kennzahl speichern")
    shown.choice("Welche Kennzahl?").set_value(1).run()
    shown.input("Stand der Werte").set_value("31.12.2025").run()
    shown.fill_in("indicator values 1 2025-12-31", {0: {"Wert": 12}, 1: {"Wert": 3.0}})
    shown.click("Werte speichern")
    rows = reading.portfolio(shown.engine).observations
    assert sorted(rows["value"]) == [3.0, 12.0]
    assert set(rows["reference_date"].dt.date.astype(str)) == {"2025-12-31"}
    assert "Werte vom 31.12.2025" in shown.texts


def test_a_forecast_is_typed_with_its_variant_and_source_and_no_value_was_counted(screen):
    shown = opened(screen)
    write(shown.engine, [Edit(Indicator, {"name": "Asylsuchende"})], **SOMEBODY)
    shown.app.run()
    shown.choice("Welche Kennzahl?").set_value(1).run()
    shown.app.session_state["indicator variant 1"] = "Prognose hoch"
    shown.app.run()
    assert shown.input("Tag der Prognose").value == ""
    assert "Bitte den Tag angeben, für den vorausberechnet wurde." in shown.texts
    shown.input("Tag der Prognose").set_value(f"{TODAY:%d.%m.%Y}").run()
    assert "Eine Prognose gilt für einen Tag nach heute; der 22.11.2026 ist keiner." in shown.texts
    assert "Werte speichern" not in [each.label for each in shown.app.button]
    shown.input("Tag der Prognose").set_value("31.12.2030").run()
    shown.fill_in("indicator values 1 2030-12-31 high", {0: {"Wert": 12}})
    next(each for each in shown.app.button if each.label == "Werte speichern").click().run()
    assert "Zu einer Prognose gehört ihre Quelle" in shown.texts
    shown.input("Quelle der Prognose").set_value("Rechnung 2026").run()
    shown.click("Werte speichern")
    found = reading.portfolio(shown.engine)
    row = found.forecasts.iloc[0]
    assert (row["variant"], row["value"], row["source"]) == ("high", 12.0, "Rechnung 2026")
    assert found.observations.empty


def test_what_is_typed_is_there_again_after_another_page_and_edits_of_others(screen):
    shown = opened(screen)
    (key,) = write(shown.engine, [Edit(Indicator, {"name": "Asylsuchende"})], **SOMEBODY).ids
    shown.app.run()
    shown.choice("Welche Kennzahl?").set_value(1).run()
    shown.input("Stand der Werte").set_value("31.12.2025").run()
    table = "indicator values 1 2025-12-31"
    shown.fill_in(table, {0: {"Wert": 12}})
    shown.app.run()
    shown.open("Verlauf")
    observing.observe(shown.engine, key, date(2025, 12, 31), {RODACH: 7}, {}, **SOMEBODY)
    shown.open("Daten und Einstellungen")
    shown.app.session_state["data section"] = "Kennzahlen"
    shown.app.run()
    shown.choice("Welche Kennzahl?").set_value(1).run()
    assert shown.input("Stand der Werte").value == "31.12.2025"
    assert list(shown.app.session_state[f"{table} otherwise"].values()) == [12]
    shown.click("Werte speichern")
    rows = reading.portfolio(shown.engine).observations
    assert sorted(rows["value"]) == [7.0, 12.0]


def test_a_day_that_is_none_is_said_and_kept(screen):
    shown = opened(screen)
    write(shown.engine, [Edit(Indicator, {"name": "Asylsuchende"})], **SOMEBODY)
    shown.app.run()
    shown.choice("Welche Kennzahl?").set_value(1).run()
    shown.input("Stand der Werte").set_value("neulich").run()
    assert "»neulich« ist kein Datum" in shown.texts
    assert shown.input("Stand der Werte").value == "neulich"


def count_everywhere(shown, group: int, value: float) -> None:
    """Have an indicator count so many persons of a group in each municipality."""
    places = reading.portfolio(shown.engine).municipalities
    every = dict.fromkeys(places.loc[places["inhabited"], "ags"], value)
    new = Edit(Indicator, {"name": f"Gruppe {group}", "target_group_id": group})
    (key,) = write(shown.engine, [new], **SOMEBODY).ids
    observing.observe(shown.engine, key, TODAY, every, {}, **SOMEBODY)


def test_the_gaps_name_the_persons_of_the_target_group(screen):
    shown = screen("Lücken")
    assert "Personen der Zielgruppen" not in shown.texts
    for group in reading.portfolio(shown.engine).target_groups["id"]:
        count_everywhere(shown, int(group), 10.0)
    shown.app.run()
    (listed,) = [frame.value["Wo"] for frame in shown.app.dataframe if "Wo" in frame.value]
    assert listed.str.contains("Personen, ").any()


def test_the_overlaps_name_the_persons_too(screen):
    shown = screen("Zuständigkeiten")
    portfolio = reading.portfolio(shown.engine)
    everyone = portfolio.target_groups.loc[portfolio.target_groups["everyone"], "id"].iloc[0]
    count_everywhere(shown, int(everyone), 100.0)
    shown.app.run()
    assert not shown.app.exception
    assert "1.700 Personen, kreisweit" in shown.texts or any(
        "1.700 Personen, kreisweit" in " ".join(map(str, frame.value.to_numpy().ravel()))
        for frame in shown.app.dataframe
    )


def uploaded(shown, content: bytes):
    shown.app.segmented_control(key="indicator way").set_value("Aus einer Datei").run()
    shown.app.file_uploader(key="kennzahlen file").set_value(("12411.csv", content, "text/csv")).run()
    assert not shown.app.exception


def values(shown) -> list[float]:
    return sorted(reading.portfolio(shown.engine).observations["value"])


def test_a_table_of_the_statistics_is_looked_at_taken_over_and_taken_back(screen):
    shown = opened(screen)
    before = values(shown)
    uploaded(shown, new([
        (AHORN, "2023", "Insgesamt", "4100,5"), (RODACH, "2023", "Insgesamt", "."),
        ("09463", "2023", "Insgesamt", "41842"), (RODACH, "2022", "Insgesamt", "-"),
    ]))  # fmt: skip
    assert [each.value for each in shown.app.subheader] == ["Neu (2)"]
    (table,) = (frame.value for frame in shown.app.dataframe if "Messwert" in frame.value)
    assert table[["Kennzahl", "Stand", "Messwert"]].to_numpy().tolist() == [
        ["Bevölkerungsstand", "31.12.2023", "4.100,5"],
        ["Bevölkerungsstand", "31.12.2022", "0"],
    ]
    assert "1 Wert ist nicht bekannt und nicht geschrieben" in shown.texts
    assert "1 Zeile anderer Gebiete" in shown.texts
    shown.click("2 Zeilen übernehmen")
    assert values(shown) == sorted([*before, 0.0, 4100.5])
    assert ("Sicherung davor: steering-vor-einlesen-" in shown.texts) == copies.possible(shown.url)
    shown.click("Einlesen rückgängig machen")
    assert values(shown) == before


def test_a_changed_value_is_shown_from_what_to_what_and_another_file_is_a_sentence(screen):
    shown = opened(screen)
    uploaded(shown, new([(AHORN, "2023", "Insgesamt", "5")]))
    shown.click("1 Zeile übernehmen")
    uploaded(shown, new([(AHORN, "2023", "Insgesamt", "6,5")]))
    assert [each.value for each in shown.app.subheader] == ["Geändert (1)"]
    (table,) = (frame.value for frame in shown.app.dataframe if "Änderungen" in frame.value)
    assert "5 → 6,5" in table["Änderungen"].tolist()[0]
    uploaded(shown, b"Name;Ort\nA;B\n")
    assert shown.app.error[0].value.replace("\\", "").startswith("»12411.csv« ist keine Flat")


def test_a_list_is_looked_at_with_what_is_said_of_all_of_it(screen):
    shown = opened(screen)
    before = values(shown)
    uploaded(shown, b"Gemeinde;2023;2024\nAhorn;10;12\nBad Rodach;/;20\nLandkreis Coburg;1;2\n")
    assert "nennt nicht, was gezählt wird" in shown.app.error[0].value
    shown.app.selectbox(key="kennzahlen 12411.csv kennzahl").set_value("Geduldete").run()
    assert [each.value for each in shown.app.subheader] == ["Neu (2)"]
    (table,) = (frame.value for frame in shown.app.dataframe if "Messwert" in frame.value)
    assert table[["Bezeichnung", "Kennzahl", "Art", "Stand", "Messwert"]].to_numpy().tolist() == [
        ["Ahorn", "Geduldete", "erhoben", "31.12.2023 bis 31.12.2024", "10; 12"],
        ["Bad Rodach", "Geduldete", "erhoben", "31.12.2024", "20"],
    ]
    assert "1 × »/« (nicht sicher genug)" in shown.texts
    assert "ganzer Landkreis" in shown.texts
    shown.click("2 Zeilen übernehmen")
    assert values(shown) == sorted([*before, 10.0, 12.0, 20.0])
    made = reading.portfolio(shown.engine).indicators.iloc[-1]
    assert (made["name"], made["unit"], made["target_group_id"] > 0) == ("Geduldete", "Personen", True)
    shown.click("Einlesen rückgängig machen")
    assert values(shown) == before


def test_what_is_said_of_a_whole_file_stays_with_that_file(screen):
    shown = opened(screen)
    content = b"Gemeinde;2023\nAhorn;10\n"
    uploaded(shown, content)
    shown.input("Quelle").set_value("Landesamt").run()
    shown.app.file_uploader(key="kennzahlen file").set_value(("andere.csv", content, "text/csv")).run()
    assert shown.input("Quelle").value == ""
    uploaded(shown, content)
    assert shown.input("Quelle").value == "Landesamt"


def test_a_usual_kennzahl_fills_the_form_writes_nothing_and_is_said_to_be_recorded(screen):
    shown = opened(screen)
    box = shown.app.selectbox(key="indicator catalogue")
    (at,) = [at for at, title in enumerate(box.options) if title.endswith(": Geduldete")]
    box.select_index(at).run()
    assert shown.input("Was wird gezählt?").value == "Geduldete"
    assert "Ausreisepflichtige Personen mit Duldung" in shown.texts
    assert "Geduldete" not in set(reading.portfolio(shown.engine).indicators["name"])
    shown.click("Kennzahl speichern")
    row = reading.portfolio(shown.engine).indicators.iloc[-1]
    assert (row["name"], row["unit"], "Duldung" in row["note"]) == ("Geduldete", "Personen", True)
    assert row["target_group_id"] > 0
    assert shown.app.selectbox(key="indicator catalogue").options[at].endswith("Geduldete (schon erfasst)")
    assert "»Geduldete« ist schon erfasst" in shown.texts.replace("\\", "")


def by_rule(screen):
    """The page with a Kennzahl that is counted everywhere, at its form for a rule."""
    shown = opened(screen)
    (key,) = write(shown.engine, [Edit(Indicator, {"name": "Asylsuchende"})], **SOMEBODY).ids
    places = reading.portfolio(shown.engine).municipalities
    every = dict.fromkeys(places.loc[places["inhabited"], "ags"], 100.0)
    observing.observe(shown.engine, key, date(2025, 12, 31), every, {}, **SOMEBODY)
    shown.app.run()
    shown.choice("Welche Kennzahl?").set_value(key).run()
    shown.app.session_state[f"indicator variant {key}"] = "Prognose nach Regel"
    shown.app.run()
    assert not shown.app.exception
    return shown


def test_a_rule_is_typed_looked_at_saved_and_put_away(screen):
    shown = by_rule(screen)
    for variant, change in (("niedrig", "-1"), ("mittel", "10"), ("hoch", "1000")):
        shown.input(f"Veränderung je Jahr, {variant}").set_value(change).run()
    shown.input("Gilt bis").set_value("31.12.2028").run()
    shown.click("Regel speichern")
    assert "1.000 % im Jahr kann nicht gemeint sein" in shown.texts
    assert "Was daraus folgt" not in [each.value for each in shown.app.subheader]
    shown.input("Veränderung je Jahr, hoch").set_value("20").run()
    assert "Was daraus folgt" in [each.value for each in shown.app.subheader]
    assert "Noch nicht gespeichert" in shown.texts
    assert "1,1³ = 133,1 am 31.12.2028" in " ".join(str(each.value) for each in shown.app.table).replace(
        "\\", ""
    )
    shown.click("Regel speichern")
    assert reading.portfolio(shown.engine).forecast_rules.empty, "without a source nothing is kept"
    next(each for each in shown.app.text_area if each.label.startswith("Quelle und")).set_value(
        "Annahme 2026"
    )
    shown.click("Regel speichern")
    kept = reading.portfolio(shown.engine).forecast_rules.iloc[0]
    assert (kept["low"], kept["high"], kept["source"]) == (-1.0, 20.0, "Annahme 2026")
    assert "Annahme, keine Zählung" in shown.texts
    assert "Noch nicht gespeichert" not in shown.texts
    overview = screen("Bedarfe", zugang="hoch")
    assert "Zugang" in [each.label for each in overview.app.sidebar.selectbox]
    shown.click("Regel archivieren")
    assert reading.portfolio(shown.engine).forecast_rules.empty


def test_shares_are_typed_by_name_and_a_strange_one_is_said(screen):
    shown = by_rule(screen)
    shown.choice("Wie wird gerechnet?").set_value("arrivals").run()
    shown.choice("Verteilung auf die Gemeinden").set_value("typed").run()
    areas = {each.label.partition(":")[0]: each for each in shown.app.text_area}
    areas["Angenommene Zugänge im Landkreis"].set_value("2026: 0/10/20\n2027: 0/10/20")
    areas["Anteile in Prozent"].set_value("Ahorn: 40\nBad Nirgends: 60")
    areas["Quelle und Begründung der Annahme"].set_value("Annahme")
    shown.input("Quelle des Schlüssels").set_value("Quote").run()
    shown.click("Regel speichern")
    assert "»Bad Nirgends« ist keine Gemeinde des Landkreises" in shown.texts
    areas = {each.label.partition(":")[0]: each for each in shown.app.text_area}
    areas["Anteile in Prozent"].set_value("Ahorn: 40\nBad Rodach: 60").run()
    shown.click("Regel speichern")
    assert reading.portfolio(shown.engine).forecast_rules["shares"].tolist() == [
        "09473112 Ahorn: 40\n09473158 Bad Rodach: 60"
    ]


def test_a_rule_asks_for_a_recorded_value_first(screen):
    shown = opened(screen)
    write(shown.engine, [Edit(Indicator, {"name": "Asylsuchende"})], **SOMEBODY)
    shown.app.run()
    shown.choice("Welche Kennzahl?").set_value(1).run()
    shown.app.session_state["indicator variant 1"] = "Prognose nach Regel"
    shown.app.run()
    assert "ist noch kein Wert erhoben" in shown.texts
