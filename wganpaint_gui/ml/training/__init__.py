"""Training: both networks, the search-aware critic, checkpoints, ranks."""
