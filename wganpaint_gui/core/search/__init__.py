"""A search without a network: settings, step records, frames, and how a fill goes back into the photo."""
