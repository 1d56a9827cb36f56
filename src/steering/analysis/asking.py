"""How far the answers to a round have come in which others were asked in writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from steering.model import ReplyState
from steering.model.german import day as in_german


@dataclass(frozen=True)
class Addressees:
    """What those are called who were asked: one of them, several, and "von mehreren"."""

    one: str
    many: str
    of_many: str


def state(*, answered: bool, left_open: int, late: int, reminded: bool = False, refused: bool = False) -> str:
    """Where somebody's answer stands, as the stored value of ReplyState.

    `left_open`: of how much they have said nothing; `late`: days since the answer was due.
    """
    if answered:
        return str(ReplyState.PARTIAL if left_open else ReplyState.ANSWERED)
    if refused:
        return str(ReplyState.REFUSED)
    if late:
        return str(ReplyState.OVERDUE)
    return str(ReplyState.REMINDED if reminded else ReplyState.SENT)


def summary(found: pd.DataFrame, due: date, today: date, called: Addressees) -> str:
    """How many have answered and how many should have, in one or two sentences, as Markdown.

    `found`: a row for each who was asked, with `state` and `answered_on`.
    """
    total, answered = len(found), int(found["answered_on"].notna().sum())
    partial = int((found["state"] == ReplyState.PARTIAL).sum())
    refused = int((found["state"] == ReplyState.REFUSED).sum())
    if total == 1 and refused:
        return f"Der **eine {called.one}** hat abgelehnt."
    of_them = "aber" if total == 1 else f"{partial} davon"
    in_part = f", {of_them} erst teilweise" if partial else ""
    declined = f"; {refused} {'hat' if refused == 1 else 'haben'} abgelehnt" if refused else ""
    said = f"{_answered(total, answered, called)}{in_part}{declined}."
    missing = total - answered - refused
    if not missing:
        return said
    if today > due:
        late = f"**{missing}**" if total > 1 else "Die Antwort"
        return f"{said} {late} {'ist' if missing == 1 else 'sind'} seit dem {in_german(due)} überfällig."
    return f"{said} Erbeten sind die Antworten bis zum {in_german(due)}."


def _answered(total: int, answered: int, called: Addressees) -> str:
    if total == 1:
        return f"Der **eine {called.one}** hat " + ("geantwortet" if answered else "noch nicht geantwortet")
    if not answered:
        return f"Von **{total} {called.of_many}** hat noch keiner geantwortet"
    if answered == total:
        return f"**Alle {total} {called.many}** haben geantwortet"
    return f"**{answered} von {total} {called.of_many}** {'hat' if answered == 1 else 'haben'} geantwortet"


def with_article(district: str) -> str:
    """Der Landkreis Coburg, or the name of a Kreis that is called otherwise."""
    if district.startswith(("Landkreis", "Kreis", "Bodenseekreis")) or district.endswith("kreis"):
        return f"Der {district}"
    return district or "Das Landratsamt"
