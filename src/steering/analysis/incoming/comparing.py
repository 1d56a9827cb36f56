"""Rows of a file against what is recorded: new, changed field by field, unchanged, outside, refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from steering.analysis.incoming.already import Above, Already
from steering.analysis.incoming.lists.grids import text
from steering.analysis.incoming.proposals import Difference, JudgedRow, Proposal, RowOutcome
from steering.analysis.incoming.recorded import Lists, Recorded
from steering.analysis.incoming.references import References
from steering.analysis.incoming.rows import IncomingRow, New, Reading, Refusal, Wanted
from steering.analysis.incoming.twins import Twins
from steering.analysis.portfolio import Portfolio
from steering.model import Record, texts
from steering.model.german import count
from steering.model.labels import field_word

Values = dict[str, Any]
Check = Callable[[type[Record], Values], tuple[Values, dict[str, str]]]
"""Whole values of a record in, the same in the model's types and what is wrong by field out."""

GONE = "Diesen Eintrag gibt es nicht (mehr). Bitte den Schlüssel prüfen oder leeren."
_LIKE = "Sagt dasselbe wie Zeile {}. Bitte nur eine von beiden übernehmen, wenn sie dasselbe meinen."
_STANDS_IN = 1  # for the key of a record that is yet to be made


def compare(
    reading: Reading,
    portfolio: Portfolio,
    check: Check,
    *,
    lists: Lists,
    stored: Mapping[type[Record], Mapping[Any, Values]] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Proposal:
    """Judge every row of a file.

    `check` holds the rules of one record; what it refuses becomes a refused row with the reason at the
    column. `lists` are those that records own, `stored` brings records that a Portfolio does not hold, by
    type and key. A row whose first record is new is new; one that changes a record or brings another new
    one is changed; one whose only record is recorded just so, under whatever number, is unchanged. A new
    structure may be a double where a recorded one has a similar name. `progress` hears shares from 0 to 1.
    """
    work = _Comparison(Recorded(portfolio, lists, stored or {}), lists, check)
    judged = []
    for number, row in enumerate(reading.rows):
        judged.append(work.judge(row))
        if progress and number % 500 == 499:
            progress(number / len(reading.rows))
    found = Twins(portfolio).of(judged)
    notes = reading.notes
    if work.cleaned:
        rows = count(work.cleaned, "Zeile", "Zeilen")
        notes = (*notes, f"In {rows} wurden unsichtbare Zeichen aus Texten entfernt.")
    return Proposal(portfolio.dataset_id, portfolio.revision, tuple(found), notes, reading.decided)


class _Comparison:
    def __init__(self, recorded: Recorded, lists: Lists, check: Check) -> None:
        self._recorded = recorded
        self._already = Already(recorded)
        self._above = Above()
        self._references = References(recorded, lists)
        self._check = check
        self.cleaned = 0
        self._made: dict[New, Wanted] = {}
        self._recorded_before: dict[New, Any] = {}
        self._failed: dict[New, IncomingRow] = {}

    def judge(self, row: IncomingRow) -> JudgedRow:
        if row.refusals:
            return self._refused(row, row.refusals)
        refusals: list[Refusal] = []
        checked: list[Wanted] = []
        for wanted in row.records:
            try:
                checked.append(self._checked(row, wanted))
            except _Wrong as wrong:
                refusals += wrong.refusals
        if refusals:
            return self._refused(row, tuple(refusals))
        fresh = [self._is_fresh(wanted) for wanted in (checked if len(checked) == 1 else row.records)]
        differences = tuple(
            difference
            for wanted in checked
            if wanted.id is not None
            for difference in self._differences(wanted)
        )
        self._remember(row, checked)
        outcome = _outcome(row, fresh, bool(differences))
        if cleaned := _cleaned(row):
            row = replace(row, notes=(*row.notes, cleaned))
            self.cleaned += 1
        if outcome == RowOutcome.NEW and len(checked) == 1:
            row = self._beside_its_like(row)
        return JudgedRow(row, outcome, tuple(checked), differences)

    def _beside_its_like(self, row: IncomingRow) -> IncomingRow:
        """The row, with a note where one above it is new too and says the same."""
        above = self._above.place(row.records[0], row.place)
        return row if above is None else replace(row, notes=(*row.notes, _LIKE.format(above.row)))

    def _checked(self, row: IncomingRow, wanted: Wanted) -> Wanted:
        """The record with whole, valid values."""
        known = self._made.get(New(wanted.record, wanted.key)) if wanted.key is not None else None
        if known is not None and wanted.id is None:
            return known
        wanted = self._pointing_to_recorded(wanted)
        before = self._recorded.row(wanted.record, wanted.id) if wanted.id is not None else None
        if wanted.id is not None and before is None:
            raise _Wrong(Refusal(row.place, "", str(wanted.id), GONE))
        waiting = {name: value for name, value in wanted.values.items() if _made_here(value)}
        for value in waiting.values():
            self._stop_where_it_failed(row, value)
        values = {
            name: _stand_in(value) if name in waiting else value for name, value in wanted.values.items()
        }
        whole, findings = self._check(wanted.record, (before or {}) | values)
        if wanted.id is None and len(row.records) == 1 and not (waiting or findings):
            recorded = self._already.key(wanted, whole)
            if recorded is not None:
                self._recorded_before[New(wanted.record, wanted.key)] = recorded
                return Wanted(wanted.record, {}, recorded, columns=wanted.columns)
        findings = findings | self._references.wrong(wanted, waiting, whole)
        if findings:
            raise _Wrong(*(refusal(row, wanted, name, said) for name, said in findings.items()))
        kept = whole if before is None else {name: whole[name] for name in wanted.values if name in whole}
        return Wanted(wanted.record, kept | waiting, wanted.id, wanted.key, wanted.columns, wanted.version)

    def _pointing_to_recorded(self, wanted: Wanted) -> Wanted:
        """The same with the keys of records that rows above would have made, had they not been recorded."""
        if not self._recorded_before:
            return wanted

        def key(value: Any) -> Any:
            if isinstance(value, (list, tuple)):
                return [key(part) for part in value]
            return self._recorded_before.get(value, value) if isinstance(value, New) else value

        return replace(wanted, values={name: key(value) for name, value in wanted.values.items()})

    def _stop_where_it_failed(self, row: IncomingRow, value: Any) -> None:
        """Refuse a row that points to a record of a refused one."""
        for new in value if isinstance(value, (list, tuple)) else (value,):
            failed = self._failed.get(new) if isinstance(new, New) and new not in self._made else None
            if failed is not None and failed.place != row.place:
                reason = (
                    f"Gehört zu Zeile {failed.place.row}, die abgewiesen ist. Bitte zuerst jene berichtigen."
                )
                raise _Wrong(Refusal(row.place, "", "", reason))

    def _is_fresh(self, wanted: Wanted) -> bool:
        return wanted.id is None and (wanted.key is None or New(wanted.record, wanted.key) not in self._made)

    def _remember(self, row: IncomingRow, checked: Iterable[Wanted]) -> None:
        if row.outside:
            return
        for wanted in checked:
            if wanted.id is None and wanted.key is not None:
                self._made.setdefault(New(wanted.record, wanted.key), wanted)

    def _refused(self, row: IncomingRow, refusals: tuple[Refusal, ...]) -> JudgedRow:
        for wanted in row.records:
            if wanted.id is None and wanted.key is not None:
                self._failed.setdefault(New(wanted.record, wanted.key), row)
        return JudgedRow(row, RowOutcome.REFUSED, refusals=refusals)

    def _differences(self, wanted: Wanted) -> Iterable[Difference]:
        before = self._recorded.row(wanted.record, wanted.id) or {}
        table = str(wanted.record.__tablename__)
        return (
            Difference(table, wanted.id, name, before.get(name), value)
            for name, value in wanted.values.items()
            if before.get(name) != value
        )


class _Wrong(Exception):
    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals


def _cleaned(row: IncomingRow) -> str:
    """A sentence about texts from which characters that nobody sees are taken out; "" without any."""
    fields = {
        field_word(str(wanted.record.__tablename__), name): None
        for wanted in row.records
        for name, value in wanted.values.items()
        if texts.has_unseen(value)
    }
    return f"Unsichtbare Zeichen entfernt: {', '.join(fields)}." if fields else ""


def _outcome(row: IncomingRow, fresh: list[bool], differs: bool) -> RowOutcome:
    if row.outside:
        return RowOutcome.OUTSIDE
    if fresh and fresh[0]:
        return RowOutcome.NEW
    return RowOutcome.CHANGED if differs or any(fresh) else RowOutcome.UNCHANGED


def _made_here(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(isinstance(part, New) for part in value)
    return isinstance(value, New)


def _stand_in(value: Any) -> Any:
    """What the rules of one record see in the place of a key that is yet to be made."""
    if isinstance(value, (list, tuple)):
        # Keys of different types do not go into one list: what exists is enough to stand for the others.
        return [part for part in value if not isinstance(part, New)] or [_STANDS_IN]
    return _STANDS_IN


def refusal(row: IncomingRow, wanted: Wanted, name: str, reason: str) -> Refusal:
    """Why a field of a record that a row wants cannot be, at the column it was read from."""
    column = wanted.columns.get(name, "")
    value = row.cells.get(column, "") if column else wanted.values.get(name)
    shown = "" if _made_here(value) else text(value)
    return Refusal(
        row.place, column or field_word(str(wanted.record.__tablename__), name), shown[:200], reason
    )
