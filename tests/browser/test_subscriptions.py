"""Addresses that programs fetch, in a house with a sign-in: made by one, fetched in another browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from steering.storage import persons
from steering.storage.engine import make_engine
from tests.browser.signing import House, house
from tests.browser.visiting import SETTLED, new_user
from tests.storage.conftest import WHO

PERSONS = ({"sub": "eva"}, {"sub": "otto"})
FETCH = """async path => {
    const answer = await fetch(path, {credentials: "omit", cache: "no-store"});
    return [answer.status, answer.headers.get("content-type"), await answer.text()];
}"""


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("subscribing"), PERSONS) as found:
        for person in PERSONS:
            found.grant(person["sub"], "bearbeiten", "--all", "--unit", "fb-22")
        yield found


@pytest.fixture(scope="module")
def both(signing: House, browser: Browser) -> Iterator[tuple[Page, Page]]:
    """The first pages of two people, each signed in with a browser of their own."""
    with new_user(browser) as one, new_user(browser) as another:
        pages = one.new_page(), another.new_page()
        for page, person in zip(pages, PERSONS, strict=True):
            signing.sign_in(page, person["sub"])
            page.wait_for_function(SETTLED)
        yield pages


def made(page: Page, signing: House) -> str:
    """Press the button that makes an address; its path."""
    page.get_by_role("button", name="Adresse erzeugen").click()
    code = page.get_by_test_id("stCode")
    expect(code).to_contain_text(signing.server.url)
    return code.inner_text().strip().removeprefix(signing.server.url)


def shut_out(signing: House, subject: str) -> None:
    engine = make_engine(signing.database)
    (entry,) = [one for one in persons.everyone(engine).to_dict("records") if one["subject"] == subject]
    on = WHO["now"].date()
    persons.change(engine, {"archived_on": on}, key=int(entry["id"]), version=int(entry["version"]), **WHO)
    engine.dispose()


def test_a_calendar_is_fetched_without_a_cookie_and_is_nobody_elses(
    signing: House, both: tuple[Page, Page]
) -> None:
    eva, otto = both
    for page in both:
        page.goto(f"{signing.server.url}/zeitachse")
        page.wait_for_function(SETTLED)
        page.get_by_role("button", name="Kalender abonnieren").click()
    path = made(eva, signing)
    status, kind, text = otto.evaluate(FETCH, path)
    assert (status, kind) == (200, "text/calendar; charset=utf-8")
    assert text.startswith("BEGIN:VCALENDAR")
    expect(eva.get_by_role("button", name="Widerrufen")).to_have_count(1)
    expect(otto.get_by_role("button", name="Adresse erzeugen")).to_be_visible()
    expect(otto.get_by_role("button", name="Widerrufen")).to_have_count(0)
    eva.get_by_role("button", name="Widerrufen").click()
    expect(eva.get_by_role("button", name="Widerrufen")).to_have_count(0)
    status, _, text = otto.evaluate(FETCH, path)
    assert (status, text) == (404, "Unter dieser Adresse gibt es keinen Kalender (mehr).")


def test_a_table_ends_as_its_owner_is_shut_out(signing: House, both: tuple[Page, Page]) -> None:
    eva, otto = both
    eva.goto(f"{signing.server.url}/strukturen?auswahl=laufend")
    eva.wait_for_function(SETTLED)
    eva.get_by_text("Ansichten", exact=True).click()
    eva.get_by_role("button", name="Merken").click()
    eva.get_by_label("Diese Ansicht merken als").fill("Laufende")
    eva.get_by_test_id("stPopoverBody").get_by_role("button", name="Merken").click()
    expect(eva.get_by_text("Gemerkt: »Laufende«.")).to_be_visible()
    for page in both:
        page.goto(f"{signing.server.url}/daten?bereich=export")
        page.wait_for_function(SETTLED)
    expect(otto.get_by_text("Es ist noch keine Ansicht")).to_be_visible()
    path = made(eva, signing)
    status, kind, text = otto.evaluate(FETCH, path)
    assert (status, kind) == (200, "text/csv; charset=utf-8")
    assert text.splitlines()[0].lstrip("\ufeff") == "Struktur;Träger;Ebene;VZÄ;Ende;Es fehlt"
    shut_out(signing, "eva")
    status, _, text = otto.evaluate(FETCH, path)
    assert (status, text) == (404, "Unter dieser Adresse gibt es keine Tabelle (mehr).")
    assert path.split("/")[2] not in signing.server.log.read_text(encoding="utf-8")
