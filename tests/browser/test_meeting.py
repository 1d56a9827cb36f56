"""Koordinierungsrunde in the browser: two on one point, a reload in mid-sentence, by keyboard, and axe."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine

from steering.analysis.rounds import round_of
from steering.model import (
    AgendaItem,
    ExtensionRule,
    Meeting,
    MeetingStatus,
    Outcome,
    OutcomeStatus,
    Participant,
    Subject,
)
from steering.storage import reading, rounds, schema
from steering.storage.writing import Edit, Made, write
from tests.browser import axe
from tests.browser.serving import Server, serving
from tests.browser.visiting import Visit
from tests.conftest import TODAY, sqlite_url
from tests.stored import Who

WITHIN_FIVE_SECONDS = 5_000
OVERLAP = "OVERLAP/t41/s28,s29"
CLOSED, RUNNING, DRAFT, ENDED = 1, 2, 3, 4
# Points of the running round: one for each test that writes, so that none disturbs another.
SHARED, CONTESTED, RELOADED, BY_KEYBOARD, LAST, STRUCK, TAKEN, ENDING = range(2, 10)
WHO: Who = {"actor": "Landratsamt", "now": datetime.combine(TODAY, time(9))}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A closed round, one that is running, and one in preparation."""
    folder = tmp_path_factory.mktemp("rounds")
    engine = schema.prepare(sqlite_url(folder / "steering.db"), "coburg")
    names = ["Geteilt", "Umkämpft", "Neu geladen", "Mit der Tastatur", "Letzter", "Gestrichen", "Internes"]
    points = [
        Edit(AgendaItem, {"meeting_id": Made(3), "name": name, "position": place})
        for place, name in enumerate(names)
    ]
    write(
        engine,
        [
            Edit(Meeting, {"day": date(2026, 9, 1), "place": "Sitzungssaal"}),
            Edit(AgendaItem, {"meeting_id": Made(0), "name": "Damals", "subject": Subject.FINDING,
                              "subject_key": OVERLAP}),
            Edit(Outcome, {"agenda_item_id": Made(1), "text": "klar", "status": OutcomeStatus.RECORDED}),
            Edit(Meeting, {"day": TODAY, "status": MeetingStatus.RUNNING, "place": "Sitzungssaal"}),
            Edit(Participant, {"meeting_id": Made(3), "organisation_id": 1, "function": "Planung"}),
            *points,
            Edit(Meeting, {"day": date(2027, 2, 1)}),
            Edit(Meeting, {"day": TODAY, "status": MeetingStatus.RUNNING}),
            Edit(AgendaItem, {"meeting_id": Made(6 + len(names)), "name": "Zu Ende"}),
        ],
        **WHO,
    )  # fmt: skip
    view = {"as_of": TODAY, "scenario": ExtensionRule.SECURED, "masterplan": False, "revision": 1}
    kept = '{"round": ' + _round(engine) + "}"
    rounds.close(engine, CLOSED, 1, kept, on=TODAY, view=view, **WHO)
    engine.dispose()
    with serving(folder, loaded=True) as started:
        yield started


def _round(engine: Engine) -> str:
    found = round_of(reading.portfolio(engine), CLOSED)
    assert found is not None
    return json.dumps(found.to_json())


def at_point(visitor: Visit, point: int, meeting: int = RUNNING) -> Page:
    return visitor.go(f"/koordinierungsrunde?runde={meeting}&punkt={point}")


def result(page: Page) -> Locator:
    return page.get_by_test_id("stMain").get_by_label("Ergebnis", exact=True)


def saved_as_draft(page: Page) -> None:
    expect(page.get_by_text("gespeichert", exact=True)).to_be_visible()


def test_what_one_types_appears_with_the_other_within_five_seconds(
    server: Server, visit: Callable[[Server], Visit]
) -> None:
    mine, theirs = visit(server), visit(server)
    for visitor in (mine, theirs):
        at_point(visitor, SHARED)
    result(mine.page).press_sequentially("Die AWO klärt das Ende")
    # Still in the field: it is the pause that hands it over.
    expect(result(theirs.page)).to_have_value("Die AWO klärt das Ende", timeout=WITHIN_FIVE_SECONDS)
    assert mine.failures() == theirs.failures() == []


