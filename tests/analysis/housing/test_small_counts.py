"""Counts under three are for the administration only, and are not to be had from what everyone sees."""

from datetime import date
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from steering.analysis.discretion import for_everyone, left_out, levelled
from steering.analysis.findings import affected
from steering.analysis.housing import people
from steering.analysis.needs.reckoning import bounded, reckoning
from steering.analysis.small_counts import FEW, counts_persons, total
from steering.model import Housing, HousingKind, NeedUnit
from tests.builders import (
    area,
    area_municipality,
    housing,
    indicator,
    municipality,
    need,
    observation,
    portfolio,
    target_group,
    view,
)

TODAY = date(2026, 11, 27)
PLACES = ("09473112", "09473121", "09473132")
KINDS = tuple(HousingKind)
CELLS = tuple(product(PLACES, KINDS))
# Small counts mostly: it is about those.
COUNTS = st.one_of(st.integers(0, 4), st.integers(0, 40), st.none())


def made(counts, places):
    rows = [
        housing(id=1 + at, ags=ags, kind=kind, persons=counts[at], places=places[at], note=f"{counts[at]} da")
        for at, (ags, kind) in enumerate(CELLS)
        if counts[at] is not None or places[at] is not None
    ]
    return portfolio(municipalities=[municipality(ags=ags, name=ags) for ags in PLACES], housing=rows)


def shown(portfolio):
    """Every figure that is made of a table: of its cells, rows and columns, and of all together."""
    every = people.on_day(portfolio, TODAY)
    cells = {(ags, kind): every.get(ags, {}).get(kind) for ags, kind in CELLS}
    groups = [
        *([cell] for cell in CELLS),
        *([(ags, kind) for kind in KINDS] for ags in PLACES),
        *([(ags, kind) for ags in PLACES] for kind in KINDS),
        list(CELLS),
    ]
    return [
        (name, tuple(total(getattr(cells[cell], name) for cell in group if cells[cell]) for group in groups))
        for name in ("persons", "places", "free", "too_many")
    ] + [("room", tuple(housed and housed.room for housed in cells.values()))]


def text(portfolio):
    return "\n".join(frame.to_csv() for frame in portfolio.frames.values())


TABLES = st.tuples(
    st.lists(COUNTS, min_size=len(CELLS), max_size=len(CELLS)),
    st.lists(COUNTS, min_size=len(CELLS), max_size=len(CELLS)),
)


@given(TABLES)
@settings(max_examples=40)
def test_everything_reads_the_same_with_the_other_small_count(table):
    """So nobody can tell which one it is, whatever they reckon from whatever is shown."""
    counts, places = table
    everyone = for_everyone(made(counts, places))
    for at, count in enumerate(counts):
        if count in (1, 2):
            other = for_everyone(made([*counts[:at], 3 - count, *counts[at + 1 :]], places))
            assert text(other) == text(everyone)
            assert shown(other) == shown(everyone)


@given(TABLES)
@settings(max_examples=20)
def test_for_each_small_count_both_tables_fit_all_figures_that_are_shown(table):
    """The same by reckoning: all tables that fit the figures are tried, and both counts occur in them."""
    counts, places = table
    figures = dict(shown(for_everyone(made(counts, places))))
    small = [at for at, count in enumerate(counts) if count in (1, 2)]
    assume(len(small) <= 3)
    fitting = []
    for guess in product((0, 1, 2, 3), repeat=len(small)):
        tried = list(counts)
        for at, count in zip(small, guess, strict=True):
            tried[at] = count
        true = dict(shown(made(tried, places)))
        if all(
            low.low <= figure.low and (low.high is None or figure.high is None or figure.high <= low.high)
            for name in ("persons", "places", "free", "too_many")
            for low, figure in zip(figures[name], true[name], strict=True)
        ):
            fitting.append(guess)
    for at in range(len(small)):
        assert {guess[at] for guess in fitting} == {1, 2}


@given(TABLES)
@settings(max_examples=40)
def test_what_is_not_small_is_exact_and_every_bound_is_true(table):
    counts, places = table
    whole = made(counts, places)
    for name, figures in shown(for_everyone(whole)):
        if name == "room":
            continue
        for seen, true in zip(figures, dict(shown(whole))[name], strict=True):
            assert seen.low <= true.low
            assert seen.high is None or true.high is None or true.high <= seen.high
    if not any(count in (1, 2) for count in counts):
        assert shown(for_everyone(whole)) == shown(whole)


def test_a_small_count_takes_its_note_along_and_is_counted_as_left_out():
    whole = made([2, 5, None, 0, 1, None], [4, 9, 3, 3, 2, None])
    found = for_everyone(whole).housing
    assert list(found["persons"].isna()) == [True, False, True, False, True]
    assert list(found["note"]) == [
        f"Personen: unter {FEW}",
        "5 da",
        "None da",
        "0 da",
        f"Personen: unter {FEW}",
    ]
    assert left_out(whole) == ("2 Zahlen unter 3 Personen",)
    assert text(for_everyone(for_everyone(whole))) == text(for_everyone(whole))


WRITTEN = sorted(name for name, field in Housing.model_fields.items() if field.annotation is str)


