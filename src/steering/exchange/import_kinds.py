"""The kinds of files that can be taken in, in one table: for the command line and for the page alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from steering.analysis.incoming import OUTCOME_WORDS, Reading, RowOutcome
from steering.analysis.incoming.lists.meanings import Meaning
from steering.analysis.portfolio import Portfolio
from steering.exchange import foerderkatalog
from steering.exchange.confirmation import reading as confirmation
from steering.exchange.council_results import reading as council_results
from steering.exchange.figures import reading as figures
from steering.exchange.incoming_files import LARGEST, MEGABYTE, IncomingFile
from steering.exchange.lists import lists
from steering.exchange.needs import reading as needs
from steering.exchange.potentials import reading as potentials
from steering.exchange.registers import rows as register_rows
from steering.exchange.sittings import reading as sittings
from steering.exchange.surveys import reading as survey
from steering.exchange.workbook.columns import Lists
from steering.exchange.workbook.grids import grids
from steering.exchange.workbook.reading import read_workbook


@dataclass(frozen=True)
class Options:
    """What else may be said about a file: a file that assigns the columns of a list (`--mapping`).

    `fixed`: what holds for every row of a list, see `lists.FIXABLE`; `given`: the same of a list of values,
    see `figures.FIXABLE` and `needs.FIXABLE`. `remembered`: mappings decided before,
    see `lists.look_into`. `lists`: the lists that records own; `today`: the day on which the file is read.
    `district`: the Kreis of a register or of the Förderkatalog, "" for the own one; `boundaries`: the keys of
    the boundaries that are stored; `chosen`: the FKZ to which the Förderkatalog is limited, all without any.
    `progress` hears shares from 0 to 1 while rows are read.
    """

    mapping: Path | None = None
    fixed: Mapping[Meaning, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)
    lists: Lists = field(default_factory=dict)
    today: date = date.min
    district: str = ""
    boundaries: frozenset[str] = frozenset()
    chosen: tuple[str, ...] = ()
    progress: Callable[[float], None] | None = None


@dataclass(frozen=True)
class ImportKind:
    """One kind: its German word, how to read it, the largest file in bytes, and what rows are that are set
    apart.

    `read` raises FileRefused for a file, and gives refused rows for what is wrong with single rows.
    """

    word: str
    read: Callable[[IncomingFile, Portfolio, Options], Reading]
    largest: int = LARGEST
    apart: str = OUTCOME_WORDS[RowOutcome.OUTSIDE]


def _list(file: IncomingFile, portfolio: Portfolio, options: Options) -> Reading:
    return lists.read(file, portfolio, options.mapping, options.remembered, options.progress, options.fixed)


def _workbook(file: IncomingFile, portfolio: Portfolio, options: Options) -> Reading:
    """The workbook of everything, or an answer of a confirmation round or of a survey of needs."""
    found = grids(file)
    if survey.is_answer(found):
        return survey.read(file, portfolio, options.lists, options.today, found=found).reading
    if confirmation.is_answer(found):
        return confirmation.read(file, portfolio, options.lists, options.today, found=found).reading
    return read_workbook(file, portfolio, options.lists, options.today, found)


def _municipalities(file: IncomingFile, portfolio: Portfolio, options: Options) -> Reading:
    return register_rows.read_municipalities(file, portfolio, _district(portfolio, options))


def _boundaries(file: IncomingFile, portfolio: Portfolio, options: Options) -> Reading:
    return register_rows.read_boundaries(file, portfolio, _district(portfolio, options), options.boundaries)


def _foerderkatalog(file: IncomingFile, portfolio: Portfolio, options: Options) -> Reading:
    return foerderkatalog.read(file, portfolio, _district(portfolio, options), options.chosen)


def _indicators(file: IncomingFile, portfolio: Portfolio, options: Options) -> Reading:
    district = _district(portfolio, options)
    return figures.read(file, portfolio, district, options.today, options.given, options.progress)


def _needs(file: IncomingFile, portfolio: Portfolio, options: Options) -> Reading:
    return needs.read(file, portfolio, options.lists, options.today, options.given)


def _sittings(file: IncomingFile, portfolio: Portfolio, options: Options) -> Reading:
    return sittings.read(file, portfolio, options.today)


def _results(file: IncomingFile, portfolio: Portfolio, options: Options) -> Reading:
    return council_results.read(file, portfolio, options.today)


def _potentials(file: IncomingFile, portfolio: Portfolio, _options: Options) -> Reading:
    return potentials.read(file, portfolio)


def _district(portfolio: Portfolio, options: Options) -> str:
    return options.district or str(portfolio.settings["district_key"])


FIXABLE: Mapping[str, tuple[str, ...]] = {
    "list": tuple(lists.FIXABLE),
    "kennzahlen": figures.FIXABLE,
    "bedarfe": needs.FIXABLE,
}
"""What may be said once for all rows of a file, by kind."""
REGISTERS = ("boundaries", "municipalities")
KINDS: Mapping[str, ImportKind] = {
    "list": ImportKind("Liste", _list),
    "workbook": ImportKind("Arbeitsmappe", _workbook),
    "foerderkatalog": ImportKind("Förderkatalog des Bundes", _foerderkatalog),
    "kennzahlen": ImportKind("Kennzahlen (Werte je Gemeinde)", _indicators),
    "bedarfe": ImportKind("Bedarfe (Liste oder Antwort einer Bedarfserhebung)", _needs),
    "potenziale": ImportKind("Potenziale (Liste)", _potentials),
    "sitzungen": ImportKind(
        "Sitzungstermine eines Ratsinformationssystems", _sittings, 20 * MEGABYTE, apart="nicht übernommen"
    ),
    "ergebnisse": ImportKind(
        "Ergebnisse der Gremien (OParl)", _results, 20 * MEGABYTE, apart="nicht übernommen"
    ),
    "boundaries": ImportKind("Grenzen (VG250)", _boundaries, 300 * MEGABYTE),
    "municipalities": ImportKind("Gemeindeverzeichnis", _municipalities),
}
