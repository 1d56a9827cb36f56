"""The public directory (Angebotsverzeichnis): what everyone may read, decided field by field and confirmed.

`offers` and `potentials` choose from the Portfolio, `content` holds and keeps what was chosen, `confirming`
compares it with what somebody has confirmed, `words` says values in German.
"""