@pytest.mark.parametrize("name", [name for name in WRITTEN if name != "ags"])
def test_no_text_beside_a_small_count_says_it(name):
    rows = [housing(id=1, persons=2, places=4, **{name: "2 Pers. lt. Liste"})]
    rows += [housing(id=2, persons=20, places=40, kind=KINDS[1], **{name: "20 Pers. lt. Liste"})]
    found = for_everyone(portfolio(municipalities=[municipality()], housing=rows)).housing[name]
    assert "Liste" not in found.iloc[0]
    assert found.iloc[1] == "20 Pers. lt. Liste"


def reckoned(known, row, at):
    found = reckoning(known, row, at)
    assert found is not None
    return found


def needing(values, **of):
    """A need of one full-time equivalent per 50 of a Kennzahl that has these values, one in each place."""
    return portfolio(
        municipalities=[municipality(ags=ags, name=ags) for ags in PLACES[: len(values)]],
        areas=[area(id=1)],
        area_municipalities=[area_municipality(area_id=1, ags=ags) for ags in PLACES[: len(values)]],
        target_groups=[target_group(id=1)],
        indicators=[indicator(id=1, **of)],
        observations=[observation(id=1 + at, ags=PLACES[at], value=value) for at, value in enumerate(values)],
        needs=[need(id=1, area_id=1, quantity=1.0, unit=NeedUnit.FTE, per=50.0, indicator_id=1)],
    )


def test_a_kennzahl_that_counts_persons_reads_the_same_with_one_and_with_two():
    def of(value, unit="Personen"):
        counts = [observation(id=1, indicator_id=1, value=value), observation(id=2, ags=PLACES[1], value=8.0)]
        return portfolio(
            municipalities=[municipality(ags=ags, name=ags) for ags in PLACES],
            indicators=[indicator(id=1, unit=unit)],
            observations=counts,
        )

    assert text(for_everyone(of(1.0))) == text(for_everyone(of(2.0)))
    assert list(for_everyone(of(1.0)).observations["value"]) == [2.0, 8.0]
    assert text(for_everyone(of(0.0))) != text(for_everyone(of(2.0)))
    assert list(for_everyone(of(1.5, "%")).observations["value"]) == [1.5, 8.0], "a share is no person"
    assert list(of(1.0).observations["value"]) == [1.0, 8.0]


@pytest.mark.parametrize(
    ("unit", "persons"),
    [
        *[(unit, True) for unit in ("Personen", "Kinder", "Anzahl", "", "Fälle", "Köpfe", "Haushalte")],
        *[(unit, True) for unit in ("belegte Plätze", "Personen je Wohnung", "Schutzberechtigte", "Pers.")],
        *[
            (unit, False)
            for unit in ("%", "Prozent", "Anteil", "Anteil der Kinder", "v. H.", "Arbeitslosenquote")
        ],
        *[(unit, False) for unit in ("Euro", "€", "Tsd. €", "Euro je Person", "EUR", "Wohnungen", "Plätze")],
        *[(unit, False) for unit in ("Anzahl der Wohnungen", "VZÄ", "m²", "Anzahl Betten")],
    ],
)
def test_a_kennzahl_counts_persons_unless_its_unit_is_plainly_something_else(unit, persons):
    assert counts_persons({"target_group_id": None, "unit": unit}) is persons
    assert counts_persons({"target_group_id": 1, "unit": unit})


@pytest.mark.parametrize("unit", ["Kinder", "Anzahl"])
@pytest.mark.parametrize("group", [None, 1])
def test_whatever_persons_are_called_a_need_that_follows_few_reads_the_same_with_one_and_with_two(
    unit, group
):
    def said(value):
        known = needing([value], unit=unit, target_group_id=group)
        found = reckoned(for_everyone(known), known.needs.iloc[0].to_dict(), view())
        return found.rule, found.sentence, found.quantity

    assert said(1.0) == said(2.0)
    assert said(1.0)[1].startswith("höchstens 0,04 VZÄ: unter 3 ")


def test_a_sum_with_few_in_it_is_said_as_a_bound_and_exactly_to_who_may_know():
    known = needing([1.0, 8.0])
    row = known.needs.iloc[0].to_dict()
    seen, exact = reckoned(for_everyone(known), row, view()), reckoned(known, row, view())
    assert seen.sentence.startswith("höchstens 0,2 VZÄ: höchstens 10 Personen (")
    assert exact.sentence.startswith("0,18 VZÄ: 9 Personen (")
    places = row | {"unit": NeedUnit.PLACES}
    assert reckoned(for_everyone(known), places, view()).sentence.endswith("= höchstens 0,2, aufgerundet")
    assert bounded(levelled(known)) == {1}
    assert bounded(known) == bounded(levelled(needing([3.0, 8.0]))) == frozenset()
    few = reckoned(needing([1.0]), row, view())
    assert few.sentence.startswith("0,02 VZÄ: 1 Personen ("), "what is said fits the quantity beside it"


def test_few_persons_whom_a_finding_affects_are_said_as_few():
    assert (
        affected.said(2, 2, "1 Gemeinde")
        == affected.said(1, 1, "1 Gemeinde")
        == "unter 3 Personen, 1 Gemeinde"
    )
    assert affected.said(3, 3, "1 Gemeinde") == "3 Personen, 1 Gemeinde"
    assert affected.said(0, 0, "1 Gemeinde") == "0 Personen, 1 Gemeinde"
