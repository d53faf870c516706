"""Photos: reading, writing, colour profiles, metadata, faces, and the pyramid that the canvas draws from."""
