"""What the documents name exists, and what exists in the field's language is named."""

import re
import tomllib
from enum import StrEnum
from pathlib import Path

import pytest

from steering import cli, model
from steering.exchange.import_kinds import KINDS
from steering.model.vocabulary import WORDS
from steering.web import pages
from tests.conftest import PROJECT
from tests.selection import SLOW

README = (PROJECT / "README.md").read_text(encoding="utf-8")
GLOSSARY = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
PUBLIC = [getattr(model, name) for name in model.__all__]
RECORDS = [kind for kind in PUBLIC if kind in model.Record.__subclasses__()]
LISTS = [kind for kind in PUBLIC if issubclass(kind, StrEnum)]
FOLDERS_OF_DOCUMENTS = (".", "docs", "deploy")
DOCUMENTS = sorted(path for folder in FOLDERS_OF_DOCUMENTS for path in (PROJECT / folder).glob("*.md"))
DECISIONS = (PROJECT / "docs" / "decisions.md").read_text(encoding="utf-8")
VARIABLE = re.compile(r"\bSTEERING_[A-Z_]+\b")


def explained(code: str) -> str:
    """The row of the glossary that has this name in its second column."""
    rows = [line for line in GLOSSARY if re.match(rf"\|[^|]+\|[^|]*`{code}`", line)]
    assert rows, f"docs/glossary.md does not explain {code}"
    return rows[0]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_record_is_in_the_glossary(record: type[model.Record]) -> None:
    explained(record.__name__)


@pytest.mark.parametrize("closed", LISTS, ids=lambda closed: closed.__name__)
def test_every_closed_list_is_in_the_glossary_with_its_words(closed: type[StrEnum]) -> None:
    row = explained(closed.__name__)
    words = WORDS.get(closed, {})
    said = [f"{member.name} {words.get(member, '')}".strip() for member in closed]
    assert [phrase for phrase in said if not re.search(rf"{re.escape(phrase)}(,| \|)", row)] == []


def test_the_glossary_knows_all_records_and_lists() -> None:
    assert len(RECORDS) > 15
    assert len(LISTS) > 10


def test_the_readme_names_the_environment_variables_there_are() -> None:
    sources = [*PROJECT.glob("src/**/*.py"), *PROJECT.glob("tests/**/*.py")]
    used = {name for path in sources for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    assert set(VARIABLE.findall(README)) == used


@pytest.mark.parametrize("document", [path.relative_to(PROJECT).as_posix() for path in DOCUMENTS])
def test_documents_point_to_files_that_exist(document: str) -> None:
    text = (PROJECT / document).read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    named = re.findall(r"`((?:pages|src|db|tests|benchmarks|docs)/[\w./-]*)`", text)
    missing = [path for path in linked + named if not (PROJECT / path).exists()]
    # The database is made at the first start.
    assert [path for path in missing if path != "db/steering.db"] == []


def test_the_architecture_names_every_folder_at_the_top() -> None:
    text = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
    folders = [path.name for path in PROJECT.iterdir() if path.is_dir() and path.name[0] not in "._"]
    assert [name for name in folders if name not in {"docs"} and f"`{name}/" not in text] == []


def test_every_package_has_its_reason() -> None:
    pyproject = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    named = re.findall(r'^ {4}"([a-z-]+)>=', pyproject, flags=re.MULTILINE)
    decisions = (PROJECT / "docs" / "decisions.md").read_text(encoding="utf-8")
    assert len(named) > 15
    assert [name for name in named if name not in decisions] == []


@pytest.mark.parametrize("page", pages.ALL, ids=lambda page: page.title)
def test_the_readme_lists_every_page_with_its_address(page: pages.PageEntry) -> None:
    assert f"| `/{page.path}` | {page.title}: " in README


def test_the_readme_lists_no_page_that_is_none() -> None:
    assert set(re.findall(r"^\| `/(\w*)` \|", README, flags=re.MULTILINE)) == {
        page.path for page in pages.ALL
    }


def test_the_readme_lists_every_command() -> None:
    (commands,) = (action for action in cli._parser()._actions if isinstance(action.choices, dict))
    assert commands.choices is not None
    named = set(re.findall(r"^\| `steering (\w+)", README, flags=re.MULTILINE))
    assert named == set(commands.choices)


def test_the_index_of_decisions_names_each_in_its_order() -> None:
    headings = re.findall(r"^## (.+)$", DECISIONS, flags=re.MULTILINE)
    assert re.findall(r"^- \[(.+)\]\(#", DECISIONS, flags=re.MULTILINE) == headings, "python .ci/decisions.py"


def test_what_was_overturned_is_marked_with_the_day_of_a_later_decision() -> None:
    places = [
        (m[1], m[2])
        for m in re.finditer(r"^- \[(\S+): .+?(?:overturned on (\S+):.*)?$", DECISIONS, re.MULTILINE)
    ]
    days = [day for day, _ in places]
    marked = [(place, said, day) for place, (day, said) in enumerate(places) if said]
    assert [day for place, said, day in marked if said < day or said not in days[place + 1 :]] == []
    taken_back = re.findall(r"(?:This replaces|takes the place of the entry)", DECISIONS)
    assert len(marked) >= len(taken_back) > 0


def test_every_slow_place_of_the_first_look_is_there() -> None:
    assert [place for place in sorted(SLOW) if not (PROJECT / "tests" / place).exists()] == []


def test_the_readme_names_every_kind_of_file() -> None:
    (named,) = re.findall(r"^Kinds are (.+?)\.", README, flags=re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"`(\w+)`", named)) == set(KINDS)


