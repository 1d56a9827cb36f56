"""What a Landkreis sets for itself: planning, committees with their sittings, what a post costs."""
