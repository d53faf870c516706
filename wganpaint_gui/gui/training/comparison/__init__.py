"""Several training runs in one plot: which are chosen, how they are read, how they are drawn."""
