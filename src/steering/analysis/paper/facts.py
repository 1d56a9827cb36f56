"""What a paper rests on: the frames of one subject, computed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from steering.analysis import discretion, findings
from steering.analysis.findings.forecasts import has_forecasts
from steering.analysis.masterplan import budget, plan
from steering.analysis.money import county
from steering.analysis.money.county import YearMoney
from steering.analysis.money.remarks import remarks
from steering.analysis.needs import coverage as need_coverage
from steering.analysis.needs import directory as need_directory
from steering.analysis.paper.comparison import Comparison, changes_of, comparison
from steering.analysis.paper.left_out import left_out
from steering.analysis.paper.questions import PaperQuestions, questions
from steering.analysis.paper.scenarios import scenarios
from steering.analysis.paper.subjects import About, PaperScope, PaperSubject, members, scope, within
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario
from steering.analysis.structures import decisions, own_ends
from steering.analysis.structures.inventory import inventory
from steering.analysis.structures.running_on import running_on
from steering.analysis.view import View
from steering.model import ExtensionRule, MeasureStatus, OnLoss
from steering.model.vocabulary import word

BUDGET_YEARS = 4


@dataclass(frozen=True, eq=False)
class Facts:
    """Without examples, and without counts of so few persons that somebody could be recognised: a paper is
    for everyone, whoever writes it. All frames are of the subject alone.

    `portfolio`: the data as they are; `described`: as the paper describes them, with the effects of the
    measures in force where it is written `with_plan`, of `ideas` too on request. `view` has no changes.
    `left_out` as `left_out.left_out`. `structures` as `inventory`, `ends` as `decisions.upcoming`,
    `own_ends` as `own_ends.ahead`, as far as it has its columns, `running_on`: the structures of `ends` that
    the paper counts beyond them,
    `questions`: what is to be decided about them, `found` as `findings.findings`, `unplanned` the same
    without any measure, `needs` as `need_directory.needs` with state, `sheet` the budget years ahead as
    `budget.sheet_with` (with the measure, where the paper is about one), `estimated` what falls on the
    Landkreis in these years, with estimates, `remarks` as
    `remarks.remarks` of the structures in it, `tasks` as `need_directory.tasks`, `measures` as stored,
    `compared`: what the measure, or the plan, brings about; None where the paper leaves both out.
    `scenarios` as `scenarios.scenarios`, on the day `after`.
    """

    portfolio: Portfolio
    described: Portfolio
    view: View
    subject: PaperSubject
    scope: PaperScope
    with_plan: bool
    ideas: bool
    in_force: frozenset[int]
    left_out: dict[str, int]
    structures: pd.DataFrame
    ends: pd.DataFrame
    own_ends: pd.DataFrame
    running_on: frozenset[int]
    questions: PaperQuestions
    found: pd.DataFrame
    unplanned: pd.DataFrame
    needs: pd.DataFrame
    sheet: pd.DataFrame
    estimated: tuple[YearMoney, ...]
    remarks: tuple[str, ...]
    tasks: pd.DataFrame
    measures: pd.DataFrame
    compared: Comparison | None
    after: date
    scenarios: pd.DataFrame

    @property
    def district(self) -> str:
        return str(self.portfolio.settings["district_name"])

    @property
    def every_end(self) -> pd.DataFrame:
        """The ends of money and those of structures, soonest first: structure_id, name, end, on_loss."""
        columns = ["structure_id", "name", "end", "on_loss"]
        both = pd.concat([self.ends[columns], self.own_ends[columns]], ignore_index=True)
        return both.sort_values(["end", "name"], kind="stable")

    @property
    def measure(self) -> pd.Series | None:
        """The measure that the paper is about, if it is about one."""
        if self.subject.about != About.MEASURE:
            return None
        rows = self.portfolio.measures
        return rows[rows["id"] == int(self.subject.key)].iloc[0]


def facts(
    portfolio: Portfolio, view: View, subject: PaperSubject, with_plan: bool = False, ideas: bool = False
) -> Facts:
    """Everything a paper about a subject says, as figures; the view's own changes are left out."""
    portfolio = discretion.levelled(portfolio)
    known, view = portfolio.without_examples(), view.without_changes
    in_force = frozenset(plan.in_force(known, ideas=ideas))
    described = scenario.apply(known, changes_of(known, in_force)) if with_plan else known
    about = scope(known, view, subject)
    ends = decisions.by_structure(decisions.upcoming(known, view))
    needs = need_directory.needs(known).merge(need_coverage.met(described, view), on="need_id")
    tasks = need_directory.tasks(known)
    if about.structures is not None and about.tasks is not None:
        ends = ends[ends["structure_id"].isin(about.structures)]
        needs, tasks = needs[needs["task_id"].isin(about.tasks)], tasks[tasks["task_id"].isin(about.tasks)]
    else:
        tasks = tasks[tasks["task_id"].isin(known.responsibilities["task_id"])]
    compared = _compared(known, view, subject, about, in_force if with_plan else None)
    after = _day_to_compare(known, view, subject, ends, compared)
    found = within(findings.findings(described, view), about)
    unplanned = within(findings.findings(known, view), about) if with_plan else found
    measures = _measures(known, about, subject)
    sheet, remarked, estimated = _sheet(
        known, view, subject, about, in_force if with_plan else frozenset(), measures
    )
    return Facts(
        portfolio=known,
        described=described,
        view=view,
        subject=subject,
        scope=about,
        with_plan=with_plan,
        ideas=ideas,
        in_force=in_force,
        left_out=left_out(portfolio, about),
        structures=_of(inventory(described, view), described, about),
        ends=ends.reset_index(drop=True),
        own_ends=_own_ends(known, view, about),
        running_on=running_on(known, plan.planned(view, changes_of(known, in_force)) if with_plan else view),
        questions=questions(portfolio, described, view, subject, about),
        found=found.reset_index(drop=True),
        unplanned=unplanned.reset_index(drop=True),
        needs=needs.reset_index(drop=True),
        sheet=sheet,
        estimated=estimated,
        remarks=remarked,
        tasks=tasks.reset_index(drop=True),
        measures=measures,
        compared=compared,
        after=after,
        scenarios=scenarios(
            known, view, about, _own(subject), in_force, frozenset(measures["id"].astype(int)), after
        ),
    )


