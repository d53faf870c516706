"""What the numbers of a training run mean, in one line each, for tooltips, screen readers and captions."""

from __future__ import annotations

W = "W: the critic's estimate of the distance between your pictures and the samples, no unit; lower is better."
CRITIC_GAP = (
    "Critic gap: the critic's mean score of held-out pictures minus that of samples, no unit; above 0 it can guide a "
    "search."
)
SWD = "SWD: sliced Wasserstein distance between held-out pictures and samples, × 1000; lower is better."
LOSS = (
    "Loss: how far the encoder's guesses are from whole pictures and from the latents of samples, no unit; lower is "
    "better."
)
