"""Topics that are there already: a wish of the same unit for the same round, and a standing point."""

from typing import Any

from sqlalchemy import Connection, select

from steering.model import StandingPoint, Wish, WishStatus
from steering.model.german import day
from steering.model.meetings import same_topic
from steering.model.vocabulary import word
from steering.storage.tables import table_of
from steering.storage.validation import WrongByField

_WISHES, _STANDING = table_of(Wish), table_of(StandingPoint)


def said_once(connection: Connection, key: Any) -> WrongByField:
    """A unit proposes a topic for a round once; what is answered may come together with another there."""
    mine = connection.execute(select(_WISHES).where(_WISHES.c.id == key)).mappings().one()
    if mine["status"] != WishStatus.OPEN:
        return {}
    same = select(_WISHES).where(
        _WISHES.c.meeting_id == mine["meeting_id"], _WISHES.c.organisation_id == mine["organisation_id"],
        _WISHES.c.id != key,
    )  # fmt: skip
    for other in connection.execute(same).mappings():
        if same_topic(other["name"], mine["name"]):
            return {
                "name": f"Dieses Thema ist für diese Runde schon vorgeschlagen (am "
                f"{day(other['proposed_on'])}: »{other['name']}«, {word(WishStatus(other['status']))}). "
                "Bitte dort ergänzen oder ein anderes Thema angeben."
            }
    return {}


def stands_once(connection: Connection, key: Any) -> WrongByField:
    """A standing point is in the template once."""
    name = connection.execute(select(_STANDING.c.name).where(_STANDING.c.id == key)).scalar_one()
    others = connection.execute(select(_STANDING.c.name).where(_STANDING.c.id != key)).scalars()
    if any(same_topic(name, other) for other in others):
        return {"name": f"»{name}« ist schon Standardpunkt. Bitte anders benennen oder den anderen ändern."}
    return {}
