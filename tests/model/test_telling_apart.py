"""No two choices of a box are called the same."""

from steering.model.telling_apart import told_apart

CAFE = {1: "Sprachcafé", 2: "Nähtreff", 3: "Sprachcafé"}


def test_what_nobody_shares_is_called_as_it_is():
    words = {1: "Sprachcafé", 2: "Nähtreff"}
    assert told_apart(words, {1: "AWO", 2: "Caritas"}) == words


def test_what_several_share_goes_on_with_what_tells_them_apart():
    assert told_apart(CAFE, {1: "AWO", 2: "AWO", 3: "Caritas"}) == {
        1: "Sprachcafé · AWO", 2: "Nähtreff", 3: "Sprachcafé · Caritas",
    }  # fmt: skip


def test_what_they_share_too_says_nothing_and_only_some_may_have_more():
    words = dict.fromkeys((1, 2, 3), "BIR III")
    more = {1: "AWO", 2: "AWO", 3: "AWO"}, {3: "ab 01.01.2027"}, {1: "5 €", 2: "6 €", 3: "5 €"}
    assert told_apart(words, *more) == {
        1: "BIR III · 5 €", 2: "BIR III · 6 €", 3: "BIR III · ab 01.01.2027",
    }  # fmt: skip


def test_where_nothing_differs_the_key_does():
    assert told_apart(CAFE, {1: "AWO", 3: "AWO"}) == {
        1: "Sprachcafé [1]", 2: "Nähtreff", 3: "Sprachcafé [3]",
    }  # fmt: skip


def test_in_a_narrow_box_it_stands_ahead_of_what_would_be_cut():
    words = dict.fromkeys((1, 2, 3), "Vollzug")
    assert told_apart(words, {1: "federführend"}, ahead=True) == {
        1: "federführend · Vollzug", 2: "[2] Vollzug", 3: "[3] Vollzug",
    }  # fmt: skip
