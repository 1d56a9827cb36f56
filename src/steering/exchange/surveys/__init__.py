"""The survey of needs as files: what goes out to a body, and what comes back."""
