"""How smoothly the film strip scrolls: stalls of the GUI thread while a folder of 10,000 photos is dragged through.

python benchmarks/film_strip.py [--photos 10000] [--seconds 10]     prints percentiles in milliseconds, as JSON

Photos are JPEG of 1,200 by 800 pixels: one hundred files, each under a hundred names.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtWidgets import QApplication

from wganpaint_gui.gui.app import make_application
from wganpaint_gui.gui.files.film_strip import CELL, FilmStrip

FILES = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=10)
    arguments = parser.parse_args()
    make_application()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_photos(folder, arguments.photos)
        strip = FilmStrip()
        strip.resize(1280, 80)
        strip.show()
        began = time.perf_counter()
        strip.show_photo(folder / "IMG_0.jpg")
        longest = 0.0
        while not strip.photos:
            longest = max(longest, turn())
        listed = time.perf_counter() - began
        stalls = scroll(strip, arguments.seconds)
        strip.thumbnails.close()
        strip.listing.close()
        strip.thumbnails.wait(time.monotonic() + 5)
        found = {"photos": len(strip.photos), "listed_s": listed, "listing_longest_stall_ms": 1000 * longest}
        values = {f"p{q}": float(np.percentile(stalls, q)) for q in (50, 99, 100)}
        print(json.dumps({**found, "stall_ms": values, "turns": len(stalls)}, indent=1))


def write_photos(folder: Path, count: int) -> None:
    """Write FILES different photos, and link to them under all other names."""
    random = np.random.default_rng(0)
    for n in range(count):
        path = folder / f"IMG_{n}.jpg"
        if n < FILES:
            small = random.integers(0, 256, (40, 60, 3), np.uint8)
            Image.fromarray(small).resize((1200, 800), Image.Resampling.BICUBIC).save(path, quality=90)
        else:
            os.link(folder / f"IMG_{n % FILES}.jpg", path)


def scroll(strip: FilmStrip, seconds: float) -> list[float]:
    """Drag through the whole strip and back again; return how long each turn of the event loop took, ms."""
    bar, stalls = strip.horizontalScrollBar(), []
    end, step = time.monotonic() + seconds, 7 * CELL
    while time.monotonic() < end:
        if not 0 <= bar.value() + step <= bar.maximum():
            step = -step
        bar.setValue(bar.value() + step)
        stalls.append(1000 * turn())
        time.sleep(0.004)
    return stalls


def turn() -> float:
    """Let the window handle what has come, and return the seconds that took."""
    began = time.perf_counter()
    QApplication.processEvents()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
