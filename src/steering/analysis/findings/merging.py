"""Equal rows of several municipalities, groups and sites become one finding, with its key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from steering.analysis.findings import kinds
from steering.analysis.findings.causes import Cause
from steering.analysis.findings.cells import CellGrid
from steering.analysis.findings.judging import KINDS, NONE, FindingRows, RuleFindings
from steering.analysis.findings.lists import OwnedValues, distinct, lists
from steering.analysis.findings.parties import Fingerprints, Parties, fingerprints, fingerprints_of, mixed
from steering.analysis.findings.reasons import REASONS, SLUGS
from steering.analysis.findings.register import EVERYONE, Register
from steering.analysis.intervals import days
from steering.analysis.intervals.days import DAWN, DOOM, Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.view import Horizon
from steering.model import FindingKind
from steering.model.finding_keys import members, participant, text

Tuples = npt.NDArray[np.object_]
_UNKNOWN = KINDS.index(FindingKind.UNKNOWN)
_OPEN = frozenset(KINDS.index(kind) for kind in kinds.OPEN)


class Merged(NamedTuple):
    """One row per finding: what is equal in it, its key, and what it is about.

    `places`: its municipalities by row; of `judged` municipality, group and site are any of its own.
    """

    judged: FindingRows
    key: Tuples
    participants: Tuples
    names: Tuples
    places: OwnedValues
    municipalities: Tuples
    groups: Tuples
    sites: Tuples


def clipped(found: FindingRows, horizon: Horizon) -> FindingRows:
    """Only the days within the horizon; what goes beyond it is open on that side."""
    first, last = days.number(horizon.first), days.number(horizon.last)
    found = found.where((found.start <= last) & (found.end >= first))
    return found._replace(
        start=np.where(found.start < first, DAWN, found.start),
        end=np.where(found.end > last, DOOM, found.end),
    )


def merged(grid: CellGrid, verdict: RuleFindings) -> Merged:
    """One finding for all rows that differ only in municipality, group and site.

    It is split where it would not hold for each of its municipalities, for each group and at each site.
    """
    register, found = grid.register, verdict.judged
    alike = mixed(*found[: FindingRows._fields.index("municipality")])
    alike = _parts(alike, found)
    _, first, finding = np.unique(alike, return_index=True, return_inverse=True)
    rows = found.where(first)
    count = len(first)
    known, party = np.unique(rows.party, return_inverse=True)
    structures, names = _participants(register, known, verdict.parties)
    owner, place = _pairs(*_spread(grid.alike_places, found, finding, found.municipality, len(register.ags)))
    groups = _pairs(*_spread(grid.alike_groups, found, finding, found.group, len(register.groups)))
    return Merged(
        rows,
        _keys(register, rows, structures, party),
        structures[party],
        names[party],
        lists(owner, place, count),
        _tuples(owner, place, count, register.ags),
        _tuples(*groups, count, register.groups, everyone=EVERYONE),
        _tuples(*_pairs(finding, np.where(found.site > 0, found.site, NONE)), count, register.sites),
    )


def _cells(found: FindingRows) -> Mask:
    return (found.municipality != NONE) & (found.group != NONE)


def _parts(alike: Fingerprints, found: FindingRows) -> Fingerprints:
    """The marks of findings, told apart where their municipalities do not share their groups and sites."""
    cells = np.flatnonzero(_cells(found))
    _, place, size = np.unique(alike[cells], return_inverse=True, return_counts=True)
    rows = cells[size[place] > 1]
    if not len(rows):
        return alike
    here = mixed(alike[rows], found.municipality[rows])
    groups, first = _sums(mixed(here, found.site[rows]), fingerprints_of(found.group[rows]))
    sites, _ = _sums(mixed(here, groups), np.where(first, fingerprints_of(found.site[rows]), np.uint64(0)))
    apart = alike.copy()
    apart[rows] = mixed(alike[rows], groups, sites)
    return apart


def _sums(key: Fingerprints, mark: Fingerprints) -> tuple[Fingerprints, Mask]:
    """For each row the sum of the marks of all rows with its key, and whether it is the first of them."""
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    total = np.zeros(len(first), dtype=np.uint64)
    np.add.at(total, place, mark)
    is_first = np.zeros(len(key), dtype=bool)
    is_first[first] = True
    return total[place], is_first


def _spread(
    alike: OwnedValues, found: FindingRows, finding: Days, value: Days, width: int
) -> tuple[Days, Days]:
    """Findings and values of all rows, those of cells for all that they stand for."""
    is_cell = _cells(found)
    cells, others = np.flatnonzero(is_cell), np.flatnonzero(~is_cell)
    if not len(cells):
        return finding, value
    at, spread = alike.of(found.task[cells] * max(width, 1) + value[cells])
    return np.concatenate([finding[others], finding[cells][at]]), np.concatenate([value[others], spread])


def frame(
    register: Register,
    found: Merged,
    causes: Sequence[tuple[Cause, ...]],
    cascades: Sequence[tuple[tuple[str, int], ...]] | None = None,
) -> pd.DataFrame:
    """The findings as a frame, sorted by kind, task, start and key; open sides are NaT."""
    judged, tasks, needs = found.judged, register.portfolio.tasks, register.wants.id
    position = np.append(tasks["position"].to_numpy(), NONE)[judged.task]
    texts = found.key.tolist()
    by_key = np.array(sorted(range(len(texts)), key=texts.__getitem__), dtype=np.int64)
    others = (judged.start, judged.task, position, judged.kind)
    order = by_key[np.lexsort([column[by_key] for column in others])]
    kinds = np.array([kind.value for kind in KINDS], dtype=object)
    made = pd.DataFrame(
        {
            "key": pd.array(found.key, dtype="str"),
            "kind": pd.array(kinds[judged.kind], dtype="str"),
            "task_id": _optional(tasks["id"].to_numpy(), judged.task),
            "participants": found.participants,
            "participant_names": found.names,
            "reason": pd.array(np.array(REASONS, dtype=object)[judged.reason], dtype="str"),
            "municipalities": found.municipalities,
            "target_groups": found.groups,
            "sites": found.sites,
            "need_id": _optional(needs, judged.need),
            "start": days.dates(judged.start),
            "end": days.dates(judged.end),
            "coordinated": np.array(judged.coordinated, dtype=bool),
            "internal": np.array(judged.internal, dtype=bool),
            "causes": _column(causes),
            "cascade": _column(cascades or [()] * len(causes)),
        }
    )
    return made.iloc[order].reset_index(drop=True)


def _column(values: Sequence[tuple]) -> Tuples:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def _optional(ids: Days, row: Days) -> pd.api.extensions.ExtensionArray:
    return pd.arrays.IntegerArray(np.append(ids, 0)[row].astype(np.int64), row == NONE)


def _participants(register: Register, known: Fingerprints, parties: Parties) -> tuple[Tuples, Tuples]:
    """Ids (such as "s12") and names of the structures of each of these parties, sorted by id."""
    structures = register.portfolio.structures
    ids, names = structures["id"].to_numpy(), structures["name"].to_numpy(dtype=object)
    by_id = np.argsort(ids)
    rank = np.empty(len(ids), dtype=np.int64)
    rank[by_id] = np.arange(len(ids))
    owner = np.searchsorted(known, parties.party)
    named = known[np.minimum(owner, max(len(known) - 1, 0))] == parties.party if len(known) else owner < 0
    width = max(len(ids), 1)
    owner, member = np.divmod(distinct(owner[named] * width + rank[parties.structure[named]]), width)
    member = by_id[member]
    called = np.array([participant(number) for number in ids.tolist()], dtype=object)
    return (
        _split(owner, called[member].tolist(), len(known)),
        _split(owner, names[member].tolist(), len(known)),
    )


def _keys(register: Register, rows: FindingRows, parties: Tuples, place: Days) -> Tuples:
    """The reason belongs to the key of what is UNKNOWN, the need to that of a GAP and its like.

    `parties`: the participants of each party, `place`: which of them is each row's.
    """
    tasks = np.append(register.portfolio.tasks["id"].to_numpy(), 0)[rows.task].tolist()
    needs = np.append(register.wants.id, 0)[rows.need].tolist()
    named = [members(party) for party in parties]
    details = [SLUGS[reason] for reason in REASONS]
    found = np.empty(len(tasks), dtype=object)
    found[:] = [
        text(
            KINDS[kind],
            task or None,
            named[party],
            details[reason] if kind == _UNKNOWN else "",
            need if kind in _OPEN else None,
        )
        for kind, reason, task, need, party in zip(
            rows.kind.tolist(), rows.reason.tolist(), tasks, needs, place.tolist(), strict=True
        )
    ]
    return found


def _pairs(finding: Days, value: Days) -> tuple[Days, Days]:
    """The different values of each finding, in order."""
    given = value != NONE
    width = int(value.max(initial=0)) + 1
    owner, value = np.divmod(distinct(finding[given] * width + value[given]), width)
    return owner, value


def _tuples(
    owner: Days, value: Days, count: int, words: Sequence[str], everyone: str | None = None
) -> Tuples:
    """The words of each owner, `everyone` for all of them. Owners with the same ones share a tuple."""
    width = len(words) + 1
    mark = np.zeros(count, dtype=np.uint64)
    np.add.at(mark, owner, fingerprints(width)[value])
    _, first, place = np.unique(mark, return_index=True, return_inverse=True)
    rank = np.full(count, NONE)
    rank[first] = np.arange(len(first))
    shown = np.flatnonzero(rank[owner] != NONE)
    shown = shown[np.argsort(rank[owner[shown]], kind="stable")]
    listed = _split(rank[owner[shown]], [words[each] for each in value[shown].tolist()], len(first))
    if everyone is not None:
        listed[[len(each) == len(words) for each in listed]] = _single((everyone,))
    return listed[place]


def _single(value: tuple[str, ...]) -> Tuples:
    found = np.empty(1, dtype=object)
    found[0] = value
    return found


def _split(owner: Days, words: list[str], count: int) -> Tuples:
    """The words of each owner as a tuple; pairs come sorted by owner."""
    ends = np.cumsum(np.bincount(owner, minlength=count)).tolist()
    found = np.empty(count, dtype=object)
    begin = 0
    for row, end in enumerate(ends):
        found[row] = tuple(words[begin:end])
        begin = end
    return found
