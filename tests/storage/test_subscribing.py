"""Subscriptions: whose they are, what their secret leads to, and when it leads nowhere any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from steering.analysis.dates import WantedDates
from steering.analysis.structures.inventory import Selection
from steering.model import PersonRole, PersonScope, SubscriptionKind
from steering.storage import checking, persons, reading, schema, subscribing
from steering.storage.backups import copies, restoring
from steering.storage.problems import Invalid
from steering.storage.rights.acting import AT_THE_MACHINE, SignedIn, acting_as
from steering.storage.subscribing import Fetched
from tests.changed import history
from tests.storage.conftest import NOW, WHO

ISSUER = "https://anmeldung.example"
CALENDAR = SubscriptionKind.CALENDAR
WANTED = WantedDates(
    Selection(organisations=frozenset(["caritas"]), fields=frozenset(["sprache"])),
    internal=True,
    examples=False,
)
LATER = NOW + timedelta(days=1)


def entered(engine: Engine, subject: str, role: PersonRole = PersonRole.EDIT, **more: Any) -> Engine:
    """The engine for what that person does."""
    persons.grant(engine, ISSUER, subject, role, scope=PersonScope.ALL, **WHO)
    return acting_as(engine, SignedIn(ISSUER, subject, NOW))


def subscribe(engine: Engine, wanted: WantedDates = WANTED) -> str:
    return subscribing.subscribe(engine, CALENDAR, "Meine Termine", wanted, now=NOW)


def asked(engine: Engine, token: str, *, signs_in: bool = True) -> Fetched | None:
    return subscribing.asked_for(engine, CALENDAR, token, signs_in=signs_in)


def test_the_secret_leads_to_what_was_wanted_and_is_kept_nowhere(engine: Engine) -> None:
    token = subscribe(entered(engine, "eva"))
    found = asked(engine, token)
    assert found is not None
    assert (found.name, found.wanted) == ("Meine Termine", WANTED)
    with reading.reading(engine) as connection:
        kept = [dict(row) for row in connection.execute(subscribing._with_owner()).mappings()]
    assert token not in str(kept)
    assert len(token) > 40


@pytest.mark.parametrize("wrong", ["", "x", "ä", "x" * 43])
def test_a_secret_that_is_none_leads_nowhere(wrong: str, engine: Engine) -> None:
    subscribe(entered(engine, "eva"))
    assert asked(engine, wrong) is None


def test_a_calendars_secret_opens_no_other_kind(engine: Engine) -> None:
    token = subscribe(entered(engine, "eva"))
    assert subscribing.asked_for(engine, SubscriptionKind.EXPORT, token, signs_in=True) is None


def test_who_is_shut_out_or_signs_out_everywhere_has_no_subscription_at_once(engine: Engine) -> None:
    eva = entered(engine, "eva")
    token = subscribe(eva)
    (key,) = persons.everyone(engine)["id"]
    entered(engine, "other", PersonRole.ADMINISTER)
    done = persons.change(engine, {"archived_on": date(2026, 11, 25)}, key=key, version=1, **WHO)
    assert done.batch
    assert asked(engine, token) is None
    persons.change(engine, {"archived_on": None}, key=key, version=2, **WHO)
    assert asked(engine, token) is not None
    persons.end_sign_ins(engine, key, actor="", now=LATER)
    assert asked(engine, token) is None


def test_what_is_internal_is_handed_out_as_long_as_its_owner_may_see_it(engine: Engine) -> None:
    token = subscribe(entered(engine, "eva"))
    entered(engine, "eva", PersonRole.READ)
    found = asked(engine, token)
    assert found is not None
    assert found.wanted == replace(WANTED, internal=False)
    entered(engine, "eva")
    assert asked(engine, token) is not None


def test_one_made_without_a_sign_in_does_not_outlast_that(engine: Engine) -> None:
    token = subscribe(engine)
    found = asked(engine, token, signs_in=False)
    assert found is not None
    assert found.owner == AT_THE_MACHINE
    assert asked(engine, token) is None


def test_each_sees_renews_and_revokes_the_own_alone(engine: Engine) -> None:
    eva, ole = entered(engine, "eva"), entered(engine, "ole")
    token = subscribe(eva)
    (held,) = subscribing.mine(eva)
    assert (held.name, held.wanted, held.fetched_on) == ("Meine Termine", WANTED, None)
    assert subscribing.mine(ole) == subscribing.mine(engine) == []
    subscribing.revoke(ole, held.id)
    with pytest.raises(Invalid, match="gibt es nicht mehr"):
        subscribing.renew(ole, held.id, now=NOW)
    assert asked(engine, token) is not None
    renewed = subscribing.renew(eva, held.id, now=NOW)
    assert asked(engine, token) is None
    assert asked(engine, renewed) is not None
    subscribing.revoke(eva, held.id)
    assert asked(engine, renewed) is None
    assert subscribing.mine(eva) == []


def test_the_day_of_the_last_fetch_is_remembered_without_a_revision_or_a_history(engine: Engine) -> None:
    eva = entered(engine, "eva")
    before, told = reading.revision(engine), len(history(engine))
    subscribe(eva)
    (held,) = subscribing.mine(eva)
    subscribing.note(eva, held.id, date(2026, 11, 27))
    assert subscribing.mine(eva) == [replace(held, fetched_on=date(2026, 11, 27))]
    assert (reading.revision(engine), len(history(engine))) == (before, told)


def test_nobody_has_more_than_can_be_looked_through(engine: Engine) -> None:
    eva = entered(engine, "eva")
    for _ in range(subscribing.MOST):
        subscribe(eva)
    with pytest.raises(Invalid, match="schon 20 Abonnements"):
        subscribe(eva)


def test_they_are_in_no_portfolio_and_sound(engine: Engine) -> None:
    subscribe(entered(engine, "eva"))
    assert "subscription" not in reading.portfolio(engine).frames
    assert checking.problems(str(engine.url)) == []


@pytest.mark.usefixtures("only_sqlite")
def test_a_backup_brings_no_revoked_address_back_and_takes_none_away(
    engine: Engine, url: str, tmp_path: Path
) -> None:
    eva = entered(engine, "eva")
    revoked = subscribe(eva)
    copies.backup(url, "empty", tmp_path / "old.db")
    subscribing.revoke(eva, subscribing.mine(eva)[0].id)
    kept, of_the_machine = subscribe(entered(engine, "später")), subscribe(engine)
    with restoring.opened(tmp_path / "old.db") as backup:
        restoring.put_in_place(url, backup, LATER)
    restored = schema.prepare(url, "coburg")
    assert asked(restored, revoked) is None
    assert asked(restored, kept) is not None
    assert asked(restored, of_the_machine, signs_in=False) is not None
    assert checking.problems(url) == []
