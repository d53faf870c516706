"""The training page, a widget a file: what a new run is made of, and how one that is under way looks."""
