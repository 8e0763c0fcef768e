"""How questions are asked: in their turn, within a budget, and kept in a file."""
