"""What the settings of a training run say about themselves: unit, default and effect, a sentence each."""

from __future__ import annotations

from wganpaint_gui.core.dataset.data_options import FRAMINGS
from wganpaint_gui.gui.widgets import Choice

FRAMING = "What the model will see of each picture; default automatic. Double-click for the default."
_FRAMINGS = (
    Choice("auto", "Automatic", "As CelebA where the pictures have its layout, else the whole picture."),
    Choice("whole", "Whole", "The largest square in the middle of each picture."),
    Choice("faces", "Faces", "The face in each picture, eyes and mouth always at the same place; others are left out."),
    Choice("aligned", "Aligned", "The whole picture, for pictures that are framed as faces already."),
    Choice("celeba", "CelebA", "The face in CelebA's aligned pictures, where all faces are in one place."),
)
FRAMING_CHOICES = tuple(choice for choice in _FRAMINGS if choice.key in FRAMINGS)
NAME = "Name of the run, and of the model it makes; default: the name of the pictures' folder or zip."
PRESET = "The training recipe; default WGAN-GP, the better of the two for the hours it takes."
PRESETS = (
    Choice("gp", "WGAN-GP", "Gradient penalty, an averaged generator, few critic updates (Gulrajani et al. 2017)."),
    Choice("paper", "Paper", "As in the paper: weight clipping, RMSprop, many critic updates (Cooper; Arjovsky 2017)."),
)
PRESET_NOTES = {
    "gp": "Steady and quick: good samples after some thousand updates.",
    "paper": "The paper's own recipe, for comparison; it needs many times longer.",
}
RESOLUTION = (
    "What the model will see, in pixels a side; default 64: each doubling shows more detail and takes about four times "
    "longer to train."
)
RESOLUTIONS = tuple(
    Choice(str(side), str(side), f"{side} × {side} pixels; smaller pictures are left out.")
    for side in (32, 64, 128, 256)
)
WIDTH = (
    "How much the model can learn, in channels next to the image; default Small, the most a processor trains in a day."
)
WIDTHS = (
    Choice("16", "Tiny", "16 channels: to try things out, about three times as fast as Small."),
    Choice("32", "Small", "32 channels: what the model that comes with this program has."),
    Choice("64", "Paper's", "64 channels, as in the paper: for a graphics card, or for days on a processor."),
)
UPDATES = (
    "Updates of the generator, default by the recipe: more draw better, up to a point; a run can be stopped at any "
    "moment and gone on with."
)
AWARE = (
    "Search-aware updates, default 2,000 for WGAN-GP and 0 for Paper: afterwards the critic learns against what the "
    "critic-only search finds, so that it can lead that search."
)
AWARE_NOTE = "Teach the critic to lead a search: the critic-only method needs it."
AUGMENT = (
    "Augmentation, default off: varies colour, place and parts of the pictures, so that a few thousand are not learnt "
    "by heart (DiffAugment, Zhao et al. 2020)."
)
BEGIN = "What training begins with, default nothing: a model that knows similar pictures already gets there sooner."
BATCH = "Batch size, images an update, default by the recipe: larger is steadier, slower and needs more memory."
SEED = "Seed, a whole number, default 0: the same seed trains the same model again on the same device."
TICK = "Updates between two sample grids, default 250: each grid takes a moment and a little space on the disk."
LICENCE = "Licence of the pictures, default none: it is written on the model's card, for whoever gets the model."
MORE = "Batch size, seed, how often samples are drawn, licence of the pictures."
DEVICE = "What computes the training; default automatic: the fastest there is."
