"""Models and past training runs: the panel, the lists, and their actions."""
