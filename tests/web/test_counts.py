"""One count for one thing: wherever it stands, in every scenario, whatever is filtered, it is one number.

Each concept has its places, as functions of view and filters; a place that deviates is named.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd
import pytest

from steering.analysis.agenda import agenda
from steering.analysis.changes import AddStructure, ExtendFunding, NewResponsibility
from steering.analysis.findings import counted as finding_counts
from steering.analysis.findings import kinds
from steering.analysis.lives import lifecycle
from steering.analysis.masterplan import counted as plan_counts
from steering.analysis.masterplan.proof import proof
from steering.analysis.needs import counted as need_counts
from steering.analysis.paper import annexes, scenarios, sentences
from steering.analysis.paper.facts import Facts, facts
from steering.analysis.paper.subjects import PaperSubject
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario
from steering.analysis.structures import counted
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import Horizon, Scenario, View
from steering.charts.theme import LIGHT
from steering.model import ExtensionRule, FindingKind, Level, Provenance, Role, StructureKind
from steering.model.vocabulary import word
from steering.web import current, filters, presets, results
from steering.web.gaps import matrix, on_map, open_tasks
from steering.web.gaps import rows as gap_rows
from steering.web.map import rows as map_rows
from steering.web.masterplan import bearers
from steering.web.masterplan import proof as plan_proof
from steering.web.needs import page as need_page
from steering.web.needs import rows as need_rows
from steering.web.needs import survey as need_survey
from steering.web.overview import open_questions, posts
from steering.web.overview import page as overview
from steering.web.responsibilities import findings as responsibility_findings
from steering.web.responsibilities import overlaps
from steering.web.responsibilities import page as responsibilities
from steering.web.responsibilities import rows as matrix_rows
from steering.web.responsibilities import tasks as matrix_tasks
from steering.web.structures import page as structure_page
from steering.web.structures import rows as structure_rows
from steering.web.timeline import page as timeline
from tests import builders
from tests.generated import MUNICIPALITIES, generated

TODAY = date(2026, 11, 22)
HORIZON = Horizon.around(TODAY, 1, 9)
YEAR = (date(2027, 1, 1), date(2027, 12, 31))
Place = Callable[[View, Selection], int | None]
FILTERS = {
    "nothing": Selection(),
    "a field": Selection(fields=frozenset({"sprache"})),
    "two municipalities": Selection(municipalities=frozenset(ags for ags, _, _ in MUNICIPALITIES[:2])),
    "a level": Selection(levels=frozenset({Level.COUNTY.value})),
    "a house": Selection(organisations=frozenset({"landratsamt"})),
}
RULES = list(ExtensionRule)
WITH_NEEDS = 4  # in so many tasks of five
STRUCTURES = 60


@cache
def generated_world() -> Portfolio:
    """One with needs of every sort, and with structures that have their seat nowhere or elsewhere."""
    base, chance = generated(STRUCTURES, 1), random.Random(1)
    wanted = [
        builders.need(
            id=task,
            task_id=task,
            area_id=chance.randint(1, 18),
            quantity=chance.choice((None, None, 5.0)),
            unit="fte",
            valid_from=chance.choice((None, None, date(2027, 6, 1))),
        )
        for task in base.tasks["id"]
        if task % 5 < WITH_NEEDS
    ]
    for need in wanted:
        if need["quantity"] is None:
            need["unit"] = None
    needs = builders.frame(builders.TYPES["needs"], wanted)
    elsewhere = {0: None, 1: "09464000"}
    seats = [elsewhere.get(place % 4, seat) for place, seat in enumerate(base.structures["seat_ags"])]
    structures = base.structures.assign(seat_ags=pd.array(seats, dtype="str"))
    return replace(
        base,
        dataset_id="counts",
        frames={**base.frames, "need": needs, "structure": structures},
    )


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Portfolio:
    """Pages read this world instead of a database."""
    found = generated_world()
    monkeypatch.setattr(current, "_key", lambda: ("", found.dataset_id, 1, False, False))
    monkeypatch.setattr(results, "portfolio", lambda *_key: found)
    monkeypatch.setattr(current, "today", lambda: TODAY)
    monkeypatch.setattr(current, "discreet", lambda: False)
    return found


def views() -> list[View]:
    """Each scenario, two days, and one with a plan that adds a structure to who leads a task."""
    days = (TODAY, date(2027, 7, 1), TODAY)
    plain = [View(day, TODAY, HORIZON, Scenario(rule)) for rule, day in zip(RULES, days, strict=True)]
    planned = Scenario(ExtensionRule.SECURED, (added(generated_world()),))
    return [*plain, View(TODAY, TODAY, HORIZON, planned)]


def added(found: Portfolio) -> AddStructure:
    """A post of the Landkreis that leads, from now on, a task that somebody leads for its area already."""
    leads = found.responsibilities[found.responsibilities["role"] == Role.LEAD].iloc[0]
    roots = found.organisations[found.organisations["level"] == Level.COUNTY]
    task, area = int(leads["task_id"]), int(leads["area_id"])
    return AddStructure(
        name="Neue Stelle", kind=StructureKind.POST, organisation_id=int(roots["id"].iloc[0]), fte=1.0,
        responsibilities=(NewResponsibility(task_id=task, area_id=area, role=Role.LEAD),),
    )  # fmt: skip


def promised(found: tuple[presets.FigureLink, ...], rows: presets.CountedRows) -> int | None:
    """What ways say of these rows; None where there is no way to them."""
    return next((number for each, number, _ in found if each == rows), None)


def said(pattern: str, text: str) -> int | None:
    """The number in a sentence."""
    found = re.search(pattern, text.replace("*", "").replace("\\", "").replace("\N{NO-BREAK SPACE}", " "))
    return (int(found[1]) if found[1].isdecimal() else 1) if found else None


def in_the_paper(figure: Callable[[Facts], int | None]) -> Place:
    """What a paper about everything says; none of these is about what filters leave."""
    return lambda at, chosen: None if chosen.active else figure(paper(at))


@cache
def paper(at: View) -> Facts:
    """Written with what the view assumes, and as if nothing were an example: papers leave both out."""
    known = scenario.apply(current.portfolio(), at.scenario.changes)
    documented = {
        name: rows.assign(provenance=Provenance.DOCUMENTED.value) if "provenance" in rows else rows
        for name, rows in known.frames.items()
    }
    return facts(replace(known, dataset_id="documented", frames=documented), at, PaperSubject())


def in_the_table(column: str, pattern: str = r"(\d+)") -> Place:
    """What the table of scenarios says, where it is of the Stichtag itself."""
    return in_the_paper(lambda of: said(pattern, _cell(of, column)))


def _cell(of: Facts, column: str) -> str:
    at, nothing = of.view, frozenset[int]()
    of_the_day = scenarios.scenarios(of.described, at, of.scope, nothing, nothing, nothing, at.as_of)
    table = annexes.scenarios(replace(of, scenarios=of_the_day))
    row = next(row for row in table.rows if row[0] == word(at.scenario.rule))
    return str(row[table.columns.index(column)])


RUNNING: dict[str, Place] = {
    "Strukturen": lambda at, chosen: structure_rows.size(at, chosen, presets.RUNNING),
    "Strukturen, Satz": lambda at, chosen: said(
        r"(?:läuft|laufen) (\d+)", structure_page._sentence(at, chosen)
    ),
    "Strukturen, Weg": lambda at, chosen: promised(structure_page._ways(at, chosen), presets.RUNNING),
    "Lagebild": lambda at, chosen: int(overview._figures(at, chosen)[0][1]),
    "Karte": lambda at, chosen: map_rows.counts(at, chosen)[presets.RUNNING],
    "Karte, Teile": lambda at, chosen: sum(
        map_rows.counts(at, chosen)[each]
        for each in (presets.SEATED, presets.ELSEWHERE, presets.WITHOUT_SEAT)
    ),
    "Regel": lambda at, chosen: len(
        lifecycle.on_day(current.portfolio(), at)
        .query("state == 'running'")
        .merge(filters.selected(at, chosen)[["structure_id"]])
    ),
    "Vorlage, Satz": in_the_paper(lambda of: said(r"(?:läuft|laufen) (\d+) ", sentences.existing(of))),
    "Vorlage, Tabelle": in_the_table("laufen"),
}  # fmt: skip
UNCERTAIN: dict[str, Place] = {
    "Strukturen": lambda at, chosen: structure_rows.size(at, chosen, presets.UNCERTAIN),
    "Lagebild": lambda at, chosen: int(overview._figures(at, chosen)[3][1]),
    "Karte": lambda at, chosen: map_rows.counts(at, chosen)[presets.UNCERTAIN],
    "Zeitachse": lambda at, chosen: promised(timeline._ways(at, chosen), presets.UNCERTAIN),
    "Vorlage, Satz": in_the_paper(
        lambda of: (
            said(r"Bei (\d+|einer) (?:weiteren )?Struktur\w* ist nicht bekannt", sentences.existing(of)) or 0
        )
    ),
    "Vorlage, Tabelle": in_the_table("ungewiss"),
}
FTE_NOT_KNOWN: dict[str, Place] = {
    "Strukturen": lambda at, chosen: structure_rows.size(at, chosen, presets.FTE_NOT_KNOWN),
    "Lagebild, Weg": lambda at, chosen: overview._figures(at, chosen)[1][3][1],
    "Lagebild, Karte": lambda at, chosen: said(r"bei (\d+) von", overview._figures(at, chosen)[1][2]) or 0,
    "Vorlage, Satz": in_the_paper(lambda of: said(r"für (\d+) von", sentences.existing(of)) or 0),
    "Vorlage, Tabelle": in_the_table("VZÄ der laufenden", r"für (\d+) von"),
}
WITH_POSTS: dict[str, Place] = {
    "Regel": lambda at, chosen: len(counted.with_posts(counted.running(filters.selected(at, chosen)))),
    "Lagebild, Karte": lambda at, chosen: said(r"von (\d+) Struktur", overview._figures(at, chosen)[1][2]),
    "Lagebild, Satz": lambda at, chosen: said(r"von \d+ der (\d+) Struktur", posts.sentence(at, chosen)),
    "Vorlage, Satz": in_the_paper(lambda of: said(r"für \d+ von (\d+) ", sentences.existing(of))),
    "Vorlage, Tabelle": in_the_table("VZÄ der laufenden", r"für \d+ von (\d+) "),
}
WITHOUT_SEAT: dict[str, Place] = {
    "Strukturen": lambda at, chosen: structure_rows.size(at, chosen, presets.WITHOUT_SEAT),
    "Karte": lambda at, chosen: map_rows.counts(at, chosen)[presets.WITHOUT_SEAT],
    "Karte, Liste": lambda at, chosen: int((map_rows.without_seat(at, chosen)["Läuft"] == "ja").sum()),
}
SEATED: dict[str, Place] = {
    "Strukturen": lambda at, chosen: structure_rows.size(at, chosen, presets.SEATED),
    "Karte, Gemeinden": lambda at, chosen: int(map_rows.places(at, chosen)["on_the_spot"].sum()),
}
ENDING: dict[str, Place] = {
    "Strukturen": lambda at, chosen: structure_rows.size(at, chosen, presets.ENDING),
    "Lagebild": lambda at, chosen: int(overview._figures(at, chosen)[2][1]),
}
INCOMPLETE: dict[str, Place] = {
    "Strukturen": lambda at, chosen: structure_rows.size(at, chosen, presets.INCOMPLETE),
    "Lagebild, Satz": lambda at, chosen: _incomplete_said(overview._unknowns(at, chosen)[0]),
    "Koordinierungsrunde": lambda at, chosen: _on_the_agenda(at, chosen),
    "Spalte Angaben": lambda at, chosen: int(
        (_there(at, chosen)["Es fehlt"] != "–").sum()
    ),
    "Vorlage": in_the_paper(
        lambda of: said(r"Angaben fehlen zu (\d+|einer) Struktur", sentences.assessment(of))
    ),
}  # fmt: skip
OPEN_TASKS: dict[str, Place] = {
    "Lücken, Liste": lambda at, chosen: len(open_tasks.listed(at, chosen, presets.OPEN_TASKS.preset)),
    "Lücken, Satz": lambda at, chosen: len(gap_rows.of_state(gap_rows.on_day(at, chosen))[0]),
    "Lagebild": lambda at, chosen: promised(open_questions._told(at, chosen)[1], presets.OPEN_TASKS),
    "Bedarfe": lambda at, chosen: promised(need_page._ways(at, chosen), presets.OPEN_TASKS),
    "Bedarfe, Stand": lambda at, chosen: _tasks_of_unmet_needs(at, chosen),
    "Karte der Lücken": lambda at, chosen: _named_on_the_map(on_map._beside(at, chosen)),
    "Matrix je Gemeinde": lambda at, chosen: _in_cells(matrix.by_place(at, chosen)),
    "Masterplan": lambda at, chosen: len(_in_the_proof(at, chosen, kinds.OPEN)),
}
UNCERTAIN_TASKS: dict[str, Place] = {
    "Lücken, Liste": lambda at, chosen: len(open_tasks.listed(at, chosen, presets.UNCERTAIN_TASKS.preset)),
    "Lücken, Satz": lambda at, chosen: len(gap_rows.of_state(gap_rows.on_day(at, chosen))[1]),
    "Lagebild": lambda at, chosen: promised(open_questions._told(at, chosen)[1], presets.UNCERTAIN_TASKS),
}
NOT_SURVEYED: dict[str, Place] = {
    "Lücken": lambda _at, chosen: len(gap_rows.survey(chosen).unknown),
    "Bedarfe, Liste": lambda _at, chosen: len(need_survey.tasks(chosen, presets.NOT_SURVEYED.preset)),
    "Bedarfe, Satz": lambda _at, chosen: said(r"Zu (\d+) Aufgabe", need_survey._survey_words(chosen)),
}
SEVERAL_LEADS: dict[str, Place] = {
    "Zuständigkeiten, Weg": lambda at, chosen: promised(
        responsibilities._ways(at, chosen), presets.SEVERAL_LEADS
    ),
    "Zuständigkeiten, Matrix": lambda at, chosen: _rows_of_the_matrix(at, chosen, presets.SEVERAL_LEADS),
    "Zuständigkeiten, Satz": lambda at, chosen: said(
        r"sind bei (\d+) Aufgaben? mehrere", responsibilities._sentences(at, chosen)
    ) or 0,
}  # fmt: skip
LEADS_TO_SETTLE: dict[str, Place] = {
    "Lagebild": lambda at, chosen: promised(open_questions._told(at, chosen)[1], presets.LEAD_TO_SETTLE) or 0,
    "Zuständigkeiten": lambda at, chosen: _rows_of_the_matrix(at, chosen, presets.LEAD_TO_SETTLE),
    "Masterplan": lambda at, chosen: len(_in_the_proof(at, chosen, kinds.UNSETTLED)),
}
WITHOUT_DUTY: dict[str, Place] = {
    "Zuständigkeiten, Weg": lambda at, chosen: promised(
        responsibilities._ways(at, chosen), presets.WITHOUT_DUTY
    ),
    "Zuständigkeiten, Matrix": lambda at, chosen: _rows_of_the_matrix(at, chosen, presets.WITHOUT_DUTY),
    "Zuständigkeiten, Zeile darunter": lambda at, chosen: _shown(at, chosen).nobody,
}
CARRIED: dict[str, Place] = {
    "Wer trägt was, Satz": lambda at, chosen: _said_to_be_carried(
        bearers._sentence(at, *YEAR, chosen, "2027")
    ),
    "Wer trägt was, Tabelle": lambda at, chosen: len(bearers._carried(at, *YEAR, chosen)[0]),
    "Wer trägt was, Rest": lambda at, chosen: (
        len(gap_rows.tasks(chosen)) - len(bearers._carried(at, *YEAR, chosen)[1])
    ),
}
CONCEPTS = {
    "laufen": RUNNING,
    "ungewiss": UNCERTAIN,
    "mit Stellen": WITH_POSTS,
    "ohne bekannte VZÄ": FTE_NOT_KNOWN,
    "ohne Sitz": WITHOUT_SEAT,
    "mit Sitz": SEATED,
    "enden": ENDING,
    "unvollständig": INCOMPLETE,
    "offene Aufgaben": OPEN_TASKS,
    "ungewisse Aufgaben": UNCERTAIN_TASKS,
    "Bedarf nicht erhoben": NOT_SURVEYED,
    "mehrfach federführend": SEVERAL_LEADS,
    "Federführung zu klären": LEADS_TO_SETTLE,
    "ohne Zuständigkeit": WITHOUT_DUTY,
    "getragen": CARRIED,
}


def _in_the_proof(at: View, chosen: Selection, wanted: tuple[FindingKind, ...]) -> frozenset[int]:
    """The tasks with such findings on the Stichtag; without measures the plan leaves open all that is."""
    left = plan_proof.found(at, chosen, ideas=False).left
    return finding_counts.tasks(finding_counts.on_day(left[left["kind"].isin(wanted)], at.as_of))


def _said_to_be_carried(sentence: str) -> int:
    """Those that surely are and those that perhaps are."""
    sure, perhaps = said(r"(\d+) von", sentence) or 0, said(r"Bei (\d+|einer)", sentence)
    return sure + (perhaps or 0)


def _on_the_agenda(at: View, chosen: Selection) -> int | None:
    """What the first round is told; its proposals are of no filter."""
    if chosen.active:
        return None
    points = agenda.proposals(current.portfolio(), at, -1, None)
    (occasion,) = [each.occasion for each in points if each.name == "Angaben fehlen"]
    return said(r": (\d+) Strukturen sind unvollständig", occasion)


def _incomplete_said(sentence: str) -> int:
    found = re.search(r"\*\*(\d+) von (\d+) ", sentence)
    assert found is not None
    return int(found[2]) - int(found[1])


def _there(at: View, chosen: Selection) -> pd.DataFrame:
    """The table of what runs or may run."""
    rows = counted.there(structure_rows.listed(at, chosen))
    shown = structure_page._shown(at, chosen, presets.ALL, "")
    return shown[shown["Struktur"].isin(rows["name"])]


def _tasks_of_unmet_needs(at: View, chosen: Selection) -> int | None:
    """A need's state is of its whole area and of all who provide: only fields cut both alike."""
    if chosen.active and not chosen.fields:
        return None
    rows = need_rows.selected(at, chosen)
    rows = pd.concat([need_counts.unmet(rows), need_counts.partly_met(rows)])
    return int(rows["task_id"].nunique())


