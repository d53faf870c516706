"""Work off the GUI thread: the engine, jobs, and single pieces of background work."""