CITED = re.compile(r"(docs/[\w/-]+\.md)(?:#([\w-]+))?")
# Assembled, so that this file does not cite it itself: the draft from which the rules were taken.
THE_DRAFT = re.compile(r"\bDES" r"IGN\b")
NAMED_DOCUMENT = re.compile(r"\b(?:docs/)?[A-Za-z_]+\.md\b")


def anchors(document: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", (PROJECT / document).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def code_files() -> list[Path]:
    folders = ("src", "tests", "pages", "benchmarks", "db/migrations")
    return [path for folder in folders for path in sorted((PROJECT / folder).rglob("*.py"))]


def test_code_cites_documents_and_sections_that_exist() -> None:
    cited = {
        (path.relative_to(PROJECT).as_posix(), *citation)
        for path in code_files()
        for citation in CITED.findall(path.read_text(encoding="utf-8"))
    }
    rules = anchors("docs/rules.md")
    assert len({anchor for _, document, anchor in cited if document == "docs/rules.md"} & rules) > 5
    missing = [
        (place, document, anchor)
        for place, document, anchor in sorted(cited)
        if not (PROJECT / document).exists() or (anchor and anchor not in anchors(document))
    ]
    assert missing == []


def test_no_file_cites_a_document_that_is_not_in_the_repository() -> None:
    there = {path.name for path in DOCUMENTS} | {path.name for path in PROJECT.glob("db/*/*.md")}
    citing = set()
    for path in code_files():
        text = path.read_text(encoding="utf-8")
        named = {name for name in NAMED_DOCUMENT.findall(text) if name.removeprefix("docs/") not in there}
        citing |= {f"{path.relative_to(PROJECT)}: {name}" for name in named | set(THE_DRAFT.findall(text))}
    assert citing == set()


def test_every_place_of_the_change_guide_is_there() -> None:
    guide = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Change guide")[2]
    named = re.findall(r"`([\w.-]+(?:/[\w.-]*)+|\w+\.(?:md|toml))`", guide)
    assert len(named) > 30
    assert [path for path in named if not (PROJECT / path).exists()] == []
    changes = re.findall(r"^\| (an? [\w ]+) \|", guide, flags=re.MULTILINE)
    wanted = "a field, a page, a finding kind, a form, an importer, a chart, a scenario rule, a document"
    assert changes == [*wanted.split(", "), "a list value", "a command"]


ROOMS_THAT_COUNT = sorted((PROJECT / "src" / "steering" / "analysis").glob("*/counted.py"))


@pytest.mark.parametrize("room", ROOMS_THAT_COUNT, ids=lambda path: path.parent.name)
def test_everything_that_is_counted_is_in_the_glossary(room: Path) -> None:
    functions = re.findall(r"^def ([a-z]\w*)\(", room.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert functions
    for function in functions:
        explained(re.escape(f"{room.parent.name}.counted.{function}"))


def test_the_floors_told_are_the_floors_held() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    told = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
    for contract in contracts:
        if contract["name"].startswith("The floors of "):
            room = contract["containers"][0].removeprefix("steering.")
            floors = " / ".join(floor.replace(" | ", ", ") for floor in contract["layers"])
            assert re.findall(rf"^\| `{room}` \| (.+/.+) \|$", told, re.MULTILINE) == [floors]
