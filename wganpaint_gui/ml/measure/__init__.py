"""Measuring: the experiment of the paper, speed, sample grids."""
