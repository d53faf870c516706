"""The tooltips of the fill settings: unit, default, effect, symbol and source, one sentence each."""

from __future__ import annotations

from wganpaint_gui.core.search.settings import DEFAULT_STEPS, MAX_REFINE, InpaintConfig
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.widgets import Choice

METHOD = "Loss that the search minimises, default Both. Double-click for the default."
METHODS = (
    Choice("both", "Both", "Contextual and critic search together in one batch, from the same starts."),
    Choice(
        "yeh",
        "Contextual",
        "Contextual + perceptual loss: the generated image must match the known pixels and look real to the critic: "
        "L(z) = −f(G(z)) + λ · Σ|M · (G(z) − x)| (Cooper, equations 3, 5 and 6; after Yeh et al. 2017).",
    ),
    Choice(
        "critic",
        "Critic",
        "Critic-only loss: the photo with its fill must look real to the critic: "
        "L(z) = −f(M · x + (1 − M) · G(z)) (Cooper, equation 7).",
    ),
)
CONTEXT_WEIGHT = (
    "Context weight λ, 0 to 10, no unit, default 1: higher values hold the fill closer to the known pixels, lower "
    "values let the critic decide; a running search follows at once (λ in Cooper, equation 6). Contextual method only."
)
START = "Where the search starts. Double-click for the default."
STARTS = (
    Choice(
        "guess",
        "First guess",
        "One candidate starts at the latent that the model's encoder guesses from the known pixels, the others near "
        "it; it takes far fewer steps.",
    ),
    Choice("random", "Random", "Every candidate starts at a random latent, uniform in [−1, 1], as in the paper."),
)
STEPS = (
    f"Steps of the search, 1 to 100,000, default {DEFAULT_STEPS['guess']} from the first guess and "
    f"{DEFAULT_STEPS['random']} from a random start: more steps lower the loss and take longer; the step with "
    "the lowest loss counts (updates of the latent z)."
)
REFINE = (
    f"Steps of the refinement, 0 to {MAX_REFINE:,}, default {InpaintConfig().refine}, 0 = none: after the search the "
    "generator itself is fitted to this photo, for the chosen candidate of the contextual method; it ends early where "
    "known pixels that it does not see clearly get worse (after Pan et al. 2020)."
)
NOT_REFINED = (
    "Critic only is never refined: it looks only at how real the picture seems, so fitting the generator to it would "
    "find the critic's blind spots."
)
CANDIDATES = (
    "Candidates per method, 1 to 64, default 4: searched side by side, each from its own start; more candidates find "
    "better fills and take longer (restarts of z)."
)
BLEND = (
    "How the fill meets the photo at the edge of the mask, default Poisson; pixels outside the mask never change. "
    "Double-click for the default."
)
BLENDS = (
    Choice("none", "None", "The colours of the fill up to the edge, as in the paper: M · x + (1 − M) · G(z)."),
    Choice("feather", "Feather", "Fades from the photo into the fill along the soft edge of the mask."),
    Choice(
        "poisson",
        "Poisson",
        "Keeps the detail of the fill and takes light and colour from the photo around it (Pérez et al. 2003).",
    ),
)
FRAME = "Square of the photo that the model sees, default Automatic: fitted to the face, or to the mask."
FRAME_MODES = (
    Choice("automatic", "Automatic", "Fitted to the masked face, or to the mask if there is no face."),
    Choice("whole", "Whole photo", "The smallest square that contains the photo, for photos that show only a face."),
    Choice("custom", "Custom", "Where you place it: drag the dashed square with the frame tool."),
)
MORE = "Optimiser, weights of the known pixels, learning rate, seed and device."
OPTIMIZER = (
    "Optimiser that moves z along the gradient, default Adam, which measured best on held-out faces. "
    "Double-click for the default."
)
OPTIMIZERS = (
    Choice("adam", "Adam", "Adapts the step size to each coordinate of z; measured best."),
    Choice("rmsprop", "RMSprop", "Divides by a running average of the gradient's size; no momentum."),
    Choice("sgd", "Nesterov", "Gradient descent with Nesterov momentum 0.9, as in Yeh et al.'s released code."),
)
RATE = (
    "Learning rate of z, no unit, default auto (the value measured best for the method): higher values move further "
    "in each step and may overshoot. Leave it empty for auto."
)
SEED = "Seed, a whole number, default 0: the same seed gives the same starts and so the same fill."
WEIGHTING = "Weight of each known pixel in the contextual loss, default Uniform. Double-click for the default."
WEIGHTINGS = (
    Choice("uniform", "Uniform", "All known pixels count the same (Cooper, equation 5)."),
    Choice(
        "importance",
        "Near the mask",
        "Pixels near the mask count more: W is the share of missing pixels around each (Yeh et al. 2017, equation 3).",
    ),
)

DEVICE = "Device that runs the search, default Automatic: the fastest one available."
DEVICES = (
    Choice("auto", "Automatic", "The fastest device of this computer."),
    Choice("cpu", "CPU", "The processor, which is always available."),
    Choice("cuda", "NVIDIA GPU (CUDA)", "An NVIDIA graphics card."),
    Choice("mps", "Apple GPU (MPS)", "The GPU of an Apple chip."),
)


def no_guess(model: str) -> str:
    """Say why there is no first guess with a model."""
    return tr("The model {name} has no encoder, so there is no first guess.").format(name=model)
