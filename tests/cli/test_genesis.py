"""`steering import kennzahlen`: tables of both generations, written, reported, and read again."""

from __future__ import annotations

from typing import Any

import pytest

from steering.model import Indicator
from steering.storage import reading
from steering.storage.engine import make_engine
from steering.storage.writing import Edit, write
from tests.cli.test_imports import adds_up, importing, state, url
from tests.exchange.genesis import AHORN, ARS, GRUB, RODACH, Line, new, old
from tests.storage.conftest import WHO

__all__ = ["importing", "url"]
LINES: list[Line] = [
    (RODACH, "31.12.2023", "Insgesamt", "6400"),
    ("09473", "31.12.2023", "Insgesamt", "86906"),
    (AHORN, "31.12.2023", "Insgesamt", "4100,5"),
    ("09463", "31.12.2023", "Insgesamt", "41842"),
    (AHORN, "31.12.2023", "Ausländer", "-"),
    (RODACH, "31.12.2023", "Ausländer", "."),
    (GRUB, "31.12.2023", "Ausländer", "viel"),
]


def stored(url: str) -> dict[tuple[str, str, str], float]:
    """Every value by Kennzahl, AGS and day."""
    found = reading.portfolio(make_engine(url))
    names = dict(zip(found.indicators["id"], found.indicators["name"], strict=True))
    rows = found.observations
    on = rows["reference_date"].dt.date.astype(str)
    keys = zip(rows["indicator_id"].map(names), rows["ags"], on, strict=True)
    return dict(zip(keys, rows["value"].tolist(), strict=True))


@pytest.mark.parametrize("generation", [new, old], ids=["new", "old"])
def test_a_table_is_written_reported_and_unchanged_when_read_again(generation: Any, importing, url):
    there = stored(url)
    before = state(url)
    content = generation(LINES)
    dry = importing("kennzahlen", content, "--dry-run", name="12411.csv")
    assert (dry[0], state(url)) == (0, before)
    code, report, said = importing("kennzahlen", content, name="12411.csv")
    assert (code, report) == dry[:2]
    assert adds_up(report)
    numbers = {part: report[part] for part in ("rows", "new", "changed", "unchanged", "outside")}
    assert numbers == {"rows": 7, "new": 3, "changed": 0, "unchanged": 2, "outside": 1}
    (refused,) = report["refused"]
    assert (refused["file"], refused["row"], refused["value"]) == ("12411.csv", 8, "viel")
    assert refused["column"] == ("value" if generation is new else "BEVSTD__Bevölkerungsstand__Anzahl")
    assert "1 Wert ist nicht bekannt" in said
    assert {key: value for key, value in stored(url).items() if key not in there} == {
        ("Bevölkerungsstand", RODACH, "2023-12-31"): 6400.0,
        ("Bevölkerungsstand", AHORN, "2023-12-31"): 4100.5,
        ("Bevölkerungsstand: Ausländer", AHORN, "2023-12-31"): 0.0,
    }
    before = state(url)
    code, report, _ = importing("kennzahlen", content, name="12411.csv")
    assert (code, report["new"], report["changed"], report["unchanged"]) == (0, 0, 0, 5)
    assert state(url) == before


def test_a_later_table_changes_a_value_and_an_unknown_one_does_not(importing, url):
    importing("kennzahlen", new([(AHORN, "2023", "Insgesamt", "5"), (RODACH, "2023", "Insgesamt", "7")]))
    later = new([(ARS[AHORN], "2023", "Insgesamt", "6"), (RODACH, "2023", "Insgesamt", "...")])
    before = stored(url)
    code, report, _ = importing("kennzahlen", later)
    assert (code, report["changed"], report["unchanged"], report["new"]) == (0, 1, 1, 0)
    name = ("Bevölkerungsstand", AHORN, "2023-12-31")
    assert stored(url) == before | {name: 6.0}


def test_a_kennzahl_of_the_same_name_and_unit_is_used_again(importing, url):
    engine = make_engine(url)
    (mine,) = write(engine, [Edit(Indicator, {"name": "bevölkerungsstand", "unit": "Personen"})], **WHO).ids
    lines = [(AHORN, "2023", "Insgesamt", "5")]
    importing("kennzahlen", new(lines))
    assert reading.portfolio(engine).observations["indicator_id"].tolist()[-1] == mine
    importing("kennzahlen", new(lines, unit="Prozent"))
    assert reading.portfolio(engine).observations["indicator_id"].tolist()[-1] != mine


def test_a_table_of_which_nothing_can_be_read_is_an_error(importing, url):
    before = state(url)
    assert importing("kennzahlen", new([(AHORN, "2023", "Insgesamt", "viel")]))[0] == 1
    code, report, said = importing("kennzahlen", "Name;Ort\nA;B\n", name="liste.csv")
    assert (code, report["rows"]) == (1, 0)
    assert "»liste.csv« ist keine Flat-CSV" in said
    code, _, said = importing("kennzahlen", new([]))
    assert (code, "keine Datenzeilen" in said) == (0, True)
    assert state(url) == before
