"""Themenwünsche, Standardpunkte and series through the page Koordinierungsrunde, empty and full."""

import re
from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from steering.analysis.rounds.wishes import of_round
from steering.model import Meeting, MeetingStatus, StandingPoint, WishStatus
from steering.storage import planned_rounds, reading, rounds, wishes
from steering.storage.history import undoing
from steering.storage.rights.acting import Who
from steering.storage.writing import Edit, write
from steering.web.rounds import pasted_mail
from tests.conftest import TODAY
from tests.pages.conftest import Screen
from tests.pages.people import person
from tests.screens import pressed_twice
from tests.stored import Who as Author

PAGE = "Koordinierungsrunde"
SOMEBODY: Author = {"actor": "Fachbereich 22", "now": datetime.combine(TODAY, time(9))}
DAY, NEXT = date(2026, 12, 8), date(2027, 1, 12)
MAIL = "Liebe Kollegin,\n\n1. Wohnraum\n   Grund: dringend\n2. Sprachkurse\nFahrten?\n\nViele Grüße\nAnna"


@pytest.fixture
def rounds_page(screen) -> Screen:
    """Two rounds ahead; the first asks for topics until the day before today."""
    shown = screen()
    days = [{"day": DAY, "wishes_until": date(2026, 11, 21)}, {"day": NEXT}]
    planned_rounds.plan(shown.engine, days, **SOMEBODY)
    return wished(screen(PAGE))


def wished(shown: Screen) -> Screen:
    shown.app.session_state["meeting_part"] = "Themenwünsche"
    shown.app.run()
    assert not shown.app.exception
    return shown


def words(shown: Screen) -> str:
    return shown.texts.replace("*", "")


def named(shown: Screen, label: str):
    return next(each for each in (*shown.app.text_input, *shown.app.text_area) if each.label == label)


def stored(shown: Screen, table: str = "wish"):
    return reading.portfolio(shown.engine).frame(table)


def propose(shown: Screen, name: str = "Wohnraum", organisation: int = 1) -> None:
    values = [{"name": name, "organisation_id": organisation, "reason": "Drei Familien."}]
    wishes.propose(shown.engine, 1, values, on=TODAY, **SOMEBODY)


def press(shown: Screen, key: str) -> None:
    next(button for button in shown.app.button if button.key == key).click().run()
    assert not shown.app.exception


def test_nothing_proposed_says_so_and_the_form_takes_a_late_wish(rounds_page):
    assert "noch kein Thema vorgeschlagen" in words(rounds_page)
    assert "Erbeten waren sie bis 21.11.2026" in words(rounds_page)
    rounds_page.app.selectbox(key=next(
        each.key for each in rounds_page.app.selectbox if each.label == "Vorgeschlagen von"
    )).select_index(0)  # fmt: skip
    rounds_page.click("Vorschlagen")
    assert stored(rounds_page).empty
    named(rounds_page, "Thema des Wunsches").input("Wohnraum")
    named(rounds_page, "Wie lange (Minuten)?").input("15")
    rounds_page.click("Vorschlagen")
    assert stored(rounds_page)["name"].tolist() == ["Wohnraum"]
    assert "1 Themenwunsch, 1 davon ohne Antwort" in words(rounds_page)
    assert "am 22.11.2026 · verspätet · 15 Minuten" in words(rounds_page)
    assert "1 Themenwunsch wartet auf Antwort" in words(rounds_page)


def test_one_press_puts_a_wish_on_the_agenda_and_one_with_a_reason_leaves_it_to_the_next(rounds_page, screen):
    propose(rounds_page)
    propose(rounds_page, "Sprachkurse")
    shown = wished(screen(PAGE, runde="1"))
    press(shown, "take wish 1")
    assert "aufgenommen in die Runde vom 08.12.2026" in words(shown)
    press(shown, "put off wish 2")
    assert "begründen" in words(shown)
    shown.app.text_area(key="put off wish 2 reason").input("Erst nach dem Haushalt").run()
    press(shown, "put off wish 2")
    assert "zurückgestellt: Erst nach dem Haushalt" in words(shown)
    assert "steht für die Runde vom 12.01.2027" in words(shown)
    assert stored(shown)["status"].tolist() == [WishStatus.TAKEN, WishStatus.PUT_OFF]
    later = wished(screen(PAGE, runde="2"))
    assert "aus der Runde vom 08.12.2026" in words(later)


