"""Programmes that could pay for what ends, or for a need that is not met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from steering.analysis.findings.endings import warned_until
from steering.analysis.findings.situation import Situation
from steering.analysis.intervals import days, ends
from steering.analysis.lives import spans
from steering.analysis.portfolio import Portfolio
from steering.analysis.potentials.programmes import APPLICANT_OF, Offer, ToPayFor, offers, terms
from steering.analysis.potentials.proposal import ProposalKind, ProposedPotential
from steering.analysis.structures.directory import directory
from steering.model import Applicant, Extension, FindingKind, Level, Provenance, Role
from steering.model.german import count, day
from steering.model.vocabulary import word

# Nobody looks for other money where nothing is needed, or where an answer is on its way.
_CARED_FOR = (Extension.NOT_NEEDED, Extension.APPLIED, Extension.EXPECTED)
_OF_STRUCTURES = ["structure_id", "name", "organisation_short", "level", "municipalities", "provenance"]
_OF_DUTIES = ["structure_id", "task_id", "valid_from", "valid_until", "provenance"]
_DOING = (Role.LEAD, Role.DELIVER, Role.SUPPORT)


def for_ends(portfolio: Portfolio, today: date) -> list[ProposedPotential]:
    """One proposal for each structure whose carrying money ends within the warning time; the first end first.

    Only where some programme could pay.
    """
    known, ending = _Known(portfolio, today), _ending(portfolio, today)
    tasks, paid = _tasks(portfolio, ending), _paying(portfolio, ending)
    rows = directory(portfolio)
    rows = rows.loc[rows["structure_id"].isin(list(ending)), _OF_STRUCTURES]
    structures = {row["structure_id"]: row for row in rows.to_dict("records")}
    found = []
    for key, members in ending.items():
        last, about = members[0]["end"].date(), structures[key]
        valid = [row for row in tasks.get(key, []) if _on(row, last)]
        wanted = ToPayFor(
            *known.named({row["task_id"] for row in valid}),
            (APPLICANT_OF[Level(about["level"])],),
            last + timedelta(days=1),
            paid.get(key, frozenset()),
        )
        best = known.offers(wanted)
        if best:
            found.append(
                known.proposal(
                    best, wanted,
                    key=f"{ProposalKind.PAYS}/s{key}",
                    facts=[f"f{row['id']} {last}" for row in members],
                    name=f"{about['name']}: Programme für die Zeit nach dem {day(last)}",
                    reckoning=(
                        f"Die tragende Förderung von »{about['name']}« ({about['organisation_short']}) endet "
                        f"am {day(last)}; dass es danach weitergeht, ist nicht erfasst."
                    ),
                    places=about["municipalities"],
                    example=_invented(about, *members, *valid),
                )
            )  # fmt: skip
    return found


def for_needs(situation: Situation, unmet: pd.DataFrame) -> list[ProposedPotential]:
    """One proposal for each need that is not met on the day looked at, in the order of findings.

    `situation`: of a horizon of one day, which is today; `unmet`: as `findings.rules` says of it. Only where
    some programme could pay.
    """
    portfolio, today = situation.portfolio, situation.view.today
    known = _Known(portfolio, today)
    needs = {row["id"]: row for row in portfolio.needs.to_dict("records")}
    found = []
    for need, rows in unmet.groupby("need_id", sort=False):
        key = int(str(need))
        row, kind = needs[key], word(FindingKind(rows["kind"].iloc[0]))
        wanted = _for_need(known, row, today)
        best = known.offers(wanted)
        if best:
            found.append(
                known.proposal(
                    best, wanted,
                    key=f"{ProposalKind.PAYS}/n{key}",
                    facts=sorted(set(rows["kind"])),
                    name=f"{next(iter(wanted.tasks.values()))}: Programme für den Bedarf »{row['name']}«",
                    reckoning=f"Der Bedarf »{row['name']}« ist am {day(today)} nicht gedeckt ({kind}).",
                    places=frozenset().union(*rows["municipalities"]),
                    example=_invented(row),
                )
            )  # fmt: skip
    return found


def paying_for(portfolio: Portfolio, today: date, need: int, start: date | None) -> list[Offer]:
    """The programmes that could pay for a need from a day on; from today where that is past or open."""
    known = _Known(portfolio, today)
    rows = portfolio.needs
    found = rows[rows["id"] == need].to_dict("records")
    return known.offers(_for_need(known, found[0], max(start or today, today))) if found else []


def _for_need(known: _Known, row: Mapping[Any, Any], on: date) -> ToPayFor:
    """Who could apply: whom the need is limited to; else the Landkreis, before all kinds of carriers here."""
    if row["level"] in tuple(Level):
        asked = [APPLICANT_OF[Level(row["level"])]]
    else:
        asked = [Applicant.COUNTY, *(who for who in Applicant if who in known.carriers)]
    return ToPayFor(*known.named({int(row["task_id"])}), tuple(dict.fromkeys(asked)), on)


class _Known:
    """A Portfolio's programmes, asked what could pay. `carriers`: as whom those that are recorded apply."""

    def __init__(self, portfolio: Portfolio, today: date) -> None:
        self._today, self._programmes = today, terms(portfolio)
        self._district = str(portfolio.settings["district_key"])
        self._fields = dict(zip(portfolio.fields["id"], portfolio.fields["name"], strict=True))
        self._tasks = {row["id"]: row for row in portfolio.tasks.to_dict("records")}
        levels = portfolio.organisations["level"].unique()
        self.carriers = {APPLICANT_OF[Level(level)] for level in levels} - {Applicant.AUTHORITY}

    def offers(self, wanted: ToPayFor) -> list[Offer]:
        return offers(self._programmes, wanted, self._today, self._district)

    def named(self, tasks: set[int]) -> tuple[dict[int, str], dict[int, str]]:
        """The tasks and their Handlungsfelder, with names."""
        rows = [self._tasks[key] for key in sorted(tasks) if key in self._tasks]
        return (
            {row["id"]: row["name"] for row in rows},
            {row["field_id"]: self._fields[row["field_id"]] for row in rows},
        )

    def proposal(
        self,
        best: list[Offer],
        wanted: ToPayFor,
        *,
        key: str,
        facts: Iterable[str],
        name: str,
        reckoning: str,
        places: frozenset[str],
        example: bool,
    ) -> ProposedPotential:
        many = count(len(self._programmes), "erfassten Programm", "erfassten Programmen")
        left = "kommt 1" if len(best) == 1 else f"kommen {len(best)}"
        silent = sum(not each.has_purpose for each in self._programmes)
        unknown = f" Bei {silent} von {many} ist nicht erfasst, wofür sie zahlen." if silent else ""
        return ProposedPotential(
            rule=ProposalKind.PAYS,
            key=key,
            facts=";".join([*facts, *sorted(f"p{each.terms.id}" for each in best)]),
            name=name,
            reckoning=f"{reckoning} Von {many} {left} infrage:",
            options=tuple(each.words for each in best),
            against=f"Ob ein Antrag Aussicht hat und ob Mittel da sind, ist nicht erfasst.{unknown}",
            idea="Bei der Bewilligungsstelle fragen, ob das Vorhaben passt und was ein Antrag braucht.",
            field_id=next(iter(wanted.fields)) if len(wanted.fields) == 1 else None,
            municipalities=places,
            example=example or any(each.terms.example for each in best),
        )


