"""Secrets planted in a database: in every field and record that is for the administration only."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
from sqlalchemy import Engine

from steering.analysis.findings import findings
from steering.analysis.rounds import round_of, snapshot
from steering.analysis.view import Horizon, View
from steering.model import (
    ActionItem,
    AgendaItem,
    AgendaStatus,
    AssessmentState,
    FindingKind,
    Meeting,
    MeetingStatus,
    Outcome,
    OutcomeStatus,
    Participant,
    Progress,
    Subject,
)
from steering.storage import assessing, reading, rounds
from steering.storage.writing import Edit, Made, write
from tests.stored import Who

SECRET, OPEN = "GEHEIM", "ALLGEMEIN"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC).replace(tzinfo=None)
WHO: Who = {"actor": "Landratsamt", "now": NOW}
TODAY = date(2026, 11, 22)
VIEW = View(TODAY, TODAY, Horizon.around(TODAY, 1, 9))
KINDS = (FindingKind.OVERLAP, FindingKind.GAP, FindingKind.ENDING)


class Planted:
    """A round held and one to come, both with secrets, and an internal finding of each of KINDS.

    `keys`: those findings; `closed` and `coming`: ids of the rounds; `points`: of the round to come, in their
    order, of which the second and the fourth are internal; `finding`: the third one's subject, for everyone.
    """

    def __init__(self, engine: Engine) -> None:
        portfolio = reading.portfolio(engine)
        every = findings(portfolio, VIEW)
        plain = every[~every["coordinated"] & ~every["internal"]]
        today = pd.Timestamp(TODAY)
        holding = plain[~(plain["start"] > today) | (plain["kind"] == FindingKind.ENDING)]
        holding = holding[~(holding["end"] < today)]
        self.keys = tuple(str(holding.loc[holding["kind"] == kind, "key"].iloc[0]) for kind in KINDS)
        others = plain[plain["kind"].isin([FindingKind.OVERLAP, FindingKind.ENDING])]
        self.finding = str(others.loc[~others["key"].isin(self.keys), "key"].iloc[0])
        organisations = portfolio.organisations
        carrier = int(organisations.loc[organisations["level"] == "welfare", "id"].iloc[0])
        house = int(organisations.loc[organisations["level"] == "county", "id"].iloc[0])
        for key in self.keys:
            decided = {"state": AssessmentState.TO_CLARIFY, "progress": Progress.OPEN, "reason": SECRET}
            assessing.assess(engine, key, decided, **WHO)
            rounds.reserve(engine, key, internal=True, **WHO)
        self.closed, (before, *_) = self._round(engine, date(2026, 10, 12), carrier, house, closed=True)
        rounds.add(engine, self.closed, SECRET, on=TODAY, internal=True, **WHO)
        rounds.add(engine, self.closed, OPEN, on=TODAY, **WHO)
        self.coming, self.points = self._round(engine, date(2026, 11, 25), carrier, house, previous=before)

    def _round(
        self,
        engine: Engine,
        on: date,
        carrier: int,
        house: int,
        *,
        closed: bool = False,
        previous: int | None = None,
    ) -> tuple[int, list[int]]:
        status = MeetingStatus.INVITED
        made = write(
            engine,
            [Edit(Meeting, {"day": on, "status": status, "note": OPEN, "internal_note": SECRET})],
            **WHO,
        ).ids[0]
        point = {"meeting_id": made, "status": AgendaStatus.PLANNED}
        silent = {"internal": True, "occasion": SECRET, "note": SECRET, "question": SECRET}
        about = {"subject": Subject.FINDING, "concerns": str(carrier), "question": "Wer kann das klären?"}
        edits = [
            Edit(Participant, {"meeting_id": made, "organisation_id": carrier}),
            Edit(AgendaItem, {**point, "name": f"{OPEN} eins", "internal_note": SECRET, "position": 1,
                              "previous_id": previous, "note": OPEN}),
            Edit(AgendaItem, {**point, "name": SECRET, "position": 2, **silent}),
            Edit(AgendaItem, {**point, "name": f"{OPEN} drei", "position": 3, **about,
                              "subject_key": self.finding}),
            Edit(AgendaItem, {**point, "name": SECRET, "position": 4, "subject": Subject.FINDING,
                              "subject_key": self.keys[0]}),
            Edit(Outcome, {"agenda_item_id": Made(1), "text": OPEN, "internal_note": SECRET,
                           "status": OutcomeStatus.RECORDED}),
            Edit(Outcome, {"agenda_item_id": Made(2), "text": SECRET, "status": OutcomeStatus.RECORDED}),
            Edit(ActionItem, {"agenda_item_id": Made(1), "name": SECRET, "function": SECRET, "internal": True,
                              "organisation_id": house, "due": date(2027, 1, 15)}),
            Edit(ActionItem, {"agenda_item_id": Made(1), "name": OPEN, "organisation_id": house,
                              "due": date(2027, 1, 15)}),
        ]  # fmt: skip
        keys = write(engine, edits, **WHO).ids
        if closed:
            data = reading.portfolio(engine)
            found = round_of(data, int(made))
            assert found is not None
            text = snapshot.as_text(found, snapshot.state_of(data, VIEW), {})
            view = {"as_of": on, "scenario": "secured", "masterplan": False, "revision": 1}
            rounds.close(engine, int(made), found.version, text, on=on, view=view, **WHO)
        return int(made), [int(key) for key in keys[1:5]]
