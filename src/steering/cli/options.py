"""What the commands share: how one says which data are meant, and how they are looked at."""

from __future__ import annotations

import argparse
import os
from datetime import date

from sqlalchemy import Engine

from steering.analysis.discretion import for_everyone
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import Horizon, Scenario, View
from steering.model import ExtensionRule, ForecastVariant
from steering.model.vocabulary import word
from steering.storage import clock, schema
from steering.storage.engine import database_file, database_url
from steering.storage.problems import DatabaseRefused

ACTOR = "Kommandozeile"
_VARIANTS = {word(variant): variant for variant in ForecastVariant}


def address(asked: argparse.Namespace) -> str:
    """Of the database that is asked for."""
    return database_url({"STEERING_DATABASE_URL": asked.database} if asked.database else os.environ)


def dataset() -> str:
    """What an empty database is filled with."""
    return os.environ.get("STEERING_DATASET", "coburg")


def opened(asked: argparse.Namespace) -> Engine:
    """The database that is asked for, ready to be read and written."""
    return schema.prepare(address(asked), dataset())


def opened_if_there(asked: argparse.Namespace) -> Engine:
    """The same, of a database that is there already: what is meant for one must not make another one.

    Raises DatabaseRefused.
    """
    file = database_file(address(asked))
    if file is not None and not file.is_file():
        raise DatabaseRefused(
            f"Die Datenbank »{file}« gibt es nicht. Bitte mit --database die nennen, mit der das Programm "
            "läuft, oder sie mit »steering init« anlegen."
        )
    return opened(asked)


def day(text: str) -> date:
    """An option that is a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"»{text}« ist kein Datum. Bitte als JJJJ-MM-TT angeben, z. B. 2026-12-31."
        ) from None


def today(asked: argparse.Namespace) -> date:
    """The day on which it is read: `--today`, or today."""
    return asked.today or clock.today()


def add_scenario(parser: argparse.ArgumentParser) -> None:
    """Add `--scenario`, what holds for fundings that end."""
    secured = word(ExtensionRule.SECURED)
    parser.add_argument("--scenario", type=_scenario, default=secured, metavar="S")


def _scenario(text: str) -> ExtensionRule:
    named = {word(rule): rule for rule in ExtensionRule}
    if text not in named:
        raise argparse.ArgumentTypeError(f"»{text}« ist kein Szenario. Bitte {', '.join(named)} angeben.")
    return named[text]


def add_variant(parser: argparse.ArgumentParser) -> None:
    """Add `--zugang`, in the words of the address; the middle variant unless another is chosen."""
    parser.add_argument(
        "--zugang", type=_variant, default=word(ForecastVariant.MIDDLE), metavar="|".join(_VARIANTS),
        help="Variante der Prognosen für Tage nach heute, sonst mittel",
    )  # fmt: skip


def _variant(text: str) -> ForecastVariant:
    if text not in _VARIANTS:
        raise argparse.ArgumentTypeError(
            f"»{text}« ist keine Variante der Prognosen. Bitte {', '.join(_VARIANTS)} angeben."
        )
    return _VARIANTS[text]


def add_administration(parser: argparse.ArgumentParser) -> None:
    """Add `--administration`, which says for whom a file is."""
    parser.add_argument(
        "--administration", action="store_true", help="mit Internem, nur für die Verwaltung; sonst für alle"
    )


def for_whom(asked: argparse.Namespace, portfolio: Portfolio) -> Portfolio:
    """The data for those whom a file is for: everybody, unless the administration is asked for."""
    return portfolio if asked.administration else for_everyone(portfolio)


def view(asked: argparse.Namespace, portfolio: Portfolio) -> View:
    """How the data are looked at."""
    on = today(asked)
    usual = Horizon.as_set(portfolio.settings, on)
    horizon = Horizon(asked.first, asked.last) if asked.first else usual
    return View(asked.as_of or on, on, horizon, Scenario(asked.scenario), asked.zugang)
