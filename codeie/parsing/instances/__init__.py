"""Plain values become instances of the user's classes."""
