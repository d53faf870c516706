"""The view of a training run: curves, sample grids, numbers."""
