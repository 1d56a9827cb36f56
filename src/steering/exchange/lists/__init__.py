"""Any list that somebody sends: its sheets, cells and letters, before anybody asks what they mean."""
