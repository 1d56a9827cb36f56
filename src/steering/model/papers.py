"""What people have written into the draft of a paper, kept until they change or drop it."""

from pydantic import NaiveDatetime
from sqlalchemy import DateTime, Text
from sqlmodel import Field

from steering.model.base import Record


class PaperText(Record, table=True):
    """A part of a paper as somebody has typed it, in place of what the data say.

    `paper`: a digest of what the paper is about; `part`: which of its inputs; `key`: both. `text` and
    `based_on` are JSON: what stands there now and what the data said when it was typed; `text` is empty
    where the part follows the data again. `version` rises with each change, so that of two people who write
    into the same part nobody overwrites the other unseen. `changed_at` is UTC.
    Unfinished work, not an edit of the data: it raises no revision and has no history.
    """

    __tablename__ = "paper_text"

    key: str = Field(primary_key=True, max_length=130)
    paper: str = Field(index=True, max_length=64)
    part: str = Field(max_length=60)
    text: str = Field(default="", sa_type=Text)
    based_on: str = Field(default="", sa_type=Text)
    version: int = Field(ge=1)
    actor: str = Field(max_length=200)
    changed_at: NaiveDatetime = Field(sa_type=DateTime)
