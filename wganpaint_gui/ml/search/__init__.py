"""The latent search: losses, descent, frames, fills."""
