"""Services as HSDS 3.1 has them: by its schema, with ids for good, and the end by our profile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker

from steering.exchange.publication.open_data.hsds import services
from tests.exchange.publication.standards import standard
from tests.exchange.publication.told import NOTHING, OFFER, offer, published


def written(*entries: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(services(published(*entries).directory))
    return found


def service(**values: Any) -> dict[str, Any]:
    (found,) = written(offer(**values))["contents"]
    assert isinstance(found, dict)
    return found


def ids(value: Any) -> Iterator[str]:
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from ids(each)
    if isinstance(value, dict):
        yield from (text for name, text in value.items() if name == "id" or name.endswith("_id"))


@given(st.sets(st.sampled_from(sorted(OFFER))), st.sets(st.sampled_from(sorted(OFFER["address"]))))
@settings(max_examples=30)
def test_whatever_is_public_every_service_is_valid_by_the_schema(hidden, unknown):
    (schema,) = standard("hsds/service_with_definitions.json")
    checking = Draft7Validator(json.loads(schema.read_text("utf-8")), format_checker=FormatChecker())
    at = {name: value for name, value in OFFER["address"].items() if name not in unknown}
    found = service(without=hidden - {"name"}, **({} if "address" in hidden else {"address": at}))
    assert [error.message for error in checking.iter_errors(found)] == []


def test_a_page_counts_what_it_has():
    page = written(offer(1), offer(2))
    assert (page["total_items"], page["size"], page["empty"], page["last_page"]) == (2, 2, False, True)
    assert json.loads(services(NOTHING.directory))["empty"] is True


def test_ids_are_of_version_5_and_stay_while_names_change():
    before, after = service(), service(name="Lotsen im Landkreis", what="Anderes")
    assert {UUID(each).version for each in ids(before)} == {5}
    assert (before["id"], before["funding"][0]["id"]) == (after["id"], after["funding"][0]["id"])
    assert before["id"] != written(offer(13))["contents"][0]["id"]


def test_carriers_and_terms_are_one_thing_in_all_services():
    one, two = written(offer(1), offer(2))["contents"]
    assert one["organization"] == two["organization"]
    terms = [[each["taxonomy_term"] for each in service["attributes"]] for service in (one, two)]
    assert terms[0] == terms[1]
    assert not {each["id"] for each in one["attributes"]} & {each["id"] for each in two["attributes"]}


def test_a_task_stands_below_its_field():
    terms = [each["taxonomy_term"] for each in service()["attributes"]]
    assert [each["name"] for each in terms] == [
        "Sprache und Bildung", "Wohnen", "Sprachmittlung", "Sprachkurse", "Wohnungssuche",
        "Geflüchtete", "Familien",
    ]  # fmt: skip
    names = {each["id"]: each["name"] for each in terms}
    assert names[terms[4]["parent_id"]] == "Wohnen"


@pytest.mark.parametrize(
    ("end", "funding"),
    [({"until": "2027-06-30"}, {"valid_to": "2027-06-30"}), ({"open_ended": True}, {"open_ended": True})],
)
def test_the_end_stands_in_funding_as_the_profile_says(end, funding):
    (found,) = service(end=end)["funding"]
    assert {name: value for name, value in found.items() if not name.endswith("id")} == funding


def test_where_the_end_is_not_public_there_is_no_funding():
    assert "funding" not in service(without={"end"})


def test_an_address_with_a_gap_stands_in_words():
    location = service(address={"town": "Musterstadt"})["service_at_locations"][0]["location"]
    assert "addresses" not in location
    assert location["description"] == "Musterstadt"


def test_languages_of_texts_are_not_said_to_be_spoken():
    found = service()
    assert "languages" not in found
    assert [each["language"] for each in found["texts"]] == ["de-simple", "ar"]


def test_what_is_no_mailbox_and_no_web_address_is_not_said_to_be_one():
    found = service(contact={"mailbox": "bitte anrufen", "website": "javascript:alert(1)"})
    assert {"email", "url"} & set(found) == set()
