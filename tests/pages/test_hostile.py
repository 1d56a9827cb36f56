"""What stands in the data is text on every page: nothing of it becomes a mark, a link or a picture."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from steering.web import pages
from tests.hostile import CARRIED_OUT, ESCAPED
from tests.pages.conftest import PAGES, Screen
from tests.pages.test_discretion import CHOICES

# What the paper shows is written in fields, and tried as a file in tests/cli.
TAKES_LONG = "Vorlage schreiben"

# Where Streamlit reads Markdown, by message and field; elsewhere it shows what it is given.
MARKDOWN = {
    ("Alert", "body"), ("Button", "label"), ("ButtonGroup", "label"), ("Checkbox", "label"),
    ("DateInput", "label"), ("Dialog", "title"), ("DownloadButton", "label"), ("Expandable", "label"),
    ("FileUploader", "label"), ("Heading", "body"), ("LinkButton", "label"), ("Markdown", "body"),
    ("Metric", "label"), ("MultiSelect", "label"), ("NumberInput", "label"), ("Option", "content"),
    ("PageLink", "label"), ("Popover", "label"), ("Radio", "captions"), ("Radio", "label"),
    ("Radio", "options"), ("Radio", "raw_value"),
    ("Selectbox", "label"), ("Slider", "label"), ("Tab", "label"),
    ("TextArea", "label"), ("TextInput", "label"), ("Toast", "body"),
}  # fmt: skip
# What the program computes with, and Streamlit's ids.
NOT_SHOWN = {"element_id", "id", "key", "elementId", "form_id", "group_id"}


def strings(message: Any) -> Iterator[tuple[str, str, str]]:
    """Every text in a message: the message's name, the field's, and the text."""
    for field, value in message.ListFields():
        if field.type == field.TYPE_MESSAGE:
            if not field.message_type.GetOptions().map_entry:
                for each in value if field.is_repeated else [value]:
                    yield from strings(each)
        elif field.type == field.TYPE_STRING and field.name not in NOT_SHOWN:
            for each in value if field.is_repeated else [value]:
                yield message.DESCRIPTOR.name, field.name, each


def cells(data: bytes) -> Iterator[str]:
    """The texts of a table, its headings among them."""
    table = pa.ipc.open_stream(data).read_all()
    yield from table.column_names
    for column in table.columns:
        yield from (str(value) for value in column.to_pylist() if value is not None)


def misread(node: Any) -> Iterator[tuple[str, str, str]]:
    """What Markdown would read as marks, and what shows signs against that where nothing reads them."""
    message = getattr(node, "proto", None)
    if message is not None:
        for name, field, text in strings(message):
            markdown = field in {"help", "tooltip"} or (name, field) in MARKDOWN
            if (CARRIED_OUT if markdown else ESCAPED).search(text):
                yield name, field, text
        if type(node).__name__ in {"Table", "Dataframe"}:
            wrong = CARRIED_OUT if type(node).__name__ == "Table" else ESCAPED
            found = cells(message.arrow_data.data)
            yield from ((type(node).__name__, "cell", text) for text in found if wrong.search(text))
    for child in getattr(node, "children", {}).values():
        yield from misread(child)


def problems(shown: Screen) -> list[tuple[str, str, str]]:
    assert not shown.app.exception
    return list(dict.fromkeys(misread(shown.app._tree)))


@pytest.mark.parametrize("page", PAGES)
def test_nothing_on_a_page_is_more_than_text(look, page):
    shown = look(page, kind="hostile")
    assert problems(shown) == []
    for key, values in CHOICES.get(page, {}).items():
        for value in (each for each in values if each != TAKES_LONG):
            shown.app.session_state[key] = value
            shown.app.run()
            assert problems(shown) == []


@pytest.mark.parametrize("part", ["Rahmen und Teilnahme", "Vereinbart", "Abschluss"])
def test_nothing_in_a_round_is_more_than_text(look, part):
    shown = look("Koordinierungsrunde", kind="hostile", runde="1", punkt="1")
    assert problems(shown) == []
    shown.app.session_state["meeting_part"] = part
    shown.app.run()
    assert problems(shown) == []


@pytest.mark.parametrize("section", pages.DATA_SECTIONS)
def test_nothing_in_a_section_of_the_data_is_more_than_text(look, section):
    assert problems(look("Daten und Einstellungen", kind="hostile", bereich=section)) == []


@pytest.mark.parametrize("part", ["structure", "funding", "responsibility"])
def test_nothing_in_a_form_is_more_than_text(look, part):
    shown = look("Strukturen", kind="hostile")
    shown.choice("Struktur").set_value(1).run()
    shown.app.radio(key="edit_part").set_value(part).run()
    assert problems(shown) == []


def test_nothing_told_of_a_chosen_structure_is_more_than_text(look):
    shown = look("Strukturen", kind="hostile", struktur="1")
    assert problems(shown) == []
