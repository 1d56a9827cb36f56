"""Needs, how far each is met, and which tasks stay open."""
