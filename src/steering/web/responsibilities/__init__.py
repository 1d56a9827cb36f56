"""Zuständigkeiten: who is in charge of what, and where there are two."""
