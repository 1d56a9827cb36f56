"""Zeitachse: what runs until when, on whose money."""