def _named_on_the_map(beside: str) -> int:
    return sum(line.startswith("- ") for line in beside.splitlines())


def _in_cells(cells: pd.DataFrame) -> int:
    """The different tasks that the cells name as open."""
    known = cells[cells["open_count"] > 0]
    return len({name for names in known["open"] for name in names.split("; ")})


def _shown(at: View, chosen: Selection, preset: str = presets.ALL) -> matrix_rows.ShownMatrix:
    return matrix_rows.shown(at, chosen, matrix_rows.BY_LEVEL, (), False, preset)


def _rows_of_the_matrix(at: View, chosen: Selection, rows: presets.CountedRows) -> int:
    found = _shown(at, chosen, rows.preset).rows
    assert set(found["task_id"]) == matrix_tasks.of_preset(at, chosen, rows.preset)
    return len(found)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_concept_has_one_number_wherever_it_stands(world, concept):
    numbers: set[int] = set()
    for at in views():
        for name, chosen in FILTERS.items():
            asked = {place: ask(at, chosen) for place, ask in CONCEPTS[concept].items()}
            told = {place: number for place, number in asked.items() if number is not None}
            assert len(set(told.values())) == 1, (concept, at.as_of, at.scenario.rule, name, told)
            numbers |= set(told.values())
    # Where nothing is counted everything agrees; what is uncertain there is, but other structures are surer.
    assert max(numbers) > 0 or concept == "ungewisse Aufgaben"


