"""Verlauf: who did what is found, taken back, and rid of contact data, on the page and at the record."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, update

from steering.model import Area, Change, Dataset, Funding, Measure, MeasureCost, Structure
from steering.storage import reading
from steering.storage.engine import writing
from steering.storage.history.undoing import undo
from steering.storage.tables import table_of
from steering.storage.transaction import Purpose, transaction
from steering.storage.writing import Edit, write
from steering.web import current, pages
from tests.changed import history
from tests.planted import Planted
from tests.stored import Who, batch_of, row_of

PAGE = pages.HISTORY.title
LOTSEN = "Integrationslotsen"
MAIL = "erika.muster@beispiel.de"


@pytest.fixture
def lived_in(screen):
    """A database in which somebody moved the end of a funding yesterday; then the page is opened on it."""
    shown = screen("Daten und Einstellungen")
    now = current.now()
    rows = reading.portfolio(shown.engine).fundings
    key = int(rows.loc[rows["structure_id"] == shown.id_of(LOTSEN), "id"].iloc[-1])
    yesterday: Who = {"actor": "Fachbereich 22", "now": now - timedelta(days=1)}
    values = {"end": date(2031, 6, 30), "note": f"Fragen an {MAIL}"}
    write(shown.engine, [Edit(Funding, values, id=key, version=1)], **yesterday)

    def open_page(**address):
        opened = screen(PAGE, **address)
        opened.funding, opened.now = key, now
        return opened

    return open_page


def later(shown, **values) -> str:
    """Somebody else changes the funding again; the batch."""
    version = row_of(shown.engine, Funding, shown.funding)["version"]
    done = write(
        shown.engine,
        [Edit(Funding, values, id=shown.funding, version=version)],
        actor="Kämmerei",
        now=shown.now,
    )
    shown.app.run()
    return batch_of(done)


def end_of(shown) -> date:
    return row_of(shown.engine, Funding, shown.funding)["end"]


def test_the_answer_says_who_changed_what_last(lived_in):
    said = lived_in().texts.replace("*", "")
    assert "Zuletzt hat Fachbereich 22 am" in said
    assert "von »Integrationslotsen«" in said
    assert "→ 30.06.2031" in said


def test_who_moved_the_end_of_a_funding_is_found_by_its_field_and_taken_back(lived_in):
    shown = lived_in(feld="Ende", suche=LOTSEN)
    assert "Zu dieser Suche steht" in shown.texts
    assert "Anmerkung:" not in shown.texts
    shown.click("Nur dies rückgängig")
    assert end_of(shown) != date(2031, 6, 30)
    assert MAIL in row_of(shown.engine, Funding, shown.funding)["note"]
    assert "Rücknahme gespeichert." in shown.texts
    kept = history(shown.engine)
    assert kept["undoes_change"].notna().sum() == 1
    assert "Rücknahme einer Änderung vom" in shown.texts
    shown.click("Rückgängig")
    assert end_of(shown) == date(2031, 6, 30)


def test_what_depends_on_it_is_named_and_led_to(lived_in):
    shown = lived_in()
    batch = later(shown, end=date(2032, 12, 31))
    shown.click("Alles rückgängig")
    assert end_of(shown) == date(2032, 12, 31)
    assert "Nicht zurückgenommen." in shown.texts
    assert "»Ende« wurde seither noch einmal geändert" in shown.texts
    assert "von Kämmerei. Bitte zuerst diese Änderung zurücknehmen." in shown.texts
    shown.app.button(key=f"later {history(shown.engine)['batch'].iloc[-1]}").click().run()
    assert shown.address("vorgang") == [batch]
    assert "→ **31.12.2032**" in shown.texts
    shown.click("Zurück zur Liste")
    assert shown.address("vorgang") == []


def test_a_whole_import_is_taken_back_and_found_by_its_file(lived_in):
    shown = lived_in()
    places = reading.portfolio(shown.engine).structures["id"].tolist()
    with transaction(shown.engine, "Planungsstab", shown.now, Purpose(imported="Meldung.xlsx")) as batch:
        for key in places:
            batch.update(Structure, int(key), {"seat_place": "Musterort"})
    shown = lived_in(anlass="Einlesen einer Datei", datei="Meldung.xlsx")
    assert "eingelesen aus »Meldung.xlsx«" in shown.texts
    assert any("weitere Änderungen in diesem Vorgang zeigen" in button.label for button in shown.app.button)
    shown.click("Ganzes Einlesen rückgängig")
    assert "Musterort" not in set(reading.portfolio(shown.engine).structures["seat_place"])
    assert "zurückgenommen am" in shown.texts


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ({"wer": "Fachbereich 22"}, True),
        ({"art": "Förderung"}, True),
        ({"feld": "Anmerkung", "art": "Förderung"}, True),
        ({"suche": "lotsen förderung"}, True),
        ({"suche": "Sprachkurs am Mond"}, False),
        ({"von": "01.01.2026"}, True),
        ({"bis": "2026-01-01"}, False),
        ({"von": "01.01.0001", "bis": "31.12.9999"}, True),
        ({"von": "31.12.9999"}, False),
        ({"bis": "01.01.0001"}, False),
        ({"anlass": "Eingabe"}, True),
        ({"anlass": "Rücknahme"}, False),
    ],
)
def test_a_link_looks_for_what_it_names_and_keeps_it(lived_in, address, found):
    shown = lived_in(**address)
    assert ("→ **30.06.2031**" in shown.texts or "Anmerkung:" in shown.texts) == found
    assert ("Dazu steht im Verlauf **nichts**" in shown.texts) != found
    assert {name: shown.address(name) for name in address} == {name: [text] for name, text in address.items()}


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ({"wer": "Niemand"}, "»Niemand« kommt im Verlauf nicht vor"),
        ({"von": "gestern"}, "»gestern« ist kein Datum"),
        ({"von": "02.01.2026", "bis": "01.01.2026"}, "»bis« (01.01.2026) liegt vor »von«"),
        ({"vorgang": "nirgends"}, "Diesen Vorgang gibt es im Verlauf nicht."),
        ({"seite": "77"}, "Nichts steht auf Seite 77."),
        ({"seite": "-x"}, "Zuletzt hat Fachbereich 22"),
    ],
)
def test_what_cannot_be_looked_for_is_said(lived_in, address, sentence):
    shown = lived_in(**address)
    assert not shown.app.exception
    assert sentence in shown.texts.replace("*", "")


def test_places_years_and_texts_of_several_lines_are_told_in_words(lived_in):
    shown = lived_in()
    held = reading.portfolio(shown.engine)
    key = int(held.areas.loc[held.areas["name"] == "Landkreis Coburg", "id"].iloc[0])
    costs = held.measure_costs.iloc[0]
    now: Who = {"actor": "Kämmerei", "now": shown.now}
    ahorn, sesslach = "09473112", "09473165"
    year = int(costs["year"]) + 5
    edits = [
        Edit(Area, {"municipalities": [ahorn, sesslach]}, id=key, version=1),
        Edit(MeasureCost, {"year": year, "note": "Zeile\n\nund Zeile"}, id=int(costs["id"]), version=1),
    ]
    write(shown.engine, edits, **now)
    shown.app.run()
    assert "→ **Ahorn, Seßlach**" in shown.texts
    assert f"Haushaltsjahr: {year - 5} → **{year}**" in shown.texts
    assert "→ **Zeile und Zeile**" in shown.texts
    measure = int(held.measures.loc[held.measures["answers"] != "", "id"].iloc[0])
    write(shown.engine, [Edit(Measure, {"answers": "GAP/t26//n7"}, id=measure, version=1)], **now)
    shown.app.run()
    assert "beantwortete Hinweise: **geändert**" in shown.texts
    assert "GAP" not in shown.texts


def test_the_days_that_are_asked_for_most_are_one_press_away(lived_in, monkeypatch):
    monkeypatch.setattr(current, "today", lambda: (current.now() + timedelta(hours=1)).date())
    shown = lived_in()
    shown.click("Gestern")
    assert shown.address("von") == shown.address("bis") != []
    assert "→ **30.06.2031**" in shown.texts
    shown.click("Alles zeigen")
    assert shown.address("von") == []


def test_fifty_thousand_changes_come_page_by_page(lived_in):
    shown = lived_in()
    structure = str(shown.id_of(LOTSEN))
    rows = [
        {
            "batch": f"b{number // 2}", "at": shown.now, "actor": "Planungsstab", "revision": 3,
            "record": "structure", "record_key": structure, "field": "places", "before": str(number),
            "after": str(number + 1), "undoes": None, "undoes_change": None, "imported": "", "erased": False,
        }
        for number in range(50_000)
    ]  # fmt: skip
    with writing(shown.engine) as connection:
        connection.execute(insert(table_of(Change)), rows)
        connection.execute(update(table_of(Dataset)).values(revision=60_000))
    shown = lived_in()
    assert "**25.001 Vorgänge** mit 50.002 Änderungen" in shown.texts
    assert "Seite 1 von 2.501" in shown.texts
    assert sum(button.label == "Alles rückgängig" for button in shown.app.button) == 10
    shown.click("Ältere")
    assert shown.address("seite") == ["2"]
    assert "gibt es nicht" not in shown.texts
    assert "Das ist Seite 2." in shown.texts
    shown = lived_in(seite="2501")
    assert "gibt es nicht" not in shown.texts
    assert "→ **30.06.2031**" in shown.texts


def test_for_what_belongs_to_a_closed_round_no_way_back_is_offered(screen):
    engine = screen().engine
    Planted(engine)
    rows = history(engine)
    closing = rows.loc[(rows["record"] == "meeting") & (rows["field"] == "closed_on"), "batch"].iloc[0]
    shown = screen("Verlauf", vorgang=closing)
    assert "gehört zu einer geschlossenen Runde und bleibt, wie es ist" in shown.texts
    assert not {button.label for button in shown.app.main.button} & {
        "Alles rückgängig",
        "Nur dies rückgängig",
    }


def test_an_empty_verlauf_says_so(look):
    assert "Seit der Erstbefüllung wurde **nichts** geändert." in look(PAGE).texts
    shown = look(PAGE, kind="empty")
    assert "noch **keine Struktur** erfasst" in shown.texts
    assert not any("rückgängig" in button.label.casefold() for button in shown.app.button)
    assert not any(item.label == "Suche" for item in shown.app.text_input)


def test_before_guests_the_verlauf_is_closed(lived_in):
    for address in ({"verwaltung": "ohne"}, {"praesentation": "an"}):
        said = lived_in(**address).texts
        assert "geschlossen" in said
        assert MAIL not in said
        assert "hat Fachbereich 22" not in said


def test_the_record_says_who_changed_it_last(lived_in):
    shown = lived_in()
    shown.open("Strukturen")
    shown.edit(LOTSEN)
    shown.choice("Förderung").set_value(shown.funding).run()
    captions = [caption.value.replace("\\", "") for caption in shown.app.caption]
    said = [caption for caption in captions if "Zuletzt geändert am" in caption]
    assert len(said) == 2  # in the detail, and below the form of the funding that is open
    assert all("von Fachbereich 22." in caption for caption in said)


def test_a_record_that_nobody_changed_names_nobody(look):
    shown = look("Strukturen")
    shown.edit(LOTSEN)
    assert "Zuletzt geändert" not in shown.texts


def test_contact_data_are_counted_confirmed_and_erased(lived_in):
    shown = lived_in()
    shown.input("Was soll gelöscht werden?").set_value(MAIL).run()
    assert "steht in **1 Eintrag** des Verlaufs und heute in **1 Angabe**" in shown.texts
    assert "»Anmerkung«" in shown.texts
    assert next(button for button in shown.app.button if button.label == "Endgültig löschen").disabled
    shown.app.radio(key="erase where").set_value("Auch aus dem heutigen Bestand löschen").run()
    shown.app.checkbox(key="erase sure").check().run()
    shown.click("Endgültig löschen")
    assert MAIL not in "".join([*history(shown.engine)["before"], *history(shown.engine)["after"]])
    assert row_of(shown.engine, Funding, shown.funding)["note"] == "Fragen an […]"
    assert "**gelöscht** aus 1 Eintrag des Verlaufs und 1 Angabe des Bestands" in shown.texts
    assert "Kontaktdaten daraus gelöscht" in shown.texts
    assert "hat Landratsamt Coburg am" in shown.texts.replace("*", "")
    assert "Uhr Kontaktdaten **gelöscht** aus 1 Eintrag" in shown.texts
    back = [button.label for button in shown.app.main.button if "rückgängig" in button.label.casefold()]
    assert back == ["Nur dies rückgängig"]  # the end of the funding, which says nothing of her
    shown.app.selectbox(key=pages.history_key(pages.OCCASION)).set_value("Eingabe").run()
    assert "Zu dieser Suche steht **1 Vorgang** mit 2 Änderungen" in shown.texts


def test_what_is_taken_back_one_by_one_is_not_offered_as_a_whole(lived_in):
    shown = lived_in()
    shown.click("Nur dies rückgängig")
    shown.click("Nur dies rückgängig")
    labels = [button.label for button in shown.app.main.button]
    assert labels.count("Rückgängig") == 2
    assert "Alles rückgängig" not in labels


def test_what_the_record_of_today_says_may_stay(lived_in):
    shown = lived_in()
    shown.input("Was soll gelöscht werden?").set_value(MAIL).run()
    shown.app.checkbox(key="erase sure").check().run()
    shown.click("Endgültig löschen")
    assert row_of(shown.engine, Funding, shown.funding)["note"] == f"Fragen an {MAIL}"
    assert MAIL not in "".join(history(shown.engine)["after"])
    assert any(button.label == "Nur dies rückgängig" for button in shown.app.main.button)


@pytest.mark.parametrize(
    ("words", "sentence"), [("abc", "mindestens 4 Zeichen"), ("Otto Niemand", "steht in **0 Einträgen**")]
)
def test_what_is_nowhere_or_too_short_cannot_be_erased(lived_in, words, sentence):
    shown = lived_in()
    shown.input("Was soll gelöscht werden?").set_value(words).run()
    assert sentence in shown.texts
    assert not any(button.label == "Endgültig löschen" for button in shown.app.button)


def test_longer_words_that_would_lose_a_part_are_named_before(lived_in):
    shown = lived_in()
    shown.input("Was soll gelöscht werden?").set_value("muste").run()
    assert "auch Teile längerer Wörter: »muster«. Ist das nicht gemeint" in shown.texts


def test_the_tab_of_a_structure_tells_the_same_and_takes_back(lived_in):
    shown = lived_in()
    shown.open("Strukturen")
    shown.edit(LOTSEN)
    assert "→ **30.06.2031**" in shown.texts
    shown.click("Alles rückgängig")
    assert end_of(shown) != date(2031, 6, 30)
    undone = history(shown.engine)["batch"].iloc[0]
    assert undo(shown.engine, undone, actor="x", now=shown.now).batch
