"""`steering import bedarfe`: a list tried, written and read again; and an answered workbook of a survey."""

from __future__ import annotations

from steering.analysis.surveys.asked import asked
from steering.analysis.surveys.said import answers
from steering.exchange.surveys.files import body_workbook
from steering.storage import reading
from steering.storage.engine import make_engine
from steering.storage.tables import LINKS
from tests.cli.test_imports import adds_up, importing, state, url
from tests.exchange.surveys.filling import NEED, answered
from tests.storage.conftest import AHORN
from tests.storage.test_surveying import start

__all__ = ["importing", "url"]
LINES = (
    "Aufgabe;Gemeinde;Für wen;Menge;Einheit;von;bis\n"
    "Unterkunftsbetreuung;Ahorn;Asylsuchende;1,5;VZÄ;01.01.2027;31.12.2029\n"
    "Unterkunftsbetreuung;Kronach;;1;VZÄ;;\nUnterkunftsbetreuung;Bad Rodach;;viel;VZÄ;;\n"
)


def test_a_list_of_needs_is_tried_written_reported_and_unchanged_when_read_again(importing, url):
    before = state(url)
    dry = importing("bedarfe", LINES, "--dry-run")
    assert (dry[0], state(url)) == (0, before)
    code, report, _ = importing("bedarfe", LINES)
    assert (code, report) == dry[:2]
    assert adds_up(report)
    assert {part: report[part] for part in ("rows", "new", "outside")} == {"rows": 3, "new": 1, "outside": 1}
    (refused,) = report["refused"]
    assert (refused["row"], refused["column"], refused["value"]) == (4, "Menge", "viel")
    row = reading.portfolio(make_engine(url)).needs.iloc[-1]
    assert (row["name"], row["quantity"], row["unit"]) == ("Unterkunftsbetreuung: Ahorn", 1.5, "fte")
    assert (row["provenance"], row["source"]) == ("documented", "Liste »liste.csv«")
    code, report, _ = importing("bedarfe", LINES)
    assert (report["new"], report["unchanged"]) == (0, 1)
    code, report, _ = importing("bedarfe", LINES.replace("1,5", "2"))
    assert (report["new"], report["changed"]) == (0, 1)
    assert reading.portfolio(make_engine(url)).needs.iloc[-1]["quantity"] == 2.0


def test_an_answer_of_a_survey_is_kept_as_an_answer_and_makes_no_need(importing, url):
    engine = make_engine(url)
    start(engine, (AHORN,))
    portfolio = reading.portfolio(engine)
    sent = body_workbook(portfolio, asked(portfolio)[-1], LINKS)
    filled = answered(sent, (NEED, 2, {"Bedarf?": "ja", "Wie viel": 2, "Einheit": "VZÄ"}))
    code, report, said = importing("bedarfe", filled, name="antwort.xlsx")
    assert (code, report["new"], "Antwort von »Ahorn«" in said) == (0, 1, True)
    after = reading.portfolio(engine)
    assert answers(after)["quantity"].tolist() == [2.0]
    assert len(after.needs) == len(portfolio.needs)


def test_a_file_that_is_neither_is_refused_in_a_sentence(importing, url):
    before = state(url)
    code, report, said = importing("bedarfe", "Name;Ort\nA;B\n")
    assert (code, report["rows"], "noch eine Liste von Bedarfen" in said) == (1, 0, True)
    assert state(url) == before
