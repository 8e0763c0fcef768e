"""One module per prompt style."""
