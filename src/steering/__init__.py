"""The dashboard with which a German Landkreis steers its integration work."""
