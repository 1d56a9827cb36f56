"""Between two releases the directory says what was confirmed of what may still be said."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from steering.analysis.publication.confirming import (
    SITE,
    Turn,
    awaiting,
    confirmed_part,
    differences,
    published,
)
from steering.analysis.publication.content import News, PublicDirectory, PublicEntry, SiteWords

FIELDS = ("name", "what", "phone")
ENTRIES = st.dictionaries(
    st.sampled_from(["angebot-1", "angebot-2", "potenzial-1"]),
    st.dictionaries(st.sampled_from(FIELDS[1:]), st.sampled_from(["a", "b"])),
)
DIRECTORIES = st.builds(
    lambda entries, imprint: directory(entries, imprint), ENTRIES, st.sampled_from(["", "x", "y"])
)


def directory(entries: dict[str, Any], imprint: str = "") -> PublicDirectory:
    kept = tuple(PublicEntry(key, {"name": key, **values}) for key, values in sorted(entries.items()))
    return PublicDirectory("Landkreis", "09473", SiteWords(imprint=imprint), entries=kept)


def facts(whole: PublicDirectory) -> set[tuple[str, str, str]]:
    """All that a directory says, one by one."""
    return {
        *((each.key, name, value) for each in whole.entries for name, value in each.values.items()),
        *({(SITE, "imprint", whole.site.imprint)} if whole.site.imprint else ()),
    }


@given(DIRECTORIES, DIRECTORIES)
def test_nothing_goes_out_that_was_not_confirmed_or_may_not_be_said_any_more(
    wanted: PublicDirectory, confirmed: PublicDirectory
) -> None:
    out = facts(confirmed_part(wanted, confirmed))
    may = {(key, name) for key, name, _ in facts(wanted)}
    # The oracle: each confirmed fact whose place is still public, and no other.
    assert out == {fact for fact in facts(confirmed) if fact[:2] in may}


@given(DIRECTORIES)
def test_what_is_confirmed_goes_out_as_it_is_and_waits_for_nothing(whole: PublicDirectory) -> None:
    assert confirmed_part(whole, whole) == whole
    assert differences(whole, whole) == []


@given(DIRECTORIES, DIRECTORIES)
def test_nothing_is_waited_for_just_when_the_release_would_add_nothing(
    wanted: PublicDirectory, confirmed: PublicDirectory
) -> None:
    waits = awaiting(differences(wanted, confirmed))
    assert (not waits) == (facts(confirmed_part(wanted, confirmed)) == facts(wanted))


def test_before_the_first_release_nothing_is_public() -> None:
    whole = directory({"angebot-1": {"what": "a"}}, "Impressum")
    assert facts(published(whole, []).directory) == set()
    assert [each.turn for each in differences(whole, None)] == [Turn.NEW, Turn.NEW]


def test_a_change_says_before_and_after_and_the_old_stays_until_it_is_confirmed() -> None:
    old, new = directory({"angebot-1": {"phone": "1"}}), directory({"angebot-1": {"phone": "2", "what": "a"}})
    found = {(each.turn, each.field, each.before, each.after) for each in differences(new, old)}
    assert found == {(Turn.CHANGED, "phone", "1", "2"), (Turn.NEW, "what", None, "a")}
    assert facts(confirmed_part(new, old)) == facts(old)


def test_news_are_told_of_what_is_still_there_the_latest_first() -> None:
    days = [date(2026, 1, day) for day in (1, 2, 3)]
    first = directory({"angebot-1": {}, "angebot-2": {}})
    second = directory({"angebot-1": {"what": "a"}, "angebot-2": {}})
    third = directory({"angebot-1": {"what": "b"}, "potenzial-1": {}}, "x")
    made = published(third, list(zip(days, (first, second, third), strict=True)))
    assert made.day == days[2]
    assert set(made.news[:2]) == {News(days[2], "potenzial-1"), News(days[2], "angebot-1", ("what",))}
    assert made.news[2:] == (News(days[1], "angebot-1", ("what",)), News(days[0], "angebot-1"))
