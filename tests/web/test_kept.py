"""A result is handed out again exactly where what it rests on is the same."""

import gc
import time
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from steering.analysis import reads
from steering.analysis.frames import Frames
from steering.analysis.portfolio import Portfolio
from steering.web.kept import KeptResults, kept_with, made_once

TABLES = "abc"


class World:
    """Data by revision: frames of one number each; what is written leaves the others the very same."""

    def __init__(self) -> None:
        self.at = 1
        self.frames = {1: {table: pd.DataFrame({"n": [0]}) for table in TABLES}}
        self.kept = KeptResults(8, self.frames_of)
        self.known: dict[tuple, Frames] = {}
        self.made = 0

    def frames_of(self, key: tuple) -> Frames:
        return self.known.setdefault(key, Frames(self.frames[key[2]], edition=key))

    def write(self, table: str) -> None:
        now = self.frames[self.at]
        self.at += 1
        self.frames[self.at] = now | {table: now[table] + 1}

    def key(self, who: str = "all") -> tuple:
        return ("here", "origin", self.at, who)

    def ask(self, name: str, rule) -> object:
        def make() -> object:
            self.made += 1
            return rule(self.frames_of(self.key()))

        return self.kept.get(self.key(), name, make)


def number(frames: Frames, table: str) -> int:
    return int(frames[table]["n"].iloc[0])


def branching(frames: Frames) -> tuple[int, ...]:
    """Which tables it reads depends on what it has read."""
    first = number(frames, "a")
    return first, number(frames, "b" if first % 2 else "c")


@given(written=st.lists(st.lists(st.sampled_from(TABLES), max_size=3), max_size=8))
def test_what_is_handed_out_is_what_would_be_worked_out_now(written):
    world = World()
    for tables in written:
        for table in tables:
            world.write(table)
        frames = world.frames_of(world.key())
        assert world.ask("branching", branching) == branching(frames)
        both = world.ask("nested", lambda f: (world.ask("branching", branching), number(f, "b")))
        assert both == (branching(frames), number(frames, "b"))


def test_only_what_was_read_counts():
    world = World()
    world.ask("branching", branching)
    for written, made in (("b", 1), ("c", 2), ("a", 3), ("c", 3), ("b", 4)):
        world.write(written)
        world.ask("branching", branching)
        assert world.made == made


def test_frames_are_compared_once_for_data_that_never_change_and_again_for_what_was_read_anew(monkeypatch):
    looked: list[str] = []
    peek = Frames.peek

    def noted(frames: Frames, table: str) -> pd.DataFrame | None:
        looked.append(table)
        return peek(frames, table)

    monkeypatch.setattr(Frames, "peek", noted)
    world = World()
    for _ in range(3):
        world.ask("branching", branching)
    assert sorted(looked) == ["a", "c"]
    # The data were let go, and are read again: others that say the same.
    world.frames[1] = {table: frame.copy() for table, frame in world.frames[1].items()}
    world.known.clear()
    assert world.ask("branching", branching) == (0, 0)
    assert world.made == 2


def test_what_was_found_below_another_result_counts_for_that_one_too():
    world = World()

    def outer(_: Frames) -> object:
        return world.ask("inner", lambda frames: number(frames, "a"))

    world.ask("inner", lambda frames: number(frames, "a"))
    assert world.ask("outer", outer) == 0
    world.write("a")
    assert world.ask("outer", outer) == 1


def test_what_asks_for_the_revision_holds_for_that_one_alone():
    world = World()

    def rule(frames: Frames) -> int:
        reads.note_moment()
        return world.at

    assert world.ask("revision", rule) == 1
    assert world.ask("above", lambda _: world.ask("revision", rule)) == 1
    world.write("a")
    assert world.ask("above", lambda _: world.ask("revision", rule)) == 2


