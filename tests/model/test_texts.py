"""Which characters a text may hold, in every text of every record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from steering.model import Organisation, Record, texts
from steering.storage.tables import table_of

IMPOSSIBLE = ["\x00", "\x1b", "\x7f", "\x85", "\ud800", "\udfff", "\ufdd0", "\ufffe", "\uffff", "\U0001fffe"]
UNSEEN = ["\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\u2060", "\ufeff"]
TEXTS = [
    (record, name)
    for record in Record.__subclasses__()
    for name, field in record.model_fields.items()
    if field.annotation is str and name in table_of(record).c
]


@pytest.mark.parametrize("character", IMPOSSIBLE)
def test_no_text_of_any_record_holds_what_is_no_character(character):
    for record, name in TEXTS:
        with pytest.raises(ValidationError) as refused:
            record.model_validate({name: f"Treff{character}punkt"})
        told = {str(error["loc"][0]): error["msg"] for error in refused.value.errors() if error["loc"]}
        assert "Steuerzeichen" in told[name], (record, name)


@pytest.mark.parametrize("character", UNSEEN)
def test_what_nobody_sees_is_taken_out(character):
    made = Organisation.model_validate({"name": f"Cari{character}tas", "slug": "caritas", "level": "welfare"})
    assert made.name == "Caritas"
    assert texts.has_unseen(f"Cari{character}tas")


@pytest.mark.parametrize("word", ["می\u200cخواهم", "क्\u200dष", "👩\u200d👩\u200d👧", "Zeile\nzwei\tdrei"])
def test_what_letters_and_pictures_need_stays(word):
    assert texts.seen(word) == word
    assert texts.is_possible(word)


def test_joiners_between_latin_letters_go_and_lines_are_parted_in_one_way():
    assert texts.seen("Ca\u200cri\u200dtas\u200d") == "Caritas"
    assert texts.seen("eins\u2028zwei") == "eins\nzwei"
    assert not texts.has_unseen("eins\u2028zwei")


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    once = texts.seen(texts.possible(text))
    assert texts.seen(once) == once
    assert texts.is_possible(once)
