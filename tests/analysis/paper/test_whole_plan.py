"""The Masterplan as a paper: what it proves of the measures, and what it says where nothing was surveyed."""

import pytest

from steering.analysis.changes import ExtendFunding
from steering.analysis.document import Heading, NewPage, Paragraph, Table, plain
from steering.analysis.paper import annexes, sentences
from steering.analysis.paper.facts import Facts, facts, standpoint
from steering.analysis.paper.subjects import PaperSubject
from steering.analysis.paper.whole_plan import masterplan
from steering.model import ExtensionRule, MeasureStatus, Role
from steering.model.vocabulary import word
from tests import builders as b

AT = b.view("2026-11-25")
ONE_PLACE: b.Tables = {
    "organisations": [b.organisation(id=1), b.organisation(id=2, name="Verein")],
    "municipalities": [b.municipality(ags="09473120")],
    "areas": [b.area(id=1)],
    "area_municipalities": [b.area_municipality(area_id=1, ags="09473120")],
    "fields": [b.task_field()],
    "tasks": [b.task()],
    "structures": [b.structure(id=1, name="Lotsen"), b.structure(id=2, name="Kurse", organisation_id=2)],
}
LEADS = [b.responsibility(structure_id=key, role=Role.LEAD) for key in (1, 2)]


def made(**records: list) -> Facts:
    return facts(b.portfolio(**(ONE_PLACE | records)), AT, PaperSubject(), with_plan=True)


def chapter(found: Facts, title: str) -> list:
    """The blocks below a heading, up to the next of its level."""
    blocks = list(masterplan(found).blocks)
    at = next(at for at, each in enumerate(blocks) if isinstance(each, Heading) and each.text == title)
    rest = blocks[at + 1 :]
    last = next((at for at, each in enumerate(rest) if isinstance(each, Heading) and each.level == 1), None)
    return rest[:last]


def test_what_measures_close_is_not_added_up_over_periods() -> None:
    kept = b.measure(ExtendFunding(1, AT.horizon.last), id=5, status=MeasureStatus.PLANNED)
    found = made(
        needs=[b.need()],
        fundings=[b.funding(id=1, structure_id=1, end="2026-12-31")],
        responsibilities=LEADS[:1],
        measures=[kept],
    )
    proof = chapter(found, "Nachweis")
    shown = [each for each in proof if isinstance(each, Table)][-1]
    assert [row[0] for row in shown.rows] == [kept["name"], "alle zusammen"]
    periods = ["2026", "2027", "2028", "2029–2031", "2032–2034", "2035"]
    assert list(shown.columns) == ["Maßnahme", *periods]
    assert [len(row) for row in shown.rows] == [len(shown.columns)] * 2
    assert len(shown.widths) == len(shown.columns)
    assert "werden nicht zusammengezählt" in str(proof)


def test_without_a_recorded_need_no_nought_is_proved() -> None:
    told = [each for each in chapter(made(), "Nachweis") if not isinstance(each, NewPage)]
    assert told == [Paragraph(sentences.NO_NEEDS)]


def test_who_leads_is_counted_without_a_recorded_need_too() -> None:
    proof = chapter(made(responsibilities=LEADS), "Nachweis")
    assert sentences.NO_NEEDS in proof[0].text
    assert isinstance(proof[1], Table)
    assert proof[1].rows[-1][1] == "1 → 1"


def test_how_many_gaps_there_are_is_not_known_without_a_recorded_need() -> None:
    def told(found: Facts) -> set[str]:
        return {plain(row[4]) for row in annexes.scenarios(found).rows}

    assert told(made()) == {"nicht bekannt"}
    assert told(made(responsibilities=LEADS)) == {"mindestens 1"}
    assert told(made(responsibilities=LEADS[:1], needs=[b.need()])) == {"0"}
    assert annexes.effect(made()) == ()
    assert annexes.effect(made(needs=[b.need()])) != ()


def test_nothing_recorded_is_no_judgement() -> None:
    nothing, known = made(structures=[]), made(needs=[b.need()], responsibilities=LEADS[:1])
    assert sentences.assessment(nothing).startswith("Ohne erhobenen Bedarf lässt sich nicht sagen")
    assert sentences.overlaps(nothing) == "Eine Zuständigkeit ist hierzu nicht erfasst."
    assert "nicht erkennbar" in sentences.overlaps(known)


def test_a_plan_without_measures_says_so_wherever_it_is_told_of() -> None:
    none, one = made(), made(measures=[b.measure(id=5, status=MeasureStatus.PLANNED)])
    assert "mit dem Masterplan, zu dem noch keine Maßnahme erfasst ist." in standpoint(none)
    assert sentences.effect(none) == "Eine Maßnahme, die etwas schließen könnte, ist noch nicht erfasst."
    assert "noch hat keine von ihnen eine Wirkung" in standpoint(one)
    assert "Noch hat keine Maßnahme" in sentences.effect(one)


@pytest.mark.parametrize("rule", ExtensionRule)
def test_who_carries_what_is_counted_in_the_scenario_that_is_named(rule: ExtensionRule) -> None:
    at = b.view("2026-11-25", rule=rule)
    found = facts(b.portfolio(**(ONE_PLACE | {"responsibilities": LEADS})), at, PaperSubject())
    captions = [each.caption for each in masterplan(found).blocks if isinstance(each, Table)]
    (told,) = [each for each in captions if each.startswith("Wie viele Strukturen je Ebene")]
    assert f"Szenario {word(rule)}" in told
