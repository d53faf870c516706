"""The settings of a new training run as controls."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QWidget

from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.training.training_config import MOST_BATCH, MOST_UPDATES, Preset, TrainingConfig, preset_config
from wganpaint_gui.gui.fill.fill_tips import DEVICES
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import grouped, tr
from wganpaint_gui.gui.widgets import (
    MARGIN,
    OVERHANG,
    SCROLL_BAR,
    Choice,
    Collapsible,
    SegmentedControl,
    ValueSlider,
    in_column,
    set_tone,
)
from wganpaint_gui.gui.widgets.form import beside, combo, field, titled

from . import training_tips as tips

SMALL_SET = 5_000  # pictures below which augmentation is suggested
_DEFAULT_WIDTH = 32
_AWARE: dict[Preset, int] = {"gp": 2_000, "paper": 0}  # updates of the critic; the paper has no such stage
_ENCODER: dict[Preset, int] = {"gp": 4_000, "paper": 0}  # updates of the encoder; the paper has none
_RANDOM, _IN_USE = "random", "in use"


class TrainingSettings(QWidget):
    """The controls. Signals, by the user only: changed(); resolution_changed(), to check the data again."""

    changed = Signal()
    resolution_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base: ModelCard | None = None  # of the model in use
        self._make_main()
        self._make_more()
        self._arrange()
        self._connect()
        self._on_preset()
        self._show_size(*self._own)
        self.show_model(None)
        self.suggest(None)

    def _make_main(self) -> None:
        self.name = field(tr("Name"), tips.NAME, self)
        self.name.setPlaceholderText(tr("of the model"))
        self.preset = SegmentedControl(tr("Recipe"), tips.PRESETS, self)
        self.preset_note = _note(self)
        self.resolution = SegmentedControl(tr("Resolution"), tips.RESOLUTIONS, self, default="64")
        self.resolution.set_value("64")
        self.width_choice = SegmentedControl(tr("Width"), tips.WIDTHS, self, default=str(_DEFAULT_WIDTH))
        self.width_choice.set_value(str(_DEFAULT_WIDTH))
        self.other_width = QLabel(self)  # of a model to start from, if it is not among the choices
        self.other_width.setFixedHeight(self.width_choice.sizeHint().height())
        set_tone(self.other_width, "muted")
        self._own = (self.resolution.value, self.width_choice.value)  # when starting from random weights
        self.updates = ValueSlider(tr("Updates"), 0, MOST_UPDATES, tips.UPDATES, self, slider_high=100_000, power=3)
        self.aware = ValueSlider(
            tr("Search-aware updates"), 0, MOST_UPDATES, tips.AWARE, self, slider_high=5_000, power=3
        )
        self.encoder = ValueSlider(
            tr("Encoder updates"), 0, MOST_UPDATES, tips.ENCODER, self, slider_high=20_000, power=3
        )
        self.later_note = _note(self)
        self.later_note.setText(tr(tips.LATER_NOTE))
        self.augment = QCheckBox(tr("Augment pictures"), self)
        self.augment.setToolTip(tr(tips.AUGMENT))
        self.augment_note = _note(self)
        self.start_from = combo(
            tr("Start from"), (Choice(_RANDOM, tr("Random weights"), tr("Train from scratch.")),), tips.START_FROM, self
        )
        self.device = combo(tr("Device"), DEVICES, tips.DEVICE, self)

    def _make_more(self) -> None:
        self.more = Collapsible(tr("More: batch size, samples, seed, licence"), tips.MORE, self)
        self.batch = ValueSlider(tr("Batch size"), 2, MOST_BATCH, tips.BATCH, self, slider_high=256, power=3)
        often = TrainingConfig().tick_updates
        self.tick = ValueSlider(
            tr("Updates per sample grid"), 1, MOST_UPDATES, tips.TICK, self, default=often, slider_high=2_000, power=3
        )
        self.seed = field(tr("Seed"), tips.SEED, self)
        self.licence = field(tr("Licence"), tips.LICENCE, self)
        self.licence.setPlaceholderText(tr("of the pictures"))

    def _arrange(self) -> None:
        column = in_column(of=self, margins=(MARGIN, 12, MARGIN - SCROLL_BAR - OVERHANG, 12), spacing=12)
        column.addLayout(titled(tr("Name"), tips.NAME, self.name))
        for name, tip, control, below in (
            (tr("Recipe"), tips.PRESET, self.preset, self.preset_note),
            (tr("Resolution, pixels per side"), tips.RESOLUTION, self.resolution, None),
            (tr("Width"), tips.WIDTH, self.width_choice, self.other_width),
        ):
            box = titled(name, tip, control)
            if below is not None:
                box.addWidget(below)
            column.addLayout(box)
        column.addWidget(self.updates)
        column.addLayout(in_column(self.aware, self.encoder, self.later_note, spacing=2))
        column.addLayout(in_column(self.augment, self.augment_note, spacing=2))
        column.addLayout(
            beside((tr("Start from"), tips.START_FROM, self.start_from), (tr("Device"), tips.DEVICE, self.device))
        )
        for slider in (self.batch, self.tick):
            self.more.body.addWidget(slider)
        self.more.body.addLayout(
            beside((tr("Seed"), tips.SEED, self.seed), (tr("Licence"), tips.LICENCE, self.licence))
        )
        column.addWidget(self.more)
        column.addStretch(1)

    def _connect(self) -> None:
        self.preset.chosen.connect(self._on_preset)
        self.resolution.chosen.connect(self.resolution_changed)
        self.start_from.activated.connect(self._on_start_from)
        self.seed.editingFinished.connect(self._show_seed)
        self.seed.reverted.connect(lambda: self.seed.setText("0"))
        self.seed.setText("0")
        self.name.textEdited.connect(self.changed)
        for slider in (self.updates, self.aware, self.encoder, self.batch, self.tick):
            slider.value_changed.connect(self.changed)
        for choice in (self.preset, self.resolution, self.width_choice):
            choice.chosen.connect(self.changed)
        self.augment.clicked.connect(self.changed)
        self.augment.toggled.connect(lambda: self.suggest(self._usable))

    # -- values --------------------------------------------------------------------------------------------------

    def config(self) -> TrainingConfig:
        """Return the settings. Raises SettingsError or ModelError if they cannot be combined."""
        base = self.base
        preset = cast(Preset, self.preset.value)
        config = preset_config(preset, resolution=self.side, width=int(self.width_choice.value))
        if base is not None:
            config = replace(config, network=base.network)
        return replace(
            config,
            generator_updates=round(self.updates.value),
            batch_size=round(self.batch.value),
            seed=self._seed,
            augment=self.augment.isChecked(),
            tick_updates=round(self.tick.value),
            aware=replace(config.aware, updates=round(self.aware.value)),
            encoder=replace(config.encoder, updates=round(self.encoder.value)),
        )

    @property
    def side(self) -> int:
        """Resolution of the training images, pixels per side."""
        return self.base.network.resolution if self.base is not None else int(self.resolution.value)

    @property
    def base(self) -> ModelCard | None:
        """Card of the model to start from; None for random weights."""
        return self._base if self.start_from.currentData() == _IN_USE else None

    @property
    def device_choice(self) -> str:
        return str(self.device.currentData())

    def show_model(self, card: ModelCard | None) -> None:
        """Offer the model in use as a start."""
        was = self.base
        self._base = card
        index = self.start_from.findData(_IN_USE)
        if card is None:
            if index >= 0:
                self.start_from.removeItem(index)
        elif index < 0:
            self.start_from.addItem(card.name, _IN_USE)
        else:
            self.start_from.setItemText(index, card.name)
        if was is not None and was != self.base:
            self._on_start_from()

    _usable: int | None = None

    def suggest(self, usable: int | None) -> None:
        """Recommend augmentation for a small data set. usable: number of pictures; None = unknown."""
        self._usable = usable
        few = usable is not None and usable < SMALL_SET
        if few and not self.augment.isChecked():
            assert usable is not None
            self.augment_note.setText(tr("Recommended: the model may memorise %n picture(s).", "", usable))
            set_tone(self.augment_note, "fair")
        else:
            self.augment_note.setText(tr("For fewer than {count} pictures.").format(count=grouped(SMALL_SET)))
            set_tone(self.augment_note, "muted")

    @Slot()
    def _on_preset(self) -> None:
        key = cast(Preset, self.preset.value)
        defaults = preset_config(key)
        self.preset_note.setText(tr(tips.PRESET_NOTES[key]))
        for slider, value in (
            (self.updates, defaults.generator_updates),
            (self.aware, _AWARE[key]),
            (self.encoder, _ENCODER[key]),
            (self.batch, defaults.batch_size),
        ):
            slider.default = value
            slider.set_value(value)

    @Slot()
    def _on_start_from(self) -> None:
        """Show the resolution and width of the model to start from, and a recipe that suits its critic."""
        base = self.base
        if self.resolution.isEnabled():
            self._own = (self.resolution.value, self.width_choice.value)
        self._show_size(*(self._own if base is None else (str(base.network.resolution), str(base.network.width))))
        for control in (self.resolution, self.width_choice, self.preset):
            control.setEnabled(base is None)
        if base is not None:
            preset = "paper" if base.network.critic_norm == "batch" else "gp"
            if preset != self.preset.value:
                self.preset.set_value(preset)
                self._on_preset()
        self.resolution_changed.emit()
        self.changed.emit()

    def _show_size(self, resolution: str, width: str) -> None:
        offered = width in {choice.key for choice in tips.WIDTHS}
        self.resolution.set_value(resolution)
        if offered:
            self.width_choice.set_value(width)
        self.width_choice.setVisible(offered)
        self.other_width.setVisible(not offered)
        self.other_width.setText(tr("{width} channels").format(width=width))

    @property
    def _seed(self) -> int:
        with suppress(ValueError):
            return min(max(int(self.seed.text()), 0), 2**31 - 1)
        return 0

    @Slot()
    def _show_seed(self) -> None:
        self.seed.setText(str(self._seed))


def _note(parent: QWidget) -> QLabel:
    """Make a muted note below a control, with room for two lines at all times, so that nothing moves."""
    note = QLabel(parent, wordWrap=True)
    note.setFont(theme.small(parent.font()))
    note.setFixedHeight(2 * note.fontMetrics().lineSpacing() + 2)
    note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    set_tone(note, "muted")
    return note
