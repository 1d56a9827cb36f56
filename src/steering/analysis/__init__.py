"""Pure rules across records: a Portfolio and a View in, a frame out.

Touches no file, clock, database or screen.
"""
