"""What a mail of the reminders says."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from steering.analysis.dates.telling import Tiding
from steering.analysis.dates.to_do import ANSWER_BY, ToDo, Urgency
from steering.exchange.mail.writing import message
from steering.model import ToldStage
from steering.web.pages import DATA_SECTIONS

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("kind", ANSWER_BY)
def test_an_answer_that_is_owed_leads_to_the_section_in_which_it_is_given(kind: str) -> None:
    thing = ToDo(Urgency.NOW, TODAY, f"{kind}-1", ANSWER_BY[kind], "Runde", 0, False, False, False, "")
    mail = message(
        [Tiding(thing, ToldStage.DUE)], name="Eva", to="eva@kreis.example", sender="von@kreis.example",
        district="", address="https://steuerung.example", today=TODAY, now=datetime.combine(TODAY, time(9)),
    )  # fmt: skip
    body = mail.get_body(("plain",))
    assert body is not None
    link = "https://steuerung.example/daten?bereich="
    section = body.get_content().partition(link)[2].split()[0]
    assert DATA_SECTIONS[section] == ANSWER_BY[kind].removesuffix(" bis")
