"""Work outside the GUI thread: the engine, jobs, and single background tasks."""
