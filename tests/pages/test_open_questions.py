"""The Lagebild's sentences on overlaps and gaps."""


def test_the_overview_says_what_opens_when_the_directive_ends(look):
    words = look("Lagebild").texts.replace("*", "")
    assert "die Federführung mehrfach oder ungeklärt" in words
    assert "ab 01.01.2027 kommen" in words
    assert "kommen 3 hinzu: zwei, weil BIR III endet, und eine, weil ein Bedarf beginnt" in words
    assert "(nach Beispielangaben)" in words


def test_without_recorded_needs_it_says_nothing_about_gaps(look):
    shown = look("Lagebild")
    shown.click("Ausblenden")
    assert "Bedarfe sind nicht erhoben; über Lücken lässt sich deshalb nichts sagen" in shown.texts


def test_where_the_filters_leave_no_recorded_need_nothing_is_called_covered(look):
    words = look("Lagebild", handlungsfeld="gesundheit").texts.replace("*", "")
    assert "Zu keiner Aufgabe dieser Ansicht ist ein Bedarf erhoben; über Lücken lässt sich" in words
    assert "Von den Aufgaben mit erhobenem Bedarf" not in words


def test_an_assumption_moves_the_sentence(look):
    from tests.pages.test_what_if import assume

    shown = look("Lücken")
    assume(shown, "Programm wird verlängert", "BIR III", day="31.12.2029")
    shown.open("Lagebild")
    assert "BIR III am 31.12.2026" not in shown.texts