def test_a_pasted_mail_is_shown_as_what_it_becomes_before_it_is_entered(rounds_page):
    propose(rounds_page, "Sprachkurse!")
    rounds_page.app.text_area(key="wish_mail").input(MAIL).run()
    assert "Bitte wählen, von wem die E-Mail ist" in words(rounds_page)
    rounds_page.app.selectbox(key="wish_mail_sender").select(1).run()
    said = words(rounds_page)
    assert "schon vorgeschlagen, wird nicht noch einmal eingetragen" in said
    assert "Nicht übernommen: 3 Zeilen" in said
    assert "Zeile 1 (Anrede): Liebe Kollegin," in said
    assert "Zeile 8 (Gruß und Signatur): Viele Grüße" in said
    rounds_page.click("1 Themenwunsch eintragen")
    rows = stored(rounds_page)
    assert rows["name"].tolist() == ["Sprachkurse!", "Wohnraum"]
    assert rows["person"].tolist()[-1].startswith("per E-Mail, eingetragen von ")


def test_a_second_press_enters_no_topic_twice(rounds_page, monkeypatch):
    monkeypatch.setattr(pasted_mail, "_write", pressed_twice(pasted_mail._write))
    rounds_page.app.text_area(key="wish_mail").input(MAIL).run()
    rounds_page.app.selectbox(key="wish_mail_sender").select(1).run()
    rounds_page.click("2 Themenwünsche eintragen")
    assert stored(rounds_page)["name"].tolist() == ["Wohnraum", "Sprachkurse"]


@pytest.mark.parametrize(
    ("text", "said"), [("Zeile\n" * 300, "300 Zeilen"), ("Guten Tag", "kein Punkt zu erkennen")]
)
def test_a_text_that_is_no_answer_is_told(rounds_page, text, said):
    rounds_page.app.text_area(key="wish_mail").input(text).run()
    assert said in words(rounds_page)


def test_a_line_that_was_not_recognised_is_taken_after_all(rounds_page):
    rounds_page.app.text_area(key="wish_mail").input("Bitte über Fahrten reden").run()
    rounds_page.app.selectbox(key="wish_mail_sender").select(1).run()
    rounds_page.app.multiselect(key="wish_mail_after_all").select(1).run()
    rounds_page.click("1 Themenwunsch eintragen")
    assert stored(rounds_page)["name"].tolist() == ["Bitte über Fahrten reden"]


def test_a_wish_is_changed_and_withdrawn_by_who_proposed_it(rounds_page, screen):
    propose(rounds_page)
    shown = wished(screen(PAGE, runde="1"))
    press(shown, "edit wish 1")
    named(shown, "Thema des Wunsches").input("Wohnungen")
    shown.click("Speichern")
    assert stored(shown)["name"].tolist() == ["Wohnungen"]
    press(shown, "strike wish 1")
    assert stored(shown).empty


def test_the_usual_standing_points_are_made_in_one_press_and_every_new_round_gets_them(rounds_page):
    rounds_page.click("Neue Runde")
    rounds_page.app.session_state["meeting_new_kind"] = "Standardpunkte"
    rounds_page.app.run()
    assert "Noch gibt es keine Standardpunkte" in words(rounds_page)
    rounds_page.click("Die üblichen drei anlegen")
    press(rounds_page, "standing down 1")
    assert stored(rounds_page, "standing_point").sort_values("position")["name"].tolist() == [
        "Offene Vereinbarungen", "Begrüßung und Protokoll der letzten Runde", "Verschiedenes",
    ]  # fmt: skip
    rounds_page.app.session_state["meeting_new_kind"] = "Eine Runde"
    rounds_page.app.run()
    named(rounds_page, "Termin der Sitzung").input("01.03.2027")
    rounds_page.click("Runde anlegen")
    assert len(stored(rounds_page, "agenda_item")) == 3


