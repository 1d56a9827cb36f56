"""Where the people live (Unterbringung), and which structures reach them there."""
