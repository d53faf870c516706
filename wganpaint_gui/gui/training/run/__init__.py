"""A training run as it is shown: curves, sample grids, facts."""
