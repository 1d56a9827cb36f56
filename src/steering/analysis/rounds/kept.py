"""A round as its minutes have it: one that is closed as it stood then."""

from __future__ import annotations

import json
from dataclasses import replace

from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds.record import Point, Round, read, round_of
from steering.model import Subject


def as_kept(portfolio: Portfolio, meeting_id: int, snapshot: str | None) -> Round | None:
    """The round with that id; None where there is none.

    `snapshot` is what was kept when it was closed (`storage.reading.snapshot`), its "round" as
    `Round.to_json` has it; None for a round that is open. Names, words and how an agreed action stood come
    from it. Addenda are added later, and what closing itself set (state, view, whether a point stayed open)
    is read from the data, where a closed round's records do not change. A finding that has become internal
    since makes its point internal too, under the number it had: who may read it is decided today.
    """
    live = round_of(portfolio, meeting_id)
    if live is None or snapshot is None:
        return live
    kept = read(json.loads(snapshot)["round"])
    settled = {point.id: point.status for point in live.points}
    reserved = frozenset(portfolio.internal_findings["key"])
    return replace(
        kept,
        version=live.version,
        status=live.status,
        closed_on=live.closed_on,
        closed_by=live.closed_by,
        as_of=live.as_of,
        scenario=live.scenario,
        masterplan=live.masterplan,
        revision=live.revision,
        points=tuple(
            replace(
                _reserved(point, reserved),
                status=settled.get(point.id, point.status),
                announced=point.announced or not point.internal,
            )
            for point in kept.points
        ),
        struck=tuple(_reserved(point, reserved) for point in kept.struck),
        additions=live.additions,
    )


def _reserved(point: Point, findings: frozenset[str]) -> Point:
    internal = point.subject == Subject.FINDING and point.subject_key in findings
    return replace(point, internal=point.internal or internal)
