"""The settings of a search as controls: each control writes one field of the config."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from typing import cast, get_args

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from wganpaint_gui.core.errors import SettingsError
from wganpaint_gui.core.search.settings import (
    DEFAULT_STEPS,
    MAX_CANDIDATES,
    MAX_REFINE,
    MAX_STEPS,
    METHODS,
    REFINED_METHOD,
    Blend,
    InpaintConfig,
    Method,
    Optimizer,
    Start,
    Weighting,
)
from wganpaint_gui.gui.look.icons import icon
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.widgets import (
    MARGIN,
    OVERHANG,
    SCROLL_BAR,
    Collapsible,
    SegmentedControl,
    ValueSlider,
    in_column,
    in_row,
)
from wganpaint_gui.gui.widgets.form import beside, combo, field, titled

from . import fill_tips as tips

_DEFAULT = InpaintConfig()
_MAX_CONTEXT_WEIGHT = 10.0
_SLIDER_STEPS, _SLIDER_REFINE = 2000, 200  # where the sliders end; larger numbers can be typed
_SEED_DIGITS = 9  # of a seed from the dice: short enough to pass on


class FillSettings(QWidget):
    """Shows the settings and lets the user change them.

    Signals, by the user only: config_changed(InpaintConfig); frame_mode_changed("automatic" | "whole" | "custom");
    device_changed(str); editing_done(), after Return or Esc in a field: the keyboard is free.
    """

    config_changed = Signal(object)
    frame_mode_changed = Signal(str)
    device_changed = Signal(str)
    editing_done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.config = _DEFAULT  # what the user has chosen
        self._has_encoder = True  # the model in use
        self._copies = False  # see `set_copying`
        self._searches = True  # whether the controls of a search can be used
        self._make_main()
        self._make_more()
        self._arrange()
        self._connect()
        self.set_config(_DEFAULT)

    @property
    def usable(self) -> InpaintConfig:
        """The user's choice as the model in use can use it, which is what the controls show."""
        return self.config if self._has_encoder else self.config.started_at("random")

    def set_config(self, config: InpaintConfig) -> None:
        """Show these settings without emitting a signal."""
        self.config = config
        self.method.set_value("both" if len(config.methods) > 1 else config.methods[0])
        self.context_weight.set_value(config.context_weight)
        self.refine.set_value(config.refine)
        self.candidates.set_value(config.candidates)
        self.blend.set_value(config.blend)
        self.optimizer.set_value(config.optimizer)
        self.weighting.set_value(config.weighting)
        self._show_start()
        self._show_seed()
        self._show_rate()
        self._enable_by_method()

    def show_model(self, name: str, *, has_encoder: bool) -> None:
        """Offer the first guess only with a model that has an encoder; the user's choice of it waits for one."""
        self._has_encoder = has_encoder
        button = self.start.button("guess")
        button.setEnabled(has_encoder)
        button.setToolTip(tr(tips.STARTS[0].tip) if has_encoder else tips.no_guess(name))
        self._show_start()

    def set_copying(self, copies: bool) -> None:
        """Set whether the surroundings fill the mask: what only a search uses is off until a method is clicked."""
        if copies != self._copies:
            self._copies = copies
            self._set_searching(not copies)

    def _set_searching(self, searches: bool) -> None:
        self._searches = searches
        for control in (self.candidates, self.steps, self.start, self.blend, self.optimizer, self.rate, self.seed):
            control.setEnabled(searches)
        self.dice.setEnabled(searches)
        self._enable_by_method()

    def show_frame_mode(self, mode: str) -> None:
        """Show "automatic", "whole" or "custom" without emitting a signal."""
        self.frame_mode.setCurrentIndex(self.frame_mode.findData(mode))

    def show_device(self, device: str) -> None:
        """Show a device without emitting a signal; one that is not in the list, such as cuda:1, is added."""
        if self.device.findData(device) < 0:
            self.device.addItem(device, device)
        self.device.setCurrentIndex(self.device.findData(device))

    def _make_main(self) -> None:
        self.method = SegmentedControl(tr("Method"), tips.METHODS, self)
        self.context_weight = ValueSlider(
            tr("Context weight"),
            0,
            _MAX_CONTEXT_WEIGHT,
            tips.CONTEXT_WEIGHT,
            self,
            default=_DEFAULT.context_weight,
            power=3,
            decimals=2,
        )
        self.start = SegmentedControl(tr("Start from"), tips.STARTS, self, default=_DEFAULT.start)
        self.steps = ValueSlider(
            tr("Steps"), 1, MAX_STEPS, tips.STEPS, self, default=_DEFAULT.steps, slider_high=_SLIDER_STEPS, power=2
        )
        self.refine = ValueSlider(
            tr("Refinement steps"),
            0,
            MAX_REFINE,
            tips.REFINE,
            self,
            default=_DEFAULT.refine,
            slider_high=_SLIDER_REFINE,
        )
        self.candidates = ValueSlider(
            tr("Candidates"), 1, MAX_CANDIDATES, tips.CANDIDATES, self, default=_DEFAULT.candidates, power=2
        )
        self.blend = SegmentedControl(tr("Edge blend"), tips.BLENDS, self, default=_DEFAULT.blend)
        self.frame_mode = combo(tr("Frame"), tips.FRAME_MODES, tips.FRAME, self)

    def _make_more(self) -> None:
        self.more = Collapsible(tr("More: optimiser, rate, seed, device"), tips.MORE, self)
        self.optimizer = SegmentedControl(tr("Optimiser"), tips.OPTIMIZERS, self, default=_DEFAULT.optimizer)
        self.weighting = SegmentedControl(tr("Known pixels"), tips.WEIGHTINGS, self, default=_DEFAULT.weighting)
        self.rate = field(tr("Learning rate"), tips.RATE, self)
        self.rate.setPlaceholderText(tr("auto"))
        self.seed = field(tr("Seed"), tips.SEED, self)
        self.dice = QToolButton(self)
        self.dice.setIcon(icon("dice"))
        self.dice.setIconSize(QSize(18, 18))
        self.dice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.dice.setToolTip(tr("Choose another seed: the next search starts from other latents."))
        self.dice.setAccessibleName(tr("Choose another seed"))
        self.device = combo(tr("Device"), tips.DEVICES, tips.DEVICE, self)

    def _arrange(self) -> None:
        column = in_column(of=self, margins=(MARGIN, 12, MARGIN - SCROLL_BAR - OVERHANG, 12), spacing=12)
        column.addLayout(titled(tr("Method"), tips.METHOD, self.method))
        column.addLayout(titled(tr("Start from"), tips.START, self.start))
        for slider, name in (
            (self.context_weight, "context-weight"),
            (self.steps, "steps"),
            (self.refine, "refinement-steps"),
            (self.candidates, "candidates"),
        ):
            slider.setObjectName(name)
            column.addWidget(slider)
        column.addLayout(titled(tr("Edge blend"), tips.BLEND, self.blend))
        column.addLayout(beside((tr("Frame"), tips.FRAME, self.frame_mode)))
        seed_row = QWidget(self)
        in_row((self.seed, 1), self.dice, of=seed_row, spacing=4)
        self.more.body.addLayout(titled(tr("Optimiser"), tips.OPTIMIZER, self.optimizer))
        self.more.body.addLayout(titled(tr("Known pixels"), tips.WEIGHTING, self.weighting))
        self.more.body.addLayout(
            beside(
                (tr("Learning rate"), tips.RATE, self.rate),
                (tr("Seed"), tips.SEED, seed_row),
                (tr("Device"), tips.DEVICE, self.device),
            )
        )
        column.addWidget(self.more)
        column.addStretch(1)

    def _connect(self) -> None:
        self.method.chosen.connect(self._on_method)
        self.method.clicked.connect(lambda: self._set_searching(True))  # the user turns to the model
        self.context_weight.value_changed.connect(lambda value: self._change(context_weight=value))
        self.start.chosen.connect(lambda key: self._take(self.config.started_at(cast(Start, _one_of(Start, key)))))
        self.steps.value_changed.connect(lambda value: self._take(replace(self.usable, steps=round(value))))
        self.refine.value_changed.connect(lambda value: self._change(refine=round(value)))
        self.candidates.value_changed.connect(lambda value: self._change(candidates=round(value)))
        self.blend.chosen.connect(lambda key: self._change(blend=_one_of(Blend, key)))
        self.optimizer.chosen.connect(lambda key: self._change(optimizer=_one_of(Optimizer, key)))
        self.weighting.chosen.connect(lambda key: self._change(weighting=_one_of(Weighting, key)))
        self.rate.editingFinished.connect(self._take_rate)
        self.rate.reverted.connect(self._show_rate)
        self.seed.editingFinished.connect(self._take_seed)
        self.seed.reverted.connect(self._show_seed)
        for control in (self.context_weight, self.steps, self.refine, self.candidates, self.rate, self.seed):
            control.done.connect(self.editing_done)
        self.dice.clicked.connect(self._roll)
        self.frame_mode.activated.connect(lambda _: self.frame_mode_changed.emit(self.frame_mode.currentData()))
        self.device.activated.connect(lambda _: self.device_changed.emit(self.device.currentData()))

    @Slot(str)
    def _on_method(self, key: str) -> None:
        methods = METHODS if key == "both" else (cast(Method, key),)
        self._change(methods=methods)
        self._set_searching(True)

    def _enable_by_method(self) -> None:
        # The context weight is a factor of the contextual loss alone.
        contextual = "yeh" in self.config.methods
        self.context_weight.setEnabled(contextual and self._searches)
        self.weighting.setEnabled(contextual and self._searches)
        refined = REFINED_METHOD in self.config.methods
        self.refine.setEnabled(refined and self._searches)
        self.refine.set_tip(tips.REFINE if refined else tips.NOT_REFINED)

    def _show_start(self) -> None:
        usable = self.usable
        self.start.set_value(usable.start)
        self.steps.default = DEFAULT_STEPS[usable.start]
        self.steps.set_value(usable.steps)

    @Slot()
    def _take_rate(self) -> None:
        text = self.rate.text().strip().replace(",", ".")
        # Invalid input such as "0" or "e" changes nothing: the last valid rate is shown again.
        with suppress(ValueError, SettingsError):
            self._change(learning_rate=float(text) if text else None)
        self._show_rate()

    @Slot()
    def _show_rate(self) -> None:
        rate = self.config.learning_rate
        self.rate.setText("" if rate is None else f"{rate:g}")

    @Slot()
    def _take_seed(self) -> None:
        with suppress(ValueError, SettingsError):
            self._change(seed=int(self.seed.text()))
        self._show_seed()

    @Slot()
    def _show_seed(self) -> None:
        self.seed.setText(str(self.config.seed))

    @Slot()
    def _roll(self) -> None:
        self.seed.setText(str(random.randrange(10**_SEED_DIGITS)))
        self._take_seed()

    def _change(self, **fields: object) -> None:
        self._take(replace(self.config, **fields))  # type: ignore[arg-type]  # the config checks itself

    def _take(self, changed: InpaintConfig) -> None:
        if changed != self.config:
            self.config = changed
            self._show_start()
            self.config_changed.emit(changed)


def _one_of(kind: object, key: str) -> str:
    assert key in get_args(kind), key
    return key
