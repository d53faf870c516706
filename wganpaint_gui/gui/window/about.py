"""The About dialog: what the program is, its version, and the licences of all that comes with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from wganpaint_gui import __version__
from wganpaint_gui.core.system.components import Component
from wganpaint_gui.gui.look.icons import application_icon
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.widgets import in_column, in_row

TEXT = QT_TR_NOOP("""<h3>WganPaint {version}</h3>
<p>A photo editor that shows how each fill is found: gradient descent on the latent of a trained Wasserstein GAN, with
the contextual and perceptual loss of Yeh et al. and Cooper's critic-only loss side by side.</p>
<p>MIT licence. Each model has its own licence, shown in the Model tab. The sample portrait shows Eileen Collins (NASA,
public domain, from scikit-image).</p>
<p>Nothing you open leaves this computer.</p>""")
ICON_SIDE = 64  # device-independent pixels
_COLUMNS = (QT_TR_NOOP("Component"), QT_TR_NOOP("Version"), QT_TR_NOOP("Licence"))


class AboutDialog(QDialog):
    """Shows the text at once; the table of components is filled by `show_components`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About WganPaint"))
        self.resize(600, 520)
        self.icon = QLabel(alignment=Qt.AlignmentFlag.AlignTop)
        self.icon.setAccessibleName("WganPaint")
        self.icon.setPixmap(application_icon().pixmap(QSize(ICON_SIDE, ICON_SIDE), parent.devicePixelRatioF()))
        text = QLabel(tr(TEXT).format(version=__version__), wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setAccessibleName(tr("Components and their licences"))
        self.table.setHorizontalHeaderLabels([tr(name) for name in _COLUMNS])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setCornerButtonEnabled(False)
        header = self.table.horizontalHeader()
        for column, mode in enumerate(("ResizeToContents", "ResizeToContents", "Stretch")):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode[mode])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        head = in_row(self.icon, text, spacing=16)
        head.setStretch(1, 1)
        in_column(head, self.table, buttons, of=self, margins=(16, 16, 16, 16), spacing=12)

    @Slot(object)
    def show_components(self, components: Sequence[Component]) -> None:
        self.table.setRowCount(len(components))
        for row, one in enumerate(components):
            for column, text in enumerate((one.name, one.version, one.licence)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
