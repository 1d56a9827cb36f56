"""What is to be voted on, whose it is, and what is news."""

import pytest

from steering.analysis.decision.question import Whose, sentence
from steering.analysis.document import plain
from tests.analysis.decision.worlds import SHARE, bir, lotsen, next_of, world
from tests.builders import funding, measure, programme, structure

CARITAS = structure(id=2, name="Beratung", organisation_id=3, end_kind="unknown", kind="service")
OF_CARITAS = bir(id=21, structure_id=2, fte=None)


def said(data) -> str:
    question = next_of(data).question
    assert question is not None
    return plain(sentence(question))


def test_a_post_of_the_landkreis_is_asked_about_with_its_size_its_end_and_until_when():
    assert said(world()) == (
        "Soll der Landkreis die Stelle »Lotsen« (1,5 VZÄ) nach dem 31.12.2026 aus eigenen Mitteln "
        "weiterführen, bis über eine Nachfolge der BIR III entschieden ist?"
    )


@pytest.mark.parametrize(
    ("extension", "ending"),
    [
        ("ruled_out", "weiterführen?"),
        ("applied", "bis über die beantragte oder in Aussicht gestellte Verlängerung entschieden ist?"),
    ],
)
def test_the_answer_is_meant_to_hold_until_the_money_is_decided_about(extension, ending):
    assert said(world(fundings=[bir(extension=extension)])).endswith(ending)


def test_a_post_of_a_carrier_that_others_pay_is_news():
    found = next_of(world(structures=[CARITAS], fundings=[OF_CARITAS]))
    assert found.question is None
    assert [one.name for one in found.news[0].endings] == ["Beratung"]


def test_what_ends_with_the_same_programme_is_parted_by_whose_it_is():
    found = next_of(world(structures=[lotsen(), CARITAS], fundings=[bir(), OF_CARITAS]))
    assert found.question is not None
    assert found.question.structures == (1,)
    assert [one.name for news in found.news for one in news.endings] == ["Beratung"]


def test_the_landkreiss_share_in_the_post_of_a_carrier_is_what_it_votes_on():
    share = funding(**SHARE | {"structure_id": 2, "accompanies_id": 21})
    data = world(structures=[CARITAS], fundings=[OF_CARITAS, share])
    assert said(data).startswith(
        "Soll der Landkreis seinen Anteil an »Beratung« (Caritas, 13.000 € im Jahr) nach dem 31.12.2026 "
    )


def test_a_share_that_ended_long_ago_makes_nothing_the_landkreiss():
    share = funding(id=30, structure_id=2, part="co_financing", payer="own", end="2020-12-31")
    assert next_of(world(structures=[CARITAS], fundings=[OF_CARITAS, share])).question is None


def test_what_a_measure_of_the_landkreis_names_is_its_decision():
    effect = '[{"kind": "extend_funding", "funding_id": 21, "until": "2027-12-31"}]'
    one = measure(id=1, organisation_id=1) | {"effects": effect}
    found = next_of(world(structures=[CARITAS], fundings=[OF_CARITAS], measures=[one])).question
    assert found is not None
    assert found.endings[0].whose == Whose.MEASURE


def test_a_later_question_of_the_landkreis_comes_after_earlier_news():
    later = bir(end="2027-06-30", programme_id=8)
    found = next_of(
        world(
            structures=[lotsen(), CARITAS],
            fundings=[later, OF_CARITAS],
            programmes=[programme(id=7, short_name="BIR III"), programme(id=8, short_name="P")],
        )
    )
    assert found.question is not None
    assert found.question.structures == (1,)
    assert len(found.news) == 1


def test_where_nothing_ends_there_is_neither_question_nor_news():
    found = next_of(world(fundings=[]))
    assert (found.question, found.news) == (None, ())
