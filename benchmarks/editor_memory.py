"""What opening a 24-megapixel photo costs the editor, in bytes a pixel beyond the empty window: kept, and at the peak.

Photo, mask, pyramid and canvas together; undo aside. Use: python benchmarks/editor_memory.py [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 6000, 4000
PROBE = """
import sys, time
from pathlib import Path
def memory(name):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) * 1024
from wganpaint_gui.gui.app import make_application
from wganpaint_gui.gui.window.main_window import MainWindow
app = make_application()
window = MainWindow(load_engine=False)
window.resize(1280, 800)
window.show()
app.processEvents()
before = memory("VmRSS")
def shown():
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        app.processEvents()
    print(memory("VmRSS") - before, memory("VmHWM") - before)
    app.quit()
window.photo_shown.connect(shown)
window.open_photos([Path(sys.argv[1])])
app.exec()
window.close()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # Smooth colours with a little noise, about as hard to decode as a photo.
        ramp = np.linspace(0, 220, WIDTH, dtype=np.float32)[None, :, None] + np.zeros((HEIGHT, 1, 3), np.float32)
        noise = np.random.default_rng(0).integers(0, 24, ramp.shape)
        photo = Path(folder) / "large.jpg"
        Image.fromarray((ramp + noise).astype(np.uint8)).save(photo, quality=92)
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "WGANPAINT_HOME": folder}
        answer = subprocess.run(
            [sys.executable, "-c", PROBE, str(photo)], env=environment, capture_output=True, text=True, check=True
        ).stdout.split()
    kept, peak = (int(value) / (WIDTH * HEIGHT) for value in answer)
    print(f"opening {WIDTH} x {HEIGHT}: {kept:.2f} bytes a pixel kept (target under 8), {peak:.2f} at the peak")
    if options.json:
        options.json.write_text(json.dumps({"kept_bytes_per_pixel": kept, "peak_bytes_per_pixel": peak}, indent=2))


if __name__ == "__main__":
    main()
