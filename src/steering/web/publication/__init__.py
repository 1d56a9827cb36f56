"""Öffentliches Verzeichnis: what everyone may read is decided here, looked at as a whole, and released."""
