"""A Vorlage is handed in on its desk, and what came of it is told wherever it matters."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from steering.analysis.paper.subjects import PaperSubject
from steering.model import About, CommitteeDate, Measure, Submission
from steering.storage import handing_in, reading
from steering.storage.writing import Edit, write
from tests.pages.conftest import Screen
from tests.planted import WHO


def opened(screen, subject: PaperSubject | None = None) -> Screen:
    shown = screen("Masterplan")
    state = shown.app.session_state
    state["masterplan_part"] = "Vorlage schreiben"
    if subject is not None:
        state["paper_subject"] = subject
    shown.app.run()
    assert not shown.app.exception
    return shown


def hand_in(shown: Screen, **texts: str) -> None:
    for label, text in texts.items():
        shown.input(label.replace("_", " ").replace("VorlageNr", "Vorlage-Nr.")).set_value(text)
    shown.click("Diese Fassung abgeben")
    assert not shown.app.exception


def papers(shown: Screen):
    return reading.portfolio(shown.engine).submissions.to_dict("records")


def test_what_is_handed_in_keeps_its_wording_and_a_later_draft_is_told_apart(screen) -> None:
    shown = opened(screen)
    hand_in(shown, VorlageNr_der_Abgabe="12/2026", Link_zur_Vorlage="https://ris.example/vo?id=7")
    (row,) = papers(shown)
    content = handing_in.file_of(shown.engine, row["digest"])
    assert content[:2] == b"PK"
    assert hashlib.sha256(content).hexdigest() == row["digest"]
    assert "Vorlage 12/2026](https://ris.example/vo?id=7): abgegeben am" in shown.texts
    assert "Seither geändert" not in shown.texts
    shown.input("Bewertung").set_value("Unsere neue Sicht.").run()
    assert "Seither geändert" in shown.texts
    assert handing_in.file_of(shown.engine, row["digest"]) == content
    shown.click("Abgegebene Datei holen")
    (kept,) = [each for each in shown.app.get("download_button") if each.proto.label.endswith("speichern")]
    assert "Sitzungsvorlage" in kept.proto.label


def test_what_stands_in_the_form_is_refused_in_a_sentence_and_stays(screen) -> None:
    shown = opened(screen)
    hand_in(shown, Link_zur_Vorlage="javascript:alert(1)")
    assert "keine Webadresse" in shown.texts
    hand_in(shown, Link_zur_Vorlage="", Abgegeben_am="31.12.2099")
    assert "liegt noch vor uns" in shown.texts
    assert papers(shown) == []


def committees(shown: Screen) -> dict[str, int]:
    rows = reading.portfolio(shown.engine).committees.sort_values("rank")
    return {"prepares": int(rows["id"].iloc[-2]), "decides": int(rows["id"].iloc[-1])}


def test_a_measure_that_is_decided_asks_whether_its_effects_are_to_be_taken_over(screen) -> None:
    first = screen()
    measures = reading.portfolio(first.engine).measures
    own = measures[measures["taken_over_on"].isna() & (measures["effects"] != "[]")].iloc[0]
    write(
        first.engine,
        [Edit(Measure, {"provenance": "documented"}, id=int(own["id"]), version=int(own["version"]))],
        **WHO,
    )
    shown = opened(screen, PaperSubject(About.MEASURE, str(own["id"])))
    hand_in(shown, VorlageNr_der_Abgabe="13/2026", Abgegeben_am="01.11.2026")
    assert "Sollen die Wirkungen" not in shown.texts
    shown.choice("Gremium der Beratung").set_value(committees(shown)["decides"]).run()
    shown.choice("Ergebnis der Beratung").set_value("decided").run()
    shown.type(Beraten_am="12.11.2026", **{"Ja-Stimmen": "31", "Nein-Stimmen": "12"})
    shown.click("Ergebnis speichern")
    assert "beschlossen am 12.11.2026" in shown.texts
    assert "31:12" in shown.texts
    assert "ist keine Sitzung" in shown.texts
    assert "Sollen die Wirkungen der Maßnahme jetzt" in shown.texts
    after = reading.portfolio(shown.engine).measures.set_index("id").loc[own["id"]]
    assert str(after["taken_over_on"]) == "NaT"
    assert (after["result"], after["paper_number"]) == ("decided", "13/2026")
    next(each for each in shown.app.button if str(each.key).startswith("take over")).click().run()
    after = reading.portfolio(shown.engine).measures.set_index("id").loc[own["id"]]
    assert str(after["taken_over_on"]) != "NaT"


@pytest.fixture
def programme(screen):
    """The desk of the paper about what ends next, handed in."""
    first = screen()
    engine = first.engine
    who = committees(first)
    sittings = [("prepares", date(2026, 12, 3)), ("decides", date(2026, 12, 17))]
    write(
        engine,
        [
            Edit(CommitteeDate, {"committee_id": who[role], "day": on, "papers_due": date(2026, 12, 1)})
            for role, on in sittings
        ],
        **WHO,
    )
    next(each for each in first.app.button if each.label == "Sitzungsvorlage dazu schreiben").click().run()
    hand_in(first, VorlageNr_der_Abgabe="14/2026", Abgegeben_am="02.11.2026")
    return first


def entered(shown: Screen, role: str, result: str, on: date, **more: object) -> None:
    (row,) = papers(shown)
    values = {"submission_id": int(row["id"]), "committee_id": committees(shown)[role], "day": on}
    handing_in.enter(shown.engine, {**values, "result": result, **more}, **WHO)


def test_a_decision_that_is_taken_is_no_longer_asked(programme, screen) -> None:
    before = screen().texts
    question = next(line for line in before.splitlines() if line.startswith("Soll der Landkreis"))
    assert "Vorlage 14/2026: abgegeben am 02.11.2026" in before
    entered(programme, "decides", "decided", date(2026, 11, 19), votes_for=31, votes_against=12)
    shown = screen()
    assert question not in shown.texts
    assert "beschlossen am 19.11.2026" in shown.texts
    assert "31:12" in shown.texts
    next(each for each in shown.app.button if each.label == "Anschlussförderung erfassen").click().run()
    assert not shown.app.exception
    assert shown.app.session_state["edit_part"] == "funding"


def test_what_was_put_off_is_told_with_what_that_does_to_the_decision(programme, screen) -> None:
    entered(programme, "decides", "postponed", date(2026, 11, 19), postponed_to=date(2027, 2, 4))
    shown = screen()
    assert "Soll der Landkreis" in shown.texts
    assert "auf die Sitzung" in shown.texts
    assert "dann Beschluss frühestens am 04.02.2027, nach dem Ende der Förderung am 31.12.2026" in shown.texts


def test_the_structure_tells_what_came_of_the_vorlage_about_its_end(programme, screen) -> None:
    entered(programme, "decides", "rejected", date(2026, 11, 19), votes_for=12, votes_against=31)
    portfolio = reading.portfolio(programme.engine)
    (row,) = papers(programme)
    funding = int(row["ends"].split()[0])
    structure = int(portfolio.fundings.set_index("id")["structure_id"][funding])
    shown = screen("Strukturen")
    shown.app.session_state["edit_structure"] = structure
    shown.app.run()
    assert "Vorlage 14/2026: abgelehnt am 19.11.2026 (" in shown.texts.replace("*", "")


def test_while_guests_look_on_no_page_tells_which_vorlage_it_was_and_who_voted_how(programme, screen) -> None:
    entered(programme, "decides", "decided", date(2026, 11, 19), votes_for=31, votes_against=12)
    write(programme.engine, [Edit(Submission, {"link": "https://ris.example/vo"}, id=1, version=1)], **WHO)
    portfolio = reading.portfolio(programme.engine)
    (row,) = papers(programme)
    funding = int(row["ends"].split()[0])
    structure = int(portfolio.fundings.set_index("id")["structure_id"][funding])
    for page in ("Lagebild", "Strukturen"):
        shown = screen(page)
        shown.app.session_state["edit_structure"] = structure
        shown.app.run()
        assert "14/2026" in shown.texts
        shown.app.toggle(key="discreet_switch").set_value(True).run()
        assert "Vorlage vom 02.11.2026" in shown.texts
        assert "am 19.11.2026" in shown.texts
        for secret in ("14/2026", "ris.example", "31:12"):
            assert secret not in shown.texts


def test_while_guests_look_on_nothing_is_handed_in(look) -> None:
    shown = opened(look)
    shown.app.toggle(key="discreet_switch").set_value(True).run()
    labels = [each.label for each in shown.app.button]
    assert "Als Word-Datei herunterladen" in labels
    assert "Diese Fassung abgeben" not in labels
