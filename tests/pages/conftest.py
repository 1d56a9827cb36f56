"""Pages run through AppTest, each on a database of its own."""

import shutil
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea, TextInput
from streamlit.util import calc_hash

from steering.storage import reading
from steering.storage.database_state import DatabaseState
from steering.storage.engine import make_engine
from steering.storage.rights.acting import AT_THE_MACHINE, Who
from steering.storage.rights.house import House
from steering.web import current, folded, identity, pages, results, sessions
from steering.web.editing import saved
from steering.web.kept import Key, Latest
from tests import postgres
from tests.cached import notice_what_is_read
from tests.conftest import PROJECT, sqlite_url
from tests.prepared import PEOPLED, Prepared, fill

PAGES = {page.title: page.file for page in pages.ALL}
FIRST_REVISION = 1  # as `schema` fills a database
PATHS = {page.title: page.path for page in pages.ALL}


class Screen:
    """The program as one user sees it, without a browser."""

    def __init__(self, url: str, page: str = "Lagebild", **address: str | list[str]) -> None:
        self.url = url
        self.app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60)
        for name, value in address.items():
            self.app.query_params[name] = value
        # As from an address: AppTest's own way to a page leads over the first one, which takes its time too.
        if path := PATHS[page]:
            self.app._page_hash = calc_hash(path)
        self.app.run()

    @property
    def engine(self) -> Engine:
        return make_engine(self.url)

    def open(self, page: str) -> None:
        self.app.switch_page(PAGES[page])
        self.app.run()

    def click(self, label: str) -> None:
        """Press the button of that label."""
        next(button for button in self.app.button if button.label == label).click().run()
        # A saved change reruns the page from within the sidebar's fragment, which AppTest leaves out.
        self.app.run()

    def type(self, **texts: str) -> None:
        """Fill text inputs, named by their label with underscores for blanks."""
        for label, text in texts.items():
            self.input(label.replace("_", " ")).set_value(text)

    def input(self, label: str) -> TextInput | TextArea:
        """The text input of that label."""
        return next(item for item in [*self.app.text_input, *self.app.text_area] if item.label == label)

    def choice(self, label: str) -> Any:
        """The select box of that label, for one choice or for several."""
        return next(item for item in [*self.app.selectbox, *self.app.multiselect] if item.label == label)

    def fill_in(self, table: str, cells: Mapping[int, Mapping[str, Any]]) -> None:
        """Put something into cells of a table whose column is filled in, by row and column."""
        # AppTest has no element for it.
        state = {"edited_rows": cells, "added_rows": [], "deleted_rows": []}
        self.app.session_state[self.app.session_state[f"{table} table"].editor] = state

    def edit(self, structure: str, part: str = "Förderung") -> None:
        """Bring a structure into the sidebar."""
        self.choice("Struktur").set_value(self.id_of(structure)).run()
        self.app.radio(key="edit_part").set_value(
            {"Struktur": "structure", "Förderung": "funding", "Zuständigkeit": "responsibility"}[part]
        ).run()

    def id_of(self, structure: str) -> int:
        rows = reading.portfolio(self.engine).structures
        return int(rows.loc[rows["name"] == structure, "id"].iloc[0])

    def address(self, name: str) -> list[str]:
        """What the address says for one parameter."""
        found = self.app.query_params.get(name, [])
        return [found] if isinstance(found, str) else list(found)

    @property
    def texts(self) -> str:
        """All words on the screen, the sidebar's too."""
        found = [
            element.value
            for kind in ("title", "header", "markdown", "caption", "info", "warning", "error", "success")
            for element in getattr(self.app, kind)
        ]
        return "\n".join(found).replace("\\", "")


@pytest.fixture(scope="session")
def filled(prepared: Prepared) -> Callable[[str], Path]:
    """A database file of each kind, made once."""
    return prepared.filled


