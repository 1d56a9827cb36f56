"""Strukturen: everything known about each structure."""
