"""The rules of the house that no type checker knows: who may do what where."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.sources import PACKAGE, PAGES, SOURCES, calls, imported, place, texts, tree, within

LONGEST_PAGE = 60

NOT_IN_PAGES = {"pandas", "numpy", "sqlalchemy", "sqlmodel", "altair", "pydeck", "steering.storage"}

CLOCKS = {
    ("date", "datetime", "Timestamp", "dt"): {"today", "now", "utcnow"},
    ("time",): {
        "time",
        "time_ns",
        "localtime",
        "gmtime",
        "ctime",
        "asctime",
        "strftime",
    },  # a stopwatch (`monotonic`) tells no day,
}
CLOCK_READERS = {PACKAGE / "storage" / "clock.py"}

HTML_WRITERS = {PACKAGE / "web" / "browser" / "html.py"}
HTML_CALLS = {"html", "iframe"}
HTML_FLAGS = {"unsafe_allow_html", "unsafe_allow_javascript"}
HTML_TAG = re.compile(
    r"(?<!\(\?P)</?(?:a|b|br|code|div|em|font|h[1-6]|i|iframe|img|li|mark|p|pre|script|small|span|strong|style|sub|sup|svg"
    r"|table|td|th|tr|u|ul)(?:\s[^<>]*)?/?>?"
)
# deck.gl takes a tooltip as HTML only (Streamlit escapes what is put in); the others look for HTML in files.
TAGS_ELSEWHERE = {
    PACKAGE / "charts" / "map.py",
    PACKAGE / "web" / "browser" / "server.py",
    PACKAGE / "exchange" / "lists" / "spreadsheets.py",
}

# How a SQLite file is opened, what lies behind its path, what its errors mean, whether it is sound, how it is
# put away and taken back.
SQLITE_KNOWERS = {
    PACKAGE / "storage" / name
    for name in (
        "engine.py", "database_file.py", "troubles.py", "backups/damaged.py", "backups/losing.py",
        "backups/restoring.py", "copying/counting.py", "copying/pouring.py",
        "checking/__init__.py", "checking/shape.py",
    )
}  # fmt: skip
SQLITE_WORDS = re.compile(r"\bPRAGMA\b|\bsqlite_\w+|\bBEGIN IMMEDIATE\b")

UNSAFE_MODULES = {"pickle", "marshal", "shelve"}
UNSAFE_CALLS = {"eval", "exec", "__import__"}

PLAIN_FILES = {
    "open", "fdopen", "read_bytes", "write_bytes", "read_text", "write_text", "copyfile", "copy", "copy2",
    "copyfileobj", "copytree",
}  # fmt: skip

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|opt|root|home)/")
REGISTRY = re.compile(r"pypi\.org|python[h]osted|registry\.npm|deb\.debian")


def reads_the_clock(tree_: ast.AST) -> Iterator[ast.Attribute]:
    """Mentions of a clock, called or handed on: `datetime.now`, `pd.Timestamp.today`, `time.time`."""
    for node in ast.walk(tree_):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if any(name in owners and node.attr in read for owners, read in CLOCKS.items()):
                yield node


def writes_html(tree_: ast.AST) -> Iterator[ast.expr]:
    """Calls that put HTML on a page, by name or by flag."""
    for call in calls(tree_):
        function = call.func
        named = isinstance(function, ast.Attribute) and function.attr in HTML_CALLS
        if named or HTML_FLAGS & {keyword.arg for keyword in call.keywords}:
            yield call


def html_tags(tree_: ast.AST) -> Iterator[ast.expr]:
    return (text for text in texts(tree_) if HTML_TAG.search(str(text.value)))


def speaks_sqlite(tree_: ast.AST) -> Iterator[ast.expr]:
    return (text for text in texts(tree_) if SQLITE_WORDS.search(str(text.value)))


def is_unsafe(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in UNSAFE_CALLS


def outside(allowed: set[Path]) -> list[Path]:
    """All sources but those, which there must be: an exception for a file that has gone is none."""
    assert allowed <= set(SOURCES)
    return [path for path in SOURCES if path not in allowed]


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


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


def test_a_name_stands_for_one_thing() -> None:
    """No two public classes of one name, and no short name for a type that is a class elsewhere."""
    places: dict[str, list[str]] = {}
    for path in SOURCES:
        for statement in tree(path).body:
            for name in types_named(statement):
                places.setdefault(name, []).append(place(path))
    classes = {node.name for path in SOURCES for node in tree(path).body if isinstance(node, ast.ClassDef)}
    assert {name: where for name, where in places.items() if name in classes and len(where) > 1} == {}


def types_named(statement: ast.stmt) -> list[str]:
    """The public names of types that a statement of a module makes: `class Need`, `Rows = list[Row]`."""
    if isinstance(statement, ast.ClassDef):
        names = [statement.name]
    elif isinstance(statement, ast.Assign):
        names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
    else:
        names = []
    return [name for name in names if name[0].isupper() and not name.isupper()]


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_a_page_is_a_table_of_contents(page: Path) -> None:
    assert [name for name in imported(page) if within(name, NOT_IN_PAGES)] == []
    assert len(page.read_text(encoding="utf-8").splitlines()) <= LONGEST_PAGE


def test_time_is_an_argument() -> None:
    judged = outside(CLOCK_READERS)
    assert [place(path, node) for path in judged for node in reads_the_clock(tree(path))] == []


@pytest.mark.parametrize(
    "code",
    [
        "date.today()",
        "datetime.now(UTC)",
        "pd.Timestamp.now()",
        "dt.date.today()",
        "time.time()",
        "f(date.today)",
    ],
)
def test_a_clock_is_noticed(code: str) -> None:
    assert len([*reads_the_clock(ast.parse(code))]) == 1


def test_only_files_about_the_database_file_know_sqlite() -> None:
    judged = outside(SQLITE_KNOWERS)
    assert [place(path) for path in judged for name in imported(path) if within(name, {"sqlite3"})] == []
    assert [place(path, text) for path in judged for text in speaks_sqlite(tree(path))] == []


def test_nothing_read_from_outside_is_run() -> None:
    # What a child answers is unpickled into values only; `tests/confined` holds it to that.
    judged = [path for path in SOURCES if path != PACKAGE / "confined" / "wire.py"]
    assert [place(path) for path in judged for name in imported(path) if within(name, UNSAFE_MODULES)] == []
    run = [place(path, call) for path in SOURCES for call in calls(tree(path)) if is_unsafe(call)]
    assert run == []


def test_storage_touches_files_through_sqlite_only() -> None:
    """Closing any plain handle on a database drops the locks of the whole process: see `database_file`."""
    storage = sorted((PACKAGE / "storage").rglob("*.py"))
    opened = {
        path.name for path in storage for call in calls(tree(path)) if called(call) in PLAIN_FILES | {"touch"}
    }
    shutil_users = {path.name for path in storage if "shutil" in set(imported(path))}
    assert opened | shutil_users <= {
        "starter.py",  # the files that come with the program
        "database_file.py",  # makes a new database, where there is no file yet
        "restoring.py",  # the file of a backup that somebody names
        "files.py",  # copies that nobody has open, and their notes
        "sign_in_file.py",  # what the house has written down of its sign-in
    }
    assert not [
        place(PACKAGE / "storage" / name, call)
        for name in ("database_file.py", "engine.py", "schema.py")
        for call in calls(tree(PACKAGE / "storage" / name))
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


def test_only_what_passes_the_gate_knows_how_to_change_tables() -> None:
    """Beside it stand what makes a database, and parts that are handed a transaction which has passed."""
    verbs = {f"sqlalchemy.{verb}" for verb in ("insert", "update", "delete")}
    writers = {path.relative_to(PACKAGE).as_posix() for path in SOURCES if PACKAGE in path.parents
               and verbs & set(imported(path))}  # fmt: skip
    assert writers == {
        "storage/schema.py", "storage/transaction.py", "storage/paper_texts.py", "storage/publishing.py",
        "storage/handing_in.py", "storage/releases.py",
        "storage/subscribing.py", "storage/telling.py",
        "storage/saved_views.py", "storage/own_unit.py",
        "storage/transfer.py",  # from one database to another, by the command line
        "storage/history/erasing.py", "storage/history/kept_for_people.py",
        "storage/imports/remembering.py", "storage/backups/restoring.py",
    }  # fmt: skip


def test_no_string_stands_alone() -> None:
    """A sentence goes on in the next line within brackets only: without them its end is lost silently."""
    lost = [
        place(path, node.value)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.JoinedStr)
        and not (ast.get_source_segment(path.read_text("utf-8"), node.value) or "").startswith(('"""', "..."))
    ]  # fmt: skip
    assert lost == []


