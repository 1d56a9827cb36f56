"""Ansichten: kept under a name, opened as they were kept, shared by who edits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from steering.storage import persons, saved_views
from steering.storage.rights.acting import Onlooker, SignedIn, Who, acting_as
from steering.web import identity
from steering.web.frame import views
from tests.pages.conftest import Screen
from tests.pages.people import ISSUER, KINDS, NOW, person
from tests.planted import WHO

WANTED: dict[str, Any] = {
    "stichtag": "2027-01-01",
    "szenario": "erwartet",
    "masterplan": "mit",
    "ideen": "mit",
    "gemeinde": ["09473151", "09473112"],
    "traeger": ["caritas-coburg"],
    "annahme": ["drop:funding:4"],
}


@pytest.fixture
def staffed(screen: Callable[..., Screen], ask_as: Callable[[Who], None]) -> Callable[..., Screen]:
    """A page as somebody of a role sees it."""

    def opened(subject: str = "alle", page: str = "Strukturen", **address: str | list[str]) -> Screen:
        engine = screen().engine
        for each, (role, scope) in KINDS.items():
            persons.grant(engine, ISSUER, each, role, scope=scope, name=each.title(), unit="fb-22", **WHO)
        ask_as(person(subject))
        return screen(page, **address)

    return opened


def save(shown: Screen, name: str = "Meine", *, shared: bool = False, rolling: bool | None = None) -> None:
    shown.app.text_input(key=views.NAME).set_value(name)
    if shared:
        shown.app.toggle(key=views.SHARED).set_value(True)
    if rolling is not None:
        shown.app.toggle(key=views.ROLLING).set_value(rolling)
    shown.app.button(key="save view").click().run()
    assert not shown.app.exception


def stored(shown: Screen, subject: str = "alle") -> tuple[saved_views.StoredView, ...]:
    return saved_views.listed(acting_as(shown.engine, SignedIn(ISSUER, subject, NOW)))


def open_view(shown: Screen, number: int = 1) -> None:
    shown.app.button(key=f"open view {number}").click().run()
    assert not shown.app.exception


def offered(shown: Screen) -> list[str]:
    return [each.label for each in shown.app.button if str(each.key).startswith("open view")]


def whole(shown: Screen) -> dict[str, list[str]]:
    return {name: shown.address(name) for name in shown.app.query_params}


@pytest.mark.parametrize("subject", KINDS)
def test_a_view_opens_as_it_was_kept_whatever_is_on_the_screen(
    subject: str, staffed: Callable[..., Screen], screen: Callable[..., Screen]
) -> None:
    shown = staffed(subject, **WANTED)
    before = whole(shown)
    save(shown)
    assert "Gemerkt: »Meine«." in shown.texts
    other = screen("Karte", ebene="gemeinde", handlungsfeld="arbeit", szenario="optimistisch")
    open_view(other)
    assert other.app.title[0].value == "Strukturen"
    assert whole(other) == before


def test_a_view_opens_on_the_page_that_is_open_too(
    staffed: Callable[..., Screen], screen: Callable[..., Screen]
) -> None:
    shown = staffed(szenario="erwartet", traeger="caritas-coburg", auswahl="laufend")
    before = whole(shown)
    save(shown)
    here = screen("Strukturen", gemeinde="09473151")
    open_view(here)
    assert whole(here) == before


def test_what_a_view_does_not_name_is_not_taken_from_the_screen(
    staffed: Callable[..., Screen], screen: Callable[..., Screen]
) -> None:
    shown = staffed(page="Lagebild")
    before = whole(shown)
    save(shown)
    here = screen("Lagebild", zugang="hoch", frist="2028-12-31")
    assert whole(here) == {**before, "zugang": ["hoch"], "frist": ["2028-12-31"]}
    open_view(here)
    assert whole(here) == before


@pytest.mark.parametrize("rolling", [True, False])
def test_a_view_is_of_one_day_or_of_the_day_on_which_it_is_opened(
    rolling: bool, staffed: Callable[..., Screen], screen: Callable[..., Screen],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("STEERING_TODAY", "2026-11-27")
    shown = staffed()
    assert shown.app.toggle(key=views.ROLLING).value, "of today is meant as of the day"
    save(shown, rolling=rolling)
    monkeypatch.setenv("STEERING_TODAY", "2027-02-01")
    later = screen("Karte")
    told = later.app.button(key="open view 1").help
    assert ("am jeweiligen Tag" if rolling else "Stichtag 27.11.2026") in told
    open_view(later)
    assert later.address("stichtag") == ["2027-02-01" if rolling else "2026-11-27"]


def test_who_has_moved_the_stichtag_means_that_day(staffed: Callable[..., Screen]) -> None:
    shown = staffed(stichtag="2030-01-01")
    assert not shown.app.toggle(key=views.ROLLING).value
    shown.click("Zurück zu heute (22.11.2026)")
    assert shown.app.toggle(key=views.ROLLING).value


def test_how_the_screen_is_used_just_now_is_no_part_of_a_view(staffed: Callable[..., Screen]) -> None:
    shown = staffed(verwaltung="ohne")
    save(shown)
    assert "verwaltung" not in stored(shown)[0].query


def test_who_only_reads_keeps_views_and_shares_none(
    staffed: Callable[..., Screen], screen: Callable[..., Screen]
) -> None:
    shown = staffed("liest")
    save(shown)
    assert offered(screen()) == ["Meine"]
    assert views.SHARED not in [each.key for each in shown.app.toggle]


def test_what_is_shared_everybody_opens_and_its_maker_changes(
    staffed: Callable[..., Screen], screen: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    save(staffed("eigene"), "Für alle", shared=True)
    ask_as(person("liest"))
    reads = screen()
    assert offered(reads) == ["Für alle"]
    assert "geteilt von Eigene" in reads.app.button(key="open view 1").help
    assert "rename view" not in [each.key for each in reads.app.button]
    ask_as(person("verwaltet"))
    administers = screen()
    administers.app.text_input(key="name of view 1").set_value("Neuer Name")
    administers.app.button(key="rename view").click().run()
    assert offered(administers) == ["Neuer Name"]
    administers.app.button(key="remove view").click().run()
    assert offered(administers) == []
    assert "Gelöscht: »Neuer Name«." in administers.texts


def test_a_name_that_is_taken_or_none_is_refused_in_a_sentence(staffed: Callable[..., Screen]) -> None:
    shown = staffed()
    save(shown)
    save(shown, "meine")
    assert "Eine Ansicht »meine« gibt es schon. Bitte anders benennen." in shown.texts
    save(shown, " ")
    assert len(shown.app.error) == 1
    assert len(stored(shown)) == 1


def test_what_a_view_names_and_is_gone_is_told_and_the_view_opens_without_it(
    staffed: Callable[..., Screen], screen: Callable[..., Screen]
) -> None:
    shown = staffed()
    mine = acting_as(shown.engine, person("alle"))
    saved_views.save(
        mine, "Alt *x*", "luecken", "szenario=erwartet&traeger=weg&traeger=caritas-coburg", now=NOW
    )
    opened = screen("Lagebild")
    open_view(opened)
    assert opened.app.title[0].value == "Lücken"
    assert "Die Ansicht »Alt *x*« nennt bei »traeger« etwas, das es nicht mehr gibt." in opened.texts
    assert opened.address("traeger") == ["caritas-coburg"]
    assert opened.address("szenario") == ["erwartet"]
    opened.open("Karte")
    assert "nicht mehr gibt" not in opened.texts


def test_a_view_of_a_page_that_is_gone_says_so(
    staffed: Callable[..., Screen], screen: Callable[..., Screen]
) -> None:
    shown = staffed()
    saved_views.save(acting_as(shown.engine, person("alle")), "Alt", "frueher", "", now=NOW)
    opened = screen("Karte")
    open_view(opened)
    assert "Die Seite der Ansicht »Alt« gibt es nicht mehr." in opened.texts
    assert opened.app.title[0].value == "Karte"


def test_what_is_remembered_as_a_filter_is_no_part_of_a_view_without_it(
    staffed: Callable[..., Screen], screen: Callable[..., Screen]
) -> None:
    shown = staffed(szenario="erwartet")
    save(shown)
    other = screen("Karte")
    other.app.toggle(key="own_unit_on").set_value(True).run()
    open_view(other)
    assert other.address("traeger") == []


def test_who_only_looks_on_opens_what_is_shared_and_keeps_nothing(
    screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = screen().engine
    saved_views.save(engine, "Geteilt", "karte", "szenario=erwartet", shared=True, now=NOW)
    saved_views.save(engine, "Eigene", "karte", "szenario=erwartet", now=NOW)
    monkeypatch.setattr(identity, "from_elsewhere", lambda: True)
    looking = screen("Lagebild")
    assert isinstance(identity.who(NOW), Onlooker)
    assert offered(looking) == ["Geteilt"]
    assert "save view" not in [each.key for each in looking.app.button]
    open_view(looking)
    assert looking.address("szenario") == ["erwartet"]


def test_before_a_room_there_are_no_views(staffed: Callable[..., Screen]) -> None:
    shown = staffed(praesentation="an")
    assert "save view" not in [each.key for each in shown.app.button]
