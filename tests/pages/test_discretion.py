"""Nothing that is for the administration only is on any page while guests look on."""

from collections.abc import Iterator
from typing import Any

import pytest

from steering.storage import reading, rounds
from steering.web.panels import rows_of
from tests.pages.conftest import PAGES, Screen
from tests.planted import SECRET, WHO, Planted


def everything_sent(node: Any) -> Iterator[bytes]:
    """What the browser was sent for a block and all in it: texts, tables, charts with their data."""
    proto = getattr(node, "proto", None)
    if proto is not None:
        yield proto.SerializeToString()
    for child in getattr(node, "children", {}).values():
        yield from everything_sent(child)


def sent(shown: Screen) -> bytes:
    """The same for the whole screen, with what stands in its fields: that is sent once, when they appear."""
    fields = [*shown.app.text_area, *shown.app.text_input]
    return b"\n".join([*everything_sent(shown.app._tree), *(str(each.value).encode() for each in fields)])


@pytest.fixture
def planted(screen) -> tuple[Any, Planted]:
    return screen, Planted(screen().engine)


# Every choice within a page that draws something else.
CHOICES: dict[str, dict[str, list[Any]]] = {
    "Zeitachse": {"timeline_grouping": ["Programm"]},
    "Zuständigkeiten": {"responsibility_what": ["Wer mit wem", "Über die Zeit"]},
    "Bedarfe": {"needs_switch": ["Verlauf"]},
    "Lücken": {"gaps_picture": ["Gemeinden", "Karte"]},
    "Masterplan": {"masterplan_part": ["Fahrplan", "Wer trägt was", "Zu ergänzen", "Vorlage schreiben"]},
}


def states(shown: Screen, page: str) -> Iterator[bytes]:
    """What is sent for each state of a page."""
    yield sent(shown)
    for key, values in CHOICES.get(page, {}).items():
        for value in values:
            shown.app.session_state[key] = value
            shown.app.run()
            assert not shown.app.exception
            yield sent(shown)


def of_round(screen: Any, found: Planted, **address: str) -> Iterator[bytes]:
    """What is sent for each point and part of both rounds, asked for by name, internal ones too."""
    for meeting in (found.coming, found.closed):
        shown = screen("Koordinierungsrunde", runde=str(meeting), **address)
        assert not shown.app.exception
        yield sent(shown)
        for point in found.points if meeting == found.coming else []:
            shown.app.session_state["punkt"] = point
            shown.app.run()
            assert not shown.app.exception
            yield sent(shown)
        for part in ("Rahmen und Teilnahme", "Vereinbart", "Abschluss"):
            shown.app.session_state["meeting_part"] = part
            shown.app.run()
            assert not shown.app.exception
            yield sent(shown)


@pytest.mark.parametrize("address", [{"verwaltung": "ohne"}, {"praesentation": "an"}], ids=str)
def test_a_round_sends_nothing_internal(planted, address):
    screen, found = planted
    for everything in of_round(screen, found, **address):
        assert SECRET.encode() not in everything
        assert [key for key in found.keys if key.encode() in everything] == []


def test_a_round_sends_what_is_internal_to_the_administration(planted):
    screen, found = planted
    told = list(of_round(screen, found))
    assert all(SECRET.encode() in everything for everything in told[:5])


def test_of_a_point_whose_finding_becomes_internal_a_round_held_before_shows_the_number_only(planted):
    screen, found = planted

    def points() -> list[str]:
        shown = screen("Koordinierungsrunde", runde=str(found.closed), verwaltung="ohne")
        return list(shown.app.radio(key="meeting_points").options)

    assert points()[-1] != "2 · nichtöffentlich"
    rounds.reserve(screen().engine, found.finding, internal=True, **WHO)
    assert points()[-1] == "2 · nichtöffentlich"


def test_a_form_opened_before_shows_nothing_internal_once_guests_look_on(planted):
    screen, found = planted
    shown = screen("Koordinierungsrunde", runde=str(found.coming), punkt=str(found.points[0]))
    assert SECRET.encode() in sent(shown)
    shown.app.toggle(key="discreet_switch").set_value(True).run()
    assert SECRET.encode() not in sent(shown)


