"""Which tests the first look takes (`STEERING_TESTS=quick`, `.ci/quick`), and which count for coverage."""

from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

TESTS = Path(__file__).parent

# Seconds each: pages, browsers, whole official files, other programs, and databases in great number.
SLOW = {
    "browser",
    "pages",
    "exchange/test_official_files.py",
    "exchange/test_pictures.py",
    "exchange/registers",
    "exchange/workbook/test_reading.py",
    "exchange/word",
    "storage/test_checking.py",
    "storage/test_confirmation.py",
    "storage/test_faults.py",
    "storage/imports",
    "storage/test_publishing.py",
    "storage/backups",
    "storage/test_crowd.py",
    "storage/test_damage.py",
    "storage/test_killing.py",
    "storage/test_schema.py",
    "storage/test_server.py",
    "storage/test_transfer.py",
    "storage/test_taking_over.py",
    "analysis/findings/test_properties.py",
    "analysis/paper",
    "analysis/agenda/test_agenda.py",
    "analysis/test_dates.py",
    "analysis/masterplan/test_proof.py",
    "analysis/scenarios/test_frames.py",
    "test_bad_files.py",
    "cli",
    "test_scaled.py",
}
FEW = 5  # examples of each property in the first look
SHARE = 3  # the gate tries a third of the examples that a property asks for, but at least so many:
AT_LEAST = 10
TRACED = 3  # cases of a test that are measured for coverage


def register() -> None:
    """The Hypothesis profiles: `full` is what the gate runs, `quick` the first look, `search` looks on.

    What the gate says depends on the change alone: its examples are the same in every run, and a part of
    those that a property asks for. `search` draws new ones each time and all of them, and is for whoever
    looks for what nobody has thought of.
    """
    # Two busy cores make any single example slow; how long a test takes is not what these tests judge.
    settings.register_profile("full", deadline=None, max_examples=200, derandomize=True)
    settings.register_profile("quick", parent=settings.get_profile("full"), max_examples=FEW)
    settings.register_profile("search", parent=settings.get_profile("full"), derandomize=False)


def fewer_examples(items: list[pytest.Item], profile: str) -> None:
    """Have each property try fewer examples than it asks for: few in `quick`, a part in `full`."""
    # The cases of a test share what it asks for: it is made less once.
    asked = {id(_test(item)): (_test(item), wanted) for item in items if (wanted := _asked_for(item))}
    for test, wanted in asked.values():
        if (tried := _tried(wanted.max_examples, profile)) < wanted.max_examples:
            test._hypothesis_internal_use_settings = settings(wanted, max_examples=tried)


def _tried(asked: int, profile: str) -> int:
    if profile == "quick":
        return FEW
    return max(AT_LEAST, asked // SHARE) if profile == "full" else asked


def not_for_coverage(items: list[pytest.Item]) -> None:
    """Not measured: properties (the same lines over and over), pages, what a server of its own runs, what
    is run on PostgreSQL after SQLite, and of a test with many cases all but the first few.
    """
    screens = (TESTS / "pages", TESTS / "browser")
    cases: Counter[str] = Counter()
    for item in items:
        cases[test := item.nodeid.partition("[")[0]] += 1
        again = _asked_for(item) is not None or "postgresql" in _parameters(item) or cases[test] > TRACED
        if again or any(map(item.path.is_relative_to, screens)):
            item.add_marker(pytest.mark.no_cover)


def _parameters(item: pytest.Item) -> Collection[object]:
    """What a test is run with; "postgresql" where it is one of two engines."""
    called = getattr(item, "callspec", None)
    return [] if called is None else [each for each in called.params.values() if isinstance(each, str)]


def is_slow(path: Path) -> bool:
    """Whether the first look leaves this place out, and does not even import it."""
    within = path.relative_to(TESTS)
    return any(place.as_posix() in SLOW for place in (within, *within.parents))


def _asked_for(item: pytest.Item) -> settings | None:
    test = _test(item)
    if not getattr(test, "is_hypothesis_test", False):
        return None
    return getattr(test, "_hypothesis_internal_use_settings", None) or settings.default


def _test(item: pytest.Item) -> Any:
    return getattr(item, "obj", None)
