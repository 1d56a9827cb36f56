"""What a Ratsinformationssystem says came of papers: found, understood, and laid beside what is recorded."""
