"""Whom a finding, a measure, an agreement or whatever else a point is about concerns."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from steering.analysis.dates.due import Audience, examples, of_structures, together
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.directory import lineages
from steering.model import Subject
from steering.model.finding_keys import FindingKey
from steering.model.german import listing
from steering.model.vocabulary import word


class NamedByFindings:
    """What the key of a finding names: structures, a task, a need."""

    def __init__(self, portfolio: Portfolio) -> None:
        fields = portfolio.fields.set_index("id")["slug"]
        tasks = portfolio.tasks.set_index("id")
        self._names = portfolio.names("structure").to_dict()
        self._scopes = of_structures(portfolio)
        self._tasks = dict(zip(tasks.index, tasks["name"], strict=True))
        self._fields = dict(zip(tasks.index, tasks["field_id"].map(fields), strict=True))
        self._needs = set(portfolio.needs["id"])
        self._invented, self._invented_needs = examples(portfolio.structures), examples(portfolio.needs)

    def finding(self, key: str, seen: str) -> tuple[str, list[str], Audience, bool] | None:
        """What it is about, who takes part, whom it concerns, whether it rests on examples.

        None where something that it names is not there.
        """
        named = FindingKey.read(key)
        if named is None:
            return None
        members, about = named.participants, named.task
        needs = set() if named.need is None else {named.need}
        if not (set(members) <= set(self._names) and needs <= self._needs):
            return None
        if about is not None and about not in self._tasks:
            return None
        scope = together([self._scopes[member] for member in members])
        places = frozenset(seen.split()) or scope.municipalities
        fields = scope.fields if about is None else frozenset([self._fields[about]])
        whose = self._tasks[about] if about is not None else listing([self._names[one] for one in members])
        names = [self._names[one] for one in members] if about is not None else []
        subject = f"{word(named.kind)} – {whose}" if whose else word(named.kind)
        example = bool(self._invented & set(members) or self._invented_needs & needs)
        return subject, names, Audience(scope.levels, scope.organisations, fields, places), example


def of_organisations(portfolio: Portfolio) -> dict[int, Audience]:
    """An organisation with those above it, by its id."""
    rows = portfolio.organisations.set_index("id")
    above = lineages(rows)
    return {
        key: Audience(frozenset([level]), above[key])
        for key, level in zip(rows.index, rows["level"], strict=True)
    }


def of_measures(portfolio: Portfolio) -> dict[int, Audience]:
    """Who is responsible for a measure, its Handlungsfeld and where it acts, by its id."""
    return _placed(portfolio, portfolio.measures)


def of_potentials(portfolio: Portfolio) -> dict[int, Audience]:
    """Who looks after a potential, its Handlungsfeld and where it is, by its id."""
    return _placed(portfolio, portfolio.potentials)


def _placed(portfolio: Portfolio, rows: pd.DataFrame) -> dict[int, Audience]:
    """The organisation, field and area of records that name one of each; without an area everywhere."""
    carriers, everywhere = of_organisations(portfolio), frozenset(portfolio.municipalities["ags"])
    fields = {key: frozenset([slug]) for key, slug in portfolio.fields.set_index("id")["slug"].items()}
    members = portfolio.area_municipalities
    places = {key: frozenset(group) for key, group in members.groupby("area_id")["ags"]}
    return {
        row["id"]: carriers.get(row["organisation_id"], Audience())
        | Audience(
            fields=fields.get(row["field_id"], frozenset()),
            municipalities=places.get(row["area_id"], everywhere),
        )
        for row in rows.astype(object).to_dict("records")
    }


def of_agreements(portfolio: Portfolio) -> dict[int, Audience]:
    """Whom each agreement concerns: its parties and the fields of its tasks, wherever that is."""
    organisations = portfolio.organisations.set_index("id")
    levels, slugs = organisations["level"].to_dict(), organisations["slug"].to_dict()
    parties = {
        key: [Audience(frozenset([levels[one]]), frozenset([slugs[one]])) for one in group]
        for key, group in portfolio.agreement_organisations.groupby("agreement_id")["organisation_id"]
    }
    fields = portfolio.tasks.set_index("id")["field_id"].map(portfolio.fields.set_index("id")["slug"])
    rows = portfolio.agreement_tasks
    tasks = {
        key: [Audience(fields=frozenset(group))]
        for key, group in rows["task_id"].map(fields).groupby(rows["agreement_id"])
    }
    everywhere = Audience(municipalities=frozenset(portfolio.municipalities["ags"]))
    return {
        key: together([*parties.get(key, []), *tasks.get(key, []), everywhere])
        for key in portfolio.agreements["id"]
    }


class Subjects:
    """Whom the points of a round concern."""

    def __init__(self, portfolio: Portfolio) -> None:
        structures = of_structures(portfolio)
        fundings = portfolio.fundings
        self._findings = NamedByFindings(portfolio)
        self._scopes: Mapping[Subject, Mapping[int, Audience]] = {
            Subject.STRUCTURE: structures,
            Subject.FUNDING: {
                key: structures[structure]
                for key, structure in zip(fundings["id"], fundings["structure_id"], strict=True)
            },
            Subject.MEASURE: of_measures(portfolio),
            Subject.AGREEMENT: of_agreements(portfolio),
            Subject.POTENTIAL: of_potentials(portfolio),
        }

    def scope(self, subject: Subject, key: str) -> Audience:
        """Whom it concerns: everyone, where it is about nothing that the filters know."""
        if subject == Subject.FINDING:
            found = self._findings.finding(key, "")
            return found[2] if found else Audience(everyone=True)
        number = int(key) if key.isdecimal() else -1
        return self._scopes.get(subject, {}).get(number, Audience(everyone=True))
