"""`steering import`: a file read, compared, reported and taken over from the command line."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from steering.analysis.incoming import Outcome, Proposal
from steering.analysis.portfolio import Portfolio
from steering.exchange import incoming_files, registers
from steering.exchange.import_kinds import KINDS, REGISTERS, Options
from steering.model.german import count
from steering.storage import district, importing, reading, schema
from steering.storage.tables import LINKS
from steering.storage.transaction import Batch

ACTOR = "Kommandozeile"
_MOST_SAID = 20


def add(commands: Any, shared: argparse.ArgumentParser, **defaults: Any) -> None:
    """Add the command, as far as there are kinds to read; `defaults` are kept with what is asked."""
    if not KINDS:
        return
    parser = commands.add_parser("import", parents=[shared], help="eine Datei einlesen")
    parser.add_argument("kind", metavar="KIND", choices=sorted(KINDS), help=", ".join(sorted(KINDS)))
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="nur zeigen, was geschähe")
    parser.add_argument("--mapping", metavar="FILE.toml", type=Path, help="Zuordnung der Spalten")
    parser.add_argument(
        "--district", metavar="KEY", type=_district, help="Kreisschlüssel, wenn ein anderer eingerichtet wird"
    )
    parser.add_argument("--report", metavar="FILE.json", type=Path, help="Bericht als JSON")
    parser.set_defaults(**defaults, refuse=parser.error)


def _district(text: str) -> str:
    if not re.fullmatch(r"\d{5}", text):
        raise argparse.ArgumentTypeError(f"»{text}« ist kein Kreisschlüssel. Bitte fünf Ziffern angeben.")
    return text


def run(asked: argparse.Namespace, url: str, dataset: str, now: datetime) -> int:
    """Carry an import out. 0: done, also with rows left out; 1: the file or every row was refused."""
    kind = KINDS[asked.kind]
    if asked.district and asked.kind not in REGISTERS:
        asked.refuse(f"--district gehört zu {' und '.join(REGISTERS)}.")
    engine = schema.prepare(url, dataset)
    try:
        file = incoming_files.load(asked.file, largest=kind.largest)
        portfolio = reading.portfolio(engine)
        moving = _moving(portfolio, asked.district)
        stored = frozenset[str]() if moving else district.boundary_keys(engine)
        options = Options(asked.mapping, LINKS, now.date(), asked.district or "", stored)
        found = kind.read(file, portfolio, options)
        proposal = importing.propose(engine, portfolio, found)
        if not asked.dry_run and proposal.takeable():
            importing.take_over(engine, proposal, actor=ACTOR, now=now, prepare=moving)
    except (incoming_files.FileRefused, importing.ImportRefused) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    finally:
        engine.dispose()
    if asked.report:
        text = json.dumps(proposal.report(), ensure_ascii=False, indent=2, default=str)
        asked.report.write_text(text + "\n", encoding="utf-8")
    return _tell(proposal, asked.dry_run)


def _moving(portfolio: Portfolio, key: str | None) -> Callable[[Batch], None] | None:
    """What gives the database to another Landkreis before its rows are written, where one is asked for."""
    if not key or key == portfolio.settings["district_key"]:
        return None
    return lambda batch: district.move(batch, key, registers.district_name(key))


def _tell(proposal: Proposal, dry_run: bool) -> int:
    for note in proposal.notes:
        sys.stdout.write(f"{note}\n")
    sys.stdout.write(f"{summary(proposal, dry_run)}\n")
    said = list(proposal.refusals())
    for refusal in said[:_MOST_SAID]:
        column = f", Spalte »{refusal.column}«" if refusal.column else ""
        value = f" (»{refusal.value}«)" if refusal.value else ""
        sys.stderr.write(f"{refusal.place.words}{column}{value}: {refusal.reason}\n")
    if len(said) > _MOST_SAID:
        sys.stderr.write(f"… und {len(said) - _MOST_SAID} weitere; alle stehen im Bericht (--report).\n")
    refused = proposal.counts[Outcome.REFUSED]
    return 1 if refused and refused == len(proposal.rows) else 0


def summary(proposal: Proposal, dry_run: bool) -> str:
    """What was done, or would be, in one sentence."""
    if not proposal.rows:
        return "Die Datei enthält keine Datenzeilen; eingelesen wurde nichts."
    counts = proposal.counts
    parts = [
        f"{counts[Outcome.NEW]} neu",
        f"{counts[Outcome.CHANGED]} geändert",
        f"{counts[Outcome.UNCHANGED]} unverändert",
        f"{counts[Outcome.OUTSIDE]} außerhalb des Landkreises",
        f"{counts[Outcome.REFUSED]} abgewiesen",
    ]
    done = "Nur geprüft, nichts geschrieben" if dry_run else "Übernommen"
    return f"{count(len(proposal.rows), 'Datenzeile', 'Datenzeilen')}: {', '.join(parts)}. {done}."
