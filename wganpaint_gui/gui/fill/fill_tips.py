"""What the controls of a fill say about themselves: unit, default, effect, symbol and source, a sentence each."""

from __future__ import annotations

from wganpaint_gui.gui.widgets import Choice

METHOD = "Which loss is searched with; default: both, side by side from the same starts. Double-click for the default."
METHODS = (
    Choice("both", "Both", "Contextual and critic search at the same time, from the same starts, in one batch."),
    Choice(
        "yeh",
        "Contextual",
        "Contextual + perceptual loss: the whole image must be near the known pixels and look real: "
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
    "Context weight λ, 0 to 10, no unit, default 1: higher holds the fill closer to the pixels around the mask, lower "
    "lets the critic decide; acts at once on a running search (λ in Cooper, equation 6). Contextual method only."
)
STEPS = (
    "Steps of the search, 1 to 100,000, default 200: more steps fit better and take longer; the best one found is "
    "kept, so more never hurts (updates of the latent z)."
)
CANDIDATES = (
    "Candidates, 1 to 64 a method, default 4: how many random starts are searched side by side; more find better "
    "fills and take longer (restarts of z, uniform in [−1, 1])."
)
BLEND = (
    "How the fill meets the photo at the mask's edge, default Poisson; never changes a pixel outside the mask. "
    "Double-click for the default."
)
BLENDS = (
    Choice("none", "None", "The fill's own colours up to the edge, as in the paper: M · x + (1 − M) · G(z)."),
    Choice("feather", "Feather", "Fades from the photo into the fill along the mask's soft edge."),
    Choice(
        "poisson",
        "Poisson",
        "Keeps the fill's detail and takes light and colour from the photo around it (Pérez et al. 2003).",
    ),
)
FRAME = "The square the model sees, in photo pixels; default automatic: found from the face, or from the mask."
FRAME_MODES = (
    Choice("automatic", "Automatic", "Fitted to the masked face, or to the mask where there is no face."),
    Choice("whole", "Whole photo", "The smallest square that holds the photo: for photos that are a face already."),
    Choice("custom", "Custom", "Where you put it: drag the dashed square with the frame tool (F)."),
)
MORE = "Optimiser, learning rate, seed, weights of the known pixels, and the device."
OPTIMIZER = "How z follows the gradient; default Adam, measured best on held-out faces. Double-click for the default."
OPTIMIZERS = (
    Choice("adam", "Adam", "Adapts its pace to every coordinate of z; the measured default."),
    Choice("rmsprop", "RMSprop", "Divides by the gradient's running size; no momentum."),
    Choice("sgd", "Nesterov", "Gradient descent with Nesterov momentum 0.9, as in Yeh et al.'s released code."),
)
RATE = (
    "Learning rate of z, no unit, default auto (the method's measured value): higher moves further a step and may "
    "overshoot. Leave it empty for auto."
)
SEED = "Seed, a whole number, default 0: the same seed starts from the same latents and finds the same fill again."
WEIGHTING = "How much each known pixel counts in the contextual loss; default uniform. Double-click for the default."
WEIGHTINGS = (
    Choice("uniform", "Uniform", "Every known pixel counts alike (Cooper, equation 5)."),
    Choice(
        "importance",
        "Near the mask",
        "Pixels near the mask count more: W is the share of missing pixels around each (Yeh et al. 2017, equation 3).",
    ),
)
DEVICE = "What computes the search; default automatic: the fastest there is."
DEVICES = (
    Choice("auto", "Automatic", "The fastest device of this machine."),
    Choice("cpu", "CPU", "The processor; always there."),
    Choice("cuda", "NVIDIA GPU (CUDA)", "A graphics card by NVIDIA."),
    Choice("mps", "Apple GPU (MPS)", "The graphics part of an Apple chip."),
)
