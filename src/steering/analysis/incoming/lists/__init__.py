"""Any list somebody sends: where its header is, what its columns mean, and what its rows become."""
