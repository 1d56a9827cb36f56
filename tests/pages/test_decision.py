"""The Lagebild asks one question that can be voted on, and has the answers to it side by side."""

from datetime import date

import pytest

from steering.model import CommitteeDate, PersonnelCost, Structure
from steering.storage import reading
from steering.storage.writing import Edit, write
from tests.pages.test_meeting import SOMEBODY

QUESTION = (
    "Soll der Landkreis die Stelle »Integrationslotsen« (1,5 VZÄ) nach dem 31.12.2026 aus eigenen Mitteln"
)


def drawn(shown) -> str:
    """The picture of the way and the table of answers, as they are written."""
    bodies = (element.proto.body for element in shown.app.get("html"))
    told = "".join(body for body in bodies if 'class="steps"' in body or 'class="compared"' in body)
    return told.replace("\N{NO-BREAK SPACE}", " ")


def words(shown) -> str:
    return shown.texts.replace("*", "")


@pytest.mark.parametrize("address", [{}, {"traeger": "landkreis-coburg"}, {"szenario": "optimistisch"}])
def test_it_begins_with_a_question_that_can_be_voted_on(look, address):
    shown = look("Lagebild", **address)
    assert not shown.app.exception
    said = [text.value.replace("\\", "").replace("*", "") for text in shown.app.main.markdown]
    answer = next(text for text in said if text.startswith("Soll"))
    assert answer.startswith(QUESTION)
    assert answer.endswith("bis über eine Nachfolge der BIR III entschieden ist?")
    assert "Es entscheidet: Kreistag" in words(shown)


def test_an_example_never_stands_in_the_answer_and_the_way_to_enter_the_date_stands_beside_it(look):
    shown = look("Lagebild")
    assert "Beschluss vor dem 31.12.2026, Sitzungstermine 2026 noch nicht eingelesen" in words(shown)
    assert "17.12.2026" not in words(shown)
    assert "Beispiel: 17.12.2026" in drawn(shown)
    links = [element.proto for element in shown.app.get("page_link")]
    assert any("bereich=sitzungen" in link.query_string for link in links)
    assert "noch nicht erfasst" not in words(shown) + drawn(shown)


def test_a_recorded_sitting_is_the_answer(screen):
    shown = screen("Lagebild")
    rows = reading.portfolio(shown.engine).committee_dates
    first = [Edit(CommitteeDate, {"provenance": "documented"}, id=int(row["id"]), version=1)
             for row in rows.head(2).to_dict("records")]  # fmt: skip
    write(shown.engine, first, **SOMEBODY)
    shown.app.run()
    assert "Beschluss am 17.12.2026" in words(shown)
    assert "Handeln hilft noch bis 26.11.2026" in words(shown)
    assert "noch nicht erfasst" not in words(shown) + drawn(shown)


def test_the_answers_are_side_by_side_with_their_cost_and_what_they_lose(look):
    table = drawn(look("Lagebild"))
    for title in ("Auslaufen lassen", "Überbrücken bis 30.06.2027", "Selbst weiterführen",
                  "Mit Anschlussförderung"):  # fmt: skip
        assert title in table
    assert "13.000 €" in table
    assert "rund 105.000 €" in table
    assert "geschätzt, Beispielwert" in table
    assert "ab 01.01.2027: »Helferkreise begleiten«" in table
    assert "Landkreis zahlt 2026 (heute)" in table
    assert "Summe 2027–2029" in table
    assert "rund 315.000 €" in table
    assert "Abstände nicht maßstäblich" in table


def test_without_examples_there_is_no_invented_sitting_and_no_estimate_and_it_says_so(look):
    shown = look("Lagebild")
    shown.click("Ausblenden")
    assert "Beschluss vor dem 31.12.2026, Sitzungstermine 2026 noch nicht eingelesen" in words(shown)
    assert "30.04.2026" not in words(shown)
    assert "nicht bekannt" in drawn(shown)
    assert "rund" not in drawn(shown)


def test_a_rule_of_the_house_estimates_and_its_reckoning_is_one_press_away(screen):
    shown = screen("Lagebild")
    rule = reading.portfolio(shown.engine).personnel_costs.iloc[0]
    own = {"provenance": "documented", "rate_cents": 6_000_000}
    write(shown.engine, [Edit(PersonnelCost, own, id=int(rule["id"]), version=1)], **SOMEBODY)
    shown.app.run()
    assert "rund 90.000 €" in drawn(shown)
    assert "Beispielwert" not in drawn(shown)
    assert "1,5 VZÄ × 60.000 € je VZÄ und Jahr" in words(shown)
    assert "2027 anteilig, 181 von 365 Tagen" in words(shown)


