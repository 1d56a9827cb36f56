"""Scenarios: changes applied to a Portfolio, kept as text, and told in German."""
