"""Words for a choice of which no two are the same: who reads them, and the browser, tell things by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def told_apart(words: Mapping[K, str], *more: Mapping[K, str], ahead: bool = False) -> dict[K, str]:
    """The same words by key; what several share is told apart by what stands behind it.

    `more`: what may do so, in this order; where nothing does, the key stands there as in the Arbeitsmappe.
    `ahead`: it stands before the words, for boxes so narrow that they cut what is behind.
    """
    found = dict(words)
    for further in more:
        for shared in _shared(found):
            if len({further.get(key, "") for key in shared}) > 1:
                told = {key: said for key in shared if (said := further.get(key, ""))}
                found |= {key: _joined(found[key], said, " · ", ahead) for key, said in told.items()}
    alike = [key for shared in _shared(found) for key in shared]
    return found | {key: _joined(found[key], f"[{key}]", " ", ahead) for key in alike}


def _joined(words: str, said: str, between: str, ahead: bool) -> str:
    return f"{said}{between}{words}" if ahead else f"{words}{between}{said}"


def _shared(words: Mapping[K, str]) -> list[list[K]]:
    """The keys of each words that several have."""
    if len(set(words.values())) == len(words):
        return []
    alike: dict[str, list[K]] = defaultdict(list)
    for key, said in words.items():
        alike[said].append(key)
    return [keys for keys in alike.values() if len(keys) > 1]
