"""A survey of needs: beginning one, and making a need of what was answered."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.bodies import SurveyedBody
from steering.model import Area, AreaKind, Need, SurveyAnswer, SurveyRequest, SurveyRound
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.tables import table_of
from steering.storage.transaction import Batch, transaction
from steering.storage.writing import Edit, Made, write, write_in

_ANSWERS, _REQUESTS, _ROUNDS = table_of(SurveyAnswer), table_of(SurveyRequest), table_of(SurveyRound)

AskedAbout = Sequence[tuple[SurveyedBody, Sequence[int]]]
"""Who is asked, each with the tasks that concern them."""


def start(
    engine: Engine, values: Mapping[str, Any], asked: AskedAbout, *, actor: str, now: datetime
) -> Receipt:
    """Keep a round with these values, and a request for each body. The first id is the round's.

    A municipality that is no area of its own so far becomes one: its answers are about it.

    Raises as `writing.write` does, and Invalid where nobody is asked.
    """
    if not asked:
        raise Invalid(Problem(0, "", "Es ist kein Adressat gewählt. Bitte mindestens einen ankreuzen."))
    edits = [Edit(SurveyRound, values)]
    edits += [
        Edit(
            SurveyRequest,
            {
                "round_id": Made(0),
                "organisation_id": body.organisation_id,
                "ags": body.ags,
                "token": secrets.token_hex(10),
                "tasks": list(tasks),
            },
        )
        for body, tasks in asked
    ]
    edits += [
        Edit(Area, {"name": body.name, "kind": AreaKind.MUNICIPALITY, "municipalities": [body.ags]})
        for body, _ in asked
        if body.ags is not None and body.area_id is None
    ]
    return write(engine, edits, actor=actor, now=now)


def take_over(
    engine: Engine,
    portfolio: Portfolio,
    need: Mapping[str, Any],
    places: Iterable[str],
    answers: Sequence[int],
    *,
    replaces: int | None = None,
    actor: str,
    now: datetime,
) -> Receipt:
    """Make a need of answers, which from then on know it; the first id is the need's.

    `need`: its values; without an area it gets a new one of these `places`. `answers`: their ids, in the
    versions of `portfolio`, which is what was on the screen. `replaces`: the need that was made of earlier
    answers and is changed instead, `need` as `together.changing` makes it.
    Raises as `writing.write` does: Conflict where an answer has moved on; and Invalid where one has become a
    need already or holds no more.
    """
    edits: list[Edit] = []
    if need["area_id"] is None:
        wanted = sorted(places)
        names = portfolio.municipalities.set_index("ags")["name"]
        called = ", ".join(str(names[ags]) for ags in wanted)[:200]
        edits.append(Edit(Area, {"name": called, "kind": AreaKind.GROUP, "municipalities": wanted}))
        need = {**need, "area_id": Made(0)}
    at = len(edits)
    version = None
    if replaces is not None:
        version = int(portfolio.needs.set_index("id")["version"][replaces])
    edits.append(Edit(Need, need, id=replaces, version=version))
    versions = portfolio.survey_answers.set_index("id")["version"]
    edits += [
        Edit(SurveyAnswer, {"need_id": Made(at)}, id=key, version=int(versions[key])) for key in answers
    ]
    with transaction(engine, actor, now) as batch:
        for index, key in enumerate(answers, at + 1):
            _check_open(batch, index, key)
        receipt = write_in(batch, edits)
    return replace(receipt, ids=receipt.ids[at:])


def _check_open(batch: Batch, index: int, key: int) -> None:
    """Refuse an answer that somebody else has made a need of meanwhile, or that a newer one has replaced."""
    row = batch.row(SurveyAnswer, key)
    if row is None:
        return  # As every write to what is gone, it is refused by its version.
    if row["need_id"] is not None:
        raise Invalid(
            Problem(
                index, "",
                "Aus einer dieser Antworten ist inzwischen schon ein Bedarf entstanden; es wurde nichts "
                "gespeichert. Bitte neu wählen.",
            )
        )  # fmt: skip
    asked = select(_REQUESTS.c.organisation_id, _REQUESTS.c.ags).where(_REQUESTS.c.id == row["request_id"])
    organisation, ags = batch.connection.execute(asked).one()
    newest = (
        select(_ANSWERS.c.digest)
        .join(_REQUESTS, _REQUESTS.c.id == _ANSWERS.c.request_id)
        .join(_ROUNDS, (_ROUNDS.c.id == _REQUESTS.c.round_id) & _ROUNDS.c.archived_on.is_(None))
        .where(_REQUESTS.c.organisation_id == organisation, _REQUESTS.c.ags == ags)
        .where(_ANSWERS.c.task_id == row["task_id"])
        .order_by(_ANSWERS.c.received_on.desc(), _ANSWERS.c.id.desc())
        .limit(1)
    )
    # Of a survey that was put aside meanwhile there is no answer at all.
    if batch.connection.execute(newest).scalar() != row["digest"]:
        raise Invalid(
            Problem(
                index, "",
                "Zu einer dieser Antworten ist inzwischen eine neuere eingelesen; es wurde nichts "
                "gespeichert. Bitte neu wählen.",
            )
        )  # fmt: skip
