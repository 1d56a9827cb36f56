"""Vorlage schreiben, through the page."""

import pytest

from steering.analysis.paper.subjects import About, Subject


def opened(look, kind: str = "coburg"):
    shown = look("Masterplan", kind)
    shown.app.session_state["masterplan_part"] = "Vorlage schreiben"
    shown.app.run()
    assert not shown.app.exception
    return shown


@pytest.mark.parametrize("kind", ["coburg", "empty", "large"])
def test_the_paper_about_the_whole_is_offered(look, kind: str) -> None:
    shown = opened(look, kind)
    assert "zur Kenntnis" in shown.input("Beschlussvorschlag").value
    assert len(shown.app.get("download_button")) >= 1


def test_what_is_typed_stays_over_reruns_other_subjects_and_other_pages(look) -> None:
    shown = opened(look)
    shown.input("Beschlussvorschlag").set_value("Der Kreistag stimmt zu.").run()
    options = shown.choice("Gegenstand")
    options.set_value(next(each for each in offered(shown) if each.about == About.PROGRAMME)).run()
    assert "weiterzuführen" in shown.input("Beschlussvorschlag").value
    shown.choice("Gegenstand").set_value(Subject()).run()
    assert shown.input("Beschlussvorschlag").value == "Der Kreistag stimmt zu."
    shown.open("Lücken")
    shown.open("Masterplan")
    shown.app.session_state["masterplan_part"] = "Vorlage schreiben"
    shown.app.run()
    assert shown.input("Beschlussvorschlag").value == "Der Kreistag stimmt zu."


def offered(shown):
    from steering.analysis.paper.subjects import subjects
    from steering.storage import reading
    from tests.test_reports import VIEW

    return subjects(reading.portfolio(shown.engine).without_examples(), VIEW)


def test_a_part_can_be_left_out_and_its_text_comes_back_with_it(look) -> None:
    shown = opened(look)
    shown.input("Bewertung").set_value("Unsere Sicht.").run()
    box = next(each for each in shown.app.checkbox if "Bewertung" in each.label)
    box.set_value(False).run()
    assert not [each for each in shown.app.text_area if each.label == "Bewertung"]
    next(each for each in shown.app.checkbox if "Bewertung" in each.label).set_value(True).run()
    assert shown.input("Bewertung").value == "Unsere Sicht."


def test_the_lagebild_leads_to_the_paper_about_what_ends_next(look) -> None:
    shown = look("Lagebild")
    next(each for each in shown.app.button if each.label == "Sitzungsvorlage dazu schreiben").click().run()
    assert shown.app.session_state["paper_subject"].about == About.PROGRAMME
    assert shown.app.session_state["masterplan_part"] == "Vorlage schreiben"
