"""Many at once on one database: what each of them was told is kept, to be compared with what is stored."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, func, select

from steering.model import Change, TargetGroup
from steering.storage import engine as engine_module
from steering.storage import reading
from steering.storage.problems import NotReadable, NotSaved
from steering.storage.tables import table_of
from steering.storage.writing import Edit, write
from tests.storage.conftest import WHO

PATIENCE = 60.0
# Who was refused tries again after so long, as a person would after a while.
_BREATH = 0.02


class Crowd:
    """Threads that do one thing over and over until the block ends; what went wrong is kept."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.wrong = list[Exception]()
        self.acknowledged = list[str]()
        self.refused = Counter[str]()
        self.writers = set[str]()
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []

    def joined_by(self, do: Callable[[int], None]) -> None:
        def again_and_again() -> None:
            turn = 0
            try:
                while not self._over.is_set():
                    self._try(do, turn)
                    turn += 1
            except Exception as error:  # noqa: BLE001 - whatever it is, the test is to see it
                self.wrong.append(error)
                self._over.set()

        self._threads.append(threading.Thread(target=again_and_again))

    def _try(self, do: Callable[[int], None], turn: int) -> None:
        try:
            do(turn)
        except (NotSaved, NotReadable) as refusal:
            self.refused[refusal.cause] += 1
            self._over.wait(_BREATH)

    def joined_by_writers(self, number: int) -> None:
        """Each adds two records at a time, by names that tell who wrote and in which turn."""
        for name in (f"w{count}" for count in range(number)):
            self.writers.add(name)
            self.joined_by(lambda turn, name=name: self._write(f"{name}-{turn}"))  # type: ignore[misc]

    def _write(self, name: str) -> None:
        edits = [Edit(TargetGroup, {"slug": s, "name": s}) for s in (f"{name}-a", f"{name}-b")]
        write(self.engine, edits, **WHO)
        self.acknowledged.append(name)

    def joined_by_readers(self, number: int) -> None:
        """Each sees no half of a write: both records and both rows of the history, or none of them."""
        for _ in range(number):
            self.joined_by(self._read)

    def _read(self, _turn: int) -> None:
        groups, changes = table_of(TargetGroup), table_of(Change)
        with engine_module.reading(self.engine) as connection:
            new = connection.execute(
                select(func.count()).select_from(groups).where(groups.c.name.like("%-%"))
            ).scalar_one()
            told = connection.execute(select(func.count()).select_from(changes)).scalar_one()
        assert new % 2 == 0
        assert told == new

    @contextmanager
    def at_work(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in self._threads:
                thread.join()

    def goes_on_for(self, seconds: float) -> None:
        """Return after so long, or as soon as something went wrong."""
        self._over.wait(seconds)

    def goes_on_until(self, happened: Callable[[], bool], what: str) -> None:
        """Return once it has happened; or as soon as something else went wrong."""
        give_up = time.monotonic() + PATIENCE
        while not happened() and not self._over.wait(0.01):
            assert time.monotonic() < give_up, f"{what} did not happen; refused: {self.refused}"

    def each_has_written(self) -> None:
        """Return once each writer has been told of one more success."""
        begun = len(self.acknowledged)

        def happened() -> bool:
            return self.writers <= {name.partition("-")[0] for name in self.acknowledged[begun:]}

        self.goes_on_until(happened, "A write of each")

    def nothing_is_lost_or_half_there(self) -> None:
        """Compare what is stored with what was acknowledged; some who were refused may have written."""
        assert self.wrong == []
        stored = {name for name in reading.portfolio(self.engine).target_groups["name"] if name[-2] == "-"}
        whole = {name.rpartition("-")[0] for name in stored}
        assert stored == {f"{name}-{part}" for name in whole for part in "ab"}
        assert set(self.acknowledged) <= whole
        assert len(whole) <= len(self.acknowledged) + self.refused.total()
