"""One sound item becomes plain values; the only room that knows libcst."""
