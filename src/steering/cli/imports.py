"""`steering import`: a file read, compared, reported and taken over from the command line."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from steering.analysis.incoming import OUTCOME_WORDS, Proposal, Refusal, RowOutcome
from steering.analysis.incoming.names import plain_name
from steering.analysis.incoming.sums import sums
from steering.analysis.portfolio import Portfolio
from steering.cli import oparl, options
from steering.exchange import import_reports, incoming_files, limited
from steering.exchange.import_kinds import FIXABLE, KINDS, REGISTERS, Options
from steering.exchange.lists import lists
from steering.exchange.registers import rows as register_rows
from steering.model.german import count, listing
from steering.storage import clock, district, reading
from steering.storage.imports import importing, remembering
from steering.storage.problems import StorageError
from steering.storage.tables import LINKS
from steering.storage.transaction import Batch

_MOST_SAID = 20
_A_WHILE = 10  # seconds


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser("import", parents=[shared], help="eine Datei einlesen")
    parser.add_argument("kind", metavar="KIND", choices=sorted(KINDS), help=", ".join(sorted(KINDS)))
    parser.add_argument(
        "file", metavar="FILE", type=Path, nargs="?",
        help=f"bei sitzungen darf sie fehlen: dann wird {oparl.ADDRESS} abgefragt (OParl)",
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="nur zeigen, was geschähe")
    parser.add_argument("--mapping", metavar="FILE.toml", type=Path, help="Zuordnung der Spalten")
    parser.add_argument(
        "--set", metavar="FIELD=VALUE", dest="fixed", type=_fixed, action="append", default=[],
        help=f"was für alle Zeilen einer Liste gilt, mehrmals möglich: {_fixable_in_words()}",
    )  # fmt: skip
    parser.add_argument(
        "--district", metavar="KEY", type=_district,
        help="Kreisschlüssel, wenn ein anderer eingerichtet oder im Förderkatalog gesucht wird",
    )  # fmt: skip
    parser.add_argument("--fkz", metavar="FKZ", nargs="+", help="nur diese Vorhaben des Förderkatalogs")
    parser.add_argument(
        "--with-similar", action="store_true", help="auch, was ähnlich heißt wie schon Erfasstes, als Neues"
    )
    parser.add_argument("--report", metavar="FILE.json", type=Path, help="Bericht als JSON")
    parser.set_defaults(run=_run, refuse=parser.error)


def _district(text: str) -> str:
    if not re.fullmatch(r"\d{5}", text):
        raise argparse.ArgumentTypeError(f"»{text}« ist kein Kreisschlüssel. Bitte fünf Ziffern angeben.")
    return text


def _fixed(text: str) -> tuple[str, str]:
    field, sign, value = text.partition("=")
    name = plain_name(field).replace(" ", "")
    if not sign or not value.strip() or not any(name in fields for fields in FIXABLE.values()):
        raise argparse.ArgumentTypeError(
            f"»{text}« ist keine Angabe für alle Zeilen. Bitte als FELD=WERT angeben, z. B. "
            f'traeger="AWO Coburg"; Felder: {_fixable_in_words()}.'
        )
    return name, value.strip()


def _fixable_in_words() -> str:
    return "; ".join(f"bei {kind} {', '.join(fields)}" for kind, fields in FIXABLE.items())


def _run(asked: argparse.Namespace) -> int:
    """Carry an import out. 0: done, also with rows left out; 1: the file or every row was refused."""
    _check_usage(asked)
    if asked.report and not asked.report.absolute().parent.is_dir():
        sys.stderr.write(f"Den Ordner für »{asked.report}« gibt es nicht. Bitte den Pfad prüfen.\n")
        return 1
    engine = options.opened(asked)
    try:
        proposal = _carried_out(asked, engine, clock.now())
    except (incoming_files.FileRefused, StorageError) as refusal:
        sys.stderr.write(f"{refusal}\n")
        _report(asked, import_reports.report_of_refusal(str(refusal)))
        return 1
    finally:
        engine.dispose()
    reported = _report(asked, import_reports.report(proposal))
    return _tell(proposal, asked.dry_run, KINDS[asked.kind].apart) if reported else 1


def _check_usage(asked: argparse.Namespace) -> None:
    """End with 2 where an option belongs to another kind of file, or there is neither file nor address."""
    if asked.file is None and (asked.kind != "sitzungen" or not os.environ.get(oparl.ADDRESS)):
        missing = f" oder {oparl.ADDRESS} setzen" if asked.kind == "sitzungen" else ""
        asked.refuse(f"Bitte eine Datei angeben{missing}.")
    for option, given, kinds in (
        ("--district", asked.district, (*REGISTERS, "foerderkatalog")),
        ("--mapping", asked.mapping, ("list",)),
        ("--set", asked.fixed, tuple(FIXABLE)),
        ("--fkz", asked.fkz, ("foerderkatalog",)),
        ("--with-similar", asked.with_similar, ("list", "foerderkatalog", "workbook")),
    ):
        if given and asked.kind not in kinds:
            asked.refuse(f"{option} gehört zu {listing([*kinds], 9)}.")
    for name, _ in asked.fixed:
        if name not in FIXABLE[asked.kind]:
            asked.refuse(f"--set {name} gibt es bei {asked.kind} nicht: {', '.join(FIXABLE[asked.kind])}.")


def _carried_out(asked: argparse.Namespace, engine: Engine, now: datetime) -> Proposal:
    """The file read, compared and, unless it is a dry run, taken over."""
    kind = KINDS[asked.kind]
    if asked.file is None:
        file = oparl.fetched(os.environ[oparl.ADDRESS])
    else:
        file = incoming_files.load(asked.file, largest=kind.largest)
    portfolio = reading.portfolio(engine)
    moving = _moving(portfolio, asked.district) if asked.kind in REGISTERS else None
    reading_options = Options(
        mapping=asked.mapping,
        fixed={lists.FIXABLE[name]: said for name, said in asked.fixed if asked.kind == "list"},
        given=dict(asked.fixed),
        remembered=remembering.remembered(engine),
        lists=LINKS,
        today=now.date(),
        district=asked.district or "",
        boundaries=frozenset[str]() if moving else district.boundary_keys(engine),
        chosen=tuple(asked.fkz or ()),
    )
    found = limited.read_kind(asked.kind, file, portfolio, reading_options, _Patience(file.name))
    proposal = importing.propose(engine, portfolio, found, cleared=district.CLEARED if moving else ())
    if not asked.with_similar:
        proposal = proposal.with_refused(_similar(proposal))
    if asked.dry_run and moving is not None:
        importing.try_out(engine, moving)
    elif not asked.dry_run and proposal.takeable():
        importing.take_over(engine, proposal, actor=options.ACTOR, now=now, prepare=moving)
    return proposal


def _similar(proposal: Proposal) -> dict[int, list[Refusal]]:
    """Nobody is there to ask whether a similar name is the same: so such a row is left out and named."""
    refused = {}
    for number in proposal.doubtful():
        judged = proposal.rows[number]
        names = listing([f"»{twin.name}«" for twin in judged.twins], 3)
        reason = (
            f"Ähnlich heißt schon {names}. Bitte auf der Seite »Daten« entscheiden, den Namen angleichen "
            "oder mit --with-similar als etwas Neues einlesen."
        )
        column = judged.wanted[0].columns.get("name", "")
        refused[number] = [Refusal(judged.row.place, column, judged.row.title, reason)]
    return refused


class _Patience:
    """Says once that it takes a while, and how to end it."""

    def __init__(self, name: str) -> None:
        self._name, self._said = name, False

    def __call__(self, seconds: float) -> None:
        if seconds >= _A_WHILE and not self._said:
            self._said = True
            sys.stderr.write(
                f"»{self._name}« wird seit {seconds:.0f} Sekunden gelesen; Abbruch mit Strg+C.\n"
            )


def _report(asked: argparse.Namespace, text: str) -> bool:
    """Write the report where one is asked for; whether that went well."""
    if not asked.report:
        return True
    try:
        asked.report.write_text(text, encoding="utf-8")
    except OSError as error:
        sys.stderr.write(f"Der Bericht »{asked.report}« ließ sich nicht schreiben ({error.strerror}).\n")
        return False
    return True


def _moving(portfolio: Portfolio, key: str | None) -> Callable[[Batch], None] | None:
    """What gives the database to another Landkreis before its rows are written, where one is asked for."""
    if not key or key == portfolio.settings["district_key"]:
        return None
    return lambda batch: district.move(batch, key, register_rows.district_name(key))


def _tell(proposal: Proposal, dry_run: bool, apart: str) -> int:
    for note in proposal.notes:
        sys.stdout.write(f"{note}\n")
    _tell_notes(proposal)
    sys.stdout.write(f"{summary(proposal, dry_run, apart)}\n")
    if said_of_money := sums(proposal):
        sys.stdout.write(f"{said_of_money}\n")
    said = list(proposal.refusals())
    for refusal in said[:_MOST_SAID]:
        column = f", Spalte »{refusal.column}«" if refusal.column else ""
        value = f" (»{refusal.value}«)" if refusal.value else ""
        sys.stderr.write(f"{refusal.place.words}{column}{value}: {refusal.reason}\n")
    if len(said) > _MOST_SAID:
        sys.stderr.write(f"… und {len(said) - _MOST_SAID} weitere; alle stehen im Bericht (--report).\n")
    _tell_outside(proposal, apart)
    refused = proposal.counts[RowOutcome.REFUSED]
    return 1 if refused and refused == len(proposal.rows) else 0


def _tell_outside(proposal: Proposal, word: str) -> None:
    """The rows that were set apart, with what was read."""
    word = word.split()[0] if word == OUTCOME_WORDS[RowOutcome.OUTSIDE] else word
    apart = [proposal.rows[number].row for number in proposal.numbers(RowOutcome.OUTSIDE)]
    for row in apart[:_MOST_SAID]:
        sys.stdout.write(f"{row.place.words} (»{row.title}«): {word} – {row.outside}.\n")
    if len(apart) > _MOST_SAID:
        sys.stdout.write(f"… und {len(apart) - _MOST_SAID} weitere {word}; alle stehen im Bericht.\n")


def _tell_notes(proposal: Proposal) -> None:
    """How single rows were understood that could be read in two ways."""
    said = [f"{judged.row.place.words}: {note}" for judged in proposal.rows for note in judged.row.notes]
    for note in said[:_MOST_SAID]:
        sys.stdout.write(f"{note}\n")
    if len(said) > _MOST_SAID:
        sys.stdout.write(
            f"… und {len(said) - _MOST_SAID} weitere Hinweise; alle stehen im Bericht (--report).\n"
        )


def summary(proposal: Proposal, dry_run: bool, apart: str = OUTCOME_WORDS[RowOutcome.OUTSIDE]) -> str:
    """What was done, or would be, in one sentence; `apart`: what rows are that were set apart."""
    if not proposal.rows:
        return "Die Datei enthält keine Datenzeilen; eingelesen wurde nichts."
    words = OUTCOME_WORDS | {RowOutcome.OUTSIDE: apart}
    parts = [count(proposal.counts[outcome], word, word) for outcome, word in words.items()]
    done = "Nur geprüft, nichts geschrieben" if dry_run else "Übernommen"
    return f"{count(len(proposal.rows), 'Datenzeile', 'Datenzeilen')}: {', '.join(parts)}. {done}."
