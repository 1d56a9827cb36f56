"""Who may write what: asked anew within every write."""
