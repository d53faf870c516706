"""Photos in and out: reading, writing, colour profiles, metadata, and the pyramid the canvas draws from."""
