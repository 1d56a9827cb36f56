"""A change of the Verlauf in words: what it is about, and from what to what."""

from __future__ import annotations

import json

from steering.model import Change, german
from steering.model.german import count, moment_in_words
from steering.model.labels import field_word
from steering.storage.history.erasing import ERASED
from steering.storage.history.searching import OneChange, Signature, Written
from steering.storage.rows import WHOLE
from steering.web.editing import stored_words
from steering.web.text import bold, plain

ADDED_OR_REMOVED = "angelegt oder entfernt"


def field(table: str, name: str) -> str:
    """What a field is called where one looks for it in the Verlauf."""
    return ADDED_OR_REMOVED if name == WHOLE else field_word(table, name)


def step(told: OneChange) -> str:
    """What became of a record, without its name; Markdown."""
    if told.record == Change.__tablename__:
        return _erasing(told)
    return f"{_became(told)}{' · Kontaktdaten daraus gelöscht' if told.erased else ''}"


def _became(told: OneChange) -> str:
    if told.field == WHOLE:
        return "entfernt" if told.before else "**angelegt**"
    name = plain(field(told.record, told.field))
    before, after = (_value(told, stored) for stored in (told.before, told.after))
    if before == after:  # Longer than what is shown of it, or nothing that people read.
        return f"{name}: {bold(stored_words.CHANGED)}"
    return f"{name}: {plain(before)} → {bold(after)}"


def signed(at: Signature) -> str:
    """When and by whom, for the middle of a sentence."""
    return german.signed(at.at, at.actor)


def head(write: Written) -> str:
    """When, by whom and on what occasion; Markdown."""
    parts = [f"**{moment_in_words(write.signature.at)}**", plain(write.signature.actor)]
    if write.imported:
        parts.append(f"eingelesen aus »{plain(write.imported)}«")
    if write.undoes:
        what = "einer Änderung" if write.alone else "des Vorgangs"
        parts.append(plain(f"Rücknahme {what} vom {moment_in_words(write.undoes.at)}"))
    if write.taken_back:
        parts.append(plain(f"zurückgenommen {signed(write.taken_back)}"))
    return " · ".join(parts)


def _erasing(told: OneChange) -> str:
    done = json.loads(told.after) if told.field == ERASED else {}
    return f"**gelöscht** {erased_from(done.get('entries', 0), done.get('fields', 0))}"


def erased_from(entries: int, fields: int) -> str:
    """Out of how many entries of the Verlauf, and fields of today's records, contact data were taken."""
    today = f" und {count(fields, 'Angabe', 'Angaben')} des Bestands" if fields else ""
    return f"aus {count(entries, 'Eintrag', 'Einträgen')} des Verlaufs{today}"


def _value(told: OneChange, stored: str) -> str:
    return stored_words.value(told.record, told.field, json.loads(stored) if stored else None)
