"""Words for a choice of which no two are the same: who reads them, and the browser, tell things by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def told_apart(words: Mapping[K, str], *more: Mapping[K, str]) -> dict[K, str]:
    """The same words by key; what several share goes on with what tells them apart.

    `more`: what may, in this order; where nothing does, the key stands behind as in the Arbeitsmappe.
    """
    found = dict(words)
    for further in more:
        for shared in _shared(found):
            if len({further.get(key, "") for key in shared}) > 1:
                found |= {key: f"{found[key]} · {said}" for key in shared if (said := further.get(key, ""))}
    return found | {key: f"{found[key]} [{key}]" for shared in _shared(found) for key in shared}


def _shared(words: Mapping[K, str]) -> list[list[K]]:
    """The keys of each words that several have."""
    if len(set(words.values())) == len(words):
        return []
    alike: dict[str, list[K]] = defaultdict(list)
    for key, said in words.items():
        alike[said].append(key)
    return [keys for keys in alike.values() if len(keys) > 1]
