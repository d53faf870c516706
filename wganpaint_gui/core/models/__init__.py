"""Model files as installed: cards, names, and copies. Nothing here computes with a network."""
