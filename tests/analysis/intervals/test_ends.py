"""The table of docs/rules.md#life-of-a-structure, cell by cell, on the days at which each cell turns."""

from datetime import date, timedelta

import pytest

from steering.analysis.lives.lifecycle import lives
from steering.analysis.portfolio import Portfolio
from tests.builders import Values, funding, portfolio, structure, view

START, TODAY, YESTERDAY = "2024-01-01", "2026-06-30", "2026-06-29"
ALWAYS = "2100-12-31"
NEVER = "2023-12-31"
UNKNOWN, OVER = "unknown", "not_running"

# What the record says; then per scenario the last running day and what follows it.
SECURED, EXPECTED, OPTIMISTIC = "secured", "expected", "optimistic"
Cell = tuple[str, str]


def same(cell: Cell) -> dict[str, Cell]:
    return {SECURED: cell, EXPECTED: cell, OPTIMISTIC: cell}


def each(secured: Cell, expected: Cell, optimistic: Cell) -> dict[str, Cell]:
    return {SECURED: secured, EXPECTED: expected, OPTIMISTIC: optimistic}


END, NEXT = "2026-12-31", "2028-12-31"
ENDS, LATER, GOES_ON = (END, OVER), (NEXT, OVER), (ALWAYS, OVER)

TABLE: dict[str, tuple[Values, dict[str, Cell]]] = {
    "fixed, no extension needed": (
        {"end_kind": "fixed", "end": END, "extension": "not_needed"},
        same(ENDS),
    ),
    "fixed, extension ruled out": (
        {"end_kind": "fixed", "end": END, "extension": "ruled_out", "expected_until": NEXT},
        same(ENDS),
    ),
    "fixed, applied for until a day": (
        {"end_kind": "fixed", "end": END, "extension": "applied", "expected_until": NEXT},
        each(ENDS, LATER, LATER),
    ),
    "fixed, applied for without end": (
        {"end_kind": "fixed", "end": END, "extension": "applied"},
        each(ENDS, GOES_ON, GOES_ON),
    ),
    "fixed, applied for until a day before the end": (
        {"end_kind": "fixed", "end": END, "extension": "applied", "expected_until": "2026-08-31"},
        same(ENDS),
    ),
    "fixed, in prospect until a day": (
        {"end_kind": "fixed", "end": END, "extension": "expected", "expected_until": NEXT},
        each(ENDS, LATER, LATER),
    ),
    "fixed, in prospect without end": (
        {"end_kind": "fixed", "end": END, "extension": "expected"},
        each(ENDS, GOES_ON, GOES_ON),
    ),
    "fixed, extension unclear": (
        {"end_kind": "fixed", "end": END, "extension": "unclear"},
        each(ENDS, ENDS, GOES_ON),
    ),
    "fixed, extension not yet possible": (
        {"end_kind": "fixed", "end": END, "extension": "not_yet_possible", "expected_until": NEXT},
        each(ENDS, ENDS, GOES_ON),
    ),
    "fixed, ending today and applied for": (
        {"end_kind": "fixed", "end": TODAY, "extension": "applied"},
        each((TODAY, OVER), GOES_ON, GOES_ON),
    ),
    "fixed, ended yesterday and applied for": (
        {"end_kind": "fixed", "end": YESTERDAY, "extension": "applied"},
        same((YESTERDAY, OVER)),
    ),
    "fixed, ended yesterday and applied for until a day ahead": (
        {"end_kind": "fixed", "end": YESTERDAY, "extension": "applied", "expected_until": NEXT},
        same((YESTERDAY, OVER)),
    ),
    "fixed, ended yesterday and unclear": (
        {"end_kind": "fixed", "end": YESTERDAY, "extension": "unclear"},
        same((YESTERDAY, OVER)),
    ),
    "open": ({"end_kind": "open", "extension": "unclear"}, same(GOES_ON)),
    "open, whatever is ruled out": ({"end_kind": "open", "extension": "ruled_out"}, same(GOES_ON)),
    "annual, end ahead": (
        {"end_kind": "annual", "end": END, "extension": "unclear"},
        each((END, UNKNOWN), GOES_ON, GOES_ON),
    ),
    "annual, end today": (
        {"end_kind": "annual", "end": TODAY, "extension": "unclear"},
        each((TODAY, UNKNOWN), GOES_ON, GOES_ON),
    ),
    "annual, ended yesterday": (
        {"end_kind": "annual", "end": YESTERDAY, "extension": "applied"},
        each((YESTERDAY, UNKNOWN), (YESTERDAY, UNKNOWN), GOES_ON),
    ),
    "annual, extension ruled out": (
        {"end_kind": "annual", "end": END, "extension": "ruled_out"},
        same(ENDS),
    ),
    "annual, ended yesterday and ruled out": (
        {"end_kind": "annual", "end": YESTERDAY, "extension": "ruled_out"},
        same((YESTERDAY, OVER)),
    ),
    "annual, without end, confirmed this year": (
        {"end_kind": "annual", "confirmed_on": "2026-01-01", "extension": "unclear"},
        each(("2026-12-31", UNKNOWN), GOES_ON, GOES_ON),
    ),
    "annual, without end, confirmed last year": (
        {"end_kind": "annual", "confirmed_on": "2025-12-31", "extension": "unclear"},
        each(("2025-12-31", UNKNOWN), ("2025-12-31", UNKNOWN), GOES_ON),
    ),
    "annual, with an end that beats the year of its confirmation": (
        {"end_kind": "annual", "end": "2027-08-31", "confirmed_on": "2026-01-01", "extension": "unclear"},
        each(("2027-08-31", UNKNOWN), GOES_ON, GOES_ON),
    ),
    "annual, never confirmed": (
        {"end_kind": "annual", "extension": "unclear"},
        each((NEVER, UNKNOWN), (NEVER, UNKNOWN), GOES_ON),
    ),
    "annual, never confirmed and ruled out": (
        {"end_kind": "annual", "extension": "ruled_out"},
        same((NEVER, UNKNOWN)),
    ),
    "unknown, confirmed": (
        {"end_kind": "unknown", "confirmed_on": "2026-03-15", "extension": "unclear"},
        each(("2026-03-15", UNKNOWN), ("2027-03-15", UNKNOWN), GOES_ON),
    ),
    "unknown, confirmed on a 29 February": (
        {"end_kind": "unknown", "confirmed_on": "2024-02-29", "extension": "applied"},
        each(("2024-02-29", UNKNOWN), ("2025-02-28", UNKNOWN), GOES_ON),
    ),
    "unknown, confirmed before it began": (
        {"end_kind": "unknown", "confirmed_on": "2023-06-30", "extension": "unclear"},
        each((NEVER, UNKNOWN), ("2024-06-30", UNKNOWN), GOES_ON),
    ),
    "unknown, never confirmed": (
        {"end_kind": "unknown", "extension": "not_yet_possible"},
        each((NEVER, UNKNOWN), (NEVER, UNKNOWN), GOES_ON),
    ),
    "unknown, confirmed and ruled out": (
        {"end_kind": "unknown", "confirmed_on": "2026-03-15", "extension": "ruled_out"},
        same(("2026-03-15", UNKNOWN)),
    ),
    "unknown, never confirmed and ruled out": (
        {"end_kind": "unknown", "extension": "ruled_out"},
        same((NEVER, UNKNOWN)),
    ),
}
CELLS = [(name, record, rule, *cell) for name, (record, row) in TABLE.items() for rule, cell in row.items()]


