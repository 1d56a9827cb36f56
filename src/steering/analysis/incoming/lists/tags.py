"""The hashtags of HXL: a set of words each, in any order."""

from __future__ import annotations

import re

from steering.analysis.incoming.lists.meanings import Meaning

_TAGS: dict[frozenset[str], Meaning] = {
    frozenset(words.split()): meaning
    for meaning, sets in {
        Meaning.ORGANISATION: "org|org name",
        Meaning.FUNDER: "org funder|org donor|org funding",
        Meaning.NAME: "activity name|activity title|service name|activity",
        Meaning.TASK: "activity type|sector name|sector",
        Meaning.ROLE: "org role",
        Meaning.AGS: "adm3 code|adm2 code",
        Meaning.MUNICIPALITY: "adm3|adm3 name",
        Meaning.DISTRICT: "adm2|adm2 name",
        Meaning.START: "date start",
        Meaning.END: "date end",
        Meaning.TARGET_GROUPS: "beneficiary type",
        Meaning.AMOUNT: "value|value granted|value approved",
        Meaning.PLACES: "capacity",
        Meaning.NOTE: "description",
    }.items()
    for words in sets.split("|")
}
_SOMETHING_ELSE = {
    "code", "id", "acronym", "type", "url", "email", "phone", "currency", "requested", "planned", "own",
    "reported", "published", "updated", "contact",
}  # fmt: skip


def of_tag(tag: str) -> tuple[Meaning | None, int]:
    """What a hashtag means, and how much of it says so; a municipality counts before its Kreis."""
    words = frozenset(word for word in re.split(r"[\s#+]+", tag.casefold()) if word)
    found = max(
        (each for each in _TAGS if each <= words and not (words - each) & _SOMETHING_ELSE),
        key=len,
        default=None,
    )
    return (None, 0) if found is None else (_TAGS[found], len(found) - ("adm2" in words))
