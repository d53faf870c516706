"""The About box: what the program is, its version and its licences."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from wganpaint_gui import __version__
from wganpaint_gui.gui.look.icons import application_icon

TEXT = """<h3>WganPaint {version}</h3>
<p>A photo editor that shows how each fill is found: gradient descent on the latent of a trained Wasserstein GAN, with
the contextual and perceptual loss of Yeh et al. and Cooper's critic-only loss side by side.</p>
<p>MIT licence. Each model has its own licence, shown in the Model tab. The sample portrait shows Eileen Collins (NASA,
public domain, from scikit-image).</p>
<p>Nothing you open leaves this computer.</p>"""
ICON_SIDE = 64  # device-independent pixels


def show_about(parent: QWidget) -> QMessageBox:
    """Open the box without blocking; returns it so that callers can close it."""
    box = QMessageBox(parent)
    box.setObjectName("aboutBox")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("About WganPaint")
    box.setIconPixmap(application_icon().pixmap(QSize(ICON_SIDE, ICON_SIDE), parent.devicePixelRatioF()))
    box.setText(TEXT.format(version=__version__))
    box.open()
    return box
