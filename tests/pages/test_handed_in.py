"""A Vorlage is handed in on its desk, and what came of it is told wherever it matters."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from steering.analysis.paper.subjects import PaperSubject
from steering.model import About, Committee, CommitteeDate, Measure
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
