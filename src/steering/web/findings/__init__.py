"""Findings as several pages show them: rows, words, *Warum?* and Einschätzung."""