def _own_ends(known: Portfolio, view: View, about: PaperScope) -> pd.DataFrame:
    found = own_ends.ahead(known, view.today)
    if about.structures is not None:
        found = found[found["structure_id"].isin(about.structures)]
    # Nobody applies for their going on, and whatever becomes of money, they do not.
    found = found.assign(apply_by=pd.Timestamp("NaT"), on_loss=OnLoss.ENDS.value)
    return found.reset_index(drop=True)


def _own(subject: PaperSubject) -> frozenset[int]:
    return frozenset([int(subject.key)]) if subject.about == About.MEASURE else frozenset()


def _of(rows: pd.DataFrame, described: Portfolio, about: PaperScope) -> pd.DataFrame:
    who = members(described, about)
    return (rows if who is None else rows[rows["structure_id"].isin(who)]).reset_index(drop=True)


def _compared(
    known: Portfolio, view: View, subject: PaperSubject, about: PaperScope, in_force: frozenset[int] | None
) -> Comparison | None:
    own = _own(subject)
    if own:  # What a measure closes may lie outside its own tasks.
        return comparison(known, view, (in_force or frozenset()) - own, own, PaperScope())
    return None if in_force is None else comparison(known, view, frozenset(), in_force, about)


def _day_to_compare(
    known: Portfolio, view: View, subject: PaperSubject, ends: pd.DataFrame, compared: Comparison | None
) -> date:
    """The day on which the scenarios part: after the first end, or when a measure begins to close."""
    if subject.about == About.MEASURE and compared is not None:
        begun = known.measures.set_index("id")["start"][int(subject.key)]
        days = [pd.Timestamp(view.as_of), begun, compared.closed["start"].min()]
        return max(day for day in days if pd.notna(day)).date()
    return ends["end"].min().date() + timedelta(days=1) if len(ends) else date(view.as_of.year + 1, 1, 1)