def test_a_result_that_reads_later_holds_for_its_revision_alone():
    world = World()

    def rule(frames: Frames) -> Portfolio:
        return Portfolio("id", 1, frames)

    first = world.ask("later", rule)
    assert world.ask("later", rule) is first
    world.write("a")
    assert world.ask("later", rule) is not first


def test_data_of_others_are_others():
    world = World()
    assert world.kept.get(world.key("all"), "x", lambda: 1) == 1
    assert world.kept.get(world.key("few"), "x", lambda: 2) == 2
    assert world.kept.get(world.key("all"), "x", lambda: 3) == 1


def test_so_many_results_are_kept_and_no_old_frames_with_them():
    world = World()
    for name in range(20):
        world.ask(str(name), lambda frames: number(frames, "a"))
    world.ask("0", lambda frames: number(frames, "a"))
    assert world.made == 21
    old = weakref.ref(world.frames[1]["a"])
    world.write("a")
    world.frames.pop(1)
    world.known.clear()
    gc.collect()
    assert old() is None


def test_a_result_is_held_against_the_data_that_are_there_at_its_own_revision_too():
    world = World()
    assert world.ask("branching", branching) == (0, 0)
    # The data of that revision were let go and read again, later.
    world.known.clear()
    world.frames[world.at] = {table: frame + 1 for table, frame in world.frames[world.at].items()}
    assert world.ask("branching", branching) == (1, 1)


def asked_at_once(ask: Callable[[], object], by: int = 8) -> list[object]:
    """What each of so many threads got that began together."""
    begin = Barrier(by)

    def asks(_number: int) -> object:
        begin.wait()
        return ask()

    with ThreadPoolExecutor(by) as pool:
        return list(pool.map(asks, range(by)))


def test_what_many_ask_for_at_once_is_made_by_one_of_them():
    world = World()

    def slowly(frames: Frames) -> int:
        time.sleep(0.1)
        return number(frames, "a")

    assert asked_at_once(lambda: world.ask("slow", slowly)) == [0] * 8
    assert world.made == 1


def test_one_who_gives_up_leaves_it_to_the_next():
    world, tries = World(), []

    def gives_up_once(frames: Frames) -> int:
        tries.append(1)
        time.sleep(0.05)
        if len(tries) == 1:
            raise ValueError
        return number(frames, "a")

    def ask() -> object:
        try:
            return world.ask("broken", gives_up_once)
        except ValueError:
            return "gave up"

    found = asked_at_once(ask)
    assert sorted(map(str, found)) == ["0"] * 7 + ["gave up"]
    assert len(tries) == 2


def test_nobody_waits_for_something_else():
    world, inside = World(), Barrier(2, timeout=20)

    def together(frames: Frames) -> int:
        inside.wait()
        return number(frames, "a")

    names = iter(("one", "other"))
    assert asked_at_once(lambda: world.ask(next(names), together), by=2) == [0, 0]


def test_what_is_made_once_is_made_by_one_of_many_and_again_after_others():
    made = []

    @made_once(2)
    def double(number: int) -> int:
        made.append(number)
        time.sleep(0.05)
        return 2 * number

    assert asked_at_once(lambda: double(1)) == [2] * 8
    assert made == [1]
    assert [double(each) for each in (2, 3, 2, 1)] == [4, 6, 4, 2]
    assert made == [1, 2, 3, 1]


def test_what_is_kept_of_a_frame_goes_with_it_and_is_no_other_frames():
    made = []

    @kept_with
    def total(frame: pd.DataFrame, times: int = 1) -> int:
        made.append(times)
        return int(frame["n"].sum()) * times

    for numbers in ([1, 2], [3, 4]):
        frame = pd.DataFrame({"n": numbers})
        assert [total(frame), total(frame), total(frame, 2)] == [sum(numbers)] * 2 + [2 * sum(numbers)]
        gone = weakref.ref(frame)
        del frame
        gc.collect()
        assert gone() is None
    assert made == [1, 2, 1, 2]
