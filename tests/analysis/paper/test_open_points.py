"""What a paper says of gaps and of who leads: on which days, in which places, and nothing that is over."""

import pytest

from steering.analysis.paper import sentences
from steering.analysis.paper.facts import Facts, facts
from steering.analysis.paper.subjects import About, PaperSubject, subjects
from steering.model import Role
from tests import builders as b

AT = b.view("2026-11-25")
COBURG, RODACH, AHORN = "09473120", "09473158", "09473112"


def made(**records) -> Facts:
    places = {AHORN: "Ahorn", RODACH: "Bad Rodach", COBURG: "Neustadt b.Coburg"}
    defaults: b.Tables = {
        "organisations": [b.organisation(id=1), b.organisation(id=2, name="Verein")],
        "municipalities": [b.municipality(ags=ags, name=name) for ags, name in places.items()],
        "areas": [b.area(id=1), b.area(id=2, name="Bad Rodach")],
        "area_municipalities": [
            *(b.area_municipality(area_id=1, ags=ags) for ags in places),
            b.area_municipality(area_id=2, ags=RODACH),
        ],
        "fields": [b.task_field()],
        "tasks": [b.task()],
    }
    return facts(b.portfolio(**(defaults | records)), AT, PaperSubject())


def need(first: str | None, last: str | None, area: int = 1, key: int = 1) -> b.Values:
    return b.need(id=key, valid_from=first, valid_until=last, area_id=area)


def provider(key: int, first: str | None, last: str | None) -> b.Values:
    return b.structure(id=key, name=f"Stelle {key}", organisation_id=key, valid_from=first, valid_until=last)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, "2027-06-30", "bis 30.06.2027"),
        ("2027-01-01", "2027-06-30", "01.01.2027 – 30.06.2027"),
        ("2027-01-01", None, "ab 01.01.2027"),
        (None, None, "durchgehend"),
    ],
)
def test_a_gap_is_told_with_its_last_day(first: str | None, last: str | None, said: str) -> None:
    assert f"(Lücke, {said}, kreisweit)" in sentences.gaps(made(needs=[need(first, last)]))


def test_a_gap_that_opens_again_is_one_with_all_its_days() -> None:
    held = provider(1, "2027-07-01", "2031-12-31")
    found = made(needs=[need(None, None)], structures=[held], responsibilities=[b.responsibility()])
    assert "1 Lücke erkennbar:\n- Sprachkurse (Lücke, bis 30.06.2027 und ab 01.01.2032, kreisweit)" in (
        sentences.gaps(found)
    )


def test_each_place_has_its_own_days() -> None:
    """A provider in one town: the others are without one for longer."""
    held = provider(1, "2027-07-01", None)
    done = b.responsibility(area_id=2)
    found = sentences.gaps(made(needs=[need(None, None)], structures=[held], responsibilities=[done]))
    assert "1 Lücke" in found
    assert "bis 30.06.2027, Bad Rodach" in found
    assert "durchgehend, Ahorn und Neustadt b.Coburg" in found


def test_a_gap_that_is_over_is_neither_named_nor_counted() -> None:
    over = need(None, "2026-11-24")
    assert sentences.gaps(made(needs=[over])) == (
        "Für die erhobenen Bedarfe zeigt sich vom 25.11.2026 an im Planungszeitraum keine Lücke."
    )
    both = sentences.gaps(made(needs=[over, need(None, "2026-11-25", key=2)]))
    assert "1 Lücke erkennbar:" in both
    assert "bis 25.11.2026" in both


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("2026-06-30", "eine mehrfache oder ungeklärte Federführung nicht erkennbar"),
        ("2027-03-31", "(Mehrfachzuständigkeit, bis 31.03.2027, kreisweit, Stelle 1 und Stelle 2)"),
    ],
)
def test_who_led_as_well_is_not_named_when_that_is_over(last: str, said: str) -> None:
    rows = [b.responsibility(structure_id=key, role=Role.LEAD) for key in (1, 2)]
    posts = [provider(1, None, None), provider(2, None, last)]
    assert said in sentences.overlaps(made(structures=posts, responsibilities=rows))


@pytest.mark.parametrize(("last", "offered"), [("2026-11-24", 0), ("2026-11-25", 1), (None, 1)])
def test_no_paper_is_offered_about_a_finding_that_is_over(last: str | None, offered: int) -> None:
    found = subjects(made(needs=[need(None, last)]).portfolio, AT)
    assert sum(each.about == About.FINDING for each in found) == offered
