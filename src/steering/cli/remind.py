"""`steering remind`: each unit is written what is new and due, once; for a timer."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from steering.analysis import dates
from steering.analysis.dates.telling import Tiding, news
from steering.charts.drawing import to_vega
from steering.charts.due_ahead import WIDTH, due_ahead
from steering.cli import options
from steering.exchange import pictures
from steering.exchange.mail import sending, settings, writing
from steering.exchange.mail.sending import NoServer, NotTaken
from steering.exchange.mail.settings import MailRefused, MailSettings
from steering.exchange.mail.writing import MailPicture
from steering.model.german import count
from steering.storage import clock, reading, telling
from steering.storage.private_files import make_private
from steering.storage.problems import DatabaseRefused
from steering.storage.telling import Mailbox

HandOver = Callable[[Mailbox, EmailMessage], None]


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    remind = commands.add_parser("remind", parents=[shared], help="Mails: was für wen neu ist und ansteht")
    remind.add_argument(
        "--dry-run", type=Path, metavar="DIR", help="nichts senden und nichts vermerken, nur Dateien (.eml)"
    )
    remind.add_argument("--today", type=options.day, metavar="DATE", help="der Tag, an dem gelesen wird")
    remind.set_defaults(run=_remind)


def _remind(asked: argparse.Namespace) -> int:
    try:
        mail = settings.read(os.environ, sends=asked.dry_run is None)
    except MailRefused as refused:
        raise DatabaseRefused(str(refused)) from refused
    engine = options.opened(asked)
    try:
        return _Run(engine, mail, asked.dry_run, options.today(asked), clock.now()).all()
    except NoServer as problem:
        raise DatabaseRefused(str(problem)) from problem
    finally:
        engine.dispose()


@dataclass(frozen=True)
class _Run:
    """One run; with a `folder` nothing is sent and nothing remembered."""

    engine: Engine
    mail: MailSettings
    folder: Path | None
    today: date
    now: datetime

    def all(self) -> int:
        """Write everybody who has news; 1 where a mail was not taken."""
        boxes = telling.mailboxes(self.engine)
        if not boxes:
            sys.stdout.write(
                "Es geht keine Mail hinaus: Bei keiner Person sind Einheit und E-Mail-Adresse eingetragen.\n"
            )
            return 0
        portfolio = reading.portfolio(self.engine)
        rows, told = dates.dated(portfolio, self.today), telling.told(self.engine)
        found = news(portfolio, rows, [box.recipient for box in boxes], told, self.today)
        mails = [(box, each) for box in boxes if (each := found.get(box.recipient.key))]
        if not mails:
            sys.stdout.write("Nichts ist neu oder fällig; es geht keine Mail hinaus.\n")
            return 0
        district = str(portfolio.settings["district_name"])
        with self._way() as hand_over:
            taken = sum([self._tell(hand_over, box, each, district) for box, each in mails])
        where = f"in »{self.folder}«" if self.folder else "gesendet"
        sys.stdout.write(f"{count(taken, 'Mail', 'Mails')} {where}.\n")
        return 0 if taken == len(mails) else 1

    def _tell(self, hand_over: HandOver, box: Mailbox, each: list[Tiding], district: str) -> bool:
        """Hand one mail over and enter it in the ledger at once; whether it was taken."""
        try:
            message = writing.message(
                each, name=box.name, to=box.address, sender=self.mail.sender, address=self.mail.address,
                district=district, today=self.today, now=self.now, picture=_picture(box, each, self.today),
            )  # fmt: skip
            hand_over(box, message)
        except NotTaken as refusal:
            # Nothing is entered: the next run tells the same, with what is new by then.
            sys.stderr.write(f"Person {box.person}: Mail {refusal}.\n")
            return False
        if self.folder is None:
            telling.remember(self.engine, box.recipient.key, each, today=self.today, now=self.now)
        return True

    @contextmanager
    def _way(self) -> Iterator[HandOver]:
        """Where mails go: into files of the folder, or to the server."""
        if self.folder is None:
            with sending.connected(self.mail) as server:
                yield lambda _box, message: sending.hand_over(server, message)
        else:
            folder = self.folder
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # What an earlier trial wrote would look as if it went out this time.
            for old in folder.glob("person-*.eml"):
                old.unlink()
            yield lambda box, message: _write(folder / f"person-{box.person}.eml", message)


def _picture(box: Mailbox, each: list[Tiding], today: date) -> MailPicture | None:
    """The picture of a mail; None where there is nothing to draw, or it could not be drawn."""
    drawing = due_ahead(each, today)
    if drawing is None:
        return None
    try:
        content = pictures.png(to_vega(drawing), scale=1)
    except pictures.NotDrawn:
        sys.stderr.write(f"Person {box.person}: Das Bild ließ sich nicht zeichnen; die Mail geht ohne.\n")
        return None
    return MailPicture(content, drawing.alt, WIDTH)


def _write(file: Path, message: EmailMessage) -> None:
    file.write_bytes(message.as_bytes())
    make_private(file)
