"""What has gone out to a body in a survey of needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.bodies import SurveyedBody, bodies, body_key


@dataclass(frozen=True)
class AskedBody:
    """One body's file of a round, with the tasks that it is asked about."""

    request_id: int
    round_id: int
    round_name: str
    sent_on: date
    due: date
    mailbox: str
    letter: str
    token: str
    body: SurveyedBody
    slug: str
    tasks: tuple[int, ...]

    @property
    def name(self) -> str:
        return self.body.name

    @property
    def short(self) -> str:
        return self.body.short


def asked(portfolio: Portfolio, round_id: int | None = None) -> list[AskedBody]:
    """What has gone out in a round, or in any: municipalities first, then by name."""
    rounds = portfolio.survey_rounds.set_index("id")
    requests = portfolio.survey_requests
    if round_id is not None:
        requests = requests[requests["round_id"] == round_id]
    known = bodies(portfolio)
    slugs = portfolio.organisations.set_index("id")["slug"]
    tasks = portfolio.survey_request_tasks.groupby("request_id")["task_id"].agg(tuple)
    found = []
    for request in requests.to_dict("records"):
        body = known.get(body_key(request["organisation_id"], request["ags"]))
        if body is None:
            continue
        sent = rounds.loc[request["round_id"]]
        found.append(
            AskedBody(
                int(request["id"]),
                int(request["round_id"]),
                str(sent["name"]),
                sent["sent_on"].date(),
                sent["due"].date(),
                str(sent["mailbox"]),
                str(sent["letter"]),
                str(request["token"]),
                body,
                str(slugs[body.organisation_id]) if body.organisation_id is not None else body.name,
                tasks.get(request["id"], ()),
            )
        )
    return sorted(found, key=lambda each: (each.body.ags is None, each.name.casefold(), each.request_id))


def rounds(portfolio: Portfolio) -> pd.DataFrame:
    """The rounds, the latest first."""
    return portfolio.survey_rounds.sort_values(["sent_on", "id"], ascending=False).reset_index(drop=True)
