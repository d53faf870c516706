"""Driving a generator in a thread: a mailbox that keeps the newest item, and a stop event."""
