"""Models and past training runs: the panel, the list, and what can be done with each."""
