"""A kind of finding knows itself; nobody else lists kinds, and keys are taken apart in one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from steering.analysis.findings import kinds
from steering.analysis.findings.kinds import KINDS
from steering.analysis.findings.reasons import AGREEMENT, END
from steering.model import FindingKind
from tests.sources import PACKAGE, SOURCES, tree

KNOWER = PACKAGE / "analysis" / "findings" / "kinds.py"
# The kinds themselves and their names, and the rule that tells two of them apart.
NAMERS = {KNOWER, PACKAGE / "model" / "enums.py", PACKAGE / "model" / "vocabulary.py",
          PACKAGE / "analysis" / "findings" / "gaps.py"}  # fmt: skip
KEY_READER = PACKAGE / "model" / "finding_keys.py"


def sources(*without: Path) -> list[Path]:
    return [path for path in SOURCES if path not in without]


def lists_of_kinds(found: ast.AST) -> Iterator[ast.AST]:
    """Tuples, lists, sets and dictionaries that name two kinds or more."""
    for node in ast.walk(found):
        parts = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [])
        named = [part for part in parts if isinstance(part, ast.Attribute)]
        if sum(getattr(part.value, "id", "") == "FindingKind" for part in named) > 1:
            yield node


def takes_keys_apart(text: str) -> bool:
    return any(
        sign in text for sign in ("key.split(", "key.startswith(", 'removeprefix("n")', 'f"s{', 'f"t{')
    )


def test_every_kind_knows_itself():
    assert set(KINDS) == set(FindingKind)
    assert (*kinds.OPEN, *kinds.UNSETTLED) == kinds.COUNTED


@pytest.mark.parametrize("kind", FindingKind)
def test_every_kind_can_be_asked_ordered_and_explained(kind):
    known = KINDS[kind]
    asked = kinds.question(kind, "", "Ehrenamt", "31.12.2026")
    assert "»Ehrenamt«" in asked
    assert asked.endswith("?")
    assert "{" not in asked + known.order.format(about="x") + known.rule + known.short


def test_a_missing_agreement_is_asked_for_and_is_no_missing_data():
    assert "Vereinbarung" in kinds.question(FindingKind.UNKNOWN, AGREEMENT, "x", "")
    assert not kinds.is_missing_data(FindingKind.UNKNOWN, AGREEMENT)
    assert kinds.is_missing_data(FindingKind.UNKNOWN, END)


def test_nobody_else_lists_kinds():
    found = [path for path in sources(*NAMERS) if list(lists_of_kinds(tree(path)))]
    assert found == []


def test_nobody_else_takes_a_key_apart():
    about_keys = [path for path in sources(KEY_READER) if "finding" in path.read_text("utf-8").lower()]
    assert about_keys
    assert [path for path in about_keys if takes_keys_apart(path.read_text("utf-8"))] == []


def test_a_list_of_kinds_is_noticed():
    assert list(lists_of_kinds(ast.parse("OPEN = (FindingKind.GAP, FindingKind.SHORTFALL)")))
    assert list(lists_of_kinds(ast.parse("{FindingKind.GAP: 1, FindingKind.OVERLAP: 2}")))
    assert not list(lists_of_kinds(ast.parse("(FindingKind.GAP, 2)")))
