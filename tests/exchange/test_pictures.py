import re
import struct
import time
from datetime import date
from threading import Event

import pytest

from steering import confined
from steering.analysis.intervals.falls import Fall
from steering.charts import capacity, timeline
from steering.charts.drawing import to_vega
from steering.charts.map_picture import picture
from steering.charts.ramp import number_ramp
from steering.confined import Limits, Pool
from steering.exchange import pictures, rendering
from tests.charts.samples import AS_OF, HORIZON, bars, marks, points, quarters, rows, small_ground, values


def zeitachse():
    drawn = timeline.timeline(
        rows("Flüchtlings- und Integrationsberatung", group="F · Freie Träger"),
        bars(
            {"end": "2026-12-31"}, {"start": "2027-01-01", "certainty": "not_yet_possible", "counted": False}
        ),
        marks({"day": "2026-11-15", "kind": "decide_by"}),
        HORIZON,
        AS_OF,
    )
    return drawn.picture()


def band():
    fall = Fall(date(2027, 1, 1), -1231.0)
    return capacity.fte_band(quarters({"2026-01-01": 1234.5, "2027-01-01": 3.5}), AS_OF, fall)


def karte():
    known = values(m1=3, m2=None, m3=1)
    return picture(small_ground(), known, points("09473001"), number_ramp(known["value"]))


DRAWINGS = {
    "Zeitachse": (
        zeitachse,
        [
            "Flüchtlings- und Integrationsberatung",
            "Folgeförderung noch nicht ausgeschrieben",
            "bis 31.12.2026",
        ],
    ),
    "VZÄ": (band, ["gesichert", "−1.231 VZÄ am 01.01.2027", "Stichtag 22.11.2026"]),
    "Karte": (karte, ["Weststadt", "nicht bekannt", "© Amt 2016", "Landkreis"]),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_picture_carries_its_german_words_as_text(name):
    make, words = DRAWINGS[name]
    notes = ["Stichtag: 22.11.2026"]
    drawn = pictures.svg(to_vega(make(), title=name, notes=notes)).decode()
    assert drawn.startswith("<svg")
    for word in [name, *notes, *words]:
        assert f">{word}<" in drawn


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_picture_for_paper_has_twice_the_pixels(name):
    make, _ = DRAWINGS[name]
    spec = to_vega(make(), width=700)
    drawn = pictures.png(spec, scale=2)
    assert drawn[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", drawn[16:24])
    assert (width, height) == pytest.approx((2 * spec["width"], 2 * spec["height"]), abs=4)


def test_numbers_on_an_axis_are_german():
    drawn = pictures.svg(to_vega(band())).decode()
    assert ">1.000<" in drawn


def test_a_picture_names_no_address_but_that_of_its_format():
    drawn = pictures.svg(to_vega(zeitachse())).decode()
    assert set(re.findall(r"https?://[^\"' )]+", drawn)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_a_specification_that_asks_for_an_address_is_refused():
    spec = {
        "data": {"url": "https://example.org/data.csv"},
        "mark": "bar",
        "encoding": {"x": {"field": "a", "type": "quantitative"}},
    }
    with pytest.raises(ValueError, match="External data url not allowed"):
        rendering.draw("svg", spec, 1)
    with pytest.raises(pictures.NotDrawn, match="Bitte"):
        pictures.svg(spec)


@pytest.mark.parametrize("character", ["\ufffe", "\uffff", "\ud800", "\x00", "\U0010ffff"])
def test_no_character_keeps_a_picture_from_being_drawn(character):
    spec = {"data": {"values": [{"a": f"Treff{character}punkt"}]}, "mark": "text",
            "encoding": {"text": {"field": "a"}}}  # fmt: skip
    assert pictures.png(spec).startswith(b"\x89PNG")
    assert ">Treff\ufffdpunkt<" in pictures.svg(spec).decode()


def test_a_picture_that_cannot_be_drawn_is_left_out_or_says_why():
    asks = {"data": {"url": "https://example.org/data.csv"}, "mark": "point"}
    assert list(pictures.all_as_png([("gut", to_vega(band())), ("schlecht", asks)])) == ["gut"]
    assert "ließ sich nicht zeichnen" in pictures.or_reason(pictures.svg, asks).decode()


def test_a_picture_is_begun_while_the_next_is_still_worked_out(monkeypatch):
    begun = Event()

    def png(spec):
        begun.set()
        return spec

    monkeypatch.setattr(pictures, "png", png)

    def worked_out():
        yield "erstes", b"1"
        assert begun.wait(10)
        yield "zweites", b"2"

    assert pictures.all_as_png(worked_out()) == {"erstes": b"1", "zweites": b"2"}


def test_what_draws_is_started_before_the_first_picture(monkeypatch):
    drawing = Pool(Limits(seconds=30))
    monkeypatch.setattr(confined, "DRAWING", drawing)
    pictures.get_ready()
    began = time.monotonic()
    while len(drawing._idle) < drawing.at_most and time.monotonic() - began < 30:
        time.sleep(0.05)
    ready = set(drawing._idle)
    assert len(ready) == drawing.at_most
    pictures.png(to_vega(band()))
    assert set(drawing._idle) == ready, "another was started"
    drawing.close()
