"""The program's own source as syntax trees, for the tests of the house."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.conftest import PROJECT

PACKAGE = PROJECT / "src" / "steering"
PAGES = sorted(PROJECT.glob("pages/*.py"))
SOURCES = sorted([PROJECT / "app.py", *PAGES, *PACKAGE.rglob("*.py")])


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, node: ast.expr | None = None) -> str:
    return f"{path.relative_to(PROJECT).as_posix()}:{node.lineno if node else 1}"


def imported(path: Path) -> Iterator[str]:
    """Dotted names of everything that a file imports: `from a.b import c` gives a.b and a.b.c."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, modules: set[str]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def calls(tree_: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree_) if isinstance(node, ast.Call))


def texts(tree_: ast.AST) -> Iterator[ast.Constant]:
    """Every string that is not a docstring, the fixed parts of f-strings among them."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree_)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree_):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node
