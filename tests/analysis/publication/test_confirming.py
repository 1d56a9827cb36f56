"""Between two releases the directory says what was confirmed of what may still be said."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from steering.analysis.publication.confirming import (
    LOOKED_BACK,
    SITE,
    PublicTurn,
    awaiting,
    confirmed_part,
    differences,
    published,
)
from steering.analysis.publication.content import PublicDirectory, PublicEntry, PublicNews, SiteWords

WORDS = st.sampled_from(["a", "b"])
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "what": WORDS,
        "places": st.sampled_from([0, 10]),
        "contact": st.dictionaries(st.sampled_from(["phone", "mailbox"]), WORDS, min_size=1),
        "target_groups": st.lists(WORDS, min_size=1, unique=True),
        "texts": st.lists(
            st.fixed_dictionaries({"language": st.just("en"), "title": WORDS, "text": WORDS}),
            min_size=1,
            max_size=1,
        ),
    },
)
ENTRIES = st.dictionaries(st.sampled_from(["angebot-1", "angebot-2", "potenzial-1"]), VALUES)
DIRECTORIES = st.builds(
    lambda entries, imprint: directory(entries, imprint), ENTRIES, st.sampled_from(["", "x", "y"])
)


def directory(entries: dict[str, Any], imprint: str = "") -> PublicDirectory:
    kept = tuple(PublicEntry(key, {"name": key, **values}) for key, values in sorted(entries.items()))
    return PublicDirectory("Landkreis", "09473", SiteWords(imprint=imprint), entries=kept)


def facts(whole: PublicDirectory) -> set[tuple[str, str, str]]:
    """All that a directory says, one by one, down to the last part."""
    found = {(SITE, "imprint", whole.site.imprint)} if whole.site.imprint else set()
    for entry in whole.entries:
        for name, value in entry.values.items():
            parts = value.items() if isinstance(value, dict) else enumerate([value])
            for part, said in parts:
                each = said if isinstance(said, list) else [said]
                found |= {(entry.key, f"{name}.{part}", json.dumps(one, sort_keys=True)) for one in each}
    return found


@given(DIRECTORIES, DIRECTORIES)
def test_what_goes_out_was_confirmed_and_is_still_so_and_all_of_that_goes_out(
    wanted: PublicDirectory, confirmed: PublicDirectory
) -> None:
    out = facts(confirmed_part(wanted, confirmed))
    both = facts(wanted) & facts(confirmed)
    # The directory's own texts stay until new ones are confirmed.
    own = {each for each in facts(confirmed) if each[0] == SITE and wanted.site.imprint}
    assert out == {each for each in both if each[0] != SITE} | own


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
    assert [each.turn for each in differences(whole, None)] == [PublicTurn.NEW, PublicTurn.NEW]


def test_a_change_says_before_and_after_and_nothing_is_said_of_it_until_it_is_confirmed() -> None:
    old = directory({"angebot-1": {"contact": {"phone": "1", "mailbox": "m"}}})
    new = directory({"angebot-1": {"contact": {"phone": "2", "mailbox": "m"}, "what": "a"}})
    found = {(each.turn, each.field) for each in differences(new, old)}
    assert found == {(PublicTurn.CHANGED, "contact"), (PublicTurn.NEW, "what")}
    (entry,) = confirmed_part(new, old).entries
    assert entry.values == {"name": "angebot-1", "contact": {"mailbox": "m"}}


def test_a_part_that_is_taken_back_goes_at_once_and_waits_for_nobody() -> None:
    old = directory({"angebot-1": {"contact": {"phone": "1", "mailbox": "m"}, "target_groups": ["a", "b"]}})
    new = directory({"angebot-1": {"contact": {"mailbox": "m"}, "target_groups": ["b"]}})
    assert facts(confirmed_part(new, old)) == facts(new)
    assert awaiting(differences(new, old)) == []
    assert {each.turn for each in differences(new, old)} == {PublicTurn.GONE}


def test_an_entry_keeps_the_name_with_which_it_was_confirmed() -> None:
    new = PublicDirectory("Landkreis", "09473", entries=(PublicEntry("angebot-1", {"name": "Neu"}),))
    (entry,) = confirmed_part(new, directory({"angebot-1": {}})).entries
    assert entry.name == "angebot-1"


def test_for_the_whole_landkreis_is_said_only_while_both_say_so() -> None:
    wide = {"reach": {"district_wide": True, "municipalities": ["1", "2"]}}
    narrow = {"reach": {"district_wide": False, "municipalities": ["1"]}}
    for wanted, confirmed in ((wide, narrow), (narrow, wide)):
        (entry,) = confirmed_part(
            directory({"angebot-1": wanted}), directory({"angebot-1": confirmed})
        ).entries
        assert entry.values["reach"] == narrow["reach"]


def test_a_point_goes_with_its_place() -> None:
    place = {"street": "Weg 1", "town": "Ahorn", "latitude": 50.2, "longitude": 11.0}
    for changed in ({"street": "Weg 2"}, {"latitude": 50.3}):
        (entry,) = confirmed_part(
            directory({"angebot-1": {"address": place | changed}}),
            directory({"angebot-1": {"address": place}}),
        ).entries
        assert entry.values["address"].keys().isdisjoint({"latitude", "longitude"})


def test_news_are_told_of_what_is_still_there_the_latest_first() -> None:
    days = [date(2026, 1, day) for day in (1, 2, 3)]
    first = directory({"angebot-1": {}, "angebot-2": {}})
    second = directory({"angebot-1": {"what": "a"}, "angebot-2": {}})
    third = directory({"angebot-1": {"what": "b"}, "potenzial-1": {}}, "x")
    made = published(third, list(zip(days, (first, second, third), strict=True)))
    assert made.day == days[2]
    assert set(made.news[:2]) == {
        PublicNews(days[2], "potenzial-1"),
        PublicNews(days[2], "angebot-1", ("what",)),
    }
    assert made.news[2:] == (PublicNews(days[1], "angebot-1", ("what",)), PublicNews(days[0], "angebot-1"))


def test_what_was_taken_back_is_no_news() -> None:
    days = [date(2026, 1, day) for day in (1, 2)]
    kept = (directory({"angebot-1": {"what": "a"}}), directory({"angebot-1": {}}))
    made = published(kept[1], list(zip(days, kept, strict=True)))
    assert made.news == (PublicNews(days[0], "angebot-1"),)


def test_of_many_releases_the_first_that_is_looked_at_is_not_told_as_new() -> None:
    kept = [
        (date(2026, 1, day), directory({"angebot-1": {"what": "a" if day % 2 else "b"}}))
        for day in range(1, LOOKED_BACK + 2)
    ]
    made = published(kept[-1][1], kept)
    assert len(made.news) == LOOKED_BACK
    assert all(each.changed == ("what",) for each in made.news)