def series(shown: Screen) -> Screen:
    shown.click("Neue Runde")
    shown.app.session_state["meeting_new_kind"] = "Eine Reihe von Runden"
    shown.app.run()
    assert not shown.app.exception
    return shown


def test_a_series_is_seen_before_it_is_made_and_leaves_out_the_day_with_a_round(rounds_page):
    write(rounds_page.engine, [Edit(Meeting, {"day": date(2027, 4, 6)})], **SOMEBODY)
    shown = series(rounds_page)
    shown.app.selectbox(key="series_before").select(14).run()
    table = shown.app.table[0].value
    assert table.iloc[1].tolist() == [
        "Dienstag, 6\\. April 2027", "an diesem Tag gibt es schon eine Runde; es kommt keine zweite",
    ]  # fmt: skip
    shown.click("3 Runden anlegen")
    rows = stored(shown, "meeting").iloc[-3:]
    assert [str(on.date()) for on in rows["day"]] == ["2027-01-05", "2027-07-06", "2027-10-05"]
    assert str(rows["wishes_until"].iloc[0].date()) == "2026-12-22"
    assert "3 Runden angelegt" in words(shown)


@pytest.mark.parametrize(
    ("until", "said"),
    [("31.12.2026", "Das Ende der Reihe"), ("irgendwann", "ist kein Datum"), ("", "Bitte den ersten")],
)
def test_a_series_that_nobody_can_mean_is_told(rounds_page, until, said):
    shown = series(rounds_page)
    shown.app.text_input(key="series_until").input(until).run()
    assert said in words(shown)


def asked(peopled: Callable[..., Screen], meeting: int, unit: str) -> Screen:
    """A wish of a unit for the round that the secrets were planted in and that is still to come."""
    engine = peopled().engine
    organisations = reading.portfolio(engine).organisations.set_index("slug")
    values = [{"name": "Wohnraum", "organisation_id": int(organisations["id"][unit])}]
    wishes.propose(engine, meeting, values, on=TODAY, **SOMEBODY)
    return peopled(PAGE, runde=str(meeting))


def labels(shown: Screen) -> set[str]:
    return {button.label for button in shown.app.button}


PROPOSE, CHANGE, DECIDE = "Vorschlagen", "Zurückziehen", "Auf die Tagesordnung"


@pytest.mark.parametrize(
    ("who", "offered"),
    [("liest", set()), ("eigene", {PROPOSE, CHANGE}), ("alle", {PROPOSE, CHANGE, DECIDE})],
)
def test_who_reads_sees_wishes_who_edits_proposes_and_who_prepares_decides(
    who: str, offered: set[str], peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person(who))
    coming = 2
    shown = asked(peopled, coming, "fb-22")
    if who == "alle":
        wished(shown)
    assert "Wohnraum" in words(shown)
    assert "FB 22" in words(shown)
    assert labels(shown) & {PROPOSE, CHANGE, DECIDE} == offered
    assert ("Text der E-Mail" in {each.label for each in shown.app.text_area}) is (who == "alle")


def test_who_edits_for_a_unit_proposes_for_that_one_alone(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("eigene"))
    shown = asked(peopled, 2, "awo-coburg")
    assert labels(shown) & {PROPOSE, CHANGE, DECIDE} == {PROPOSE}
    offered = next(each for each in shown.app.selectbox if each.label == "Vorgeschlagen von")
    assert offered.value is not None, "the own unit stands there already"
    named(shown, "Thema des Wunsches").input("Abendkurse")
    shown.click(PROPOSE)
    row = stored(shown).iloc[-1]
    assert (row["name"], row["person"]) == ("Abendkurse", "Eigene (Fachbereich 22)")


def test_before_a_room_no_wish_is_shown(peopled: Callable[..., Screen]) -> None:
    asked(peopled, 2, "fb-22")
    shown = peopled(PAGE, runde="2", praesentation="an")
    assert "Wohnraum" not in words(shown)
    assert not labels(shown) & {PROPOSE, CHANGE, DECIDE}


