"""`steering publish`: the public directory as a folder, of what somebody has released; for a timer."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from steering.analysis.publication.choosing import public_directory
from steering.analysis.publication.confirming import (
    SITE,
    PublicDifference,
    awaiting,
    differences,
    published,
)
from steering.analysis.publication.content import PublicDirectory, Published, as_text, digest
from steering.analysis.publication.words import LABELS, SITE_LABELS, said, said_of_site
from steering.cli import options
from steering.exchange.publication import folder, integreat, whole
from steering.exchange.publication.folder import FolderRefused
from steering.exchange.publication.integreat import IntegreatRefused
from steering.model.german import count
from steering.storage import clock, reading, releases
from steering.storage.private_files import hand_over
from steering.storage.problems import DatabaseRefused

_MARK_LENGTH = 12
_NOT_SEEN = (
    "Nichts freigegeben: Was jetzt freigegeben würde, ist nicht das, was --dry-run mit diesem Kennzeichen "
    "genannt hat. Bitte --dry-run noch einmal ansehen und das Kennzeichen von dort nehmen."
)


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    publish = commands.add_parser(
        "publish", parents=[shared], help="das öffentliche Verzeichnis als Ordner mit Webseiten schreiben"
    )
    publish.add_argument("out", metavar="OUT_DIR", type=Path, help="leerer oder früher so gefüllter Ordner")
    publish.add_argument(
        "--dry-run", action="store_true", help="nur sagen, was die nächste Freigabe ändert; nichts schreiben"
    )
    publish.add_argument(
        "--confirm",
        metavar="MARK",
        help="freigeben, was --dry-run mit diesem Kennzeichen nennt, und es mit veröffentlichen",
    )
    publish.add_argument(
        "--integreat", action="store_true", help="Texte der Angebote auch an Integreat, wenn eingerichtet"
    )
    publish.add_argument("--today", type=options.day, metavar="DATE", help="der Tag, an dem gelesen wird")
    publish.set_defaults(run=_publish)


def _publish(asked: argparse.Namespace) -> int:
    today = options.today(asked)
    try:
        wanted_of_integreat = integreat.read(os.environ) if asked.integreat else None
    except IntegreatRefused as refused:
        raise DatabaseRefused(str(refused)) from refused
    engine = options.opened(asked)
    try:
        portfolio = reading.portfolio(engine)
        wanted = public_directory(portfolio, today)
        kept = releases.releases(engine)
        found = differences(wanted, kept[-1][1] if kept else None)
        if asked.dry_run:
            _tell(found, wanted)
            return 0
        if asked.confirm is not None:
            if asked.confirm != _mark(wanted):
                raise DatabaseRefused(_NOT_SEEN)
            releases.release(
                engine,
                wanted,
                rests_on=(portfolio.dataset_id, portfolio.revision),
                today=today,
                actor=options.ACTOR,
                now=clock.now(),
            )
            kept, found = releases.releases(engine), []
        made = published(wanted, kept)
        try:
            files = whole.files(made, reading.boundaries(engine))
            folder.write(asked.out, files)
            # The next run may be the timer's, under the account of whom the folder belongs to.
            for made_there in folder.places(asked.out, files):
                hand_over(made_there, asked.out)
        except FolderRefused as refused:
            raise DatabaseRefused(str(refused)) from refused
    finally:
        engine.dispose()
    _say(made, asked.out, len(files), awaiting(found))
    if wanted_of_integreat is None:
        return 0
    known = {entry.key for _, directory in kept for entry in directory.entries}
    results = integreat.push(made, wanted_of_integreat, known)
    for each in results:
        (sys.stdout if each.taken else sys.stderr).write(f"Integreat: {each.sentence}\n")
    return 0 if all(each.taken for each in results) else 1


def _say(made: Published, out: Path, files: int, waiting: Sequence[PublicDifference]) -> None:
    directory = made.directory
    sys.stdout.write(
        f"{count(len(directory.offers), 'Angebot', 'Angebote')} und "
        f"{count(len(directory.potentials), 'Potenzial', 'Potenziale')} in »{out}« "
        f"({count(files, 'Datei', 'Dateien')}).\n"
    )
    if made.day is None:
        sys.stderr.write(
            "Es ist noch nichts freigegeben. Bitte unter »Daten und Einstellungen« → »Öffentliches "
            "Verzeichnis« freigeben, oder mit --dry-run ansehen und mit --confirm.\n"
        )
    elif waiting:
        sys.stderr.write(
            f"{count(len(waiting), 'Änderung wartet', 'Änderungen warten')} auf Freigabe; "
            "--dry-run nennt sie.\n"
        )
    if made.day is not None and not directory.site.imprint:
        sys.stderr.write(
            "Ein Impressum fehlt. Bitte vor dem Veröffentlichen im Internet eintragen (§ 5 DDG).\n"
        )


def _mark(wanted: PublicDirectory) -> str:
    """By which whoever has seen what a release would say names it."""
    return digest(as_text(wanted))[:_MARK_LENGTH]


def _tell(found: Sequence[PublicDifference], wanted: PublicDirectory) -> None:
    """Each change in a line; of what is new as a whole, each of its values. Last, how to release this."""
    if not found:
        sys.stdout.write("Die nächste Freigabe ändert nichts.\n")
    for each in found:
        if each.key == SITE:
            before, after = (said_of_site(each.field, value) for value in (each.before, each.after))
            _tell_one(each, "Verzeichnis", SITE_LABELS[each.field], before, after)
        elif each.field:
            before, after = (said(each.field, value, wanted) for value in (each.before, each.after))
            _tell_one(each, each.name, LABELS[each.field], before, after)
        else:
            sys.stdout.write(f"{each.turn}: {each.name}\n")
            for name, value in (each.after or {}).items():
                sys.stdout.write(f"    {LABELS[name]}: {said(name, value, wanted)}\n")
    sys.stdout.write(f"Kennzeichen: {_mark(wanted)} (so freigeben: --confirm {_mark(wanted)})\n")


def _tell_one(change: PublicDifference, whose: str, what: str, before: str, after: str) -> None:
    sys.stdout.write(f"{change.turn}: {whose}: {what}: {before or '–'} → {after or '–'}\n")
