"""What the Karte says about many people whom nobody reaches: never more than is known."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from steering.analysis.frames import Frames
from steering.analysis.housing import reach
from steering.analysis.structures.inventory import EVERYTHING
from steering.analysis.view import Horizon, View
from steering.web import current, results
from steering.web.map import housing_words
from steering.web.map.housing_rows import HousingAsked
from tests import builders
from tests.builders import area, area_municipality, housing, municipality, responsibility, structure

TODAY = date(2026, 11, 27)
ASKED = HousingAsked(View(TODAY, TODAY, Horizon.around(TODAY, 1, 9)), EVERYTHING)
AHORN, RODACH, GRUB = "09473112", "09473121", "09473132"
MEDIAN = "dem Median der Gemeinden mit erfassten Personen"
_KEYS = count()


@pytest.fixture
def say(monkeypatch):
    """The sentence about these records, with as many as three places reached by somebody."""

    def said(*rows, reached=()):
        served = [area_municipality(area_id=1, ags=ags) for ags in reached]
        found = builders.portfolio(
            municipalities=[
                municipality(ags=ags, name=name)
                for ags, name in ((AHORN, "Ahorn"), (RODACH, "Bad Rodach"), (GRUB, "Grub"))
            ],
            areas=[area(id=1)], area_municipalities=served, organisations=[builders.organisation(id=1)],
            fields=[builders.task_field()], tasks=[builders.task(id=1)],
            structures=[structure(id=1)] if reached else [],
            responsibilities=[responsibility()] if reached else [], housing=rows,
        )  # fmt: skip
        key = ("", str(next(_KEYS)), 1, False, False)
        monkeypatch.setattr(current, "_key", lambda: key)
        read = replace(found, frames=Frames(found.frames, edition=key))
        monkeypatch.setattr(results, "portfolio", lambda *_key: read)
        assert {ags for ags, who in reach.reached(found, reach.serving(found, ASKED.at)).items()
                if who.state == reach.SURE} == set(reached)  # fmt: skip
        return housing_words.unreached_sentence(ASKED).replace("*", "").replace("\\", "")

    return said


def test_where_nobody_has_many_nobody_is_said_to_be_reached(say):
    rows = housing(ags=AHORN, persons=1), housing(ags=RODACH, persons=2), housing(ags=GRUB, persons=0)
    told = (
        "Keine Gemeinde hat nachweislich viele Untergebrachte (ab 3 Personen; weniger gelten nie als viele)."
    )
    assert say(*rows) == told
    assert say(housing(ags=AHORN, persons=0), reached=(RODACH, GRUB)) == (
        "Keine Gemeinde hat nachweislich viele Untergebrachte."
    )


def test_where_an_unreached_place_lacks_a_count_it_is_said_for_how_many(say):
    many = housing(ags=AHORN, persons=30)
    one = "Von 1 Gemeinde, die keine Struktur sicher erreicht, ist nicht bekannt, ob dort viele leben."
    assert say(many, housing(ags=RODACH, persons=None, places=9), reached=(AHORN, GRUB)) == (
        f"Jede Gemeinde mit nachweislich vielen Untergebrachten (ab 30 Personen, {MEDIAN}) "
        f"wird von einer Struktur erreicht. {one}"
    )
    assert say(many, housing(ags=RODACH, persons=1)) == (
        f"In Ahorn (30) leben viele (ab 16 Personen, {MEDIAN}), und keine Struktur erreicht sie. {one}"
    )
    assert say(housing(ags=AHORN, persons=None, places=9)) == (
        "Keine Gemeinde hat nachweislich viele Untergebrachte. Von 3 Gemeinden, die keine Struktur sicher "
        "erreicht, ist nicht bekannt, ob dort viele leben."
    )


def test_where_all_with_many_are_reached_and_no_count_is_missing_it_is_said_without_doubt(say):
    rows = housing(ags=AHORN, persons=30), housing(ags=RODACH, persons=10), housing(ags=GRUB, persons=2)
    assert say(*rows, reached=(AHORN, RODACH)) == (
        f"Jede Gemeinde mit vielen Untergebrachten (ab 10 Personen, {MEDIAN}) "
        "wird von einer Struktur erreicht."
    )
