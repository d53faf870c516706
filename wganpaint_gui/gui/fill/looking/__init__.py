"""A closer look at a fill in hand: what the critic makes of it, and two candidates compared."""
