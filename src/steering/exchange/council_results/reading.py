"""Results of committees as rows: each beside the Vorlage that was handed in under the same number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.incoming import IncomingRow, Place, Reading, Refusal, Wanted
from steering.analysis.incoming.recorded import plain_rows
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import sittings
from steering.analysis.structures.measure_decisions import Decided, following
from steering.exchange.council_results import found as oparl
from steering.exchange.council_results.found import FoundResult
from steering.exchange.council_results.understanding import result_of, votes_of
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.sittings.committees import Committees
from steering.model import About, CommitteeResult, Consultation, Measure
from steering.model.german import count, day, listing

NUMBER, COMMITTEE, ON, RESULT, VOTES = "Vorlage-Nr.", "Gremium", "Sitzung am", "Ergebnis", "Abstimmung"
_COLUMNS = {
    "day": ON, "committee_id": COMMITTEE, "result": RESULT, "votes_for": VOTES, "votes_against": VOTES,
    "abstentions": VOTES, "unanimous": VOTES,
}  # fmt: skip
STRANGE = "keine abgegebene Vorlage mit dieser Nummer"


def read(file: IncomingFile, portfolio: Portfolio, today: date) -> Reading:
    """The results of Vorlagen that were handed in; those of all others are set apart. Raises FileRefused."""
    return _Rows(file.name, portfolio, today).reading(oparl.read(file))


class _Rows:
    def __init__(self, file: str, portfolio: Portfolio, today: date) -> None:
        self._file, self._portfolio, self._today = file, portfolio, today
        self._committees = Committees(portfolio)
        self._names = portfolio.short_names("committee").to_dict()
        self._decides = sittings.roles(portfolio).decides
        self._papers: dict[str, list[dict[str, Any]]] = {}
        for row in plain_rows(portfolio.submissions.sort_values(["handed_in_on", "id"])):
            self._papers.setdefault(same(row["number"]), []).append(row)
        self._known = {
            (row["submission_id"], row["committee_id"], row["day"]): row["id"]
            for row in plain_rows(portfolio.consultations)
        }
        self._measures = {row["id"]: row for row in plain_rows(portfolio.measures)}
        recorded = portfolio.committee_dates
        self._sittings = {
            row["reference"]: (row["committee_id"], row["day"])
            for row in plain_rows(recorded[recorded["reference"] != ""])
        }
        self._seen: dict[tuple[int, int, date], int] = {}

    def reading(self, found: tuple[FoundResult, ...]) -> Reading:
        rows = tuple(self._row(each) for each in found)
        return Reading(rows, tuple(self._notes(found)))

    def _row(self, each: FoundResult) -> IncomingRow:
        place = Place(self._file, "", each.row)
        papers = self._papers.get(same(each.number), []) if each.number else []
        committee, on = self._where(each)
        name = self._names.get(committee, "") or listing(list(each.names), 2)
        title = ", ".join(filter(None, (each.number or each.title[:80], name, day(on, ""))))
        if not papers:
            return IncomingRow(place, title, outside=STRANGE)
        if not each.result:
            return IncomingRow(place, title, outside="noch kein Ergebnis")
        if on is not None and on > self._today:
            return IncomingRow(place, title, outside="die Sitzung liegt noch vor uns")
        result = result_of(each.result)
        cells = {NUMBER: each.number, COMMITTEE: name, ON: on, RESULT: each.result}
        refusals = tuple(self._refusals(place, each, committee, on, result))
        if refusals:
            return IncomingRow(place, title, cells=cells, refusals=refusals)
        assert committee is not None
        assert on is not None
        assert result is not None
        # A later version has the number of the one before it; a committee takes up what lies there by then.
        then = [row for row in papers if row["handed_in_on"] <= on] or papers[:1]
        paper = then[-1]
        pair = paper["id"], committee, on
        if pair in self._seen:
            return IncomingRow(place, title, outside=f"dasselbe Ergebnis wie in Zeile {self._seen[pair]}")
        self._seen[pair] = each.row
        records = self._records(paper, committee, on, result, each)
        return IncomingRow(place, title, records, cells, notes=self._notes_of(each, committee, on))

    def _where(self, each: FoundResult) -> tuple[int | None, date | None]:
        """Who sat and when: as the file says, else as the sitting is recorded by its reference."""
        committee, on = self._sittings.get(each.meeting, (None, None)) if each.meeting else (None, None)
        told = (self._committees.known(name) for name in each.names)
        return next((key for key in told if key is not None), committee), each.day or on

    def _refusals(
        self, place: Place, each: FoundResult, committee: int | None, on: date | None,
        result: CommitteeResult | None,
    ) -> Iterator[Refusal]:  # fmt: skip
        if committee is None:
            said = listing(list(each.names), 2) or "ohne Namen"
            yield Refusal(place, COMMITTEE, said, "Dieses Gremium ist hier nicht erfasst. Bitte erfassen.")
        if on is None:
            yield Refusal(
                place, ON, "", "Die Sitzung steht nicht in der Datei. Bitte auch die Sitzungen speichern."
            )
        if result is None:
            yield Refusal(
                place, RESULT, each.result[:80],
                "Was das Gremium beschlossen hat, geht daraus nicht eindeutig hervor. Bitte von Hand "
                "eintragen.",
            )  # fmt: skip

    def _records(
        self, paper: dict[str, Any], committee: int, on: date, result: CommitteeResult, each: FoundResult
    ) -> tuple[Wanted, ...]:
        values: dict[str, Any] = {"result": result, **votes_of(each.result, each.resolution)}
        if each.reference:
            values["reference"] = each.reference
        key = paper["id"], committee, on
        if key in self._known:
            wanted = Wanted(Consultation, values, id=self._known[key], columns=_COLUMNS)
        else:
            place = {"submission_id": paper["id"], "committee_id": committee, "day": on}
            wanted = Wanted(Consultation, {**place, **values}, key=key, columns=_COLUMNS)
        return wanted, *self._measure(paper, committee, on, result)

    def _measure(
        self, paper: dict[str, Any], committee: int, on: date, result: CommitteeResult
    ) -> Iterator[Wanted]:
        """The decision that a measure names, as `storage.handing_in` enters it for one that is typed."""
        key = int(paper["subject_key"]) if paper["about"] == About.MEASURE else None
        measure = self._measures.get(key)
        if measure is None:
            return
        after = Decided(on, committee, result, paper["number"])
        known = dict(self._decided(paper["subject_key"]))
        before = known.get((paper["id"], committee, on))
        standing = (known | {(paper["id"], committee, on): after}).values()
        if values := following(measure, before, after, standing, self._decides):
            yield Wanted(Measure, values, id=key)

    def _decided(self, subject_key: str) -> Iterator[tuple[tuple[int, int, date], Decided]]:
        """What committees made of the Vorlagen about a measure so far."""
        papers = {
            row["id"]: row["number"]
            for rows in self._papers.values()
            for row in rows
            if (row["about"], row["subject_key"]) == (About.MEASURE, subject_key)
        }
        for row in plain_rows(self._portfolio.consultations):
            if row["submission_id"] in papers:
                place = row["submission_id"], row["committee_id"], row["day"]
                result = CommitteeResult(row["result"])
                yield place, Decided(row["day"], row["committee_id"], result, papers[row["submission_id"]])

    def _notes_of(self, each: FoundResult, committee: int, on: date) -> tuple[str, ...]:
        held = sittings.recorded(self._portfolio)
        there = (held["committee_id"] == committee) & (held["day"] == pd.Timestamp(on))
        if there.any():
            return ()
        return (f"Am {day(on)} ist keine Sitzung {self._names[committee]} erfasst. Stimmt der Tag?",)

    def _notes(self, found: tuple[FoundResult, ...]) -> Iterator[str]:
        told = Counter(same(each.number) for each in found if each.result)
        missing = [rows[-1]["number"] for number, rows in self._papers.items() if number and not told[number]]
        if missing:
            yield f"Kein Ergebnis steht in der Datei zu: {listing(sorted(missing), 6)}."
        if without := len(self._papers.get("", ())):
            many = count(without, "abgegebene Vorlage hat", "abgegebene Vorlagen haben")
            verb = "lässt" if without == 1 else "lassen"
            yield f"{many} noch keine Nummer und {verb} sich nicht zuordnen."


def same(number: str) -> str:
    """A Vorlage-Nr. whatever its case and blanks; nothing else of it is guessed at."""
    return "".join(number.casefold().split())
