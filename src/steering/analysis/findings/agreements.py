"""When agreements cover a task and everyone in a set of structures."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from steering.analysis.findings.lists import OwnedValues, among, distinct, lists, rows
from steering.analysis.findings.parties import Fingerprints, Parties
from steering.analysis.findings.register import Register
from steering.analysis.intervals import days
from steering.analysis.intervals.days import DAWN, DOOM, Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.intervals.sweeps import merge, sweep


class Pieces(NamedTuple):
    """Stretches of days of given rows, and whether an agreement covers them."""

    row: Days
    start: Days
    end: Days
    covered: Mask


def pieces(
    register: Register, task: Days, party: Fingerprints, parties: Parties, start: Days, end: Days
) -> Pieces:
    """Cut the stretches of rows (a task and a party each) where agreements begin or end to cover them.

    An agreement covers a row where it is about the task and each member's organisation, or one above it,
    is a party to it. `parties` has the members of each party once.
    """
    row, agreement = _covering(register, task, party, parties)
    agreements = register.portfolio.agreements
    first = days.numbers(agreements["valid_from"], DAWN)[agreement]
    last = days.numbers(agreements["valid_until"], DOOM)[agreement]
    first, last = np.maximum(first, start[row]), np.minimum(last, end[row])
    every = np.arange(len(start))
    cut = sweep(
        np.concatenate([every, row]),
        np.concatenate([start, first]),
        np.concatenate([end, last]),
        np.repeat(np.array([[0], [1]]), [len(every), len(row)], axis=0),
    )
    found = merge(cut._replace(sums=np.minimum(cut.sums, 1)))
    return Pieces(found.key, found.start, found.end, found.sums[:, 0] > 0)


def _covering(register: Register, task: Days, party: Fingerprints, parties: Parties) -> tuple[Days, Days]:
    """Pairs of a row and an agreement that covers its task and all organisations of its party."""
    portfolio = register.portfolio
    agreements = portfolio.agreements["id"].to_numpy()
    if not len(agreements) or not len(task):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    known, place = np.unique(party, return_inverse=True)
    members = _organisations(register, known, parties)
    at, agreement = _of_organisation(register).of(members.values)
    owner = np.repeat(np.arange(len(known)), members.size)[at]
    pair, count = np.unique(owner * len(agreements) + agreement, return_counts=True)
    owner, agreement = np.divmod(pair, len(agreements))
    complete = count == members.size[owner]
    by_party = lists(owner[complete], agreement[complete], len(known))
    row, agreement = by_party.of(place)
    about = portfolio.agreement_tasks
    concerned = rows(agreements, about["agreement_id"].to_numpy()) * len(register.several) + rows(
        portfolio.tasks["id"].to_numpy(), about["task_id"].to_numpy()
    )
    right = among(agreement * len(register.several) + task[row], concerned)
    return row[right], agreement[right]


def _organisations(register: Register, known: Fingerprints, parties: Parties) -> OwnedValues:
    """The different organisations of each party's members."""
    owner = np.searchsorted(known, parties.party)
    width = len(register.parent) + 1
    pair = distinct(owner * width + register.organisation[parties.structure] + 1)
    owner, organisation = np.divmod(pair, width)
    return lists(owner, organisation - 1, len(known))


def _of_organisation(register: Register) -> OwnedValues:
    """The agreements that each organisation, or one above it, is a party to."""
    portfolio = register.portfolio
    agreements, parties = portfolio.agreements["id"].to_numpy(), portfolio.agreement_organisations
    row = rows(portfolio.organisations["id"].to_numpy(), parties["organisation_id"].to_numpy())
    agreement = rows(agreements, parties["agreement_id"].to_numpy())
    known = (row >= 0) & (agreement >= 0)
    bound = np.zeros((len(register.parent) + 1, len(agreements)), dtype=bool)
    bound[row[known], agreement[known]] = True
    parent, depth = np.append(register.parent, -1), 0
    while depth < len(parent) and not (bound >= bound[parent]).all():
        # The last row belongs to nobody: nothing is bound by having no organisation above it.
        bound |= bound[parent]
        depth += 1
    organisation, found = np.nonzero(bound)
    return lists(organisation, found, len(bound))
