"""Was wäre wenn: an assumption acts on every page, says what it brings, and can be taken back."""

import pytest

from steering.storage import reading
from tests.pages.conftest import PAGES, Screen


def assume(shown: Screen, kind: str, *answers: str | tuple[str, str], day: str = "") -> None:
    """Fill the form of the what-if: choices by a part of their words, then the day."""
    shown.app.selectbox(key="assumption_kind").set_value(kind).run()
    asked = [box for box in shown.app.selectbox if str(box.key).startswith(f"assume/{kind}/")]
    for box, words in zip(asked, answers, strict=True):
        box.set_value(next(option for option in options_of(box) if words in box.format_func(option)))
    for item in shown.app.text_input:
        if str(item.key).startswith(f"assume/{kind}/"):
            item.set_value(day)
    shown.app.button(key="assume").click().run()


def options_of(box) -> list:
    from steering.web.frame.assumptions import BY_LABEL

    _, kind, key = str(box.key).split("/")
    question = next(each for each in BY_LABEL[kind].questions if each.key == key)
    assert question.options is not None
    return list(question.options())


@pytest.fixture
def extended(look) -> Screen:
    shown = look("Lücken")
    assume(shown, "Programm wird verlängert", "BIR III", day="31.12.2029")
    return shown


def test_an_extended_programme_says_what_it_closes_and_what_it_costs(extended):
    words = extended.texts.replace("*", "")
    assert "BIR III bis 31.12.2029 verlängert" in words
    assert (
        "Verkürzt 2 Hinweise (Flüchtlings- und Integrationsberatung (FIB) und Helferkreise begleiten)"
        in words
    )
    assert "+1,5 VZÄ" in words
    assert "kostet den Landkreis je 13.000 € in den Jahren 2027 bis 2029;" in words
    assert "was andere zahlen, ist für 2 Förderungen nicht bekannt" in words


@pytest.mark.parametrize("page", PAGES)
def test_every_page_follows_the_assumption_and_says_so(extended, page):
    extended.open(page)
    assert not extended.app.exception
    assert "BIR III bis 31.12.2029 verlängert" in extended.texts


def test_the_timeline_shows_no_end_in_2026_any_more(extended):
    extended.open("Zeitachse")
    assert "Am 31.12.2029 enden" in extended.texts.replace("*", "")


def test_taking_it_back_leaves_everything_as_before(look):
    before = look("Lücken").texts
    shown = look("Lücken")
    assume(shown, "Programm wird verlängert", "BIR III", day="31.12.2029")
    shown.click("Zurücknehmen")
    assert shown.texts == before


def test_an_assumption_changes_no_data(extended):
    assert reading.revision(extended.engine)[1] == 1
    rows = reading.portfolio(extended.engine).fundings
    assert "2029-12-31" not in set(rows["end"].astype(str))


def test_a_programme_that_ends_earlier_opens_what_it_carried(look):
    shown = look("Lücken")
    assume(shown, "Programm endet", "BIR III", day="30.06.2026")
    words = shown.texts.replace("*", "")
    assert "BIR III endet am 30.06.2026" in words
    assert "−1,5 VZÄ" in words


def test_several_assumptions_hold_together_and_are_taken_back_one_by_one(extended):
    assume(extended, "Struktur wird aus Eigenmitteln weitergeführt", "Integrationslotsen", day="1,0")
    assert extended.texts.count("Was wäre wenn:") == 2
    extended.app.button(key="take back 0").click().run()
    assert "BIR III bis 31.12.2029 verlängert" not in extended.texts
    assert "weitergeführt" in extended.texts


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("", "Bitte alle Felder ausfüllen"), ("bald", "ist kein Datum"), ("31.12.0026", "Das Jahr 0026")],
)
def test_a_day_that_cannot_be_read_is_named_and_nothing_is_assumed(look, day, sentence):
    shown = look("Lücken")
    assume(shown, "Programm wird verlängert", "BIR III", day=day)
    assert sentence in shown.texts
    assert "verlängert\n" not in shown.texts


def test_an_assumption_stands_in_the_address_and_a_link_shows_the_same(extended, look):
    assert len(extended.address("annahme")) == 1
    linked = look("Zeitachse", annahme=extended.address("annahme"))
    (assumed,) = (line for line in extended.texts.splitlines() if "**Was wäre wenn:**" in line)
    assert assumed in linked.texts
    assert linked.address("annahme") == extended.address("annahme")


def test_it_stays_in_the_address_over_pages_and_goes_when_it_is_taken_back(extended):
    assumed = extended.address("annahme")
    extended.open("Strukturen")
    assert extended.address("annahme") == assumed
    extended.click("Zurücknehmen")
    assert "annahme" not in extended.app.query_params


@pytest.mark.parametrize("wrong", ["morgen", "programm-endet~99999~2026-06-30", "programm-endet~1"])
def test_an_assumption_that_cannot_hold_is_left_out_with_a_sentence(look, wrong):
    shown = look("Lücken", annahme=["programm-entfaellt~1", wrong])
    assert not shown.app.exception
    assert "»annahme«" in shown.texts
    assert shown.address("annahme") == ["programm-entfaellt~1"]


def test_a_link_carries_a_bounded_number_of_them(look):
    many = [f"programm-endet~1~2026-06-{day:02}" for day in range(1, 26)]
    shown = look("Lücken", annahme=many)
    assert shown.address("annahme") == many[:20]
    assert "»annahme«" in shown.texts


def test_all_years_of_a_saving_are_told(look):
    shown = look("Lücken")
    assume(shown, "Programm entfällt", "BIR III")
    assert "spart dem Landkreis je 13.000 € in den Jahren 2025 bis 2026" in shown.texts.replace("*", "")


def test_what_has_run_out_cannot_be_extended(look):
    shown = look("Lücken")
    for kind in ("Programm wird verlängert", "Förderung wird verlängert"):
        shown.app.selectbox(key="assumption_kind").set_value(kind).run()
        (asked,) = [box for box in shown.app.selectbox if str(box.key).startswith(f"assume/{kind}/")]
        offered = [asked.format_func(option) for option in options_of(asked)]
        assert any("BIR III" in words for words in offered)
        assert not any("2020" in words or "2023" in words for words in offered)
    linked = look("Lücken", annahme=["programm-verlaengert~1~2028-12-31"])
    assert "»annahme«" in linked.texts
    assert linked.address("annahme") == []


def test_an_assumption_kept_as_a_measure_steps_aside_and_one_stays_in_the_measure(screen):
    shown = screen("Lücken")
    assume(shown, "Programm wird verlängert", "BIR III", day="31.12.2029")
    shown.click("Als Maßnahme behalten")
    shown.open("Masterplan")
    shown.type(Maßnahme="Nachfolge der BIR III sichern")
    shown.click("Maßnahme anlegen")
    assert "Was wäre wenn:" not in shown.texts
    assert shown.address("annahme") == []
    assert (shown.address("masterplan"), shown.address("ideen")) == (["mit"], ["mit"])
    chosen = shown.choice("Welche Maßnahme?")
    assert chosen.format_func(chosen.value) == "Nachfolge der BIR III sichern"