def _sheet(
    known: Portfolio,
    view: View,
    subject: PaperSubject,
    about: PaperScope,
    in_force: frozenset[int],
    measures: pd.DataFrame,
) -> tuple[pd.DataFrame, tuple[str, ...], tuple[YearMoney, ...]]:
    """The budget years ahead, what is to be said about the money in them, what is estimated."""
    acting = in_force | _own(subject)
    paid = scenario.apply(known, changes_of(known, acting))
    rows = budget.sheet_with(paid, view, acting & frozenset(measures["id"]))
    structure = rows["of"] == budget.STRUCTURE
    who = members(paid, about)
    keep = ~structure | (True if who is None else rows["id"].isin(who))
    year = rows["year"]
    ahead = (year >= view.today.year) & (year < view.today.year + BUDGET_YEARS)
    shown = rows[keep & ahead].reset_index(drop=True)
    in_it = shown.loc[shown["of"] == budget.STRUCTURE, "id"]
    flows = county.reckoned(paid, view)
    flows = flows[flows["structure_id"].isin(in_it)]
    estimated = county.per_year(flows, view.horizon, sorted(map(int, shown["year"].unique())))
    return shown, remarks(paid, view, set(in_it)), estimated


def _measures(portfolio: Portfolio, about: PaperScope, subject: PaperSubject) -> pd.DataFrame:
    rows = portfolio.measures
    if about.tasks is not None:
        links = portfolio.measure_tasks
        of_tasks = links.loc[links["task_id"].isin(about.tasks), "measure_id"]
        rows = rows[rows["id"].isin(of_tasks) | rows["id"].isin(_own(subject))]
    return rows.sort_values(["start", "name"]).reset_index(drop=True)


def standpoint(facts: Facts) -> str:
    """From where the paper looks: data, day, scenario, and whether measures are counted."""
    view = facts.view
    rule = {
        ExtensionRule.SECURED: "gezählt wird nur, was bewilligt oder dauerhaft ist",
        ExtensionRule.EXPECTED: "gezählt wird auch, was beantragt oder in Aussicht gestellt ist",
        ExtensionRule.OPTIMISTIC: "gezählt wird auch, wessen Verlängerung ungeklärt ist",
    }[view.scenario.rule]
    return (
        f"Die Angaben beruhen auf den Daten vom {view.today:%d.%m.%Y} und gelten für den Stichtag "
        f"{view.as_of:%d.%m.%Y} im Szenario »{word(view.scenario.rule)}« ({rule}), {_with_or_without(facts)}."
        f"{_arrivals(facts)}"
    )


def _arrivals(facts: Facts) -> str:
    """Which variant of the forecasts it counts with, where there is any."""
    if not has_forecasts(facts.portfolio, facts.view.today):
        return ""
    return (
        f" Für die Zeit danach rechnet die Vorlage mit der Variante »{word(facts.view.arrivals)}« der "
        "Prognosen; ohne Prognose gilt der letzte Wert einer Kennzahl fort."
    )


def _with_or_without(facts: Facts) -> str:
    if not facts.with_plan:
        return "ohne die Maßnahmen des Masterplans"
    if facts.portfolio.measures.empty:
        return "mit dem Masterplan, zu dem noch keine Maßnahme erfasst ist"
    statuses = "die geplant oder beschlossen sind oder laufen"
    ideas = ", und mit den Ideen" if facts.ideas else ""
    rest = "" if changes_of(facts.portfolio, facts.in_force) else "; noch hat keine von ihnen eine Wirkung"
    return f"mit den Maßnahmen des Masterplans, {statuses}{ideas}{rest}"


def plan_words(facts: Facts) -> str:
    """The same in a word, for the footer."""
    if not facts.with_plan:
        return "ohne Masterplan"
    return "mit Masterplan und Ideen" if facts.ideas else "mit Masterplan"


def is_completed(measure: pd.Series) -> bool:
    """Whether what a measure brings about is in the data already."""
    return bool(measure["status"] == MeasureStatus.COMPLETED)
