"""The application's stylesheet, built from the colours of a theme."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from wganpaint_gui.core.system.paths import resource

from .colours import Colours

_SHEET = Template("""
QToolTip { color: $text; background: $raised; border: 1px solid $border; padding: 4px 6px; }
QMainWindow::separator { background: $surround; width: 1px; height: 1px; }
QMenuBar { background: $window; padding: 2px 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $control; }
QMenu { background: $panel; border: 1px solid $border; padding: 4px; }
QMenu::item { min-height: 18px; padding: 4px 24px 4px 8px; border-radius: 4px; }
QMenu::item:selected { background: $hover; color: $text; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::icon { padding-left: 6px; }
QMenu::icon:checked { background: $pressed; border-radius: 4px; }
QMenu::indicator { width: 14px; height: 14px; left: 6px; border-radius: 3px; }
QMenu::indicator:non-exclusive:checked { background: $primary; image: url("$controls/check.svg"); }
QMenu::indicator:exclusive:checked {
  background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
    stop: 0 $text, stop: 0.5 $text, stop: 0.6 transparent, stop: 1 transparent); }
QStatusBar { background: $window; border-top: 1px solid $surround; }
QStatusBar::item { border: none; }
QToolBar { background: $window; border: none; spacing: 4px; padding: 4px; }
QToolBar::separator { background: $border; width: 1px; height: 1px; margin: 6px; }
QDockWidget { titlebar-close-icon: none; titlebar-normal-icon: none; }
QDockWidget::title { background: $panel; padding: 6px 12px; }

QPushButton, QToolButton[flat="false"] {
  background: $control; color: $text; border: 1px solid transparent; border-radius: 4px;
  padding: 0 12px; min-height: 24px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $pressed; }
QPushButton:disabled { background: $control; color: $disabled; }
QPushButton:focus { border: 2px solid $selection; padding: 0 11px; min-height: 22px; }
QPushButton[primary="true"] { background: $primary; color: $on_primary; }
QPushButton[primary="true"]:hover { background: $primary_hover; }
QPushButton[primary="true"]:pressed { background: $primary_pressed; }
QPushButton[primary="true"]:disabled { background: $control; color: $disabled; }
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QToolButton { background: transparent; color: $text; border: 1px solid transparent; border-radius: 4px; padding: 3px; }
QToolButton:hover { background: $control; }
QToolButton:pressed, QToolButton:checked { background: $pressed; }
QToolButton:disabled { color: $disabled; }
QToolButton:focus { border: 2px solid $selection; padding: 2px; }
QToolButton::menu-indicator { image: none; }

QPushButton[tall="true"] { border-radius: 6px; }
QPushButton[segment="true"] {
  background: transparent; color: $muted; border-radius: 3px; padding: 0 4px; min-height: 22px; }
QPushButton[segment="true"]:focus { border: 2px solid $selection; padding: 0 3px; min-height: 20px; }
QPushButton[segment="true"]:hover { color: $text; }
QPushButton[segment="true"]:checked { background: $segment; color: $text; font-weight: 600; }
QPushButton[segment="true"]:disabled { color: $disabled; }
QWidget[role="segments"] { background: $control; border-radius: 5px; }
QToolButton[disclosure="true"], QToolButton[disclosure="true"]:checked {
  background: transparent; color: $muted; text-align: left; padding: 3px 0; margin-left: -7px; }
QToolButton[disclosure="true"]:hover { color: $text; }
QToolButton[disclosure="true"]:focus { border: 2px solid $selection; padding: 2px 0; }

QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
  background: $field; color: $text; border: 1px solid $edge; border-radius: 4px; padding: 0 6px; min-height: 22px;
  selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
  border: 2px solid $selection; padding: 0 5px; min-height: 20px; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: $disabled; background: $panel; }
QLineEdit[quiet="true"] {
  background: transparent; border: 1px solid transparent; padding: 0 0 0 3px; min-height: 18px; }
QLineEdit[quiet="true"]:hover { background: $field; border: 1px solid $edge; }
QLineEdit[quiet="true"]:focus {
  background: $field; border: 2px solid $selection; padding: 0 0 0 2px; min-height: 16px; }