@pytest.mark.parametrize("part", ["Punkte", "Rahmen und Teilnahme"])
def test_a_form_opened_while_guests_look_on_has_what_is_internal_afterwards(planted, part):
    screen, found = planted
    where = {"runde": str(found.coming), "punkt": str(found.points[0])}
    shown = screen("Koordinierungsrunde", **where, verwaltung="ohne")
    shown.app.session_state["meeting_part"] = part
    shown.app.run()
    which = " (gewählter Punkt)" if part == "Punkte" else ""
    note = f"Notiz für alle{which}" if which else "Anmerkung für alle"
    shown.type(**{note: "was dabei getippt wurde"})
    shown.app.toggle(key="discreet_switch").set_value(False).run()
    assert not shown.app.exception
    assert shown.input(f"Notiz nur Verwaltung{which}").value == SECRET
    assert shown.input(note).value == "was dabei getippt wurde"


def test_what_is_typed_for_the_administration_outlasts_the_guests_looking_on(planted):
    screen, found = planted
    shown = screen("Koordinierungsrunde", runde=str(found.coming), punkt=str(found.points[0]))
    shown.type(**{"Notiz nur Verwaltung (gewählter Punkt)": "nur für uns"})
    shown.app.toggle(key="discreet_switch").set_value(True).run()
    shown.click("Punkt speichern")
    points = reading.portfolio(shown.engine).agenda_items.set_index("id")
    assert points.loc[found.points[0], "internal_note"] == "nur für uns"


def test_what_is_being_agreed_before_a_room_stays_when_internal_things_are_shown(planted):
    screen, found = planted
    shown = screen(
        "Koordinierungsrunde", runde=str(found.coming), punkt=str(found.points[0]), praesentation="an"
    )
    shown.type(Was="Termin vereinbaren")
    shown.click("Internes einblenden")
    assert not shown.app.exception
    assert shown.input("Was").value == "Termin vereinbaren"
    internal = next(each for each in shown.app.checkbox if each.label.startswith("Vereinbart nur"))
    assert internal.value is False


def test_the_switch_says_how_much_it_hides(planted, look):
    screen, _ = planted
    shown = screen("Lücken")
    said = next(each.value for each in shown.app.sidebar.caption if each.value.startswith("Nur Verwaltung: "))
    assert "Hinweis" in said
    shown.app.toggle(key="discreet_switch").set_value(True).run()
    hidden = said.replace("Nur Verwaltung: ", "Ausgeblendet: ")
    assert hidden in [each.value for each in shown.app.sidebar.caption]
    assert "Als »nur Verwaltung« ist nichts vermerkt." in look("Lücken").texts


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("address", [{"verwaltung": "ohne"}, {"praesentation": "an"}], ids=str)
def test_no_page_sends_anything_internal(planted, page, address):
    screen, found = planted
    shown = screen(page, **address)
    shown.app.session_state["findings_of_every_kind"] = True
    for everything in states(shown, page):
        assert SECRET.encode() not in everything
        assert [key for key in found.keys if key.encode() in everything] == []


def test_without_the_switch_what_is_internal_is_there_so_that_the_search_can_find_it(planted):
    screen, found = planted
    shown = screen("Zuständigkeiten", stichtag="2026-11-22")
    shown.app.session_state["finding"] = found.keys[0]
    shown.app.session_state["responsibility_what"] = "Über die Zeit"
    shown.app.run()
    everything = sent(shown)
    assert SECRET.encode() in everything
    assert found.keys[0].encode() in everything


def _named(cells: Any) -> Any:
    """What stands in cells without the mark of an example, as the keys have it."""
    return cells.str.removesuffix(" (Beispiel)").str.encode("utf-8")


