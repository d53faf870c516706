"""The tooltips of the training settings: unit, default and effect, one sentence each."""

from __future__ import annotations

from wganpaint_gui.gui.widgets import Choice

FRAMING = "Framing: what the model sees of each picture, default Auto. Double-click for the default."
FRAMING_CHOICES = (
    Choice("auto", "Auto", "As CelebA if the pictures have its layout, otherwise as Whole."),
    Choice("whole", "Whole", "The largest square in the middle of each picture."),
    Choice(
        "faces",
        "Faces",
        "The face in each picture, eyes and mouth always in the same place; pictures without a face are skipped.",
    ),
    Choice("aligned", "Aligned", "The whole picture, for pictures already framed as faces."),
    Choice("celeba", "CelebA", "The face in CelebA's aligned pictures, where all faces are in the same place."),
)
NAME = "Name of the run and its model, default the name of the folder or zip."
PRESET = "Training recipe, default WGAN-GP, which gives better models in the same time."
PRESETS = (
    Choice("gp", "WGAN-GP", "Gradient penalty, averaged generator, few critic updates (Gulrajani et al. 2017)."),
    Choice("paper", "Paper", "As in the paper: weight clipping, RMSprop, many critic updates (Cooper; Arjovsky 2017)."),
)
PRESET_NOTES = {
    "gp": "Stable and fast: good samples after a few thousand updates.",
    "paper": "The paper's own recipe, for comparison; takes many times longer.",
}
RESOLUTION = (
    "Resolution of the model in pixels per side, default 64: each doubling shows more detail and takes about four "
    "times longer to train."
)
RESOLUTIONS = tuple(
    Choice(str(side), str(side), f"{side} × {side} pixels; smaller pictures are skipped.")
    for side in (32, 64, 128, 256)
)
WIDTH = (
    "Width of the networks in channels next to the image, default Small (32): wider networks learn more detail and "
    "take longer to train."
)
WIDTHS = (
    Choice("16", "Tiny", "16 channels: for trying things out, about three times as fast as Small."),
    Choice(
        "32", "Small", "32 channels, as in the model that comes with WganPaint: the most that a CPU trains in a day."
    ),
    Choice("64", "Paper", "64 channels, as in the paper: for a GPU, or for days on a CPU."),
)
UPDATES = (
    "Generator updates, default set by the recipe: more give better samples, up to a point; you can stop a run at any "
    "time and resume it later."
)
AWARE = (
    "Critic updates of the search-aware stage, default 2,000 for WGAN-GP and 0 for Paper: the critic learns from the "
    "results of the critic-only search, so that it can guide that search."
)
ENCODER = (
    "Updates of the encoder, default 4,000 for WGAN-GP and 0 for Paper: it learns to guess the latent of a picture "
    "from its known pixels, so that a search begins near its end and needs fewer steps."
)
LATER_NOTE = "The critic-only method needs the search-aware stage; a first guess needs the encoder."
AUGMENT = (
    "Augmentation, default off: varies colour, position and parts of the pictures, so that the model does not memorise "
    "a small data set (DiffAugment, Zhao et al. 2020)."
)
START_FROM = "Initial weights, default random: a model of similar pictures reaches good samples sooner."
BATCH = "Images per update, default set by the recipe: larger is steadier, slower and needs more memory."
SEED = "Seed, a whole number, default 0: the same seed on the same device trains the same model again."
TICK = "Updates between two sample grids, default 250: each grid takes a moment and a little disk space."
LICENCE = "Licence of the pictures, default none: stored in the model's card for everyone who gets the model."
MORE = "Batch size, updates per sample grid, seed, licence of the pictures."
DEVICE = "Device that runs the training, default automatic: the fastest one available."