class WithTemplates(Latest[Any]):
    """What was put last, and after that what was read of the databases that all others are copies of."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._templates: dict[tuple[Hashable, str], Any] = {}

    def named(self, name: Hashable) -> tuple[Any, ...]:
        templates = (found for (known, _), found in self._templates.items() if known == name)
        return (*super().named(name), *templates)

    def put(self, name: Hashable, found: Any) -> None:
        if _is_as_made(found.dataset_id, found.number):
            self._templates.setdefault((name, found.dataset_id), found)
        super().put(name, found)


# The revision in which copies of a database begin that was written to when it was made, by its dataset.
_AS_MADE: dict[str, int] = {}


def _is_as_made(dataset_id: str, revision: int) -> bool:
    return revision == _AS_MADE.get(dataset_id, FIRST_REVISION)


@pytest.fixture(scope="session", autouse=True)
def _copies_share_what_is_computed() -> Iterator[None]:
    """A copy that nobody has written to says what its template says, and need not be computed anew; of one
    that was written to, what was left as it is.
    """
    template: dict[str, Key] = {}
    moments: dict[str, reading.Moment] = {}
    own, read = current._moment, reading.moment

    def moment_of(database: Engine, there: DatabaseState) -> Key:
        dataset_id, revision = there.revision
        found = own(database, there)
        return template.setdefault(dataset_id, found) if _is_as_made(dataset_id, revision) else found

    def moment(engine: Engine, before: reading.Moment | None = None) -> reading.Moment:
        found = read(engine, before or moments.get(reading.revision(engine)[0]))
        if _is_as_made(found.portfolio.dataset_id, found.portfolio.number):
            moments.setdefault(found.portfolio.dataset_id, found)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(current, "_moment", moment_of)
        patch.setattr(results, "_before", WithTemplates(8))
        patch.setattr(reading, "moment", moment)
        notice_what_is_read(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def folded_as_on_the_server() -> Iterator[Callable[..., bool]]:
    """Forms are there as if they had been opened; gives how it is decided in the program."""
    decided = folded.is_drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folded, "is_drawn", lambda key, *, is_open: True)
        yield decided


@pytest.fixture(scope="package", autouse=True)
def _at_the_machine_before_a_test() -> Iterator[None]:
    """The same for what several tests share."""
    with sessions.standing_in(AT_THE_MACHINE):
        yield


@pytest.fixture(autouse=True)
def at_the_machine() -> Iterator[None]:
    """What a test asks of the program beside its pages, it asks as who sits at the machine does.

    Pages run in threads of their own, and are asked for by whom they are.
    """
    with sessions.standing_in(AT_THE_MACHINE):
        yield


@pytest.fixture(scope="session", autouse=True)
def nobody_presses_twice() -> Iterator[None]:
    """What was just saved is taken back at the first press: a test has no time to read what it did."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(saved, "TOO_SOON", timedelta(0))
        yield


@pytest.fixture(scope="session")
def shared_on(filled: Callable[[str], Path], request: pytest.FixtureRequest) -> Callable[[str, str], str]:
    """The address of a database of each kind that nobody writes to, on SQLite or on PostgreSQL."""

    def of_either(engine: str, kind: str) -> str:
        if engine == "sqlite":
            return sqlite_url(filled(kind))
        server: postgres.Server = request.getfixturevalue("postgresql")
        if kind not in server.shared:
            server.shared[kind] = server.new(server.template(kind, partial(fill, kind)))
        return server.url(server.shared[kind])

    return of_either


@pytest.fixture
def shared(database_kind: str, shared_on: Callable[[str, str], str]) -> Callable[[str], str]:
    """The same on the engine that the test is about."""
    return partial(shared_on, database_kind)


@pytest.fixture
def look(shared: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Screen]]:
    """As `screen`, for tests that write nothing: they share a database, and what is computed from it."""
    seen: dict[str, tuple[str, int]] = {}

    def open_screen(page: str = "Lagebild", kind: str = "coburg", **address: str | list[str]) -> Screen:
        url = shared(kind)
        seen[url] = reading.revision(make_engine(url))
        monkeypatch.setenv("STEERING_DATABASE_URL", url)
        return Screen(url, page, **address)

    yield open_screen
    for url, revision in seen.items():
        assert reading.revision(make_engine(url)) == revision, "This test writes: let it take `screen`."


@pytest.fixture
def own(
    database_kind: str, filled: Callable[[str], Path], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], str]]:
    """The address of the database that is this test's own; the first call sets the kind."""
    if database_kind == "sqlite":
        file = tmp_path / "steering.db"

        def copied(kind: str) -> str:
            if not file.exists():
                shutil.copy(filled(kind), file)
            return sqlite_url(file)

        yield copied
        return
    server: postgres.Server = request.getfixturevalue("postgresql")
    made: list[str] = []

    def on_a_server(kind: str) -> str:
        if not made:
            made.append(server.new(server.template(kind, partial(fill, kind))))
        return server.url(made[0])

    yield on_a_server
    for name in made:
        server.drop(name)


@pytest.fixture
def screen(own: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Screen]:
    """`screen("Karte", kind="empty", stichtag="2027-01-01")` opens a page; the first call sets the kind."""

    def open_screen(page: str = "Lagebild", kind: str = "coburg", **address: str | list[str]) -> Screen:
        url = own(kind)
        monkeypatch.setenv("STEERING_DATABASE_URL", url)
        return Screen(url, page, **address)

    return open_screen


@pytest.fixture
def ask_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[Who], None]:
    """From now on everybody who asks is this one, in a house that signs in."""

    def become(who: Who) -> None:
        monkeypatch.setattr(identity, "who", lambda _now: who)
        monkeypatch.setattr(identity, "settings", lambda: House(services=("",)))

    return become


@pytest.fixture
def peopled(own: Callable[[str], str], screen: Callable[..., Screen]) -> Callable[..., Screen]:
    """A database with secrets in it and a person of each role in Fachbereich 22."""
    dataset_id, revision = reading.revision(make_engine(own(PEOPLED)))
    _AS_MADE[dataset_id] = revision
    return screen