def by_own_validity(record: Values) -> Portfolio:
    own = {name: value for name, value in record.items() if name != "end"}
    return portfolio(structures=[structure(id=1, valid_from=START, valid_until=record.get("end"), **own)])


def by_funding(record: Values) -> Portfolio:
    return portfolio(structures=[structure(id=1)], fundings=[funding(start=START, **record)])


def states(known: Portfolio, rule: str, days: list[date]) -> list[str]:
    found = lives(known, view(TODAY, rule=rule))
    held = [found[(found["start"] <= str(day)) & ~(found["end"] < str(day))]["state"] for day in days]
    return [rows.iloc[0] if len(rows) else OVER for rows in held]


@pytest.mark.parametrize("carried", [by_own_validity, by_funding])
@pytest.mark.parametrize(
    ("record", "rule", "last", "after"), [cell[1:] for cell in CELLS], ids=[f"{c[0]} – {c[2]}" for c in CELLS]
)
def test_it_runs_from_its_start_through_the_last_day_and_not_on_the_next(carried, record, rule, last, after):
    first, end, far, one = (
        date.fromisoformat(START),
        date.fromisoformat(last),
        date(2099, 1, 1),
        timedelta(days=1),
    )
    found = states(carried(record), rule, [first - one, first, end - one, end, end + one, far])
    if last == NEVER:
        assert found == [OVER, after, OVER, OVER, after, after]
    elif last == ALWAYS:
        assert found == [OVER, *["running"] * 5]
    else:
        assert found == [OVER, "running", "running", "running", after, after]


@pytest.mark.parametrize("carried", [by_own_validity, by_funding])
@pytest.mark.parametrize("rule", [SECURED, EXPECTED, OPTIMISTIC])
def test_what_ends_before_it_starts_never_runs(carried, rule):
    record = {"end_kind": "fixed", "end": "2023-12-30", "extension": "applied"}
    assert lives(carried(record), view("2023-06-30", rule=rule)).empty
