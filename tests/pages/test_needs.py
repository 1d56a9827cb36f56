"""Bedarfe: what is needed against what reaches it, captured, corrected and put away on the page."""

import re
from datetime import date

import pytest

from steering.model import ForecastVariant, Indicator, Need
from steering.storage import observing, reading
from steering.storage.writing import Edit, write
from tests.conftest import TODAY
from tests.pages.conftest import Screen
from tests.pages.test_meeting import SOMEBODY


@pytest.fixture
def page(screen) -> Screen:
    return screen("Bedarfe")


def needs(shown: Screen):
    return reading.portfolio(shown.engine).needs


def choose(shown: Screen, label: str, words: str) -> None:
    box = next(item for item in shown.app.main.selectbox if item.label == label)
    box.select(next(option for option in box.options if words in option))


def fill(shown: Screen, texts: dict[str, str]) -> None:
    for label, text in texts.items():
        next(item for item in shown.app.main.text_input if item.label == label).set_value(text)


def save(shown: Screen) -> None:
    shown.click("Bedarf speichern")


def test_the_answer_counts_tasks_with_a_need_and_how_far_they_are_met(page):
    words = page.texts.replace("*", "")
    assert "Für 22 von 56 Aufgaben sind 24 Bedarfe erfasst" in words
    assert "gedeckt" in words
    assert "offen" in words


@pytest.mark.parametrize("stichtag", ["2026-11-25", "2030-06-01"])
def test_the_needs_that_are_valid_later_or_no_more_make_up_the_whole(look, stichtag):
    words = look("Bedarfe", stichtag=stichtag).texts.replace("*", "").replace("\N{NO-BREAK SPACE}", " ")
    (valid,) = re.findall(r"gelten (\d+) davon", words)
    others = re.findall(r"(\d+) (?:gilt|gelten) (erst später|nicht mehr)\.", words)
    assert int(valid) + sum(int(number) for number, _ in others) == 24
    assert (("1", "nicht mehr") in others) == (stichtag == "2030-06-01")


def test_needs_that_are_examples_are_called_so(page):
    assert "Alle gezeigten Bedarfe sind Beispiele" in page.texts


def test_a_need_for_everyone_is_for_alle_as_on_the_other_pages(page):
    whom = next(each.value for each in page.app.dataframe if "Für wen" in each.value)["Für wen"].tolist()
    assert "alle" in whom
    assert "Alle" not in whom


def test_tasks_without_a_recorded_need_are_listed_and_not_taken_for_met(page):
    words = page.texts.replace("*", "")
    assert "Zu 34 Aufgaben ist kein Bedarf erhoben" in words
    assert "Pflichtaufgaben" in words


def test_a_new_need_is_seen_on_the_page_and_can_be_taken_back(page):
    before = len(needs(page))
    fill(page, {"Was wird gebraucht?": "Sprachmittlung in Rödental", "Menge": "2"})
    choose(page, "Aufgabe", "Sprachmittlung")
    choose(page, "Gebiet", "Rödental")
    choose(page, "Einheit", "VZÄ")
    save(page)
    assert len(needs(page)) == before + 1
    assert "gespeichert" in page.texts
    page.click("Rückgängig")
    assert len(needs(page)) == before


def test_a_quantity_without_a_unit_is_refused_at_its_field_and_stays(page):
    before = len(needs(page))
    fill(page, {"Was wird gebraucht?": "Plätze im Sprachkurs", "Menge": "20"})
    choose(page, "Aufgabe", "Integrationskurse")
    choose(page, "Gebiet", "Rödental")
    save(page)
    assert len(needs(page)) == before
    assert "Bitte prüfen: »Einheit«." in page.texts
    assert next(item for item in page.app.main.text_input if item.label == "Menge").value == "20"


def test_an_empty_database_offers_the_form(look):
    shown = look("Bedarfe", kind="empty")
    assert any(button.label == "Bedarf speichern" for button in shown.app.main.button)


def test_an_empty_choice_says_that_it_makes_a_new_record(look):
    for page, label, new in (
        ("Bedarfe", "Welchen Bedarf?", "Neuer Bedarf"), ("Masterplan", "Welche Maßnahme?", "Neue Maßnahme"),
    ):  # fmt: skip
        box = look(page).choice(label)
        assert (box.value, box.proto.placeholder) == (None, new)


def counted(shown: Screen, *, everywhere: float) -> None:
    """Have a Kennzahl count so many persons in each municipality at the end of 2025."""
    places = reading.portfolio(shown.engine).municipalities
    values = dict.fromkeys(places.loc[places["inhabited"], "ags"], everywhere)
    new = Edit(Indicator, {"name": "Schutzberechtigte", "source": "AZR"})
    (key,) = write(shown.engine, [new], **SOMEBODY).ids
    observing.observe(shown.engine, key, date(2025, 12, 31), values, {}, **SOMEBODY)
    shown.app.run()


