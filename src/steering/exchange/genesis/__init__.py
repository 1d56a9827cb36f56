"""Tables of GENESIS and the Regionaldatenbank (flat CSV): values of municipalities as Kennzahlen."""
