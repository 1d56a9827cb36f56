"""The life of each structure: on which days it runs, on whose money, and how large it is."""
