"""Words of people inside Markdown."""

import pytest

from steering.web.text import plain


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("eine\nzwei", "eine  \nzwei"),
        ("- eins\n- zwei", r"\- eins" + "  \n" + r"\- zwei"),
        ("eine \r\n   zwei", "eine  \n zwei"),
        ("Absatz\n\nAbsatz", "Absatz\n\nAbsatz"),
        ("zu Ende\n", "zu Ende\n"),
        ("ein Name", "ein Name"),
    ],
)
def test_what_somebody_put_on_lines_of_its_own_stays_there(words, shown):
    assert plain(words) == shown
