"""The training page: the setup of a new run, and the view of a run in progress or finished."""
