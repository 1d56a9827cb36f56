"""A point that a round is proposed to talk about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from steering.model import AgendaGroup, Subject
from steering.model.base import NAME_LENGTH

LONGEST = 400


@dataclass(frozen=True)
class ProposedPoint:
    """A point that is proposed: fields as in AgendaItem; `by` is the day that makes it urgent."""

    group: AgendaGroup
    by: date
    name: str
    question: str
    concerns: tuple[int, ...]
    occasion: str
    subject: Subject = Subject.FREE
    subject_key: str = ""
    previous_id: int | None = None
    internal: bool = False
    note: str = ""
    internal_note: str = ""

    @property
    def about(self) -> tuple[Subject, str]:
        """What no two proposals have in common."""
        return self.subject, self.subject_key or self.name

    @property
    def values(self) -> dict[str, Any]:
        """As the fields of a new AgendaItem."""
        concerns = ""
        for one in self.concerns:
            concerns = f"{concerns} {one}".strip() if len(concerns) < LONGEST - 20 else concerns
        return {
            "name": self.name[:NAME_LENGTH],
            "group": self.group,
            "subject": self.subject,
            "subject_key": self.subject_key,
            "previous_id": self.previous_id,
            "occasion": self.occasion,
            "question": self.question[:LONGEST],
            "concerns": concerns,
            "internal": self.internal,
            "note": self.note,
            "internal_note": self.internal_note,
        }