def test_a_task_with_a_need_stands_in_one_field_on_bedarfe_as_on_luecken(world):
    field = dict(zip(world.fields["id"], world.fields["name"], strict=True))
    for at in views():
        for chosen in (each for each in FILTERS.values() if not each.levels and not each.organisations):
            known = gap_rows.surveyed(chosen)
            surveyed = known.groupby(known["field_id"].map(field))["task_id"].agg(set).to_dict()
            needs = need_rows.selected(at, chosen)
            drawn = need_rows.drawn(needs, past=True)
            on_the_page = needs["task_id"].groupby(drawn["group"].to_numpy()).agg(set).to_dict()
            assert on_the_page == surveyed


def test_a_cell_of_the_square_counts_the_rows_of_its_table(world):
    counted_cells = 0
    for at in views():
        for chosen in FILTERS.values():
            found = overlaps._pairs(at, chosen)
            if found.empty:
                continue
            cells = overlaps._square(at, chosen, LIGHT).data.query("layer == 'cell'")
            numbers = [sum(map(int, text.split("+"))) for text in cells["text"]]
            rows = [
                int(((found["one"] == one) & (found["other"] == other)).sum())
                for one, other in zip(cells["one"], cells["other"], strict=True)
            ]
            assert numbers == rows
            counted_cells += len(rows)
    assert counted_cells


