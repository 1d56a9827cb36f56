"""The Verlauf: found again, taken back, and rid of what must not be kept."""
