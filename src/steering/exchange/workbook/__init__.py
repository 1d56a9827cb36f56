"""The workbook of everything: written, and read back after people have edited it."""
