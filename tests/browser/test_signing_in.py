"""Signing in at a real OpenID Connect provider: who is let in, for how long, and what takes it away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from steering.cli import main
from tests.browser.signing import House, house, providing
from tests.browser.visiting import SETTLED, new_user

GROUPS = [{"name": f"Gruppe {number:03}", "of": ["landkreis", "haus"]} for number in range(300)]
PERSONS = (
    {"sub": "bearbeitet", "name": "Berta Beispiel", "email": "berta@lra.example"},
    {"sub": "viele", "name": "Gerd Gruppen", "groups": GROUPS, "roles": {"deep": {"er": ["x"]}}},
    {"sub": "ohne"},
    {"sub": "anderswo", "name": "Anna Anderswo"},
)
EDITING = "Schnell bearbeiten"


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house in which some are entered; cookies may be as long as groups make them."""
    folder = tmp_path_factory.mktemp("signing")
    with house(folder, PERSONS, {"WEBSOCKETS_MAX_LINE_LENGTH": "131072"}) as found:
        for subject in ("bearbeitet", "viele", "ohne"):
            found.grant(subject, "bearbeiten", "--all", "--unit", "fb-22")
        yield found


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of somebody's own."""
    with new_user(browser) as context:
        yield context


newcomer = visitor


def settled(page: Page) -> None:
    page.wait_for_function(SETTLED)


def test_whoever_is_entered_edits_and_loses_it_in_every_tab_as_it_is_taken_away(
    signing: House, visitor: BrowserContext
) -> None:
    signing.grant("bearbeitet", "bearbeiten", "--all", "--unit", "fb-22")
    first, second = visitor.new_page(), visitor.new_page()
    signing.sign_in(first, "bearbeitet")
    expect(first.get_by_text(EDITING)).to_be_visible()
    second.goto(f"{signing.server.url}/strukturen")
    expect(second.get_by_text(EDITING)).to_be_visible()
    signing.grant("bearbeitet", "lesen")
    for page in (first, second):
        expect(page.get_by_text(EDITING)).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_cookies_kept_from_before_signing_out_everywhere_let_nobody_in(
    signing: House, visitor: BrowserContext, browser: Browser
) -> None:
    page = visitor.new_page()
    signing.sign_in(page, "bearbeitet")
    settled(page)
    kept = visitor.cookies()
    page.get_by_role("button", name="bearbeitet").click()
    page.get_by_role("button", name="Auf allen Geräten abmelden").click()
    expect(page.get_by_text("Ihre Anmeldung wurde beendet")).to_be_visible()
    with new_user(browser) as thief:
        thief.add_cookies(kept)  # type: ignore[arg-type]
        other = thief.new_page()
        other.goto(signing.server.url)
        expect(other.get_by_text("Ihre Anmeldung wurde beendet")).to_be_visible()
        expect(other.get_by_text("Integrationslotsen")).to_have_count(0)


@pytest.mark.parametrize("subject", ["ohne", "viele"])
def test_no_mail_address_and_three_hundred_groups_are_no_obstacle(
    subject: str, signing: House, visitor: BrowserContext
) -> None:
    page = visitor.new_page()
    signing.sign_in(page, subject)
    expect(page.get_by_text(EDITING)).to_be_visible()


def test_who_is_not_entered_or_entered_for_another_sign_in_sees_whom_to_ask(
    signing: House, visitor: BrowserContext
) -> None:
    command = ["grant", "anderswo", "verwalten", "--issuer", "https://andere.example"]
    assert main([*command, "--database", signing.database]) == 0
    page = visitor.new_page()
    signing.sign_in(page, "anderswo")
    expect(page.get_by_text("noch nicht eingetragen")).to_be_visible()
    expect(page.get_by_text("Strukturen")).to_have_count(0)


def test_a_callback_that_is_sent_again_signs_nobody_in(
    signing: House, visitor: BrowserContext, browser: Browser
) -> None:
    page, callbacks, callback = visitor.new_page(), [], f"{signing.server.url}/oauth2callback"
    page.on("request", lambda one: callbacks.append(one.url) if one.url.startswith(callback) else None)
    signing.sign_in(page, "bearbeitet")
    settled(page)
    assert callbacks
    with new_user(browser) as other:
        replayed = other.new_page()
        replayed.goto(callbacks[0])
        expect(replayed.get_by_text("Der Anmeldedienst hat sie nicht bestätigt")).to_be_visible()
        expect(replayed.get_by_role("button", name="Anmelden")).to_be_visible()
        replayed.goto(signing.server.url)
        expect(replayed.get_by_role("button", name="Anmelden")).to_be_visible()
    # Whoever is in and goes back in the browser stays in, and is told nothing.
    page.goto(callbacks[0])
    expect(page.get_by_role("button", name="bearbeitet")).to_be_visible()
    expect(page.get_by_text("nicht zustande gekommen")).to_have_count(0)


def test_who_says_no_at_the_service_is_told_that_nobody_was_signed_in(
    signing: House, visitor: BrowserContext
) -> None:
    page = visitor.new_page()
    signing.begin(page)
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_text("Die Anmeldung ist nicht zustande gekommen")).to_be_visible()
    expect(page.get_by_role("button", name="Anmelden")).to_be_visible()


def test_an_answer_in_the_name_of_another_service_signs_nobody_in(
    signing: House, visitor: BrowserContext
) -> None:
    page = visitor.new_page()
    with providing(PERSONS) as other, signing.provider.away(), signing.provider.impersonated_by(other):
        signing.begin(page, other.issuer)
        page.locator("input[name=sub]").first.fill("bearbeitet")
        page.get_by_role("button", name="Authorize").click()
        expect(page.get_by_text("Der Anmeldedienst hat sie nicht bestätigt")).to_be_visible()
        page.goto(signing.server.url)
        expect(page.get_by_role("button", name="Anmelden")).to_be_visible()


def test_while_the_service_is_away_who_is_in_goes_on_and_who_comes_is_told_until_it_is_back(
    signing: House, visitor: BrowserContext, newcomer: BrowserContext
) -> None:
    signing.grant("bearbeitet", "bearbeiten", "--all", "--unit", "fb-22")
    inside = visitor.new_page()
    signing.sign_in(inside, "bearbeitet")
    expect(inside.get_by_text(EDITING)).to_be_visible()
    comes = newcomer.new_page()
    with signing.provider.away():
        inside.goto(f"{signing.server.url}/strukturen")
        expect(inside.get_by_text(EDITING)).to_be_visible()
        comes.goto(signing.server.url)
        comes.get_by_role("button", name="Anmelden").click()
        expect(comes.get_by_text("Der Anmeldedienst Ihres Hauses hat nicht geantwortet")).to_be_visible()
        expect(comes.get_by_role("button", name="Anmelden")).to_be_visible()
        # Signing out needs no service.
        inside.get_by_role("button", name="bearbeitet").click()
        inside.get_by_role("button", name="Abmelden", exact=True).click()
        expect(inside.get_by_role("button", name="Anmelden")).to_be_visible()
    signing.sign_in(comes, "ohne")
    expect(comes.get_by_text(EDITING)).to_be_visible()
    expect(comes.get_by_text("nicht geantwortet")).to_have_count(0)


def test_a_header_that_anybody_can_send_says_nothing(signing: House, browser: Browser) -> None:
    forged = {"X-Remote-User": "bearbeitet", "steering-signed-in": "0:bearbeitet"}
    with new_user(browser, extra_http_headers=forged) as context:
        page = context.new_page()
        page.goto(signing.server.url)
        expect(page.get_by_role("button", name="Anmelden")).to_be_visible()
