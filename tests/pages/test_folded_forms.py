"""Forms behind an expander: nothing of them is drawn until they are opened, and from then on they stay."""

from collections.abc import Callable

import pytest

from steering.storage import reading
from steering.web import current, folded
from steering.web.frame import views
from steering.web.needs import form as need_form
from tests.pages.conftest import Screen

# Each form: the page it is on, and its key.
FORMS = {
    "Schnell bearbeiten": ("Strukturen", "quick_edit"),
    "Maßnahme erfassen oder ändern": ("Masterplan", "measure_form"),
    "Bedarf erfassen oder ändern": ("Bedarfe", "need_form"),
    "Potenzial erfassen oder ändern": ("Potenziale", "potential_form"),
    "Ansichten": ("Lagebild", "views"),
}


@pytest.fixture(autouse=True)
def _as_on_the_server(folded_as_on_the_server: Callable[..., bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folded, "is_drawn", folded_as_on_the_server)


def form(shown: Screen, label: str):
    (found,) = [each for each in shown.app.expander if each.label == label]
    return found


def fields(shown: Screen, label: str) -> set[str]:
    place = form(shown, label)
    return {each.label for each in [*place.selectbox, *place.text_input, *place.multiselect]}


@pytest.mark.parametrize("label", FORMS)
def test_a_form_is_drawn_once_it_is_opened_and_stays_when_it_is_closed_again(look, label):
    page, key = FORMS[label]
    shown = look(page)
    assert not form(shown, label).proto.expanded
    assert not fields(shown, label)
    for is_open in (True, False):
        shown.app.session_state[key] = is_open
        shown.app.run()
        assert form(shown, label).proto.expanded == is_open
        assert len(fields(shown, label)) > 0


def test_what_is_chosen_on_the_page_opens_the_form_and_another_one_opens_it_again(look):
    shown = look("Bedarfe")
    label, field = "Bedarf erfassen oder ändern", "Welchen Bedarf?"
    first, second = reading.portfolio(shown.engine).needs["id"].tolist()[:2]
    # The same again, too.
    for asked, chosen in enumerate((first, second, second), 1):
        # As `need_form.choose` does from the table.
        shown.app.session_state[need_form.CHOSEN] = chosen
        shown.app.session_state[need_form.ASKED] = asked
        shown.app.run()
        assert form(shown, label).proto.expanded
        assert shown.choice(field).value == chosen
        # Whoever looks may close it, and the page leaves it so as long as nothing else is chosen.
        shown.app.session_state["need_form"] = False
        shown.app.run()
        assert not form(shown, label).proto.expanded


def test_what_is_typed_is_there_when_the_form_is_opened_again(look):
    shown = look("Strukturen")
    state = shown.app.session_state
    state["quick_edit"] = True
    shown.app.run()
    shown.click("Neue Struktur")
    shown.type(Name="Haus der Begegnung")
    shown.app.run()
    for is_open in (False, True):
        shown.app.session_state["quick_edit"] = is_open
        shown.app.run()
    assert shown.input("Name").value == "Haus der Begegnung"


def test_in_whose_name_is_written_is_known_before_the_form_that_asks_is_opened(look):
    shown = look("Strukturen")
    assert "Bearbeitet durch" not in fields(shown, "Schnell bearbeiten")
    before = shown.app.session_state["actor"]
    shown.app.session_state["quick_edit"] = True
    shown.app.run()
    assert shown.choice("Bearbeitet durch").value == before


def test_what_is_open_stays_so_over_a_presentation_and_another_page(look):
    shown = look("Bedarfe")
    label = "Bedarf erfassen oder ändern"
    (need, *_) = reading.portfolio(shown.engine).needs["id"].tolist()
    shown.app.session_state[need_form.CHOSEN] = need
    shown.app.session_state[need_form.ASKED] = 1
    shown.app.run()
    for before_a_room in (True, False):
        shown.app.session_state[current.PRESENTING] = before_a_room
        shown.app.run()
    assert form(shown, label).proto.expanded
    for page in ("Lücken", "Bedarfe"):
        shown.open(page)
    assert form(shown, label).proto.expanded


def test_views_stay_open_when_one_more_changes_what_they_are_called(screen):
    shown = screen("Strukturen")
    shown.app.session_state["views"] = True
    shown.app.run()
    shown.app.text_input(key=views.NAME).set_value("Meine")
    shown.app.button(key="save view").click().run()
    assert form(shown, "Ansichten · 1").proto.expanded
