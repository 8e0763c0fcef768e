"""Many documents: which are under way, what becomes of each, and what a file says of them."""
