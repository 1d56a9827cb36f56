"""No file of the public directory says what was not decided to be public, whatever stands in any record."""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd

from steering.analysis.publication.choosing import public_directory
from steering.analysis.publication.confirming import published
from steering.exchange.publication import whole
from steering.exchange.publication.archive import zipped
from tests.analysis.publication.test_choosing import ALWAYS, FLAGS, OF_OFFERS, OF_POTENTIALS, ONCE_PUBLIC
from tests.every_field import planted

TODAY = date(2026, 11, 27)
EVERYTHING = frozenset(f"shows_{name}" for name in FLAGS)
OUTLINE = {"type": "Polygon", "coordinates": [[[11.0, 50.2], [11.1, 50.2], [11.1, 50.3], [11.0, 50.2]]]}
BOUNDARIES = pd.DataFrame(
    {
        "key": ["09473112"],
        "role": ["own"],
        "name": ["geheim-municipality-name"],
        "kind": ["Gemeinde"],
        "geometry": [OUTLINE],
        "label_longitude": [11.05],
        "label_latitude": [50.25],
        "attribution": ["© GeoBasis-DE / BKG"],
    }
)


@cache
def made(public: bool, shows: frozenset[str]) -> dict[str, bytes]:
    data, _ = planted(shows, public)
    directory = public_directory(data, TODAY)
    return whole.files(published(directory, [(TODAY, directory)]), BOUNDARIES)


def told(files: dict[str, bytes]) -> set[str]:
    """Of which fields any file says what stands in them; every file is plain, but for the two fonts."""
    _, secrets = planted()
    return {
        field
        for field, secret in secrets.items()
        if any(secret.encode() in content for content in files.values())
    }


def test_without_a_decision_no_file_says_anything_of_a_record() -> None:
    assert told(made(False, EVERYTHING)) <= ALWAYS


def test_an_entry_that_is_opened_tells_its_name_and_texts_and_no_more() -> None:
    assert told(made(True, frozenset())) <= ALWAYS | ONCE_PUBLIC


def test_whatever_is_opened_no_other_field_stands_in_any_file() -> None:
    files = made(True, EVERYTHING)
    allowed = set().union(*OF_OFFERS.values(), *OF_POTENTIALS.values())
    found = told(files)
    assert found <= ALWAYS | ONCE_PUBLIC | allowed
    # The search reaches what is told: it would find what is not.
    assert {"public_offer.phone", "structure.name", "potential.idea", "public_text.title"} <= found


def test_the_archive_holds_the_same_files_and_always_the_same_bytes() -> None:
    files = made(True, EVERYTHING)
    assert zipped(files) == zipped(dict(reversed(files.items())))
