"""Copies of a SQLite database: made and counted, kept under a name that says when and why."""
