"""What may be public is what was decided, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from steering.analysis.portfolio import Portfolio
from steering.analysis.publication.choosing import public_directory
from steering.analysis.publication.content import PublicDirectory, as_text, from_text
from steering.model import AreaKind, EndKind, PotentialState, Provenance, Role, StructureKind
from tests.analysis.potentials.worlds import MIDDLE, WEST, world
from tests.builders import (
    area,
    area_municipality,
    organisation,
    potential,
    public_offer,
    responsibility,
    responsibility_group,
    structure,
    target_group,
)
from tests.every_field import planted

TODAY = date(2026, 11, 27)
OF_OFFERS = {
    "kind": set(),
    "carrier": {"organisation.name"},
    "what": {"public_offer.what", "public_text.text"},
    "for_whom": {"public_offer.for_whom"},
    "tasks": {"task.name"},
    "target_groups": {"target_group.name"},
    "reach": set(),
    "address": {
        *("public_offer.street", "public_offer.town"),
        *("structure.seat_latitude", "structure.seat_longitude"),
    },
    "contact": {f"public_offer.{name}" for name in ("contact", "phone", "mailbox", "website")},
    "opening": {"public_offer.opening"},
    "end": set(),
    "places": {"funding.places"},
    "confirmed": set(),
}
OF_POTENTIALS = {
    "kind": set(),
    "field": set(),
    "area": {"area.name"},
    "description": {"potential.description", "public_text.text"},
    "evidence": {"potential.evidence", "indicator.name", "indicator.source"},
    "idea": {"potential.idea"},
    "next_step": {"potential.next_step"},
}
# Official names, what the directory says of itself.
ALWAYS = {
    *("municipality.name", "field.name", "field.slug"),
    *(
        f"public_site.{name}"
        for name in ("name", "introduction", "address", "mailbox", "imprint", "privacy", "accessibility")
    ),
}
ONCE_PUBLIC = {"structure.name", "potential.name", "public_text.title"}
FLAGS = sorted({*OF_OFFERS, *OF_POTENTIALS})


def told(shows: set[str], public: bool = True) -> set[str]:
    """Of which fields the directory says what stands in them."""
    data, secrets = planted(frozenset(f"shows_{name}" for name in shows), public)
    text = as_text(public_directory(data, TODAY))
    return {field for field, secret in secrets.items() if secret in text}


def test_without_a_decision_nothing_is_public() -> None:
    assert told(set(FLAGS), public=False) == ALWAYS


def test_an_entry_that_is_opened_says_its_name_and_texts() -> None:
    assert told(set()) == ALWAYS | ONCE_PUBLIC


@pytest.mark.parametrize("flag", FLAGS)
def test_each_flag_opens_its_own_field_and_no_other(flag: str) -> None:
    opened = OF_OFFERS.get(flag, set()) | OF_POTENTIALS.get(flag, set())
    assert told({flag}) == ALWAYS | ONCE_PUBLIC | opened


def test_whatever_is_decided_no_other_field_of_any_record_is_told() -> None:
    everything = set().union(*OF_OFFERS.values(), *OF_POTENTIALS.values())
    assert told(set(FLAGS)) == ALWAYS | ONCE_PUBLIC | everything


def opened(**more: Any) -> dict[str, Any]:
    return public_offer(public=True, **{f"shows_{name}": True for name in OF_OFFERS}, **more)


def directory(**more: Any) -> PublicDirectory:
    return public_directory(served(**more), TODAY)


def served(**more: Any) -> Portfolio:
    """The structure with id 1, which is public and leads a task in one municipality."""
    usual: dict[str, Any] = {
        "structures": [structure(id=1, name="Café", organisation_id=2)],
        "responsibilities": [responsibility(id=1, structure_id=1, task_id=1, area_id=12, role=Role.LEAD)],
        "responsibility_groups": [responsibility_group(responsibility_id=1, target_group_id=2)],
        "public_offers": [opened()],
        "target_groups": [target_group(id=1, name="alle", everyone=True), target_group(id=2, name="Frauen")],
    }
    return world(**usual | more)


def values(**more: Any) -> dict[str, Any]:
    (entry,) = directory(**more).offers
    return dict(entry.values)


def test_an_offer_says_what_it_does_where_and_for_whom() -> None:
    said = values()
    assert said["tasks"] == [{"field": "feld-1", "task": "Sprachcafé"}]
    assert said["target_groups"] == ["Frauen"]
    assert said["reach"] == {"district_wide": False, "municipalities": [MIDDLE]}
    assert said["end"] == {"open_ended": True}
    assert said["carrier"] == "Caritas"


@pytest.mark.parametrize(
    "more",
    [
        {"structures": [structure(id=1, provenance=Provenance.EXAMPLE)]},
        {"structures": [structure(id=1, kind=StructureKind.ACCOMMODATION)]},
        {"structures": [structure(id=1, valid_until="2026-11-26")]},
        {"structures": [structure(id=1, valid_from="2026-11-28")]},
        {"organisations": [organisation(id=2, provenance=Provenance.EXAMPLE)]},
        {"public_offers": [public_offer(public=False, shows_carrier=True)]},
        {"structures": [structure(id=7)]},
    ],
    ids=["example", "accommodation", "ended", "not begun", "of an example", "not public", "gone"],
)  # fmt: skip
def test_what_must_not_be_public_is_not_there_whatever_was_decided(more: dict[str, Any]) -> None:
    assert directory(**more).offers == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"provenance": Provenance.EXAMPLE},
        {"provenance": Provenance.DERIVED},
        {"role": Role.SUPPORT},
        {"valid_until": "2026-11-26"},
    ],
    ids=["example", "derived", "supports", "ended"],
)
def test_a_task_is_told_only_where_it_is_documented_that_the_structure_does_it(changed: Any) -> None:
    usual = {"id": 1, "structure_id": 1, "task_id": 1, "area_id": 12, "role": Role.LEAD}
    said = values(responsibilities=[responsibility(**usual | changed)])
    assert said.keys().isdisjoint({"tasks", "target_groups", "reach"})


def test_everyone_stands_for_each_group() -> None:
    both = [responsibility_group(responsibility_id=1, target_group_id=key) for key in (1, 2)]
    assert values(responsibility_groups=both)["target_groups"] == ["alle"]


def test_an_end_is_told_where_it_is_certain() -> None:
    ends = [structure(id=1, organisation_id=2, valid_until="2027-06-30")]
    assert values(structures=ends)["end"] == {"until": "2027-06-30"}
    untold = [structure(id=1, organisation_id=2, end_kind=EndKind.UNKNOWN)]
    assert "end" not in values(structures=untold)


def test_a_catchment_says_where_it_reaches_while_no_task_is_documented() -> None:
    said = values(
        responsibilities=[],
        responsibility_groups=[],
        areas=[area(id=11, name="Westdorf", kind=AreaKind.MUNICIPALITY)],
        area_municipalities=[area_municipality(area_id=11, ags=WEST)],
        structures=[structure(id=1, organisation_id=2, catchment_id=11)],
    )
    assert said["reach"] == {"district_wide": False, "municipalities": [WEST]}


@pytest.mark.parametrize(
    "more", [{"state": PotentialState.NOT_PURSUED}, {"provenance": Provenance.EXAMPLE}, {"public": False}]
)
def test_a_potential_is_public_while_it_is_pursued_and_real(more: dict[str, Any]) -> None:
    there = public_directory(world(potentials=[potential(id=1, public=True)]), TODAY)
    assert [each.key for each in there.potentials] == ["potenzial-1"]
    gone = public_directory(world(potentials=[potential(**{"id": 1, "public": True} | more)]), TODAY)
    assert gone.potentials == ()


def test_a_directory_is_kept_as_text_and_read_again() -> None:
    whole = directory(target_groups=[target_group(id=2, name="Über 27 Jahre")])
    assert from_text(as_text(whole)) == whole


def test_a_point_is_told_only_with_the_place_in_words() -> None:
    at = [structure(id=1, organisation_id=2, seat_latitude=50.2, seat_longitude=11.0)]
    assert "address" not in values(structures=at)
    place = {"street": "Weg 1", "town": "Ahorn"}
    assert values(structures=at, public_offers=[opened(**place)])["address"] == {
        **place, "latitude": 50.2, "longitude": 11.0,
    }  # fmt: skip


def test_where_it_only_leads_is_not_where_it_is_an_offer() -> None:
    leads = {"id": 1, "structure_id": 1, "task_id": 1, "area_id": 1, "role": Role.LEAD, "delivers": False}
    does = {"id": 2, "structure_id": 1, "task_id": 2, "area_id": 12, "role": Role.DELIVER}
    said = values(responsibilities=[responsibility(**leads), responsibility(**does)])
    assert said["reach"] == {"district_wide": False, "municipalities": [MIDDLE]}
    assert values(responsibilities=[responsibility(**leads)])["reach"]["district_wide"]