def test_what_others_decide_is_told_as_news(look):
    both = words(look("Lagebild"))
    assert "Zur Kenntnis: Am 31.12.2026 endet die Förderung aus BIR III für Flüchtlings- und" in both
    alone = look("Lagebild", traeger="caritas-coburg")
    assert "Der Landkreis hat in dieser Auswahl über kein Ende zu entscheiden" in words(alone)
    assert drawn(alone) == ""


def test_a_share_in_the_post_of_a_carrier_is_asked_about_as_one(screen):
    shown = screen("Lagebild")
    caritas = reading.portfolio(shown.engine).organisations.set_index("slug")["id"]["caritas-coburg"]
    write(shown.engine, [Edit(Structure, {"organisation_id": int(caritas)}, id=1, version=1)], **SOMEBODY)
    shown.app.run()
    assert "seinen Anteil an »Integrationslotsen« (Caritas, 13.000 € im Jahr)" in words(shown)


def test_an_answer_opens_its_what_if_with_the_same_money(look):
    shown = look("Lagebild")
    next(button for button in shown.app.button if str(button.key) == "play own").click().run()
    assert not shown.app.exception
    assert shown.address("annahme") == ["eigenmittel~1~1.5"]
    assert "Integrationslotsen bei Wegfall der Förderung: wird weitergeführt mit 1,5 VZÄ" in words(shown)
    assert "so rechnen zurzeit alle Seiten" in words(shown)
    next(button for button in shown.app.button if str(button.key) == "play bridge").click().run()
    assert shown.address("annahme") == ["eigenmittel-bis~1~1.5~2027-06-30"]
    next(button for button in shown.app.button if str(button.key) == "play expire").click().run()
    assert shown.address("annahme") == []


def test_bridging_can_be_set_to_another_day(look):
    shown = look("Lagebild")
    box = next(each for each in shown.app.selectbox if each.label == "Überbrücken bis")
    assert box.options[:2] == ["30.06.2027", "31.12.2027"]
    box.select_index(1).run()
    assert "Überbrücken bis 31.12.2027" in drawn(shown)


@pytest.mark.parametrize("kind", ["empty", "large"])
def test_other_data_have_an_answer_too(look, kind):
    shown = look("Lagebild", kind)
    assert not shown.app.exception
    assert (drawn(shown) == "") == (kind == "empty")


def test_before_a_room_there_is_nothing_to_press(look):
    shown = look("Lagebild", praesentation="an")
    assert drawn(shown)
    assert not [button for button in shown.app.button if str(button.key).startswith("play")]


def play(shown, answer: str) -> None:
    next(button for button in shown.app.button if str(button.key) == f"play {answer}").click().run()


def test_the_what_if_of_an_answer_says_its_money_with_its_mark_and_its_reckoning(look):
    shown = look("Lagebild")
    assert "rund 105.000 €" in drawn(shown)
    play(shown, "own")
    assert "kostet den Landkreis je rund 105.000 € (geschätzt, Beispielwert) in den Jahren 2027 bis" in words(
        shown
    )
    assert "Integrationslotsen: 1,5 VZÄ × 70.000 € je VZÄ und Jahr" in words(shown)
    assert "was es den Landkreis kostet, ist nicht bekannt" not in words(shown)
    play(shown, "bridge")
    assert "kostet den Landkreis rund 52.100 € (geschätzt, Beispielwert) im Jahr 2027" in words(shown)
    play(shown, "follow_up")
    assert "kostet den Landkreis je 13.000 € in den Jahren 2027 bis 2029" in words(shown)


def test_the_answer_that_the_masterplan_gives_already_says_so(look):
    shown = look("Lagebild", masterplan="mit")
    assert "so rechnen zurzeit alle Seiten" in words(shown)
    keys = {str(button.key) for button in shown.app.button}
    assert "play follow_up" not in keys
    assert "play expire" in keys


def until(shown):
    return next(each for each in shown.app.selectbox if each.label == "Überbrücken bis")


