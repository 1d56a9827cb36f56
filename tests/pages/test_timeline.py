"""The Zeitachse through its page: more structures than one picture shows."""

from collections.abc import Callable

import pytest

from steering.web.timeline import page
from tests.pages.conftest import Screen
from tests.screens import drawn

MOST = 5


@pytest.fixture(autouse=True)
def small_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST", MOST)


def names(shown: Screen) -> list[str]:
    """Those beside the bars, from above."""
    body = next(each for each in shown.app.get("vega_lite_chart") if each.proto.selection_mode)
    return list(drawn(body, "row")["label"])


def test_every_structure_is_in_one_of_the_pictures(screen: Callable[..., Screen]) -> None:
    shown = screen("Zeitachse")
    parts = shown.app.selectbox(key=page.PART).options
    assert parts[0].startswith(f"1 bis {MOST} von ")
    found = [names(shown)]
    for part in range(1, len(parts)):
        shown.app.selectbox(key=page.PART).set_value(part).run()
        found.append(names(shown))
    assert not shown.app.exception
    assert [len(each) for each in found[:-1]] == [MOST] * (len(parts) - 1)
    many = sum(len(each) for each in found)
    assert parts[-1].endswith(f" bis {many} von {many} Strukturen")
    assert len({name for each in found for name in each}) == many


def test_the_sentence_names_structures_as_names_and_one_of_them_runs(screen: Callable[..., Screen]) -> None:
    assert "enden **»Integrationslotsen«** und **»Flüchtlings-" in screen("Zeitachse").texts
    alone = screen("Zeitachse", ebene="freistaat").texts
    assert "Bei **1 Struktur** ist nicht bekannt, ob und wie lange sie läuft." in alone


def test_what_is_drawn_as_uncertain_and_counted_is_told(
    screen: Callable[..., Screen],
) -> None:
    """Grey bars and »Ungewiss am Stichtag: 0« on the Lagebild contradicted each other."""
    hoped = screen("Zeitachse", szenario="optimistisch").texts
    told = "**7 Strukturen**, deren Ende nicht bekannt ist, zählen im Szenario **optimistisch** als laufend."
    assert told in hoped
    assert "ob und wie lange" not in hoped
    assert "als laufend" not in screen("Zeitachse").texts


def test_a_part_that_is_gone_gives_way_to_the_first(screen: Callable[..., Screen]) -> None:
    shown = screen("Zeitachse")
    shown.app.selectbox(key=page.PART).set_value(1).run()
    shown.app.multiselect(key="ebene").set_value(["staatsbehoerde"]).run()
    assert page.PART not in [each.key for each in shown.app.selectbox]
    assert 0 < len(names(shown)) <= MOST
    shown.app.multiselect(key="ebene").set_value([]).run()
    assert not shown.app.exception
    assert len(names(shown)) == MOST


@pytest.mark.parametrize(
    ("part", "many", "words"),
    [(0, 4_500, "1 bis 5 von 4.500 Strukturen"), (1, 6, "6 von 6 Strukturen")],
)
def test_a_part_in_words(part: int, many: int, words: str) -> None:
    assert page.part_in_words(part, many) == words
