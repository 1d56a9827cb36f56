"""In which municipalities many people live whom no structure reaches, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steering.analysis.housing.people import Housed
from steering.analysis.housing.reach import NOBODY, SURE, Reached
from steering.analysis.small_counts import FEW


@dataclass(frozen=True)
class Unreached:
    """The municipalities with many people that nobody reaches for certain, most people first.

    `many`: from how many persons on a municipality has many; `nobody`, `unsure`: AGS of those that nobody
    reaches, or only some of whom it is not known whether they run; `crowded`: how many have many people;
    `uncounted`: AGS of those not reached for certain of which nobody knows whether they have many.
    """

    many: int | None
    nobody: tuple[str, ...]
    unsure: tuple[str, ...]
    crowded: int
    uncounted: tuple[str, ...]


def unreached(recorded: Mapping[str, Housed], who: Mapping[str, Reached], many: int | None) -> Unreached:
    """Of the municipalities with at least so many people, those that nobody reaches."""
    crowded = [] if many is None else [ags for ags in recorded if recorded[ags].persons.low >= many]
    crowded.sort(key=lambda ags: (-recorded[ags].persons.low, ags))
    state = {ags: who.get(ags, Reached()).state for ags in crowded}
    return Unreached(
        many,
        tuple(ags for ags in crowded if state[ags] == NOBODY),
        tuple(ags for ags in crowded if state[ags] not in (NOBODY, SURE)),
        len(crowded),
        tuple(
            ags
            for ags in sorted(who)
            if who[ags].state != SURE and ags not in state and _may_be(recorded.get(ags), many or FEW)
        ),
    )


def _may_be(housed: Housed | None, many: int) -> bool:
    """Whether what is recorded leaves room for so many people."""
    return housed is None or housed.persons.high is None or housed.persons.high >= many
