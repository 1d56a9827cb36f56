"""`steering grant` and `persons`: who may sign in, and what for."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from steering.cli import options
from steering.model import PersonRole, PersonScope
from steering.model.german import day
from steering.model.vocabulary import word
from steering.storage import clock, persons, schema
from steering.storage.engine import PROJECT_ROOT
from steering.storage.problems import DatabaseRefused
from steering.storage.rights import house, sign_in_file
from steering.storage.rights.table import role_in_words

ROLES = {word(role).lower(): role for role in PersonRole}


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the commands."""
    grant = commands.add_parser("grant", parents=[shared], help="jemandem eine Rolle geben")
    grant.add_argument("subject", metavar="SUBJECT", help="die Kennung, die der Anmeldedienst nennt (sub)")
    grant.add_argument("role", metavar="ROLE", type=_role, help=", ".join(ROLES))
    grant.add_argument("--issuer", metavar="URL", help="der Anmeldedienst, sonst der eingerichtete")
    grant.add_argument("--name", default="", metavar="NAME", help="wie die Person im Verlauf heißt")
    grant.add_argument("--unit", default="", metavar="KÜRZEL", help="ihre Einheit, z. B. fb-22")
    grant.add_argument("--all", action="store_true", help="darf auch ändern, was anderen Einheiten gehört")
    grant.set_defaults(run=_grant)
    listing = commands.add_parser("persons", parents=[shared], help="alle Personen mit ihren Rollen")
    listing.set_defaults(run=_list)


def _grant(asked: argparse.Namespace) -> int:
    usual = _usual_issuer()
    issuer = house.issuer(asked.issuer or usual)
    if not issuer:
        raise DatabaseRefused(
            "Es ist keine Anmeldung eingerichtet. Bitte den Anmeldedienst mit --issuer nennen, so wie ihn "
            "die Seite nach dem Anmelden zeigt."
        )
    engine = options.opened_if_there(asked)
    try:
        person = persons.grant(
            engine, issuer, asked.subject, asked.role, scope=PersonScope.ALL if asked.all else None,
            name=asked.name, unit=asked.unit, actor=options.ACTOR, now=clock.now(),
        )  # fmt: skip
    finally:
        engine.dispose()
    role = role_in_words(PersonRole(person["role"]), PersonScope(person["scope"]))
    where = schema.called(options.address(asked))
    sys.stdout.write(f"{person['name']} hat jetzt die Rolle »{role}«, eingetragen in {where}.\n")
    if usual and issuer != usual:
        sys.stdout.write(
            f"Eingerichtet ist der Anmeldedienst »{usual}«; wer sich dort anmeldet, ist für das Programm "
            f"jemand anderes als »{person['subject']}« von »{issuer}«.\n"
        )
    return 0


def _role(text: str) -> PersonRole:
    role = ROLES.get(text.strip().lower())
    if role is None:
        raise argparse.ArgumentTypeError(f"»{text}« ist keine Rolle. Bitte {', '.join(ROLES)} angeben.")
    return role


def _usual_issuer() -> str:
    """The sign-in that this house has set up, as its settings name it; "" for none."""
    file = PROJECT_ROOT / ".streamlit" / "secrets.toml"
    return house.usual_issuer(sign_in_file.section([file]), os.environ)


def _list(asked: argparse.Namespace) -> int:
    engine = options.opened_if_there(asked)
    try:
        found = persons.everyone(engine)
    finally:
        engine.dispose()
    if found.empty:
        sys.stdout.write(
            f"In {schema.called(options.address(asked))} ist noch niemand eingetragen. Der erste Eintrag: "
            "steering grant SUBJECT verwalten\n"
        )
    for person in found.to_dict("records"):
        role = role_in_words(PersonRole(person["role"]), PersonScope(person["scope"]))
        gone = f", gesperrt am {day(person['archived_on'])}" if person["archived_on"] else ""
        unit = person["unit"] or "keine Einheit"
        sys.stdout.write(
            f"{person['name']}: {role}, {unit}{gone} ({person['subject']} von {person['issuer']})\n"
        )
    return 0
