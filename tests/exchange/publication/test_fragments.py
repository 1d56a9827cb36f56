"""The text of an offer as a piece of HTML: what was typed stays text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.exchange.publication.fragments import fragment
from tests.exchange.publication.told import OFFER, offer, published

DIRECTORY = published().directory
TAGS = {"p", "ul", "li", "a"}


class Reading(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(language: str = "de", **values: Any) -> Reading:
    return Reading(fragment(offer(**values), DIRECTORY, language))


def test_a_german_page_says_all_that_helps_to_get_there():
    found = read()
    for said in (
        "Auch zu Hause.",
        "Für wen: Wer neu",
        "Wo: Ahorn, Dörfles",
        "Geöffnet: Mo bis Do",
        "bis 30.06.2027",
    ):
        assert said in found.text
    links = [each["href"] for tag, each in found.tags if tag == "a"]
    assert links == ["mailto:lotsen@traeger.example", "https://traeger.example/lotsen"]


def test_another_language_has_its_own_text_and_no_german_words_around_it():
    found = read("ar")
    assert found.tags[0] == ("p", {"lang": "ar", "dir": "rtl"})
    assert "نرافقكم" in found.text
    assert not [said for said in ("Begleiten", "Für wen", "Geöffnet:", "Wo:") if said in found.text]


def test_where_a_language_has_no_text_the_german_one_is_marked_as_such():
    found = read("uk")
    assert found.tags[0] == ("p", {"lang": "de", "dir": "ltr"})
    assert "Begleiten zu Ämtern" in found.text


@pytest.mark.parametrize("entry", [None, offer(without=set(OFFER) - {"name"})])
def test_where_nothing_is_public_that_is_said(entry):
    assert "zurzeit keine Angaben" in Reading(fragment(entry, DIRECTORY, "de")).text


@given(
    st.text(max_size=20)
    | st.sampled_from(['"><img src=x onerror=alert(1)>', "javascript:alert(1)", "{{ 7*7 }}"])
)
@settings(max_examples=60)
def test_what_was_typed_stays_text(typed):
    found = read(
        what=typed, for_whom=typed, opening=typed, address={"street": typed},
        contact=dict.fromkeys(OFFER["contact"], typed),
    )  # fmt: skip
    assert {tag for tag, _ in found.tags} <= TAGS
    assert {name for _, each in found.tags for name in each} <= {"lang", "dir", "href"}
    for tag, each in found.tags:
        assert tag != "a" or str(each["href"]).startswith(("mailto:", "http://", "https://"))
