"""Karte: what exists where."""
