"""»Kalender abonnieren« on the pages: made, shown once, listed, renewed, revoked, by whose it is."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from steering.analysis.dates import WantedDates
from steering.model import PersonRole, PersonScope, SubscriptionKind
from steering.storage import persons, subscribing
from steering.storage.rights.acting import Onlooker, SignedIn, acting_as
from tests.pages.conftest import Screen
from tests.storage.conftest import WHO

ISSUER = "https://anmeldung.example"
NOW: datetime = WHO["now"]


def secret(shown: Screen) -> str:
    (code,) = shown.app.code
    assert code.value.startswith("http://localhost:8501/kalender/")
    assert code.value.endswith(".ics")
    return str(code.value.rpartition("/")[2].removesuffix(".ics"))


def leads(shown: Screen, token: str, *, signs_in: bool = False) -> subscribing.Fetched | None:
    return subscribing.asked_for(shown.engine, SubscriptionKind.CALENDAR, token, signs_in=signs_in)


def buttons(shown: Screen) -> set[str]:
    return {button.label for button in shown.app.button}


def test_an_address_is_made_for_the_filters_of_the_page_and_shown_until_it_is_put_away(screen) -> None:
    shown = screen("Zeitachse", traeger="caritas-coburg")
    shown.type(Name_im_Kalender="Caritas")
    shown.click("Adresse erzeugen")
    found = leads(shown, secret(shown))
    assert found is not None
    assert found.name == "Caritas"
    assert isinstance(found.wanted, WantedDates)
    assert found.wanted.selection.organisations == {"caritas-coburg"}
    assert not found.wanted.internal
    assert "nur jetzt zu sehen" in shown.texts
    shown.click("Adresse ist eingetragen")
    assert not shown.app.code
    assert "Träger Caritas" in shown.texts
    assert "noch nie abgerufen" in shown.texts


def test_where_nothing_is_due_a_subscription_is_offered_all_the_same(screen) -> None:
    assert "Adresse erzeugen" in buttons(screen("Zeitachse", traeger="kreistag-coburg"))


def test_a_new_address_ends_the_old_one_and_revoking_ends_both(screen) -> None:
    shown = screen("Lagebild")
    shown.click("Adresse erzeugen")
    first = secret(shown)
    subscribing.note(shown.engine, 1, date(2026, 11, 20))
    shown.app.run()
    assert "zuletzt abgerufen am 20.11.2026" in shown.texts
    shown.click("Neue Adresse")
    second = secret(shown)
    assert leads(shown, first) is None
    assert leads(shown, second) is not None
    shown.click("Widerrufen")
    assert leads(shown, second) is None
    assert not shown.app.code
    assert "Widerrufen" not in buttons(shown)


def test_an_address_of_the_house_stands_before_the_secret(screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEERING_ADDRESS", "https://steuerung.example/")
    shown = screen("Lagebild")
    shown.click("Adresse erzeugen")
    assert shown.app.code[0].value.startswith("https://steuerung.example/kalender/")


def test_each_has_the_own_and_who_reads_is_offered_nothing_internal(screen, ask_as) -> None:
    engine = screen().engine
    for subject, role in (("liest", PersonRole.READ), ("alle", PersonRole.EDIT)):
        persons.grant(
            engine, ISSUER, subject, role, scope=PersonScope.ALL, unit="fb-22", name=subject, **WHO
        )  # fmt: skip
    ask_as(SignedIn(ISSUER, "alle", NOW))
    shown = screen("Zeitachse")
    (internal,) = [box for box in shown.app.checkbox if "nur für die Verwaltung" in box.label]
    internal.check().run()
    (which,) = [radio for radio in shown.app.radio if radio.label == "Welche Termine?"]
    which.set_value(True).run()
    shown.click("Adresse erzeugen")
    token = secret(shown)
    found = leads(shown, token, signs_in=True)
    assert found is not None
    assert found.wanted.internal
    assert isinstance(found.wanted, WantedDates)
    assert found.wanted.selection.organisations == {"fb-22"}
    ask_as(SignedIn(ISSUER, "liest", NOW))
    other = screen("Zeitachse")
    assert not [box for box in other.app.checkbox if "nur für die Verwaltung" in box.label]
    assert "Widerrufen" not in buttons(other)
    assert subscribing.mine(acting_as(engine, SignedIn(ISSUER, "liest", NOW))) == []


@pytest.mark.parametrize("address", [{"praesentation": "an"}, {}], ids=["presentation", "onlooker"])
def test_nobody_is_offered_one_who_could_not_have_it(address, screen, ask_as) -> None:
    if not address:
        ask_as(Onlooker())
    assert "Adresse erzeugen" not in buttons(screen("Zeitachse", **address))
