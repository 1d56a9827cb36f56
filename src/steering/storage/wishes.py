"""Wishes for the agenda: proposed for a round, taken onto its agenda, or put off to the next."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine

from steering.analysis.rounds.wishes import OPEN_ROUNDS, Wished, occasion, wanted
from steering.model import AgendaGroup, AgendaItem, Meeting, Wish, WishStatus
from steering.model.german import day
from steering.model.vocabulary import word
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.rights.table import Right
from steering.storage.rounds import next_place
from steering.storage.transaction import Batch, transaction
from steering.storage.writing import Edit, Made, write_in


def propose(
    engine: Engine,
    meeting_id: int,
    wishes: Sequence[Mapping[str, Any]],
    *,
    actor: str,
    now: datetime,
    on: date,
    by_mail: bool = False,
) -> Receipt:
    """Propose points for a round, all of them or none, in one batch; too late is late, not refused.

    `on`: the day of it. `by_mail`: somebody else has written them. Raises Invalid, also where the unit has
    proposed one already.
    """
    with transaction(engine, actor, now) as batch:
        _check_round(batch, meeting_id)
        person = f"per E-Mail, eingetragen von {batch.actor}"[:200] if by_mail else batch.actor
        fixed = {
            "meeting_id": meeting_id, "proposed_on": on, "person": person,
            "status": WishStatus.OPEN, "answer": "", "agenda_item_id": None,
        }  # fmt: skip
        return write_in(batch, [Edit(Wish, {**each, **fixed}) for each in wishes])


def take(engine: Engine, wish: Wished, meeting_id: int, *, actor: str, now: datetime) -> Receipt:
    """Put a wish on the agenda of a round, as a point that says whose it was. Raises Invalid and Conflict."""
    with transaction(engine, actor, now, needs=Right.EDIT_ALL) as batch:
        _check_round(batch, meeting_id)
        point = {
            "meeting_id": meeting_id,
            "position": next_place(batch, meeting_id),
            "name": wish.name,
            "group": AgendaGroup.WISH,
            "occasion": occasion(wish),
            "note": wanted(wish),
        }
        taken = {"status": WishStatus.TAKEN, "agenda_item_id": Made(0), "meeting_id": meeting_id}
        edits = [Edit(AgendaItem, point), Edit(Wish, taken, id=wish.id, version=wish.version)]
        return write_in(batch, edits)


def put_off(
    engine: Engine, wish: Wished, meeting_id: int, reason: str, *, actor: str, now: datetime
) -> Receipt:
    """Leave a wish to the next round, which a reason says to who proposed it. Raises Invalid and Conflict."""
    with transaction(engine, actor, now, needs=Right.EDIT_ALL) as batch:
        if not reason.strip():
            raise Invalid(
                Problem(0, "answer", "Bitte begründen, warum das Thema zurückgestellt wird; das lesen alle.")
            )
        values = {
            "status": WishStatus.PUT_OFF, "answer": reason, "meeting_id": meeting_id, "agenda_item_id": None,
        }  # fmt: skip
        return write_in(batch, [Edit(Wish, values, id=wish.id, version=wish.version)])


def _check_round(batch: Batch, meeting_id: int) -> None:
    meeting = batch.row(Meeting, meeting_id)
    if meeting is None or meeting["archived_on"]:
        raise Invalid(Problem(0, "", "Diese Runde gibt es nicht mehr. Bitte die Seite neu laden."))
    if meeting["status"] not in OPEN_ROUNDS:
        raise Invalid(
            Problem(
                0,
                "",
                f"Die Runde vom {day(meeting['day'])} ist {word(meeting['status'])} und nimmt keine "
                "Themenwünsche mehr auf. Bitte eine andere Runde wählen.",
            )
        )
