"""Official registers: municipalities and boundaries, for one Kreis."""
