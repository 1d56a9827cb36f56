"""What is kept of a closed round comes back as it was, whatever happens to the data afterwards."""

import json

from steering.analysis.rounds import as_kept, round_of, snapshot
from steering.model import MeetingStatus
from tests.analysis.agenda.test_agenda import GAP, OVERLAP, THEN, held, world


def text(known):
    found = round_of(known, 1)
    assert found is not None
    return snapshot.as_text(found, snapshot.state_of(known, THEN), {1: {"rows": []}})


def test_the_parts_have_the_names_that_the_design_gives_them():
    assert set(json.loads(text(world()))) == {"round", "findings", "ends", "measures", "agreements", "charts"}


def test_the_findings_and_ends_of_the_day_are_kept_in_plain_values():
    state = snapshot.state_in(text(world()))
    assert {row["key"]: row["settled"] for row in state.findings} == {OVERLAP: False, GAP: False}
    overlap = next(row for row in state.findings if row["key"] == OVERLAP)
    assert (overlap["names"], overlap["municipalities"]) == (
        ["Koordinierungsstelle", "Zentrale Koordination"],
        ["09473112"],
    )
    assert [(row["funding_id"], row["end"]) for row in state.ends] == [(7, "2030-12-31")]
    assert snapshot.charts_in(text(world())) == {1: {"rows": []}}


def test_later_edits_do_not_change_what_was_kept():
    before = world(agenda_items=[held()])
    kept = text(before)
    later = world(agenda_items=[held(name="umbenannt")], needs=[], need_groups=[])
    found = as_kept(later, 1, kept)
    assert found is not None
    assert [point.name for point in found.points] == ["Federführung klären"]
    assert found.status == MeetingStatus.CLOSED
    assert len(snapshot.state_in(kept).findings) == 2


def test_a_chart_of_needs_that_was_kept_with_exact_counts_is_for_the_administration_only():
    needs, bars, roadmap = (
        {"rows": [{"need": 0.02}]},
        {"rows": [{"structure_id": 1}]},
        {"rows": [{"measure_id": 1}]},
    )
    marked = needs | {snapshot.FOR_EVERYONE: True}
    kept = json.dumps({"charts": {"1": needs, "2": bars, "3": roadmap, "4": marked}})
    assert set(snapshot.charts_in(kept)) == {1, 2, 3, 4}
    assert set(snapshot.charts_in(kept, discreetly=True)) == {2, 3, 4}
