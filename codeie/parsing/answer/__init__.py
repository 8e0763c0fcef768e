"""From text to items: where the walk stands, and what stands around the items."""
