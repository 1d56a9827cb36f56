"""What people keep for themselves of what they look at: views under a name, and the own unit as a filter."""

from pydantic import NaiveDatetime
from sqlalchemy import DateTime, Text
from sqlmodel import Field

from steering.model.base import Record, name_field

QUERY_LENGTH = 8_000


class SavedView(Record, table=True):
    """A view under a name: a page with the parameters of its address.

    `person_id`: whose it is; empty where it was kept by who sits at the machine, where nobody signs in.
    `shared`: everybody may open it. `page`: the page's path, "" for the first one. `query`: the parameters as
    they stand in an address; without `stichtag` the view opens on the day on which it is opened.
    Nothing is said by it about the Landkreis: it raises no revision and has no history.
    """

    __tablename__ = "saved_view"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    name: str = name_field()
    shared: bool = False
    page: str = Field(default="", max_length=60)
    query: str = Field(default="", max_length=QUERY_LENGTH, sa_type=Text)
    saved_at: NaiveDatetime = Field(sa_type=DateTime)


class OwnUnit(Record, table=True):
    """Mein Fachbereich, as somebody last left it.

    `whose`: the id of a person as text, "machine" for who sits at the machine. `unit`: the short name of the
    unit that was chosen, where the person has none; else empty. `filtering`: whether pages begin with it.
    Bookkeeping like the saved views: no revision, no history.
    """

    __tablename__ = "own_unit"

    whose: str = Field(primary_key=True, max_length=20)
    unit: str = Field(default="", max_length=200)
    filtering: bool = False