def test_no_choice_shows_streamlits_english_words() -> None:
    """An emptied field would say "Choose an option", and a list of many offer "Select all"."""
    chosen = {"selectbox": {"placeholder"}, "multiselect": {"placeholder", "select_all"}}
    english = [
        place(path, call)
        for path in SOURCES
        for call in calls(tree(path))
        if isinstance(call.func, ast.Attribute)
        and not chosen.get(call.func.attr, set()) <= {keyword.arg for keyword in call.keywords}
    ]
    assert english == []


def test_every_choice_side_by_side_goes_on_in_the_next_line() -> None:
    """In one line those that find no room are hidden, without a hint that there are more."""
    cut = [
        place(path, call)
        for path in SOURCES
        for call in calls(tree(path))
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ("segmented_control", "pills")
        and "wrap" not in {keyword.arg for keyword in call.keywords}
    ]
    assert cut == []


def test_every_field_for_files_has_a_limit_that_the_server_knows() -> None:
    asked = [path for path in SOURCES if "st.file_uploader" in path.read_text(encoding="utf-8")]
    assert asked == [PACKAGE / "web" / "browser" / "uploads.py"]


def test_html_is_written_in_one_file() -> None:
    judged = outside(HTML_WRITERS)
    assert [place(path, call) for path in judged for call in writes_html(tree(path))] == []
    judged = outside(HTML_WRITERS | TAGS_ELSEWHERE)
    assert [place(path, text) for path in judged for text in html_tags(tree(path))] == []


@pytest.mark.parametrize(
    "code",
    [
        "st.html(words)",
        "st.components.v1.html(words)",
        "st.components.v1.iframe(address)",
        "st.markdown(words, unsafe_allow_html=True)",
        "column.markdown(words, unsafe_allow_html=flag)",
    ],
)
def test_a_call_that_writes_html_is_noticed(code: str) -> None:
    assert len([*writes_html(ast.parse(code))]) == 1


@pytest.mark.parametrize(
    "code",
    ["x = f'<b>{name}</b>'", "x = '<span style=\"color:red\">'", "x = name + '<br>'", "x = '<script>'"],
)
def test_a_tag_is_noticed(code: str) -> None:
    assert [*html_tags(ast.parse(code))] != []


@pytest.mark.parametrize("code", ["x = 'weniger als < 5'", '"Docstring with <b>."', "x = '<= 3 und a > b'"])
def test_what_is_no_tag_is_let_through(code: str) -> None:
    assert [*html_tags(ast.parse(code))] == []


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
