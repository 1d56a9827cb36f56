"""Places are handed on in order; who loses patience leaves none behind."""

import time
from threading import Thread

from steering.storage.turns import Turns


def test_whoever_came_first_goes_first_even_if_somebody_comes_back_at_once() -> None:
    turns, went = Turns(1), list[int]()
    assert turns.take(0)

    def come(number: int) -> None:
        assert turns.take(60)
        went.append(number)
        turns.leave()

    threads = [Thread(target=come, args=(number,)) for number in range(4)]
    for number, thread in enumerate(threads):
        thread.start()
        while len(turns._waiting) <= number:
            time.sleep(0.001)
    turns.leave()
    assert turns.take(60)
    assert went == [0, 1, 2, 3]
    for thread in threads:
        thread.join()


def test_who_gives_up_neither_keeps_a_place_nor_holds_up_the_next() -> None:
    turns = Turns(1)
    assert turns.take(0)
    assert not turns.take(0.01)
    turns.leave()
    assert turns.take(0)
    assert not turns.take(0)
    turns.leave()