def test_another_day_moves_the_bridging_that_is_assumed_and_stands_in_the_address(look):
    shown = look("Lagebild")
    until(shown).select_index(1).run()
    assert shown.address("annahme") == []  # What is not assumed stays so.
    assert shown.address("frist") == ["2027-12-31"]
    play(shown, "bridge")
    until(shown).select_index(2).run()
    assert shown.address("annahme") == ["eigenmittel-bis~1~1.5~2028-06-30"]
    assert "Überbrücken bis 30.06.2028" in drawn(shown)
    assert "so rechnen zurzeit alle Seiten" in words(shown)
    shown.open("Karte")
    shown.open("Lagebild")
    assert "Überbrücken bis 30.06.2028" in drawn(shown)


def test_a_link_opens_the_day_it_was_made_with(look):
    assert "Überbrücken bis 31.12.2028" in drawn(look("Lagebild", frist="2028-12-31"))
    assert "Überbrücken bis 30.06.2027" in drawn(look("Lagebild", frist="2031-01-01"))
    assumed = look("Lagebild", annahme="eigenmittel-bis~1~1.5~2027-12-31")
    assert "Überbrücken bis 31.12.2027" in drawn(assumed)


def test_the_question_says_of_which_day_it_speaks(look):
    assert "gehen vom heutigen Tag aus" not in look("Lagebild").texts
    assert "nicht vom Stichtag 01.01.2028" in look("Lagebild", stichtag="2028-01-01").texts


def test_with_the_kreistag_recorded_alone_the_other_sitting_is_still_asked_for(screen):
    shown = screen("Lagebild")
    rows = reading.portfolio(shown.engine).committee_dates
    mine = rows[rows["day"] == "2026-12-17"].iloc[0]
    write(shown.engine, [Edit(CommitteeDate, {"provenance": "documented"}, id=int(mine["id"]), version=1)],
          **SOMEBODY)  # fmt: skip
    shown.app.run()
    assert "Beschluss am 17.12.2026, Sitzungstermine 2026 KSA noch nicht eingelesen" in words(shown)
    assert "Beispiel: 10.12.2026" in drawn(shown)
    assert any("bereich=sitzungen" in each.proto.query_string for each in shown.app.get("page_link"))


def test_a_recorded_sitting_whose_papers_are_closed_is_named_and_nobody_is_asked_to_enter_it(screen):
    shown = screen("Lagebild")
    rows = reading.portfolio(shown.engine).committee_dates
    mine = rows[rows["day"] == "2026-12-17"].iloc[0]
    closed = {"provenance": "documented", "papers_due": date(2026, 11, 2)}
    write(shown.engine, [Edit(CommitteeDate, closed, id=int(mine["id"]), version=1)], **SOMEBODY)
    shown.app.run()
    said = "Beschluss vor dem 31.12.2026, Vorlagenschluss der letzten Sitzung davor (17.12.2026) vorbei"
    assert said in words(shown)
    assert "noch nicht erfasst" not in drawn(shown)
    assert not any("bereich=gremien" in each.proto.query_string for each in shown.app.get("page_link"))


def test_the_picture_of_money_says_that_it_is_by_quarter_and_what_is_not_in_it(look):
    shown = look("Lagebild")
    shown.app.segmented_control(key="secured").set_value("Geld").run()
    assert "erfasste Beträge je Quartal. Nicht enthalten: Geschätztes" in shown.texts


@pytest.mark.parametrize(
    ("address", "compared"),
    [
        ({"szenario": "optimistisch"}, "Verglichen ist mit dem Szenario »optimistisch« ohne Annahme."),
        ({"masterplan": "mit"}, "Verglichen ist mit dem Szenario »gesichert« mit Masterplan ohne Annahme."),
    ],
)
def test_where_all_pages_reckon_that_it_goes_on_the_answers_say_what_they_are_compared_with(
    look, address, compared
):
    shown = look("Lagebild", **address)
    assert "geschieht ohne Beschluss und Verlängerung" in next(
        each.proto.body for each in shown.app.main.get("html") if "Auslaufen lassen" in each.proto.body
    )
    shown.app.button(key="play own").click().run()
    assert compared in words(shown)


def test_the_answers_are_compared_with_the_data_where_nothing_else_is_assumed(look):
    shown = look("Lagebild")
    shown.app.button(key="play own").click().run()
    assert "Verglichen ist mit" not in words(shown)
