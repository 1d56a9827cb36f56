"""Names where there is little room: no two things are called the same."""

from steering.web.text import short_names


def test_an_explanation_goes_unless_it_tells_two_apart() -> None:
    names = ["Sprachtreff (Ahorn)", "Sprachtreff (Meeder)", "Bildungsbüro (seit 2016)", "(neu)"]
    assert short_names(names) == ["Sprachtreff (Ahorn)", "Sprachtreff (Meeder)", "Bildungsbüro", "(neu)"]


def test_one_without_an_explanation_stands_beside_one_with_it() -> None:
    assert short_names(["Beratung", "Beratung (früher Asyl)"]) == ["Beratung", "Beratung (früher Asyl)"]


def test_two_of_the_very_same_name_are_shortened_alike() -> None:
    assert short_names(["Treff (Ahorn)", "Treff (Ahorn)"]) == ["Treff", "Treff"]
