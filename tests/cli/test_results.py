"""`steering import ergebnisse`: results of committees read, reported, read again, taken back."""

from __future__ import annotations

from datetime import date

import pytest

from steering.storage import handing_in, reading
from steering.storage.engine import make_engine
from steering.storage.history import undoing
from tests.changed import history
from tests.cli.test_imports import importing, state, url
from tests.exchange.council_results.papers import BODIES, consultation, item, meeting, paper, saved
from tests.planted import WHO

__all__ = ["importing", "url"]
FILE = saved(
    *BODIES,
    meeting(2, "2026-11-19", 2),
    item(12, "beschlossen", 2, resolutionText="Ja: 31, Nein: 12"),
    paper(7, "12/2026", consultation(12, 2, 2)),
    paper(8, "13/2026", consultation(13, 2, 2)),
    item(13, "abgelehnt", 2),
)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEERING_TODAY", "2026-11-27")


def handed(url: str, on: date) -> None:
    engine = make_engine(url)
    said = {
        "name": "Vorlage",
        "number": "12/2026",
        "about": "whole",
        "handed_in_on": on,
        "file_name": "v.docx",
    }
    handing_in.hand_in(engine, said, b"PK", **WHO)
    engine.dispose()


def test_a_result_is_entered_told_unchanged_when_read_again_and_taken_back(importing, url) -> None:
    handed(url, date(2026, 11, 2))
    before = state(url)
    dry = importing("ergebnisse", FILE, "--dry-run", name="oparl.json")
    assert (dry[0], state(url)) == (0, before)
    code, report, said = importing("ergebnisse", FILE, name="oparl.json")
    assert (code, report["new"], report["outside"]) == (0, 1, 1)
    assert "keine abgegebene Vorlage mit dieser Nummer" in said
    (row,) = reading.portfolio(make_engine(url)).consultations.to_dict("records")
    assert (row["result"], row["votes_for"], row["votes_against"]) == ("decided", 31, 12)
    assert importing("ergebnisse", FILE, name="oparl.json")[1]["unchanged"] == 1
    engine = make_engine(url)
    undoing.undo(engine, history(engine)["batch"].iloc[0], **WHO)
    assert reading.portfolio(engine).consultations.empty
    assert len(reading.portfolio(engine).submissions) == 1
    engine.dispose()


def test_a_result_from_before_the_vorlage_was_handed_in_is_refused(importing, url) -> None:
    handed(url, date(2026, 11, 25))
    _, report, _ = importing("ergebnisse", FILE, name="oparl.json")
    (refused,) = report["refused"]
    assert "erst am 25.11.2026 abgegeben" in refused["reason"]
    assert reading.portfolio(make_engine(url)).consultations.empty
