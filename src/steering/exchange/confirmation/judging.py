"""What an answer to one row means, against the record as it went out and as it is now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from steering.analysis.confirmation import FIELDS, AskedFile, Item
from steering.analysis.confirmation.shares import LAST_DAY
from steering.analysis.incoming import New, Wanted
from steering.analysis.incoming.recorded import Recorded
from steering.analysis.incoming.sameness import alike
from steering.exchange.workbook.cell_reading import as_words
from steering.model import ConfirmationItem, ConfirmationRequest, EndKind, Record, Reply, Verdict

Values = dict[str, Any]


class Wrong(Exception):
    """What is wrong with a row: column, value and reason of each thing."""

    def __init__(self, *reasons: tuple[str, str, str]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


@dataclass(frozen=True)
class Decisions:
    """What somebody has decided, by the ids of items: where the carrier's word counts although the data have
    changed since, and what shall get a last day because the carrier says that it no longer exists."""

    theirs: frozenset[int] = frozenset()
    ended: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Clash:
    """A field of which the carrier says something else than what has been entered here since it was asked.

    `number`: its »Nr.« in the file.
    """

    item_id: int
    number: int
    title: str
    table: str
    field: str
    sent: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True)
class Gone:
    """A record that no longer exists according to its carrier; `number` is its »Nr.« in the file, `last` the
    last day that the carrier names.
    """

    item_id: int
    number: int
    title: str
    remark: str
    last: date | None


@dataclass(frozen=True)
class AnsweredRow:
    """An answered row: what it is about, what the carrier chose, changed and wrote; `headings` by field."""

    item: Item
    title: str
    reply: Reply | None
    changes: Values
    remark: str
    headings: Mapping[str, str]


@dataclass
class Judge:
    """Makes records that are wanted of answered rows; `clashes` and `gone` fill while it does."""

    asked: AskedFile
    recorded: Recorded
    day: date
    decisions: Decisions
    clashes: list[Clash] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)

    def answered(self, row: AnsweredRow, notes: list[str]) -> list[Wanted]:
        """The record as it is to be, and what is kept of the answer. Raises Wrong."""
        item = row.item
        now = self.now(item)
        if row.reply is Reply.GONE:
            return self._gone(row, notes)
        fit_end(item.record, item.sent, row.changes, notes)
        edited = bool(row.changes)
        if edited and row.reply is not Reply.CHANGED:
            said = "»ja« gewählt" if row.reply is Reply.YES else "Ohne Antwort"
            notes.append(f"{said}, aber Werte geändert: als Berichtigung gelesen.")
        changes = {name: value for name, value in row.changes.items() if not alike(now[name], value)}
        changes |= self._clashing(row, changes, now, edited=edited)
        if edited or changes:
            return self._with(row, changes, Verdict.CORRECTED)
        if row.reply is Reply.YES:
            return self._with(row, {}, Verdict.CONFIRMED)
        if row.reply is Reply.CHANGED and not _settled(item):
            notes.append("»nein, geändert«, aber kein Wert ist geändert: bitte nachfragen.")
            return self._noted(row, Verdict.UNCLEAR)
        return self._noted(row, Verdict(item.verdict))

    def now(self, item: Item) -> Values:
        """The record as it is now. Raises Wrong."""
        found = self.recorded.row(item.record, item.key)
        if found is None:
            raise Wrong(
                (
                    "",
                    "",
                    "Diesen Eintrag gibt es hier nicht mehr, oder er gehört nicht mehr zu diesem Träger.",
                )
            )
        return found

    def request(self) -> Wanted:
        """That an answer has come."""
        return Wanted(ConfirmationRequest, {"answered_on": self.day}, id=self.asked.request_id)

    def _clashing(self, row: AnsweredRow, changes: Values, now: Values, *, edited: bool) -> Values:
        """Where our data have moved on since the file went out: the carrier's values, if somebody has said
        that these count. Raises Wrong where nobody has."""
        item = row.item
        moved = {name for name, value in item.sent.items() if not alike(now[name], value)}
        if edited:
            theirs = {name: changes[name] for name in moved & changes.keys()}
        elif row.reply is Reply.YES and not _settled(item):
            theirs = {name: item.sent[name] for name in moved}
        else:
            # Taken over before: what is ours by now came from this answer, or was decided after it.
            theirs = {}
        table = str(item.record.__tablename__)
        self.clashes += [
            Clash(item.id, item.key, row.title, table, name, item.sent[name], now[name], value)
            for name, value in theirs.items()
        ]
        if item.id in self.decisions.theirs:
            return theirs
        if theirs:
            raise Wrong(
                *((row.headings.get(name, name), _words(value), MOVED) for name, value in theirs.items())
            )
        return {}

    def _gone(self, row: AnsweredRow, notes: list[str]) -> list[Wanted]:
        item = row.item
        last: date | None = row.changes.get(LAST_DAY[item.record])
        self.gone.append(Gone(item.id, item.key, row.title, row.remark, last))
        if item.id not in self.decisions.ended:
            notes.append(
                "Gibt es laut Träger nicht mehr: Der Eintrag bleibt, wie er ist, und gilt als zu klären."
            )
            return self._noted(row, Verdict.GONE)
        recorded = self.now(item)[LAST_DAY[item.record]]
        ends: Values = {LAST_DAY[item.record]: last or min(self.day, recorded or self.day)}
        if "end_kind" in FIELDS[item.record]:
            ends["end_kind"] = EndKind.FIXED
        return self._with(row, ends, Verdict.CORRECTED)

    def _with(self, row: AnsweredRow, changes: Values, verdict: Verdict) -> list[Wanted]:
        """The record as the carrier confirms it, and what is kept of the answer."""
        item = row.item
        if not changes and _same_answer(item, verdict, row.remark):
            return [Wanted(item.record, {}, id=item.key)]
        confirmed = changes | {"confirmed_on": self.day}
        return [
            Wanted(item.record, confirmed, id=item.key, columns=row.headings),
            *self._kept(item, verdict, row.remark),
        ]

    def _noted(self, row: AnsweredRow, verdict: Verdict) -> list[Wanted]:
        """The record as it is, and what is kept of the answer."""
        as_it_is = Wanted(row.item.record, {}, id=row.item.key)
        if _same_answer(row.item, verdict, row.remark):
            return [as_it_is]
        return [as_it_is, *self._kept(row.item, verdict, row.remark)]

    def _kept(self, item: Item, verdict: Verdict, remark: str) -> list[Wanted]:
        kept = {"verdict": verdict, "remark": remark, "answered_on": self.day}
        return [Wanted(ConfirmationItem, kept, id=item.id), self.request()]


MOVED = (
    "Wurde hier geändert, seit die Datei hinausging. Überschrieben wird nichts, solange nicht entschieden "
    "ist, wessen Angabe gilt."
)


def fit_end(record: type[Record], sent: Values, changes: Values, notes: list[str]) -> None:
    """A last day that somebody enters or empties says what kind of end it is, unless they said it too."""
    last = LAST_DAY[record]
    if last not in changes or "end_kind" not in FIELDS[record] or "end_kind" in changes:
        return
    kind = sent.get("end_kind", EndKind.UNKNOWN)
    if changes[last] is not None and kind in (EndKind.OPEN, EndKind.UNKNOWN):
        changes["end_kind"] = EndKind.FIXED
        notes.append("Ein letzter Tag ist genannt: Fristart »fest«.")
    elif changes[last] is None and kind == EndKind.FIXED:
        changes["end_kind"] = EndKind.UNKNOWN
        notes.append("Der letzte Tag ist geleert: Fristart »nicht bekannt«.")


def _settled(item: Item) -> bool:
    return item.verdict in (Verdict.CONFIRMED, Verdict.CORRECTED)


def _same_answer(item: Item, verdict: Verdict, remark: str) -> bool:
    return item.verdict == verdict and item.remark == remark


def _words(value: Any) -> str:
    return "" if isinstance(value, list | New) else as_words(value)[:200]
