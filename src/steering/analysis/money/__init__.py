"""Who pays how much: by day, by budget year, by any other periods."""
