"""Every page with the Coburg data, with an empty database and with 500 structures."""

import pytest

from tests.pages.conftest import PAGES, Screen


@pytest.mark.parametrize("kind", ["coburg", "empty", "large"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_its_question_without_an_error(look, page, kind):
    shown = look(page, kind=kind).app
    assert not shown.exception
    assert shown.title[0].value == page
    answer = shown.markdown[0].value if page != "Lagebild" else shown.markdown[-1].value
    assert len(answer) > 20


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_the_same_on_both_engines(shared_on, monkeypatch, page):
    def said(engine: str) -> tuple[str, list[str]]:
        monkeypatch.setenv("STEERING_DATABASE_URL", shared_on(engine, "coburg"))
        shown = Screen(shared_on(engine, "coburg"), page, stichtag="2027-01-01")
        assert not shown.app.exception
        return shown.texts, [frame.value.to_csv() for frame in shown.app.dataframe]

    assert said("postgresql") == said("sqlite")


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_database_says_what_is_missing_and_offers_the_form(look, page):
    shown = look(page, kind="empty")
    assert shown.texts.replace("*", "").count("noch keine Struktur erfasst") == 1
    assert "Links die erste Struktur anlegen" not in shown.texts
    # Nothing is drawn, so there is no legend either.
    assert not any("F federführend" in str(each.proto) for each in shown.app.get("html"))
    assert any(button.label == "Neue Struktur" for button in shown.app.button)


@pytest.mark.parametrize("page", ["Lagebild", "Koordinierungsrunde"])
def test_abbreviations_are_explained_in_one_place_from_the_data(look, page):
    shown = look(page)
    (panel,) = [each for each in shown.app.sidebar.expander if each.label == "Abkürzungen"]
    told = panel.markdown[0].value.replace("*", "").replace("\\", "")
    for words in (
        "BIR III Beratungs- und Integrationsrichtlinie", "KSA Kreis- und Strategieausschuss",
        "FB 22 Fachbereich 22", "VZÄ Vollzeitäquivalente", "AWO Arbeiterwohlfahrt", "FIB Flüchtlings-",
    ):  # fmt: skip
        assert words in told
    assert "Caritas" not in told
    assert "AWO AWO" not in told
    assert "Abkürzungen" not in [each.label for each in look(page, praesentation="an").app.expander]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("scenario", ["gesichert", "erwartet", "optimistisch"])
def test_each_scenario_and_a_later_day_can_be_looked_at(look, page, scenario):
    shown = look(page, stichtag="2027-01-01", szenario=scenario)
    assert not shown.app.exception


@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_every_filter_set_and_nothing_left_says_so(look, page):
    shown = look(page, ebene="bund", handlungsfeld="sprache", gemeinde="09473112", traeger="caritas-coburg")
    assert not shown.app.exception
    assert shown.app.title[0].value == page
