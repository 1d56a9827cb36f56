"""A child answers, or is stopped; whoever asked lives on, and the next one gets an answer."""

import os
import pickle
import subprocess
import sys
import time

import pytest

from steering.confined import Limits, Pool, Reason, Stopped, wire
from steering.exchange.incoming_files import FileRefused
from steering.model import Structure
from tests.confined import deeds
from tests.conftest import PROJECT

EVIL = b"cos\nsystem\n(S'true'\ntR."


@pytest.fixture(scope="module", autouse=True)
def _children_know_the_deeds():
    """A child looks for modules where they are installed, not in the folder it is started in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(PROJECT))
        yield


@pytest.fixture(scope="module")
def pool():
    made = Pool(Limits(seconds=30, megabytes=400), at_most=1)
    yield made
    made.close()


def exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def gone(process: int) -> bool:
    """Whether a process ends within a while; one that is somebody else's may linger as a zombie."""
    for _ in range(100):
        if not exists(process):
            return True
        time.sleep(0.05)
    return False


def test_values_come_back_as_they_are(pool):
    assert pool.run(deeds.values) == deeds.values()
    assert pool.run(deeds.given_back, "\ud800\ufffe") == "\ud800\ufffe"
    assert pool.run(deeds.given_back, Structure) is Structure


def test_one_child_is_asked_again_and_again(pool):
    assert pool.run(deeds.who) == pool.run(deeds.who) != os.getpid()


def test_a_refusal_that_was_agreed_on_is_raised_again_and_costs_no_child(pool):
    before = pool.run(deeds.who)
    with pytest.raises(FileRefused, match="nein"):
        pool.run(deeds.refuse, "nein", refusals=(FileRefused,))
    assert pool.run(deeds.who) == before


@pytest.mark.parametrize("deed", [deeds.die, deeds.fail, deeds.refuse_strangely])
def test_a_child_that_gives_up_takes_nobody_along(pool, deed):
    before = pool.run(deeds.who)
    with pytest.raises(Stopped) as stopped:
        pool.run(deed)
    assert stopped.value.reason == Reason.CRASH
    assert pool.run(deeds.who) != before


def test_more_memory_than_agreed_is_not_to_be_had(pool):
    with pytest.raises(Stopped) as stopped:
        pool.run(deeds.take, 500)
    assert stopped.value.reason == Reason.MEMORY
    assert pool.run(deeds.take, 10) == 10 * 1024 * 1024


def test_a_child_that_has_swollen_is_not_asked_again(pool):
    before = pool.run(deeds.who)
    pool.run(deeds.take, 200)
    assert pool.run(deeds.who) == before  # What was given back is no burden.
    pool.run(deeds.keep, 280)
    assert pool.run(deeds.who) != before


def test_a_large_server_does_not_make_its_children_swollen(pool):
    pool.close()
    burden = bytearray(500 * 1024 * 1024)
    burden[::4096] = b"x" * len(burden[::4096])
    first = pool.run(deeds.who)
    assert pool.run(deeds.who) == first


def test_who_takes_too_long_is_stopped():
    hasty = Pool(Limits(seconds=0.5))
    with pytest.raises(Stopped) as stopped:
        hasty.run(deeds.sleep, 60)
    assert stopped.value.reason == Reason.TIME


def test_progress_is_heard(pool):
    heard: list[float] = []
    assert pool.run(deeds.count_up, progress=heard.append) == "done"
    assert heard == [0, 0.5, 1]


def test_whoever_waits_may_break_off_and_the_child_ends(pool):
    child = pool.run(deeds.who)

    def enough(_seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pool.run(deeds.sleep, 60, waiting=enough)
    assert gone(child)


def test_what_a_library_prints_is_no_answer(pool):
    assert pool.run(deeds.print_loudly) == "quiet"


def test_a_child_does_not_know_where_the_data_are(pool, monkeypatch):
    pool.close()
    monkeypatch.setenv("STEERING_DATABASE_URL", "sqlite:///secret")
    assert not [name for name in pool.run(deeds.environment) if name.startswith("STEERING_")]


def test_a_child_that_nobody_asks_retires():
    brief = Pool(Limits(), idle_seconds=0.05)
    assert gone(brief.run(deeds.who))


def test_a_child_ends_with_the_server():
    code = (
        "import os\n"
        "from steering.confined import Limits, Pool\n"
        "from tests.confined import deeds\n"
        "print(Pool(Limits()).run(deeds.who), flush=True)\n"
        "os._exit(0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, check=True)
    assert gone(int(ran.stdout))


@pytest.mark.parametrize(
    "answer",
    [EVIL, pickle.dumps(os.system), pickle.dumps(subprocess.Popen), pickle.dumps(pytest.main), b"", b"x"],
)
def test_an_answer_is_made_of_values_only(answer):
    with pytest.raises(wire.Untrusted):
        wire.unpack_answer(answer)


def test_a_name_that_leads_out_of_this_program_is_no_value():
    for name in ("os.system", "resource", "main"):
        answer = b"\x80\x04\x8c" + bytes([len("steering.confined.child")]) + b"steering.confined.child"
        answer += b"\x8c" + bytes([len(name)]) + name.encode() + b"\x93."
        with pytest.raises(wire.Untrusted):
            wire.unpack_answer(answer)