def test_the_findings_below_the_matrix_are_those_of_its_preset(world):
    for at in views():
        for chosen in FILTERS.values():
            for rows in (presets.SEVERAL_LEADS, presets.LEAD_UNCLEAR, presets.LEAD_TO_SETTLE):
                listed = responsibility_findings._rows(at, chosen, False, None, rows.preset)
                assert finding_counts.tasks(listed) == matrix_tasks.of_preset(at, chosen, rows.preset)


def test_the_parts_of_a_whole_are_all_of_it(world):
    for at in views():
        for chosen in FILTERS.values():
            rows = structure_rows.listed(at, chosen)
            parts = [
                counted.running(rows), counted.uncertain(rows), counted.ended(rows, at.as_of),
                counted.pausing(rows, at.as_of), counted.yet_to_begin(rows, at.as_of),
            ]  # fmt: skip
            assert sum(map(len, parts)) == len(rows)
            needs = need_rows.selected(at, chosen)
            kept = (
                need_counts.met, need_counts.partly_met, need_counts.unmet, need_counts.not_told,
                need_counts.later, need_counts.past,
            )  # fmt: skip
            assert sum(len(part(needs)) for part in kept) == len(needs)


def test_what_the_plan_leaves_open_is_listed_in_each_period(world):
    ends = world.fundings.loc[world.fundings["end"].notna(), "id"].head(3)
    assert len(ends)
    measures = [
        builders.measure(ExtendFunding(int(funding), date(2031, 12, 31)), id=n, name=f"Maßnahme {n}")
        for n, funding in enumerate(ends, start=1)
    ]
    frame = builders.frame(builders.TYPES["measures"], measures)
    planned = replace(world, dataset_id="planned", frames={**world.frames, "measure": frame})
    judged = proof(planned, View(HORIZON.first, TODAY, HORIZON))
    for period, (_, row) in enumerate(judged.periods.iterrows()):
        assert len(plan_counts.left(judged.left, row["first"], row["last"])) == row["with_plan"]
        rows = judged.contributions[judged.contributions["period"] == period]
        moved = rows[(rows.drop(columns=["measure_id", "period"]) != 0).any(axis=1)]
        assert plan_counts.acting(judged.contributions, period) == set(moved["measure_id"])
