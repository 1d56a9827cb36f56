"""Potenziale: the chances of immigration, recorded by people or found by the program."""
