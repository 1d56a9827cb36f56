"""Vorlage schreiben, through the page."""

import pytest

from steering.analysis.paper.subjects import About, PaperSubject
from steering.model import ExtensionRule
from tests.pages.conftest import Screen


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
    assert "Als Word-Datei herunterladen" in [each.label for each in shown.app.button]


def test_the_file_is_what_the_screen_says_and_gone_once_it_says_something_else(screen) -> None:
    shown = opened(screen)
    shown.input("Betreff").set_value("Lage der Lotsen: 2026/27").run()
    shown.click("Als Word-Datei herunterladen")
    (made,) = [each for each in shown.app.get("download_button") if each.proto.label.endswith("speichern")]
    assert made.proto.label.startswith("Sitzungsvorlage Lage der Lotsen 2026 27 ")
    shown.input("Betreff").set_value("Lage der Beratung").run()
    assert not [each for each in shown.app.get("download_button") if each.proto.label.endswith("speichern")]


def test_what_is_typed_stays_over_reruns_other_subjects_and_other_pages(screen) -> None:
    shown = opened(screen)
    shown.input("Beschlussvorschlag").set_value("Der Kreistag stimmt zu.").run()
    options = shown.choice("Gegenstand")
    options.set_value(next(each for each in offered(shown) if each.about == About.PROGRAMME)).run()
    assert "weiterzuführen" in shown.input("Beschlussvorschlag").value
    shown.choice("Gegenstand").set_value(PaperSubject()).run()
    assert shown.input("Beschlussvorschlag").value == "Der Kreistag stimmt zu."
    shown.open("Lücken")
    shown.open("Masterplan")
    shown.app.session_state["masterplan_part"] = "Vorlage schreiben"
    shown.app.run()
    assert shown.input("Beschlussvorschlag").value == "Der Kreistag stimmt zu."


def offered(shown):
    from steering.analysis.paper.subjects import subjects
    from steering.storage import reading
    from tests.cli.test_reports import VIEW

    return subjects(reading.portfolio(shown.engine).without_examples(), VIEW)


def test_a_part_can_be_left_out_and_its_text_comes_back_with_it(screen) -> None:
    shown = opened(screen)
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


def again(shown, part: str = "Vorlage schreiben"):
    """Another browser, or the same one after a reload: nothing is left of the session."""
    other = Screen(shown.url, "Masterplan")
    other.app.session_state["masterplan_part"] = part
    other.app.run()
    assert not other.app.exception
    return other


def test_what_is_typed_survives_a_reload_and_a_part_left_out_stays_out(screen) -> None:
    shown = opened(screen)
    shown.input("Beschlussvorschlag").set_value("Der Kreistag stimmt zu.").run()
    shown.input("Vorlage-Nr.").set_value("12/2026").run()
    next(each for each in shown.app.checkbox if "Lücken" in each.label).set_value(False).run()
    fresh = again(shown)
    assert fresh.input("Beschlussvorschlag").value == "Der Kreistag stimmt zu."
    assert fresh.input("Vorlage-Nr.").value == "12/2026"
    assert not [each for each in fresh.app.text_area if each.label == "Lücken"]
    assert "Entwurf, zuletzt gespeichert am" in fresh.texts
    chosen = fresh.choice("Gegenstand")
    assert chosen.options[0].endswith("· Entwurf begonnen")
    assert not chosen.options[1].endswith("begonnen")


def test_what_somebody_else_types_is_shown_and_of_two_texts_a_person_chooses(screen) -> None:
    mine = opened(screen)
    theirs = again(mine)
    theirs.input("Bewertung").set_value("Ihre Sicht.").run()
    mine.app.run()
    assert mine.input("Bewertung").value == "Ihre Sicht."
    theirs.input("Bewertung").set_value("Ihre neue Sicht.").run()
    mine.input("Bewertung").set_value("Meine Sicht.").run()
    assert "hat hier am" in mine.texts
    assert mine.input("Bewertung").value == "Meine Sicht."
    assert "Ihre neue Sicht." in [each.value for each in mine.app.text]
    mine.click("Meine Fassung behalten")
    assert "hat hier am" not in mine.texts
    theirs.app.run()
    assert theirs.input("Bewertung").value == "Meine Sicht."


