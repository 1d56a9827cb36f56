"""The rules of the house that no type checker knows: who may do what where."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT

PACKAGE = PROJECT / "src" / "steering"
PAGES = sorted(PROJECT.glob("pages/*.py"))
SOURCES = sorted([PROJECT / "app.py", *PAGES, *PACKAGE.rglob("*.py")])
LONGEST_PAGE = 60

NOT_IN_PAGES = {"pandas", "numpy", "sqlalchemy", "sqlmodel", "altair", "pydeck", "steering.storage"}
CLOCKS = {"today", "now", "utcnow"}
CLOCK_OWNERS = {"date", "datetime", "Timestamp", "dt"}
UNSAFE_MODULES = {"pickle", "marshal", "shelve"}
UNSAFE_CALLS = {"eval", "exec", "__import__"}

PLAIN_FILES = {
    "open", "fdopen", "read_bytes", "write_bytes", "read_text", "write_text", "copyfile", "copy", "copy2",
    "copyfileobj", "copytree",
}  # fmt: skip

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|opt|root|home)/")
REGISTRY = re.compile(r"pypi\.org|python[h]osted|registry\.npm|deb\.debian")


def place(path: Path, node: ast.expr | None = None) -> str:
    return f"{path.relative_to(PROJECT).as_posix()}:{node.lineno if node else 1}"


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


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


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def reads_the_clock(call: ast.Call) -> bool:
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr not in CLOCKS:
        return False
    owner = function.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return name in CLOCK_OWNERS


def is_unsafe(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in UNSAFE_CALLS


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def may_read_the_clock(path: Path) -> bool:
    return path.parent == PACKAGE / "web" or path == PACKAGE / "cli.py"


def test_imports_run_one_way() -> None:
    # In a process of its own: import-linter sets up logging and silences everybody else's.
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-cache",
    ]
    judged = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_a_page_is_a_table_of_contents(page: Path) -> None:
    assert [name for name in imported(page) if within(name, NOT_IN_PAGES)] == []
    assert len(page.read_text(encoding="utf-8").splitlines()) <= LONGEST_PAGE


def test_time_is_an_argument() -> None:
    judged = [path for path in SOURCES if not may_read_the_clock(path)]
    assert [place(path, call) for path in judged for call in calls(path) if reads_the_clock(call)] == []


def test_nothing_read_from_outside_is_run() -> None:
    # What a child answers is unpickled into values only; `tests/confined` holds it to that.
    judged = [path for path in SOURCES if path != PACKAGE / "confined" / "wire.py"]
    assert [place(path) for path in judged for name in imported(path) if within(name, UNSAFE_MODULES)] == []
    run = [place(path, call) for path in SOURCES for call in calls(path) if is_unsafe(call)]
    assert run == []


def test_storage_touches_files_through_sqlite_only() -> None:
    """Closing any plain handle on a database drops the locks of the whole process: see `database_file`."""
    storage = sorted((PACKAGE / "storage").rglob("*.py"))
    opened = {
        path.name for path in storage for call in calls(path) if called(call) in PLAIN_FILES | {"touch"}
    }
    shutil_users = {path.name for path in storage if "shutil" in set(imported(path))}
    assert opened | shutil_users <= {
        "starter.py",  # the files that come with the program
        "database_file.py",  # makes a new database, where there is no file yet
        "restoring.py",  # the file of a backup that somebody names
    }
    assert not [
        place(PACKAGE / "storage" / name, call)
        for name in ("database_file.py", "engine.py", "schema.py")
        for call in calls(PACKAGE / "storage" / name)
        if called(call) in PLAIN_FILES
    ]


def test_every_write_of_a_person_goes_through_saving() -> None:
    """Only there it is asked whether the schema and the data are those that the person was looking at."""
    writers = {
        path.name
        for path in PACKAGE.rglob("*.py")
        if "steering.storage.engine.writing" in set(imported(path))
    }
    assert writers == {"schema.py", "restoring.py", "saving.py"}


def test_no_choice_shows_streamlits_english_words() -> None:
    """An emptied field would say "Choose an option", and a list of many offer "Select all"."""
    chosen = {"selectbox": {"placeholder"}, "multiselect": {"placeholder", "select_all"}}
    english = [
        place(path, call)
        for path in SOURCES
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and not chosen.get(call.func.attr, set()) <= {keyword.arg for keyword in call.keywords}
    ]
    assert english == []


def test_every_field_for_files_has_a_limit_that_the_server_knows() -> None:
    asked = [path for path in SOURCES if "st.file_uploader" in path.read_text(encoding="utf-8")]
    assert asked == [PACKAGE / "web" / "uploads.py"]


def test_only_the_stylesheet_writes_html() -> None:
    writers = [path for path in SOURCES if "unsafe_allow_html" in path.read_text(encoding="utf-8")]
    assert set(writers) <= {PACKAGE / "web" / "stylesheet.py"}


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{path.relative_to(PROJECT)}: {match[0]}"
        for path in committed_files()
        for pattern in (MACHINE_PATH, REGISTRY)
        if (match := pattern.search(path.read_text(encoding="utf-8", errors="ignore")))
    ]
    assert found == []


def committed_files() -> list[Path]:
    """What git keeps of the work tree; it needs the repository, which a source archive lacks."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("This is no git repository")
    paths = (PROJECT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]
