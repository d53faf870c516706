"""The settings of a new training run as controls."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.training.training_config import MOST_BATCH, MOST_UPDATES, Preset, TrainingConfig, preset_config
from wganpaint_gui.gui.fill.fill_tips import DEVICES
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.widgets import (
    MARGIN,
    OVERHANG,
    SCROLL_BAR,
    Choice,
    Collapsible,
    SegmentedControl,
    ValueSlider,
    set_tone,
)
from wganpaint_gui.gui.widgets.form import beside, combo, field, titled

from . import training_tips as tips

SMALL_SET = 5_000  # pictures below which augmentation is suggested
_DEFAULT_WIDTH = 32
_AWARE: dict[Preset, int] = {"gp": 2_000, "paper": 0}  # updates of the critic; the paper has no such stage
_NOTHING, _IN_USE = "nothing", "in use"


class TrainingSettings(QWidget):
    """Signals, by the person only: changed(); resolution_changed(), then the pictures are other ones."""

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
        self.name = field("Name", tips.NAME, self)
        self.name.setPlaceholderText("of the model")
        self.preset = SegmentedControl("Recipe", tips.PRESETS, self)
        self.preset_note = _note(self)
        self.resolution = SegmentedControl("Sees", tips.RESOLUTIONS, self)
        self.resolution.set_value("64")
        self.width_choice = SegmentedControl("Size", tips.WIDTHS, self)
        self.width_choice.set_value(str(_DEFAULT_WIDTH))
        self.other_width = QLabel(self)  # of a model to begin with, where the choices have none like it
        self.other_width.setFixedHeight(self.width_choice.sizeHint().height())
        set_tone(self.other_width, "muted")
        self._own = (self.resolution.value, self.width_choice.value)  # where training begins with nothing
        self.updates = _count("Updates", 0, MOST_UPDATES, 100_000, tips.UPDATES, self)
        self.aware = _count("Search-aware updates", 0, MOST_UPDATES, 5_000, tips.AWARE, self)
        self.aware_note = _note(self)
        self.aware_note.setText(tips.AWARE_NOTE)
        self.augment = QCheckBox("Augment the pictures", self)
        self.augment.setToolTip(tips.AUGMENT)
        self.augment_note = _note(self)
        self.begin = combo("Begin with", (Choice(_NOTHING, "Nothing", "From random weights."),), tips.BEGIN, self)
        self.device = combo("Device", DEVICES, tips.DEVICE, self)

    def _make_more(self) -> None:
        self.more = Collapsible("More: batch, seed, samples, licence", tips.MORE, self)
        self.batch = _count("Batch size", 2, MOST_BATCH, 256, tips.BATCH, self)
        self.tick = _count("Updates a sample grid", 1, MOST_UPDATES, 2_000, tips.TICK, self)
        self.tick.default = TrainingConfig().tick_updates
        self.tick.set_value(self.tick.default)
        self.seed = field("Seed", tips.SEED, self)
        self.licence = field("Licence", tips.LICENCE, self)
        self.licence.setPlaceholderText("of the pictures")

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 12, MARGIN - SCROLL_BAR - OVERHANG, 12)
        column.setSpacing(12)
        column.addLayout(titled("Name", tips.NAME, self.name, lambda: None))
        for name, tip, control, note, restore in (
            ("Recipe", tips.PRESET, self.preset, self.preset_note, "gp"),
            ("Sees, pixels a side", tips.RESOLUTION, self.resolution, None, "64"),
            ("Size", tips.WIDTH, self.width_choice, None, str(_DEFAULT_WIDTH)),
        ):
            box = titled(name, tip, control, lambda control=control, key=restore: control.button(key).click())
            if note is not None:
                box.addWidget(note)
            if control is self.width_choice:
                box.addWidget(self.other_width)
            column.addLayout(box)
        column.addWidget(self.updates)
        aware = QVBoxLayout()
        aware.setSpacing(2)
        aware.addWidget(self.aware)
        aware.addWidget(self.aware_note)
        column.addLayout(aware)
        augment = QVBoxLayout()
        augment.setSpacing(2)
        augment.addWidget(self.augment)
        augment.addWidget(self.augment_note)
        column.addLayout(augment)
        column.addLayout(beside(("Begin with", tips.BEGIN, self.begin), ("Device", tips.DEVICE, self.device)))
        for slider in (self.batch, self.tick):
            self.more.body.addWidget(slider)
        self.more.body.addLayout(beside(("Seed", tips.SEED, self.seed), ("Licence", tips.LICENCE, self.licence)))
        column.addWidget(self.more)
        column.addStretch(1)

    def _connect(self) -> None:
        self.preset.chosen.connect(self._on_preset)
        self.resolution.chosen.connect(self.resolution_changed)
        self.begin.activated.connect(self._on_begin)
        self.seed.editingFinished.connect(self._show_seed)
        self.seed.reverted.connect(lambda: self.seed.setText("0"))
        self.seed.setText("0")
        self.name.textEdited.connect(self.changed)
        for slider in (self.updates, self.aware, self.batch, self.tick):
            slider.value_changed.connect(self.changed)
        for choice in (self.preset, self.resolution, self.width_choice):
            choice.chosen.connect(self.changed)
        self.augment.clicked.connect(self.changed)
        self.augment.toggled.connect(lambda: self.suggest(self._usable))

    # -- what it says --------------------------------------------------------------------------------------------

    def config(self) -> TrainingConfig:
        """Raises SettingsError or ModelError for what cannot be trained together."""
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
        )

    @property
    def side(self) -> int:
        """Pixels a side of the images that will be trained on."""
        return self.base.network.resolution if self.base is not None else int(self.resolution.value)

    @property
    def base(self) -> ModelCard | None:
        """The card of the model that training begins with."""
        return self._base if self.begin.currentData() == _IN_USE else None

    @property
    def device_choice(self) -> str:
        return str(self.device.currentData())

    def show_model(self, card: ModelCard | None) -> None:
        """The model in use, which training may begin with."""
        was = self.base
        self._base = card
        index = self.begin.findData(_IN_USE)
        if card is None:
            if index >= 0:
                self.begin.removeItem(index)
        elif index < 0:
            self.begin.addItem(card.name, _IN_USE)
        else:
            self.begin.setItemText(index, card.name)
        if was is not None and was != self.base:
            self._on_begin()

    _usable: int | None = None

    def suggest(self, usable: int | None) -> None:
        """usable: pictures that were found; None = not known."""
        self._usable = usable
        few = usable is not None and usable < SMALL_SET
        if few and not self.augment.isChecked():
            self.augment_note.setText(f"Suggested: {usable:,} pictures are soon learnt by heart.")
            set_tone(self.augment_note, "fair")
        else:
            self.augment_note.setText(f"For sets of fewer than {SMALL_SET:,} pictures.")
            set_tone(self.augment_note, "muted")

    @Slot()
    def _on_preset(self) -> None:
        key = cast(Preset, self.preset.value)
        defaults = preset_config(key)
        self.preset_note.setText(tips.PRESET_NOTES[key])
        for slider, value in (
            (self.updates, defaults.generator_updates),
            (self.aware, _AWARE[key]),
            (self.batch, defaults.batch_size),
        ):
            slider.default = value
            slider.set_value(value)

    @Slot()
    def _on_begin(self) -> None:
        """A model brings its own size, which is shown, and a recipe that suits its critic."""
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
        self.other_width.setText(f"{width} channels")

    @property
    def _seed(self) -> int:
        with suppress(ValueError):
            return min(max(int(self.seed.text()), 0), 2**31 - 1)
        return 0

    @Slot()
    def _show_seed(self) -> None:
        self.seed.setText(str(self._seed))


def _note(parent: QWidget) -> QLabel:
    """Quiet words under a control, their two lines always there: nothing jumps."""
    note = QLabel(parent, wordWrap=True)
    note.setFont(theme.small(parent.font()))
    note.setFixedHeight(2 * note.fontMetrics().lineSpacing() + 2)
    note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    set_tone(note, "muted")
    return note


def _count(name: str, low: int, high: int, slider_high: int, tip: str, parent: QWidget) -> ValueSlider:
    return ValueSlider(
        name,
        low=low,
        high=high,
        slider_high=slider_high,
        default=low,
        decimals=0,
        power=3,
        tip=tip,
        parent=parent,
    )
