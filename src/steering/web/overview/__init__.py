"""Lagebild: what must be decided next."""
