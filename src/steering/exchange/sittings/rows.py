"""Found sittings against the recorded ones: which are new, which have moved, which do not take place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from steering.analysis.incoming import IncomingRow, Place, Reading, Refusal, Wanted
from steering.analysis.incoming.recorded import plain_rows
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import lead_times, sittings
from steering.analysis.structures.moving import ChangedSittings, NewSitting, moved
from steering.exchange.sittings.committees import Committees
from steering.exchange.sittings.found import COMMITTEE, ON, PAPERS, FoundCalendar, FoundSitting
from steering.exchange.sittings.matching import Match, RecordedSitting, matched
from steering.model import CommitteeDate, LeadUnit, Provenance
from steering.model.base import implausible
from steering.model.german import count, day, listing

ASSUMED_DAYS = 14
ASSUMED = f"Vorlagenschluss angenommen: {ASSUMED_DAYS} Tage vor der Sitzung."
_MOST_TOLD = 40
_OLD = timedelta(days=366)
_COLUMNS = {"day": ON, "papers_due": PAPERS, "committee_id": COMMITTEE}


@dataclass(frozen=True)
class _Lead:
    """How a committee wants its papers; `number` None where nobody has said so."""

    number: int | None
    unit: LeadUnit


class SittingRows:
    """Makes rows of the sittings of a file."""

    def __init__(self, file: str, portfolio: Portfolio, committees: Committees, today: date) -> None:
        self._file, self._portfolio, self._committees, self._today = file, portfolio, committees, today
        rows = portfolio.committees
        self._names = portfolio.short_names("committee").to_dict()
        self._leads = {
            int(key): _Lead(None if pd.isna(number) else int(number), LeadUnit(unit))
            for key, number, unit in zip(rows["id"], rows["lead_days"], rows["lead_unit"], strict=True)
        }
        self._district = str(portfolio.settings["district_key"])
        self._strangers: Counter[str] = Counter()
        self._assumed: set[int] = set()
        self._new: list[NewSitting] = []
        self._changed: dict[int, tuple[date, date] | None] = {}
        self._told = 0
        self._recorded = [
            RecordedSitting(
                row["id"], row["committee_id"], row["day"], row["papers_due"], row["reference"],
                row["provenance_note"] == ASSUMED,
            )
            for row in plain_rows(sittings.recorded(portfolio))
        ]  # fmt: skip

    def reading(self, found: FoundCalendar) -> Reading:
        """The rows in the order of the file, and what there is to know about it as a whole."""
        own: list[tuple[int, FoundSitting]] = []
        rows: list[tuple[int, IncomingRow]] = []
        for each in found.sittings:
            of, unknown = self._who(each)
            if apart := self._apart(each, of, unknown):
                rows.append((each.row, apart))
            else:
                own += [(key, each) for key in of]
        matches = matched(own, self._recorded, self._today)
        rows += [
            (each.row, self._row(key, each, match)) for (key, each), match in zip(own, matches, strict=True)
        ]
        rows.sort(key=lambda pair: pair[0])
        return Reading(
            tuple(row for _, row in rows), (*self._notes(own, matches), *found.notes, *self._about_all(own))
        )

    def _who(self, each: FoundSitting) -> tuple[list[int], str]:
        """The committees that sit, each once, and the name of one that is not recorded, "" where all are."""
        if each.names:
            known = [(name, self._committees.known(name)) for name in each.names]
            of = list(dict.fromkeys(key for _, key in known if key is not None))
            return of, "" if of else known[0][0]
        if not each.called:
            return self._recorded_by(each.reference), ""
        key = next((key for said in each.titles if (key := self._committees.known(said)) is not None), None)
        return ([], each.called) if key is None else ([key], "")

    def _apart(self, each: FoundSitting, of: list[int], unknown: str) -> IncomingRow | None:
        """The row of a sitting that is nothing of ours, or long past; None for one that is."""
        if of and not (each.day and each.day < self._today - _OLD):
            return None
        if not of:
            self._strangers[unknown or "ohne Namen"] += 1
        why = "vor über einem Jahr" if of else "das Gremium ist hier nicht erfasst"
        if not of and not unknown:
            why = "entfernter Eintrag ohne Namen" if each.called_off else "ohne Gremium"
        title = f"{each.called or 'Eintrag ohne Namen'}{f', {day(each.day)}' if each.day else ''}"
        return IncomingRow(Place(self._file, "", each.row), title, outside=why)

    def _recorded_by(self, reference: str) -> list[int]:
        """The committees of the sitting that is known by a reference: a removed entry says no more than
        that."""
        of = (each.committee for each in self._recorded if reference and each.reference == reference)
        return list(dict.fromkeys(of))

    def _row(self, committee: int, each: FoundSitting, match: Match) -> IncomingRow:
        place, name = Place(self._file, "", each.row), self._names[committee]
        refusals = tuple(Refusal(place, wrong.column, wrong.value, wrong.reason) for wrong in each.wrong)
        if each.day and (said := implausible(each.day)):
            refusals += (Refusal(place, ON, day(each.day), said),)
        title = f"{name}, {day(each.day or (match.recorded.day if match.recorded else None))}"
        if refusals:
            return IncomingRow(place, title, cells=_cells(name, each.day, None), refusals=refusals)
        if match.double:
            why = f"dieselbe Sitzung wie in Zeile {match.double}"
            return IncomingRow(place, title, cells=_cells(name, each.day, None), outside=why)
        if each.called_off:
            return self._called_off(place, title, each, match)
        assert each.day is not None
        known = match.recorded
        papers = self._papers(committee, each, known)
        row = IncomingRow(place, title, cells=_cells(name, each.day, papers), notes=each.notes)
        if known is None:
            self._new.append(NewSitting(committee, each.day, papers))
            return replace(row, records=(self._fresh(committee, each, papers),))
        values: dict[str, Any] = {"day": each.day, "papers_due": papers}
        if each.reference and (not known.reference or match.moved):
            values["reference"] = each.reference
        if known.assumed and not self._is_assumed(committee, each):
            values["provenance_note"] = ""
        notes = each.notes
        if known.day != each.day:
            self._changed[known.key] = (each.day, papers)
            told = f"{name} vom {day(known.day)} auf {day(each.day)} verlegt"
            notes = (f"{told}{self._effect({known.key: (each.day, papers)})}.", *notes)
        return replace(
            row, records=(Wanted(CommitteeDate, values, id=known.key, columns=_COLUMNS),), notes=notes
        )

    def _called_off(self, place: Place, title: str, each: FoundSitting, match: Match) -> IncomingRow:
        known = match.recorded
        if known is None:
            return IncomingRow(place, title, outside="entfällt und ist hier nicht erfasst")
        self._changed[known.key] = None
        note = f"{title} entfällt{self._effect({known.key: None})}."
        wanted = Wanted(CommitteeDate, {"archived_on": self._today}, id=known.key)
        return IncomingRow(place, title, (wanted,), notes=(note, *each.notes))

    def _fresh(self, committee: int, each: FoundSitting, papers: date) -> Wanted:
        assert each.day is not None
        values: dict[str, Any] = {"committee_id": committee, "day": each.day, "papers_due": papers}
        values |= {"reference": each.reference, "provenance": Provenance.DOCUMENTED}
        if each.link:
            values["source"] = each.link
        if self._is_assumed(committee, each):
            self._assumed.add(committee)
            values["provenance_note"] = ASSUMED
        return Wanted(CommitteeDate, values, key=(committee, each.day), columns=_COLUMNS)

    def _is_assumed(self, committee: int, each: FoundSitting) -> bool:
        return each.papers_due is None and self._leads[committee].number is None

    def _papers(self, committee: int, each: FoundSitting, known: RecordedSitting | None) -> date:
        """Vorlagenschluss: as the file says, as it stands, or by the committee's rule."""
        assert each.day is not None
        if each.papers_due is not None:
            return each.papers_due
        lead = self._leads[committee]
        # What somebody has entered for this sitting stays, as long as the sitting is on the same day.
        if known is not None and known.day == each.day and not (known.assumed and lead.number is not None):
            return known.papers_due
        if lead.number is None and known is not None:
            return each.day - (known.day - known.papers_due)
        number = ASSUMED_DAYS if lead.number is None else lead.number
        return lead_times.before(each.day, number, lead.unit, self._district)

    def _effect(self, changed: dict[int, tuple[date, date] | None]) -> str:
        """What one sitting that moves or falls away does to deadlines; "" after many of them."""
        self._told += 1
        if self._told > _MOST_TOLD:
            return ""
        return f": {moved(self._portfolio, self._today, ChangedSittings(changed=changed)).words}"

    def _notes(self, own: list[tuple[int, FoundSitting]], matches: list[Match]) -> Iterator[str]:
        of_old = list(self._changed.values())
        gone = of_old.count(None)
        told = [
            count(amount, one, many)
            for amount, one, many in (
                (len(self._new), "neue Sitzung", "neue Sitzungen"),
                (len(of_old) - gone, "verlegt", "verlegt"),
                (gone, "entfällt", "entfallen"),
            )
            if amount
        ]
        if self._new or self._changed:
            after = moved(self._portfolio, self._today, ChangedSittings(self._new, self._changed))
            yield f"{', '.join(told)}. Nach dem Übernehmen: {after.words}."
        if self._assumed:
            names = listing([self._names[key] for key in sorted(self._assumed)])
            yield (
                f"Für {names} ist kein Vorlagenschluss hinterlegt; angenommen sind {ASSUMED_DAYS} Tage vor "
                "der Sitzung. Bitte unter »Einstellungen, Gremien und Termine« eintragen und die Datei noch "
                "einmal einlesen."
            )
        yield from self._missing(own, matches)

    def _missing(self, own: list[tuple[int, FoundSitting]], matches: list[Match]) -> Iterator[str]:
        """Recorded sittings between the first and the last of their committee in the file that it does not
        have."""
        met = {match.recorded.key for match in matches if match.recorded}
        for committee in sorted({key for key, _ in own}):
            days = [each.day for key, each in own if key == committee and each.day]
            lost = [
                day(known.day)
                for known in self._recorded
                if known.committee == committee and known.key not in met
                and days and max(min(days), self._today) <= known.day <= max(days)
            ]  # fmt: skip
            if lost:
                yield (
                    f"{self._names[committee]} am {listing(lost)} ist erfasst und steht nicht in der "
                    "Datei; das bleibt so. Entfällt die Sitzung, bitte sie unter »Einstellungen, Gremien und "
                    "Termine« archivieren."
                )

    def _about_all(self, own: list[tuple[int, FoundSitting]]) -> Iterator[str]:
        if self._strangers:
            told = [f"{name[:60]} ({times})" for name, times in self._strangers.most_common()]
            yield (
                f"Hier nicht erfasst und nicht übernommen: {listing(told, 12)}. Wer ein Gremium braucht, "
                "legt es unter »Einstellungen, Gremien und Termine« an und liest die Datei noch einmal ein."
            )
        if not own and self._strangers:
            names = listing([str(name) for name in self._portfolio.names("committee")]) or "keines"
            yield (
                f"Kein Gremium der Datei ist hier erfasst (erfasst: {names}). Stammt sie aus dem "
                "Ratsinformationssystem eines anderen Hauses?"
            )
        days = [each.day for _, each in own if each.day]
        if days and max(days) < self._today:
            yield (
                f"Alle Sitzungen der Datei liegen vor heute ({_years(days)}); für Fristen zählen sie "
                "nicht. Bitte den Kalender des laufenden und des nächsten Jahres einlesen."
            )


def _years(days: Iterable[date]) -> str:
    years = sorted({each.year for each in days})
    return str(years[0]) if len(years) == 1 else f"{years[0]} bis {years[-1]}"


def _cells(name: str, on: date | None, papers: date | None) -> dict[str, Any]:
    return {COMMITTEE: name, ON: on, PAPERS: papers}
