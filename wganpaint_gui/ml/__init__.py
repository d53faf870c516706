"""What needs torch: networks, losses, the latent search, model files."""
