"""Things that are called the same: the browser tells a choice by its words, and the right one is meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

import pytest

from steering.model import Funding, Measure, Organisation, Potential, Record, Responsibility, Structure
from steering.storage import reading, writing
from steering.storage.writing import Edit
from tests.conftest import TODAY
from tests.pages.conftest import Screen
from tests.stored import row_of

NAME, LOTSEN = "Sprachcafé", "Integrationslotsen"
NOW = datetime.combine(TODAY, time(9))


def write(shown: Screen, *edits: Edit) -> list[int]:
    return list(writing.write(shown.engine, list(edits), actor="FB 22", now=NOW).ids)


def two_cafes(shown: Screen) -> list[int]:
    """Structures of one name, with carriers of their own."""
    carriers = reading.portfolio(shown.engine).organisations.set_index("short_name")["id"]
    values = {"name": NAME, "kind": "service", "end_kind": "unknown"}
    return write(
        shown,
        *(Edit(Structure, {**values, "organisation_id": int(carriers[of])}) for of in ("AWO", "Caritas")),
    )


def offered(shown: Screen, label: str, words: str) -> list[str]:
    return [each for each in shown.choice(label).options if words in each]


def test_each_of_two_structures_is_the_one_that_is_changed(screen: Callable[..., Screen]) -> None:
    shown = screen("Strukturen")
    keys = two_cafes(shown)
    shown.app.run()
    assert offered(shown, "Struktur", NAME) == [f"AWO · {NAME}", f"Caritas · {NAME}"]
    for key, fte in zip(keys, ("1,5", "2,5"), strict=True):
        shown.choice("Struktur").set_value(key).run()
        shown.type(VZÄ=fte)
        shown.click("Speichern")
    assert [row_of(shown.engine, Structure, key)["fte"] for key in keys] == [1.5, 2.5]


def test_each_of_two_responsibilities_for_one_task_is_the_one_that_is_changed(
    screen: Callable[..., Screen],
) -> None:
    shown = screen("Strukturen")
    shown.edit("Fachbereich 21: Vollzug Asylbewerberleistungsgesetz", "Zuständigkeit")
    boxes = [each for each in shown.app.selectbox if each.label == "Zuständigkeit"]
    alike = [each for each in boxes[0].options if "Vollzug" in each]
    assert [each.split(" · ")[0] for each in alike] == ["gesetzlich zuständig", "federführend"]
    rows = reading.portfolio(shown.engine).responsibilities
    statutory = rows[(rows["structure_id"] == 24) & (rows["role"] == "statutory")]["id"].iloc[0]
    boxes[0].set_value(int(statutory)).run()
    shown.type(gilt_bis="31.12.2030")
    shown.click("Speichern")
    changed = row_of(shown.engine, Responsibility, int(statutory))
    assert str(changed["valid_until"]) == "2030-12-31"


def test_each_of_two_fundings_is_the_one_that_is_changed(screen: Callable[..., Screen]) -> None:
    shown = screen("Strukturen")
    values = {
        "structure_id": shown.id_of(LOTSEN), "name": "Spende", "end_kind": "fixed", "end": "2027-12-31"
    }  # fmt: skip
    keys = write(shown, *(Edit(Funding, {**values, "amount_cents": cents}) for cents in (100, 200)))
    shown.edit(LOTSEN)
    assert offered(shown, "Förderung", "Spende") == [
        "1 € · Spende · bis 31.12.2027", "2 € · Spende · bis 31.12.2027",
    ]  # fmt: skip
    shown.choice("Förderung").set_value(keys[0]).run()
    shown.type(Ende="30.06.2027")
    shown.click("Speichern")
    ends = [str(row_of(shown.engine, Funding, key)["end"]) for key in keys]
    assert ends == ["2027-06-30", "2027-12-31"]


@pytest.fixture(scope="module")
def everything_twice() -> dict[type[Record], dict[str, Any]]:
    return {
        Organisation: {"name": "Verein", "level": "welfare"},
        Measure: {"name": "Stelle schaffen"},
        Potential: {"name": "Chorleiterin", "kind": "culture"},
    }


@pytest.mark.parametrize("page", ["Masterplan", "Strukturen"])
def test_no_box_offers_the_same_words_twice(
    screen: Callable[..., Screen], everything_twice: dict[type[Record], dict[str, Any]], page: str
) -> None:
    shown = screen(page)
    (organisation, *_) = write(
        shown, *(Edit(record, values) for record, values in everything_twice.items() for _ in range(2))
    )
    structure = {"name": NAME, "kind": "service", "end_kind": "unknown", "organisation_id": organisation}
    first, second = write(shown, *(Edit(Structure, structure) for _ in range(2)))
    duty = {"task_id": 1, "area_id": 1, "role": "lead", "target_groups": [1]}
    money = {"name": "Spende", "end_kind": "unknown"}
    owned: list[tuple[type[Record], dict[str, Any]]] = [(Responsibility, duty), (Funding, money)]
    write(
        shown,
        *(
            Edit(record, {**values, "structure_id": key})
            for record, values in owned
            for key in (first, first, second)
        ),
    )
    shown.app.run()
    shown.choice("Struktur").set_value(first).run()
    for part in ("funding", "responsibility"):
        shown.app.radio(key="edit_part").set_value(part).run()
        assert not shown.app.exception
        for box in [*shown.app.selectbox, *shown.app.multiselect]:
            assert len(set(box.options)) == len(box.options), box.label
