"""Providers' batches: the questions of many documents sent at once, the answers collected later."""
