"""What the numbers of a training run mean, in a line each; translated where they are shown."""

from __future__ import annotations

from wganpaint_gui.gui.look.translation import QT_TR_NOOP

W = QT_TR_NOOP(
    "W: the critic's estimate of the distance between your pictures and the samples, no unit; lower is better."
)
CRITIC_GAP = QT_TR_NOOP(
    "Critic gap: the critic's mean score of held-out pictures minus that of samples, no unit; above 0 it can guide a "
    "search."
)
SWD = QT_TR_NOOP("SWD: sliced Wasserstein distance between held-out pictures and samples, × 1000; lower is better.")
LOSS = QT_TR_NOOP(
    "Loss: how far the encoder's guesses are from whole pictures and from the latents of samples, no unit; lower is "
    "better."
)