def test_wishes_that_no_planned_round_takes_are_told_but_not_before_a_room(
    peopled: Callable[..., Screen],
) -> None:
    told = "1 Themenwunsch wartet auf eine Runde, die noch nicht angelegt ist."
    asked(peopled, 2, "fb-22")
    shown = peopled(PAGE)
    assert told not in words(shown)
    (wish,) = of_round(reading.portfolio(shown.engine), 2)
    wishes.put_off(shown.engine, wish, 2, "Später.", **SOMEBODY)
    assert told in words(peopled(PAGE))
    call_off = {"status": MeetingStatus.CANCELLED}
    rows = stored(shown, "meeting")
    ahead = rows.loc[rows["day"].dt.date >= TODAY, ["id", "version"]].to_dict("records")
    write(
        shown.engine, [Edit(Meeting, call_off, id=r["id"], version=r["version"]) for r in ahead], **SOMEBODY
    )
    assert told in words(peopled(PAGE))
    assert "1 Themenwunsch" not in words(peopled(PAGE, praesentation="an"))


@pytest.mark.parametrize("who", ["eigene", "alle"])
def test_my_tasks_tell_those_who_prepare_rounds_how_many_wishes_wait(
    who: str, peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    asked(peopled, 2, "fb-22")
    ask_as(person(who))
    shown = peopled("Lagebild")
    told = [button for button in shown.app.button if button.key == "to do wishes-2"]
    assert ("1 Themenwunsch zur Runde am" in words(shown)) is bool(told) is (who == "alle")
    if told:
        told[0].click().run()
        assert shown.app.session_state["meeting_part"] == "Themenwünsche"


def test_what_is_typed_about_a_wish_that_somebody_answers_can_be_copied_and_comes_back(rounds_page, screen):
    propose(rounds_page)
    shown = wished(screen(PAGE, runde="1"))
    press(shown, "edit wish 1")
    named(shown, "Warum?").input("Vier Familien.").run()
    (wish,) = of_round(reading.portfolio(shown.engine), 1)
    taken = wishes.take(shown.engine, wish, 1, **SOMEBODY)
    shown.app.run()
    assert re.search("Wohnraum wurde inzwischen am .+ von Fachbereich 22 aufgenommen.", words(shown))
    assert "Warum?:  \nVier Familien." in words(shown)
    assert "Thema vorschlagen" not in words(shown)
    undoing.undo(shown.engine, str(taken.batch), **SOMEBODY)
    shown.app.run()
    assert named(shown, "Warum?").value == "Vier Familien."
    shown.click("Speichern")
    assert stored(shown)["reason"].tolist() == ["Vier Familien."]


def test_who_withdraws_a_wish_that_stands_in_the_form_gets_the_form_of_a_new_one(rounds_page, screen):
    propose(rounds_page)
    shown = wished(screen(PAGE, runde="1"))
    press(shown, "edit wish 1")
    press(shown, "strike wish 1")
    assert "wurde inzwischen" not in words(shown)
    assert "Thema vorschlagen" in words(shown)


def test_what_is_typed_about_a_standing_point_that_somebody_removes_can_be_copied(rounds_page):
    write(rounds_page.engine, [Edit(StandingPoint, {"name": "Begrüßung"})], **SOMEBODY)
    rounds_page.click("Neue Runde")
    rounds_page.app.session_state["meeting_new_kind"] = "Standardpunkte"
    rounds_page.app.run()
    press(rounds_page, "standing edit 1")
    named(rounds_page, "Notiz dazu").input("Mit Vorstellung").run()
    rounds.strike(rounds_page.engine, StandingPoint, 1, **SOMEBODY)
    rounds_page.app.run()
    assert "Notiz dazu:  \nMit Vorstellung" in words(rounds_page)
    rounds_page.click("Eingaben verwerfen")
    assert "Standardpunkt hinzufügen" in words(rounds_page)
