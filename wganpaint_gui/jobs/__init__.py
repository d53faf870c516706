"""Driving a generator from a thread: a newest-wins mailbox and a stop event."""
