"""What each role sees and is offered: no form and no button that would refuse, and nothing internal."""

from __future__ import annotations

import io
import json
import logging
import shlex
import zipfile
from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any, ClassVar

import pytest

from steering import cli
from steering.exchange import output
from steering.model import PersonRole, PersonScope, Structure
from steering.storage import database_state, journal, persons, reading
from steering.storage.problems import NotReadable
from steering.storage.rights.acting import AtTheMachine, Onlooker, RightMissing, SignedIn, SignedOut, Who
from steering.storage.rights.house import House
from steering.storage.tables import LINKS
from steering.storage.writing import Edit, write
from steering.web import current, identity, panels, sessions
from tests.pages.conftest import PAGES, Screen
from tests.pages.people import ISSUER, NOW, person
from tests.pages.test_discretion import sent, states
from tests.planted import SECRET, VIEW, WHO


@pytest.mark.parametrize("page", PAGES)
def test_who_only_reads_is_sent_nothing_internal_and_offered_nothing_to_change(
    page: str, peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("liest"))
    shown = peopled(page, verwaltung="mit")
    # As if the switch had been turned by somebody who has none.
    shown.app.session_state[current.DISCREET] = False
    shown.app.run()
    for everything in states(shown, page):
        assert SECRET.encode() not in everything
    assert not shown.app.exception
    labels = {button.label for button in shown.app.button}
    assert {label for label in labels if "peicher" in label or "rfassen" in label} <= {
        "Noch einmal speichern"  # of a field that is not there; nobody sees it
    }
    assert not [item for item in shown.app.toggle if "Verwaltung" in item.label]
    assert not shown.app.get("file_uploader")
    assert "Schnell bearbeiten" not in {found.label for found in shown.app.expander}


@pytest.mark.parametrize("kind", ["workbook", "csv", "geojson"])
def test_files_of_who_only_reads_hold_nothing_internal(kind: str, peopled: Callable[..., Screen]) -> None:
    peopled()
    with sessions.standing_in(person("liest")):
        assert SECRET not in unpacked(output.made(kind, current.portfolio(), current.boundaries(), *view()))
    with sessions.standing_in(person("verwaltet")):
        whole = unpacked(output.made(kind, current.portfolio(), current.boundaries(), *view()))
    assert (SECRET in whole) == (kind != "geojson"), "else it would prove nothing"
    assert "verwaltet" not in whole, "persons are in no file"


def view() -> tuple[Any, ...]:
    return VIEW, LINKS


def unpacked(content: bytes) -> str:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


@pytest.mark.parametrize("who", [person("fremd"), SignedOut(), SignedOut(ended=True)], ids=str)
def test_who_is_not_known_sees_whom_to_ask_and_nothing_else(
    who: Who, peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("verwaltet"))
    shown = peopled("Daten und Einstellungen", bereich="liste")
    assert shown.app.session_state["file fields"].largest
    ask_as(who)
    shown.app.run()
    assert not shown.app.session_state["file fields"].largest, "nor can anything be sent"
    shown = peopled("Strukturen")
    assert shown.app.title[0].value == "Integrationssteuerung"
    assert {button.label for button in shown.app.button} <= {"Anmelden", "Abmelden"}
    assert b"Integrationslotsen" not in sent(shown)
    assert ("Verwaltet" in shown.texts) == isinstance(who, SignedIn)


def test_from_elsewhere_without_a_sign_in_one_can_only_read_and_is_told_so(
    peopled: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "from_elsewhere", lambda: True)
    shown = peopled("Strukturen")
    assert "Nur Lesen" in shown.texts
    assert "Schnell bearbeiten" not in {found.label for found in shown.app.expander}
    assert SECRET.encode() not in sent(shown)
    assert isinstance(identity.who(NOW), Onlooker)


