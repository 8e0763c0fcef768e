"""One unsound item: where it ends, and what would make it whole."""
