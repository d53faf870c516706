"""The main window, its status bar, history and memory, and how it closes."""
