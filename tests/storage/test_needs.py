"""Needs written by hand: checked, with their target groups, and gone with what they hang on."""

from typing import Any

import pytest
from sqlalchemy import Engine

from steering.model import Indicator, Need, NeedKind, NeedUnit, Priority, Task
from steering.storage import archiving, reading
from steering.storage.history.undoing import undo
from steering.storage.problems import Invalid
from steering.storage.writing import Edit, write
from tests.storage.conftest import COUNSEL, DISTRICT, EVERYONE, REFUGEES, WHO
from tests.stored import batch_of

PLACES = {"name": "Beratungsplätze", "kind": NeedKind.SERVICE, "task_id": COUNSEL, "area_id": DISTRICT}


def complaints(engine: Engine, **values: Any) -> dict[str, str]:
    """What storage has to say against a need, by field."""
    with pytest.raises(Invalid) as refusal:
        write(engine, [Edit(Need, PLACES | values)], **WHO)
    return {problem.field: problem.message for problem in refusal.value.problems}


def test_a_need_is_for_everyone_unless_it_says_for_whom(engine: Engine) -> None:
    only_some = PLACES | {"target_groups": [REFUGEES], "quantity": "12", "unit": "places"}
    keys = write(engine, [Edit(Need, PLACES), Edit(Need, only_some)], **WHO).ids
    groups = reading.portfolio(engine).need_groups
    assert list(zip(groups["need_id"], groups["target_group_id"], strict=True)) == [
        (keys[0], EVERYONE),
        (keys[1], REFUGEES),
    ]
    needs = reading.portfolio(engine).needs.set_index("id")
    assert needs.loc[keys[0], ["priority", "level", "site"]].fillna("").tolist() == [Priority.MEDIUM, "", ""]
    assert (needs.loc[keys[1], "quantity"], needs.loc[keys[1], "unit"]) == (12.0, NeedUnit.PLACES)


def test_every_problem_of_a_need_is_named_at_once_in_german(engine: Engine) -> None:
    found = complaints(engine, name="", kind="Wunsch", task_id=99, unit="places", quantity=1.5)
    assert found["name"] == "Bitte ausfüllen."
    assert "Versorgung, Steuerung" in found["kind"]
    assert "gibt es nicht" in found["task_id"]
    assert found["quantity"] == "Plätze gibt es nur ganz. Bitte eine ganze Zahl eingeben."


def test_a_quantity_without_a_unit_is_said_at_the_unit(engine: Engine) -> None:
    assert list(complaints(engine, quantity=3)) == ["unit"]
    assert "Plätze, VZÄ, Beratungsschlüssel" in complaints(engine, quantity=3, unit="Stück")["unit"]


def test_a_need_follows_what_is_counted_and_no_share(engine: Engine) -> None:
    rule = {"quantity": 1, "unit": "fte", "per": 150}
    new = [
        Edit(Indicator, {"name": name, "unit": unit}) for name, unit in (("Zahl", "Personen"), ("Teil", "%"))
    ]
    count, share = write(engine, new, **WHO).ids
    assert "ergeben keine Summe" in complaints(engine, **rule, indicator_id=share)["indicator_id"]
    assert list(complaints(engine, **rule, indicator_id=99)) == ["indicator_id"]
    write(engine, [Edit(Need, PLACES | rule | {"indicator_id": count})], **WHO)
    needs = reading.portfolio(engine).needs
    assert (needs["per"].iloc[0], needs["indicator_id"].iloc[0]) == (150.0, count)


def test_a_need_without_a_target_group_is_refused(engine: Engine) -> None:
    assert complaints(engine, target_groups=[]) == {"target_groups": "Bitte ausfüllen."}


def test_a_need_goes_with_its_task_and_comes_back_with_undo(engine: Engine) -> None:
    write(engine, [Edit(Need, PLACES)], **WHO)
    assert archiving.dependants(engine, Task, COUNSEL)[0] == "Bedarf »Beratungsplätze«"
    archived = archiving.archive(engine, Task, COUNSEL, 1, **WHO)
    assert reading.portfolio(engine).needs.empty
    assert reading.portfolio(engine).need_groups.empty
    undo(engine, batch_of(archived), **WHO)
    assert len(reading.portfolio(engine).need_groups) == 1
