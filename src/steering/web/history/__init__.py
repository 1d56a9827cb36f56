"""Verlauf: who did what, found again and taken back."""
