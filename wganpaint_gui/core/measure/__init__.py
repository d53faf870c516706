"""What an evaluation is made of without a network: baselines, tables, figures."""
