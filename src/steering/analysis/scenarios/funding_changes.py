"""What the changes of a scenario do to fundings.

Decisions beyond docs/rules.md#scenarios:

- Each change acts on the days that the earlier ones left. An extension adds its days, also to what was
  dropped before, which is then active on these days only; an end takes days away and adds none.
- Which carrying funding from a programme is a structure's last is read from the records, whatever earlier
  changes did to them: OPEN beats UNKNOWN beats a day, then the later start, then the later entry.
- A co-financing that accompanies a carrying funding follows it as it is changed, and can itself be
  extended, ended or dropped.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from steering.analysis.changes import AT_LEAST_UNTIL, AT_MOST_UNTIL
from steering.analysis.intervals import days, ends
from steering.analysis.intervals.days import NO_DAY
from steering.analysis.intervals.ends import Mask
from steering.analysis.scenarios.draft import ScenarioFrames, rows
from steering.model import EndKind, FundingPart


def extend(draft: ScenarioFrames, chosen: Mask, until: date) -> None:
    """The chosen fundings are active at least through a day."""
    at_least, at_most = _limits(draft)
    at_least = np.where(chosen, np.maximum(at_least, days.number(until)), at_least)
    at_most = np.where(chosen, np.maximum(at_most, at_least), at_most)
    draft.put("funding", **{AT_LEAST_UNTIL: at_least, AT_MOST_UNTIL: at_most})


def end(draft: ScenarioFrames, chosen: Mask, on: date) -> None:
    """The chosen fundings are active at most through a day."""
    _limit(draft, chosen, days.number(on))


def drop(draft: ScenarioFrames, chosen: Mask) -> None:
    """The chosen fundings have no day."""
    _limit(draft, chosen, NO_DAY)


def one(draft: ScenarioFrames, funding_id: int) -> Mask:
    return rows(draft.frames["funding"], "id", [funding_id])


def from_programme(draft: ScenarioFrames, programme_id: int) -> Mask:
    return rows(draft.frames["funding"], "programme_id", [programme_id])


def last_from_programme(draft: ScenarioFrames, programme_id: int) -> Mask:
    """Each structure's last carrying funding from a programme."""
    fundings = draft.frames["funding"]
    terms = ends.terms(fundings, "start", "end")
    structure = fundings["structure_id"].to_numpy()
    carrying = from_programme(draft, programme_id) & (fundings["part"] == FundingPart.CARRYING).to_numpy()
    carrying &= ~terms.contradictory
    is_open = terms.kind == EndKind.OPEN
    order = np.lexsort((fundings["id"].to_numpy(), terms.start, is_open, terms.end, structure))
    order = order[carrying[order]]
    last = order[np.append(structure[order][1:] != structure[order][:-1], True)[: len(order)]]
    chosen = np.zeros(len(fundings), dtype=bool)
    chosen[last] = True
    return chosen


def _limit(draft: ScenarioFrames, chosen: Mask, day: int) -> None:
    at_least, at_most = (np.where(chosen, np.minimum(limit, day), limit) for limit in _limits(draft))
    draft.put("funding", **{AT_LEAST_UNTIL: at_least, AT_MOST_UNTIL: at_most})


def _limits(draft: ScenarioFrames) -> tuple[days.Days, days.Days]:
    fundings = draft.frames["funding"]
    return fundings[AT_LEAST_UNTIL].to_numpy(), fundings[AT_MOST_UNTIL].to_numpy()
