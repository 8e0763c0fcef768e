"""The answer as characters: the buffer it arrives in, its tokens, and the guard."""
