"""What people type where they should choose."""

import pytest

from steering.exchange.confirmation.replies import reply_in
from steering.model import Reply


def test_replies_that_somebody_typed_are_understood():
    said = {
        "Ja": Reply.YES,
        " x ": Reply.YES,
        "stimmt so!": Reply.YES,
        "nein, geändert": Reply.CHANGED,
        "Nein": Reply.CHANGED,
        "gibt es nicht mehr.": Reply.GONE,
        "entfällt": Reply.GONE,
        "  ": None,
    }
    assert {text: reply_in(text) for text in said} == said
    with pytest.raises(ValueError, match="»vielleicht« ist nicht verständlich"):
        reply_in("vielleicht")
