"""The main window: its layout, status bar and history panel, what it remembers, and how it closes."""
