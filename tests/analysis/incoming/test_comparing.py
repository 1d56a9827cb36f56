"""Rows against what is recorded, with builders and without a database."""

from steering.analysis.incoming import IncomingRow, New, Place, Reading, Refusal, RowOutcome, Wanted, compare
from steering.model import Organisation, Structure
from tests.builders import organisation, portfolio, structure

KNOWN = portfolio(
    organisations=[organisation(id=1, name="Caritas")],
    structures=[structure(id=7, name="Asylberatung", fte=1.5)],
)


def check(_record, values):
    return values, {"fte": "Zu viel."} if values.get("fte", 0) > 100 else {}


def row(number, *records, **more):
    return IncomingRow(Place("liste.csv", "", number), f"Zeile {number}", tuple(records), **more)


def judged(*rows, **options):
    return compare(Reading(tuple(rows)), KNOWN, check, lists={}, **options)


def outcomes(proposal):
    return [each.outcome for each in proposal.rows]


def test_a_row_is_new_changed_or_unchanged_by_what_its_records_are():
    proposal = judged(
        row(2, Wanted(Structure, {"name": "Sprachtreff", "organisation_id": 1})),
        row(3, Wanted(Structure, {"fte": 2.0}, id=7)),
        row(4, Wanted(Structure, {"fte": 1.5}, id=7)),
        row(5, Wanted(Structure, {}, id=7), Wanted(Organisation, {"name": "Diakonie"}, key="diakonie")),
    )
    assert outcomes(proposal) == [
        RowOutcome.NEW,
        RowOutcome.CHANGED,
        RowOutcome.UNCHANGED,
        RowOutcome.CHANGED,
    ]
    (difference,) = proposal.rows[1].differences
    assert (difference.field, difference.old, difference.new) == ("fte", 1.5, 2.0)


def test_a_record_that_several_rows_want_is_new_in_the_first_only():
    carrier = Wanted(Organisation, {"name": "Diakonie"}, key="diakonie")
    proposal = judged(row(2, carrier), row(3, carrier))
    assert outcomes(proposal) == [RowOutcome.NEW, RowOutcome.UNCHANGED]


def test_what_is_recorded_just_so_is_not_made_again_and_what_points_to_it_means_the_recorded_one():
    again = Wanted(Organisation, {"name": " Caritas"}, key="caritas")
    proposal = judged(
        row(2, again),
        row(3, Wanted(Structure, {"name": "Sprachtreff", "organisation_id": New(Organisation, "caritas")})),
        row(4, Wanted(Organisation, {"name": "Caritas", "slug": "anders"})),
    )
    assert outcomes(proposal) == [RowOutcome.UNCHANGED, RowOutcome.NEW, RowOutcome.NEW]
    assert proposal.rows[1].wanted[0].values["organisation_id"] == 1


def test_of_two_new_rows_that_say_the_same_the_second_says_so_and_both_can_be_taken():
    group = {"name": "Sprachtreff", "organisation_id": 1, "target_groups": [2, 1]}
    proposal = judged(
        row(2, Wanted(Structure, group, key="a")),
        row(3, Wanted(Structure, group | {"name": "Frauentreff"}, key="b")),
        row(4, Wanted(Structure, group | {"target_groups": [1, 2]}, key="c")),
        row(5, Wanted(Structure, {"fte": 1.5}, id=7)),
        row(6, Wanted(Structure, {"fte": 1.5}, id=7)),
    )
    assert outcomes(proposal)[:3] == [RowOutcome.NEW] * 3
    told = [note for each in proposal.rows for note in each.row.notes]
    assert told == [
        "Sagt dasselbe wie Zeile 2. Bitte nur eine von beiden übernehmen, wenn sie dasselbe meinen."
    ]
    assert proposal.rows[2].row.notes == tuple(told)


def test_a_row_outside_is_set_apart_with_its_records():
    proposal = judged(row(2, Wanted(Structure, {"name": "X", "organisation_id": 1}), outside="Bamberg"))
    assert outcomes(proposal) == [RowOutcome.OUTSIDE]
    assert proposal.takeable() == []
    assert proposal.rows[0].wanted[0].values["name"] == "X"


def test_what_the_rules_refuse_names_column_value_and_reason():
    wanted = Wanted(Structure, {"fte": 500.0}, id=7, columns={"fte": "Stellen"})
    (refused,) = judged(row(9, wanted, cells={"Stellen": "500"})).report()["refused"]
    assert refused == {
        "file": "liste.csv",
        "sheet": None,
        "row": 9,
        "column": "Stellen",
        "value": "500",
        "reason": "Zu viel.",
    }


def test_what_does_not_exist_cannot_be_pointed_to():
    proposal = judged(
        row(
            2, Wanted(Structure, {"name": "X", "organisation_id": 99}, columns={"organisation_id": "Träger"})
        ),
        row(3, Wanted(Structure, {"fte": 1.0}, id=8)),
    )
    assert outcomes(proposal) == [RowOutcome.REFUSED, RowOutcome.REFUSED]
    assert [refusal.column for refusal in proposal.refusals()] == ["Träger", ""]


def test_a_row_that_needs_a_refused_one_is_refused_with_it():
    bad = Wanted(Organisation, {"name": "Diakonie", "fte": 500}, key="diakonie")
    proposal = judged(
        row(2, bad),
        row(3, Wanted(Structure, {"name": "X", "organisation_id": New(Organisation, "diakonie")})),
    )
    assert outcomes(proposal) == [RowOutcome.REFUSED, RowOutcome.REFUSED]
    assert "Zeile 2" in proposal.rows[1].refusals[0].reason


def test_a_short_name_is_taken_once():
    proposal = judged(
        row(2, Wanted(Organisation, {"name": "A", "slug": "organisation-1"})),
        row(3, Wanted(Organisation, {"name": "B", "slug": "b"})),
        row(4, Wanted(Organisation, {"name": "C", "slug": "b"})),
        row(5, Wanted(Organisation, {"slug": "organisation-1"}, id=1)),
    )
    assert outcomes(proposal) == [
        RowOutcome.REFUSED,
        RowOutcome.NEW,
        RowOutcome.REFUSED,
        RowOutcome.UNCHANGED,
    ]


def test_a_new_structure_with_a_known_name_may_be_a_double():
    proposal = judged(
        row(2, Wanted(Structure, {"name": "Asyl-Beratung", "organisation_id": 1})),
        row(3, Wanted(Structure, {"name": "Sprachtreff", "organisation_id": 1})),
    )
    assert [[twin.id for twin in each.twins] for each in proposal.rows] == [[7], []]


def test_the_numbers_of_the_report_add_up_to_the_rows():
    place = Place("liste.csv", "", 6)
    proposal = judged(
        row(2, Wanted(Structure, {"name": "X", "organisation_id": 1})),
        row(3, Wanted(Structure, {"fte": 2.0}, id=7)),
        row(4, Wanted(Structure, {"fte": 1.5}, id=7)),
        row(5, outside="Bamberg"),
        row(6, refusals=(Refusal(place, "A", "", "leer"), Refusal(place, "B", "", "leer"))),
    )
    report = proposal.report()
    distinct = {(each["file"], each["sheet"], each["row"]) for each in report["refused"]}
    parts = [report[name] for name in ("new", "changed", "unchanged", "outside")]
    assert parts == [1, 1, 1, 1]
    assert report["rows"] == sum(parts) + len(distinct) == 5
