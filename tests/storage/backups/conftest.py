"""Backups are of SQLite's file; a server has tools of its own."""

import pytest


@pytest.fixture(autouse=True)
def _about_files(only_sqlite: None) -> None:
    """Leaves these tests out in a run about a server."""
