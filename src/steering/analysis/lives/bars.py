"""What the timeline draws: for each structure how certain each stretch of its time is.

Decisions beyond docs/rules.md#life-of-a-structure:

- A possible extension is drawn after the last carrying funding if its end is not before today, and after
  any other where the scenario counts it.
- After the end of a yearly grant that the scenario does not run on, the possible extension is drawn where
  one is named, else "unknown".
- Of an UNKNOWN end, the days up to its confirmation are secured; those that the scenario adds are
  "unknown", yet counted.
- Fundings are cut to the days of the structure's own validity in the scenario; where that is unknown,
  so is the bar.
- What is granted only in a scenario's change, by an extension or as something new, is "assumed", never
  "secured"; what may follow is drawn after it. That a successor directive is missing is said of the end in
  the data: where an assumption fills what follows, it is not said of the end of that.
  Nothing is drawn after the day on which a change ends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from steering.analysis.intervals import days, ends
from steering.analysis.intervals.days import DOOM, Days
from steering.analysis.intervals.ends import Effective, Mask, Terms
from steering.analysis.intervals.sweeps import Segments, merge, together
from steering.analysis.lives import spans, stretches
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import View
from steering.model import EndKind, Extension, Payer

# In the order of their codes.
CERTAINTIES = (
    "permanent",
    "secured",
    "annual",
    "applied",
    "expected",
    "unclear",
    "not_yet_possible",
    "ruled_out",
    "unknown",
    "own_means",
    "assumed",
)
# Of those of permanent: what is done for good while a grant towards it is given year by year.
STANDING = "standing"
PERMANENT, SECURED, ANNUAL, APPLIED, EXPECTED, UNCLEAR, NOT_YET, RULED_OUT, UNKNOWN, OWN_MEANS, ASSUMED = (
    range(11)
)
NONE = -1

# Columns of `Segments.sums`.
CERTAINTY, COUNTED = range(2)


@dataclass(frozen=True)
class Sources:
    """What keeps structures running: carrying fundings, or their own validity where they have none.

    `structure`: row in `portfolio.structures`; `funding`: its id, or NONE. `effective`: its days under the
    extension rule, before the scenario's changes limit them. `hoped`: its end is the one after which an
    extension matters, whatever the scenario. `assumed`: only a change of the scenario brings it in.
    """

    structure: Days
    funding: Days
    terms: Terms
    effective: Effective
    hoped: Mask
    assumed: Mask

    def bars(
        self, mask: Mask, start: Days, end: Days, certainty: Days | int, counted: Mask | bool
    ) -> Segments:
        """The same stretch of time for all sources of a mask that have a day of it; key is their row.

        The days that a change adds are not in it, and none that a change takes away.
        """
        start = np.maximum(np.maximum(start, self.terms.start), self.terms.at_least + 1)
        return self._drawn(mask, start, np.minimum(end, self.terms.at_most), certainty, counted)

    def granted(self, end: Days, certainty: Days) -> Segments:
        """What is certain up to a day, and what is assumed behind it through the day a change sets."""
        terms, every = self.terms, np.full(len(end), True)
        end = np.minimum(end, terms.at_most)
        certainty = np.where(self.assumed, ASSUMED, certainty)
        added = self._drawn(every, np.maximum(terms.start, end + 1), terms.at_least, ASSUMED, True)
        return together(self._drawn(every, terms.start, end, certainty, True), added)

    def _drawn(
        self, mask: Mask, start: Days, end: Days, certainty: Days | int, counted: Mask | bool
    ) -> Segments:
        rows = np.flatnonzero(mask & (start <= end) & ~self.terms.contradictory)
        sums = np.empty((len(start), 2), dtype=np.int64)
        sums[:, CERTAINTY], sums[:, COUNTED] = certainty, counted
        return Segments(rows, start[rows], end[rows], sums[rows])


@in_scenario
def bars(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """The stretches of time of each structure, with how certain they are.

    Columns: structure_id, funding_id (Int64; NA where its own validity or own means keep it running),
    start, end (inclusive, NaT where open), certainty (of CERTAINTIES, or STANDING; "ruled_out": a mark on the
    last day), counted (whether the structure counts as running on these days in the view's scenario).
    Carrying fundings only. Sorted by structure_id, funding_id and start; not cut to the horizon.
    """
    structures = portfolio.structures
    found = spans.fundings(portfolio, view)
    funded = spans.funded(found, structures)
    own = stretches.own_validity(structures, view, funded)
    fundings = _fundings(found, view)
    validities = _validities(structures, own, np.flatnonzero(~funded), view.today)
    drawn = _frame(
        structures["id"].to_numpy(),
        [
            (fundings.structure, fundings.funding, _within(_bars_of(fundings), own.at(fundings.structure))),
            (validities.structure, validities.funding, _bars_of(validities)),
            (np.arange(len(structures)), np.full(len(structures), NONE), _own_means(portfolio, view)),
        ],
    )
    standing = (drawn["certainty"] == CERTAINTIES[PERMANENT]) & drawn["structure_id"].isin(
        yearly_granted(portfolio)
    )
    return drawn.assign(certainty=drawn["certainty"].where(~standing, STANDING))


def counted_in_doubt(drawn: pd.DataFrame, as_of: date) -> frozenset[int]:
    """The structures whose bar, of `bars`, is "unknown" on a day on which the scenario counts them."""
    day = pd.Timestamp(as_of)
    on_day = ~(drawn["start"] > day) & ~(drawn["end"] < day)
    return frozenset(
        drawn.loc[on_day & drawn["counted"] & drawn["certainty"].eq(CERTAINTIES[UNKNOWN]), "structure_id"]
    )


def yearly_granted(portfolio: Portfolio) -> frozenset[int]:
    """The structures towards which a standing programme gives a grant that is renewed year by year."""
    fundings = portfolio.fundings
    standing = fundings["end_kind"].isin([EndKind.OPEN, EndKind.ANNUAL]) & fundings["programme_id"].notna()
    granted = fundings[standing & (fundings["payer"] == Payer.GRANT)]
    return frozenset(granted["structure_id"])


def _fundings(found: spans.Fundings, view: View) -> Sources:
    hoped = np.zeros(len(found.records), dtype=bool)
    hoped[spans.last_carrying(found.records, found.terms, view.today)] = True
    rows = np.flatnonzero(found.carrying)
    terms = found.terms.at(rows)
    return Sources(
        found.structure[rows],
        found.records["id"].to_numpy()[rows],
        terms,
        ends.by_rule(terms, view.today, view.scenario.rule),
        hoped[rows],
        found.records["id"].to_numpy()[rows] < 0,
    )


def _validities(structures: pd.DataFrame, own: Effective, rows: Days, today: date) -> Sources:
    terms = ends.terms(structures, "valid_from", "valid_until").at(rows)
    hoped = (terms.end < DOOM) & (terms.end >= days.number(today))
    assumed = structures["id"].to_numpy()[rows] < 0
    return Sources(rows, np.full(len(rows), NONE), terms, own.at(rows), hoped, assumed)


def _bars_of(sources: Sources) -> Segments:
    """All bars of each source, joined where they touch and look the same."""
    extended = _extended(sources)
    doubtful = _doubtful(sources, extended.key)
    return merge(together(_certain(sources), extended, *doubtful, _ruled_out(sources)))


def _certain(sources: Sources) -> Segments:
    """What is granted; a yearly grant also where the scenario runs it on."""
    terms = sources.terms
    annual = terms.kind == EndKind.ANNUAL
    dated = (terms.kind == EndKind.FIXED) | (terms.kind == EndKind.UNKNOWN)
    certainty = np.select([annual, dated], [ANNUAL, SECURED], default=PERMANENT)
    until = np.where(terms.kind == EndKind.UNKNOWN, terms.confirmed_on, terms.end)
    return sources.granted(np.where(annual & _runs_on(sources), DOOM, until), certainty)


def _extended(sources: Sources) -> Segments:
    """What may follow the end; counted where the scenario counts it."""
    terms, counted = sources.terms, sources.effective.last > sources.terms.end
    words = [Extension.APPLIED, Extension.EXPECTED, Extension.UNCLEAR, Extension.NOT_YET_POSSIBLE]
    certainty = np.select(
        [terms.extended_by(word) for word in words], [APPLIED, EXPECTED, UNCLEAR, NOT_YET], default=NONE
    )
    fixed = (terms.kind == EndKind.FIXED) & (sources.hoped | counted)
    annual = (terms.kind == EndKind.ANNUAL) & sources.hoped & ~_runs_on(sources)
    answered = (certainty == NOT_YET) & ~counted & (terms.at_least > terms.end)
    promised = fixed & terms.extended_by(Extension.APPLIED, Extension.EXPECTED)
    until = np.where(promised, terms.expected_until, DOOM)
    followed = (fixed | annual) & (certainty != NONE) & ~answered
    return sources.bars(followed, terms.end + 1, until, certainty, counted)


def _doubtful(sources: Sources, extended: Days) -> tuple[Segments, Segments]:
    """What the scenario adds after the confirmation of an UNKNOWN end, and days nobody knows about."""
    terms, period = sources.terms, sources.effective
    added = sources.bars(terms.kind == EndKind.UNKNOWN, terms.confirmed_on + 1, period.last, UNKNOWN, True)
    unknown = period.in_doubt
    unknown[extended] = False
    return added, sources.bars(unknown, period.unknown_from, period.unknown_until, UNKNOWN, False)


def _ruled_out(sources: Sources) -> Segments:
    end = sources.terms.end
    mask = sources.hoped & sources.terms.extended_by(Extension.RULED_OUT)
    return sources.bars(mask, end, end, RULED_OUT, True)


def _runs_on(sources: Sources) -> Mask:
    return sources.effective.last >= DOOM


def _within(found: Segments, own: Effective) -> Segments:
    """Cut to the structure's own validity; unknown where that is unknown. `own` has a row per key."""
    own = own.at(found.key)
    active = found._replace(start=np.maximum(found.start, own.start), end=np.minimum(found.end, own.last))
    doubtful = found._replace(
        start=np.maximum(found.start, own.unknown_from),
        end=np.minimum(found.end, own.unknown_until),
        sums=np.tile([UNKNOWN, 0], (len(found.key), 1)),
    )
    both = together(active, doubtful)
    return merge(both.where(both.start <= both.end))


def _own_means(portfolio: Portfolio, view: View) -> Segments:
    found = stretches.segments(portfolio, view)
    found = found.where(found.sums[:, stretches.SUPPORT] == stretches.ON_OWN_MEANS)
    return found._replace(sums=np.tile([OWN_MEANS, 1], (len(found.key), 1)))


def _frame(ids: Days, parts: list[tuple[Days, Days, Segments]]) -> pd.DataFrame:
    structure = np.concatenate([ids[structure[found.key]] for structure, _, found in parts])
    funding = np.concatenate([funding[found.key] for _, funding, found in parts])
    start, end, sums = (
        np.concatenate(column) for column in zip(*(found[1:] for *_, found in parts), strict=True)
    )
    order = np.lexsort((end, start, funding, structure))
    return pd.DataFrame(
        {
            "structure_id": structure[order],
            "funding_id": pd.arrays.IntegerArray(funding[order], funding[order] == NONE),
            "start": days.dates(start[order]),
            "end": days.dates(end[order]),
            "certainty": pd.array(np.array(CERTAINTIES, dtype=object)[sums[order, CERTAINTY]], dtype="str"),
            "counted": sums[order, COUNTED].astype(bool),
        }
    )
