"""What others rely on from outside stays where it is: docs/architecture.md#what-is-relied-on-from-outside."""

import importlib
import inspect
import tomllib

import pytest

from steering.analysis.coverage import segments
from steering.web import pages
from steering.web.browser import fetching
from tests.conftest import PROJECT

ADDRESSES = {
    "pages/overview.py": "",
    "pages/map.py": "karte",
    "pages/timeline.py": "zeitachse",
    "pages/structures.py": "strukturen",
    "pages/responsibilities.py": "zustaendigkeiten",
    "pages/needs.py": "bedarfe",
    "pages/gaps.py": "luecken",
    "pages/masterplan.py": "masterplan",
    "pages/potentials.py": "potenziale",
    "pages/meeting.py": "koordinierungsrunde",
    "pages/data.py": "daten",
}
ARCHITECTURE = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_every_page_keeps_its_file_and_its_address() -> None:
    assert {page.file: page.path for page in pages.ALL}.items() >= ADDRESSES.items()


@pytest.mark.parametrize("page", pages.ALL, ids=lambda page: page.title)
def test_every_page_is_there_and_named(page: pages.PageEntry) -> None:
    assert (PROJECT / page.file).is_file()
    assert f"`/{page.path}`" in ARCHITECTURE


def test_the_app_is_where_streamlit_is_told_to_look() -> None:
    assert (PROJECT / "app.py").is_file()


def test_the_address_of_subscribed_calendars_is_where_programs_ask() -> None:
    assert fetching.calendar_path("geheim") == "/kalender/geheim.ics"
    assert "`/kalender/<secret>.ics`" in ARCHITECTURE
    assert fetching.table_path("geheim", 7) == "/export/geheim/7.csv"
    assert "`/export/<secret>/<view>.csv`" in ARCHITECTURE


def test_the_command_is_where_it_was() -> None:
    scripts = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert scripts["steering"] == "steering.cli:main"
    assert callable(importlib.import_module("steering.cli").main)


def test_segments_takes_what_it_took() -> None:
    assert list(inspect.signature(segments).parameters) == ["assignments", "horizon_start", "horizon_end"]


@pytest.mark.parametrize("variable", ["STEERING_DATABASE_URL", "STEERING_DATASET"])
def test_the_environment_is_read_by_these_names(variable: str) -> None:
    sources = (PROJECT / "src").rglob("*.py")
    assert any(f'"{variable}"' in path.read_text(encoding="utf-8") for path in sources)
