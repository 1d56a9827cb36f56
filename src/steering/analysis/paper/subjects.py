"""What a paper is about, and which structures and tasks belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from steering.analysis import selecting
from steering.analysis.findings import findings
from steering.analysis.findings.counted import holding
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import decisions
from steering.analysis.structures.inventory import Selection, select
from steering.analysis.view import View
from steering.model import About, FindingKind, FundingPart
from steering.model.finding_keys import participant, structure
from steering.model.german import day, listing
from steering.model.telling_apart import told_apart
from steering.model.vocabulary import word


@dataclass(frozen=True)
class PaperSubject:
    """`key`: the id of the programme or measure, or the key of the finding."""

    about: About = About.WHOLE
    key: str = ""


@dataclass(frozen=True)
class PaperScope:
    """`structures`, `tasks`: ids; None stands for all of them."""

    structures: frozenset[int] | None = None
    tasks: frozenset[int] | None = None


def subjects(portfolio: Portfolio, view: View) -> dict[PaperSubject, str]:
    """All that a paper can be about, with its words: the whole, programmes that end, measures, and the
    findings that are not over on the Stichtag.
    """
    found = {PaperSubject(): "Integrationsarbeit im Landkreis insgesamt"}
    ends = decisions.upcoming(portfolio, view).dropna(subset=["programme_id"])
    for key, rows in ends.groupby("programme_id", sort=False):
        days = listing([day(each) for each in rows["end"].drop_duplicates()], 3)
        words = f"Förderprogramm: {rows['programme'].iloc[0]}, Ende am {days}"
        found[PaperSubject(About.PROGRAMME, str(int(str(key).removesuffix(".0"))))] = words
    for row in portfolio.measures.sort_values("name").to_dict("records"):
        found[PaperSubject(About.MEASURE, str(row["id"]))] = f"Maßnahme: {row['name']}"
    tasks = portfolio.names("task")
    rows = holding(findings(portfolio, view), pd.Timestamp(view.as_of), pd.Timestamp(view.horizon.last))
    who, where = dict[PaperSubject, str](), dict[PaperSubject, str]()
    municipalities = portfolio.municipalities.set_index("ags")["name"]
    for row in rows.drop_duplicates("key").to_dict("records"):
        subject = PaperSubject(About.FINDING, row["key"])
        found[subject] = f"Hinweis: {finding_words(row, tasks)}"
        who[subject] = listing(list(row["participant_names"]), 3)
        where[subject] = listing([str(municipalities.get(ags, ags)) for ags in row["municipalities"]], 3)
    return told_apart(found, who, where, {subject: f"Nr. {subject.key}" for subject in found})


def touching(portfolio: Portfolio, view: View, chosen: Selection) -> frozenset[PaperSubject]:
    """The subjects that filters let something of through, the whole always; a paper is about all of one."""
    found = {PaperSubject()}
    ends = select(decisions.upcoming(portfolio, view).dropna(subset=["programme_id"]), chosen)
    found |= {PaperSubject(About.PROGRAMME, str(int(key))) for key in ends["programme_id"]}
    found |= {PaperSubject(About.MEASURE, str(key)) for key in selecting.measures(portfolio, chosen)}
    rows = selecting.selected_or_anybodys(portfolio, findings(portfolio, view), chosen)
    return frozenset(found | {PaperSubject(About.FINDING, key) for key in rows["key"]})


def finding_words(row: Mapping[Any, Any], tasks: pd.Series) -> str:
    """The kind of a finding and what it is about."""
    kind = row["reason"] or word(FindingKind(row["kind"]))
    name = "" if pd.isna(row["task_id"]) else str(tasks.get(row["task_id"], ""))
    return f"{kind}: {name or listing(list(row['participant_names']), 2)}"


def scope(portfolio: Portfolio, view: View, subject: PaperSubject) -> PaperScope:
    """The structures and tasks a subject is about; KeyError where there is no such subject (any more)."""
    match subject.about:
        case About.WHOLE | About.PLAN:
            return PaperScope()
        case About.PROGRAMME:
            fundings = portfolio.fundings
            carried = fundings[
                (fundings["programme_id"] == int(subject.key)) & (fundings["part"] == FundingPart.CARRYING)
            ]
            ends = decisions.upcoming(portfolio, view)
            ending = ends[ends["programme_id"] == int(subject.key)]
            return _with_tasks(portfolio, ending if len(ending) else carried)
        case About.MEASURE:
            measures = portfolio.measures
            if int(subject.key) not in set(measures["id"]):
                raise KeyError(subject.key)
            about = portfolio.measure_tasks
            return _with_structures(portfolio, about[about["measure_id"] == int(subject.key)])
        case About.FINDING:
            rows = findings(portfolio, view)
            rows = rows[rows["key"] == subject.key]
            if rows.empty:
                raise KeyError(subject.key)
            who = frozenset(structure(each) for row in rows["participants"] for each in row)
            tasks = frozenset(rows["task_id"].dropna().astype(int))
            if tasks:
                return PaperScope(who, tasks)
            # A finding about a structure as such concerns all that it does.
            return _with_tasks(portfolio, pd.DataFrame({"structure_id": sorted(who)}))


def _with_tasks(portfolio: Portfolio, rows: pd.DataFrame) -> PaperScope:
    structures = frozenset(rows["structure_id"].astype(int))
    done = portfolio.responsibilities
    return PaperScope(
        structures, frozenset(done.loc[done["structure_id"].isin(structures), "task_id"].astype(int))
    )


def _with_structures(portfolio: Portfolio, rows: pd.DataFrame) -> PaperScope:
    tasks = frozenset(rows["task_id"].astype(int))
    done = portfolio.responsibilities
    return PaperScope(frozenset(done.loc[done["task_id"].isin(tasks), "structure_id"].astype(int)), tasks)


def within(rows: pd.DataFrame, found: PaperScope) -> pd.DataFrame:
    """The findings that a scope is concerned by."""
    if found.structures is None or found.tasks is None:
        return rows
    whose = {participant(each) for each in found.structures}
    theirs = pd.Series([bool(whose & set(each)) for each in rows["participants"]], rows.index, dtype=bool)
    return rows[theirs | rows["task_id"].isin(found.tasks)]


def members(applied: Portfolio, about: PaperScope) -> frozenset[int] | None:
    """The structures of a scope, with those that changes bring to its tasks; None stands for all."""
    if about.structures is None or about.tasks is None:
        return None
    done = applied.responsibilities
    new = done[done["task_id"].isin(about.tasks) & ((done["structure_id"] < 0) | (done["id"] < 0))]
    return about.structures | frozenset(new["structure_id"].astype(int))