def lists_of_findings(shown: Screen, page: str, found: Planted) -> list[bool]:
    """For each list of findings on a page, whether it names the internal one that belongs there."""
    data = reading.portfolio(shown.engine)
    tasks, structures = data.tasks.set_index("id")["name"], data.structures.set_index("id")["name"]
    overlap, gap, ending = (key.split("/") for key in found.keys)
    twice, missing = (tasks[int(parts[1][1:])].encode() for parts in (overlap, gap))
    stops = structures[int(ending[2][1:])]
    if page == "Lagebild":
        return [any(stops in each.value.to_csv() for each in shown.app.table)]
    if page == "Masterplan":
        left = [each.value for each in shown.app.dataframe if "Antwort" in each.value]
        return [bool(((each["Hinweis"].str.startswith("Lücke")) & (_named(each["Aufgabe"]) == missing)).any())
                for each in left]  # fmt: skip
    if page == "Lücken":
        lost = [each.value for each in shown.app.table if "Danach kein Anbieter erfasst" in each.value]
        rows = shown.app.session_state[rows_of("gaps-table")]
        return [found.keys[1] in rows, *(stops in each.to_csv() for each in lost)]
    shown.app.session_state["responsibility_what"] = "Über die Zeit"
    shown.app.run()
    drawn = b"".join(each.proto.SerializeToString() for each in shown.app.get("vega_lite_chart"))
    shown.app.session_state["responsibility_what"] = "Wer mit wem"
    shown.app.run()
    shared = [each.value for each in shown.app.dataframe if "Stellen" in each.value]
    return [
        twice in drawn,
        found.keys[0] in shown.app.session_state[rows_of("findings_table")],
        *((_named(each["Aufgabe"]) == twice).any() for each in shared),
    ]


@pytest.mark.parametrize("page", ["Lagebild", "Zuständigkeiten", "Lücken", "Masterplan"])
def test_an_internal_finding_is_on_no_list_of_findings(planted, page):
    screen, found = planted
    seen = lists_of_findings(screen(page), page, found)
    silent = lists_of_findings(screen(page, praesentation="an"), page, found)
    assert all(seen)
    assert len(seen) == len(silent) > 0
    assert not any(silent)


def test_an_internal_finding_is_in_no_count_and_its_need_on_no_list(planted):
    screen, found = planted
    seen, silent = screen("Lücken"), screen("Lücken", verwaltung="ohne")
    assert seen.texts != silent.texts
    need = int(found.keys[1].rsplit("n", 1)[1])
    for shown, there in ((screen("Bedarfe"), True), (screen("Bedarfe", verwaltung="ohne"), False)):
        assert (need in shown.app.session_state[rows_of("needs_table")]) is there


def test_what_is_about_carriers_is_asked_while_guests_look_on(screen):
    told = screen("Zuständigkeiten")
    asked = screen("Zuständigkeiten", verwaltung="ohne")
    assert "Mehrfachzuständigkeit" in " ".join(each.value for each in told.app.subheader)
    assert "die Federführung, und wer wirkt mit?" in " ".join(each.value for each in asked.app.subheader)
    assert "Am weitesten reicht" in told.texts
    assert "Am weitesten reicht" not in asked.texts


def test_marking_a_finding_takes_it_off_the_screen_and_can_be_undone(screen):
    shown = screen("Zuständigkeiten")
    (box,) = [each for each in shown.app.checkbox if each.label == "nur Verwaltung"]
    key = box.key.removeprefix("internal ")
    box.check().run()
    shown.app.run()
    listed = (
        shown.app.session_state[rows_of("findings_table")]
        + shown.app.session_state[rows_of("calm_findings_table")]
    )
    assert key in listed
    shown.app.toggle(key="discreet_switch").set_value(True).run()
    assert key not in shown.app.session_state[rows_of("findings_table")]
    assert not [each for each in shown.app.checkbox if each.label == "nur Verwaltung"]
    shown.app.toggle(key="discreet_switch").set_value(False).run()
    (box,) = [each for each in shown.app.checkbox if each.key == f"internal {key}"]
    assert box.value
    box.uncheck().run()
    shown.app.run()
    shown.click("Rückgängig")
    (box,) = [each for each in shown.app.checkbox if each.key == f"internal {key}"]
    assert box.value


def test_files_and_imports_are_closed_while_guests_look_on(screen):
    shown = screen("Daten und Einstellungen", verwaltung="ohne")
    assert "geschlossen" in shown.texts
    assert not shown.app.radio
    assert not shown.app.get("download_button")


def test_switching_silences_what_was_said_about_the_last_edit(screen):
    shown = screen("Zuständigkeiten")
    (box,) = [each for each in shown.app.checkbox if each.label == "nur Verwaltung"]
    box.check().run()
    assert "nur Verwaltung gespeichert" in shown.texts
    shown.app.toggle(key="discreet_switch").set_value(True).run()
    assert "gespeichert" not in shown.texts
