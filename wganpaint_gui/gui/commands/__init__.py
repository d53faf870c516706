"""The table of actions, the menus built from it, and what each action needs before it can run."""
