"""The evaluation of a model in the window: its page, and the job that runs in the background."""
