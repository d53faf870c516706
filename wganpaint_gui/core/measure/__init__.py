"""The parts of an evaluation that need no network: baselines, tables, figures."""
