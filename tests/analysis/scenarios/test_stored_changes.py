"""The effects of measures as they are stored: every change comes back the same, nothing broken crashes."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis import changes
from steering.analysis.scenarios import scenario
from steering.analysis.scenarios.stored_changes import KINDS, UnreadableEffect, as_text, read, readable
from steering.model import EndKind, FundingPart, OnLoss, Role, StructureKind
from tests.builders import area, organisation, portfolio, structure, task

DAY = date(2027, 3, 31)
LEAD: dict[str, Any] = {"task_id": 1, "area_id": 1, "role": Role.LEAD, "target_group_ids": (1, 2)}
ONE_OF_EACH = (
    changes.ExtendFunding(1, DAY),
    changes.EndFunding(1, DAY),
    changes.DropFunding(1),
    changes.ExtendProgramme(2, DAY),
    changes.EndProgramme(2, DAY),
    changes.DropProgramme(2),
    changes.AddResponsibility(structure_id=-5, **LEAD, delivers=False, site="Schule", valid_from=DAY),
    changes.EndResponsibility(3, DAY),
    changes.MoveResponsibility(3, 4, DAY),
    changes.MergeResponsibilities(3, 5, DAY),
    changes.AddStructure(
        name="Haus »Süd«",
        kind=StructureKind.POST,
        organisation_id=1,
        fte=1.5,
        end_kind=EndKind.FIXED,
        valid_until=DAY,
        fundings=(
            changes.NewFunding(name="BIR IV", start=DAY, amount_cents=100),
            changes.NewFunding(name="Eigenanteil", part=FundingPart.CO_FINANCING, accompanies=0),
        ),
        responsibilities=(changes.NewResponsibility(**LEAD),),
    ),
    changes.SetOnLoss(6, OnLoss.CONTINUES, 0.5),
)


def test_every_kind_of_change_can_be_stored():
    assert (
        {type(change) for change in ONE_OF_EACH}
        == set(KINDS.values())
        == set(changes.ScenarioChange.__args__)
    )


def test_what_is_stored_comes_back_the_same_and_in_order():
    assert read(as_text(ONE_OF_EACH)) == ONE_OF_EACH
    assert read("") == read("[]") == ()


def test_the_form_is_stable():
    assert as_text(ONE_OF_EACH[:1]) == '[{"kind": "extend_funding", "funding_id": 1, "until": "2027-03-31"}]'
    assert '"structure_kind": "post"' in as_text(ONE_OF_EACH)


def test_what_has_a_default_may_be_left_out():
    stored = '[{"kind": "set_on_loss", "structure_id": 6, "on_loss": "ends"}]'
    assert read(stored) == (changes.SetOnLoss(6, OnLoss.ENDS),)


@pytest.mark.parametrize(
    ("stored", "reason"),
    [
        ('{"kind": "drop_funding"}', "keine Liste"),
        ("[{", "nicht lesbar"),
        ("[" * 100_000, "nicht lesbar"),
        ("[1]", "keine Angabe mit Namen"),
        ('[{"kind": "abolish", "funding_id": 1}]', "»abolish« kennt das Programm nicht"),
        ('[{"kind": ["x"]}]', "kennt das Programm nicht"),
        ('[{"kind": "drop_funding"}]', "fehlt"),
        ('[{"kind": "drop_funding", "funding_id": 1, "why": 1}]', "»why« kennt das Programm nicht"),
        ('[{"kind": "drop_funding", "funding_id": "1"}]', "passt nicht"),
        ('[{"kind": "drop_funding", "funding_id": true}]', "passt nicht"),
        ('[{"kind": "drop_funding", "funding_id": 99999999999999999999}]', "passt nicht"),
        ('[{"kind": "end_funding", "funding_id": 1, "on": "31.12.2026"}]', "passt nicht"),
        ('[{"kind": "end_funding", "funding_id": 1, "on": "0026-12-31"}]', "passt nicht"),
        (
            '[{"kind": "set_on_loss", "structure_id": 1, "on_loss": "maybe"}]',
            "»Folge bei Wegfall« passt nicht",
        ),
        ('[{"kind": "set_on_loss", "structure_id": 1, "on_loss": "ends", "fte_after": NaN}]', "VZÄ danach"),
        (
            '[{"kind": "add_structure", "name": "x", "structure_kind": "post", "organisation_id": 1,'
            ' "fundings": [{"name": "x", "accompanies": 7}]}]',
            "die es nicht gibt",
        ),
    ],
)
def test_what_cannot_be_read_is_named_and_is_no_change(stored, reason):
    (found,) = read(stored)
    assert isinstance(found, UnreadableEffect)
    assert reason in found.reason
    assert readable((found,)) == ()


def test_a_broken_effect_leaves_the_others_alone_and_is_kept_when_they_are_stored_again():
    stored = json.dumps([{"kind": "from the future", "x": [1]}, json.loads(as_text(ONE_OF_EACH))[0]])
    found = read(stored)
    assert readable(found) == ONE_OF_EACH[:1]
    assert json.loads(as_text(found)) == json.loads(stored)


KNOWN = portfolio(
    organisations=[organisation(id=1)], structures=[structure(id=1)], areas=[area()], tasks=[task()]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("2027-01-01"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_somebody_writes_into_an_effect_never_raises(data):
    effect = data.draw(st.sampled_from(json.loads(as_text(ONE_OF_EACH))))
    name = data.draw(st.sampled_from(sorted(effect)))
    changed = effect | {name: data.draw(ANYTHING)}
    found = read(json.dumps([changed]))
    assert len(found) == 1
    scenario.apply(KNOWN, readable(found))