def _invented(*rows: Mapping[Any, Any]) -> bool:
    return any(row["provenance"] == Provenance.EXAMPLE for row in rows)


def _ending(portfolio: Portfolio, today: date) -> dict[int, list[dict[Any, Any]]]:
    """Each structure's last carrying fundings that end within the warning time; the first end first."""
    fundings = portfolio.fundings
    known = ends.terms(fundings, "start", "end")
    rows = spans.last_carrying(fundings, known, today)
    found = fundings[["id", "structure_id", "extension", "provenance"]].iloc[rows]
    found = found.assign(end=days.dates(known.end[rows]))
    found = found[~found["extension"].isin(_CARED_FOR) & (found["end"] <= warned_until(portfolio, today))]
    told: dict[int, list[dict[Any, Any]]] = {}
    for row in found.sort_values(["end", "structure_id", "id"]).to_dict("records"):
        told.setdefault(row["structure_id"], []).append(row)
    return told


def _tasks(portfolio: Portfolio, structures: Collection[int]) -> dict[int, list[dict[Any, Any]]]:
    """What each of these structures does, whenever."""
    rows = portfolio.responsibilities
    rows = rows.loc[rows["role"].isin(_DOING) & rows["structure_id"].isin(list(structures)), _OF_DUTIES]
    found: dict[int, list[dict[Any, Any]]] = {}
    for row in rows.to_dict("records"):
        found.setdefault(row["structure_id"], []).append(row)
    return found


def _on(row: Mapping[Any, Any], last: date) -> bool:
    on = pd.Timestamp(last)
    return not (row["valid_from"] > on or row["valid_until"] < on)


def _paying(portfolio: Portfolio, structures: Collection[int]) -> dict[int, frozenset[int]]:
    """The programmes of the fundings of each of these structures."""
    rows = portfolio.fundings[["structure_id", "programme_id"]].dropna()
    rows = rows[rows["structure_id"].isin(list(structures))]
    found: defaultdict[int, set[int]] = defaultdict(set)
    for structure, programme in zip(
        rows["structure_id"].tolist(), rows["programme_id"].tolist(), strict=True
    ):
        found[structure].add(int(programme))
    return {key: frozenset(programmes) for key, programmes in found.items()}
