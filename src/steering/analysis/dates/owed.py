"""The answers to a Rückmeldung or a Bedarfserhebung that have not come.

Who has answered is the tracking's to say (`confirmation.tracking`, `surveys.tracking`). Decision: an answer
is owed to the latest round only in which a body was asked: a newer one asks for what an older one lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd

from steering.analysis.confirmation.tracking import tracking as confirmation_tracking
from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.bodies import body_key
from steering.analysis.surveys.tracking import tracking as survey_tracking
from steering.model import ReplyState

REQUEST, SURVEY = "request", "survey"
INTERNAL = frozenset({REQUEST})
_OWED = frozenset(str(each) for each in (ReplyState.SENT, ReplyState.REMINDED, ReplyState.OVERDUE))

Tracking = Callable[[Portfolio, int, date], pd.DataFrame]


class Owed(NamedTuple):
    """An answer that a body has not given.

    `record`: REQUEST or SURVEY; `body`: its name; `organisation`: None where a municipality is asked as such;
    `late`: days since it was due, 0 where it is not.
    """

    record: str
    request: int
    round_id: int
    round_name: str
    due: date
    body: str
    organisation: int | None
    late: int

    @property
    def key(self) -> str:
        """As Meine Aufgaben names it: "request-ID" or "survey-ID"."""
        return f"{self.record}-{self.request}"


def owed(portfolio: Portfolio, today: date) -> list[Owed]:
    """Every answer that is owed, by kind and round, in the order of the tracking."""
    asked = portfolio.confirmation_requests
    bodies = [body_key(organisation, None) for organisation in asked["organisation_id"]]
    rounds = portfolio.confirmation_rounds
    found = [*_of_kind(portfolio, REQUEST, rounds, asked.assign(body=bodies), confirmation_tracking, today)]
    asked = portfolio.survey_requests
    bodies = [body_key(*body) for body in zip(asked["organisation_id"], asked["ags"], strict=True)]
    rounds = portfolio.survey_rounds
    return [*found, *_of_kind(portfolio, SURVEY, rounds, asked.assign(body=bodies), survey_tracking, today)]


def _of_kind(
    portfolio: Portfolio,
    record: str,
    rounds: pd.DataFrame,
    asked: pd.DataFrame,
    tracking: Tracking,
    today: date,
) -> Iterator[Owed]:
    latest = _latest(asked, rounds)
    units = asked.set_index("id")["organisation_id"]
    for held in rounds.to_dict("records"):
        rows = tracking(portfolio, held["id"], today)
        rows = rows[rows["request_id"].isin(latest) & rows["state"].isin(_OWED)]
        for request, name, late in zip(rows["request_id"], rows["name"], rows["overdue"], strict=True):
            unit = units[request]
            yield Owed(
                record, int(request), int(held["id"]), str(held["name"]), held["due"].date(), str(name),
                None if pd.isna(unit) else int(unit), int(late),
            )  # fmt: skip


def _latest(asked: pd.DataFrame, rounds: pd.DataFrame) -> pd.Series:
    """The ids of each body's request in the latest round in which it was asked."""
    order = rounds.sort_values(["sent_on", "id"])["id"].tolist()
    asked = asked[asked["round_id"].isin(order)]
    asked = asked.assign(place=[order.index(key) for key in asked["round_id"]])
    asked = asked.sort_values(["place", "id"], kind="stable")
    return asked.drop_duplicates("body", keep="last")["id"]
