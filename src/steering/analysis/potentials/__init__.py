"""Chances of immigration: those that people have recorded, and those that the program finds in the data."""
