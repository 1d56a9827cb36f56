"""Vorlagen that were handed in: how each stands, and which ends are decided by them.

Decisions:

- The last word is that of the committee that decides (the highest rank), unless it put the Vorlage off.
  What a committee that prepares says is told, and settles nothing.
- An end is asked about by a Vorlage that names its funding and a day up to which that end lies: where the
  money is prolonged beyond it, the question is a new one.
- Of several Vorlagen about an end the one handed in last counts; one that was withdrawn counts nowhere.
- A Vorlage that was put off goes to the sitting that is named, else to the next recorded one of the same
  committee; from one that prepares it goes on to the next of who decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import pandas as pd

from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import sittings
from steering.model import About, CommitteeResult
from steering.model.german import count, day
from steering.model.submissions import FINAL
from steering.model.vocabulary import word


class Standing(StrEnum):
    """How a Vorlage stands."""

    HANDED_IN = "handed_in"
    POSTPONED = "postponed"
    PASSED = "passed"
    REJECTED = "rejected"
    NOTED = "noted"
    WITHDRAWN = "withdrawn"


_BY_RESULT = {
    CommitteeResult.DECIDED: Standing.PASSED,
    CommitteeResult.AMENDED: Standing.PASSED,
    CommitteeResult.REJECTED: Standing.REJECTED,
    CommitteeResult.NOTED: Standing.NOTED,
    CommitteeResult.POSTPONED: Standing.POSTPONED,
}
SETTLED = (Standing.PASSED, Standing.REJECTED)


@dataclass(frozen=True)
class Deliberation:
    """What one committee made of a Vorlage; `decides`: it has the last word. `votes`: 31:12, einstimmig, "".

    `recorded`: whether the day is one of its recorded sittings.
    """

    consultation_id: int
    committee_id: int
    committee: str
    decides: bool
    day: date
    result: CommitteeResult
    votes: str
    postponed_to: date | None
    note: str
    recorded: bool

    @property
    def words(self) -> str:
        """beschlossen am 17.12.2026 (Kreistag, 31:12)."""
        by_whom = ", ".join(filter(None, (self.committee, self.votes)))
        return f"{word(self.result)} am {day(self.day)} ({by_whom})"


@dataclass(frozen=True)
class Later:
    """Where a Vorlage that was put off goes: `sitting` None where none is known, `decided` the first day on
    which it can be decided. `too_late_for`: an end of money that comes before that.
    """

    committee: str
    sitting: date | None
    named: bool
    decided: date | None
    too_late_for: date | None


@dataclass(frozen=True)
class HandedIn:
    """A Vorlage that was handed in; `ends`: the day asked about by funding; `later`: where it was put off."""

    submission_id: int
    version: int
    name: str
    number: str
    link: str
    about: About
    subject_key: str
    handed_in_on: date
    file_name: str
    digest: str
    wording: str
    ends: Mapping[int, date]
    deliberations: tuple[Deliberation, ...]
    standing: Standing
    later: Later | None

    @property
    def last(self) -> Deliberation | None:
        """What its standing rests on: the last word of who decides, else the latest."""
        told = self.deliberations
        final = [each for each in told if each.decides and _is_final(each)]
        return final[-1] if final else told[-1] if told else None

    @property
    def called(self) -> str:
        """Vorlage 123/2026, or the Vorlage of a day as long as it has no number."""
        return f"Vorlage {self.number}" if self.number else f"Vorlage vom {day(self.handed_in_on)}"

    @property
    def words(self) -> str:
        """How it stands: beschlossen am …; vertagt am …, nächste Sitzung am …; abgegeben am …"""
        if self.last is None:
            return f"abgegeben am {day(self.handed_in_on)}"
        if self.later is None:
            return self.last.words
        return f"{self.last.words}, {later_words(self.later)}"


def later_words(later: Later) -> str:
    """nächste Sitzung KSA am …, dann Beschluss frühestens am …, nach dem Ende der Förderung am …"""
    if later.sitting is None:
        return f"auf wann, ist offen: eine weitere Sitzung {later.committee} ist noch nicht erfasst"
    told = (
        f"{'auf die Sitzung' if later.named else 'nächste Sitzung'} {later.committee} am {day(later.sitting)}"
    )
    if later.decided is None:
        return f"{told}, danach ist keine Sitzung erfasst, die beschließt"
    late = f", nach dem Ende der Förderung am {day(later.too_late_for)}" if later.too_late_for else ""
    return f"{told}, dann Beschluss frühestens am {day(later.decided)}{late}"


@once
def handed_in(portfolio: Portfolio) -> tuple[HandedIn, ...]:
    """All Vorlagen that were handed in, the latest first."""
    rows = portfolio.submissions.sort_values(["handed_in_on", "id"], ascending=False)
    told = _deliberations(portfolio)
    return tuple(_one(portfolio, row, told.get(row["id"], ())) for row in rows.to_dict("records"))


def of_subject(portfolio: Portfolio, about: About, subject_key: str) -> tuple[HandedIn, ...]:
    """The Vorlagen about one subject, the latest first."""
    return tuple(
        each for each in handed_in(portfolio) if (each.about, each.subject_key) == (about, subject_key)
    )


def about_end(portfolio: Portfolio, funding_id: int, end: date) -> HandedIn | None:
    """The Vorlage that counts for the end of a funding; None where there is none."""
    return next(
        (
            each
            for each in handed_in(portfolio)
            if each.standing != Standing.WITHDRAWN and end <= each.ends.get(funding_id, date.min)
        ),
        None,
    )


def ends_as_text(ends: Mapping[int, date]) -> str:
    """Ends as a `Submission` keeps them."""
    return "\n".join(f"{key} {end.isoformat()}" for key, end in sorted(ends.items()))


def ends_from_text(text: str) -> Mapping[int, date]:
    """The ends that a `Submission` names; what cannot be read names none."""
    found = {}
    for line in text.splitlines():
        key, _, end = line.partition(" ")
        try:
            found[int(key)] = date.fromisoformat(end)
        except ValueError:
            continue
    return MappingProxyType(found)


def votes(row: Mapping[Any, Any]) -> str:
    """31:12, 31:12 bei 2 Enthaltungen, einstimmig (43:0); "" where nobody counted."""
    yes, no, abstained = (row[name] for name in ("votes_for", "votes_against", "abstentions"))
    told = "" if pd.isna(yes) else f"{int(yes)}:{0 if pd.isna(no) else int(no)}"
    if told and pd.notna(abstained) and abstained:
        told += f" bei {count(int(abstained), 'Enthaltung', 'Enthaltungen')}"
    return (f"einstimmig, {told}" if told else "einstimmig") if row["unanimous"] else told


def _one(portfolio: Portfolio, row: Mapping[Any, Any], told: tuple[Deliberation, ...]) -> HandedIn:
    ends = ends_from_text(row["ends"])
    standing = _standing(told)
    later = _later(portfolio, told[-1], ends) if standing == Standing.POSTPONED else None
    return HandedIn(
        int(row["id"]), int(row["version"]), row["name"], row["number"], row["link"], About(row["about"]),
        row["subject_key"], row["handed_in_on"].date(), row["file_name"], row["digest"], row["wording"], ends,
        told, standing, later,
    )  # fmt: skip


def _standing(told: tuple[Deliberation, ...]) -> Standing:
    if any(each.result == CommitteeResult.WITHDRAWN for each in told):
        return Standing.WITHDRAWN
    final = [each for each in told if each.decides and _is_final(each)]
    if final:
        return _BY_RESULT[final[-1].result]
    if told and told[-1].result == CommitteeResult.POSTPONED:
        return Standing.POSTPONED
    return Standing.HANDED_IN


def _is_final(each: Deliberation) -> bool:
    return each.result in FINAL


def _deliberations(portfolio: Portfolio) -> dict[int, tuple[Deliberation, ...]]:
    """By submission, the earliest first; of one day who prepares before who decides."""
    names, decides = portfolio.short_names("committee"), sittings.roles(portfolio).decides
    days = sittings.recorded(portfolio)
    known = set(zip(days["committee_id"], days["day"], strict=True))
    found: dict[int, list[Deliberation]] = {}
    rows = portfolio.consultations
    rows = rows.assign(last=rows["committee_id"] == decides).sort_values(["day", "last", "id"])
    for row in rows.to_dict("records"):
        found.setdefault(row["submission_id"], []).append(
            Deliberation(
                int(row["id"]), int(row["committee_id"]), str(names[row["committee_id"]]), bool(row["last"]),
                row["day"].date(), CommitteeResult(row["result"]), votes(row),
                None if pd.isna(row["postponed_to"]) else row["postponed_to"].date(), row["note"],
                (row["committee_id"], row["day"]) in known,
            )
        )  # fmt: skip
    return {key: tuple(each) for key, each in found.items()}


def _later(portfolio: Portfolio, last: Deliberation, ends: Mapping[int, date]) -> Later:
    decides = sittings.roles(portfolio).decides
    sitting = last.postponed_to or next(_sittings(portfolio, last.committee_id, last.day, after=True), None)
    decided = sitting
    if sitting is not None and not last.decides:
        decided = next(_sittings(portfolio, decides, sitting, after=False), None) if decides else None
    passed = [end for end in ends.values() if decided is not None and end < decided]
    return Later(last.committee, sitting, last.postponed_to is not None, decided, min(passed, default=None))


def _sittings(portfolio: Portfolio, committee: int | None, since: date, *, after: bool) -> Iterator[date]:
    """The days of the recorded sittings of a committee from a day on, or `after` it."""
    rows = sittings.recorded(portfolio)
    on = rows.loc[rows["committee_id"] == committee, "day"].sort_values()
    since_then = on[on > pd.Timestamp(since)] if after else on[on >= pd.Timestamp(since)]
    yield from (each.date() for each in since_then)
