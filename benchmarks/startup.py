"""How long from process start until the window shows the photo, and that torch is not there yet.

Starts the editor afresh several times; prints seconds, median and worst.
Use: python benchmarks/startup.py [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

PROBE = """
import os, sys, time
def since_start():
    with open("/proc/self/stat") as file:
        ticks = int(file.read().rsplit(")", 1)[1].split()[19])
    with open("/proc/uptime") as file:
        return float(file.read().split()[0]) - ticks / os.sysconf("SC_CLK_TCK")
from wganpaint_gui.gui.app import make_application
from wganpaint_gui.gui.main_window import MainWindow
app = make_application()
window = MainWindow(load_engine=False)
window.show()
def shown():
    print(since_start(), "torch" in sys.modules, flush=True)
    app.quit()
window.photo_shown.connect(shown)
window.open_sample()
app.exec()
window.close()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    seconds = []
    for _ in range(options.runs + 1):
        answer = subprocess.run(
            [sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, check=True
        ).stdout.split()
        assert answer[1] == "False", "torch was imported on the way to the window"
        seconds.append(float(answer[0]))
    warm = seconds[1:]  # the first start fills the file cache
    result = {"median_s": statistics.median(warm), "worst_s": max(warm), "first_s": seconds[0], "runs": len(warm)}
    print("Process start to photo on screen, torch not imported:")
    print(f"  median {result['median_s']:.2f} s, worst {result['worst_s']:.2f} s (target under 1.0 s)")
    if options.json:
        options.json.write_text(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
