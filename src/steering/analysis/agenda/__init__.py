"""What a Koordinierungsrunde is proposed to talk about: what is open, has changed, or is due."""
