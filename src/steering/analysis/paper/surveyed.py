"""What was asked about the needs of a paper, when, and who has answered."""

from __future__ import annotations

from collections.abc import Collection

from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.asked import asked, rounds
from steering.analysis.surveys.said import answers
from steering.model import Needed
from steering.model.german import count, day, listing

_MOST_NAMED = 8


def survey(portfolio: Portfolio, tasks: Collection[int] | None) -> str:
    """The latest survey that asked about these tasks (None: any), in a few sentences; "" without one."""
    for one in rounds(portfolio).to_dict("records"):
        sent = [
            each
            for each in asked(portfolio, int(one["id"]))
            if each.tasks and (tasks is None or set(each.tasks) & set(tasks))
        ]
        if sent:
            return _said(portfolio, int(one["id"]), str(one["name"]), len(sent), day(one["sent_on"]), tasks)
    return ""


def is_answered(portfolio: Portfolio, tasks: Collection[int] | None) -> bool:
    """Whether somebody has said of these tasks that something is needed, or that nothing is."""
    found = answers(portfolio)
    found = found[found["holds"] & found["needed"].isin([Needed.YES, Needed.NO])]
    return bool(len(found) if tasks is None else found["task_id"].isin(tasks).any())


def _said(
    portfolio: Portfolio, round_id: int, name: str, many: int, sent_on: str, tasks: Collection[int] | None
) -> str:
    found = answers(portfolio)
    found = found[found["holds_in_round"] & (found["round_id"] == round_id)]
    if tasks is not None:
        found = found[found["task_id"].isin(tasks)]
    who = sorted(found["body_name"].unique().tolist(), key=str.casefold)
    whom = "eine Stelle" if many == 1 else f"{many} Gemeinden, Fachbereiche und Träger"
    head = f"Zum Bedarf {'wurde' if many == 1 else 'wurden'} am {sent_on} {whom} gefragt ({name})."
    if not who:
        return f"{head} Eine Antwort liegt noch nicht vor."
    told = f"{head} Geantwortet {'hat' if len(who) == 1 else 'haben'} bisher {listing(who, _MOST_NAMED)}."
    refused = found[found["needed"] == Needed.NO]
    wanted = found[found["needed"] == Needed.YES]
    left = (wanted["need_id"].isna() & wanted["holds"]).sum()
    nothing = refused.groupby("task_id").size()
    only = [key for key in nothing.index if key not in set(wanted["task_id"])]
    if only:
        told += f" »Kein Bedarf« lautet die Antwort zu {count(len(only), 'Aufgabe', 'Aufgaben')}."
    if left:
        one, several = "Angabe ist", "Angaben sind"
        told += f" {count(int(left), one, several)} noch nicht in die Bedarfe übernommen."
    return told