def test_two_on_one_point_lose_nothing_and_can_unite_their_texts(
    server: Server, visit: Callable[[Server], Visit]
) -> None:
    mine, theirs = visit(server), visit(server)
    for visitor in (mine, theirs):
        at_point(visitor, CONTESTED)
    result(theirs.page).fill("von Fachbereich 22")
    result(mine.page).fill("vom Planungsstab")
    late = who_is_told(mine, theirs)
    late.page.get_by_role("button", name="Beide vereinen").click()
    for visitor in (mine, theirs):
        for text in ("von Fachbereich 22", "vom Planungsstab"):
            expect(result(visitor.page)).to_have_value(re.compile(text), timeout=2 * WITHIN_FIVE_SECONDS)
    assert mine.failures() == theirs.failures() == []


def who_is_told(*visitors: Visit) -> Visit:
    """Who of them came second, and so sees both texts."""
    for _ in range(100):
        for visitor in visitors:
            if visitor.page.get_by_text("Beide Texte stehen noch").is_visible():
                return visitor
        visitors[0].page.wait_for_timeout(100)
    raise AssertionError("nobody was told that two texts stand against each other")


def test_a_reload_in_mid_sentence_loses_nothing_and_lands_at_the_same_point(
    server: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(server)
    page = at_point(visitor, RELOADED)
    result(page).press_sequentially("Mitten im Satz, und")
    # At once: not even the pause is waited for that hands the words over.
    page.reload()
    visitor.settle()
    expect(result(page)).to_have_value("Mitten im Satz, und")
    assert f"punkt={RELOADED}" in page.url
    expect(page.get_by_role("radio", name=re.compile("Neu geladen"))).to_be_checked()


def test_typing_goes_on_while_it_is_kept_and_while_others_save(
    server: Server, visit: Callable[[Server], Visit]
) -> None:
    mine, theirs = visit(server), visit(server)
    at_point(mine, LAST)
    at_point(theirs, RELOADED)
    words = "Ein langer Satz, der nicht aufhört, während gespeichert wird und andere schreiben."
    half = len(words) // 2
    result(mine.page).press_sequentially(words[:half], delay=40)
    result(theirs.page).press_sequentially(" nebenan", delay=10)
    result(mine.page).press_sequentially(words[half:], delay=80)
    expect(result(mine.page)).to_have_value(words)
    saved_as_draft(mine.page)
    expect(result(mine.page)).to_have_value(words)


def types_on(page: Page, before: Callable[[], object]) -> None:
    """Somebody writes an Ergebnis without looking up, while something else happens."""
    words = "Die AWO prüft, ob das Personal reicht, und spricht mit dem Jobcenter."
    half = len(words) // 2
    result(page).press_sequentially(words[:half], delay=40)
    before()
    page.keyboard.type(words[half:], delay=120)
    expect(result(page)).to_have_value(words)
    expect(result(page)).to_be_focused()
    assert "praesentation" not in page.url


def test_somebody_who_writes_goes_on_where_another_strikes_the_point(
    server: Server, visit: Callable[[Server], Visit]
) -> None:
    mine, theirs, later = visit(server), visit(server), visit(server)
    for visitor in (mine, theirs):
        at_point(visitor, STRUCK)
    at_point(later, TAKEN)
    types_on(mine.page, theirs.page.get_by_role("button", name="Streichen").click)
    expect(mine.page.get_by_text("Dieser Punkt wurde gestrichen")).to_be_visible()
    saved_as_draft(mine.page)
    # Who is at a later point stays there, although it has another number now.
    expect(later.page.get_by_role("radio", name=re.compile("6 · Internes"))).to_be_checked()
    assert f"punkt={TAKEN}" in later.page.url
    mine.page.get_by_role("button", name="Wieder aufnehmen").click()
    expect(mine.page.get_by_text("Dieser Punkt wurde gestrichen")).to_be_hidden()
    assert mine.failures() == theirs.failures() == []


def test_somebody_who_writes_loses_nothing_where_another_closes_the_round(
    server: Server, visit: Callable[[Server], Visit]
) -> None:
    mine, theirs = visit(server), visit(server)
    for visitor in (mine, theirs):
        at_point(visitor, ENDING, ENDED)
    page = theirs.page
    page.get_by_role("radio", name="Abschluss").click()
    page.get_by_text("Die Runde ist zu Ende.").click()
    close = page.get_by_role("button", name="Runde schließen")
    expect(close).to_be_enabled()
    field = result(mine.page)
    field.focus()

    # While a draft is stored nobody can close it: what is typed is not, at that moment.
    close.click()
    mine.page.keyboard.type("Noch ein paar Personen mehr, die prüfen", delay=100)
    expect(mine.page.get_by_text("Die Runde wurde gerade geschlossen")).to_be_visible()
    expect(field).to_have_value("Noch ein paar Personen mehr, die prüfen")
    expect(field).to_be_focused()
    assert f"runde={ENDED}" in mine.page.url
    assert "praesentation" not in mine.page.url
    mine.page.get_by_role("button", name="Zur geschlossenen Runde").click()
    expect(mine.page.get_by_text("Nachtrag hinzufügen")).to_be_visible()
    assert mine.failures() == theirs.failures() == []


def test_letters_for_a_field_that_is_gone_are_no_shortcuts(
    server: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(server)
    page = at_point(visitor, TAKEN)
    result(page).focus()
    page.evaluate("document.activeElement.remove()")
    page.keyboard.type("prüft das", delay=50)  # one P, which else begins a presentation
    page.wait_for_timeout(1_000)
    visitor.settle()
    assert "praesentation" not in page.url
    page.wait_for_timeout(1_000)
    page.keyboard.press("p")
    page.wait_for_url("**praesentation=an**")


def test_a_point_is_gone_through_by_keyboard_alone(server: Server, visit: Callable[[Server], Visit]) -> None:
    visitor = visit(server)
    page = at_point(visitor, BY_KEYBOARD)
    tab_to(page, "Ergebnis")
    page.keyboard.type("abgestimmt")
    saved_as_draft(page)
    visitor.settle()
    tab_to(page, "Ergebnis festhalten")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Festgehalten. Eine Änderung")).to_be_visible()
    visitor.settle()
    tab_to(page, "Nächster Punkt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name=re.compile("Letzter"))).to_be_checked()
    assert visitor.failures() == []


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what is called so."""
    for _ in range(150):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "() => (document.activeElement.ariaLabel || document.activeElement.innerText || '').trim()"
        )
        if at.endswith(name):
            return
    raise AssertionError(f"no {name} within reach of the keyboard")


@pytest.mark.parametrize(
    ("address", "part"),
    [
        (f"?runde={CLOSED}", "Punkte"),
        (f"?runde={RUNNING}", "Punkte"),
        (f"?runde={RUNNING}", "Rahmen und Teilnahme"),
        (f"?runde={RUNNING}", "Abschluss"),
        (f"?runde={DRAFT}", "Vorschläge"),
        (f"?runde={DRAFT}", "Vereinbart"),
    ],
)
def test_axe_finds_nothing_in_any_state(
    server: Server, visit: Callable[[Server], Visit], address: str, part: str
) -> None:
    visitor = visit(server)
    page = visitor.go(f"/koordinierungsrunde{address}")
    page.get_by_role("radio", name=part, exact=True).click()
    visitor.settle()
    assert axe.findings(page) == []
    assert visitor.failures() == visitor.foreign == visitor.complaints == []


def test_what_is_wrong_with_an_input_is_dark_enough_to_be_read(
    server: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(server)
    page = visitor.go(f"/koordinierungsrunde?runde={RUNNING}")
    page.get_by_role("radio", name="Rahmen und Teilnahme", exact=True).click()
    visitor.settle()
    page.get_by_role("button", name="Teilnahme speichern").click()
    visitor.settle()
    told = page.get_by_text("Bitte ausfüllen.")
    expect(told).to_be_visible()
    expect(page.get_by_test_id("stCaptionContainer").filter(has=told)).to_have_css("opacity", "1")


def test_a_second_press_does_not_begin_the_round_that_the_first_has_invited_to(
    server: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(server)
    page = visitor.go(f"/koordinierungsrunde?runde={DRAFT}")
    place = page.get_by_role("button", name="Einladung vermerken").bounding_box()
    assert place is not None
    middle = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.click(*middle)
    begin = page.get_by_role("button", name="Runde beginnen")
    expect(begin).to_be_visible()
    page.mouse.click(*middle)
    visitor.settle()
    page.wait_for_timeout(500)
    expect(begin).to_be_visible()