def test_the_other_text_can_be_taken_over(screen) -> None:
    mine = opened(screen)
    theirs = again(mine)
    theirs.input("Bewertung").set_value("Ihre Sicht.").run()
    mine.input("Bewertung").set_value("Meine Sicht.").run()
    mine.click("Die andere übernehmen")
    assert mine.input("Bewertung").value == "Ihre Sicht."


def test_what_cannot_be_stored_stays_on_the_screen(screen, monkeypatch) -> None:
    from steering.storage import paper_texts
    from steering.storage.problems import SchemaChanged

    def refused(*_args, **_more):
        raise SchemaChanged("nicht jetzt")

    shown = opened(screen)
    with monkeypatch.context() as patch:
        patch.setattr(paper_texts, "keep", refused)
        shown.input("Bewertung").set_value("Unsere Sicht.").run()
        assert "ließ sich gerade nicht speichern" in shown.texts
        shown.open("Lücken")
    shown.open("Masterplan")
    shown.app.session_state["masterplan_part"] = "Vorlage schreiben"
    shown.app.run()
    shown.app.run()
    assert shown.input("Bewertung").value == "Unsere Sicht."
    assert again(shown).input("Bewertung").value == "Unsere Sicht."


def test_a_text_says_when_the_data_say_something_else_now_and_a_draft_can_be_dropped(screen) -> None:
    shown = opened(screen)
    first = shown.input("Grundlage der Angaben").value
    shown.input("Grundlage der Angaben").set_value("Stand heute.").run()
    assert "der Vorschlag lautet jetzt anders" not in shown.texts
    shown.choice("Szenario").set_value(ExtensionRule.OPTIMISTIC).run()
    assert "der Vorschlag lautet jetzt anders" in shown.texts
    shown.click("Übernehmen")
    assert "»optimistisch«" in shown.input("Grundlage der Angaben").value
    shown.input("Grundlage der Angaben").set_value("Stand heute.").run()
    shown.click("Alle eigenen Texte verwerfen")
    assert "»optimistisch«" in shown.input("Grundlage der Angaben").value != first


def test_the_toggle_decides_whether_the_plan_is_in_the_paper(screen) -> None:
    shown = screen("Masterplan", masterplan="mit")
    shown.app.session_state["masterplan_part"] = "Vorlage schreiben"
    shown.app.run()
    assert "mit dem Masterplan" in shown.input("Grundlage der Angaben").value
    assert shown.input("Wirkung des Masterplans").value


def test_the_way_from_the_lagebild_keeps_day_scenario_masterplan_and_filters(look) -> None:
    there = {"stichtag": "2026-12-01", "szenario": "erwartet", "masterplan": "mit"}
    shown = look("Lagebild", **there, gemeinde=["09473120", "09473112"])
    next(each for each in shown.app.button if each.label == "Sitzungsvorlage dazu schreiben").click().run()
    assert shown.app.session_state["masterplan_part"] == "Vorlage schreiben"
    assert {name: shown.address(name) for name in there} == {name: [value] for name, value in there.items()}
    assert shown.address("gemeinde") == ["09473120", "09473112"]


def test_filters_shorten_the_list_of_subjects_and_it_says_that_the_paper_is_about_all_of_one(look) -> None:
    every = opened(look)
    assert "Die Filter links" not in every.texts
    shown = look("Masterplan", handlungsfeld="sprache")
    shown.app.session_state["masterplan_part"] = "Vorlage schreiben"
    shown.app.run()
    told, whole = shown.choice("Gegenstand").options, every.choice("Gegenstand").options
    assert told[0] == whole[0] == "Integrationsarbeit im Landkreis insgesamt"
    assert set(told) < set(whole)
    assert not any(each.startswith("Förderprogramm: ") for each in told)
    assert "Die Vorlage handelt immer von ihrem ganzen Gegenstand" in shown.texts
