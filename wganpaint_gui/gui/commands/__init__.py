"""The table of actions, the menus made from it, and what each action needs before it can run."""
