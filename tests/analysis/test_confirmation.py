"""Who is asked about what, and what is said about who has answered."""

from datetime import date

import pandas as pd
import pytest

from steering.analysis import confirmation
from steering.analysis.asking import Addressees, summary
from steering.analysis.confirmation.asked import as_text
from steering.model import ReplyState
from tests import builders

DAY, DUE = date(2026, 11, 25), date(2026, 10, 31)
KREIS, AMT, FACHBEREICH, CARITAS, STELLE = 1, 2, 3, 4, 5


def organisations():
    return [
        builders.organisation(id=KREIS, name="Landkreis", level="county"),
        builders.organisation(id=AMT, name="Landratsamt", level="county", parent_id=KREIS),
        builders.organisation(id=FACHBEREICH, name="Fachbereich 21", level="state_office", parent_id=AMT),
        builders.organisation(id=CARITAS, name="caritas", level="welfare"),
        builders.organisation(id=STELLE, name="Fachstelle", level="welfare", parent_id=CARITAS),
    ]


def structures(*carriers):
    return [
        builders.structure(id=number, organisation_id=carrier)
        for number, carrier in enumerate(carriers, start=1)
    ]


def known(*carriers, **records):
    return builders.portfolio(organisations=organisations(), structures=structures(*carriers), **records)


def test_other_houses_are_asked_as_a_whole_and_units_of_the_own_house_each():
    assert confirmation.carriers(known(KREIS, FACHBEREICH, STELLE), DAY) == [CARITAS, FACHBEREICH, KREIS]


def test_who_carries_nothing_that_still_runs_is_not_asked():
    ended = [
        builders.structure(id=1, organisation_id=CARITAS, valid_until="2026-11-24"),
        builders.structure(id=9, organisation_id=KREIS, valid_until="2026-11-25"),
    ]
    found = builders.portfolio(organisations=organisations(), structures=ended)
    assert confirmation.carriers(found, DAY) == [KREIS]


def test_a_structure_goes_to_the_nearest_carrier_that_is_asked():
    found = known(KREIS, FACHBEREICH, STELLE, CARITAS)
    assert {
        key: share["structure"] for key, share in confirmation.shares(found, {KREIS, CARITAS}, DAY).items()
    } == {
        KREIS: [1, 2],
        CARITAS: [3, 4],
    }
    parted = confirmation.shares(found, {KREIS, FACHBEREICH, STELLE}, DAY)
    assert {key: share["structure"] for key, share in parted.items()} == {
        KREIS: [1], FACHBEREICH: [2], STELLE: [3],
    }  # fmt: skip


def test_fundings_and_responsibilities_follow_their_structure_until_they_end():
    found = known(
        CARITAS,
        KREIS,
        fundings=[
            builders.funding(id=1, structure_id=1, end="2026-11-24"),
            builders.funding(id=2, structure_id=1, end="2026-11-25"),
            builders.funding(id=3, structure_id=2),
        ],
        responsibilities=[
            builders.responsibility(id=1, structure_id=1),
            builders.responsibility(id=2, structure_id=1, valid_until="2020-12-31"),
        ],
    )
    assert confirmation.shares(found, {CARITAS}, DAY) == {
        CARITAS: {"structure": [1], "funding": [2], "responsibility": [1]}
    }


def test_organisations_in_a_circle_do_not_hang():
    circle = [builders.organisation(id=1, parent_id=2), builders.organisation(id=2, parent_id=1)]
    found = builders.portfolio(organisations=circle, structures=structures(1))
    assert confirmation.shares(found, {2}, DAY)[2]["structure"] == [1]


def round_of(*answers, due="2026-10-31"):
    """A round with a carrier for each of these: the verdicts of its rows, answered where there is one."""
    units = [
        builders.organisation(id=number, name=f"Träger {number}") for number in range(1, len(answers) + 1)
    ]
    requests = [
        builders.confirmation_request(
            id=number, answered_on="2026-10-20" if set(verdicts) - {"open"} else None
        )
        for number, verdicts in enumerate(answers, start=1)
    ]
    items = [
        builders.confirmation_item(request_id=number, verdict=verdict)
        for number, verdicts in enumerate(answers, start=1)
        for verdict in verdicts
    ]
    return builders.portfolio(
        organisations=units,
        confirmation_rounds=[builders.confirmation_round(due=due)],
        confirmation_requests=requests,
        confirmation_items=items,
    )


