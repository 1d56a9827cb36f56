"""What a point of a round is about: the structures and tasks behind its subject."""

from __future__ import annotations

from steering.analysis.portfolio import Portfolio
from steering.model import Role, Subject
from steering.model.finding_keys import FindingKey

_ROLES = (Role.LEAD, Role.DELIVER)


def task_of(key: str) -> int | None:
    """The task that a finding's key names."""
    found = FindingKey.read(key)
    return found.task if found else None


def participants_of(key: str) -> tuple[int, ...]:
    """The structures that take part in the finding with that key."""
    found = FindingKey.read(key)
    return found.participants if found else ()


def needs_of(key: str) -> tuple[int, ...]:
    """The needs that a finding's key names: one, or none."""
    found = FindingKey.read(key)
    return () if found is None or found.need is None else (found.need,)


def origin(portfolio: Portfolio, subject: Subject, key: str) -> tuple[Subject, str]:
    """What an agreed action goes back to: the subject of its point; any other subject is its own origin."""
    seen: set[tuple[Subject, str]] = set()
    while subject == Subject.ACTION and key.isdigit() and (subject, key) not in seen:
        seen.add((subject, key))
        actions, points = portfolio.action_items, portfolio.agenda_items
        rows = points[points["id"].isin(actions.loc[actions["id"] == int(key), "agenda_item_id"])]
        if rows.empty:
            break
        subject, key = Subject(rows["subject"].iloc[0]), str(rows["subject_key"].iloc[0])
    return subject, key


def roles(portfolio: Portfolio, key: str) -> dict[int, Role]:
    """How the structures behind a finding answer for its task: lead before deliver, whatever the day."""
    rows = portfolio.responsibilities
    rows = rows[(rows["task_id"] == task_of(key)) & rows["role"].isin(_ROLES)]
    found: dict[int, Role] = {}
    for role in reversed(_ROLES):
        found |= dict.fromkeys(rows.loc[rows["role"] == role, "structure_id"].astype(int), role)
    return found


def structures(portfolio: Portfolio, subject: Subject, key: str) -> tuple[int, ...]:
    """The structures behind a subject that are still there, those it names first."""
    named = _named(portfolio, subject, key)
    known = set(portfolio.structures["id"])
    return tuple(one for one in dict.fromkeys(named) if one in known)


def _named(portfolio: Portfolio, subject: Subject, key: str) -> tuple[int, ...]:
    if subject == Subject.FINDING:
        return participants_of(key) + _answering(portfolio, task_of(key))
    if not key.isdigit():
        return ()
    match subject:
        case Subject.STRUCTURE:
            return (int(key),)
        case Subject.FUNDING:
            rows = portfolio.fundings
            return tuple(rows.loc[rows["id"] == int(key), "structure_id"])
        case Subject.AGREEMENT:
            rows = portfolio.agreement_tasks
            tasks = rows.loc[rows["agreement_id"] == int(key), "task_id"]
            return tuple(one for task in tasks for one in _answering(portfolio, task))
        case Subject.MEASURE:
            rows = portfolio.measure_tasks
            tasks = rows.loc[rows["measure_id"] == int(key), "task_id"]
            return tuple(one for task in tasks for one in _answering(portfolio, task))
        case _:
            return ()


def _answering(portfolio: Portfolio, task: int | None) -> tuple[int, ...]:
    """Who leads or delivers a task, leads first."""
    rows = portfolio.responsibilities
    rows = rows[(rows["task_id"] == task) & rows["role"].isin(_ROLES)] if task is not None else rows.iloc[:0]
    rank = rows["role"].map({role.value: place for place, role in enumerate(_ROLES)})
    return tuple(rows.assign(rank=rank).sort_values(["rank", "id"])["structure_id"])
