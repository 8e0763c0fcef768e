"""One file for each format: bytes → documents that know where they come from."""
