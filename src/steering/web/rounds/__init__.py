"""Koordinierungsrunde: what is talked about, what came of it, who does what by when."""
