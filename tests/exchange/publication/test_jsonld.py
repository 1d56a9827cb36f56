"""What the page of an offer says to machines: schema.org, of the entry and nothing beside it."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from steering.exchange.publication import jsonld
from tests.exchange.publication.told import OFFER, offer, published

DIRECTORY = published().directory
EMBEDDED = Environment(autoescape=True).from_string("{{ told|tojson }}")


def told(**values: Any) -> dict[str, Any]:
    return jsonld.of(offer(**values), DIRECTORY)


def types(value: Any) -> set[str]:
    if isinstance(value, list):
        return {each for part in value for each in types(part)}
    if not isinstance(value, dict):
        return set()
    own = {value["@type"]} if "@type" in value else set()
    return own | types(list(value.values()))


def test_an_offer_is_a_service_with_what_is_public_of_it():
    found = told()
    assert found["@id"] == found["url"] == "https://www.landkreis.example/integration/angebote/12.html"
    assert found["provider"]["name"] == "Caritas Musterkreis"
    assert [each["name"] for each in found["areaServed"]] == ["Ahorn", "Dörfles"]
    assert found["availableChannel"]["servicePhone"]["contactType"] == "Koordination Lotsen"
    assert found["availableChannel"]["serviceLocation"]["geo"]["latitude"] == 50.2587123
    assert found["hoursAvailable"]["description"] == "Mo bis Do 9 bis 12 Uhr"
    assert found["offers"]["availabilityEnds"] == "2027-06-30"
    assert types(found) == {
        "Service", "Organization", "AdministrativeArea", "Audience", "ServiceChannel", "Place",
        "PostalAddress", "GeoCoordinates", "ContactPoint", "OpeningHoursSpecification", "Offer",
    }  # fmt: skip


def test_texts_in_further_languages_stand_as_texts_in_these():
    assert [each["@language"] for each in told()["name"]] == ["de", "de-simple", "ar"]
    assert "availableLanguage" not in json.dumps(told())


def test_an_offer_of_which_only_the_name_is_public_says_the_name():
    found = jsonld.of(offer(without=set(OFFER) - {"name"}), published(address="").directory)
    assert set(found) == {"@context", "@type", "@id", "name"}
    assert found["@id"].startswith("urn:uuid:")


@given(st.sets(st.sampled_from(sorted(set(OFFER) - {"name"}))))
@settings(max_examples=20)
def test_what_is_hidden_leaves_no_empty_thing_behind(hidden):
    found = json.dumps(told(without=hidden))
    assert not any(empty in found for empty in ('""', "[]", "{}", "null"))


@given(st.text(max_size=20) | st.just("</script><!--<script>"))
@settings(max_examples=20)
def test_in_a_page_it_ends_no_script(typed):
    found = told(name=typed or "x", what=typed, contact={"function": typed, "website": typed})
    embedded = EMBEDDED.render(told=found)
    assert "<" not in embedded
    assert json.loads(embedded) == found