def test_the_line_at_the_entrance_lets_the_first_person_into_the_database_of_the_program(
    screen: Callable[..., Screen], ask_as: Callable[[Who], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is typed where the settings of the service are not known."""
    ask_as(SignedIn(ISSUER, "eva", NOW, name="Eva Muster"))
    shown = screen("Strukturen")
    command = shlex.split(shown.app.code[-1].value)
    monkeypatch.delenv("STEERING_DATABASE_URL")
    assert cli.main(command[1:]) == 0
    monkeypatch.setenv("STEERING_DATABASE_URL", shown.url)
    shown.app.run()
    assert shown.app.title[0].value == "Strukturen"


@pytest.mark.parametrize("elsewhere", [True, False])
def test_where_persons_are_entered_and_the_sign_in_is_gone_a_shared_server_is_for_reading_only(
    elsewhere: bool,
    peopled: Callable[..., Screen],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A section that was renamed or a file that was left out must not open what was closed."""
    monkeypatch.setattr(identity, "from_elsewhere", lambda: elsewhere)
    monkeypatch.setenv("STEERING_ALLOWED_HOSTS", "steuerung.example")
    with identity.held(shared=True), caplog.at_level(logging.INFO, logger=journal.NAME):
        shown = peopled("Strukturen")
        assert "Hier sind Personen eingetragen; ändern lässt sich erst mit einer Anmeldung" in shown.texts
        assert ("Nur Lesen" if elsewhere else "Ohne Anmeldung im Netz") in shown.texts
        assert "Schnell bearbeiten" not in {found.label for found in shown.app.expander}
        assert SECRET.encode() not in sent(shown)
        asks = Onlooker() if elsewhere else AtTheMachine(shared=True)
        refused = pytest.raises(RightMissing, match="Hier sind Personen eingetragen, und eine Anmeldung")
        with sessions.standing_in(asks), refused:
            persons.grant(current.engine(), ISSUER, "neu", PersonRole.READ, actor="x", now=WHO["now"])
    assert [line for line in caplog.messages if '"no-sign-in"' in line]


def test_alone_at_the_machine_persons_are_entered_before_the_sign_in_is_set_up(
    peopled: Callable[..., Screen],
) -> None:
    shown = peopled("Strukturen")
    assert "Ohne Anmeldung:" in shown.texts
    assert "Wer an diesem Rechner sitzt, darf alles." in shown.texts
    assert "Schnell bearbeiten" in {found.label for found in shown.app.expander}
    assert "Ohne Anmeldung:" not in peopled("Strukturen", praesentation="an").texts


def test_who_edits_for_a_unit_changes_its_structures_and_is_told_who_can_change_others(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("eigene"))
    shown = peopled("Strukturen")
    before = reading.revision(shown.engine)
    shown.edit("Familienbüro (Fachbereich 22)", "Struktur")
    shown.input("VZÄ").set_value("1,5").run()
    shown.click("Speichern")
    assert reading.revision(shown.engine) != before
    other = "Flüchtlings- und Integrationsberatung (früher Asylsozialberatung)"
    shown.choice("Struktur").set_value(shown.id_of(other)).run()
    assert "Speichern" not in {button.label for button in shown.app.button}, "it would be typed in vain"
    assert not {tab.label for tab in shown.app.tabs} & {"Pflege"}
    assert "Rolle »Bearbeiten (alle)«" in shown.texts
    assert "Verwaltet" in shown.texts


def test_the_history_has_the_name_of_who_is_signed_in_and_the_sidebar_no_choice_of_one(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("alle"))
    shown = peopled("Strukturen")
    shown.edit("Familienbüro (Fachbereich 22)", "Struktur")
    assert "Bearbeitet durch" not in {choice.label for choice in shown.app.selectbox}
    shown.input("VZÄ").set_value("1,5").run()
    shown.click("Speichern")
    shown.open("Verlauf")
    assert "Alle (Fachbereich 22)" in shown.texts


def test_a_right_that_is_taken_away_closes_the_form_that_is_open(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("alle"))
    shown = peopled("Strukturen")
    shown.edit("Familienbüro (Fachbereich 22)", "Struktur")
    persons.grant(shown.engine, ISSUER, "alle", PersonRole.READ, scope=PersonScope.OWN, **WHO)
    shown.app.run()
    assert "Schnell bearbeiten" not in {found.label for found in shown.app.expander}


def test_the_sign_in_has_to_be_filled_and_stands_in_view_while_nothing_says_which_it_is(
    look: Callable[..., Screen],
) -> None:
    shown = look("Daten und Einstellungen", bereich="personen")
    hidden = [field.label for more in shown.app.main.expander for field in more.text_input]
    assert "E-Mail" in hidden
    assert "Anmeldedienst" not in hidden
    assert "Anmeldedienst" in [field.label for field in shown.app.main.text_input]


def test_who_administers_enters_a_person_and_shuts_one_out(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("verwaltet"))
    shown = peopled("Daten und Einstellungen", bereich="personen")
    shown.type(Name="Nora Neu", Kennung="neu-1")
    shown.choice("Rolle").set_value(PersonRole.EDIT)
    shown.click("Person speichern")
    entered = persons.everyone(shown.engine).set_index("subject").loc["neu-1"].to_dict()
    assert (entered["name"], entered["role"], entered["issuer"]) == ("Nora Neu", "edit", ISSUER)
    shown.choice("Wen eintragen oder ändern?").set_value(int(entered["id"])).run()
    shown.click("Sperren")
    assert persons.everyone(shown.engine).set_index("subject").loc["neu-1"]["archived_on"]


def test_the_name_of_a_person_is_text(peopled: Callable[..., Screen], ask_as: Callable[[Who], None]) -> None:
    ask_as(person("verwaltet"))
    shown = peopled("Daten und Einstellungen", bereich="personen")
    persons.grant(shown.engine, ISSUER, "stern", PersonRole.READ, name="*Stern*", **WHO)
    shown.app.run()
    (names,) = (each.value["Name"] for each in shown.app.table if "Name" in each.value)
    assert "\\*Stern\\*" in list(names)


def test_the_last_who_administers_stays_one(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("verwaltet"))
    shown = peopled("Daten und Einstellungen", bereich="personen")
    own = persons.everyone(shown.engine).set_index("subject").loc["verwaltet"].to_dict()
    shown.choice("Wen eintragen oder ändern?").set_value(int(own["id"])).run()
    shown.choice("Rolle").set_value(PersonRole.READ)
    shown.click("Person speichern")
    assert "Jemand muss verwalten" in shown.texts


def test_nobody_is_offered_to_shut_out_oneself_nor_to_end_what_a_proxy_says_anew(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_as(person("verwaltet"))
    shown = peopled("Daten und Einstellungen", bereich="personen")
    found = persons.everyone(shown.engine).set_index("subject")["id"]
    keys = {"person shut", "person out"}

    def offered(subject: str) -> set[str]:
        shown.choice("Wen eintragen oder ändern?").set_value(int(found[subject])).run()
        return keys & {button.key for button in shown.app.button}

    assert offered("verwaltet") == {"person out"}
    assert offered("alle") == keys
    monkeypatch.setattr(identity, "settings", lambda: House(header="x-remote-user"))
    assert offered("alle") == {"person shut"}


def test_a_person_who_is_entered_twice_is_pointed_out(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("verwaltet"))
    shown = peopled("Daten und Einstellungen", bereich="personen")
    shown.type(Name="Nora Neu", Kennung="alle ")
    shown.click("Person speichern")
    assert not shown.app.exception
    assert "Diese Kennung hat schon »Alle«" in shown.texts


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What each button on the screen makes when it is pressed, by its label."""
    found: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(
        panels.st, "download_button", lambda label, make, *_, **__: found.update({label: make})
    )
    return found


@pytest.mark.usefixtures("only_sqlite")
@pytest.mark.parametrize("how", ["taken away", "shut out", "ran out"])
def test_a_file_is_not_made_for_who_has_lost_a_right_since_the_page_was_drawn(
    how: str,
    peopled: Callable[..., Screen],
    ask_as: Callable[[Who], None],
    files: dict[str, Callable[[], bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask_as(person("verwaltet"))
    monkeypatch.setattr(current, "now", lambda: NOW)
    shown = peopled("Daten und Einstellungen", bereich="sicherung")
    copy = files["Jetzigen Stand herunterladen"]
    assert copy()
    persons.grant(shown.engine, ISSUER, "alle", PersonRole.ADMINISTER, scope=PersonScope.ALL, **WHO)
    if how == "ran out":
        monkeypatch.setattr(current, "now", lambda: NOW + timedelta(hours=13))
    else:
        grants: dict[str, dict[str, Any]] = {
            "taken away": {"role": PersonRole.EDIT},
            "shut out": {"archived_on": NOW.date()},
        }
        key = persons.everyone(shown.engine).set_index("subject")["id"].to_dict()["verwaltet"]
        persons.change(shown.engine, grants[how], key=key, version=1, **WHO)
    with pytest.raises(RightMissing) as refused:
        copy()
    assert "Alle" not in str(refused.value), "Streamlit logs it"


def test_who_is_signed_out_while_the_data_cannot_be_read_sees_the_entrance(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read before stays on the screen for those who may see it alone."""
    ask_as(person("alle"))
    shown = peopled("Strukturen")
    ask_as(SignedOut(ended=True))

    def unreadable(_engine: object) -> None:
        raise NotReadable("Der Server antwortet nicht.")

    monkeypatch.setattr(database_state, "read", unreadable)
    shown.app.run()
    assert not shown.app.exception
    assert {button.label for button in shown.app.button} == {"Anmelden"}


def test_who_only_reads_is_led_to_no_page_that_is_closed(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("verwaltet"))
    shown = peopled("Strukturen")
    structure = shown.id_of("Familienbüro (Fachbereich 22)")
    other = shown.id_of("Flüchtlings- und Integrationsberatung (früher Asylsozialberatung)")
    for fte in (1.5, 1.25):
        rows = reading.portfolio(shown.engine).structures.set_index("id")["version"]
        write(shown.engine, [Edit(Structure, {"fte": fte}, id=key, version=int(rows[key]))
                             for key in (structure, other)], **WHO)  # fmt: skip
    for who, led in (("verwaltet", True), ("liest", False)):
        ask_as(person(who))
        shown = peopled("Strukturen", struktur=str(structure))
        shown.app.session_state["edit_structure"] = structure
        shown.app.run()
        assert "geändert" in shown.texts
        links = [link for link in shown.app.get("page_link") if "in diesem Vorgang" in link.proto.label]
        assert bool(links) == led


def test_a_section_that_is_not_for_a_role_says_for_whom_it_is(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("alle"))
    shown = peopled("Daten und Einstellungen", bereich="personen")
    assert "»Personen« ist für die Rolle »Verwalten«" in shown.texts


CLAIMS = {"is_logged_in": True, "iss": f"{ISSUER}/", "sub": "42", "iat": NOW.timestamp()}


@pytest.mark.parametrize(
    ("claims", "later", "known"),
    [
        ({}, timedelta(), "who"),
        ({"name": "Ada", "email": None}, timedelta(hours=11, minutes=59), "who"),
        ({"groups": [{"deep": ["x"] * 300}]}, timedelta(), "who"),
        ({}, timedelta(hours=12, minutes=1), "ended"),
        ({"iat": None}, timedelta(), "ended"),
        ({"iat": "morgen"}, timedelta(), "ended"),
        ({}, timedelta(hours=-1), "ended"),
        ({"sub": None}, timedelta(), "out"),
        ({"sub": ["42"]}, timedelta(), "out"),
        ({"iss": ""}, timedelta(), "out"),
        ({"is_logged_in": False}, timedelta(), "out"),
    ],
)
def test_what_the_sign_in_says_counts_for_twelve_hours_and_only_where_it_is_whole(
    claims: dict[str, Any], later: timedelta, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class User(dict[str, Any]):
        def to_dict(self) -> dict[str, Any]:
            return dict(self)

    said = CLAIMS | {"iat": NOW.replace(tzinfo=UTC).timestamp()} | claims
    monkeypatch.setattr(identity, "settings", lambda: House(services=("",)))
    monkeypatch.setattr(identity.st, "user", User(said))
    found = identity.who(NOW + later)
    expected = {"who": SignedIn, "ended": SignedOut, "out": SignedOut}[known]
    assert isinstance(found, expected)
    assert not isinstance(found, SignedOut) or found.ended == (known == "ended")
    assert not isinstance(found, SignedIn) or (found.issuer, found.subject) == (ISSUER, "42")


@pytest.mark.parametrize(
    ("headers", "address", "elsewhere"),
    [
        ({}, None, False),
        ({"host": "localhost:8501"}, None, False),
        ({"host": "[::1]:8501"}, "::ffff:127.0.0.1", False),
        ({"host": "localhost:8501"}, "10.0.0.7", True),
        ({"host": "localhost:8501", "x-forwarded-for": "127.0.0.1"}, None, True),
        ({"host": "localhost:8501", "forwarded": "for=10.0.0.7"}, None, True),
        ({"host": "localhost:8501", "x-real-ip": "10.0.0.7"}, None, True),
        ({"host": "steuerung.landkreis.example"}, None, True),
        ({"Host": "localhost:8501", "X-Forwarded-Server": "proxy"}, None, True),
        ({"host": "localhost:8501", "X-FORWARDED-PORT": "443"}, None, True),
        ({"Host": "localhost:8501", "Via": "1.1 squid"}, None, True),
        ({"host": "localhost:8501", "true-client-ip": "10.0.0.7"}, None, True),
        ({"host": "LOCALHOST:8501"}, "::1", False),
        ({"host": "[::1]"}, "0:0:0:0:0:0:0:1", False),
        ({"host": "localhost.:8501"}, None, True),
    ],
)
def test_what_was_forwarded_or_comes_from_another_address_is_from_elsewhere(
    headers: dict[str, str], address: str | None, elsewhere: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Context:
        pass

    context: Any = Context()
    context.headers, context.ip_address = headers, address
    monkeypatch.setattr(identity.st, "context", context)
    assert identity.from_elsewhere() == elsewhere


def test_behind_the_file_of_a_socket_stands_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    class Context:
        headers: ClassVar = {"host": "localhost"}
        ip_address = None

    monkeypatch.setattr(identity.st, "context", Context())
    assert not identity.from_elsewhere()
    monkeypatch.setattr(identity.config, "get_option", lambda _: "unix:///run/steering.sock")
    assert identity.from_elsewhere()


def test_who_signs_in_or_is_not_let_in_has_one_line_in_the_log_without_a_name(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None], caplog: pytest.LogCaptureFixture
) -> None:
    def lines() -> list[dict[str, Any]]:
        told = [each.getMessage() for each in caplog.records if each.name == journal.NAME]
        assert not [line for line in told if "liest" in line.lower() or ISSUER in line]
        return [{key: value for key, value in json.loads(line).items() if key != "id"} for line in told]

    caplog.set_level(logging.INFO, journal.NAME)
    ask_as(person("liest"))
    shown = peopled("Karte")
    shown.app.run()
    assert lines() == [{"event": "sign-in", "person": 1}]
    caplog.clear()
    ask_as(person("fremd"))
    peopled("Karte").app.run()
    assert lines() == [{"event": "refusal", "of": "sign-in"}]