OPEN, DONE, PART = ["open", "open"], ["confirmed", "corrected"], ["confirmed", "open"]


def test_each_carrier_has_its_state_and_its_counts():
    found = confirmation.tracking(round_of(OPEN, DONE, PART, [*DONE, "added", "gone", "unclear"]), 1, DAY)
    assert found["state"].tolist() == ["overdue", "answered", "partial", "answered"]
    assert found["overdue"].tolist() == [25, 0, 0, 0]
    assert found["open"].tolist() == [2, 0, 1, 0]
    assert list(found.loc[3, ["confirmed", "corrected", "added", "gone", "unclear"]]) == [1] * 5


def test_nobody_is_overdue_on_the_day_itself():
    assert confirmation.tracking(round_of(OPEN), 1, DUE)["state"].tolist() == ["sent"]
    assert confirmation.tracking(round_of(OPEN), 1, date(2026, 11, 1))["overdue"].tolist() == [1]


@pytest.mark.parametrize(
    ("answers", "today", "said"),
    [
        ([OPEN], DUE, "Der **eine angeschriebene Träger** hat noch nicht geantwortet. "
         "Erbeten sind die Antworten bis zum 31.10.2026."),
        ([OPEN], DAY, "Der **eine angeschriebene Träger** hat noch nicht geantwortet. "
         "Die Antwort ist seit dem 31.10.2026 überfällig."),
        ([DONE], DAY, "Der **eine angeschriebene Träger** hat geantwortet."),
        ([PART], DAY, "Der **eine angeschriebene Träger** hat geantwortet, aber erst teilweise."),
        ([OPEN] * 3, DUE, "Von **3 Trägern** hat noch keiner geantwortet. "
         "Erbeten sind die Antworten bis zum 31.10.2026."),
        ([DONE, OPEN], DAY, "**1 von 2 Trägern** hat geantwortet. **1** ist seit dem 31.10.2026 überfällig."),
        ([DONE] * 12 + [OPEN] * 10, DAY, "**12 von 22 Trägern** haben geantwortet. "
         "**10** sind seit dem 31.10.2026 überfällig."),
        ([DONE, PART, OPEN], DUE, "**2 von 3 Trägern** haben geantwortet, 1 davon erst teilweise. "
         "Erbeten sind die Antworten bis zum 31.10.2026."),
        ([DONE] * 4, DAY, "**Alle 4 Träger** haben geantwortet."),
    ],
)  # fmt: skip
def test_the_answer_in_a_sentence(answers, today, said):
    assert confirmation.summary(confirmation.tracking(round_of(*answers), 1, today), DUE, today) == said


def test_the_only_one_who_was_asked_has_refused():
    found = pd.DataFrame({"state": [ReplyState.REFUSED], "answered_on": [pd.NaT]})
    called = Addressees("Gefragte", "Gefragten", "Gefragten")
    assert summary(found, DUE, DAY, called) == "Der **eine Gefragte** hat abgelehnt."


def clarified(verdict="gone", remark="", sent=None, **structure):
    sent = as_text(sent or {"valid_until": None})
    return confirmation.to_clarify(
        builders.portfolio(
            organisations=[builders.organisation(id=1)],
            structures=[builders.structure(id=1, **structure)],
            confirmation_rounds=[builders.confirmation_round()],
            confirmation_requests=[builders.confirmation_request()],
            confirmation_items=[builders.confirmation_item(verdict=verdict, remark=remark, sent=sent)],
        ),
        1,
    )


def test_what_is_gone_is_to_be_clarified_until_it_has_another_last_day():
    assert len(clarified()) == 1
    assert clarified(valid_until="2026-11-25").empty
    assert len(clarified(valid_until="2027-12-31", sent={"valid_until": "2027-12-31"})) == 1
    assert clarified(valid_until="2026-11-25", sent={"valid_until": "2027-12-31"}).empty


def test_remarks_are_kept_in_view_and_plain_answers_are_not():
    assert clarified("confirmed").empty
    assert clarified("confirmed", "Bitte anrufen")["remark"].tolist() == ["Bitte anrufen"]
    assert len(clarified("unclear")) == 1
