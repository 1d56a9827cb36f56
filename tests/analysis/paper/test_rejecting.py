"""Folgen bei Ablehnung: which task is without a provider after which day and where, whatever the Stichtag."""

import pytest

from steering.analysis.paper import rejecting, sentences
from steering.analysis.paper.facts import Facts, facts
from steering.analysis.paper.subjects import About, PaperSubject
from steering.model import Level
from tests import builders as b

WHOLE = PaperSubject()
TODAY, BEFORE, LATER = "2026-11-25", "2026-12-31", "2028-11-25"
PLACES = {"09473112": "Ahorn", "09473120": "Bad Rodach", "09473151": "Neustadt"}
LAST = "den letzten erfassten Anbieter"


def made(
    ends: dict[int, str], subject: PaperSubject = WHOLE, as_of: str = TODAY, level: Level = Level.COUNTY
) -> Facts:
    """Structures that end so, doing the same task: number 1 in Ahorn, number 2 in Bad Rodach."""
    return facts(
        b.portfolio(
            organisations=[b.organisation(id=1, level=level)],
            structures=[b.structure(id=key, name=f"Stelle {key}") for key in ends],
            fundings=[
                b.funding(id=100 + key, structure_id=key, programme_id=7, end=end)
                for key, end in ends.items()
            ],
            programmes=[b.programme(id=7, name="Richtlinie")],
            municipalities=[b.municipality(ags=ags, name=name) for ags, name in PLACES.items()],
            areas=[b.area(id=key, name=name) for key, name in enumerate(PLACES.values(), start=1)],
            area_municipalities=[
                b.area_municipality(area_id=key, ags=ags) for key, ags in enumerate(PLACES, start=1)
            ],
            fields=[b.task_field()],
            tasks=[b.task()],
            responsibilities=[b.responsibility(id=key, structure_id=key, area_id=key) for key in ends],
        ),
        b.view(as_of, today=TODAY),
        subject,
    )


def test_a_task_that_two_structures_end_with_is_lost_where_either_was() -> None:
    said = rejecting.if_rejected(made({1: BEFORE, 2: BEFORE}))
    assert f"»Sprachkurse« verliert nach dem 31.12.2026 {LAST} (Ahorn und Bad Rodach)" in said
    assert said.count("»Sprachkurse«") == 1


def test_each_day_has_its_own_places() -> None:
    said = rejecting.if_rejected(made({1: BEFORE, 2: "2027-06-30"}))
    assert f"nach dem 31.12.2026 {LAST} (Ahorn)" in said
    assert f"nach dem 30.06.2027 {LAST} (Bad Rodach)" in said


def test_what_follows_is_told_as_of_today_whatever_the_stichtag_is() -> None:
    ends = {1: BEFORE, 2: "2029-06-30"}
    assert rejecting.if_rejected(made(ends, as_of=LATER)) == rejecting.if_rejected(made(ends))


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (
            {1: BEFORE, 2: "2029-06-30"},
            "Am 25.11.2028 läuft 1 Struktur; wie viele Vollzeitäquivalente (VZÄ) sie umfasst, ist nicht "
            "bekannt. Bis dahin endet bei 1 Struktur die tragende Förderung:\n- Stelle 1: Richtlinie bis "
            "31.12.2026; ",
        ),
        ({1: BEFORE, 2: "2029-06-30"}, "\nDanach endet sie bei 1 Struktur:\n- Stelle 2: "),
        ({1: BEFORE}, "\nEin späteres festes Ende ist nicht bekannt."),
        ({1: LATER}, " Bei 1 Struktur endet die tragende Förderung:\n- Stelle 1: Richtlinie bis 25.11.2028"),
    ],
)
def test_what_ends_before_the_stichtag_is_told_apart(ends: dict[int, str], said: str) -> None:
    assert said in sentences.existing(made(ends, as_of=LATER))


@pytest.mark.parametrize(
    ("subject", "level", "head"),
    [
        (
            PaperSubject(),
            Level.COUNTY,
            "Vorgeschlagen ist, Kenntnis zu nehmen; an Folgendem ändert das nichts:",
        ),
        (PaperSubject(About.PROGRAMME, "7"), Level.COUNTY, "Ohne Beschluss ist Folgendes zu erwarten:"),
        (PaperSubject(About.PROGRAMME, "7"), Level.WELFARE, "Vorgeschlagen ist, Kenntnis zu nehmen;"),
    ],
)
def test_who_only_takes_note_rejects_nothing(subject: PaperSubject, level: Level, head: str) -> None:
    assert rejecting.if_rejected(made({1: BEFORE}, subject, level=level)).startswith(head)
