"""A filter by Träger does not hide unsaid what those it names only prepare."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.pages.conftest import Screen

LEFT_OUT = "weil FB 22 es nur vorbereitet: **Integrationslotsen** (Ende **31.12.2026**)."
NOT_THERE = "In dieser Auswahl nicht dabei"


@pytest.mark.parametrize("page", ["Lagebild", "Zeitachse"])
def test_the_answer_names_what_the_unit_prepares_and_does_not_carry(
    look: Callable[..., Screen], page: str
) -> None:
    shown = look(page, traeger="fb-22").texts
    assert LEFT_OUT in shown
    assert "in dieser Auswahl" in shown


@pytest.mark.parametrize("page", ["Lagebild", "Zeitachse"])
@pytest.mark.parametrize("address", [{}, {"traeger": "landkreis-coburg"}, {"ebene": "landkreis"}])
def test_what_the_filter_lets_through_is_not_named_as_left_out(
    look: Callable[..., Screen], page: str, address: dict[str, str]
) -> None:
    assert "Integrationslotsen** (Ende" not in look(page, **address).texts


def test_what_other_filters_leave_out_too_is_none_of_it(look: Callable[..., Screen]) -> None:
    assert NOT_THERE not in look("Lagebild", traeger="fb-22", ebene="gemeinde").texts


def test_an_end_that_others_decide_about_is_not_one_to_prepare(look: Callable[..., Screen]) -> None:
    assert NOT_THERE not in look("Lagebild", traeger="fb-21").texts


def test_on_the_zeitachse_it_follows_the_stichtag(look: Callable[..., Screen]) -> None:
    assert NOT_THERE not in look("Zeitachse", traeger="fb-22", stichtag="2027-06-01").texts
