"""The decision that a measure names, as it follows from what committees made of the Vorlagen about it.

It is that of who decides, the latest that is final: what prepares it, puts it off or withdraws it decides
nothing. A decision that somebody typed into the measure stays, unless who decides came to another one since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from steering.model import CommitteeResult
from steering.model.submissions import FINAL


@dataclass(frozen=True)
class Decided:
    """What a committee made of a Vorlage about a measure; `number`: that of the Vorlage, "" without one."""

    day: date
    committee_id: int
    result: CommitteeResult
    number: str

    @property
    def fields(self) -> dict[str, Any]:
        """As the measure names it."""
        return {"committee_id": self.committee_id, "decided_on": self.day, "result": self.result}


def following(
    measure: Mapping[str, Any],
    before: Decided | None,
    after: Decided | None,
    standing: Iterable[Decided],
    decides: int | None,
) -> dict[str, Any]:
    """The fields of a measure that change as what a committee made of a Vorlage was `before` and is `after`.

    Each is None where it was not there, or is not any more. `standing`: all that there is about the measure
    afterwards; `decides`: the committee that decides.
    """
    if before == after:
        return {}
    final = sorted((each for each in standing if _settles(each, decides)), key=lambda each: each.day)
    last = final[-1] if final else None
    if before and _settles(before, decides) and _is_named(before, measure):
        return _named(last) if last else _emptied(measure, before)
    later = measure["decided_on"] is not None and last is not None and measure["decided_on"] > last.day
    if last is None or later or after is None or not _settles(after, decides):
        return {}
    return _named(last)


def _settles(each: Decided, decides: int | None) -> bool:
    return each.committee_id == decides and each.result in FINAL


def _is_named(each: Decided, measure: Mapping[str, Any]) -> bool:
    return all(measure[name] == value for name, value in each.fields.items())


def _named(each: Decided) -> dict[str, Any]:
    return each.fields | ({"paper_number": each.number} if each.number else {})


def _emptied(measure: Mapping[str, Any], gone: Decided) -> dict[str, Any]:
    number = {"paper_number": ""} if measure["paper_number"] == gone.number else {}
    return dict.fromkeys(gone.fields) | number