QComboBox { background: $control; border: 1px solid transparent; padding: 0 8px; }
QComboBox:focus { border: 2px solid $selection; padding: 0 7px; min-height: 20px; }
QComboBox:hover { background: $hover; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url("$controls/arrow-down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
  background: $panel; border: 1px solid $border; border-radius: 0; padding: 4px; outline: none;
  selection-background-color: $hover; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 8px; border-radius: 4px; }
QComboBox QAbstractItemView::item:hover, QComboBox QAbstractItemView::item:selected {
  background: $hover; color: $text; }
QAbstractSpinBox { padding: 0 2px 0 6px; }
QAbstractSpinBox:focus { padding: 0 1px 0 5px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 16px; }
QAbstractSpinBox::up-arrow { image: url("$controls/arrow-up.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$controls/arrow-down.svg"); width: 12px; height: 12px; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $level; border-radius: 3px; background: $field; }
QCheckBox::indicator:checked { background: $primary; border-color: $primary; image: url("$controls/check.svg"); }
QCheckBox::indicator:focus { border: 2px solid $selection; width: 12px; height: 12px; }
QCheckBox::indicator:disabled { border-color: $border; }

QSlider:horizontal { min-height: 18px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $groove; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $level; }
QSlider::handle:horizontal {
  width: 12px; height: 12px; margin: -5px 0; border-radius: 7px; background: $knob; border: 1px solid $knob_edge; }
QSlider::handle:horizontal:focus {
  width: 10px; height: 10px; border: 2px solid $selection; }
QSlider::handle:horizontal:disabled, QSlider::sub-page:horizontal:disabled { background: $border; }
QProgressBar {
  background: $groove; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; color: transparent; }
QProgressBar::chunk { background: $primary; border-radius: 3px; }

QTabWidget::pane { border: none; border-top: 1px solid $border; background: $panel; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab {
  background: transparent; color: $muted; padding: 7px 16px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $selection; }
QTabBar::tab:selected:focus { border: 2px solid $selection; padding: 5px 14px 7px 14px; border-radius: 4px; }
QAbstractScrollArea { background: $panel; border: none; }
QListView, QTreeView, QTableView { background: $field; border: 1px solid $border; border-radius: 4px; outline: none; }
QListView[quiet="true"] { background: transparent; border: none; }
QListView:focus, QTreeView:focus, QTableView:focus, QListView[quiet="true"]:focus { border: 2px solid $selection; }
QListView::item { min-height: 26px; padding: 0 8px; border-radius: 4px; }
QListView::item:hover { background: $control; }
QListView::item:selected { background: $pressed; color: $text; }
QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 8px; margin: 0; }
QScrollBar::handle { background: $pressed; border-radius: 3px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: $level; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QAbstractScrollArea[role="clear"], QWidget[role="clear"] { background: transparent; border: none; }

QLabel[tone="muted"] { color: $muted; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="fair"] { color: $fair; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="yeh"] { color: $yeh_ink; }
QLabel[tone="critic"] { color: $critic_ink; }
QLabel:disabled { color: $disabled; }
QFrame[role="panel"], QWidget[role="panel"] { background: $panel; }
QFrame[role="rule"] { background: $border; max-height: 1px; min-height: 1px; border: none; }
QWidget#messageStrip { background: $window; border-top: 1px solid $border; }
QFrame#messageBar { background: $raised; border: none; border-left: 4px solid $level; }
QFrame#messageBar[severity="warning"] { border-left: 4px solid $fair; }
QFrame#messageBar[severity="error"] { border-left: 4px solid $bad; }
QFrame[role="card"] { background: $raised; border-radius: 6px; }
""")


def stylesheet(colours: Colours) -> str:
    """Return the stylesheet of one theme. Arrows and ticks are mid grey or white, readable in both themes."""
    dark = colours.text > colours.window
    return _SHEET.substitute(
        asdict(colours),
        controls=resource("controls").as_posix(),
        edge=colours.border,
        segment="#565a63" if dark else colours.raised,
        groove=colours.control if dark else "#d3d5d9",
        knob_edge=colours.knob if dark else "#8f939b",
    )
