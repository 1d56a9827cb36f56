"""Causes are values; their sentences are made of them and never read back."""

from datetime import date

import pytest

from steering.analysis.findings.causes import Cause, CauseKind, said, said_briefly
from tests.sources import PACKAGE, imported

LAST = date(2026, 12, 31)
BIR, MBE, BOTH = (
    Cause(CauseKind.STRUCTURE, LAST, names) for names in (("BIR III",), ("MBE",), ("BIR III", "MBE"))
)
OWN_END, TAKEN = Cause(CauseKind.STRUCTURE, LAST), Cause(CauseKind.RESPONSIBILITY, LAST)
# What somebody else wrote is read in analysis.incoming; a text that people edit is put into paragraphs, a
# committee's name into its parts, a pasted mail into its points, and a unit into whether it counts persons.
READERS_OF_TEXT = {"document.py", "paper/committees.py", "rounds/pasted.py", "small_counts.py"}


@pytest.mark.parametrize(
    ("causes", "whole", "brief"),
    [
        ((), "", ""),
        ((BIR,), "endet mit BIR III am 31.12.2026", "BIR III endet"),
        ((BIR, MBE), "endet mit BIR III am 31.12.2026; endet mit MBE am 31.12.2026", "BIR III und MBE enden"),
        ((BOTH,), "endet mit BIR III und MBE am 31.12.2026", "BIR III und MBE enden"),
        ((BIR, BOTH), "endet mit BIR III am 31.12.2026; endet mit BIR III und MBE am 31.12.2026",
         "BIR III und MBE enden"),
        ((OWN_END,), "endet am 31.12.2026", "eine Struktur endet"),
        ((TAKEN,), "Zuständigkeit endet am 31.12.2026", "eine Zuständigkeit endet"),
    ],
)  # fmt: skip
def test_causes_are_said_in_full_and_in_short(causes, whole, brief):
    assert (said(causes), said_briefly(causes)) == (whole, brief)


def test_no_rule_reads_a_sentence_back():
    analysis = PACKAGE / "analysis"
    rules = [path for path in analysis.rglob("*.py") if "incoming" not in path.parts]
    reading = {path.relative_to(analysis).as_posix() for path in rules if "re" in set(imported(path))}
    assert reading == READERS_OF_TEXT
