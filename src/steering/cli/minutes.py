"""`steering minutes`: the Niederschrift of a round, or its Einladung, as a Word file."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds import as_kept
from steering.analysis.rounds.invitation import invitation
from steering.analysis.rounds.minutes import minutes
from steering.cli import files, options
from steering.exchange import word
from steering.model.german import day, listing
from steering.storage import reading


class NoRound(Exception):
    """There is no such round; its text is a German sentence with those that there are."""


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser("minutes", parents=[shared], help="die Niederschrift einer Runde schreiben")
    parser.add_argument(
        "meeting", metavar="MEETING", type=_meeting, help="Nummer der Runde oder ihr Tag (JJJJ-MM-TT)"
    )
    parser.add_argument("out", metavar="OUT", type=Path)
    parser.add_argument(
        "--invitation", action="store_true", help="die Einladung mit Tagesordnung stattdessen"
    )
    options.add_administration(parser)
    parser.add_argument("--today", type=options.day, metavar="DATE", help="der Tag der Ausgabe, sonst heute")
    parser.set_defaults(run=_minutes)


def _meeting(text: str) -> int | date:
    if text.isdecimal():
        return int(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"»{text}« ist weder die Nummer einer Runde noch ein Tag. "
            "Bitte eine Zahl oder JJJJ-MM-TT angeben, z. B. 2026-12-31."
        ) from None


def _minutes(asked: argparse.Namespace) -> int:
    try:
        return files.new_file(asked, lambda engine: _written(engine, asked, options.today(asked)))
    except NoRound as problem:
        sys.stderr.write(f"{problem}\n")
        return 1


def _written(engine: Engine, asked: argparse.Namespace, today: date) -> bytes:
    """The Word file; raises NoRound."""
    portfolio = reading.portfolio(engine)
    key = _found(portfolio, asked.meeting)
    held = as_kept(portfolio, key, reading.snapshot(engine, key))
    assert held is not None, "a round that was just found"
    compose = invitation if asked.invitation else minutes
    district = str(portfolio.settings["district_name"])
    return word.write(compose(held, today, district=district, administration=asked.administration))


def _found(portfolio: Portfolio, wanted: int | date) -> int:
    rows = portfolio.meetings.sort_values(["day", "id"], ascending=False)
    held = [(int(key), found.date()) for key, found in zip(rows["id"], rows["day"], strict=True)]
    if not held:
        raise NoRound(
            "Es gibt noch keine Koordinierungsrunde. Sie wird auf der gleichnamigen Seite angelegt."
        )
    keys = [key for key, on in held if wanted in (key, on)]
    if len(keys) == 1:
        return keys[0]
    if keys:
        raise NoRound(
            f"An diesem Tag gibt es {len(keys)} Runden. "
            f"Bitte die Nummer angeben: {listing([str(key) for key in keys], 10)}."
        )
    which = f"mit der Nummer {wanted}" if isinstance(wanted, int) else f"am {day(wanted)}"
    others = listing([f"{key} am {day(on)}" for key, on in held], 6)
    raise NoRound(f"Eine Runde {which} gibt es nicht. Es gibt: {others}.")