def test_a_need_by_rule_says_at_once_what_it_comes_to_and_is_marked_as_computed(page):
    counted(page, everywhere=30.0)
    assert "je wie viele der Kennzahl" not in [each.label for each in page.app.main.text_input]
    fill(page, {"Was wird gebraucht?": "Sprachmittlung nach Schlüssel"})
    choose(page, "Aufgabe", "Sprachmittlung")
    choose(page, "Gebiet", "Rödental")
    choose(page, "Wie ergibt sich die Menge?", "Schlüssel auf »Schutzberechtigte«")
    choose(page, "Einheit", "VZÄ")
    page.app.run()
    fill(page, {"Menge": "1", "je wie viele der Kennzahl": "12,5"})
    page.app.run()
    said = "ergibt heute 2,4 VZÄ: 30 Personen (31.12.2025, »Schutzberechtigte«, AZR) ÷ 12,5"
    assert said in page.texts.replace("\\", "")
    save(page)
    row = needs(page).iloc[-1]
    assert (row["quantity"], row["per"], row["unit"]) == (1.0, 12.5, "fte")
    table = next(each.value for each in page.app.dataframe if "Angebot von Bedarf" in each.value)
    assert table["Angebot von Bedarf"].str.contains(r"2,4 VZÄ \(berechnet\)").any()
    page.app.session_state["needs_switch"] = "Verlauf"
    page.app.session_state["needs_chosen"] = int(row["id"])
    page.app.run()
    assert not page.app.exception
    assert "Berechnet: 1 VZÄ je 12,5 Personen" in page.texts.replace("\\", "")


def test_a_rule_of_which_a_part_is_missing_says_which(page):
    counted(page, everywhere=30.0)
    fill(page, {"Was wird gebraucht?": "Sprachmittlung nach Schlüssel", "Menge": "1"})
    choose(page, "Aufgabe", "Sprachmittlung")
    choose(page, "Gebiet", "Rödental")
    choose(page, "Wie ergibt sich die Menge?", "Schlüssel auf »Schutzberechtigte«")
    choose(page, "Einheit", "VZÄ")
    before = len(needs(page))
    save(page)
    assert "Zum Schlüssel fehlt, je wie viele der Kennzahl" in page.texts
    assert len(needs(page)) == before


def test_a_counselling_ratio_is_computed_where_a_kennzahl_is_chosen(page):
    counted(page, everywhere=30.0)
    rows = needs(page)
    page.app.session_state["edit_need"] = int(rows.loc[rows["unit"] == "ratio", "id"].iloc[0])
    page.app.run()
    choose(page, "Wie ergibt sich die Menge?", "Schlüssel auf »Schutzberechtigte«")
    page.app.run()
    assert "ergibt heute 3,4 VZÄ: 510 Personen" in page.texts
    save(page)
    table = next(each.value for each in page.app.dataframe if "Angebot von Bedarf" in each.value)
    assert not table["Angebot von Bedarf"].str.contains("Schlüssel").any()
    assert table["Angebot von Bedarf"].str.contains(r"3,4 VZÄ \(berechnet\)").any()


def foreseen(shown: Screen, variant: ForecastVariant, value: float) -> None:
    """Have so many persons expected in each municipality from the end of 2028 on."""
    places = reading.portfolio(shown.engine).municipalities
    values = dict.fromkeys(places.loc[places["inhabited"], "ags"], value)
    observing.observe(
        shown.engine,
        1,
        date(2028, 12, 31),
        values,
        {},
        expected=observing.Expectation(variant, "Rechnung 2026", TODAY),
        **SOMEBODY,
    )


def test_a_variant_is_offered_where_a_forecast_exists_moves_later_needs_and_stands_in_the_address(screen):
    shown = screen("Bedarfe", stichtag="2029-01-01", zugang="hoch")
    assert "Zugang" not in [each.label for each in shown.app.sidebar.selectbox]
    counted(shown, everywhere=30.0)
    row = needs(shown)[needs(shown)["unit"] == "ratio"].iloc[0]
    rule = {"indicator_id": 1}
    write(shown.engine, [Edit(Need, rule, id=int(row["id"]), version=int(row["version"]))], **SOMEBODY)
    foreseen(shown, ForecastVariant.MIDDLE, 60.0)
    foreseen(shown, ForecastVariant.HIGH, 90.0)
    shown.app.run()
    assert shown.address("zugang") == ["hoch"]
    box = next(each for each in shown.app.sidebar.selectbox if each.label == "Zugang")
    assert amounts(shown).str.contains("10,2 VZÄ").any()
    box.set_value(ForecastVariant.MIDDLE).run()
    assert shown.address("zugang") == ["mittel"]
    assert amounts(shown).str.contains("6,8 VZÄ").any()
    shown.app.session_state["needs_switch"] = "Verlauf"
    shown.app.session_state["needs_chosen"] = int(row["id"])
    shown.app.run()
    assert not shown.app.exception
    assert "Prognose »mittel«, Rechnung 2026" in shown.texts
    overview = screen("Lagebild", zugang="hoch")
    assert "Szenario: gesichert · Zugang: hoch · Masterplan: ohne" in overview.texts
    presented = screen("Bedarfe", zugang="hoch", praesentation="an")
    assert " · gesichert · Zugang hoch · ohne Masterplan" in presented.texts
    shown.app.sidebar.date_input[0].set_value(date(2026, 12, 1)).run()
    assert amounts(shown).str.contains("3,4 VZÄ").any()


def test_picture_and_table_have_one_word_for_what_is_counted(page):
    picture = str(page.app.get("vega_lite_chart")[0].proto)
    assert amounts(page).str.contains("Fälle").any()
    assert "Beratungsf" not in picture


def amounts(shown: Screen):
    table = next(each.value for each in shown.app.dataframe if "Angebot von Bedarf" in each.value)
    return table["Angebot von Bedarf"]
