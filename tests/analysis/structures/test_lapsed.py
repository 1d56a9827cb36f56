"""Money that ended while its extension is open: nothing revives it, and somebody is told."""

from datetime import date

import pytest

from steering.analysis.structures.lapsed import lapsed, recently, sentence
from tests.analysis.structures.test_handed_in import of, world
from tests.builders import funding, organisation, portfolio, structure

TODAY = date(2027, 2, 10)
ENDED = {"name": "BIR III", "start": "2024-01-01", "end": "2026-12-31", "extension": "expected"}


def known(*fundings, **values):
    return portfolio(
        organisations=[organisation(id=1)],
        structures=[structure(id=1, organisation_id=1, **values)],
        fundings=[funding(structure_id=1, **each) for each in fundings],
    )


def test_an_extension_entered_after_the_last_day_says_that_it_moves_nothing():
    (row,) = lapsed(known(ENDED), TODAY).to_dict("records")
    assert sentence(row) == (
        "BIR III: Ende 31.12.2026, Verlängerung: in Aussicht. Der Tag ist vorbei, deshalb rechnen alle "
        "Szenarien mit diesem Ende. Geht es weiter, bitte bei der Förderung das »Ende« auf den neuen Tag "
        "setzen."
    )


@pytest.mark.parametrize(
    ("fundings", "values"),
    [
        ([ENDED | {"extension": "ruled_out"}], {}),
        ([ENDED | {"extension": "not_needed"}], {}),
        ([ENDED | {"end": "2027-02-10"}], {}),
        ([ENDED, {"id": 2, "start": "2027-01-01", "end": "2028-12-31"}], {}),
        ([ENDED, {"id": 2, "end_kind": "open"}], {}),
        ([ENDED | {"part": "co_financing"}], {}),
        ([ENDED], {"end_kind": "fixed", "valid_until": "2026-12-31"}),
    ],
)
def test_what_is_settled_or_goes_on_is_not_told(fundings, values):
    assert lapsed(known(*fundings, **values), TODAY).empty


@pytest.mark.parametrize(("result", "told"), [("rejected", []), ("decided", [1])])
def test_what_a_committee_has_refused_is_not_asked_about_again(result, told):
    ended = funding(id=1, structure_id=1, **ENDED | {"programme_id": 7})
    data = world(of(2, "2026-11-19", result), fundings=[ended])
    assert list(lapsed(data, TODAY)["funding_id"]) == told


def test_what_ended_long_ago_is_no_news():
    assert list(recently(known(ENDED), TODAY)["end"].dt.date) == [date(2026, 12, 31)]
    assert recently(known(ENDED), date(2027, 4, 1)).empty
